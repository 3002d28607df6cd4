"""Candidates of gaps: a figure that is by its name what one level has over another, what is left of it, or how far a score is apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.language.lexicon import words_of
from checker.links.cues import cues_in, pattern_of, plain
from checker.links.features import stated
from checker.links.index import Candidate, Index, comparable
from checker.links.nodes import Node

__all__ = ["gaps"]

_BACK = 6  # figures before a gap among which its levels are looked for


def gaps(index: Index, node: Node) -> Iterator[Candidate]:
    """The levels between which a figure is the gap."""
    if node.role not in ("level", "change", "mean") or node.at < 1:
        return
    yield from _balance(index, node)
    yield from _left(index, node)
    yield from _lead(index, node)


def _balance(index: Index, node: Node) -> Iterator[Candidate]:
    """出口{larger}，进口{smaller}，顺差{node}"""
    match = _balances().search(node.own)
    if match is None or not pattern_of("balance", "bare").fullmatch(node.own[: match.start()]):
        return  # 其中货物贸易顺差, 累计结余
    for name, more, less in _sides():
        if name != match["name"]:
            continue
        larger, smaller = _named(index, node, more, less), _named(index, node, less, more)
        if larger is not None and smaller is not None and _of_one_time(larger, smaller):
            yield _candidate(larger, smaller, node, "balance")
            return


def _of_one_time(larger: Node, smaller: Node) -> bool:
    """Whether both sides stand in one sentence, and are not said of two times: 上年出口…，今年进口…"""
    first, second = (cues_in(node.own) for node in sorted((larger, smaller), key=lambda node: node.at))
    turns = "later" in second if "earlier" in first else "earlier" in second
    return larger.sentence == smaller.sentence and not turns


def _named(index: Index, node: Node, name: str, other: str) -> Node | None:
    """The nearest level before a balance that bears the name of one of its sides."""
    for level in reversed(index.nodes[max(0, node.at - _BACK) : node.at]):
        if node.sentence - level.sentence > 1 or level.paragraph != node.paragraph:
            return None
        if level.role == "level" and comparable(level, node) and name in plain(level.own) and other not in level.own:
            return level
    return None


@cache
def _sides() -> list[tuple[str, str, str]]:
    """What a balance is called, and the names of its larger and its smaller side."""
    return [(entry[0], entry[1], entry[2]) for entry in words_of("links", "balance", "pairs")]


@cache
def _balances() -> re.Pattern[str]:
    names = sorted({name for name, _, _ in _sides()}, key=len, reverse=True)
    return re.compile(f"(?P<name>{'|'.join(map(re.escape, names))})(?:{pattern_of('balance', 'ends').pattern})")


def _left(index: Index, node: Node) -> Iterator[Candidate]:
    """应缴{larger}，已缴{smaller}，尚欠{node}"""
    if node.at < 2 or node.role != "level" or not pattern_of("left", "opening").match(plain(node.own)):
        return
    larger, smaller = index.nodes[node.at - 2 : node.at]
    if not larger.role == smaller.role == "level" or larger.sentence != node.sentence:
        return
    if not (index.begins(larger) or _share_a_word(larger, smaller)):
        return
    if comparable(larger, node) and comparable(smaller, node) and _is_gone(smaller) and not _is_gone(larger):
        yield _candidate(larger, smaller, node, "left")


def _is_gone(node: Node) -> bool:
    return any(word in node.own for word in words_of("links", "left", "gone"))


def _share_a_word(larger: Node, smaller: Node) -> bool:
    """Whether two characters of the words before a part name its whole: 应转移, 已紧急转移"""
    words = plain(smaller.own)
    return any(words[i : i + 2] in larger.own for i in range(len(words) - 1))


def _lead(index: Index, node: Node) -> Iterator[Candidate]:
    """以{score}领先{node} · {score}，甲队领先{node} · {score}，分差达到{node}"""
    score = index.nodes[node.at - 1]
    if score.role != "score" or node.piece - score.piece > 1 or len(score.quantity.parts) != 2:
        return
    words = plain(node.own)
    slots = {"score": (score,), "gap": (node,)}
    if words in words_of("links", "lead", "ahead") or words in words_of("links", "lead", "behind"):
        yield Candidate("lead", node.at, "first(score) - last(score) == gap", slots, stated("lead"), "difference")
    elif node.piece > score.piece and pattern_of("lead", "apart").fullmatch(words):
        yield Candidate("lead", node.at, "first(score) - last(score) == gap", slots, stated("lead-named"), "difference")


def _candidate(larger: Node, smaller: Node, node: Node, construction: str) -> Candidate:
    slots = {"larger": (larger,), "smaller": (smaller,), "gap": (node,)}
    return Candidate("gap", node.at, "larger - smaller == gap", slots, stated(construction), "difference")
