"""Cues: which lists of ``language/zh/links.toml`` a stretch of words touches."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from checker.language.lexicon import lists_of, words_of

__all__ = ["cues_in", "pattern_of", "plain"]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True))))
        for name, words in lists_of("links").items()
    )


@lru_cache(maxsize=4096)
def cues_in(words: str) -> tuple[str, ...]:
    """The names of the lists of which a word stands in a stretch.

    >>> cues_in("比上年")
    ('earlier', 'compared', 'yearly')
    """
    if "比" in words:
        words = _compounds().sub("", words)
    return tuple(name for name, pattern in _patterns() if pattern.search(words))


def plain(words: str) -> str:
    """A stretch without the marks and particles at its ends.

    >>> plain("，分别为")
    '分别'
    """
    return words.strip(_ends())


@cache
def _ends() -> str:
    return "".join(words_of("links", "particles", "ends"))


@cache
def pattern_of(name: str, key: str = "patterns") -> re.Pattern[str]:
    """The regular expressions of a list, as one."""
    return re.compile("|".join(words_of("links", name, key)))


@cache
def _compounds() -> re.Pattern[str]:
    """占比, 比重: words with 比 that compare nothing; 同比 is a cue of its own."""
    return re.compile("|".join(words_of("links", "no_comparison", "compounds")))
