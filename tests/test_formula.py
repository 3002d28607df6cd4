"""The two small languages of rules: formulas over intervals, and conditions over claims."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checker.arithmetic.formula import FormulaError, parse_formula
from checker.arithmetic.interval import Interval, exactly
from checker.config import Config
from checker.quantities import Quantity
from checker.reading import Reading, read
from checker.rules.conditions import FUNCTIONS, ConditionError, Proposal, parse_condition
from checker.rules.loading import builtin_rules
from checker.sources import make_document

# ------------------------------------------------------------------------------------------------- what parses


@pytest.mark.parametrize(
    ("source", "operator", "names"),
    [
        ("part / whole == rate", "=", {"part", "whole", "rate"}),
        ("sum(parts) == total", "=", {"parts", "total"}),
        ("persons >= households", "≥", {"persons", "households"}),
        ("base <= current", "≤", {"base", "current"}),
        ("times < 1", "<", {"times"}),
        ("rate > 0.5", ">", {"rate"}),
        ("-base <= current", "≤", {"base", "current"}),
        ("count(items) == number", "=", {"items", "number"}),
        ("first(base) * last(current) >= first(current) * last(base)", "≥", {"base", "current"}),
        ("max(part) <= total", "≤", {"part", "total"}),
        ("weighted(count, mean) == total", "=", {"count", "mean", "total"}),
        ("(1 + rate) ** 3 * base == current", "=", {"rate", "base", "current"}),
        ("(current - base) * (1 - 2 * fell) == change", "=", {"current", "base", "fell", "change"}),
    ],
)
def test_formulas(source: str, operator: str, names: set[str]) -> None:
    formula = parse_formula(source)
    assert (formula.operator, formula.names, formula.source) == (operator, names, source)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "''"),
        ("part", "one comparison"),
        ("part + whole", "one comparison"),
        ("a < b < c", "one comparison"),
        ("a == b and b == c", "one comparison"),
        ("a = b", "a = b"),
        ("a != b", "unknown comparison"),
        ("a is b", "unknown comparison"),
        ("a in b", "unknown comparison"),
        ("a % b == c", "a % b"),
        ("a // b == c", "a // b"),
        ("a @ b == c", "a @ b"),
        ("+a == b", "+a"),
        ("not a == b", "one comparison"),
        ("a.real == b", "a.real"),
        ("a[0] == b", "a[0]"),
        ("[a] == b", "[a]"),
        ("'a' == b", "'a'"),
        ("True == b", "True"),
        ("1j == b", "1j"),
        ("None == b", "None"),
        ("f(a) == b", "f(a)"),
        ("open('x') == b", "open('x')"),
        ("sum(a + b) == c", "sum() takes slots"),
        ("sum(2) == c", "sum() takes slots"),
        ("sum(a, start=1) == c", "sum(a, start=1)"),
        ("sum(*a) == c", "sum() takes slots"),
        ("__import__('os') == b", "__import__('os')"),
        ("(lambda: a)() == b", "lambda"),
        ("(a if b else c) == d", "if"),
        ("(x := a) == b", "x := a"),
        ("f'{a}' == b", "f'"),
        ("a == b; a", "a == b; a"),
        ("first() == b", "first() takes 1 slots"),
        ("first(a, b) == c", "first() takes 1 slots"),
        ("max(a, b) == c", "max() takes 1 slots"),
        ("sum() == b", "sum() takes one or more slots"),
        ("count() == b", "count() takes one or more slots"),
        ("weighted(a) == b", "weighted() takes 2 slots"),
        ("a == 1e999", "too large"),
        ("a == 0x" + "f" * 5000, "too large"),
        ("a ** 0.5 == b", "0.5 is no whole power"),
        ("a ** (1 / 2) == b", "1 / 2 is no whole power"),
        ("a ** -1.5 == b", "-1.5 is no whole power"),
        ("a ** 101 == b", "101 is no whole power"),
        ("a ** 9 ** 99 == b", "9 ** 99 is no whole power"),
        ("a ** (1 / 0) == b", "1 / 0 is no whole power"),
        ("a == \x00", "null bytes"),
        ("a == " + "-" * 5000 + "b", "a == "),
        ("a == " + "(" * 500 + "b" + ")" * 500, "a == "),
    ],
)
def test_what_is_no_formula(source: str, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(source)
    assert said in str(caught.value)


# -------------------------------------------------------------------------------------------------- evaluation

A, B, C = exactly(6), Interval(Fraction(19, 2), Fraction(21, 2)), exactly(3)
VALUES = {"a": (A,), "b": (B,), "c": (C,), "many": (exactly(1), exactly(5), exactly(4)), "zero": (Interval(-1, 1),)}
NONE = Interval(None, None, False, False)


@pytest.mark.parametrize(
    ("expression", "interval"),
    [
        ("a", exactly(6)),
        ("a + c", exactly(9)),
        ("a - b", Interval(Fraction(-9, 2), Fraction(-7, 2))),
        ("a * b", Interval(57, 63)),
        ("c / a", exactly(Fraction(1, 2))),
        ("b / c", Interval(Fraction(19, 6), Fraction(7, 2))),
        ("a / zero", NONE),
        ("-b", Interval(Fraction(-21, 2), Fraction(-19, 2))),
        ("a * 0.1", exactly(Fraction(3, 5))),
        ("c ** 2", exactly(9)),
        ("c ** 0", exactly(1)),
        ("(1 + c) ** c", exactly(64)),
        ("c ** b", NONE),
        ("c ** -1", exactly(Fraction(1, 3))),
        ("c ** -2", exactly(Fraction(1, 9))),
        ("b ** -1", Interval(Fraction(2, 21), Fraction(2, 19))),
        ("zero ** -1", NONE),
        ("a ** (c - 1)", exactly(36)),
        ("a ** (c / 2)", NONE),
        ("a ** (c * 1000)", NONE),
        ("a - b - c", Interval(Fraction(-15, 2), Fraction(-13, 2))),
        ("a - (b - c)", Interval(Fraction(-3, 2), Fraction(-1, 2))),
        ("sum(many)", exactly(10)),
        ("sum(many, a)", exactly(16)),
        ("count(many)", exactly(3)),
        ("count(many, a)", exactly(4)),
        ("first(many)", exactly(1)),
        ("last(many)", exactly(4)),
        ("max(many)", exactly(5)),
        ("many", exactly(1)),
        ("weighted(many, many)", exactly(42)),
    ],
)
def test_evaluation(expression: str, interval: Interval) -> None:
    left, right = parse_formula(f"{expression} == c").sides(VALUES)
    assert left == interval
    assert right == C


def test_a_slot_without_a_value() -> None:
    with pytest.raises(KeyError):
        parse_formula("a == d").sides(VALUES)


# -------------------------------------------------------------------------------------------------- rendering

WRITTEN = {
    "a": ("6",),
    "b": ("10",),
    "c": ("3",),
    "one": ("1",),
    "many": ("1", "5", "4"),
    "single": ("7",),
    "up": ("0",),
    "down": ("1",),
}


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("a", "6"),
        ("a + b - c", "6 + 10 - 3"),
        ("a - (b - c)", "6 - (10 - 3)"),
        ("a - (b + c)", "6 - (10 + 3)"),
        ("(a + b) * c", "(6 + 10) × 3"),
        ("a + b * c", "6 + 10 × 3"),
        ("a / b / c", "6 ÷ 10 ÷ 3"),
        ("a / (b / c)", "6 ÷ (10 ÷ 3)"),
        ("a / (b * c)", "6 ÷ (10 × 3)"),
        ("a * (b * c)", "6 × 10 × 3"),
        ("a * 2", "6 × 2"),
        ("a * 0.5", "6 × 0.5"),
        ("(1 + a) ** 3", "(1 + 6) ^ 3"),
        ("sum(many)", "1 + 5 + 4"),
        ("a * sum(many)", "6 × (1 + 5 + 4)"),
        ("a * sum(single)", "6 × 7"),
        ("sum(many, a)", "1 + 5 + 4 + 6"),
        ("weighted(many, many)", "1 × 1 + 5 × 5 + 4 × 4"),
        ("a - weighted(many, many)", "6 - (1 × 1 + 5 × 5 + 4 × 4)"),
        ("count(many)", "3"),
        ("first(many) * last(many)", "1 × 4"),
        ("max(many)", "最大的（1、5、4）"),
        ("max(single)", "7"),
        # signs, which flags turn, never reach a reader
        ("(a - b) * (1 - 2 * up)", "6 - 10"),
        ("(a - b) * (1 - 2 * down)", "10 - 6"),
        ("(1 - 2 * down) * (a - b)", "10 - 6"),
        ("(a - b) / b * (1 - 2 * up)", "(6 - 10) ÷ 10"),
        ("(a - b) / b * (1 - 2 * down)", "(10 - 6) ÷ 10"),
        ("(a - b) / (1 - 2 * down)", "10 - 6"),
        ("a / (b - a * (1 - 2 * up))", "6 ÷ (10 - 6)"),
        ("a / (b - a * (1 - 2 * down))", "6 ÷ (10 + 6)"),
        ("b + a * (1 - 2 * down)", "10 - 6"),
        ("b + a / c * (1 - 2 * down)", "10 - 6 ÷ 3"),
        ("b + c * (1 - up)", "10 + 3"),
        ("a * 1 + b", "6 + 10"),
        ("a / 1", "6"),
        ("1 / a", "1 ÷ 6"),
        ("a + 2 * up", "6"),
        ("a - 2 * up", "6"),
        ("2 * up - a", "2 × 0 - 6"),
        ("a - b * -1", "6 + 10"),
        ("-a", "-6"),
        ("-(a - b)", "10 - 6"),
        ("-(a + b)", "-(6 + 10)"),
        ("--a", "6"),
        ("c - -a", "3 + 6"),
        ("c * -a", "3 × (-6)"),
        # a figure that happens to be 1 stays
        ("one * a", "1 × 6"),
        ("a - one", "6 - 1"),
        ("a / one", "6 ÷ 1"),
    ],
)
def test_rendering(expression: str, shown: str) -> None:
    formula = parse_formula(f"{expression} == c")
    assert formula.render(formula.left, WRITTEN) == shown


# -------------------------------------------------------------------------------------------------- conditions


def _proposal(text: str, slots: dict[str, str], groups: dict[str, str] | None = None) -> Proposal:
    """A proposal over a text; `slots` gives for each name the figures as the text writes them, with | between."""
    reading = _read(text)
    figures = {name: tuple(_find(reading, text, w) for w in written.split("|")) for name, written in slots.items()}
    lists = {"rise": ("增长", "增加"), "fall": ("下降",)}
    return Proposal(figures, reading.claims, text[: len(text) // 2], text, groups or {}, lists)


def _read(text: str) -> Reading:
    return read(make_document(text, "a.txt", None), tolerance=Config().about)


def _find(reading: Reading, text: str, written: str) -> Quantity:
    return next(q for q in reading.quantities if text[q.start : q.end] == written)


COUNTS = (
    "全县有合作社20家，种植面积3万亩（2000公顷），增收100多万元，下降8%。",
    {"a": "20家", "b": "3万亩", "c": "2000公顷", "d": "100多万元"},
)
PAIRS = (
    "搬迁163户414人，另有163户，分别为3人、5人和7。",
    {"a": "163户", "b": "414人", "m": "3人|5人", "n": "163户|414人", "z": "7"},
)


@pytest.mark.parametrize(
    ("source", "text", "slots", "expected"),
    [
        ("same_unit(b, c)", *COUNTS, True),
        ("same_unit(a, b)", *COUNTS, False),
        ("same_unit(a, b, c)", *COUNTS, False),
        ("same_unit(m)", *PAIRS, True),
        ("same_unit(m, z)", *PAIRS, False),
        ("exact(a, b, c)", *COUNTS, True),
        ("exact(a, d)", *COUNTS, False),
        ("at_least(m, 2)", *PAIRS, True),
        ("at_least(m, 3)", *PAIRS, False),
        ("as_many(m, n)", *PAIRS, True),
        ("as_many(m, a)", *PAIRS, False),
        ("sentence_mentions(fall)", *COUNTS, True),
        ("mentions(fall)", *COUNTS, False),  # beyond the matched words
        ("sentence_mentions(rise, fall)", *COUNTS, True),
        ("sentence_mentions(rise)", *COUNTS, False),
        ("distinct(a, b)", *PAIRS, True),
        ("distinct(a, n)", *PAIRS, False),
        ("below(m, 6)", *PAIRS, True),
        ("below(m, 5)", *PAIRS, False),
        ("below(m, 5.01)", *PAIRS, True),
        ("unit_is(a, '家')", *COUNTS, True),
        ("unit_is(a, '户')", *COUNTS, False),
        ("unitless(z)", *PAIRS, True),
        ("unitless(a)", *PAIRS, False),
        ("beyond(a)", *COUNTS, False),
        ("exact(a) and exact(d)", *COUNTS, False),
        ("exact(a) or exact(d)", *COUNTS, True),
        ("not exact(d)", *COUNTS, True),
        ("not (exact(a) and exact(d)) and unit_is(a, '家')", *COUNTS, True),
    ],
)
def test_conditions(source: str, text: str, slots: dict[str, str], expected: bool) -> None:
    condition = parse_condition(source)
    assert condition(_proposal(text, slots)) is expected


@pytest.mark.parametrize(
    ("source", "groups", "expected"),
    [
        ("matched(fell)", {"fell": "下降"}, True),
        ("matched(fell)", {}, False),
        ("matched(fell, rose)", {"rose": "增长"}, True),
        ("ends_with(name, kind)", {"name": "粮食种植面积", "kind": "种植面积"}, True),
        ("ends_with(name, kind)", {"name": "粮食种植面积", "kind": "养殖面积"}, False),
        ("ends_with(name, kind)", {"name": "粮食种植面积"}, False),
    ],
)
def test_conditions_over_words(source: str, groups: dict[str, str], expected: bool) -> None:
    condition = parse_condition(source)
    assert condition(_proposal(PAIRS[0], PAIRS[1], groups)) is expected


def test_heads_and_marks_passed() -> None:
    condition = parse_condition("same_head(a, b)")
    assert condition(_proposal("全镇有贫困户812户1427人。", {"a": "812户", "b": "1427人"}))
    assert not condition(_proposal("扶持50户企业40人次。40人下岗。", {"a": "50户", "b": "40人"}))
    beyond = parse_condition("beyond(a)")
    assert beyond(_proposal("开户超过500户。", {"a": "超过500户"}))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "''"),
        ("same_unit", "same_unit"),
        ("same_unit(a", "same_unit(a"),
        ("same_unit(a, key=b)", "same_unit"),
        ("same_unit(exact(a))", "exact(a)"),
        ("same_unit(*a)", "*a"),
        ("same_unit(a) + 1", "+ 1"),
        ("same_unit(a) & exact(b)", "&"),
        ("a == b", "a == b"),
        ("same_unit(a) if b else c", "if"),
        ("open('x')", "open"),
        ("p.exact(a)", "p.exact"),
        ("True", "True"),
        ("lambda: a", "lambda"),
        ("same_unit()", "same_unit(slot, …) is wanted"),
        ("at_least(a)", "at_least(slot, number) is wanted"),
        ("at_least(a, 2, 3)", "at_least(slot, number) is wanted"),
        ("unitless(a, b)", "unitless(slot) is wanted"),
        ("distinct(a)", "distinct(slot, slot) is wanted"),
        ("unit_is(a, w)", "'w' is no text but a group"),
        ("below(a, 'ten')", "'ten' is no number"),
        ("below(a, True)", "True is no number"),
        ("below(a, 1e999)", "inf"),
        ("below(2, a)", "2 is no slot"),
        ("exact('a')", "'a' is no slot"),
        ("exact(l)", "'l' is no slot but a list"),
        ("exact(a, w)", "'w' is no slot but a group"),
        ("exact(nothing)", "'nothing' is no slot"),
        ("matched(a)", "'a' is no group but a slot"),
        ("mentions(a)", "'a' is no list but a slot"),
        ("sentence_mentions(l, w)", "'w' is no list but a group"),
        ("not " * 5000 + "exact(a)", "exact(a)"),
        ("exact(a)\x00", "null bytes"),
    ],
)
def test_what_is_no_condition(source: str, said: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(source, {"slot": ("a", "b"), "group": ("w",), "list": ("l",)})
    assert said in str(caught.value)


def test_every_function_is_used_or_tested() -> None:
    tested = {"same_unit", "same_head", "exact", "at_least", "as_many", "mentions", "sentence_mentions", "matched"}
    tested |= {
        "distinct",
        "below",
        "ends_with",
        "unit_is",
        "beyond",
        "unitless",
        "opens",
        "change",
        "earlier",
        "neighbours",
    }
    assert set(FUNCTIONS) == tested
    assert builtin_rules().rules
