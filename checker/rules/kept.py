"""Compiled patterns of rules, kept in a file from one run to the next.

The larger patterns take one to three milliseconds to compile, more than it takes to check a paragraph with them, and a hundredth of
that to read back. `regex` gives out what it has compiled for copying and pickling; the file holds that, for one release of `regex`
and one Python, and serves no other. It is as much code as a .pyc file is: one that others may write to is not read.
"""

from __future__ import annotations

import copyreg
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast
from zlib import crc32

import regex

__all__ = ["KeptPatterns"]

_MOST = 256  # patterns: several times the built-in ones, which a user's word lists make other ones of
_MADE_BY = f"{regex.__version__} {sys.version} {sys.maxsize} {sys.byteorder}".encode()


class KeptPatterns:
    """The patterns of a file, which need not be there; nothing is read before the first is wanted, nothing written before `save`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._kept: dict[str, bytes] | None = None
        self._new: dict[str, bytes] = {}

    def compiled(self, pattern: str) -> regex.Pattern[str]:
        """A pattern, compiled: as the file has it, or else anew."""
        if self._kept is None:
            self._kept = _read(self._path)
        data = self._kept.get(pattern)
        if data is not None:
            rebuild, _ = _parts_of(regex.compile(""))
            return rebuild(*marshal.loads(data))
        made = regex.compile(pattern)
        self._new[pattern] = marshal.dumps(_parts_of(made)[1])
        return made

    @property
    def has_new(self) -> bool:
        """Whether something was compiled that the file does not hold."""
        return bool(self._new)

    def save(self) -> None:
        """Write what is new to the file, whole or not at all. Raises OSError."""
        kept = {**(self._kept or {}), **self._new}
        packed = marshal.dumps(kept if len(kept) <= _MOST else self._new)
        beside = f"{self._path}.{os.getpid()}.tmp"
        try:
            with open(beside, "wb") as file:
                file.write(b"%08x %s\n" % (crc32(packed), _MADE_BY.hex().encode()) + packed)
            os.replace(beside, self._path)
        finally:
            with suppress(FileNotFoundError):
                os.remove(beside)
        self._new = {}


def _parts_of(pattern: regex.Pattern[str]) -> tuple[Callable[..., regex.Pattern[str]], tuple[Any, ...]]:
    """What makes a pattern without compiling it: a function and its arguments, as a pickle would name them."""
    reduced = copyreg.dispatch_table[type(pattern)](pattern)
    return cast("tuple[Callable[..., regex.Pattern[str]], tuple[Any, ...]]", reduced)


def _read(path: str) -> dict[str, bytes]:
    """The patterns of a file by their source; none where it is missing, damaged, somebody else's, or of another `regex` or Python."""
    try:
        with open(path, "rb") as file:
            if not _is_own(os.fstat(file.fileno())):
                return {}
            head, _, packed = file.read().partition(b"\n")
    except OSError:
        return {}
    if head != b"%08x %s" % (crc32(packed), _MADE_BY.hex().encode()):
        return {}
    return cast("dict[str, bytes]", marshal.loads(packed))


def _is_own(file: os.stat_result) -> bool:
    """Whether nobody but the user and the administrator can have written a file; Windows tells by its folder."""
    if sys.platform == "win32":
        return True
    return file.st_uid in (os.geteuid(), 0) and not file.st_mode & 0o022
