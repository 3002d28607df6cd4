"""Candidates of means: a total over a count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.language.lexicon import words_of
from checker.links.cues import cues_in
from checker.links.features import coarse, coarse_degree, gap, pair_features, seen
from checker.links.index import MOST, Candidate, Index, comparable
from checker.links.nodes import Node

__all__ = ["means", "per_unit"]


@cache
def per_unit() -> re.Pattern[str]:
    """户均, 亩产, 每人: what a mean is counted by."""
    units = "|".join(sorted(words_of("links", "means", "per"), key=len, reverse=True))
    figure = "[\ue000-\uf8ff]"
    return re.compile(
        rf"(?P<unit>{units})(?=[均产])|每(?P<each>[^，。\ue000-\uf8ff]{{1,5}}?)(?={figure}|$|均|平均|的|[增投收补分获可]|约|为)"
    )


def means(index: Index, node: Node) -> Iterator[Candidate]:
    found = list(per_unit().finditer(node.clause))
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
