"""Reports for a person at a terminal, as rich tables.

Text of the article goes through `rich.text.Text` only, never through markup, and without control characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO, cast

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.arithmetic.interval import Interval
from checker.checks.number_format import as_read
from checker.findings.result import Result
from checker.report.numbers import decimal_string, high_string, low_string
from checker.report.rows import STYLES, Rows, rows_of
from checker.report.stream import SafeStream, printable
from checker.report.tally import Tally, support_line
from checker.report.words import word
from checker.report.wrapping import wrapped
from checker.sources.messages import Lang

if TYPE_CHECKING:
    from typing import IO

__all__ = [
    "STYLES",
    "interval_text",
    "make_console",
    "make_plain_console",
    "print_figures",
    "print_findings",
    "print_rows",
    "print_tally",
]

_FIGURE_COLUMNS = 24  # what a figure may take of a line before it is folded
_NUMBERS = ("value", "interval")


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


def print_figures(console: Console, result: Result, lang: Lang) -> None:
    """Every figure of one document with its reading; a column that would stay empty is left out."""
    _print_path(console, result)
    limit = _number_columns(console.width)
    columns = ("place", "text", "kind", "value", "interval", "unit", "metric", "holder", "period")
    rows = [
        (
            result.document.place(quantity.start, quantity.end).said(lang),
            printable(as_read(result.document.text[quantity.start : quantity.end])),
            word(f"kind.{quantity.kind}", lang),
            "" if quantity.value is None else decimal_string(quantity.value),
            _interval_cell(quantity.interval, limit)
            if quantity.kind == "quantity" and not quantity.interval.is_point
            else "",
            "" if quantity.unit is None else quantity.unit.name,
            printable(claim.metric or ""),
            printable(claim.holder or ""),
            claim.period or "",
        )
        for quantity, claim in zip(result.quantities, result.claims, strict=True)
    ]
    table = Table(box=box.HORIZONTALS, header_style="dim", padding=(0, 1, 0, 0))
    shown = [at for at, column in enumerate(columns) if at < 4 or any(row[at] for row in rows)]
    for at in shown:
        cells = [row[at] for row in rows]
        table.add_column(
            word(columns[at], lang),
            justify="right" if columns[at] == "value" else "left",
            no_wrap=columns[at] in ("place", "kind") or (columns[at] in _NUMBERS and _stay_whole(cells, limit)),
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(row[at]) for at in shown))
    console.print(table)
    console.print()


def _number_columns(width: int) -> int:
    """What a number may take of a line of this width before it is folded; on a narrow screen words need the place."""
    return 0 if width < 80 else 13 if width < 110 else 30


def _interval_cell(interval: Interval, limit: int) -> str:
    """An interval on one line, or where that is too long on two."""
    text = interval_text(interval)
    return text if len(text) <= limit else text.replace(", ", ",\n ")


def _stay_whole(cells: list[str], limit: int) -> bool:
    """Whether a column of numbers should not be folded, so that words give way."""
    return all(len(line) <= limit for cell in cells for line in cell.splitlines())


def interval_text(interval: Interval) -> str:
    """An interval as people write it.

    >>> interval_text(Interval(3, None, False, False))
    '(3, ∞)'
    """
    low, high = low_string(interval.low), high_string(interval.high)
    opening = "[" if interval.low_closed and low is not None else "("
    closing = "]" if interval.high_closed and high is not None else ")"
    return f"{opening}{'−∞' if low is None else low}, {'∞' if high is None else high}{closing}"


def _print_path(console: Console, result: Result) -> None:
    console.print(Text(printable(result.document.path), style="bold underline"))
