"""Ruled lines to tables: which lines make a grid, and which cells the missing ones merge. Points from the top left."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from checker.sources.pdf.layout import Segment, line_of, rows

__all__ = ["Field", "Grid", "grids", "repeated_rows", "split_rows"]

Rule = tuple[float, float, float]  # where it stands, and from where to where it reaches

_NEAR = 3.0  # points: rules as near as this are one rule, and meet
_OPEN = 8.0  # points by which level rules reach beyond the last upright one where a table has no outer border
# A field of a table that is one figure: 1,024.5, -3.2%, a dash where there is none.
_FIGURE = re.compile(r"[-—–…+]{1,2}|[-+−]?[\d０-９][\d０-９,，.． ]*[%％‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d")  # what heads its column
_MOST_RULES, _MOST_FIELDS = 4000, 20_000


class Field(NamedTuple):
    """One cell: its place in the grid, counted from 0, and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


class Grid(NamedTuple):
    """A ruled table; `fields` row by row. `field_at` gives the cell at a point."""

    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    fields: tuple[Field, ...]
    owners: tuple[int, ...]

    def field_at(self, x: float, y: float) -> int | None:
        """The index of the field at a point, None outside the table."""
        if not (self.left <= x < self.right and self.top <= y < self.bottom):
            return None
        across = len(self.columns) - 1
        column = min(bisect_right(self.columns, x) - 1, across - 1)
        row = min(bisect_right(self.rows, y) - 1, len(self.rows) - 2)
        return self.owners[max(row, 0) * across + max(column, 0)]


def grids(level: Iterable[Rule], upright: Iterable[Rule]) -> list[Grid]:
    """The tables that ruled lines make, from the top; `level` as (y, from x, to x), `upright` as (x, from y, to y).

    A frame around text is no table, nor is a pair of lines; a table has two cells at least. Where rows are parted by
    lines that reach beyond the outermost upright ones, the ends of these are the outer borders.

    >>> [len(grid.fields) for grid in grids([(0, 0, 90), (20, 0, 90), (40, 0, 90)], [(0, 0, 40), (50, 0, 40), (90, 0, 40)])]
    [4]
    """
    across, down = _merged(level), _merged(upright)
    if not across or not down or len(across) + len(down) > _MOST_RULES:
        return []
    found = []
    for levels, uprights in _connected(across, down):
        grid = _grid(levels, uprights)
        if grid is not None:
            found.append(grid)
    outermost = [grid for grid in found if not any(_inside(grid, other) for other in found if other is not grid)]
    return sorted(outermost, key=lambda grid: (grid.top, grid.left))


