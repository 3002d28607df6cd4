"""Putting together the text of a document that is no plain text: blocks and tables, and where each stretch came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter, itemgetter
from typing import Generic, NamedTuple, TypeVar

from checker.document import Block, BlockKind, Document, Places
from checker.document.table import Cell, Table
from checker.sources.dateline import find_published

__all__ = [
    "RAISED",
    "Builder",
    "GridCell",
    "Origins",
    "TablePlace",
    "parted",
    "place_in",
    "published_beside",
    "steps_in",
]

# m2 in small type is no 2, and 2×104 no 104.
RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")

Origin = TypeVar("Origin")  # what a reader knows of where a stretch came from


class GridCell(NamedTuple, Generic[Origin]):
    """A cell to be written: its words as (text, origin) pairs, and its place in the grid, counted from 0."""

    row: int
    column: int
    pieces: Sequence[tuple[str, Origin]]
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    indent: int = 0


class TablePlace(NamedTuple):
    """A cell of a document: the number of its table, row and column of the grid, all counted from 1."""

    number: int
    row: int
    column: int


@dataclass(frozen=True)
class Origins(Generic[Origin]):
    """Where the stretches of a text came from: `origins[i]` holds from offset `starts[i]` to `starts[i + 1]`."""

    starts: Sequence[int]
    origins: Sequence[Origin]

    def at(self, offset: int) -> tuple[Origin, int]:
        """The origin of the stretch around an offset, and how far into the stretch it is."""
        i = max(bisect_right(self.starts, offset) - 1, 0)
        return self.origins[i], offset - self.starts[i]


@dataclass
class Builder(Generic[Origin]):
    """Writes blocks one below the other, each on lines of its own, and remembers the origin of every stretch.

    >>> builder = Builder()
    >>> builder.block("paragraph", [("全县共有", 1), ("3个乡。", 2)])
    >>> builder.text, builder.origins.at(5)
    ('全县共有3个乡。\\n', (2, 1))
    """

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _starts: list[int] = field(default_factory=list)
    _origins: list[Origin] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def length(self) -> int:
        """The offset at which the next block begins."""
        return self._length

    @property
    def origins(self) -> Origins[Origin]:
        return Origins(self._starts, self._origins)

    def block(self, kind: BlockKind, pieces: Iterable[tuple[str, Origin]]) -> None:
        """A block from stretches with their origins.

        A line feed inside a stretch parts the block's spans but not the block: what goes on behind it is one logical
        paragraph. White space around the block is left outside its spans; a block without words is left out.
        """
        self._written(kind, list(pieces))

    def table(
        self, cells: Iterable[GridCell[Origin]], *, caption: Sequence[tuple[str, Origin]] = (), sheet: str | None = None
    ) -> None:
        """A table, its caption above it, each cell a block of its own, row by row."""
        span = self._written("caption", list(caption)) if caption else None
        made: list[Cell] = []
        rows = columns = 0
        for cell in sorted(cells, key=itemgetter(0, 1)):
            rows, columns = max(rows, cell.row + cell.row_span), max(columns, cell.column + cell.column_span)
            words = self._written("cell", cell.pieces)
            if words is not None:
                made.append(
                    Cell(
                        cell.row, cell.column, *words, cell.row_span, cell.column_span, cell.header, cell.indent
                    )
                )  # fmt: skip
        if made:
            self.tables.append(Table(tuple(made), rows, columns, span, sheet))

    def document(self, path: str, published: date | None, places: Places, warnings: tuple[str, ...] = ()) -> Document:
        """The document; without a day of publication, the one that the text itself tells."""
        text = self.text
        if published is None:
            published = find_published(text)
        return Document(text, tuple(self.blocks), path, published, warnings, tuple(self.tables), places)

    def _written(self, kind: BlockKind, pieces: Sequence[tuple[str, Origin]]) -> tuple[int, int] | None:
        """Write one block; the span of its words, or None where there are none."""
        words = pieces[0][0] if len(pieces) == 1 else "".join([text for text, _ in pieces])
        if not words.strip():
            return None
        at = begin = self._length
        for text, origin in pieces:
            if text:
                self._starts.append(at)
                self._origins.append(origin)
                at += len(text)
        self._pieces += (words, "\n")
        self._length = at + 1
        spans = _spans(words, begin)
        self.blocks += parted(kind, spans, words, begin) if kind == "cell" and len(spans) > 1 else (Block(kind, spans),)
        return spans[0][0], spans[-1][1]


def place_in(tables: Sequence[Table], offset: int) -> TablePlace | None:
    """The cell around an offset; None between the tables, which stand one below the other, as a builder writes them."""
    number = bisect_right(tables, offset, key=lambda table: table.cells[0].start)
    if not number:
        return None
    cells = tables[number - 1].cells
    cell = cells[bisect_right(cells, offset, key=attrgetter("start")) - 1]
    return TablePlace(number, cell.row + 1, cell.column + 1) if offset < cell.end else None


def published_beside(text: str, blocks: Iterable[Block]) -> date | None:
    """The day of publication that the lines beside the tables tell: a day in a cell is the day of what it lists."""
    return find_published("\n".join(text[block.start : block.end] for block in blocks if block.kind != "cell"))


def steps_in(words: str) -> int:
    """How many characters the white space before `words` moves them in; two half-width spaces make one.

    >>> steps_in("　　其中"), steps_in("   其中"), steps_in("其中")
    (2, 2, 0)
    """
    space = words[: len(words) - len(words.lstrip())]
    return (sum(2 if char in "\u3000\t" else 1 for char in space) + 1) // 2


def parted(kind: BlockKind, spans: Sequence[tuple[int, int]], words: str, begin: int = 0) -> Iterator[Block]:
    """The blocks of a cell: one, but for lines of which one ends and the next begins with a digit.

    Nobody breaks a figure in a cell by hand: of 「2018⏎163」 each line is a figure of its own. `words` are the text from
    `begin` on.
    """
    held = [spans[0]]
    for span in spans[1:]:
        if words[held[-1][1] - 1 - begin].isdigit() and words[span[0] - begin].isdigit():
            yield Block(kind, tuple(held))
            held = []
        held.append(span)
    yield Block(kind, tuple(held))


def _spans(words: str, begin: int) -> tuple[tuple[int, int], ...]:
    """The lines of a text that starts at `begin`, without the white space around them."""
    if words.isprintable() and words[0] != " " != words[-1]:  # no other space is printable, nor is a line break
        return ((begin, begin + len(words)),)
    spans = []
    for line in words.splitlines(keepends=True):
        inner = line.strip()
        if inner:
            start = begin + line.index(inner)
            spans.append((start, start + len(inner)))
        begin += len(line)
    return tuple(spans)
