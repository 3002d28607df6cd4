"""The figures of a text by what they measure, for candidates in windows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from checker.links.cues import cues_in
from checker.links.nodes import BORDERS, Node
from checker.links.wording import shared_pairs
from checker.units import convertible

__all__ = ["AMOUNTS", "LONGEST_RUN", "RATES", "Candidate", "Index", "comparable"]

_MOST = 8  # partners of one figure in one window
_BEFORE, _BEHIND = 3, 2  # levels that a change may be of, or parts of a share
_LOOKED_AT = 40  # figures of a dimension on either side of one
_REACH = 3  # paragraphs
_FAR_BACK = 200  # levels of a dimension among which one is looked for by its name
_LONGEST_LEAD = 24  # characters
_BETWEEN = BORDERS + " -*•"
_LAST, _FIRST = (
    4,
    2,
)  # earlier figures of one head noun that may state the same: the nearest, and those that open the text
_TOLD = 24  # figures before one, among which the same may have been told in like words
_OPENING = 6  # figures at the head of the text, among which it may, too
LONGEST_RUN = 12  # parts of one whole
AMOUNTS, RATES = ("level", "mean"), ("rate", "share", "growth")


class Candidate(NamedTuple):
    """Figures that may belong together.

    `kind` names the link, `anchor` the figure that asks for partners, `formula` what would hold, `slots` the figures by role,
    `features` what speaks for or against it, `rivals` further figures that may be meant in place of one of its own.
    """

    kind: str
    anchor: int
    formula: str
    slots: Mapping[str, tuple[Node, ...]]
    features: tuple[str, ...]
    relation: str
    rivals: tuple[Node, ...] = ()


class Index:
    """The nodes of a text by what they measure."""

    def __init__(self, nodes: list[Node], text: str) -> None:
        self.nodes = nodes
        self.text = text
        self.lines: dict[str, list[Node]] = {}
        self._amounts: dict[str, list[Node]] = {}
        self._said: dict[tuple[str, str, str], list[Node]] = {}
        self._alike: dict[tuple[str, str], list[Node]] = {}
        self._paragraphs: dict[int, list[Node]] = {}
        self._lines: dict[int, str] = {}
        for node in nodes:
            self._paragraphs.setdefault(node.paragraph, []).append(node)
            if node.role in ("level", "mean", "rate", "share", "change", "growth") and node.dimension != "[time]":
                self.lines.setdefault(node.dimension, []).append(node)
            if node.dimension != "[time]":
                self._alike.setdefault((node.dimension, node.role), []).append(node)
                if node.claim.metric:
                    self._said.setdefault(_key(node), []).append(node)

    def amounts(self, dimension: str) -> list[Node]:
        """The levels of a dimension, without those that only others are compared with."""
        if dimension not in self._amounts:
            self._amounts[dimension] = [
                n for n in self.lines.get(dimension, []) if n.role in AMOUNTS and not self._is_base(n)
            ]
        return self._amounts[dimension]

    def _is_base(self, node: Node) -> bool:
        """Whether others are compared with a level: 比上年的{node}, {level}，去年为{node}; the year before opens 去年产量{node}，其中."""
        cues = cues_in(node.own)
        return "compared" in cues or ("earlier" in cues and not self.begins(node))

    def paragraph(self, node: Node) -> list[Node]:
        """The figures of the paragraph of one, with itself."""
        return self._paragraphs[node.paragraph]

    def line(self, node: Node) -> str:
        """The words of the paragraph of a figure."""
        if node.paragraph not in self._lines:
            start, end = self.text.rfind("\n", 0, node.place) + 1, self.text.find("\n", node.place)
            self._lines[node.paragraph] = self.text[start : end if end >= 0 else None].strip()
        return self._lines[node.paragraph]

    def rivals(self, a: Node, b: Node) -> int:
        """How many figures of the same kind stand between two, at most two."""
        low, high = sorted((a.at, b.at))
        between = self.nodes[low + 1 : min(high, low + 1 + _LOOKED_AT)]
        return min(2, sum(1 for node in between if node.dimension == a.dimension and node.role == a.role))

    def lead(self, node: Node) -> str:
        """The words between the two borders before the clause of a figure, where no other figure is: 按行业分，{node}."""
        end = node.place - len(node.clause)
        while end > 0 and self.text[end - 1] in _BETWEEN:
            end -= 1
        start = end
        before = self.nodes[node.at - 1].place if node.at else -1
        while start > max(0, end - _LONGEST_LEAD) and self.text[start - 1] not in BORDERS:
            start -= 1
            if start == before:
                return ""
        return self.text[start:end].strip()

    def begins(self, node: Node) -> bool:
        """Whether no figure that can be compared with one stands before it in its sentence."""
        for before in reversed(self.nodes[max(0, node.at - _LOOKED_AT) : node.at]):
            if before.sentence != node.sentence:
                return True
            if comparable(before, node):
                return False
        return True

    def said_before(self, node: Node) -> list[Node]:
        """The figures of the role, unit and head noun of one that stand before it: the nearest few, and the first few of the text."""
        if not node.claim.metric or node.dimension == "[time]":
            return []
        line = self._said[_key(node)]
        at = bisect_left(line, node.at, key=lambda other: other.at)
        first = line[: min(_FIRST, max(0, at - _LAST))]
        return [other for other in (*reversed(line[max(0, at - _LAST) : at]), *first) if comparable(other, node)]

    def told_before(self, node: Node) -> list[Node]:
        """The figures of the role and unit of one, and with words of its clause, that stand in earlier sentences: the nearest few, and the first few."""
        line = self._alike.get((node.dimension, node.role), [])
        at = bisect_left(line, node.at, key=lambda other: other.at)
        opening = [other for other in line[: min(_OPENING, at)] if other.paragraph <= 1]
        nearest = line[max(len(opening), at - _TOLD) : at]
        found: list[tuple[int, Node]] = []
        for other in (*reversed(nearest), *opening):
            if other.sentence == node.sentence or not comparable(other, node):
                continue
            shared = shared_pairs(other, node)
            if shared >= (1 if other.paragraph == 0 else 2):
                found.append((shared, other))
        found.sort(key=lambda item: -item[0])
        return [other for _, other in found[:_LAST]]

    def near(self, node: Node, roles: tuple[str, ...], before: int, behind: int) -> list[Node]:
        """The nearest figures of some roles: of so many figures before one, three of its sentence or the last; of so many behind, two of its sentence."""
        found: list[Node] = []
        for other in reversed(self.nodes[max(0, node.at - before) : node.at]):
            if node.sentence - other.sentence > 1 or len(found) == _BEFORE:
                break
            if other.role in roles and other.dimension != "[time]":
                found.append(other)
        nearest = len(found)
        for other in self.nodes[node.at + 1 : node.at + 1 + behind]:
            if other.sentence != node.sentence or len(found) - nearest == _BEHIND:
                break
            if other.role in roles:
                found.append(other)
        return found

    def around(self, node: Node, roles: tuple[str, ...]) -> list[Node]:
        """The nearest nodes that can be compared with one, at most `_MOST` on either side, within `_REACH` paragraphs."""
        line = self.lines.get(node.dimension, [])
        at = bisect_left(line, node.at, key=lambda other: other.at)
        before = self._nearest(reversed(line[max(0, at - _LOOKED_AT) : at]), node, roles)
        behind = self._nearest((other for other in line[at : at + _LOOKED_AT] if other.at > node.at), node, roles)
        return [*reversed(before), *behind]

    def bearing(self, name: str, node: Node) -> list[Node]:
        """The levels before one that bear a name and can be compared with it."""
        line = self.lines.get(node.dimension, [])
        at = bisect_left(line, node.at, key=lambda other: other.at)
        return [
            other
            for other in line[max(0, at - _FAR_BACK) : at]
            if other.role in AMOUNTS and (other.claim.metric or "").endswith(name) and comparable(other, node)
        ]

    def _nearest(self, line: Iterable[Node], node: Node, roles: tuple[str, ...]) -> list[Node]:
        found: list[Node] = []
        for other in line:
            if abs(other.paragraph - node.paragraph) > _REACH or len(found) == _MOST:
                break
            if other.role in roles and comparable(other, node):
                found.append(other)
        return found


def _key(node: Node) -> tuple[str, str, str]:
    return node.dimension, node.role, (node.claim.metric or "")[-2:]


def comparable(a: Node, b: Node) -> bool:
    """Whether two figures bear units that convert."""
    first, second = a.quantity.unit, b.quantity.unit
    return first is not None and second is not None and convertible(first, second)
