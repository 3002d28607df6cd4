"""HTML pages: their text with its tables, each figure with its line and column in the source of the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from checker.document import Comment, Document, LinePlace
from checker.document.table import Table
from checker.sources.building import Builder, Origins, TablePlace, place_in
from checker.sources.captions import is_unit_line, names_table
from checker.sources.comments import remark_in
from checker.sources.decoding import decode
from checker.sources.html.page import PageRemark, read_page
from checker.sources.html.tables import Grid, Item, Words
from checker.sources.messages import Lang, message

__all__ = ["read"]

_XML = re.compile(r"\s*<\?xml\b")


class _CellPlace(NamedTuple):
    """A place in a table of the page, beside line and column."""

    line: int
    column: int
    table: TablePlace

    def as_json(self) -> dict[str, object]:
        return {"line": self.line, "column": self.column, "table": self.table._asdict()}

    def said(self, lang: str) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True)
class _InSource:
    """Line and column in the source of the page; `origins` are its code-point offsets."""

    origins: Origins[int]
    line_starts: Sequence[int]
    tables: Sequence[Table]

    def at(self, start: int, end: int) -> LinePlace | _CellPlace:
        origin, into = self.origins.at(start)
        offset = origin + into
        line = bisect_right(self.line_starts, offset)
        column = offset - self.line_starts[line - 1] + 1
        cell = place_in(self.tables, start)
        return LinePlace(line, column) if cell is None else _CellPlace(line, column, cell)


def read(data: bytes, path: str, published: date | None, encoding: str | None, lang: Lang) -> Document:
    """The document in the bytes of a page.

    A byte-order mark, `encoding` and the encoding that the page declares are believed in this order. Raises SourceError for
    what cannot be decoded, UsageError for an unknown `encoding`.
    """
    source, _, warnings = decode(data, encoding, lang, declares=True)
    page = read_page(source, xml=_XML.match(source) is not None)
    builder: Builder[int] = Builder()
    for item in _captioned(page.items):
        if isinstance(item, Words):
            builder.block(item.kind, item.pieces)
        else:
            builder.table(item.cells, caption=item.caption)
    if published is None:
        published = page.published
    line_starts = [0, *(match.end() for match in re.finditer("\n", source))]
    if page.lost is not None:
        offset, what = page.lost
        line = bisect_right(line_starts, offset)
        warnings = (*warnings, message("never-closed", lang, what=what, line=line))
    if not builder.blocks:
        warnings = (*warnings, message("empty", lang))
    places = _InSource(builder.origins, line_starts, builder.tables)
    document = builder.document(path, published, places, warnings)
    if not page.remarks:
        return document
    return document.replaced(comments=_comments(page.remarks, source, builder.origins, document, line_starts))


def _comments(
    remarks: Sequence[PageRemark], source: str, origins: Origins[int], document: Document, line_starts: list[int]
) -> tuple[Comment, ...]:
    """What each remark speaks of.

    That is the line of the source it begins on, if words of the text stand there, else the line of the next words; the
    block whose words it stands behind, else the one that follows.
    """
    text = document.text
    ends = [*origins.starts[1:], len(text)][: len(origins.starts)]
    # Where the words came from, in the order of the source: a caption or a title may stand elsewhere in the text.
    shown = sorted(
        (origin, origin + end - start, start)
        for start, end, origin in zip(origins.starts, ends, origins.origins, strict=True)
        if not text[start:end].isspace()
    )
    origins_of, origin_ends = [origin for origin, _, _ in shown], [end for _, end, _ in shown]
    block_ends = [block.end for block in document.blocks]
    comments = []
    for remark in remarks:
        line = bisect_right(line_starts, remark.start)
        line_end = line_starts[line] if line < len(line_starts) else len(source)
        following = bisect_left(origins_of, remark.end)
        on_line = bisect_right(origin_ends, line_starts[line - 1])
        speaks_of, block = line, None
        if following < len(shown) and (on_line == len(shown) or origins_of[on_line] >= line_end):
            speaks_of = bisect_right(line_starts, origins_of[following])
        if remark.behind is not None:
            block = _block_at(remark.behind, shown, origins_of, block_ends)
        elif following < len(shown):
            block = bisect_right(block_ends, shown[following][2])
        words = remark_in(source[remark.start : remark.end])
        place = LinePlace(line, remark.start - line_starts[line - 1] + 1)
        comments.append(Comment(words, place, speaks_of, block))
    return tuple(comments)


def _block_at(
    offset: int, shown: Sequence[tuple[int, int, int]], origins_of: Sequence[int], block_ends: Sequence[int]
) -> int | None:
    """The block that holds the word at an offset of the source."""
    at = bisect_right(origins_of, offset) - 1
    if at < 0:
        return None
    origin, _, start = shown[at]
    block = bisect_right(block_ends, start + offset - origin)
    return block if block < len(block_ends) else None


def _captioned(items: Iterable[Item]) -> list[Item]:
    """The items, paragraphs that name the table right below them (表1 …, 单位：万元) made its caption."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Grid):
            caption = list(item.caption)
            for names, wanted in ((is_unit_line, True), (names_table, not item.caption)):
                above = found[-1] if found else None
                if wanted and isinstance(above, Words) and names("".join(text for text, _ in above.pieces).strip()):
                    caption = [*above.pieces, ("\n", above.pieces[-1][1]), *caption] if caption else list(above.pieces)
                    found.pop()
            item = item._replace(caption=caption)
        found.append(item)
    return found
