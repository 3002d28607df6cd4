"""Whose figure it is: 海关 in 据海关统计, 省统计局 in 省统计局公布的数据显示."""

from __future__ import annotations

import re
from functools import cache

from checker.claims.around import Around
from checker.language.lexicon import words_of

__all__ = ["source"]

_FAR = 160  # characters of a sentence before a figure that are looked at
_LONGEST, _SHORTEST = 16, 2  # characters of a name


def source(around: Around) -> tuple[int, int] | None:
    """Where the name of who says it stands in the text; None where the sentence names nobody."""
    low = max(around.sentence, around.place - _FAR)
    found = None
    for match in _said().finditer(around.text, low, around.place):
        found = _name(around.text, *match.span("name" if match["name"] is not None else "teller")) or found
    return found


def _name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A name without what stands around it: 昨日[省统计局], [省统计局]3月2日."""
    openings = words_of("fields", "source", "openings")
    for piece in reversed(list(_PIECE.finditer(text, start, end))):
        start, end = piece.span()
        while opening := next((word for word in openings if text.startswith(word, start, end)), ""):
            start += len(opening)
        while closing := next((word for word in openings if text.endswith(word, start, end)), ""):
            end -= len(closing)
        if start < end:
            break
    nobody = words_of("fields", "source", "nobody")
    if not _SHORTEST <= end - start <= _LONGEST or text.startswith(nobody, start, end):
        return None
    return start, end


_PIECE = re.compile("[^\ue000-\uf8ff]+")  # [省统计局]3月2日


@cache
def _said() -> re.Pattern[str]:
    """据海关统计 · 省统计局公布的数据显示， · 张青石表示，"""
    name = "[^，。；：、“”（）\\n]"
    by = "|".join(words_of("fields", "source", "by"))
    counted = "|".join((*words_of("fields", "source", "counted"), *words_of("claims", "telling")))
    telling = "|".join(words_of("claims", "telling"))
    opening = "|".join(words_of("claims", "telling", "opening"))
    between, of = "|".join(words_of("fields", "source", "between")), words_of("links", "of")[0]
    return re.compile(
        rf"(?:(?<![^，。；：“”（\n])|^)(?:(?:{by})(?P<name>{name}{{1,{_LONGEST}}}?)(?:{between})?(?:{counted})"
        rf"|(?P<teller>{name}{{1,{_LONGEST}}}?)(?:（[^（）]{{1,8}}）)?(?:(?:{telling}){of}?[^，。；：]{{0,12}}|{opening})[，：])"
    )
