"""Every step of a revision and a document, every guard, and what the system must refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from procedures.documents import commands
from procedures.documents.content import TextSection
from procedures.documents.lifecycle import DOCUMENT, REVISION
from procedures.documents.models import Document, Revision, in_force
from qms.lifecycle.perform import amend, perform, why_not
from qms.lifecycle.refused import Refused
from qms.people.actors import SYSTEM
from qms.signatures.shown import signatures_of
from qms.trail import clock
from qms.trail.models import TrailEvent
from tests.documents.conftest import (
    BEGIN,
    SECTIONS,
    Cast,
    a_draft,
    approved,
    effective,
    in_approval,
    in_review,
    proof,
    second,
)


def refusal(call: object) -> set[str]:
    with pytest.raises(Refused) as refused:
        call()  # type: ignore[operator]
    assert all(str(reason) for reason in refused.value.reasons)
    return {reason.code for reason in refused.value.reasons}


def test_the_tables_are_sound() -> None:
    assert DOCUMENT.faults() == []
    assert REVISION.faults() == []


def test_a_revision_goes_from_draft_into_force(cast: Cast) -> None:
    revision = approved(cast)
    assert revision.state == "approved"
    assert revision.document.state == "prepared"
    with clock.at(BEGIN + timedelta(days=8)):
        commands.put_into_force(revision)
    revision.refresh_from_db()
    document = Document.unscoped.get()
    assert (revision.state, document.state, document.current_id) == ("effective", "in_use", revision.pk)
    verbs = list(TrailEvent.objects.filter(stream=revision.uid).order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        *("create", "edit", "edit", "submit", "agree", "agree", "agree", "pass_to_approval", "approve"),
        "make_effective",
    ]


def test_the_opener_is_the_author_and_the_first_draft_is_edition_1_revision_0(cast: Cast) -> None:
    draft = a_draft(cast)
    assert (draft.author, draft.edition, draft.number, draft.reference) == (cast.radu, 1, 0, "PS-01/1.0")
    assert (draft.unit, draft.owner) == (cast.unit, cast.carmen)


def test_only_one_revision_is_open(cast: Cast) -> None:
    document = a_draft(cast).document
    codes = refusal(
        lambda: commands.open_new_revision(document, cast.radu, kind_of_change="new", reason_for_change="again")
    )
    assert codes == {"no_revision_is_open"}
    assert document.revisions.count() == 1


def test_the_database_too_holds_one_open_and_one_effective_revision(cast: Cast) -> None:
    revision = effective(cast)
    twin = Revision(
        **{
            field.attname: getattr(revision, field.attname)
            for field in Revision._meta.concrete_fields
            if field.name not in ("id", "uid", "number", "state")
        }
    )
    twin.number = 7
    twin.__dict__["state"] = "effective"
    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)


def test_an_incomplete_draft_is_not_submitted(cast: Cast) -> None:
    document = commands.create_document(cast.body, "PS-09", "Empty", cast.radu)
    draft = commands.open_new_revision(document, cast.radu, kind_of_change="new", reason_for_change="first")
    codes = {reason.code for reason in why_not(draft, "submit", cast.radu)}
    assert codes == {"content_is_complete", "owner_is_named", "reviewers_are_named"}


def test_the_author_is_no_reviewer(cast: Cast) -> None:
    draft = a_draft(cast, reviewers=[cast.radu.pk, cast.dan.pk])
    assert refusal(lambda: perform(draft, "submit", cast.radu)) == {"no_reviewer_wrote_it"}


def test_three_reviewers_in_parallel_and_the_last_one_passes_it_on(cast: Cast) -> None:
    revision = in_review(cast)
    perform(revision, "agree", cast.andrei)
    assert revision.state == "in_review"
    assert set(revision.waited_for) == {cast.dan.pk, cast.ana.pk}
    perform(revision, "agree", cast.dan)
    assert revision.state == "in_review"
    perform(revision, "agree", cast.ana)
    assert revision.state == "in_approval"
    last = TrailEvent.objects.filter(stream=revision.uid).latest("seq")
    assert (last.verb, last.actor_id) == ("pass_to_approval", None)
    decisions = list(revision.decisions.order_by("seq"))
    assert [one.verdict for one in decisions] == ["submitted", "agreed", "agreed", "agreed"]
    assert {one.content_hash for one in decisions} == {revision.content_hash}


def test_nobody_agrees_twice_nor_unasked(cast: Cast) -> None:
    revision = in_review(cast)
    perform(revision, "agree", cast.dan)
    assert refusal(lambda: perform(revision, "agree", cast.dan)) == {"not_agreed_yet"}
    assert refusal(lambda: perform(revision, "agree", cast.carmen)) == {"role"}
    assert "role" in refusal(lambda: perform(revision, "agree", cast.lia))


def test_one_of_three_returns_it_and_a_new_round_asks_all_again(cast: Cast) -> None:
    revision = in_review(cast)
    perform(revision, "agree", cast.dan)
    assert refusal(lambda: perform(revision, "return_to_author", cast.ana)) == {"missing"}
    perform(revision, "return_to_author", cast.ana, reason="the term is wrong")
    assert revision.state == "draft"
    commands.write(revision, cast.radu, (*SECTIONS, TextSection("s3", "Terms", "<p>Three days.</p>")))
    perform(revision, "submit", cast.radu)
    assert set(revision.waited_for) == {cast.dan.pk, cast.ana.pk, cast.andrei.pk}
    perform(revision, "agree", cast.dan)
    assert revision.state == "in_review"


def test_reviewers_are_changed_with_a_reason_and_the_rest_may_suffice(cast: Cast) -> None:
    revision = in_review(cast)
    perform(revision, "agree", cast.dan)
    with pytest.raises(ValidationError):
        perform(revision, "change_reviewers", cast.carmen, reviewers=[cast.lia.pk], reason="left")
    perform(revision, "change_reviewers", cast.carmen, reviewers=[cast.dan.pk], reason="the others are away")
    assert revision.state == "in_approval"


def test_text_is_edited_in_draft_only(cast: Cast) -> None:
    revision = in_review(cast)
    assert refusal(lambda: commands.write(revision, cast.radu, SECTIONS[:1])) == {"wrong_state"}
    perform(revision, "take_back", cast.radu, reason="a section is missing")
    commands.write(revision, cast.radu, SECTIONS[:1])
    assert len(revision.content["sections"]) == 1


def test_the_author_does_not_approve(cast: Cast) -> None:
    from qms.people.models import RoleAssignment
    from qms.people.roles import Role

    revision = in_approval(cast)
    RoleAssignment.unscoped.create(
        organisation=cast.body, person=cast.radu, role=Role.APPROVER, from_on=date(2020, 1, 1), created_at=clock.now()
    )
    codes = refusal(lambda: perform(revision, "approve", cast.radu, proof=proof(), effective_from=date(2026, 3, 2)))
    assert codes == {"separation", "approver_is_not_author"}


def test_whoever_edited_the_draft_does_not_approve_it(cast: Cast) -> None:
    from qms.people.models import RoleAssignment
    from qms.people.roles import Role

    RoleAssignment.unscoped.create(
        organisation=cast.body, person=cast.carmen, role=Role.APPROVER, from_on=date(2020, 1, 1), created_at=clock.now()
    )
    draft = a_draft(cast)
    amend(draft, cast.carmen, title="Control of all documents")
    perform(draft, "submit", cast.radu)
    for reviewer in (cast.dan, cast.ana, cast.andrei):
        perform(draft, "agree", reviewer)
    codes = refusal(lambda: perform(draft, "approve", cast.carmen, proof=proof(), effective_from=date(2026, 3, 2)))
    assert codes == {"separation"}


def test_approval_needs_the_signature_and_the_date(cast: Cast) -> None:
    revision = in_approval(cast)
    assert refusal(lambda: perform(revision, "approve", cast.elena)) == {"missing", "signature"}
    assert revision.state == "in_approval"


def test_a_day_that_has_passed_is_refused_unless_a_reason_is_given(cast: Cast) -> None:
    revision = in_approval(cast)
    past = date(2026, 1, 15)
    codes = refusal(lambda: perform(revision, "approve", cast.elena, proof=proof(), effective_from=past))
    assert codes == {"a_past_day_is_explained"}
    assert Revision.unscoped.get(pk=revision.pk).state == "in_approval"
    perform(
        revision, "approve", cast.elena, proof=proof(), effective_from=past, past_date_reason="in use on paper since"
    )
    assert revision.state == "approved"


def test_rejected_and_revoked_it_is_a_draft_again(cast: Cast) -> None:
    revision = in_approval(cast)
    perform(revision, "reject", cast.elena, reason="not clear")
    assert revision.state == "draft"
    perform(revision, "submit", cast.radu)
    for reviewer in (cast.dan, cast.ana, cast.andrei):
        perform(revision, "agree", reviewer)
    perform(revision, "approve", cast.elena, proof=proof(), effective_from=date(2026, 3, 2))
    perform(revision, "revoke_approval", cast.elena, reason="the law changed")
    assert revision.state == "draft"


def test_before_its_day_nothing_comes_into_force(cast: Cast) -> None:
    revision = approved(cast)
    assert commands.put_into_force(revision).state == "approved"
    assert refusal(lambda: perform(revision, "make_effective", SYSTEM)) == {"its_day_has_come"}
    assert refusal(lambda: perform(revision, "make_effective", cast.elena)) == {"its_day_has_come", "role"}


def test_the_successor_supersedes_in_one_transaction(cast: Cast) -> None:
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))
    assert later.base == first
    assert (later.edition, later.number) == (1, 1)
    with clock.at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)):
        commands.put_into_force(later)
    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.state, later.state) == ("superseded", "effective")
    assert first.effective_to == later.effective_from == date(2026, 3, 2)
    assert Document.unscoped.get().current == later


def test_when_the_successor_cannot_the_predecessor_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))

    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("procedures.documents.consequences.perform", broken)
    with clock.at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)), pytest.raises(RuntimeError):
        commands.put_into_force(later)
    assert Revision.unscoped.get(pk=first.pk).state == "effective"
    assert Revision.unscoped.get(pk=later.pk).state == "approved"


def test_the_clock_supersedes_nothing_without_a_successor(cast: Cast) -> None:
    first = effective(cast)
    assert refusal(lambda: perform(first, "supersede", SYSTEM)) == {"successor_is_due"}
    assert refusal(lambda: perform(first, "withdraw", SYSTEM)) == {"document_is_withdrawn"}


def test_a_revision_never_begins_before_its_predecessor(cast: Cast) -> None:
    first = effective(cast)
    draft = second_in_approval(cast, first.document)
    codes = refusal(
        lambda: perform(
            draft, "approve", cast.elena, proof=proof(), effective_from=date(2026, 1, 1), past_date_reason="agreed"
        )
    )
    assert codes == {"it_begins_after_its_predecessor"}


def second_in_approval(cast: Cast, document: Document) -> Revision:
    draft = commands.open_new_revision(
        document, cast.radu, kind_of_change="editorial", reason_for_change="a word", new_edition=True
    )
    assert (draft.edition, draft.number) == (2, 0)
    perform(draft, "submit", cast.radu)
    for reviewer in (cast.dan, cast.ana, cast.andrei):
        perform(draft, "agree", reviewer)
    return draft


def test_after_approval_a_change_is_a_new_revision_with_the_same_text(cast: Cast) -> None:
    first = effective(cast)
    assert refusal(lambda: commands.write(first, cast.radu, SECTIONS[:1])) == {"wrong_state"}
    draft = commands.open_new_revision(
        first.document, cast.radu, kind_of_change="editorial", reason_for_change="a word"
    )
    assert draft.pk != first.pk
    assert draft.content == first.content
    assert draft.reviewers == first.reviewers


def test_superseded_ones_are_not_in_force_but_can_be_read(cast: Cast) -> None:
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))
    with clock.at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)):
        commands.put_into_force(later)
    document = first.document
    assert list(in_force(Revision.objects.of(cast.body.pk))) == [later]
    assert commands.current_revision(document) == later
    assert commands.current_revision(document, date(2026, 3, 1)) == first
    assert commands.current_revision(document, date(2026, 2, 1)) is None
    assert Revision.unscoped.get(pk=first.pk).content == first.content


def test_withdrawn_with_its_document_and_reinstated_by_a_new_revision(cast: Cast) -> None:
    document = effective(cast).document
    document.refresh_from_db()
    assert refusal(lambda: perform(document, "withdraw", cast.elena, reason="no more")) == {"signature"}
    perform(document, "withdraw", cast.elena, reason="no more", proof=proof())
    assert document.state == "withdrawn"
    assert document.revisions.get().state == "withdrawn"
    assert commands.current_revision(document) is None
    perform(document, "reinstate", cast.carmen, reason="needed again")
    draft = commands.open_new_revision(document, cast.radu, kind_of_change="new", reason_for_change="again")
    assert (draft.edition, draft.number) == (1, 1)


def test_a_document_under_revision_is_not_withdrawn_and_one_once_in_force_not_voided(cast: Cast) -> None:
    document = effective(cast).document
    commands.open_new_revision(document, cast.radu, kind_of_change="editorial", reason_for_change="a word")
    codes = refusal(lambda: perform(document, "withdraw", cast.elena, reason="no more", proof=proof()))
    assert codes == {"no_revision_is_open"}
    perform(document.open_revision, "cancel", cast.radu, reason="not needed")
    perform(document, "withdraw", cast.elena, reason="no more", proof=proof())
    perform(document, "reinstate", cast.carmen, reason="again")
    assert refusal(lambda: perform(document, "void", cast.carmen, reason="a mistake")) == {"was_never_in_force"}


def test_a_cancelled_number_is_not_given_again(cast: Cast) -> None:
    draft = a_draft(cast)
    perform(draft, "cancel", cast.radu, reason="begun by mistake")
    again = commands.open_new_revision(draft.document, cast.radu, kind_of_change="new", reason_for_change="first")
    assert (draft.number, again.number) == (0, 1)
    perform(again, "cancel", cast.radu, reason="neither")
    perform(draft.document, "void", cast.carmen, reason="a mistake")
    assert draft.document.state == "void"


def test_a_signature_says_when_it_signed_another_version(cast: Cast) -> None:
    revision = effective(cast)
    assert [one.is_current for one in signatures_of(revision)] == [True]
    revision.content = {"sections": [{"key": "s1", "title": "Purpose", "html": "<p>Something else.</p>"}]}
    assert [one.is_current for one in signatures_of(revision)] == [False]


def test_after_supersession_the_signature_still_holds(cast: Cast) -> None:
    first = effective(cast)
    later = second(cast, first.document, date(2026, 3, 2))
    with clock.at(datetime(2026, 3, 2, 6, 0, tzinfo=UTC)):
        commands.put_into_force(later)
    first.refresh_from_db()
    assert [one.is_current for one in signatures_of(first)] == [True]


def test_content_changed_behind_the_doors_is_not_approved(cast: Cast) -> None:
    revision = in_approval(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_revision SET content = %s, version = version WHERE id = %s",
            ['{"sections": [{"key": "s1", "title": "P", "html": "<p>x</p>"}]}', revision.pk],
        )
    codes = refusal(lambda: perform(revision, "approve", cast.elena, proof=proof(), effective_from=date(2026, 3, 2)))
    assert codes == {"content_is_as_reviewed"}
