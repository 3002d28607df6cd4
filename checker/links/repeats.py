"""Candidates of repeats: a figure that was stated before, in the title, the lead or a paragraph before."""

from __future__ import annotations

from collections.abc import Iterator

from checker.links.cues import cues_in
from checker.links.features import alike, coarse, coarse_degree, gap, periods_of, same_name, stated
from checker.links.index import Candidate, Index
from checker.links.nodes import Node
from checker.links.stated import repeat_stated

__all__ = ["repeats"]

_CUES = (
    "this",
    "again",
    "total",
    "part",
    "earlier",
    "compared",
    "above",
    "average",
    "rest",
    "each",
    "later",
    "approximately",
)


def repeats(index: Index, node: Node) -> Iterator[Candidate]:
    """The figures before one that may state the same, by their head noun, role and unit."""
    for nth, first in enumerate(index.said_before(node)):
        metric = alike(first.claim.metric, node.claim.metric)
        if metric in ("differ", "unknown", "one", "overlap"):
            continue
        holder, period = (
            same_name(first.claim.holder, node.claim.holder),
            periods_of(first.claim.period, node.claim.period),
        )
        place, degree = coarse(first, node), coarse_degree(first.claim.metric, node.claim.metric)
        where = "title" if first.paragraph == 0 else "lead" if first.paragraph == 1 else "body"
        one, other = cues_in(first.own), cues_in(node.own)
        noun = alike(first.claim.head, node.claim.head)
        surface = first.quantity.surface == node.quantity.surface
        both = "+".join(cue for cue in _CUES if (cue in one) != (cue in other)) or "none"
        features = (
            f"metric:{metric}", f"holder:{holder}", f"period:{period}", f"noun:{noun}", f"gap:{gap(first, node)}", f"nth:{min(nth, 3)}",
            f"role:{node.role}", f"type:{first.claim.type == node.claim.type}", f"surface:{surface}", f"where:{where}",
            *(f"a:{cue}" for cue in one), *(f"b:{cue}" for cue in other), *(f"b.behind:{cue}" for cue in cues_in(node.behind)),
            f"role-metric-holder-period:{node.role}:{degree}:{holder}:{period}", f"metric-gap-role:{degree}:{place}:{node.role}",
            f"cues-place:{both}:{place}", f"metric-noun-surface:{metric}:{noun}:{surface}", f"where-metric:{where}:{degree}:{place}",
            f"directions:{first.direction == node.direction}:{node.role}",
            f"approx:{first.quantity.approximation == 'exact'}:{node.quantity.approximation == 'exact'}",
            *stated(repeat_stated(first, node, index)),
        )  # fmt: skip
        yield Candidate(
            "repeat", node.at, "first == second", {"first": (first,), "second": (node,)}, features, "repeated_value"
        )
