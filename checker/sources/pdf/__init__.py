"""PDF files to documents: their text layer in reading order, ruled tables, and the box of every figure on its page."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from checker.document import Document
from checker.errors import SourceError
from checker.sources.blocks import classify
from checker.sources.building import Builder, GridCell, Origins
from checker.sources.lines import Line as TextLine
from checker.sources.messages import Lang, message
from checker.sources.pdf.characters import UNKNOWN
from checker.sources.pdf.layout import Boxed, Line, Segment, line_of, regions, rows, runs, segment_of
from checker.sources.pdf.paragraphs import Paragraph, Placed, Style, joint, margins, paragraphs, style_of
from checker.sources.pdf.running import running
from checker.sources.pdf.tables import Field, Grid, grids, repeated_rows, split_rows

if TYPE_CHECKING:
    from checker.sources.pdf.pages import Page, Turn

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "MAX_PAGES", "MAX_PAGE_CHARACTERS", "PdfPlace", "read"]

MAX_BYTES = 512 * 1024 * 1024
MAX_PAGES = 3000
MAX_CHARACTERS = 8_000_000
MAX_PAGE_CHARACTERS = 500_000

_NAME = {"zh": "PDF 文件", "en": "the PDF file"}
_SCAN, _FEW = 0.6, 20  # a page that a picture covers so far, and so few characters on it, is a scan with a page number
_FEWEST_UNKNOWN = 3
_CAPTION_GAP = 2.5  # ems between the words that name a table and the table
_UNIT_LINE = re.compile(r"[（(]?(?:计量)?(?:单位|單位)[：:].{1,30}")
# Of what glyph numbers taken for code points give: no Chinese text holds much of it.
_ODD = re.compile(r"[\u0080-\u009f\u0250-\u036f\u0400-\u1fff\u2500-\u259f\ua000-\uabff]")


class Stretch(NamedTuple):
    """Where a stretch of the text stands: its page, counted from 0, and the boxes of its characters as shown."""

    page: int
    boxes: array[float]
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class PdfPlace:
    """A place on a page: the page, counted from 1; the box in points from the top left corner; in a table, its number,
    row and column, counted from 1.
    """

    page: int
    box: tuple[float, float, float, float]
    cell: tuple[int, int, int] | None = None

    def as_json(self) -> dict[str, object]:
        place: dict[str, object] = {"page": self.page, "box": list(self.box)}
        if self.cell is not None:
            place["table"] = dict(zip(("number", "row", "column"), self.cell, strict=True))
        return place

    def said(self, lang: str) -> str:
        return f"p. {self.page}" if lang == "en" else f"第{self.page}页"


@dataclass(frozen=True)
class _Places:
    origins: Origins[Stretch]

    def at(self, start: int, end: int) -> PdfPlace:
        """The place of a stretch of the text: the boxes of its characters on the page where it begins."""
        starts, stretches = self.origins.starts, self.origins.origins
        first = max(bisect_right(starts, start) - 1, 0)
        found: Stretch | None = None
        box: tuple[float, float, float, float] | None = None
        for i in range(first, len(starts)):
            if starts[i] >= end and found is not None:
                break
            stretch = stretches[i]
            if found is not None and stretch.page != found.page:
                break
            low = max(start - starts[i], 0)
            boxes = stretch.boxes[4 * low : 4 * max(end - starts[i], low + 1)]
            if boxes:  # none where only a line feed is left of the stretch
                found = found or stretch
                new = min(boxes[0::4]), min(boxes[1::4]), max(boxes[2::4]), max(boxes[3::4])
                box = new if box is None else (*map(min, box[:2], new[:2]), *map(max, box[2:], new[2:]))  # type: ignore[assignment]
        if found is None or box is None:
            found = stretches[first]
            box = tuple(found.boxes[-4:])  # type: ignore[assignment]
        assert box is not None
        left, top, right, bottom = (round(value, 1) for value in box)
        return PdfPlace(found.page + 1, (left, top, right, bottom), found.cell)


class _Table(NamedTuple):
    """A ruled table with what stands in each of its fields."""

    left: float
    top: float
    right: float
    bottom: float
    grid: Grid
    contents: list[list[Segment]]


class _Leaf(NamedTuple):
    """A page taken apart, in the frame that it is read in; `width` and `height` are that frame's."""

    turn: Turn
    width: float
    height: float
    segments: list[Segment]
    tables: list[_Table]


