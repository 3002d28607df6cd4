"""Reports for a person at a terminal, as rich tables.

Text of the article goes through `rich.text.Text` only, never through markup, and without control characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO, cast

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.findings import Finding
from checker.interval import Interval
from checker.report.numbers import decimal_string, high_string, low_string
from checker.report.passage import Passage, passage, passage_around
from checker.report.stream import SafeStream, printable
from checker.report.tally import Tally, support_line
from checker.report.words import word
from checker.report.wrapping import wrapped
from checker.result import Result
from checker.sources.messages import Lang
from checker.writing import as_read

if TYPE_CHECKING:
    from typing import IO

__all__ = [
    "STYLES",
    "interval_text",
    "make_console",
    "make_plain_console",
    "print_figures",
    "print_findings",
    "print_tally",
    "print_unsupported",
]

_UNSUPPORTED_AROUND = 12  # characters on either side of a figure in a list of many
STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}


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
    if not result.findings:
        return
    _print_path(console, result)
    # No vertical lines: terminals disagree on the width of “ and …, and the text stands last.
    table = Table(box=box.HORIZONTALS, show_lines=True, header_style="dim")
    table.add_column(word("place", lang), no_wrap=True)
    table.add_column(word("severity", lang), no_wrap=True)
    table.add_column(word("finding", lang), overflow="fold")
    places = [result.document.place(finding.start, finding.end).said(lang) for finding in result.findings]
    severities = [Text(word(finding.severity, lang), style=STYLES[finding.severity]) for finding in result.findings]
    before = max(map(len, places)) + max(severity.cell_len for severity in severities)
    width = max(console.width - max(before, 12) - 8, 20)
    for finding, place, severity in zip(result.findings, places, severities, strict=True):
        table.add_row(Text(place), severity, wrapped(_explained(result, finding, lang), width))
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


def print_unsupported(console: Console, result: Result, lang: Lang) -> None:
    """The figures of one document that nothing else in it bears on, each with place and passage; nothing where none is."""
    figures = [q for q, support in zip(result.quantities, result.supports, strict=True) if support == "unsupported"]
    if not figures:
        return
    document = result.document
    if not result.findings:
        _print_path(console, result)
    table = Table(box=box.HORIZONTALS, header_style="dim")
    table.add_column(word("place", lang), no_wrap=True)
    table.add_column(word("unsupported", lang), overflow="fold")
    places = [document.place(quantity.start, quantity.end).said(lang) for quantity in figures]
    width = max(console.width - max(map(len, places)) - 6, 20)
    for quantity, place in zip(figures, places, strict=True):
        shown = passage_around(
            document, quantity.start, quantity.end, [(quantity.start, quantity.end)], around=_UNSUPPORTED_AROUND
        )
        table.add_row(Text(place), wrapped(_marked(shown, "bold underline"), width))
    console.print(table)
    console.print()


def print_figures(console: Console, result: Result, lang: Lang) -> None:
    """Every figure of one document with its reading; a column that would stay empty is left out."""
    _print_path(console, result)
    columns = ("place", "text", "kind", "value", "interval", "unit", "metric", "holder", "period")
    rows = [
        (
            result.document.place(quantity.start, quantity.end).said(lang),
            printable(as_read(result.document.text[quantity.start : quantity.end])),
            word(f"kind.{quantity.kind}", lang),
            "" if quantity.value is None else decimal_string(quantity.value),
            interval_text(quantity.interval) if quantity.kind == "quantity" and not quantity.interval.is_point else "",
            "" if quantity.unit is None else quantity.unit.name,
            printable(claim.metric or ""),
            printable(claim.holder or ""),
            claim.period or "",
        )
        for quantity, claim in zip(result.quantities, result.claims, strict=True)
    ]
    table = Table(box=box.HORIZONTALS, header_style="dim")
    shown = [at for at, column in enumerate(columns) if at < 4 or any(row[at] for row in rows)]
    for at in shown:
        table.add_column(
            word(columns[at], lang),
            justify="right" if columns[at] == "value" else "left",
            no_wrap=columns[at] in ("place", "kind"),
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(row[at]) for at in shown))
    console.print(table)
    console.print()


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


def _marked(shown: Passage, style: str) -> Text:
    """A passage with its figures in a style of their own."""
    text = Text()
    for stretch in shown.stretches:
        text.append(printable(stretch.text), style=style if stretch.figure else "")
    return text


def _explained(result: Result, finding: Finding, lang: Lang) -> Text:
    """The cell of one finding: rule, sentence, message, arithmetic, other places, a way out."""
    style = STYLES[finding.severity]
    text = Text()
    text.append(f"{finding.rule} ", style="bold")
    text.append(finding.slug, style="dim")
    if result.document.tables:
        from checker.tables.naming import name_at  # only where there are tables

        name = name_at(result.document, finding.start, lang)
        if name is not None and name not in finding.message:
            text.append(f" {printable(name)}")
    text.append("\n")
    shown = passage(result, finding)
    text.append_text(_marked(shown, f"{style} underline"))
    text.append("\n→ ")
    text.append(printable(finding.message), style=style)
    colon = word("colon", lang)
    if finding.expression:
        text.append(f"\n{word('arithmetic', lang)}{colon}", style="dim")
        text.append(printable(finding.expression))
    others = [
        f"{result.document.place(related.start, related.end).said(lang)} {printable(as_read(result.document.text[related.start : related.end]))}"
        for related in finding.related
        if not (shown.start <= related.start and related.end <= shown.end)
    ]
    if others:
        text.append(f"\n{word('see', lang)}{colon}", style="dim")
        text.append(word("separator", lang).join(others))
    if finding.suggestion:
        text.append(f"\n{word('suggestion', lang)}{colon}", style="dim")
        text.append(printable(finding.suggestion))
    text.append(f"\n{word('fingerprint', lang)}{colon}{finding.fingerprint}", style="dim")
    return text
