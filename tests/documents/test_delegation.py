"""Who acts for another: both names stand on the decision, and duties stay apart."""

from __future__ import annotations

from datetime import date

import pytest

from qms.lifecycle.perform import perform
from qms.lifecycle.refused import Refused
from qms.people.actors import Actor
from qms.people.models import Delegation, Person
from qms.trail import clock
from tests.documents.conftest import Cast, in_approval, in_review, proof


def delegate(delegator: Person, to: Person, roles: tuple[str, ...] = ()) -> None:
    Delegation.unscoped.create(
        organisation=delegator.organisation,
        delegator=delegator,
        delegate=to,
        roles=list(roles),
        from_on=date(2026, 1, 1),
        to_on=date(2026, 12, 31),
        reason="leave",
        created_at=clock.now(),
    )


def test_a_delegate_agrees_for_the_reviewer_and_both_names_stand_there(cast: Cast) -> None:
    delegate(cast.ana, cast.carmen)
    revision = in_review(cast)
    perform(revision, "agree", Actor(cast.carmen))
    decision = revision.decisions.get(verdict="agreed")
    assert (decision.person, decision.by, decision.who) == (cast.ana, cast.carmen, "Carmen for Ana")
    assert cast.ana.pk not in revision.waited_for
    with pytest.raises(Refused) as refused:
        perform(revision, "agree", Actor(cast.ana))
    assert {reason.code for reason in refused.value.reasons} == {"not_agreed_yet"}


def test_the_author_does_not_approve_as_somebodys_delegate_either(cast: Cast) -> None:
    delegate(cast.elena, cast.radu, ("approver",))
    revision = in_approval(cast)
    with pytest.raises(Refused) as refused:
        perform(revision, "approve", Actor(cast.radu), proof=proof(), effective_from=date(2026, 3, 2))
    assert {reason.code for reason in refused.value.reasons} == {"separation", "approver_is_not_author"}


def test_nor_does_the_authors_delegate_for_the_author(cast: Cast) -> None:
    """Elena holds the approver's role herself; that Radu delegated to her takes nothing from it."""
    delegate(cast.radu, cast.elena)
    revision = in_approval(cast)
    perform(revision, "approve", Actor(cast.elena), proof=proof(), effective_from=date(2026, 3, 2))
    assert revision.decisions.get(verdict="approved").who == "Elena"
