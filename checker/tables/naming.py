"""The name of a cell as people say it: 表2第5行“合计”列“2019年”."""

from __future__ import annotations

from checker.document import Document
from checker.document.table import Table
from checker.tables.figures import lines_above
from checker.tables.structure import Layout, read_layout

__all__ = ["cell_name", "name_at"]

_LONGEST = 16  # characters of a head that are shown


def name_at(document: Document, offset: int, lang: str) -> str | None:
    """The name of the cell around an offset; None outside tables. Reads the table's heads again: for the few cells of a report."""
    found = document.cell_at(offset)
    if found is None:
        return None
    number, row, column = found
    table = document.tables[number]
    layout = read_layout(table, document.folded, lines_above(document, table))
    return _named(document, table, number, (row, column), lang, *_labels(layout, row, column))


def cell_name(document: Document, layout: Layout, number: int, place: tuple[int, int], lang: str) -> str:
    """The cell at (row, column), both from 0, by its table, its row and the head of its column.

    The table is named by its sheet, or by its number where the document holds several.
    """
    return _named(document, layout.table, number, place, lang, *_labels(layout, *place))


def _labels(layout: Layout | None, row: int, column: int) -> tuple[str, str]:
    if layout is None:
        return "", ""
    across, down = layout.rows[row], layout.columns[column]
    return _cut(across.label), _cut(
        f"{down.group}·{down.label}" if down.group and down.label else down.label or down.group
    )


def _named(
    document: Document, table: Table, number: int, place: tuple[int, int], lang: str, label: str, head: str
) -> str:
    row, column = place[0] + 1, place[1] + 1
    several = len(document.tables) > 1
    if lang == "en":
        which = f"sheet “{table.sheet}”, " if table.sheet else f"table {number + 1}, " if several else ""
        return f"{which}row {row}{f' “{label}”' if label else ''}, column {f'“{head}”' if head else column}"
    which = f"工作表“{table.sheet}”" if table.sheet else f"表{number + 1}" if several else ""
    return f"{which}第{row}行{f'“{label}”' if label else ''}{f'列“{head}”' if head else f'第{column}列'}"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
