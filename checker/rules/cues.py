"""Cues: what has to stand in a text before the pattern of a rule is compiled and tried.

A cue is words of the text; in it ``{class}`` is a figure, and … whatever may stand between in one sentence. A cue is much cheaper
than its pattern: the more of the pattern it asks for, the fewer patterns a short text has to compile.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from checker.patterns import pattern
from checker.skeleton import SLOT_CLASSES, placeholder_set

__all__ = ["CueError", "stands", "verify"]

# {household} · … · a brace by itself is a mistake
_FIELD = pattern(r"\{(?P<class>[a-z]+)\}|…|[{}]")
_REACH = 200  # farther than any pattern reaches
_LONG = 20_000  # in longer texts a pattern is as quick as its cue; there it is enough that its words stand somewhere


class CueError(ValueError):
    """A cue that the language does not know; the message says which part."""


def stands(cues: tuple[str, ...], text: str, folded: str = "", *, roughly: bool = False) -> bool:
    """Whether one of some cues stands in the text of a skeleton; mere words also in a figure of the `folded` text.

    With `roughly` it is enough that its words stand somewhere: a pattern that is compiled already is as quick as its cue.
    """
    roughly = roughly or len(text) > _LONG
    for cue, words in _split(cues):
        if words is None:
            if cue in text or cue in folded:
                return True
            continue
        for word in words:
            if word not in text:
                break
        else:
            if (roughly and words) or _together(cue, text):
                return True
    return False


def _together(cue: str, text: str) -> bool:
    """Whether the parts of a cue stand in one sentence, in their order."""
    first, *others = _finders(cue)
    at = 0
    while (at := first(text, at, len(text))) >= 0:
        end = _sentence_end(text, at)
        place = at
        for find in others:
            place = find(text, place, end)
            if place < 0:  # behind a later place of the part before it is not either
                break
        else:
            return True
    return False


def verify(cue: str) -> None:
    """Raise CueError for a cue that can stand in no text, or that names no class.

    >>> verify("由…至{amounts}")
    Traceback (most recent call last):
    checker.rules.cues.CueError: '{amounts}' 不是一类数字
    """
    if not cue or "" in cue.split("…"):
        raise CueError(f"{cue!r} 是空的，或者省略号的一边是空的")
    for field in _FIELD.finditer(cue):
        if field.group() != "…" and field["class"] not in SLOT_CLASSES:
            raise CueError(f"{field.group()!r} 不是一类数字")


# Looks for a part of a cue between two places of a text: the place behind the first that there is, or -1.
_Finder = Callable[[str, int, int], int]


@lru_cache(maxsize=1024)
def _split(cues: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    """Each cue with the words in it; None for one of mere words.

    >>> _split(("由…{amount}，…{rate}", "合计"))
    (('由…{amount}，…{rate}', ('由', '，')), ('合计', None))
    """
    return tuple(
        (cue, tuple(filter(None, re.split(r"…|\{\w+\}", cue))) if "{" in cue or "…" in cue else None) for cue in cues
    )


@lru_cache(maxsize=1024)
def _finders(cue: str) -> tuple[_Finder, ...]:
    return tuple(map(_finder, cue.split("…")))


@lru_cache(maxsize=1024)
def _finder(part: str) -> _Finder:
    """Finds one part of a cue. A part is shared by many cues, and mere words need no regular expression.

    >>> _finder("以{score}")("以往3比1，以\ue017", 0, 9)
    8
    """
    if "{" not in part:
        return lambda text, start, end: _behind(text.find(part, start, end), len(part))
    source = "".join(placeholder_set(p) if n % 2 else re.escape(p) for n, p in enumerate(_FIELD.split(part)))
    search = re.compile(source).search

    def found(text: str, start: int, end: int) -> int:
        match = search(text, start, end)
        return -1 if match is None else match.end()

    return found


def _behind(place: int, length: int) -> int:
    return place if place < 0 else place + length


def _sentence_end(text: str, at: int) -> int:
    """Where the sentence ends, or what a pattern can reach."""
    end = at + _REACH
    for mark in "。\n":
        found = text.find(mark, at, end)
        end = found if found >= 0 else end
    return end
