"""Lists of words, read from ``zh/*.toml`` once, and the longest of them at the end or the beginning of a stretch."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, cast

from checker.language import read_words

__all__ = ["Beginnings", "Endings", "lists_of", "section_of", "table_of", "words_of"]


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(read_words(f"{name}.toml"))


def words_of(file: str, section: str, key: str = "words") -> tuple[str, ...]:
    """The words of one list: `key` in the section of a file.

    >>> "同比" in words_of("claims", "before")
    True
    """
    return tuple(_file(file)[section][key])


def table_of(file: str, section: str, key: str) -> Mapping[str, Any]:
    """The words of one list that have values.

    >>> table_of("claims", "periods", "years")["去年"]
    -1
    """
    return cast("Mapping[str, Any]", _file(file)[section][key])


def section_of(file: str, section: str) -> Any:
    """A whole section of a file, a table or a list of tables, as it is read.

    >>> section_of("lengths", "units")["days"]
    '天'
    """
    return _file(file)[section]


def lists_of(file: str) -> dict[str, tuple[str, ...]]:
    """The lists of a file that are called ``words``, by the names of their sections."""
    return {section: tuple(entry["words"]) for section, entry in _file(file).items() if "words" in entry}


class Endings:
    """Some words, the longest of which is found at the end of a stretch.

    >>> Endings(["达", "达到"]).at_end("总额达到")
    '达到'
    """

    __slots__ = ("_lengths", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._lengths = _lengths(self.words, -1)

    def at_end(self, text: str) -> str:
        """The longest word that ends the stretch; an empty one for none."""
        for length in self._lengths.get(text[-1:], ()):
            if text[-length:] in self.words:
                return text[-length:]
        return ""


class Beginnings:
    """Some words, the longest of which is found at a place.

    >>> Beginnings(["全县", "全县城"]).at("在全县城", 1)
    '全县城'
    """

    __slots__ = ("_lengths", "first", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._lengths = _lengths(self.words, 0)
        self.first = frozenset(self._lengths)  # the characters that the words begin with

    def at(self, text: str, place: int) -> str:
        """The longest word that begins at a place; an empty one for none."""
        for length in self._lengths.get(text[place : place + 1], ()):
            word = text[place : place + length]
            if word in self.words:
                return word
        return ""


def _lengths(words: Iterable[str], at: int) -> dict[str, list[int]]:
    """For the character at one place of the words, the lengths of those that have it, the greatest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[at], set()).add(len(word))
    return {char: sorted(found, reverse=True) for char, found in lengths.items()}
