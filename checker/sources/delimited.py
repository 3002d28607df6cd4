"""Delimited text (.csv, .tsv): the text is the decoded source itself, its fields the cells of tables.

The standard library's csv tells no places, so that the fields are cut here, by the same rules (RFC 4180): a quoted field
may hold delimiters, line breaks and doubled quotes. A quote that does not close before a delimiter is a mere character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from checker.document import Block, BlockKind, Document
from checker.errors import SourceError
from checker.sources.dateline import find_published
from checker.sources.decoding import decode
from checker.sources.grids import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, Filled, Part, parts_of
from checker.sources.messages import Lang, message
from checker.tables.model import Cell, Table

__all__ = ["read"]

_DELIMITERS = ("\t", ",", ";")  # in the order of trust where they part a text equally well
_SAMPLE_RECORDS, _SAMPLE_CHARACTERS = 100, 2**16
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n|\Z)", re.IGNORECASE)  # Excel's own first line
_THOUSANDS = re.compile(r"\d,(?=\d{3}(?!\d))")


class _Field(NamedTuple):
    """A field that holds words: line and column of the grid, and the span of its words in the text, quotes outside."""

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
        _too_large("many-characters", lang, limit=MOST_CHARACTERS)
    named = _NAMED_DELIMITER.match(text)
    start = 0 if named is None else named.end()
    delimiter = _sniffed(text, start, path) if named is None else named[1]
    cells: list[Filled] = []
    for field in _fields(text, start, delimiter):
        if field.column >= MOST_COLUMNS:
            _too_large("many-columns", lang, line=text.count("\n", 0, field.start) + 1, limit=MOST_COLUMNS)
        if len(cells) >= MOST_CELLS:
            _too_large("many-cells", lang, limit=MOST_CELLS)
        cells.append(Filled(field.row, field.column, text[field.start : field.end], 1, 1, 0, field.start))
    blocks: list[Block] = []
    tables: list[Table] = []
    for part in parts_of(cells):
        _write(part, blocks, tables)
    blocks.sort(key=lambda block: block.start)  # tables beside each other share their lines
    if published is None:
        lines = (text[block.start : block.end] for block in blocks if block.kind != "cell")
        published = find_published("\n".join(lines))
    return Document(text, tuple(blocks), path, published, warnings, tuple(tables))


def _too_large(key: str, lang: Lang, **values: int) -> None:
    what, reason = message("delimited", lang), message(key, lang, **values)
    raise SourceError(message("too-large", lang, what=what, reason=reason), code="too-large")


def _fields(text: str, start: int, delimiter: str) -> Iterator[_Field]:
    """The fields that hold words, in text order.

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
        words = text[begin:end]
        if words and not words.isspace():
            begin += len(words) - len(words.lstrip())
            yield _Field(row, column, begin, begin + len(words.strip()))
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
        if delimiter not in sample:
            continue
        if delimiter == "," and best == ";" and not _THOUSANDS.sub("", sample).count(","):
            continue  # 甲;1,234;5,678
        widths = Counter(_widths(sample, delimiter))
        if not widths:
            continue
        width, records = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (records / sum(widths.values()), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str) -> Iterator[int]:
    """How many fields each record has up to its last one with words; records of one field, such as titles, left out."""
    row = column = 0
    for count, field in enumerate(_fields(sample, 0, delimiter)):
        if field.row != row:
            if column:
                yield column + 1
            if field.row >= _SAMPLE_RECORDS or count > _SAMPLE_CHARACTERS:
                return
        row, column = field.row, field.column
    if column:
        yield column + 1


def _write(part: Part, blocks: list[Block], tables: list[Table]) -> None:
    """Add the blocks and the table of a part."""
    captions = [_block("caption", cell) for cell in part.captions]
    blocks += (_block("paragraph", cell) for cell in part.prose)
    blocks += captions
    blocks += (_block("cell", cell) for cell in part.cells)
    blocks += (_block("paragraph", cell) for cell in part.below)
    if part.cells:
        top, left = min(c.row for c in part.cells), min(c.column for c in part.cells)
        tables.append(
            Table(
                tuple(Cell(c.row - top, c.column - left, c.start, c.start + len(c.text)) for c in part.cells),
                max(c.row for c in part.cells) - top + 1,
                max(c.column for c in part.cells) - left + 1,
                (captions[0].start, captions[-1].end) if captions else None,
            )
        )


def _block(kind: BlockKind, cell: Filled) -> Block:
    """The block of a field, parted where a line breaks in it and where a quote is doubled."""
    spans: list[tuple[int, int]] = []
    at = cell.start
    for piece in _pieces(cell.text):
        inner = piece.strip()
        if inner:
            begin = at + piece.index(inner)
            spans.append((begin, begin + len(inner)))
        at += len(piece)
    return Block(kind, tuple(spans))


def _pieces(words: str) -> Sequence[str]:
    if "\n" not in words and "\r" not in words and '""' not in words:
        return (words,)
    return re.findall(r'"(?=")|[\r\n]+|(?:[^\r\n"]|"(?!"))+', words)
