"""What `checker figures` prints: each sentence, and below it a line for each of its figures with what it says.

The same text for terminals and files; on a terminal the figures of a sentence are underlined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from checker.checks.number_format import as_read
from checker.document import Document
from checker.findings.result import Result
from checker.quantities import Quantity
from checker.report.claimwords import claim_words
from checker.report.numbers import decimal_string, interval_text
from checker.report.passage import passage_around
from checker.report.stream import printable
from checker.report.words import word
from checker.report.wrapping import wrapped
from checker.sources.messages import Lang

__all__ = ["print_figures"]

_INDENT, _BEHIND = 2, 6  # columns before a figure, and before what does not fit into its line
_WIDEST = 4  # a figure takes up to a quarter of the line before what is said of it is moved out
_LONGEST = 400  # characters of a passage


class _Passage(NamedTuple):
    """A sentence or a row of a table, where its figures stand in it, and the ids of these."""

    words: str
    figures: tuple[tuple[int, int], ...]
    ids: tuple[int, ...]


def print_figures(console: Console, result: Result, lang: Lang) -> None:
    """The sentences of a document that hold figures, each with a line for every figure: its place, its writing, its fields.

    A line that is too long is broken between fields; nothing is broken inside a figure that fits into a line.
    """
    console.print(Text(printable(result.document.path), style="bold underline"), soft_wrap=True)
    for passage in _passages(result):
        console.print()
        text = Text(passage.words)
        for start, end in passage.figures:
            text.stylize("underline", start, end)
        console.print(wrapped(text, console.width, whole=passage.figures), soft_wrap=True)
        rows = [_row(result, number, lang) for number in passage.ids]
        place = max(cell_len(row[0]) for row in rows)
        figure = min(max(cell_len(row[1]) for row in rows), console.width // _WIDEST)
        for row in rows:
            console.print(_line(*row, place, figure, console.width), soft_wrap=True)
    console.print()


def _passages(result: Result) -> Iterator[_Passage]:
    document, quantities = result.document, result.quantities
    rows: dict[int, dict[int, list[tuple[int, int]]]] = {}  # the spans of the cells of each table, by row
    at = 0
    while at < len(quantities):
        cell = document.cell_at(quantities[at].start)
        last = at + 1
        if cell is not None:
            table, row, _ = cell
            while last < len(quantities) and (document.cell_at(quantities[last].start) or ())[:2] == (table, row):
                last += 1
            if table not in rows:
                rows[table] = _rows(document, table)
            yield _of_row(document, quantities[at:last], rows[table][row])
            at = last
            continue
        first = quantities[at]
        near = at
        while near < len(quantities) and quantities[near].start < first.start + _LONGEST:
            near += 1
        spans = [(quantity.start, quantity.end) for quantity in quantities[at:near]]
        passage = passage_around(document, first.start, first.end, spans)
        while last < near and quantities[last].end <= passage.end:
            last += 1
        words, figures = "", []
        for stretch in passage.stretches:
            shown = printable(as_read(stretch.text) if stretch.figure else stretch.text)
            if stretch.figure:
                figures.append((len(words), len(words) + len(shown)))
            words += shown
        yield _Passage(words, tuple(figures), tuple(range(at, last)))
        at = last


def _rows(document: Document, table: int) -> dict[int, list[tuple[int, int]]]:
    rows: dict[int, list[tuple[int, int]]] = {}
    for cell in document.tables[table].cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows.setdefault(row, []).append((cell.start, cell.end))
    return rows


def _of_row(document: Document, figures: Sequence[Quantity], cells: Sequence[tuple[int, int]]) -> _Passage:
    """A row of a table: its cells with bars between them."""
    words, found, left = "", [], list(figures)
    for start, end in cells:
        words += " | " if words else ""
        while left and start <= left[0].start < end:
            quantity = left.pop(0)
            before = len(words) + len(printable(document.text[start : quantity.start]))
            found.append((before, before + len(printable(document.text[quantity.start : quantity.end]))))
        words += printable(document.text[start:end])
    return _Passage(words, tuple(found), tuple(quantity.id for quantity in figures))


def _row(result: Result, number: int, lang: Lang) -> tuple[str, str, list[str]]:
    """Place, writing and fields of a figure; a field is its name and what it says."""
    document, quantity = result.document, result.quantities[number]
    place = document.place(quantity.start, quantity.end).said(lang)
    return place, printable(as_read(document.text[quantity.start : quantity.end])), _fields(result, number, lang)


def _fields(result: Result, number: int, lang: Lang) -> list[str]:
    quantity, claim = result.quantities[number], result.claims[number]
    said = word(f"type.{claim.type}" if claim.type is not None else f"kind.{quantity.kind}", lang)
    fields = [said, *(f"{word(name, lang)} {printable(words)}" for name, words in claim_words(claim, lang))]
    if value := _value(quantity):
        fields.append(f"{word('value', lang)} {value}")
    return fields


def _value(quantity: Quantity) -> str:
    """The value in its unit, and the interval where it is more than that value."""
    if quantity.kind != "quantity":
        return ""
    parts = [] if quantity.value is None else [decimal_string(quantity.value)]
    if quantity.unit is not None:
        parts.append(quantity.unit.name)
    if not quantity.interval.is_point:
        parts.append(interval_text(quantity.interval))
    return " ".join(parts)


def _line(place: str, figure: str, fields: Sequence[str], place_width: int, figure_width: int, width: int) -> Text:
    """One figure: place and writing in columns, then the fields, those that do not fit below them."""
    lead = f"{' ' * _INDENT}{place}{' ' * (place_width - cell_len(place))}  {figure}"
    lead += " " * (figure_width - cell_len(figure)) + "  "
    lines = [lead] if cell_len(lead.rstrip()) <= width else list(_broken(lead, width))
    used = cell_len(lines[-1])
    indent = " " * min(_BEHIND, width // _WIDEST)
    fresh = True  # nothing stands on the line yet but what opens it
    for field in fields:
        joined = field if fresh else f" · {field}"
        if used + cell_len(joined) <= width:
            lines[-1] += joined
            used += cell_len(joined)
        elif cell_len(indent + field) <= width:
            lines.append(indent + field)
            used = cell_len(lines[-1])
        else:
            broken = list(_broken(field, width - len(indent)))
            lines += [indent + each for each in broken]
            used = cell_len(lines[-1])
        fresh = False
    return Text("\n".join(line.rstrip() for line in lines))


def _broken(words: str, width: int) -> Iterator[str]:
    yield from wrapped(Text(words), width).plain.split("\n")
