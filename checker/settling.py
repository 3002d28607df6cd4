"""Checks of all rules, brought together: one check for one thing, and nothing accused on the word of a disputed figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from checker.checks import Check

__all__ = ["Named", "settle"]


class Named(Protocol):
    """What a check is named after: its rule."""

    @property
    def id(self) -> str: ...

    @property
    def slug(self) -> str: ...


def settle(found: Iterable[tuple[Named, Check]]) -> tuple[Check, ...]:
    """The checks of rules in text order, with their ids and the names of their rules.

    Of several checks of one relation over the same operands the first stays. A check over an inferred link that fails with a
    figure that a stated link has already found wrong is undecided.
    """
    kept: list[tuple[Named, Check]] = []
    seen: set[tuple[object, ...]] = set()
    for rule, check in found:
        key = (check.relation, frozenset(check.operands))
        if key not in seen:
            seen.add(key)
            kept.append((rule, check))
    failing = [(at, check) for at, (_, check) in enumerate(kept) if check.outcome == "fails"]
    disputed = {operand.quantity for _, check in failing if check.link <= 2 for operand in check.operands}
    for at, check in failing:
        if check.link > 2 and any(operand.quantity in disputed for operand in check.operands):
            kept[at] = kept[at][0], check._replace(outcome="undecided", reason="所用的数字已与别处矛盾")
    kept.sort(key=lambda pair: (pair[1].start, pair[1].end, pair[0].id, pair[1].outcome))
    return tuple(check.named(number, rule.id, rule.slug) for number, (rule, check) in enumerate(kept))
