"""How metric, holder and period of a claim are known, found again in the text: in the figure's own clause, before it, or in the title."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from checker.claims.around import Around, dates
from checker.claims.cells import Head, Heads
from checker.claims.dates import plan_years
from checker.claims.further import Known, Origin, Way
from checker.claims.model import Claim
from checker.document import Document
from checker.language.lexicon import Endings, table_of, words_of
from checker.quantities import Quantity

__all__ = ["headings_of", "known", "known_of_cell"]

_FAR = 800  # characters of a paragraph before a figure that are looked at
_BEHIND = 30  # characters behind a figure in which its noun stands
_LEAST = 2  # characters of a noun that was carried on
_LONGEST_TITLE = 80
_NONE = Origin("none")


def known(
    claim: Claim,
    around: Around,
    document: Document,
    headings: Sequence[tuple[int, int]],
    dated: Callable[[int], Quantity | None],
) -> Known:
    """The origins of the fields of a claim of the running text.

    `headings` are the spans of the document's headings; `dated` gives the date at a place of the text.
    """
    low = max(0, around.place - _FAR)
    low = max(low, around.text.rfind("\n", low, around.place) + 1)
    return Known(
        _NONE if claim.metric is None else _metric(claim.metric, around, low),
        _NONE if claim.holder is None else _holder(claim.holder, around, low, document),
        _NONE if claim.period is None else _period(claim.period, around, low, document, headings, dated),
    )


def known_of_cell(claim: Claim, heads: Heads, document: Document) -> Known:
    """The same for the number of a cell: from its heads it is ``carried``, from what stands above the table told by the ``document``."""

    top = min((head.span[0] for head in (heads.row, heads.column) if head.span is not None), default=0)

    def origin(words: str) -> Origin:
        for head in (heads.row, heads.column):
            if words in head.words and head.span is not None:
                return Origin("carried", *head.span)
        at = document.folded.rfind(words, max(0, top - _FAR), top)
        return Origin("document") if at < 0 else Origin("document", at, at + len(words))

    metric = claim.metric or ""
    first = heads.row if _begins(metric, heads.row) else heads.column
    return Known(
        _NONE if not metric else Origin("carried", *(first.span or ())),
        _NONE if claim.holder is None else origin(claim.holder),
        _NONE if claim.period is None else origin(claim.period[:4]),
    )


def headings_of(document: Document) -> list[tuple[int, int]]:
    """The spans of the headings of a document that name a year."""
    text = document.folded
    return [
        (block.start, block.end)
        for block in document.blocks
        if block.kind == "heading" and _YEAR.search(text, block.start, block.end) is not None
    ]


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _stated_from(around: Around) -> int:
    """Where what a figure itself says begins: behind the figure before it in its sentence, or with its clause."""
    return min(around.since, around.clause)


def _begins(metric: str, head: Head) -> bool:
    return bool(metric) and bool(head.words) and metric[:_LEAST] in head.words


def _title(document: Document) -> str:
    text = document.folded
    end = text.find("\n", 0, _LONGEST_TITLE)
    return text[:end] if end > 0 else ""


def _metric(metric: str, around: Around, low: int) -> Origin:
    text, place = around.text, around.place
    at = text.rfind(metric, _stated_from(around), place)
    if at < 0:
        at = text.find(metric, place + 1, place + _BEHIND)
    if at >= 0:
        return Origin("stated", *around.span(at, at + len(metric)))
    for length in range(len(metric), _LEAST - 1, -1):  # the noun that was carried on, and the head of its own behind it
        at = text.rfind(metric[:length], low, place)
        if at >= 0:
            way: Way = "stated" if at >= _stated_from(around) else "carried"
            return Origin(way, *around.span(at, at + length))
    return Origin("stated", *around.span(place, place + 1))  # 30户: the unit says it


def _holder(holder: str, around: Around, low: int, document: Document) -> Origin:
    at = around.text.rfind(holder, low, around.place)
    if at < 0:
        at = around.text.find(holder, around.place + 1, around.behind)
    if at >= 0:
        return Origin("stated" if at >= _stated_from(around) else "carried", *around.span(at, at + len(holder)))
    at = _title(document).rfind(holder)
    return Origin("document", at, at + len(holder)) if at >= 0 else Origin("document")


def _period(
    period: str,
    around: Around,
    low: int,
    document: Document,
    headings: Sequence[tuple[int, int]],
    dated: Callable[[int], Quantity | None],
) -> Origin:
    for start, end in _times(around, low):
        if _tells(period, around.text[start:end], dated(start), document):
            return Origin("stated" if start >= _stated_from(around) else "carried", *around.span(start, end))
    years = set(_YEAR.findall(period))
    here, _ = around.span(around.place, around.place + 1)
    text = document.folded
    before = bisect_right(headings, (here or 0,)) - 1
    if before >= 0:
        found = _YEAR.search(text, *headings[before])
        if found is not None and found.group() in years:
            return Origin("carried" if before else "document", *found.span())
    found = _YEAR.search(_title(document))
    return Origin("document", *(() if found is None else found.span()))


def _times(around: Around, low: int) -> Iterator[tuple[int, int]]:
    """The dates and words of time before a figure, the nearest first; not what it is only compared with."""
    text, place = around.text, around.place
    found = [(at, at + 1) for at in range(low, place) if text[at] in dates()]
    found += [match.span() for match in _words().finditer(text, low, place)]
    found.sort(reverse=True)
    against = _against()
    return ((start, end) for start, end in found if not against.at_end(text[max(low, start - 3) : start]))


def _tells(period: str, words: str, date: Quantity | None, document: Document) -> bool:
    """Whether a date or a word of time may be what a period was read from."""
    if words in period:
        return True
    if date is not None and date.kind == "date":
        year, month, day = ([int(part) for part in date.parts] + [0, 0, 0])[:3]
        told = ((year, f"{year:04}"), (month, f"-{month:02}"), (day, f"-{day:02}"))
        return all(written in period for part, written in told if part)
    if date is not None and date.kind == "period":
        first = int(date.parts[0]) if date.parts else 0
        return first < 1000 or f"{first:04}" in period
    if plan_years(words) is not None:
        return plan_years(words) == period
    shift = _years().get(words)
    if shift is not None and document.published is not None:
        return f"{document.published.year + shift:04}" in period
    return date is None and (shift is None or period[:1].isdecimal())


@cache
def _words() -> re.Pattern[str]:
    """今年, 目前, 报告期末, 十四五: any word of time, the longest first."""
    tables = ("years", "own_years", "years_in_force", "days", "months")
    lists = ("days_in_force", "present", "labels", "year_ends", "whole_year", "quarters")
    words = {word for key in tables for word in table_of("claims", "periods", key)}
    words |= {word for key in lists for word in words_of("claims", "periods", key)}
    digits = "".join(words_of("claims", "periods", "digits"))
    known = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(f"{known}|[{digits}]{{2,3}}")


@cache
def _years() -> dict[str, int]:
    return {word: shift for key in ("years", "own_years") for word, shift in table_of("claims", "periods", key).items()}


@cache
def _against() -> Endings:
    return Endings(words_of("claims", "periods", "against"))
