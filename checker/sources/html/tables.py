"""Tables of a page: which of them hold data and which only lay the page out, and the grid of those that do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from checker.document import BlockKind
from checker.sources.building import GridCell
from checker.sources.html.tokens import Pieces
from checker.sources.html.words import indent_of

__all__ = ["Frame", "Grid", "Item", "Slot", "Words", "finished", "moved_in", "slot_of"]


class Words(NamedTuple):
    """A block of the page: its kind and its words."""

    kind: BlockKind
    pieces: Pieces


class Grid(NamedTuple):
    """A table of data: its cells in place, its caption."""

    cells: tuple[GridCell[int], ...]
    caption: Pieces


Item: TypeAlias = "Words | Grid"


@dataclass
class Slot:
    """A cell while it is read: what stands in it, and what its tag says."""

    items: list[Item] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    indent: int = 0


@dataclass
class Frame:
    """A table while it is read. `layout`: its own tag says that it is none."""

    layout: bool = False
    rows: list[list[Slot]] = field(default_factory=list)
    caption: list[Item] = field(default_factory=list)
    in_head: bool = False
    row_hidden: bool = False


# The limits of the HTML standard for a span; 0 rows means all that follow.
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534
# What all spans of one table may cover beyond the cells themselves: more is no table but an attack on memory.
_MOST_COVERED = 200_000
# A cell as long as this is prose; a table whose words stand for the most part in such cells lays out a page.
_PROSE = 200

# padding-left:20px, text-indent: 2em
_MOVED_IN = re.compile(
    r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d{1,4}(?:\.\d{1,3})?)\s*(px|pt|r?em)", re.IGNORECASE
)
_HALF_EM = {"px": 8.0, "pt": 6.0, "em": 0.5, "rem": 0.5}
_DIGITS = re.compile(r"\s*(\d{1,9})")


def moved_in(style: str) -> int:
    """How far a style moves words in, in half ems (a font of 16 px taken for granted).

    >>> moved_in("color:red; padding-left:32px")
    4
    """
    return sum(round(float(match[1]) / _HALF_EM[match[2].lower()]) for match in _MOVED_IN.finditer(style[:1000]))


def slot_of(given: Mapping[str, str], *, header: bool) -> Slot:
    """An empty cell with the spans and the indentation that its tag gives."""
    return Slot(
        row_span=_count(given.get("rowspan", ""), _MOST_ROWS)
        if given.get("rowspan", "").strip() != "0"
        else _MOST_ROWS,
        column_span=_count(given.get("colspan", ""), _MOST_COLUMNS),
        header=header,
        indent=moved_in(given.get("style", "")),
    )


def _count(written: str, most: int) -> int:
    match = _DIGITS.match(written)
    return 1 if match is None else min(max(int(match[1]), 1), most)


def finished(frame: Frame) -> list[Item]:
    """What a table that is read comes to: a grid, with the tables inside it behind it, or prose in the order of its cells.

    It is prose when its tag says so (role="presentation"), when it has one cell, one row or one column and neither
    heads nor caption, when it holds tables without being one by heads or caption, and when most of its words
    stand in cells of prose.
    """
    slots = [slot for row in frame.rows for slot in row if slot.items]
    if _lays_out(frame, slots):
        return [*frame.caption, *(_as_prose(item) for slot in slots for item in slot.items)]
    inside = [item for slot in slots for item in slot.items if isinstance(item, Grid)]
    caption: Pieces = []
    for item in frame.caption:
        if isinstance(item, Words):
            caption += [(" ", item.pieces[0][1]), *item.pieces] if caption else item.pieces
    return [Grid(tuple(_placed(frame.rows)), caption), *inside]


def _as_prose(item: Item) -> Item:
    return Words("paragraph", item.pieces) if isinstance(item, Words) and item.kind == "cell" else item


def _lays_out(frame: Frame, slots: list[Slot]) -> bool:
    if frame.layout or len(slots) <= 1:
        return True
    lengths = [sum(len(text) for item in slot.items for text in _texts(item)) for slot in slots]
    if sum(length for length in lengths if length >= _PROSE) * 2 > sum(lengths):
        return True
    if frame.caption or any(slot.header for slot in slots):
        return False
    rows = sum(1 for row in frame.rows if any(slot.items for slot in row))
    columns = max(sum(1 for slot in row if slot.items) for row in frame.rows)
    return rows == 1 or columns == 1 or any(isinstance(item, Grid) for slot in slots for item in slot.items)


def _texts(item: Item) -> Iterator[str]:
    if isinstance(item, Words):
        yield from (text for text, _ in item.pieces)


def _placed(rows: list[list[Slot]]) -> Iterator[GridCell[int]]:
    """The cells at their places, as the standard's table model puts them; spans end with the table."""
    taken: dict[int, int] = {}  # column → the row from which on it is free
    left = _MOST_COVERED
    made: list[GridCell[int]] = []
    for r, row in enumerate(rows):
        c = 0
        for slot in row:
            while taken.get(c, 0) > r:
                c += 1
            height, width = min(slot.row_span, len(rows) - r), slot.column_span
            if height * width - 1 > left:
                height = width = 1
            left -= height * width - 1
            width = next((w for w in range(1, width) if taken.get(c + w, 0) > r), width)  # up to what hangs down
            if height > 1:
                for column in range(c, c + width):
                    taken[column] = max(taken.get(column, 0), r + height)
            made.append(GridCell(r, c, _joined(slot), height, width, slot.header, _indent(slot) if c == 0 else 0))
            c += width
    # A span over more columns than the other cells fill covers what is there.
    columns = max((cell.column + 1 for cell in made if cell.column_span == 1), default=0)
    for cell in made:
        if cell.column_span > 1 and columns > cell.column:
            cell = cell._replace(column_span=min(cell.column_span, columns - cell.column))
        if cell.pieces:
            yield cell


def _joined(slot: Slot) -> Pieces:
    """The words of a cell in one line: a space between its blocks keeps the figures of two lines apart."""
    made: Pieces = []
    for item in slot.items:
        if isinstance(item, Words):
            if made:
                made.append((" ", item.pieces[0][1]))
            made += item.pieces
    return made


def _indent(slot: Slot) -> int:
    first = next((item for item in slot.items if isinstance(item, Words)), None)
    return slot.indent + (0 if first is None else indent_of(first.pieces))
