"""Making checks: the figures of a stretch of the skeleton, and a check from a formula and its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache

from checker.arithmetic.formula import Comparison, parse_formula
from checker.arithmetic.interval import Interval, size
from checker.checks.confirmation import figures_confirmed_by_formula
from checker.checks.model import Accuses, Check, Operand, Outcome, Severity
from checker.checks.number_format import as_read
from checker.checks.severity import loosely_said, severity_of
from checker.checks.verdict import Slots, Verdict, judge
from checker.document import Replacement
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.units import convertible

__all__ = ["build_check", "comparable", "figures_between", "formula", "make_check"]


@cache
def formula(source: str) -> Comparison:
    """A formula, parsed once."""
    return parse_formula(source)


def figures_between(reading: Reading, start: int, end: int) -> list[tuple[int, Quantity]]:
    """The figures of a stretch of the skeleton, with their places; dates and the like are left out."""
    places, figures = reading.once(_figures)
    return figures[bisect_left(places, start) : bisect_left(places, end)]


def _figures(reading: Reading) -> tuple[list[int], list[tuple[int, Quantity]]]:
    """The places of all figures, and the figures with them, in text order."""
    quantities = reading.quantities
    figures = [
        (place, quantities[number])
        for place, number in reading.skeleton.figures.items()
        if quantities[number].kind == "quantity"
    ]
    return [place for place, _ in figures], figures


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two figures bear one unit, or units that convert."""
    if a.unit is None or b.unit is None:
        return a.unit is b.unit
    return convertible(a.unit, b.unit)


def make_check(
    reading: Reading,
    relation: str,
    expression: Comparison,
    slots: Slots,
    message: str,
    *,
    severity: Severity = "error",
    link: int = 1,
    accuses: bool | Accuses = True,
    flags: Mapping[str, int] | None = None,
    reason: str | None = None,
    confirms: bool = True,
    words: Mapping[str, str] | None = None,
) -> Check:
    """Judge a formula over figures and make the check of it.

    `accuses` says when a failure is reported (`checker.checks.Accuses`). `message` may name slots, the keys of `words`, and
    ``{computed}``, ``{stated}`` and ``{gap}``. With a `reason` the check is undecided. The rule's name is put on later.
    """
    text = reading.document.text
    verdict = judge(expression, slots, text, flags=flags, loose=link >= 3)
    outcome = verdict.outcome
    if outcome == "fails" and reading.rounding_footnote and relation in _SUMS and _within_footnote(verdict, slots):
        outcome = "holds-rounded"
    if reason is None and accuses in (False, "never") and outcome in ("fails", "holds-truncated"):
        reason = "文字没有说明这些数字应当相符"
    if reason is not None:
        outcome = "undecided"
    involved = [q for slot in slots.values() for q in slot]
    said, suggestion, replacement, certain = "", None, None, False
    if outcome == "fails" and link <= 2:
        from checker.checks.suggestion import suggestion_for  # only where something is wrong

        suggested = suggestion_for(expression, slots, text, flags=flags, loose=link >= 3)
        if suggested is not None:
            replacement, certain = suggested
            suggestion = f"{text[replacement.start : replacement.end]} → {replacement.text}"
    if outcome in ("fails", "holds-truncated"):
        filled = {
            **(words or {}),
            **{role: "、".join(as_read(text[q.start : q.end]) for q in slot) for role, slot in slots.items()},
        }
        filled |= {"computed": verdict.computed or "", "stated": verdict.stated or "", "gap": verdict.gap or ""}
        said = message.format(**filled)
    if outcome == "fails" and _hardly_off(verdict, involved):
        outcome, reason = "undecided", "约数，相差不多"
    slip, confirmed = None, None
    if outcome in ("fails", "holds-truncated"):
        from checker.checks.slips import slip_of_formula  # only where something is wrong

        slip = slip_of_formula(expression, slots, reading.document.folded, verdict.left, verdict.right, flags=flags)
    elif outcome != "undecided" and confirms and verdict.confirms:
        confirmed = figures_confirmed_by_formula(expression, slots, flags)
    operands = [operand for role, slot in slots.items() for q in slot for operand in _operands(role, q, text)]
    operands.sort(key=lambda o: (o.start if o.quantity is None else reading.quantities[o.quantity].start, o.role))
    return build_check(
        relation=relation, outcome=outcome, operands=tuple(operands), operator=expression.operator, expression=verdict.expression,
        left=verdict.left, right=verdict.right, start=min(q.start for q in involved), end=max(q.end for q in involved),
        severity=severity, figures=involved, message=said, reason=reason, link=link, confirms=confirms and verdict.confirms,
        suggestion=suggestion, replacement=replacement, certain=certain,
        accuses=accuses if isinstance(accuses, str) else "always" if accuses else "never", slip=slip, confirmed=confirmed,
    )  # fmt: skip


def build_check(
    *,
    relation: str,
    outcome: Outcome,
    operands: tuple[Operand, ...],
    expression: str,
    start: int,
    end: int,
    operator: str = "=",
    left: Interval | None = None,
    right: Interval | None = None,
    severity: Severity = "error",
    figures: Sequence[Quantity] = (),
    message: str = "",
    reason: str | None = None,
    suggestion: str | None = None,
    replacement: Replacement | None = None,
    certain: bool = False,
    link: int = 1,
    confirms: bool = True,
    accused: int | None = None,
    accuses: Accuses = "always",
    slip: float | None = None,
    confirmed: tuple[int, ...] | None = None,
) -> Check:
    """The check of what a relation has judged itself; all checks are made here.

    `figures` may lower the `severity` (`checker.checks.severity`); the rest are the fields of a `Check`. The rule's name is put on later.
    """
    return Check(
        -1, "", "", relation, outcome, operands, operator, expression, left, right, start, end,
        severity_of(severity, link=link, figures=figures), message, reason, suggestion, link, confirms, accused, replacement, certain,
        accuses, slip, confirmed,
    )  # fmt: skip


_SUMS = frozenset(["sum_of_parts", "complement", "percent_total", "table_total"])


def _within_footnote(verdict: Verdict, slots: Slots) -> bool:
    """Whether a sum is off by no more than the footnote about rounding grants: one last digit for each figure in it."""
    figures = [q for slot in slots.values() for q in slot]
    licence = sum((Fraction(q.step) * (q.unit.factor if q.unit is not None else 1) for q in figures), Fraction(0))
    return verdict.left.widened(licence).meets(verdict.right)


_NUMBER = pattern(r"\d+(?:\.\d+)?")


def _operands(role: str, quantity: Quantity, text: str) -> Iterator[Operand]:
    """A figure as an operand; the two numbers of a score or ratio are two."""
    if quantity.kind in ("score", "ratio"):
        for number in _NUMBER.finditer(text, quantity.start, quantity.end):
            yield Operand(role, None, number.start(), number.end())
    else:
        yield Operand(role, quantity.id)


_LITTLE, _LITTLE_IN_WORDS = Fraction(1, 20), Fraction(1, 10)


def _hardly_off(verdict: Verdict, figures: Sequence[Quantity]) -> bool:
    """Whether an approximate figure misses by so little that its writer may have meant it: 近六成 for 62%, 近1倍 for 0.9倍."""
    if not any(q.approximation in ("near", "about") or loosely_said(q) for q in figures):
        return False
    left, right = verdict.left, verdict.right
    low, high = (left, right) if left.is_below(right) else (right, left)
    if low.high is None or high.low is None:
        return False
    margin = _LITTLE_IN_WORDS if any(loosely_said(q) for q in figures) else _LITTLE
    return high.low - low.high <= margin * max(size(low.high), size(high.low))
