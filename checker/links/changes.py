"""Candidates of changes: a rate, an amount or points, with the level that changed and its base."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.language.lexicon import words_of
from checker.links.cues import cues_in
from checker.links.features import (
    alike,
    between,
    coarse,
    coarse_degree,
    first_of,
    is_stated,
    names_itself,
    pair_features,
    periods_of,
    same_name,
    seen,
    stated,
)
from checker.links.index import AMOUNTS, RATES, Candidate, Index, comparable
from checker.links.nodes import Node
from checker.links.stated import change_stated, implied_stated

__all__ = ["changes", "implied"]


_OWN_NOUN = 4  # characters before a change that hold a noun beside its verb
_WINDOW = 10, 4  # figures before a change and behind it, among which its level is looked for


# For each kind of change the relation, the role of its figure, and what holds where it goes up, and where it goes down
_KINDS = {
    "growth": ("growth", "rate", "(current - base) / base == rate", "(base - current) / base == rate"),
    "change": ("difference", "change", "current - base == change", "base - current == change"),
    "points": ("points", "change", "current - base == change", "base - current == change"),
    "multiple": ("multiple", "times", "(current - base) / base == times", "base / current == times"),
}
_TIMES = "current / base == times"  # 是…的3倍, 翻两番


def changes(index: Index, node: Node) -> Iterator[Candidate]:
    """The levels that a change may be of, each with the bases that it may have."""
    relation, role, rises, falls = _KINDS[node.role]
    formula = falls if node.direction == "down" else rises
    if node.dimension == "[doubling]" or (node.role == "multiple" and "as_many" in cues_in(node.own)):
        formula = _TIMES
    roles = RATES if node.role == "points" else AMOUNTS
    for current in index.near(node, roles, *_WINDOW):
        if node.role == "change" and not comparable(current, node):
            continue
        metric = alike(current.claim.metric, node.claim.metric)
        if names_itself(node) and (metric == "differ" or (metric != "equal" and _is_taken(current, node, index))):
            continue  # 产值…，利润增长8%; 名额由480个减至312个，减少35%，但学员人数却减少51%
        for base in index.around(current, roles):
            if base.at == node.at or _label(base, node) == "missed":
                continue
            features = (
                *seen("L", current, node), *seen("B", base, current), *pair_features("LB", base, current),
                *(f"C:{cue}" for cue in cues_in(node.own)), f"dir:{node.direction}", f"role:{node.role}", f"LC:{current.role}",
                *between(index, base, current), *_change_crosses(base, current, node, index),
                *stated(change_stated(base, current, node, index)),
            )  # fmt: skip
            if is_stated(features, "apart") and base.at > current.at:
                continue  # how far two levels are apart has no order; the judgement takes the larger one first
            slots = {"base": (base,), "current": (current,), role: (node,)}
            yield Candidate("change", node.at, _signed(formula, base, current, node), slots, features, relation)


def _is_taken(current: Node, node: Node, index: Index) -> bool:
    """Whether a change of the same kind stands between a level and one behind it."""
    return any(between.role == node.role for between in index.nodes[current.at + 1 : node.at])


def _signed(formula: str, base: Node, current: Node, node: Node) -> str:
    """The formula of a change of rates, where one of them is a fall and the other a rise: 由下降2%转为增长3%，回升5个百分点."""
    turned = {base.direction, current.direction} == {"up", "down"} and base.role == current.role == "growth"
    return "current + base == change" if node.role == "points" and turned else formula


def _change_crosses(base: Node, current: Node, node: Node, index: Index) -> Iterator[str]:
    """What speaks only together: which cue the base has, how it lies to its level, and what the change is compared with."""
    cue = first_of(_BASE_CUES, cues_in(base.own)) or f"clause-{first_of(_BASE_CUES, cues_in(base.clause)) or 'none'}"
    distance, order = coarse(base, current), "ab" if base.at < current.at else "ba"
    near = coarse(current, node) + ("<" if current.at < node.at else ">")
    metric = coarse_degree(base.claim.metric, current.claim.metric)
    period = periods_of(base.claim.period, current.claim.period)
    compared = first_of(_COMPARISONS, cues_in(node.own)) or "none"
    arrives = "to" if {"to", "later"} & set(cues_in(current.own)) or current.claim.type == "target_level" else "no"
    rivals = index.rivals(base, current)
    label = _label(base, node)
    yield f"cue-gap-order:{cue}:{distance}:{order}"
    yield f"cue-metric:{cue}:{metric}"
    yield f"cue-period:{cue}:{period}"
    yield f"compared-period:{compared}:{period}"
    yield f"compared-cue:{compared}:{cue}"
    yield f"near-gap-order:{near}:{distance}:{order}"
    yield f"cue-arrives-rivals-near:{cue}:{arrives}:{rivals}:{near}"
    yield f"metric-period-gap:{metric}:{period}:{distance}"
    yield f"role-cue-gap:{node.role}:{cue}:{distance}"
    yield f"label-cue:{label}:{cue}"
    yield f"label-metric-gap:{label}:{metric}:{distance}"
    yield f"role-compared-near:{node.role}:{compared}:{near}"
    yield f"metric-holder-cue:{metric}:{same_name(base.claim.holder, current.claim.holder)}:{cue}"


def _other_time(a: Node, b: Node) -> bool:
    """Whether one change is against the year before and the other against the month before: 环比增加350万吨，同比增长7.2%."""
    one, other = cues_in(a.own), cues_in(b.own)
    return ("monthly" in one and "yearly" in other) or ("yearly" in one and "monthly" in other)


_BASE_CUES = ("from", "earlier", "compared", "above")


_COMPARISONS = ("above", "monthly", "yearly", "compared")


_COMPARED = re.compile("(?:(?<![同环占对])比(?![重例分])|较|与|高于|低于|超过|不及)(?P<base>[^比较，。]{2,8})")


def _label(base: Node, node: Node) -> str:
    """Whether the base bears the name that the change is compared with: 比上月下降…，上月为."""
    compared = _COMPARED.search(node.clause)
    if compared is None:
        return "no"
    words = compared["base"]
    names = {name for name in words_of("links", "labels", "names") if name in words}
    if names:
        return "met" if any(name in base.clause for name in names) else "missed"
    return "met" if any(words[i : i + 2] in base.clause for i in range(len(words) - 1)) else "missed"


def implied(index: Index, node: Node) -> Iterator[Candidate]:
    """比上月增加26.3万吨，增长4.2%: the base is the level without its increase."""
    for change in index.nodes[max(0, node.at - 2) : node.at + 3]:
        extent = "extent" in cues_in(node.own)
        if change.role != "change" or node.sentence - change.sentence not in ((0, 1) if extent else (0,)):
            continue
        if change.claim.metric != node.claim.metric and not extent:
            continue
        if _other_time(change, node):
            continue
        sign = "+" if node.direction == "down" else "-"
        for current in [n for n in index.nodes[max(0, change.at - 6) : change.at + 3] if n.role in AMOUNTS]:
            if not comparable(current, change) or change.sentence - current.sentence not in (0, 1):
                continue
            features = (
                *seen("L", current, node), *seen("D", change, node), *pair_features("LD", current, change),
                *(f"C:{cue}" for cue in cues_in(node.own)), *(f"D:{cue}" for cue in cues_in(change.own)),
                f"dirs:{change.direction == node.direction}",
                f"gaps:{coarse(current, change)}:{coarse(change, node)}:{index.rivals(current, change)}",
                f"order-compared:{'<' if change.at < node.at else '>'}{coarse(change, node)}:{first_of(_COMPARISONS, cues_in(change.own)) or 'none'}",
                f"level-change:{'<' if current.at < change.at else '>'}{coarse(current, change)}:{coarse_degree(current.claim.metric, change.claim.metric)}",
                f"compared-both:{first_of(_COMPARISONS, cues_in(node.own)) or 'none'}:{first_of(_COMPARISONS, cues_in(change.own)) or 'none'}",
                *stated(implied_stated(current, change, node)),
            )  # fmt: skip
            slots = {"change": (change,), "current": (current,), "rate": (node,)}
            yield Candidate("implied", node.at, f"change / (current {sign} change) == rate", slots, features, "growth")
