"""Constructions that state a link: 由A增至B，增长y%, A，比上年的B增加x, A，占B的y%, T由A和B组成.

Few of them stand in published text, too few to learn from. Each is here because nearly all of its failures there are errors of the
text. The name of a construction is the evidence that a reader is shown.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from checker.language.lexicon import table_of, words_of
from checker.links.cues import cues_in, pattern_of, plain
from checker.links.features import coarse_degree, first_of, names_itself, periods_of, same_name
from checker.links.headlines import headline_stated
from checker.links.index import AMOUNTS, Index, comparable
from checker.links.nodes import Node, has_date

__all__ = [
    "bears",
    "change_stated",
    "implied_stated",
    "named_whole",
    "own_name",
    "partition_stated",
    "repeat_stated",
    "share_stated",
    "sorts",
    "sum_stated",
    "taken_by",
]

_CHANGES = ("change", "growth", "points", "multiple")
_VERB = 4  # characters behind a base that may compare it: 与去年同期的{base}相比
_NEXT = 2  # figures from the last level to its change: its change by another measure may stand before it
_LONGEST_LIST = 8
_NAMED_BEHIND = 7  # characters behind 6例为 that name what was counted
_SHORT = 6  # characters before a total behind its parts: ，两项合计{total}


def change_stated(base: Node, current: Node, node: Node, index: Index) -> str | None:
    """The construction that states which base a change has.

    由{base}增至{current}，增长{node} · 由{base}增加{node}至{current} · {current}，比上年的{base}增加{node} ·
    上年同期为{base}，…{current}，增长{node} · 2020年{base}，2021年{current}，增长{node}
    """
    cues, own = cues_in(base.own), cues_in(node.own)
    if (
        {"average", "among"} & set(own)
        or _is_listed_mean(node)
        or "each_of_them" in cues_in(base.own)
        or (node.sentence != current.sentence and not current.sentence + 1 == base.sentence == node.sentence)
        or "a_year" in cues_in(plain(node.own)[:2])
    ):
        return None
    if node.role == "change" and node.quantity.surface != current.quantity.surface and node.dimension == "[item]":
        return None  # 展厅由4个增加到6个，新增展品455件
    if base.at + 1 == node.at == current.at - 1:
        return "from-by-to" if "from" in cues and _arrives(current) and current.piece == node.piece else None
    if current.at + 1 == node.at == base.at - 1:
        return _label_behind(base, current, node, index)
    last = max(base.at, current.at)
    between = index.nodes[last + 1 : node.at]
    if not 1 <= node.at - last <= _NEXT or any(n.role not in _CHANGES or n.role == current.role for n in between):
        return None  # 利润由下降2%转为增长10%；收入增长5%，高于上年增速3个百分点
    if any(b.piece - a.piece > 1 for a, b in pairwise(index.nodes[last : node.at + 1])):
        return None  # 由6200人降至5100人（…），今年回升，增加80人
    if node.piece > max(base.piece, current.piece) and has_date(node.clause):
        return None  # 由1240吨增加到8650吨，2015年增长8%
    if node.at == last + 1 and abs(base.at - current.at) == 1 and _is_gap(node, base, current):
        return "apart"
    if names_itself(node) and coarse_degree(node.claim.metric, current.claim.metric) == "differ":
        return None
    if base.at + 1 == current.at and "from" in cues and base.piece == current.piece and _arrives(current):
        other = "compared" in own and first_of(("yearly", "monthly"), own) is None
        return None if other else "from-to"  # 由3.6%升至4.6%，较疫情前增加3.5个百分点
    if base.at == current.at + 1 and base.own.endswith(("（", "(")) and node.own.startswith(("）", ")")):
        return "than-bracket" if {"compared", "above"} & set(cues) else None
    if node.at == last + 1 and abs(base.at - current.at) == 1 and _names(base, current, node):
        return "than-name"
    if base.at > current.at and (
        "compared" in {*cues, *cues_in(base.behind[:_VERB])} or ("above" in cues and base.piece == node.piece)
    ):
        return "than" if node.piece - base.piece <= 1 and _compares(current, base, node, index) else None
    return _series(base, current, node, index)


def _is_listed_mean(node: Node) -> bool:
    """Whether a rate is the second of a list of mean rates: 年均增速分别达到7.3%、{node}"""
    return node.own.strip() in words_of("links", "and", "words") and "average" in cues_in(node.clause)


def _label_behind(base: Node, current: Node, node: Node, index: Index) -> str | None:
    """A base that bears the label of what the change is compared with: {current}，比上月下降{node}，上月为{base}."""
    if base.sentence - node.sentence > 1 or base.paragraph - node.paragraph > 1 or base.role != current.role:
        return None
    label = base.own + index.lead(base)
    if "compared" in cues_in(label) or not any(
        cue in cues_in(node.own) and any(name in label for name in words_of("links", "labels", cue))
        for cue in ("yearly", "monthly")
    ):
        return None
    near = base.piece - node.piece <= 2 and base.claim.metric == current.claim.metric
    return "label-behind" if near else None


def _is_gap(node: Node, base: Node, current: Node) -> bool:
    """Whether a figure is how far the two before it are apart: A{current}，B{base}，两者相差{node} · A{current}，B{base}，高出{node}"""
    if node.role not in ("change", "points") or base.role != current.role or base.sentence != node.sentence:
        return False
    words = plain(node.own)
    if words.endswith(words_of("links", "changed", "over")):
        # 甲村5万元，乙村3万元，比全县平均多出1万元; 5万元，比乙村的3万元多出2万元
        return not any("compared" in cues_in(n.own) for n in (base, current, node))
    return words.endswith(words_of("links", "changed", "gap"))


def _names(base: Node, current: Node, node: Node) -> bool:
    """Whether a change names both of its levels: 男性{current}，女性{base}，男性比女性多{node}."""
    match = pattern_of("named_both").search(node.own)
    if match is None:
        return False
    return plain(current.own).endswith(plain(match["one"])) and plain(base.own).endswith(match["other"])


def _series(base: Node, current: Node, node: Node, index: Index) -> str | None:
    """A base before or right behind its level, of an earlier time by its own words."""
    if same_name(base.claim.holder, current.claim.holder) == "differ" or base.claim.metric != current.claim.metric:
        return None
    if base.role != current.role or base.paragraph != current.paragraph or abs(base.sentence - current.sentence) > 1:
        return None
    if (
        index.rivals(base, current)
        or "among" in cues_in(current.clause)
        or first_of(("above", "monthly"), cues_in(node.own))
    ):
        return None
    cues = cues_in(base.own)
    if "earlier" in cues and "compared" not in cues and not {"earlier", "from"} & set(cues_in(current.own)):
        return "earlier"
    if current.claim.period is None:
        return None
    return "year" if periods_of(base.claim.period, current.claim.period) == "years1" else None


def implied_stated(current: Node, change: Node, node: Node) -> str | None:
    """The construction that states a level with its change by two measures: {current}，比上年增加{change}，增长{node}"""
    if (
        not current.at + 1 == change.at == node.at - 1
        or node.sentence != current.sentence
        or node.piece - current.piece > 2
    ):
        return None
    if "average" in cues_in(node.own) or change.direction != node.direction or names_itself(node):
        return None
    return "by-and-rate" if "compared" in cues_in(change.own) and "above" not in cues_in(change.own) else None


def _arrives(current: Node) -> bool:
    """Whether a level is what something came to: 增至{current}."""
    return current.claim.type == "target_level" or "to" in cues_in(current.own)


def _compares(current: Node, base: Node, node: Node, index: Index) -> bool:
    """Whether the level before 比上年的{base} is the one that is compared."""
    if base.claim.head and base.quantity.surface != current.quantity.surface:
        return False  # 合作社260家，比上年的200个村庄多
    if _names_another(base, current):
        return False
    if current.sentence == base.sentence - 1:  # 毛利率{current}，…。与上年的{base}相比，毛利率上升{node}
        same = coarse_degree(current.claim.metric, node.claim.metric) in ("equal", "near")
        return same and names_itself(node) and index.begins(base) and current.role == base.role
    if current.sentence != base.sentence or base.piece - current.piece > 1 or "part" in cues_in(current.clause):
        return False
    return not any(n.role in AMOUNTS and comparable(n, current) for n in index.nodes[current.at + 1 : base.at])


def _names_another(base: Node, current: Node) -> bool:
    """Whether words before the comparison name another thing than the level before: 参保率保持在{current}，报销比例比上年的{base}提高"""
    words = pattern_of("subject").match(plain(base.own))
    if words is None or len(pattern_of("adverbs").sub("", words["name"])) < _SHORT_NAME:
        return False
    metric = current.claim.metric or ""
    return words["name"][-2:] not in metric and metric[-2:] not in words["name"]


def share_stated(part: Node, whole: Node, node: Node, index: Index) -> str | None:
    """The construction that states which whole a share has.

    {part}，占总数{whole}的{node} · {whole}，其中{part}，占{node} · {whole}中，{part}，占{node} · 收入{whole}。…{part}，占收入的{node} ·
    {whole}，其中{part}，占{node}；{part}，占{node}
    """
    if node.role not in ("share", "rate") or part.sentence != node.sentence or _amount_between(part, node, index):
        return None
    if "share" in cues_in(whole.own) and whole.at == node.at - 1 and "of" in cues_in(node.own.strip()[:1]):
        return "of-whole" if part.at < whole.at else None
    if not whole.at < part.at < node.at or any(n.role not in _CHANGES for n in index.nodes[part.at + 1 : node.at]):
        return None
    if node.piece - part.piece > node.at - part.at:
        return None
    of_all = (
        _is_of_all(node, part, whole) and whole.sentence == part.sentence and not _levels_between(whole, part, index)
    )
    if of_all and not part.quantity.words and "inside" in cues_in(whole.behind.rstrip()[-1:]):
        return "in-all"
    if _names_far(whole, part, node, index):
        return "named"
    if _is_rate_of(node, part, whole, index):
        return "rate-of"
    if node.role != "share" or part.at != node.at - 1:
        return None
    taken = taken_by(node)
    if taken:
        if taken != named_whole(node):
            return None  # 占全部园区企业的, 占预算支出总数的: all there are, not what was named
        named = bears(whole, taken) and whole.claim.metric != part.claim.metric
        return "named" if named and _is_only(whole, part, index, taken) else None
    if not pattern_of("unnamed", "bare").fullmatch(node.own) or part.behind.startswith(("）", ")")):
        return None
    if whole.sentence == part.sentence and not _levels_between(whole, part, index):
        if _is_opened(part, index):
            return "among"
        if "inside" in cues_in(whole.behind.rstrip()[-1:]):
            return "in"
    return "list" if _lists_shares(whole, part, index) else None


def _is_rate_of(node: Node, part: Node, whole: Node, index: Index) -> bool:
    """Whether a rate is called after what its part did: 参加考试{whole}，及格{part}，及格率{node}."""
    rate = pattern_of("unnamed", "named_rate").fullmatch(plain(node.own))
    if rate is None or not index.begins(whole) or part.paragraph - whole.paragraph > 1:
        return False
    verbs = (rate["verb"], *table_of("links", "unnamed", "verbs").get(rate["verb"], ()))
    if any(verb in whole.own + whole.behind[: len(verb)] for verb in verbs):
        return False
    if not any(_did(part, verb) for verb in verbs) or {"compared", "earlier"} & {
        *cues_in(part.own),
        *cues_in(whole.own),
    }:
        return False
    counted = whole.dimension != "[item]" or whole.quantity.surface == part.quantity.surface
    between = index.nodes[whole.at + 1 : part.at]
    return counted and not any(
        n.role in AMOUNTS and comparable(n, part) and "among" not in cues_in(n.own) for n in between
    )


def _did(part: Node, verb: str) -> bool:
    """Whether the words at a part hold a verb, and not only the rate that is called after it: 沿河7个旗森林覆盖率{node}."""
    words = part.own + part.behind
    return words.count(verb) > words.count(verb + words_of("links", "unnamed", "called")[0])


def _names_far(whole: Node, part: Node, node: Node, index: Index) -> bool:
    """Whether a share names a whole that no other level before its part can be: 进出口总值{whole}。…对东盟进出口{part}，增长10%，占同期进出口总值的{node}"""
    name = own_name(node)
    if name is None or "each_of_them" in cues_in(node.own) or node.own.startswith(words_of("links", "summed", "words")):
        return False
    if (part.claim.metric or "").endswith(name) or "compared" in cues_in(part.own):
        return False
    return _bears_in_full(whole, name) and all(
        other.quantity.value == whole.quantity.value for other in index.bearing(name, part)
    )


def own_name(node: Node) -> str | None:
    """The name of the whole that a share names, without words for one's own: 占同期我国进出口总值的 gives 进出口总值; None where it is short."""
    named = named_whole(node)
    name = "" if named is None else pattern_of("own_whole").sub("", named)
    return name if len(name) >= _LONG_NAME else None


