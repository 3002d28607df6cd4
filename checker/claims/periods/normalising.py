"""Dates and stretches of time that a text writes, as ISO 8601."""

from __future__ import annotations

from collections.abc import Sequence

from checker.claims.dates import end_of, is_day, is_year, months_of, plan_years
from checker.claims.periods.recognising import time_words
from checker.claims.periods.reference import Reference
from checker.quantities import Quantity

__all__ = ["is_unknown", "joined", "like", "onward", "period_of", "plan_of", "quarter_of", "run_of"]

_LEAST_YEAR = 1000  # a smaller number is a month


def period_of(quantity: Quantity, source: str, reference: Reference) -> str | None:
    """What a figure writes, if it is a date or a period; `reference` takes note of the year."""
    if quantity.kind == "date" and len(quantity.parts) == 3:
        year, month, day = (int(part) for part in quantity.parts)
        return _date(year, month, day, source[quantity.end : quantity.end + 3].removeprefix("年"), reference)
    if quantity.kind == "period":
        return _span(quantity, source, reference)
    return None


def _date(year: int, month: int, day: int, after: str, reference: Reference) -> str | None:
    if year:
        reference.tell(year)
    if month and not day and reference.year is None and reference.called:
        return f"{reference.called}{month}月"
    if month:
        reference.month = month
    elif day:
        month = reference.month_of_day()
    if reference.year is None or not (year or month):
        return None
    told = reference.year_of_month(reference.year, month)
    found = f"{told:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    if after.startswith(time_words().since):
        return f"{found}/.."
    if after.startswith(time_words().ends) and not day:
        return end_of(told, month or 12)
    return found


def _span(quantity: Quantity, source: str, reference: Reference) -> str | None:
    parts = [int(part) for part in quantity.parts]
    if parts and parts[0] > _LEAST_YEAR:
        first, *rest = parts
        if len(parts) in (2, 3, 5):
            reference.year, reference.told = rest[0] if len(parts) == 2 else first, True
        if len(parts) == 2:  # 2018—2020年
            return f"{first}/{rest[0]}"
        if len(parts) == 3:  # 2020年1-9月
            return f"{first:04}-{rest[0]:02}/{first:04}-{rest[1]:02}"
        if len(parts) == 4:  # 2011年12月至2012年12月
            reference.year, reference.told = rest[1], True
            return f"{first:04}-{rest[0]:02}/{rest[1]:04}-{rest[2]:02}"
        if len(parts) == 5:  # 2020年3月28日至4月2日
            return f"{first:04}-{rest[0]:02}-{rest[1]:02}/{first:04}-{rest[2]:02}-{rest[3]:02}"
    year = reference.year
    if len(parts) == 4 and year is not None:  # 3月28日至4月2日
        return f"{year:04}-{parts[0]:02}-{parts[1]:02}/{year:04}-{parts[2]:02}-{parts[3]:02}"
    written = source[quantity.start : quantity.end]
    months = months_of(written)
    if months is None:
        return None
    if year is None:
        return f"{reference.called}{written}"
    if source.startswith(time_words().ends, quantity.end):
        return end_of(year, months[1])
    return f"{year:04}-{months[0]:02}/{year:04}-{months[1]:02}"


def is_unknown(quantity: Quantity) -> bool:
    """Whether a figure writes a month, or a stretch of months, whose year has to come from elsewhere: 7月份, 上半年."""
    if quantity.kind == "date":
        return len(quantity.parts) == 3 and bool(quantity.parts[1]) and not quantity.parts[0]
    return quantity.kind == "period"


def onward(period: str) -> str:
    """From a year or a month on: 自2013年.

    >>> onward("2013"), onward("2013/2015")
    ('2013/..', '2013/2015')
    """
    return period if "/" in period else f"{period}/.."


def quarter_of(year: int, number: int) -> str:
    """A quarter of a year, the first being 0.

    >>> quarter_of(2020, 1)
    '2020-04/2020-06'
    """
    return f"{year:04}-{3 * number + 1:02}/{year:04}-{3 * number + 3:02}"


def plan_of(written: str, *, since: bool) -> str | None:
    """The years of a plan of five years, or those from its first on; None for what names none.

    >>> plan_of("十四五", since=False), plan_of("十四五", since=True)
    ('2021/2025', '2021/..')
    """
    years = plan_years(written)
    return f"{years[:4]}/.." if years is not None and since else years


def joined(first: str, last: str) -> str:
    """From one day to another: 3月29日0时至4月19日.

    >>> joined("2020-03-29", "2020-04-19")
    '2020-03-29/2020-04-19'
    """
    return f"{first[:10]}/{last[-10:]}" if is_day(first) and is_day(last) else last


def run_of(periods: Sequence[str]) -> str | None:
    """Years one after the other as one stretch: 2017年、2018年; None where they are no such run.

    >>> run_of(["2017", "2018"]), run_of(["2016", "2018"])
    ('2017/2018', None)
    """
    if not all(map(is_year, periods)):
        return None
    years = [int(year) for year in periods]
    return f"{periods[0]}/{periods[-1]}" if years == list(range(years[0], years[0] + len(years))) else None


def like(one: Quantity, other: Quantity) -> bool:
    """Whether two dates in a row are of one grain: 2017年 and 2018年."""
    return one.kind == other.kind == "date" and [not part for part in one.parts] == [not part for part in other.parts]
