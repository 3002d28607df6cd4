"""A text with its blocks and tables, and the way back from an offset to its place in the source."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from checker.document.folding import fold

if TYPE_CHECKING:
    from checker.document.table import Table

__all__ = ["Block", "Comment", "Document", "LinePlace", "Place", "Places", "Replacement"]

BlockKind = Literal["heading", "paragraph", "item", "caption", "cell"]


class Place(Protocol):
    """Where in its source a figure stands, in the terms of the source's own format."""

    def as_json(self) -> dict[str, object]:
        """The place as the JSON's ``location``."""
        ...

    def said(self, lang: str) -> str:
        """The place in a few characters, for a column of a report."""
        ...


class Places(Protocol):
    """The way from a text that was taken out of another format back to its places there."""

    def at(self, start: int, end: int) -> Place:
        """The place of a stretch of the text; code-point offsets, half-open."""
        ...


class LinePlace(NamedTuple):
    """A place in a text: line and column, both counted from 1, the column in code points."""

    line: int
    column: int

    def as_json(self) -> dict[str, object]:
        return {"line": self.line, "column": self.column}

    def said(self, lang: str) -> str:
        return f"{self.line}:{self.column}"


class Replacement(NamedTuple):
    """What to write in place of a stretch of the text; half-open code-point offsets of the document's text."""

    start: int
    end: int
    text: str


class Block(NamedTuple):
    """A logical paragraph: one stretch of the text, or several where a page or line break cut it in two.

    `spans` are half-open code-point offsets into the document's text, in reading order.
    """

    kind: BlockKind
    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


class Comment(NamedTuple):
    """A remark to the checker in the source: ``<!-- checker: ignore CK301 已核对 -->``.

    `words` are what follows the colon, None where the comment is never closed. It stands at `place` and speaks of `line`
    (its own, or that of the next words where it stands alone) and of the block with the index `block` (the one that
    holds it, else the next; None where there is none). `span` is its stretch of the document's text, where it is part of it.
    """

    words: str | None
    place: LinePlace
    line: int
    block: int | None
    span: tuple[int, int] | None = None


class Document:
    """A text as it will be checked; never changed once made.

    `text` is the decoded source, never altered (a byte-order mark left out), or what was taken out of a format that is no
    plain text; then `places` leads back to the source. `published` is the day of publication where it is known. `path`
    is only a name for reports; nothing is read from it here. The words of `comments` are in no block.
    """

    def __init__(
        self,
        text: str,
        blocks: tuple[Block, ...],
        path: str = "<text>",
        published: date | None = None,
        warnings: tuple[str, ...] = (),
        tables: tuple[Table, ...] = (),
        places: Places | None = None,
        comments: tuple[Comment, ...] = (),
    ) -> None:
        self.text = text
        self.blocks = blocks
        self.path = path
        self.published = published
        self.warnings = warnings
        self.tables = tables
        self.places = places
        self.comments = comments

    def replaced(self, **changes: Any) -> Document:
        """The same document with other values in some of its fields."""
        fields = {name: value for name, value in vars(self).items() if name not in _DERIVED}
        return Document(**(fields | changes))

    @cached_property
    def folded(self) -> str:
        """The text with full-width and Traditional forms folded, offset for offset; what everything is read from.

        Comments are spaces here.
        """
        text = self.text
        pieces: list[str] = []
        at = 0
        for start, end in (comment.span for comment in self.comments if comment.span is not None):
            pieces += (text[at:start], " " * (end - start))
            at = end
        return fold("".join((*pieces, text[at:])) if pieces else text)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, start: int, end: int | None = None) -> Place:
        """Where in the source a stretch of the text stands; without `end`, the character at `start`."""
        if self.places is not None:
            return self.places.at(start, start + 1 if end is None else end)
        line = bisect_right(self._line_starts, start)
        return LinePlace(line, start - self._line_starts[line - 1] + 1)

    def location(self, start: int, end: int) -> dict[str, object]:
        """The place of a stretch as the JSON's ``location``, with its cell where it stands in a table."""
        place = self.place(start, end).as_json()
        if self.tables and "table" not in place and "cell" not in place and (cell := self.cell_at(start)) is not None:
            place["table"] = {"number": cell[0] + 1, "row": cell[1] + 1, "column": cell[2] + 1}
        return place

    def cell_at(self, offset: int) -> tuple[int, int, int] | None:
        """The number of a table, the row and the column of the cell around an offset, all from 0; None outside tables."""
        starts, cells = self._cells
        i = bisect_right(starts, offset) - 1
        if i < 0 or offset >= cells[i][0]:
            return None
        _, number, row, column = cells[i]
        return number, row, column

    @cached_property
    def _cells(self) -> tuple[list[int], list[tuple[int, int, int, int]]]:
        found = sorted(
            (cell.start, cell.end, number, cell.row, cell.column)
            for number, table in enumerate(self.tables)
            for cell in table.cells
        )
        return [start for start, *_ in found], [(end, number, row, column) for _, end, number, row, column in found]


# What a document works out when it is asked for the first time.
_DERIVED = frozenset(name for name, value in vars(Document).items() if isinstance(value, cached_property))
