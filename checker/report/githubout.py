"""Workflow commands of GitHub Actions, which show findings beside the lines of a change.

Of each level a step shows ten, so that the most severe stand first, whichever file they are in. The escapes are those of
GitHub's own toolkit (``@actions/core``, command.ts).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.checks import Severity
from checker.findings.result import Result
from checker.report.shared import explained, place_said, region_of, relative_path
from checker.report.stream import printable
from checker.report.words import word
from checker.report.writers import Ending, Setting

__all__ = ["command", "writer"]

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def command(name: str, properties: Mapping[str, object], message: str) -> bytes:
    """One workflow command.

    >>> command("error", {"file": "a,b.txt", "line": 3}, "100%\\n二").decode()
    '::error file=a%2Cb.txt,line=3::100%25%0A二\\n'
    """
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}\n".encode("utf-8", "backslashreplace")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class _GitHub:
    """Keeps the commands, not the documents, until the last of them is known."""

    def __init__(self, setting: Setting) -> None:
        self._lang = setting.lang
        self._commands: dict[bytes, list[bytes]] = {f"::{name}".encode(): [] for name in _COMMANDS.values()}

    def begin(self) -> Iterator[bytes]:
        return iter(())

    def piece(self, result: Result) -> bytes:
        document = result.document
        commands = []
        file = printable(relative_path(document.path))
        for finding in result.findings:
            properties: dict[str, object] = {"file": file}
            said = explained(finding, self._lang)
            region = region_of(document, finding.start, finding.end)
            if region is None:
                said = f"{place_said(document, finding, self._lang)}{word('colon', self._lang)}{said}"
            else:
                properties |= {"line": region.line, "endLine": region.end_line}
                if region.line == region.end_line:  # GitHub takes columns within one line only
                    properties |= {"col": region.column, "endColumn": region.end_column}
            properties["title"] = f"{finding.rule} {finding.slug}"
            commands.append(command(_COMMANDS[finding.severity], properties, said))
        return b"".join(commands)

    def add(self, piece: bytes) -> Iterator[bytes]:
        for line in piece.splitlines(keepends=True):  # a command has no line break within
            self._commands[line.partition(b" ")[0]].append(line)
        return iter(())

    def end(self, ending: Ending) -> Iterator[bytes]:
        for problem in ending.problems:
            properties = {"file": printable(relative_path(problem.path)), "title": problem.rule or problem.code}
            yield command("error", properties, printable(problem.message))
        for commands in self._commands.values():
            yield from commands


def writer(setting: Setting) -> _GitHub:
    """The writer of ``github``."""
    return _GitHub(setting)
