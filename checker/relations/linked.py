"""Relations over links: changes and their bases, shares and their wholes, and parts of one whole.

Off unless selected: candidates cost nearly as much as all other rules together, which a check on each save would notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from checker.checks import Accuses, Check
from checker.checks.builder import formula, make_check
from checker.links import Link, links_of
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES"]

_INFERRED = 3  # level of a link that no construction states


def _links(reading: Reading) -> list[Link]:
    return list(links_of(reading))


def check_links(reading: Reading, lang: str, *, relation: str, kinds: frozenset[str]) -> Iterator[Check]:
    """A check for each link of some kinds that confirms or accuses."""
    for link in reading.once(_links):
        candidate = link.candidate
        if candidate.kind not in kinds or candidate.relation != relation:
            continue
        slots = {role: tuple(node.quantity for node in nodes) for role, nodes in candidate.slots.items()}
        check = make_check(
            reading,
            relation,
            formula(candidate.formula),
            slots,
            _MESSAGES[relation][lang],
            severity="warning",
            link=_INFERRED,
        )
        if (check.outcome == "fails") == (link.outcome == "fails"):
            yield check


_MESSAGES = {
    "growth": {"zh": "按{computed}，文中为{stated}", "en": "the change comes to {computed}, the text says {stated}"},
    "difference": {"zh": "两数相差{computed}，文中为{stated}", "en": "the difference is {computed}, the text says {stated}"},
    "points": {"zh": "两数相差{computed}，文中为{stated}", "en": "the difference is {computed}, the text says {stated}"},
    "share": {"zh": "{part}占{whole}的{computed}，文中为{rate}", "en": "{part} of {whole} is {computed}, the text says {rate}"},
    "sum_of_parts": {"zh": "各项相加为{computed}，文中为{total}，相差{gap}", "en": "the parts add up to {computed}, the text says {total}: off by {gap}"},
    "percent_total": {"zh": "各项占比相加为{computed}，不是100%", "en": "the shares add up to {computed}, not 100%"},
    "implied_denominator": {"zh": "两处占比推算的总数不一致：{part}，{rate}", "en": "the two shares imply different wholes: {part}; {rate}"},
}  # fmt: skip


def _rule(
    number: str, slug: str, relation: str, kinds: tuple[str, ...], title: dict[str, str], *, fails: tuple[str, ...], holds: tuple[str, ...],
    silent: tuple[str, ...], accuses: Accuses = "always",
) -> RelationRule:  # fmt: skip
    function: Callable[[Reading, str], Iterator[Check]] = partial(
        check_links, relation=relation, kinds=frozenset(kinds)
    )
    return RelationRule(
        id=number, slug=slug, relation=relation, severity="warning", function=function, title=title, messages=_MESSAGES[relation], default=False, fails=fails,
        holds=holds, silent=silent, accuses=accuses,
    )  # fmt: skip


RULES: tuple[RelationRule, ...] = (
    _rule(
        "CK201",
        "linked-growth",
        "growth",
        ("change", "implied"),
        {"zh": "增长率与前后两期的数", "en": "A rate of growth and the figures of both periods"},
        fails=("去年办结案件1284件，今年办结案件1541件，增长24.0%。",),
        holds=("去年办结案件1284件，今年办结案件1541件，增长20.0%。",),
        silent=(
            "去年全镇接待游客42.6万人次。今年上半年接待团队9.12万人次，增长20.8%。",
            "各项存款增加62.7亿元，利润增长15.4%。",
            "去年献血31.4万人次，比前年的32.9万人次减少近5%，其中首次献血人次减少约8%。",
            "产量由1240吨增加到8650吨，2015年同比增长8.6%。",
        ),
    ),
    _rule(
        "CK202",
        "linked-difference",
        "difference",
        ("change",),
        {"zh": "增减量与前后两期的数", "en": "An increase or decrease and the figures of both periods"},
        fails=("今日股指收于3284点，较昨日的3157点，涨172点。",),
        holds=("今日股指收于3284点，较昨日的3157点，涨127点。",),
        silent=(
            "今日股指收于3284点，涨172点，成分股3157只。",
            "报考人数由最初的6200人降至5100人（降幅17.7%），今年首次回升，增加80人。",
            "甲校学生1284人，乙校学生1057人，增加64人。",
        ),
    ),
    _rule(
        "CK203",
        "linked-points",
        "points",
        ("change",),
        {"zh": "百分点与前后两个比率", "en": "Percentage points and both rates"},
        fails=("9月合格率为88.2%，比8月的83.7%，提高5.4个百分点。",),
        holds=("9月合格率为88.2%，比8月的83.7%，提高4.5个百分点。",),
        silent=(
            "9月合格率为88.2%，提高4.5个百分点，优良率63.1%。",
            "投票率61.4%，得票率48.3%，提高2.6个百分点。",
        ),
    ),
    _rule(
        "CK205",
        "linked-share",
        "share",
        ("share",),
        {"zh": "占比与部分、总体", "en": "A share, its part and its whole"},
        fails=("全区参保居民18.46万人，其中老年人4.93万人，占26.7%；学生3.12万人，占19.6%。",),
        holds=("全区参保居民18.46万人，其中老年人4.93万人，占26.7%；学生3.12万人，占16.9%。",),
        silent=(
            "全区参保居民18.46万人，老年人4.93万人，占全市老年人的16.7%。",
            "今年支出预算2418.6亿元，新增退税56亿元，绿化覆盖率29%。",
            "前三季度加工出口8.46万亿元，增长3.2%。对南方市场销售5.27万亿元，占外贸总额的21.4%。",
        ),
    ),
    _rule(
        "CK206",
        "linked-sum",
        "sum_of_parts",
        ("sum",),
        {"zh": "总数与各部分", "en": "A whole and its parts"},
        accuses="never",
        fails=(),
        holds=("船队总运力74.86万吨，由散货船41.25万吨、油轮20.34万吨和集装箱船13.27万吨构成。",),
        silent=(
            "全年出口864.3亿元，其中机电产品512.7亿元，服装131.6亿元。",
            "年度项目65个，其中已完工45个，未开工18个。",
        ),
    ),
    _rule(
        "CK209",
        "linked-partition",
        "percent_total",
        ("partition",),
        {"zh": "各项占比之和为100%", "en": "Shares that make a whole"},
        accuses="never",
        fails=(),
        holds=("出席会员中，赞成的占52.4%，反对的占30.1%，其余17.5%弃权。",),
        silent=(
            "赞成的占62.5%，其中女性占41.3%。",
            "完工、接单和手持订单分别占全国的41.6%、57.2%和46.3%。",
            "收回问卷140份，45%来自公办学校，30%来自民办学校，另有15%未写明。",
        ),
    ),
    _rule(
        "CK210",
        "linked-denominator",
        "implied_denominator",
        ("denominator",),
        {"zh": "由占比推算的同一总数", "en": "Two shares of one whole"},
        fails=("初中生820人，占41.0%，高中生1180人，占95.0%。",),
        holds=("初中生820人，占41.0%，高中生1180人，占59.0%。",),
        silent=(
            "初中生820人，占学生的41.0%；女教师118人，占教师的59.0%。",
            "初中生约820人，约占41.0%；高中生约1180人，约占95.0%。",
        ),
    ),
)