def read(data: bytes, path: str, published: date | None, encoding: str | None, lang: Lang) -> Document:
    """The document in a PDF file; see `checker.sources.Reader`. A PDF knows its encoding, so `encoding` says nothing."""
    what = _NAME[lang]
    try:
        from checker.sources.pdf import pages as pdfium
    except ImportError:
        raise SourceError(message("missing-extra", lang, what=what, extra="pdf"), code="missing-extra") from None
    if len(data) > MAX_BYTES:
        raise _too_large(lang, f"{len(data) // 2**20} MB > {MAX_BYTES // 2**20} MB")
    leaves, warnings = _leaves(data, pdfium, lang)
    dropped = running([leaf.segments for leaf in leaves], [leaf.height for leaf in leaves])
    builder: Builder[Stretch] = Builder()
    _write(builder, [_kept(leaf, gone) for leaf, gone in zip(leaves, dropped, strict=True)])
    text = builder.text
    if not text.strip():
        warnings.append(message("empty", lang))
    warnings += _doubts(text, lang)
    return builder.document(path, published, _Places(builder.origins), tuple(warnings))


def _too_large(lang: Lang, reason: str) -> SourceError:
    return SourceError(message("too-large", lang, what=_NAME[lang], reason=reason), code="too-large")


def _leaves(data: bytes, pdfium: ModuleType, lang: Lang) -> tuple[list[_Leaf], list[str]]:
    """The pages of a file, and what has to be said of those that could not be read."""
    found: list[_Leaf] = []
    scanned: list[int] = []
    damaged: list[int] = []
    characters = 0
    what = _NAME[lang]
    try:
        with pdfium.opened(data) as (document, count):
            if count > MAX_PAGES:
                raise _too_large(lang, _counted(lang, count, "页", "pages", MAX_PAGES))
            for number in range(count):
                page = pdfium.read_page(document, number, MAX_PAGE_CHARACTERS)
                if page is None:
                    damaged.append(number)
                    found.append(_Leaf(pdfium.Turn(0, 0.0, 0.0), 0.0, 0.0, [], []))
                    continue
                characters += len(page.codes)
                if characters > MAX_CHARACTERS:
                    raise _too_large(lang, _counted(lang, characters, "字", "characters", MAX_CHARACTERS))
                leaf = _leaf(page, pdfium)
                written = sum(len(s.text) for s in leaf.segments) + sum(
                    len(s.text) for table in leaf.tables for content in table.contents for s in content
                )
                if (written == 0 and page.drawn) or (written < _FEW and page.pictured >= _SCAN):
                    scanned.append(number)
                found.append(leaf)
    except pdfium.NotOpened as error:
        if error.encrypted:
            raise SourceError(message("encrypted", lang, what=what), code="encrypted") from None
        reason = "not a PDF that can be opened" if lang == "en" else "无法打开"
        raise SourceError(message("damaged", lang, what=what, reason=reason), code="damaged") from None
    except pdfium.TooManyCharacters:
        reason = _counted(lang, None, "字", "characters on a page", MAX_PAGE_CHARACTERS, "单页超过")
        raise _too_large(lang, reason) from None
    if len(damaged) == len(found):
        reason = "no page can be read" if lang == "en" else "没有可以读取的页"
        raise SourceError(message("damaged", lang, what=what, reason=reason), code="damaged")
    if scanned and not any(leaf.segments or leaf.tables for i, leaf in enumerate(found) if i not in set(scanned)):
        raise SourceError(message("no-text-layer", lang, what=what), code="no-text-layer")
    warnings = []
    if scanned:
        warnings.append(message("pages-without-text", lang, pages=_numbers(scanned, lang)))
    if damaged:
        warnings.append(message("damaged-pages", lang, pages=_numbers(damaged, lang)))
    return found, warnings


