"""`checker explain FILE:LINE[:COLUMN]`: what the figures of a line were read as, and which links they may stand in."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NamedTuple

from checker.cli.running import FileChecker
from checker.cli.streams import complain
from checker.errors import UsageError
from checker.patterns import pattern

if TYPE_CHECKING:
    from checker.findings.result import Result
    from checker.quantities import Quantity
    from checker.sources.messages import Lang

__all__ = ["run"]

# 稿件.txt:3 · C:\稿件.txt:3:17
_TARGET = pattern(r"(?P<path>.+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?")


class _Target(NamedTuple):
    """A line of a file, and perhaps a column, both from 1."""

    path: str
    line: int
    column: int | None


def run(options: argparse.Namespace) -> int:
    """Explain the figures of a line; the exit code is 2 where there is nothing to explain, else 0.

    Raises UsageError for what is no line of the file, or holds no figure.
    """
    target = _target(options.target, options.lang)
    files = FileChecker(options)
    notes, result = files.checked(target.path)
    for problem in notes.problems:
        complain(problem.message, problem.path)
    if result is None:
        return 2
    figures = [quantity.id for quantity in _figures(result, target, options.lang)]
    from checker.reading import read
    from checker.report.console import make_console
    from checker.report.explanation import print_explanation

    reading = read(result.document, tolerance=files.settings.of(target.path).config.about)
    print_explanation(make_console(sys.stdout), result, reading, figures, options.lang)
    return 2 if notes.problems else 0


def _target(written: str, lang: Lang) -> _Target:
    match = _TARGET.fullmatch(written)
    if match is None:
        raise UsageError(
            f"{written}: a file and a line are wanted, as in draft.txt:3"
            if lang == "en"
            else f"{written}: 应写文件和行号，如 稿件.txt:3",
            code="bad-target",
        )
    return _Target(match["path"], int(match["line"]), None if match["column"] is None else int(match["column"]))


def _figures(result: Result, target: _Target, lang: Lang) -> list[Quantity]:
    """The figures of the line, or the one that stands at the column. Raises UsageError where there is none."""
    document, english = result.document, lang == "en"
    name, line, column = document.path, target.line, target.column

    def wrong(chinese: str, in_english: str) -> UsageError:
        return UsageError(in_english if english else chinese, code="no-figure")

    last = document.place(max(len(document.text) - 1, 0)).as_json().get("line")
    if not isinstance(last, int):
        raise wrong(f"{name}: 这种文件没有行号", f"{name}: a file of this kind has no lines")
    if not 1 <= line <= last:
        raise wrong(f"{name}: 没有第 {line} 行，共 {last} 行", f"{name}: there is no line {line}, the last is {last}")
    placed = [(quantity, document.place(quantity.start, quantity.end)) for quantity in result.quantities]
    found = [(quantity, place) for quantity, place in placed if place.as_json().get("line") == line]
    if not found:
        raise wrong(f"{name}:{line}: 这一行没有数字", f"{name}:{line}: no figure on this line")
    if column is None:
        return [quantity for quantity, _ in found]
    for quantity, place in found:
        start = place.as_json()["column"]
        assert isinstance(start, int)
        if start <= column < start + quantity.end - quantity.start:
            return [quantity]
    columns = [str(place.as_json()["column"]) for _, place in found]
    raise wrong(
        f"{name}:{line}:{column}: 这一列没有数字；这一行的数字在第 {'、'.join(columns)} 列",
        f"{name}:{line}:{column}: no figure at this column; those of the line begin at {', '.join(columns)}",
    )
