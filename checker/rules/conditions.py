"""Conditions of rules: ``where`` and ``undecided.when``; parsed once, evaluated over claims, never run as code.

A condition is calls of the functions below joined by ``and``, ``or`` and ``not``. An argument is a slot, a string, or a number.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from checker.units import convertible

if TYPE_CHECKING:
    from checker.claims import Claim
    from checker.quantities import Quantity

__all__ = ["FUNCTIONS", "Condition", "ConditionError", "Proposal", "parse_condition"]


class ConditionError(ValueError):
    """A condition that the language does not know; the message says which part."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a pattern proposes: the figures in its slots with their claims, the words it matched, and the words around.

    `words` is the matched stretch of the skeleton, `sentence` the sentence it stands in; `lists` are the rule file's word lists.
    """

    figures: Mapping[str, tuple[Quantity, ...]]
    claims: tuple[Claim, ...]
    words: str
    sentence: str
    groups: Mapping[str, str]
    lists: Mapping[str, regex.Pattern[str]]

    def claims_of(self, slot: str) -> tuple[Claim, ...]:
        return tuple(self.claims[q.id] for q in self.figures.get(slot, ()))


Argument = str | int | float
Condition = Callable[[Proposal], bool]


def _figures(proposal: Proposal, slots: tuple[Argument, ...]) -> list[Quantity]:
    return [q for slot in slots for q in proposal.figures.get(str(slot), ())]


def _same_unit(p: Proposal, *slots: Argument) -> bool:
    """All figures bear one unit, or units that convert into each other."""
    first, *others = _figures(p, slots)
    return all(
        (q.unit is None) == (first.unit is None)
        and (q.unit is None or first.unit is None or convertible(q.unit, first.unit))
        for q in others
    )


def _same_head(p: Proposal, *slots: Argument) -> bool:
    """No two figures count different nouns: 812户 and 1427人 of one 贫困户, but not 50户企业 and 40人."""
    heads = {c.head for slot in slots for c in p.claims_of(str(slot)) if c.head}
    return len(heads) <= 1


def _exact(p: Proposal, *slots: Argument) -> bool:
    """No figure is approximate (余, 近, 约, 超过, a range)."""
    return all(q.approximation in ("exact", "rounded") for q in _figures(p, slots))


def _at_least(p: Proposal, slot: Argument, number: Argument) -> bool:
    """A repeated slot caught at least so many figures."""
    return len(p.figures.get(str(slot), ())) >= float(number)


def _as_many(p: Proposal, first: Argument, second: Argument) -> bool:
    """Two repeated slots caught equally many figures."""
    return len(p.figures.get(str(first), ())) == len(p.figures.get(str(second), ()))


def _mentions(p: Proposal, *lists: Argument) -> bool:
    """A word of one of these lists stands in the matched words."""
    return any(p.lists[str(name)].search(p.words) is not None for name in lists)


def _sentence_mentions(p: Proposal, *lists: Argument) -> bool:
    """A word of one of these lists stands in the sentence."""
    return any(p.lists[str(name)].search(p.sentence) is not None for name in lists)


def _matched(p: Proposal, *groups: Argument) -> bool:
    """One of these word groups of the pattern took part in the match."""
    return any(p.groups.get(str(group)) for group in groups)


def _distinct(p: Proposal, first: Argument, second: Argument) -> bool:
    """Two slots do not hold figures of the same value."""
    a, b = _figures(p, (first,)), _figures(p, (second,))
    return not any(x.value == y.value for x in a for y in b)


def _below(p: Proposal, slot: Argument, number: Argument) -> bool:
    """Every figure of the slot is smaller than the number, in the figure's own unit."""
    return all(q.value is not None and q.value < float(number) for q in _figures(p, (slot,)))


def _ends_with(p: Proposal, first: Argument, second: Argument) -> bool:
    """The words of one group end in those of another, as a name does in its kind (粮食种植面积, 种植面积)."""
    a, b = p.groups.get(str(first)) or "", p.groups.get(str(second)) or ""
    return len(b) >= 2 and a.endswith(b)


def _unit_is(p: Proposal, slot: Argument, name: Argument) -> bool:
    """Every figure of the slot bears this unit (its canonical name)."""
    return all(q.unit is not None and q.unit.name == name for q in _figures(p, (slot,)))


def _beyond(p: Proposal, slot: Argument) -> bool:
    """The figure is a mark that was passed: 突破一千, 超过500家."""
    return all(q.approximation == "over" and q.interval.high is None for q in _figures(p, (slot,)))


def _unitless(p: Proposal, slot: Argument) -> bool:
    """The figure bears no unit."""
    return all(q.unit is None for q in _figures(p, (slot,)))


FUNCTIONS: Mapping[str, Callable[..., bool]] = {
    "same_unit": _same_unit,
    "same_head": _same_head,
    "exact": _exact,
    "at_least": _at_least,
    "as_many": _as_many,
    "mentions": _mentions,
    "sentence_mentions": _sentence_mentions,
    "matched": _matched,
    "distinct": _distinct,
    "below": _below,
    "ends_with": _ends_with,
    "unit_is": _unit_is,
    "beyond": _beyond,
    "unitless": _unitless,
}


def parse_condition(source: str) -> tuple[Condition, frozenset[str]]:
    """Parse a condition; gives the test and the names (of slots, groups and lists) it uses.

    Raises ConditionError.
    """
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        raise ConditionError(f"{source!r}: {error.msg}") from error
    names: set[str] = set()
    return _build(tree, source, names), frozenset(names)


def _build(node: ast.expr, source: str, names: set[str]) -> Condition:
    match node:
        case ast.BoolOp(operator, values):
            parts = [_build(value, source, names) for value in values]
            if isinstance(operator, ast.And):
                return lambda p: all(part(p) for part in parts)
            return lambda p: any(part(p) for part in parts)
        case ast.UnaryOp(ast.Not(), operand):
            inner = _build(operand, source, names)
            return lambda p: not inner(p)
        case ast.Call(ast.Name(function), arguments, []) if function in FUNCTIONS:
            values_: list[Argument] = []
            for argument in arguments:
                match argument:
                    case ast.Name(id):
                        names.add(id)
                        values_.append(id)
                    case ast.Constant(value) if isinstance(value, (str, int, float)):
                        values_.append(value)
                    case _:
                        raise ConditionError(f"{source!r}: {ast.unparse(argument)} is no slot, string or number")
            test = FUNCTIONS[function]
            return lambda p: test(p, *values_)
    raise ConditionError(f"{source!r}: {ast.unparse(node)} is not part of the language")
