"""A table looked at along its rows or its columns, its numbers as whole multiples of one last digit.

What holds of rows holds of columns, so every relation is written once, over `lines` that are compared at `positions`: rows at
columns, or columns at rows. Whole numbers keep it exact and fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log10
from typing import NamedTuple

from checker.tables.figures import ReadTable
from checker.tables.structure import Layout, Line

__all__ = ["Entry", "Number", "View", "slips", "strength"]


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
