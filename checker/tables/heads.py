"""What the head of a row or a column says: of what is measured, of whom, and when."""

from __future__ import annotations

import re
from functools import cache

from checker.claims.dates import months_of
from checker.claims.holders import without_holder
from checker.language.lexicon import Endings, table_of, words_of

__all__ = ["measured", "one_period", "without_times", "words_of_head", "year_of_head"]

_LONGEST_MONTHS = 8  # characters: 第一季度, 10-12月份


def words_of_head(label: str) -> str:
    """What a head says of what is measured: without units, numbering and 其中; empty for 金额 and 2019年末.

    >>> words_of_head("一、产量（吨）"), words_of_head("2019年末金额")
    ('产量', '')
    """
    words = _plain().sub("", label)
    return "" if _says_nothing().match(words) else words


def measured(label: str, kind: str) -> tuple[str, str | None]:
    """What a head names that is measured, without time, change and share, and of whom; `kind` is that of its line.

    >>> measured("青原县产量", "item"), measured("2019年1-6月产量同比增长（%）", "growth"), measured("青原县", "item")
    (('产量', '青原县'), ('产量', None), ('', '青原县'))
    """
    words = _time().sub("", words_of_head(without_times(label)))
    if kind == "share":
        words = words.partition(words_of("fields", "heads", "share")[0])[0]
    while kind in ("growth", "share") and (ending := _changes().at_end(words)):
        words = words[: -len(ending)]
    if kind == "growth":
        words = _compared().sub("", words)
    own = without_holder(f"{words}\n").rstrip("\n")
    holder = words[: len(words) - len(own)].removesuffix(words_of("links", "of")[0])
    return own, holder or None


def year_of_head(*heads: str) -> str | None:
    """The year or month that the first of some heads names; None where none names one alone."""
    for words in heads:
        found = {(match["year"], match["month"]) for match in _dated().finditer(words)}
        if len(found) == 1:
            year, month = found.pop()
            return str(year) if month is None else f"{year}-{int(month):02}"
    return None


def one_period(words: str) -> str | None:
    """The one year, half, quarter or month that a head names; None for several.

    >>> one_period("2019年"), one_period("2019年上半年"), one_period("2019年1-6月"), one_period("2018年和2019年")
    ('2019', '2019-01/2019-06', '2019-01/2019-06', None)
    """
    found = {period for _, _, period in _times(words)}
    return found.pop() if len(found) == 1 else None


def without_times(words: str) -> str:
    """A head without the times that it names.

    >>> without_times("2019年1-6月产量")
    '产量'
    """
    for start, end, _ in reversed(_times(words)):
        words = words[:start] + words[end:]
    return words


def _times(words: str) -> list[tuple[int, int, str]]:
    """The times that a head names: where each begins and ends, and its period."""
    found = []
    for match in _dated().finditer(words):
        year, end = match["year"], match.end("year")
        end += words.startswith(words_of("dates", "calendar", "year"), end)
        rest = words[end : end + _LONGEST_MONTHS]
        length = next((length for length in range(len(rest), 1, -1) if months_of(rest[:length])), 0)
        if length and (months := months_of(rest[:length])) is not None:
            end, period = end + length, f"{year}-{months[0]:02}/{year}-{months[1]:02}"
        elif match["month"] is not None:
            end, period = match.end(), f"{year}-{int(match['month']):02}"
        else:
            period = year
        end += words.startswith(words_of("fields", "heads", "parts"), end)
        found.append((match.start(), end, period))
    return found


@cache
def _dated() -> re.Pattern[str]:
    """2019, 2019年6月."""
    (year,), (month,) = words_of("dates", "calendar", "year"), words_of("dates", "calendar", "month")
    return re.compile(rf"(?P<year>(?:19|20)\d\d)(?!\d)(?:{year}?(?P<month>\d{{1,2}}){month})?")


@cache
def _plain() -> re.Pattern[str]:
    """（吨）, a mark of emphasis, 其中： or 一、: no part of the words of a head."""
    before = "|".join(words_of("fields", "heads", "before"))
    return re.compile(rf"[（(\[][^（）()\[\]]*[）)\]]|[\s*_`]|^(?:{before})")


@cache
def _says_nothing() -> re.Pattern[str]:
    """金额, 数量, 2019年末, 2019年6月30日余额."""
    (year,), (month,), (day,) = (words_of("dates", "calendar", key) for key in ("year", "month", "day"))
    parts, amounts = ("|".join(words_of("fields", "heads", key)) for key in ("parts", "amounts"))
    nothing = "|".join(words_of("fields", "heads", "nothing"))
    time = rf"(?:19|20)\d\d{year}?(?:\d{{1,2}}{month}(?:\d{{1,2}}{day})?)?(?:{parts})?(?:{amounts})?"
    return re.compile(f"(?:{nothing}|{time})+$")


@cache
def _time() -> re.Pattern[str]:
    """A head that names nothing but a time which is told from another: 上年同期数, 上期."""
    before = {*words_of("fields", "comparison", "before"), *table_of("claims", "periods", "years_in_force")}
    before |= {*table_of("claims", "periods", "years"), *table_of("claims", "periods", "own_years")}
    same = "|".join(words_of("claims", "periods", "same_time"))
    rest = "|".join(word for key in ("parts", "amounts", "count") for word in words_of("fields", "heads", key))
    return re.compile(rf"^(?:{'|'.join(sorted(before, key=lambda word: (-len(word), word)))})(?:{same})?(?:{rest})*$")


@cache
def _changes() -> Endings:
    """What ends the head of a change or a share: 增长, 同比, 占比."""
    lists = (("change", "up"), ("change", "down"), ("share", "nouns"), ("before", "words"))
    return Endings(word for section, key in lists for word in words_of("claims", section, key))


@cache
def _compared() -> re.Pattern[str]:
    """比上年 at the end of a head."""
    return re.compile(f"(?:{'|'.join(words_of('links', 'compared'))}).+$")
