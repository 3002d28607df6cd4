"""What words on time count from: the day of publication, the year of a report, and the year that was told last."""

from __future__ import annotations

from datetime import date, timedelta

from checker.claims.reports import Report

__all__ = ["Reference"]

_LATE, _EARLY = 10, 3  # 12月 in what is published up to March is of the year before


class Reference:
    """The date that 今年, 本月, 同年 or a bare 3月 is told from, while a text is read from front to back.

    `this_year` is that of 今年 in the whole document, `year` and `month` are those told last in the paragraph.
    """

    def __init__(self, published: date | None, report: Report | None) -> None:
        self.published = published
        self.report = report
        of_published = None if published is None else published.year
        self.this_year = of_published if report is None else report.year
        self.start_paragraph()

    def start_paragraph(self) -> None:
        """Forget what the paragraph before has told."""
        self.year = self.this_year if self.report is None else self.report.year - 1
        self.month: int | None = None
        self.told = False  # whether the paragraph has told a year
        self.called = ""  # the word for a year that is not known: 去年

    def tell(self, year: int) -> None:
        """Take note of a year that the text tells."""
        self.year, self.month, self.told = year, None, True

    def call(self, word: str) -> None:
        """Take note of a year that is named and not known: 去年 where no day of publication is known."""
        self.year, self.month, self.called = None, None, word

    def year_of(self, shift: int, *, own: bool) -> int | None:
        """The year that 去年 means; `own` where the word means the year told last if there is no other: 本年."""
        if self.this_year is None:
            return self.year if own and shift == 0 and self.told else None
        return self.this_year + shift

    def year_in_force(self, shift: int) -> int | None:
        """The year that 同年, 上年 mean: from the one told last."""
        return self.year + shift if self.year is not None and (shift or self.told) else None

    def tell_month(self, shift: int) -> str | None:
        """Take note of 本月, 上月, and what month that is; None where no day of publication is known."""
        if self.published is None:
            return None
        count = self.published.year * 12 + self.published.month - 1 + shift
        self.year, self.month = count // 12, count % 12 + 1
        return f"{self.year:04}-{self.month:02}"

    def day(self, shift: int) -> str | None:
        """What day 昨天 is; None where no day of publication is known."""
        return None if self.published is None else (self.published + timedelta(shift)).isoformat()

    def month_of_day(self) -> int:
        """The month of a day that is written without one (25日); 0 where none is known."""
        return self.month or (0 if self.published is None or self.told else self.published.month)

    def year_of_month(self, year: int, month: int) -> int:
        """The year of a month that is written without one: 12月, published in March, is of the year before."""
        if month and not self.told and self.published is not None and self.report is None:
            return year - (self.published.month <= _EARLY and month >= _LATE)
        return year

    def of_part(self, place: int) -> str | None:
        """The year of the part of a report in which a place stands."""
        return None if self.report is None else self.report.at(place)
