"""From the name of a file to what each report says of it, here or in another process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.cli.running import FileChecker, Notes, internal
from checker.report.tally import Tally
from checker.report.writers import Setting, make_writer
from checker.result import Result

__all__ = ["Report", "Reporter"]


class Report(NamedTuple):
    """One document, counted, and what each format says of it (see `checker.report.writers`)."""

    tally: Tally
    pieces: dict[str, bytes]


class Reporter:
    """Makes the report of one file after the other, each for itself.

    Of `setting` only what pieces may know is used. A copy for another process is made from the same parts.
    """

    def __init__(self, files: FileChecker, formats: Sequence[str], setting: Setting) -> None:
        self._files = files
        self._setting = setting._replace(rules=(), stream=None)
        self._writers = {name: make_writer(name, self._setting) for name in formats}

    def __reduce__(self) -> tuple[object, ...]:
        return Reporter, (self._files, tuple(self._writers), self._setting)

    def reported(self, path: str) -> tuple[Notes, Report | None]:
        """What reports say of a file, with what else there is to tell of it; ``-`` is standard input."""
        return self._made(*self._files.checked(path))

    def _made(self, notes: Notes, result: Result | None) -> tuple[Notes, Report | None]:
        if result is None:
            return notes, None
        try:
            tally = Tally()
            tally.add(result)
            return notes, Report(tally, {name: writer.piece(result) for name, writer in self._writers.items()})
        except Exception as error:  # one file that breaks a format must not hide the others
            return Notes(notes.path, problems=(internal(notes.path, error, self._files.options.lang),)), None
