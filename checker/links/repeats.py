"""Candidates of repeats: two figures that may say the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from checker.links.cues import cues_in
from checker.links.features import alike, coarse, coarse_degree, first_of, gap, pair_features, periods_of, same_name
from checker.links.index import Candidate, Index, comparable
from checker.links.nodes import Node

__all__ = ["repeats"]


def repeats(index: Index, node: Node) -> Iterator[Candidate]:
    found = 0
    for other in index.before(node):
        if other.dimension != node.dimension or other.role != node.role or not comparable(other, node):
            continue
        degree = alike(other.claim.metric, node.claim.metric)
        noun = alike(other.claim.head, node.claim.head)
        if degree in ("none", "differ", "unknown") and noun != "equal":
            continue
        if other.direction != node.direction:
            continue
        found += 1
        features = [
            f"metric:{degree}", f"noun:{noun}", f"len:{min(len(node.claim.metric or ''), 10)}", f"role:{node.role}",
            *pair_features("AB", other, node), f"title:{other.paragraph == 0}", f"gap:{gap(other, node)}", f"nth:{min(found, 4)}",
            *(f"B:{cue}" for cue in cues_in(node.own)), *(f"A:{cue}" for cue in cues_in(other.own)),
            f"scope:{_scopes(other, node)}", f"dim:{node.dimension}", f"surface:{other.quantity.surface == node.quantity.surface}",
            f"written:{other.quantity.approximation}:{node.quantity.approximation}", *_same_crosses(other, node, degree, noun),
        ]  # fmt: skip
        yield Candidate(
            "same",
            node.at,
            "first == second",
            {"first": (other,), "second": (node,)},
            tuple(features),
            "repeated_value",
        )
        if found >= 4:
            return


def _same_crosses(a: Node, b: Node, degree: str, noun: str) -> Iterator[str]:
    distance = coarse(a, b) if a.paragraph != 0 or b.paragraph == 0 else "title"
    holder, period = same_name(a.claim.holder, b.claim.holder), periods_of(a.claim.period, b.claim.period)
    mine, other = cues_in(b.own), cues_in(a.own)
    cue = first_of(("this", "again", "part", "rest", "total"), mine) or "none"
    first_cue = first_of(("again", "part", "rest", "total"), other) or "none"
    scope = "same" if a.claim.scope == b.claim.scope else "differ"
    size = "long" if len(b.claim.metric or "") >= 6 else "short"
    yield f"x1:{degree}:{b.role}:{distance}"
    yield f"x2:{degree}:{cue}:{distance}"
    yield f"x3:{degree}:{holder}:{period}"
    yield f"x4:{degree}:{size}:{scope}:{distance}"
    yield f"x5:{noun}:{cue}:{distance}"
    yield f"x6:{degree}:{first_cue}:{cue}"
    yield f"x7:{degree}:{noun}:{'counted' if b.quantity.unit is not None and b.quantity.unit.counted else b.role}"
    yield f"x8:{holder}:{period}:{distance}"
    yield f"x9:{degree}:{alike(a.claim.metric, b.claim.metric)}:{a.quantity.approximation}:{b.quantity.approximation}"
    yield f"x10:{coarse_degree(a.clause[-8:], b.clause[-8:])}:{degree}:{distance}"


def _scopes(a: Node, b: Node) -> str:
    return "same" if a.claim.scope == b.claim.scope else "|".join(sorted(a.claim.scope ^ b.claim.scope))
