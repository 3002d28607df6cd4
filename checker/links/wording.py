"""The words around figures, for figures that may be stated twice in other words."""

from __future__ import annotations

from functools import cache, lru_cache

from checker.data import read_lines
from checker.links.cues import cues_in
from checker.links.nodes import Node
from checker.patterns import pattern

__all__ = ["common_pairs", "is_compared_behind", "pairs_of", "shared_pairs"]

_WORDS = pattern(r"[^\W\d_]{2,}")


def is_compared_behind(text: str, place: int) -> bool:
    """Whether the clause behind a figure, at a place of the skeleton, compares it: {figure}，比上一季更高"""
    return "compared" in cues_in(text[place + 1 : place + 3].lstrip("，")[:1])


def shared_pairs(a: Node, b: Node) -> int:
    """How many pairs of characters two figures share in their clauses and metrics, without those that any figure may have."""
    return len(pairs_of(a.claim.metric or "", a.clause, a.behind) & pairs_of(b.claim.metric or "", b.clause, b.behind))


@lru_cache(maxsize=4096)
def pairs_of(*parts: str) -> frozenset[str]:
    """The pairs of characters in the words of some stretches, without those that stand around figures of every kind."""
    pairs = {run[i : i + 2] for part in parts for run in _WORDS.findall(part) for i in range(len(run) - 1)}
    return frozenset(pairs - common_pairs())


@cache
def common_pairs() -> frozenset[str]:
    """Pairs of characters that stand before or behind figures of every kind: 增长, 其中."""
    return frozenset(read_lines("common-pairs.txt"))
