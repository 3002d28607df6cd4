"""What is asked of a table that has been read: the claims of its numbers, and the words that they were read from."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple, Protocol

from checker.claims.model import Claim

__all__ = ["ClaimsOfCells", "Head", "Heads"]


class Head(NamedTuple):
    """The words of a head, and the half-open code-point offsets of its cell in the document; None where no one cell holds them."""

    words: str
    span: tuple[int, int] | None


class Heads(NamedTuple):
    """What tells what the number of a cell measures: the lines above its table, and the heads of its row and column."""

    caption: str
    row: Head
    column: Head


class ClaimsOfCells(Protocol):
    """A table whose heads tell what its numbers measure; `places` holds the ids of these."""

    @property
    def places(self) -> Container[int]: ...

    def claim(self, number: int) -> Claim:
        """What the number of a cell measures."""
        ...

    def heads(self, number: int) -> Heads:
        """The words that tell it."""
        ...
