"""Measuring many things side by side: one round after the other, in each round everything once.

A slow minute of the machine then hits all alike, and a ratio is taken within each round.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import NamedTuple

__all__ = ["Cell", "Measured", "Probe", "Skipped", "Spread", "as_the_command_line", "measure", "seconds_of"]


class Skipped(Exception):
    """What should be measured is not there; the message says what is missing, in a few words."""


class Probe(NamedTuple):
    """One thing to measure: its key, and what measures it once, given the number of the round, in whatever unit it likes.

    It may give several values a round, which count alike.
    """

    key: str
    run: Callable[[int], float | Sequence[float]]


class Spread(NamedTuple):
    """What several runs gave."""

    median: float
    low: float
    high: float
    runs: int


Cell = Spread | str | int | float


class Measured(NamedTuple):
    """The values of each probe by its key, and why there are none."""

    values: dict[str, list[float]]
    skipped: dict[str, str]

    def spread(self, key: str, scale: float = 1.0) -> Cell:
        """Median and extremes of the values, times `scale`; else why there are none."""
        return self.of([scale * value for value in self.values.get(key, ())], key)

    def rate(self, key: str, amount: float) -> Cell:
        """`amount` by each of the values."""
        return self.of([amount / value for value in self.values.get(key, ())], key)

    def ratio(self, over: str, under: str, scale: float = 1.0) -> Cell:
        """One probe by another, round by round."""
        pairs = zip(self.values.get(over, ()), self.values.get(under, ()), strict=False)
        return self.of([scale * a / b for a, b in pairs], over, under)

    def above(self, key: str, floor: str, scale: float = 1.0) -> Cell:
        """What a probe takes above the median of another."""
        if not self.values.get(floor):
            return self.of([], key, floor)
        least = statistics.median(self.values[floor])
        return self.of([scale * (value - least) for value in self.values.get(key, ())], key)

    def of(self, values: Sequence[float], *keys: str) -> Cell:
        """Median and extremes of values that come from the probes `keys`."""
        if not values:
            return next((self.skipped[key] for key in keys if key in self.skipped), "–")
        return Spread(statistics.median(values), min(values), max(values), len(values))


def as_the_command_line() -> None:
    """Set the garbage collector as `checker.cli.main` does: what is imported is frozen, and the thresholds are its own."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 50)


def measure(probes: Iterable[Probe], rounds: int, tell: Callable[[int, str], None] = lambda _, __: None) -> Measured:
    """Run every probe once a round. What is skipped in one round is left out of the others."""
    values: dict[str, list[float]] = {}
    skipped: dict[str, str] = {}
    everything = list(probes)
    for number in range(rounds):
        for probe in everything:
            if probe.key in skipped:
                continue
            tell(number, probe.key)
            gc.collect()  # nothing that one probe leaves is cleared away on the time of the next
            try:
                value = probe.run(number)
            except Skipped as reason:
                skipped[probe.key] = str(reason)
                continue
            values.setdefault(probe.key, []).extend([value] if isinstance(value, (int, float)) else value)
    return Measured(values, skipped)


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = perf_counter()
    work()
    return perf_counter() - began
