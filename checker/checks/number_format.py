"""Numbers as a reader of the text would write them."""

from __future__ import annotations

from fractions import Fraction

from checker.arithmetic.interval import Rational, size
from checker.quantities import Quantity
from checker.quantities.numerals import MAGNITUDES

__all__ = ["amount_text", "as_read", "number_text", "written_as"]

_MAGNITUDE_WORDS = ("万亿", "亿", "万")


def as_read(written: str) -> str:
    """The writing of a figure as a reader sees it: without white space, and without Markdown's marks of emphasis in it.

    >>> as_read("**1.86** 亿元")
    '1.86亿元'
    """
    return "".join(written.replace("**", "").split())


def written_as(quantity: Quantity, text: str, *, bare: bool) -> str:
    """A figure as the arithmetic shows it: as written in `text`, only its number where `bare`."""
    end = quantity.number_end if bare else quantity.end
    written = as_read(text[quantity.number_start : end]).replace("％", "%")
    if bare and quantity.unit is not None and quantity.unit.name == "%" and not written.endswith("%"):
        written += "%"
    return written


def amount_text(value: Rational, like: Quantity) -> str:
    """A computed value in the unit of `like`, with as many decimals as `like` has and one more where needed."""
    unit = like.surface or (like.unit.name if like.unit is not None else "")
    if like.unit is not None and like.unit.name == "%":
        step = like.step if value == _rounded_to(value, like.step) else Fraction(like.step) / 10
        return number_text(value, step) + "%"
    times = _natural_magnitude(like)
    step = Fraction(like.step) / times
    shown = Fraction(value) / times
    if shown != _rounded_to(shown, step):
        step = step / 10
    word = next((w for w in _MAGNITUDE_WORDS if MAGNITUDES[w] == times), "")
    return number_text(shown, step) + word + unit


def _natural_magnitude(like: Quantity) -> int:
    """The 万 or 亿 in which a figure was written, told from its value and the value of its last digit."""
    if like.value is None or like.step < Fraction(1, 10**4):
        return 1
    for word in _MAGNITUDE_WORDS:
        times = MAGNITUDES[word]
        if (
            size(like.value) >= times // 10
            and like.approximation != "exact"
            and like.step * 10**4 >= times
            and like.step > 1
        ):
            return times
    return 1


def _rounded_to(value: Rational, step: Rational) -> Fraction:
    """The multiple of `step` that is nearest to a value, the even one of two."""
    steps, rest = divmod(value.numerator * step.denominator, parts := value.denominator * step.numerator)
    steps += 2 * rest > parts or (2 * rest == parts and steps % 2)
    return Fraction(steps * step.numerator, step.denominator)


def number_text(value: Rational, step: Rational = Fraction(1, 10**4)) -> str:
    """A number with decimals down to `step` and no zeros behind.

    >>> number_text(Fraction(7735, 2))
    '3867.5'
    """
    rounded = _rounded_to(value, step)
    if rounded.denominator == 1:
        return str(rounded.numerator)
    decimals = 0
    while decimals < 12 and Fraction(step).denominator > 10**decimals:
        decimals += 1
    scaled = round(abs(rounded) * 10**decimals)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{'-' if rounded < 0 else ''}{whole}.{rest:0{decimals}d}".rstrip("0").rstrip(".")
