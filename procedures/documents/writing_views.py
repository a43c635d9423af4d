"""Pages on which a draft is written, without a script: sections, a checklist, or a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procedures.checklists.reading import checklist_from_json
from procedures.checklists.structure import Checklist, Item, Section, text_in
from procedures.documents import boxes, commands, writing
from procedures.documents import content as contents
from procedures.documents.addresses import part_url, write_url
from procedures.documents.content import Body, TextSection
from procedures.documents.opening import Desk, Failure, desk_of
from procedures.documents.writing_forms import (
    BodyForm,
    ChecklistSectionForm,
    FileForm,
    ItemForm,
    SectionForm,
    SectionFormSet,
)
from qms.evidence import store
from qms.records.pages import url_of

NEW = "new"


@require_http_methods(["GET", "POST"])
def write_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The text of a draft, by the kind it is of."""
    desk = desk_of(request, uid)
    refused = desk.case.against_editing()
    if refused:
        return desk.refused(refused)
    if request.method == "POST" and desk.does[0] == "body":
        return _other_body(desk)
    page = {Body.SECTIONS: _sections, Body.CHECKLIST: _checklist, Body.FILE: _file}[Body(desk.revision.body)]
    return page(desk)


def _done(desk: Desk, to: str = "") -> HttpResponse:
    messages.success(desk.request, _("%(reference)s is saved.") % {"reference": desk.revision.reference})
    return redirect(to or write_url(desk.revision))


def _other_body(desk: Desk) -> HttpResponse:
    """Begin the text anew as another kind; the trail keeps the one there was."""
    form = BodyForm(desk.request.POST)
    if not form.is_valid() or form.cleaned_data["body"] == desk.revision.body:
        return redirect(write_url(desk.revision))
    body, language = form.cleaned_data["body"], desk.revision.language
    text: commands.Text = contents.sections_of(contents.begun(Body.SECTIONS, language))
    if body == Body.CHECKLIST:
        text = Checklist(language=language)
    elif body == Body.FILE:
        text = commands.StoredFile("", "")
    failure = desk.try_to(lambda: commands.write(desk.revision, desk.actor, text, version=desk.version, key=desk.key))
    if failure is not None:
        return failure.page or _again(desk, failure)
    return _done(desk)


def _again(desk: Desk, failure: Failure) -> HttpResponse:
    for sentence in failure.sentences:
        messages.error(desk.request, sentence)
    return redirect(write_url(desk.revision))


def _sections(desk: Desk) -> HttpResponseBase:
    if desk.request.method == "GET":
        initial = [SectionForm.initial_of(section) for section in contents.sections_of(desk.revision.content)]
        return _sections_page(desk, SectionFormSet(initial=initial))
    formset = SectionFormSet(desk.request.POST)
    if not formset.is_valid():
        return _sections_page(desk, formset, 422)
    sections = _rearranged([form.section() for form in formset], *desk.does)
    failure = desk.try_to(
        lambda: commands.write(desk.revision, desk.actor, sections, version=desk.version, key=desk.key)
    )
    if failure is not None:
        return failure.page or _sections_page(desk, formset, failure.status, failure.sentences)
    return _done(desk, url_of(desk.revision) if desk.does[0] == "close" else "")


def _sections_page(desk: Desk, formset: Any, status: int = 200, sentences: list[str] | None = None) -> HttpResponse:
    page = desk.page(_("Write"), formset=formset, sentences=sentences or [], body=BodyForm(initial=_body_of(desk)))
    return render(desk.request, "documents/write_sections.html", {"page": page}, status=status)


def _body_of(desk: Desk) -> dict[str, str]:
    return {"body": desk.revision.body}


def _rearranged(sections: list[TextSection], what: str, which: str) -> list[TextSection]:
    """The sections after the button was pressed: one added, removed or moved."""
    at = int(which) if which.isascii() and which.isdigit() and len(which) < 4 else 0
    if what == "add":
        sections.insert(at + 1 if sections else 0, TextSection(contents.new_key(sections), _("New section")))
    elif what == "remove" and at < len(sections):
        del sections[at]
    elif what in ("up", "down") and at < len(sections):
        section = sections.pop(at)
        sections.insert(max(0, at - 1) if what == "up" else at + 1, section)
    return sections


def _file(desk: Desk) -> HttpResponseBase:
    form = FileForm(desk.request.POST or None, desk.request.FILES or None)
    status, sentences = 200, []
    if desk.request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            text = commands.StoredFile(store.put(file.read()), file.name)
            failure = desk.try_to(
                lambda: commands.write(desk.revision, desk.actor, text, version=desk.version, key=desk.key)
            )
            if failure is None:
                return _done(desk, url_of(desk.revision))
            if failure.page:
                return failure.page
            status, sentences = failure.status, failure.sentences
    page = desk.page(_("Write"), form=form, sentences=sentences, body=BodyForm(initial=_body_of(desk)))
    page["boxes"] = boxes.content_boxes(desk.revision)
    return render(desk.request, "documents/write_file.html", {"page": page}, status=status)


def _checklist(desk: Desk) -> HttpResponseBase:
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
            return _done(desk)
        if failure.page:
            return failure.page
        status, sentences = failure.status, failure.sentences
        checklist = checklist_from_json(desk.revision.content)
    language = get_language() or desk.revision.language
    rows = [_section_row(desk, section, language) for section in checklist.sections]
    page = desk.page(_("Write"), sections=rows, sentences=sentences, body=BodyForm(initial=_body_of(desk)))
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
                return _done(desk)
            if failure.page:
                return failure.page
            status = failure.status
            for sentence in failure.sentences:
                form.add_error(None, sentence)
    page = desk.page(title, form=form, submit=_("Save"), url=desk.request.get_full_path())
    page["back_url"] = write_url(desk.revision)
    return render(desk.request, "records/edit.html", {"page": page}, status=status)
