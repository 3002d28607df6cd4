"""A table with its figures: what each measures, and the table along its rows or its columns, its numbers as whole multiples of one last digit.

What holds of rows holds of columns, so every relation is written once, over `lines` that are compared at `positions`: rows at
columns, or columns at rows. Whole numbers keep it exact and fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from checker.claims.cells import Head, Heads
from checker.claims.dates import one_year_before
from checker.claims.holders import mentions
from checker.claims.model import Claim
from checker.language.lexicon import table_of, words_of
from checker.quantities import Quantity
from checker.tables.heads import measured, one_period, without_times, words_of_head, year_of_head
from checker.tables.structure import Layout, Line

if TYPE_CHECKING:
    from checker.claims.measures import ClaimType

__all__ = ["Entry", "Number", "ReadTable", "View", "slips", "strength"]


@dataclass(frozen=True)
class ReadTable:
    """A table with its layout, and the ids of the quantities in its cells by (row, column).

    `number` is its place among the document's tables, from 0; `quantities` are those of the whole document.
    """

    number: int
    layout: Layout
    ids: Mapping[tuple[int, int], int]
    quantities: Sequence[Quantity] = field(repr=False)

    @cached_property
    def places(self) -> Mapping[int, tuple[int, int]]:
        """The (row, column) of a quantity."""
        return {number: place for place, number in self.ids.items()}

    def claim(self, number: int) -> Claim:
        """What the number of a cell measures, told by the heads of its row and column, and by what stands above the table."""
        row, column = self.places[number]
        across, down = self.layout.rows[row], self.layout.columns[column]
        (metric, holder), (named, other) = self._row_heads[row], self._column_heads[column]
        period = _period(down) or _period(across)
        return Claim(
            number,
            metric + named or None,
            holder or other or self._holder,
            self._told_from(across, down) if period is None else period,
            type=self._type(number, across, down),
        )

    def named(self, number: int) -> tuple[str, str | None]:
        """All words of the heads of a cell, and the year or month that they name."""
        row, column = self.places[number]
        (left, across), (right, down) = self._rows_say[row], self._columns_say[column]
        return left + right, down or across or self._period

    def heads(self, number: int) -> Heads:
        """The words above a table, and the heads of a cell with their places."""
        row, column = self.places[number]
        across, down = self.layout.rows[row], self.layout.columns[column]
        words = f"{down.group}，{down.label}" if down.group and down.label else down.label or down.group
        label = Head(f"{across.label}，" if across.label else "", self._stubs.get(row))
        return Heads(self.layout.titles, label, Head(words, self._tops.get(column)))

    def _type(self, number: int, across: Line, down: Line) -> ClaimType | None:
        quantity = self.quantities[number]
        if quantity.kind != "quantity":
            return None
        dimension = "" if quantity.unit is None else quantity.unit.dimension
        kinds = (down.kind, across.kind)
        if dimension == "[point]":
            return "points"
        if "growth" in kinds:
            return "change_rate" if dimension in ("[rate]", "") else "change"
        if "share" in kinds:
            return "share"
        if "/" in dimension:
            return "mean"
        return "rate" if dimension == "[rate]" else "level"

    def _told_from(self, across: Line, down: Line) -> str | None:
        """The period of what stands above the table; the one before it under the head 上年, and none that is known under 上期."""
        heads = f"{across.label}\n{down.group}\n{down.label}"
        period = one_period(self.layout.titles)
        if any(word in heads for word in words_of("fields", "comparison", "before")):
            return None
        shift = next((by for word, by in _years().items() if word in heads and not _compares(heads, word)), 0)
        if not shift or period is None:
            return period
        return one_year_before(period, int(period[:4]) + shift)

    @cached_property
    def _holder(self) -> str | None:
        """The one place or body that the title of the table names."""
        named = {mention.name for mention in mentions(without_times(self.layout.titles))}
        return named.pop() if len(named) == 1 else None

    @cached_property
    def _row_heads(self) -> list[tuple[str, str | None]]:
        """For each row what its label says of what is measured, and of whom."""
        return [measured(line.label, line.kind) for line in self.layout.rows]

    @cached_property
    def _column_heads(self) -> list[tuple[str, str | None]]:
        """The same for each column; a change or a share without a noun is that of the column before it."""
        found: list[tuple[str, str | None]] = []
        before = ""
        for line in self.layout.columns:
            (over, holder), (own, other) = measured(line.group, "item"), measured(line.label, line.kind)
            if line.kind in ("growth", "share"):
                found.append((over + own or before, other or holder))
                continue
            before = over + own if line.index >= self.layout.stub else ""
            found.append((over + own, other or holder))
        return found

    @cached_property
    def _stubs(self) -> Mapping[int, tuple[int, int]]:
        """Where the label of each row stands."""
        layout = self.layout
        found: dict[int, tuple[int, int]] = {}
        for cell in layout.table.cells:
            if cell.column < layout.stub and cell.row >= layout.body:
                for row in range(cell.row, cell.row + cell.row_span):
                    found[row] = cell.start, cell.end
        return found

    @cached_property
    def _tops(self) -> Mapping[int, tuple[int, int]]:
        """Where the lowest head of each column stands."""
        found: dict[int, tuple[int, int]] = {}
        for cell in self.layout.table.cells:
            if cell.row < self.layout.body:
                for column in range(cell.column, cell.column + cell.column_span):
                    found[column] = cell.start, cell.end
        return found

    @cached_property
    def _rows_say(self) -> list[tuple[str, str | None]]:
        return [(words_of_head(line.label), year_of_head(line.label, line.group)) for line in self.layout.rows]

    @cached_property
    def _columns_say(self) -> list[tuple[str, str | None]]:
        return [(words_of_head(line.label), year_of_head(line.label, line.group)) for line in self.layout.columns]

    @cached_property
    def _period(self) -> str | None:
        return year_of_head(self.layout.caption)

    @cached_property
    def by_rows(self) -> View:
        """The table as rows that are compared at its columns."""
        return View(self, across=False)

    @cached_property
    def by_columns(self) -> View:
        """The table as columns that are compared at its rows."""
        return View(self, across=True)


class Number(NamedTuple):
    """A number of a position: `value` in the last digit that any number of the position has, `step` its own last digit.

    `slack` is what rounding grants it, in halves of that digit: `step` for a rounded figure, 0 for a count. `unit` is what must be the
    same for two numbers to be added.
    """

    value: int
    step: int
    slack: int
    unit: object
    quantity: int


class Entry(NamedTuple):
    """A line as a term of a sum: added, or taken off."""

    line: int
    sign: int = 1


@dataclass(frozen=True)
class View:
    """A table along its rows (`across` false) or its columns."""

    table: ReadTable
    across: bool

    @property
    def layout(self) -> Layout:
        return self.table.layout

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the body that are compared."""
        layout = self.layout
        return layout.columns[layout.stub :] if self.across else layout.rows[layout.body :]

    @cached_property
    def cross(self) -> tuple[Line, ...]:
        """The lines at which they are compared."""
        layout = self.layout
        return layout.rows[layout.body :] if self.across else layout.columns[layout.stub :]

    @cached_property
    def positions(self) -> Mapping[int, Mapping[int, Number]]:
        """The numbers at each position, by line."""
        layout, quantities = self.layout, self.table.quantities
        found: dict[int, list[tuple[int, int, int]]] = {}
        for place, number in self.table.ids.items():
            row, column = place
            line, position = (column, row) if self.across else (row, column)
            if quantities[number].kind == "quantity":
                found.setdefault(position, []).append((line, number, layout.numbers[place].decimals))
        made: dict[int, dict[int, Number]] = {}
        known: dict[tuple[object, ...], object] = {}  # working out a fraction for every cell takes long
        for position, entries in found.items():
            most = max(decimals for _, _, decimals in entries)
            numbers: dict[int, Number] = {}
            for line, number, decimals in entries:
                place = (position, line) if self.across else (line, position)
                quantity = quantities[number]
                step = 10 ** (most - decimals)
                unit = quantity.unit
                counted = not decimals and (
                    (unit is not None and unit.counted and quantity.approximation == "exact")
                    or (unit is None and (layout.columns[place[1]].counts or layout.rows[place[0]].counts))
                )
                times: object = None
                if unit is not None:
                    key = (unit.name, quantity.step.numerator, quantity.step.denominator, decimals)
                    if key not in known:
                        known[key] = (unit.name, quantity.step * 10**decimals)
                    times = known[key]
                numbers[line] = Number(
                    layout.numbers[place].mantissa * step, step, 0 if counted else step, times, number
                )
            made[position] = numbers
        return made

    def decimals(self, number: Number) -> int:
        """How many places behind the point the last digit of a number's position has."""
        return self.layout.numbers[self.table.places[number.quantity]].decimals + len(str(number.step)) - 1

    def says(self, line: int, position: int) -> bool:
        """Whether words stand where a number might."""
        return ((position, line) if self.across else (line, position)) in self.layout.words


