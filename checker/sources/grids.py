"""What a sheet of cells holds: the tables in it, the lines above that name them, and the notes below.

A sheet has no marks for these. Rows and columns without words part it, but only where what follows has a head of its
own: an empty row within a table does not end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

__all__ = ["MOST_CELLS", "MOST_CHARACTERS", "MOST_COLUMNS", "Filled", "Part", "parts_of", "with_spans"]

MOST_CELLS = 500_000  # filled cells of a whole workbook or text; about 1.5 kilobytes each on the whole road
MOST_CHARACTERS = 20_000_000  # of all cells together, for cells may share one long text
MOST_COLUMNS = 16_384  # as in Excel
_MOST_COVERED = 1_000_000  # places that merged cells may cover

_LONGEST_CAPTION = 80
_SENTENCE = re.compile(r"[。；;！!？?]")
# 单位：万元   （单位：户、人）   计量单位：亩
_UNIT_NOTE = re.compile(r"[（(]?\s*(?:计量|金额|货币)?单位\s*[：:]")
# 编制单位：山河县财政局   填表人：甲
_LABELLED = re.compile(r"[^\s：:，。]{1,8}\s*[：:]")
# 注：…   数据来源：…   *含…
_NOTE = re.compile(r"[（(]?(?:备注|附注|注|说明|填表说明|资料来源|数据来源|来源)\s*\d*\s*[：:）)]|[*＊※]")
# 2019年12月31日
_DAY = re.compile(r"(?:19|20)\d\d[年./-]\d")
# 1,234.50   (1,234)   ¥3.5   12.3%   -7
_NUMBER = re.compile(r"[-+−－(（]*[¥￥$]?\s*\d[\d,，]*(?:\.\d+)?\s*[%％‰]?[)）]?")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_FEWEST_COLUMNS = 2  # of a table beside another one
_MOST_GAPS = 20  # empty columns in one table; more part nothing


class Filled(NamedTuple):
    """A cell that holds words: its place in the sheet, counted from 0, its words, and what it covers.

    `start` is the caller's own mark of where the words came from.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    indent: int = 0
    start: int = 0


@dataclass
class Part:
    """A table with the lines above and below it; without cells, lines alone."""

    above: list[Filled] = field(default_factory=list)
    cells: list[Filled] = field(default_factory=list)
    below: list[Filled] = field(default_factory=list)

    @property
    def captions(self) -> list[Filled]:
        """The lines right above the table that name it or its unit, prose being none."""
        return self.above[self._captions_from :]

    @property
    def prose(self) -> list[Filled]:
        """The lines above that are no captions."""
        return self.above[: self._captions_from]

    @property
    def corner(self) -> tuple[int, int]:
        """The first row and the first column of the table."""
        return min(cell.row for cell in self.cells), min(cell.column for cell in self.cells)

    @property
    def _captions_from(self) -> int:
        at = len(self.above)
        while self.cells and at and _is_caption(self.above[at - 1].text):
            at -= 1
        return at


Rows = list[list[Filled]]


def with_spans(cells: Sequence[Filled], merged: Mapping[tuple[int, int], tuple[int, int]]) -> list[Filled]:
    """The cells with what they cover, `merged` being (rows, columns) by first cell.

    Words under a merged cell, which nobody sees, are left out; a merger reaches no farther than the words of the sheet,
    and those beyond what a million places allow do not count.
    """
    if not merged or not cells:
        return list(cells)
    bottom, right = max(c.row for c in cells) + 1, max(c.column for c in cells) + 1
    covered: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), (rows, columns) in sorted(merged.items()):
        rows, columns = min(rows, bottom - row), min(columns, right - column)
        if rows < 1 or columns < 1 or (row, column) in covered or len(covered) + rows * columns > _MOST_COVERED:
            continue
        spans[row, column] = (rows, columns)
        covered.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
        covered.remove((row, column))
    out = []
    for cell in cells:
        at = (cell.row, cell.column)
        if at in spans:
            out.append(cell._replace(row_span=spans[at][0], column_span=spans[at][1]))
        elif at not in covered:
            out.append(cell)
    return out


def parts_of(cells: Sequence[Filled]) -> list[Part]:
    """The tables of a sheet with their lines, in reading order; `cells` come row by row.

    Lines are rows of a single cell above a table (a title), rows that give the unit, and notes below; also what stands in
    rows of single cells alone, without any table.

    >>> (part,) = parts_of([Filled(0, 0, "主要指标"), Filled(1, 0, "乡"), Filled(1, 1, "户"), Filled(2, 0, "甲"), Filled(2, 1, "7")])
    >>> [cell.text for cell in part.above], [cell.text for cell in part.cells]
    (['主要指标'], ['乡', '户', '甲', '7'])
    """
    parts: list[Part] = []
    waiting: list[Filled] = []  # lines that may name the table below them
    for band in _bands(cells):
        if all(len(row) == 1 or _is_note(row) or _gives_unit(row) for row in band):
            lines = [cell for row in band for cell in row]
            names_next = any(_UNIT_NOTE.match(cell.text) for cell in lines)
            if parts and parts[-1].cells and _is_note(band[0]) and not names_next:
                parts[-1].below += waiting + lines
                waiting = []
            else:
                waiting += lines
            continue
        above, body, below = _trimmed(band)
        tables = list(_side_by_side(body))
        last = parts[-1] if parts else None
        if last is not None and last.cells and not last.below and len(tables) == 1 and not _has_head(tables[0]):
            # It goes on with the table above, what stands between being rows of that.
            last.cells += waiting + [cell for row in (*above, *body) for cell in row]
            last.below += [cell for row in below for cell in row]
            waiting = []
            continue
        for place, table in enumerate(tables):
            part = Part(cells=[cell for row in table for cell in row])
            if place == 0:
                part.above = waiting + [cell for row in above for cell in row]
                waiting = []
            if place == len(tables) - 1:
                part.below = [cell for row in below for cell in row]
            parts.append(part)
    if waiting:
        parts.append(Part(above=waiting))
    return parts


