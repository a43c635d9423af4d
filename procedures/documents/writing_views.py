"""Pages on which a draft is written, without a script: sections, a checklist, or a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procedures.checklists.structure import Checklist
from procedures.documents import boxes, checklist_views, commands
from procedures.documents import content as contents
from procedures.documents.addresses import write_url
from procedures.documents.content import Body, TextSection
from procedures.documents.opening import Desk, Failure, desk_of
from procedures.documents.writing_forms import (
    BodyForm,
    FileForm,
    SectionForm,
    SectionFormSet,
)
from qms.evidence.attaching import keep
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
    page = {Body.SECTIONS: _sections, Body.CHECKLIST: checklist_views.write_checklist, Body.FILE: _file}[
        Body(desk.revision.body)
    ]
    return page(desk)


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
    return desk.saved()


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
    return desk.saved(url_of(desk.revision) if desk.does[0] == "close" else "")


def _sections_page(desk: Desk, formset: Any, status: int = 200, sentences: list[str] | None = None) -> HttpResponse:
    page = desk.page(
        _("Write"), formset=formset, sentences=sentences or [], body=BodyForm(initial={"body": desk.revision.body})
    )
    return render(desk.request, "documents/write_sections.html", {"page": page}, status=status)


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
            failure = desk.try_to(
                lambda: commands.write(
                    desk.revision,
                    desk.actor,
                    commands.StoredFile(keep(file, file.name), file.name),
                    version=desk.version,
                    key=desk.key,
                )
            )
            if failure is None:
                return desk.saved(url_of(desk.revision))
            if failure.page:
                return failure.page
            status, sentences = failure.status, failure.sentences
    page = desk.page(_("Write"), form=form, sentences=sentences, body=BodyForm(initial={"body": desk.revision.body}))
    page["boxes"] = boxes.content_boxes(desk.revision)
    return render(desk.request, "documents/write_file.html", {"page": page}, status=status)
