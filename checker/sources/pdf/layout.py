"""Characters with boxes to lines in reading order. Pure functions; points from the top left, y down."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence, Set
from typing import NamedTuple, Protocol, TypeVar

from checker.sources.pdf.characters import meant

__all__ = ["Boxed", "Line", "Region", "Segment", "line_of", "regions", "rows", "runs", "segment_of"]

_HAN = 0x2E80  # from here on a character is as wide as high
_LINE_HEIGHT = 1.15  # a box reaches from the deepest descender to the highest ascender: so much of the size
# In ems. A wider gap parts stretches of a line: a column's gutter, the cells of a table without rules.
_PARTED = 1.0
_TABULAR = 1.6
# A gap this wide between letters or digits is a space; Han characters are set apart only to fill the line.
_SPACE, _HAN_SPACE, _MIXED_SPACE = 0.16, 0.95, 0.7
_WRITTEN_SPACE = 0.05  # where the page writes white space as well
_GUTTER = 0.8
_MOST_FOR_COLUMNS = 2000  # stretches on a page; a page of more is a drawing


class Boxed(Protocol):
    """Whatever has a box."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


AnyBoxed = TypeVar("AnyBoxed", bound=Boxed)


class Segment(NamedTuple):
    """A stretch of a line without wide gaps. `em` is the size of its characters in points; `boxes` holds left, top,
    right and bottom of each character of `text`, a space that no character wrote included.
    """

    left: float
    top: float
    right: float
    bottom: float
    em: float
    text: str
    boxes: array[float]


class Line(NamedTuple):
    """A line of a region. `tabular` says that wide gaps part it, as in a row of a table without rules."""

    left: float
    top: float
    right: float
    bottom: float
    em: float
    text: str
    boxes: array[float]
    tabular: bool


class Region(NamedTuple):
    """What is read from top to bottom: a page, or a column between the edges `start` and `limit`."""

    start: float
    limit: float
    items: list[Boxed]


def runs(codes: Sequence[int], boxes: Sequence[float], zones: Sequence[int] | None = None) -> list[list[int]]:
    """Indices of the characters that follow one another on a line, in the order in which the page writes them.

    `codes` are code points, `boxes` four numbers each. White space is left out: the gap tells more. A run ends where
    the next character stands elsewhere, or in another zone (cell of a table).

    >>> runs([0x41, 0x20, 0x42, 0x43], [0, 0, 5, 10, 5, 0, 8, 10, 8, 0, 13, 10, 60, 0, 65, 10])
    [[0, 2], [3]]
    """
    found: list[list[int]] = []
    current: list[int] = []
    zone = None
    left = right = top = bottom = 0.0
    lefts, tops, rights, bottoms = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
    for index, (code, x0, y0, x1, y1) in enumerate(zip(codes, lefts, tops, rights, bottoms, strict=True)):
        if 0 < code <= 0x20 or code == 0xA0 or code == 0x3000:
            continue
        height = bottom - top
        goes_on = (
            -0.5 * height <= x0 - right <= height * (_PARTED / _LINE_HEIGHT)
            and (bottom if bottom < y1 else y1) - (top if top > y0 else y0) > 0.5 * (y1 - y0 if y1 - y0 < height else height)
        )  # fmt: skip
        # A glyph that stands for two characters, as a long dash does, gives both of them its box.
        goes_on = goes_on or (x0 == left and x1 == right and y0 == top)
        if current and goes_on and (zones is None or zones[index] == zone):
            current.append(index)
        else:
            current = [index]
            found.append(current)
            zone = None if zones is None else zones[index]
        left, right, top, bottom = x0, x1, y0, y1
    return found


