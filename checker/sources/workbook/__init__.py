"""Excel workbooks (.xlsx, .xlsm): every sheet that a reader sees, its tables and the words around them.

Hidden sheets are left out, for nobody sees what would be found there, and a warning names them; hidden rows and columns are
read, for totals count them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from checker.document import BlockKind, Document
from checker.sources.building import Builder, GridCell, Origins
from checker.sources.dateline import find_published
from checker.sources.grids import Filled, Part, parts_of, with_spans
from checker.sources.messages import Lang, message
from checker.sources.workbook.cells import cell_name
from checker.sources.workbook.parts import Workbook

__all__ = ["SheetPlace", "read"]

_MOST_NAMED = 5  # cells that a warning names


class _Region(NamedTuple):
    """The part of a sheet from an offset of the text on; `table` is its table's number (0: none), `top`, `left` where it begins."""

    start: int
    sheet: str
    table: int = 0
    top: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A cell of a sheet, and where it stands in its table: number, row and column, counted from 1."""

    sheet: str
    cell: str
    table: tuple[int, int, int] | None = None

    def as_json(self) -> dict[str, object]:
        place: dict[str, object] = {"sheet": self.sheet, "cell": self.cell}
        if self.table is not None:
            place["table"] = dict(zip(("number", "row", "column"), self.table, strict=True))
        return place

    def said(self, lang: str) -> str:
        quoted = any(char in " !'-()（）" for char in self.sheet)
        return (f"'{self.sheet}'" if quoted else self.sheet) + f"!{self.cell}"


@dataclass(frozen=True)
class _SheetPlaces:
    """The way back to the cells; each stretch of the text came from one."""

    origins: Origins[Filled]
    regions: Sequence[_Region]

    def at(self, start: int, end: int) -> SheetPlace:
        cell, _ = self.origins.at(start)
        region = self.regions[bisect_right(self.regions, start, key=itemgetter(0)) - 1]
        name = cell_name(cell.row, cell.column)
        if not region.table:
            return SheetPlace(region.sheet, name)
        return SheetPlace(region.sheet, name, (region.table, cell.row - region.top + 1, cell.column - region.left + 1))


def read(data: bytes, path: str, published: date | None, encoding: str | None, lang: Lang) -> Document:
    """The sheets of a workbook as a document; a cell's text is what a reader sees in it.

    Raises SourceError with code ``damaged``, ``encrypted``, ``unsupported`` (.xlsb) or ``too-large``. Errors in
    cells, formulas that were never computed, and hidden sheets are warnings.
    """
    workbook = Workbook(data, message("workbook", lang), lang)
    builder: Builder[Filled] = Builder()
    regions: list[_Region] = []
    errors: list[str] = []
    uncached: list[str] = []
    for sheet in workbook.sheets():
        errors += (f"{SheetPlace(sheet.name, cell).said(lang)} {error}" for cell, error in sheet.errors)
        uncached += (SheetPlace(sheet.name, cell).said(lang) for cell in sheet.uncached)
        for part in parts_of(with_spans(sheet.cells, sheet.merged)):
            _write(builder, regions, sheet.name, part)
    warnings = []
    if errors:
        warnings.append(message("error-cells", lang, count=len(errors), cells=_some(errors, lang)))
    if uncached:
        warnings.append(message("uncached-formulas", lang, count=len(uncached), cells=_some(uncached, lang)))
    if workbook.hidden:
        warnings.append(message("hidden-sheets", lang, count=len(workbook.hidden), names=_some(workbook.hidden, lang)))
    text = builder.text
    if not text:
        warnings.append(message("empty", lang))
    if published is None:
        # A day in a cell is the day of what it lists; only a line beside the tables can be a dateline.
        lines = (text[block.start : block.end] for block in builder.blocks if block.kind != "cell")
        published = find_published("\n".join(lines))
    places = _SheetPlaces(builder.origins, regions)
    return Document(text, tuple(builder.blocks), path, published, tuple(warnings), tuple(builder.tables), places)


def _write(builder: Builder[Filled], regions: list[_Region], sheet: str, part: Part) -> None:
    """Write a part: the lines above that name the table as its captions, each on its own."""
    regions.append(_Region(builder.length, sheet))
    _lines(builder, "paragraph", part.prose)
    before = len(builder.blocks)
    _lines(builder, "caption", part.captions)
    captions = builder.blocks[before:]
    if part.cells:
        top, left = min(c.row for c in part.cells), min(c.column for c in part.cells)
        regions.append(_Region(builder.length, sheet, len(builder.tables) + 1, top, left))
        builder.table(
            (
                GridCell(
                    c.row - top, c.column - left, ((c.text, c),), c.row_span, c.column_span, False, c.indent
                )
                for c in part.cells
            ),
            sheet=sheet,
        )  # fmt: skip
        if captions:
            span = (captions[0].start, captions[-1].end)
            builder.tables[-1] = replace(builder.tables[-1], caption=span)
        regions.append(_Region(builder.length, sheet))
    _lines(builder, "paragraph", part.below)


def _lines(builder: Builder[Filled], kind: BlockKind, cells: Sequence[Filled]) -> None:
    for cell in cells:
        builder.block(kind, [(cell.text, cell)])


def _some(names: Sequence[str], lang: Lang) -> str:
    comma, more = (", ", " …") if lang == "en" else ("、", "……")
    return comma.join(names[:_MOST_NAMED]) + (more if len(names) > _MOST_NAMED else "")
