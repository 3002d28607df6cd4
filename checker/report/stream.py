"""Text to a stream that may not hold every character, and text that may hold what a terminal obeys."""

from __future__ import annotations

from typing import TextIO

from checker.patterns import pattern

__all__ = ["SafeStream", "printable"]

# Control characters move the cursor or worse, and marks of direction reorder what stands beside them.
_UNPRINTABLE = pattern(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_BREAKS = pattern(r"\s*[\r\n\f]+\s*")


def printable(text: str) -> str:
    """A text that is safe on a terminal and stays on one line.

    >>> printable("收入74.05\\n\\n万元\\x1b[2J")
    '收入74.05万元\\\\x1b[2J'
    """
    joined = _BREAKS.sub("", text).replace("\t", " ")
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), joined)


class SafeStream:
    """A text stream that writes an escape for what its encoding cannot hold (a GBK terminal, a lone surrogate)."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:
        return getattr(self._stream, "encoding", None) or "utf-8"

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except UnicodeEncodeError:
            encoded = text.encode(self.encoding, "backslashreplace")
            return self._stream.write(encoded.decode(self.encoding))

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()
