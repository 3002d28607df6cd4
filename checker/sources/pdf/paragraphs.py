"""Lines to paragraphs: which line goes on with the one before it, and what each paragraph is. Points from the top left."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from checker.document import BlockKind
from checker.sources import joining
from checker.sources.blocks import classify, may_be_heading
from checker.sources.lines import Line as TextLine
from checker.sources.pdf.layout import Line

__all__ = ["Paragraph", "Placed", "Style", "joint", "paragraphs", "style_of"]

_FINAL = ("。", "！", "？", "；", "!", "?", ";", "…", "：", ":", "。”", "。」")
_LARGE = 1.12  # times the size of the body: a heading
_LONGEST_HEADING, _LONGEST_CENTRED = 60, 40
_INDENT = 1.2  # ems
_NO_LINE_START = re.compile(r"[，。、；：！？）》”’」』】%％‰℃,.;:!?)]+")
# What no line break parts: a number or a word.
_UNBROKEN = re.compile(r"[0-9０-９.,，％%]+|[A-Za-z][A-Za-z'’-]*|.", re.DOTALL)
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z,;.:)]$"), re.compile(r"[A-Za-z(]")


class Placed(NamedTuple):
    """A line with its page (counted from 0), the number of its region, and where the region's text begins and ends.

    `right` is None where nothing tells how far a full line reaches.
    """

    line: Line
    page: int
    region: int
    left: float
    right: float | None


class Paragraph(NamedTuple):
    """A logical paragraph; its lines may stand in several columns or on several pages."""

    kind: BlockKind
    lines: list[Placed]


class Style(NamedTuple):
    """How the document is set: the size of its body text, the usual space between lines (in ems), and whether paragraphs
    are told apart by a first line that is moved in, or by more space between them.
    """

    em: float
    leading: float
    indented: bool
    spaced: bool


def style_of(lines: Sequence[Placed]) -> Style:
    """How a document is set, from all of its lines."""
    sizes: Counter[float] = Counter()
    for placed in lines:
        sizes[round(placed.line.em * 2) / 2] += len(placed.line.text)
    em = sizes.most_common(1)[0][0] if sizes else 10.0
    spaces = [
        (below.line.top - above.line.bottom) / em
        for above, below in pairwise(lines)
        if above.region == below.region and 0 <= below.line.left - above.left < em and not above.line.tabular
    ]
    moved = sum(
        above.region == below.region
        and _moved(above) >= _INDENT
        and abs(_moved(below)) < 0.7
        and _is_full(above, below)
        for above, below in pairwise(lines)
    )
    leading = median(spaces) if spaces else 0.8
    apart = sum(space > _most_space(leading) for space in spaces)
    return Style(em, leading, moved >= 1, apart >= 3)


def _most_space(leading: float) -> float:
    """The most space, in ems, between two lines of one paragraph."""
    return max(1.4 * leading, leading + 0.35)


def margins(lines: Sequence[tuple[Line, float, float]], width: float) -> list[tuple[float, float | None]]:
    """For each line (with the edges of its region) where the text of its region begins, and how far a full line reaches.

    An edge counts where three lines of pages of this width end there, or where it leaves as much free as the left one.
    """
    size = median(line.em for line, _, _ in lines)
    body = [line for line, _, _ in lines if abs(line.em - size) <= 0.2 * size]
    lefts, rights = sorted(line.left for line in body), sorted(line.right for line in body)
    found: dict[tuple[float, float], tuple[float, float | None]] = {}
    ends: dict[tuple[float, float], list[Line]] = {}
    for line, start, limit in lines:
        ends.setdefault((start, limit), []).append(line)
    for (start, limit), inside in ends.items():
        em = median(line.em for line in inside)
        near = lefts[bisect_left(lefts, start) : bisect_left(lefts, start + (limit - start) / 2)]
        left = next((at for i, at in enumerate(near) if bisect_right(near, at + 0.5 * em) - i >= 3), None)
        left = min(line.left for line in inside) if left is None else left
        narrowest = (8 if start or limit < width else 12) * em
        within = rights[bisect_left(rights, left + narrowest) : bisect_right(rights, limit + em)]
        if start or limit < width:  # that a column is wrapped is known already
            found[start, limit] = left, _common_end(within, 1.2 * em, 2)
            continue
        common = _common_end(within, 1.2 * em, 3)
        alike = next((at for at in reversed(within) if abs(width - left - at) <= 2 * em), None)
        if common is None or (alike is not None and alike - common > 3 * em):
            common = alike
        found[start, limit] = left, common
    return [found[start, limit] for _, start, limit in lines]


def _common_end(ends: Sequence[float], near: float, fewest: int) -> float | None:
    """The farthest of the ends (sorted) that so many of them come near."""
    for i in range(len(ends) - 1, -1, -1):
        if i + 1 - bisect_left(ends, ends[i] - near) >= fewest:
            return ends[i]
    return None


def paragraphs(lines: Sequence[Placed], style: Style) -> Iterator[Paragraph]:
    """The paragraphs that lines in reading order make."""
    current: list[Placed] = []
    for placed in lines:
        if current and _goes_on(current, placed, style):
            current.append(placed)
            continue
        if current:
            yield Paragraph(_kind(current, style), current)
        current = [placed]
    if current:
        yield Paragraph(_kind(current, style), current)


def joint(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: a space between words, a line feed where there is none.

    >>> joint("the county", "has"), joint("村集体收入74.05", "万元")
    (' ', '\\n')
    """
    return " " if _LATIN_END.search(before) and _LATIN_START.match(after) else "\n"


