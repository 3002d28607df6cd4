"""What a change is measured against: 同比, 环比, 较年初, 年均, 比2018年, 高于全国平均水平."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from checker.claims.around import Around, any_of, dates, is_figure
from checker.claims.dates import end_of, is_day, is_year, months_of, one_year_before, plan_years
from checker.claims.further import Base, Comparison
from checker.claims.holders import without_holder
from checker.claims.model import Claim
from checker.document import Document
from checker.language.lexicon import Beginnings, Endings, table_of, words_of
from checker.quantities import Quantity

__all__ = ["comparison", "goes_on"]

_COMPARED = frozenset(["change", "change_rate", "points", "multiple"])
_LONGEST_BASE = 24  # characters
_SHORTEST_BASE = 2
_LEAD = 80  # characters before a clause in which 与2018年相比 is looked for
_QUARTER = 3  # months


def comparison(
    claim: Claim, around: Around, document: Document, dated: Callable[[int], Quantity | None]
) -> Comparison | None:
    """The comparison that a figure's own words tell, or the clause before it (与2018年相比，).

    `dated` gives the date at a place of the text.
    """
    if claim.type not in _COMPARED and claim.direction is None:
        return None
    reader = _Reader(claim, around, document, dated)
    return reader.in_words(around.own, around.place) or reader.in_lead()


def goes_on(around: Around) -> bool:
    """Whether a figure says in another way what the one before it says: 增加3万人，[增长]5%, 5%[和]3%."""
    if around.skeleton is None or around.clause == around.sentence == around.own:
        return False
    words = around.words
    while words := words.strip(_joining()):
        ending = _changes().at_end(words)
        if not ending:
            return False
        words = words[: -len(ending)]
    before = around.text[around.own - 1]
    return before in "，、" or is_figure(before)


class _Reader:
    def __init__(
        self, claim: Claim, around: Around, document: Document, dated: Callable[[int], Quantity | None]
    ) -> None:
        self._claim, self._around, self._document, self._dated = claim, around, document, dated
        self._published = None if document.published is None else document.published.year

    def in_words(self, start: int, end: int) -> Comparison | None:
        """The last comparison between two places of the text."""
        text = self._around.text
        found: Comparison | None = None
        for match in _markers().finditer(text, start, end):
            if match.lastgroup == "no":
                continue
            made = self._of_word(match) if match.lastgroup == "word" else self._of_base(match, end)
            found = made or found
        return found

    def in_lead(self) -> Comparison | None:
        """与上年同期相比，: a clause of the sentence before the figure, which compares all that follows."""
        around = self._around
        low = max(around.sentence, around.clause - _LEAD)
        for match in reversed(list(_lead().finditer(around.text, low, around.clause))):
            return self._base(*match.span("base"), match.start(), match.end())
        return None

    def _of_word(self, match: re.Match[str]) -> Comparison | None:
        kind: Base = _kinds()[match.group()]
        period = self._claim.period
        base = _year_before(period) if kind == "year_on_year" else _just_before(period) if kind == "previous" else None
        return self._made(kind, match.start(), match.end(), base)

    def _of_base(self, match: re.Match[str], end: int) -> Comparison | None:
        start = match.end()
        if match.lastgroup == "with":
            joined = any_of("comparison", "joined").search(self._around.text, start, min(end, start + _LONGEST_BASE))
            return None if joined is None else self._base(start, joined.start(), match.start(), joined.end())
        said = self._around.text[start : min(end, start + _LONGEST_BASE)]
        stop = start + (_until_change if match.lastgroup == "than" else _until_border)(said)
        return self._base(start, stop, match.start(), stop)

    def _base(self, start: int, stop: int, first: int, last: int) -> Comparison | None:
        """The comparison with what stands from `start` to `stop`; all its words stand from `first` to `last`."""
        text = self._around.text
        said = text[start:stop].strip()
        if not said:
            return None
        if text[start] in dates():
            several = any(char in dates() for char in text[start + 1 : stop])  # 比2015年和2014年
            return self._made("period", first, last, None if several else self._date(start, text[start + 1 : stop]))
        words = _base_words()
        if word := words.at(said, 0):
            kind = _kinds()[word]
            if kind == "period":
                behind = said[len(word) :]
                if _years().get(word) == -1 and not behind.startswith(words_of("claims", "periods", "ends")):
                    kind = "year_on_year"  # 比上年, 比去年同期
                return self._made(kind, first, last, self._year_word(word, behind))
            if kind == "year_start":
                year = _year(self._claim.period) or self._published
                return self._made(kind, first, last, None if year is None else end_of(year - 1, 12))
            return self._made(kind, first, last, _just_before(self._claim.period) if kind == "previous" else None)
        if (written := _WRITTEN_YEAR.match(said)) is not None:
            return self._made("period", first, last, written[1])  # in the head of a column no date is read
        if (plan := plan_years(_PLAN.sub("", said))) is not None:
            return self._made("period", first, last, plan)  # 比“十二五”
        rest = without_holder(f"{said}\n")  # never nothing but the holder
        holder = f"{said}\n".removesuffix(rest).removesuffix(words_of("links", "of")[0])
        if holder:
            return self._made("holder", first, last, None, holder)
        if len(said) < _SHORTEST_BASE or _verbs().at(said, 0):
            return None  # 较[大幅]增长
        return self._made("other", first, last, None)

    def _made(
        self, kind: Base, start: int, end: int, period: str | None, holder: str | None = None
    ) -> Comparison | None:
        around = self._around
        first, last = around.span(start, end)
        return Comparison(kind, around.text[start:end].strip(), period, holder, first, last)

    def _date(self, place: int, behind: str) -> str | None:
        """The date at a place, its year that of the claim where it names none."""
        quantity = self._dated(place)
        if quantity is not None and quantity.kind == "period":
            return self._months(quantity)
        if quantity is None or quantity.kind != "date" or len(quantity.parts) != len(("year", "month", "day")):
            return None
        year, month, day = (int(part) for part in quantity.parts)
        year = year or _year(self._claim.period) or self._published or 0
        if not year:
            return None
        if not day and behind.removeprefix(words_of("dates", "calendar", "year")[0]).startswith(
            words_of("claims", "periods", "ends")
        ):
            return end_of(year, month or 12)
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")

    def _months(self, quantity: Quantity) -> str | None:
        """一季度, 1—5月: of the year that it names, or else of that of the claim."""
        written = self._document.folded[quantity.start : quantity.end]
        months = months_of(written)
        year = _year(self._claim.period) or self._published
        if months is None or year is None:
            return None
        return f"{year:04}-{months[0]:02}/{year:04}-{months[1]:02}"

    def _year_word(self, word: str, behind: str) -> str | None:
        """去年, 上年同期, 上年末: against the period of the claim, else against the day of publication."""
        shift = _years().get(word)
        period = self._claim.period
        year = _year(period)
        if shift is None:
            return None
        if year is None:
            year = None if self._published is None else self._published
            if year is None or word not in table_of("claims", "periods", "years"):
                return None
        year += shift
        if behind.startswith(words_of("claims", "periods", "ends")):
            return end_of(year, 12)
        return one_year_before(period, year)


_PLAN = re.compile("[“”]")
_WRITTEN_YEAR = re.compile(r"((?:19|20)\d\d)(?!\d)")


@cache
def _joining() -> str:
    return "".join(words_of("claims", "periods", "joining")) + " "


@cache
def _changes() -> Endings:
    """Verbs of change, and what may stand between them and their figure."""
    return Endings(
        [
            *words_of("claims", "change", "up"),
            *words_of("claims", "change", "down"),
            *words_of("fields", "comparison", "adverbs"),
        ]
    )


def _until_border(words: str) -> int:
    """The same behind 高于, which needs no verb: 高于外贸[增速]."""
    return next((at for at, char in enumerate(words) if char in "，；、" or is_figure(char)), len(words))


def _until_change(words: str) -> int:
    """How much of what stands behind 比 is the base: up to the verb of a change, its adverbs or a border; 比上月[增加]."""
    verbs = _verbs()
    for at in range(1, len(words)):
        if words[at] in "，；、" or is_figure(words[at]) or verbs.at(words, at):
            return at
    return len(words)


@cache
def _verbs() -> Beginnings:
    return Beginnings(
        [
            *words_of("claims", "change", "up"),
            *words_of("claims", "change", "down"),
            *words_of("links", "changed", "up"),
            *words_of("links", "changed", "down"),
            *words_of("fields", "comparison", "adverbs"),
        ]
    )


@cache
def _years() -> dict[str, int]:
    """The years that words tell from another: 去年, 上年."""
    tables = (table_of("claims", "periods", key) for key in ("years", "years_in_force"))
    return {word: shift for table in tables for word, shift in table.items() if shift < 0}


@cache
def _kinds() -> dict[str, Base]:
    """What the words say that need no 比, and those behind it."""
    kinds: dict[str, Base] = {}
    for key, kind in _LISTS.items():
        kinds |= dict.fromkeys(words_of("fields", "comparison", key), kind)
    kinds |= dict.fromkeys(_years(), "period")
    return kinds


_LISTS: dict[str, Base] = {
    "same_time": "year_on_year", "previous": "previous", "yearly": "yearly_average", "before": "previous", "year_start": "year_start",
    "plan": "plan", "sometime": "period",
}  # fmt: skip

_ALONE = ("same_time", "previous", "yearly")  # the lists of words that need no 比


@cache
def _base_words() -> Beginnings:
    behind = (key for key in _LISTS if key not in _ALONE)
    return Beginnings([*(word for key in behind for word in words_of("fields", "comparison", key)), *_years()])


@cache
def _markers() -> re.Pattern[str]:
    """同比 · 比 (not in 占比) · 与 · 高于: what begins a comparison."""
    alone = any_of("comparison", *_ALONE).pattern
    no = "|".join((*words_of("links", "no_comparison", "compounds"), *words_of("fields", "comparison", "nothing")))
    no = f"{no}|{any_of('basis', 'sentence').pattern}"  # 可比价格
    than = "|".join(sorted(words_of("links", "compared"), key=len, reverse=True))
    above = "|".join(words_of("fields", "comparison", "above"))
    to = f"(?:{'|'.join(words_of('fields', 'comparison', 'to'))})?"
    joined = "|".join(words_of("fields", "comparison", "with"))
    return re.compile(rf"(?P<word>{alone})|(?P<no>{no})|(?P<above>{above})|(?P<than>(?:{than}){to})|(?P<with>{joined})")


@cache
def _lead() -> re.Pattern[str]:
    """与2018年相比，"""
    joined = "|".join(words_of("fields", "comparison", "joined"))
    against = "|".join((*words_of("fields", "comparison", "with"), *words_of("links", "compared")))
    return re.compile(rf"(?:{against})(?P<base>[^，；。]{{1,{_LONGEST_BASE}}}?)(?:{joined})(?=，)")


def _year(period: str | None) -> int | None:
    return int(period[:4]) if period is not None and period[:4].isdecimal() else None


def _year_before(period: str | None) -> str | None:
    """The same time of the year before; None where no date is known."""
    year = _year(period)
    if period is None or year is None:
        return None
    if is_day(period) and period.endswith("-12-31") and "/" not in period:
        return end_of(year - 1, 12)
    return one_year_before(period, year - 1)


def _just_before(period: str | None) -> str | None:
    """The month or the quarter before one; None for anything else.

    >>> _just_before("2020-01"), _just_before("2020-01/2020-03"), _just_before("2020")
    ('2019-12', '2019-10/2019-12', None)
    """
    if period is None or is_day(period) or is_year(period):
        return None
    parts = period.split("/")
    if any(_MONTH.fullmatch(part) is None for part in parts):
        return None
    months = [int(part[:4]) * 12 + int(part[5:]) - 1 for part in parts]
    length = months[-1] - months[0] + 1
    if length not in (1, _QUARTER) or (length == _QUARTER and months[0] % _QUARTER):
        return None
    return "/".join(f"{month // 12:04}-{month % 12 + 1:02}" for month in (month - length for month in months))


_MONTH = re.compile(r"\d{4}-\d\d")
