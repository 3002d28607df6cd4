"""What each figure measures: metric, holder, period, as tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import checker
from checker.claims import Claim
from checker.quantities import Quantity


def _claims(text: str, published: str | None) -> dict[str, checker.Result]:
    result = checker.check(text, published=published)
    return {text[q.start : q.end]: result.claims[q.id] for q in result.quantities}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "published", "figure", "period"),
    [
        ("2016年全县脱贫1579户。", None, "1579户", "2016"),
        (
            "截至2019年末，全县脱贫1579户。",
            None,
            "1579户",
            "2019-12-31",
        ),  # what is counted at the end of a year is of its last day
        ("去年全县脱贫1579户。", "2017-06-09", "1579户", "2016"),
        ("去年全县脱贫1579户。", None, "1579户", "去年"),  # a label, where no date is known
        ("今年全县计划脱贫1579户。", "2017-06-09", "1579户", "2017"),
        ("2018年4月开工，同年建成大棚30座。", None, "30座", "2018"),
        ("2018年，上年结转的项目30个。", None, "30个", "2017"),
        ("2018年新建大棚30座，比上年增加5座，户均2亩，较上年增加1亩，共60亩。", None, "60亩", "2018"),
        ("2018年新建大棚30座，比上年的25座增加5座。", None, "25座", "2017"),
        ("2018年新建大棚30座，比上年的25座增加5座。", None, "5座", "2018"),
        ("今年新建大棚30座，比去年增加5座。", "2018-06-09", "5座", "2018"),
        ("2016年以来，新修村路30公里。", None, "30公里", "2016/.."),
        ("2019年上半年，用电量为30万千瓦时。", None, "30万千瓦时", "2019-01/2019-06"),
        ("2019年前三季度，用电量为30万千瓦时。", None, "30万千瓦时", "2019-01/2019-09"),
        ("2019年，三季度用电量为30万千瓦时。", None, "30万千瓦时", "2019-07/2019-09"),
        ("2017~2019年，累计投入3000万元。", None, "3000万元", "2017/2019"),
        ("6月30日，全县脱贫1579户。", "2017-07-09", "1579户", "2017-06-30"),
        ("7日新增用户30户。", "2017-07-09", "30户", "2017-07-07"),
        ("2021年1—11月，新增用户30户。", None, "30户", "2021-01/2021-11"),
        ("产量由2012年的28万吨增加到2021年的55万吨。", None, "28万吨", "2012"),
        ("产量由2012年的28万吨增加到2021年的55万吨。", None, "55万吨", "2021"),
        ("2019年，林场苗木是2003年的40多倍。", None, "40多倍", "2019"),
        ("2019年，苗木产量7万株，创历年新高，蜂蜜产量9吨。", None, "9吨", "2019"),
        ("2019年，苗木产量7万株，创近16年来新高，蜂蜜产量9吨。", None, "9吨", "2019"),
        ("2019年青原县苗木增加\n苗木产量为7万株。", None, "7万株", "2019"),
        ("2019年以来的青原县\n苗木产量为7万株。", None, "7万株", None),
        ("2019年苗木7万株，为2003年末的3倍。", None, "3倍", "2019"),
        ("2019年，苗木相当于2003年的80%。", None, "80%", "2019"),
        ("2020年3月，苗木是去年同期的3倍。", None, "3倍", "2020-03"),
        ("失业率由2014年的5%降至2015年的3%。", None, "3%", "2015"),
        ("承诺期为2018年3月、2011年12月至2012年12月，投入7万元。", None, "7万元", "2011-12/2012-12"),
        ("2021年，产量较2018年增加28万吨。", None, "28万吨", "2021"),
        ("2021年，产量比去年同期增长8%。", "2021-06-09", "8%", "2021"),
        ("审议了《2018年度工作计划》等3项议案。", None, "3项", None),
        ("报告期末，余额3亿元。", None, "3亿元", "报告期末"),
        ("2021年开工。\n\n全县新建大棚30座。", None, "30座", None),
        # a time that a clause tells of what began, or was told, is not that of the next
        ("自2016年，新修村路30公里。", None, "30公里", "2016/.."),
        ("从2016年至今，新修村路30公里。", None, "30公里", "2016/.."),
        ("今天，统计局公布，7月份用电量为30万千瓦时。", None, "30万千瓦时", None),  # of a year that is not known
        ("2020年8月，价格涨幅由上月的2%扩大至3%。", "2020-09-06", "3%", "2020-08"),
        ("2018年开业的厂在近3个月新增用户30户。", None, "30户", None),
        ("今天，大棚开工。全县养牛12头。", None, "12头", None),
        ("该厂是2017年3月2日成立的，注册资本为18万元。", None, "18万元", None),
        ("今天，统计局公布消息，全县新建大棚30座。", "2020-05-06", "30座", None),
        ("据统计局公布，7月份，全县新建大棚30座。养牛12头。", "2020-08-06", "12头", "2020-07"),
        ("考虑到2016年分红3万元，双方商定作价20万元。", None, "20万元", None),
        ("2018年，以2019年4月9日股本500股为基数，合计派息20万元。", None, "20万元", "2018"),
        ("于2019年末，余额30万元（2018年末：20万元），负债5万元。", None, "5万元", "2019-12-31"),
        ("与2018年相比，有8家扩大。", None, "8家", None),
        ("1—2月，销量增长3%，增速比去年12月加快2个百分点，库存5万件。", "2021-03-06", "5万件", "2021-01/2021-02"),
        ("销量较去年上升16%。", "2017-06-26", "16%", "2017"),
        ("销量较上年上升16%。", None, "16%", None),
        ("审议了2019年风险计划等28项议案。", None, "28项", None),
        ("2018年年报显示，共有3家扩大。", None, "3家", None),
        # several in a row: each to its own, or all of them
        ("2017年、2018年和2019年营收分别为3万元、4万元和5万元。", None, "4万元", "2018"),
        ("2017年、2018年和2019年营收合计为9万元。", None, "9万元", "2017/2019"),
        ("2015年和2019年营收合计为9万元。", None, "9万元", None),
        ("从昨天中午12时至今天下午3时，积雪50毫米。", "2020-07-05", "50毫米", "2020-07-04/2020-07-05"),
        ("3月29日至4月19日期间，收回问卷300份。", "2020-07-05", "300份", "2020-03-29/2020-04-19"),
        # stretches, and the mean of several years
        ("2018年，全县新建大棚30座。近三年来，累计新建70座。", None, "70座", None),
        ("2018年产量达30吨，平均每年增长8%。", None, "8%", None),
        ("“十四五”期间，累计新建70座。", None, "70座", "2021/2025"),
        ("按照“十四五”规划，累计新建70座。", None, "70座", None),
        ("上半年，销量30万件（上年同期为20万件），库存5万件。", "2021-07-06", "20万件", "2020-01/2020-06"),
        ("去年秋天，新建大棚30座。", None, "30座", "去年秋天"),
        ("首季销量30万件。", "2021-05-06", "30万件", "2021-01/2021-03"),
        ("第三季节目有30万人收看。", "2021-05-06", "30万人", None),
        ("活动前三季共有30家参加。", "2021-05-06", "30家", None),
        ("12月31日，全县脱贫1579户。", "2021-01-05", "1579户", "2020-12-31"),
        ("年末余额达到30万元，增长28%。全年新建大棚20座。", None, "20座", None),
        ("当年他已年满15岁。", "2020-05-06", "15岁", None),
        # reports: the year before was worked, that of the title is planned
        ("2025年青原县政府工作报告\n一、2024年工作回顾\n新建大棚30座。", None, "30座", "2024"),
        ("2025年青原县政府工作报告\n二、2025年工作安排\n新建大棚30座。", None, "30座", "2025"),
        ("2025年青原县政府工作报告\n一、过去一年工作回顾\n新建大棚30座。", None, "30座", "2024"),
        ("2025年青原县政府工作报告\n一、过去五年工作回顾\n新建大棚30座。", None, "30座", None),
        ("2025年青原县政府工作报告\n一年来，新建大棚30座。", None, "30座", "2024"),
        ("2025年青原县政府工作报告\n今年全年新建大棚30座左右。", None, "30座左右", "2025"),
        ("2025年青原县政府工作报告\n新建大棚30座。", None, "30座", None),
        ("2023年统计公报\n全年新建大棚30座。", None, "30座", "2023"),
    ],
)
def test_period(text: str, published: str | None, figure: str, period: str | None) -> None:
    assert _claims(text, published)[figure].period == period  # type: ignore[attr-defined]


def test_a_comparison_with_the_year_before_leaves_the_year_as_it_is() -> None:
    """Or the 186 would be those of 2022, and one and the same figure as the 168."""
    result = checker.check(
        "2023年，全县种粮大户为320户，比上年增加20户。全县家庭医生签约服务团队为186个。\n\n"
        "回头看，2022年全县家庭医生签约服务团队为168个。"
    )
    assert result.findings == ()


STATEMENTS = [
    line.split(" | ")
    for line in Path(__file__).with_name("claims").joinpath("statements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("sentence", "kind", "metric", "direction"), STATEMENTS, ids=[row[0] for row in STATEMENTS])
def test_statement(sentence: str, kind: str, metric: str, direction: str) -> None:
    before, figure, behind = re.split("[⟦⟧]", sentence)
    result = checker.check(before + figure + behind)
    number = next(q.id for q in result.quantities if q.start < len(before) + len(figure) and q.end > len(before))
    claim = result.claims[number]
    assert (claim.type, claim.metric, claim.direction or "-") == (kind, metric, direction)


@pytest.mark.parametrize(
    ("text", "figure", "metric"),
    [
        ("产业扶贫项目分红450万元。", "450万元", "产业扶贫项目分红"),
        ("全年粮食总产量达到106亿斤。", "106亿斤", "粮食总产量"),
        ("其中村集体收入为74万元。", "74万元", "村集体收入"),
        ("建成普通高中4所。", "4所", "建成普通高中"),
        ("4所普通高中开工。", "4所", "普通高中"),
        ("15家国有企业参展。", "15家", "国有企业"),
        ("柳林村共有175户。", "175户", "户数"),
        ("在30天内退款。", "30天", "退款"),
        ("玉兰、石榴和红枫等4种。", "4种", None),
        ("他们一直认为这里的客流总额为30万元。", "30万元", None),
        ("张青石得到14分。", "14分", "得分"),
        ("进出口增速较快，达到30万元。", "30万元", "进出口"),
        ("今年以来投资较快增长，1到8月，达到30万元。", "30万元", "投资"),
        ("门票收入30万元。今天到场的人很多，达到200人。", "200人", "人数"),
        ("晨钟被敲击8次。", "8次", "敲击"),
        ("PM2.5年均值降到41微克每立方米。", "41微克", "PM2.5年均值"),
        ("居民中九成养蜂。", "九成", "居民"),
        ("价格由上月上涨0.9%转为下降1.3%。", "1.3%", "价格"),
        # the noun behind 的, where a verb stands before the figure
        ("大棚首次设立1万平方米的种子馆。", "1万平方米", "种子馆"),
        ("村民领到3万元的救助款。", "3万元", "救助款"),
        ("选举按照15%的差额比例。", "15%", "差额比例"),
        ("展出80件罕见的石器。", "80件", "石器"),
        ("拥有13亿人口。", "13亿人", "人口"),
        # what a share says, where it has no noun
        ("七成表示支持新校舍。", "七成", "支持新校舍"),
        ("五成的养蜂户来自外地。", "五成", "养蜂户"),
        # a word is no verb where it only ends a noun
        ("大棚的装修设计30项。", "30项", "大棚的装修设计"),
        ("养蜂大户有40户，其中5户处于停产状态。", "5户", "养蜂大户"),
        # the holder in a noun, and what stands before it
        ("冬天的昆山最低温度为零下3摄氏度。", "零下3摄氏度", "最低温度"),
        ("昆山市公安局共发放传单30份。", "30份", "发放传单"),
        # a clause that is no noun, but for what it describes
        ("每天从这里发往各地的蜂蜜有30吨。", "30吨", "蜂蜜"),
    ],
)
def test_metric(text: str, figure: str, metric: str | None) -> None:
    assert _claims(text, None)[figure].metric == metric  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "figure", "head"),
    [
        ("全部出列的21个贫困村。", "21个", "贫困村"),
        ("吸引129家合作社参加。", "129家", "合作社"),
    ],
)
def test_head(text: str, figure: str, head: str) -> None:
    assert _claims(text, None)[figure].head == head  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "figure", "holder"),
    [
        ("全县建成大棚30座。", "30座", "全县"),
        ("青原县建成大棚30座。", "30座", "青原县"),
        ("青原县建成大棚30座，养牛12头。", "12头", "青原县"),
        # only what opened a clause goes on, or what the figure before is of
        ("代表从昆山出发，养牛12头。", "12头", None),
        ("听说全村有30人养蜂，人均收入2000元。", "2000元", "全村"),
        ("在全国航运网络中，船期可缩短6天。", "6天", None),
        ("上海、浙江和江苏共建成大棚30座。", "30座", None),
        ("有8家上市公司扩大，2家收缩。", "2家", None),
        ("覆盖全球100个国家。", "100个", None),
        ("全球100个国家参加。", "100个", "全球"),
        ("据公司介绍，全国最大的大棚有30米。", "30米", None),
        ("推动大学建设中心12个。", "12个", None),
        ("“青石一号”总高338米。", "338米", "青石一号"),
        ("“青石精神”惠及338人。", "338人", None),
        ("2025年江苏省政府工作报告\n青石交易所开业，全年进出口30万元。", "30万元", "江苏省"),
        ("【武汉肺炎】新一轮检测\n共有30人参加。", "30人", None),
        # who does something: for its own sentence, and not behind a semicolon
        ("中央财政安排救灾资金30万元，发放帐篷12顶。", "12顶", "中央财政"),
        ("海关收到样品30件；养牛12头。", "12头", None),
        ("考评局共收到申请30份。养牛12头。", "12头", None),
        ("生态布局累计完成30项。", "30项", None),
        ("但现时政府收到申请30份。", "30份", None),
        ("青石电力有限公司（以下简称“青石电力”）与公司签约，投资后青石电力注册资本为30万元。", "30万元", "青石电力"),
        ("工人张青石（41岁）和陈小白（38岁）到场。", "38岁", "陈小白"),
        ("据昆山海关统计，养牛12头。", "12头", None),
        ("全行业用电量为30万千瓦时。", "30万千瓦时", None),
        ("昆山迈向世界\n共有30人参加。", "30人", "昆山"),
    ],
)
def test_holder(text: str, figure: str, holder: str | None) -> None:
    assert _claims(text, None)[figure].holder == holder  # type: ignore[attr-defined]


def _documented() -> list[list[str]]:
    """The rows of the table in ``docs/claims.md``."""
    page = Path(__file__).parent.parent.joinpath("docs", "claims.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("|") and "**" in line]
    return [[cell.strip("* ") for cell in row] if i else row for i, row in enumerate(rows)]


def test_the_page_says_what_is_read() -> None:
    before = ""
    for sentence, *expected in _documented():
        text = sentence.replace("……", before)
        start = text.index("**")
        text = text.replace("**", "")
        claim = next(c for q, c in zip(*_figures(text), strict=True) if q.start <= start < q.end)
        assert [claim.type, claim.metric, claim.holder, claim.period, claim.direction] == [
            None if cell == "–" else cell for cell in expected
        ], sentence
        before = text


def _figures(text: str) -> tuple[tuple[Quantity, ...], tuple[Claim, ...]]:
    result = checker.check(text)
    return result.quantities, tuple(result.claims)


def test_a_share_of_those_who_give_a_score_is_no_share_of_the_score() -> None:
    assert not checker.check("居民对食堂的评分为36.4分，较上月下跌0.8分，有27%居民给予食堂0分。").findings


def test_line_ends_of_windows_change_no_claim() -> None:
    text = "国内快讯\n\n全县年末存款余额412.6亿元，比年初增加38.4亿元。\n\n截至目前，全县建成粮库18座\n\n"

    def said(text: str) -> list[tuple[str | None, ...]]:
        return [(claim.metric, claim.holder, claim.period) for claim in checker.check(text).claims]

    assert said(text.replace("\n", "\r\n")) == said(text)
