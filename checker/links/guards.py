"""What keeps a failing candidate quiet: claims of its figures that differ, and lists that need not be complete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.arithmetic.interval import ends
from checker.checks.slips import digits_of, ratio_of_repeat, swapped
from checker.checks.verdict import base_interval
from checker.language.lexicon import words_of
from checker.links.cues import cues_in, pattern_of, plain
from checker.links.features import alike, is_stated, names_itself, periods_of, same_name
from checker.links.headlines import HEADLINES, counts_new
from checker.links.index import Candidate
from checker.links.nodes import Node, has_date
from checker.links.repeats import BESIDE_OTHERS, COMPARED, WITH_PAST
from checker.links.stated import bears, named_whole
from checker.links.wording import shared_pairs

__all__ = ["is_surely_miswritten", "may_accuse", "outweighs_doubt", "same_thing"]

_FAR = 12  # times
_TELLING = 3  # characters of a metric; shorter ones are shared by things that differ: 案, 死亡
_NEARLY = 0.01  # of a figure: so little its parts may lack and still be meant to be all
_COMPARING = (
    "from-to",
    "from-by-to",
    "than",
    "than-bracket",
    "than-name",
    "apart",
)  # these set two figures against each other
_SAME = ("equal", "end", "contains")
_HALF, _FAR_APART, _ABOUT = 2.0, 3.5, 1.4  # times
_ROUNDED = 0.002  # of a total: so little its parts may lack by rounding
_CLOSE = frozenset(["exact", "rounded", "over", "near"])
_LARGE = 1000  # a number in words from which it is no mere few
_SURE = 60.0  # ratio of a slip that no two figures in like words show in published text unless one is miswritten
_FIRM = ("exact", "rounded", "over")
_LOOSE = ("about", "near", "over", "under", "vague")


class Doubt(NamedTuple):
    """What a candidate whose claims do not quite agree needs to accuse all the same."""

    slip: float  # the least ratio of its slip
    odds: float  # the least odds of the link times that ratio


_NO_DOUBT = Doubt(0.0, 0.0)
# set by reading what they let through in published text
_LARGER_PART = Doubt(3.0, 8.0)  # a part that exceeds its whole
_OTHER_WHOLE = Doubt(3.0, 8.0)  # a share of what its words may not name
_APART = Doubt(10.0, 25.0)  # a share of a whole in another sentence, that it does not name
_NEW_IN_HEADING = Doubt(1.5, 100.0)  # a heading or its lead counts what is new, the other does not say so
_OPEN_SUM = Doubt(3.0, 17.0)  # parts that fall short
_WIDE_SUM = Doubt(8.0, 30.0)  # parts of less than half of their total, or of more than twice as much
_LOOSE_SUM = Doubt(2.5, 30.0)  # 约, 近, 多
_NESTED_SUM = Doubt(20.0, 60.0)  # one part may be among another
_UNSTATED_PARTITION = Doubt(0.0, 3.0)
_OPEN_PARTITION = Doubt(3.0, 8.0)


def may_accuse(candidate: Candidate) -> bool:
    """Whether the figures of a candidate can be what it takes them for."""
    slots, stated = candidate.slots, is_stated(candidate.features)
    match candidate.kind:
        case "change":
            base, current = slots["base"][0], slots["current"][0]
            anchor = (slots.get("rate") or slots.get("change") or slots["times"])[0]
            if not is_stated(candidate.features, "than-name", "apart") and not _one_measure(current, anchor):
                return False
            if not stated and not _is_likely(base, current, anchor):
                return False
            if not is_stated(candidate.features, *_COMPARING) and _is_same(base, current):
                return False
            if candidate.relation == "multiple":
                return not _is_real(candidate)
            return candidate.relation != "growth" or not (_is_real(candidate) or _is_far(base, current))
        case "implied":
            change, current, rate = slots["change"][0], slots["current"][0], slots["rate"][0]
            if abs(change.at - current.at) > 1:
                return False  # 员工3182人，减少16人，…，其中制造部减少94人，下降7.1%
            return _one_measure(current, rate) and not _is_real(candidate)
        case "share":
            part, whole, rate = slots["part"][0], slots["whole"][0], slots["rate"][0]
            # 开工620套，建成310套，分别达到任务的84%和47%
            return not _is_same(part, whole) and "each_of_them" not in cues_in(rate.clause)
        case "denominator":
            if _is_loose(candidate, ("about",)) or any(node.quantity.words for node in slots["part"]):
                return False
            first, second = slots["rate"]
            if first.paragraph != second.paragraph or first.quantity.words or second.quantity.words:
                return False
            if len({node.claim.period for node in slots["part"]}) > 1:
                return False  # 去年64人，占应到的3.1%；一季度38人，占应到的12.4%
            return named_whole(first) == named_whole(second)  # 占流通A股的, 占流通股本的
        case "sum":
            if _stand_for_several(candidate) or "and" in cues_in(slots["total"][0].own.rstrip()[-1:]):
                return False
            return (stated and not _is_loose(candidate)) or not _is_wide(candidate, _FAR_APART)
        case "mean":
            return not _is_loose(candidate)
        case "repeat":
            if is_stated(candidate.features, *HEADLINES) and _is_told_exactly(candidate):
                return True
            if is_surely_miswritten(candidate):
                return True
            if is_stated(candidate.features, "this") and slots["second"][0].quantity.words:
                return False  # 24种菜…。豆角和茄子这两种: those just named
            return is_stated(candidate.features, "this") or (
                not {COMPARED, BESIDE_OTHERS} & {*candidate.features}
                and _is_miswritten(slots["first"][0], slots["second"][0])
            )
        case "derived" | "flow":
            return not _is_loose(candidate)
        case "partition":
            parts = slots["part"]
            if is_stated(candidate.features, "taking"):
                return _is_about_whole(parts) and not _falls_short(parts)  # 甲占41%，乙占28%，丙占11%: and others
            return stated or _is_about_whole(parts)
        case "rise" | "fall" | "above" | "below" | "even" | "lead":
            return stated
        case "within":
            return not _is_far(slots["whole"][0], slots["part"][0])
        case "gap" | "ratio":
            if is_stated(candidate.features, "left") and _is_at_most(slots["larger"][0], slots["smaller"][0]):
                return False  # 甲厂12.6万片，乙厂已用15.3万片，余下5.9万片
            return not _is_loose(candidate) and len({node.claim.period for node in _levels(candidate)} - {None}) < 2
    return False


def outweighs_doubt(candidate: Candidate, slip: float, odds: float) -> bool:
    """Whether a failure is slip enough for a candidate to accuse although its words leave a doubt; `odds` are those of the link times `slip`."""
    doubt = _doubt_of(candidate)
    return slip >= doubt.slip and odds >= doubt.odds


def _doubt_of(candidate: Candidate) -> Doubt:
    """How sure a failure has to be a slip for a candidate to accuse although its words leave a doubt."""
    slots, stated = candidate.slots, is_stated(candidate.features)
    match candidate.kind:
        case "repeat" if is_stated(candidate.features, *HEADLINES):
            first, second = slots["first"][0], slots["second"][0]
            return _NO_DOUBT if counts_new(first) == counts_new(second) else _NEW_IN_HEADING
        case "share":
            part, whole, rate = slots["part"][0], slots["whole"][0], slots["rate"][0]
            if _is_at_most(whole, part):
                return _LARGER_PART
            apart = named_whole(rate) is None and part.sentence != whole.sentence
            if not stated and apart:
                return _APART
            if not stated and not (_is_of(rate, part) and _is_taken(whole, rate)):
                return _OTHER_WHOLE
        case "sum":
            if _is_loose(candidate):
                return _LOOSE_SUM
            if not stated and _are_nested(candidate):
                return _NESTED_SUM
            if not stated and _is_wide(candidate, _HALF):
                return _WIDE_SUM
            if not stated and _is_open(candidate):
                return _OPEN_SUM
        case "partition":
            if not stated:
                return _OPEN_PARTITION if _falls_short(slots["part"]) else _UNSTATED_PARTITION
    return _NO_DOUBT


def _is_wide(candidate: Candidate, times: float) -> bool:
    """Whether a total and its parts differ by more than so many times."""
    total, parts = _sides_of_sum(candidate)
    return not 1 / times <= parts / (total or 1) <= times


def _falls_short(parts: Sequence[Node]) -> bool:
    return sum(sum(ends(base_interval(node.quantity))) / 2 for node in parts) < 1


def _is_about_whole(parts: Sequence[Node]) -> bool:
    """Whether shares come to about 100 %, and none of them to all."""
    values = [sum(ends(base_interval(node.quantity))) / 2 for node in parts]
    return max(values) < 1 and 1 / _ABOUT < sum(values) < _ABOUT


def _is_at_most(one: Node, other: Node) -> bool:
    return base_interval(one.quantity).is_at_most(base_interval(other.quantity))


def _levels(candidate: Candidate) -> list[Node]:
    """The two levels that a gap or a ratio is between."""
    return [node for role, nodes in candidate.slots.items() if role not in ("gap", "ratio") for node in nodes]


def _is_loose(candidate: Candidate, approximations: tuple[str, ...] = _LOOSE) -> bool:
    return any(node.quantity.approximation in approximations for nodes in candidate.slots.values() for node in nodes)


def _is_likely(base: Node, current: Node, anchor: Node) -> bool:
    """Whether a change that no construction states can be one of its level and base."""
    if anchor.at < min(base.at, current.at) or "each_of_them" in cues_in(anchor.clause):
        return False  # 资金增长16.8%，…由6000元提高至7000元; 甲和乙分别下跌29.8%和30%
    return anchor.piece <= max(base.piece, current.piece) or not has_date(
        anchor.clause
    )  # 由1240吨增加到8650吨，2015年增长8%


def _is_same(base: Node, current: Node) -> bool:
    """Whether two levels are one figure, said twice: 去年成交近1.7万亿元 as the title of 去年成交1.69万亿元."""
    (a, b), (c, d) = ends(base_interval(base.quantity)), ends(base_interval(current.quantity))
    return a <= d * (1 + _NEARLY) and c <= b * (1 + _NEARLY)


def _one_measure(current: Node, anchor: Node) -> bool:
    """Whether a change is one of its level: 利润增长8% is none of an output, 其中新客户减少8% none of all customers."""
    mine, level = anchor.claim.metric, current.claim.metric
    if mine is None or level is None:
        return True
    if names_itself(anchor):
        return level.endswith(mine) and mine[-2:] in anchor.own  # 股价由5元涨至16元，同期大盘涨幅为103%
    return bool(plain(anchor.own)) or alike(mine, level) != "differ"  # 两者分别下跌12%和15%


def _is_real(candidate: Candidate) -> bool:
    """Whether growth is at constant prices, which does not follow from amounts at those of their time.

    工业增加值 grows so by definition, 每万元增加值用水量 does not.
    """
    names = tuple(words_of("links", "real", "names"))
    for nodes in candidate.slots.values():
        for node in nodes:
            metric = node.claim.metric
            if "real" in cues_in(node.clause) or (metric is not None and metric.endswith(names)):
                return True
            if metric is None and any(name in node.clause for name in names):
                return True
    return False


def _is_far(base: Node, current: Node) -> bool:
    """Whether a level differs so much from its base that they are hardly of one thing."""
    (a, b), (c, d) = ends(base_interval(base.quantity)), ends(base_interval(current.quantity))
    return not 1 / _FAR < (a + b) / (c + d or 1) < _FAR


def _is_near(a: Node, b: Node) -> bool:
    """Whether two figures are of like size, as they are written."""
    one, other = (
        float(n.quantity.value or 0) * float(1 if n.quantity.unit is None else n.quantity.unit.factor) for n in (a, b)
    )
    return 0 < one <= other * _FAR and other <= one * _FAR


def _is_of(rate: Node, part: Node) -> bool:
    """Whether a share with a name of its own is one of its part: 投资56亿元，绿化覆盖率29%; 新设企业916户，“四新”企业占比39%."""
    if rate.role == "share" and pattern_of("unnamed", "bare").fullmatch(rate.own):
        return True
    return named_whole(rate) is not None or alike(rate.claim.metric, part.claim.metric) in _SAME


def _is_taken(whole: Node, rate: Node) -> bool:
    """Whether a whole is the one that its share names, where it names one."""
    name = named_whole(rate)
    return name is None or bears(whole, name)


def same_thing(a: Node, b: Node) -> bool:
    """Whether two figures are of one metric by all their words, and at most one of holder and period is left open."""
    metric = a.claim.metric
    if metric is None or metric != b.claim.metric or len(metric) < _TELLING:
        return False
    holder, period = same_name(a.claim.holder, b.claim.holder), periods_of(a.claim.period, b.claim.period)
    return holder != "differ" and period in ("equal", "unknown", "one") and (holder, period) != ("one", "one")


def _is_told_exactly(candidate: Candidate) -> bool:
    """Whether a heading and its lead state figures that can be held to each other: none in words, and the heading's no vaguer than 超14万."""
    first, second = candidate.slots["first"][0], candidate.slots["second"][0]
    a, b = first.quantity, second.quantity
    if not shared_pairs(first, second) or (a.unit is not None and a.unit.counted and a.surface != b.surface):
        return False
    if any(q.words and not (first.dimension == "[rate]" or (q.value or 0) >= _LARGE) for q in (a, b)):
        return False  # 两颗卫星, 六部门
    named = is_stated(candidate.features, "headline", "headline-far")
    if (a.words or b.words) and not named:
        return False
    if (first.role == "bare" or not named) and (not _is_near(first, second) or first.role == "multiple"):
        return False  # 多1.5倍 is 2.5 times as much
    if a.approximation in _FIRM and b.approximation in (_FIRM if named else _FIRM[:2]):
        return True
    return a.approximation == b.approximation and (a.approximation == "over" or named)


