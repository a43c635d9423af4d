"""Pages on which the checklist of a draft is written, question by question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procedures.checklists.reading import checklist_from_json
from procedures.checklists.structure import Checklist, Item, Section, text_in
from procedures.documents import boxes, commands, writing
from procedures.documents.addresses import part_url, write_url
from procedures.documents.content import Body
from procedures.documents.opening import Desk, desk_of
from procedures.documents.writing_forms import BodyForm, ChecklistSectionForm, ItemForm

NEW = "new"


def write_checklist(desk: Desk) -> HttpResponseBase:
    """The whole checklist: its questions in order, each moved, removed, or opened to be written."""
    checklist = checklist_from_json(desk.revision.content)
    sentences: list[str] = []
    status = 200
    if desk.request.method == "POST":
        try:
            text = _changed(checklist, *desk.does)
        except writing.NoSuchPart:
            raise Http404 from None
        failure = desk.try_to(
            lambda: commands.write(desk.revision, desk.actor, text, version=desk.version, key=desk.key)
        )
        if failure is None:
            return desk.saved()
        if failure.page:
            return failure.page
        status, sentences = failure.status, failure.sentences
        checklist = checklist_from_json(desk.revision.content)
    language = get_language() or desk.revision.language
    rows = [_section_row(desk, section, language) for section in checklist.sections]
    page = desk.page(
        _("Write"), sections=rows, sentences=sentences, body=BodyForm(initial={"body": desk.revision.body})
    )
    page["new_section_url"] = part_url(desk.revision, "sections", NEW)
    return render(desk.request, "documents/write_checklist.html", {"page": page}, status=status)


def _changed(checklist: Checklist, what: str, which: str) -> Checklist:
    """The checklist after the button was pressed. Raises NoSuchPart."""
    if what in ("up", "down"):
        return writing.moved_item(checklist, which, -1 if what == "up" else 1)
    if what in ("up-section", "down-section"):
        return writing.moved_section(checklist, which, -1 if what == "up-section" else 1)
    if what == "remove":
        return writing.without_item(checklist, which)
    if what == "remove-section":
        return writing.without_section(checklist, which)
    raise writing.NoSuchPart(what)


def _section_row(desk: Desk, section: Section, language: str) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": f"{section.number} {text_in(section.title, language)}".strip(),
        "url": part_url(desk.revision, "sections", section.key),
        "new_item_url": part_url(desk.revision, "items", NEW) + f"?section={section.key}",
        "items": [
            {
                "key": item.key,
                "label": f"{item.number} {text_in(item.label, language)}".strip(),
                "answers": ", ".join(text_in(answer.label, language) for answer in item.answers)
                or boxes.kind_label(item.kind),
                "url": part_url(desk.revision, "items", item.key),
            }
            for item in section.items
        ],
    }


@require_http_methods(["GET", "POST"])
def item_page(request: HttpRequest, uid: UUID, key: str) -> HttpResponseBase:
    """One question of a checklist being written, or a new one."""
    desk, checklist = _checklist_desk(request, uid)
    refused = desk.case.against_editing()
    if refused:
        return desk.refused(refused)
    language = desk.revision.language
    try:
        if key == NEW:
            section = writing.section_of(checklist, request.GET.get("section", ""))
            item = Item(writing.new_key(checklist, "i"), {}, comment_required_on=("no",))
        else:
            item = writing.item_of(checklist, key)
            section = next(each for each in checklist.sections if item in each.items)
    except writing.NoSuchPart:
        raise Http404 from None
    form = ItemForm(request.POST if request.method == "POST" else None, item=item, language=language)
    return _part(desk, form, lambda: writing.with_item(checklist, section.key, form.made()), _("Question"))


@require_http_methods(["GET", "POST"])
def section_page(request: HttpRequest, uid: UUID, key: str) -> HttpResponseBase:
    """The heading of a section of a checklist being written, or a new section."""
    desk, checklist = _checklist_desk(request, uid)
    refused = desk.case.against_editing()
    if refused:
        return desk.refused(refused)
    language = desk.revision.language
    try:
        section = Section(writing.new_key(checklist, "s"), {}) if key == NEW else writing.section_of(checklist, key)
    except writing.NoSuchPart:
        raise Http404 from None
    data = request.POST if request.method == "POST" else None
    form = ChecklistSectionForm(data, initial=ChecklistSectionForm.initial_of(section, language))
    changed = lambda: writing.with_section(checklist, form.section(section, language))  # noqa: E731
    return _part(desk, form, changed, _("Section"))


def _checklist_desk(request: HttpRequest, uid: UUID) -> tuple[Desk, Checklist]:
    desk = desk_of(request, uid)
    if desk.revision.body != Body.CHECKLIST:
        raise Http404
    return desk, checklist_from_json(desk.revision.content)


def _part(desk: Desk, form: Any, changed: Any, title: str) -> HttpResponseBase:
    """A form of one part of the checklist; saved, it leads back to the whole."""
    status = 200
    if desk.request.method == "POST":
        status = 422
        if form.is_valid():
            failure = desk.try_to(
                lambda: commands.write(desk.revision, desk.actor, changed(), version=desk.version, key=desk.key)
            )
            if failure is None:
                return desk.saved()
            if failure.page:
                return failure.page
            status = failure.status
            for sentence in failure.sentences:
                form.add_error(None, sentence)
    page = desk.page(title, form=form, submit=_("Save"), url=desk.request.get_full_path())
    page["back_url"] = write_url(desk.revision)
    return render(desk.request, "records/edit.html", {"page": page}, status=status)
