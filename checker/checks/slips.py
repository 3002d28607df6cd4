"""How much a failing check looks like a slip of the pen, against figures that have nothing to do with each other.

The number is a ratio of likelihoods: how probable is such a failure if the figures belong together and one of them is miswritten, by
how probable it is if they do not belong together. Where one change of the pen mends the failure (a digit, two digits swapped, the
decimal point, a 万 too many, a digit lost or doubled), chance is what tells: of the figures with two digits every fourth lies one change
from a given value, of those with five one in two thousand. Where none does, a small gap between long figures is evidence, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import floor, isfinite, log10
from typing import TYPE_CHECKING, NamedTuple

from checker.arithmetic.formula import Comparison, parse_formula
from checker.arithmetic.interval import Interval, Rational, ends, exactly, in_floats
from checker.checks.number_format import as_read
from checker.quantities import Quantity
from checker.quantities.numerals import arabic_number

if TYPE_CHECKING:
    from checker.checks.model import Check
    from checker.checks.verdict import Slots

__all__ = [
    "ENOUGH",
    "Repair",
    "digits_of",
    "ratio_of",
    "ratio_of_repeat",
    "slip_of_check",
    "slip_of_formula",
    "swapped",
]

ENOUGH = 8.0
"""From here on a failure speaks of a slip: the least ratio with which a link that is not explicit may accuse."""

_ONE_CHANGE = 0.85  # of all slips; the rest are miscalculated or rounded badly
_SWAPS = 0.15  # of all slips, two neighbouring digits that change places; assumed, as the share above
_LOOKALIKE = 0.02  # of all slips, one digit that is another; less than there are, for figures that are not the same lie near each other
_MISCALCULATED = 0.1
_CLOSE = 0.05  # a larger gap is not what comes of miscalculating
_LEAST_GAP = 1e-4
_DECADES = 2  # between which figures of one unit in one passage lie, more or less
_LEAST, _MOST = 0.1, 1000.0
_FEW_DIGITS = 3  # with fewer, closeness says nothing


class Repair(NamedTuple):
    """What one figure would have to be: the number as written, and the ends of the values, in the same scale, that mend the failure."""

    written: str
    low: float
    high: float


def ratio_of(repairs: Sequence[Repair], gap: float) -> float:
    """The ratio of likelihoods of a failure, between 0.1 and 1000, with two significant digits.

    `repairs` are those of the figures written in digits; `gap` is the difference of both sides as a part of the larger one.

    >>> ratio_of([Repair("2785", 2758, 2758), Repair("1676", 1703, 1703)], 0.01)
    91.0
    >>> ratio_of([Repair("46", 85, 85)], 0.46)
    0.1
    """
    mended, unharmed = False, 1.0
    for repair in repairs:
        mended = mended or _is_mended(repair)
        unharmed *= 1 - _by_chance(repair)
    ratio = _LEAST
    if mended:
        ratio = _ONE_CHANGE / max(1 - unharmed, 1e-6)
    if 0 < gap <= _CLOSE and max((_digits(repair.written) for repair in repairs), default=0) >= _FEW_DIGITS:
        # Gaps of slips are spread evenly over their magnitudes, those of unrelated figures over their values.
        slips = _MISCALCULATED / (max(gap, _LEAST_GAP) * (log10(_CLOSE) - log10(_LEAST_GAP)) * 2.3)
        ratio = max(ratio, slips / (1 / (_DECADES * 2.3)))
    return float(f"{min(max(ratio, _LEAST), _MOST):.2g}")


def _is_mended(repair: Repair) -> bool:
    """Whether one change of the pen makes the figure what it would have to be."""
    if repair.low <= 0:
        return False  # 6 + 3 = 3: nothing at all is no slip, nor is any small number next to 118亿
    values = (float(arabic_number(variant)[0]) for variant in _changes(repair.written))
    return any(repair.low <= value <= repair.high for value in values)


def _by_chance(repair: Repair) -> float:
    """How probably a random number of the same length would be mended by one change: how many numbers lie one change from the target."""
    value, step, _ = arabic_number(repair.written)
    target = (repair.low + repair.high) / 2
    if value <= 0 or target <= 0:
        return 0.0
    digits = _digits(repair.written)
    longer = floor(log10(target)) - floor(log10(float(value)))
    if longer == 0:
        sources = 9 * digits + digits * (digits - 1) // 2  # another digit in each place, two of them swapped
    elif longer in (1, -1):
        sources = digits + 2  # a digit lost or doubled, the decimal point moved
    else:
        sources = 1 if longer in (2, 4, -2, -4) else 0  # the decimal point, or a 万
    width: float = max(1.0, (repair.high - repair.low) / float(step) / 10 ** max(0, longer))
    return min(1.0, sources * width / float(9 * 10 ** (digits - 1)))


def _digits(written: str) -> int:
    """How many significant digits a number has; zeros at the end of a whole number are none.

    >>> _digits("0.340"), _digits("1200"), _digits("3.5万")
    (3, 2, 2)
    """
    number = written.rstrip("百千万亿").replace(",", "")
    digits = number.replace(".", "").lstrip("0")
    if "." not in number:
        digits = digits.rstrip("0")
    return max(1, len(digits))


def digits_of(quantity: Quantity) -> str | None:
    """The digits of a figure down to its last written place, without magnitude; None where its value is no multiple of that place.

    1.86万 gives 186, 12000 gives 12000.
    """
    value, step = quantity.value, quantity.step
    if value is None:
        return None
    if isinstance(value, int) and step == 1:
        return str(value)
    whole, rest = divmod(value.numerator * step.denominator, value.denominator * step.numerator)
    return None if rest else str(whole)


def ratio_of_repeat(a: Quantity, b: Quantity) -> float:
    """The ratio of likelihoods of two figures in like words: said twice and once miswritten, by two that only look alike.

    Two neighbouring digits that changed places, the same digits in another magnitude, or a digit lost, are what chance hardly makes
    of figures with three digits and more. Another digit in one place is, since counts of one thing lie near each other: 2438 and 2488.
    """
    one, other = digits_of(a), digits_of(b)
    if one is None or other is None or not a.value or not b.value:
        return 0.0
    numbers = 9.0 * 10.0 ** (max(len(one), len(other)) - 1)
    if swapped(one, other):
        return _SWAPS * numbers / (len(one) - 1)
    if shared := _other_magnitude(a, b):
        return _SWAPS * 9 * 10.0 ** (shared - 1) / _DECADES
    if _is_lost(*sorted((one.rstrip("0"), other.rstrip("0")), key=len)):
        digits = max(len(one.rstrip("0")), len(other.rstrip("0")))
        return _SWAPS * 9 * 10.0 ** (digits - 1) / digits
    if len(one) == len(other) and sum(x != y for x, y in zip(one, other, strict=True)) == 1:
        digits = max(len(one.rstrip("0")), len(other.rstrip("0")))
        return _LOOKALIKE * 10.0 ** (digits - 1) / digits
    return 0.0


def _other_magnitude(a: Quantity, b: Quantity) -> int:
    """How many digits two figures share that are the same, or cut short, in another magnitude: 1亿3786万 and 13786631; else 0."""
    one, other = sorted(((digits_of(q) or "").rstrip("0") for q in (a, b)), key=len)
    x, y = (float(q.value or 0) * (1.0 if q.unit is None else float(q.unit.factor)) for q in (a, b))
    return len(one) if other.startswith(one) and floor(log10(x)) != floor(log10(y)) else 0


def _is_lost(short: str, long: str) -> bool:
    """Whether a number lacks one digit of another, not the last: 1493.6 for 11493.6."""
    return len(long) == len(short) + 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long)) if long[:i] != short
    )


def swapped(a: str, b: str) -> bool:
    """Whether two numbers differ only by two neighbouring digits that have changed places.

    >>> swapped("4460", "4406"), swapped("987", "789"), swapped("493", "489")
    (True, False, False)
    """
    if len(a) != len(b):
        return False
    different = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(different) != 2 or different[1] != different[0] + 1:
        return False
    i, j = different
    return a[i] == b[j] and a[j] == b[i]


def _changes(written: str) -> Iterator[str]:
    """What one slip of the pen makes of a number in digits, with a magnitude behind it perhaps."""
    number = written.rstrip("百千万亿")
    behind = written[len(number) :]
    for i, old in enumerate(number):
        if old.isdecimal():
            for new in "0123456789":
                if new != old and not (i == 0 and new == "0" and number[1:2].isdecimal()):
                    yield number[:i] + new + number[i + 1 :] + behind
            after = number[i + 1 : i + 2]
            for j in range(i + 1, len(number)):
                other = number[j]
                if other.isdecimal() and other != old and not (i == 0 and other == "0" and number[1:2].isdecimal()):
                    yield number[:i] + other + number[i + 1 : j] + old + number[j + 1 :] + behind
            if after == old:
                yield number[:i] + number[i + 1 :] + behind  # a digit twice
            for lost in "0123456789":
                yield number[: i + 1] + lost + number[i + 1 :] + behind
    plain = number.replace(",", "")
    if "." in plain:
        at = plain.index(".")
        bare = plain.replace(".", "")
        for place in (at - 1, at + 1):
            if 0 < place < len(bare):
                yield bare[:place] + "." + bare[place:] + behind
        yield bare.lstrip("0") + behind if bare.strip("0") else "0"
    elif len(plain) > 1:
        yield plain[:-1] + "." + plain[-1] + behind
        yield plain[:-1] + behind
        if len(plain) > 2:
            yield plain[:-2] + "." + plain[-2:] + behind
    if behind in ("万", "亿"):
        yield number
        yield number + {"万": "亿", "亿": "万"}[behind]
    elif not behind:
        yield number + "万"


def slip_of_formula(
    formula: Comparison,
    slots: Slots,
    text: str,
    left: Interval,
    right: Interval,
    *,
    flags: Mapping[str, Rational] | None = None,
) -> float:
    """The ratio for a formula that fails over some figures; `left` and `right` are its sides, `text` is that of the document, folded (萬 as 万)."""
    if sum(map(len, slots.values())) > _MANY or formula.operator != "=":
        return ratio_of((), _gap(left, right))
    figures = tuple((name, tuple(_unplaced(q, text) for q in slot)) for name, slot in slots.items())
    return _ratio(formula.source, figures, tuple((flags or {}).items()), left, right)


_Written = tuple[tuple[str, tuple[tuple[Quantity, str], ...]], ...]


def _unplaced(quantity: Quantity, text: str) -> tuple[Quantity, str]:
    """A figure without its place, and how its number is written: the same failure is weighed only once."""
    return quantity.placed(0, 0, 0, 0, 0), as_read(text[quantity.number_start : quantity.number_end])


@lru_cache(maxsize=1024)
def _ratio(
    source: str, written: _Written, flags: tuple[tuple[str, Rational], ...], left: Interval, right: Interval
) -> float:
    return ratio_of(tuple(_repairs(parse_formula(source), written, dict(flags))), _gap(left, right))


_MANY = 40  # figures of one formula; chance mends one of so many in any case


def _repairs(formula: Comparison, figures: _Written, flags: Mapping[str, Rational]) -> Iterator[Repair]:
    """For each figure in digits the values that would make an equality hold, all others being what they are."""
    values: dict[str, tuple[Interval, ...]] = {name: (exactly(value),) for name, value in flags.items()}
    values |= {name: tuple(in_floats(q.interval, _factor(q)) for q, _ in slot) for name, slot in figures}
    for name, slot in figures:
        for place, (quantity, written) in enumerate(slot):
            if not _in_digits(quantity, written):
                continue

            def sides(value: float, margin: float, name: str = name, place: int = place) -> tuple[Interval, Interval]:
                before = values[name]
                own = Interval(value - margin, value + margin)  # type: ignore[arg-type]  # the same arithmetic over floats
                return formula.sides({**values, name: (*before[:place], own, *before[place + 1 :])})

            factor = _factor(quantity)
            solved = _solve(sides, float(quantity.value or 0) * factor, _margin(quantity) * factor)
            if solved is not None:
                yield Repair(written, solved[0] / factor, solved[1] / factor)


def _in_digits(quantity: Quantity, written: str) -> bool:
    """Whether a figure is one number in ASCII digits, with a magnitude behind it perhaps."""
    number = written.rstrip("百千万亿")
    return (
        quantity.kind == "quantity" and quantity.value is not None and not quantity.words
        and number[:1].isdecimal() and number.isascii() and set(number) <= set("0123456789.,") and number.count(".") < 2
    )  # fmt: skip


def _factor(quantity: Quantity) -> float:
    return 1.0 if quantity.unit is None else float(quantity.unit.factor)


def _margin(quantity: Quantity) -> float:
    return 0.0 if quantity.approximation == "exact" else float(quantity.step) / 2


def _solve(
    sides: Callable[[float, float], tuple[Interval, Interval]], value: float, margin: float
) -> tuple[float, float] | None:
    """The values of one figure for which both sides meet, by the secant method; None where there is no such stretch.

    `sides` gives both sides of the equality for a value of the figure and the margin on either side of it.
    """

    def difference(x: float, about: float = 0.0) -> tuple[float, float]:
        """How far the middles of both sides lie apart, and how wide both are together."""
        (a, b), (c, d) = map(ends, sides(x, about))
        return (a + b - c - d) / 2, b - a + d - c

    try:
        x, y = value, value * 1.01 or 1.0
        at_x, at_y = difference(x)[0], difference(y)[0]
        for _ in range(_STEPS):
            x, y, at_x = y, y - at_y * (y - x) / (at_y - at_x), at_y
            at_y = difference(y)[0]
            if abs(y - x) <= _CLOSELY * max(abs(x), abs(y)):
                break
        else:
            return None
        step = y * 1e-4 or 1e-4
        slope = abs((difference(y + step)[0] - at_y) / step)
        about = difference(y, margin)[1] / 2 / slope * (1 + _CLOSELY) + _CLOSELY * abs(y)
    except ArithmeticError:
        return None  # divided by nothing: the figure does not bear on the equality, or only at one value
    return (y - about, y + about) if isfinite(about) else None


_STEPS, _CLOSELY = 12, 1e-9


def _gap(left: Interval | None, right: Interval | None) -> float:
    """How far the middles of two intervals lie apart, or their ends where they have no middle, as a part of the larger; 1 where unknown."""
    if left is None or right is None:
        return 1.0
    (a, b), (c, d) = ends(left), ends(right)
    if isfinite(a + b + c + d):
        apart, size = abs(a + b - c - d) / 2, max(abs(a + b), abs(c + d)) / 2
    else:
        apart, size = max(c - b, a - d), max((abs(end) for end in (a, b, c, d) if isfinite(end)), default=0.0)
    return apart / size if size and apart > 0 else 1.0


def slip_of_check(check: Check, quantities: Sequence[Quantity], text: str) -> float:
    """The ratio for a check without a formula, both of whose sides are sums of its figures or figures themselves; `text` as for a formula."""
    gap = _gap(check.left, check.right)
    if check.operator != "=" or check.left is None or check.right is None or len(check.operands) > _MANY:
        return ratio_of((), gap)
    (a, b), (c, d) = ends(check.left), ends(check.right)
    low, high = c - b, d - a  # what would have to be added to one side
    if not isfinite(high - low):
        return ratio_of((), gap)
    repairs = []
    for operand in check.operands:
        if operand.quantity is None:
            continue
        quantity = quantities[operand.quantity]
        written = as_read(text[quantity.number_start : quantity.number_end])
        if _in_digits(quantity, written):
            value = float(arabic_number(written)[0])
            repairs += [Repair(written, value + low, value + high), Repair(written, value - high, value - low)]
    return ratio_of(repairs, gap)