def is_surely_miswritten(candidate: Candidate) -> bool:
    """Whether the figures of a repeat differ by a slip that those of two things never do in print, however alike their words."""
    first, second = candidate.slots["first"][0], candidate.slots["second"][0]
    a, b = first.quantity, second.quantity
    if not _can_be_one(first, second) or not {a.approximation, b.approximation} <= _CLOSE:
        return False
    if any(char.isdecimal() for node in (first, second) for char in node.claim.metric or ""):
        return False  # numbers of a table that lost its cells
    compared = COMPARED in candidate.features and WITH_PAST not in candidate.features
    return not compared and ratio_of_repeat(a, b) >= _SURE


def _can_be_one(first: Node, second: Node) -> bool:
    """Whether nothing sets two figures of like words apart: two sentences, one time, and digits that tell more than which of several it is."""
    if first.sentence == second.sentence or first.quantity.words or second.quantity.words:
        return False
    if periods_of(first.claim.period, second.claim.period) not in ("equal", "unknown", "one"):
        return False
    if first.quantity.surface in words_of("links", "occasions", "units"):
        return False  # 第12届
    # 二层平台（12.5米）, 二层平台（21.5米）: which of them it is
    return not all(node.own.endswith(("（", "(")) and node.behind.startswith(("）", ")")) for node in (first, second))


