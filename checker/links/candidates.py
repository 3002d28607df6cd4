"""Candidates: groups of figures that may belong together, told from types, units and windows. No value is looked at but that of a count of parts (四类), and
whether a number without a unit is a large one.

Every candidate names what it was seen from as features. What a feature is worth is learned (`checker.links.weights`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.links.changes import changes, implied
from checker.links.comparisons import comparisons
from checker.links.flows import flows
from checker.links.gaps import gaps
from checker.links.index import Candidate, Index
from checker.links.means import means
from checker.links.nodes import Node
from checker.links.ratios import ratios
from checker.links.repeats import repeats
from checker.links.shares import denominators, partitions, shares
from checker.links.sums import sums
from checker.links.wholes import within

__all__ = ["candidates_of"]

_REPEATED = ("level", "rate", "share", "change", "growth", "points", "multiple", "mean")
_CROWDED = 120  # figures of one paragraph; with more it is a table that lost its lines, where nothing tells what belongs together


def candidates_of(nodes: list[Node], text: str) -> Iterator[Candidate]:
    """All candidates of a text, by their anchors in text order; `text` is the skeleton that the nodes stand in."""
    index = Index(nodes, text)
    crowd = Counter(node.paragraph for node in nodes)
    for node in nodes:
        if crowd[node.paragraph] > _CROWDED:
            continue
        yield from comparisons(index, node)
        yield from gaps(index, node)
        yield from ratios(index, node)
        if node.dimension == "[time]":
            continue
        if node.role in ("growth", "change", "points", "multiple"):
            yield from changes(index, node)
        if node.role == "growth":
            yield from implied(index, node)
        if node.role in ("level", "mean"):
            yield from sums(index, node)
            yield from flows(index, node)
            yield from within(index, node)
        if node.role in ("level", "mean", "change"):
            yield from means(index, node)
        if node.role in _REPEATED:
            yield from repeats(index, node)
        if node.role in ("share", "rate"):
            yield from shares(index, node)
            yield from partitions(index, node)
            yield from denominators(index, node)