def _bears_in_full(whole: Node, name: str) -> bool:
    """Whether the metric of a figure ends in a name that begins a word: 货物贸易进出口总值 is no 出口总值."""
    metric = whole.claim.metric or ""
    if metric in (name, pattern_of("own_whole", "in_all").sub("", name)):
        return True
    before = metric.removesuffix(name)
    return before != metric and not before.endswith(tuple(words_of("links", "own_whole", "joined")))


def _is_of_all(node: Node, part: Node, whole: Node) -> bool:
    """Whether a share or rate is one of all that was named: 增长面, 占企业总数的, 不合格率 of a part that is 不合格."""
    words = whole.own + whole.behind
    taken, named = taken_by(node), named_whole(node)
    if named is not None:
        return taken is None or (taken != named and taken in words)
    if pattern_of("unnamed", "all").search(node.own):
        return True
    rate = pattern_of("unnamed", "rate").search(node.own)
    return rate is not None and _did(part, rate["verb"])


def taken_by(node: Node) -> str | None:
    """What is left of the whole that a share names without words for all of it: 占全部企业总数的{node} gives 企业."""
    whole = named_whole(node)
    words = None if whole is None else pattern_of("unnamed").sub("", whole)
    return words if words and len(words) > 1 else None


def named_whole(node: Node) -> str | None:
    """The whole that a share names, in its own words: 占全国产量的{node} gives 全国产量."""
    match = pattern_of("taken").search(node.own)
    return None if match is None else match["whole"]


