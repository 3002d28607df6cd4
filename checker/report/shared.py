"""What the reports for other programs share: paths as those programs know them, regions in lines, a finding in words."""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import quote

from checker.document import Document
from checker.findings import Finding
from checker.findings.result import Result
from checker.patterns import pattern
from checker.report.stream import printable
from checker.report.words import word
from checker.sources.messages import Lang

__all__ = [
    "Region",
    "as_uri",
    "explained",
    "place_said",
    "region_of",
    "relative_path",
    "sentence",
    "without_surrogates",
]

_SURROGATE = pattern(r"[\ud800-\udfff]")


class Region(NamedTuple):
    """A stretch of a file in lines and columns, counted from 1, the columns in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def relative_path(path: str) -> str:
    """A path as a repository knows it: from the current folder where the file lies below it, without `.` and `..`, with `/`.

    >>> relative_path("./稿件/../稿.txt")
    '稿.txt'
    """
    inside = os.path.relpath(path) if _below(path) else os.path.abspath(path)
    return inside.replace(os.sep, "/")


def _below(path: str) -> bool:
    here = os.getcwd()
    return os.path.abspath(path).startswith(here if here.endswith(os.sep) else here + os.sep)


def as_uri(path: str) -> str:
    """A path as a URI reference: relative below the current folder, else of the scheme ``file``.

    >>> as_uri("稿 件#1.txt")
    '%E7%A8%BF%20%E4%BB%B6%231.txt'
    """
    name = relative_path(path)
    try:
        data = name.encode("utf-8", "surrogateescape")  # a name that is no UTF-8 keeps its bytes
    except UnicodeEncodeError:
        data = name.encode("utf-8", "surrogatepass")
    if name.startswith("/"):
        return "file://" + quote(data)
    return f"file:///{quote(data, safe='/:')}" if os.path.isabs(name) else quote(data)


def region_of(document: Document, start: int, end: int) -> Region | None:
    """Where a stretch of the text stands in its file, or None for a format without lines."""
    first = document.place(start, end).as_json()
    line, column = first.get("line"), first.get("column")
    if not (isinstance(line, int) and isinstance(column, int)):
        return None
    last = document.place(max(end - 1, start), max(end, start + 1)).as_json()
    end_line, end_column = last.get("line"), last.get("column")
    if isinstance(end_line, int) and isinstance(end_column, int) and (end_line, end_column) >= (line, column):
        return Region(line, column, end_line, end_column + 1)
    return Region(line, column, line, column + 1)


def place_said(document: Document, finding: Finding, lang: Lang) -> str:
    """The place of a finding for people, in the terms of its format.

    >>> from checker import check
    >>> result = check("全县易地搬迁163户41人。")
    >>> place_said(result.document, result.findings[0], "zh")
    '1:11'
    """
    return printable(document.place(finding.start, finding.end).said(lang))


def explained(finding: Finding, lang: Lang, between: str = "\n") -> str:
    """A finding in words: message, arithmetic, a way out; no control characters but those of `between`."""
    colon = word("colon", lang)
    parts = [printable(finding.message)]
    if finding.expression:
        parts.append(f"{word('arithmetic', lang)}{colon}{printable(finding.expression)}")
    if finding.suggestion:
        parts.append(f"{word('suggestion', lang)}{colon}{printable(finding.suggestion)}")
    return between.join(parts)


def sentence(result: Result, finding: Finding) -> str:
    """The sentence around a finding on one line."""
    from checker.report.passage import passage

    return printable("".join(stretch.text for stretch in passage(result, finding).stretches))


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which no UTF-8 file can hold."""
    return _SURROGATE.sub("\ufffd", text)