def _inside(grid: Grid, other: Grid) -> bool:
    return (
        other.left - _NEAR <= grid.left and grid.right <= other.right + _NEAR
        and other.top - _NEAR <= grid.top and grid.bottom <= other.bottom + _NEAR
    )  # fmt: skip


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that overlap or follow one another, made one."""
    found: list[Rule] = []
    for line in _clustered(sorted(rules)):
        at = sum(rule[0] for rule in line) / len(line)
        start, end = line[0][1], line[0][2]
        for _, low, high in sorted(line, key=lambda rule: rule[1]):
            if low > end + _NEAR:
                found.append((at, start, end))
                start, end = low, high
            start, end = min(start, low), max(end, high)
        found.append((at, start, end))
    return found


def _clustered(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Sorted rules in groups of those that stand on one line."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule[0] - groups[-1][0][0] <= _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that meet one another."""
    owner = list(range(len(across) + len(down)))

    def find(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    heights = [rule[0] for rule in across]  # sorted, as `_merged` leaves them
    for j, (x, top, bottom) in enumerate(down, start=len(across)):
        for i in range(bisect_right(heights, top - _NEAR), bisect_right(heights, bottom + _NEAR)):
            _, left, right = across[i]
            if left - _NEAR <= x <= right + _NEAR:
                owner[find(i)] = find(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i in range(len(owner)):
        levels, uprights = groups.setdefault(find(i), ([], []))
        (levels if i < len(across) else uprights).append(across[i] if i < len(across) else down[i - len(across)])
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(levels: list[Rule], uprights: list[Rule]) -> Grid | None:
    levels, uprights = _with_borders(levels, uprights), _with_borders(uprights, levels)
    columns, rows = _edges(uprights), _edges(levels)
    across, down = len(columns) - 1, len(rows) - 1
    if across < 1 or down < 1 or across * down < 2 or across * down > _MOST_FIELDS:
        return None
    by_column = _by_edge(uprights, columns)
    by_row = _by_edge(levels, rows)
    owners = list(range(across * down))
    for row in range(down):
        middle = (rows[row] + rows[row + 1]) / 2
        for column in range(across):
            here = row * across + column
            # A field goes on over an edge that no rule covers. It stays a rectangle: it takes in what is right of it
            # only in its first row, and what is below it only as wide as it is.
            if column and owners[here] == here and not _covers(by_column[column], middle):
                owners[here] = owners[here - 1]
        column = 0
        while row and column < across:
            owner, end = owners[row * across + column], column + 1
            while end < across and owners[row * across + end] == owner:
                end += 1
            above = owners[(row - 1) * across + column]
            same = [owners[(row - 1) * across + i] for i in range(column, end)]
            fits = all(o == above for o in same) and _width(owners, row - 1, across, above) == end - column
            centre = (columns[column] + columns[end]) / 2
            if fits and not _covers(by_row[row], centre):
                owners[row * across + column : row * across + end] = [above] * (end - column)
            column = end
    fields: list[Field] = []
    index_of: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, owner in enumerate(owners):
        index_of.setdefault(owner, len(index_of))
        last[owner] = place
    for owner in index_of:
        (row, column), (end_row, end_column) = divmod(owner, across), divmod(last[owner], across)
        fields.append(
            Field(
                row, column, end_row - row + 1, end_column - column + 1,
                columns[column], rows[row], columns[end_column + 1], rows[end_row + 1],
            )
        )  # fmt: skip
    if len(fields) < 2:
        return None
    numbered = tuple(index_of[owner] for owner in owners)
    return Grid(columns[0], rows[0], columns[-1], rows[-1], columns, rows, tuple(fields), numbered)


def _width(owners: Sequence[int], row: int, across: int, owner: int) -> int:
    return owners[row * across : (row + 1) * across].count(owner)


def _with_borders(rules: list[Rule], crossing: list[Rule]) -> list[Rule]:
    """The rules, and the outer borders that a table without them would have: at the ends of the rules that cross them."""
    low, high = min(rule[1] for rule in crossing), max(rule[2] for rule in crossing)
    first, last = min(rule[0] for rule in rules), max(rule[0] for rule in rules)
    start, end = min(rule[0] for rule in crossing), max(rule[0] for rule in crossing)
    added = list(rules)
    # One rule that sticks out is no row of an open table; two are.
    if first - low > _OPEN and sum(first - rule[1] > _OPEN for rule in crossing) > 1:
        added.append((low, start, end))
    if high - last > _OPEN and sum(rule[2] - last > _OPEN for rule in crossing) > 1:
        added.append((high, start, end))
    return added


def _edges(rules: Iterable[Rule]) -> tuple[float, ...]:
    found: list[float] = []
    for at in sorted(rule[0] for rule in rules):
        if not found or at - found[-1] > _NEAR:
            found.append(at)
    return tuple(found)


def _by_edge(rules: Iterable[Rule], edges: Sequence[float]) -> list[list[Rule]]:
    found: list[list[Rule]] = [[] for _ in edges]
    for rule in rules:
        found[max(bisect_right(edges, rule[0] + 0.01) - 1, 0)].append(rule)
    return found


def _covers(rules: Iterable[Rule], at: float) -> bool:
    return any(low - 1 <= at <= high + 1 for _, low, high in rules)


def split_rows(grid: Grid, contents: Sequence[list[Segment]]) -> list[tuple[Field, list[Segment]]]:
    """The fields with what stands in them, a ruled row that holds several rows of figures taken apart.

    Many tables rule their columns but not their rows: a field with two lines that are nothing but a figure each shows it.
    Each line of the row then belongs to the line of figures that it stands beside.
    """
    by_row: list[list[tuple[Field, list[Segment]]]] = [[] for _ in grid.rows[1:]]
    for field, content in zip(grid.fields, contents, strict=True):
        by_row[field.row].append((field, content))
    middles = [
        _figure_lines(
            [content for field, content in here if field.row_span == 1], (grid.rows[row] + grid.rows[row + 1]) / 2
        )
        for row, here in enumerate(by_row)
    ]
    firsts = [0, *accumulate(len(of_row) for of_row in middles)]
    made: list[tuple[Field, list[Segment]]] = []
    for row, here in enumerate(by_row):
        for field, content in here:
            end = row + field.row_span
            if field.row_span > 1:
                made.append((field._replace(row=firsts[row], row_span=firsts[end] - firsts[row]), content))
                continue
            made += (
                (field._replace(row=firsts[row] + i), part) for i, part in enumerate(_parts(content, middles[row]))
            )  # fmt: skip
    return made


def repeated_rows(
    above: Grid, rows_above: Sequence[Sequence[str]], below: Grid, rows_below: Sequence[Sequence[str]]
) -> int | None:
    """How many rows of a table at the top of a page repeat the head of the one that ends the page before.

    None where it is another table: other columns, or a head of its own. Rows are the words of their fields.
    """
    if len(above.columns) != len(below.columns) or any(
        abs(a - b) > _NEAR for a, b in zip(above.columns, below.columns, strict=True)
    ):
        return None
    repeated = 0
    for head, row in zip(rows_above, rows_below[:-1], strict=False):
        if list(head) != list(row):
            break
        repeated += 1
    if repeated or any(
        _FIGURE.fullmatch(words) and not _YEAR.fullmatch(words) for row in rows_below[:1] for words in row
    ):
        return repeated
    return None


def _figure_lines(contents: Iterable[list[Segment]], middle: float) -> list[float]:
    """Where the lines of figures in a ruled row are; `middle`, its own, where there is but one."""
    best: list[float] = []
    for content in contents:
        lines = rows(content)
        if len(lines) > max(1, len(best)) and all(_FIGURE.fullmatch(line_of(line).text) for line in lines):
            best = [(line[0].top + line[0].bottom) / 2 for line in lines]
    return best or [middle]


def _parts(content: list[Segment], middles: Sequence[float]) -> list[list[Segment]]:
    """The stretches of a field by the line of figures that each is nearest to."""
    parts: list[list[Segment]] = [[] for _ in middles]
    for segment in content:
        middle = (segment.top + segment.bottom) / 2
        parts[min(range(len(middles)), key=lambda i: abs(middles[i] - middle))].append(segment)
    return parts
