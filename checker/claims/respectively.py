"""Names that 分别 hands out, one to each figure behind it: 玉米、大豆单产分别为800公斤、200公斤."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from checker.claims.measures import doubtful, generic_head, named_in
from checker.language.lexicon import Endings, words_of

__all__ = ["around_respectively", "figures_in_row", "names_of"]

_LONGEST, _SHORTEST = 18, 2  # characters of a name
_MOST = 40  # figures of one row


def around_respectively(words: str) -> tuple[str, str] | None:
    """What stands before and behind 分别 in the words before a figure; None where it does not stand there."""
    before, found, behind = words.rpartition(words_of("fields", "respectively")[0])
    return (before, behind) if found else None


def figures_in_row(text: str, places: Sequence[int], first: int) -> int:
    """How many figures stand in a row from the one at `places[first]` on, with nothing but 、 or 和 between them."""
    number = 1
    for place, following in zip(places[first : first + _MOST], places[first + 1 : first + _MOST], strict=False):
        if _between().fullmatch(text, place + 1, following) is None:
            break
        number += 1
    return number


def names_of(words: str, number: int) -> list[str] | None:
    """As many names as there are figures, each with the head that they share; an empty list where not several are named, None where they are not so many.

    >>> names_of("稻谷、玉米产量", 2), names_of("城镇和农村居民收入", 2), names_of("稻谷、玉米", 3), names_of("产量", 2)
    (['稻谷产量', '玉米产量'], ['城镇居民收入', '农村居民收入'], None, [])
    """
    words = named_in(words)
    if _any_joining().search(words) is None:
        return []
    names = _split(words, number)
    if names is None or any(not _SHORTEST <= len(name) <= _LONGEST for name in names):
        return None
    names = _with_head(names)
    return None if any(doubtful(name) for name in names) else names


def _split(words: str, number: int) -> list[str] | None:
    """The names, where they are as many as the figures; 和 inside one of a list of them is no border: 社会保障和就业、教育、卫生."""
    names = words.split("、")
    if len(names) == number - 1:
        joined = list(_joining().finditer(names[-1]))
        if joined:
            last = joined[-1]
            names[-1:] = [names[-1][: last.start()], names[-1][last.end() :]]
    if len(names) != number:
        names = _any_joining().split(words)
    return names if len(names) == number else None


def _with_head(names: list[str]) -> list[str]:
    """The names, each with what only the last of them ends with: 节能、环保[等支出], 持平和上涨[的城市], 稻谷、玉米[产量]."""
    last = names[-1]
    for mark in words_of("claims", "generic", "behind"):
        before, found, head = last.partition(mark)
        if (
            found
            and len(before) >= _SHORTEST
            and len(head) >= _SHORTEST
            and not any(mark in name for name in names[:-1])
        ):
            joint = mark if mark in words_of("claims", "behind", "of") else ""
            return [*(f"{name}{joint}{head}" for name in (*names[:-1], before))]
    head = generic_head(last) or _shared().at_end(last)
    for one, other in _complements():
        if names[0].endswith(one) and last.startswith(other) and len(last) > len(other) + 1:
            head = last[len(other) :]
    if not head or head == last:
        return names
    return [name if name.endswith((head, head[-1])) else f"{name}{head}" for name in names]


@cache
def _shared() -> Endings:
    return Endings(words_of("claims", "generic", "shared"))


@cache
def _complements() -> tuple[tuple[str, str], ...]:
    pairs: Sequence[Sequence[str]] = words_of("links", "complements", "pairs")
    return tuple((one, other) for first, second in pairs for one, other in ((first, second), (second, first)))


@cache
def _joining() -> re.Pattern[str]:
    """和, 以及: what joins the last name to those before."""
    words = [word for word in words_of("claims", "periods", "joining") if word not in "，、"]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@cache
def _any_joining() -> re.Pattern[str]:
    return re.compile(f"、|{_joining().pattern}")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(f" *(?:{_any_joining().pattern}) *")
