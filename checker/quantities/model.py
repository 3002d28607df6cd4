"""What a written figure is, once it has been read."""

from __future__ import annotations

from typing import Literal, NamedTuple

from checker.arithmetic.interval import ANYTHING, Interval, Rational, exactly, half
from checker.units import Unit

__all__ = ["Approximation", "Kind", "Quantity"]

Kind = Literal["quantity", "date", "period", "time", "ratio", "score", "ordinal", "code", "label", "name"]
Approximation = Literal["exact", "rounded", "about", "over", "under", "near", "range", "vague"]


class Quantity(NamedTuple):
    """One figure of the text.

    `start` and `end` are half-open code-point offsets of the whole writing with its approximation words and its
    unit (近4万人, 1500余个, 3万元以上). `number_start` and `number_end` hold the bare number (4万, 1500, 3万) and
    `value` its exact value with 万 and 亿 folded in, in `unit`; None for ranges, vague figures and dates.
    `step` is the value of the last written digit. `bounds` is the interval where it is not simply the value itself or the value
    rounded to its last digit; `interval` is what the writing stands for, in `unit`.
    `surface` is the unit as written (名 where `unit` is 人). `parts` is what a date, period, time, ratio or score is
    made of, for example ``(2016, 4, 26)`` with 0 for what is not written.
    """

    id: int
    start: int
    end: int
    kind: Kind
    value: Rational | None
    unit: Unit | None
    bounds: Interval | None
    approximation: Approximation
    number_start: int
    number_end: int
    step: Rational = 1
    words: bool = False
    parts: tuple[Rational, ...] = ()
    surface: str | None = None

    @property
    def interval(self) -> Interval:
        """What the writing stands for, in `unit`; anything at all for what is no quantity."""
        if self.bounds is not None:
            return self.bounds
        if self.value is None:
            return ANYTHING
        if self.approximation == "exact":
            return exactly(self.value)
        margin = half(self.step)
        return Interval(self.value - margin, self.value + margin)

    def placed(self, number: int, start: int, end: int, number_start: int, number_end: int) -> Quantity:
        """The same figure with its id and offsets; spelt out, as every figure of every text passes here."""
        return Quantity(
            number, start, end, self.kind, self.value, self.unit, self.bounds, self.approximation, number_start, number_end,
            self.step, self.words, self.parts, self.surface,
        )  # fmt: skip
