"""Ranges: the low end comes first, and both ends carry the magnitude."""

from __future__ import annotations

from collections.abc import Iterator

from checker.arithmetic.interval import Rational, exactly
from checker.checks import Check, Operand
from checker.checks.builder import build_check
from checker.checks.number_format import as_read, number_text
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.numerals import number_or_none
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_ranges"]

# 第三至六位 · 第3—5名
_ORDINALS = pattern(r"第(?P<low>\d+|[一二三四五六七八九十]+)[至到—~–](?P<high>[1-9]\d*|[一二三四五六七八九十]+)")
_TO = frozenset("至到—~-–")
_MONTHS = pattern(r"(?P<low>\d+)月?[至到—~\-–](?P<high>\d+)月份?")
# A range written from high to low says so with one of these before it.
_FALLING = pattern(r"(?:[由从降跌减落]|下调|倒序|倒数)[^，。；]{0,8}$")
_BETWEEN = pattern(r"\s*之间")
# Prices and yields are quoted from the opening to the close, and negative ones by their size.
_QUOTED = pattern("报|收于|交投|盘中|区间|汇价|汇率|匯價|匯率|收益率|孳息")
_GREAT = frozenset("万亿")
_SLIP = 1000  # an end a thousand times the other has lost its 万


def check_ranges(reading: Reading, lang: str) -> Iterator[Check]:
    """One check for each range of figures, months or ordinals."""
    text = reading.document.text
    for quantity in reading.quantities:
        if quantity.approximation == "range" and len(quantity.parts) == 2:
            yield from _figures(reading, quantity, lang)
        elif quantity.kind == "ordinal":
            if _TO.isdisjoint(text[quantity.start : quantity.end]):
                continue
            match = _ORDINALS.match(text, quantity.start, quantity.end)
            if match is None:
                continue
            low, high = (int(n) if n.isdigit() else number_or_none(n) for n in match.group("low", "high"))
            if low is not None and high is not None and low != high:
                yield _check(quantity, low, high, text, lang)
        elif quantity.kind == "period" and (months := _MONTHS.fullmatch(as_read(text[quantity.start : quantity.end]))):
            low, high = int(months["low"]), int(months["high"])
            if low < high:  # 11月至2月 runs over the new year
                yield _check(quantity, low, high, text, lang)


def _figures(reading: Reading, quantity: Quantity, lang: str) -> Iterator[Check]:
    text, written = reading.document.folded, reading.document.text
    low, high = quantity.parts
    if low > high and (
        high < 0
        or text[quantity.start - 1 : quantity.start] in ("-", "−", "负", "負")
        or _QUOTED.search(text, max(0, quantity.start - 16), quantity.end + 4)
        or _FALLING.search(text, max(0, quantity.start - 12), quantity.start)
        or not _BETWEEN.match(text, quantity.end)
    ):
        return
    yield _check(quantity, low, high, written, lang)
    digits = text[quantity.number_start : quantity.number_end]
    own = any(magnitude in digits[: digits.find(to)] for to in _TO if to in digits for magnitude in "千万亿萬億")
    if (
        low > 0
        and low * _SLIP <= high
        and not _GREAT.isdisjoint(digits)
        and quantity.unit is not None
        and quantity.unit.dimension == "[money]"
        and not quantity.words
        and not own
        and (quantity.surface or "")
        not in digits[: max(map(digits.rfind, _TO))]  # 200元到20万元: both ends are written out
        and not digits.endswith(("万亿", "萬億"))  # 5000至1万亿元: the magnitudes of both are said aloud
        and digits[:1].isdecimal()
    ):  # not 四至五千元, 3万元至5443万元
        yield _check(quantity, low, high, written, lang, lost=True)


def _check(quantity: Quantity, low: Rational, high: Rational, text: str, lang: str, *, lost: bool = False) -> Check:
    written = as_read(text[quantity.start : quantity.end])
    expression = f"{number_text(low)} {'≤' if low <= high else '>'} {number_text(high)}"
    message = _MESSAGES["lost" if lost else "order"][lang].format(written)
    return build_check(
        relation="range_order", outcome="fails" if lost or low > high else "holds",
        operands=(Operand("low" if lost else "range", quantity.id),), operator="≤", expression=expression, left=exactly(low), right=exactly(high),
        start=quantity.start, end=quantity.end, severity="warning" if lost else "error", message=message, confirms=False,
    )  # fmt: skip


_MESSAGES = {
    "order": {"zh": "范围“{}”的起点大于终点", "en": "the range {} begins above its end"},
    "lost": {"zh": "范围“{}”的起点似乎漏写了“万”", "en": "the low end of {} seems to lack its 万"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK711",
        slug="range-order",
        relation="range_order",
        severity="error",
        function=check_ranges,
        title={"zh": "范围：由小到大", "en": "A range runs from low to high"},
        messages={"zh": "范围的起点大于终点", "en": "a range begins above its end"},
        fails=("每亩收入在90万元至11万元之间。",),
        holds=("每亩收入在9万元至11万元之间。",),
        silent=(
            "票价由90元至60元逐级下调。",
            "评分从5分到3分。",
            "查证属实的给予200元到20万元奖励。",
            "国债收益率跌4个基点，盘中交投于1.701%-1.648%区间。",
            "收益率报-0.064%，盘中交投于-0.052%至-0.081%之间。",
            "被告人分获8年至3年不等的有期徒刑，并处8000至2000元不等的罚金。",
            "人均收入约四至五千元，单位分别被处罚金3万元至5443万元。",
            "《通例》第44-05条列明。",
            "小额捐款每笔由1元至1,000元不等。",
            "工程造价达3,000至2万亿元。",
        ),
    ),
)
