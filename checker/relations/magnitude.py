"""A slip by a power of ten that a second witness shows: 520万元 a head where the total says 520元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import log10

from checker.arithmetic.interval import Interval, size
from checker.checks import Check, Operand
from checker.checks.builder import build_check, comparable
from checker.checks.number_format import as_read
from checker.checks.verdict import base_interval
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_set
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_magnitude"]

_POWERS = (-8, -4, -3, -2, -1, 1, 2, 3, 4, 8)
_NEAR_POWER = 0.1  # how far the rounding of three figures may lead off a power of ten
_WORDS = {4: "万", 8: "亿", -4: "万", -8: "亿"}
_F = "[\ue000-\ue0ff]"
_REST = "[^\ue000-\ue0ff。；！？\n]"
_CHANGE = "增加|减少|增值|减值|净增|净减|增长|下降|多|少|上升|降低|提高"


# 由200家增加到260家，增加60家，增长30% · 账面价值…，评估价值…，评估增值…，增值率…
_CHANGED = pattern(
    f"(?P<one>{_F}){_REST}{{1,24}}(?P<two>{_F}){_REST}{{0,12}}?(?:{_CHANGE})额?(?:了|为)?(?P<change>{_F})，{_REST}{{0,4}}(?:{_CHANGE}|率|幅)(?:为|了|达)?(?P<rate>{placeholder_set('rate')})",
)
# 每人每年520元，全市210万名居民共补助10.92亿元
_MEAN = pattern(
    f"[每人户亩生](?:(?<=每)(?P<per>[人名位户亩生个头])(?:每?[年月天]|每?学[年期])?|(?<!每)均){_REST}{{0,6}}(?P<mean>{_F})，{_REST}{{0,14}}(?P<count>{_F}){_REST}{{0,14}}(?:共|合计|总计|共计){_REST}{{0,8}}(?P<total>{_F})",
)


def check_magnitude(reading: Reading, lang: str) -> Iterator[Check]:
    """A failing check where one of several linked figures agrees with the others only when a power of ten is taken off."""
    for match in _CHANGED.finditer(reading.skeleton.text):
        yield from _change(reading, match, lang)
    for match in _MEAN.finditer(reading.skeleton.text):
        yield from _mean(reading, match, lang)


def _figures(reading: Reading, match: re.Match[str], *names: str) -> list[Quantity] | None:
    """The figures of these groups; None where one is no plain figure."""
    found = [reading.quantities[reading.skeleton.figures[match.start(name)]] for name in names]
    plain = all(
        q.kind == "quantity" and q.value and q.approximation in ("exact", "rounded") and not q.words for q in found
    )
    return found if plain else None


def _shifted(quantity: Quantity, power: int) -> Interval:
    return base_interval(quantity).scaled(Fraction(10) ** power)


# ------------------------------------------------------------------------------------------------ change and rate


def _change(reading: Reading, match: re.Match[str], lang: str) -> Iterator[Check]:
    figures = _figures(reading, match, "one", "two", "change", "rate")
    if figures is None:
        return
    one, two, change, rate = figures
    if not (comparable(one, two) and comparable(one, change)):
        return
    orders = ((one, two), (two, one))
    if any(_agree(base_interval(a), base_interval(b), base_interval(change), base_interval(rate)) for a, b in orders):
        return
    found: set[tuple[int, int]] = set()
    for base, current in orders:
        for wrong, power in _slips(base, current, change):
            low, high, between = (_shifted(q, power if q is wrong else 0) for q in (base, current, change))
            if _agree(low, high, between, base_interval(rate)):
                found.add((wrong.id, power))
    if len(found) == 1:
        ((wrong_id, power),) = found
        yield _check(reading, reading.quantities[wrong_id], power, [one, two, change, rate], lang, "error")


def _slips(base: Quantity, current: Quantity, change: Quantity) -> Iterator[tuple[Quantity, int]]:
    """The figures that a power of ten would bring near to what the other two ask for, with that power."""
    a, b, d = (_amount(q) for q in (base, current, change))
    for figure, value, wanted in ((change, d, (b - a, a - b)), (base, a, (b - d, b + d)), (current, b, (a + d, a - d))):
        for amount in wanted:
            power = log10(amount / value) if amount > 0 and value > 0 else 0.5
            if abs(power - round(power)) < _NEAR_POWER and round(power) in _POWERS:
                yield figure, round(power)


def _amount(quantity: Quantity) -> float:
    factor = quantity.unit.factor if quantity.unit is not None else 1
    return float((quantity.value or 0) * factor)


def _agree(base: Interval, current: Interval, change: Interval, rate: Interval) -> bool:
    """Whether difference and rate both agree, the rate tightly enough to be a witness."""
    if base.low is None or base.low <= 0:
        return False
    rise, fall = current - base, base - current
    if rise.meets(change):
        return (rise / base).meets(rate)
    return fall.meets(change) and (fall / base).meets(rate)


# ------------------------------------------------------------------------------------------------ a mean and its total

_PERSONS = "人名位生"


def _mean(reading: Reading, match: re.Match[str], lang: str) -> Iterator[Check]:
    figures = _figures(reading, match, "mean", "count", "total")
    if figures is None:
        return
    mean, count, total = figures
    if not _counts(count, match["per"] or match[0][0]) or not comparable(mean, total):
        return
    product_ = base_interval(mean) * base_interval(count)
    whole = base_interval(total)
    if product_.meets(whole):
        return
    # Only 万 and 亿 are slips of the pen here, and only where the digits agree.
    powers = [
        power for power in (-8, -4, 4, 8)
        if (shifted := product_.scaled(Fraction(10) ** power)).meets(whole)
        and ((_tight(shifted) and _tight(whole)) or _same_digits(mean, count, total))
    ]  # fmt: skip
    if len(powers) == 1:
        yield _check(reading, mean, powers[0], [mean, count, total], lang, "warning")


def _counts(count: Quantity, per: str) -> bool:
    """Whether the figure counts what the mean is taken over."""
    if count.unit is None:
        return False
    if per in _PERSONS:
        return count.unit.dimension == "[person]"
    return count.surface == per or count.unit.name == per


def _same_digits(mean: Quantity, count: Quantity, total: Quantity) -> bool:
    """Whether the product has the very digits of the total, two or more: 3万 × 120 and 360."""
    product_, whole = Fraction(mean.value or 0) * Fraction(count.value or 0), Fraction(total.value or 0)
    return _digits(product_) == _digits(whole) and len(_digits(whole)) >= 2


def _digits(value: Fraction) -> str:
    """The digits of a decimal without the zeros at either end."""
    return str(value.numerator * 10**8 // value.denominator).strip("0")


def _tight(side: Interval) -> bool:
    if side.low is None or side.high is None:
        return False
    return Fraction(side.high - side.low) * 50 <= size(side.high)


# ------------------------------------------------------------------------------------------------ the check


def _check(reading: Reading, wrong: Quantity, power: int, figures: list[Quantity], lang: str, severity: str) -> Check:
    text = reading.document.text
    written = as_read(text[wrong.start : wrong.end])
    others = "、".join(as_read(text[q.start : q.end]) for q in figures if q is not wrong)
    if power in _WORDS:
        slip = f"{'多' if power < 0 else '少'}了一个“{_WORDS[power]}”"
    else:
        slip = f"应扩大到{10**power}倍" if power > 0 else f"应缩小到{10**-power}分之一"
    message = _MESSAGE[lang].format(written, others, slip, f"10^{power}")
    return build_check(
        relation="magnitude", outcome="fails",
        operands=tuple(Operand("slip" if q is wrong else "witness", q.id) for q in sorted(figures, key=lambda q: q.start)),
        operator="=", expression=f"{written} × 10^{power}", left=base_interval(wrong), right=_shifted(wrong, power),
        start=min(q.start for q in figures), end=max(q.end for q in figures), severity="error" if severity == "error" else "warning",
        message=message, confirms=False,
    )  # fmt: skip


_MESSAGE = {
    "zh": "按{1}推算，{0}{2}",
    "en": "by {1}, {0} is off by a power of ten ({3})",
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK931",
        slug="power-of-ten",
        relation="magnitude",
        severity="error",
        function=check_magnitude,
        title={"zh": "数量级：相差十的整数次方", "en": "Off by a power of ten"},
        messages={"zh": "数字与其他数字相差十的整数次方", "en": "a figure is off by a power of ten"},
        fails=(
            "账面价值551.2万元，评估价值689.0万元，评估增值1378万元，增值率25.0%。",
            "补助提高到每人每年520万元，全市210万名居民共补助10.92亿元。",
            "每户补助3万元，全村120户，合计360元。",
        ),
        silent=(
            "账面价值551.2万元，评估价值689.0万元，评估增值137.8万元，增值率25.0%。",
            "账面价值551.2万元，评估价值689.0万元，评估增值1378万元，增值率31.0%。",
            "补助提高到每人每年520元，全市210万名居民共补助10.92亿元。",
            "补助提高到每人每年520万元，全市210万名居民共补助11.86亿元。",
        ),
    ),
)
