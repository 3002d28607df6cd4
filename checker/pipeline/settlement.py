"""Checks of all rules, brought together: one check for one thing, no accusation without a licence, none on a disputed figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from checker.checks import Accuses, Check
from checker.checks.confirmation import could_be_chance, figures_confirmed
from checker.checks.doubt import is_doubtful
from checker.reading import Reading

__all__ = ["Named", "settle"]


class Named(Protocol):
    """What a check is named after: its rule."""

    @property
    def id(self) -> str: ...

    @property
    def slug(self) -> str: ...

    @property
    def accuses(self) -> Accuses: ...


# A figure in one of these roles answers for one group only: the base of a change, the whole of a share.
_ANCHORS = frozenset(["rate", "change", "times", "mean"])


def settle(found: Iterable[tuple[Named, Check]], reading: Reading) -> tuple[Check, ...]:
    """The checks of rules in text order, with their ids and the names of their rules.

    Of several checks of one relation over the same operands the first stays. A failure that its rule does not let accuse is
    undecided; so is one over an inferred link with a figure that a stated link has already found wrong, or with a rate or change
    that a stated link has found right.
    """
    kept: list[tuple[Named, Check]] = []
    seen: set[tuple[object, ...]] = set()
    for rule, check in found:
        key = (check.relation, frozenset(check.operands))
        if key not in seen:
            seen.add(key)
            kept.append((rule, _licensed(rule, check, reading)))
    failing = [(at, check) for at, (_, check) in enumerate(kept) if check.outcome == "fails"]
    disputed = {operand.quantity for _, check in failing if check.link <= 2 for operand in check.operands}
    for at, check in failing:
        if check.link > 2 and any(operand.quantity in disputed for operand in check.operands):
            kept[at] = kept[at][0], check._replace(outcome="undecided", reason="所用的数字已与别处矛盾")
    explained = {
        operand
        for _, check in kept
        if check.link <= 2 and check.holds and check.confirms
        for operand in check.operands
        if operand.role in _ANCHORS
    }
    for at, (rule, check) in enumerate(kept):
        if check.outcome == "fails" and check.link > 2 and not explained.isdisjoint(check.operands):
            kept[at] = rule, check._replace(outcome="undecided", reason="这个数字已与别处相符")
    kept.sort(key=lambda pair: (pair[1].start, pair[1].end, pair[0].id, pair[1].outcome))
    return tuple(check.named(number, rule.id, rule.slug) for number, (rule, check) in enumerate(kept))


def _licensed(rule: Named, check: Check, reading: Reading) -> Check:
    """A check with what it confirms, or with how much its failure looks like a slip; undecided where that is too little."""
    if check.holds and check.confirms:
        confirmed = figures_confirmed(check, reading.quantities) if check.confirmed is None else check.confirmed
        inferred = check.link > 2 or rule.accuses != "always" or check.accuses != "always"
        if inferred and confirmed and could_be_chance(check, reading.quantities):
            confirmed = ()
        return check._replace(confirmed=confirmed)
    if check.outcome not in ("fails", "holds-truncated"):
        return check
    from checker.checks.slips import ENOUGH, slip_of_check  # only where something fails

    if check.slip is None:
        check = check._replace(slip=slip_of_check(check, reading.quantities, reading.document.folded))
    figures = (reading.quantities[o.quantity] for o in check.operands if o.quantity is not None)
    if any(is_doubtful(figure, reading.document.text) for figure in figures):
        return check._replace(outcome="undecided", reason="数字的写法有疑，未必读全")
    if "never" in (rule.accuses, check.accuses):
        return check._replace(outcome="undecided", reason="文字没有说明这些数字应当相符")
    if "slip" in (rule.accuses, check.accuses) and (check.slip or 0) < ENOUGH:
        return check._replace(outcome="undecided", reason="不像笔误，这些数字未必有关")
    return check
