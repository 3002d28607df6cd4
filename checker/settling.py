"""Checks of all rules, brought together: one check for one thing, and nothing accused on the word of a disputed figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.checks import Check
from checker.quantities import Quantity

__all__ = ["settle"]


def settle(found: Iterable[Check], quantities: Sequence[Quantity]) -> tuple[Check, ...]:
    """The checks in text order with their ids.

    Of several checks of one relation over the same operands the first stays. A check over an inferred link that fails with a
    figure that a stated link has already found wrong is undecided.
    """
    kept: list[Check] = []
    seen: set[tuple[object, ...]] = set()
    for check in found:
        key = (check.relation, frozenset(check.operands))
        if key not in seen:
            seen.add(key)
            kept.append(check)
    disputed = {o.quantity for c in kept if c.outcome == "fails" and c.link <= 2 for o in c.operands}
    kept = [
        check._replace(outcome="undecided", reason="所用的数字已与别处矛盾")
        if check.outcome == "fails" and check.link > 2 and any(o.quantity in disputed for o in check.operands)
        else check
        for check in kept
    ]
    kept.sort(key=lambda c: (c.start, c.end, c.rule, c.outcome))
    return tuple(check.named(i, check.rule, check.slug) for i, check in enumerate(kept))