def _is_miswritten(first: Node, second: Node) -> bool:
    """Whether two figures of one thing differ by two digits that changed places; no other slip tells one thing from two that are alike."""
    a, b = first.quantity, second.quantity
    if not _can_be_one(first, second) or first.direction != second.direction:
        return False
    if any(q.approximation not in ("exact", "rounded") for q in (a, b)) or a.surface != b.surface or a.step != b.step:
        return False
    if first.claim.type != second.claim.type or same_name(first.claim.holder, second.claim.holder) == "differ":
        return False
    if "inside" in cues_in(plain(second.own)[-1:]):
        return False  # 预赛中14名选手没有完赛: some of those before
    one, other = digits_of(a), digits_of(b)
    return one is not None and other is not None and swapped(one, other)


def _stand_for_several(candidate: Candidate) -> bool:
    """Whether a part stands for more than one: 玉米和稻谷各1000亿斤."""
    return any("each" in cues_in(node.own[-1:]) for node in candidate.slots["part"])


def _are_nested(candidate: Candidate) -> bool:
    """Whether one part is among another, or the total is an extreme: 运动员886人，女运动员437人; 最高的5分当中，4.5分和4.3分."""
    last = candidate.slots["part"][-1]
    if not plain(last.own):
        return True  # 其中43件为本地投诉，41件来自城区: of those 43
    names = [node.claim.metric for node in candidate.slots["part"]]
    nested = any(a and b and a != b and a.endswith(b) for a in names for b in names)
    return nested or "extreme" in cues_in(candidate.slots["total"][0].own)


def _is_open(candidate: Candidate) -> bool:
    """Whether parts that no construction calls complete fall short of their total: 出口864亿元，其中机电产品512亿元，服装131亿元."""
    total, parts = _sides_of_sum(candidate)
    return parts < total * (1 - _ROUNDED)


def _sides_of_sum(candidate: Candidate) -> tuple[float, float]:
    """Twice the total, and twice what the parts come to."""
    total = sum(ends(base_interval(candidate.slots["total"][0].quantity)))
    return total, sum(sum(ends(base_interval(node.quantity))) for node in candidate.slots["part"])
