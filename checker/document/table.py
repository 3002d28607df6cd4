"""A table as it stands in a document's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

__all__ = ["Cell", "Table"]


class Cell(NamedTuple):
    """One cell: its place in the grid, counted from 0, and the half-open code-point span of its words in the text.

    A cell that spans rows or columns stands at its first. `header` is what the source itself marks as a head (th);
    `indent` how far the words are moved in, in the source's own steps.
    """

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Table:
    """A grid of cells; an empty cell is left out.

    `cells` are in text order. `caption` is the span of the words above or inside the table that name it, `sheet` the name
    of the worksheet that it is.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    caption: tuple[int, int] | None = None
    sheet: str | None = None

    @cached_property
    def grid(self) -> Mapping[tuple[int, int], Cell]:
        """The cell at each (row, column) that one covers, spans unrolled."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
