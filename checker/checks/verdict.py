"""From a formula and the figures in it to an outcome with its arithmetic."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from checker.arithmetic.formula import Comparison, Values
from checker.arithmetic.interval import Interval, Rational, exactly, half, size
from checker.checks.model import Outcome
from checker.checks.number_format import amount_text, number_text, written_as
from checker.quantities import Quantity
from checker.quantities.numerals import scale_of

__all__ = ["Slots", "Trial", "Verdict", "base_interval", "judge", "may_hold", "meant", "outcome_of", "pair_of"]

Slots = Mapping[str, tuple[Quantity, ...]]


_MOST_PLACES = 6  # decimal places of the numbers of a ratio


class Verdict(NamedTuple):
    """What came out: the outcome, both sides (in the base units of the formula), and the arithmetic as people write it.

    `computed` and `stated` are the two sides in a reader's unit, `gap` what they differ by where that is more than rounding; None where
    a side has no single value.
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

    With `loose`, as for figures that only their metric links, a bare count that ends in two zeros or more (3000人)
    was rounded.
    """
    interval = meant(quantity)
    if loose and quantity.approximation == "exact" and isinstance(quantity.value, int) and quantity.value % 100 == 0:
        margin = half(scale_of(quantity.value))
        interval = Interval(quantity.value - margin, quantity.value + margin)
    return _scaled(interval, quantity)


def meant(quantity: Quantity) -> Interval:
    """What a figure is held to in a check, in its own unit: behind 约 no more than one up or down in its last digit that is not zero.

    Nearly every 约 before a figure of several digits is plain rounding in published text: 约36.4 is no loose word for 34 or 39.
    """
    interval, value = quantity.interval, quantity.value
    if quantity.approximation != "about" or value is None or interval.low is None or interval.high is None:
        return interval
    margin = max(scale_of(value), half(quantity.step))
    return Interval(max(interval.low, value - margin), min(interval.high, value + margin))


def _scaled(interval: Interval, quantity: Quantity) -> Interval:
    if quantity.unit is None or quantity.unit.factor == 1:
        return interval
    return interval.scaled(quantity.unit.factor)


def pair_of(quantity: Quantity, role: str) -> tuple[Interval, ...] | None:
    """The two numbers of a score or ratio, which a slot holds as two values.

    They are exact where they are compared with those of another, and rounded where others are worked out to make them: the role ratio.
    """
    if quantity.kind in ("score", "ratio") and len(quantity.parts) == 2:
        return tuple(_rounded(part) if role == "ratio" else exactly(part) for part in quantity.parts)
    return None


def _rounded(part: Rational) -> Interval:
    """One number of a ratio, which is rounded to its last digit where it is not the unit: 25 in 1∶25, 2.5 in 2.5∶1."""
    if part == 1:
        return exactly(part)
    margin = half(Fraction(1, 10 ** _places(part)))
    return Interval(part - margin, part + margin)


def _places(part: Rational) -> int:
    """How many decimal places a number has."""
    places = 0
    while (part * 10**places) % 1 and places < _MOST_PLACES:
        places += 1
    return places


def _filled(slots: Slots, reader: Callable[[Quantity], Interval]) -> dict[str, tuple[Interval, ...]]:
    return {
        name: tuple(value for q in slot for value in (pair_of(q, name) or (reader(q),))) for name, slot in slots.items()
    }


def _truncated(quantity: Quantity) -> Interval:
    """The interval of a figure that may have been cut after its last digit instead of rounded."""
    if quantity.approximation != "rounded" or quantity.value is None:
        return base_interval(quantity)
    interval = quantity.interval
    return _scaled(Interval(interval.low, quantity.value + quantity.step, True, False), quantity)


_ROUGHLY = 1e-9  # of a figure; far more than floating-point numbers lose on the way


def _roughly(quantity: Quantity, *, loose: bool) -> Interval:
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


def may_hold(formula: Comparison, slots: Slots) -> bool:
    """Whether an equality may hold over some figures, as nearly as floating-point numbers tell; never wrongly no.

    Most of what is tried does not, and this tells so in a tenth of the time.
    """
    left, right = formula.sides(_filled(slots, lambda q: _roughly(q, loose=False)))
    return left.meets(right)


def outcome_of(formula: Comparison, slots: Slots) -> Outcome:
    """What an equality comes out as over some figures, without the arithmetic: for trying several."""
    return _weigh(formula, slots, {}, loose=False)[0] if may_hold(formula, slots) else "fails"


class Trial:
    """An equality to be tried with one of its figures changed, again and again: what stays is worked out once."""

    def __init__(
        self, formula: Comparison, slots: Slots, *, flags: Mapping[str, Rational] | None = None, loose: bool = False
    ) -> None:
        self._formula, self._slots, self._plain, self._loose = formula, slots, _plain(flags), loose
        self._rough = {**self._plain, **_filled(slots, lambda q: _roughly(q, loose=loose))}

    def may_fit(self, slot: str, place: int, *figures: Quantity) -> bool:
        """Whether a value that lies between some figures, in the place of one, may make the equality hold; never wrongly no.

        The figures have a value and are rounded or exact.
        """
        rough, place = self._rough[slot], sum(1 if pair_of(q, slot) is None else 2 for q in self._slots[slot][:place])
        spans = [_roughly(figure, loose=self._loose) for figure in figures]
        span = Interval(
            min(s.low for s in spans if s.low is not None), max(s.high for s in spans if s.high is not None)
        )
        left, right = self._formula.sides({**self._rough, slot: (*rough[:place], span, *rough[place + 1 :])})
        return left.meets(right)

    def fits(self, slot: str, place: int, figure: Quantity) -> bool:
        """Whether the equality holds with another figure in the place of one."""
        if not self.may_fit(slot, place, figure):
            return False
        figures = self._slots[slot]
        changed = {**self._slots, slot: (*figures[:place], figure, *figures[place + 1 :])}
        return _weigh(self._formula, changed, self._plain, self._loose)[0] in ("holds", "holds-rounded")


def _plain(flags: Mapping[str, Rational] | None) -> dict[str, tuple[Interval, ...]]:
    return {name: (exactly(value),) for name, value in flags.items()} if flags else {}


def _weigh(
    formula: Comparison, slots: Slots, plain: Values, loose: bool
) -> tuple[Outcome, Interval, Interval, tuple[Interval, Interval] | None]:
    """The outcome, both sides as intervals, and both sides of the figures taken as written where the outcome hung on those."""
    left, right = formula.sides({**plain, **_filled(slots, lambda q: base_interval(q, loose=loose))})
    points = None
    if formula.operator == "=" and left.meets(right):
        points = formula.sides({**plain, **_filled(slots, _point)})
    outcome = _outcome(formula.operator, left, right, points or (left, right))
    if outcome == "fails":
        cut = formula.sides({**plain, **_filled(slots, _truncated)})
        if _outcome(formula.operator, *cut, (left, right)) != "fails":
            outcome = "holds-truncated"
    return outcome, left, right, points


def judge(
    formula: Comparison, slots: Slots, text: str, *, flags: Mapping[str, Rational] | None = None, loose: bool = False
) -> Verdict:
    """Judge a formula over the figures that fill its slots.

    `text` is the document's, for writing the arithmetic in the document's own figures; `flags` are plain numbers that the
    formula names besides (1 where a word group of the pattern matched, else 0).
    """
    plain = _plain(flags)
    outcome, left, right, points = _weigh(formula, slots, plain, loose)
    used = _writings(slots, text)
    stated = _per_cent(formula, used)
    if flags:
        used |= {name: (number_text(value),) for name, value in flags.items()}
    stated = stated or formula.render(formula.right, used)
    computed = gap = None
    target_unit = ""
    if outcome != "holds" and (formula.operator == "=" or outcome == "fails"):
        # The sum as it comes out is shown only where it is not what the text says.
        left_point, right_point = points or formula.sides({**plain, **_filled(slots, _point)})
        target = _target(formula, slots)
        target_unit = _unit_text(target)
        computed = _shown(left_point, target)
        told = outcome != "holds-rounded" and left_point.is_point and right_point.is_point
        if told and left_point.low is not None and right_point.low is not None:
            gap = _shown(exactly(size(left_point.low - right_point.low)), target)
    shown = computed
    if shown is not None and target_unit and not stated.endswith(target_unit):
        shown = shown.removesuffix(target_unit)  # all figures share the unit, so the arithmetic leaves it out
    expression = _expression(formula, outcome, used, shown, stated)
    finite = left.is_finite and right.is_finite
    confirms = formula.operator == "=" and finite and _tight(left) and _tight(right)
    return Verdict(outcome, left, right, expression, computed, stated, gap, confirms)


def _outcome(operator: str, left: Interval, right: Interval, points: tuple[Interval, Interval]) -> Outcome:
    if operator == "=":
        if not left.meets(right):
            return "fails"
        left_point, right_point = points
        return "holds" if left_point.is_point and left_point == right_point else "holds-rounded"
    if operator in ("≥", ">"):
        left, right = right, left
        operator = {"≥": "≤", ">": "<"}[operator]
    if left.is_at_most(right) and (operator == "≤" or left.is_below(right)):
        return "holds"
    if right.is_below(left) or (operator == "<" and right.is_at_most(left)):
        return "fails"
    return "holds-rounded"


def _tight(side: Interval) -> bool:
    """Whether an interval says enough to confirm a figure: no wider than a fifth of its values."""
    if side.low is None or side.high is None:
        return False
    if side.low >= 0:
        return side.low is side.high or 4 * side.high <= 5 * side.low
    return (side.high - side.low) * 5 <= max(size(side.low), size(side.high))


def _writings(slots: Slots, text: str) -> dict[str, tuple[str, ...]]:
    """The figures as the arithmetic shows them: without the unit where all share it, else as the text has them.

    The two numbers of a score stand apart, as they do in a formula.
    """
    bare = len({(q.unit.name if q.unit else None) for slot in slots.values() for q in slot}) == 1
    return {name: tuple(shown for q in slot for shown in _shown_as(q, text, bare)) for name, slot in slots.items()}


def _shown_as(quantity: Quantity, text: str, bare: bool) -> tuple[str, ...]:
    if quantity.kind in ("score", "ratio") and len(quantity.parts) == 2:
        return tuple(number_text(part) for part in quantity.parts)
    return (written_as(quantity, text, bare=bare),)


def _per_cent(formula: Comparison, written: Mapping[str, tuple[str, ...]]) -> str | None:
    """The plain number of a formula as its figures are written, where these are per cent: 112% is over 100%, not over 1."""
    if not isinstance(formula.right, ast.Constant):
        return None
    if not all(figure.endswith("%") for slot in written.values() for figure in slot):
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
    return amount_text(Fraction(value.low) / factor, target)


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
