"""Laws of writing: a number written in any of the usual ways is read back as itself."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import cn2an
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.document.folding import fold
from checker.quantities import Quantity, read_quantities
from checker.quantities.numerals import chinese_number
from checker.sources import make_document

FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
TRADITIONAL = str.maketrans("万亿两", "萬億兩")
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")

naturals = st.one_of(
    st.integers(2, 10_000),
    st.integers(2, 10**12),
    st.builds(lambda a, k: a * 10**k, st.integers(2, 999), st.integers(0, 9)),
)
# Eleven digits in a row may be a telephone number.
short_naturals = st.one_of(st.integers(2, 10_000), st.integers(2, 10**10 - 1))
# No deadline: the first long numeral imports cn2an. The same examples every time, so that CI never fails by chance.
law = settings(deadline=None, max_examples=150, derandomize=True)


def only(text: str) -> Quantity:
    """The one figure of a text, which must be a quantity."""
    (quantity,) = read_quantities(make_document(text))
    assert quantity.kind == "quantity", quantity
    return quantity


def chinese(number: int) -> str:
    """一十二 for 12 inside a number as people write it: 十二 at its head."""
    written = str(cn2an.an2cn(number, "low"))
    return written[1:] if written.startswith("一十") else written


@law
@given(naturals)
def test_chinese_numeral_is_read_back(number: int) -> None:
    written = cn2an.an2cn(number, "low")
    assert chinese_number(written) == number
    assert chinese_number(chinese(number)) == number
    assert chinese_number(fold(written.translate(TRADITIONAL))) == number
    assert chinese_number(written.translate(FINANCIAL)) == number


@law
@given(naturals, st.sampled_from("户元"))
def test_chinese_numeral_with_a_unit_is_read_in_its_sentence(number: int, unit: str) -> None:
    assume(str(number).strip("0") != "1")  # 十万户 is a label like 百万只, or a count; see the tables
    quantity = only(f"全镇共有{chinese(number)}{unit}在册")
    assert (quantity.value, quantity.unit and quantity.unit.name) == (number, unit)
    assert number in quantity.interval


@law
@given(naturals, st.integers(0, 999))
def test_chinese_decimal_is_read_back(whole: int, thousandths: int) -> None:
    digits = f"{thousandths:03d}"
    written = chinese(whole) + "点" + digits.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    assert chinese_number(written) == whole + Fraction(thousandths, 1000)


@pytest.mark.parametrize("text, number", [
    ("零", 0), ("〇", 0), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("廿三", 23), ("卅", 30), ("一百零三", 103), ("一百一", 110),
    ("两百五", 250), ("一千五", 1500), ("一千零五", 1005), ("两万五", 25000), ("两亿五", 250_000_000), ("十二亿三", 1_230_000_000), ("三万零五十", 30050), ("一万二千三百四十五", 12345), ("贰拾万", 200000),
    ("两千万", 20_000_000), ("十二亿", 1_200_000_000), ("一亿六千万", 160_000_000), ("两万亿", 2 * 10**12), ("三点五", Fraction(7, 2)), ("零点零六", Fraction(3, 50)),
    ("一点二亿", 120_000_000), ("二〇一六", 2016), ("二○一六", 2016), ("六萬三千", 63000), ("叁仟伍佰", 3500), ("百万", 10**6), ("千", 1000),
])  # fmt: skip
def test_short_and_formal_writings(text: str, number: int | Fraction) -> None:
    assert chinese_number(fold(text)) == number


@pytest.mark.parametrize(
    "text", ["", "点", "十几", "三千多", "几", "户", "一户", "abc", "三点", "点五", "一万亿万", "12a", " "]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        chinese_number(text)


@law
@given(short_naturals, st.sampled_from("户元"))
def test_arabic_in_every_dress(number: int, unit: str) -> None:
    dresses = [f"{number}{unit}", f"{number:,}{unit}", f"{number}{unit}".translate(FULL_WIDTH), f"{number} {unit}"]
    readings = [only(f"全镇共有{dress}在册") for dress in dresses]
    assert {(q.value, q.unit and q.unit.name) for q in readings} == {(number, unit)}
    assert len({q.interval for q in readings}) == 1
    assert all(number in q.interval for q in readings)


@law
@given(
    st.integers(1, 99_999_999),
    st.integers(0, 4),
    st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12), ("萬", 10**4), ("億", 10**8)]),
)
def test_magnitude_folds_into_value_and_width(digits: int, decimals: int, magnitude: tuple[str, int]) -> None:
    sign, factor = magnitude
    number = Fraction(digits, 10**decimals)
    written = f"{digits // 10**decimals}.{digits % 10**decimals:0{decimals}d}" if decimals else str(digits)
    quantity = only(f"完成投资{written}{sign}元")
    half = Fraction(factor, 2 * 10**decimals)
    assert quantity.value == number * factor
    assert (quantity.interval.low, quantity.interval.high) == (number * factor - half, number * factor + half)
    assert quantity.step == 2 * half


@law
@given(st.integers(1, 999), st.integers(0, 9999))
def test_digits_on_both_sides_of_wan(upper: int, lower: int) -> None:
    written = f"{upper}万{lower:04d}元" if lower else f"{upper}万元"
    assert only(f"赔付{written}").value == upper * 10**4 + lower


@law
@given(st.integers(0, 10**6), st.integers(0, 3))
def test_percent_is_half_a_digit_wide(digits: int, decimals: int) -> None:
    written = f"{digits // 10**decimals}.{digits % 10**decimals:0{decimals}d}" if decimals else str(digits)
    quantity = only(f"同比增长{written}%")
    assert quantity.value == Fraction(digits, 10**decimals)
    assert quantity.interval.width == Fraction(1, 10**decimals)
    assert quantity.unit is not None and quantity.unit.name == "%"


@law
@given(st.integers(1, 9), st.integers(1, 5))
def test_over_and_near_lie_beside_the_value(digit: int, zeros: int) -> None:
    number = digit * 10**zeros
    over, near = only(f"走访{number}余户").interval, only(f"走访近{number}户").interval
    assert (over.low, over.high) == (number, number + 10**zeros)
    assert near.high == number and near.low == max(number - 10**zeros, Fraction(9, 10) * number)
    assert number not in over and number not in near


@law
@given(
    st.text(
        alphabet="一二三四五六七八九十百千万亿零两几多余约近0123456789.,．，%％万元户个人年月日点半成倍番第号之分比:-—~至到和、。（）\n 占",
        max_size=40,
    )
)
def test_any_scrap_of_figures_is_read_without_a_crash(text: str) -> None:
    quantities = read_quantities(make_document(text))
    assert [q.id for q in quantities] == list(range(len(quantities)))
    assert all(0 <= q.start <= q.number_start < q.number_end <= q.end <= len(text) for q in quantities)
    assert all(a.end <= b.start for a, b in pairwise(quantities))
