"""Means: so many times the mean is the total, the total less what others take, or the sum over several groups."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from checker.arithmetic.formula import Comparison
from checker.checks import Check
from checker.checks.builder import comparable, figures_between, formula, make_check
from checker.checks.verdict import may_hold
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_averages"]

# 户均增收669.6元 · 人均分别增收1130元和780元 · 平均每户分红2000元: whose mean, and the figures that give it
_MEAN = pattern(
    r"(?P<per>户均|人均|亩均|平均每[户人亩]|每[户人亩]平均)(?P<verb>[^\ue000-\ue0ff，。；！？\n]{0,10})"
    r"(?P<means>[\ue000-\ue0ff](?:[、和及与]{1,2}[\ue000-\ue0ff])*)",
)
# 户均增收3000元，合计856万元: the total behind its mean
_TOTAL_BEHIND = pattern(r"，(?:合计|共计|总计|总额)\w{0,3}[\ue000-\ue0ff]")
# A figure straight behind one of these is a mean or a rate itself, never a total.
_MEAN_BEFORE = pattern(r"(?:每[户人亩股吨斤]\w{0,4}|均[^，。]{0,8}|单价|售价|底价|标准)$")
# Money that is handed out to those who are counted; what was invested does not come back to them as the mean.
_HANDED_OUT = pattern("分红|收益|收入|红利|补助|补贴|发放|拨付|报销|奖励|奖补|救助金|增收|创收|工资")
_INVESTED = pattern("投资|投入|总投|资金|贷款|注入|造价|改造|建设|产值|营业额|销售额")
_AMONG = pattern("其中|扣除|除去|减去")
# What compares or bounds the mean makes it another mean than the one of this sentence.
_OTHER = pattern("高于|低于|比|较|达到.{0,4}标准|以上")

_PLAIN = formula("count * mean == total")
_LESS = formula("count * mean == total - part")
_GROUPS = formula("weighted(count, mean) == total")


def check_averages(reading: Reading, lang: str) -> Iterator[Check]:
    """The means of a text against the counts and totals of their own sentences."""
    text = reading.skeleton.text
    for match in _MEAN.finditer(reading.skeleton.text):
        unit = next(c for c in match["per"] if c in "户人亩")
        per = {"per": match["per"]}
        start, _ = reading.skeleton.sentence(match.start())
        before = figures_between(reading, start, match.start())
        means = [q for _, q in figures_between(reading, match.start("means"), match.end("means"))]
        counts = [_in_whole_units(q) for _, q in before if q.unit is not None and q.unit.name == unit]
        if not means or not counts or _OTHER.search(match["verb"]):
            continue
        totals = [
            (place, q) for place, q in before
            if comparable(q, means[0]) and not _MEAN_BEFORE.search(text[max(start, place - 12) : place])
        ]  # fmt: skip
        behind = _TOTAL_BEHIND.match(text, match.end("means"))
        if behind is not None and len(means) == 1:
            total = reading.quantities[reading.skeleton.figures[behind.end() - 1]]
            if comparable(total, means[0]) and total.approximation in ("exact", "rounded"):
                given = {"count": (counts[-1],), "mean": (means[0],), "total": (total,)}
                yield make_check(reading, "average", _PLAIN, given, _MESSAGES["plain"][lang], words=per)
                continue
        if not totals:
            continue
        if len(means) == 1:
            yield from _one_group(reading, start, match.start(), counts, totals, means[0], per, lang)
        elif len(counts) == len(means) and len(totals) == 1:
            slots = {"count": tuple(counts), "mean": tuple(means), "total": (totals[0][1],)}
            yield make_check(
                reading,
                "average",
                _GROUPS,
                slots,
                _MESSAGES["groups"][lang],
                words=per,
                accuses=_is_handed_out(text, start, totals[0][0]),
            )


def _in_whole_units(quantity: Quantity) -> Quantity:
    """The count in its own unit, not the base unit of its dimension: what is handed out per 亩 is multiplied by 亩."""
    return quantity._replace(unit=quantity.unit._replace(factor=Fraction(1))) if quantity.unit is not None else quantity


def _one_group(
    reading: Reading,
    start: int,
    end: int,
    counts: list[Quantity],
    totals: list[tuple[int, Quantity]],
    mean: Quantity,
    per: dict[str, str],
    lang: str,
) -> Iterator[Check]:
    """One mean: the nearest count, and whichever total of the sentence it fits; accused only where there is no choice."""
    text = reading.skeleton.text
    count = counts[-1]
    wholes = [q for _, q in totals]
    given: dict[str, tuple[Quantity, ...]] = {"count": (count,), "mean": (mean,)}
    attempts: list[tuple[Comparison, dict[str, tuple[Quantity, ...]], str]] = [
        (_PLAIN, {**given, "total": (q,)}, "plain") for q in reversed(wholes)
    ]
    parted: list[tuple[Comparison, dict[str, tuple[Quantity, ...]], str]] = [
        (_LESS, {**given, "total": (a,), "part": (b,)}, "less")
        for (at, a), (to, b) in pairwise(totals)
        if _AMONG.search(text, at + 1, to)
    ]
    for expression, slots, kind in (*attempts, *parted):
        if may_hold(expression, slots):
            check = make_check(reading, "average", expression, slots, _MESSAGES[kind][lang], words=per)
            if check.confirms and check.holds:
                yield check
                return
    certain = (
        len({q.value for q in counts}) == 1
        and all(q.approximation in ("exact", "rounded") for q in (count, mean, *wholes))
        and all(_is_handed_out(text, start, place) for place, _ in totals[:1])
    )
    chosen = attempts if certain and len(totals) == 1 else parted if certain and len(totals) == 2 else []
    if len(chosen) == 1:
        expression, slots, kind = chosen[0]
        yield make_check(reading, "average", expression, slots, _MESSAGES[kind][lang], words=per)


def _is_handed_out(text: str, start: int, place: int) -> bool:
    """Whether the words before a total say that it goes to those who are counted."""
    clause = text[max(start, place - 16) : place]
    clause = clause[clause.rfind("，") + 1 :]
    return _HANDED_OUT.search(clause) is not None and _INVESTED.search(clause) is None


_MESSAGES = {
    "plain": {
        "zh": "{count}，{per}{mean}，合计{computed}，文中为{total}",
        "en": "{count} at {mean} each make {computed}, the text says {total}",
    },
    "less": {
        "zh": "{count}，{per}{mean}，合计{computed}，与{total}减去{part}不符",
        "en": "{count} at {mean} each make {computed}, which is not {total} less {part}",
    },
    "groups": {
        "zh": "{count}，{per}{mean}，合计{computed}，文中为{total}",
        "en": "{count} at {mean} each make {computed}, the text says {total}",
    },
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK601",
        slug="mean-times-count",
        relation="average",
        severity="error",
        function=check_averages,
        title={"zh": "户均、人均、亩均：均值乘以数量等于总额", "en": "Means: count times mean is the total"},
        messages={"zh": "均值与总额、数量不符", "en": "the mean does not fit the count and the total"},
        fails=(
            "发放分红60万元，惠及200户，户均分红2000元。",
            "发放补助60万元，惠及200人，人均补助2000元。",
            "拨付收益100万元，其中村集体收入20万元，带动400户，户均增收3000元。",
            "收益惠及2140户，户均年增收3000元，合计856万元。",
            "年度分红100万元，甲镇400人和乙镇600人人均分别分红700元和1500元。",
        ),
        holds=(
            "发放分红40万元，惠及200户，户均分红2000元。",
            "发放补贴20万元，涉及1000亩，亩均补贴200元。",
            "拨付收益100万元，其中村集体收入20万元，带动400户，户均增收2000元。",
            "年度分红100万元，甲镇400人和乙镇600人人均分别分红1000元和1000元。",
        ),
        silent=(
            "发放分红60万元，惠及200户，人均分红2000元。",
            "投资60万元，惠及200户，户均增收2000元。",
            "发放分红60万元，惠及200户，户均增收约2000元。",
        ),
    ),
)
