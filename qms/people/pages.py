"""What the pages about people show, as the parts of the face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qms.face.dates import moment
from qms.face.pages import Column, ListTable, Row
from qms.face.parts import Badge, Button, Cell, Link, Shape, Table, Tone, Trail, TrailLine
from qms.people.actors import role_label
from qms.people.invitations import Standing, standing
from qms.people.models import Delegation, Invitation, Organisation, Person, RoleAssignment, Unit
from qms.trail.models import TrailEvent
from qms.trail.sentences import sentences


@dataclass(frozen=True)
class NamesTable(ListTable):
    """A list whose first column is a name that leads to its page; on a phone two lines each."""

    template: ClassVar[str] = "people/names_table.html"

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, Cell]]]]:
        """Each row with its cells, each with the kind of its column."""
        kinds = [column.kind for column in self.columns[1:]]
        return [(row, list(zip(kinds, row.cells, strict=True))) for row in self.rows]


def day(on: date | None) -> str:
    return date_format(on, "SHORT_DATE_FORMAT") if on else ""


def head_links(current: str) -> list[Link]:
    """The tabs over everything an administrator keeps."""
    words = {
        "people:list": _("People"),
        "people:invitations": _("Invitations"),
        "people:delegations": _("Delegations"),
        "people:units": _("Units"),
        "people:bodies": _("Bodies"),
    }
    return [Link(label, reverse(name), current=name == current) for name, label in words.items()]


def account_badge(person: Person, plain: bool = False) -> Badge:
    if person.is_active:
        return Badge(Shape.TICK, Tone.OK, pgettext("account", "active"), plain)
    return Badge(Shape.DOTTED, Tone.STILL, pgettext("account", "closed"), plain)


def people_table(people: Sequence[Person], roles: dict[int, list[str]]) -> NamesTable:
    """Everybody of a page of the list, with the roles held today."""
    columns = [Column(_("Name")), Column(_("Office")), Column(_("Roles today"), "title"), Column(_("Last sign-in"))]
    return NamesTable(_("People"), [*columns, Column(_("Account"), "badge")], [_person_row(p, roles) for p in people])


def _person_row(person: Person, roles: dict[int, list[str]]) -> Row:
    held = ", ".join(str(role_label(role)) for role in roles.get(person.pk, ()))
    seen = moment(person.last_login) if person.last_login else "–"
    badge = account_badge(person, plain=True)
    cells = [Cell(person.job_title), Cell(held or "–"), Cell(seen), Cell(badge=badge)]
    url = reverse("people:person", args=(person.uid,))
    return Row(url, person.job_title, person.name, cells, badge, unit=held)


def roles_table(person: Person, roles: Sequence[RoleAssignment], today: date, may_end: bool) -> Table:
    """Every role held, past ones too, with who gave it and who ended it; those that go on can be ended."""
    acts = _acts_on([role.uid for role in roles])
    rows = []
    for role in roles:
        over = role.to_on is not None and role.to_on < today
        end = reverse("people:role_end", args=(role.uid,)) if may_end and not over else ""
        given, *ended = acts.get(role.uid, [""])
        rows.append(
            (
                Cell(role.get_role_display(), strong=not over, note=where(role)),
                Cell(f"{day(role.from_on)} – {day(role.to_on)}".rstrip("– "), note=_over(over)),
                Cell(given, note=_("ended by %(name)s") % {"name": ended[-1]} if ended else ""),
                Cell(_("End the role") if end else "", url=end),
            )
        )
    give = reverse("people:role_new", args=(person.uid,))
    return Table(
        _("Roles"),
        (_("Role"), _("From – until"), _("Given by"), _("Next")),
        rows,
        link=Link(_("Give a role"), give) if person.is_active and may_end else None,
        empty=_("No role yet, and so no part in the work of the body."),
        anchor="roles",
    )


def where(role: RoleAssignment) -> str:
    """At which unit a role is held."""
    return role.unit.name if role.unit else _("the whole body")


def _over(over: bool) -> str:
    return pgettext("role", "over") if over else ""


def _acts_on(streams: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Stream → names of those who acted on it, in order; one query."""
    found: dict[UUID, list[str]] = {}
    rows = TrailEvent.objects.filter(stream__in=streams).order_by("stream", "seq")
    for stream, name in rows.values_list("stream", "actor__name"):
        found.setdefault(stream, []).append(name or _("The application"))
    return found


