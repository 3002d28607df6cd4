"""Laws of interval arithmetic: a result encloses whatever the operands can give."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.arithmetic.interval import ANYTHING, Interval, Rational, exactly

rationals = st.one_of(st.integers(-6, 6), st.fractions(-8, 8, max_denominator=6))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """A set that is not empty; ends near zero are frequent, for there the products turn."""
    low, high = sorted((draw(rationals), draw(rationals)))
    low_closed, high_closed = draw(st.booleans()), draw(st.booleans())
    if low == high:
        low_closed = high_closed = True
    ends = draw(st.sampled_from(["both", "both", "both", "low", "high", "none"]))
    return Interval(
        low if ends in ("both", "low") else None,
        high if ends in ("both", "high") else None,
        low_closed,
        high_closed,
    )


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Rational]:
    """An interval and a value in it, its ends first where they belong to it."""
    interval = draw(intervals())
    low = (
        interval.low if interval.low is not None else (interval.high if interval.high is not None else Fraction(0)) - 9
    )
    high = interval.high if interval.high is not None else low + 9
    value = low + (high - low) * draw(
        st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 7), Fraction(6, 7)])
    )
    value = draw(st.sampled_from([value, Fraction(0)])) if Fraction(0) in interval else value
    assume(value in interval)
    return interval, value


@given(members(), members())
def test_arithmetic_encloses(a: tuple[Interval, Rational], b: tuple[Interval, Rational]) -> None:
    (left, x), (right, y) = a, b
    assert x + y in left + right
    assert x - y in left - right
    assert x * y in left * right
    assert -x in -left
    if y:
        assert Fraction(1) / y in right.reciprocal()
        assert Fraction(x) / y in left / right


@given(intervals(), intervals())
def test_addition_and_multiplication_do_not_mind_the_order(a: Interval, b: Interval) -> None:
    assert (a + b, a * b) == (b + a, b * a)


@given(intervals(), intervals())
def test_meets_is_symmetrical_and_agrees_with_the_intersection(a: Interval, b: Interval) -> None:
    common = a.intersection(b)
    assert a.meets(b) == b.meets(a) == (common is not None)
    assert not (a.is_below(b) and b.is_below(a))
    assert not (a.is_below(b) and a.meets(b))


@given(members(), intervals())
def test_intersection_holds_what_both_hold(a: tuple[Interval, Rational], other: Interval) -> None:
    interval, value = a
    common = interval.intersection(other)
    assert (value in other) == (common is not None and value in common)


@given(members(), members())
def test_order_of_intervals_orders_their_values(a: tuple[Interval, Rational], b: tuple[Interval, Rational]) -> None:
    (left, x), (right, y) = a, b
    assert not left.is_below(right) or x < y
    assert not left.is_at_most(right) or x <= y
    if x == y:
        assert left.meets(right)


@given(intervals(), intervals(), st.fractions(0, 5, max_denominator=7))
def test_widening_never_parts_what_met(a: Interval, b: Interval, margin: Fraction) -> None:
    assert not a.meets(b) or a.widened(margin).meets(b)
    assert a.widened(0) == a
    if a.width is not None:
        assert a.widened(margin).width == a.width + 2 * margin


@given(members(), st.fractions(0, 5, max_denominator=7))
def test_widened_holds_what_was_held(a: tuple[Interval, Rational], margin: Fraction) -> None:
    interval, value = a
    assert value in interval.widened(margin)
    assert value - margin in interval.widened(margin)


@given(intervals())
def test_negation_undoes_itself(a: Interval) -> None:
    negated = -a
    assert -negated == a


@given(rationals, rationals)
def test_points_behave_like_numbers(x: Rational, y: Rational) -> None:
    assert exactly(x) + exactly(y) == exactly(x + y)
    assert exactly(x) - exactly(y) == exactly(x - y)
    assert exactly(x) * exactly(y) == exactly(x * y)
    assert exactly(x).meets(exactly(y)) == (x == y)
    assert exactly(x).is_point
    if y:
        assert exactly(x) / exactly(y) == exactly(Fraction(x) / y)


def parsed(text: str) -> Interval:
    """An interval as mathematicians write it: ``[1, 5/2)``, ``(-inf, 3]``."""
    low, high = (None if "inf" in end else Fraction(end) for end in text[1:-1].split(", "))
    return Interval(low, high, text[0] == "[", text[-1] == "]")


@pytest.mark.parametrize("left, operator, right, result", [
    ("[1, 2]", "+", "[3, 5]", "[4, 7]"), ("[1, 2)", "+", "(3, 5]", "(4, 7)"), ("[1, 2]", "+", "[3, inf)", "[4, inf)"),
    ("[1, 2]", "-", "[3, 5]", "[-4, -1]"), ("[1, 2)", "-", "(3, 5]", "[-4, -1)"), ("[3, 5]", "-", "(1, inf)", "(-inf, 4)"),
    ("[2, 3]", "*", "[4, 5]", "[8, 15]"), ("(2, 3]", "*", "[4, 5)", "(8, 15)"), ("[-2, 3]", "*", "[4, 5]", "[-10, 15]"), ("[-2, 3]", "*", "[-4, 5]", "[-12, 15]"),
    ("[2, 3]", "*", "[4, inf)", "[8, inf)"), ("[0, 1]", "*", "(5, 6)", "[0, 6)"), ("[0, 0]", "*", "(1, 2)", "[0, 0]"), ("[-1, 0]", "*", "(1, 2)", "(-2, 0]"),
    ("[1, 2]", "/", "[4, 5]", "[1/5, 1/2]"), ("[1, 2]", "/", "(4, 5]", "[1/5, 1/2)"), ("[1, 2]", "/", "(0, 5]", "[1/5, inf)"), ("[1, 2]", "/", "[-5, -4]", "[-1/2, -1/5]"),
    ("[1, 2]", "/", "[4, inf)", "(0, 1/2]"), ("[1, 2]", "/", "[-1, 1]", "(-inf, inf)"),
])  # fmt: skip
def test_arithmetic_table(left: str, operator: str, right: str, result: str) -> None:
    a, b, want = parsed(left), parsed(right), parsed(result)
    got = {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[operator](b)
    assert (got.low, got.high) == (want.low, want.high)
    assert got.low is None or got.low_closed == want.low_closed
    assert got.high is None or got.high_closed == want.high_closed


@pytest.mark.parametrize("left, right, meets, below", [
    ("[1, 2]", "[2, 3]", True, False), ("[1, 2)", "[2, 3]", False, True), ("[1, 2]", "(2, 3]", False, True), ("[1, 2]", "[3, 4]", False, True),
    ("[1, 4]", "[2, 3]", True, False), ("(-inf, 2]", "[2, inf)", True, False), ("(-inf, 2)", "(2, inf)", False, True), ("(-inf, inf)", "[5, 5]", True, False),
])  # fmt: skip
def test_meeting_table(left: str, right: str, meets: bool, below: bool) -> None:
    assert (parsed(left).meets(parsed(right)), parsed(left).is_below(parsed(right))) == (meets, below)


def test_anything_holds_everything() -> None:
    assert 0 in ANYTHING and -(10**30) in ANYTHING and Fraction(1, 3) in ANYTHING
    assert not ANYTHING.is_finite and ANYTHING.width is None and not ANYTHING.is_point
