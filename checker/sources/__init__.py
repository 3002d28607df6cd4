"""Files and texts to documents: finding, decoding, splitting into blocks, the day of publication.

Plain text and Markdown are read here; each other format has a module or package of its own, imported when a file of that
format is met, whose ``read`` has the signature of `Reader`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from checker.document import Document
from checker.errors import SourceError
from checker.sources.blocks import front_matter, split_blocks
from checker.sources.dateline import find_published, parse_date
from checker.sources.decoding import decode
from checker.sources.discovery import SUFFIXES, Found, discover
from checker.sources.messages import Lang, message, refusal
from checker.sources.signatures import looks_like_html, recognise

if TYPE_CHECKING:
    from checker.document.table import Table

__all__ = [
    "SUFFIXES",
    "Found",
    "decode",
    "discover",
    "is_plain_text",
    "make_document",
    "parse_date",
    "read_all",
    "read_bytes",
    "read_document",
    "read_text",
    "require_length",
]

# read(data, path, published, encoding, lang): the document in the bytes of a file. Raises SourceError for what is damaged,
# encrypted or beyond the limits, and where the library that reads it is not installed (code ``missing-extra``).
Reader: TypeAlias = Callable[[bytes, str, date | None, str | None, Lang], Document]

# The module that reads a format: by what the bytes are, else, where only the name can tell, by suffix.
_MODULES: Mapping[str, str] = {"docx": "word", "pdf": "pdf", "xlsx": "workbook"}
_MODULES_BY_SUFFIX: Mapping[str, str] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".csv": "delimited", ".tsv": "delimited",
}  # fmt: skip
_REMARK = "checker"
_LARGEST = 512 * 2**20  # bytes of a file
_PIECE = 2**20
_MARKDOWN = (".md", ".markdown")


def make_document(
    text: str,
    path: str = "<text>",
    published: date | str | None = None,
    *,
    warnings: tuple[str, ...] = (),
    lang: Lang = "zh",
    line_remarks: bool = False,
) -> Document:
    """A decoded text as a document: its blocks, and its day of publication where it is given or the text tells it.

    `path` is only a name; `line_remarks` is whether a line that begins with ``# checker:`` is a remark to the checker.
    Raises UsageError when `published` is a string and no date.

    >>> make_document("全县共有3个乡。").blocks
    (Block(kind='paragraph', spans=((0, 8),)),)
    """
    if isinstance(published, str):
        published = parse_date(published, lang)
    if _REMARK in text:  # few texts have remarks, and what reads them takes its time to import
        from checker.sources.comments import comments_of, find_remarks, without, words_only

        remarks = find_remarks(text, line_remarks=line_remarks)
        words = words_only(text, remarks)
    else:
        remarks, words = (), text
    if published is None:
        published = find_published(words, front_matter(words))
    blocks = split_blocks(words)
    tables: tuple[Table, ...] = ()
    if any(block.kind == "cell" for block in blocks):
        from checker.sources.pipes import pipe_tables  # only where there are tables

        tables = pipe_tables(words, blocks)
    if "<td" in words:
        from checker.sources.markup import markup_tables

        tables = tuple(sorted((*tables, *markup_tables(words)), key=lambda table: table.cells[0].start))
    if not remarks:
        return Document(text, blocks, path, published, warnings, tables)
    blocks = without(blocks, remarks)
    comments = comments_of(text, remarks, blocks)
    return Document(text, blocks, path, published, warnings, tables, comments=comments)


def read_bytes(path: str | os.PathLike[str], lang: Lang = "zh") -> bytes:
    """What a file holds. Raises SourceError with code ``missing``, ``unreadable`` or ``too-large``."""
    try:
        with open(path, "rb") as file:
            return read_all(file, lang)
    except FileNotFoundError:
        raise SourceError(message("missing", lang), code="missing") from None
    except (IsADirectoryError, ValueError):  # a NUL in the name is a ValueError
        raise SourceError(message("not-a-file", lang)) from None
    except OSError as error:
        raise SourceError(message("unreadable", lang, reason=error.strerror or str(error))) from None


def read_all(file: BinaryIO, lang: Lang = "zh") -> bytes:
    """What there is to read up to the end, which a device may not have. Raises SourceError with code ``too-large``."""
    data = file.read(_PIECE)
    if len(data) < _PIECE:
        return data
    pieces, length = [data], len(data)
    while piece := file.read(_PIECE):
        pieces.append(piece)
        length += len(piece)
        if length > _LARGEST:
            raise refusal(
                "too-large", "文件" if lang == "zh" else "the file", lang, "file-size", limit=_LARGEST // 2**20
            )
    return b"".join(pieces)


def require_length(length: int, most: int | None, lang: Lang = "zh") -> None:
    """Raise SourceError with code ``too-large`` where a text has more than `most` characters; None is any number."""
    if most is not None and length > most:
        raise SourceError(message("too-long", lang, length=f"{length:,}", limit=f"{most:,}"), code="too-large")


def read_document(
    path: str | os.PathLike[str],
    encoding: str | None = None,
    published: date | str | None = None,
    *,
    data: bytes | None = None,
    lang: Lang = "zh",
    line_remarks: bool = False,
    max_chars: int | None = None,
) -> Document:
    """The document in a file, or in `data` under the name `path`.

    Raises SourceError for what is missing, unreadable, binary or undecodable, and for a plain text of more than
    `max_chars` characters; UsageError for an unknown encoding and
    a `published` that is no date. What is doubtful but was read stands in the document's warnings.
    """
    if data is None:
        data = read_bytes(path, lang)
    name = os.fspath(path)
    if (reader := _reader_of(data, name)) is not None:
        if isinstance(published, str):
            published = parse_date(published, lang)
        return reader(data, name, published, encoding, lang)
    decoded = decode(data, encoding, lang)
    require_length(len(decoded.text), max_chars, lang)
    warnings = decoded.warnings if decoded.text.strip() else (*decoded.warnings, message("empty", lang))
    line_remarks = line_remarks and not name.lower().endswith(_MARKDOWN)  # there it is a heading
    return make_document(decoded.text, name, published, warnings=warnings, lang=lang, line_remarks=line_remarks)


def read_text(
    text: str,
    path: str = "<text>",
    published: date | str | None = None,
    *,
    kind: str | None = None,
    lang: Lang = "zh",
    line_remarks: bool = False,
) -> Document:
    """The document in a decoded text that another program holds: what `read_document` makes of a file of that content.

    `kind` is ``text``, ``html``, ``csv`` or ``tsv``; without it the suffix of `path` and the first words tell. Raises UsageError when
    `published` is a string and no date, SourceError for what is damaged or beyond the limits of its format.
    """
    if isinstance(published, str):
        published = parse_date(published, lang)
    if kind is None:
        opening = text[:2048].encode("utf-8", "replace")
        kind = "html" if looks_like_html(opening) else os.path.splitext(path)[1].lower().lstrip(".")
    module = _MODULES_BY_SUFFIX.get(f".{kind}")
    if module is not None:
        reader: Reader = import_module(f"checker.sources.{module}").read
        # A lone surrogate, which UTF-8 cannot hold, becomes a question mark: offsets stay.
        return reader(text.encode("utf-8", "replace"), path, published, "utf-8", lang)
    warnings = () if text.strip() else (message("empty", lang),)
    line_remarks = line_remarks and not path.lower().endswith(_MARKDOWN)
    return make_document(text, path, published, warnings=warnings, lang=lang, line_remarks=line_remarks)


def is_plain_text(data: bytes, path: str) -> bool:
    """Whether `read_document` takes these bytes under this name for plain text or Markdown, whose text is the file itself."""
    return recognise(data) is None and _reader_of(data, path) is None


def _reader_of(data: bytes, path: str) -> Reader | None:
    """What reads a file of this content and name; None for plain text and for what nothing here reads."""
    signature = recognise(data)
    if signature is not None:
        module = _MODULES.get(signature.reader or "")
    else:
        suffix = ".html" if looks_like_html(data) else os.path.splitext(path)[1].lower()
        module = _MODULES_BY_SUFFIX.get(suffix)
    if module is None:
        return None
    reader: Reader = import_module(f"checker.sources.{module}").read
    return reader
