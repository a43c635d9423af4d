"""A list as a printed register: any rows under any columns, 10 000 of them without trouble."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from qms.reports.blocks import Block, Column, Note, Table, Title
from qms.reports.dates import printed_number
from qms.reports.paper import Paper
from qms.reports.render import Progress, render
from qms.reports.text import Text


def register_story(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Text]], filters: str = ""
) -> list[Block]:
    """Title, how many rows and under which filters, then the table."""
    listed = list(rows)
    count = _("Rows: %(count)s") % {"count": printed_number(len(listed))}
    return [Title(title, f"{count} · {filters}" if filters else count), Table(columns, listed) if listed else Note("–")]


def register_pdf(
    paper: Paper,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Text]],
    filters: str = "",
    progress: Progress | None = None,
) -> bytes:
    """The register on that paper (its story is made here), with the whole footer on the first page only."""
    story = register_story(paper.title, columns, rows, filters)
    return render(replace(paper, story=story, slim=True), progress)
