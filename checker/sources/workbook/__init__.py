"""Excel workbooks (.xlsx, .xlsm): every sheet that a reader sees, its tables and the words around them.

Hidden sheets are left out, for nobody sees what would be found there, and a warning names them; hidden rows and columns are
read, for totals count them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from checker.document import BlockKind, Document
from checker.document.table import Table
from checker.sources.building import Builder, GridCell, Origins, TablePlace, place_in, published_beside
from checker.sources.grids import Filled, Part, parts_of, with_spans
from checker.sources.messages import Lang, message
from checker.sources.workbook.cells import cell_name
from checker.sources.workbook.parts import Workbook

__all__ = ["SheetPlace", "read"]

_MOST_NAMED = 5  # cells that a warning names


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A cell of a sheet, and where it stands in its table."""

    sheet: str
    cell: str
    table: TablePlace | None = None

    def as_json(self) -> dict[str, object]:
        place: dict[str, object] = {"sheet": self.sheet, "cell": self.cell}
        if self.table is not None:
            place["table"] = self.table._asdict()
        return place

    def said(self, lang: str) -> str:
        quoted = any(char in " !'-()（）" for char in self.sheet)
        return (f"'{self.sheet}'" if quoted else self.sheet) + f"!{self.cell}"


@dataclass(frozen=True)
class _SheetPlaces:
    """The way back to the cells; each stretch of the text came from one, and each `sheets` holds from its start on."""

    origins: Origins[Filled]
    sheets: Origins[str]
    tables: Sequence[Table]

    def at(self, start: int, end: int) -> SheetPlace:
        cell, _ = self.origins.at(start)
        sheet, _ = self.sheets.at(start)
        return SheetPlace(sheet, cell_name(cell.row, cell.column), place_in(self.tables, start))


def read(data: bytes, path: str, published: date | None, encoding: str | None, lang: Lang) -> Document:
    """The sheets of a workbook as a document; a cell's text is what a reader sees in it.

    Raises SourceError with code ``damaged``, ``encrypted``, ``unsupported`` (.xlsb) or ``too-large``. Errors in
    cells, formulas that were never computed, and hidden sheets are warnings.
    """
    workbook = Workbook(data, message("workbook", lang), lang)
    builder: Builder[Filled] = Builder()
    starts: list[int] = []  # of the sheets in the text
    names: list[str] = []
    errors: list[str] = []
    uncached: list[str] = []
    for sheet in workbook.sheets():
        starts.append(builder.length)
        names.append(sheet.name)
        errors += (f"{SheetPlace(sheet.name, cell).said(lang)} {error}" for cell, error in sheet.errors)
        uncached += (SheetPlace(sheet.name, cell).said(lang) for cell in sheet.uncached)
        for part in parts_of(with_spans(sheet.cells, sheet.merged)):
            _write(builder, sheet.name, part)
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
        published = published_beside(text, builder.blocks)
    places = _SheetPlaces(builder.origins, Origins(starts, names), builder.tables)
    return Document(text, tuple(builder.blocks), path, published, tuple(warnings), tuple(builder.tables), places)


def _write(builder: Builder[Filled], sheet: str, part: Part) -> None:
    """Write a part: the lines above that name the table as its captions, each on its own."""
    _lines(builder, "paragraph", part.prose)
    before = len(builder.blocks)
    _lines(builder, "caption", part.captions)
    captions = builder.blocks[before:]
    if part.cells:
        top, left = part.corner
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
    _lines(builder, "paragraph", part.below)


def _lines(builder: Builder[Filled], kind: BlockKind, cells: Sequence[Filled]) -> None:
    for cell in cells:
        builder.block(kind, [(cell.text, cell)])


def _some(names: Sequence[str], lang: Lang) -> str:
    comma, more = (", ", " …") if lang == "en" else ("、", "……")
    return comma.join(names[:_MOST_NAMED]) + (more if len(names) > _MOST_NAMED else "")
