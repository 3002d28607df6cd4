"""The time that a figure speaks of: dates and periods that are written, 去年 and 今年 against the day of publication, labels.

Periods are ISO 8601: a year, a month, a day, or two of them with / between; ``2016/..`` is from 2016 on. Where no date is known the
label stands as it is written (报告期末, 目前).
"""

from __future__ import annotations

from calendar import monthrange

from checker.document import Document
from checker.patterns import pattern
from checker.quantities import Quantity

__all__ = ["Period"]

# 去年, 今年, 同年: a year told from another; but not 上年 in 比上年增加1.2万亩, an increase of the year in force
_RELATIVE = pattern("(?<![比较与由从])(?:今年|本年度?|去年|上年|上一年|前年|明年|同年|当年)(?!同期)")
# … though in 比上年的65亿元, 由上年的4.1%降到 the figure is one of the year before
_COMPARED = pattern(
    "(?<=[比较与])(?:去年|上年|上一年|前年)(?:同期|末|底)?(?=的$|$)|(?<=[由从])(?:去年|上年|上一年|前年)(?:同期|末|底)?(?=的$|$|下降$|增长$)"
)
_FROM_PUBLICATION = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "前年": -2, "明年": 1}
_FROM_LAST = {"同年": 0, "当年": 0, "上年": -1, "上一年": -1}
_LABELS = pattern("各?报告期各?期?末|报告期|截至目前")
_YEAR_END = pattern("(?<![比较])(?:年末|年底)")
_REPORT = pattern(r".{0,4}(?P<year>(?:19|20)\d\d)年.{0,20}工作报告")
_SINCE = pattern("年?(?:以来|起)")
_HALF = {"上半年": (1, 6), "下半年": (7, 12)}
_QUARTER = pattern("(?P<all>前)?第?(?P<number>[一二三四1-4])季度?")
_MONTHS = pattern(r"前(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})个?月")
_SPAN = pattern(r"(?P<first>\d{1,2})月?(?:份)?[-~～—–至到]{1,2}(?P<last>\d{1,2})月份?")
_DIGITS = {c: i + 1 for i, c in enumerate("一二三四五六七八九十")}
_BASE = frozenset("由从")  # 由2012年的28万吨增加到: the first figure only
_AGAINST = frozenset("比较与同和")  # 较2018年增加: none
_HEAD_OF_SENTENCE = 12  # characters before a date that still opens its sentence


