"""The figures of a text by what they measure, for candidates in windows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from checker.links.cues import cues_in
from checker.links.nodes import Node
from checker.units import convertible

__all__ = ["AMOUNTS", "LONGEST_RUN", "MOST", "RATES", "Candidate", "Index", "comparable"]


MOST = 8  # partners of one figure in one window


_LOOKED_AT = 40  # figures of a dimension on either side of one
_REACH = 3  # paragraphs


LONGEST_RUN = 12  # parts of one whole


class Candidate(NamedTuple):
    """Figures that may belong together.

    `kind` names the link, `anchor` the figure that asks for partners, `formula` what would hold, `slots` the figures by role,
    `features` what speaks for or against it.
    """

    kind: str
    anchor: int
    formula: str
    slots: Mapping[str, tuple[Node, ...]]
    features: tuple[str, ...]
    relation: str


class Index:
    """The nodes of a text by what they measure."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.lines: dict[str, list[Node]] = {}
        self._amounts: dict[str, list[Node]] = {}
        for node in nodes:
            if node.role in ("level", "mean", "rate", "share", "change", "growth") and node.dimension != "[time]":
                self.lines.setdefault(node.dimension, []).append(node)

    def amounts(self, dimension: str) -> list[Node]:
        """The levels of a dimension, without those that only others are compared with."""
        if dimension not in self._amounts:
            self._amounts[dimension] = [
                n for n in self.lines.get(dimension, []) if n.role in AMOUNTS and not {"earlier", "compared"} & set(cues_in(n.own))
            ]  # fmt: skip
        return self._amounts[dimension]

    def rivals(self, a: Node, b: Node) -> int:
        """How many figures of the same kind stand between two, at most two."""
        low, high = sorted((a.at, b.at))
        return min(
            2,
            sum(
                1
                for n in self.nodes[low + 1 : min(high, low + 1 + _LOOKED_AT)]
                if n.dimension == a.dimension and n.role == a.role
            ),
        )

    def before(self, node: Node) -> Iterable[Node]:
        """The figures of its dimension before one, the nearest first."""
        line = self.lines.get(node.dimension, [])
        at = bisect_left(line, node.at, key=lambda other: other.at)
        return reversed(line[max(0, at - _LOOKED_AT) : at])

    def around(self, node: Node, roles: tuple[str, ...]) -> list[Node]:
        """The nearest nodes that can be compared with one, at most `MOST` on either side, within `_REACH` paragraphs."""
        line = self.lines.get(node.dimension, [])
        at = bisect_left(line, node.at, key=lambda other: other.at)
        before = self._nearest(reversed(line[max(0, at - _LOOKED_AT) : at]), node, roles)
        behind = self._nearest((other for other in line[at : at + _LOOKED_AT] if other.at > node.at), node, roles)
        return [*reversed(before), *behind]

    def _nearest(self, line: Iterable[Node], node: Node, roles: tuple[str, ...]) -> list[Node]:
        found: list[Node] = []
        for other in line:
            if abs(other.paragraph - node.paragraph) > _REACH or len(found) == MOST:
                break
            if other.role in roles and comparable(other, node):
                found.append(other)
        return found


def comparable(a: Node, b: Node) -> bool:
    first, second = a.quantity.unit, b.quantity.unit
    return first is not None and second is not None and convertible(first, second)


AMOUNTS, RATES = ("level", "mean"), ("rate", "share", "growth")