def segment_of(codes: Sequence[int], boxes: array[float], run: Sequence[int]) -> Segment | None:
    """The stretch that a run of characters makes; None where they stand for nothing."""
    chars: list[str] = []
    flat = array("f")
    blanks: set[int] = set()  # before which characters white space is written
    last = run[0] - 1
    for code, i in _whole(codes, run):
        text = meant(code)
        if i > last + 1:
            blanks.add(len(chars))
        last = i
        chars.extend(text)
        flat.extend(boxes[4 * i : 4 * i + 4] * len(text))
    if not chars:
        return None
    top, bottom = min(flat[1::4]), max(flat[3::4])
    wide = [right - left for char, left, right in zip(chars, flat[0::4], flat[2::4], strict=True) if ord(char) >= _HAN]
    em = max(sorted(wide)[len(wide) // 2] if wide else (bottom - top) / _LINE_HEIGHT, 0.5)
    return _spaced(Segment(flat[0], top, max(flat[2::4]), bottom, em, "".join(chars), flat), blanks)


def _whole(codes: Sequence[int], run: Sequence[int]) -> list[tuple[int, int]]:
    """The code points of a run with their indices, the halves of a surrogate pair made one."""
    found: list[tuple[int, int]] = []
    for i in run:
        code = codes[i]
        if 0xDC00 <= code < 0xE000 and found and 0xD800 <= found[-1][0] < 0xDC00:
            high, first = found.pop()
            found.append((0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), first))  # both have the box of the glyph
        else:
            found.append((code, i))
    return found


def _spaced(segment: Segment, blanks: Set[int] = frozenset()) -> Segment:
    """The stretch with a space wherever a gap is one; each space has the gap for its box.

    `blanks` are the places of characters that white space is written before: there a narrow gap is enough.
    """
    flat, text = segment.boxes, segment.text
    gaps = [left - right for left, right in zip(flat[4::4], flat[2::4], strict=False)]
    if not gaps or not (blanks or max(gaps) > _SPACE * segment.em):
        return segment
    usual = max(sorted(gaps)[len(gaps) // 2], 0.0)  # characters that are spread to fill a line
    pieces: list[str] = []
    boxes, done = array("f"), 0
    for i, gap in enumerate(gaps, start=1):
        wide = (gap - usual) / segment.em
        if wide <= _SPACE and i not in blanks:
            continue
        if wide > _least_space(text[i - 1], text[i], i in blanks):
            pieces += (text[done:i], " ")
            boxes += flat[4 * done : 4 * i]
            boxes.extend((flat[4 * i - 2], segment.top, flat[4 * i], segment.bottom))
            done = i
    if not done:
        return segment
    return segment._replace(text="".join((*pieces, text[done:])), boxes=boxes + flat[4 * done :])


def _least_space(before: str, after: str, blank: bool = False) -> float:
    """From what gap on, in ems, a space stands between two characters.

    Between Han characters, and between them and figures, a gap is the typesetter's. A written blank beside a letter is a
    space even where the letter hangs over it, as an f does.
    """
    han = (ord(before) >= _HAN) + (ord(after) >= _HAN)
    if han == 0 and blank:
        return _WRITTEN_SPACE if before.isdigit() and after.isdigit() else -1.0
    return (_SPACE, _MIXED_SPACE, _HAN_SPACE)[han]


def rows(items: Sequence[AnyBoxed]) -> list[list[AnyBoxed]]:
    """Boxes that stand beside each other, row by row from the top, each row from the left."""
    found: list[list[AnyBoxed]] = []
    top = bottom = 0.0
    for item in sorted(items, key=lambda item: (item.top + item.bottom, item.left)):
        shared = min(bottom, item.bottom) - max(top, item.top)
        if found and shared > 0.5 * min(bottom - top, item.bottom - item.top):
            found[-1].append(item)
            if item.bottom - item.top > bottom - top:
                top, bottom = item.top, item.bottom
        else:
            found.append([item])
            top, bottom = item.top, item.bottom
    for row in found:
        row.sort(key=lambda item: item.left)
    return found


def line_of(segments: Sequence[Segment]) -> Line:
    """One line of the stretches of a row, a space where a gap is one."""
    joined = segments[0]
    tabular = False
    for segment in segments[1:]:
        em = max(joined.em, segment.em)
        gap = segment.left - joined.right
        if gap < -0.5 * em:
            joined = _overlaid(joined, segment)
            continue
        # Behind 1. and （一） may stand a tab.
        tabular = tabular or (gap > _TABULAR * em and len(joined.text) > _LONGEST_MARKER)
        text, boxes = joined.text, array("f", joined.boxes)
        if gap > _least_space(joined.text[-1], segment.text[0]) * em:
            text += " "
            boxes.extend((joined.right, joined.top, segment.left, joined.bottom))
        boxes.extend(segment.boxes)
        em = joined.em if len(joined.text) >= len(segment.text) else segment.em
        joined = Segment(
            joined.left, min(joined.top, segment.top), max(joined.right, segment.right),
            max(joined.bottom, segment.bottom), em, text + segment.text, boxes,
        )  # fmt: skip
    return Line(*joined, tabular)


_LONGEST_MARKER = 5


def _overlaid(first: Segment, second: Segment) -> Segment:
    """Two stretches printed over each other as one: a character drawn twice to look bold counts once."""
    places = sorted(
        (part.boxes[4 * i], i, part) for part in (first, second) for i in range(len(part.text)) if part.text[i] != " "
    )  # fmt: skip
    chars: list[str] = []
    boxes = array("f")
    for left, i, part in places:
        char = part.text[i]
        if chars and char == chars[-1] and left - boxes[-4] < 0.3 * part.em:
            continue
        chars.append(char)
        boxes.extend(part.boxes[4 * i : 4 * i + 4])
    joined = Segment(
        boxes[0], min(first.top, second.top), max(first.right, second.right), max(first.bottom, second.bottom),
        max(first.em, second.em), "".join(chars), boxes,
    )  # fmt: skip
    return _spaced(joined)


def regions(items: Sequence[Boxed], width: float, gutters: Sequence[float] = ()) -> list[Region]:
    """The items of a page in the regions that are read one after the other: the page, or its columns.

    `gutters` are where columns were parted on earlier pages. Two columns are parted where a strip without text has
    lines on both sides that mostly fill their side, which the cells of a table do not.
    """
    return _regions(list(items), 0.0, width, gutters, 2)


def _regions(items: list[Boxed], start: float, limit: float, gutters: Sequence[float], deeper: int) -> list[Region]:
    if not deeper or not 2 <= len(items) <= _MOST_FOR_COLUMNS:
        return [Region(start, limit, items)]
    gutter = _gutter(items, gutters)
    if gutter is None:
        return [Region(start, limit, items)]
    crossing = sorted((item for item in items if item.left < gutter < item.right), key=_middle)
    heights = [_middle(item) for item in crossing]
    bands: list[tuple[list[Boxed], list[Boxed]]] = [([], []) for _ in range(len(crossing) + 1)]
    for item in items:
        if not item.left < gutter < item.right:
            bands[bisect_right(heights, _middle(item))][item.left > gutter].append(item)
    # What stands above the first line of the other side belongs to no column.
    above: list[list[Boxed]] = []
    for left, right in bands:
        first = max(min((item.top for item in side), default=0.0) for side in (left, right)) if left and right else 0.0
        above.append([item for item in left + right if item.bottom < first])
        left[:] = [item for item in left if item.bottom >= first]
        right[:] = [item for item in right if item.bottom >= first]
    known = gutter in gutters
    sides = [[item for band in bands for item in band[side]] for side in (0, 1)]
    extents = [(min(i.left for i in side), max(i.right for i in side)) if side else (0.0, 0.0) for side in sides]
    if not known and not any(_are_prose(left, right, extents) for left, right in bands):
        return [Region(start, limit, items)]
    found: list[Region] = []
    across: list[Boxed] = []
    for place, (left, right) in enumerate(bands):
        across += above[place]
        if left and right and _fills(left, extents[0]) and _fills(right, extents[1]):
            if across:
                found.append(Region(start, limit, across))
                across = []
            found += _regions(left, start, gutter, gutters, deeper - 1)
            found += _regions(right, gutter, limit, gutters, deeper - 1)
        else:
            across += left + right
        if place < len(crossing):
            across.append(crossing[place])
    if across:
        found.append(Region(start, limit, across))
    return found


def _middle(item: Boxed) -> float:
    return (item.top + item.bottom) / 2


def _are_prose(left: Sequence[Boxed], right: Sequence[Boxed], extents: Sequence[tuple[float, float]]) -> bool:
    """Whether both sides of a gutter are wrapped text: two lines at least fill the one, and three the other."""
    full = [sum(_is_full(item, extent) for item in side) for side, extent in zip((left, right), extents, strict=True)]
    return min(full) >= 2 and sum(full) >= 5 and _fills(left, extents[0]) and _fills(right, extents[1])


def _fills(side: Sequence[Boxed], extent: tuple[float, float]) -> bool:
    full = sum(_is_full(item, extent) for item in side)
    return 5 * full >= 2 * len(side) or len(rows(side)) <= 3


def _is_full(item: Boxed, extent: tuple[float, float]) -> bool:
    wide = extent[1] - extent[0]
    return wide >= 8 * (item.bottom - item.top) and item.right - item.left >= 0.8 * wide


def _gutter(items: list[Boxed], gutters: Sequence[float]) -> float | None:
    """The middle of the strip that most pairs of neighbours leave between them; None where hardly any do."""
    ordered = sorted(items, key=lambda item: item.top)
    gaps: list[tuple[float, float]] = []
    for i, item in enumerate(ordered):
        # The nearest one to the right whose middle is level with this one, looking both ways from it.
        nearest: Boxed | None = None
        for other in _level_with(ordered, i):
            if other.left > item.right and (nearest is None or other.left < nearest.left):
                nearest = other
        if nearest is not None and nearest.left - item.right >= _GUTTER * (item.bottom - item.top) / _LINE_HEIGHT:
            gaps.append((item.right, nearest.left))
    ends = sorted([(left, 1) for left, _ in gaps] + [(right, -1) for _, right in gaps])
    best = open_now = 0
    strip: tuple[float, float] | None = None
    for place, (x, step) in enumerate(ends):
        open_now += step
        if open_now > best:
            best, strip = open_now, (x, ends[place + 1][0])
    if strip is None:
        return None
    for known in gutters:
        if strip[0] <= known <= strip[1]:
            return known
    return (strip[0] + strip[1]) / 2 if best >= 2 else None


def _level_with(ordered: Sequence[Boxed], place: int) -> list[Boxed]:
    """The boxes that share more than a third of their height with the one at `place`; `ordered` by their tops."""
    item = ordered[place]
    found = []
    for other in ordered[place + 1 :]:
        if other.top >= item.bottom:
            break
        found.append(other)
    for other in reversed(ordered[:place]):
        if other.top < item.top - 3 * (item.bottom - item.top):
            break
        found.append(other)
    return [
        other for other in found
        if min(item.bottom, other.bottom) - max(item.top, other.top) > 0.34 * min(item.bottom - item.top, other.bottom - other.top)
    ]  # fmt: skip
