"""Candidates of repeats: a figure that was stated before, in the title, the lead or a paragraph before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checker.links.cues import cues_in
from checker.links.features import alike, coarse, coarse_degree, gap, is_stated, periods_of, same_name, stated
from checker.links.headlines import HEADLINES, around_headline, headlines_before
from checker.links.index import Candidate, Index, comparable
from checker.links.nodes import Node, has_date
from checker.links.stated import repeat_stated
from checker.links.wording import is_compared_behind, shared_pairs
from checker.quantities import Quantity
from checker.reading import Reading

__all__ = ["BESIDE_OTHERS", "COMPARED", "WITH_PAST", "is_of_series", "repeats"]

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


COMPARED = "compared-behind"
"""The feature of a figure that the next clause compares, with an earlier one most of the time."""

WITH_PAST = "compared-with-past"
"""The feature of a figure that the next clause compares with a time that the earlier one is not of: 51.4%，较上月回落."""

BESIDE_OTHERS = "beside-others"
"""The feature of two figures whose neighbours are of one noun and differ, too: 150个国家、92个组织, and 127个国家、29个组织."""

_SAME_NOUN = ("equal", "end", "contains", "ordered", "head")
_SERIES = 2  # further values of one noun that make a series of it
_COMPARED_WITH = 8  # characters behind a figure that tell what it is compared with
_MOST_SHARED = 6  # pairs of characters; more tell no more


def is_of_series(reading: Reading, a: Quantity, b: Quantity) -> bool:
    """Whether two figures are of several that one noun has in the text, as the floor areas of flats: not one of them said twice."""
    values = reading.once(_values)[a.surface, _noun(reading, a)]
    return len(values - {a.value, b.value}) >= _SERIES


def _values(reading: Reading) -> defaultdict[tuple[str | None, str], set[object]]:
    """The values that a text has in one unit under one name, or for amounts under one noun."""
    values: defaultdict[tuple[str | None, str], set[object]] = defaultdict(set)
    for quantity in reading.quantities:
        if quantity.kind == "quantity":
            values[quantity.surface, _noun(reading, quantity)].add(quantity.value)
    return values


def _compared_behind(first: Node, node: Node, text: str) -> tuple[str, ...]:
    """The features of a figure that the next clause compares."""
    if not is_compared_behind(text, node.place):
        return ()
    behind = text[node.place + 1 : node.place + 1 + _COMPARED_WITH]
    past = ("earlier" in cues_in(behind) and "earlier" not in cues_in(first.clause)) or (
        has_date(behind) and not has_date(first.clause)
    )
    return (COMPARED, WITH_PAST) if past else (COMPARED,)


def _stand_beside_others(first: Node, node: Node, nodes: Sequence[Node]) -> bool:
    """Whether the figure before or behind one differs from that of the other, though both are of one noun."""
    for step in (-1, 1):
        if first.at + step < 0 or node.at + step >= len(nodes) or first.at + step == node.at:
            continue
        one, other = nodes[first.at + step], nodes[node.at + step]
        if one.sentence != first.sentence or other.sentence != node.sentence or not comparable(one, other):
            continue
        same = one.role == other.role and alike(one.claim.metric, other.claim.metric) in ("equal", "end")
        if same and one.quantity.value != other.quantity.value:
            return True
    return False


def _noun(reading: Reading, quantity: Quantity) -> str:
    metric = reading.claims[quantity.id].metric or ""
    return metric if quantity.unit is not None and quantity.unit.dimension == "[rate]" else metric[-2:]


def repeats(index: Index, node: Node) -> Iterator[Candidate]:
    """The figures before one that may state the same, by their role and unit, and by their head noun or the words around."""
    said = [n for n in index.said_before(node) if alike(n.claim.metric, node.claim.metric) in _SAME_NOUN]
    told = [n for n in index.told_before(node) if n not in said]
    above = [n for n in headlines_before(node, index) if n not in said and n not in told]
    for nth, first in enumerate((*said, *told, *above)):
        metric = alike(first.claim.metric, node.claim.metric)
        holder, period = (
            same_name(first.claim.holder, node.claim.holder),
            periods_of(first.claim.period, node.claim.period),
        )
        place, degree = coarse(first, node), coarse_degree(first.claim.metric, node.claim.metric)
        where = "title" if first.paragraph == 0 else "lead" if first.paragraph == 1 else "body"
        one, other = cues_in(first.own), cues_in(node.own)
        noun = alike(first.claim.head, node.claim.head)
        surface = first.quantity.surface == node.quantity.surface
        shared = min(shared_pairs(first, node), _MOST_SHARED)
        both = "+".join(cue for cue in _CUES if (cue in one) != (cue in other)) or "none"
        features = (
            f"metric:{metric}", f"holder:{holder}", f"period:{period}", f"noun:{noun}", f"gap:{gap(first, node)}", f"nth:{min(nth, 3)}",
            f"role:{node.role}", f"type:{first.claim.type == node.claim.type}", f"surface:{surface}", f"where:{where}",
            *(f"a:{cue}" for cue in one), *(f"b:{cue}" for cue in other), *(f"b.behind:{cue}" for cue in cues_in(node.behind)),
            f"role-metric-holder-period:{node.role}:{degree}:{holder}:{period}", f"metric-gap-role:{degree}:{place}:{node.role}",
            f"cues-place:{both}:{place}", f"metric-noun-surface:{metric}:{noun}:{surface}", f"where-metric:{where}:{degree}:{place}",
            f"directions:{first.direction == node.direction}:{node.role}",
            f"approx:{first.quantity.approximation == 'exact'}:{node.quantity.approximation == 'exact'}",
            f"shared-where:{shared}:{where}:{place}", f"shared-metric:{shared}:{degree}", f"shared-role:{shared}:{node.role}",
            *_compared_behind(first, node, index.text),
            *((BESIDE_OTHERS,) if _stand_beside_others(first, node, index.nodes) else ()),
            *stated(repeat_stated(first, node, index)),
        )  # fmt: skip
        rivals = around_headline(first, node, index) if is_stated(features, *HEADLINES) else ()
        yield Candidate(
            "repeat", node.at, "first == second", {"first": (first,), "second": (node,)}, features, "repeated_value",
            rivals,
        )  # fmt: skip
