"""From the name of a file to what each report says of it: from the cache, or by checking it; here or in another process."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from checker.cli.running import FileChecker, Notes, internal, is_loud
from checker.errors import CheckerError
from checker.findings.result import Result
from checker.report.jsonout import dump
from checker.report.tally import Tally
from checker.report.writers import Setting, make_writer

if TYPE_CHECKING:
    from checker.cli.cache import Cache
    from checker.settings.resolver import Settings

__all__ = ["Report", "Reporter"]

# Settings that decide what is checked or how the run ends; all others shape what is said of a file. Rules count by content, a
# baseline by what it says of the file.
_ELSEWHERE = frozenset({"fail-on", "exclude", "rules", "baseline", "published-from"})


class Report(NamedTuple):
    """One document, counted, and what each format says of it (see `checker.report.writers`)."""

    tally: Tally
    pieces: dict[str, bytes]


class Reporter:
    """Makes the report of one file after the other, each for itself.

    Of `setting` only what pieces may know is used. A copy for another process is made from the same parts.
    """

    def __init__(
        self, files: FileChecker, formats: Sequence[str], setting: Setting, cache: Cache | None = None
    ) -> None:
        self._files = files
        self._setting = setting._replace(rules=(), stream=None)
        self._writers = {name: make_writer(name, self._setting) for name in formats}
        self._cache = cache

    def __reduce__(self) -> tuple[object, ...]:
        return Reporter, (self._files, tuple(self._writers), self._setting, self._cache)

    def reported(self, path: str) -> tuple[Notes, Report | None]:
        """What reports say of a file, with what else there is to tell of it; ``-`` is standard input."""
        if self._cache is None:
            return self._made(*self._files.checked(path))
        from checker.sources import read_bytes

        data = None
        try:
            data = read_bytes(path, self._files.options.lang)
            settings = self._files.settings.of(path)
            key = self._key(path, data, settings)
        except CheckerError:  # which checking the file will tell
            return self._made(*self._files.checked(path, data))
        kept = self._cache.get(key)
        if kept is not None:
            return _unpacked(path, kept, settings)
        notes, result = self._files.checked(path, data)
        answer = notes, report = self._made(notes, result)
        if result is not None and report is not None and not notes.problems and not result.incomplete:
            self._cache.put(key, _packed(notes, report))
        return answer

    def _made(self, notes: Notes, result: Result | None) -> tuple[Notes, Report | None]:
        if result is None:
            return notes, None
        try:
            tally = Tally()
            tally.add(result)
            return notes, Report(tally, {name: writer.piece(result) for name, writer in self._writers.items()})
        except Exception as error:  # one file that breaks a format must not hide the others
            return Notes(notes.path, problems=(internal(notes.path, error, self._files.options.lang),)), None

    def _key(self, path: str, data: bytes, settings: Settings) -> str:
        """A hash of all that shapes what is said of a file, but for the code. Raises CheckerError."""
        from hashlib import blake2b  # which brings OpenSSL

        from checker.report.shared import relative_path

        assert self._cache is not None
        setting, ledger = self._setting, self._files.ledger(settings)
        known = () if ledger is None else ledger.entries_of(path)
        # A baseline that says nothing of the file is as good as none; one that is being made takes everything.
        settling = (ledger.path, known) if ledger is not None and (known or ledger is self._files.recorder) else None
        shaping = (
            (tuple(self._writers), setting.lang, setting.include_text, setting.unsupported),
            setting.few and "html" in self._writers,  # else no piece tells the difference
            (path, relative_path(path)),  # from the current folder, in some formats
            [(name, value.value) for name, value in sorted(settings.values.items()) if name not in _ELSEWHERE],
            [self._cache.rules[str(file)] for file in settings.config.rules],
            settings.config.plugins,
            [(dating.where, dating.source) for dating in settings["published-from"]],
            settings.published(path),
            (settling, ledger is not None and ledger is self._files.recorder),
        )
        digest = blake2b(repr(shaping).encode("utf-8", "surrogatepass"), digest_size=20)
        digest.update(data)
        return digest.hexdigest()


def _packed(notes: Notes, report: Report) -> bytes:
    """A line of JSON, then the pieces one after the other."""
    tally = report.tally
    counts = (
        tally.files,
        tally.figures,
        tally.supports,
        tally.outcomes,
        tally.findings,
        tally.suppressed,
        tally.trivial,
    )
    pieces = [(name, len(piece)) for name, piece in report.pieces.items()]
    return b"\n".join((dump([notes.warnings, notes.settled, counts, pieces]), b"".join(report.pieces.values())))


def _unpacked(path: str, data: bytes, settings: Settings) -> tuple[Notes, Report]:
    at = data.index(b"\n") + 1
    warnings, settled, (files, figures, supports, outcomes, findings, suppressed, trivial), sizes = json.loads(
        data[:at]
    )
    pieces = {}
    for name, size in sizes:
        pieces[name] = data[at : at + size]
        at += size
    tally = Tally()
    tally.files, tally.figures, tally.suppressed, tally.trivial = files, figures, suppressed, trivial
    tally.supports, tally.outcomes, tally.findings = Counter(supports), Counter(outcomes), Counter(findings)
    loud = is_loud(tally.findings, settings)
    return Notes(path, tuple(warnings), (), loud, _settled(settled)), Report(tally, pieces)


def _settled(data: Any) -> Any:
    if data is None:
        return None
    from checker.findings.baseline import Entry, Settled

    baseline, name, *groups = data
    return Settled(baseline, name, *(tuple(Entry(*entry) for entry in group) for group in groups))
