"""Pieces onto pages. Laying out comes first and drawing second, so "page 3 of 6" and the contents know the whole."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from qms.reports.pieces import PageBreak, Piece


@dataclass(frozen=True)
class Placed:
    """A piece and how far below the top of the text area it begins."""

    piece: Piece
    down: float


@dataclass
class Page:
    """One page's pieces and the height they may fill."""

    room: float
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0

    def space_above(self, piece: Piece) -> float:
        """The space above the piece here: none at the top of a page."""
        return piece.before if self.placed else 0.0

    def left_for(self, piece: Piece) -> float:
        """The height left for the piece."""
        return self.room - self.used - self.space_above(piece)

    def put(self, piece: Piece, width: float) -> None:
        """Place the piece below what is there."""
        down = self.used + self.space_above(piece)
        self.placed.append(Placed(piece, down))
        self.used = down + piece.height(width)


def _needed(first: Piece, following: Iterable[Piece], width: float) -> float:
    """The least height that lets `first` stand here with what it must not be parted from."""
    if not first.keep_with_next:
        return first.least(width)
    height = first.height(width)
    for piece in following:
        height += piece.before + (piece.height(width) if piece.keep_with_next else piece.least(width))
        if not piece.keep_with_next:
            break
    return height


def paginate(
    pieces: Iterable[Piece], width: float, room: Callable[[int], float], progress: Callable[[float], None] | None = None
) -> list[Page]:
    """The pages, first to last; `room(number)` is the height of page `number`; `progress` hears the share done."""
    waiting, pages = deque(pieces), [Page(room(1))]
    total = len(waiting) or 1
    while waiting:
        piece = waiting.popleft()
        page = pages[-1]
        if isinstance(piece, PageBreak):
            pages += [Page(room(len(pages) + 1))] if page.placed else []
            continue
        for kept, rest in _placed(piece, waiting, page, width):
            page.put(kept, width)
            waiting.extendleft([rest] if rest else [])
            break
        else:
            pages.append(Page(room(len(pages) + 1)))
            waiting.appendleft(piece)
        if progress:
            progress(1 - len(waiting) / total)
    return pages


def _placed(piece: Piece, waiting: Iterable[Piece], page: Page, width: float) -> Iterator[tuple[Piece, Piece | None]]:
    """What of the piece goes on this page and what is left of it; nothing when it must go to the next page."""
    left, alone = page.left_for(piece), not page.placed
    if _needed(piece, waiting, width) > left and not alone:
        return
    if piece.height(width) <= left:
        yield piece, None
    elif parts := piece.cut(width, left):
        yield parts
    elif alone:  # taller than a page and cannot be cut: better too long than lost
        yield piece, None
