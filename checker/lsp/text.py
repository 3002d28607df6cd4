"""A text as an editor sees it: lines, and columns in UTF-8, UTF-16 or UTF-32 units."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

__all__ = ["Encoding", "Text"]

Encoding = Literal["utf-8", "utf-16", "utf-32"]
_LINE_END = re.compile(r"\r\n|\n|\r")  # the protocol knows no others; str.splitlines does


@dataclass(frozen=True)
class Text:
    """A text with its lines; offsets are code points, columns are units of `encoding`, both counted from 0.

    >>> Text("一\\n𠮷3户", "utf-16").position(3)
    (1, 2)
    """

    text: str
    encoding: Encoding = "utf-16"

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def line_of(self, offset: int) -> int:
        """The number of the line around an offset."""
        return bisect_right(self.line_starts, offset) - 1

    def line(self, number: int) -> str:
        """A line without its end."""
        return self.text[self.line_starts[number] : self._line_end(number)]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        number = self.line_of(offset)
        return number, self._units(self.text[self.line_starts[number] : offset])

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column; what lies beyond the end of the line or of the text is its end."""
        if line >= len(self.line_starts):
            return len(self.text)
        start, end = self.line_starts[line], self._line_end(line)
        if self.encoding == "utf-32" or self.text.isascii():
            return min(start + column, end)
        units = 0
        for at in range(start, end):
            if units >= column:
                return at
            units += self._units(self.text[at])
        return end

    def edited(self, start: tuple[int, int], end: tuple[int, int], text: str) -> Text:
        """The text with what stands between two positions replaced."""
        first, last = self.offset(*start), self.offset(*end)
        return Text(self.text[:first] + text + self.text[max(first, last) :], self.encoding)

    def _line_end(self, number: int) -> int:
        if number + 1 == len(self.line_starts):
            return len(self.text)
        start, end = self.line_starts[number], self.line_starts[number + 1] - 1
        return end - 1 if self.text[end] == "\n" and end > start and self.text[end - 1] == "\r" else end

    def _units(self, text: str) -> int:
        if self.encoding == "utf-32" or text.isascii():
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