def _goes_on(current: Sequence[Placed], below: Placed, style: Style) -> bool:
    above = current[-1]
    a, b = above.line, below.line
    larger, smaller = max(a.em, b.em), min(a.em, b.em)
    if larger > 1.15 * smaller or a.tabular or b.tabular:
        return False
    if joining.cuts_a_figure(_text_line(a), _text_line(b)):
        return True
    if _is_title(above, style) and _is_title(below, style):
        return _follows(above, below, style) and _centred(above) and _centred(below) and _wide(above) > 0.5
    if not _is_full(above, below) or not _follows(above, below, style):
        return False
    moved, before = _moved(below), _moved(above)
    final = a.text.endswith(_FINAL)
    within = style.indented and not final and abs(moved) <= 0.7  # 「……一汽、二汽和第⏎一、第二……」
    if not within and classify(_text_line(b))[0] != "paragraph":
        return False
    if abs(moved) <= 0.7:
        near = style.spaced and above.region == below.region
        return not final or style.indented or near or _moved(current[0]) >= _INDENT
    if abs(moved - before) <= 0.5:
        return not final or len(current) > 1
    if len(current) == 1 and classify(_text_line(a))[0] in ("item", "numbered"):
        return 0 < moved - before <= 5  # the lines of an item hang below its words
    return False


def _text_line(line: Line) -> TextLine:
    return TextLine(0, len(line.text), line.text, False, False)


def _moved(placed: Placed) -> float:
    """How far a line is moved in, in ems."""
    return (placed.line.left - placed.left) / placed.line.em


def _wide(placed: Placed) -> float:
    """The part of its column that a line takes."""
    right = placed.right if placed.right is not None else placed.line.right
    return (placed.line.right - placed.line.left) / max(right - placed.left, 1.0)


def _is_full(above: Placed, below: Placed) -> bool:
    """Whether the next line begins below because what it begins with did not fit into the one above."""
    if above.right is None:
        return False
    em = above.line.em
    text = below.line.text
    first = _UNBROKEN.match(text)
    end = 0 if first is None else first.end()
    after = _NO_LINE_START.match(text, end)
    if after is not None:
        end = after.end()
    # A mark at the beginning of a line would have hung at the end of the one above.
    wide = below.line.boxes[4 * end - 2] - below.line.boxes[0]
    return above.line.right + min(wide, 20 * em) > above.right - 0.3 * em


def _follows(above: Placed, below: Placed, style: Style) -> bool:
    """Whether no more space than between two lines of a paragraph parts them; always from a column or page to the next."""
    if (above.page, above.region) != (below.page, below.region):
        return True
    return below.line.top - above.line.bottom <= _most_space(style.leading) * above.line.em


def _centred(placed: Placed) -> bool:
    if placed.right is None:
        return False
    line = placed.line
    free_left, free_right = line.left - placed.left, placed.right - line.right
    return abs(free_left - free_right) <= 2 * line.em


def _is_title(placed: Placed, style: Style) -> bool:
    return placed.line.em >= _LARGE * style.em and len(placed.line.text) <= _LONGEST_HEADING


def _kind(lines: Sequence[Placed], style: Style) -> BlockKind:
    """What a paragraph is, by its size, its place and its first words."""
    text = "".join(placed.line.text for placed in lines)
    kind = classify(TextLine(0, len(text), text, False, False))[0]
    if kind in ("item", "caption"):
        return "item" if kind == "item" else "caption"
    first = lines[0]
    if first.line.tabular:
        return "paragraph"
    large = all(_is_title(placed, style) for placed in lines)
    alone = len(lines) == 1 and len(text) <= _LONGEST_CENTRED and first.right is not None
    centred = alone and _centred(first) and _moved(first) > 2.5
    if (large or centred or kind == "numbered") and may_be_heading(text, kind, _LONGEST_HEADING):
        return "heading"
    return "paragraph"
