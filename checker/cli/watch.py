"""`checker check --watch`: check again whenever a text changes, comes or goes, or a file that decides how it is checked."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from checker.cli.outputs import targets
from checker.cli.streams import complain
from checker.errors import CheckerError, ConfigError, UsageError
from checker.report.stream import SafeStream
from checker.settings.resolver import Resolver
from checker.sources.discovery import texts_below

__all__ = ["Snapshot", "run", "snapshot"]

_EVERY = 0.4  # seconds between two looks
_SETTLED = 0.15  # seconds without a change, so that a file is not read while it is being written

Snapshot = Mapping[str, tuple[int, int]]


def run(options: argparse.Namespace, check: Callable[[argparse.Namespace], int]) -> int:
    """Check the paths, and again after each change, until Ctrl-C; a KeyboardInterrupt is the only end.

    Raises CheckerError for options that cannot be used; what goes wrong later is said, and the watch goes on.
    """
    if "-" in options.paths:
        raise UsageError(
            "--watch 不能用于标准输入（-）"
            if options.lang == "zh"
            else "--watch cannot be used with standard input (-)"
        )
    own = [file.path for file in targets(options.output, options.lang)]
    if options.write_baseline is not None:
        own.append(options.write_baseline)
    written = frozenset(map(os.path.realpath, own))
    watched = _watched(options, written)
    seen = snapshot(watched, written)
    check(options)
    while True:
        _say(options, len(snapshot(options.paths, written)))
        _wait(watched, written, seen)
        watched = _watched(options, written)  # the settings may be others now
        seen = snapshot(watched, written)
        _head(options)
        try:
            check(options)
        except CheckerError as error:  # a rule file or a configuration that is being edited
            complain(error.message)


def _watched(options: argparse.Namespace, written: frozenset[str]) -> tuple[str, ...]:
    """The paths, and the files that decide how the texts there are checked, as far as that can be read now.

    Raises CheckerError for options that cannot be used.
    """
    deciding = dict.fromkeys(options.rules)
    for path in (options.config, options.baseline):
        if path is not None:
            deciding[path] = None
    with suppress(ConfigError):  # a given configuration that is wrong; the check tells
        resolver = Resolver(options)
        for text in snapshot(options.paths, written):
            with suppress(ConfigError):
                resolver.of(text)
        deciding.update(dict.fromkeys(resolver.sources()))
    return (*options.paths, *deciding)


def snapshot(paths: Iterable[str | os.PathLike[str]], written: frozenset[str] = frozenset()) -> Snapshot:
    """The files that `paths` name and the texts in the folders, each with when it was changed (ns) and its size (bytes).

    `written` are the real paths of what a check writes, which would change at every check.
    """
    found = {}
    for given in paths:
        path = os.fspath(given)
        names = (os.path.join(path, name) for name in texts_below(path)) if os.path.isdir(path) else (path,)
        for name in names:
            try:
                status = os.stat(name)
            except (OSError, ValueError):  # gone in the meantime, or not there yet
                continue
            if not written or os.path.realpath(name) not in written:
                found[name] = (status.st_mtime_ns, status.st_size)
    return found


def _wait(paths: Iterable[str], written: frozenset[str], before: Snapshot) -> None:
    """Wait for a change, then until nothing changes any more."""
    while (now := snapshot(paths, written)) == before:
        time.sleep(_EVERY)
    while True:
        time.sleep(_SETTLED)
        if (later := snapshot(paths, written)) == now:
            return
        now = later


def _say(options: argparse.Namespace, files: int) -> None:
    """A line that tells that the watch goes on; on standard error, for the report is data."""
    sys.stdout.flush()
    if not options.quiet:
        said = (
            f"正在监视 {files} 个文件，按 Ctrl-C 结束"
            if options.lang == "zh"
            else f"watching {files} files; Ctrl-C ends"
        )
        complain(said)


def _head(options: argparse.Namespace) -> None:
    """What parts a report from the one before it; nothing where a program reads it."""
    if options.format in ("text", "concise") and not options.quiet:
        SafeStream(sys.stdout).write(f"\n── {time.strftime('%H:%M:%S')} ──\n")
