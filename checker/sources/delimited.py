"""Delimited text (.csv, .tsv): the text is the decoded source itself, its fields the cells of tables.

The standard library's csv tells no places, so that the fields are cut here, by the same rules (RFC 4180): a quoted field
may hold delimiters, line breaks and doubled quotes. A quote that does not close before a delimiter is a mere character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from checker.document import Block, Document
from checker.document.table import Cell, Table
from checker.errors import SourceError
from checker.sources.building import parted, published_beside
from checker.sources.decoding import decode
from checker.sources.grids import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, Filled, Part, parts_of
from checker.sources.messages import Lang, message, refusal

__all__ = ["read"]

_DELIMITERS = ("\t", ";", ",")  # in the order of trust where they part a text equally well
_SAMPLE_RECORDS, _SAMPLE_CHARACTERS = 100, 2**16
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n|\Z)", re.IGNORECASE)  # Excel's own first line
# What stands between line breaks and the first of two quotes: 称, "三县, "。 of 称""三县""。
_PIECE = re.compile(r'"?[^\r\n"]+|"(?!")')
_THOUSANDS = re.compile(r"\d,(?=\d{3}(?!\d))")


class _Field(NamedTuple):
    """A field: line and column of the grid, and the span of its words in the text, quotes and white space outside."""

    row: int
    column: int
    start: int
    end: int


def read(data: bytes, path: str, published: date | None, encoding: str | None, lang: Lang) -> Document:
    """Delimited text as a document whose text is the decoded source.

    Raises SourceError for what is no text, and with code ``too-large`` beyond the limits of a workbook.
    """
    decoded = decode(data, encoding, lang)
    text = decoded.text
    warnings = decoded.warnings if text.strip() else (*decoded.warnings, message("empty", lang))
    if len(text) > MOST_CHARACTERS:
        raise _too_large("many-characters", lang, limit=MOST_CHARACTERS)
    named = _NAMED_DELIMITER.match(text)
    start = 0 if named is None else named.end()
    delimiter = _sniffed(text, start, path) if named is None else named[1]
    cells: list[Filled] = []
    for field in _fields(text, start, delimiter):
        if field.start == field.end:
            continue
        if field.column >= MOST_COLUMNS:
            raise _too_large("many-columns", lang, line=text.count("\n", 0, field.start) + 1, limit=MOST_COLUMNS)
        if len(cells) >= MOST_CELLS:
            raise _too_large("many-cells", lang, limit=MOST_CELLS)
        cells.append(Filled(field.row, field.column, text[field.start : field.end], 1, 1, 0, field.start))
    blocks: list[Block] = []
    tables: list[Table] = []
    for part in parts_of(cells):
        _write(part, blocks, tables)
    blocks.sort(key=lambda block: block.start)  # tables beside each other share their lines
    if published is None:
        published = published_beside(text, blocks)
    return Document(text, tuple(blocks), path, published, warnings, tuple(tables))


def _too_large(reason: str, lang: Lang, **values: int) -> SourceError:
    return refusal("too-large", message("delimited", lang), lang, reason, **values)


def _fields(text: str, start: int, delimiter: str) -> Iterator[_Field]:
    """The fields in text order.

    >>> [tuple(field) for field in _fields('甲,"1,234"\\n', 0, ",")]
    [(0, 0, 0, 1), (0, 1, 3, 8)]
    """
    mark = re.escape(delimiter)
    # "1,234" and "说""好""", then plain fields; each is followed by a delimiter or the end of its line.
    field = re.compile(rf'[ ]*+"((?:[^"]++|"")*+)"[ ]*+(?=[{mark}\r\n]|\Z)|([^{mark}\r\n]*+)')
    row = column = 0
    at = start
    while at < len(text):
        match = field.match(text, at)
        assert match is not None  # the second alternative matches nothing at all
        begin, end = match.span(1 if match[1] is not None else 2)
        words = text[begin:end].strip()
        if words:
            begin = text.index(words[0], begin)
        yield _Field(row, column, begin, begin + len(words))
        at = match.end()
        if text.startswith(delimiter, at):
            column += 1
            at += 1
        elif at < len(text):
            at += 2 if text.startswith("\r\n", at) else 1
            row, column = row + 1, 0


def _sniffed(text: str, start: int, path: str) -> str:
    """The delimiter: the one that parts most records into the same number of fields, and into more than one."""
    sample = text[start : start + _SAMPLE_CHARACTERS]
    if len(text) > start + len(sample) and "\n" in sample:
        sample = sample[: sample.rindex("\n")]
    best, best_score = "\t" if path.lower().endswith(".tsv") else ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        if delimiter not in sample or (delimiter == "," and best == ";" and "," not in _THOUSANDS.sub("", sample)):
            continue
        widths = _widths(sample, delimiter)
        parted = Counter(width for width in widths if width > 1)
        if parted:
            width, records = max(parted.items(), key=lambda item: (item[1], item[0]))
            score = (records / len(widths), width)
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str) -> list[int]:
    """How many fields each record has, empty records left out."""
    width_of: dict[int, int] = {}
    for field in _fields(sample, 0, delimiter):
        if field.row >= _SAMPLE_RECORDS:
            break
        if field.column or field.end > field.start:
            width_of[field.row] = field.column + 1
    return list(width_of.values())


def _write(part: Part, blocks: list[Block], tables: list[Table]) -> None:
    """Add the blocks and the table of a part."""
    captions = [Block("caption", _spans(cell)) for cell in part.captions]
    blocks += (Block("paragraph", _spans(cell)) for cell in part.prose)
    blocks += captions
    for cell in part.cells:
        blocks += parted("cell", _spans(cell), cell.text, cell.start)
    blocks += (Block("paragraph", _spans(cell)) for cell in part.below)
    if part.cells:
        top, left = part.corner
        tables.append(
            Table(
                tuple(Cell(c.row - top, c.column - left, c.start, c.start + len(c.text)) for c in part.cells),
                max(c.row for c in part.cells) - top + 1,
                max(c.column for c in part.cells) - left + 1,
                (captions[0].start, captions[-1].end) if captions else None,
            )
        )


def _spans(cell: Filled) -> tuple[tuple[int, int], ...]:
    """The stretches of a field, parted where a line breaks in it and where a quote is doubled."""
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(cell.text):
        inner = piece[0].strip()
        if inner:
            begin = cell.start + piece.start() + piece[0].index(inner)
            spans.append((begin, begin + len(inner)))
    return tuple(spans)
