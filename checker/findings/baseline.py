"""A list of findings that somebody has looked at and let stand: read, applied, brought up to date, written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from checker.errors import ConfigError
from checker.findings.model import Finding
from checker.findings.result import Result
from checker.findings.suppression import Suppressed

__all__ = ["Baseline", "Entry", "Recorder", "Settled", "entry_of", "name_in", "read_entries", "write_entries"]

VERSION = 1
_KEYS = ("path", "rule", "fingerprint", "message", "reason")


class Entry(NamedTuple):
    """One finding that is let stand. `path` is relative to the baseline's folder, with ``/``; `reason` may be empty."""

    path: str
    rule: str
    fingerprint: str
    message: str
    reason: str = ""


def entry_of(finding: Finding, path: str, reason: str = "") -> Entry:
    """The entry for a finding in a file."""
    return Entry(path, finding.rule, finding.fingerprint, finding.message, reason)


def name_in(baseline: str, path: str) -> str:
    """The name of a file in a baseline; what is no file (``<stdin>``) keeps its name."""
    if path.startswith("<"):
        return path
    try:
        name = os.path.relpath(os.path.realpath(path), os.path.dirname(os.path.realpath(baseline)))
    except ValueError:  # another drive
        name = os.path.abspath(path)
    return name.replace(os.sep, "/")


def read_entries(path: str, lang: str = "zh") -> tuple[Entry, ...]:
    """The entries of a baseline file. Raises ConfigError for what is none."""
    try:
        with open(path, encoding="utf-8") as file:
            data: Any = json.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        said = "is no baseline" if lang == "en" else "不是基线文件"
        raise ConfigError(f"{path}: {said}: {error}") from None
    rows = data.get("findings") if isinstance(data, dict) and data.get("version") == VERSION else None
    if not isinstance(rows, list):
        said = f"is no baseline of version {VERSION}" if lang == "en" else f"不是第 {VERSION} 版的基线文件"
        raise ConfigError(f"{path}: {said}")
    entries = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not all(isinstance(row.get(key, ""), str) for key in _KEYS):
            raise ConfigError(f"{path}: " + (f"entry {number} is none" if lang == "en" else f"第 {number} 条有误"))
        if not row.get("path") or not row.get("fingerprint"):
            said = (
                f"entry {number} lacks path or fingerprint"
                if lang == "en"
                else f"第 {number} 条缺少 path 或 fingerprint"
            )
            raise ConfigError(f"{path}: {said}")
        entries.append(Entry(*(row.get(key, "") for key in _KEYS)))
    return tuple(entries)


