"""The only door for users' text onto paper: `para`. Text is cleaned and set by hand; nothing in it is ever parsed.

ReportLab's own Paragraph reads its text as markup, opens any server file named in an <img>, and breaks on a lone <b>.
Here emphasis is a value (`bold("…")`), not a tag, so a tag in user text is just its characters.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from qms.reports import fonts
from qms.reports.ink import Style, Tone

LONGEST = 20_000  # characters of one paragraph; the record keeps the rest, and the page says so
UNKNOWN_GLYPH = "\ufffd"
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # controls, bidirectional overrides, halves of pairs, unassigned
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


@dataclass(frozen=True)
class Run:
    """A piece of text with its own emphasis; `face` and `tone` of None are the paragraph's."""

    text: str
    face: str | None = None
    tone: Tone | None = None
    link: str | None = None


Text = str | Run | Sequence["str | Run"]


@dataclass(frozen=True)
class Para:
    """Clean text with a style, ready to be wrapped; made by `para` only."""

    runs: tuple[Run, ...]
    style: Style


class _Printable(dict[int, str | None]):
    """What each character becomes, worked out once: kept, dropped when invisible, or shown as unknown."""

    def __missing__(self, code: int) -> str | None:
        kept: str | None = chr(code)
        if code in (0x09, 0xA0):
            kept = " " if code == 0x09 else kept
        elif code != 0x0A and unicodedata.category(chr(code)) in _INVISIBLE:
            kept = None
        elif code != 0x0A and code not in fonts.face(fonts.REGULAR).face.charToGlyph:
            kept = UNKNOWN_GLYPH
        self[code] = kept
        return kept


_printable = _Printable()


def clean(text: str) -> str:
    """The text as it can be printed: composed letters, plain line ends, no invisible characters, at most LONGEST."""
    text = str(text)
    if len(text) > LONGEST:
        more = len(text) - LONGEST
        text = text[:LONGEST] + "… [" + _("%(count)d more characters are in the record") % {"count": more} + "]"
    return _BREAKS.sub("\n", unicodedata.normalize("NFC", text)).translate(_printable)


def bold(text: str) -> Run:
    """The text in bold."""
    return Run(str(text), face=fonts.BOLD)


def italic(text: str) -> Run:
    """The text in italics."""
    return Run(str(text), face=fonts.ITALIC)


def mono(text: str) -> Run:
    """The text in a fixed-width face, for hashes."""
    return Run(str(text), face=fonts.MONO)


def toned(text: str, tone: Tone) -> Run:
    """The text in the colour of a meaning; a sign or word must carry the meaning as well."""
    return Run(str(text), face=fonts.BOLD, tone=tone)


def link(text: str, address: str) -> Run:
    """The text as a link; an address that is not http, https or mailto stays plain text."""
    try:
        allowed = urlsplit(address.strip()).scheme.lower() in LINK_SCHEMES and "\n" not in address
    except ValueError:
        allowed = False
    return Run(str(text), tone="seal", link=address.strip()) if allowed else Run(str(text))


def para(text: Text, style: Style) -> Para:
    """A paragraph of any text, in that style: the only door for text onto paper."""
    pieces = [text] if isinstance(text, str | Run) else list(text)
    runs = (replace(piece, text=clean(piece.text)) if isinstance(piece, Run) else Run(clean(piece)) for piece in pieces)
    return Para(tuple(run for run in runs if run.text), style)


def short_hash(digest: str) -> str:
    """The first and last four of a SHA-256: "7ac1…d93e"."""
    return f"{digest[:4]}…{digest[-4:]}" if len(digest) > 8 else digest
