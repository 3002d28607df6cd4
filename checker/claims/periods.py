"""The time that a figure speaks of: explicit dates, 去年 and 今年 against the day of publication, quarters and half years.

Periods are ISO 8601: a year, a month, a day, or two of them with / between; ``2016/..`` is from 2016 on.
"""

from __future__ import annotations

from checker.document import Document
from checker.lazily import pattern
from checker.quantities import Quantity

__all__ = ["Period"]

# 去年, 今年, 同年: a year told from another; but not 上年 in 比上年增加1.2万亩, an increase of the year in force
_RELATIVE = pattern("(?<![比较与])(?:今年|本年度?|去年|上年|上一年|前年|明年|同年|当年)")
# … though in 比上年的65亿元 the figure is one of the year before
_COMPARED = pattern("(?<=[比较与])(?:去年|上年|上一年|前年)(?=的$|$)")
_FROM_PUBLICATION = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "前年": -2, "明年": 1}
_FROM_LAST = {"同年": 0, "当年": 0, "上年": -1, "上一年": -1}
_SINCE = pattern("年?(?:以来|起)")
_HALF = {"上半年": (1, 6), "下半年": (7, 12)}
_QUARTER = pattern("(?P<all>前)?第?(?P<number>[一二三四1-4])季度?")
_MONTHS = pattern(r"前(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})个?月")
_DIGITS = {c: i + 1 for i, c in enumerate("一二三四五六七八九十")}


class Period:
    """The period in force while a text is read from front to back; `of_figure` is that of the figure that was met last."""

    def __init__(self, document: Document) -> None:
        self.published = document.published.year if document.published is not None else None
        self.text = document.folded
        self.year = self.published
        self.now: str | None = None
        self.before: str | None = None  # what the next figure alone speaks of: 比上年的65亿元

    @property
    def of_figure(self) -> str | None:
        """What the figure speaks of; the text goes on with its own year after 比上年的65亿元."""
        return self.before or self.now

    def words(self, words: str) -> None:
        """Take note of 去年, 同年 and the like in the words before a figure."""
        self.before = None
        if "年" not in words:
            return
        for word in _RELATIVE.findall(words):
            base = self.published if word in _FROM_PUBLICATION else self.year
            shift = _FROM_PUBLICATION.get(word, _FROM_LAST.get(word, 0))
            if base is not None:
                self.year = base + shift
                self.now = f"{self.year:04}"
            elif word in _FROM_PUBLICATION:
                self.now = self.year = None  # without a day of publication 今年 stays unresolved
        if compared := _COMPARED.search(words):
            word = compared.group()
            base = self.published if word in _FROM_PUBLICATION else self.year
            if base is not None:
                self.before = f"{base + _FROM_PUBLICATION.get(word, _FROM_LAST.get(word, 0)):04}"

    def figure(self, quantity: Quantity) -> None:
        """Take note of a date or period that the text writes."""
        if quantity.kind == "date" and len(quantity.parts) == 3:
            self._date(quantity, *(int(part) for part in quantity.parts))
        elif quantity.kind == "period":
            self._period(quantity)

    def _date(self, quantity: Quantity, year: int, month: int, day: int) -> None:
        if year:
            self.year = year
        if self.year is None or (not year and not month):
            return
        self.now = f"{self.year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
        if _SINCE.match(self.text, quantity.end):
            self.now += "/.."

    def _period(self, quantity: Quantity) -> None:
        if len(quantity.parts) == 2 and quantity.parts[0] > 1000:
            self.now = f"{quantity.parts[0]}/{quantity.parts[1]}"
            self.year = int(quantity.parts[1])
            return
        months = _months(self.text[quantity.start : quantity.end])
        if months is not None and self.year is not None:
            self.now = f"{self.year:04}-{months[0]:02}/{self.year:04}-{months[1]:02}"


def _months(words: str) -> tuple[int, int] | None:
    """First and last month of 上半年, 三季度, 前三季度, 前5个月."""
    if words in _HALF:
        return _HALF[words]
    if quarter := _QUARTER.fullmatch(words):
        number = _number(quarter["number"])
        return (1 if quarter["all"] else 3 * number - 2), 3 * number
    if months := _MONTHS.fullmatch(words):
        number = _number(months["number"])
        return (1, number) if 1 <= number <= 12 else None
    return None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _DIGITS.get(written, 0)
