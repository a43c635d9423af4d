"""What a paper is made of: the story and what the page around it says. Plain data; no record, no database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qms.reports.text import Text

if TYPE_CHECKING:
    from qms.reports.blocks import Block

LANGUAGE_TAGS = {"en": "en-GB", "ro": "ro-RO", "bg": "bg-BG"}


class Watermark(StrEnum):
    """The pale word across the page."""

    DRAFT = "draft"
    COPY = "copy"


WATERMARK_WORDS = {Watermark.DRAFT: _("Draft"), Watermark.COPY: _("Uncontrolled copy")}


@dataclass(frozen=True)
class Letterhead:
    """The body's lines: what stands above its name, its name, its address; and its arms, if it gave a picture."""

    name: str
    above: str = ""
    below: str = ""
    arms: bytes | None = None


@dataclass(frozen=True)
class Checkpoint:
    """The first signed checkpoint of the trail that covers the printed version."""

    number: int
    at: datetime
    events: int
    root: str
    key: str


@dataclass(frozen=True)
class Paper:
    """One report to print. `aside`: lines at the right of the letterhead. `generated_at` is printed, so it comes in."""

    title: str
    reference: str
    language: str
    letterhead: Letterhead
    story: "Sequence[Block]"
    generated_at: datetime
    aside: Sequence[Text] = field(default=())
    author: str = ""
    form: str = ""
    watermark: Watermark | None = None
    checkpoint: Checkpoint | None = None
    verify_url: str = ""
    time_zone: str = "UTC"
    slim: bool = False  # registers: only the first page carries the whole footer
