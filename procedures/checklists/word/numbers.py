"""The numbers Word counts for list paragraphs, as they are printed (``numbering.xml`` and the styles that use it)."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from procedures.checklists.word.package import attribute, child, children, is_on

ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LATIN, CYRILLIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how it counts, and the pattern it prints (``%1.%2.``)."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""


@dataclass(frozen=True)
class Style:
    """What a paragraph style says about headings and lists."""

    based_on: str = ""
    is_heading: bool = False
    bold: bool = False
    number: tuple[str, int] | None = None


@dataclass
class Printed:
    """The list position of one paragraph: ``number`` as printed, or a bullet; ``list_id`` tells lists apart."""

    list_id: str = ""
    number: str = ""
    bullet: bool = False


@dataclass
class Numbers:
    """Counts through the document in reading order."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, numbering: Element | None) -> "Numbers":
        """From ``numbering.xml``; None: the document has no lists."""
        numbers = cls()
        for each in children(numbering, "abstractNum"):
            for level in children(each, "lvl"):
                key = (attribute(each, "abstractNumId"), _whole(attribute(level, "ilvl")))
                numbers.levels[key] = Level(
                    _whole(attribute(child(level, "start"), "val", "1")),
                    attribute(child(level, "numFmt"), "val", "decimal"),
                    attribute(child(level, "lvlText"), "val"),
                )
        for each in children(numbering, "num"):
            abstract = attribute(child(each, "abstractNumId"), "val")
            own = attribute(each, "numId") if children(each, "lvlOverride") else ""
            numbers.lists[attribute(each, "numId")] = f"{abstract}:{own}"
        return numbers

    def next(self, list_id: str, depth: int) -> Printed:
        """The position of the next paragraph of this list at this depth."""
        counted_as = self.lists.get(list_id)
        if list_id == "0" or counted_as is None:
            return Printed()
        abstract = counted_as.partition(":")[0]
        level = self.levels.get((abstract, depth), Level(pattern="%1."))
        counts = self.counts.setdefault(counted_as, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return Printed(list_id, bullet=True)

        def counted(match: re.Match[str]) -> str:
            above = self.levels.get((abstract, int(match[1]) - 1), Level())
            return _in_form(counts.get(int(match[1]) - 1, above.start), above.form)

        return Printed(list_id, re.sub(r"%([1-9])", counted, level.pattern).strip())


def read_styles(styles: Element | None) -> dict[str, Style]:
    """The paragraph styles by id."""
    found = {}
    for each in children(styles, "style"):
        heading = child(each, "pPr", "outlineLvl") is not None or bool(
            re.match(r"heading|title|заглавие|titlu", attribute(child(each, "name"), "val"), re.IGNORECASE)
        )
        found[attribute(each, "styleId")] = Style(
            attribute(child(each, "basedOn"), "val"),
            heading,
            is_on(child(each, "rPr", "b")),
            list_place(child(each, "pPr")),
        )
    return found


def style_chain(styles: dict[str, Style], style_id: str) -> list[Style]:
    """The style and those it is based on, nearest first."""
    chain: list[Style] = []
    while style_id in styles and styles[style_id] not in chain:
        chain.append(styles[style_id])
        style_id = chain[-1].based_on
    return chain


def list_place(properties: Element | None) -> tuple[str, int] | None:
    """List id and depth in paragraph properties."""
    place = child(properties, "numPr")
    if place is None:
        return None
    return attribute(child(place, "numId"), "val"), _whole(attribute(child(place, "ilvl"), "val", "0"))


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else 0


def _in_form(count: int, form: str) -> str:
    if form.endswith("Roman"):
        text = ""
        for value, sign in ROMAN:
            text += sign * (count // value)
            count %= value
    elif form.endswith("Letter") or form.startswith("russian"):
        letters = CYRILLIC if form.startswith("russian") else LATIN
        text = letters[(count - 1) % len(letters)] * ((count - 1) // len(letters) + 1)
    else:
        return str(count)
    return text.lower() if form.startswith("lower") or form.endswith("Lower") else text
