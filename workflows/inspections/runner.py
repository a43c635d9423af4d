"""From a mission and its answers to the page of its checklist: one section at a time, with the way to the next item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from procedures.checklists.structure import (
    CHOICE,
    NUMBER,
    PHOTO,
    YES_NO,
    Item,
    Section,
    is_answered,
    needs_comment,
    text_in,
)
from qms.face.checklist import (
    Answer as Printed,
)
from qms.face.checklist import (
    ChecklistFoot,
    ChecklistHead,
    ChecklistItem,
    ChecklistPage,
    SectionTab,
)
from qms.face.dates import moment
from qms.face.pages import Difference
from qms.face.parts import Evidence, Link
from qms.people.actors import Actor
from qms.records.pages import step_url, url_of
from workflows.inspections.evidence import files_by_item
from workflows.inspections.findings import Followed, new_measure_url, new_nonconformity_url
from workflows.inspections.lifecycle import S
from workflows.inspections.models import FAILING, Answer, Inspection

SIGNS = {"yes": "yes", "no": "no", "na": "na"}


@dataclass(frozen=True)
class Sent:
    """What somebody sent for an item and could not be kept: shown again beside why not."""

    value: Any
    comment: str
    mistake: str = ""
    stale: bool = False


class Runner:
    """One mission before one actor; what it reads, it reads once."""

    def __init__(self, inspection: Inspection, actor: Actor) -> None:
        self.inspection, self.actor = inspection, actor
        self.language = (get_language() or "en").split("-")[0]
        self.url = reverse("inspections:checklist", kwargs={"uid": inspection.uid})

    @cached_property
    def sections(self) -> list[Section]:
        """Sections with something to answer."""
        return [section for section in self.inspection.sections if section.items]

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return self.inspection.answers_by_item

    @cached_property
    def followed(self) -> Followed:
        """Nonconformities and measures that came of items."""
        return Followed(self.inspection)

    @cached_property
    def files(self) -> Mapping[str, Sequence[Evidence]]:
        return files_by_item(self.answers)

    @cached_property
    def locked(self) -> bool:
        """The mission is not in progress, or the actor is not of its team."""
        return not self.inspection.checklist_is_open or self.actor.person_id not in self.inspection.everybody

    def section(self, key: str) -> Section | None:
        """The section of that key; the first one for an unknown key."""
        return next((section for section in self.sections if section.key == key), next(iter(self.sections), None))

    def section_of(self, item: str) -> Section | None:
        return next((s for s in self.sections if any(each.key == item for each in s.items)), None)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.inspection.items if item.key == key), None)

    def page(self, section: Section, sent: Mapping[str, Sent] | None = None) -> ChecklistPage:
        """The page of a section; `sent` holds what was sent for items and not kept."""
        given = sent or {}
        return ChecklistPage(
            head=self.head(section),
            section=self._tab(section, section),
            items=[self.part(item, given.get(item.key)) for item in section.items],
            foot=self.foot(section),
            note=self._note(),
        )

    def head(self, current: Section) -> ChecklistHead:
        given = [self.answers[item.key].value for item in self.inspection.items if self._answered(item)]
        return ChecklistHead(
            reference=self.inspection.reference,
            title=self.inspection.title,
            back_url=url_of(self.inspection),
            answered=len(given),
            total=len(self.inspection.items),
            place=self.inspection.object_name,
            no=given.count("no"),
            not_applicable=given.count("na"),
            sections=[self._tab(section, current) for section in self.sections],
        )

    def foot(self, current: Section) -> ChecklistFoot:
        """The section before, and the next item without an answer: from here on, then from the beginning."""
        here = self.sections.index(current)
        before = self.sections[here - 1] if here else None
        saved = max((a.answered_at for a in self.answers.values() if a.answered_at), default=None)
        previous = Link(_("Section %(n)s") % {"n": self._number(before)}, self._url(before)) if before else None
        return ChecklistFoot(saved, previous, self._next(here))

    def _next(self, here: int) -> Link | None:
        for section in (*self.sections[here:], *self.sections[:here]):
            for item in section.items:
                if not self._answered(item):
                    number = {"number": self.number_of(item)}
                    return Link(_("Next without an answer: %(number)s") % number, self.item_url(item.key))
        leads = self.actor.person_id == self.inspection.leader_id
        if leads and self.inspection.state == S.IN_PROGRESS:
            return Link(_("Draw up the report"), step_url(self.inspection, "draw_up_report"))
        return Link(_("Back to the inspection"), url_of(self.inspection))

    def part(self, item: Item, sent: Sent | None = None) -> ChecklistItem:
        """One question with its answer, or with what was sent and not kept."""
        answer = self.answers.get(item.key)
        value, comment = (answer.value, answer.comment) if answer else (None, "")
        shown, fact = (sent.value, sent.comment) if sent else (value, comment)
        buttons = item.kind in (YES_NO, CHOICE)
        asks = needs_comment(item, value) or (sent is not None and needs_comment(item, sent.value))
        return ChecklistItem(
            uid=item.key,
            number=self.number_of(item),
            question=text_in(item.label, self.language),
            url=reverse("inspections:answer", kwargs={"uid": self.inspection.uid, "item": item.key}),
            kind=item.kind,
            answers=[
                Printed(each.code, text_in(each.label, self.language), SIGNS.get(each.code, ""), each.code == value)
                for each in item.answers
            ]
            if buttons
            else (),
            value=shown if isinstance(shown, str) and not buttons else "",
            version=answer.version if answer else 0,
            key=str(uuid4()),
            asks_fact=asks,
            fact=fact,
            photos=self.files.get(item.key, ()),
            photo_offered=True,
            missing=self._missing(item, value, comment, sent),
            basis=" · ".join(part for part in (item.clause, item.legal_basis) if part),
            guidance=text_in(item.guidance, self.language),
            saved=self._saved(answer),
            conflict=self._conflict(answer, sent),
            differences=self._differences(item, answer, sent),
            mine=self._mine(item, sent),
            keep_url=self.item_url(item.key),
            findings=self._findings(item, value),
            locked=self.locked,
        )

    def number_of(self, item: Item) -> str:
        """As the form numbers it; else its place in its section."""
        return self._numbers.get(item.key, "")

    @cached_property
    def _numbers(self) -> dict[str, str]:
        return numbers_of(self.inspection.sections)

    def item_url(self, key: str) -> str:
        section = self.section_of(key)
        return f"{self._url(section)}#item-{key}" if section else self.url

    def _url(self, section: Section) -> str:
        return f"{self.url}?section={section.key}"

    def _number(self, section: Section) -> str:
        return section.number or str(self.sections.index(section) + 1)

    def _tab(self, section: Section, current: Section) -> SectionTab:
        done = sum(self._answered(item) for item in section.items)
        title = text_in(section.title, self.language)
        return SectionTab(
            self._number(section), title, done, len(section.items), self._url(section), section is current
        )

    def _answered(self, item: Item) -> bool:
        return item.key in self.answers and is_answered(item, self.answers[item.key].value)

    def _missing(self, item: Item, value: Any, comment: str, sent: Sent | None) -> str:
        if sent and sent.mistake:
            return sent.mistake
        if sent or not needs_comment(item, value) or comment.strip():
            return ""
        return _("With “%(answer)s” the form asks what was found.") % {"answer": self.label_of(item, value)}

    def _saved(self, answer: Answer | None) -> str:
        if answer is None or answer.answered_at is None:
            return ""
        who = answer.answered_by.name if answer.answered_by else ""
        return f"{who}, {moment(answer.answered_at)}"

    def _conflict(self, answer: Answer | None, sent: Sent | None) -> str:
        if not (sent and sent.stale and answer and answer.answered_at):
            return ""
        words = {"name": answer.answered_by.name if answer.answered_by else "", "at": moment(answer.answered_at)}
        return _("%(name)s changed it, %(at)s. Your text is kept; compare and save again.") % words

    def _differences(self, item: Item, answer: Answer | None, sent: Sent | None) -> list[Difference]:
        if not (sent and sent.stale and answer):
            return []
        rows = [Difference(_("Answer"), self.label_of(item, answer.value), self.label_of(item, sent.value))]
        if answer.comment != sent.comment:
            rows.append(Difference(_("What was found"), answer.comment or "–", sent.comment or "–"))
        return rows

    def _mine(self, item: Item, sent: Sent | None) -> Printed | None:
        """The button that saves one's own answer over the other one, once both were seen."""
        if not (sent and sent.stale and item.kind in (YES_NO, CHOICE) and isinstance(sent.value, str)):
            return None
        return Printed(sent.value, self.label_of(item, sent.value))

    def label_of(self, item: Item, value: Any) -> str:
        """The answer in the form's own words."""
        return answer_label(item, value, self.language)

    def _findings(self, item: Item, value: Any) -> list[Link]:
        links = list(self.followed.links(item.key))
        if value in FAILING and not self.locked:
            if not self.followed.nonconformities.get(item.key):
                links.append(Link(_("Report a nonconformity"), new_nonconformity_url(self.inspection, item.key)))
            links.append(Link(_("Order a measure"), new_measure_url(self.inspection, item.key)))
        return links

    def _note(self) -> str:
        if self.inspection.state == S.SUSPENDED:
            return _("The mission is suspended; the checklist opens again when it is resumed.")
        if not self.inspection.checklist_is_open:
            return _("The checklist is closed: the mission is not in progress.")
        if self.locked:
            return _("You read along: only the team of the mission answers its checklist.")
        names = [
            text_in(each.label, self.language)
            for each in self.inspection.structure.objects
            if each.key in self.inspection.object_keys
        ]
        chosen = ngettext("Inspected: %(names)s", "Inspected: %(names)s", len(names)) % {"names": "; ".join(names)}
        return chosen if names else ""


def numbers_of(sections: Sequence[Section]) -> dict[str, str]:
    """Item key → its number as the form prints it; else section and place, as 2.3."""
    found = {}
    for nth, section in enumerate(sections, start=1):
        for place, item in enumerate(section.items, start=1):
            found[item.key] = item.number or f"{section.number or nth}.{place}"
    return found


def answer_label(item: Item, value: Any, language: str) -> str:
    """An answer in the form's own words; a number or text as it was given."""
    if value in (None, "", []):
        return "–"
    if item.kind == PHOTO:
        return ngettext("%(n)d photo", "%(n)d photos", len(value)) % {"n": len(value)}
    if item.kind in (YES_NO, CHOICE):
        found = next((each.label for each in item.answers if each.code == value), {})
        return text_in(found, language) or str(value)
    return str(value)


def plain_value(item: Item, text: str) -> str | None:
    """What was typed as it is stored: nothing for nothing, numbers with a point."""
    text = text.strip()
    if item.kind == NUMBER:
        text = text.replace(",", ".").replace("\u00a0", "").replace(" ", "")
    return text or None