def _bands(cells: Iterable[Filled]) -> Iterator[Rows]:
    """The runs of rows with no empty row between them; a row that a merged cell covers is not empty."""
    band: Rows = []
    reach = 0
    for number, row in groupby(cells, key=lambda cell: cell.row):
        filled = list(row)
        if band and number > reach:
            yield band
            band, reach = [], 0
        band.append(filled)
        reach = max(reach, number + max(cell.row_span for cell in filled))
    if band:
        yield band


def _trimmed(band: Rows) -> tuple[Rows, Rows, Rows]:
    """A band without the lines above and below its table."""
    left = min(row[0].column for row in band)
    width = max(cell.column + cell.column_span for row in band for cell in row) - left
    first = 0
    while first < len(band) - 1 and _is_line(band[first], band[first + 1], left, width):
        first += 1
    last = len(band)
    while last > first + 1 and _is_note(band[last - 1]):
        last -= 1
    return band[:first], band[first:last], band[last:]


def _is_line(row: Sequence[Filled], following: Sequence[Filled], left: int, width: int) -> bool:
    """Whether a row above a table is no part of it."""
    if len(row) > 1:
        return _gives_unit(row)
    (cell,) = row
    if cell.row + cell.row_span > following[0].row:
        return False  # the first column of a head of two rows
    # A merged cell that leaves the first column free is the upper row of a head.
    return cell.column_span == 1 or cell.column == left or cell.column_span >= width


def _gives_unit(row: Sequence[Filled]) -> bool:
    """Whether a row tells the unit of the table below it: 山河县 | 2019年12月31日 | 单位：元."""
    return len(row) <= 4 and any(_UNIT_NOTE.match(cell.text) for cell in row) and not any(map(_is_number, row))


def _is_note(row: Sequence[Filled]) -> bool:
    """Whether a row below a table is no part of it: 注：… alone, or 制表：某甲 | 2019年12月31日."""
    texts = [cell.text.lstrip() for cell in row]
    if len(row) == 1 and _NOTE.match(texts[0]):
        return True
    return _LABELLED.match(texts[0]) is not None and all(_LABELLED.match(text) or _DAY.match(text) for text in texts)


def _is_caption(text: str) -> bool:
    return len(text) <= _LONGEST_CAPTION and _SENTENCE.search(text) is None


def _is_number(cell: Filled) -> bool:
    return _NUMBER.fullmatch(cell.text.strip()) is not None


def _has_head(table: Rows) -> bool:
    """Whether the first rows name every column that holds numbers further down."""
    named: set[int] = set()
    numbers = False
    for row in table:
        if not numbers and all(not _is_number(cell) or _YEAR.fullmatch(cell.text.strip()) for cell in row):
            if len(row) > 1:  # one cell across the table opens a section of it
                for cell in row:
                    named.update(range(cell.column, cell.column + cell.column_span))
            continue
        for cell in row:
            if _is_number(cell):
                numbers = True
                if cell.column not in named:
                    return False
    return numbers


def _side_by_side(rows: Rows) -> Iterator[Rows]:
    """The tables that empty columns part; each but the first has a head of its own and a first column of words."""
    filled = sorted({c for row in rows for cell in row for c in range(cell.column, cell.column + cell.column_span)})
    gaps = [after for before, after in pairwise(filled) if after > before + 1]
    starts = [0]
    if len(gaps) > _MOST_GAPS:
        gaps = []
    for at, start in enumerate(gaps):
        end = gaps[at + 1] if at + 1 < len(gaps) else filled[-1] + 1
        beside = _columns(rows, start, end)
        before = _columns(rows, starts[-1], start)
        words_first = not any(_is_number(cell) for row in beside for cell in row if cell.column == start)
        if (
            len({cell.column for row in beside for cell in row}) >= _FEWEST_COLUMNS
            and words_first
            and _has_head(beside)
            and _has_head(before)
        ):
            starts.append(start)
    ends = [*starts[1:], filled[-1] + 1]
    for start, end in zip(starts, ends, strict=True):
        yield _columns(rows, start, end)


def _columns(rows: Rows, start: int, end: int) -> Rows:
    cut = ([cell for cell in row if start <= cell.column < end] for row in rows)
    return [row for row in cut if row]
