"""One line a finding: ``path:line:column: severity rule message``."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.checks import Severity
from checker.findings.result import Result
from checker.report.jsonout import dump
from checker.report.shared import place_said
from checker.report.stream import printable
from checker.report.words import word
from checker.report.writers import Ending, Setting

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["writer"]


class _Concise:
    """Yields lines; where there may be colour it prints them itself."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._console: Console | None = None
        stream = setting.stream
        if stream is not None and (stream.isatty() or os.environ.get("FORCE_COLOR")):
            from checker.report.console import make_console

            self._console = make_console(stream)

    def begin(self) -> Iterator[bytes]:
        return iter(())

    def piece(self, result: Result) -> bytes:
        lines = list(self._lines(result))
        return dump(lines) if lines else b""

    def _lines(self, result: Result) -> Iterator[tuple[str, Severity | None, str]]:
        """What stands before the word for the severity, the severity, and what stands behind it."""
        lang, document = self._setting.lang, result.document
        path = printable(document.path)
        for finding in result.findings:
            before = f"{path}:{place_said(document, finding, lang)}: "
            yield before, finding.severity, f" {finding.rule} {printable(finding.message)}"
        if self._setting.unsupported:
            for quantity, support in zip(result.quantities, result.supports, strict=True):
                if support == "unsupported":
                    place = printable(document.place(quantity.start, quantity.end).said(lang))
                    figure = printable(document.text[quantity.start : quantity.end])
                    yield f"{path}:{place}: ", None, f"{word('unsupported', lang)} {figure}"

    def add(self, piece: bytes) -> Iterator[bytes]:
        for line in json.loads(piece) if piece else ():
            yield from self._line(*line)

    def end(self, ending: Ending) -> Iterator[bytes]:
        return iter(())

    def _line(self, before: str, severity: Severity | None, after: str) -> Iterator[bytes]:
        said = "" if severity is None else word(severity, self._setting.lang)
        if self._console is None:
            yield f"{before}{said}{after}\n".encode("utf-8", "backslashreplace")
            return
        from rich.text import Text

        from checker.report.rows import STYLES

        style = "" if severity is None else STYLES[severity]
        self._console.print(Text.assemble((before, "dim"), (said, style), after), soft_wrap=True)


def writer(setting: Setting) -> _Concise:
    """The writer of ``concise``."""
    return _Concise(setting)
