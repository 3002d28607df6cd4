"""Candidates of means: a mean, the total that it shares out, and the count among which."""

from __future__ import annotations

from collections.abc import Iterator

from checker.links.cues import cues_in, pattern_of
from checker.links.features import alike, coarse, coarse_degree, first_of, pair_features, same_name, seen, stated
from checker.links.index import Candidate, Index, comparable
from checker.links.nodes import Node
from checker.links.stated import mean_stated
from checker.units import load_units

__all__ = ["means"]

_WINDOW = 14, 5  # figures before a mean and behind it, among which its count and its total are looked for
_COUNTED = ("[person]", "[household]")


def means(index: Index, node: Node) -> Iterator[Candidate]:
    """The counts among which a mean may share out a total, by the unit that the mean names: 户均, 平均每公里."""
    per = _per(node.own)
    if per is None:
        return
    around = index.nodes[max(0, node.at - _WINDOW[0]) : node.at + _WINDOW[1] + 1]
    near = [n for n in around if n.at != node.at and abs(n.paragraph - node.paragraph) <= 1]
    counts = [n for n in near if _is_count(n) and _counts(n, per)]
    totals = [n for n in near if n.role == "level" and comparable(n, node) and _per(n.own) is None]
    formula = _formula(per)
    for count in counts:
        for total in totals:
            if count.at == total.at:
                continue
            said = first_of(("average", "total", "compared", "above", "again"), cues_in(total.own)) or "none"
            order = "".join(name for _, name in sorted(((count.at, "c"), (total.at, "t"), (node.at, "m"))))
            average = "average" in cues_in(node.own)
            features = (
                *seen("N", count, node), *seen("T", total, node), *pair_features("NT", count, total), f"order:{order}", f"per:{per}:{average}",
                f"counts-totals:{min(len(counts), 3)}:{min(len(totals), 3)}", f"rivals:{index.rivals(total, node)}",
                f"order-gaps:{order}:{coarse(count, node)}:{coarse(total, node)}", f"said:{said}:{coarse(total, node)}",
                f"metric:{coarse_degree(node.claim.metric, total.claim.metric)}:{coarse(total, node)}",
                f"holder:{same_name(node.claim.holder, total.claim.holder)}:{same_name(node.claim.holder, count.claim.holder)}",
                f"head:{alike(node.claim.head, total.claim.head)}", f"parts:{'part' in cues_in(count.clause)}:{'part' in cues_in(total.clause)}",
                f"nearest:{_nearest(count, counts, node)}:{_nearest(total, totals, node)}:{order}",
                *stated(mean_stated(count, total, node, index)),
            )  # fmt: skip
            slots = {"count": (count,), "mean": (node,), "total": (total,)}
            yield Candidate("mean", node.at, formula, slots, features, "average")


def _is_count(node: Node) -> bool:
    """Whether a figure can be a count: 年均常住人口{node} is one although it is a mean."""
    return node.role == "level" or (node.role == "mean" and node.dimension in _COUNTED and _per(node.own) is None)


def _per(own: str) -> str | None:
    """The unit that a mean is for each of: 户均增收 gives 户, 平均每公里造价 公里."""
    if pattern_of("per", "twice").search(own):
        return None  # 年人均, 平均每个网点每天: for each of two things at once
    last = list(pattern_of("per").finditer(own))[-1:]
    return next((group for match in last for group in match.groups() if group), None)


def _counts(node: Node, per: str) -> bool:
    """Whether a level counts the unit of a mean, or one that converts to it."""
    unit = load_units().by_surface.get(per)
    if (node.quantity.surface or "").endswith(per):
        return True
    mine = node.quantity.unit
    if unit is None or mine is None or mine.dimension != unit.dimension:
        return False
    return not mine.counted or mine.dimension in _COUNTED


def _formula(per: str) -> str:
    """Counts are in the base unit of their dimension, means in that of the unit that they name."""
    unit = load_units().by_surface.get(per)
    if unit is None or unit.factor == 1:
        return "count * mean == total"
    return f"count * mean * {unit.factor.denominator} / {unit.factor.numerator} == total"


def _nearest(node: Node, among: list[Node], anchor: Node) -> bool:
    return min(among, key=lambda other: abs(other.at - anchor.at)).at == node.at
