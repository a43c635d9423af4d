"""What must be true of the lifecycles, written apart from their tables: the properties an auditor would ask for.

`PASSED`: what every way to a state has passed. `ENTERED`: what every step into a state asks for. `TAKEN`: what a verb
asks for wherever it is taken. `NEVER_ALONE`: states one person alone never reaches. Sources: the product's lifecycles,
ISO 9001 7.5 and 10.2, ISO/IEC 17020 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from qms.lifecycle.table import CLOCK, Lifecycle
from tests.walks.law import alone, entered, facts_of, passed, taken

PERSONAL = frozenset({
    "verifier_is_not_owner", "decider_is_not_owner", "approver_is_not_author", "decider_is_not_in_the_team",
    "verifier_did_not_report", "no_reviewer_wrote_it",
})  # fmt: skip

PASSED: dict[str, dict[str, set[str]]] = {
    "nonconformity": {
        "triaged": {"requirement_is_named", "given grade", "given owner", "given route", "given rationale"},
        "contained": {"correction_is_described"},
        "closed": {"requirement_is_named", "correction_is_described", "actions_are_effective", "signed close"},
    },
    "revision": {
        "approved": {"content_is_complete", "owner_is_named", "reviewers_are_named", "all_reviewers_agreed",
                     "content_is_as_reviewed", "signed approve"},
        "effective": {"all_reviewers_agreed", "signed approve", "its_day_has_come"},
        "superseded": {"signed approve", "successor_is_due"},
        "withdrawn": {"signed approve", "document_is_withdrawn"},
    },
    "document": {"in_use": {"a_revision_is_effective"}, "withdrawn": {"a_revision_is_effective", "signed approve"}},
    "inspection": {
        "in_progress": {"order_is_given", "team_is_set", "checklist_is_in_force", "object_of_check_is_chosen",
                        "everybody_has_declared", "nobody_has_a_conflict"},
        "issued": {"everybody_has_declared", "every_item_is_answered", "every_required_comment_is_given",
                   "conclusions_are_written", "everybody_has_signed", "signed issue"},
        "closed": {"everybody_has_signed", "signed issue", "report_is_received"},
    },
    "measure": {"running": {"term_can_run"}, "fulfilled": {"term_can_run", "verifier_did_not_report"}},
    "correctiveaction": {
        "approved": {"criterion_is_set", "plan_is_approved"},
        "implemented": {"criterion_is_set", "plan_is_approved", "given implementation"},
        "effective": {"criterion_is_set", "plan_is_approved", "check_day_has_come", "given result", "signed verify"},
    },
}  # fmt: skip

ENTERED: dict[str, dict[str, set[str]]] = {
    "nonconformity": {
        "closed": {"verifier_is_not_owner", "actions_are_effective", "consequences_are_considered", "signed close",
                   "not who did contain", "not who did plan", "not who did create"},
        "action_planned": {"cause_is_determined", "similar_cases_are_answered", "weak_cause_is_explained",
                           "an_action_is_planned"},
        "implementing": {"not who did plan", "top_management_agreed"},
    },
    "revision": {
        "in_review": {"content_is_complete", "owner_is_named", "reviewers_are_named", "no_reviewer_wrote_it"},
        "in_approval": {"all_reviewers_agreed"},
        "approved": {"signed approve", "given effective_from", "approver_is_not_author", "content_is_as_reviewed",
                     "a_past_day_is_explained", "it_begins_after_its_predecessor", "not who did create",
                     "not who did edit", "not who did submit"},
    },
    "document": {
        "withdrawn": {"no_revision_is_open", "signed approve", "given reason"},
        "void": {"no_revision_is_open", "was_never_in_force"},
    },
    "inspection": {
        "issued": {"decider_is_not_in_the_team", "everybody_has_signed", "not who did draw_up_report",
                   "not who did submit_report", "signed issue"},
        "closed": {"decider_is_not_in_the_team"},
    },
    "measure": {"fulfilled": {"verifier_did_not_report"}},
    "correctiveaction": {
        "approved": {"decider_is_not_owner"},
        "effectiveness_pending": {"decider_is_not_owner", "not who did report_implemented"},
        "effective": {"decider_is_not_owner", "not who did report_implemented", "signed verify"},
        "not_effective": {"decider_is_not_owner", "not who did report_implemented", "given result"},
        "cancelled": {"given reason"},
    },
}  # fmt: skip

TAKEN: dict[str, dict[str, set[str]]] = {
    "nonconformity": {
        "mark_duplicate": {"given duplicate_of"},
        "analyse": {"needs_corrective_action", "given method"},
        "check_correction": {"needs_correction_only"},
        "agree_to_plan": {"not who did plan"},
        "begin_verification": {"actions_are_implemented"},
        "not_effective": {"verifier_is_not_owner", "not who did contain", "not who did plan"},
    },
    "revision": {
        "agree": {"not_agreed_yet", "not who did create", "not who did edit", "not who did submit"},
        "change_reviewers": {"given reviewers", "given reason"},
        "make_effective": {"its_day_has_come"},
        "supersede": {"successor_is_due"},
        "withdraw": {"document_is_withdrawn"},
    },
    "document": {
        "open_revision": {"no_revision_is_open", "given kind_of_change", "given reason_for_change"},
        "put_in_force": {"a_revision_is_effective"},
    },
    "inspection": {
        "declare": {"has_not_declared", "signed no_conflict"},
        "prepare": {"checklist_is_in_force"},
        "declare_conflict": {"has_not_declared", "given reason"},
        "begin": {"checklist_is_in_force"},
        "sign_report": {"has_not_signed", "signed author"},
        "resume": {"given reason"},
        "return_report": {"decider_is_not_in_the_team"},
        "record_receipt": {"receipt_is_not_recorded", "given received_on", "given received_by"},
        "close": {"every_measure_is_settled", "signed close"},
        "close_without_measures": {"report_is_received", "there_are_no_measures"},
        "open_measures": {"report_is_received"},
        "reopen": {"decider_is_not_in_the_team"},
    },
    "measure": {
        "report_fulfilled": {"given fulfilment"},
        "request_extension": {"given requested_due_on"},
        "verify": {"not who did report_fulfilled"},
        "find_unfulfilled": {"not who did report_fulfilled"},
        "grant_extension": {"not who did request_extension", "given reason"},
        "refuse_extension": {"not who did request_extension", "given reason"},
    },
    "correctiveaction": {
        "report_implemented": {"given implementation"},
        "request_extension": {"given requested_due_on"},
        "grant_extension": {"is_first_extension", "decider_is_not_owner", "not who did request_extension",
                            "given reason"},
        "grant_further_extension": {"is_further_extension", "not who did request_extension", "given reason"},
        "refuse_extension": {"given reason"},
        "refuse_cancelling": {"given reason"},
        "return_to_owner": {"decider_is_not_owner"},
        "cancel": {"not who did request_cancelling"},
    },
}  # fmt: skip

NEVER_ALONE: dict[str, set[str]] = {
    "nonconformity": {"closed", "implementing"},
    "revision": {"approved", "effective", "superseded", "withdrawn"},
    "document": set(),
    "inspection": {"issued", "closed", "measures_open"},
    "measure": {"fulfilled"},
    "correctiveaction": {"approved", "effectiveness_pending", "effective", "not_effective"},
}


def breaches(lifecycle: Lifecycle) -> Iterator[str]:
    """Every property the table breaks, in words."""
    yield from lifecycle.faults()
    name, ways = lifecycle.name, passed(lifecycle)
    for state, wanted in PASSED[name].items():
        yield from (f"{state} is reached without: {fact}" for fact in wanted - ways.get(state, frozenset()))
    for state, wanted in ENTERED[name].items():
        yield from (f"{state} is entered without: {fact}" for fact in wanted - entered(lifecycle, state))
    for verb, wanted in TAKEN[name].items():
        yield from (f"{verb} is taken without: {fact}" for fact in wanted - taken(lifecycle, verb))
    yield from (f"one person alone reaches {state}" for state in NEVER_ALONE[name] & alone(lifecycle, PERSONAL))
    yield from _ways_back(lifecycle)
    yield from _clockwork(lifecycle)


def _ways_back(lifecycle: Lifecycle) -> Iterator[str]:
    """Whoever takes a record off its way, or back on it, says why."""
    order = {state.value: place for place, state in enumerate(lifecycle.line)}
    for step in lifecycle.steps:
        for source in step.sources:
            onward = order.get(step.to.value, -1) > order.get(source.value, -1) or step.is_decision
            if not onward and step.takers != (CLOCK,) and "given reason" not in facts_of(step):
                yield f"{step.verb} goes from {source.value} to {step.to.value} and asks for no reason"


def _clockwork(lifecycle: Lifecycle) -> Iterator[str]:
    """The clock takes no step that nothing allows."""
    for step in lifecycle.steps:
        if step.takers == (CLOCK,) and not step.when:
            yield f"the clock takes {step.verb} whenever it likes"
