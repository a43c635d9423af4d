"""A kind of paper a record type prints: what it is called, and what makes its sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qms.reports.sheets import Sheet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text


@dataclass(frozen=True)
class Kind:
    """Goes into `RecordType.report`: called with a record and a language it gives the sheet."""

    label: Text
    make: Callable[[Any, str], Sheet]

    def __call__(self, record: Any, language: str) -> Sheet:
        return self.make(record, language)
