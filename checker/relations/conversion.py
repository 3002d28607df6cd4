"""Two writings of one measure: 1.5万亩（1000公顷）, 36公里，合72华里."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from checker.arithmetic.interval import Interval
from checker.checks import Check
from checker.checks.builder import comparable, formula, make_check
from checker.checks.verdict import base_interval
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.numerals import scale_of
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_conversions"]

# What a reader may convert exactly. Money and calendar units are no measures; 三成 and 30% are words and a rounding.
_CONVERTIBLE = frozenset(
    ["[length]", "[area]", "[volume]", "[mass]", "[power]", "[energy]", "[pressure]", "[force]", "[bytes]", "[time]"]
)
# Units that are not the same everywhere: 斤 is 600 克 in Hong Kong and Taiwan, 加仑 and 盎司 are British or American.
_REGIONAL = frozenset(["斤", "两", "钱", "担", "里", "尺", "寸", "丈", "加仑", "盎司", "金衡盎司", "短吨", "桶", "码"])
_IMPERIAL = frozenset(["英里", "英尺", "英寸", "英亩", "磅", "平方英尺", "平方英里", "立方英尺", "海里", "马力"])
_LONGEST = 7 * 24 * 3600  # seconds of the longest unit of time that is the same everywhere
_BYTE_STEPS = 5  # 千, 兆, 吉, 太, 拍: each step is 1000 or 1024


@cache
def _pair() -> re.Pattern[str]:
    """A figure and another, in brackets alone or behind 合, 折合, 即."""
    figure = "[\ue000-\ue0ff]"
    word = "(?:(?:约?折?合|约?折|即|也就是)为?)"
    return pattern(f"(?P<first>{figure})(?:（{word}?(?P<inside>{figure})(?=）)|，?{word}(?P<behind>{figure}))")


def check_conversions(reading: Reading, lang: str) -> Iterator[Check]:
    """One check for each measure that is given in two units side by side."""
    text = reading.skeleton.text
    if "（" not in text and "合" not in text and "即" not in text:
        return
    for match in _pair().finditer(text):
        place = match.start("inside") if match["inside"] is not None else match.start("behind")
        first, second = (reading.quantities[reading.skeleton.figures[at]] for at in (match.start("first"), place))
        if _one_measure(first, second):
            yield _check(reading, first, second, lang)


def _one_measure(first: Quantity, second: Quantity) -> bool:
    if first.kind != "quantity" or second.kind != "quantity" or first.unit is None or second.unit is None:
        return False
    dimension = first.unit.dimension
    if dimension == "[time]" and max(first.unit.factor, second.unit.factor) > _LONGEST:
        return False  # months and years are of no one length
    known = dimension in _CONVERTIBLE or ("/" in dimension and "money" not in dimension and "currency" not in dimension)
    return known and first.unit.factor != second.unit.factor and comparable(first, second)


def _check(reading: Reading, first: Quantity, second: Quantity, lang: str) -> Check:
    made = make_check(
        reading, "unit_conversion", formula("first == second"), {"first": (first,), "second": (second,)}, _MESSAGE[lang]
    )
    if made.outcome != "fails":
        return made
    if _loosely(first).meets(_loosely(second)) or _byte_steps_meet(first, second):
        return made._replace(outcome="undecided", reason="两数经过大幅取整，或单位有两种进率")
    assert first.unit is not None and second.unit is not None
    regional = _REGIONAL & {first.unit.name, second.unit.name}
    if regional and (reading.document.text != reading.document.folded or not regional <= {"斤", "里"}):
        return made._replace(outcome="undecided", reason=f"“{min(regional)}”在各地大小不同")
    return made


def _loosely(quantity: Quantity) -> Interval:
    """The base interval of a figure whose final zeros may be rounding, and a little more for foreign units."""
    interval = quantity.interval
    if quantity.value is not None and quantity.approximation in ("exact", "rounded"):
        margin = abs(Fraction(quantity.value)) / 10
        half = max(min(Fraction(scale_of(quantity.value)) / 2, margin), Fraction(quantity.step) / 2)
        if quantity.unit is not None and quantity.unit.name in _IMPERIAL:
            half = max(half, margin / 2)
        interval = Interval(quantity.value - half, quantity.value + half)
    return base_interval(quantity._replace(bounds=interval))


def _byte_steps_meet(first: Quantity, second: Quantity) -> bool:
    """24GB and 24576MB: whether the figures agree when each step of the byte units is 1024."""
    if first.unit is None or second.unit is None or first.unit.dimension != "[bytes]":
        return False
    big, small = (first, second) if first.unit.factor > second.unit.factor else (second, first)
    assert big.unit is not None and small.unit is not None
    ratio = Fraction(big.unit.factor) / small.unit.factor
    steps = next((n for n in range(1, _BYTE_STEPS + 1) if ratio == 1000**n), 0)
    return bool(steps) and (big.interval * Interval(1024**steps, 1024**steps)).meets(small.interval)


_MESSAGE = {"zh": "{first}折合{computed}，文中为{second}", "en": "{first} is {computed}, the text says {second}"}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK911",
        slug="unit-conversion",
        relation="unit_conversion",
        severity="error",
        function=check_conversions,
        title={"zh": "同一个量的两种写法", "en": "One measure in two units"},
        messages={"zh": "两种单位换算不符", "en": "two writings of one measure do not agree"},
        fails=(
            "流转林地1.2万亩（1200公顷）。",
            "新修水渠36公里，合90华里。",
            "每天供水500立方米，折合5000升。",
            "环湖骑行一圈需2.5小时（180分钟）。",
        ),
        holds=(
            "流转林地1.2万亩（800公顷）。",
            "新修水渠36公里，合72华里。",
            "船长16英尺（约4.9米）。",
            "硬盘容量2TB（2048GB）。",
            "环湖骑行一圈需2.5小时（150分钟）。",
        ),
        silent=(
            "流转林地1.2万亩（300公顷已栽树）。",
            "电站装机16兆瓦（32兆瓦时）。",
            "签约3000万美元（2.1亿元）。",
            "护照有效期5年（60个月）。",
            "试用期3个月（80天）。",
            "占地30公顷（500亩）。",
            "泥石流冲出1000英尺（300米）。",
            "覆盖全县三成（28%）农户。",
        ),
    ),
)
