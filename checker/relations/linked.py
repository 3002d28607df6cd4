"""Relations over links: changes and their bases, shares and their wholes, and parts of one whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from checker.checks import Check
from checker.checks.builder import formula, make_check
from checker.links import Link, links_of
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES"]

_STATED, _INFERRED = 2, 3  # levels of a link that a construction states, and of one that none does


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
            severity="error" if link.stated else "warning",
            link=_STATED if link.stated else _INFERRED,
        )
        if (check.outcome == "fails") == (link.outcome == "fails"):
            yield check


_MESSAGES = {
    "growth": {"zh": "按{computed}，文中为{stated}", "en": "the change comes to {computed}, the text says {stated}"},
    "difference": {"zh": "两数相差{computed}，文中为{stated}", "en": "the difference is {computed}, the text says {stated}"},
    "points": {"zh": "两数相差{computed}，文中为{stated}", "en": "the difference is {computed}, the text says {stated}"},
    "multiple": {"zh": "两数相比为{computed}，文中为{times}", "en": "the two compare as {computed}, the text says {times}"},
    "average": {"zh": "{count}按{mean}计算，合计{computed}，文中为{total}", "en": "{count} at {mean} make {computed}, the text says {total}"},
    "repeated_value": {"zh": "前文为{first}，此处为{second}", "en": "{first} before, {second} here"},
    "share": {"zh": "{part}占{whole}的{computed}，文中为{rate}", "en": "{part} of {whole} is {computed}, the text says {rate}"},
    "sum_of_parts": {"zh": "各项相加为{computed}，文中为{total}，相差{gap}", "en": "the parts add up to {computed}, the text says {total}: off by {gap}"},
    "percent_total": {"zh": "各项占比相加为{computed}，不是100%", "en": "the shares add up to {computed}, not 100%"},
    "implied_denominator": {"zh": "两处占比推算的总数不一致：{part}，{rate}", "en": "the two shares imply different wholes: {part}; {rate}"},
}  # fmt: skip


def _rule(
    number: str, slug: str, relation: str, kinds: tuple[str, ...], title: dict[str, str], *, fails: tuple[str, ...], holds: tuple[str, ...],
    silent: tuple[str, ...], former_names: tuple[str, ...] = (),
) -> RelationRule:  # fmt: skip
    function: Callable[[Reading, str], Iterator[Check]] = partial(
        check_links, relation=relation, kinds=frozenset(kinds)
    )
    return RelationRule(
        id=number, slug=slug, relation=relation, severity="warning", function=function, title=title, messages=_MESSAGES[relation], fails=fails,
        holds=holds, silent=silent, former_names=former_names,
    )  # fmt: skip


RULES: tuple[RelationRule, ...] = (
    _rule(
        "CK201",
        "linked-growth",
        "growth",
        ("change", "implied"),
        {"zh": "增长率与前后两期的数", "en": "A rate of growth and the figures of both periods"},
        fails=(
            "全年发放贷款1200万元，比上年增加200万元，增长30%。",
            "合作社由200家增加到260家，增长20%。",
            "外来务工者较上年增加955人至18227人，增幅为8.5%。",
            "全县销售农机260台，比上年同期的200台增长20%。",
            "去年办结案件1284件，今年办结案件1541件，增长24.0%。",
        ),
        holds=(
            "全年发放贷款1200万元，比上年增加200万元，增长20%。",
            "合作社由200家增加到260家，增长30%。",
            "外来务工者较上年增加955人至18227人，增幅为5.5%。",
            "全县销售农机260台，比上年同期的200台增长30%。",
            "去年办结案件1284件，今年办结案件1541件，增长20.0%。",
        ),
        silent=(
            "全年发放贷款1200万元，比上年增加200万元，不良率下降3%。",
            "地区生产总值1200亿元，比上年增加100亿元，增长7%。",
            "合作社由200家增加到260家，年均增长20%。",
            "合作社由200家增加到260家，带动农户增收20%。",
            "外来务工者较上年增加955人至18227人，工资增长8.5%。",
            "外来务工者较上年增加955人至18227人，增幅明显。",
            "全县销售农机260台，比上年增长20%。",
            "全县销售农机260台，比邻县的200家门店增长20%。",
            "去年全镇接待游客42.6万人次。今年上半年接待团队9.12万人次，增长20.8%。",
            "各项存款增加62.7亿元，利润增长15.4%。",
            "去年献血31.4万人次，比前年的32.9万人次减少近5%，其中首次献血人次减少约8%。",
            "产量由1240吨增加到8650吨，2015年同比增长8.6%。",
        ),
        former_names=(
            "CK501",
            "growth-from-increase",
            "CK502",
            "growth-from-base",
            "CK503",
            "growth-by-to",
            "CK513",
            "growth-against-stated-base",
        ),
    ),
    _rule(
        "CK202",
        "linked-difference",
        "difference",
        ("change",),
        {"zh": "增减量与前后两期的数", "en": "An increase or decrease and the figures of both periods"},
        fails=(
            "合作社由200家增加到260家，增加50家。",
            "全县有合作社260家，比上年的200家增加50家。",
            "今日股指收于3284点，较昨日的3157点，涨172点。",
        ),
        holds=(
            "合作社由200家增加到260家，增加60家。",
            "全县有合作社260家，比上年的200家增加60家。",
            "今日股指收于3284点，较昨日的3157点，涨127点。",
        ),
        silent=(
            "合作社由200家增加到260家，带动就业增加50人。",
            "合作社由200家增加到260家，比全市平均多出50家。",
            "全县有合作社260家，比上年的200个村庄多50家。",
            "全县有合作社260家，比上年增加50家。",
            "甲党得318席，较选前少12席，比多数所需的326席少8席。",
            "昨日接种12840剂，包括第一剂310剂和第四剂7120剂，较前日的11975剂多865剂。",
            "今日股指收于3284点，涨172点，成分股3157只。",
            "报考人数由最初的6200人降至5100人（降幅17.7%），今年首次回升，增加80人。",
            "甲校学生1284人，乙校学生1057人，增加64人。",
        ),
        former_names=(
            "CK511",
            "difference-from-base",
            "CK512",
            "difference-against-stated-base",
        ),
    ),
    _rule(
        "CK203",
        "linked-points",
        "points",
        ("change",),
        {"zh": "百分点与前后两个比率", "en": "Percentage points and both rates"},
        fails=(
            "参保率由74.4%提高到80.4%，提高4个百分点。",
            "9月合格率为88.2%，比8月的83.7%，提高5.4个百分点。",
        ),
        holds=(
            "参保率由74.4%提高到80.4%，提高6个百分点。",
            "9月合格率为88.2%，比8月的83.7%，提高4.5个百分点。",
        ),
        silent=(
            "参保率由74.4%提高到80.4%，高于全市5个百分点。",
            "参保率由74.4%提高到80.4%，覆盖面扩大。",
            "比重由2020年的16.0%增至2024年的19.8%，年均提高近1个百分点。",
            "9月合格率为88.2%，提高4.5个百分点，优良率63.1%。",
            "投票率61.4%，得票率48.3%，提高2.6个百分点。",
        ),
        former_names=(
            "CK521",
            "points-from-rates",
        ),
    ),
    _rule(
        "CK204",
        "linked-multiple",
        "multiple",
        ("change",),
        {"zh": "倍数与前后两期的数", "en": "A multiple and the figures of both periods"},
        fails=(
            "辍学学生达987人，比上年度的498人增长3倍。",
            "合作社由200家增加到600家，增长3倍。",
            "辖区茶园由2016年的120亩扩大到去年的480亩，增长5倍。",
        ),
        holds=(
            "辍学学生达987人，比上年度的498人增长近1倍。",
            "合作社由200家增加到600家，增长2倍。",
            "辖区茶园由2016年的120亩扩大到去年的480亩，增长3倍。",
        ),
        silent=(
            "辍学学生达987人，比上年度的498户增长3倍。",
            "辍学学生达987人，是上年度的2倍。",
            "合作社由200家增加到600家，是原来的3倍。",
            "合作社由200家增加到600家，收入增长3倍。",
            "协定由10个增长到19个，增长了近1倍。",
            "辖区茶园由2016年的120亩扩大到去年的480亩，增长近4倍。",
            "辖区茶园由120亩扩大到480亩，茶农收入增长5倍。",
        ),
        former_names=(
            "CK541",
            "multiple-against-stated-base",
            "CK542",
            "multiple-from-to",
        ),
    ),
    _rule(
        "CK205",
        "linked-share",
        "share",
        ("share",),
        {"zh": "占比与部分、总体", "en": "A share, its part and its whole"},
        fails=(
            "全镇有贫困户400户，其中因病致贫100户，占35%。",
            "全区参保居民18.46万人，其中老年人4.93万人，占26.7%；学生3.12万人，占19.6%。",
        ),
        holds=(
            "全镇有贫困户400户，其中因病致贫100户，占25%。",
            "全区参保居民18.46万人，其中老年人4.93万人，占26.7%；学生3.12万人，占16.9%。",
        ),
        silent=(
            "全镇有贫困户400户，其中因病致贫100户，占全县因病致贫户的35%。",
            "全镇有贫困户400户，外出务工100人，占35%。",
            "全镇18区中，9区由甲派过半数掌权。",
            "全年投资386.7亿元，上年为452.8亿元，其中住宅投资301.2亿元，占77.9%。",
            "今年计划调薪的企业有456家，比去年少31家（去年调研612家，其中487家计划调薪，占79.6%）。",
            "全区参保居民18.46万人，老年人4.93万人，占全市老年人的16.7%。",
            "今年支出预算2418.6亿元，新增退税56亿元，绿化覆盖率29%。",
            "前三季度加工出口8.46万亿元，增长3.2%。对南方市场销售5.27万亿元，占外贸总额的21.4%。",
        ),
        former_names=(
            "CK401",
            "share-of-stated-whole",
        ),
    ),
    _rule(
        "CK206",
        "linked-sum",
        "sum_of_parts",
        ("sum",),
        {"zh": "总数与各部分", "en": "A whole and its parts"},
        fails=("船队总运力74.86万吨，由散货船41.25万吨、油轮20.34万吨和集装箱船15.27万吨构成。",),
        holds=("船队总运力74.86万吨，由散货船41.25万吨、油轮20.34万吨和集装箱船13.27万吨构成。",),
        silent=(
            "全年出口864.3亿元，其中机电产品512.7亿元，服装131.6亿元。",
            "年度项目65个，其中已完工45个，未开工18个。",
        ),
    ),
    _rule(
        "CK207",
        "linked-mean",
        "average",
        ("mean",),
        {"zh": "平均数与总数、个数", "en": "A mean, its total and its count"},
        fails=("环湖步道24公里投资1.2亿元，平均每公里投资800万元。",),
        holds=("环湖步道24公里投资1.2亿元，平均每公里投资500万元。",),
        silent=(
            "环湖步道24公里投资1.2亿元，平均每公里养护费8万元。",
            "环湖步道24公里投资1.2亿元，其中桥梁平均每公里投资3000万元。",
        ),
    ),
    _rule(
        "CK208",
        "linked-repeat",
        "repeated_value",
        ("repeat",),
        {"zh": "前后两次写到的同一个数", "en": "One figure said twice"},
        fails=("检查组走访食品企业34家。上述43家企业均已签订承诺书。",),
        holds=("检查组走访食品企业34家。上述34家企业均已签订承诺书。",),
        silent=(
            "检查组走访食品企业347家。这些企业所在的12个镇街均有专人负责。",
            "去年全县接待游客214万人次。今年接待游客241万人次。",
        ),
    ),
    _rule(
        "CK209",
        "linked-partition",
        "percent_total",
        ("partition",),
        {"zh": "各项占比之和为100%", "en": "Shares that make a whole"},
        fails=("出席会员中，赞成的占52.4%，反对的占30.1%，其余27.5%弃权。",),
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
