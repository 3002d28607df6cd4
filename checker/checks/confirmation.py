"""What a check that holds confirms: the figures that could not be much different without making it fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

from checker.arithmetic.interval import Interval, ends, exactly, in_floats
from checker.quantities import Quantity

if TYPE_CHECKING:
    from checker.arithmetic.formula import Comparison
    from checker.arithmetic.interval import Rational
    from checker.checks.model import Check
    from checker.checks.verdict import Slots

__all__ = ["CHANGE", "could_be_chance", "figures_confirmed", "figures_confirmed_by_formula"]

CHANGE = 0.1
"""A figure is confirmed if it could be neither so much larger nor so much smaller."""

CHANCE = 0.02
"""The greatest probability of agreeing by chance with which a link that is inferred still confirms."""


def figures_confirmed_by_formula(
    formula: Comparison, slots: Slots, flags: Mapping[str, Rational] | None = None
) -> tuple[int, ...]:
    """The ids of the figures that an equality which holds confirms."""
    values: dict[str, tuple[Interval, ...]] = {name: (exactly(value),) for name, value in (flags or {}).items()}
    for name, slot in slots.items():
        if any(q.kind != "quantity" for q in slot):
            return tuple(q.id for s in slots.values() for q in s)  # scores and ratios are written to the digit
        values[name] = tuple(in_floats(q.interval, _factor(q)) for q in slot)
    confirmed = []
    for name, slot in slots.items():
        spans = values[name]
        for place, quantity in enumerate(slot):
            for times in (1 - CHANGE, 1 + CHANGE):
                changed = (*spans[:place], _times(spans[place], times), *spans[place + 1 :])
                left, right = formula.sides({**values, name: changed})
                if left.meets(right):
                    break
            else:
                confirmed.append(quantity.id)
    return tuple(sorted(confirmed))


def figures_confirmed(check: Check, quantities: Sequence[Quantity]) -> tuple[int, ...]:
    """The ids of the figures that a check without a formula confirms: both its sides are sums of figures, or figures themselves."""
    ids = tuple(sorted({o.quantity for o in check.operands if o.quantity is not None}))
    if check.left is None or check.right is None:
        return ids  # no arithmetic: names that are as many as values
    (a, b), (c, d) = ends(check.left), ends(check.right)
    if check.operator != "=":
        return ()
    play = max(abs(b - c), abs(d - a))
    return tuple(number for number in ids if _size(quantities[number]) * CHANGE > play)


def _size(quantity: Quantity) -> float:
    return inf if quantity.value is None else abs(float(quantity.value)) * _factor(quantity)


def could_be_chance(check: Check, quantities: Sequence[Quantity]) -> bool:
    """Whether the sides of a check would agree too often if its figures had nothing to do with each other."""
    if check.left is None or check.right is None:
        return True
    (a, b), (c, d) = ends(check.left), ends(check.right)
    digits = max((_digits(quantities[o.quantity]) for o in check.operands if o.quantity is not None), default=0)
    size = max(abs(b), abs(d))
    if not digits or not size:
        return True
    return b - a + d - c > CHANCE * size or CHANCE * 9 * 10 ** (digits - 1) < 1


def _digits(quantity: Quantity) -> int:
    """How many significant digits a figure has; zeros at its end are none."""
    if quantity.value is None:
        return 0
    return len(str(abs(round(quantity.value / quantity.step))).strip("0"))


def _factor(quantity: Quantity) -> float:
    return 1.0 if quantity.unit is None else float(quantity.unit.factor)


def _times(span: Interval, times: float) -> Interval:
    low, high = (None if end is None else end * times for end in (span.low, span.high))
    return Interval(low, high) if low is None or high is None or low <= high else Interval(high, low)  # type: ignore[arg-type]
