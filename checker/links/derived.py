"""Rates and balances that follow by their names from other figures: 毛利率 from 营业收入 and 营业成本, 自然增长率 from 出生率 and 死亡率.

Which figures make which is said by rules (``docs/rules-format.md``). A result and its terms bear their names, and are of one holder, one period
and one kind of thing: 白酒毛利率 follows from 白酒营业收入 and 白酒营业成本, not from the revenue of the company.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from checker.claims import Claim
from checker.language.lexicon import Endings, words_of
from checker.links.cues import cues_in, plain
from checker.links.features import periods_of, same_name, stated
from checker.links.index import Candidate
from checker.links.nodes import Node, nodes_of
from checker.links.verdicts import Link, weighed_links
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading

__all__ = ["RESULT", "derived_links"]

RESULT = "result"
"""The role of the figure that follows from the others."""

_LEVELS = ("level", "rate", "share", "mean", "ratio", "bare")
_RESULTS = (*_LEVELS, "growth")  # 自然增长率
_BACK, _AHEAD = 14, 5  # figures before a result and behind it among which its terms are looked for
_OTHER = {"earlier", "compared", "above"}  # 上年末资产负债率, 比年初不良贷款率: the same of another time
_MOST = 2  # figures of one name that may be meant
_SENTENCES = 3  # that a text may be apart from the terms of its result
# 核心一级资本净额(2), 营业收入（亿元）: marks of notes and units in the heads of tables
_NOTES = pattern(r"[(（][^()（）]*[)）]|\s")


class _Named(NamedTuple):
    """A figure that bears the name of a term, and what stands before that name: 白酒 in 白酒毛利率."""

    node: Node
    of: str


class _Names:
    """Names of one figure, the longest of which ends a noun."""

    def __init__(self, names: Sequence[str]) -> None:
        self._endings = Endings(names)

    def of(self, node: Node) -> str | None:
        """What stands before the name at the end of what a figure measures; None where it bears none."""
        measured = (node.claim.metric or "",) if node.role != "growth" else ()  # of a growth its metric is what grew
        for words in (*measured, plain(node.own)):
            noun = _NOTES.sub("", words)
            name = self._endings.at_end(noun)
            if name:
                return _own(noun.removesuffix(name)) if words in measured else ""
        return None


def _own(words: str) -> str:
    """Words before a name without such as only say whose it is: 当地, 公司."""
    for word in words_of("links", "whose", "words"):
        words = words.removeprefix(word)
    return words


def derived_links(
    reading: Reading, results: Sequence[str], terms: Mapping[str, Sequence[str]], formula: str
) -> Iterator[Link]:
    """The links between the figures that bear one of the names of a result and those that bear the names of its terms."""
    text = reading.skeleton.text
    if not any(name in text for name in results):
        return
    named = _Names(results)
    names = {role: _Names(of) for role, of in terms.items()}
    running = reading.once(_running)
    for result in running:
        if result.role in _RESULTS and not _OTHER & {*cues_in(result.own)} and (of := named.of(result)) is not None:
            near = running[max(0, result.at - _BACK) : result.at + _AHEAD + 1]
            found = {role: _terms(result, of, term, near) for role, term in names.items()}
            yield from weighed_links(list(_candidates(result, found, formula)), reading)
    for cells in reading.once(_cells):
        for result in cells:
            if (of := named.of(result)) is not None:
                found = {role: _terms(result, of, term, cells) for role, term in names.items()}
                if all(len(nodes) == 1 for nodes in found.values()):
                    yield from weighed_links(list(_candidates(result, found, formula)), reading)


def _running(reading: Reading) -> list[Node]:
    return nodes_of(reading)


def _cells(reading: Reading) -> list[list[Node]]:
    """The figures of each table that say something."""
    found: list[list[Node]] = []
    for table in reading.tables:
        nodes = [
            _cell(at, quantity, reading.claims[quantity.id])
            for at, quantity in enumerate(reading.quantities)
            if quantity.id in table.places and quantity.kind == "quantity" and quantity.value is not None
        ]
        found.append([node for node in nodes if node.claim.metric])
    return found


def _cell(at: int, quantity: Quantity, claim: Claim) -> Node:
    """The figure of a cell as links see figures."""
    dimension = "" if quantity.unit is None else quantity.unit.dimension
    return Node(at, quantity, claim, 0, "", "", "", 0, 0, 0, claim.type or "level", dimension, claim.direction)


def _terms(result: Node, of: str, names: _Names, near: Sequence[Node]) -> list[Node]:
    """The figures that bear the name of a term of a result: the nearest of each value."""
    found: list[Node] = []
    for node in sorted(near, key=lambda node: abs(node.at - result.at)):
        if node.at == result.at or node.role not in _LEVELS or names.of(node) != of or not _is_of_one(node, result):
            continue
        if all(node.quantity.value != other.quantity.value for other in found):
            found.append(node)
    return found[:_MOST]


def _is_of_one(term: Node, result: Node) -> bool:
    """Whether a term can be of the holder and period of a result."""
    if (
        same_name(term.claim.holder, result.claim.holder) == "differ"
        or abs(term.sentence - result.sentence) > _SENTENCES
    ):
        return False
    return periods_of(term.claim.period, result.claim.period) in ("equal", "unknown", "one")


def _candidates(result: Node, terms: Mapping[str, list[Node]], formula: str) -> Iterator[Candidate]:
    for chosen in product(*terms.values()):
        slots = {role: (node,) for role, node in zip(terms, chosen, strict=True)}
        if len({node.at for node in chosen}) == len(chosen):
            yield Candidate("derived", result.at, formula, {**slots, RESULT: (result,)}, stated("derived"), "derived")
