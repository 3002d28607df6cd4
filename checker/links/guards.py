"""What keeps a failing candidate quiet: claims of its figures that differ."""

from __future__ import annotations

from checker.arithmetic.interval import ends
from checker.checks.verdict import base_interval
from checker.links.cues import cues_in
from checker.links.features import alike, is_stated
from checker.links.index import Candidate
from checker.links.nodes import Node, has_date
from checker.links.stated import taken_by

__all__ = ["may_accuse"]

_FAR = 12  # times
_LONG_NAME = 4  # characters of a name that may end another one
_OWN_NOUN = 4  # characters before a change that hold a noun beside its verb


def may_accuse(candidate: Candidate) -> bool:
    """Whether the figures of a candidate can be what it takes them for."""
    slots = candidate.slots
    match candidate.kind:
        case "change":
            current, anchor = slots["current"][0], (slots.get("rate") or slots.get("change") or slots["times"])[0]
            if _has_own_time(anchor, slots["base"][0], current) or not _one_measure(current, anchor):
                return False
            if "each_of_them" in cues_in(anchor.clause) and not is_stated(candidate.features):
                return False
            if candidate.relation != "growth":
                return True
            return not _is_real(candidate) and not _is_far(slots["base"][0], current)
        case "implied":
            return _one_measure(slots["current"][0], slots["rate"][0]) and not _is_real(candidate)
        case "share":
            return _part_of(slots["part"][0], slots["whole"][0], slots["rate"][0]) and _is_taken(
                slots["whole"][0], slots["rate"][0]
            )
        case "denominator":
            return all(node.quantity.approximation != "about" for nodes in slots.values() for node in nodes)
        case "sum":
            return not _is_open(candidate)
        case "mean":
            return all(
                node.quantity.approximation in ("exact", "rounded") for nodes in slots.values() for node in nodes
            )
        case "partition" | "repeat":
            return is_stated(candidate.features)
    return False


def _is_open(candidate: Candidate) -> bool:
    """Whether parts of a whole need not be all there are, or one of them stands for several: 玉米和稻谷各1000亿斤."""
    if any("each" in cues_in(node.own[-1:]) for node in candidate.slots["part"]):
        return True
    return any(
        node.quantity.approximation in ("about", "near", "over", "under", "vague")
        for nodes in candidate.slots.values()
        for node in nodes
    )


def _one_measure(current: Node, anchor: Node) -> bool:
    """Whether a change is one of its level: 利润增长8% is none of an output, 其中新客户减少8% none of all customers."""
    mine, level = anchor.claim.metric, current.claim.metric
    if mine is None or level is None:
        return True
    if len(anchor.own) >= _OWN_NOUN:
        return mine == level or level.endswith(mine)
    return bool(anchor.own.strip("和、与及以 ")) or alike(mine, level) != "differ"  # 两者分别下跌12%和15%


def _has_own_time(anchor: Node, base: Node, current: Node) -> bool:
    """Whether a date stands before a change in a clause of its own: 由1240吨增加到8650吨，2015年增长8%."""
    return anchor.piece > max(base.piece, current.piece) and has_date(anchor.clause)


def _is_taken(whole: Node, rate: Node) -> bool:
    """Whether a whole is the one that its share names, where it names one."""
    taken = taken_by(rate)
    metric = whole.claim.metric or ""
    return (
        taken is None or taken in whole.own or (len(taken) >= _LONG_NAME and metric.endswith(taken)) or metric == taken
    )


def _is_far(base: Node, current: Node) -> bool:
    """Whether a level differs so much from its base that they are hardly of one thing."""
    (a, b), (c, d) = ends(base_interval(base.quantity)), ends(base_interval(current.quantity))
    return not 1 / _FAR < (a + b) / (c + d or 1) < _FAR


def _is_real(candidate: Candidate) -> bool:
    """Whether growth is at constant prices, which does not follow from amounts at those of their time."""
    return any("real" in cues_in(node.clause) for nodes in candidate.slots.values() for node in nodes)


def _part_of(part: Node, whole: Node, rate: Node) -> bool:
    """Whether a part is no larger than its whole, and a rate with a name of its own is one of the part."""
    if base_interval(whole.quantity).is_at_most(base_interval(part.quantity)):
        return False
    return rate.role == "share" or alike(rate.claim.metric, part.claim.metric) != "differ"  # 投资56亿元，绿化覆盖率29%