def _amount_between(part: Node, node: Node, index: Index) -> bool:
    """Whether another amount of the unit of a part, that is no whole behind 占, stands between it and its share."""
    low, high = sorted((part.at, node.at))
    return any(
        n.role in AMOUNTS and n.dimension == part.dimension and "share" not in cues_in(n.own)
        for n in index.nodes[low + 1 : high]
    )


_SHORT_NAME = 3  # characters; what is shorter before 比 is a verb or an adverb
_LONG_NAME = 4  # characters of a name that may end another one: 实现营业收入, 营业收入


def bears(whole: Node, name: str) -> bool:
    """Whether a figure is the whole that a share names: 占用户总数的 is no share of 移动电话用户."""
    metric = whole.claim.metric or ""
    return metric == name or (len(name) >= _LONG_NAME and metric.endswith(name))


def _is_opened(first: Node, index: Index) -> bool:
    """Whether a figure is one of several that 其中 announces."""
    return "among" in cues_in(first.clause) or "among" in cues_in(index.lead(first)[:_SHORT])


def _is_only(whole: Node, part: Node, index: Index, name: str) -> bool:
    """Whether no other level up to the part bears the name of the whole, and it is of the same holder and period."""
    if same_name(whole.claim.holder, part.claim.holder) == "differ" or part.paragraph - whole.paragraph > 1:
        return False
    if periods_of(whole.claim.period, part.claim.period) not in ("equal", "unknown", "one"):
        return False
    others = index.nodes[max(0, whole.at - 10) : part.at]
    return not any(
        n.at != whole.at and n.role in AMOUNTS and comparable(n, whole) and (n.claim.metric or "").endswith(name)
        for n in others
    )


