"""Intervals of exact rationals: what a written figure stands for.

An end is an ``int`` or a ``Fraction``; ``None`` is infinity. An end is closed (the value itself may be
meant) or open. Arithmetic is the usual interval arithmetic; every result encloses all values that the
operands can give. Nothing here rounds.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import NamedTuple

Rational = int | Fraction

__all__ = ["ANYTHING", "Interval", "Rational", "ends", "exactly", "half", "in_floats", "size"]


class Interval(NamedTuple):
    """A set of values between two ends.

    A named tuple, as every figure of every text makes some; the operators are those of intervals, not of tuples.

    >>> Interval(Fraction(33, 2), Fraction(35, 2)) + exactly(3)
    Interval(low=Fraction(39, 2), high=Fraction(41, 2), low_closed=True, high_closed=True)
    """

    low: Rational | None
    high: Rational | None
    low_closed: bool = True
    high_closed: bool = True

    @property
    def is_point(self) -> bool:
        """Whether one value only can be meant."""
        return self.low is not None and self.low == self.high

    @property
    def is_finite(self) -> bool:
        """Whether both ends are known."""
        return self.low is not None and self.high is not None

    @property
    def width(self) -> Rational | None:
        """High end less low end, or None where an end is infinite."""
        if self.low is None or self.high is None:
            return None
        return self.high - self.low

    def __contains__(self, value: Rational) -> bool:  # type: ignore[override]
        above = self.low is None or value > self.low or (value == self.low and self.low_closed)
        below = self.high is None or value < self.high or (value == self.high and self.high_closed)
        return above and below

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not (self.is_below(other) or other.is_below(self))

    def is_below(self, other: Interval) -> bool:
        """Whether every value here is smaller than every value there."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and not (self.high_closed and other.low_closed))

    def is_at_most(self, other: Interval) -> bool:
        """Whether every value here is smaller than or equal to every value there."""
        return self.high is not None and other.low is not None and self.high <= other.low

    def widened(self, margin: Rational) -> Interval:
        """The same interval with `margin` more on both sides."""
        return Interval(
            None if self.low is None else self.low - margin,
            None if self.high is None else self.high + margin,
            self.low_closed,
            self.high_closed,
        )

    def scaled(self, factor: Rational) -> Interval:
        """The same interval in a smaller or larger unit; `factor` is positive."""
        low = None if self.low is None else self.low * factor
        if self.high is self.low:
            return Interval(low, low, self.low_closed, self.high_closed)
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_closed, self.high_closed)

    def intersection(self, other: Interval) -> Interval | None:
        """The values in both, or None where there are none."""
        if not self.meets(other):
            return None
        low, low_closed = self.low, self.low_closed
        if other.low is not None and (low is None or other.low > low or (other.low == low and not other.low_closed)):
            low, low_closed = other.low, other.low_closed
        high, high_closed = self.high, self.high_closed
        if other.high is not None and (
            high is None or other.high < high or (other.high == high and not other.high_closed)
        ):
            high, high_closed = other.high, other.high_closed
        return Interval(low, high, low_closed, high_closed)

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_closed,
            self.low_closed,
        )

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        low = None if self.low is None or other.low is None else self.low + other.low
        if self.high is self.low and other.high is other.low:  # single values: figures taken as written
            return Interval(low, low, self.low_closed and other.low_closed, self.high_closed and other.high_closed)
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_closed and other.low_closed, self.high_closed and other.high_closed)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        if self.low is not None and other.low is not None and self.low >= 0 and other.low >= 0:
            # The common case: two figures that are not negative. Zero times anything is zero, open end or not.
            low = self.low * other.low
            if self.high is self.low and other.high is other.low:
                high: Rational | None = low
            else:
                high = None if self.high is None or other.high is None else self.high * other.high
            zero = low == 0 and (0 in self or 0 in other)
            return Interval(
                low,
                high,
                (self.low_closed and other.low_closed) or zero,
                (self.high_closed and other.high_closed) or (zero and high == 0),
            )
        if not (self.is_finite and other.is_finite):
            return ANYTHING
        corners = [
            (a * b, a_closed and b_closed)
            for a, a_closed in ((self.low, self.low_closed), (self.high, self.high_closed))
            for b, b_closed in ((other.low, other.low_closed), (other.high, other.high_closed))
            if a is not None and b is not None
        ]
        if 0 in self or 0 in other:
            corners.append((0, True))
        low, high = min(c[0] for c in corners), max(c[0] for c in corners)
        return Interval(low, high, (low, True) in corners, (high, True) in corners)

    def reciprocal(self) -> Interval:
        """1/x for every x here; anything at all where zero is among them."""
        if (
            self.low is not None
            and self.low >= 0
            and not (self.low == 0 and self.low_closed and self.high is not None and self.high <= 0)
        ):
            low = None if self.high is None else Fraction(1) / self.high if self.high else None
            high = None if self.low == 0 else Fraction(1) / self.low
            if self.high is None:
                return Interval(0, high, False, self.low_closed)
            return Interval(low, high, self.high_closed, self.low_closed and high is not None)
        if self.high is not None and self.high < 0:
            return -(-self).reciprocal()
        return ANYTHING

    def __truediv__(self, other: Interval) -> Interval:
        if (
            self.low is None
            or self.high is None
            or other.low is None
            or other.high is None
            or self.low < 0
            or other.low <= 0
        ):
            return self * other.reciprocal()
        # The common case, a share or a mean: the same as above with one division for each end.
        low = _quotient(self.low, other.high)
        zero = self.low == 0 and self.low_closed
        single = self.high is self.low and other.high is other.low
        high = low if single else _quotient(self.high, other.low)
        return Interval(
            low,
            high,
            (self.low_closed and other.high_closed) or zero,
            (self.high_closed and other.low_closed) or (zero and high == 0),
        )


def _quotient(a: Rational, b: Rational) -> Rational:
    """One exact number by another; two whole ones would come out as a floating-point number."""
    return Fraction(a, b) if isinstance(a, int) and isinstance(b, int) else a / b  # type: ignore[return-value]


def half(value: Rational) -> Rational:
    """Half of a value, whole where it can be: whole numbers are much quicker to reckon with."""
    return value >> 1 if isinstance(value, int) and not value & 1 else value * _HALF


def size(value: Rational) -> Rational:
    """The value without its sign."""
    return value if value >= 0 else -value


_HALF = Fraction(1, 2)
ANYTHING = Interval(None, None, False, False)


def ends(interval: Interval, factor: float = 1.0) -> tuple[float, float]:
    """Both ends as floating-point numbers times a factor, infinite ones as such.

    >>> ends(Interval(Fraction(1, 2), None))
    (0.5, inf)
    """
    low = -inf if interval.low is None else float(interval.low) * factor
    return low, inf if interval.high is None else float(interval.high) * factor


def in_floats(interval: Interval, factor: float = 1.0) -> Interval:
    """An interval over floating-point numbers: the same arithmetic, quicker and not exact; for looks, never for a verdict."""
    low, high = interval.low, interval.high
    return Interval(
        None if low is None else float(low) * factor,  # type: ignore[arg-type]
        None if high is None else float(high) * factor,  # type: ignore[arg-type]
    )


def exactly(value: Rational) -> Interval:
    """The interval that holds `value` alone."""
    return Interval(value, value)
