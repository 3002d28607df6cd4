"""Where a text speaks of time: its words, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from checker.language.lexicon import Endings, table_of, words_of
from checker.quantities import Quantity

__all__ = [
    "BORDERS",
    "CLOSING",
    "Passage",
    "TimeWord",
    "TimeWords",
    "last_of",
    "opens_clause",
    "time_words",
    "words_on_time",
]

BORDERS, CLOSING = "，；", "）"
_NEAR = 40  # characters in which a quotation mark or a bracket before a date is looked for
_LONGEST_CLAUSE = 120
_AGAINST_REACH = 3  # characters before a date that tell whether it is only compared with
_FIRST_PLACEHOLDER, _LAST_PLACEHOLDER = "\ue000", "\uf8ff"


class TimeWord(NamedTuple):
    """A word on time, or a mark that ends a clause: its kind, what the kind's list says of it, and where it stands."""

    kind: str
    written: str
    value: int
    start: int
    end: int


class TimeWords:
    """The lists of ``claims.toml`` on time, made ready once."""

    def __init__(self) -> None:
        def of(key: str) -> tuple[str, ...]:
            return words_of("claims", "periods", key)

        self.kinds: dict[str, tuple[str, int]] = {}
        for kind in ("years", "own_years", "years_in_force", "days", "months"):
            self.kinds |= {word: (kind, shift) for word, shift in table_of("claims", "periods", kind).items()}
        for kind in ("days_in_force", "present", "labels", "year_ends", "whole_year", "stretches", "quarters"):
            self.kinds |= {word: (kind, number) for number, word in enumerate(of(kind))}
        known = "|".join(map(re.escape, sorted(self.kinds, key=len, reverse=True)))
        digits, plan = "".join(of("digits")), "|".join(of("plan"))
        first = re.escape("".join({word[0] for word in self.kinds}))
        # 今年, 截至目前: any of the words, the longest first; 十四五”期间; ，
        self.any = re.compile(
            f"(?=[{first}{digits}{BORDERS}{CLOSING}])"
            f"(?:(?P<border>[{BORDERS}{CLOSING}])|{known}|(?P<plan>[{digits}]{{1,3}})(?=”?(?:{plan})))"
        )
        self.against, self.bases, self.openers = Endings(of("against")), Endings(of("bases")), Endings(of("openers"))
        self.taken, self.standing, self.listed = Endings(of("taken")), Endings(of("standing")), Endings(of("listed"))
        self.ahead_words = of("ahead")
        self.ahead, self.events = Endings(of("ahead")), Endings(of("events"))
        self.seasons, self.same_time = of("seasons"), of("same_time")
        self.long, self.records = of("long"), of("records")
        self.behind, self.yearly = of("behind"), of("yearly")
        self.since, self.grounds, self.names = of("since"), of("grounds"), of("names")
        self.since_plan = tuple(f"{quote}{word}" for word in self.since for quote in ("", "”"))
        self.begins = of("from")
        self.until, self.ends = of("until"), of("ends")
        self.onward = (*self.since, *self.until)
        self.joining = "".join(of("joining"))
        self.times = Endings(words_of("claims", "times"))
        self.of = words_of("claims", "behind", "of")[0]
        # 公布, 获悉: who tells the rest
        self.telling = re.compile(
            "|".join((*words_of("claims", "telling"), *words_of("claims", "telling", "counting")))
        )
        self.past = words_of("claims", "reports", "past")
        self.aims = words_of("claims", "reports", "aims")


@cache
def time_words() -> TimeWords:
    """The words on time, read when they are first asked for."""
    return TimeWords()


def words_on_time(text: str, start: int, end: int) -> Iterator[TimeWord]:
    """The words on time in a stretch, and the marks that end its clauses.

    >>> [(word.kind, word.written) for word in words_on_time("去年，“十四五”期间", 0, 10)]
    [('years', '去年'), ('border', '，'), ('plan', '十四五')]
    """
    kinds = time_words().kinds
    for found in time_words().any.finditer(text, start, end):
        written = found.group()
        kind, value = (found.lastgroup, 0) if found.lastgroup else kinds[written]
        yield TimeWord(kind, written, value, *found.span())


def last_of(text: str, marks: str, start: int, end: int) -> int:
    """Where the last of some marks stands in a stretch; -1 for none."""
    last = -1
    for mark in marks:
        at = text.rfind(mark, start, end)
        if at > last:
            last = at
    return last