def _levels_between(whole: Node, part: Node, index: Index) -> bool:
    """Whether another level that may be the whole stands before a part; 支出118亿元，比上年的109亿元增长8%，其中 has none."""
    return any(
        n.role in AMOUNTS and comparable(n, part) and not {"earlier", "compared"} & set(cues_in(n.own))
        for n in index.nodes[whole.at + 1 : part.at]
    )


def _lists_shares(whole: Node, part: Node, index: Index) -> bool:
    """Whether only parts with shares of their own stand between a whole and a part, the first of them behind 其中."""
    between = index.nodes[whole.at + 1 : part.at]
    if len(between) < 2 or len(between) > 2 * _LONGEST_LIST or part.paragraph - whole.paragraph > _LONGEST_LIST:
        return False
    if not _is_opened(between[0], index):
        return False
    amounts, shares = between[::2], between[1::2]
    return (
        len(amounts) == len(shares)
        and all(n.role in AMOUNTS and comparable(n, whole) for n in amounts)
        and all(n.role == "share" and pattern_of("unnamed", "bare").fullmatch(n.own) for n in shares)
    )


def sum_stated(total: Node, parts: tuple[Node, ...], after: Node | None, index: Index) -> str | None:
    """The construction that states that a list of parts is complete.

    {total}，由A{part}和B{part}组成 · {total}，其中A{part}，其余{part} · {total}，其中男{part}，女{part} · A{part}，B{part}，合计{total}
    """
    first, last = parts[0], parts[-1]
    if total.behind[:1] in _sexes() or "and" in cues_in(total.own.rstrip()[-1:]):
        return None  # 伤者9男5女，其中; 4名公民和1名侨胞中，包括
    if last.sentence != first.sentence or "and_others" in cues_in(last.behind[:1]):
        return None
    span = index.nodes[min(total.at, first.at) : max(total.at, last.at) + 1]
    between = [n for n in span if n.at != total.at and n not in parts]
    if any(
        n.role in AMOUNTS and comparable(n, total) and not {"earlier", "compared"} & set(cues_in(n.own))
        for n in between
    ):
        return None
    if any({"again", "average", "earlier", "compared", "above"} & set(cues_in(p.own)) for p in parts):
        return None
    if total.at > last.at:
        counted = _sums_up(total.own) and total.sentence == last.sentence and total.piece - last.piece <= 1
        if any("total" in cues_in(p.own) for p in parts) or _has_other_items(parts):
            return None
        return "total-behind" if counted and not between and index.begins(first) else None
    if after is not None and after.sentence == last.sentence and "；" not in index.text[last.place : after.place]:
        return None
    sorted_by = sorts(index.lead(first)) and index.begins(total)
    opened = sorted_by or (_is_opened(first, index) and not _is_opened(total, index))
    if first.sentence - total.sentence > 1 or any("among" in cues_in(p.own) for p in parts[1:]):
        return None
    if opened and _is_rest(last) and (sorted_by or after is None or after.sentence != last.sentence):
        return "rest"
    if _is_composed(total, first) and "made" in cues_in(last.behind) and total.sentence == last.sentence:
        return "composed"
    periods = {node.claim.period for node in (total, *parts)}
    nested = first.at == total.at + 1 and first.piece == total.piece + 1 and "among" in cues_in(first.own)
    if (
        len(parts) == 2
        and (opened or nested)
        and len(periods) == 1
        and (exhaustive(first, last) or _is_negated(first, last))
    ):
        return "complements"
    return None


