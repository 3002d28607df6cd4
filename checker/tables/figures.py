"""The figures of cells: numbers with the unit of their column, row or caption."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from operator import itemgetter

from checker.document import Document
from checker.document.table import Table
from checker.quantities import Quantity
from checker.quantities.model import Kind
from checker.tables.structure import Layout, read_layout
from checker.tables.view import ReadTable

__all__ = ["lines_above", "number_spans", "read_layouts", "with_tables"]

_ABOVE = 3  # lines above a table that may tell its unit
_LONGEST_ABOVE = 80


def read_layouts(document: Document) -> list[tuple[int, Layout]]:
    """The tables of a document that hold numbers, each with its place among all."""
    starts = [block.start for block in document.blocks]
    found = []
    for number, table in enumerate(document.tables):
        layout = read_layout(table, document.folded, lines_above(document, table, starts))
        if layout is not None:
            found.append((number, layout))
    return found


def number_spans(layouts: Sequence[tuple[int, Layout]]) -> list[tuple[int, int]]:
    """Where the cells that are numbers, or pieces of one, lie, in text order: nothing else is to be read in them."""
    numbers = [
        (offset, offset + number.stop)
        for _, layout in layouts
        for place, number in layout.numbers.items()
        for offset in (layout.starts[place],)
    ]
    return sorted(numbers + [piece for _, layout in layouts for piece in layout.pieces])


def with_tables(
    document: Document, quantities: Sequence[Quantity], layouts: Sequence[tuple[int, Layout]]
) -> tuple[tuple[Quantity, ...], tuple[ReadTable, ...], frozenset[int]]:
    """The figures of a document with those of its tables, the tables, and the ids of what stands in cells.

    `quantities` were read without the cells that are numbers. What was read across the bounds of a cell is left out. A number
    that fills a cell is one figure, whatever it would be in running text: a year, a telephone number. A piece of a number is a code.
    """
    bounds = sorted((cell.start, cell.end) for table in document.tables for cell in table.cells)
    begins = [start for start, _ in bounds]
    fresh: list[tuple[int, int, tuple[int, int] | int]] = [
        (start, index, place)
        for index, (_, layout) in enumerate(layouts)
        for place in layout.numbers
        for start in (layout.starts[place],)
    ]
    fresh += [(start, index, end) for index, (_, layout) in enumerate(layouts) for start, end in layout.pieces]
    fresh.sort(key=itemgetter(0))
    serials = frozenset(span for _, layout in layouts for span in layout.serials)
    made: list[Quantity] = []
    ids: list[dict[tuple[int, int], int]] = [{} for _ in layouts]
    inside: set[int] = set()
    at = 0
    for quantity in (*quantities, None):
        while at < len(fresh) and (quantity is None or fresh[at][0] < quantity.start):
            start, index, place = fresh[at]
            inside.add(len(made))
            if isinstance(place, int):
                made.append(Quantity(len(made), start, place, "code", None, None, None, "exact", start, place))
            else:
                ids[index][place] = len(made)
                made.append(_quantity(layouts[index][1], place, start, len(made)))
            at += 1
        if quantity is None:
            break
        cell = bisect_right(begins, quantity.start) - 1
        if cell >= 0 and quantity.start < bounds[cell][1]:
            if quantity.end > bounds[cell][1]:
                continue
            inside.add(len(made))
            if (quantity.start, quantity.end) in serials and quantity.kind == "quantity":
                quantity = quantity._replace(kind="ordinal", bounds=None, approximation="exact")
        elif cell + 1 < len(begins) and begins[cell + 1] < quantity.end:
            continue
        made.append(
            quantity.placed(len(made), quantity.start, quantity.end, quantity.number_start, quantity.number_end)
        )
    everything = tuple(made)
    tables = tuple(ReadTable(number, layout, ids[i], everything) for i, (number, layout) in enumerate(layouts))
    return everything, tables, frozenset(inside)


def lines_above(document: Document, table: Table, starts: Sequence[int] | None = None) -> list[str]:
    """The short lines above a table, the nearest last, and its caption; `starts` are those of the document's blocks."""
    text = document.folded
    if starts is None:
        starts = [block.start for block in document.blocks]
    at = bisect_left(starts, table.cells[0].start)
    found: list[str] = []
    for block in reversed(document.blocks[max(0, at - _ABOVE) : at]):
        if block.kind == "cell" or block.end - block.start > _LONGEST_ABOVE:
            break
        found.insert(0, text[block.start : block.end])
    if table.caption is not None:
        found.append(text[table.caption[0] : table.caption[1]])
    return found


def _quantity(layout: Layout, place: tuple[int, int], offset: int, number: int) -> Quantity:
    """The number of a cell as a figure with its unit; a key such as a year or a serial number is none."""
    found = layout.numbers[place]
    start, end, stop = offset + found.start, offset + found.end, offset + found.stop
    row, column = layout.rows[place[0]], layout.columns[place[1]]
    unit = layout.unit_of(*place)
    if column.kind == "key" and _AMOUNT_ROW.search(row.label) is not None:
        unit = unit or layout.unit
    elif column.kind == "key":
        kind: Kind = "ordinal"
        parts: tuple[int, ...] = ()
        if "年" in column.label and 1900 <= found.mantissa <= 2100 and not found.decimals:
            kind, parts = "date", (found.mantissa, 0, 0)
        return Quantity(number, start, stop, kind, None, None, None, "exact", start, end, parts=parts)
    times = 1 if unit is None else unit.times
    step = _step(times, found.decimals)
    value = Fraction(found.mantissa * times, 10**found.decimals) if found.decimals else found.mantissa * times
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    exact = not found.decimals and times == 1 and (unit is None or unit.unit.counted)
    return Quantity(
        number, start, stop, "quantity", value, None if unit is None else unit.unit, None, "exact" if exact else "rounded",
        start, end, step, surface=None if unit is None else unit.surface,
    )  # fmt: skip


# | 担保额度合计（A1） | 20,000 | below | 担保对象 | 公告披露日期 |: an amount in a column of days
_AMOUNT_ROW = re.compile(r"(?:合计|余额|金额|总额)(?:[（(][A-Z\d+]+[）)])?$")


@cache
def _step(times: int, decimals: int) -> Fraction | int:
    """The value of the last written digit."""
    step = Fraction(times, 10**decimals)
    return step.numerator if step.denominator == 1 else step
