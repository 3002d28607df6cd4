"""JSON Lines: each document on a line of its own, as in the JSON, then one line with what could not be checked."""

from __future__ import annotations

from collections.abc import Iterator

from checker.findings.result import Result
from checker.report.jsonout import SCHEMA_VERSION, Json, document_bytes, dump, problem_json, stats_json, tool_json
from checker.report.writers import Ending, Setting

__all__ = ["writer"]

# JSON allows these inside a string as they are, but many a reader ends a line there.
_BREAKS = {mark.encode(): f"\\u{ord(mark):04x}".encode() for mark in "\x85\u2028\u2029"}


class _Lines:
    def __init__(self, setting: Setting) -> None:
        self._include_text = setting.include_text

    def begin(self) -> Iterator[bytes]:
        return iter(())

    def piece(self, result: Result) -> bytes:
        return _line(document_bytes(result, include_text=self._include_text))

    def add(self, piece: bytes) -> Iterator[bytes]:
        yield piece

    def end(self, ending: Ending) -> Iterator[bytes]:
        last: Json = {
            "schema_version": SCHEMA_VERSION,
            "tool": tool_json(),
            "errors": [problem_json(problem) for problem in ending.problems],
        }
        if ending.watch is not None:
            last["stats"] = stats_json(ending.watch)
        yield _line(dump(last))


def _line(data: bytes) -> bytes:
    for mark, escape in _BREAKS.items():
        data = data.replace(mark, escape)
    return data + b"\n"


def writer(setting: Setting) -> _Lines:
    """The writer of ``jsonl``."""
    return _Lines(setting)