class Period:
    """The period in force while a text is read from front to back; `of_figure` is that of the figure that was met last.

    A period holds to the end of its sentence, and to the end of its paragraph where it opened the sentence.
    """

    def __init__(self, document: Document) -> None:
        self.published = document.published
        self.text = document.folded
        self.year = document.published.year if document.published is not None else None
        self.month = document.published.month if document.published is not None else None
        report = _REPORT.match(self.text)
        self.reported = (
            None if report is None else str(int(report["year"]) - 1)
        )  # a report of 2025 tells of the end of 2024
        self.now: str | None = None
        self.of_paragraph: str | None = None
        self.before: str | None = None  # what the next figure alone speaks of: 比上年的65亿元
        self.base: str | None = None  # a date that the next figure alone speaks of

    @property
    def of_figure(self) -> str | None:
        """What the figure speaks of; the text goes on with its own year after 比上年的65亿元."""
        return self.before or self.now

    def words(self, words: str) -> None:
        """Take note of the words before a figure: 去年, 同年, 目前, the end of a sentence or of a paragraph."""
        self.before, self.base = self.base, None
        if "\n" in words:
            self.now = self.of_paragraph = None
            words = words[words.rfind("\n") + 1 :]
            opens = True
        else:
            end = max(words.rfind(mark) for mark in "。！？")
            opens = end >= 0
            if opens:
                words = words[end + 1 :]
                if not words.startswith("其中"):
                    self.now = self.of_paragraph
        label = _LABELS.search(words)
        if label is not None:
            self._set(label.group(), opens and label.start() < _HEAD_OF_SENTENCE)
        if "年" not in words:
            return
        for found in _RELATIVE.finditer(words):
            year = self._year(found.group())
            opening = opens and found.start() < _HEAD_OF_SENTENCE
            if year is None:
                self._set(found.group() if found.group() in _FROM_PUBLICATION else None, opening)
            else:
                self.year = year
                self._set(f"{year:04}", opening)
        if _YEAR_END.search(words):
            told = self.now if self.now is not None else self.reported
            if told is not None and told.isdecimal():
                self._set(f"{told}-12-31", opens)
        if compared := _COMPARED.search(words):
            year = self._year(compared.group()[:2])
            if year is not None:
                self.before = f"{year:04}"

    def _year(self, word: str) -> int | None:
        """The year of 去年 (told from the day of publication) or 同年 (from the year in force)."""
        published = None if self.published is None else self.published.year
        base = published if word in _FROM_PUBLICATION else self.year
        shift = _FROM_PUBLICATION.get(word, _FROM_LAST.get(word, 0))
        return None if base is None else base + shift

    def _set(self, period: str | None, opening: bool) -> None:
        self.now = period
        if opening:
            self.of_paragraph = period

    def figure(self, quantity: Quantity) -> None:
        """Take note of a date or period that the text writes."""
        if quantity.kind == "date" and len(quantity.parts) == 3:
            period = self._date(quantity, *(int(part) for part in quantity.parts))
        elif quantity.kind == "period":
            period = self._period(quantity)
        else:
            return
        if period is None or self.text.rfind("《", max(0, quantity.start - 40), quantity.start) > self.text.rfind(
            "》", max(0, quantity.start - 40), quantity.start
        ):
            return  # a year in a title is no time of the figures
        before = self.text[quantity.start - 1 : quantity.start]
        if self.text.endswith("相比", 0, quantity.start):
            return
        if before in _BASE and not self.text.startswith(("起", "开始", "以来", "至", "到"), quantity.end):
            self.base = period
        elif before in _AGAINST:
            if self.text.startswith("的", quantity.end):
                self.base = period
        else:
            line = self.text[max(0, quantity.start - _HEAD_OF_SENTENCE) : quantity.start]
            self._set(period, quantity.start < _HEAD_OF_SENTENCE or any(mark in line for mark in "。！？\n"))

    def _date(self, quantity: Quantity, year: int, month: int, day: int) -> str | None:
        if year:
            self.year = year
        if month:
            self.month = month
        elif day:
            month = self.month or 0
        if self.year is None or not (year or month):
            return None
        found = f"{self.year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
        after = self.text[quantity.end : quantity.end + 2]
        if _SINCE.match(self.text, quantity.end):
            return f"{found}/.."
        if after[:1] in ("末", "底") and not day:
            month = month or 12
            return f"{self.year:04}-{month:02}-{monthrange(self.year, month)[1] if 1 <= month <= 12 else 31:02}"
        return found

    def _period(self, quantity: Quantity) -> str | None:
        if len(quantity.parts) == 2 and quantity.parts[0] > 1000:
            self.year = int(quantity.parts[1])
            return f"{quantity.parts[0]}/{quantity.parts[1]}"
        if len(quantity.parts) == 3 and quantity.parts[0] > 1000:  # 2020年1-9月
            self.year = int(quantity.parts[0])
            return f"{self.year:04}-{int(quantity.parts[1]):02}/{self.year:04}-{int(quantity.parts[2]):02}"
        written = self.text[quantity.start : quantity.end]
        months = _months(written)
        if months is None:
            return None
        if self.year is None:
            return written if "季" in written or written in _HALF else None
        return f"{self.year:04}-{months[0]:02}/{self.year:04}-{months[1]:02}"


def _months(words: str) -> tuple[int, int] | None:
    """First and last month of 上半年, 三季度, 前三季度, 前5个月, 1—7月."""
    if words in _HALF:
        return _HALF[words]
    if quarter := _QUARTER.fullmatch(words):
        number = _number(quarter["number"])
        return (1 if quarter["all"] else 3 * number - 2), 3 * number
    if months := _MONTHS.fullmatch(words):
        number = _number(months["number"])
        return (1, number) if 1 <= number <= 12 else None
    if span := _SPAN.fullmatch(words):
        first, last = int(span["first"]), int(span["last"])
        return (first, last) if first <= last <= 12 else None
    return None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _DIGITS.get(written, 0)
