"""What the pages of a document and of a revision show besides what every record's page has."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.checklists.reading import checklist_from_json
from procedures.checklists.structure import Checklist, Item, text_in
from procedures.documents import content as contents
from procedures.documents.addresses import file_url, read_url, write_url
from procedures.documents.content import Body
from procedures.documents.models import Document, Revision
from qms.face.dates import brief
from qms.face.parts import Cell, Fact, Link, Notice, Paragraph, Table, Texts, Tone
from qms.lifecycle.case import Case
from qms.records.pages import badge_of, url_of


def document_facts(document: Document) -> list[Fact]:
    titles = {"en": document.title_en, "ro": document.title_ro, "bg": document.title_bg}
    facts = [Fact(_("Code"), document.code, strong=True), Fact(_("Kind"), document.get_kind_display())]
    if document.current is not None:
        facts.append(Fact(_("In force"), edition_line(document.current), url=read_url(document)))
    facts.append(Fact(_("Language"), document.get_language_display()))
    return facts + [Fact(_("Title"), title, note=code.upper()) for code, title in titles.items() if title]


def document_line(document: Document) -> str:
    """The revision in force, since when."""
    if document.current is None or document.is_withdrawn:
        return str(document.get_kind_display())
    return edition_and_day(document.current)


def edition_and_day(revision: Revision) -> str:
    """For instance: Edition 2, revision 1, in force from 9 Feb."""
    day = brief(revision.effective_from) if revision.effective_from else ""
    return _("%(edition)s, in force from %(day)s") % {"edition": edition_line(revision), "day": day}


def document_main(document: Document, case: Case) -> list[Any]:
    rows = document.revisions.select_related("organisation", "author").defer("content").order_by("-edition", "-number")
    cells = [
        (
            Cell(edition_line(revision), url_of(revision), strong=revision.pk == document.current_id),
            Cell(revision.get_kind_of_change_display(), note=revision.reason_for_change[:200]),
            Cell(revision.author.name if revision.author else ""),
            Cell(badge=badge_of(revision, plain=True)),
            Cell(_days(revision)),
        )
        for revision in rows
    ]
    heads = (_("Edition and revision"), _("Change"), _("Author"), _("State"), _("In force"))
    link = Link(_("Read what is in force"), read_url(document)) if document.current_id else None
    return [
        Table(_("Editions and revisions"), heads, cells, link=link, empty=_("No draft is opened yet."),
              anchor="revisions")
    ]  # fmt: skip


def _days(revision: Revision) -> str:
    if revision.effective_from is None:
        return ""
    if revision.effective_to is None:
        return _("from %(day)s") % {"day": brief(revision.effective_from)}
    days = {"from": brief(revision.effective_from), "to": brief(revision.effective_to)}
    return _("from %(from)s, not any more from %(to)s") % days


def edition_line(revision: Revision) -> str:
    """For instance: Edition 2, revision 1."""
    return _("Edition %(edition)s, revision %(number)s") % {"edition": revision.edition, "number": revision.number}


def revision_facts(revision: Revision) -> list[Fact]:
    document = revision.document
    facts = [
        Fact(_("Document"), document.code, url=url_of(document), strong=True),
        Fact(_("Edition and revision"), revision.edition_and_number),
        Fact(_("Kind of change"), revision.get_kind_of_change_display()),
        Fact(_("Reason"), revision.reason_for_change),
        Fact(_("Author"), revision.author.name if revision.author else ""),
        Fact(_("Language"), revision.get_language_display()),
    ]
    if revision.base is not None:
        facts.append(Fact(_("Made from"), revision.base.edition_and_number, url=url_of(revision.base)))
    if revision.effective_from:
        planned = "" if not revision.is_open else _("planned")
        facts.append(Fact(_("In force from"), brief(revision.effective_from), note=planned, strong=True))
    if revision.effective_to:
        facts.append(Fact(_("Not any more from"), brief(revision.effective_to)))
    if revision.past_date_reason:
        facts.append(Fact(_("Why from a day that had passed"), revision.past_date_reason))
    return facts


def revision_main(revision: Revision, case: Case) -> list[Any]:
    boxes = [superseded_notice(revision), *content_boxes(revision, editable=not case.against_editing())]
    return [box for box in boxes if box is not None]


def superseded_notice(revision: Revision) -> Notice | None:
    """The banner over what is not in force any more."""
    if revision.effective_to is None:
        return None
    words = {"document": revision.document.code, "day": brief(revision.effective_to)}
    if revision.state == "withdrawn":
        return Notice(_("%(document)s was withdrawn on %(day)s. It is kept to be read only.") % words, Tone.WARN)
    now = Link(_("Read what is in force"), read_url(revision.document))
    text = _("This revision of %(document)s was superseded on %(day)s. It is kept to be read only.") % words
    return Notice(text, Tone.WARN, link=now)


def content_boxes(revision: Revision, editable: bool = False) -> list[Any]:
    """What the revision says: one box of sections, a table per section of a checklist, or the file."""
    write = Link(_("Write"), write_url(revision)) if editable else None
    if revision.body == Body.CHECKLIST:
        return checklist_boxes(checklist_from_json(revision.content), write)
    if revision.body == Body.FILE:
        text = revision.file_name or _("No file is uploaded yet.")
        paragraph = Paragraph(_("File"), text=text, html=_file_link(revision), note=revision.file_sha256[:12])
        return [Texts(_("Content"), [paragraph], link=write, anchor="content")]
    paragraphs = [
        Paragraph(f"{n}. {section.title}", html=mark_safe(section.html) if section.html else None, anchor=section.key)  # noqa: S308  cleaned when it was written
        for n, section in enumerate(contents.sections_of(revision.content), 1)
    ]
    return [Texts(_("Content"), paragraphs, link=write, anchor="content")]


def _file_link(revision: Revision) -> SafeString | None:
    from django.utils.html import format_html

    if not revision.file_sha256:
        return None
    return format_html('<a href="{}">{}</a>', file_url(revision), revision.file_name)


def checklist_boxes(checklist: Checklist, write: Link | None = None) -> list[Any]:
    """A table per section, in the reader's language where the form has it."""
    language = get_language() or checklist.language
    numbered = any(item.number for item in checklist.items)
    heads = (*((_("No."),) if numbered else ()), _("Question"), _("Answers"), _("Comment needed on"))
    boxes = []
    for n, section in enumerate(checklist.sections):
        rows = [_item_row(item, language)[0 if numbered else 1 :] for item in section.items]
        title = f"{section.number} {text_in(section.title, language)}".strip()
        boxes.append(
            Table(title, heads, rows, link=None if n else write, empty=_("Filled in freely during the check."),
                  anchor="content" if n == 0 else "")
        )  # fmt: skip
    if not boxes:
        return [Table(_("Content"), heads, (), link=write, empty=_("No items yet."), anchor="content")]
    return [*boxes, *_objects_box(checklist, language)]


