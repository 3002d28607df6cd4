"""The tables that a plain text writes in HTML: <table> … </table>, as converters leave them in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document.table import Cell, Table

__all__ = ["markup_tables"]

_TABLE = re.compile(r"<table\b[^<>]*>(?P<rows>.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^<>]*>(?P<cells>.*?)(?=</tr>|<tr\b|\Z)", re.DOTALL)
_CELL = re.compile(r"<t(?P<kind>[dh])\b(?P<said>[^<>]*)>(?P<words>.*?)(?=</t[dh]>|<t[dh]\b|\Z)", re.DOTALL)
_SPAN = re.compile(r"(?P<side>row|col)span\s*=\s*[\"']?(?P<count>\d{1,3})")
_MOST_CELLS = 100_000  # that all spans of one table may cover


def markup_tables(text: str) -> tuple[Table, ...]:
    """The tables of a text that are written in HTML, in text order; a table inside another is not told apart.

    >>> table = markup_tables("<table><tr><th>镇</th><th>人数</th></tr><tr><td>甲镇</td><td>12</td></tr></table>")[0]
    >>> [(cell.row, cell.column, cell.header) for cell in table.cells]
    [(0, 0, True), (0, 1, True), (1, 0, False), (1, 1, False)]
    """
    return tuple(table for found in _TABLE.finditer(text) if (table := _table(text, *found.span("rows"))) is not None)


def _table(text: str, start: int, end: int) -> Table | None:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    row = columns = 0
    for row, found in enumerate(_ROW.finditer(text, start, end)):
        column = 0
        for begin, stop, rows, across, header in _cells(text, *found.span("cells")):
            while (row, column) in taken:
                column += 1
            if len(taken) + rows * across > _MOST_CELLS:
                return None
            taken.update((r, c) for r in range(row, row + rows) for c in range(column, column + across))
            if stop > begin:
                cells.append(Cell(row, column, begin, stop, rows, across, header))
            column += across
            columns = max(columns, column)
    if not cells:
        return None
    rows = row + 1
    return Table(tuple(cell._replace(row_span=min(cell.row_span, rows - cell.row)) for cell in cells), rows, columns)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int, bool]]:
    """Where the words of the cells of a row begin and end, the rows and columns they span, and whether they are heads."""
    for found in _CELL.finditer(text, start, end):
        words = found["words"]
        begin = found.start("words") + len(words) - len(words.lstrip())
        spans = {span["side"]: max(int(span["count"]), 1) for span in _SPAN.finditer(found["said"])}
        yield begin, begin + len(words.strip()), spans.get("row", 1), spans.get("col", 1), found["kind"] == "h"