def _counted(lang: Lang, count: int | None, zh: str, en: str, most: int, more: str = "超过") -> str:
    shown = "" if count is None else f"{count} {en}, " if lang == "en" else f"{count}{zh}，"
    return f"{shown}more than {most} {en}" if lang == "en" else f"{shown}{more} {most} {zh}"


def _numbers(pages: Sequence[int], lang: Lang) -> str:
    """Page numbers as a person lists them: 2、5–9.

    >>> _numbers([1, 4, 5, 6], "zh")
    '2、5–7'
    """
    stretches: list[list[int]] = []
    for page in pages:
        if stretches and stretches[-1][-1] == page:
            stretches[-1][-1] = page + 1
        else:
            stretches.append([page + 1, page + 1])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in stretches]
    return (", " if lang == "en" else "、").join(shown)


def _doubts(text: str, lang: Lang) -> Iterator[str]:
    """What is doubtful about the text of a text layer."""
    unknown = text.count(UNKNOWN)
    if unknown >= _FEWEST_UNKNOWN:
        yield message("unmapped-glyphs", lang, count=unknown)
    beyond = sum(1 for char in text if char > "\x7f")
    if beyond >= 12 and len(_ODD.findall(text)) > 0.25 * beyond:
        yield message("garbled-text", lang)


def _leaf(page: Page, pdfium: ModuleType) -> _Leaf:
    """A page taken apart: its stretches of text, and its ruled tables with theirs."""
    codes, boxes = page.codes, page.boxes
    quarters = 0
    if page.quarters is not None:
        # Most of the text tells how the page is held; what runs another way is a watermark or a mark in the margin.
        counts = [page.quarters.count(direction) for direction in range(4)]
        quarters = counts.index(max(counts))
    turn: Turn = pdfium.Turn(quarters, page.width, page.height)
    width, height = turn.size
    if quarters:
        turned = array("f")
        for i in range(0, len(boxes), 4):
            turned.extend(turn.reading(*boxes[i : i + 4]))
        boxes = turned
    kept = _visible(codes, boxes, page.quarters, quarters, width, height)
    if kept is not None:
        codes = [codes[i] for i in kept]
        boxes = array("f", [value for i in kept for value in boxes[4 * i : 4 * i + 4]])
    found = [] if page.rules is None else _grids(page, turn)
    if not found:
        return _Leaf(turn, width, height, _segments(codes, boxes, None), [])
    zones = _zones(found, boxes)
    outside: list[Segment] = []
    contents: dict[int, list[Segment]] = {}
    for run in runs(codes, boxes, zones):
        segment = segment_of(codes, boxes, run)
        if segment is not None:
            (outside if zones[run[0]] < 0 else contents.setdefault(zones[run[0]], [])).append(segment)
    tables, first = [], 0
    for grid in found:
        inside = [contents.get(first + i, []) for i in range(len(grid.fields))]
        first += len(grid.fields)
        if sum(map(bool, inside)) > 1:
            tables.append(_Table(grid.left, grid.top, grid.right, grid.bottom, grid, inside))
        else:  # lines around one text
            outside += (segment for content in inside for segment in content)
    return _Leaf(turn, width, height, outside, tables)


def _segments(codes: Sequence[int], boxes: array[float], zones: Sequence[int] | None) -> list[Segment]:
    made = (segment_of(codes, boxes, run) for run in runs(codes, boxes, zones))
    return [segment for segment in made if segment is not None]


def _visible(
    codes: Sequence[int],
    boxes: Sequence[float],
    directions: Sequence[int] | None,
    quarters: int,
    width: float,
    height: float,
) -> list[int] | None:
    """The characters that run the page's way and stand on it; None where all do."""
    if (
        directions is None and math.isfinite(sum(boxes)) and min(boxes[0::4], default=0) >= 0 and max(boxes[2::4], default=0) <= width
        and min(boxes[1::4], default=0) >= 0 and max(boxes[3::4], default=0) <= height
    ):  # fmt: skip
        return None
    return [
        i for i in range(len(codes))
        if (directions is None or directions[i] == quarters)
        and 0 <= (boxes[4 * i] + boxes[4 * i + 2]) / 2 <= width and 0 <= (boxes[4 * i + 1] + boxes[4 * i + 3]) / 2 <= height
    ]  # fmt: skip


