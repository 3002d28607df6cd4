"""Conditions of rules: ``where`` and ``undecided.when``; parsed once, evaluated over claims, never run as code.

A condition is calls of the functions below joined by ``and``, ``or`` and ``not``. An argument is a slot or a word group of the pattern, a word
list, a string, or a number; each function says which.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from checker.rules.patterns import word_search
from checker.units import convertible

if TYPE_CHECKING:
    from checker.claims import Claims
    from checker.quantities import Quantity

__all__ = ["FUNCTIONS", "Condition", "ConditionError", "Function", "Names", "Proposal", "parse_condition"]


class ConditionError(ValueError):
    """A condition that the language does not know; the message says which part."""


class Proposal(NamedTuple):
    """What a pattern proposes: the figures in its slots with their claims, the words it matched, and the words around.

    `words` is the matched stretch of the skeleton, `sentence` the sentence it stands in; `lists` are the rule file's word lists.
    """

    figures: Mapping[str, tuple[Quantity, ...]]
    claims: Claims
    words: str
    sentence: str
    groups: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]


Condition = Callable[[Proposal], bool]
Kind = Literal["slot", "group", "list", "text", "number"]
# What there is of each kind of name.
Names = Mapping[Kind, Container[str]]


class Function(NamedTuple):
    """A function of the language: its test, and the kinds of its arguments, the last of which may repeat."""

    test: Callable[..., bool]
    takes: tuple[Kind, ...]
    repeats: bool = False

    def kinds(self, count: int) -> tuple[Kind, ...]:
        """The kinds of so many arguments, or as near to that as the function allows."""
        return self.takes + self.takes[-1:] * (count - len(self.takes)) if self.repeats else self.takes

    @property
    def signature(self) -> str:
        return ", ".join(self.takes) + (", …" if self.repeats else "")


def _figures(proposal: Proposal, slots: tuple[str, ...]) -> list[Quantity]:
    return [q for slot in slots for q in proposal.figures.get(slot, ())]


def _same_unit(p: Proposal, *slots: str) -> bool:
    """All figures bear one unit, or units that convert into each other."""
    first, *others = _figures(p, slots)
    return all(
        (q.unit is None) == (first.unit is None)
        and (q.unit is None or first.unit is None or convertible(q.unit, first.unit))
        for q in others
    )


def _same_head(p: Proposal, *slots: str) -> bool:
    """No two figures count different nouns: 812户 and 1427人 of one 贫困户, but not 50户企业 and 40人."""
    heads = {p.claims.head(q.id) for q in _figures(p, slots)}
    return len(heads - {None}) <= 1


def _exact(p: Proposal, *slots: str) -> bool:
    """No figure is approximate (余, 近, 约, 超过, a range)."""
    return all(q.approximation in ("exact", "rounded") for q in _figures(p, slots))


def _at_least(p: Proposal, slot: str, number: Fraction) -> bool:
    """A repeated slot caught at least so many figures."""
    return len(p.figures.get(slot, ())) >= number


def _as_many(p: Proposal, first: str, second: str) -> bool:
    """Two repeated slots caught equally many figures."""
    return len(p.figures.get(first, ())) == len(p.figures.get(second, ()))


def _mentions(p: Proposal, *lists: str) -> bool:
    """A word of one of these lists stands in the matched words."""
    return any(word_search(p.lists[name]).search(p.words) is not None for name in lists)


def _sentence_mentions(p: Proposal, *lists: str) -> bool:
    """A word of one of these lists stands in the sentence."""
    return any(word_search(p.lists[name]).search(p.sentence) is not None for name in lists)


def _matched(p: Proposal, *groups: str) -> bool:
    """One of these word groups of the pattern took part in the match."""
    return any(p.groups.get(group) for group in groups)


def _distinct(p: Proposal, first: str, second: str) -> bool:
    """Two slots do not hold figures of the same value."""
    a, b = _figures(p, (first,)), _figures(p, (second,))
    return not any(x.value == y.value for x in a for y in b)


def _below(p: Proposal, slot: str, number: Fraction) -> bool:
    """Every figure of the slot is smaller than the number, in the figure's own unit."""
    return all(q.value is not None and q.value < number for q in _figures(p, (slot,)))


def _ends_with(p: Proposal, first: str, second: str) -> bool:
    """The words of one group end in those of another, as a name does in its kind (粮食种植面积, 种植面积)."""
    a, b = p.groups.get(first) or "", p.groups.get(second) or ""
    return len(b) >= 2 and a.endswith(b)


def _unit_is(p: Proposal, slot: str, name: str) -> bool:
    """Every figure of the slot bears this unit (its canonical name)."""
    return all(q.unit is not None and q.unit.name == name for q in _figures(p, (slot,)))