def _is_composed(total: Node, first: Node) -> bool:
    """Whether 由 stands between a total and its parts: {total}，由A{first}和; 全军13所院校…，形成了由3个系列 is of other things."""
    alike = total.dimension != "[item]" or total.quantity.surface == first.quantity.surface
    return alike and first.piece == total.piece + 1 and "from" in cues_in(plain(first.own)[:1])


def sorts(lead: str) -> bool:
    """Whether words before a clause say what a whole is divided by: 按行业分，"""
    return pattern_of("sorted").search(lead) is not None


def repeat_stated(first: Node, node: Node, index: Index) -> str | None:
    """The construction that refers to a figure which was stated: 共查处{first}家企业，其中…。上述{node}家企业, or a heading and its lead."""
    if (headline := headline_stated(first, node, index)) is not None:
        return headline
    unit = node.quantity.unit
    if unit is None or not unit.counted or node.sentence == first.sentence or node.paragraph - first.paragraph > 1:
        return None
    if (
        not node.own.endswith(tuple(words_of("links", "this", "right_before")))
        or node.quantity.surface != first.quantity.surface
    ):
        return None
    between = [n for n in index.nodes[first.at + 1 : node.at] if n.quantity.surface == node.quantity.surface]
    if any(n.sentence != first.sentence or "among" not in cues_in(n.clause) for n in between):
        return None
    noun = node.behind[:2]
    return "this" if len(noun) > 1 and noun in first.own + first.behind else None


