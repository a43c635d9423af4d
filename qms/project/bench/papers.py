"""An inspection report and a long register against plain ReportLab of the same content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from qms.project.bench.figures import Figure, in_turns, ms, spread
from qms.project.bench.plain_reportlab import table_pdf
from qms.reports.blocks import Column, Title, widths_of
from qms.reports.ink import MM, WIDTH
from qms.reports.mission import Answers, Item, ItemGroup, Sign
from qms.reports.paper import Letterhead, Paper
from qms.reports.register import register_pdf
from qms.reports.render import render

BOUND = 0.8
NAME = "Agenția Județeană pentru Plăți și Inspecție Socială"
QUESTION = "Planul de evacuare este afișat la fiecare etaj și personalul cunoaște conținutul lui"
BASIS = "Ord. nr. 82/2019, anexa 2, S1.4"
FOUND = "La etajul 2 planul lipsește; martor: asistenta de serviciu. Fotografiile 1 și 2. S-a întocmit notă."
SECTIONS = 10


def figures(quick: bool) -> list[Figure]:
    """Pages per second of ours, as a part of those of plain ReportLab."""
    items, rows = (60, 500) if quick else (300, 10_000)
    return [
        _figure("report", f"inspection report of {items} items", *report(items), 2 if quick else 7),
        _figure("register", f"register of {rows} rows", *register(rows), 1 if quick else 2),
    ]


def _figure(name: str, what: str, ours: Callable[[], bytes], plain: Callable[[], bytes], rounds: int) -> Figure:
    pages = _pages(ours()), _pages(plain())
    mine, theirs = in_turns([ours, plain], rounds, warm=0)
    rate, usual = pages[0] / ms(mine) * 1000, pages[1] / ms(theirs) * 1000
    beside = {
        "ms": ms(mine), "pages": pages[0], "pages_per_s": round(rate, 1), "half_between": spread(mine),
        "plain_ms": ms(theirs), "plain_pages": pages[1], "plain_pages_per_s": round(usual, 1),
    }  # fmt: skip
    return Figure(name, f"{what}, pages/s to plain ReportLab", "-", rate / usual, "×", BOUND, True, beside=beside)


def _pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page") - pdf.count(b"/Type /Pages")


def _paper(title: str, story: tuple[object, ...] = ()) -> Paper:
    letterhead = Letterhead(NAME, "România", "Str. Exemplului nr. 1, Constanța")
    at = datetime(2026, 4, 2, 13, 42, tzinfo=UTC)
    return Paper(title, "RI-014/2026", "ro", letterhead, story, at)  # type: ignore[arg-type]


def report(count: int) -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """A checklist with every item answered, each seventh with a comment."""
    items = [_item(nth) for nth in range(1, count + 1)]
    each = max(1, count // SECTIONS)
    parts = [items[start : start + each] for start in range(0, count, each)]
    groups = [ItemGroup(str(nth), "Siguranță și accesibilitate", part) for nth, part in enumerate(parts, start=1)]
    heads = ["Nr.", "Întrebare și temei", "Răspuns", "Constatări"]
    columns = [Column("", wide=12), Column("", 1.3), Column("", wide=31), Column("", 1.0)]
    rows: list[tuple[str, ...]] = []
    for group in groups:
        rows.append((f"{group.number}", group.title, "", ""))
        rows += [(i.number, f"{i.question}\n{i.basis}", i.answer, str(i.comment)) for i in group.items]
    title = "Raport de inspecție"
    widths = widths_of(columns, WIDTH)
    return (
        lambda: render(_paper(title, (Title(title), Answers(groups)))),
        lambda: table_pdf(NAME, title, heads, widths, rows),
    )


def _item(nth: int) -> Item:
    sign: Sign = "no" if nth % 7 == 2 else "yes"
    return Item(f"1.{nth}", QUESTION, "Nu" if sign == "no" else "Da", sign, FOUND if sign == "no" else "", BASIS)


def register(count: int) -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """Five columns, of which the title takes one line or two."""
    rows = [
        (f"NC-2026-{nth:05d}", FOUND[: 30 + nth % 60], "analiză", f"Direcția {nth % 20}", f"{nth % 28 + 1}.04.2026")
        for nth in range(1, count + 1)
    ]
    heads = ["Referință", "Titlu", "Stare", "Unitate", "Termen"]
    wide = (30, None, 22, 28, 24)
    columns = [Column(head, wide=width) for head, width in zip(heads, wide, strict=True)]
    widths = [width * MM if width else WIDTH - 104 * MM for width in wide]
    title = "Registrul neconformităților"
    return (
        lambda: register_pdf(_paper(title), columns, rows),
        lambda: table_pdf(NAME, title, heads, widths, rows),
    )
