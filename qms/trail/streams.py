"""Which tables the trail guards: rows with a stream of their own, and tables that are only added to."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from qms.trail.models import AppendOnly


def streamed() -> list[type[Any]]:
    """Every model whose rows have a stream: its `version` counts the events, its `head` is the hash of the last."""
    return [model for model in _tables() if {"uid", "version", "head"} <= columns(model)]


def append_only() -> list[type[AppendOnly]]:
    """Every model whose rows are never changed."""
    return [model for model in _tables() if issubclass(model, AppendOnly)]


def columns(model: type[models.Model]) -> set[str]:
    """Names of the model's own columns' fields."""
    return {field.name for field in model._meta.concrete_fields}


def all_rows(model: type[Any]) -> models.QuerySet[Any]:
    """Rows of all bodies: the trail is checked as a whole."""
    return models.QuerySet(model=model)


def _tables() -> list[type[models.Model]]:
    return sorted(
        (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy),
        key=lambda model: model._meta.db_table,
    )
