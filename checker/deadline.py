"""How long a document may take, for those who cannot wait: what was found until then stands, and is said to be partial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from checker.claims import Claim, Claims
from checker.reading import Reading

__all__ = ["Deadline", "DeadlinePassed", "timed_reading"]

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


class _TimedClaims(Claims):
    """The claims of a document, which raise DeadlinePassed when they are asked for too late.

    Most of what a rule does with a figure begins with its claim.
    """

    def __init__(self, claims: Claims, deadline: Deadline) -> None:
        self.__dict__.update(claims.__dict__)  # what has been worked out serves both
        self._deadline = deadline

    def _claim(self, number: int) -> Claim:
        if self._deadline.passed():
            raise DeadlinePassed
        return super()._claim(number)

    def head(self, number: int) -> str | None:
        if self._deadline.passed():
            raise DeadlinePassed
        return super().head(number)


def timed_reading(reading: Reading, deadline: Deadline) -> Reading:
    """The same reading, which makes a rule that goes on after the deadline stop."""
    return reading._replace(claims=_TimedClaims(reading.claims, deadline))