def _objects_box(checklist: Checklist, language: str) -> list[Table]:
    """What can be inspected with the form and with which of its sections, where it says so."""
    names = {each.key: each.number or text_in(each.title, language) for each in checklist.sections}
    rows = [
        (Cell(text_in(each.label, language)), Cell(", ".join(names[key] for key in each.sections) or _("all")))
        for each in checklist.objects
    ]
    return [Table(_("Objects of the check"), (_("Object"), _("Sections")), rows)] if rows else []


def _item_row(item: Item, language: str) -> tuple[Cell, ...]:
    basis = " · ".join(part for part in (item.clause, item.legal_basis, text_in(item.guidance, language)) if part)
    answers = ", ".join(text_in(answer.label, language) for answer in item.answers) or kind_label(item.kind)
    labels = {answer.code: text_in(answer.label, language) for answer in item.answers}
    comments = ", ".join(labels[code] for code in item.comment_required_on)
    return Cell(item.number), Cell(text_in(item.label, language), note=basis), Cell(answers), Cell(comments)


def kind_label(kind: str) -> str:
    """What kind of answer an item without printed answers takes."""
    return {
        "yes_no": _("yes or no"),
        "choice": _("choice"),
        "number": _("number"),
        "text": _("text"),
        "date": _("date"),
        "photo": _("photo"),
    }[kind]


def edition_in_force(document: Document) -> str:
    """The column of the list: edition/revision in force, or nothing."""
    return "" if document.current is None or document.is_withdrawn else document.current.edition_and_number
