"""Ratios that part a whole: 三次产业结构3.9∶59.5∶36.6 adds up to a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.arithmetic.interval import Interval, Rational, exactly
from checker.checks import Check, Operand, Outcome
from checker.checks.builder import build_check
from checker.checks.number_format import as_read, number_text
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_partitions"]

# 三次产业比重 · 产业结构由…调整为 · 构成比例为: what is parted into hundredths
_PARTED = pattern("产业|结构|比重|构成|占比")
_BACK = 24  # characters before a ratio in which one of these words stands
_NUMBER = pattern(r"\d+(?:\.\d+)?")
_NEAR = 10  # a ratio whose parts add up to something else than about a hundred is not in hundredths


def check_partitions(reading: Reading, lang: str) -> Iterator[Check]:
    """Each ratio of three parts or more whose words say that it parts a whole."""
    text = reading.document.text
    for quantity in reading.quantities:
        if quantity.kind != "ratio" or len(quantity.parts) < 3:
            continue
        total = sum((Fraction(part) for part in quantity.parts), Fraction(0))
        if abs(total - 100) > _NEAR or _PARTED.search(text, max(0, quantity.start - _BACK), quantity.start) is None:
            continue
        yield _check(quantity, total, text, lang)


def _check(quantity: Quantity, total: Fraction, text: str, lang: str) -> Check:
    numbers = list(_NUMBER.finditer(text, quantity.start, quantity.end))
    margin: Rational = sum((_half_step(number[0]) for number in numbers), Fraction(0))
    left = Interval(total - margin, total + margin)
    outcome: Outcome = "holds" if total == 100 else "holds-rounded" if 100 in left else "fails"
    written = " + ".join(number[0] for number in numbers)
    return build_check(
        relation="percent_total", outcome=outcome,
        operands=tuple(Operand("part", None, number.start(), number.end()) for number in numbers), operator="=",
        expression=f"{written} = {number_text(total)}" + ("" if total == 100 else " ≈ 100" if outcome != "fails" else " ≠ 100"),
        left=left, right=exactly(100), start=quantity.start, end=quantity.end, severity="error",
        message=_MESSAGE[lang].format(as_read(text[quantity.start : quantity.end]), number_text(total)),
    )  # fmt: skip


def _half_step(number: str) -> Fraction:
    return Fraction(1, 2 * 10 ** len(number.partition(".")[2]))


_MESSAGE = {"zh": "{}各项相加为{}，应为100", "en": "{} adds up to {}, not to 100"}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK821",
        slug="ratio-of-hundredths",
        relation="percent_total",
        severity="error",
        function=check_partitions,
        title={"zh": "结构比例合计一百", "en": "A ratio of hundredths adds up to a hundred"},
        messages={"zh": "结构比例相加不是100", "en": "a ratio of hundredths does not add up to 100"},
        fails=("三次产业结构调整为13.9∶59.5∶36.6。",),
        holds=("三次产业结构调整为3.9∶59.5∶36.6。",),
        silent=("三次产业投资之比为2∶5∶3。", "比赛用时为13:59:36。"),
    ),
)
