"""What was measured as tables: for the terminal, for Markdown, for JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from measuring import Cell, Spread

__all__ = ["Column", "Table", "as_json", "markdown", "print_tables", "said"]


class Column(NamedTuple):
    """A key for programs, a heading for people."""

    key: str
    zh: str
    en: str


class Table(NamedTuple):
    """A table with a title and remarks in both languages; a row has a cell for each column, by its key."""

    name: str
    zh: str
    en: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Cell]]
    notes: Sequence[tuple[str, str]] = ()


def said(cell: Cell) -> str:
    """A cell in three digits, with the least and the most of the runs.

    >>> said(Spread(0.4567, 0.41, 0.5, 5))
    '0.457 (0.41–0.5)'
    """
    if isinstance(cell, Spread):
        one = f"{_number(cell.low)}–{_number(cell.high)}"
        return _number(cell.median) if cell.runs == 1 else f"{_number(cell.median)} ({one})"
    return _number(cell) if isinstance(cell, float) else str(cell)


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def print_tables(tables: Iterable[Table]) -> None:
    """On the terminal, by rich."""
    from rich.console import Console
    from rich.table import Table as Rich

    console = Console(width=None if sys.stdout.isatty() else 120)
    for table in tables:
        shown = Rich(title=f"{table.zh} · {table.en}", title_justify="left", highlight=False)
        for at, column in enumerate(table.columns):
            shown.add_column(f"{column.zh}\n{column.en}", justify="left" if at == 0 else "right", overflow="fold")
        for row in table.rows:
            shown.add_row(*(said(row[column.key]).replace("[", r"\[") for column in table.columns))
        console.print(shown)
        for zh, en in table.notes:
            console.print(f"{zh} {en}", markup=False, highlight=False)
        console.print()


def markdown(tables: Iterable[Table]) -> str:
    """As Markdown; headings of the third level, so that it stands in a page."""
    lines: list[str] = []
    for table in tables:
        lines += [f"### {table.zh} · {table.en}", ""]
        lines.append("| " + " | ".join(f"{column.zh} {column.en}".strip() for column in table.columns) + " |")
        lines.append("|" + "|".join("---" if at == 0 else "---:" for at in range(len(table.columns))) + "|")
        for row in table.rows:
            lines.append(
                "| " + " | ".join(said(row[column.key]).replace("|", r"\|") for column in table.columns) + " |"
            )
        lines.append("")
        for zh, en in table.notes:
            lines += [f"{zh} {en}", ""]
    return "\n".join(lines)


def as_json(table: Table) -> dict[str, Any]:
    """As values for programs; of a measured one its median and extremes."""
    rows = [
        {key: cell._asdict() if isinstance(cell, Spread) else cell for key, cell in row.items()} for row in table.rows
    ]
    return {"name": table.name, "title": {"zh": table.zh, "en": table.en}, "rows": rows, "notes": [*table.notes]}
