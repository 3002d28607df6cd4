"""Candidates of means and ratios: a total over a count, one figure to another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.links.cues import cues_in
from checker.links.features import coarse, coarse_degree, gap, pair_features, seen
from checker.links.index import MOST, Candidate, Index, comparable
from checker.links.nodes import Node

__all__ = ["PER", "means", "ratios"]


PER = re.compile(
    "(?P<unit>[户人亩村校股吨台套家日天月年店场镇乡]|平方米|千克|公斤|公里|公顷|小时|名|个|辆)(?=[均产])|每(?P<each>[^，。\ue000-\uf8ff]{1,5}?)(?=[\ue000-\uf8ff]|$|均|平均|的|[增投收补分获可]|约|为)"
)


def means(index: Index, node: Node) -> Iterator[Candidate]:
    found = list(PER.finditer(node.clause))
    per = (found[-1]["unit"] or found[-1]["each"] or "") if found else ""
    near = [
        n
        for n in index.nodes[max(0, node.at - 12) : node.at + 7]
        if n.at != node.at and abs(n.paragraph - node.paragraph) <= 1
    ]
    totals = [n for n in near if n.role in ("level", "change") and comparable(n, node)][-MOST:]
    counts = [n for n in near if n.role == "level" and n.dimension != node.dimension and n.quantity.unit is not None][
        -MOST:
    ]
    for count in counts:
        unit, surface = count.quantity.unit, count.quantity.surface or ""
        met = (
            bool(per)
            and unit is not None
            and (unit.name in per or surface in per or unit.name.endswith(per) or per.endswith(unit.name))
        )
        for total in totals:
            features = [
                *seen("T", total, node), *seen("N", count, node), f"per:{met}:{bool(per)}",
                *pair_features("TM", total, node), f"TN:{gap(total, count)}", *(f"M:{cue}" for cue in cues_in(node.own)),
                f"x1:{met}:{coarse(total, node)}:{coarse(count, node)}",
                f"x2:{met}:{coarse(total, count)}:{'<' if total.at < count.at else '>'}{'<' if total.at < node.at else '>'}",
                f"x3:{met}:{coarse_degree(total.claim.metric, node.claim.metric)}:{index.rivals(total, node)}:{index.rivals(count, node)}",
                f"x4:{met}:{_only(counts, count)}:{_only(totals, total)}:{total.sentence == count.sentence == node.sentence}",
            ]  # fmt: skip
            yield Candidate(
                "mean",
                node.at,
                "total / count == mean",
                {"total": (total,), "count": (count,), "mean": (node,)},
                tuple(features),
                "average",
            )


def _only(nodes: list[Node], node: Node) -> bool:
    """Whether no other figure of a sentence could stand for one."""
    return not any(n.sentence == node.sentence and n.dimension == node.dimension and n is not node for n in nodes)


def ratios(index: Index, node: Node) -> Iterator[Candidate]:
    """三次产业结构 and its amounts, 师生比 and both counts; the two numbers of a ratio have one value, their quotient."""
    if node.quantity.value is None:
        return
    near = [
        n
        for n in index.nodes[max(0, node.at - 8) : node.at + 5]
        if n.role in ("level", "mean") and abs(n.paragraph - node.paragraph) <= 1
    ]
    for i, first in enumerate(near):
        for second in near[i + 1 :]:
            for a, b in ((first, second), (second, first)):
                names = _order_of_names(a, b, node)
                features = [
                    *seen("A", a, node), *seen("B", b, node), f"dims:{a.dimension == b.dimension}", f"AB:{gap(a, b)}",
                    f"names:{names}", f"order:{a.at < b.at}", f"x1:{names}:{a.at < b.at}:{coarse(a, b)}:{coarse(b, node)}",
                    f"x2:{index.rivals(a, b)}:{a.dimension == b.dimension}:{coarse(a, node)}:{coarse(b, node)}",
                    *(["E:names"] if names == "ab" and a.sentence == b.sentence == node.sentence else []),
                ]  # fmt: skip
                yield Candidate(
                    "ratio",
                    node.at,
                    "first / second == ratio",
                    {"first": (a,), "second": (b,), "ratio": (node,)},
                    tuple(features),
                    "ratio",
                )


def _order_of_names(a: Node, b: Node, node: Node) -> str:
    """How the first characters of both names stand before the ratio: 师生比 of 教师 and 学生."""
    words = node.clause[-12:]

    def place(other: Node) -> int:
        found = [
            words.find(char)
            for char in (other.claim.metric or "") + (other.claim.head or "")
            if char in words and char not in "人数的率量比"
        ]
        return min(found, default=-1)

    first, second = place(a), place(b)
    return (
        "none" if first < 0 and second < 0 else "ab" if 0 <= first < second else "ba" if 0 <= second < first else "one"
    )