def _beyond(p: Proposal, slot: str) -> bool:
    """The figure is a mark that was passed: 突破一千, 超过500家."""
    return all(q.approximation == "over" and q.interval.high is None for q in _figures(p, (slot,)))


def _opens(p: Proposal, *slots: str) -> bool:
    """No other figure of its unit stands before the first of these in its sentence."""
    return p.claims.is_first_of_unit(min(q.id for q in _figures(p, slots)))


def _neighbours(p: Proposal, first: str, second: str) -> bool:
    """No other figure of their unit stands between two figures."""
    a, b = sorted((_figures(p, (first,))[0].id, _figures(p, (second,))[-1].id))
    return p.claims.none_of_unit_between(a, b)


def _change(p: Proposal, *slots: str) -> bool:
    """Some figure says how much something changed: 比上年多增10万人, 较选前少12席."""
    return any(p.claims.is_change(q.id) for q in _figures(p, slots))


def _earlier(p: Proposal, *slots: str) -> bool:
    """Some figure is given only as that of an earlier period: 上年为452.8亿元."""
    return any(p.claims.is_earlier(q.id) for q in _figures(p, slots))


def _unitless(p: Proposal, slot: str) -> bool:
    """The figure bears no unit."""
    return all(q.unit is None for q in _figures(p, (slot,)))


FUNCTIONS: Mapping[str, Function] = {
    "same_unit": Function(_same_unit, ("slot",), repeats=True),
    "same_head": Function(_same_head, ("slot",), repeats=True),
    "exact": Function(_exact, ("slot",), repeats=True),
    "at_least": Function(_at_least, ("slot", "number")),
    "as_many": Function(_as_many, ("slot", "slot")),
    "mentions": Function(_mentions, ("list",), repeats=True),
    "sentence_mentions": Function(_sentence_mentions, ("list",), repeats=True),
    "matched": Function(_matched, ("group",), repeats=True),
    "distinct": Function(_distinct, ("slot", "slot")),
    "below": Function(_below, ("slot", "number")),
    "ends_with": Function(_ends_with, ("group", "group")),
    "unit_is": Function(_unit_is, ("slot", "text")),
    "beyond": Function(_beyond, ("slot",)),
    "neighbours": Function(_neighbours, ("slot", "slot")),
    "opens": Function(_opens, ("slot",), repeats=True),
    "earlier": Function(_earlier, ("slot",), repeats=True),
    "change": Function(_change, ("slot",), repeats=True),
    "unitless": Function(_unitless, ("slot",)),
}


def parse_condition(source: str, names: Names | None = None) -> Condition:
    """Parse a condition.

    `names` are the slots and groups of the pattern and the word lists, which alone may then stand in it; without, any may.
    Raises ConditionError.
    """
    try:
        return _build(ast.parse(source, mode="eval").body, source, names)
    except ConditionError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(f"{source!r}: {getattr(error, 'msg', error)}") from error


def _build(node: ast.expr, source: str, names: Names | None) -> Condition:
    match node:
        case ast.BoolOp(operator, values):
            parts = [_build(value, source, names) for value in values]
            if isinstance(operator, ast.And):
                return lambda p: all(part(p) for part in parts)
            return lambda p: any(part(p) for part in parts)
        case ast.UnaryOp(ast.Not(), operand):
            inner = _build(operand, source, names)
            return lambda p: not inner(p)
        case ast.Call(ast.Name(name), arguments, []) if name in FUNCTIONS:
            function = FUNCTIONS[name]
            kinds = function.kinds(len(arguments))
            if len(kinds) != len(arguments):
                raise ConditionError(f"{source!r}: {name}({function.signature}) is wanted")
            test = function.test
            given = [_argument(a, kind, source, names) for a, kind in zip(arguments, kinds, strict=True)]
            return lambda p: test(p, *given)
    raise ConditionError(f"{source!r}: {ast.unparse(node)} is not part of the language")


def _argument(node: ast.expr, kind: Kind, source: str, names: Names | None) -> str | Fraction:
    match kind, node:
        case "text", ast.Constant(str(text)):
            return text
        case "number", ast.Constant(int(number) | float(number)) if not isinstance(number, bool):
            return Fraction(str(number))  # not of the float itself: 0.05 is five hundredths. ValueError for 1e999
        case "slot" | "group" | "list", ast.Name(name) if names is None or name in names[kind]:
            return name
    raise ConditionError(f"{source!r}: {_shown(node)} is no {kind}{_instead(node, names)}")


def _shown(node: ast.expr) -> str:
    return repr(node.id) if isinstance(node, ast.Name) else ast.unparse(node)


def _instead(node: ast.expr, names: Names | None) -> str:
    """What a name is where something else is wanted."""
    if names is None or not isinstance(node, ast.Name):
        return ""
    return "".join(f" but a {kind}" for kind, known in names.items() if node.id in known)
