"""From a formula and the figures in it to an outcome with its arithmetic."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from checker.checks import Outcome
from checker.interval import Interval, Rational, exactly, size
from checker.quantities import Quantity
from checker.quantities.approximation import HALF
from checker.quantities.numerals import scale_of
from checker.rules.formula import Comparison, Values
from checker.writing import Written, number_text

__all__ = ["Slots", "Verdict", "base_interval", "judge", "outcome_of"]

Slots = Mapping[str, tuple[Quantity, ...]]


class Verdict(NamedTuple):
    """What came out: the outcome, both sides (in the base units of the formula), and the arithmetic as people write it.

    `computed` and `stated` are the two sides in a reader's unit, `gap` what they differ by; None where a side has no single value.
    """

    outcome: Outcome
    left: Interval
    right: Interval
    expression: str
    computed: str | None
    stated: str | None
    gap: str | None
    confirms: bool


def base_interval(quantity: Quantity, *, loose: bool = False) -> Interval:
    """The interval of a figure in the base unit of its dimension.

    With `loose`, as for figures that only their metric links, a bare count that ends in two noughts or more (3000人)
    was rounded.
    """
    interval = quantity.interval
    if loose and quantity.approximation == "exact" and isinstance(quantity.value, int) and quantity.value % 100 == 0:
        half = scale_of(quantity.value) * HALF
        interval = Interval(quantity.value - half, quantity.value + half)
    return _scaled(interval, quantity)


def _scaled(interval: Interval, quantity: Quantity) -> Interval:
    if quantity.unit is None or quantity.unit.factor == 1:
        return interval
    return interval.scaled(quantity.unit.factor)


def _pair(quantity: Quantity) -> tuple[Interval, ...] | None:
    """The two numbers of a score or ratio, which a slot holds as two values."""
    if quantity.kind in ("score", "ratio") and len(quantity.parts) == 2:
        return tuple(exactly(part) for part in quantity.parts)
    return None


def _filled(slots: Slots, reader: Callable[[Quantity], Interval]) -> dict[str, tuple[Interval, ...]]:
    return {name: tuple(value for q in slot for value in (_pair(q) or (reader(q),))) for name, slot in slots.items()}


def _truncated(quantity: Quantity) -> Interval:
    """The interval of a figure that may have been cut after its last digit instead of rounded."""
    if quantity.approximation != "rounded" or quantity.value is None:
        return base_interval(quantity)
    interval = quantity.interval
    return _scaled(Interval(interval.low, quantity.value + quantity.step, True, False), quantity)


_ROUGHLY = 1e-9  # of a figure; far more than floating-point numbers lose on the way


def _roughly(quantity: Quantity, loose: bool) -> Interval:
    """An interval in floating-point numbers that holds all that a figure may stand for, be it rounded or cut, and a little more."""
    if quantity.value is None or quantity.bounds is not None or loose:
        exact = base_interval(quantity, loose=loose)
        end = exact.high
        if quantity.approximation == "rounded" and end is not None:
            end = max(end, _truncated(quantity).high or end)
        a, b = (None if exact.low is None else float(exact.low)), (None if end is None else float(end))
    else:
        factor = 1.0 if quantity.unit is None else float(quantity.unit.factor)
        step = 0.0 if quantity.approximation == "exact" else float(quantity.step) * factor
        a = b = float(quantity.value) * factor
        a, b = a - step / 2, b + step
    low, high = None if a is None else a - abs(a) * _ROUGHLY, None if b is None else b + abs(b) * _ROUGHLY
    return Interval(low, high)  # type: ignore[arg-type]  # the same arithmetic, over other numbers


def _point(quantity: Quantity) -> Interval:
    return _scaled(quantity.interval if quantity.value is None else exactly(quantity.value), quantity)


def outcome_of(
    formula: Comparison, slots: Slots, *, flags: Mapping[str, Rational] | None = None, loose: bool = False
) -> Outcome:
    """What a formula comes out as over some figures, without the arithmetic: for trying several."""
    plain = _plain(flags)
    if formula.operator == "=":
        left, right = formula.sides({**plain, **_filled(slots, lambda q: _roughly(q, loose))})
        if not left.meets(right):
            return "fails"  # most of what is tried, and floating-point numbers tell so in a tenth of the time
    return _weigh(formula, slots, plain, loose)[0]


def _plain(flags: Mapping[str, Rational] | None) -> dict[str, tuple[Interval, ...]]:
    return {name: (exactly(value),) for name, value in flags.items()} if flags else {}


def _weigh(
    formula: Comparison, slots: Slots, plain: Values, loose: bool
) -> tuple[Outcome, Interval, Interval, Interval, Interval]:
    """The outcome, both sides as intervals, and both sides of the figures taken as written."""
    left, right = formula.sides({**plain, **_filled(slots, lambda q: base_interval(q, loose=loose))})
    left_point, right_point = left, right
    if formula.operator == "=" and left.meets(right):
        left_point, right_point = formula.sides({**plain, **_filled(slots, _point)})
    outcome = _outcome(formula.operator, left, right, left_point, right_point)
    if outcome == "fails":
        cut = formula.sides({**plain, **_filled(slots, _truncated)})
        if _outcome(formula.operator, *cut, left_point, right_point) != "fails":
            outcome = "holds-truncated"
    return outcome, left, right, left_point, right_point


def judge(
    formula: Comparison, slots: Slots, text: str, *, flags: Mapping[str, Rational] | None = None, loose: bool = False
) -> Verdict:
    """Judge a formula over the figures that fill its slots.

    `text` is the document's, for writing the arithmetic in the document's own figures; `flags` are plain numbers that the
    formula names besides (1 where a word group of the pattern matched, else 0).
    """
    plain = _plain(flags)
    outcome, left, right, left_point, right_point = _weigh(formula, slots, plain, loose)
    written = _writings(slots, text)
    used = {n: _shown_pairs(slots[n], tuple(w.text for w in ws)) for n, ws in written.items()} | {
        n: (number_text(v),) for n, v in (flags or {}).items()
    }
    stated = _per_cent(formula, written) or formula.render(formula.right, used)
    computed = gap = None
    target_unit = ""
    if outcome != "holds" and (formula.operator == "=" or outcome == "fails"):
        # The sum as it comes out is shown only where it is not what the text says.
        left_point, right_point = formula.sides({**plain, **_filled(slots, _point)})
        target = _target(formula, slots)
        target_unit = _unit_text(target)
        computed = _shown(left_point, target)
        if left_point.is_point and right_point.is_point and left_point.low is not None and right_point.low is not None:
            gap = _shown(exactly(size(left_point.low - right_point.low)), target)
    shown = computed
    if shown is not None and target_unit and not stated.endswith(target_unit):
        shown = shown.removesuffix(target_unit)  # all figures share the unit, so the arithmetic leaves it out
    expression = _expression(formula, outcome, used, shown, stated)
    finite = left.is_finite and right.is_finite
    confirms = formula.operator == "=" and finite and _tight(left) and _tight(right)
    return Verdict(outcome, left, right, expression, computed, stated, gap, confirms)


def _outcome(operator: str, left: Interval, right: Interval, left_point: Interval, right_point: Interval) -> Outcome:
    if operator in ("≥", ">"):
        left, right, left_point, right_point = right, left, right_point, left_point
        operator = {"≥": "≤", ">": "<"}[operator]
    if operator == "=":
        if not left.meets(right):
            return "fails"
        return "holds" if left_point.is_point and left_point == right_point else "holds-rounded"
    if left.is_at_most(right) and (operator == "≤" or left.is_below(right)):
        return "holds"
    if right.is_below(left) or (operator == "<" and right.is_at_most(left)):
        return "fails"
    return "holds-rounded"


def _tight(side: Interval) -> bool:
    """Whether an interval says enough to confirm a figure: no wider than a fifth of its values."""
    width = side.width
    if width is None or side.low is None or side.high is None:
        return False
    return width == 0 or width * 5 <= max(size(side.low), size(side.high))


def _writings(slots: Slots, text: str) -> dict[str, tuple[Written, ...]]:
    """The figures as the arithmetic shows them: without the unit where all share it, else as the text has them."""
    everything = [q for slot in slots.values() for q in slot]
    one_unit = len({(q.unit.name if q.unit else None) for q in everything}) == 1
    return {name: tuple(Written.of(q, text, bare=one_unit) for q in slot) for name, slot in slots.items()}


def _shown_pairs(slot: tuple[Quantity, ...], written: tuple[str, ...]) -> tuple[str, ...]:
    """The two numbers of a score apart, everything else as it was."""
    return tuple(
        part
        for q, text in zip(slot, written, strict=True)
        for part in ((number_text(p) for p in q.parts) if _pair(q) is not None else (text,))
    )


def _per_cent(formula: Comparison, written: Mapping[str, tuple[Written, ...]]) -> str | None:
    """The plain number of a formula as its figures are written, where these are per cent: 112% is over 100%, not over 1."""
    figures = (figure for slot in written.values() for figure in slot)
    if not isinstance(formula.right, ast.Constant) or not all(figure.text.endswith("%") for figure in figures):
        return None
    return f"{number_text(Fraction(str(formula.right.value)) * 100)}%"


def _target(formula: Comparison, slots: Slots) -> Quantity | None:
    """The figure that stands alone on the right, in whose unit the left side is shown."""
    if isinstance(formula.right, ast.Name):
        slot = slots.get(formula.right.id)
        return slot[0] if slot else None
    return None


def _unit_text(target: Quantity | None) -> str:
    if target is None or target.unit is None or target.unit.name == "%":
        return ""
    return target.surface or target.unit.name


def _shown(value: Interval, target: Quantity | None) -> str | None:
    if not value.is_point or value.low is None:
        return None
    if target is None:
        return number_text(value.low)
    factor = target.unit.factor if target.unit is not None else 1
    return Written.amount(Fraction(value.low) / factor, target)


def _expression(
    formula: Comparison, outcome: Outcome, used: Mapping[str, tuple[str, ...]], computed: str | None, stated: str
) -> str:
    left = formula.render(formula.left, used)
    if formula.operator != "=":
        sign = formula.operator if outcome != "fails" else {"≤": ">", "≥": "<", "<": "≥", ">": "≤"}[formula.operator]
        return f"{left} {sign} {stated}"
    if outcome == "holds":
        return f"{left} = {stated}"
    if computed is None:
        return f"{left} {'≠' if outcome == 'fails' else '≈'} {stated}"
    first = left if left == computed else f"{left} = {computed}"
    return f"{first} {'≠' if outcome == 'fails' else '≈'} {stated}"