def _grids(page: Page, turn: Turn) -> list[Grid]:
    assert page.rules is not None
    level, upright = page.rules
    if turn.quarters:
        both = [turn.reading(x0, y, x1, y) for y, x0, x1 in level] + [
            turn.reading(x, y0, x, y1) for x, y0, y1 in upright
        ]
        level = [(y0, x0, x1) for x0, y0, x1, y1 in both if x1 - x0 >= y1 - y0]
        upright = [(x0, y0, y1) for x0, y0, x1, y1 in both if x1 - x0 < y1 - y0]
    return grids(level, upright)


def _zones(found: Sequence[Grid], boxes: Sequence[float]) -> list[int]:
    """For each character the number of the field that it stands in, counted through all tables; -1 for none."""
    zones = []
    firsts = [sum(len(grid.fields) for grid in found[:i]) for i in range(len(found))]
    for i in range(0, len(boxes), 4):
        x, y = (boxes[i] + boxes[i + 2]) / 2, (boxes[i + 1] + boxes[i + 3]) / 2
        zone = -1
        for grid, first in zip(found, firsts, strict=True):
            field = grid.field_at(x, y)
            if field is not None:
                zone = first + field
                break
        zones.append(zone)
    return zones


def _kept(leaf: _Leaf, gone: set[int]) -> _Leaf:
    return leaf._replace(segments=[s for i, s in enumerate(leaf.segments) if i not in gone]) if gone else leaf


def _write(builder: Builder[Stretch], leaves: Sequence[_Leaf]) -> None:
    """Write the pages: paragraphs that go over columns and pages, and tables between them."""
    flow: list[tuple[Line | _Table, int, int, float, float]] = []  # with page, region, and the region's edges
    gutters: list[float] = []
    region_number = 0
    for number, leaf in enumerate(leaves):
        items: list[Boxed] = [*leaf.segments, *leaf.tables]
        for region in regions(items, leaf.width, gutters):
            region_number += 1
            for edge in (region.start, region.limit):
                if 0 < edge < leaf.width and edge not in gutters and len(gutters) < 20:
                    gutters.append(edge)
            for row in rows(region.items):
                segments = [item for item in row if isinstance(item, Segment)]
                if segments:
                    flow.append((line_of(segments), number, region_number, region.start, region.limit))
                flow += ((item, number, region_number, 0.0, 0.0) for item in row if isinstance(item, _Table))
    placed = _placed(flow, leaves)
    style = style_of([item for item in placed if isinstance(item, Placed)])
    held: list[Placed] = []
    at = 0
    while at < len(placed):
        item, number = placed[at], flow[at][1]
        at += 1
        if isinstance(item, Placed):
            held.append(item)
            continue
        named = _naming(held, item, number)
        _write_paragraphs(builder, held[: len(held) - len(named)], style, leaves)
        held = []
        parts = [_part(item, number)]
        while at < len(placed) and isinstance(below := placed[at], _Table) and flow[at][1] == parts[-1].page + 1:
            part = _part(below, flow[at][1])
            repeated = repeated_rows(item.grid, parts[0].rows, below.grid, part.rows)
            if repeated is None:
                break
            parts.append(part._replace(repeated=repeated))
            at += 1
        _write_table(builder, parts, named, leaves)
    _write_paragraphs(builder, held, style, leaves)


def _placed(
    flow: Sequence[tuple[Line | _Table, int, int, float, float]], leaves: Sequence[_Leaf]
) -> list[Placed | _Table]:
    """The flow with the margins of each line, found on all the pages of one width together."""
    by_width: dict[int, list[int]] = {}
    found: list[Placed | _Table] = []
    for i, (item, number, region, _, _) in enumerate(flow):
        if isinstance(item, Line):
            by_width.setdefault(round(leaves[number].width), []).append(i)
            found.append(Placed(item, number, region, 0.0, None))
        else:
            found.append(item)
    for places in by_width.values():
        width = leaves[flow[places[0]][1]].width
        lines = [
            (item, start, limit) for item, _, _, start, limit in (flow[i] for i in places) if isinstance(item, Line)
        ]
        for i, (left, right) in zip(places, margins(lines, width), strict=True):
            line = found[i]
            if isinstance(line, Placed):
                found[i] = line._replace(left=left, right=right)
    return found


