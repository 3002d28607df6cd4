"""A text with its blocks, and the way back from an offset to line and column."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from checker.folding import fold

__all__ = ["Block", "Document", "Place"]

BlockKind = Literal["heading", "paragraph", "item", "caption", "cell"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an offset lies: line and column, both counted from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A logical paragraph: one stretch of the text, or several where a page or line break cut it in two.

    `spans` are half-open code-point offsets into the document's text, in reading order.
    """

    kind: BlockKind
    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


@dataclass(frozen=True)
class Document:
    """A text as it will be checked.

    `text` is the decoded source, never altered (a byte-order mark left out). `published` is the day of
    publication where it is known. `path` is only a name for reports; nothing is read from it here.
    """

    text: str
    blocks: tuple[Block, ...]
    path: str = "<text>"
    published: date | None = None
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def folded(self) -> str:
        """The text with full-width and Traditional forms folded, offset for offset; what everything is read from."""
        return fold(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, offset: int) -> Place:
        """Line and column of a code-point offset."""
        line = bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)
