"""What pdfium finds on a page: characters with boxes, ruled lines, pictures. The only module that calls it.

A page has about two thousand characters, and a document may have two thousand pages, so the calls for each character go
through function pointers without conversions, in C loops (`map`); nothing else is asked about each one.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2  # noqa: F401  (starts the library)
import pypdfium2.raw as pdfium

__all__ = ["NotOpened", "Page", "Rules", "Turn", "opened", "read_page"]

# Rules beyond these are a drawing or a map, and no table.
_MOST_PATHS, _MOST_SEGMENTS, _DEEPEST = 20_000, 400, 4
_THIN = 3.0  # points: a rectangle as thin as this is a line
_SHORTEST = 4.0  # points: a shorter line is a mark
_LARGEST = 200_000.0  # points: no page is larger
_STRAIGHT = 0.6  # points: how far a line may be from level


class NotOpened(Exception):
    """pdfium cannot open the file; `encrypted` says that it wants a password."""

    def __init__(self, encrypted: bool) -> None:
        super().__init__(encrypted)
        self.encrypted = encrypted


class Turn(NamedTuple):
    """How the frame that text is read in lies in the page as it is shown: turned clockwise by `quarters`.

    `width` and `height` are those of the page as shown, in points; both frames have their origin at the top left.
    """

    quarters: int
    width: float
    height: float

    def reading(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the page as shown, in the frame that it is read in."""
        if self.quarters == 1:
            return top, self.width - right, bottom, self.width - left
        if self.quarters == 2:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        if self.quarters == 3:
            return self.height - bottom, left, self.height - top, right
        return left, top, right, bottom

    def shown(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the frame that text is read in, on the page as shown.

        >>> Turn(1, 595, 842).shown(*Turn(1, 595, 842).reading(10, 20, 30, 40))
        (10, 20, 30, 40)
        """
        if self.quarters == 1:
            return self.width - bottom, left, self.width - top, right
        if self.quarters == 3:
            return top, self.height - right, bottom, self.height - left
        return self.reading(left, top, right, bottom)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the frame that text is read in."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)


class Rules(NamedTuple):
    """Ruled lines: level ones as (y, from x, to x), upright ones as (x, from y, to y), in points from the top left."""

    level: list[tuple[float, float, float]]
    upright: list[tuple[float, float, float]]


class Page(NamedTuple):
    """A page as it is shown, in points from its top left corner.

    `codes` are code points, 0 where the file does not say what a glyph means; `boxes` holds left, top, right and bottom
    of each; `quarters` its direction in quarters of a turn clockwise (-1 for a slanting one), None where all are upright.
    `rules` are None where the page holds too many lines for a table. `pictured` is the part of the page, from 0 to 1,
    that the largest picture covers; `drawn` says that anything at all is on the page.
    """

    width: float
    height: float
    codes: list[int]
    boxes: array[float]
    quarters: list[int] | None
    rules: Rules | None
    pictured: float
    drawn: bool


class TooManyCharacters(Exception):
    """A page holds more characters than are read."""


@contextmanager
def opened(data: bytes) -> Iterator[tuple[Any, int]]:
    """The document in `data` (pdfium's handle) and how many pages it has. Raises NotOpened."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        raise NotOpened(error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY))
    try:
        yield document, pdfium.FPDF_GetPageCount(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


def read_page(document: Any, index: int, most_characters: int) -> Page | None:
    """The page at `index`, counted from 0; None when it is damaged. Raises TooManyCharacters."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        if not all(0 < side < _LARGEST for side in (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))):
            return None
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            return _read(page, text_page, most_characters)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


# The calls for each character, by address: the handle as a bare pointer, and an integer for where to write.
_UNICODE = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_BOX = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_ANGLE = ctypes.CFUNCTYPE(ctypes.c_float, ctypes.c_void_p, ctypes.c_int)


def _bare(prototype: Any, function: Any) -> Any:
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)


def _read(page: Any, text_page: Any, most_characters: int) -> Page:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    matrix = _to_shown(page, width, height)
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    if count > most_characters:
        raise TooManyCharacters
    handle = ctypes.cast(text_page, ctypes.c_void_p).value
    codes: list[int] = list(map(_bare(_UNICODE, pdfium.FPDFText_GetUnicode), repeat(handle), range(count)))
    raw = (ctypes.c_float * (4 * count))()
    at = ctypes.addressof(raw)
    loose = _bare(_BOX, pdfium.FPDFText_GetLooseCharBox)
    list(map(loose, repeat(handle), range(count), range(at, at + 16 * count, 16)))
    boxes = _shown_boxes(array("f", bytes(raw)), matrix)
    angles = list(map(_bare(_ANGLE, pdfium.FPDFText_GetCharAngle), repeat(handle), range(count)))
    turned = pdfium.FPDFPage_GetRotation(page)
    quarters = None
    if turned or any(angles):
        quarters = [_quarters(angle, turned) for angle in angles]
    rules, pictured, drawn = _objects(page, matrix, width * height)
    return Page(width, height, codes, boxes, quarters, rules, pictured, drawn or count > 0)


def _quarters(angle: float, turned: int) -> int:
    """A direction in radians on a page that is shown turned by so many quarters, as quarters of a turn; -1 if slanting."""
    quarters = angle / (math.pi / 2)
    whole = round(quarters)
    return (whole + turned) % 4 if abs(quarters - whole) < 0.05 else -1


Matrix = tuple[float, float, float, float, float, float]


def _to_shown(page: Any, width: float, height: float) -> Matrix:
    """The way from the page's own space to points from the top left of the page as it is shown, crop and turn in it."""
    scale = 64  # pdfium answers in whole units; this makes them small enough
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        pdfium.FPDF_PageToDevice(page, 0, 0, round(width * scale), round(height * scale), 0, across, up, x, y)
        corners.append((x.value / scale, y.value / scale))
    (e, f), (xa, xb), (ya, yb) = corners
    a, b, c, d = ((v / 1000) for v in (xa - e, xb - f, ya - e, yb - f))
    return round(a, 3), round(b, 3), round(c, 3), round(d, 3), e, f


def _shown_boxes(raw: array[float], matrix: Matrix) -> array[float]:
    """Boxes as pdfium gives them (left, top, right, bottom, y up) as boxes of the page as shown (y down)."""
    a, b, c, d, e, f = matrix
    flat, upright = (raw[0::4], raw[2::4]), (raw[3::4], raw[1::4])  # the lower end of each, and the upper
    # Turned by one or three quarters, what was up is now across.
    sides = ((c, *upright, e), (b, *flat, f)) if b or c else ((a, *flat, e), (d, *upright, f))
    boxes = array("f", bytes(4 * len(raw)))
    for place, (factor, low, high, shift) in enumerate(sides):
        if factor < 0:
            low, high = high, low
        boxes[place::4] = array("f", [factor * value + shift for value in low])
        boxes[place + 2 :: 4] = array("f", [factor * value + shift for value in high])
    return boxes


def _objects(page: Any, matrix: Matrix, area: float) -> tuple[Rules | None, float, bool]:
    """The ruled lines of a page, the part of it that the largest picture covers, and whether it holds anything."""
    found = Rules([], [])
    pictured, paths, drawn = 0.0, 0, False
    for kind, item, within in _every_object(page, matrix):
        drawn = True
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = _bounds(item, within)
            pictured = max(pictured, (right - left) * (bottom - top) / max(area, 1.0))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths <= _MOST_PATHS:
                _add_rules(found, item, within)
    return (found if paths <= _MOST_PATHS else None), min(pictured, 1.0), drawn


def _every_object(page: Any, matrix: Matrix) -> Iterator[tuple[int, Any, Matrix]]:
    """The objects of a page that are no text, those inside forms too, each with the way from its own space."""
    waiting = [(pdfium.FPDFPage_GetObject, page, pdfium.FPDFPage_CountObjects(page), matrix, 0)]
    while waiting:
        get, holder, count, within, deep = waiting.pop()
        for index in range(count):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield kind, item, within
            elif deep < _DEEPEST:
                inner = pdfium.FPDFFormObj_CountObjects(item)
                waiting.append((pdfium.FPDFFormObj_GetObject, item, inner, _joined(_matrix(item), within), deep + 1))


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _joined(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: Any, within: Matrix) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of an object on the page as shown; all 0 where pdfium knows none."""
    ends = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *ends):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (end.value for end in ends)
    (x0, y0), (x1, y1) = _applied(within, left, bottom), _applied(within, right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _add_rules(found: Rules, item: Any, within: Matrix) -> None:
    """Add the ruled lines of a path: strokes along the page's sides, and filled rectangles as thin as a line.

    A rectangle that is only filled is a shade behind text, and its edges are no rules.
    """
    count = pdfium.FPDFPath_CountSegments(item)
    if count > _MOST_SEGMENTS:
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, filled, stroked)
    if not (filled.value or stroked.value):
        return
    matrix = _joined(_matrix(item), within)
    for points in _outlines(item, count, matrix):
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        if right - left <= _THIN or bottom - top <= _THIN:
            _add(found, left, top, right, bottom)
        elif stroked.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x0 - x1) <= _STRAIGHT or abs(y0 - y1) <= _STRAIGHT:
                    _add(found, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _add(found: Rules, left: float, top: float, right: float, bottom: float) -> None:
    """Add one thin box as a rule; a dot or a dash is none."""
    if max(right - left, bottom - top) < _SHORTEST or not math.isfinite(left + top + right + bottom):
        return
    if right - left >= bottom - top:
        found.level.append(((top + bottom) / 2, left, right))
    else:
        found.upright.append(((left + right) / 2, top, bottom))


def _outlines(item: Any, count: int, matrix: Matrix) -> Iterator[Sequence[tuple[float, float]]]:
    """The stretches of a path that are all straight, as points of the page as shown; a closed one ends where it began."""
    points: list[tuple[float, float]] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        elif kind != pdfium.FPDF_SEGMENT_LINETO:
            straight = False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_applied(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if straight and len(points) > 1:
        yield points
