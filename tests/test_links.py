"""Links: which figures may belong together, how probably, and what is said of them."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from itertools import groupby

import pytest
from conftest import ROOT
from growing import assert_linear

from checker.links import Candidate, links_of
from checker.links.candidates import candidates_of
from checker.links.nodes import nodes_of
from checker.links.weights import VERSION, evidence, probabilities
from checker.reading import Reading, read
from checker.sources import make_document


def reading_of(text: str) -> Reading:
    return read(make_document(text), tolerance=Fraction(1, 10))


def candidates_in(text: str) -> list[Candidate]:
    reading = reading_of(text)
    return list(candidates_of(nodes_of(reading), reading.skeleton.text))


# A text, the kind of link, and the figures that are the likeliest to belong together, by their roles.
LIKELIEST = [
    ("去年办结案件1284件，今年办结案件1541件，增长20.0%。", "change", "base=1284件 current=1541件 rate=20.0%"),
    ("今日股指收于3284点，较昨日的3157点，涨127点。", "change", "base=3157点 current=3284点 change=127点"),
    ("今年合格率达88.2%，较去年的83.7%提高4.5个百分点。", "change", "base=83.7% current=88.2% change=4.5个百分点"),
    ("产能由1284吨增加到1541吨，增幅20.0%。", "change", "base=1284吨 current=1541吨 rate=20.0%"),
    ("月末库存煤炭326.4万吨，比上月增加26.3万吨，增长8.8%。", "implied", "change=26.3万吨 current=326.4万吨 rate=8.8%"),
    ("全区居民18.46万人，其中老年人4.93万人，占26.7%。", "share", "part=4.93万人 whole=18.46万人 rate=26.7%"),
    ("本地员工412人，占员工总数1030人的40.0%。", "share", "part=412人 whole=1030人 rate=40.0%"),
    ("全村412户村民中，325户签了协议，占78.9%。", "share", "part=325户 whole=412户 rate=78.9%"),
    ("去年接待外来游客26.4万人次，其中过夜游客9.1万人次，一日游游客17.3万人次。", "sum", "part=9.1万人次、17.3万人次 total=26.4万人次"),
    ("昨日新增病例73例，其中市区48例，郊区25例。", "sum", "part=48例、25例 total=73例"),
    ("船队总运力74.86万吨，由散货船41.25万吨、油轮20.34万吨和集装箱船13.27万吨构成。", "sum", "part=41.25万吨、20.34万吨、13.27万吨 total=74.86万吨"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "figures"), LIKELIEST)
def test_the_figures_that_belong_together_are_the_likeliest(text: str, kind: str, figures: str) -> None:
    reading = reading_of(text)
    best = (0.0, "")
    for (_, found), group in groupby(candidates_in(text), key=lambda c: (c.anchor, c.kind)):
        if found == kind:
            candidates = list(group)
            for probability, candidate in zip(probabilities(candidates), candidates, strict=True):
                roles = (f"{role}={'、'.join(map(written(reading), nodes))}" for role, nodes in candidate.slots.items())
                best = max(best, (probability, " ".join(roles)))
    assert best[1] == figures


# A text, the constructions that it holds, and the figures of each by their roles.
STATED = [
    ("产能由1284吨增加到1541吨，增幅20.0%。", "from-to base=1284吨 current=1541吨 rate=20.0%"),
    ("辖区茶园由2016年的120亩扩大到去年的480亩，增长3倍。", "from-to base=120亩 current=480亩 times=3倍"),
    ("订户由825户增加36%至1122户。", "from-by-to base=825户 current=1122户 rate=36%"),
    ("今日股指收于3284点，较昨日的3157点，涨127点。", "than base=3157点 current=3284点 change=127点"),
    ("全年出生率为8.12‰，上年为9.37‰，下降1.25个千分点。", "earlier base=9.37‰ current=8.12‰ change=1.25个千分点"),
    ("本月合格率为94.2%，比上月提高1.5个百分点，上月为92.7%。", "label-behind base=92.7% current=94.2% change=1.5个百分点"),
    ("男职工246人，女职工231人，男职工比女职工多15人。", "than-name base=231人 current=246人 change=15人"),
    ("甲得1846票，乙得1372票，高出474票。", "apart base=1846票 current=1372票 change=474票"),
    ("今届入围率高达80.2%，比全市平均的71.3%高出8.9个百分点。", "than base=71.3% current=80.2% change=8.9个百分点"),
    ("全年物价上涨2.4%，高于全国平均水平（2.0%）0.4个百分点。", "than-bracket base=2.0% current=2.4% change=0.4个百分点"),
    ("年末贷款余额412.6亿元，比年初增加38.4亿元，增长10.3%。", "by-and-rate change=38.4亿元 current=412.6亿元 rate=10.3%"),
    ("本地员工412人，占员工总数1030人的40.0%。", "of-whole part=412人 whole=1030人 rate=40.0%"),
    ("全区居民18.46万人，其中老年人4.93万人，占26.7%。", "among part=4.93万人 whole=18.46万人 rate=26.7%"),
    ("营业收入45.95亿元，净利润5.24亿元。研发投入3.18亿元，占营业收入的比例为6.92%。", "named part=3.18亿元 whole=45.95亿元 rate=6.92%"),
    ("抽查的44批次灯具中，11批次不达标，不达标率为25%。", "in-all part=11批次 whole=44批次 rate=25%"),
    ("登记的418家作坊中，有293家营业额增长，增长面达70.1%。", "in-all part=293家 whole=418家 rate=70.1%"),
    ("口岸进出口总值184.6亿元，增长5%。\n其中，出口98.2亿元。\n对东盟进出口61.3亿元，增长7.2%，占同期口岸进出口总值的33.2%。", "named part=61.3亿元 whole=184.6亿元 rate=33.2%"),
    ("全镇党员1246名，其中农民867名，占69.6%，教师203名，占16.3%。", "list part=203名 whole=1246名 rate=16.3%"),
    ("考生312人，其中男生160人，女生152人。", "complements part=160人、152人 total=312人"),
    ("新增病例9例，其中5例为本土病例，4例为境外输入病例。", "complements part=5例、4例 total=9例"),
    ("代表团共615人，其中队员384人，包括男队员197人、女队员187人。", "complements part=197人、187人 total=384人"),
    ("游客18.3万人次。其中，过夜游客4.1万人次，其余14.2万人次当日返回。", "rest part=4.1万人次、14.2万人次 total=18.3万人次"),
    ("工程投资1.86亿元，由省级补助1.26亿元和县级自筹0.6亿元构成。", "composed part=1.26亿元、0.6亿元 total=1.86亿元"),
    ("甲班捐书128册，乙班捐书96册，合计224册。", "total-behind part=128册、96册 total=224册"),
    ("住户中，自有住房占71.3%，租房占18.4%，其余10.3%借住。", "rest part=71.3%、18.4%、10.3%"),
    ("检查组走访食品企业347家。上述347家企业均已签订承诺书。", "this first=347家 second=347家"),
    ("城东港前五月吞吐量超1400万吨\n据统计，今年前五月，城东港吞吐量完成1436.2万吨，创下历年同期新高，航线增至五十条。", "headline first=超1400万吨 second=1436.2万吨"),
    ("城东医院新增门诊病例超1200例\n城东医院今天通报，住院病人346例，新增的门诊病例登记1254例，均创下今年以来的新高，院方增开夜诊。", "headline-best first=超1200例 second=1254例"),
    ("青县36项新措施助企\n今天，青县聚焦企业关切，在开办、用地、审批、融资等方面，推出36项激励性政策，进一步激发市场活力。", "headline-only first=36项 second=36项"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "construction"), STATED)
def test_a_construction_states_which_figures_belong_together(text: str, construction: str) -> None:
    found = []
    for candidate in candidates_in(text):
        names = [feature.removeprefix("stated:") for feature in candidate.features if feature.startswith("stated:")]
        roles = (
            f"{role}={'、'.join(map(written(reading_of(text)), nodes))}" for role, nodes in candidate.slots.items()
        )
        found += [" ".join((names[0], *roles))] if names else []
    assert construction in found


@pytest.mark.parametrize(
    "text",
    [
        "产能由1284吨增加到1541吨，年均增长6.3%。",  # a mean of several years
        "产能由1284吨增加到1541吨，2015年增长8.6%。",  # another time
        "今年产量312吨，其中4月份出口41吨，进口9吨。",  # another period than the whole
        "全员42人，其中5人获奖，其中3人来自一班，其余17人未参赛。",  # what remains is of another whole
        "参会112人，参展企业18家，共计签约260人。",
        "支持的占34%，不支持的占61%。",  # others say nothing
        "走访企业347家、农户1260户。上述374家单位均已建档。",  # another noun
    ],
)
def test_what_only_looks_like_a_construction_states_nothing(text: str) -> None:
    found = [c for c in candidates_in(text) if any(f.startswith("stated:") for f in c.features)]
    assert [
        c.slots for c in found if c.relation != "direction"
    ] == []  # 由A增加到B says which of both is larger, and no more


def written(reading: Reading):  # type: ignore[no-untyped-def]
    text = reading.document.text
    return lambda node: text[node.quantity.start : node.quantity.end]


@pytest.mark.parametrize(
    "text",
    [
        "同比增长8.4%，产值达到120亿元。",  # the base is not in the text
        "全市接待游客426万人次。县里今年办展览51场，增长20.8%。",
        "全区居民18.46万人，老年人4.93万人，占全市老年人的16.7%。",  # the share of another whole
        "全年出口864.3亿元，其中机电产品512.7亿元，服装131.6亿元。",  # parts that are not all
        "甲校学生1284人，乙校学生1057人。",
        "各项存款增加62.7亿元，利润增长15.4%。",  # the rate of something else
        "巡查6条街道检查173个井口，合计3120处接头。",  # no parts of what is so much more
    ],
)
def test_nothing_is_said_of_figures_that_need_not_belong_together(text: str) -> None:
    assert [link.outcome for link in links_of(reading_of(text)) if link.outcome == "fails"] == []


# A text of which one figure stands twice, the second time as `{}`; how it stands the first time, and what else may be there.
SAID_AGAIN = [
    (
        "# 城东夜市新增摊位86个\n\n昨晚，城东夜市正式开街。此次新增的{}个摊位由社区统一管理，其中小吃摊位30个。",
        "86",
        "68",
    ),
    ("警方捣毁一个制假窝点，涉案金额4.7亿元。\n\n办案民警说，该案涉案金额为{}亿元，现已移送审查。", "4.7", "7.4"),
    (
        "环城绿道全长52.8公里，总投资6.3亿元。\n\n绿道经过7个街道。\n\n这条全长{}公里的绿道将于国庆前开放。",
        "52.8",
        "58.2",
    ),
    ("学院今年招收定向医学生360名。\n\n学院提醒，{}名定向医学生须签订协议，其中中医专业45名。", "360", "306"),
]


@pytest.mark.parametrize(("text", "same", "swapped"), SAID_AGAIN)
def test_a_figure_whose_digits_changed_places_is_not_the_one_before(text: str, same: str, swapped: str) -> None:
    assert outcomes(text.format(same), "repeat") == {"holds"}
    assert outcomes(text.format(swapped), "repeat") == {"fails"}


LEAD = "\n据统计，今年前五月，城东港吞吐量完成{}，创下历年同期新高，航线增至五十条。"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("城东港前五月吞吐量1436.2万吨" + LEAD.format("1436.2万吨"), {"holds"}),
        ("城东港前五月吞吐量超1400万吨" + LEAD.format("1436.2万吨"), {"holds"}),
        ("城东港前五月吞吐量1436.2万吨" + LEAD.format("1537.4万吨"), {"fails"}),
        ("城东港前五月吞吐量超1500万吨" + LEAD.format("1436.2万吨"), {"fails"}),
        ("城东港前五月吞吐量增长8.4%" + LEAD.format("1436.2万吨，同比增长6.9%"), {"fails"}),
        ("城东港前五月吞吐量1400万吨" + LEAD.format("1436.2万吨"), set()),  # cut short
        ("城东港前五月吞吐量1436.2万吨" + LEAD.format("1537.4万吨，外贸1436.2万吨"), {"holds"}),  # another is meant
        ("城东港前五月吞吐量1436.2万吨" + LEAD.format("921.4万吨，城西港514.8万吨"), set()),  # both together
        ("城东港前五月吞吐量1436.2万吨" + LEAD.format("1436.2万吨，其中外贸1537.4万吨"), {"holds"}),
        ("城东港去年吞吐量1436.2万吨" + LEAD.format("1537.4万吨"), set()),  # another period
        ("城东港票房破30亿元" + LEAD.format("30.86亿元"), set()),
        ("流感确诊病例超627万" + LEAD.format("1436.2万吨，流感确诊病例增至6219482例"), {"fails"}),
        ("流感确诊病例超627万" + LEAD.format("1436.2万吨，流感确诊病例增至6278514例"), {"holds"}),
        ("城东港翻船致3人遇难" + LEAD.format("1537.4万吨，翻船造成2人遇难"), set()),  # and one who is not counted
        ("城东港翻船致3人遇难" + LEAD.format("1537.4万吨，翻船造成5人遇难"), {"fails"}),
        ("城东港新增12条航线" + LEAD.format("1436.2万吨，共有24条航线"), set()),  # new ones, and all
        ("城东港探明8亿吨级油田" + LEAD.format("3.7亿吨，探明油田"), set()),
        ("城东港前五月吞吐量1436.2万吨，城西港更多。城南港更少" + LEAD.format("1537.4万吨"), set()),  # no heading
    ],
)  # fmt: skip
def test_a_heading_says_what_its_lead_says(text: str, outcome: set[str]) -> None:
    assert outcomes(text, "repeat") == outcome


@pytest.mark.parametrize(
    "text",
    [
        "夜市新增摊位86个。\n\n停车场新增车位68个。",
        "甲国发生6.7级地震。\n\n甲国发生6.7级地震，这是上月7.6级地震以来最强的余震。",
        "首季平均票房1476万元。\n\n第二季推出后，平均票房达1746万元，比首季更高。",
        "预赛有52名选手参加。\n\n预赛中25名选手没有完赛。",
        "客运一季度收入增长3.6%。\n\n据统计，一季度客运收入7.4亿元，增长3.6%，其中公路4.1亿元，增长6.3%。",
        "约360名学生报名。\n\n306名学生通过初审。",
        "# 今增95宗投訴、夜市佔270宗\n\n今日再新增95宗投訴，72宗涉及噪音。夜市再增59宗投訴，令夜市累計270宗。",
    ],
)
def test_figures_of_other_things_may_have_the_same_digits(text: str) -> None:
    assert "fails" not in outcomes(text, "repeat")


@pytest.mark.parametrize(
    ("total", "outcome"), [("10.45", {"holds"}), ("9.07", {"fails"}), ("4.12", set()), ("24.6", set())]
)
def test_a_stated_sum_that_nearly_adds_up_is_wrong(total: str, outcome: set[str]) -> None:
    text = f"东区产煤6.18万吨，西区产煤4.27万吨，合计产煤{total}万吨。"
    assert outcomes(text, "sum") == outcome


@pytest.mark.parametrize(
    ("kind", "text", "outcome"),
    [
        # a part that exceeds its whole, where only one digit has to change
        ("share", "协会收到47宗投诉，当中113宗关于退款（28%），9宗关于质量（19%）。", {"fails"}),
        # a list that need not be complete falls short by chance, and is exceeded by a slip
        ("sum", "发送旅客2980万人次，其中公路、水路2040万人次，铁路812万人次。", set()),
        ("sum", "全镇新增用工598名，其中男工186名，女工512名。", {"fails"}),
        # shares that may leave something out, and shares that come to more than all
        ("partition", "收回问卷140份，45%来自公办学校，30%来自民办学校，另有15%未写明。", set()),
        ("partition", "其中，男性占58.2%；女性占48.8%。", {"fails"}),
        ("within", "调查的21个行业大类中，有41个行业价格上涨。", {"fails"}),
        ("within", "中西部22个省份扶贫车间已复工27667个。", set()),
        ("within", "13个界别当中的364个席位由选举产生。", set()),
        # one change of two levels is told once
        ("change", "累计总额为55.15亿元，相比2011年的30.19亿元，升幅近83%；但按逐年增长计算，累计升幅达137%。", {"holds"}),
    ],
)  # fmt: skip
def test_a_doubt_is_outweighed_by_a_surer_slip_alone(kind: str, text: str, outcome: set[str]) -> None:
    assert outcomes(text, kind) == outcome


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("制造业指数为51.4%，继续扩张", "制造业指数为54.1%，较上月小幅回落", {"fails"}),
        ("制造业指数为51.4%，继续扩张", "制造业指数为57.4%，较上月小幅回落", set()),  # another digit is no sure slip
        ("平台成交额增至13786.6万元", "平台成交额增至1378.66万元", {"fails"}),
        ("平台成交额增至11493.6万元", "平台成交额增至1493.6万元", {"fails"}),
        ("平台成交额增至11000万元", "平台成交额增至1000万元", set()),  # two digits only
    ],
)
def test_slips_that_figures_in_like_words_never_show(first: str, second: str, outcome: set[str]) -> None:
    assert outcomes(f"五月城东{first}。\n\n五月城东{second}。", "repeat") - {"holds"} == outcome


def outcomes(text: str, kind: str) -> set[str]:
    return {link.outcome for link in links_of(reading_of(text)) if link.candidate.kind == kind}


def shape(text: str) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(c.kind, c.anchor, c.features) for c in candidates_in(text)]


@pytest.mark.parametrize("text", [text for text, _, _ in LIKELIEST])
def test_values_are_not_looked_at(text: str) -> None:
    """Other digits, as many, make the same candidates with the same features."""
    other = re.sub(r"\d", lambda digit: str(int(digit.group()) % 9 + 1), text)
    assert shape(other) == shape(text)


def test_the_weights_are_those_of_this_version() -> None:
    data = json.loads((ROOT / "checker/links/weights.json").read_text("utf-8"))
    assert data["version"] == VERSION


def test_the_evidence_is_that_of_the_candidate() -> None:
    candidate = next(c for c in candidates_in(LIKELIEST[0][0]) if c.kind == "change")
    found = evidence(candidate)
    assert 0 < len(found) <= 5
    assert {name for name, _ in found} <= set(candidate.features)


def test_a_rival_that_fits_keeps_a_failure_quiet() -> None:
    text = "去年产值1284万元，前年产值1190万元，今年产值1541万元，比前年增长29.5%。"
    assert [link.outcome for link in links_of(reading_of(text)) if link.outcome == "fails"] == []


def test_candidates_grow_with_the_text() -> None:
    passage = "去年办结案件1284件，今年办结案件1541件，增长20.0%，其中民事案件830件，占53.9%。\n"
    list(links_of(reading_of(passage)))  # the weights are read once
    assert_linear(lambda text: list(links_of(reading_of(text))), lambda many: passage * (many + 20), 160)
