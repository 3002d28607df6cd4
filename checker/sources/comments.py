"""Remarks to the checker in a text: ``<!-- checker: ignore CK301 已核对 -->``, and lines ``# checker: …`` where they are wanted.

They are cut out of the blocks, so that what a remark says is never read as a figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from checker.document import Block, Comment, LinePlace
from checker.patterns import pattern
from checker.sources.lines import read_lines

__all__ = ["Remark", "comments_of", "find_remarks", "remark_in", "without", "words_only"]

_OPENING = pattern(r"<!--\s*checker\s*[:：]")
_CLOSING = pattern(r"-->|<!--")
_LINE_REMARK = pattern(r"^[ \t]*#[ \t]*checker\s*[:：](.*)$", re.MULTILINE)  # # checker: ignore CK301 已核对
_FENCE = pattern(r"(`{3,}|~{3,})[\w+-]*$")  # as in blocks.py


class Remark(NamedTuple):
    """The stretch of a remark in the source, as half-open code-point offsets, and its words; None where it has no end."""

    start: int
    end: int
    words: str | None


class _Around(NamedTuple):
    """What stands around a remark: whether words do before and after it on its lines, and where the next words begin."""

    line: int  # the line on which it begins, and the line on which it ends, counted from 0
    last_line: int
    column: int
    before: bool
    after: bool
    next_words: int | None


def remark_in(comment: str) -> str | None:
    """The words of a whole comment ``<!-- checker: … -->``; None for a comment about something else.

    >>> remark_in("<!-- checker: ignore CK301 已核对 -->")
    'ignore CK301 已核对'
    """
    opening = _OPENING.match(comment)
    return None if opening is None else comment[opening.end() :].removesuffix("-->").strip()


def find_remarks(text: str, *, line_remarks: bool = False) -> tuple[Remark, ...]:
    """The remarks of a text in order; with `line_remarks` also lines that begin with ``# checker:``.

    One in fenced code or between backticks is an example of a remark. One that is not closed before the next comment
    reaches to the end of its line.
    """
    found: list[Remark] = []
    for opening in _OPENING.finditer(text):
        if found and opening.start() < found[-1].end:
            continue
        closing = _CLOSING.search(text, opening.end())
        if closing is not None and closing[0] == "-->":
            remark = Remark(opening.start(), closing.end(), text[opening.end() : closing.start()].strip())
        else:
            remark = Remark(opening.start(), _line_end(text, opening.end()), None)
        if not (text[max(remark.start - 1, 0)] == "`" and text.startswith("`", remark.end)):
            found.append(remark)
    if line_remarks:
        found += (Remark(match.start(), match.end(), match[1].strip()) for match in _LINE_REMARK.finditer(text))
        found.sort()
    fences = _fences(text) if found else ()
    ends = [end for _, end in fences]
    fenced = [bisect_right(ends, remark.start) for remark in found]
    return tuple(
        remark for remark, i in zip(found, fenced, strict=True) if i == len(fences) or remark.start < fences[i][0]
    )


def words_only(text: str, remarks: Sequence[Remark]) -> str:
    """The text as its blocks are to be made from: remarks are spaces, or an empty comment where they fill their lines.

    Offsets stay as they are.
    """
    pieces: list[str] = []
    at = 0
    for remark, around in zip(remarks, _arounds(text, remarks), strict=True):
        start, end = remark.start, remark.end
        alone = not around.before and not around.after and end - start > 7
        pieces += (text[at:start], "<!--" + " " * (end - start - 7) + "-->" if alone else " " * (end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def without(blocks: Sequence[Block], remarks: Sequence[Remark]) -> tuple[Block, ...]:
    """The blocks with the remarks cut out of their spans: 「163户<!-- … -->41人」 is one block of two spans."""
    starts = [remark.start for remark in remarks]
    made = []
    for block in blocks:
        spans = []
        for start, end in block.spans:
            at = start
            for remark in remarks[bisect_left(starts, start) : bisect_left(starts, end)]:
                if remark.start > at:
                    spans.append((at, remark.start))
                at = remark.end
            if at < end:
                spans.append((at, end))
        if spans:
            made.append(Block(block.kind, tuple(spans)))
    return tuple(made)


def comments_of(text: str, remarks: Sequence[Remark], blocks: Sequence[Block]) -> tuple[Comment, ...]:
    """What each remark of a text speaks of: the line and the block."""
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    breaks = _breaks(text) if remarks else []
    comments = []
    for remark, around in zip(remarks, _arounds(text, remarks), strict=True):
        line = around.last_line
        block = bisect_right(ends, remark.start)
        if around.before:
            line, block = around.line, bisect_left(starts, remark.start) - 1
        elif not around.after and around.next_words is not None:
            line = bisect_left(breaks, around.next_words)
        place = LinePlace(around.line + 1, around.column + 1)
        found = block if 0 <= block < len(blocks) else None
        comments.append(Comment(remark.words, place, line + 1, found, (remark.start, remark.end)))
    return tuple(comments)


def _arounds(text: str, remarks: Sequence[Remark]) -> list[_Around]:
    """What stands around each remark; every stretch between two of them is looked at once."""
    if not remarks:
        return []
    breaks = _breaks(text)
    last_words: list[int] = []  # before each remark, where the last words end
    at, last = 0, -1
    for remark in remarks:
        words = text[at : remark.start].rstrip()
        last = at + len(words) if words else last
        last_words.append(last)
        at = remark.end
    made: list[_Around] = []
    until, following = len(text), None
    for remark, last in zip(reversed(remarks), reversed(last_words), strict=True):
        words = text[remark.end : until]
        stripped = words.lstrip()
        following = until - len(stripped) if stripped else following
        line, last_line = bisect_left(breaks, remark.start), bisect_left(breaks, remark.end)
        begin = breaks[line - 1] + 1 if line else 0
        end = breaks[last_line] if last_line < len(breaks) else len(text)
        after = following is not None and following < end
        made.append(_Around(line, last_line, remark.start - begin, last > begin, after, following))
        until = remark.start
    made.reverse()
    return made


def _breaks(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _fences(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of fenced code; a fence that nothing closes is no fence."""
    fences = []
    opened: tuple[int, str] | None = None
    for line in read_lines(text):
        if opened is None:
            mark = _FENCE.match(line.text)
            opened = None if mark is None else (line.start, mark[1])
        elif line.text.startswith(opened[1]) and not line.text.strip(opened[1][0]):
            fences.append((opened[0], line.end))
            opened = None
    return tuple(fences)