def mean_stated(count: Node, total: Node, node: Node, index: Index) -> str | None:
    """The construction that states among whom a mean shares out: {total}，惠及{count}，户均{node} · {count}{total}，户均{node}"""
    last = max(count.at, total.at)
    if abs(count.at - total.at) != 1 or node.at != last + 1 or node.piece - min(count.piece, total.piece) > 2:
        return None
    if count.sentence != node.sentence or total.sentence != node.sentence or not _is_of(node, total):
        return None
    if {"among", "above", "compared"} & {*cues_in(node.own), *cues_in(total.own), *cues_in(count.own)}:
        return None
    if count.dimension == "[time]" or "average" not in cues_in(node.own):
        return None  # 为10年新高，平均每日157人; 水库1200公顷，建4个人工岛，每个150公顷
    return "shared-out" if index.begins(total) and index.begins(count) else None


def _is_of(node: Node, total: Node) -> bool:
    """Whether a mean names nothing but its total: 户均{node}, 分红{total}，户均分红{node}."""
    noun = plain(pattern_of("per").sub("", node.own))
    words = total.own + total.behind
    return len(noun) < 2 or any(noun[i : i + 2] in words for i in range(len(noun) - 1))


def _sums_up(own: str) -> bool:
    """Whether the words before a figure add up what stands before them: ，合计{total} · ，共{total}"""
    words = plain(own)
    return words in words_of("links", "summed", "alone") or ("summed" in cues_in(words) and len(own) <= _SHORT)


def _has_other_items(parts: tuple[Node, ...]) -> bool:
    """Whether a list has items without a figure: 非法集结、两项袭警罪、两项…，共7项"""
    return "、" in parts[0].own or any(p.own.count("、") > 1 for p in parts)


@cache
def _sexes() -> tuple[str, ...]:
    """共11女4男 counts women, not all."""
    return tuple(word for pair in _exhaustive() for word in pair if len(word) == 1)


def _is_rest(node: Node) -> bool:
    """Whether a figure is what remains: 其余{node}."""
    return plain(node.own).startswith(tuple(words_of("links", "complements", "remaining")))


def partition_stated(parts: tuple[Node, ...], index: Index) -> str | None:
    """The construction that states that shares make a whole.

    A占{part}，其余{part}… · 男生占{part}，女生占{part} · 其中A占{part}，B占{part}，C占{part}。
    """
    first, last = parts[0], parts[-1]
    run = index.nodes[first.at : last.at + 1]
    if len(run) != len(parts) or last.sentence - first.sentence > 1 or any(p.direction for p in parts):
        return None
    if any({"compared", "earlier"} & set(cues_in(p.own)) for p in parts) or not index.begins(first):
        return None
    if any("among" in cues_in(p.own) for p in parts[1:]):
        return None
    if any(
        p.quantity.approximation not in ("exact", "rounded") or p.quantity.words or p.own[:1] in ("（", "(")
        for p in parts
    ):
        return None
    if pattern_of("taking", "words").sub("", plain(last.own)) in words_of("links", "complements", "remaining"):
        return "rest"
    if len(parts) == 2 and exhaustive(first, last) and all("taking" in cues_in(p.own) for p in parts):
        return "complements"
    after = index.nodes[last.at + 1 : last.at + 2]
    whole_sentence = not after or after[0].sentence != last.sentence
    if len(parts) >= _LEAST_TAKING and whole_sentence and all(p.own.rstrip().endswith(_taking()) for p in parts):
        return "taking"
    return None


_LEAST_TAKING = 3  # shares of one sentence; of two more often something is left out


@cache
def _taking() -> tuple[str, ...]:
    return words_of("links", "taking")


@cache
def _exhaustive() -> list[tuple[str, str]]:
    return [(pair[0], pair[1]) for pair in words_of("links", "complements", "exhaustive")]


def exhaustive(first: Node, last: Node) -> bool:
    """Whether two figures bear the names of all there is: 男/女, 城镇/乡村."""
    one, other = _named_by(first), _named_by(last)
    return any((a in one and b in other) or (b in one and a in other) for a, b in _exhaustive())


def _named_by(node: Node) -> str:
    """The words that name a figure: those before it, one character behind it, or what it is said to be: 6例为本土病例."""
    said = node.behind.startswith(tuple(words_of("links", "named_behind", "words")))
    return node.own + node.behind[: _NAMED_BEHIND if said else 1]


def _is_negated(first: Node, last: Node) -> bool:
    """Whether the name of a figure is that of another with a word that negates it: 贫困村, 非贫困村."""
    words = plain(last.own)
    for mark in words_of("links", "complements", "negations"):
        name = words[1:3]
        if words.startswith(mark) and len(name) > 1 and name in first.own and mark + name not in first.own:
            return True
    return False