def write_entries(path: str, entries: Iterable[Entry]) -> None:
    """Write a baseline, sorted, one entry a line; whole or not at all. Raises ConfigError where that cannot be."""
    rows = ",\n".join(json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(entries))
    text = (
        f'{{"version": {VERSION}, "findings": [\n{rows}\n]}}\n'
        if rows
        else f'{{"version": {VERSION}, "findings": []}}\n'
    )
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(beside, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
        os.replace(beside, path)
    except OSError as error:
        if os.path.exists(beside):
            os.unlink(beside)
        raise ConfigError(f"{path}: {error.strerror or error}") from None


class Settled(NamedTuple):
    """What checking one file has shown of the entries of a baseline.

    `baseline` is the baseline's path and `name` that of the file in it. `met` are the entries whose findings are there
    (of a baseline in the making, all that it is to hold of this file), `unheard` those of rules that do not run now, `gone` the
    others.
    """

    baseline: str
    name: str
    met: tuple[Entry, ...] = ()
    unheard: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()


class Baseline:
    """A baseline in the course of one run: what it lets stand, and which of its entries have not been met.

    Two equal findings of one file need two entries. `applied` changes nothing, so that it may run in several processes;
    what it has shown comes back by `take`.
    """

    def __init__(self, path: str, entries: Sequence[Entry]) -> None:
        self.path = path
        self._entries = _by_path(entries)
        self._left = dict(self._entries)
        self._met: list[Entry] = []
        self._unheard: list[Entry] = []
        self._gone: list[Entry] = []

    def entries_of(self, path: str) -> tuple[Entry, ...]:
        """What the baseline says of a file."""
        return self._entries.get(name_in(self.path, path), ())

    def applied(
        self, result: Result, in_force: frozenset[str], path: str | None = None
    ) -> tuple[Result, Settled | None]:
        """The result without the findings that stand in the baseline, and what it shows of the entries.

        `in_force` are the rules of this run: an entry of another rule is not missed. `path` is where the text lies, if
        its document is called otherwise.
        """
        name = name_in(self.path, path or result.document.path)
        if name not in self._entries:
            return result, None
        waiting = _by_fingerprint(self._entries[name])
        findings, suppressed, met = [], list(result.suppressed), []
        for finding in result.findings:
            entries = waiting.get(finding.fingerprint)
            if entries:
                entry = entries.pop(0)
                met.append(entry)
                suppressed.append(Suppressed(finding, "baseline", entry.reason))
            else:
                findings.append(finding)
        rest = [entry for entries in waiting.values() for entry in entries]
        suppressed.sort(key=lambda s: (s.finding.start, s.finding.end, s.finding.rule))
        settled = Settled(
            self.path, name, tuple(met),
            unheard=tuple(entry for entry in rest if entry.rule not in in_force),
            gone=tuple(entry for entry in rest if entry.rule in in_force),
        )  # fmt: skip
        return result._replace(findings=tuple(findings), suppressed=tuple(suppressed)), settled

    def take(self, settled: Settled) -> None:
        """Note what a file has shown; a file that comes under two names counts once."""
        if self._left.pop(settled.name, None) is not None:
            self._met += settled.met
            self._unheard += settled.unheard
            self._gone += settled.gone

    @property
    def stale(self) -> tuple[Entry, ...]:
        """The entries that were looked for and not found, and those of files that are no more."""
        folder = os.path.dirname(os.path.realpath(self.path))
        lost = [
            entry
            for name, entries in self._left.items()
            if not name.startswith("<") and not os.path.exists(os.path.join(folder, name))
            for entry in entries
        ]
        return tuple(sorted([*self._gone, *lost]))

    @property
    def kept(self) -> tuple[Entry, ...]:
        """All entries but the stale ones."""
        stale = list(self.stale)
        left = [entry for entries in self._left.values() for entry in entries]
        kept = []
        for entry in sorted([*self._met, *self._unheard, *self._gone, *left]):
            if entry in stale:
                stale.remove(entry)
            else:
                kept.append(entry)
        return tuple(kept)


class Recorder:
    """A baseline in the making: every finding of the run, the reasons of the last baseline, and what it says of other files."""

    def __init__(self, path: str, entries: Sequence[Entry]) -> None:
        self.path = path
        self._last = _by_path(entries)
        self._made: dict[str, tuple[Entry, ...]] = {}

    def entries_of(self, path: str) -> tuple[Entry, ...]:
        """What the last baseline says of a file."""
        return self._last.get(name_in(self.path, path), ())

    def applied(self, result: Result, in_force: frozenset[str]) -> tuple[Result, Settled]:
        """The result without its findings, and the entries that it is to leave in the baseline."""
        name = name_in(self.path, result.document.path)
        last = self._last.get(name, ())
        waiting = _by_fingerprint(last)
        made = []
        for finding in result.findings:
            known = waiting.get(finding.fingerprint)
            made.append(entry_of(finding, name, known.pop(0).reason if known else ""))
        suppressed = [Suppressed(f, "baseline", e.reason) for f, e in zip(result.findings, made, strict=True)]
        if result.errors or result.incomplete:  # not everything was checked, so that nothing is known to be gone
            made += [entry for entry in last if (entry.fingerprint, entry.path) not in {(e[2], e[0]) for e in made}]
        settled = Settled(self.path, name, tuple(made))
        return result._replace(findings=(), suppressed=(*result.suppressed, *suppressed)), settled

    def take(self, settled: Settled) -> None:
        """Note the entries for a file."""
        self._made[settled.name] = settled.met

    @property
    def count(self) -> int:
        """How many findings of this run have been taken down."""
        return sum(map(len, self._made.values()))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the baseline is to hold."""
        return tuple(sorted(entry for entries in (self._last | self._made).values() for entry in entries))


def _by_path(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.path, []).append(entry)
    return {path: tuple(own) for path, own in found.items()}


def _by_fingerprint(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.fingerprint, []).append(entry)
    return found
