"""The lines of a text that hold something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Line", "read_lines"]

_LINE = re.compile(r"[^\n\r\f\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")


class Line(NamedTuple):
    """A line without the white space around it; `start` and `end` are code-point offsets of `text`.

    `gap` says that a blank line or a page break stands before it, `indent` that white space does.
    """

    start: int
    end: int
    text: str
    gap: bool
    indent: bool


def read_lines(text: str, start: int = 0) -> Iterator[Line]:
    """The lines from `start` on that are not blank.

    >>> [(line.text, line.gap) for line in read_lines("甲\\n乙\\n\\n　　丙")]
    [('甲', False), ('乙', False), ('丙', True)]
    """
    previous = start
    for match in _LINE.finditer(text, start):
        words = match[0].strip()
        if not words:
            continue
        begin = match.start() + match[0].index(words[0])
        between = text[previous:begin]
        gap = "\f" in between or len(_BREAK.findall(between)) > 1
        previous = begin + len(words)
        yield Line(begin, previous, words, gap, begin > match.start())
