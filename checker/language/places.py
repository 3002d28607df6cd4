"""Names of places: the administrative divisions of China and the countries of the world, found in a text in one pass."""

from __future__ import annotations

from functools import cache
from importlib import resources
from operator import concat
from typing import NamedTuple

from checker.language.lexicon import words_of

__all__ = ["Place", "Places", "places"]


class Place(NamedTuple):
    """A place by its name; `codes` are those of GB/T 2260 that bear it (several counties share one), none for a country."""

    name: str
    codes: tuple[str, ...]

    @property
    def level(self) -> int:
        """0 for a country or a region of the world, 1 for a province, 2 for a prefecture, 3 for a county."""
        if not self.codes:
            return 0
        return 1 if self.codes[0].endswith("0000") else 2 if self.codes[0].endswith("00") else 3


class Places:
    """All names of places, the longest of which is found where it begins.

    >>> [place.name for _, _, place in places().find("吉林省长春市和吉林大学")]
    ['吉林省', '长春市']
    """

    def __init__(self) -> None:
        codes: dict[str, list[str]] = {}
        for line in _lines("places.txt"):
            code, *names = line.split("\t")
            for name in names:
                codes.setdefault(name, []).append(code)
        for line in _lines("countries.txt"):
            for name in line.split():
                codes.setdefault(name, [])
        self._codes = codes
        self._lengths: dict[str, list[int]] = {}
        for pair, length in sorted({(name[:2], len(name)) for name in codes}, reverse=True):
            self._lengths.setdefault(pair, []).append(length)
        self._not_before = tuple(words_of("claims", "holders", "goes_on"))

    def at(self, text: str, start: int) -> Place | None:
        """The longest name that begins at a place and is no part of a longer word (吉林大学); None for none."""
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            if name in self._codes and not text.startswith(self._not_before, start + length):
                return Place(name, tuple(self._codes[name]))
        return None

    def find(self, text: str) -> list[tuple[int, int, Place]]:
        """The places that a folded text names, in text order: start, end, place."""
        found: list[tuple[int, int, Place]] = []
        end = 0
        lengths = self._lengths
        for at in [at for at, pair in enumerate(map(concat, text, text[1:])) if pair in lengths]:
            if at >= end and (place := self.at(text, at)) is not None:
                end = at + len(place.name)
                found.append((at, end, place))
        return found


def _lines(name: str) -> list[str]:
    text = resources.files(__package__).joinpath("zh", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def places() -> Places:
    """The names of places, read once."""
    return Places()
