"""Comparisons, balances and ratios: which figures a construction sets against each other, and what is said of them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from growing import assert_linear

from checker import check
from checker.links import Candidate, links_of
from checker.links.candidates import candidates_of
from checker.links.kinds import KINDS, construction_of
from checker.links.nodes import nodes_of
from checker.reading import Reading, read
from checker.report.evidencewords import CONSTRUCTIONS
from checker.sources import make_document

_KINDS = {"rise", "fall", "above", "below", "even", "gap", "lead", "ratio"}


def reading_of(text: str) -> Reading:
    return read(make_document(text), tolerance=Fraction(1, 10))


def found_in(text: str) -> list[str]:
    reading = reading_of(text)
    return [
        f"{candidate.kind} {construction_of(candidate)} {_figures(candidate, text)}"
        for candidate in candidates_of(nodes_of(reading), reading.skeleton.text)
        if candidate.kind in _KINDS
    ]


def _figures(candidate: Candidate, text: str) -> str:
    return " ".join(
        f"{role}={'、'.join(text[node.quantity.start : node.quantity.end] for node in nodes)}"
        for role, nodes in candidate.slots.items()
    )


# A text, and every comparison, balance and ratio that is seen in it.
SEEN = [
    ("入园率由71%提高到83%。", ["rise moved base=71% current=83%"]),
    ("入园率从2015年的71%提高到了去年的83%。", ["rise moved base=71% current=83%"]),
    ("合作社由十年前的24个发展到目前的173个。", ["rise moved base=24个 current=173个"]),
    ("订户由825户增加36%至1122户。", ["rise moved-by base=825户 current=1122户"]),
    ("门诊、住院人次分别由2.6万、1.1万增加到4.2万、1.9万。", ["rise moved-each base=2.6万 current=4.2万", "rise moved-each base=1.1万 current=1.9万"]),
    ("前年利润3.3亿元，去年又升至4.7亿元。", ["rise moved-later base=3.3亿元 current=4.7亿元"]),
    ("平均用时由46天缩短到31天。", ["fall moved base=46天 current=31天"]),
    ("拥堵指数由5.47降至5.21。", ["fall moved base=5.47 current=5.21"]),
    ("城乡收入比由2.9∶1缩小到2.5∶1。", ["fall moved base=2.9∶1 current=2.5∶1"]),
    ("6月入住率为61.2%，高于去年同期的58.4%。", ["above held base=58.4% current=61.2%"]),
    ("6月入住率为61.2%，高于甲市的58.4%，也高于乙市的55.1%。", ["above held base=58.4% current=61.2%", "above held base=55.1% current=61.2%"]),
    ("对甲国出口114.2亿元，超过对乙国出口额（104.6亿元）。", ["above held base=104.6亿元 current=114.2亿元"]),
    ("全年成交386万套，不及预期的390万套。", ["below held base=390万套 current=386万套"]),
    ("受灾农田320亩，较前年的412亩有所减少。", ["fall than-moved base=412亩 current=320亩"]),
    ("本周投诉42宗，比上周的31宗为多。", ["rise than-moved base=31宗 current=42宗"]),
    ("失业率5.5%，与5月份的5.5%持平。", ["even even base=5.5% current=5.5%"]),
    ("全区出口864.3亿元，增长6%；进口512.1亿元，下降2%；贸易顺差352.2亿元。", ["gap balance larger=864.3亿元 smaller=512.1亿元 gap=352.2亿元"]),
    ("财政收入26.4亿元，支出31.7亿元，赤字5.3亿元。", ["gap balance larger=31.7亿元 smaller=26.4亿元 gap=5.3亿元"]),
    ("应转移灾民4460人，已转移3810人，剩余650人今晚撤离。", ["gap left larger=4460人 smaller=3810人 gap=650人"]),
    ("主队以82比69领先13分。", ["lead lead score=82比69 gap=13分"]),
    ("主队42-53落后了11分。", ["lead lead score=42-53 gap=11分"]),
    ("首节过后比分为32比19，主队领先13分。", ["lead lead-named score=32比19 gap=13分"]),
    ("终场105-88，分差达到17分。", ["lead lead-named score=105-88 gap=17分"]),
    ("本周登记旅客9120人次，高于上周登记旅客8460人次。", ["above held-named base=8460人次 current=9120人次"]),
    ("全校有教师120人，学生3000人，师生比为1∶25。", ["ratio ratio one=120人 other=3000人 ratio=1∶25"]),
    ("全校有学生3000人、教师120人，师生比为1∶25。", ["ratio ratio one=120人 other=3000人 ratio=1∶25"]),
    ("男生412人，女生206人。男生与女生的比例为2∶1。", ["ratio ratio one=412人 other=206人 ratio=2∶1"]),
    ("城乡居民收入分别为6.5万元和2.6万元，城乡收入比缩小到2.5∶1。", ["ratio ratio one=6.5万元 other=2.6万元 ratio=2.5∶1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen"), SEEN, ids=[text for text, _ in SEEN])
def test_a_construction_sets_figures_against_each_other(text: str, seen: list[str]) -> None:
    assert found_in(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "年度补贴由每人15000元，单次补贴提高至4000元。",  # another limit
        "累计住院病例升至21630例，重症病例升至418例。",  # another count
        "接警速度由27分钟提高到20分钟。",  # faster is shorter
        "识别精度由20米提高到5米。",  # finer is smaller
        "误差由–31.4%升至–2.6%。",  # a sign in front of the number
        "人口由672万增加到8 72万。",  # a number that came apart
        "年度分红不低于可分配收益的50%。",  # a requirement
        "市占率8.4%，超过流通股的一半。",  # a share of a whole
        "利润143亿元，仅为甲公司1280亿元的九分之一，低于乙公司。",
        "全区服务收入864.3亿元，支出512.1亿元，累计结余2160.4亿元。",  # of many years
        "全区出口864.3亿元，进口512.1亿元，其中机电产品贸易顺差410.6亿元。",  # of some goods
        "全市54项建议中，落实的12项，部分落实的8项，尚有34项未落实。",  # three parts
        "客队以86比95告负，当时半场落后27分。",  # at another time
        "全校有教师120人，学生3000人，生均图书比为1∶35。",  # the ratio of something else
    ],
)
def test_what_only_looks_like_a_comparison_is_none(text: str) -> None:
    assert found_in(text) == []


def outcomes(text: str) -> list[tuple[str, str]]:
    return [(link.candidate.kind, link.outcome) for link in links_of(reading_of(text)) if link.candidate.kind in _KINDS]


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("入园率由83%提高到71%。", [("rise", "fails")]),
        ("入园率由近83%提高到83%。", [("rise", "holds")]),
        ("排名由12位上升到8位。", [("rise", "holds")]),  # a better place has a smaller number
        ("排名由8位上升到12位。", [("rise", "fails")]),
        ("6月入住率为58.4%，高于去年同期的61.2%。", [("above", "fails")]),
        ("城乡收入比由2.5∶1缩小到2.9∶1。", [("fall", "fails")]),
        ("城乡收入比由5∶1缩小到6.0∶1。", [("fall", "fails")]),
        ("全区出口3.16万亿元，进口2.43万亿元，顺差7289.4亿元。", [("gap", "holds")]),  # rounded
        ("全区出口864.3亿元，进口512.1亿元，顺差325.2亿元。", [("gap", "fails")]),
        ("上年出口864.3亿元，今年进口512.1亿元，顺差325.2亿元。", []),  # of two periods
        ("甲厂瓷砖12.6万片，乙厂瓷砖已使用15.3万片，余下5.9万片。", []),  # no part of the other
        ("教师118人，学生3000人，师生比为1∶25。", [("ratio", "holds")]),  # 25.4
        ("教师112人，学生3000人，师生比为1∶25。", [("ratio", "fails")]),  # 26.8
        ("教师约112人，学生约3000人，师生比为1∶20。", []),
    ],
)
def test_values_decide_only_what_is_said_of_them(text: str, judged: list[tuple[str, str]]) -> None:
    assert outcomes(text) == judged


def test_a_rank_is_told_by_its_message() -> None:
    (finding,) = check("排名由8位上升到12位。").findings
    assert (finding.rule, finding.message) == ("CK221", "由8位到12位是下降，文中说的是上升")


def test_every_construction_has_words() -> None:
    seen = {line.split()[1] for _, lines in SEEN for line in lines}
    assert len(seen) == 13
    assert seen <= set(CONSTRUCTIONS)
    assert set(KINDS) >= _KINDS


def test_comparisons_grow_with_the_text() -> None:
    passage = "入园率分别由71%、62%提高到83%、74%，高于甲市的58.4%，出口8.6亿元，进口5.1亿元，顺差3.5亿元。"
    list(links_of(reading_of(passage)))
    assert_linear(lambda text: list(links_of(reading_of(text))), lambda many: (passage + "\n") * (many + 20), 160)
