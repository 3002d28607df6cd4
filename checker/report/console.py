"""Reports for a person at a terminal, as rich tables.

Text of the article goes through `rich.text.Text` only, never through markup, and without control characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO, cast

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.findings.result import Result
from checker.report.rows import STYLES, Rows, rows_of
from checker.report.stream import SafeStream
from checker.report.tally import Tally, support_line
from checker.report.words import word
from checker.report.wrapping import wrapped
from checker.sources.messages import Lang

if TYPE_CHECKING:
    from typing import IO

__all__ = [
    "STYLES",
    "make_console",
    "make_plain_console",
    "print_findings",
    "print_rows",
    "print_tally",
]

_FIGURE_COLUMNS = 24  # what a figure may take of a line before it is folded


class _Console(Console):
    """Leaves a closed pipe to the caller, who knows the exit code."""

    def on_broken_pipe(self) -> None:
        raise  # rich calls this while it handles the error


def make_console(stream: TextIO) -> Console:
    """A console on the stream: colour on terminals only, NO_COLOR respected, no character that it cannot write."""
    return _Console(file=cast("IO[str]", SafeStream(stream)), highlight=False, markup=False, emoji=False)


def make_plain_console(stream: TextIO, width: int) -> Console:
    """A console on what will be a file: never any colour, `width` columns."""
    return _Console(
        file=cast("IO[str]", stream), width=width, color_system=None, highlight=False, markup=False, emoji=False
    )


def print_findings(console: Console, result: Result, lang: Lang) -> None:
    """The findings of one document in text order: place, severity, rule, passage, arithmetic; nothing where none is."""
    print_rows(console, rows_of(result, lang), lang)


def print_rows(console: Console, rows: Rows, lang: Lang) -> None:
    """The findings of one document, then its figures that nothing supports; nothing where there are none of either."""
    if not rows.findings and not rows.unsupported:
        return
    console.print(Text(rows.path, style="bold underline"))
    if rows.findings:
        # No vertical lines: terminals disagree on the width of “ and …, and the text stands last.
        table = Table(box=box.HORIZONTALS, show_lines=True, header_style="dim")
        table.add_column(word("place", lang), no_wrap=True)
        table.add_column(word("severity", lang), no_wrap=True)
        table.add_column(word("finding", lang), overflow="fold")
        severities = [Text(word(row.severity, lang), style=STYLES[row.severity]) for row in rows.findings]
        before = max(len(row.place) for row in rows.findings) + max(severity.cell_len for severity in severities)
        width = max(console.width - max(before, 12) - 8, 20)
        for row, severity in zip(rows.findings, severities, strict=True):
            table.add_row(Text(row.place), severity, wrapped(Text.assemble(*row.words), width))
        console.print(table)
        console.print()
    if rows.unsupported:
        table = Table(box=box.HORIZONTALS, header_style="dim")
        table.add_column(word("place", lang), no_wrap=True)
        # Several may stand in one passage, and not every screen underlines: the figure has a column of its own.
        figures = [Text(row.figure) for row in rows.unsupported]
        column = min(max(figure.cell_len for figure in figures), _FIGURE_COLUMNS)
        head = Text(word("unsupported", lang)).cell_len
        table.add_column(word("unsupported", lang), overflow="fold", min_width=column, max_width=_FIGURE_COLUMNS)
        table.add_column(word("passage", lang), overflow="fold")
        before = max(len(row.place) for row in rows.unsupported) + max(column, head)
        width = max(console.width - before - 8, 20)
        for each, figure in zip(rows.unsupported, figures, strict=True):
            table.add_row(Text(each.place), figure, wrapped(Text.assemble(*each.words), width))
        console.print(table)
        console.print()


def print_tally(console: Console, tally: Tally, lang: Lang) -> None:
    """One line of a table (files, figures read, checks decided and how, findings by severity), then the support line."""
    table = Table(box=box.HORIZONTALS, header_style="dim")
    row: list[Text] = []
    styles = {"holding": "green", "errors": STYLES["error"], "warnings": STYLES["warning"], "infos": STYLES["info"]}
    for key, count in tally.rows:
        table.add_column(word(key, lang), justify="right", no_wrap=True)
        row.append(Text(str(count), style=styles.get(key, "") if count else ""))
    table.add_row(*row)
    console.print(table)
    console.print(Text(support_line(tally, lang)), soft_wrap=True)
