"""The report as tables for a person at a terminal, or in a file."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.findings.result import Result
from checker.report.jsonout import dump
from checker.report.stream import SafeStream
from checker.report.tally import support_line, tally_line
from checker.report.writers import Ending, Setting

if TYPE_CHECKING:
    from rich.console import Console

    from checker.sources.messages import Lang

__all__ = ["writer"]

_FILE_WIDTH = 120  # columns of a report that goes to a file


class _Text:
    """Writes to the terminal itself, which knows its colours and its width; to a file it yields what it wrote."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._buffer = io.StringIO()
        self._console: Console | None = (
            None  # a clean text is the common case, and rich takes longer to import than it to check
        )

    def begin(self) -> Iterator[bytes]:
        return iter(())

    def piece(self, result: Result) -> bytes:
        setting = self._setting
        if not result.findings and not (setting.unsupported and result.summary.unsupported):
            return b""
        from checker.report.rows import rows_of

        return dump(rows_of(result, setting.lang, unsupported=setting.unsupported))

    def add(self, piece: bytes) -> Iterator[bytes]:
        if piece:
            from checker.report.console import print_rows
            from checker.report.rows import Rows

            print_rows(self._made(), Rows.from_json(json.loads(piece)), self._setting.lang)
        return self._written()

    def end(self, ending: Ending) -> Iterator[bytes]:
        setting, tally = self._setting, ending.tally
        partial = _partial(ending, setting.lang)
        if setting.summary and self._console is None:
            stream = self._buffer if setting.stream is None else SafeStream(setting.stream)
            stream.write(f"{tally_line(tally, setting.lang)}\n{support_line(tally, setting.lang)}\n{partial}")
        elif setting.summary:
            from checker.report.console import print_tally

            print_tally(self._made(), tally, setting.lang)
            self._made().out(partial, end="")
        return self._written()

    def _made(self) -> Console:
        if self._console is None:
            from checker.report.console import make_console, make_plain_console

            stream = self._setting.stream
            self._console = make_plain_console(self._buffer, _FILE_WIDTH) if stream is None else make_console(stream)
        return self._console

    def _written(self) -> Iterator[bytes]:
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        if text:
            yield text.encode("utf-8", "backslashreplace")


def _partial(ending: Ending, lang: Lang) -> str:
    """A line that says how many texts were left when their deadline passed; nothing where none was."""
    count = sum(problem.code == "deadline" for problem in ending.problems)
    if not count:
        return ""
    said = (
        f"{count} of the files not checked to the end: the deadline passed"
        if lang == "en"
        else f"{count} 个文件到了期限没有查完，结果不全"
    )
    return said + "\n"


def writer(setting: Setting) -> _Text:
    """The writer of ``text``."""
    return _Text(setting)
