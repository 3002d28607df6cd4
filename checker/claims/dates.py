"""Dates and stretches of time as ISO 8601, from the words that write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from checker.language.lexicon import table_of, words_of
from checker.patterns import pattern

__all__ = ["end_of", "is_day", "is_year", "months_of", "one_year_before", "plan_years"]

_DAY = pattern(r"\d{4}-\d\d-\d\d(?:/(?:\d{4}-\d\d-\d\d|\.\.))?")  # 2016-04-30, 2016-04-30/..
_THIRD_PLAN = 1966  # a plan of five years has begun every five years since


def months_of(words: str) -> tuple[int, int] | None:
    """First and last month of 上半年, 三季度, 前三季度, 前5个月, 1—7月.

    >>> months_of("前三季度"), months_of("1—7月"), months_of("上午")
    ((1, 9), (1, 7), None)
    """
    if (half := table_of("dates", "calendar", "halves").get(words)) is not None:
        return half[0], half[1]
    patterns = _patterns()
    if quarter := patterns.quarter.fullmatch(words):
        number = _number(quarter["number"])
        return (1 if quarter["all"] else 3 * number - 2), 3 * number
    if months := patterns.months.fullmatch(words):
        number = _number(months["number"])
        return (1, number) if 1 <= number <= 12 else None
    if span := patterns.span.fullmatch(words):
        first, last = int(span["first"]), int(span["last"])
        return (first, last) if first <= last <= 12 else None
    return None


class _Patterns(NamedTuple):
    """How stretches of months are written."""

    quarter: re.Pattern[str]  # 第一季度, 一季, 前三季度
    months: re.Pattern[str]  # 前5个月, 前十一个月
    span: re.Pattern[str]  # 1—5月, 1月至5月份


@cache
def _patterns() -> _Patterns:
    quarters, until = ("|".join(words_of("dates", "calendar", key)) for key in ("quarter", "until"))
    full = words_of("dates", "calendar", "quarter")[0]  # 前三季 may be three seasons of anything
    names = ("month", "ordinal", "all", "counter", "part")
    month, ordinal, every, counter, part = (words_of("dates", "calendar", key)[0] for key in names)
    digits, two = (words_of("dates", "calendar", key) for key in ("digits", "two"))
    return _Patterns(
        re.compile(f"(?:(?P<all>{every})(?=.{full})|{ordinal})?(?P<number>[{''.join(digits[:4])}1-4])(?:{quarters})"),
        re.compile(rf"{every}(?P<number>\d{{1,2}}|[{''.join((*digits, *two))}]{{1,2}}){counter}?{month}"),
        re.compile(
            rf"(?P<first>\d{{1,2}}){month}?(?:{part})?(?:[-~～—–]|{until}){{1,2}}(?P<last>\d{{1,2}}){month}{part}?"
        ),
    )


@cache
def _digits() -> Mapping[str, int]:
    digits = {char: value for value, char in enumerate(words_of("dates", "calendar", "digits"), 1)}
    return digits | {words_of("dates", "calendar", "two")[0]: 2}


def plan_years(written: str) -> str | None:
    """The years of a plan of five years: 十四五 is 2021 to 2025; None for what names none.

    >>> plan_years("十四五"), plan_years("九五"), plan_years("新四军")
    ('2021/2025', '1996/2000', None)
    """
    digits = _digits()
    if (
        len(written) < 2
        or not written.endswith(words_of("dates", "calendar", "plan"))
        or any(char not in digits for char in written)
    ):
        return None
    number = sum(digits[char] for char in written[:-1])
    first = _THIRD_PLAN + 5 * (number - 3)
    return f"{first}/{first + 4}"


def end_of(year: int, month: int) -> str:
    """The last day of a month.

    >>> end_of(2020, 2)
    '2020-02-29'
    """
    return f"{year:04}-{month:02}-{monthrange(year, month)[1] if 1 <= month <= 12 else 31:02}"


def is_day(period: str) -> bool:
    """Whether a period is of single days."""
    return _DAY.fullmatch(period) is not None


def is_year(period: str) -> bool:
    """Whether a period is one year."""
    return len(period) == 4 and period.isdecimal()


def one_year_before(period: str | None, year: int) -> str:
    """The months of a period in another year: 上年同期 of 2019-01/2019-06 is 2018-01/2018-06.

    >>> one_year_before("2019-01/2019-06", 2018), one_year_before(None, 2018)
    ('2018-01/2018-06', '2018')
    """
    if period is None or period[4:5] != "-" or is_day(period):
        return f"{year:04}"
    return "/".join(f"{year:04}{part[4:]}" for part in period.split("/") if part != "..")


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _digits().get(written, 0)
