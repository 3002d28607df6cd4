"""What keeps a failing candidate quiet: claims of its figures that differ, and figures with too few digits to tell."""

from __future__ import annotations

from checker.arithmetic.interval import ends
from checker.links.cues import cues_in
from checker.links.features import alike
from checker.links.index import Candidate
from checker.links.nodes import Node
from checker.links.sums import complementary
from checker.quantities import Quantity

__all__ = ["is_closed", "may_accuse"]

_OWN_NOUN = 4  # characters before a change that hold a noun beside its verb
_FEW_DIGITS = 3  # of a whole; with fewer its parts fit by chance, and by chance nearly


def may_accuse(candidate: Candidate) -> bool:
    """Whether the figures of a candidate can be what it takes them for."""
    slots = candidate.slots
    match candidate.kind:
        case "change" | "implied":
            return _one_measure(candidate) and not (candidate.relation == "growth" and _is_real(candidate))
        case "share":
            return _part_of(slots["part"][0], slots["whole"][0], slots["rate"][0])
        case "denominator":
            return all(node.quantity.approximation != "about" for nodes in slots.values() for node in nodes)
        case "partition":
            return complementary(slots["part"]) != "no" and ("E:rest" in candidate.features or len(slots["part"]) == 2)
        case "sum":
            return _digits(slots["total"][0].quantity) >= _FEW_DIGITS and _in_digits(candidate)
        case "same":
            return False  # too often another period, subset or plan; what is said twice only confirms
    return True


def is_closed(candidate: Candidate) -> bool:
    """Whether the parts of a sum are all there are: the last is what remains, or their names make a whole, or a word says so."""
    parts = candidate.slots["part"]
    if complementary(parts) != "no" or "x8:yes:ahead" in candidate.features:
        return True
    words = (parts[0].own, parts[-1].behind, candidate.slots["total"][0].own)
    return "ahead" in candidate.features and any("divided" in cues_in(word) for word in words[:2])


def _one_measure(candidate: Candidate) -> bool:
    """Whether a change is one of its level: 利润增长8% is none of an output, 其中首次捐血人数下跌8% none of all donors."""
    slots = candidate.slots
    current = slots["current"][0]
    anchor = next(slots[role][0] for role in ("rate", "change", "times") if role in slots and role != "current")
    if "rate" in slots:
        anchor = slots["rate"][0]
    if (
        anchor.role == "multiple"
        and anchor.direction is None
        and not anchor.own.rstrip().endswith("的")
        and anchor.dimension != "[doubling]"
    ):
        return False  # 加价1.5倍 is no 1.5倍 of
    mine, level = anchor.claim.metric, current.claim.metric
    if mine is None or level is None:
        return True
    if len(anchor.own) >= _OWN_NOUN:
        return mine == level or level.endswith(mine)
    return bool(anchor.own.strip("和、与及以 ")) or alike(mine, level) != "differ"  # 分别下跌29.8%和30.0%


def _is_real(candidate: Candidate) -> bool:
    """Whether growth is at constant prices, which does not follow from amounts at those of their time."""
    return any("real" in cues_in(node.clause) for nodes in candidate.slots.values() for node in nodes)


def _part_of(part: Node, whole: Node, rate: Node) -> bool:
    """Whether a part is no larger than its whole, and a rate with a name of its own is one of the part."""
    if (
        ends(part.quantity.interval, _factor(part.quantity))[0]
        >= ends(whole.quantity.interval, _factor(whole.quantity))[1]
    ):
        return False
    return rate.role == "share" or alike(rate.claim.metric, part.claim.metric) != "differ"  # 绿色信贷覆盖率29%


def _in_digits(candidate: Candidate) -> bool:
    return all(_digits(node.quantity) > 1 for nodes in candidate.slots.values() for node in nodes)


def _factor(quantity: Quantity) -> float:
    return 1.0 if quantity.unit is None else float(quantity.unit.factor)


def _digits(quantity: Quantity) -> int:
    """How many digits a figure is written with; none for one in words."""
    return 0 if quantity.words or quantity.value is None else len(str(abs(round(quantity.value / quantity.step))))
