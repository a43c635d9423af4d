"""Sanitised rich text (a procedure's sections) as blocks. Only tags we know have an effect; all text is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from qms.reports import fonts
from qms.reports.blocks import Block, Column, Heading, Setting, Table, Words
from qms.reports.ink import TEXT
from qms.reports.pieces import BULLET, Piece, Prose
from qms.reports.text import Run, Text, link, para

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BREAKING = HEADINGS | {"p", "div", "blockquote", "pre", "section", "article", "dt", "dd", "caption"}
STRONG, SLANTED, FIXED = frozenset({"b", "strong", "th"}), frozenset({"i", "em"}), frozenset({"code", "kbd"})
SILENT = frozenset({"script", "style", "title"})
LIST_SPACE = 2.5


@dataclass(frozen=True)
class Rich:
    """Rich text as it was sanitised and stored."""

    html: str

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """The pieces of its paragraphs, lists and tables."""
        for block in blocks_of(self.html):
            yield from block.pieces(setting)


@dataclass(frozen=True)
class ListItem:
    """An item of a list within lists."""

    runs: list[str | Run]
    sign: str
    level: int

    def pieces(self, setting: Setting) -> Iterable[Piece]:
        """One paragraph behind its sign."""
        yield Prose(para(self.runs, TEXT), indent=BULLET * self.level, bullet=para(self.sign, TEXT), before=LIST_SPACE)


@dataclass
class _List:
    numbered: bool
    count: int = 0


@dataclass
class _Reader(HTMLParser):
    """Collects runs and closes them into a block at every tag that breaks the text."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[str | Run] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    rows: list[list[Text]] = field(default_factory=list)
    sign: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.runs.append("\n")
            return
        if tag in BREAKING | {"ul", "ol", "li", "table"} and not self._in_table:
            self._close()
        if tag in ("ul", "ol"):
            self.lists.append(_List(tag == "ol"))
        elif tag == "li" and self.lists:
            self.lists[-1].count += 1
            self.sign = f"{self.lists[-1].count}." if self.lists[-1].numbered else "•"
        elif tag in ("tr", "td", "th"):
            self._stray_cell()
            self.rows += [[]] if tag == "tr" else []
        elif tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append(self._trimmed())
            self.runs = []
        elif tag == "table" and self.open.count("table") == 1:
            self._table()
        elif tag in BREAKING | {"ul", "ol", "li"} and not self._in_table:
            self._close()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag == "a" and self.addresses:
            self.addresses.pop()
        del self.open[len(self.open) - 1 - self.open[::-1].index(tag)]

    def handle_data(self, data: str) -> None:
        if SILENT.intersection(self.open):
            return
        words = data if "pre" in self.open else " ".join(part for part in _spaced(data))
        if words and (words != " " or self.runs):
            self.runs.append(self._emphasised(words))

    @property
    def _in_table(self) -> bool:
        return "table" in self.open

    def _emphasised(self, words: str) -> Run:
        inside = set(self.open)
        run = link(words, self.addresses[-1]) if self.addresses else Run(words)
        strong, slanted = bool(inside & STRONG), bool(inside & SLANTED)
        face = {
            (True, True): fonts.BOLD_ITALIC,
            (True, False): fonts.BOLD,
            (False, True): fonts.ITALIC,
        }.get((strong, slanted))
        return replace(run, face=fonts.MONO if inside & FIXED else face)

    def _trimmed(self) -> list[str | Run]:
        runs = list(self.runs)
        if runs and isinstance(runs[-1], Run):
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
        return runs

    def _close(self) -> None:
        runs, self.runs = self._trimmed(), []
        if not any(run.text if isinstance(run, Run) else run.strip() for run in runs):
            return
        if HEADINGS.intersection(self.open):
            self.blocks.append(Heading("".join(run.text if isinstance(run, Run) else " " for run in runs)))
        elif self.lists:
            self.blocks.append(ListItem(runs, self.sign, len(self.lists)))
            self.sign = ""
        else:
            self.blocks.append(Words(runs))

    def _stray_cell(self) -> None:
        """Text between cells, which well-formed tables have not: it becomes a cell of its own."""
        if any(run.text.strip() if isinstance(run, Run) else run.strip() for run in self.runs):
            self.rows = self.rows or [[]]
            self.rows[-1].append(self._trimmed())
        self.runs = []

    def _table(self) -> None:
        self._stray_cell()
        rows, self.rows = [row for row in self.rows if row], []
        wide = max(map(len, rows), default=0)
        if wide:
            self.blocks.append(Table([Column("")] * wide, [[*row, *[""] * (wide - len(row))] for row in rows]))

    def finish(self) -> list[Block]:
        """Everything read, the last open text included."""
        self.close()
        if self.rows:
            self._table()
        self._close()
        return self.blocks


def _spaced(data: str) -> list[str]:
    """Words of the data, with an empty one where it began or ended with white space."""
    words = data.split()
    if not words:
        return ["", ""] if data else []
    return [*([""] if data[0].isspace() else []), *words, *([""] if data[-1].isspace() else [])]


def blocks_of(html: str) -> list[Block]:
    """Blocks of rich text; whatever the markup, all its text is kept, but for scripts and styles."""
    reader = _Reader()
    reader.feed(html)
    return reader.finish()
