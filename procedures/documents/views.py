"""Pages of documents besides those every record has: reading what is in force, its file, and importing a Word form."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from procedures.checklists.commands import import_checklist
from procedures.checklists.importing import read_form, title_of
from procedures.checklists.reading import InvalidChecklist, checklist_from_json
from procedures.checklists.sentences import not_understood_sentence, place
from procedures.checklists.structure import Checklist
from procedures.documents import boxes, commands
from procedures.documents.lifecycle import State
from procedures.documents.models import Document, Revision
from procedures.documents.opening import desk_of, open_document, refused_page
from procedures.documents.writing_forms import ImportForm
from qms.evidence import store
from qms.evidence.sandbox import ForeignFileRefused
from qms.face.pages import Head, RecordPage
from qms.face.parts import Cell, EmptyState, Link, ReasonRow, Table
from qms.lifecycle.case import Case
from qms.lifecycle.refused import KeyReused, NotDone, Refused
from qms.people.actors import Actor
from qms.records import registry
from qms.records.pages import badge_of, list_url, url_of
from qms.records.views import actor_in

SALT = "documents.import"
PREVIEW_LASTS = 24 * 60 * 60


@require_GET
def read_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is in force of a document, to be read; a banner when it is withdrawn."""
    document = open_document(request, uid)
    revision = commands.current_revision(document) or document.current
    crumbs = [
        Link(registry.get("document").plural, list_url(registry.get("document"))),
        Link(document.code, url_of(document)),
    ]
    if revision is None:
        head = Head(document.title, document.code, crumbs, badge_of(document))
        empty = EmptyState(_("No revision of this document has come into force yet."))
        return render(request, "records/detail.html", {"page": RecordPage(head, main=[empty])})
    since = boxes.edition_and_day(revision)
    head = Head(revision.title, document.code, crumbs, badge_of(revision), line=since)
    shown = [box for box in (boxes.superseded_notice(revision), *boxes.content_boxes(revision)) if box]
    return render(request, "records/detail.html", {"page": RecordPage(head, main=shown)})


@require_GET
def file_page(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The uploaded file of a revision, always as a download."""
    revision = desk_of(request, uid).revision
    try:
        file = store.open(revision.file_sha256)
    except store.NotStored:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=revision.file_name or revision.reference)
    response["Content-Type"] = "application/octet-stream"
    return response


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest) -> HttpResponseBase:
    """A Word form is read, shown with what was not understood, and only then becomes a draft."""
    actor = actor_in(request)
    assert actor.person is not None
    blank = Document(organisation=actor.person.organisation)
    against = Case(blank, actor).against_creating()
    if against:
        rows = [_plain_row(reason) for reason in Case(blank, actor).with_names(against)]
        return refused_page(request, _import_head(), rows, list_url(registry.get("document")))
    if "read" in request.POST:
        return _import(request, actor)
    form = ImportForm(initial={"language": actor.person.organisation.language})
    if request.method == "GET":
        return _form_page(request, form)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, 422)
    file = form.cleaned_data["file"]
    try:
        checklist = read_form(file.read(), file.name, form.cleaned_data["language"])
    except ForeignFileRefused as refused:
        form.add_error("file", str(refused))
        return _form_page(request, form, 422)
    return _preview(request, actor, checklist, form.cleaned_data["code"], file.name)


def _import_head() -> Head:
    documents = registry.get("document")
    return Head(_("Import a checklist from Word"), crumbs=[Link(documents.plural, list_url(documents))])


def _form_page(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    page = {
        "head": _import_head(),
        "form": form,
        "submit": _("Read the form"),
        "url": reverse("documents:import"),
        "back_url": list_url(registry.get("document")),
        "sentence": _("The form is read first. You see what was understood and what was not; then you save the draft."),
    }
    return render(request, "records/edit.html", {"page": page}, status=status)


def _preview(request: HttpRequest, actor: Actor, checklist: Checklist, code: str, name: str) -> HttpResponse:
    """What was read; the form brings it back signed, so that nobody changes it on the way."""
    assert actor.person is not None
    rows = [
        (Cell(place(found)), Cell(not_understood_sentence(found)), Cell(found.text[:500]))
        for found in checklist.not_understood
    ]
    heads = (_("Where"), _("What"), _("Words of the form"))
    unknown = Table(_("Not understood or concluded"), heads, rows, empty=_("Everything was understood."))
    bound = [(Cell(field.name), Cell(_filled_from(field.bound_to))) for field in checklist.merge_fields]
    count = len(checklist.items)
    page: dict[str, Any] = {
        "head": _import_head(),
        "title": title_of(checklist, name),
        "code": code,
        "name": name,
        "count": ngettext("%(count)s question was read.", "%(count)s questions were read.", count) % {"count": count},
        "can_be_saved": bool(count),
        "gives_way": _gives_way(actor, code),
        "unknown": unknown,
        "fields": Table(_("Merge fields"), (_("Field"), _("Filled from")), bound) if bound else None,
        "boxes": boxes.checklist_boxes(checklist),
        "read": signing.dumps({"code": code, "name": name, "form": checklist.to_json()}, salt=SALT, compress=True),
        "key": str(uuid4()),
        "back_url": reverse("documents:import"),
    }
    return render(request, "documents/import_preview.html", {"page": page})


def _filled_from(bound: str | None) -> str:
    """The field of the record a merge field is filled from, as people call it: "Inspections: began"."""
    kind, _dot, name = (bound or "").partition(".")
    found = next((each for each in registry.all_types() if each.name == kind), None)
    if found is None:
        return bound or _("not bound")
    names = {
        field.name: field.verbose_name for field in found.model._meta.get_fields() if hasattr(field, "verbose_name")
    }
    return f"{found.plural}: {names.get(name, name)}"


def _gives_way(actor: Actor, code: str) -> Revision | None:
    """The draft of that document that an import takes the place of."""
    assert actor.person is not None
    open_ones = Revision.objects.of(actor.person.organisation_id).filter(state=State.DRAFT)
    found: Revision | None = open_ones.filter(document__code__iexact=" ".join(code.split())).first()
    return found


def _import(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Save what was shown as a draft."""
    assert actor.person is not None
    try:
        said = signing.loads(request.POST["read"], salt=SALT, max_age=PREVIEW_LASTS)
        checklist, key = checklist_from_json(said["form"]), UUID(request.POST.get("key", ""))
    except (signing.BadSignature, InvalidChecklist, ValueError):
        messages.error(request, _("What was read has expired. Choose the file again."))
        return redirect("documents:import")
    try:
        revision = import_checklist(actor.person.organisation, said["code"], checklist, said["name"], actor, key)
    except Refused as refused:
        rows = [_plain_row(reason) for reason in refused.reasons]
        return refused_page(request, _import_head(), rows, reverse("documents:import"))
    except (ValidationError, KeyReused) as mistake:
        sentences = mistake.messages if isinstance(mistake, ValidationError) else [_said_before(mistake)]
        for sentence in sentences:
            messages.error(request, sentence)
        return redirect("documents:import")
    messages.success(request, _("%(reference)s is saved as a draft.") % {"reference": revision.reference})
    return redirect(url_of(revision))


def _said_before(_mistake: NotDone) -> str:
    return _("This form was sent before with other content. Open it again.")


def _plain_row(reason: Any) -> ReasonRow:
    return ReasonRow(reason.text, reason.clause, ", ".join(reason.names))
