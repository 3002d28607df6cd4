"""How long a document may take, for those who cannot wait: what was found until then stands, and is said to be partial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

__all__ = ["Deadline", "DeadlinePassed"]

Item = TypeVar("Item")


class DeadlinePassed(Exception):
    """Raised inside a rule, to leave it; never reaches a caller of the package."""


class Deadline:
    """A moment, `seconds` from when it is made."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then, never less than 0."""
        return max(0.0, self._end - monotonic())

    def passed(self) -> bool:
        """Whether it is later than that."""
        return monotonic() >= self._end

    def until(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items that come in time; one that comes later is dropped."""
        for item in items:
            if self.passed():
                return
            yield item
