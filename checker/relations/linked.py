"""Relations over links: changes and their bases, shares and their wholes, and parts of one whole.

Off unless selected: candidates cost as much as all other rules together, which a check on each save would notice.
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
            "各项存款增加51.8亿元，利润增长19.2%。",
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
            "前十个月一般贸易进出口15.19万亿元，增长4.8%。对沿线国家进出口7.47万亿元，占外贸总值的29.1%。",
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
        holds=("水库工程总投资18.63亿元，由财政资金9.35亿元、银行贷款5.58亿元和企业自筹3.70亿元构成。",),
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
        holds=("受访居民中，46.2%选择公交，31.5%选择自驾，其余22.3%选择步行。",),
        silent=("赞成的占62.5%，其中女性占41.3%。", "收回问卷140份，45%来自公办学校，30%来自民办学校，另有15%未写明。"),
    ),
    _rule(
        "CK210",
        "linked-denominator",
        "implied_denominator",
        ("denominator",),
        {"zh": "由占比推算的同一总数", "en": "Two shares of one whole"},
        fails=("男教师468人，占39.0%，女教师732人，占71.0%。",),
        holds=("男教师468人，占39.0%，女教师732人，占61.0%。",),
        silent=(
            "男教师468人，占教师的39.0%；学生7320人，占全校的71.0%。",
            "男教师约468人，约占39.0%；女教师约732人，约占71.0%。",
        ),
    ),
)
