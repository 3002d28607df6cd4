"""Standard output and standard error of a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from checker.report.stream import SafeStream, printable

__all__ = ["abandon_stdout", "complain", "write_bytes"]


def complain(text: str, path: str | None = None, kind: str | None = None) -> None:
    """A line on standard error: ``checker: PATH: message``."""
    parts = ["checker", *([printable(path)] if path is not None else []), *([kind] if kind else []), printable(text)]
    SafeStream(sys.stderr).write(": ".join(parts) + "\n")
    sys.stderr.flush()


def write_bytes(pieces: Iterator[bytes]) -> None:
    """Machine formats are UTF-8 whatever the terminal is."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def abandon_stdout() -> None:
    """Point standard output at nothing, so that the flush at exit does not complain of the closed pipe again."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, sys.stdout.fileno())
    finally:
        os.close(nothing)
