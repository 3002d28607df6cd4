"""The relation functions: a text, and every check that a careful reader would draw from it.

A row gives the text and the checks of one rule: outcome and the operands as written, in text order. ``~`` stands for
``holds-rounded``, ``?`` for ``undecided``; no check of the rule at all is an empty row.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from latepatterns import LATE

from checker import Checker
from checker.reading import read
from checker.relations import RELATION_RULES
from checker.sources import make_document

CHECKER = Checker()
SIGNS = {"holds": "=", "holds-rounded": "~", "holds-truncated": "<", "fails": "!", "undecided": "?"}


def _drawn(text: str, rule: str) -> list[str]:
    result = CHECKER.check(text)
    assert result.errors == ()
    found = []
    for check in result.checks:
        if check.rule == rule:
            spans = []
            for operand in check.operands:
                if operand.quantity is not None:
                    spans.append((result.quantities[operand.quantity].start, result.quantities[operand.quantity].end))
                elif operand.start is not None and operand.end is not None:
                    spans.append((operand.start, operand.end))
            spans.sort()
            found.append(f"{check.relation} {SIGNS[check.outcome]} " + " ".join(text[a:b] for a, b in spans))
    return found


# 其中大型9座 of 水库8座: the part has no noun of its own, only a word that narrows the whole's.


def _row(text: str, *checks: str, wrong: str | None = None) -> object:
    """A row; `wrong` says what the engine gets wrong in it at present."""
    marks = [pytest.mark.xfail(strict=True, reason=wrong)] if wrong else []
    return pytest.param(text, list(checks), id=text, marks=marks)


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        # a whole and the parts that make it up
        _row("全乡有水库8座，其中大型3座、小型5座。", "sum_of_parts = 8座 3座 5座"),
        _row("全乡有水库8座（其中大型3座、小型5座）。", "sum_of_parts = 8座 3座 5座"),
        _row("全乡有水库8座（大型3座、小型5座）。", "sum_of_parts = 8座 3座 5座"),
        _row("全乡有水库8座（大型3座、小型6座）。", "sum_of_parts ! 8座 3座 6座"),
        _row("全乡有水库8座。其中，大型3座，小型5座。", "sum_of_parts = 8座 3座 5座"),
        _row("投资1.2亿元，其中中央7000万元，地方5000万元。", "sum_of_parts = 1.2亿元 7000万元 5000万元"),
        _row("投资1.21亿元，其中中央7000万元，地方5000万元。", "part_le_whole = 1.21亿元 7000万元 5000万元"),
        _row("栽树3万亩，其中松树1.2万亩，杨树1.8万亩。", "sum_of_parts = 3万亩 1.2万亩 1.8万亩"),
        _row("栽树3万亩，其中松树1.3万亩，杨树1.8万亩。", "sum_of_parts ~ 3万亩 1.3万亩 1.8万亩"),
        _row("栽树3.0万亩，其中松树1.3万亩，杨树2.8万亩。", "sum_of_parts ! 3.0万亩 1.3万亩 2.8万亩"),
        _row("全村有低保户8户（甲组3户、乙组6户）。", "sum_of_parts ! 8户 3户 6户"),
        # only some of the parts
        _row("全乡有水库8座，其中大型3座。", "part_le_whole = 8座 3座"),
        _row("全乡有水库8座，其中大型9座。", "part_le_whole ! 8座 9座"),
        _row("全乡有水库8座，其中大型3座、中型2座。", "part_le_whole = 8座 3座 2座"),
        _row("全乡有水库80余座，其中大型30座、小型50座。", "part_le_whole = 80余座 30座 50座"),
        _row("全村有低保户8户，其中重残9户。", "part_le_whole ! 8户 9户"),
        # 其他, 其余 close the list
        _row("全村有低保户8户，其中重残3户，其他4户。", "sum_of_parts ! 8户 3户 4户"),
        _row("全乡有水库8座，其中大型3座，其他5座。", "sum_of_parts = 8座 3座 5座"),
        _row("全乡有水库8座，其中大型3座，其他4座。", "sum_of_parts ! 8座 3座 4座"),
        _row("全乡有水库8座，其中大型3座、中型1座，其余4座。", "sum_of_parts = 8座 3座 1座 4座"),
        # what belongs to the list, and what leaves it
        _row("全乡有水库8座，其中大型3座、小型5座，新建桥梁12座。", "sum_of_parts = 8座 3座 5座"),
        _row("全乡有水库8座，其中大型3座、小型5座，另有水塘20座。", "sum_of_parts = 8座 3座 5座"),
        _row("全乡有水库8座，其中大型3座，占37.5%；小型5座，占62.5%。", "sum_of_parts = 8座 3座 5座", wrong="the list ends at the semicolon"),
        _row("实现税收50亿元，其中增值税30亿元，同比增长4亿元。", "part_le_whole = 50亿元 30亿元"),
        # two units in one list are two lists
        _row(
            "全镇脱贫812户1427人，其中甲村300户500人，乙村512户927人。",
            "sum_of_parts = 812户 300户 512户",
            "sum_of_parts = 1427人 500人 927人",
        ),
        _row(
            "全镇脱贫812户1427人，其中甲村300户1500人。",
            "part_le_whole = 812户 300户",
            "part_le_whole ! 1427人 1500人",
        ),
        # a unit that the whole has not
        _row("召开会议60次，其中研究议题98个。"),
        _row("办理案件60件，其中抓获98人。"),
        # one inside the other
        _row(
            "收入90万元，其中税收60万元（其中增值税40万元、所得税20万元）、非税30万元。",
            "sum_of_parts = 90万元 60万元 30万元",
            "sum_of_parts = 60万元 40万元 20万元",
            wrong="the parts of the inner list are taken for parts of the outer one",
        ),
        _row(
            "收入90万元，其中税收60万元，其中增值税70万元。",
            "part_le_whole = 90万元 60万元",
            "part_le_whole ! 60万元 70万元",
            wrong="what stands behind the second 其中 is still a part of the first whole",
        ),
        # the whole in the sentence before; further back only to confirm, never in another paragraph
        _row("全村有低保户8户。其中重残9户。", "part_le_whole ! 8户 9户"),
        _row("全村有低保户8户。补助到位。其中重残9户。", "part_le_whole ? 8户 9户"),
        _row("全村有低保户8户。\n\n其中重残9户。"),
        # a whole that is only a change, a rate or a mean
        _row("新增就业比上年增加300人，其中返乡人员500人。"),
        _row("增长3.4%，其中制造业增长9.6%。"),
        _row("每人补助300元，其中省级补助500元。"),
        # nouns of 个, 家 and 座
        _row("全县有贫困村21个，其中已出列25个。", "part_le_whole ! 21个 25个"),
        _row("建成园区3个，其中入驻企业50个。", "part_le_whole ? 3个 50个"),
        # Traditional characters
        _row("接獲投訴184宗，其中涉及巴士的有210宗。", "part_le_whole ! 184宗 210宗"),
    ],
)  # fmt: skip
def test_parts(text: str, checks: list[str]) -> None:
    assert _drawn(text, "CK101") == checks


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        # a range, a number without a unit, a rank: said again in words that are alike, in another sentence
        _row("预计消费增长6%—7%。分析认为，消费增长6%—7%的目标可以实现。", "repeated_value = 6%—7% 6%—7%"),
        _row("预计消费增长6%—7%。分析认为，出口可达6%—7%。"),
        # three digits together hardly stand twice by chance, and the nearest of several is the one that is said again
        _row("预计消费增长6.5%—7%。分析认为，有6.5%—7%就够。", "repeated_value = 6.5%—7% 6.5%—7%"),
        _row("预计消费增长6%—7%，消费增长6%—7%。"),
        _row("昨日中间价报6.3168。今日中间价报6.3168，与昨日相同。", "repeated_value = 6.3168 6.3168"),
        _row("昨日中间价报6.3168。今日中间价报6.3186。"),
        _row("公司销量排名全省第三。据统计，公司销量排名全省第三，前进两位。", "repeated_value = 第三 第三"),
        _row("公司销量排名全省第三。据统计，公司销量排名全省第三十。"),
        _row("会议审议了本省第三批名单。据悉，会议审议了本省第三次修改稿。"),
    ],
)  # fmt: skip
def test_repeats_beside_levels(text: str, checks: list[str]) -> None:
    assert _drawn(text, "CK641") == checks


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        # a share of a whole that its words name
        _row("茶园面积200亩，有机茶园50亩，占茶园面积的25%。", "share = 200亩 50亩 25%"),
        _row("茶园面积200亩，有机茶园50亩，占茶园面积的35%。", "share ! 200亩 50亩 35%"),
        _row("茶园面积300亩，有机茶园100亩，占茶园面积的33.3%。", "share ~ 300亩 100亩 33.3%"),
        _row("茶园面积200亩，有机茶园50亩，占比25%。"),
        _row("茶园面积200亩，果园50亩，占水果面积的35%。"),
        _row("茶园面积200亩，有机茶园50户，占茶园面积的25%。"),
        # a plan is no population
        _row("完成投资50亿元，占年度计划的35%；税收60亿元，占年度计划的60%。"),
        # two shares of one whole that is not stated
        _row(
            "教育支出30亿元，占总支出的15%；卫生支出40亿元，占总支出的20%。",
            "implied_denominator = 30亿元 15% 40亿元 20%",
        ),
        _row(
            "教育支出30亿元，占总支出的15%；卫生支出40亿元，占总支出的30%。",
            "implied_denominator ! 30亿元 15% 40亿元 30%",
        ),
        _row(
            "教育支出31亿元，占总支出的15%；卫生支出40亿元，占总支出的20%。",
            "implied_denominator ~ 31亿元 15% 40亿元 20%",
        ),
        _row("教育支出30亿元，占财政支出的15%；制造业投资40亿元，占工业投资的30%。"),
        # 整体
        _row("参会500人（上午300人），会员100人（20%）。", "share = 500人 100人 20%"),
    ],
)  # fmt: skip
def test_shares(text: str, checks: list[str]) -> None:
    assert _drawn(text, "CK411") == checks


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        _row("甲镇和乙镇分别增长3%和4%。", "alignment = 甲镇和乙镇 3% 4%"),
        _row("甲镇、乙镇、丙镇分别增长3%、4%和5%。", "alignment = 甲镇、乙镇、丙镇 3% 4% 5%"),
        _row("甲镇、乙镇、丙镇、丁镇分别增长3%、4%、5%。", "alignment ! 甲镇、乙镇、丙镇、丁镇 3% 4% 5%"),
        _row("甲镇、乙镇、丙镇分别增长3%、4%、5%、6%。", "alignment ! 甲镇、乙镇、丙镇 3% 4% 5% 6%"),
        # 和 inside a name
        _row("文化和旅游、软件和信息、建筑分别增长3%、4%、5%。", "alignment = 文化和旅游、软件和信息、建筑 3% 4% 5%"),
        _row("城乡居民收入、支出分别增长3%、4%、5%、6%。"),
        _row("两镇分别增长3%和4%。", "alignment = 两镇 3% 4%"),  # a count tells how many there are
        _row("两镇分别增长3%、4%和5%。", "alignment ! 两镇 3% 4% 5%"),
        _row(
            "2019年和2021年，全县分别修路12公里、9公里和4公里。", "alignment ! 2019年和2021年，全县 12公里 9公里 4公里"
        ),
        _row("3人分别以6000元和1万元保释。"),  # two of them by one amount
        _row("4个标段分别有3个月和2个月工期。"),
        _row("甲镇和乙镇分别增长3%。"),
        _row("去年，甲镇、乙镇、丙镇，分别增长3%、4%、5%。", "alignment = 甲镇、乙镇、丙镇， 3% 4% 5%"),
    ],
)
def test_alignment(text: str, checks: list[str]) -> None:
    assert _drawn(text, "CK611") == checks


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        _row("月薪在3000元至5000元之间。", "range_order = 3000元至5000元"),
        _row("月薪在5000元至3000元之间。", "range_order ! 5000元至3000元"),
        _row("月薪3000—5000元不等。", "range_order = 3000—5000元"),
        _row(
            "月薪5000—3000元不等。"
        ),  # 不等 goes either way: each of eight such ranges in published texts was meant so
        _row("票价由90元至60元逐级下调。"),
        _row("本次展览于3月至5月举行。", "range_order = 3月至5月"),
        _row("供暖期为11月至3月。"),
        _row("获第三至六名。", "range_order = 第三至六名"),
        _row("获第六至三名。", "range_order ! 第六至三名"),
        _row("亩产800—900公斤。", "range_order = 800—900公斤"),
        _row("增长20%～30%。", "range_order = 20%～30%"),
        _row(
            "造价在90元至110万元之间。",
            "range_order ! 90元至110万元",
            wrong="settle drops the second check over one range",
        ),
    ],
)
def test_ranges(text: str, checks: list[str]) -> None:
    assert sorted(_drawn(text, "CK711")) == sorted(checks)


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        _row("2020年2月29日开工。", "date = 2020年2月29日"),
        _row("2021年2月29日开工。", "date ! 2021年2月29日"),
        _row("4月31日开工。", "date ! 4月31日"),
        _row("2月29日开工。", "date = 2月29日"),
        _row("2月30日开工。", "date ! 2月30日"),
        _row("2000年2月29日是闰日。", "date = 2000年2月29日"),
        _row("1900年2月29日并不存在。", "date ! 1900年2月29日"),
        _row("2024年5月1日（星期三）放假。", "date = 2024年5月1日", "date = 2024年5月1日"),
        _row("2024年5月1日（星期四）放假。", "date = 2024年5月1日", "date ! 2024年5月1日"),
        _row("2024年5月5日，星期天，晴。", "date = 2024年5月5日", "date = 2024年5月5日"),
        _row("2024年5月1日（周三）放假。", "date = 2024年5月1日", "date = 2024年5月1日"),
        _row("2024年5月1日（周刊）出版。", "date = 2024年5月1日"),
        _row("5月1日（星期四）放假。", "date = 5月1日"),
        _row("从2015年的20家增加到2018年的35家。", "date = 2015年 2018年"),
        _row("从2018年的20家增加到2015年的35家。", "date ! 2018年 2015年"),
        _row("二〇二〇年二月三十日施行。", "date ! 二〇二〇年二月三十日"),
        _row("2020-02-30施行。", "date ! 2020-02-30"),
    ],
)
def test_dates(text: str, checks: list[str]) -> None:
    assert sorted(_drawn(text, "CK901")) == sorted(checks)


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        _row("万元用于修缮校舍，惠及周边六个村的三百多名学生和家长。", "extraction ! 万元"),
        _row("亿千瓦时的电量送往外省，支持了沿海地区的冬季供电保障工作。", "extraction ! 亿千瓦时"),
        _row("万元户在当年很少见，如今家家都有余钱，日子一年比一年好。"),
        _row("万元"),  # the unit above a table
        _row("万人空巷的场面在昨晚的灯会上再次出现，秩序井然有条不紊。"),
        _row("收入增长6.1%%。", "extraction ! 6.1%%"),
        _row("收入增长6.1%，支出增长3%。"),
        _row("投资12万元。\n\n万元用于修缮校舍，惠及周边六个村的三百多名学生和家长。", "extraction ! 万元"),
    ],
)
def test_extraction(text: str, checks: list[str]) -> None:
    assert _drawn(text, "CK951") == checks


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("全村有低保户8户，其中重残9户。", "CK101", "error"),
        ("全村有低保户8户。其中重残9户。", "CK101", "error"),
        ("教育支出30亿元，占总支出的15%；卫生支出40亿元，占总支出的30%。", "CK411", "warning"),
        ("甲镇、乙镇、丙镇、丁镇分别增长3%、4%、5%。", "CK611", "warning"),
        ("2月30日开工。", "CK901", "error"),
        ("收入增长6.1%%。", "CK951", "info"),
    ],
)
def test_how_loud(text: str, rule: str, severity: str) -> None:
    assert [(f.rule, f.severity) for f in CHECKER.check(text).findings] == [(rule, severity)]


@pytest.mark.parametrize(
    ("text", "message", "expression"),
    [
        ("全村有低保户8户（甲组3户、乙组6户）。", "各部分相加为9户，总数为8户，相差1户", "3 + 6 = 9 ≠ 8"),
        ("全村有低保户8户，其中重残9户。", "部分9户大于总数8户", "9 > 8"),
        ("茶园面积200亩，有机茶园50亩，占茶园面积的35%。", "50亩占200亩的25%，文中为35%", "50亩 ÷ 200亩 = 25% ≠ 35%"),
        ("2021年2月29日开工。", "没有2021年2月29日这一天：2月只有28天", "2月有28天"),
    ],
)
def test_what_a_finding_says(text: str, message: str, expression: str) -> None:
    assert [(f.message, f.expression) for f in CHECKER.check(text).findings] == [(message, expression)]


# --------------------------------------------------------------------------------------------------------------- needs


@pytest.fixture(scope="module")
def written() -> list[str]:
    """Every example of a relation, every sample, and texts in which patterns have something to find; and each as it is read."""
    texts = [text for rule in RELATION_RULES for text in (*rule.fails, *rule.holds, *rule.silent)]
    texts += [path.read_text("utf-8") for path in Path(__file__).parent.parent.glob("samples/[cp]*/*.*")]
    texts += [
        "由200家降低到160家，减少40家，下降20%。", "售价由80元提高到96元，上升16元，升幅20%。", "每户每年520元，全乡210户，合计10.92万元。",
        "甲、乙、丙分居前三。", "甲、乙、丙、丁并列第三至第六。", "自2012年起，到2019年。", "近6成人，即2643人。",
        "“五个一批”和“两不愁”。", "户平均增收300元。", "夺冠者46万人，位居第二的38万人。", "里程30亩。", "前十名。",
    ]  # fmt: skip
    readings = [read(make_document(text), tolerance=Fraction(1, 10)) for text in texts]
    return [*texts, *(reading.skeleton.text for reading in readings)]


@pytest.mark.parametrize("name", LATE)
def test_nothing_that_a_pattern_finds_is_without_its_need(name: str, written: list[str]) -> None:
    """Nor is a piece of a text, as a pattern may be given."""
    late = LATE[name]
    if late.need.sets:
        compiled = re.compile(late.pattern)
        for text in written:
            for found in compiled.finditer(text):
                assert late.need.is_met(text), text
                assert late.need.is_met(text[max(0, found.start() - 200) : found.end()]), found


def test_most_patterns_are_understood() -> None:
    """One that is not is compiled at once, which is right, but slow."""
    plain = [late for late in LATE.values() if isinstance(late.pattern, str) and not late.flags & ~re.UNICODE]
    assert sum(bool(late.need.sets) for late in plain) > 0.8 * len(plain) > 200
