"""Periods: they run forward, from one date to a later one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.checks import Check
from checker.checks.number_format import as_read
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_set
from checker.reading import Reading
from checker.relations.dates import date_check
from checker.relations.model import RelationRule

__all__ = ["RULES", "Day", "check_order", "day_of", "ends_of", "filled"]

_DATE = placeholder_set("date")

Day = tuple[int, int, int]  # year, month, day; 0 for what is not written

_SIDE = (
    r"(?:(?P<{0}y>(?:1[0-9]|20|21)\d\d)\s?年|)\s?(?:(?P<{0}m>\d{{1,2}})\s?月份?|)\s?(?:(?P<{0}d>\d{{1,2}})\s?[日号]|)"
)
_PERIOD = pattern(_SIDE.format("a") + r"(?:底|末|初|起)?\s?[至到—~～\-–－−]{1,2}\s?" + _SIDE.format("b"))
# Years side by side, newest first, are columns of a table and no period
_COMPARED = pattern("表|同比|对比|相比|比较|分别|数据|变化")
_EVERY = pattern("每|次年|翌年|来年|第二年|跨年|历年|年度")


def ends_of(quantity: Quantity, text: str) -> tuple[Day, Day] | None:
    """First and last day of 2019年3月至2020年5月; what the first end leaves out is not taken from the last."""
    if len(quantity.parts) == 2 and all(part >= 1000 for part in quantity.parts):
        first, last = (int(part) for part in quantity.parts)
        return (first, 0, 0), (last, 0, 0)
    match = _PERIOD.fullmatch(text, quantity.start, quantity.end)
    if match is None:
        return None
    ay, am, ad, by, bm, bd = (int(match[name] or 0) for name in ("ay", "am", "ad", "by", "bm", "bd"))
    return (ay, am, ad), filled((ay, am, ad), (by, bm, bd))


def filled(first: Day, last: Day) -> Day:
    """The last end with the year and month that it shares with the first: 2018年10月1日—7日."""
    year, month, day = last
    if not year:
        year = first[0]
        if not month and day:
            month = first[1]
    return year, month, day


def day_of(quantity: Quantity) -> Day:
    year, month, day = (int(part) for part in quantity.parts)
    return year, month, day


def _order(first: Day, last: Day, *, stated: bool) -> int | None:
    """1 where the last end lies after the first or on it, -1 where before, None where that cannot be told.

    `stated` says whether the last end has its own year; without one 11月至3月 runs over the new year.
    """
    common = [(a, b) for a, b in zip(first, last, strict=True) if a and b]
    whole = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if bool(a) != bool(b)), 3)
    a, b = first[:whole], last[:whole]
    if not common or not any(a):
        return None
    if a <= b:
        return 1
    if stated or a[:2] == b[:2]:
        return -1
    return None


def check_order(reading: Reading, lang: str) -> Iterator[Check]:
    """Whether each period, and each 3月1日起至3月9日, ends after it begins."""
    text = reading.document.folded
    for quantity in reading.quantities:
        if quantity.kind != "period" or not quantity.parts:
            continue
        ends = ends_of(quantity, text)
        if ends is None:
            continue
        own_year = quantity.parts[-1] >= 1000 or len(re.findall("年", text[quantity.start : quantity.end])) > 1
        order = _order(*ends, stated=own_year)
        around = text[max(0, quantity.start - 4) : quantity.end + 4]
        if order is None or (order < 0 and _EVERY.search(around)):
            continue
        years_only = not any(ends[0][1:])
        if order < 0 and years_only and _COMPARED.search(text, max(0, quantity.start - 20), quantity.end + 20):
            continue
        written = as_read(reading.document.text[quantity.start : quantity.end])
        yield date_check(
            (quantity,), "holds" if order > 0 else "fails", f"{written}：{'先起后止' if order > 0 else '起点晚于终点'}",
            _MESSAGES["order"][lang].format(written), ("period",), severity="error" if ends[0][0] and not years_only else "warning",
        )  # fmt: skip
    yield from _two_dates(reading, lang)


@cache
def _from_to() -> re.Pattern[str]:
    """3月1日起至3月9日止 · 自2019年3月1日始，至2020年2月28日"""
    return pattern(f"(?P<first>{_DATE})(?:起|始|开始)，?(?:到|至|直至)(?P<last>{_DATE})")


def _two_dates(reading: Reading, lang: str) -> Iterator[Check]:
    skeleton, text = reading.skeleton, reading.document.text
    if "起" not in skeleton.text and "始" not in skeleton.text:
        return
    for match in _from_to().finditer(skeleton.text):
        first, last = (reading.quantities[skeleton.figures[match.start(name)]] for name in ("first", "last"))
        if not all(q.kind == "date" and len(q.parts) == 3 for q in (first, last)):
            continue
        a, b = day_of(first), day_of(last)
        order = _order(a, filled(a, b), stated=bool(b[0]))
        if order is None or (order < 0 and _EVERY.search(text[max(0, first.start - 4) : last.end + 4])):
            continue
        written = text[first.start : last.end]
        yield date_check(
            (first, last), "holds" if order > 0 else "fails", f"{written}：{'先起后止' if order > 0 else '起点晚于终点'}",
            _MESSAGES["order"][lang].format(written), ("start", "end"), severity="error" if a[0] else "warning",
        )  # fmt: skip


_MESSAGES = {
    "order": {"zh": "“{}”的起点晚于终点", "en": "{} begins after it ends"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK902",
        slug="period-order",
        relation="date",
        severity="error",
        function=check_order,
        title={"zh": "起止时间：先起后止", "en": "A period begins before it ends"},
        messages={"zh": "时间段的起点晚于终点", "en": "a period begins after it ends"},
        fails=("合同期为2019年3月至2018年5月。", "庙会于3月9日起至3月1日止。", "展期为2019年3月9日至3月1日。"),
        holds=("合同期为2018年3月至2019年5月。", "庙会于3月1日起至3月9日止。"),
        silent=(
            "供暖期为11月15日至3月15日。",
            "财政年度为每年4月1日至次年3月31日。",
            "雨季由11月至3月。",
            "灌溉期为2019年11月5日至3月9日。",
            "表中为2019年—2018年的数据。",
        ),
    ),
)
