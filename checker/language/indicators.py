"""The indicators of statistics, budgets and reports: what kind of figure a name announces."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from checker.language import read_words

__all__ = ["Growth", "Indicator", "Indicators", "Kind", "Match", "indicators", "read_indicators"]

Kind = Literal["flow", "stock", "rate"]
Growth = Literal["real", "comparable", "nominal"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: its name, how else texts write it, and the dimension of its figures as the units have it.

    `kind` is a flow of a period, a stock at a time, or a rate. `growth` says what a published rate of growth compares: real values, comparable
    ones (the base is revised), or the published levels; None where nothing is usual. `per` is the unit of a mean (人, 股). `narrower` are words
    before the name that make another indicator of it, `documents` how many texts have each writing, `standard` the document that defines it.
    """

    name: str
    writings: tuple[str, ...]
    dimension: str
    kind: Kind
    growth: Growth | None = None
    per: str = ""
    narrower: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator in a text, at a half-open span of code points; `narrowed` is the word before it that makes another one of it, or ""."""

    start: int
    end: int
    indicator: Indicator
    narrowed: str = ""


@dataclass(frozen=True, slots=True)
class Indicators:
    """Every indicator, and by its writings; `heads` holds, for the first two characters of a writing, the lengths to try."""

    rows: tuple[Indicator, ...]
    by_writing: Mapping[str, Indicator]
    heads: Mapping[str, tuple[int, ...]]

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Match]:
        """The indicators of a stretch of a text in Simplified characters, the longest writings, in order.

        >>> [(m.indicator.name, m.narrowed) for m in indicators().find("规模以上工业增加值增长5%，限额以上商品零售额增长3%")]
        [('规模以上工业增加值', ''), ('商品零售额', '限额以上')]
        """
        stop = len(text) if end is None else end
        found = []
        while start < stop:
            length = self._length_at(text, start, stop)
            if length:
                found.append(self._match(text, start, start + length))
            start += length or 1
        return found

    def of(self, phrase: str) -> Match | None:
        """The indicator that a phrase names: its longest writing, the last one of several.

        >>> match = indicators().of("全省城镇居民人均可支配收入")
        >>> match.indicator.name, match.start
        ('城镇居民人均可支配收入', 2)
        """
        return max(self.find(phrase), key=lambda match: (match.end - match.start, match.start), default=None)

    def _length_at(self, text: str, start: int, stop: int) -> int:
        for length in self.heads.get(text[start : start + 2], ()):
            end = start + length
            if end <= stop and text[start:end] in self.by_writing and not _cuts_word(text, start, end):
                return length
        return 0

    def _match(self, text: str, start: int, end: int) -> Match:
        indicator = self.by_writing[text[start:end]]
        narrower = (word for word in indicator.narrower if text.endswith(word, 0, start))
        return Match(start, end, indicator, max(narrower, key=len, default=""))


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether the span begins or ends inside a word in Latin letters: M2 in PM2.5."""
    return any(
        0 < at < len(text) and (text[at - 1] + text[at]).isascii() and text[at - 1 : at + 1].isalnum()
        for at in (start, end)
    )


def read_indicators(text: str) -> Indicators:
    """The indicators of a file as its text. Raises ValueError where two entries claim one writing.

    >>> entry = '[[indicator]]\\nwritings = { "CPI" = 176 }\\ndimension = "[rate]"\\nkind = "rate"\\n'
    >>> read_indicators(entry).by_writing["CPI"].documents
    (176,)
    """
    rows = tuple(_indicator(entry) for entry in tomllib.loads(text)["indicator"])
    by_writing: dict[str, Indicator] = {}
    for row in rows:
        for writing in row.writings:
            if by_writing.setdefault(writing, row) is not row:
                raise ValueError(f"{writing}: a writing of {by_writing[writing].name} and of {row.name}")
    return Indicators(rows, by_writing, _heads(by_writing))


def _indicator(entry: Mapping[str, Any]) -> Indicator:
    writings = entry["writings"]
    return Indicator(
        name=next(iter(writings)),
        writings=tuple(writings),
        dimension=entry["dimension"],
        kind=cast("Kind", entry["kind"]),
        growth=cast("Growth | None", entry.get("growth")),
        per=entry.get("per", ""),
        narrower=tuple(entry.get("narrower", "").split()),
        documents=tuple(writings.values()),
        standard=entry.get("standard", ""),
    )


def _heads(writings: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for writing in writings:
        lengths.setdefault(writing[:2], set()).add(len(writing))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


@cache
def indicators() -> Indicators:
    """The indicators of the package, read when they are first asked for."""
    return read_indicators(read_words("indicators.toml"))
