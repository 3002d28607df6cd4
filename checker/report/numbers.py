"""Exact rationals as decimal strings, for machines and for people."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from checker.arithmetic.interval import Interval, Rational

__all__ = ["decimal_string", "high_string", "interval_text", "low_string"]

_DIGITS = 20
_MANY_BITS = 10_000  # beyond about 3,000 digits Python's own int-to-text conversion refuses


def decimal_string(value: Rational, rounding: str = ROUND_HALF_EVEN) -> str:
    """The value in plain decimal notation: exact where it is finite, else 20 significant digits.

    >>> from fractions import Fraction
    >>> decimal_string(Fraction(1159, 1000)), decimal_string(Fraction(1, 3))
    ('1.159', '0.33333333333333333333')
    """
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return str(numerator) if numerator.bit_length() < _MANY_BITS else format(Decimal(numerator), "f")
    if numerator.bit_length() > _MANY_BITS or denominator.bit_length() > _MANY_BITS:
        return _rounded(numerator, denominator, rounding)
    places = _places(denominator)
    if places is None:
        return _rounded(numerator, denominator, rounding)
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def low_string(value: Rational | None) -> str | None:
    """The low end of an interval, rounded down where it must be; None for an infinite one."""
    return None if value is None else decimal_string(value, ROUND_FLOOR)


def high_string(value: Rational | None) -> str | None:
    """The high end of an interval, rounded up where it must be; None for an infinite one.

    >>> from fractions import Fraction
    >>> high_string(Fraction(1, 3))
    '0.33333333333333333334'
    """
    return None if value is None else decimal_string(value, ROUND_CEILING)


@lru_cache(maxsize=1024)
def _places(denominator: int) -> int | None:
    """How many decimal places 1/denominator has, or None when it has no end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def _rounded(numerator: int, denominator: int, rounding: str) -> str:
    context = Context(prec=_DIGITS, rounding=rounding, Emax=10**9, Emin=-(10**9))
    return format(context.divide(Decimal(numerator), Decimal(denominator)), "f")


def interval_text(interval: Interval) -> str:
    """An interval as people write it.

    >>> interval_text(Interval(3, None, False, False))
    '(3, ∞)'
    """
    low, high = low_string(interval.low), high_string(interval.high)
    opening = "[" if interval.low_closed and low is not None else "("
    closing = "]" if interval.high_closed and high is not None else ")"
    return f"{opening}{'−∞' if low is None else low}, {'∞' if high is None else high}{closing}"
