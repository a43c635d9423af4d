"""Addresses of the pages of documents besides those every record has."""

from __future__ import annotations

from django.urls import reverse

from procedures.documents.models import Document, Revision


def read_url(document: Document) -> str:
    """Where the revision in force is read."""
    return reverse("documents:read", kwargs={"uid": document.uid})


def write_url(revision: Revision) -> str:
    """Where a draft is written."""
    return reverse("documents:write", kwargs={"uid": revision.uid})


def file_url(revision: Revision) -> str:
    """The uploaded file of a revision."""
    return reverse("documents:file", kwargs={"uid": revision.uid})


def part_url(revision: Revision, kind: str, key: str) -> str:
    """Where a question or a section of a checklist is written: `kind` is items or sections."""
    return reverse(f"documents:{kind}", kwargs={"uid": revision.uid, "key": key})