def _write_paragraphs(
    builder: Builder[Stretch], lines: Sequence[Placed], style: Style, leaves: Sequence[_Leaf]
) -> None:
    for paragraph in paragraphs(lines, style):
        builder.block(paragraph.kind, _pieces(paragraph, leaves))


def _pieces(paragraph: Paragraph, leaves: Sequence[_Leaf]) -> list[tuple[str, Stretch]]:
    """The stretches of a paragraph; the mark of an item (1. or •) is left out."""
    pieces = []
    for i, placed in enumerate(paragraph.lines):
        text, boxes = placed.line.text, _shown(placed.line.boxes, leaves[placed.page].turn)
        after = ""
        if i + 1 < len(paragraph.lines):
            after = joint(text, paragraph.lines[i + 1].line.text)
        if i == 0 and paragraph.kind == "item":
            kind, start, _ = classify(_as_text(text))
            if kind == "item":
                text, boxes = text[start:], boxes[4 * start :]
        pieces.append((text + after, Stretch(placed.page, boxes)))
    return pieces


def _as_text(text: str) -> TextLine:
    return TextLine(0, len(text), text, False, False)


def _shown(boxes: array[float], turn: Turn) -> array[float]:
    if not turn.quarters:
        return boxes
    shown = array("f")
    for i in range(0, len(boxes), 4):
        shown.extend(turn.shown(*boxes[i : i + 4]))
    return shown


def _naming(held: Sequence[Placed], table: _Table, page: int) -> list[Placed]:
    """The last lines before a table, on its page, that name it: 「表1 人口」, 「单位：万元」."""
    named: list[Placed] = []
    below = table.top
    for placed in reversed(held):
        line = placed.line
        near = placed.page == page and 0 <= below - line.bottom + 2 <= _CAPTION_GAP * line.em
        is_unit = _UNIT_LINE.fullmatch(line.text) is not None
        if not near or not (is_unit or classify(_as_text(line.text))[0] == "caption") or len(named) == 2:
            break
        named.insert(0, placed)
        below = line.top
        if not is_unit:
            break
    return named


class _Part(NamedTuple):
    """What stands of a table on one page: its fields with their lines, the words of its rows, how many of these repeat the head."""

    page: int
    fields: list[tuple[Field, list[Line]]]
    rows: list[list[str]]
    repeated: int = 0


def _part(table: _Table, page: int) -> _Part:
    fields = [
        (field, [line_of(row) for row in rows(content)]) for field, content in split_rows(table.grid, table.contents)
    ]
    words: list[list[str]] = [[] for _ in range(max(field.row + field.row_span for field, _ in fields))]
    for field, lines in fields:
        words[field.row].append("\n".join(line.text for line in lines))
    return _Part(page, fields, words)


def _write_table(
    builder: Builder[Stretch], parts: Sequence[_Part], named: Sequence[Placed], leaves: Sequence[_Leaf]
) -> None:
    """A table with the lines that name it, from what stands of it on one page or on several."""
    number = len(builder.tables) + 1
    page = parts[0].page
    caption = [
        (placed.line.text + ("\n" if i + 1 < len(named) else ""), Stretch(page, _shown(placed.line.boxes, leaves[page].turn)))
        for i, placed in enumerate(named)
    ]  # fmt: skip
    cells = []
    above = 0  # rows written from the pages before
    for part in parts:
        for field, lines in part.fields:
            row = above + field.row - part.repeated
            if field.row < part.repeated:
                continue
            where = number, row + 1, field.column + 1
            pieces = [
                (
                    line.text + (joint(line.text, lines[i + 1].text) if i + 1 < len(lines) else ""),
                    Stretch(part.page, _shown(line.boxes, leaves[part.page].turn), where),
                )
                for i, line in enumerate(lines)
            ]
            cells.append(GridCell(row, field.column, pieces, field.row_span, field.column_span))
        above += len(part.rows) - part.repeated
    builder.table(cells, caption=caption)
