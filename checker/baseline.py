"""A list of findings that somebody has looked at and let stand: read, applied, brought up to date, written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from checker.errors import ConfigError
from checker.findings import Finding
from checker.result import Result
from checker.suppression import Suppressed

__all__ = ["Baseline", "Entry", "Recorder", "entry_of", "name_in", "read_entries", "write_entries"]

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


class Baseline:
    """A baseline in the course of one run: what it lets stand, and which of its entries have not been met.

    Two equal findings of one file need two entries.
    """

    def __init__(self, path: str, entries: Sequence[Entry]) -> None:
        self.path = path
        self._left: dict[str, dict[str, list[Entry]]] = {}
        for entry in entries:
            self._left.setdefault(entry.path, {}).setdefault(entry.fingerprint, []).append(entry)
        self._met: list[Entry] = []
        self._unheard: list[Entry] = []  # of rules that do not run now
        self._gone: list[Entry] = []

    def applied(self, result: Result, in_force: frozenset[str], path: str | None = None) -> Result:
        """The result without the findings that stand in the baseline.

        `in_force` are the rules of this run: an entry of another rule is not missed. `path` is where the text lies, if
        its document is called otherwise.
        """
        waiting = self._left.pop(name_in(self.path, path or result.document.path), None)
        if waiting is None:
            return result
        findings, suppressed = [], list(result.suppressed)
        for finding in result.findings:
            entries = waiting.get(finding.fingerprint)
            if entries:
                entry = entries.pop(0)
                self._met.append(entry)
                suppressed.append(Suppressed(finding, "baseline", entry.reason))
            else:
                findings.append(finding)
        for entries in waiting.values():
            for entry in entries:
                (self._gone if entry.rule in in_force else self._unheard).append(entry)
        suppressed.sort(key=lambda s: (s.finding.start, s.finding.end, s.finding.rule))
        return result._replace(findings=tuple(findings), suppressed=tuple(suppressed))

    @property
    def stale(self) -> tuple[Entry, ...]:
        """The entries that were looked for and not found, and those of files that are no more."""
        folder = os.path.dirname(os.path.realpath(self.path))
        lost = [
            entry
            for name, waiting in self._left.items()
            if not name.startswith("<") and not os.path.exists(os.path.join(folder, name))
            for entries in waiting.values()
            for entry in entries
        ]
        return tuple(sorted([*self._gone, *lost]))

    @property
    def kept(self) -> tuple[Entry, ...]:
        """All entries but the stale ones."""
        stale = list(self.stale)
        left = [entry for waiting in self._left.values() for entries in waiting.values() for entry in entries]
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
        self._last: dict[str, list[Entry]] = {}
        for entry in entries:
            self._last.setdefault(entry.path, []).append(entry)
        self._made: list[Entry] = []

    def applied(self, result: Result) -> Result:
        """Take down the findings of a result; none is left in it."""
        name = name_in(self.path, result.document.path)
        reasons: dict[str, list[str]] = {}
        last = self._last.pop(name, [])
        for entry in last:
            reasons.setdefault(entry.fingerprint, []).append(entry.reason)
        made = []
        for finding in result.findings:
            known = reasons.get(finding.fingerprint)
            made.append(entry_of(finding, name, known.pop(0) if known else ""))
        suppressed = [Suppressed(f, "baseline", e.reason) for f, e in zip(result.findings, made, strict=True)]
        if result.errors:  # not everything was checked, so that nothing is known to be gone
            made += [entry for entry in last if (entry.fingerprint, entry.path) not in {(e[2], e[0]) for e in made}]
        self._made += made
        return result._replace(findings=(), suppressed=(*result.suppressed, *suppressed))

    @property
    def count(self) -> int:
        """How many findings of this run have been taken down."""
        return len(self._made)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the baseline is to hold."""
        return tuple(sorted([*self._made, *(entry for entries in self._last.values() for entry in entries)]))
