"""An article as it reads, as HTML: headings, paragraphs, lists and tables, each figure in an element of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from checker.document import Block, Document
from checker.document.table import Cell, Table
from checker.report.htmlmarks import Mark, Marks
from checker.report.htmltext import escape

__all__ = ["Article"]

_CLASSES = {"confirmed": "c", "contradicted": "x", "unsupported": "u"}
_BULLETS = frozenset(("", "-", "*", "+", "•", "●", "■", "◆", "▪", "□", "○", "·", "►", "➢"))
_LONGEST_MARKER = 8
_MOST_ROWS = 400  # of a longer table only the rows that a finding needs are shown, with their neighbours
_HEAD_ROWS = 3

Span = tuple[int, int]


class Article:
    """The HTML of one document's text.

    Marks are numbered as they are written, which `numbers` tells by their places among `marks`; the page's script counts
    them the same way. An id, ``f{document}-{number}``, is written only where a finding leads there. A mark that a page
    break or a line break parts goes on in an element that names the first by ``data-of``. `rows_left_out` is the sentence
    that stands for rows of a long table, with ``{}`` for how many.
    """

    def __init__(self, document: Document, marks: Marks, number: str, rows_left_out: str) -> None:
        self._document = document
        self._marks = marks.every
        self._starts = [mark.start for mark in marks.every]
        self._pointed = frozenset(_pointed_at(marks))
        self._pointed_starts = sorted(self._starts[place] for place in self._pointed)
        self._number = number
        self._rows_left_out = rows_left_out
        self.numbers: dict[int, int] = {}

    def html(self) -> Iterator[str]:
        """The pieces of the article in text order."""
        tables = self._document.tables
        cells = sorted((cell.start, cell.end, at) for at, table in enumerate(tables) for cell in table.cells)
        starts = [cell[0] for cell in cells]
        captions = {table.caption[0]: at for at, table in enumerate(tables) if table.caption is not None}
        shown: set[int] = set()
        caption = ""

        def kind(block: Block) -> str:
            return "cell" if block.kind == "cell" and self._table_at(block, cells, starts) is None else block.kind

        for same, group in groupby(self._document.blocks, kind):
            blocks = list(group)
            if same == "item":
                yield self._list(blocks)
                continue
            if same == "cell" and self._table_at(blocks[0], cells, starts) is None:
                yield self._loose_cells(blocks)
                continue
            for block in blocks:
                at = self._table_at(block, cells, starts)
                if at is not None:
                    if at not in shown:
                        shown.add(at)
                        yield self._table(tables[at], caption)
                        caption = ""
                elif block.start in captions and captions[block.start] not in shown and not caption:
                    caption = self._inline(block.spans)  # written when its table begins, which is the next block
                else:
                    yield from _paragraph(caption)
                    caption = ""
                    yield self._block(block)
        yield from _paragraph(caption)

    def _table_at(self, block: Block, cells: Sequence[tuple[int, int, int]], starts: Sequence[int]) -> int | None:
        """The table in one of whose cells a block stands."""
        if block.kind != "cell":
            return None
        at = bisect_right(starts, block.start) - 1
        return cells[at][2] if at >= 0 and block.start < cells[at][1] else None

    def _block(self, block: Block) -> str:
        words = self._inline(block.spans)
        if block.kind == "heading":
            level = min(self._level(block) + 2, 6)
            return f"<h{level}>{words}</h{level}>\n"
        return f'<p class="cap">{words}</p>\n' if block.kind == "caption" else f"<p>{words}</p>\n"

    def _level(self, block: Block) -> int:
        """1 for a heading without marks, else as many as it has ``#``."""
        return max(self._before(block).count("#"), 1)

    def _before(self, block: Block) -> str:
        """What stands on the line before a block: a bullet, a number, ``##``."""
        if self._document.places is not None:
            return ""
        text = self._document.text
        return text[text.rfind("\n", max(0, block.start - 80), block.start) + 1 : block.start].strip()

    def _list(self, blocks: Iterable[Block]) -> str:
        items = []
        for block in blocks:
            marker = self._before(block).lstrip("> ")
            words = self._inline(block.spans)
            if marker in _BULLETS or len(marker) > _LONGEST_MARKER:
                items.append(f"<li>{words}</li>\n")
            else:
                items.append(f'<li class="m"><span>{escape(marker)}</span> {words}</li>\n')
        return f"<ul>\n{''.join(items)}</ul>\n"

    def _loose_cells(self, blocks: Sequence[Block]) -> str:
        """Cells that belong to no table of the document: those of one line are a row."""
        text = self._document.text
        rows: list[list[Cell]] = []
        line = -1
        for block in blocks:
            if line < 0 or text.find("\n", line, block.start) >= 0:
                rows.append([])
            line = block.start
            rows[-1].append(Cell(len(rows) - 1, len(rows[-1]), block.start, block.end, header=len(rows) == 1))
        cells = tuple(cell for row in rows for cell in row)
        return self._table(Table(cells, len(rows), max(map(len, rows))), "")

    def _table(self, table: Table, caption: str) -> str:
        """A table; rows and columns without any word are left out, and so is most of a very long one."""
        by_row = {row: list(cells) for row, cells in groupby(sorted(table.cells), attrgetter("row"))}
        rows = self._rows_shown(by_row)
        columns = sorted({cell.column for cell in table.cells})
        out = ['<div class="scroll" tabindex="0" role="group"><table>\n']
        title = caption or (escape(table.sheet) if table.sheet else "")
        if title:
            out.append(f"<caption>{title}</caption>\n")
        taken: list[tuple[int, int, int]] = []  # first column, end column, end row of cells that reach further down
        ordered = sorted(by_row)
        before = -1
        for row in rows:
            skipped = bisect_left(ordered, row) - bisect_right(ordered, before)
            if skipped:
                out.append(self._gap(skipped, len(columns)))
            before = row
            taken = [span for span in taken if span[2] > row]
            out.append(f"<tr>{self._row(by_row[row], rows, columns, taken)}</tr>\n")
        rest = len(ordered) - bisect_right(ordered, before)
        if rest:
            out.append(self._gap(rest, len(columns)))
        out.append("</table></div>\n")
        return "".join(out)

    def _gap(self, count: int, width: int) -> str:
        return f'<tr class="gap"><td colspan="{width}">{escape(self._rows_left_out.format(count))}</td></tr>\n'

    def _rows_shown(self, by_row: dict[int, list[Cell]]) -> list[int]:
        """The rows that are written: all of them, or the head and those around what a finding points at."""
        rows = sorted(by_row)
        if len(rows) <= _MOST_ROWS:
            return rows
        near = set(range(_HEAD_ROWS))
        for at, row in enumerate(rows):
            if any(self._is_pointed_at(cell) for cell in by_row[row]):
                near.update((at - 1, at, at + 1))
        return [row for at, row in enumerate(rows) if at in near]

    def _is_pointed_at(self, cell: Cell) -> bool:
        at = bisect_left(self._pointed_starts, cell.start)
        return at < len(self._pointed_starts) and self._pointed_starts[at] < cell.end

    def _row(
        self, cells: Sequence[Cell], rows: Sequence[int], columns: Sequence[int], taken: list[tuple[int, int, int]]
    ) -> str:
        """The cells of one row, with empty ones where there is none; what reaches further down is added to `taken`."""
        pieces = [(low, high, "") for low, high, _ in taken]
        for cell in cells:
            first = bisect_left(columns, cell.column)
            end = max(bisect_left(columns, cell.column + cell.column_span), first + 1)
            depth = bisect_left(rows, cell.row + cell.row_span) - bisect_left(rows, cell.row)
            spans = (f' colspan="{end - first}"' if end - first > 1 else "") + (
                f' rowspan="{depth}"' if depth > 1 else ""
            )
            indent = f' class="i{min(cell.indent, 4)}"' if cell.indent else ""
            tag = "th" if cell.header else "td"
            words = self._inline(((cell.start, cell.end),))
            pieces.append((first, end, f"<{tag}{spans}{indent}>{words}</{tag}>"))
            if depth > 1:
                taken.append((first, end, cell.row + cell.row_span))
        out: list[str] = []
        at = 0  # the column, counted among those that are written
        for first, end, cell_html in sorted(pieces):
            out += (_empty(first - at), cell_html)
            at = max(at, end)
        return "".join(out)

    def _inline(self, spans: Iterable[Span]) -> str:
        """The words of the spans, one after the other, with their marks."""
        spans = tuple(spans)
        at, last = bisect_left(self._starts, spans[0][0]), bisect_left(self._starts, spans[-1][1])
        out: list[str] = []
        going_on: list[int] = []
        previous = ""
        for low, high in spans:
            here = [place for place in going_on if self._marks[place].end > low]
            while at < last and self._starts[at] < high:
                here.append(at)
                at += 1
            first = self._document.text[low]
            if previous.isascii() and previous.isalnum() and first.isascii() and first.isalpha():
                out.append(" ")
            self._span(low, high, here, out)
            previous = self._document.text[high - 1]
            going_on = [place for place in here if self._marks[place].end > high]
        return "".join(out)

    def _span(self, low: int, high: int, places: Iterable[int], out: list[str]) -> None:
        """Append one stretch of text to `out` with the marks in it, those inside others nested."""
        text, at = self._document.text, low
        ends: list[int] = []
        for place in places:
            mark = self._marks[place]
            start, end = max(mark.start, low), min(mark.end, high)
            if start >= end:
                continue
            while ends and ends[-1] <= start:
                out += (escape(text[at : ends[-1]]), "</b>")
                at = ends.pop()
            out += (escape(text[at:start]), self._opened(place, mark))
            at = start
            ends.append(min(end, ends[-1]) if ends else end)
        while ends:
            out += (escape(text[at : ends[-1]]), "</b>")
            at = ends.pop()
        out.append(escape(text[at:high]))

    def _opened(self, place: int, mark: Mark) -> str:
        style = _CLASSES[mark.support] if mark.support is not None else "n" if mark.quantity is not None else "s"
        if place in self.numbers:
            return f'<b class="{style}" data-of="f{self._number}-{self.numbers[place]}">'
        number = self.numbers.setdefault(place, len(self.numbers))
        name = f' id="f{self._number}-{number}"' if place in self._pointed else ""
        notes = f' data-n="{" ".join(map(str, mark.notes))}"' if mark.notes else ""
        return f'<b class="{style}"{name}{notes}>'


def _pointed_at(marks: Marks) -> Iterator[int]:
    """The marks that a finding names, as its place or as what it stands against."""
    return (place for place, mark in enumerate(marks.every) if mark.named)


def _empty(width: int) -> str:
    return "" if width < 1 else "<td></td>" if width == 1 else f'<td colspan="{width}"></td>'


def _paragraph(caption: str) -> Iterator[str]:
    if caption:
        yield f'<p class="cap">{caption}</p>\n'
