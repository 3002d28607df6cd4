"""Settings for a process that stays: read once, and again when a file that they come from has changed."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from checker.findings.baseline import Baseline, Entry, name_in, read_entries
from checker.findings.result import Result
from checker.pipeline.checker import Checker
from checker.settings.resolver import Resolver, Settings

__all__ = ["LiveSettings", "Stamp", "stamp"]

_MOST_STAMPS = (
    1000  # files that are looked after; beyond that everything is read again, for each takes a look at every request
)


class Stamp(NamedTuple):
    """What tells that a file is another: when it was written (ns) and how long it is (bytes)."""

    written: int
    size: int


def stamp(path: str) -> Stamp | None:
    """The stamp of a file; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return Stamp(status.st_mtime_ns, status.st_size)


class LiveSettings:
    """What `Resolver` tells, kept together with the checkers and the baselines.

    `options` are those of a command line (see `asking`). Whatever is asked raises CheckerError for a configuration that
    cannot be used, each time until it has been mended.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._resolver: Resolver | None = None
        self._folders: set[str] = set()
        self._stamps: dict[str, Stamp | None] = {}
        self._baselines: dict[str, Mapping[str, Sequence[Entry]]] = {}

    def of(self, path: str) -> Settings:
        """The settings of a file; ``-`` is a text without a name in the working folder."""
        folder = os.path.dirname(path)
        known = folder in self._folders
        if not known and len(self._stamps) > _MOST_STAMPS:
            self.forget()
        try:
            return self._current.of(path)
        finally:
            if not known:
                self._folders.add(folder)
                self._note()

    def checker(self, settings: Settings) -> Checker:
        """The checker for these settings."""
        return self._current.checker(settings)

    def settled(self, result: Result, settings: Settings, name: str) -> Result:
        """The result of the file `name` without what the baseline of these settings lets stand."""
        path = settings["baseline"]
        if path is None:
            return result
        if path not in self._baselines:
            self._baselines[path] = _by_path(path, self._options.lang)
        entries = self._baselines[path].get(name_in(path, name))
        return result if not entries else Baseline(path, entries).applied(result, frozenset(), name)[0]

    def changed(self) -> bool:
        """Whether a file on which anything depends that was told is another now, has come or gone."""
        return any(stamp(path) != before for path, before in list(self._stamps.items()))

    def forget(self) -> None:
        """Read everything again when it is asked for."""
        self._resolver = None
        for kept in (self._folders, self._stamps, self._baselines):
            kept.clear()

    @property
    def _current(self) -> Resolver:
        if self._resolver is None:
            if self._options.config is not None:
                self._stamps.setdefault(self._options.config, stamp(self._options.config))
            self._resolver = Resolver(self._options)
        return self._resolver

    def _note(self) -> None:
        for path in () if self._resolver is None else self._resolver.sources():
            if path not in self._stamps:
                self._stamps[path] = stamp(path)


def _by_path(path: str, lang: str) -> Mapping[str, Sequence[Entry]]:
    """The entries of a baseline by file; none where it does not exist yet."""
    found: dict[str, list[Entry]] = {}
    for entry in read_entries(path, lang) if os.path.exists(path) else ():
        found.setdefault(entry.path, []).append(entry)
    return found
