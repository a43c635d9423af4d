"""The checklist of a mission: read section by section, answered item by item, with or without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from procedures.checklists.structure import LONGEST_TEXT, PHOTO, Item, Section
from qms.face.pages import Head, RecordPage
from qms.face.parts import EmptyState
from qms.lifecycle.refused import Refused, Stale
from qms.records import registry
from qms.records.opening import open_record
from qms.records.pages import head_of
from qms.records.views import actor_in
from workflows.inspections.commands import attach_files, save_answer
from workflows.inspections.models import Inspection
from workflows.inspections.runner import Runner, Sent, plain_value


class AnswerForm(forms.Form):
    """What the form of an item sends. Without `answer` the one that stands is kept."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    key = forms.UUIDField(required=False)
    answer = forms.CharField(required=False, max_length=LONGEST_TEXT)
    fact = forms.CharField(required=False, max_length=LONGEST_TEXT)


@require_GET
@cache_control(no_store=True)
def checklist_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One section of the checklist; never a stored copy, so that Back shows the answers as they are now."""
    runner = Runner(_open(request, uid), actor_in(request))
    section = runner.section(request.GET.get("section", ""))
    if section is None:
        return _nothing_to_answer(request, runner)
    return render(request, "inspections/checklist.html", {"page": runner.page(section)})


@require_POST
def answer_page(request: HttpRequest, uid: UUID, item: str) -> HttpResponseBase:
    """Save an answer; show its item again (409 when somebody was faster, 422 when it is not accepted)."""
    runner = Runner(_open(request, uid), actor_in(request))
    asked, section = runner.item(item), runner.section_of(item)
    if asked is None or section is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
        sent = Sent(None, request.POST.get("fact", "")[:LONGEST_TEXT], " ".join(sentences))
        return _shown(request, runner, section, asked, sent, 422)
    before = runner.answers.get(item)
    value = before.value if before else None
    if "answer" in request.POST and asked.kind != PHOTO:
        value = plain_value(asked, form.cleaned_data["answer"])
    comment = form.cleaned_data["fact"] if "fact" in request.POST else (before.comment if before else "")
    version, key = form.cleaned_data["version"] or 0, form.cleaned_data["key"]
    try:
        save_answer(runner.inspection, item, runner.actor, value=value, comment=comment, version=version, key=key)
        if files := request.FILES.getlist("photo"):
            attach_files(runner.inspection, item, runner.actor, files, key)
    except Stale:
        return _shown(request, _anew(runner), section, asked, Sent(value, comment, stale=True), 409)
    except Refused as refused:
        status = 422 if request.htmx else 403  # type: ignore[attr-defined]
        return _shown(request, _anew(runner), section, asked, Sent(value, comment, str(refused)), status)
    except ValidationError as mistake:
        return _shown(request, _anew(runner), section, asked, Sent(value, comment, " ".join(mistake.messages)), 422)
    if request.htmx:  # type: ignore[attr-defined]
        return _shown(request, _anew(runner), section, asked, None, 200)
    return redirect(runner.item_url(item))


def _open(request: HttpRequest, uid: UUID) -> Inspection:
    inspection: Inspection = open_record(registry.get("inspection"), uid, actor_in(request))
    return inspection


def _anew(runner: Runner) -> Runner:
    """The same mission with the answers as they are now."""
    runner.inspection.__dict__.pop("answers_by_item", None)
    return Runner(runner.inspection, runner.actor)


def _shown(
    request: HttpRequest, runner: Runner, section: Section, item: Item, sent: Sent | None, status: int
) -> HttpResponse:
    """The item alone with head and foot for htmx, the whole section otherwise."""
    if request.htmx:  # type: ignore[attr-defined]
        parts: dict[str, Any] = {"item": runner.part(item, sent), "head": runner.head(section)}
        context = parts | {"foot": runner.foot(section)}
        return render(request, "inspections/answer.html", context, status=status)
    page = runner.page(section, {item.key: sent} if sent else None)
    return render(request, "inspections/checklist.html", {"page": page}, status=status)


def _nothing_to_answer(request: HttpRequest, runner: Runner) -> HttpResponse:
    head: Head = head_of(runner.inspection, here=_("Checklist"))
    empty = EmptyState(_("No checklist is chosen yet, or nothing in it is to be answered."))
    return render(request, "records/detail.html", {"page": RecordPage(head, main=[empty])})
