"""The tables of Markdown: lines between bars, with or without the ruled line below their head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.document import Block
from checker.document.table import Cell, Table

__all__ = ["pipe_tables"]

# An escaped character, which a bar may be, or a bar
_BAR = re.compile(r"\\.|\|")
_RULE = re.compile(r"[\s:|-]*-[\s:|-]*$")
# What `words_only` leaves of a remark to the checker that fills its line
_REMARK = re.compile(r"[ \t]*<!-- *-->[ \t]*$")
_FAR = 10_000  # white space and empty cells before the first words of a row
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")


class _Row(NamedTuple):
    """A line between bars: its cells as (column, start, end), how many columns it has, and where it lies in the text."""

    start: int
    end: int
    cells: tuple[tuple[int, int, int], ...]
    columns: int
    ruled: bool


def pipe_tables(text: str, blocks: Iterable[Block]) -> tuple[Table, ...]:
    """The tables among the blocks of a text, from the lines that its ``cell`` blocks stand on.

    A ruled line makes the row above it a head; a second one in the same run of lines begins a new table there, as where a
    page break has cut a table and its head was repeated. `text` is that of `words_only`: a remark to the checker on a line
    of its own is as if it were not there, though Markdown ends a table at every comment.

    >>> from checker.sources import make_document
    >>> table = make_document("| 镇 | 人数 |\\n|---|---|\\n| 甲镇 | 12 |").tables[0]
    >>> [(cell.row, cell.column, cell.header) for cell in table.cells]
    [(0, 0, True), (0, 1, True), (1, 0, False), (1, 1, False)]
    """
    tables = []
    for run in _runs(text, blocks):
        ruled = [i for i, row in enumerate(run) if row.ruled and i]
        cuts = [0, *(i - 1 for i in ruled[1:] if not run[i - 1].ruled), len(run)]
        for first, last in pairwise(cuts):
            table = _table(run[first:last])
            if table is not None:
                tables.append(table)
    return tuple(tables)


def _runs(text: str, blocks: Iterable[Block]) -> Iterator[list[_Row]]:
    """The rows that stand directly below each other, ruled lines among them."""
    run: list[_Row] = []
    for block in blocks:
        if block.kind != "cell" or (run and block.start < run[-1].end):
            continue
        row = _row(text, block.start, run[-1].end if run else max(block.start - _FAR, 0))
        if run:
            between = list(_lines(text, run[-1].end, row.start))
            if all(line.ruled for line in between):
                run += between
            else:
                yield run
                run = []
        run.append(row)
    if run:
        yield run


def _lines(text: str, start: int, end: int) -> Iterator[_Row]:
    """The lines between two rows without remarks: ruled ones, or one that says that something else stands there."""
    breaks = [m.span() for m in _BREAK.finditer(text, start, end)]
    for (_, begin), (stop, _) in pairwise(breaks):
        if _REMARK.match(text, begin, stop):
            continue
        yield _Row(begin, stop, (), 0, _RULE.match(text[begin:stop]) is not None)


def _row(text: str, inside: int, floor: int) -> _Row:
    """The row whose line holds an offset, its first bar not before `floor`."""
    start = max(floor, *(text.rfind(mark, floor, inside) + 1 for mark in "\n\r\u2028\u2029"))
    stop = _BREAK.search(text, inside)
    end = len(text) if stop is None else stop.start()
    bars = [m.start() for m in _BAR.finditer(text, start, end) if m[0] == "|"]
    ends = [*bars[1:], end] if bars else []
    cells = []
    for column, (left, right) in enumerate(zip(bars, ends, strict=True)):
        words = text[left + 1 : right].strip()
        if words:
            begin = text.index(words, left + 1)
            cells.append((column, begin, begin + len(words)))
    last = len(bars) if bars and text[bars[-1] + 1 : end].strip() else len(bars) - 1
    return _Row(start, end, tuple(cells), max(last, 0), False)


def _table(rows: Sequence[_Row]) -> Table | None:
    ruled = next((i for i, row in enumerate(rows) if row.ruled), 0)
    lines = [(row, i < ruled) for i, row in enumerate(rows) if not row.ruled]
    cells = tuple(
        Cell(number, column, start, end, header=head)
        for number, (row, head) in enumerate(lines)
        for column, start, end in row.cells
    )
    columns = max((row.columns for row, _ in lines), default=0)
    return Table(cells, len(lines), columns) if cells else None
