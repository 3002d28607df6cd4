"""The words around a figure, as the readers of single fields look at them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from checker.language.lexicon import words_of
from checker.quantities.skeleton import Skeleton, placeholder_range

__all__ = ["Around", "any_of", "around", "around_cell", "dates", "is_figure", "without"]

_BORDERS = "，；："


class Around(NamedTuple):
    """A figure in a text in which every figure is one character: offsets into `text`, all half-open.

    The sentence runs from `sentence` to `end`; what stands behind the figure before it in the sentence begins at `since`;
    the figure's clause begins at `clause`, its own words, the later of both, at `own`; the figure stands at `place`, and
    what belongs to it behind it ends at `behind`. `skeleton` leads back to the document; None for a cell, whose text is
    made of the heads of its row and column.
    """

    text: str
    sentence: int
    since: int
    clause: int
    own: int
    place: int
    behind: int
    end: int
    skeleton: Skeleton | None

    @property
    def words(self) -> str:
        """The figure's own words, before it."""
        return self.text[self.own : self.place]

    @property
    def after(self) -> str:
        """The words behind it, up to the next figure or the end of the clause."""
        return self.text[self.place + 1 : self.behind]

    def span(self, start: int, end: int) -> tuple[int, int] | tuple[None, None]:
        """The offsets in the document of a stretch of the text."""
        if self.skeleton is None or start >= end:
            return None, None
        return self.skeleton.text_offset(start), self.skeleton.end_offset(end)


def around(skeleton: Skeleton, place: int) -> Around:
    """The words around the figure at a place of the skeleton."""
    text = skeleton.text
    sentence, end = skeleton.sentence(place)
    clause = max(text.rfind(mark, sentence, place) for mark in _BORDERS) + 1 or sentence
    since = sentence
    for found in _figure().finditer(text, sentence, place):
        since = found.end()
    next_figure = _figure().search(text, place + 1, end)
    ends = [at for mark in _BORDERS if (at := text.find(mark, place + 1, end)) >= 0]
    behind = min([end if next_figure is None else next_figure.start(), *ends])
    return Around(text, sentence, since, clause, max(since, clause), place, behind, end, skeleton)


@cache
def _figure() -> re.Pattern[str]:
    """What stands for a figure that is no date."""
    return re.compile(f"(?![{''.join(sorted(dates()))}])[\ue000-\uf8ff]")


def around_cell(caption: str, row: str, column: str) -> Around:
    """The same for a cell: what stands above the table leads, and the heads are its own words."""
    lead = "".join(f"{line}，" for line in caption.splitlines() if line)
    text = f"{lead}{row}{column}"
    return Around(text + "\ue000", 0, 0, len(lead), len(lead), len(text), len(text) + 1, len(text) + 1, None)


def is_figure(char: str) -> bool:
    """Whether a character stands for a figure that is no date."""
    return "\ue000" <= char <= "\uf8ff" and char not in dates()


@cache
def dates() -> frozenset[str]:
    """What stands for dates, periods and hours."""
    runs = (placeholder_range(name) for name in ("date", "clock"))
    return frozenset(chr(code) for first, last in runs for code in range(ord(first), ord(last) + 1))


@cache
def any_of(section: str, *keys: str) -> re.Pattern[str]:
    """Any of the words of some lists of ``fields.toml``, the longest first: 预期目标, 目标."""
    words = {word for key in keys or ("words",) for word in words_of("fields", section, key)}
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


@cache
def _compounds(section: str, key: str) -> re.Pattern[str]:
    return re.compile("|".join(words_of("fields", section, key)))


def without(text: str, section: str, key: str) -> str:
    """A text in which what only looks like one of the words is filled with spaces: 未来 denies nothing; its length stays.

    >>> without("未来3年", "modality", "no_denial")
    '  3年'
    """
    return _compounds(section, key).sub(lambda found: " " * len(found.group()), text)
