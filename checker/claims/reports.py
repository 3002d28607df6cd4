"""Reports on a year that is over and the one to come: what their parts are of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.quantities import Quantity

__all__ = ["Report", "report_of", "year_of_report"]

_TOP = 300  # characters of a document that hold its title
_LONGEST_HEADING = 40
_UNKNOWN = ""  # of a part that tells of several years


class Report:
    """A report on the year before `year`: where its parts begin, and the period that each is of."""

    def __init__(self, year: int, text: str, figures: Sequence[tuple[Quantity, int]]) -> None:
        self.year = year
        done, planned = words_of("claims", "reports", "done"), words_of("claims", "reports", "planned")
        at = {place: quantity for quantity, place in figures if quantity.kind in ("date", "quantity")}
        self._starts: list[int] = []
        self._periods: list[str] = []
        for line in _HEADING.finditer(text):
            words = line.group()
            is_planned = any(word in words for word in planned)
            if not is_planned and not any(word in words for word in done):
                continue
            told = [quantity for place in range(line.start(), line.end()) if (quantity := at.get(place)) is not None]
            years = [int(quantity.parts[0]) for quantity in told if quantity.kind == "date" and quantity.parts[0]]
            several = any(q.unit is not None and q.unit.dimension == "[time]" and q.value != 1 for q in told)
            self._starts.append(line.end())
            if years:
                self._periods.append(f"{years[0]:04}")
            elif several:  # 五年工作回顾
                self._periods.append(_UNKNOWN)
            else:
                self._periods.append(f"{year if is_planned else year - 1:04}")

    def at(self, place: int) -> str | None:
        """The period of the part in which a place stands."""
        part = bisect_right(self._starts, place) - 1
        return self._periods[part] or None if part >= 0 else None


_HEADING = pattern(rf"(?m)^[^。；\n]{{2,{_LONGEST_HEADING}}}$")  # 一、2024年工作回顾


def report_of(source: str, text: str, figures: Sequence[tuple[Quantity, int]]) -> Report | None:
    """The report that a document's title names, if it is one; `figures` with their places in the skeleton `text`."""
    year = year_of_report(source)
    return None if year is None else Report(year, text, figures)


def year_of_report(source: str) -> int | None:
    """The year to come of the report that a document's title names; None for what is no report.

    >>> year_of_report("2025年青原县政府工作报告"), year_of_report("青原县2019年度工作报告"), year_of_report("2025年的一天")
    (2025, 2020, None)
    """
    top = source[:_TOP]
    accounts = words_of("claims", "reports", "accounts")
    if not any(word in top for word in (*words_of("claims", "reports", "works"), *accounts)):
        return None
    title = _title().search(top)
    if title is None:
        return None
    return int(title["year"]) + (title["own"] is not None or title["kind"] in accounts)


@cache
def _title() -> re.Pattern[str]:
    """2025年青原县政府工作报告, 2017政府工作报告, 2019年度工作报告."""
    kinds = "|".join((*words_of("claims", "reports", "works"), *words_of("claims", "reports", "accounts")))
    own, (year,) = words_of("claims", "reports", "own")[0], words_of("dates", "calendar", "year")
    return re.compile(rf"(?P<year>(?:19|20)\d\d){year}?(?P<own>{own})?[^\n。]{{0,24}}?(?P<kind>{kinds})")
