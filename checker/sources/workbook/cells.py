"""The cells of a worksheet, read as a stream: what a reader sees in each.

python-calamine gives neither number formats nor the state of formulas, and makes a dense array of a sheet, which two
cells far apart turn into a crash of the process; openpyxl takes four times as long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checker.sources.building import steps_in
from checker.sources.grids import MOST_CELLS, MOST_CHARACTERS, Filled
from checker.sources.ooxml import Attributes, Package
from checker.sources.workbook.numberformats import general
from checker.sources.workbook.styles import PLAIN, CellStyle
from checker.sources.workbook.values import Runs, number, unescaped

__all__ = ["Left", "Sheet", "cell_name", "read_cells"]

_LAST_ROW, _LAST_COLUMN = 2**20, 2**14  # what Excel can hold
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?$")


@dataclass
class Sheet:
    """A worksheet: its filled cells, row by row, with what a reader sees in them.

    `merged` gives (rows, columns) by the first cell; `errors` and `uncached` name cells as A1.
    """

    name: str
    cells: list[Filled] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    uncached: list[str] = field(default_factory=list)


@dataclass
class Left:
    """What a workbook may still hold, all its sheets together."""

    package: Package
    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS

    def take(self, characters: int) -> None:
        """Count a cell. Raises SourceError with code ``too-large``."""
        self.cells -= 1
        self.characters -= characters
        if self.cells < 0:
            raise self.package.too_large("many-cells", limit=MOST_CELLS)
        if self.characters < 0:
            raise self.package.too_large("many-characters", limit=MOST_CHARACTERS)


def cell_name(row: int, column: int) -> str:
    """The name of the cell at row and column, both counted from 0.

    >>> cell_name(4, 27)
    'AB5'
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def read_cells(
    package: Package, path: str, name: str, strings: Sequence[str], styles: Sequence[CellStyle], left: Left
) -> Sheet:
    """The worksheet at `path`, called `name`; the size that it claims for itself is not looked at.

    `strings` are the texts that cells share. Raises SourceError, as `Package` does.
    """
    sheet = Sheet(name)
    reading = _Reading(package, path, sheet, strings, styles, left)
    package.parse(
        path,
        {
            "row": reading.start_row, "c": reading.start_cell, "f": reading.start_formula, "v": reading.start_value,
            "mergeCell": reading.merge, **reading.runs.starts,
        },
        {"v": reading.end_value, "c": reading.end_cell, **reading.runs.ends},
        reading.runs.words.append,
    )  # fmt: skip
    if any(after[:2] <= before[:2] for before, after in pairwise(sheet.cells)):
        # Out of order, or named twice: the last one counts, as in Excel.
        sheet.cells = [by_place for _, by_place in sorted({cell[:2]: cell for cell in sheet.cells}.items())]
    return sheet


class _Reading:
    """A worksheet while its elements come by; row and column are counted from 0."""

    def __init__(
        self, package: Package, path: str, sheet: Sheet, strings: Sequence[str], styles: Sequence[CellStyle], left: Left
    ) -> None:
        self._package, self._path, self._sheet = package, path, sheet
        self._strings, self._styles, self._left = strings, styles, left
        self.runs = Runs()  # of a text that stands in its cell
        self._columns: dict[str, int] = {}
        self._shown: dict[tuple[int, str], str] = {}  # by style and value: days and rates come again and again
        self._row = self._column = -1
        self._cell: Attributes = {}
        self._value = ""
        self._computed = False

    def start_row(self, row: Attributes) -> None:
        self._row, self._column = number(row.get("r"), self._row + 2) - 1, -1
        self.runs.clear()  # the white space between cells, too

    def start_cell(self, cell: Attributes) -> None:
        self._cell, self._value, self._computed = cell, "", False
        if self.runs.found:
            self.runs.clear()
        if (reference := cell.get("r")) is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = _column(letters)
        self._row, self._column = number(reference[len(letters) :], self._row + 1) - 1, self._columns[letters]

    def start_formula(self, _: Attributes) -> None:
        self._computed = True

    def start_value(self, _: Attributes) -> None:
        self.runs.words.clear()

    def end_value(self) -> None:
        self._value = "".join(self.runs.words)

    def end_cell(self) -> None:
        kind = self._cell.get("t", "n")
        if not (self._value or self.runs.found):
            if self._computed and kind == "n":
                self._left.take(0)
                self._sheet.uncached.append(cell_name(self._row, self._column))
            return
        at = number(self._cell.get("s"))
        style = self._styles[at] if at < len(self._styles) else PLAIN
        text = self._numeric(at, style) if kind == "n" else self._other(kind, style)
        if not text or text.isspace():
            return
        if not (0 <= self._row < _LAST_ROW and 0 <= self._column < _LAST_COLUMN):
            raise self._package.damaged("bad-cell", part=self._path, cell=self._cell.get("r", "")[:20])
        self._left.take(len(text))
        indent = style.indent + steps_in(text) if text[0].isspace() else style.indent
        self._sheet.cells.append(Filled(self._row, self._column, text, 1, 1, indent))

    def merge(self, merged: Attributes) -> None:
        if len(self._sheet.merged) >= MOST_CELLS:
            raise self._package.too_large("many-merged", limit=MOST_CELLS)
        first, _, last = merged.get("ref", "").replace("$", "").partition(":")
        top, left = _position(first)
        bottom, right = _position(last)
        if 0 <= top <= bottom and 0 <= left <= right:
            self._sheet.merged[top, left] = (bottom - top + 1, right - left + 1)

    def _numeric(self, at: int, style: CellStyle) -> str:
        """What a reader sees of a number in the style with the number `at`."""
        if style.format is None:
            return general(self._value)
        key = (at, self._value)
        if (text := self._shown.get(key)) is None:
            text = self._shown[key] = style.format.number(self._value)
        return text

    def _other(self, kind: str, style: CellStyle) -> str:
        """What a reader sees of a value that is no number (ECMA-376 part 1, 18.18.11)."""
        value = self._value
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind == "e":
            self._sheet.errors.append((cell_name(self._row, self._column), value))
            return value
        if kind == "d":
            return _MIDNIGHT.sub("", value).replace("T", " ")
        if kind == "s":
            at = number(value, -1)
            if not 0 <= at < len(self._strings):
                raise self._package.damaged("bad-cell", part=self._path, cell=cell_name(self._row, self._column))
            text = self._strings[at]
        else:
            text = self.runs.text or unescaped(value)
        return text if style.format is None else style.format.text(text)


def _column(letters: str) -> int:
    """The column of ``AB``, counted from 0; beyond every sheet for what is no column."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return _LAST_COLUMN
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    row, column = number(reference[len(letters) :]) - 1, _column(letters)
    return (row, column) if row < _LAST_ROW and column < _LAST_COLUMN else (-1, -1)
