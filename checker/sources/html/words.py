"""The words of one block of a page as a reader sees them: white space, small type, what cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from unicodedata import east_asian_width

from checker.document import BlockKind
from checker.sources.blocks import split_blocks
from checker.sources.building import RAISED
from checker.sources.html.tokens import Pieces, words_of

__all__ = ["indent_of", "lines_of", "shown", "small_type"]

# What is not shown as it is written: white space that runs together, what has no width, and the thin space that parts
# a number in groups of three (1&thinsp;234), which is how the figure looks and no part of it.
_UNLIKE = re.compile(
    r"""
      (?P<space> [ \t\n\r\f]{2,} | [\t\n\r\f] )
    | [\x00\u00ad\u200b-\u200d\u2060\ufeff]+
    | (?<=\d) [\u2009\u202f] (?=\d{3}(?!\d))
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile("[\x00\u00ad\u200b-\u200d\u2060\ufeff]+")

# <sup>[1]</sup> <sup>〔2〕</sup> <sup>①</sup> <sup>注1</sup> <sup>*</sup>: a mark that leads to a note.
_NOTE_MARK = re.compile(
    r"""\s*(?:
      (?: [\[［〔【（(] \s* [注註]? \s* \d{0,3} \s* [\]］〕】）)] )+
    | [①-⑳*＊†‡]+
    | [注註]\s*\d{0,3}
    )\s*""",
    re.VERBOSE,
)
# <sup>2</sup> <sup>-1</sup> <sup>1,2</sup>: an exponent behind a unit or a ten, else notes again.
_SMALL_NUMBER = re.compile(r"\s*[-−+]?\d{1,3}(?:\s*[,，、\-–]\s*\d{1,3})*\s*")
_TAKES_EXPONENT = re.compile(r"(?:[A-Za-zμΩ米]|(?<![\d.,])10)$")

_LEADING = re.compile(r"[ \t\n\r\f]*([\xa0\u2000-\u200a\u3000][ \xa0\u2000-\u200a\u3000]*)")


def shown(pieces: Pieces) -> Pieces:
    """The words of a block with white space run together as a browser does.

    A line break of the source between two wide characters is nothing (CSS Text 3, 4.1.3), elsewhere it is a space.

    >>> shown([("全县  共有\\n   ", 0), ("3\\n个", 20)])
    [('全县', 0), (' ', 2), ('共有', 4), (' ', 6), ('3', 20), (' ', 21), ('个', 22)]
    """
    words = words_of(pieces)
    edits = [
        (match.start(), match.end(), _between(words, match) if match["space"] else "")
        for match in _UNLIKE.finditer(words)
    ]
    return list(_edited(pieces, edits)) if edits else pieces


def _between(words: str, space: re.Match[str]) -> str:
    start, end = space.span()
    wide = "\n" in space[0] and start > 0 and end < len(words) and _wide(words[start - 1]) and _wide(words[end])
    return "" if wide else " "


def _wide(char: str) -> bool:
    return east_asian_width(char) in "WF"


def lines_of(pieces: Pieces) -> Iterator[tuple[BlockKind, Pieces]]:
    """The blocks of preformatted text, read as plain text is: (kind, words)."""
    pieces = list(_edited(pieces, [(m.start(), m.end(), "") for m in _INVISIBLE.finditer(words_of(pieces))]))
    words = words_of(pieces)
    starts = [0, *accumulate(len(text) for text, _ in pieces)]
    at = 0
    for block in split_blocks(words):
        lines: Pieces = []
        for start, end in block.spans:
            while starts[at + 1] <= start:
                at += 1
            if lines:
                lines.append(("\n", lines[-1][1] + len(lines[-1][0])))
            while at < len(pieces) and starts[at] < end:
                text, origin = pieces[at]
                low, high = max(start - starts[at], 0), min(end - starts[at], len(text))
                lines.append((text[low:high], origin + low))
                if starts[at + 1] > end:
                    break
                at += 1
        yield block.kind, lines


def _edited(pieces: Pieces, edits: list[tuple[int, int, str]]) -> Iterator[tuple[str, int]]:
    """The pieces with stretches of their joined words replaced; a replacement stands where the stretch began."""
    at = e = 0
    for text, origin in pieces:
        begin, end = at, at + len(text)
        while e < len(edits) and edits[e][0] < end:
            start, stop, put = edits[e]
            if start >= begin:
                if start > begin:
                    yield text[begin - at : start - at], origin + begin - at
                if put:
                    yield put, origin + start - at
            begin = max(begin, min(stop, end))
            if stop > end:
                break
            e += 1
        if begin < end:
            yield text[begin - at :], origin + begin - at
        at = end


def small_type(before: str, small: Pieces, *, raised: bool) -> Pieces:
    """What the words of a sup (`raised`) or sub element come to behind the last words `before` it.

    Marks of notes are left out, so that none becomes a digit of a figure; an exponent becomes one character a digit.

    >>> small_type("面积3km", [("2", 9)], raised=True), small_type("共15", [("[1]", 9)], raised=True)
    ([('²', 9)], [])
    """
    words = words_of(small)
    if _NOTE_MARK.fullmatch(words):
        return []
    if raised and _SMALL_NUMBER.fullmatch(words):
        if _TAKES_EXPONENT.search(before) is None:
            return []
        return [(text.translate(RAISED), origin) for text, origin in small]
    return small


def indent_of(pieces: Pieces) -> int:
    """How far a cell's words are moved in by spaces that stay, in half ems: 　 is two of them, &nbsp; one."""
    leading = _LEADING.match(words_of(pieces[:20]))
    return 0 if leading is None else sum(2 if char in "\u2001\u2003\u3000" else 1 for char in leading[1] if char != " ")
