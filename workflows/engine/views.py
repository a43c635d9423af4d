"""The inbox, the first page of the product; and handing a task to somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from qms.calendar.service import calendar_of
from qms.face.pages import Filters, FormPage, Head, InboxPage, Pager
from qms.face.parts import Link, ReasonRow
from qms.lifecycle.refused import KeyReused, Refused, Stale
from qms.people.actors import Actor
from qms.people.models import Delegation, Person
from qms.records import registry
from qms.records.opening import open_record
from qms.trail import clock
from workflows.engine import page
from workflows.engine.boxes import COUNTED_ALREADY
from workflows.engine.handover import hand_over
from workflows.engine.inbox import MINE, WHOSE, Position, counts, pigeonholes, shelf, waited_for
from workflows.engine.models import Task

LONGEST_SEARCH = 100


class Search(forms.Form):
    """Words of the record."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What is asked of the person: by term, soonest first, narrowed by whose it is and by words."""
    actor = acting(request)
    person = who(actor)
    today = clock.today(person.organisation.time_zone)
    whose = request.GET.get("whose", "") if request.GET.get("whose") in WHOSE else ""
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH]
    holes = pigeonholes(actor)
    chosen = [hole for hole in holes if not whose or hole.whose == whose]
    found = shelf(chosen, words=words, after=Position.parse(request.GET.get("after", "")))
    counted = counts(holes, words)
    if not words:
        person.__dict__[COUNTED_ALREADY] = counted.by_whose[MINE]
    shown = InboxPage(
        head=page.head_of(counted, whose, words, today),
        today=today,
        groups=list(page.groups_of(found.tasks, counted, holes, today)),
        filters=Filters(Search({"q": words}), kept={"whose": whose} if whose else {}, clear_url=page.address({})),
        pager=_pager(request, found.after, whose, words),
        empty=None if found.tasks else page.nothing_asked(bool(whose or words)),
        rail=[box for box in _rail(actor, person, counted, today) if box] if not words else (),
    )
    return render(request, "inbox.html", {"page": shown})


def _pager(request: HttpRequest, after: Position | None, whose: str, words: str) -> Pager | None:
    first = page.address({"whose": whose, "q": words}) if request.GET.get("after") else ""
    later = page.address({"whose": whose, "q": words, "after": str(after)}) if after else ""
    return Pager(newer_url=first, older_url=later) if first or later else None


def _rail(actor: Actor, person: Person, counted: Any, today: date) -> list[Any]:
    in_force = Delegation.objects.of(person.organisation_id).filter(
        Q(delegator=person) | Q(delegate=person), from_on__lte=today, to_on__gte=today, revoked_at=None
    )
    return [
        page.calendar_box(counted, calendar_of(person.organisation), today),
        page.delegations_box(in_force.select_related("delegator", "delegate"), person.pk),
        page.waits_box(waited_for(actor), today),
    ]


class HandOver(forms.Form):
    """To whom, and why."""

    to = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("to whom"))
    reason = forms.CharField(label=gettext_lazy("reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(organisation=task.organisation_id, is_active=True).exclude(pk=task.owner_id)
        self.fields["to"].queryset = people.order_by("name")  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def hand_over_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Give a task to somebody else. Another body's task, and one that is over, answer like a missing one."""
    actor = acting(request)
    task = open_task(uid, actor)
    if request.method == "GET":
        return _form(request, task, HandOver(task=task, initial={"to": who(actor)} if not task.owner_id else {}))
    form = HandOver(request.POST, task=task)
    if not form.is_valid():
        return _form(request, task, form, 422)
    try:
        hand_over(task, form.cleaned_data["to"], actor, reason=form.cleaned_data["reason"], key=_key(request))
    except Refused as refused:
        return _refused(request, task, refused)
    except (Stale, KeyReused):
        form.add_error(None, _("Something changed meanwhile. Look again, then send it once more."))
        return _form(request, task, form, 409)
    told = {"task": page.sentence_of(task), "name": form.cleaned_data["to"].name}
    messages.success(request, _("%(task)s: %(name)s is asked now.") % told)
    return redirect("inbox")


def open_task(uid: UUID, actor: Actor) -> Task:
    """An open task of a record the actor may read. Raises Http404."""
    task: Task | None = Task.objects.filter(uid=uid, finished=None).select_related("owner", "organisation").first()
    if task is None or not task.key or task.scheduled:
        raise Http404
    open_record(registry.get(task.record_type), task.record_uid, actor)
    return task


def _head(task: Task) -> Head:
    return Head(_("Hand over"), task.reference, [Link(task.title, page.record_url(task))], line=page.sentence_of(task))


def _form(request: HttpRequest, task: Task, form: HandOver, status: int = 200) -> HttpResponse:
    asked = task.owner.name if task.owner else page.taker_label(task)
    shown = FormPage(
        head=_head(task),
        form=form,
        submit=_("Hand over"),
        url=request.path,
        back_url=page.record_url(task),
        key=str(_key(request) or uuid4()),
        sentence=_("Asked now: %(who)s. The trail of the record keeps who handed it over, to whom and why.")
        % {"who": asked},
    )
    return render(request, "records/edit.html", {"page": shown}, status=status)


def _refused(request: HttpRequest, task: Task, refused: Refused) -> HttpResponse:
    rows = [ReasonRow(reason.text, reason.clause, ", ".join(reason.names)) for reason in refused.reasons]
    context = {"head": _head(task), "reasons": rows, "back_url": page.record_url(task)}
    return render(request, "records/refused.html", context, status=403)


def acting(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def who(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
