"""Formulas of rules: parsed once, then evaluated over intervals; never run as code.

The language is arithmetic (``+ - * / **``), numbers, the names of slots, and the functions ``sum``, ``count``,
``first``, ``last``, ``max`` and ``weighted`` over slots that hold several figures, with one comparison
(``== <= >= < >``) on top. The syntax is Python's, so Python's own parser reads it; what it may hold is the closed list
of this module.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from operator import add, mul, sub, truediv
from typing import NamedTuple

from checker.arithmetic.interval import ANYTHING, Interval, Rational, exactly, size

__all__ = ["Comparison", "FormulaError", "Values", "parse_formula"]

# A slot's figures as intervals: one, or as many as a repeated slot caught.
Values = Mapping[str, tuple[Interval, ...]]

_OPERATORS = {ast.Eq: "=", ast.LtE: "≤", ast.GtE: "≥", ast.Lt: "<", ast.Gt: ">"}
_SYMBOLS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.Div: "÷", ast.Pow: "^"}
# How many slots each function takes; None is one or more.
_FUNCTIONS: Mapping[str, int | None] = {"sum": None, "count": None, "first": 1, "last": 1, "max": 1, "weighted": 2}
_MOST_POWER = 100  # more has no meaning over figures, and would take for ever
_RANK = {"+": 1, "-": 1, "×": 2, "÷": 2, "^": 3}


class FormulaError(ValueError):
    """A formula that the language does not know; the message says which part."""


class Comparison(NamedTuple):
    """A parsed formula: two sides and what stands between them."""

    source: str
    operator: str
    left: ast.expr
    right: ast.expr
    names: frozenset[str]

    def sides(self, values: Values) -> tuple[Interval, Interval]:
        """Both sides as intervals; KeyError where a slot has no value."""
        return _evaluate(self.left, values), _evaluate(self.right, values)

    def render(self, side: ast.expr, written: Mapping[str, tuple[str, ...]]) -> str:
        """One side as a reader writes it, with the figures as they stand in `written`.

        What only turns a sign is worked out: where ``fell`` is 1, ``(current - base) * (1 - 2 * fell)`` is
        ``base - current``.
        """
        return _renderer(_without_signs(side, written))(written)[0]


def parse_formula(source: str) -> Comparison:
    """Parse a formula.

    Raises FormulaError, also for a constant power that is not whole: no root is ever taken.

    >>> parse_formula("part / whole == rate").operator
    '='
    """
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"{source!r}: {getattr(error, 'msg', error)}") from error
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1:
        raise FormulaError(f"{source!r}: one comparison is wanted, as in part / whole == rate")
    operator = _OPERATORS.get(type(tree.ops[0]))
    if operator is None:
        raise FormulaError(f"{source!r}: unknown comparison")
    names: set[str] = set()
    try:
        for side in (tree.left, tree.comparators[0]):
            _check(side, source, names)
    except RecursionError as error:
        raise FormulaError(f"{source!r}: {error}") from error
    return Comparison(source, operator, tree.left, tree.comparators[0], frozenset(names))


def _check(node: ast.expr, source: str, names: set[str]) -> None:
    match node:
        case ast.BinOp(left, operator, right) if type(operator) in _SYMBOLS:
            _check(left, source, names)
            _check(right, source, names)
            if isinstance(operator, ast.Pow) and _is_constant(right) and _whole(_evaluate(right, {})) is None:
                raise FormulaError(f"{source!r}: {ast.unparse(right)} is no whole power up to {_MOST_POWER}")
        case ast.UnaryOp(ast.USub(), operand):
            _check(operand, source, names)
        case ast.Constant(value) if isinstance(value, (int, float)) and not isinstance(value, bool):
            try:
                Fraction(str(value))
            except ValueError as error:  # 1e999 is infinite
                raise FormulaError(f"{source!r}: one of the numbers is too large") from error
        case ast.Name(id):
            names.add(id)
        case ast.Call(ast.Name(function), arguments, []) if function in _FUNCTIONS:
            wanted = _FUNCTIONS[function]
            if not arguments or (wanted is not None and len(arguments) != wanted):
                raise FormulaError(f"{source!r}: {function}() takes {wanted or 'one or more'} slots")
            for argument in arguments:
                if not isinstance(argument, ast.Name):
                    raise FormulaError(f"{source!r}: {function}() takes slots")
                names.add(argument.id)
        case _:
            raise FormulaError(f"{source!r}: {ast.unparse(node)} is not part of the language")


def _evaluate(node: ast.expr, values: Values) -> Interval:
    return _evaluator(node)(values)


@lru_cache(maxsize=4096)
def _evaluator(node: ast.expr) -> Callable[[Values], Interval]:
    """What works out a part of a formula; the tree is walked once, not for every set of figures."""
    match node:
        case ast.Name(id):
            return lambda values: values[id][0]
        case ast.Constant(value):
            constant = exactly(_whole_or_exact(value))
            return lambda values: constant
        case ast.UnaryOp(_, operand):
            inner = _evaluator(operand)
            return lambda values: -inner(values)
        case ast.BinOp(left, sign, right):
            function, a, b = _ARITHMETIC[type(sign)], _evaluator(left), _evaluator(right)
            return lambda values: function(a(values), b(values))
        case ast.Call(ast.Name(name), arguments, _):
            slots = [argument.id for argument in arguments if isinstance(argument, ast.Name)]
            return lambda values: _call(name, [values[slot] for slot in slots])
    raise FormulaError(ast.unparse(node))  # parse_formula lets nothing else through


def _whole_or_exact(value: object) -> Rational:
    number = Fraction(str(value))
    return number.numerator if number.denominator == 1 else number


def _call(function: str, slots: list[tuple[Interval, ...]]) -> Interval:
    match function:
        case "sum":
            total = exactly(0)
            for slot in slots:
                for value in slot:
                    total = total + value
            return total
        case "count":
            return exactly(sum(len(slot) for slot in slots))
        case "weighted":
            total = exactly(0)
            for amount, mean in zip(*slots, strict=True):
                total = total + amount * mean
            return total
        case "max":
            return max(slots[0], key=lambda value: (value.high is None, value.high or 0))
        case "first":
            return slots[0][0]
        case _:
            return slots[0][-1]


def _power(base: Interval, exponent: Interval) -> Interval:
    """Whole powers, negative ones too; 1/n-th roots are left to formulas that multiply instead."""
    times = _whole(exponent)
    if times is None:
        return ANYTHING
    power = exactly(1)
    for _ in range(abs(times)):
        power = power * base
    return power if times >= 0 else power.reciprocal()


_ARITHMETIC: Mapping[type[ast.operator], Callable[[Interval, Interval], Interval]] = {
    ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv, ast.Pow: _power,
}  # fmt: skip


def _whole(exponent: Interval) -> int | None:
    """The whole number that an exponent is; None where it is none, or too large."""
    if not exponent.is_point or exponent.low is None:
        return None
    value = Fraction(exponent.low)
    return int(value) if value.denominator == 1 and size(value) <= _MOST_POWER else None


def _is_constant(node: ast.expr) -> bool:
    return not any(isinstance(leaf, ast.Name) for leaf in ast.walk(node))


def _without_signs(node: ast.expr, written: Mapping[str, tuple[str, ...]]) -> ast.expr:
    """The same expression without factors of one and minus one, and without adding nothing."""
    names = _names_beside_numbers(node)
    if names is None:
        return node
    return _simplified(
        node, tuple((name, int(written[name][0])) for name in names if written[name] in (("0",), ("1",)))
    )


@lru_cache(maxsize=4096)
def _names_beside_numbers(node: ast.expr) -> tuple[str, ...] | None:
    """The names in an expression in which a sign or a plain number stands, too; None where neither does."""
    leaves = list(ast.walk(node))
    if not any(isinstance(leaf, (ast.Constant, ast.UnaryOp)) for leaf in leaves):
        return None
    return tuple(sorted({leaf.id for leaf in leaves if isinstance(leaf, ast.Name)}))


# The names of an expression that are written 0 or 1, with their values: flags, and what cannot be told from one.
_Flags = tuple[tuple[str, int], ...]


@lru_cache(maxsize=4096)
def _simplified(node: ast.expr, flags: _Flags) -> ast.expr:
    match node:
        case ast.UnaryOp(_, operand):
            return _negated(_simplified(operand, flags))
        case ast.BinOp(left, operator, right):
            a, b = _simplified(left, flags), _simplified(right, flags)
            for factor, other in ((_plain(right, flags), a), (_plain(left, flags), b)):
                if isinstance(operator, ast.Mult) or (isinstance(operator, ast.Div) and other is a):
                    if factor == 1:
                        return other
                    if factor == -1:
                        return _negated(other)
                if factor == 0 and (isinstance(operator, ast.Add) or (isinstance(operator, ast.Sub) and other is a)):
                    return other
            if isinstance(operator, (ast.Add, ast.Sub)) and isinstance(b, ast.UnaryOp):
                flipped = ast.Sub() if isinstance(operator, ast.Add) else ast.Add()
                return ast.BinOp(a, flipped, b.operand)
            return ast.BinOp(a, operator, b)
    return node


def _negated(node: ast.expr) -> ast.expr:
    """The negative of an expression: a difference the other way round, also where it is multiplied or divided."""
    match node:
        case ast.UnaryOp(_, operand):
            return operand
        case ast.BinOp(left, ast.Sub() as operator, right):
            return ast.BinOp(right, operator, left)
        case ast.BinOp(left, (ast.Mult() | ast.Div()) as operator, right):
            turned = _negated(left)
            if not isinstance(turned, ast.UnaryOp):
                return ast.BinOp(turned, operator, right)
    return ast.UnaryOp(ast.USub(), node)


def _plain(node: ast.expr, flags: _Flags) -> Fraction | None:
    """The number that literals and a flag among them make, as in ``1 - 2 * fell``; None where a figure takes part.

    A flag is written 0 or 1. A name alone is no such number: it may be a figure that happens to be 0 or 1.
    """
    leaves = list(ast.walk(node))
    names = {leaf.id for leaf in leaves if isinstance(leaf, ast.Name)}
    if not names.issubset(dict(flags)) or not any(isinstance(leaf, ast.Constant) for leaf in leaves):
        return None
    if any(isinstance(leaf, ast.Call) for leaf in leaves):
        return None
    value = _evaluate(node, {name: (exactly(flag),) for name, flag in flags})
    return Fraction(value.low) if value.is_point and value.low is not None else None


# Writes an expression with figures as they stand in a text, and tells how tightly its outermost sign binds.
_Renderer = Callable[[Mapping[str, tuple[str, ...]]], tuple[str, int]]


@lru_cache(maxsize=4096)
def _renderer(node: ast.expr) -> _Renderer:
    match node:
        case ast.Name(id):
            return lambda written: (written[id][0], 9)
        case ast.Constant(value):
            return lambda written: (str(value), 9)
        case ast.UnaryOp(_, operand):
            inner = _renderer(operand)
            return lambda written: _negative(*inner(written))
        case ast.BinOp(left, operator, right):
            a, symbol, b = _renderer(left), _SYMBOLS[type(operator)], _renderer(right)
            return lambda written: _joined(*a(written), symbol, *b(written))
        case ast.Call(ast.Name(function), arguments, _):
            names = [argument.id for argument in arguments if isinstance(argument, ast.Name)]
            return lambda written: _called(function, [written[name] for name in names])
    raise FormulaError(ast.unparse(node))  # parse_formula lets nothing else through


def _negative(inner: str, rank: int) -> tuple[str, int]:
    return f"-({inner})" if rank < 2 else f"-{inner}", 1


def _joined(a: str, a_rank: int, symbol: str, b: str, b_rank: int) -> tuple[str, int]:
    rank = _RANK[symbol]
    a = f"({a})" if a_rank < rank else a
    b = f"({b})" if b_rank < rank or (b_rank == rank and (symbol in "-÷" or b[0] == "-")) else b
    return f"{a} {symbol} {b}", rank


def _called(function: str, slots: list[tuple[str, ...]]) -> tuple[str, int]:
    match function:
        case "sum":
            terms = [term for slot in slots for term in slot]
            return " + ".join(terms), 9 if len(terms) == 1 else 1
        case "weighted":
            return " + ".join(f"{a} × {b}" for a, b in zip(*slots, strict=True)), 1
        case "count":
            return str(sum(map(len, slots))), 9
        case "max" if len(slots[0]) > 1:
            return f"最大的（{'、'.join(slots[0])}）", 9
        case "last":
            return slots[0][-1], 9
        case _:
            return slots[0][0], 9