class Passage:
    """The text around words on time: `text` is the skeleton, `source` what was written."""

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.source = source
        self.sentence = 0  # where the sentence begins that is being read

    def clause(self, place: int) -> int:
        """Where the clause begins in which a place stands."""
        low = max(self.sentence, place - _LONGEST_CLAUSE)
        return max(low, last_of(self.text, BORDERS + "：", low, place) + 1)

    def lead(self, place: int) -> str:
        """The words of a clause before a place."""
        return self.text[self.clause(place) : place]

    def in_brackets(self, place: int) -> bool:
        """Whether a bracket that was opened in the sentence is not closed before a place."""
        opened = self.text.rfind("（", max(self.sentence, place - _NEAR), place)
        return opened >= 0 and self.text.find("）", opened, place) < 0

    def is_against(self, place: int) -> bool:
        """Whether what stands before a date only compares with it: 比, 与."""
        return time_words().against.at_end(self.text[max(self.sentence, place - _AGAINST_REACH) : place]) != ""

    def is_base(self, start: int, end: int) -> bool:
        """Whether a date is only where a change comes from: 由2012年的; not 从2012年起."""
        words, text = time_words(), self.text
        return words.bases.at_end(text[start - 1 : start]) != "" and not text.startswith(words.onward, end)

    def is_divisor(self, start: int, end: int) -> int | None:
        """Where the figure stands that a time is the base of as 是2000年的[3倍] has it; None where it is none."""
        words, text = time_words(), self.text
        end = self.behind_same_time(end)
        end += len(self.at_end(end))
        if not text.startswith(words.of, end) or not words.times.at_end(text[max(self.sentence, start - 4) : start]):
            return None
        return end + len(words.of)

    def is_since(self, place: int) -> bool:
        """Whether a date says only since when: 自2013年; not 自2013年3月至5月."""
        words, text = time_words(), self.text
        return text.endswith(words.begins, 0, place) and not text.startswith(words.until, place + 1)

    def is_telling(self, start: int, end: int) -> bool:
        """Whether a clause says who tells the rest: 统计局公布."""
        return time_words().telling.search(self.text, start, end) is not None

    def tells_event(self, start: int, end: int) -> bool:
        """Whether a clause ends with what a date is told of: 2018年开工的."""
        return time_words().events.at_end(self.text[start:end].rstrip("的了")) != ""

    def behind_same_time(self, place: int) -> int:
        """Where 同期 ends, if it stands at a place."""
        return place + next((len(word) for word in time_words().same_time if self.text.startswith(word, place)), 0)

    def season(self, place: int) -> str:
        """The season that goes on from a year: 去年[秋天]."""
        return next((season for season in time_words().seasons if self.text.startswith(season, place)), "")

    def at_end(self, place: int) -> str:
        """末 or 底, if one of them stands at a place."""
        return next((last for last in time_words().ends if self.text.startswith(last, place)), "")

    def is_stretch(self, quantity: Quantity, place: int) -> bool:
        """Whether years or months say only since when: 近5年, 55年来, 近3个月."""
        if quantity.unit is None or quantity.unit.dimension != "[time]":
            return False
        words, surface = time_words(), quantity.surface or ""
        if not surface.endswith(words.long):
            return False
        ahead = (
            self.source.startswith(words.ahead_words, quantity.start)  # 近 is read as a part of the figure
            or words.ahead.at_end(self.text[max(0, place - 3) : place]) != ""
        )
        return ahead or (words.long[0] in surface and self.text.startswith(words.behind, place + 1))

    def is_record(self, end: int) -> bool:
        """Whether a stretch only says how long something is a record: 创近16年[新高]."""
        return self.text.startswith(time_words().records, end)

    def is_past_year(self, quantity: Quantity) -> bool:
        """Whether a stretch of time is the year that is over: 过去一年."""
        near = self.source[max(0, quantity.start - 3) : quantity.end + 2]
        return any(word in near for word in time_words().past)

    def in_name(self, quantity: Quantity) -> bool:
        """Whether a date stands in the title of something: 《2018年度工作计划》, 2018年年报."""
        if self.source.startswith(time_words().names, quantity.end):
            return True
        low = max(0, quantity.start - _NEAR)
        return self.source.rfind("《", low, quantity.start) > self.source.rfind("》", low, quantity.start)

    def is_aim(self, quantity: Quantity) -> bool:
        """Whether a figure is one to be reached: 5%左右."""
        aims = time_words().aims
        return self.source.endswith(aims, quantity.start, quantity.end) or self.source.startswith(aims, quantity.end)


def opens_clause(lead: str) -> bool:
    """Whether a date with these words before it in its clause opens it: 在, 截至, other dates.

    >>> opens_clause("截至"), opens_clause("公司在")
    (True, False)
    """
    words = time_words()
    while lead:
        if _FIRST_PLACEHOLDER <= lead[-1] <= _LAST_PLACEHOLDER or lead[-1] in " （“":
            lead = lead[:-1]
        elif ending := words.openers.at_end(lead):
            lead = lead[: -len(ending)]
        else:
            break
    return not any(map(str.isalnum, lead)) or lead in words.kinds
