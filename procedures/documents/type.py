"""Documents and their revisions, registered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.documents import boxes, consequences
from procedures.documents.forms import OpenRevisionForm, ReviewersForm, RevisionForm
from procedures.documents.lifecycle import DOCUMENT as DOCUMENT_LIFECYCLE
from procedures.documents.lifecycle import REVISION as REVISION_LIFECYCLE
from procedures.documents.models import Document, Revision
from procedures.documents.report import revision_sheet
from procedures.documents.route import route_of
from qms.lifecycle.case import Case
from qms.records.registry import Column, RecordType, register


def covered(revision: Revision) -> dict[str, Any]:
    """What a signature of a revision adds to its fields: the hash every decision about it is bound to."""
    return {"content": revision.content_hash}


def rail(revision: Revision, case: Case) -> list[Any]:
    return [route_of(revision, case)]


DOCUMENT = register(
    RecordType(
        model=Document,
        lifecycle=DOCUMENT_LIFECYCLE,
        code="DOC",
        label=_("document"),
        plural=_("Documents"),
        parts={"owner": lambda document: (document.owner_id,)},
        part_labels={"owner": _("process owner")},
        consequences={
            "open_revision": (consequences.begin_revision,),
            "withdraw": (consequences.withdraw_revision,),
        },
        computes={"create": consequences.coded, "put_in_force": consequences.in_force_now},
        create_fields=("code", "title", "kind", "language", "title_en", "title_ro", "title_bg", "unit", "owner"),
        edit_fields=("title", "title_en", "title_ro", "title_bg", "unit", "owner"),
        forms={"open_revision": OpenRevisionForm},
        columns=(
            Column("kind", _("Kind"), "kind"),
            Column("edition", _("In force"), lambda document: boxes.edition_in_force(document)),
            Column("owner", _("Process owner"), lambda document: document.owner.name if document.owner else ""),
        ),
        filters=("state", "kind", "unit", "owner"),
        related=("unit", "owner", "current"),
        facts=boxes.document_facts,
        main=boxes.document_main,
        line=boxes.document_line,
        onward=lambda document, verb: (verb == "open_revision" and document.open_revision) or document,
        list_links=((_("Import a checklist from Word"), "documents:import"),),
    )
)

REVISION = register(
    RecordType(
        model=Revision,
        lifecycle=REVISION_LIFECYCLE,
        code="REV",
        label=_("revision"),
        plural=_("Revisions"),
        parts={
            "author": lambda revision: (revision.author_id,),
            "owner": lambda revision: (revision.owner_id,),
            "reviewers": lambda revision: revision.reviewers,
        },
        part_labels={"author": _("author"), "owner": _("process owner"), "reviewers": _("reviewer")},
        consequences={
            "submit": (consequences.record_decision,),
            "agree": (consequences.record_decision, consequences.pass_when_all_agreed),
            "change_reviewers": (consequences.pass_when_all_agreed,),
            "return_to_author": (consequences.record_decision,),
            "take_back": (consequences.record_decision,),
            "reject": (consequences.record_decision,),
            "approve": (consequences.record_decision,),
            "revoke_approval": (consequences.record_decision,),
            "make_effective": (consequences.tell_document,),
        },
        precedents={"make_effective": (consequences.supersede_predecessor,)},
        computes={"supersede": consequences.ends_with_successor, "withdraw": consequences.ends_today},
        create_fields=(),
        edit_fields=(
            "title", "kind_of_change", "reason_for_change", "reviewers", "effective_from", "author", "unit", "owner",
            "language", "body", "content",
        ),
        forms={"edit": RevisionForm, "change_reviewers": ReviewersForm},
        columns=(
            Column("kind_of_change", _("Change"), "kind_of_change"),
            Column("author", _("Author"), lambda revision: revision.author.name if revision.author else ""),
            Column("effective_from", _("In force from"), "effective_from"),
        ),
        filters=("state", "kind_of_change", "unit", "owner"),
        related=("unit", "owner", "author", "document", "base"),
        facts=boxes.revision_facts,
        main=boxes.revision_main,
        rail=rail,
        line=boxes.edition_line,
        manifest=covered,
        report={"revision": revision_sheet},
        in_menu=False,
    )
)  # fmt: skip
