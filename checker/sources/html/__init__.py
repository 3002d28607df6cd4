"""HTML pages: their text with its tables, each figure with its line and column in the source of the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from checker.document import Document, LinePlace
from checker.sources.building import Builder, Origins, TablePlace, place_in
from checker.sources.captions import is_unit_line, names_table
from checker.sources.decoding import decode
from checker.sources.html.page import read_page
from checker.sources.html.tables import Grid, Item, Words
from checker.sources.messages import Lang, message
from checker.tables.model import Table

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
    return builder.document(path, published, places, warnings)


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
