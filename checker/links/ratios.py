"""Candidates of ratios: two levels, and a ratio that bears the names of both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from checker.language.lexicon import table_of, words_of
from checker.links.cues import cues_in, pattern_of, plain
from checker.links.features import stated
from checker.links.index import Candidate, Index
from checker.links.nodes import Node

__all__ = ["ratios"]

_FORMULA = "one / other == first(ratio) / last(ratio)"
_BACK = 4  # figures before a ratio among which its levels are looked for


def ratios(index: Index, node: Node) -> Iterator[Candidate]:
    """教师{one}，学生{other}，师生比为{node}"""
    if node.role != "ratio" or len(node.quantity.parts) != 2:
        return
    match = pattern_of("ratio", "names").search(node.own)
    if match is None:
        return
    near = [
        n for n in index.nodes[max(0, node.at - _BACK) : node.at]
        if n.role in ("level", "mean", "rate", "share") and node.sentence - n.sentence <= 1 and n.paragraph == node.paragraph
    ]  # fmt: skip
    for one, other in reversed(list(pairwise(near))):
        for names in _names(match["name"]):
            for first, second in ((one, other), (other, one)):
                named = _bears(first, *names) and _bears(second, *reversed(names))
                if named or _are_handed(first, second, names):
                    slots = {"one": (first,), "other": (second,), "ratio": (node,)}
                    yield Candidate("ratio", node.at, _FORMULA, slots, stated("ratio"), "ratio")
                    return


def _names(name: str) -> Iterator[tuple[str, str]]:
    """The two names in that of a ratio: 师 and 生 in 师生比."""
    joined = pattern_of("ratio", "joined").search(name)
    if joined is not None:
        yield plain(joined["one"]), plain(joined["other"])
        return
    yield from pairwise(name)


def _bears(node: Node, name: str, other: str) -> bool:
    """Whether the words at a figure hold one of the names, and not the other."""
    words = node.own + node.behind
    return (name in words or _full(name) in words) and other not in node.own and _full(other) not in node.own


def _full(name: str) -> str:
    return str(table_of("links", "ratio", "stands_for").get(name, name))


def _are_handed(first: Node, second: Node, names: tuple[str, str]) -> bool:
    """Whether 分别 hands both names to two levels: 城乡居民收入分别为{first}和{second}"""
    handed = "each_of_them" in cues_in(first.own) and second.own.strip() in words_of("links", "and", "words")
    return handed and "".join(names) in first.clause