def delegations_table(delegations: Iterable[Delegation], today: date, title: str, empty: str = "") -> Table:
    """Who acts for whom; both names, the roles, the days, why."""
    rows = [
        (
            Cell(one.delegate.name, strong=True, note=_("for %(name)s") % {"name": one.delegator.name}),
            Cell(", ".join(str(role_label(role)) for role in one.roles) or _("all roles")),
            Cell(f"{day(one.from_on)} – {day(one.to_on)}", note=one.reason),
            _delegation_cell(one, today),
        )
        for one in delegations
    ]
    heads = (_("Who acts"), _("Roles"), _("From – until"), _("State"))
    return Table(title, heads, rows, empty=empty or _("None."), anchor="delegations")


def _delegation_cell(one: Delegation, today: date) -> Cell:
    if one.revoked_at:
        return Cell(badge=Badge(Shape.DOTTED, Tone.STILL, pgettext("delegation", "revoked"), plain=True))
    if one.to_on < today:
        return Cell(badge=Badge(Shape.DOTTED, Tone.STILL, pgettext("delegation", "over"), plain=True))
    revoke = reverse("people:delegation_revoke", args=(one.uid,))
    in_force = one.from_on <= today
    word = pgettext("delegation", "in force") if in_force else pgettext("delegation", "to come")
    return Cell(_("Revoke"), url=revoke, note=word)


INVITATION_LOOKS = {
    Standing.OPEN: (Shape.DIAMOND, Tone.WARN),
    Standing.ACCEPTED: (Shape.TICK, Tone.OK),
    Standing.REVOKED: (Shape.DOTTED, Tone.STILL),
    Standing.EXPIRED: (Shape.DOTTED, Tone.STILL),
}


def invitation_badge(invitation: Invitation, plain: bool = False) -> Badge:
    now = standing(invitation)
    words = {
        Standing.OPEN: pgettext("invitation", "waits"),
        Standing.ACCEPTED: pgettext("invitation", "accepted"),
        Standing.REVOKED: pgettext("invitation", "revoked"),
        Standing.EXPIRED: pgettext("invitation", "expired"),
    }
    shape, tone = INVITATION_LOOKS[now]
    return Badge(shape, tone, words[now], plain)


def invitations_table(invitations: Iterable[Invitation]) -> NamesTable:
    columns = [Column(_("Name"), "title"), Column(_("E-mail")), Column(_("Body")), Column(_("Valid until"))]
    rows = []
    for one in invitations:
        badge = invitation_badge(one, plain=True)
        until = moment(one.expires_at)
        cells = [Cell(one.email), Cell(one.organisation.name), Cell(until), Cell(badge=badge)]
        url = reverse("people:invitation", args=(one.uid,))
        rows.append(Row(url, one.email, one.name, cells, badge, unit=one.organisation.name))
    return NamesTable(_("Invitations"), [*columns, Column(_("State"), "badge")], rows)


def units_table(units: Sequence[Unit]) -> NamesTable:
    """The units as a tree: a part stands below its whole, set in by a dash for each step."""
    columns = [Column(_("Unit"), "title"), Column(_("Code")), Column(_("Part of"))]
    names = {unit.pk: unit.name for unit in units}
    rows = [
        Row(
            reverse("people:unit", args=(unit.uid,)),
            unit.code,
            f"{'— ' * len(unit.above)}{unit.name}",
            [Cell(unit.code), Cell(names.get(unit.parent_id or 0, "–"))],
            unit=names.get(unit.parent_id or 0, ""),
        )
        for unit in in_order(units)
    ]
    return NamesTable(_("Units"), columns, rows)


def in_order(units: Sequence[Unit]) -> list[Unit]:
    """Each unit after the one it is part of, by code."""
    codes = {unit.pk: unit.code for unit in units}
    return sorted(units, key=lambda unit: [codes.get(pk, "") for pk in unit.line])


def bodies_table(bodies: Iterable[Organisation], own: Organisation) -> NamesTable:
    columns = [Column(_("Body"), "title"), Column(_("Code")), Column(_("Country")), Column(_("Overseen by"))]
    rows = []
    for body in bodies:
        above = body.parent.name if body.parent else "–"
        cells = [Cell(body.code), Cell(body.get_country_display()), Cell(above)]
        flag = _("your body") if body.pk == own.pk else ""
        rows.append(Row(reverse("people:body", args=(body.uid,)), body.code, body.name, cells, flag=flag))
    return NamesTable(_("Bodies"), columns, rows)


def trail_of(stream: UUID, total: int, most: int = 10) -> Trail:
    """What happened to a row, newest first."""
    lines = sentences(stream, get_language() or "en", most=most)
    return Trail([TrailLine(line.at, line.html, line.seq) for line in lines], total=total)


def new_button(label: str, address: str) -> Button:
    return Button(label, reverse(address), icon="plus", primary=True)
