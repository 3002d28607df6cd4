"""A table with its figures: what each measures, and the table along its rows or its columns, its numbers as whole multiples of one last digit.

What holds of rows holds of columns, so every relation is written once, over `lines` that are compared at `positions`: rows at
columns, or columns at rows. Whole numbers keep it exact and fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log10
from typing import NamedTuple

from checker.claims.model import Claim
from checker.quantities import Quantity
from checker.tables.structure import Layout, Line

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
        """What the number of a cell measures, told by the heads of its row and column."""
        row, column = self.places[number]
        (left, across), (right, down) = self._rows_say[row], self._columns_say[column]
        return Claim(number, left + right or None, None, down or across or self._period)

    @cached_property
    def _rows_say(self) -> list[tuple[str, str | None]]:
        return [(_words(line.label), _period(line)) for line in self.layout.rows]

    @cached_property
    def _columns_say(self) -> list[tuple[str, str | None]]:
        return [(_words(line.label), _period(line)) for line in self.layout.columns]

    @cached_property
    def _period(self) -> str | None:
        return _year(self.layout.caption)

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


_PLAIN = re.compile(
    r"[（(\[][^（）()\[\]]*[）)\]]|[\s*_`]|^(?:其中[:：]?|[一二三四五六七八九十]+、|\d+[.．、]|[（(][一二三四五六七八九十\d]+[）)])"
)
# 金额, 数量, 2019年末: heads that say nothing of what is measured
_SAYS_NOTHING = re.compile(
    r"(?:金额|数量|数值|数据|指标值|绝对值|总量|合计|总计|本[年期]|实绩|完成(?:数|值|情况)?|(?:19|20)\d\d年?(?:\d{1,2}月(?:\d{1,2}日)?)?[末底初度]?(?:金额|数量|余额)?)+$"
)


def _words(label: str) -> str:
    """What a head says of what is measured: without units, numbering and 其中; empty for 金额 and 2019年末."""
    words = _PLAIN.sub("", label)
    return "" if _SAYS_NOTHING.match(words) else words


def _period(line: Line) -> str | None:
    return _year(line.label) or _year(line.group)


_DATED = re.compile(r"(?P<year>(?:19|20)\d\d)(?!\d)(?:年?(?P<more>\d{1,2}月)?)")


def _year(words: str) -> str | None:
    """The one year that a head names; None for several, and for a month or a day in it."""
    found = {(m["year"], m["more"]) for m in _DATED.finditer(words)}
    if len(found) != 1:
        return None
    year, more = found.pop()
    return year if more is None else f"{year}-{int(more[:-1]):02}"
