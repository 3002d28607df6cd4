"""The period in force while a text is read from front to back: what takes it over, how long it holds, and what holds again behind it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from checker.claims.dates import end_of, is_day, is_year, one_year_before
from checker.claims.periods.normalising import is_unknown, joined, like, onward, period_of, plan_of, quarter_of, run_of
from checker.claims.periods.recognising import (
    BORDERS,
    CLOSING,
    Passage,
    TimeWord,
    last_of,
    opens_clause,
    time_words,
    words_on_time,
)
from checker.claims.periods.reference import Reference
from checker.claims.reports import report_of
from checker.document import Document
from checker.quantities import Quantity

__all__ = ["read_periods"]

Figures = Sequence[tuple[Quantity, int]]

_HEAD_OF_SENTENCE = 12  # characters before a date that still opens its sentence
_LONGEST_SOURCE = 24  # characters that name who tells the rest
_LONGEST_SPAN = 6  # characters between the two dates of a span
_ENDS = "。！？\n"
_SAY_SOMETHING = frozenset(["quantity", "ratio"])
_LONGEST_TITLE, _MOST_IN_TITLE = 80, 8  # characters, and figures
_UNKNOWN = ""  # a time that is told and not known, so that no other holds


def read_periods(document: Document, figures: Figures, text: str) -> Mapping[int, str | None]:
    """For each figure, by its id, the period in force where it stands; `figures` with their places in the skeleton `text`."""
    reader = _Reader(document, figures, text)
    found: dict[int, str | None] = {}
    read_to = 0
    for index, (quantity, place) in enumerate(figures):
        reader.words(read_to, place)
        found[quantity.id] = reader.figure(index) or None
        read_to = place + 1
    return found


class _Held(NamedTuple):
    """What holds again behind the clause or the bracket that tells of another time."""

    until: str  # the marks that end it
    period: str | None
    always: bool  # also where the clause has a figure of that time
    year: int | None = None  # that 同年 is told from


class _Reader:
    """What is in force, from one word or figure to the next.

    A period holds to the end of its sentence, and to the end of its paragraph where it opened the sentence and is no single day.
    """

    def __init__(self, document: Document, figures: Figures, text: str) -> None:
        source = document.folded
        self._figures = figures
        self._text = text
        self._passage = Passage(text, source)
        self._reference = Reference(document.published, report_of(source, text, figures))
        self._notes: dict[str, Callable[[TimeWord], None]] = {
            "border": self._border, "years": self._years, "own_years": self._years, "years_in_force": self._years_in_force, "months": self._months,
            "days": self._days, "days_in_force": self._days_in_force, "present": self._present, "labels": self._labels,
            "quarters": self._quarters, "whole_year": self._whole_year, "year_ends": self._year_ends, "plan": self._plan,
            "stretches": self._stretches,
        }  # fmt: skip
        self._handed: dict[int, str] = {}  # of figures to come: 2017年、2018年分别为3座、4座
        self._compared = -1  # where a year ends that is only compared with
        self._held: _Held | None = None
        self._of_title = None if self._reference.report is not None else self._title()
        self._start_paragraph()

    def _title(self) -> str | None:
        """The year, or the months of a year, that opens the title and is its only time: 2025年林业产值增加; None for 2025年以来."""
        end, source = self._text.find("\n"), self._passage.source
        if not 0 < end < _LONGEST_TITLE or last_of(self._text, _ENDS, 0, end) >= 0:
            return None
        dates = [(q, p) for q, p in self._figures[:_MOST_IN_TITLE] if p < end and q.kind in ("date", "period")]
        if len(dates) != 1:
            return None
        date, place = dates[0]
        if any(map(str.isalnum, self._text[:place])) or source.startswith(time_words().onward, date.end):
            return None
        told = None if self._passage.in_name(date) else period_of(date, source, Reference(None, None))
        return told if told is not None and not is_day(told) and told[:4].isdecimal() else None

    def _start_paragraph(self) -> None:
        self._of_paragraph: str | None = None
        self._reference.start_paragraph()
        self._start_sentence()

    def _start_sentence(self) -> None:
        self._now = self._of_paragraph
        if self._held is not None:
            self._reference.year = self._held.year or self._reference.year
        self._before: str | None = None  # what the next figure alone is of: 比上年的65亿元
        self._held = None
        self._inside: tuple[str | None] | None = None  # what held before a date that stands inside the clause
        self._in_clause = False  # whether the clause has a figure so far
        self._last_date = "", -_LONGEST_SPAN  # the date that was met last, and where
        self._head = self._passage.sentence  # where what opens the sentence begins, behind who tells it
        self._several: list[str] = []  # the dates in a row that were told last

    # ------------------------------------------------------------------ words

    def words(self, start: int, place: int) -> None:
        """Take note of the words before a figure: 去年, 同年, 目前, the end of a clause, a sentence or a paragraph."""
        text, passage = self._text, self._passage
        ended = last_of(text, _ENDS, start, place)
        if ended >= 0:
            if text.rfind("\n", start, place) >= 0:
                self._start_paragraph()
            elif not text.startswith("其中", ended + 1):
                self._start_sentence()
            start = passage.sentence = self._head = ended + 1
        if place == start:
            return
        if self._head == passage.sentence:  # 新华社消息：
            told = text.find("：", start, min(place, start + _LONGEST_SOURCE))
            if told >= 0 and passage.is_telling(start, told):
                self._head = told + 1
        for word in words_on_time(text, start, place):
            self._notes[word.kind](word)

    def _border(self, mark: TimeWord) -> None:
        passage, start, closing = self._passage, mark.start, mark.written == CLOSING
        held = self._held
        if held is not None and mark.written in held.until:
            if held.always or not self._in_clause:
                self._now = held.period
            self._held = None
            self._reference.year = held.year or self._reference.year
        elif not closing and not self._in_clause and self._now and self._only_told(start):
            self._now = self._of_paragraph
        if not closing:
            if (
                not self._in_clause
                and self._head == passage.sentence
                and passage.is_telling(passage.clause(start), start)
            ):
                self._head = mark.end
            self._in_clause, self._before, self._inside = False, None, None

    def _only_told(self, end: int) -> bool:
        """Whether the clause that ends here says when something began, or who tells the rest: 2018年开工, 今天，统计局公布."""
        start = self._passage.clause(end)
        return self._passage.tells_event(start, end) or (
            self._now is not None and is_day(self._now) and self._passage.is_telling(start, end)
        )

    def _years(self, word: TimeWord) -> None:
        self._year_word(word, self._reference.year_of(word.value, own=word.kind == "own_years"))

    def _years_in_force(self, word: TimeWord) -> None:
        self._year_word(word, self._reference.year_in_force(word.value))

    def _year_word(self, word: TimeWord, year: int | None) -> None:
        text, passage, reference = self._text, self._passage, self._reference
        this_year = reference.this_year
        if passage.is_against(word.start):
            self._compared = word.end
            if year is not None and text.startswith("的", passage.behind_same_time(word.end)):
                self._before = f"{year:04}"
            elif self._now is None and this_year is not None and year == this_year - 1:
                self._now = f"{this_year:04}"  # 比去年增加: it is of this year
        elif self._is_divisor(word.start, word.end):
            self._compared = word.end
        elif passage.is_base(word.start, word.end):
            self._before = _UNKNOWN if year is None else f"{year:04}"
        elif text.startswith(time_words().same_time, word.end):
            self._before = _UNKNOWN if year is None else one_year_before(self._now, year)
        elif year is None:
            reference.call(word.written)
            named = word.written + passage.season(word.end) if word.kind == "years" else _UNKNOWN
            self._set(named, word.start, word.end)
        else:
            reference.tell(year)
            self._set(end_of(year, 12) if passage.at_end(word.end) else f"{year:04}", word.start, word.end)

    def _months(self, word: TimeWord) -> None:
        if self._passage.is_base(word.start, word.end):
            self._before = _UNKNOWN  # 由上月的2%扩大至3%
        elif not self._passage.is_against(word.start):
            self._set(self._reference.tell_month(word.value) or word.written, word.start, word.end)

    def _days(self, word: TimeWord) -> None:
        day = self._reference.day(word.value)
        text, start = self._text, word.start
        goes_on = "\ue000" <= text[start - 1 : start] <= "\uf8ff" or text.endswith(time_words().until, 0, start)
        if goes_on and day is not None and self._now and is_day(self._now):
            self._now = joined(self._now, day)  # 从昨日中午至今日傍晚
        else:
            self._set(day or word.written, start, word.end)

    def _days_in_force(self, word: TimeWord) -> None:
        if not self._now or not is_day(self._now):
            self._set(_UNKNOWN, word.start, word.end)
        elif self._text.startswith("，", word.end):
            self._held = None  # 仅6月1日当天，

    def _present(self, word: TimeWord) -> None:
        published = self._reference.published
        if published is not None and self._reference.report is None:
            if self._now and self._now != self._of_paragraph and is_day(self._now):
                return  # 23日凌晨发生爆炸，目前已造成30人受伤
            self._set(published.isoformat(), word.start, word.end)
        else:
            self._set(word.written if word.value else _UNKNOWN, word.start, word.end)

    def _labels(self, word: TimeWord) -> None:
        last = self._passage.at_end(word.end)  # 各报告期末
        self._set(word.written + last, word.start, word.end + len(last))

    def _quarters(self, word: TimeWord) -> None:
        if self._reference.year is not None and not self._passage.is_against(word.start):
            self._set(quarter_of(self._reference.year, word.value), word.start, word.end)

    def _whole_year(self, word: TimeWord) -> None:
        if self._compared == word.start:
            return  # 比上年全年
        report = self._reference.report
        if self._now and self._now[:4].isdecimal():
            self._now = self._now[:4]
        elif report is not None:
            self._now = report.at(word.start) or f"{report.year - (not self._aims(word.end)):04}"

    def _aims(self, place: int) -> bool:
        """Whether the next figure is one to be reached: 全年增长5%左右."""
        index = bisect_right(self._figures, place - 1, key=lambda figure: figure[1])
        return index < len(self._figures) and self._passage.is_aim(self._figures[index][0])

    def _year_ends(self, word: TimeWord) -> None:
        report = self._reference.report
        told = self._now or (None if report is None else str(report.year - 1))
        if told is not None and not self._passage.is_against(word.start) and (is_year(told) or told.endswith("-12-31")):
            self._now, self._held = f"{told[:4]}-12-31", None

    def _plan(self, word: TimeWord) -> None:
        years = plan_of(word.written, since=self._text.startswith(time_words().since_plan, word.end))
        if years is not None:
            self._set(years, word.start, word.end)

    def _stretches(self, word: TimeWord) -> None:
        if not self._passage.is_record(word.end):
            self._set(_UNKNOWN, word.start, word.end)

    # ------------------------------------------------------------------ figures

    def figure(self, index: int) -> str | None:
        """The period of a figure; a date or period that the text writes is taken note of."""
        quantity, place = self._figures[index]
        reference, passage = self._reference, self._passage
        if quantity.kind not in _SAY_SOMETHING:
            year, told = reference.year, reference.told
            period = period_of(quantity, passage.source, reference)
            if period is None:
                if is_unknown(quantity) and not passage.in_brackets(place) and not passage.in_name(quantity):
                    self._set(_UNKNOWN, place, place + 1)  # 今天公布，7月份: that of no known year
                return self._now
            if passage.is_since(place):
                period = onward(period)
            if passage.in_name(quantity) or not self._take(index, period):
                reference.year, reference.told = year, told
            elif self._held is not None and self._held.year is None:
                self._held = self._held._replace(year=year)
            return self._now
        if quantity.id not in self._handed and self._several:
            self._hand_out(index)
        if quantity.id in self._handed:
            self._in_clause = True
            return self._handed.pop(quantity.id)
        if passage.is_stretch(quantity, place):
            if not passage.is_record(place + 1):
                self._set(self._year_over(quantity), place, place + 1)
            return _UNKNOWN
        before, self._before = self._before, None
        if before is not None:
            return before
        words = time_words()
        near = self._text[max(passage.sentence, place - _HEAD_OF_SENTENCE) : place]
        if self._inside is not None and words.listed.at_end(near):
            self._now, self._held = self._inside[0], None
        self._in_clause = True
        now = (reference.of_part(place) or self._of_title) if self._now is None else self._now
        return _UNKNOWN if now and "/" not in now and any(word in near for word in words.yearly) else now

    def _year_over(self, quantity: Quantity) -> str:
        """The year that 过去一年 means in a report."""
        report = self._reference.report
        return _UNKNOWN if report is None or not self._passage.is_past_year(quantity) else f"{report.year - 1:04}"

    def _take(self, index: int, period: str) -> bool:
        """Whether a date holds from here on, be it one of several; not one that is the base of a change, or is compared with."""
        place = self._figures[index][1]
        text, passage = self._text, self._passage
        first, near = self._last_date
        self._last_date = period, place
        if (
            text[near + 1 : place].rstrip(" ").endswith(time_words().until)
            and place - near < _LONGEST_SPAN
            and is_day(period)
            and is_day(first)
        ):
            self._before = None
            self._now = joined(first, period)  # 3月29日0时至4月19日
            return True
        if self._one_of_several(index, period):
            return True
        if self._is_divisor(place, place + 1):
            pass  # 是2000年的60多倍: of the year in force
        elif passage.is_base(place, place + 1):
            self._before = period
        elif passage.is_against(place) or self._compared == place:  # 比去年12月
            if text.startswith("的", place + 1):
                self._before = period
        else:
            self._set(period, place, place + 1)
            return True
        return False

    def _is_divisor(self, start: int, end: int) -> bool:
        """Whether a time is only what a figure is a multiple or a part of: 是2000年的60多倍, 相当于2015年的80%."""
        place = self._passage.is_divisor(start, end)
        if place is None:
            return False
        index = bisect_right(self._figures, place - 1, key=lambda figure: figure[1])
        if index == len(self._figures) or self._figures[index][1] != place:
            return False
        unit = self._figures[index][0].unit
        return unit is not None and unit.dimension in ("[multiple]", "[rate]")

    def _one_of_several(self, index: int, period: str) -> bool:
        """Whether a date is one of several in a row (2017年、2018年): they hold together, or each for its own figure."""
        before = index - 1 >= 0 and self._joined(index - 1) and self._several
        behind = (
            index + 1 < len(self._figures)
            and self._joined(index)
            and like(self._figures[index][0], self._figures[index + 1][0])
        )
        if not before and not behind:
            self._several = []
            return False
        if not before:
            if self._passage.is_against(self._figures[index][1]):
                return False
            self._several = []
        self._several.append(period)
        if not behind:
            self._now, self._held = run_of(self._several) or _UNKNOWN, None
        return True

    def _joined(self, index: int) -> bool:
        """Whether nothing but 、 or 和 stands between a figure and the next."""
        first, second = self._figures[index][1], self._figures[index + 1][1]
        return second - first <= 3 and not self._text[first + 1 : second].strip(time_words().joining + " ")

    def _hand_out(self, index: int) -> None:
        """Give each of several figures in a row its own of as many dates."""
        last = index
        while last + 1 < len(self._figures) and last - index < len(self._several) and self._joined(last):
            last += 1
        if last - index + 1 == len(self._several):
            for (quantity, _), period in zip(self._figures[index : last + 1], self._several, strict=True):
                self._handed[quantity.id] = period

    # ------------------------------------------------------------------ where a time holds

    def _set(self, period: str, start: int, end: int) -> None:
        """The period from here on, told by the words from `start` to `end`."""
        text, words, passage = self._text, time_words(), self._passage
        lead = passage.lead(start)
        is_short = is_day(period) or words.kinds.get(period, ("", 0))[0] == "days"
        opens = opens_clause(lead) or (text.startswith("，", end) and not words.openers.at_end(lead))
        held = self._now if self._held is None else self._held.period
        if passage.in_brackets(start):
            if self._held is None or self._held.until != CLOSING:
                self._held = _Held(CLOSING, self._now, always=True)
        elif lead.startswith(words.grounds) or words.taken.at_end(lead):
            self._held = _Held(BORDERS, held, always=True)
        elif opens:
            self._held = None
        elif self._held is None and (is_short or start - self._head > _HEAD_OF_SENTENCE):
            self._held = _Held(BORDERS, self._now, always=False)
        self._inside = None if opens else (held,)
        self._now = period
        in_front = start - self._head < _HEAD_OF_SENTENCE and self._held is None
        if in_front and (not is_short or words.standing.at_end(lead.rstrip())):
            self._of_paragraph = period
