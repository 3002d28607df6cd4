"""Making the checks of tables: arithmetic over the numbers as their cells write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from checker.arithmetic.interval import Interval
from checker.checks import Check, Operand, Outcome, Severity
from checker.checks.builder import build_check
from checker.reading import Reading
from checker.tables.view import Number, slips

__all__ = ["decimal", "one_slip", "sum_text", "table_check", "written"]

_SHOWN = 6  # terms of a sum that the arithmetic shows; a longer one is cut in its middle


def table_check(
    reading: Reading,
    relation: str,
    outcome: Outcome,
    roles: Mapping[str, Sequence[int]],
    expression: str,
    sides: tuple[Fraction, Fraction, Fraction, Fraction],
    *,
    operator: str = "=",
    accused: int | None = None,
    message: str = "",
    severity: Severity = "error",
    reason: str | None = None,
    suggestion: str | None = None,
    confirms: bool = True,
) -> Check:
    """The check of some cells. `roles` are quantity ids; `accused` is the one at which a finding stands.

    `sides` are the left side, what rounding grants it, the right side and what rounding grants that, in the unit of the cells.
    """
    quantities = reading.quantities
    operands = sorted(
        (Operand(role, number) for role, numbers in roles.items() for number in numbers),
        key=lambda o: (quantities[o.quantity or 0].start, o.role),
    )
    left, about_left, right, about_right = sides
    return build_check(
        relation=relation, outcome=outcome, operands=tuple(operands), operator=operator,
        expression=expression, left=Interval(left - about_left, left + about_left),
        right=Interval(right - about_right, right + about_right),
        start=quantities[operands[0].quantity or 0].start, end=quantities[operands[-1].quantity or 0].end,
        severity=severity, message=message if outcome == "fails" else "", reason=reason,
        suggestion=suggestion if outcome == "fails" else None, link=1, confirms=confirms and outcome != "undecided",
        accused=accused,
    )  # fmt: skip


def written(reading: Reading, number: int) -> str:
    """The number of a cell as it stands there."""
    quantity = reading.quantities[number]
    text = reading.document.text[quantity.number_start : quantity.number_end]
    return "".join(text.split())


def sum_text(reading: Reading, terms: Sequence[tuple[int, int]]) -> str:
    """Terms of a sum, each a sign and a quantity."""
    shown = list(terms) if len(terms) <= _SHOWN else [*terms[: _SHOWN - 2], *terms[-1:]]
    pieces: list[str] = []
    for at, (sign, number) in enumerate(shown):
        if at == len(shown) - 1 and len(shown) < len(terms):
            pieces.append(" + …")
        text = written(reading, number)
        if pieces or sign < 0:
            pieces.append(f" {'+' if sign > 0 else '-'} " if pieces else "-")
        pieces.append(f"({text})" if text.startswith(("-", "−")) and pieces else text)
    return "".join(pieces)


def one_slip(reading: Reading, numbers: Sequence[tuple[int, Number]], gap: int, slack: int) -> str | None:
    """The one slip of the pen that would close a gap, as ``1,290 → 1,920``; empty where several would, None where none does.

    `numbers`, `gap` and `slack` are those of `checker.tables.view.slips`.
    """
    found = slips(numbers, gap, slack)
    if not found:
        return None
    if len(found) > 1:
        return ""
    at, value = found[0]
    number = numbers[at][1]
    said = written(reading, number.quantity)
    decimals = len(said.rstrip(")）%").partition(".")[2])
    return f"{said} → {decimal(value // number.step, decimals, grouped=',' in said)}"


def decimal(value: int, decimals: int, *, grouped: bool) -> str:
    """A whole number of last digits as people write it in the table."""
    digits = f"{abs(value):0{decimals + 1}d}"
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    if grouped:
        whole = f"{int(whole):,}"
    return f"{'-' if value < 0 else ''}{whole}{'.' if rest else ''}{rest}"
