"""Which figures a figure belongs to, as views of the checks that stand on both: its level, its whole, its base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from checker.checks.model import Check

__all__ = ["NO_PARTNERS", "Partners", "partners_in"]


class Partners(NamedTuple):
    """The ids of figures that one belongs to: `of` what it is a share or a change of, `whole` of a share, `base` of a change."""

    of: int | None = None
    whole: int | None = None
    base: int | None = None


NO_PARTNERS = Partners()
_ANCHORS = ("rate", "change", "times")


def partners_in(checks: Iterable[Check]) -> dict[int, Partners]:
    """The partners of each figure that has some, by its id; the first check of a document that names them counts."""
    found: dict[int, Partners] = {}
    for check in checks:
        if check.outcome == "undecided":
            continue
        roles = {operand.role: operand.quantity for operand in reversed(check.operands)}
        many = len(roles) < len(check.operands)
        anchor = next((roles[role] for role in _ANCHORS if roles.get(role) is not None), None)
        if anchor is None or many:
            continue
        if "part" in roles and "whole" in roles:
            found.setdefault(anchor, Partners(of=roles["part"], whole=roles["whole"]))
        elif "current" in roles:
            found.setdefault(anchor, Partners(of=roles["current"], base=roles.get("base")))
            if "rate" in roles and roles.get("change") is not None:
                found.setdefault(roles["change"], Partners(of=roles["current"]))  # type: ignore[arg-type]  # not None
    return found
