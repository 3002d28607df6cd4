"""The time that a figure speaks of: dates and periods that are written, 去年 and 今年 against the day of publication, labels.

Periods are ISO 8601: a year, a month, a day, or two of them with / between; ``2016/..`` is from 2016 on. Where no date is known the
label stands as it is written (报告期末, 去年). A time that only a part of the sentence tells of does not hold for the rest of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from checker.claims.dates import end_of, is_day, is_year, months_of, one_year_before, plan_years
from checker.claims.reports import report_of
from checker.document import Document
from checker.language.lexicon import Endings, table_of, words_of
from checker.quantities import Quantity

__all__ = ["read_periods"]

Figures = Sequence[tuple[Quantity, int]]

_HEAD_OF_SENTENCE = 12  # characters before a date that still opens its sentence
_NEAR = 40  # characters in which a quotation mark or a bracket before a date is looked for
_LONGEST_CLAUSE = 120
_LONGEST_SOURCE = 24  # characters that name who tells the rest
_LONGEST_SPAN = 6  # characters between the two dates of a span
_ENDS, _BORDERS, _CLOSING = "。！？\n", "，；", "）"
_LATE, _EARLY = 10, 3  # 12月 in what is published up to March is of the year before
_SAY_SOMETHING = frozenset(["quantity", "ratio"])
_UNKNOWN = ""  # a time that is told and not known, so that no other holds


class _Words:
    """The lists of ``claims.toml``, made ready once."""

    def __init__(self) -> None:
        def of(key: str) -> tuple[str, ...]:
            return words_of("claims", "periods", key)

        self.kinds: dict[str, tuple[str, int]] = {}
        for kind in ("years", "own_years", "years_in_force", "days", "months"):
            self.kinds |= {word: (kind, shift) for word, shift in table_of("claims", "periods", kind).items()}
        for kind in ("days_in_force", "present", "labels", "year_ends", "whole_year", "stretches", "quarters"):
            self.kinds |= {word: (kind, number) for number, word in enumerate(of(kind))}
        self.kinds |= dict.fromkeys((*_BORDERS, _CLOSING), ("border", 0))
        # 今年, 截至目前, and what ends a clause: any of the words, the longest first
        known = "|".join(map(re.escape, sorted(self.kinds, key=len, reverse=True)))
        self.any = re.compile(
            f"{known}|(?P<plan>[{''.join(of('digits'))}]{{1,3}})(?=”?(?:{'|'.join(of('plan'))}))"
        )  # 十四五”期间
        self.against, self.bases, self.openers = Endings(of("against")), Endings(of("bases")), Endings(of("openers"))
        self.taken, self.standing, self.listed = Endings(of("taken")), Endings(of("standing")), Endings(of("listed"))
        self.ahead, self.events = Endings(of("ahead")), Endings(of("events"))
        self.seasons, self.same_time = of("seasons"), of("same_time")
        self.behind, self.plan, self.yearly = of("behind"), of("plan"), of("yearly")
        self.since, self.grounds, self.names = of("since"), of("grounds"), of("names")
        self.until, self.ends = of("until"), of("ends")
        self.onward = (*self.since, *self.until)
        self.joining = "".join(of("joining"))
        self.telling = re.compile(
            "|".join((*words_of("claims", "telling"), *words_of("claims", "telling", "counting")))
        )  # 公布, 获悉
        self.past = words_of("claims", "reports", "past")
        self.aims = words_of("claims", "reports", "aims")


@cache
def _words() -> _Words:
    return _Words()


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
    """The period in force while a text is read from front to back.

    A period holds to the end of its sentence, and to the end of its paragraph where it opened the sentence and is no single day.
    """

    def __init__(self, document: Document, figures: Figures, text: str) -> None:
        self._published = document.published
        self._source = document.folded
        self._figures = figures
        self._text = text
        self._report = report_of(self._source, text, figures)
        published = None if self._published is None else self._published.year
        self._this_year = published if self._report is None else self._report.year
        self._notes: dict[str, Callable[[str, int, int, int], None]] = {
            "border": self._border, "years": self._years, "own_years": self._years, "years_in_force": self._years_in_force, "months": self._months,
            "days": self._days, "days_in_force": self._days_in_force, "present": self._present, "labels": self._labels,
            "quarters": self._quarters, "whole_year": self._whole_year, "year_ends": self._year_ends,
            "stretches": self._stretches,
        }  # fmt: skip
        self._handed: dict[int, str] = {}  # of figures to come: 2017年、2018年分别为3座、4座
        self._sentence = 0
        self._compared = -1  # where a year ends that is only compared with
        self._held: _Held | None = None
        self._start_paragraph()

    def _start_paragraph(self) -> None:
        self._of_paragraph: str | None = None
        self._year = self._this_year if self._report is None else self._report.year - 1
        self._month: int | None = None
        self._told_year = False  # whether the paragraph has told a year
        self._called = ""  # the word for a year that is not known: 去年
        self._start_sentence()

    def _start_sentence(self) -> None:
        self._now = self._of_paragraph
        if self._held is not None:
            self._year = self._held.year or self._year
        self._before: str | None = None  # what the next figure alone is of: 比上年的65亿元
        self._held = None
        self._inside: tuple[str | None] | None = None  # what held before a date that stands inside the clause
        self._in_clause = False  # whether the clause has a figure so far
        self._last_date = "", -_LONGEST_SPAN  # the date that was met last, and where
        self._head = self._sentence  # where what opens the sentence begins, behind who tells it
        self._several: list[str] = []  # the dates in a row that were told last

    # ------------------------------------------------------------------ words

    def words(self, start: int, place: int) -> None:
        """Take note of the words before a figure: 去年, 同年, 目前, the end of a clause, a sentence or a paragraph."""
        text = self._text
        ended = max(text.rfind(mark, start, place) for mark in _ENDS)
        if ended >= 0:
            if text.rfind("\n", start, place) >= 0:
                self._start_paragraph()
            elif not text.startswith("其中", ended + 1):
                self._start_sentence()
            start = self._sentence = self._head = ended + 1
        if place == start:
            return
        if self._head == self._sentence and (told := text.find("：", start, min(place, start + _LONGEST_SOURCE))) >= 0:
            self._head = told + 1 if self._is_telling(text[start:told]) else self._head  # 新华社消息：
        for found in _words().any.finditer(text, start, place):
            if found["plan"]:
                self._plan(found["plan"], found.start(), found.end())
                continue
            kind, value = _words().kinds[found.group()]
            self._notes[kind](found.group(), value, found.start(), found.end())

    def _border(self, mark: str, _: int, start: int, end: int) -> None:
        held = self._held
        if held is not None and mark in held.until:
            if held.always or not self._in_clause:
                self._now = held.period
            self._held = None
            self._year = held.year or self._year
        elif mark != _CLOSING and not self._in_clause and self._now and self._only_told(start):
            self._now = self._of_paragraph
        if mark != _CLOSING:
            if (
                not self._in_clause
                and self._head == self._sentence
                and self._is_telling(self._text[self._clause(start) : start])
            ):
                self._head = end
            self._in_clause, self._before, self._inside = False, None, None

    def _only_told(self, end: int) -> bool:
        """Whether the clause that ends here says when something began, or who tells the rest: 2018年开工, 今天，统计局公布."""
        words = _words()
        clause = self._text[self._clause(end) : end].rstrip("的了")
        return words.events.at_end(clause) != "" or (
            self._now is not None and is_day(self._now) and self._is_telling(clause)
        )

    def _is_telling(self, clause: str) -> bool:
        return _words().telling.search(clause) is not None

    def _years(self, word: str, shift: int, start: int, end: int) -> None:
        year = self._this_year
        if year is None and shift == 0 and self._told_year and _words().kinds[word][0] == "own_years":
            year = self._year
        self._year_word(word, None if year is None else year + shift, start, end)

    def _years_in_force(self, word: str, shift: int, start: int, end: int) -> None:
        known = self._year if shift or self._told_year else None
        self._year_word(word, None if known is None else known + shift, start, end)

    def _year_word(self, word: str, year: int | None, start: int, end: int) -> None:
        text, words = self._text, _words()
        if self._is_against(start):
            self._compared = end
            if year is not None and text.startswith("的", self._past_same_time(end)):
                self._before = f"{year:04}"
            elif self._now is None and self._this_year is not None and year == self._this_year - 1:
                self._now = f"{self._this_year:04}"  # 比去年增加: it is of this year
        elif words.bases.at_end(text[start - 1 : start]) and not text.startswith(words.onward, end):
            self._before = _UNKNOWN if year is None else f"{year:04}"
        elif text.startswith(words.same_time, end):
            self._before = _UNKNOWN if year is None else one_year_before(self._now, year)
        elif year is None:
            season = next((season for season in words.seasons if text.startswith(season, end)), "")
            self._year, self._month, self._called = None, None, word
            self._set(word + season if words.kinds[word][0] == "years" else _UNKNOWN, start, end)
        else:
            self._year, self._month, self._told_year = year, None, True
            self._set(end_of(year, 12) if text.startswith(words.ends, end) else f"{year:04}", start, end)

    def _past_same_time(self, end: int) -> int:
        return end + next((len(word) for word in _words().same_time if self._text.startswith(word, end)), 0)

    def _months(self, word: str, shift: int, start: int, end: int) -> None:
        if self._is_against(start):
            return
        if self._published is None:
            self._set(word, start, end)
            return
        count = self._published.year * 12 + self._published.month - 1 + shift
        self._year, self._month = count // 12, count % 12 + 1
        self._set(f"{self._year:04}-{self._month:02}", start, end)

    def _days(self, word: str, shift: int, start: int, end: int) -> None:
        if self._published is None:
            self._set(word, start, end)
            return
        day = (self._published + timedelta(shift)).isoformat()
        joined = self._text.endswith(_words().until, 0, start) or "\ue000" <= self._text[start - 1 : start] <= "\uf8ff"
        if joined and self._now and is_day(self._now):
            self._now = f"{self._now[:10]}/{day}"  # 从昨日中午至今日傍晚
        else:
            self._set(day, start, end)

    def _days_in_force(self, _word: str, _: int, start: int, end: int) -> None:
        if not self._now or not is_day(self._now):
            self._set(_UNKNOWN, start, end)
        elif self._text.startswith("，", end):
            self._held = None  # 仅6月1日当天，

    def _present(self, word: str, number: int, start: int, end: int) -> None:
        if self._published is not None and self._report is None:
            if self._now and self._now != self._of_paragraph and is_day(self._now):
                return  # 23日凌晨发生爆炸，目前已造成30人受伤
            self._set(self._published.isoformat(), start, end)
        else:
            self._set(word if number else _UNKNOWN, start, end)

    def _labels(self, word: str, _: int, start: int, end: int) -> None:
        last = next((last for last in _words().ends if self._text.startswith(last, end)), "")  # 各报告期末
        self._set(word + last, start, end + len(last))

    def _quarters(self, _word: str, number: int, start: int, end: int) -> None:
        if self._year is not None and not self._is_against(start):
            self._set(f"{self._year:04}-{3 * number + 1:02}/{self._year:04}-{3 * number + 3:02}", start, end)

    def _whole_year(self, _word: str, _: int, start: int, end: int) -> None:
        if self._compared == start:
            return  # 比上年全年
        if self._now and self._now[:4].isdecimal():
            self._now = self._now[:4]
        elif self._report is not None:
            self._now = self._of_part(start) or f"{self._report.year - (not self._aims(end)):04}"

    def _aims(self, place: int) -> bool:
        """Whether the next figure is one to be reached: 全年增长5%左右."""
        index = bisect_right(self._figures, place - 1, key=lambda figure: figure[1])
        if index == len(self._figures):
            return False
        quantity, aims = self._figures[index][0], _words().aims
        return self._source.endswith(aims, quantity.start, quantity.end) or self._source.startswith(aims, quantity.end)

    def _year_ends(self, _word: str, _: int, start: int, end: int) -> None:
        told = self._now or (None if self._report is None else str(self._report.year - 1))
        if told is not None and not self._is_against(start) and (is_year(told) or told.endswith("-12-31")):
            self._now, self._held = f"{told[:4]}-12-31", None

    def _plan(self, word: str, start: int, end: int) -> None:
        years = plan_years(word)
        if years is not None:
            since = self._text.startswith(
                tuple(f"{quote}{word}" for word in _words().since for quote in ("", "”")), end
            )
            self._set(f"{years[:4]}/.." if since else years, start, end)

    def _stretches(self, _word: str, _: int, start: int, end: int) -> None:
        self._set(_UNKNOWN, start, end)

    # ------------------------------------------------------------------ figures

    def figure(self, index: int) -> str | None:
        """The period of a figure; a date or period that the text writes is taken note of."""
        quantity, place = self._figures[index]
        year, told = self._year, self._told_year
        period = self._read(quantity)
        if period is not None:
            if self._in_name(quantity) or not self._take(index, period):
                self._year, self._told_year = year, told
            elif self._held is not None and self._held.year is None:
                self._held = self._held._replace(year=year)
            return self._now
        if quantity.kind not in _SAY_SOMETHING:
            return self._now
        if quantity.id not in self._handed and self._several:
            self._hand_out(index)
        if quantity.id in self._handed:
            self._in_clause = True
            return self._handed.pop(quantity.id)
        if self._is_stretch(quantity, place):
            self._set(self._year_over(quantity), place, place + 1)
            return _UNKNOWN
        before, self._before = self._before, None
        if before is not None:
            return before
        words = _words()
        near = self._text[max(self._sentence, place - _HEAD_OF_SENTENCE) : place]
        if self._inside is not None and words.listed.at_end(near):
            self._now, self._held = self._inside[0], None
        self._in_clause = True
        now = self._of_part(place) if self._now is None else self._now
        return _UNKNOWN if now and "/" not in now and any(word in near for word in words.yearly) else now

    def _is_stretch(self, quantity: Quantity, place: int) -> bool:
        """Whether years say only since when: 近5年, 55年来."""
        if quantity.unit is None or quantity.unit.dimension != "[time]" or "年" not in (quantity.surface or ""):
            return False
        words = _words()
        return (
            self._text.startswith(words.behind, place + 1)
            or words.ahead.at_end(self._text[max(0, place - 3) : place]) != ""
        )

    def _year_over(self, quantity: Quantity) -> str:
        """The year that 过去一年 means in a report."""
        past = any(self._source.find(word, max(0, quantity.start - 3), quantity.end + 2) >= 0 for word in _words().past)
        return f"{self._report.year - 1:04}" if past and self._report is not None else _UNKNOWN

    def _of_part(self, place: int) -> str | None:
        """The year of the part of a report."""
        return None if self._report is None else self._report.at(place)

    def _take(self, index: int, period: str) -> bool:
        """Whether a date holds from here on, be it one of several; not one that is the base of a change, or is compared with."""
        place = self._figures[index][1]
        text, words = self._text, _words()
        first, near = self._last_date
        self._last_date = period, place
        if (
            text[near + 1 : place].rstrip(" ").endswith(words.until)
            and place - near < _LONGEST_SPAN
            and is_day(period)
            and is_day(first)
        ):
            self._before = None
            self._now = f"{first[:10]}/{period[-10:]}"  # 3月29日0时至4月19日
            return True
        if self._one_of_several(index, period):
            return True
        if words.bases.at_end(text[place - 1 : place]) and not text.startswith(words.onward, place + 1):
            self._before = period
        elif self._is_against(place) or self._compared == place:  # 比去年12月
            if text.startswith("的", place + 1):
                self._before = period
        else:
            self._set(period, place, place + 1)
            return True
        return False

    def _one_of_several(self, index: int, period: str) -> bool:
        """Whether a date is one of several in a row (2017年、2018年): they hold together, or each for its own figure."""
        before = index - 1 >= 0 and self._joined(index - 1) and self._several
        behind = (
            index + 1 < len(self._figures)
            and self._joined(index)
            and _like(self._figures[index], self._figures[index + 1])
        )
        if not before and not behind:
            self._several = []
            return False
        if not before:
            if self._is_against(self._figures[index][1]):
                return False
            self._several = []
        self._several.append(period)
        if not behind:
            years = self._several
            run = all(is_year(year) for year in years) and [int(year) for year in years] == list(
                range(int(years[0]), int(years[0]) + len(years))
            )
            self._now, self._held = (f"{years[0]}/{years[-1]}" if run else _UNKNOWN), None
        return True

    def _joined(self, index: int) -> bool:
        """Whether nothing but 、 or 和 stands between a figure and the next."""
        first, second = self._figures[index][1], self._figures[index + 1][1]
        return second - first <= 3 and not self._text[first + 1 : second].strip(_words().joining + " ")

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
        text, words = self._text, _words()
        opened = text.rfind("（", max(self._sentence, start - _NEAR), start)
        lead = text[self._clause(start) : start]
        clause_opens = self._opens_clause(lead) or (text.startswith("，", end) and not words.openers.at_end(lead))
        held = self._now if self._held is None else self._held.period
        if opened >= 0 and text.find("）", opened, start) < 0:
            if self._held is None or self._held.until != _CLOSING:
                self._held = _Held(_CLOSING, self._now, always=True)
        elif lead.startswith(words.grounds) or words.taken.at_end(lead):
            self._held = _Held(_BORDERS, held, always=True)
        elif clause_opens:
            self._held = None
        elif self._held is None and (is_day(period) or start - self._head > _HEAD_OF_SENTENCE):
            self._held = _Held(_BORDERS, self._now, always=False)
        self._inside = None if clause_opens else (held,)
        self._now = period
        standing = words.standing.at_end(lead.rstrip()) != ""
        opens = start - self._head < _HEAD_OF_SENTENCE and self._held is None
        if opens and (standing or not is_day(period)):
            self._of_paragraph = period

    def _opens_clause(self, lead: str) -> bool:
        """Whether nothing stands before a date in its clause but 在, 截至 and other dates."""
        words = _words()
        while lead:
            if "\ue000" <= lead[-1] <= "\uf8ff" or lead[-1] in " （“":
                lead = lead[:-1]
            elif ending := words.openers.at_end(lead):
                lead = lead[: -len(ending)]
            else:
                break
        return not any(map(str.isalnum, lead)) or lead in words.kinds

    def _is_against(self, start: int) -> bool:
        """Whether what stands before a date only compares with it."""
        return _words().against.at_end(self._text[max(self._sentence, start - 3) : start]) != ""

    def _clause(self, place: int) -> int:
        """Where the clause begins in which a place stands."""
        low = max(self._sentence, place - _LONGEST_CLAUSE)
        return max(low - 1, *(self._text.rfind(mark, low, place) for mark in (*_BORDERS, "："))) + 1

    def _in_name(self, quantity: Quantity) -> bool:
        """Whether a date stands in the title of something: 《2018年度工作计划》, 2018年年报."""
        if self._source.startswith(_words().names, quantity.end):
            return True
        low = max(0, quantity.start - _NEAR)
        return self._source.rfind("《", low, quantity.start) > self._source.rfind("》", low, quantity.start)

    # ------------------------------------------------------------------ dates

    def _read(self, quantity: Quantity) -> str | None:
        """What a figure writes, if it is a date or a period."""
        if quantity.kind == "date" and len(quantity.parts) == 3:
            return self._date(quantity, *(int(part) for part in quantity.parts))
        if quantity.kind == "period":
            return self._span(quantity)
        return None

    def _date(self, quantity: Quantity, year: int, month: int, day: int) -> str | None:
        after = self._source[quantity.end : quantity.end + 3]
        if year:
            self._year, self._month, self._told_year = year, None, True
        if month and not day and self._year is None and self._called:
            return f"{self._called}{month}月"
        if month:
            self._month = month
        elif day:
            month = self._month or (0 if self._published is None or self._told_year else self._published.month)
        if self._year is None or not (year or month):
            return None
        told = self._year
        if month and not self._told_year and self._published is not None and self._report is None:
            told -= self._published.month <= _EARLY and month >= _LATE
        found = f"{told:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
        if after.removeprefix("年").startswith(_words().since):
            return f"{found}/.."
        if after.removeprefix("年").startswith(_words().ends) and not day:
            return end_of(told, month or 12)
        return found

    def _span(self, quantity: Quantity) -> str | None:
        parts = [int(part) for part in quantity.parts]
        if len(parts) == 2 and parts[0] > 1000:
            self._year, self._told_year = parts[1], True
            return f"{parts[0]}/{parts[1]}"
        if len(parts) == 3 and parts[0] > 1000:  # 2020年1-9月
            self._year, self._told_year = parts[0], True
            return f"{parts[0]:04}-{parts[1]:02}/{parts[0]:04}-{parts[2]:02}"
        if len(parts) == 5 and parts[0] > 1000:  # 2020年3月28日至4月2日
            self._year, self._told_year = parts[0], True
            return f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}/{parts[0]:04}-{parts[3]:02}-{parts[4]:02}"
        if len(parts) == 4 and self._year is not None:  # 3月28日至4月2日
            return f"{self._year:04}-{parts[0]:02}-{parts[1]:02}/{self._year:04}-{parts[2]:02}-{parts[3]:02}"
        written = self._source[quantity.start : quantity.end]
        months = months_of(written)
        if months is None:
            return None
        if self._year is None:
            return f"{self._called}{written}"
        if self._source.startswith(_words().ends, quantity.end):
            return end_of(self._year, months[1])
        return f"{self._year:04}-{months[0]:02}/{self._year:04}-{months[1]:02}"


def _like(first: tuple[Quantity, int], second: tuple[Quantity, int]) -> bool:
    """Whether two dates in a row are of one grain: 2017年 and 2018年."""
    one, other = first[0], second[0]
    return one.kind == other.kind == "date" and [not part for part in one.parts] == [not part for part in other.parts]