def strength(total: int, slack: int) -> float:
    """How many digits of a total an equality confirms."""
    return log10(max(1, abs(total) * 2 // max(slack, 2)))


def slips(numbers: Iterable[tuple[int, Number]], gap: int, slack: int) -> list[tuple[int, int]]:
    """Which one slip of the pen in a number would close a gap: the number's place in `numbers`, and what it would be.

    Each number comes with what it adds to the left side less the right side for one of its own (1 or −1). A slip is one
    digit off, or two neighbouring digits changed round.
    """
    found = []
    for at, (sign, number) in enumerate(numbers):
        digits = str(abs(number.value) // number.step)
        for variant in _variants(digits):
            value = int(variant) * number.step * (-1 if number.value < 0 else 1)
            if abs(gap + sign * (value - number.value)) * 2 <= slack:
                found.append((at, value))
    return found


def _variants(digits: str) -> Iterable[str]:
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and not (i == 0 and new == "0" and len(digits) > 1):
                yield digits[:i] + new + digits[i + 1 :]
        following = digits[i + 1 : i + 2]
        if following and following != old and not (i == 0 and following == "0"):
            yield digits[:i] + following + old + digits[i + 2 :]


def _period(line: Line) -> str | None:
    return one_period(line.label) or one_period(line.group)


@cache
def _years() -> Mapping[str, int]:
    """The words for a year that is told from the one above the table: 上年, 去年."""
    tables = (table_of("claims", "periods", key) for key in ("years", "years_in_force"))
    return {word: shift for table in tables for word, shift in table.items() if shift < 0}


def _compares(heads: str, word: str) -> bool:
    """Whether a word for a year is only what a head compares with: 比上年增长."""
    at = heads.find(word)
    return heads.endswith(words_of("claims", "periods", "against"), 0, at)
