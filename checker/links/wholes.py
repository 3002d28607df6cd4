"""Candidates of parts that are held against their whole without a third figure: of 21 kinds 14 rose, of 200 projects 180 have begun."""

from __future__ import annotations

from collections.abc import Iterator

from checker.links.cues import pattern_of
from checker.links.features import stated
from checker.links.index import Candidate, Index
from checker.links.nodes import Node

__all__ = ["within"]

_NOUN = 2  # characters behind a part that are its noun where it is that of the whole: 展台 is none of 展区
_CONSTRUCTIONS = ("of-them", "among-them", "done")
"""The names of the constructions, which `links.toml` has the patterns of."""


def within(index: Index, node: Node) -> Iterator[Candidate]:
    """The figure right before a part whose words make it the whole: 79个大类中的{node}, 21个行业中，有{node}, 200个项目已开工{node}"""
    if not node.at or node.role != "level":
        return
    whole = index.nodes[node.at - 1]
    if whole.role != "level" or whole.sentence != node.sentence or not _count_one_thing(whole, node):
        return
    words = index.text[whole.place + 1 : node.place]
    for name in _CONSTRUCTIONS:
        if pattern_of("within", name).fullmatch(words):
            if node.behind and (name == "done" or _counts_other(node, words)):
                return  # 22个省份已复工3767个车间, 13个界别当中的364个席位, 5个县中有32个乡镇
            slots = {"part": (node,), "whole": (whole,)}
            yield Candidate("within", node.at, "part <= whole", slots, stated(name), "part_le_whole")
            return


def _count_one_thing(whole: Node, part: Node) -> bool:
    """Whether both are counts in one unit, written alike, and the whole is more than one: 一个团队里有六个 counts two things."""
    unit = whole.quantity.unit
    if unit is None or not unit.counted or whole.quantity.surface != part.quantity.surface:
        return False
    return (whole.quantity.value or 0) > 1


def _counts_other(part: Node, words: str) -> bool:
    """Whether the words behind a part may name something else than the whole, whose noun is in the words between both."""
    return part.behind[:_NOUN] not in words and pattern_of("within", "says").match(part.behind) is None
