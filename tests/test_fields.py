"""What claims say besides metric, holder and period, as tables: each line a text with one figure to look at in ⟦⟧."""

from __future__ import annotations

import gc
import json
import re
import weakref

import pytest
from conftest import ROOT

import checker
from checker.claims import Claim
from checker.claims.fields import FieldReader
from checker.report.jsonout import document_json

PUBLISHED = "2020-05-06"


def claim_of(marked: str, published: str | None = PUBLISHED) -> tuple[str, Claim]:
    """The text without its marks, and the claim of the figure that they held."""
    before, figure, behind = re.split("[⟦⟧]", marked)
    text = before + figure + behind
    result = checker.check(text, published=published)
    number = next(q.id for q in result.quantities if q.start < len(before) + len(figure) and q.end > len(before))
    return text, result.claims[number]


@pytest.mark.parametrize(
    ("marked", "kind", "words", "period", "holder"),
    [
        ("2019年，产量3万吨，同比增长⟦5%⟧。", "year_on_year", "同比", "2018", None),
        ("2019年上半年，产量同比增长⟦5%⟧。", "year_on_year", "同比", "2018-01/2018-06", None),
        ("产量同比增长⟦5%⟧。", "year_on_year", "同比", None, None),
        ("2019年5月，产量环比下降⟦5%⟧。", "previous", "环比", "2019-04", None),
        ("2019年1月，产量环比下降⟦5%⟧。", "previous", "环比", "2018-12", None),
        ("2019年5月，产量比上月减少⟦300吨⟧。", "previous", "比上月", "2019-04", None),
        ("2019年，产量比上年增加⟦300吨⟧。", "year_on_year", "比上年", "2018", None),
        ("2019年上半年，产量比上年同期增加⟦300吨⟧。", "year_on_year", "比上年同期", "2018-01/2018-06", None),
        ("2019年，余额比上年末增加⟦300万元⟧。", "period", "比上年末", "2018-12-31", None),
        ("产量比去年增加⟦300吨⟧。", "year_on_year", "比去年", "2019", None),
        ("2019年5月末，余额较年初增加⟦300万元⟧。", "year_start", "较年初", "2018-12-31", None),
        ("产量年均增长⟦5%⟧。", "yearly_average", "年均", None, None),
        ("2019年，产量比2015年增长⟦5%⟧。", "period", "比2015年", "2015", None),
        ("2019年，产量与2015年相比增长⟦5%⟧。", "period", "与2015年相比", "2015", None),
        ("2019年，与2015年相比，产量增长5%，销量增长⟦3%⟧。", "period", "与2015年相比", "2015", None),
        ("2019年，增速比一季度加快⟦0.3个百分点⟧。", "period", "比一季度", "2019-01/2019-03", None),
        ("产量比“十二五”增长⟦5%⟧。", "period", "比“十二五”", "2011/2015", None),
        ("增速比全国平均水平高⟦2个百分点⟧。", "holder", "比全国平均水平", None, "全国"),
        ("增速高于全省⟦2个百分点⟧。", "holder", "高于全省", None, "全省"),
        ("支出比预算减少⟦3万元⟧。", "plan", "比预算", None, None),
        ("单价比同类产品低⟦3元⟧。", "other", "比同类产品", None, None),
        # the same breath
        ("2019年，产量同比增加300吨，增长⟦5%⟧。", "year_on_year", "同比", "2018", None),
        ("2019年，产量和销量同比分别增长3%和⟦5%⟧。", "year_on_year", "同比", "2018", None),
        # no comparison
        ("2019年，产量同比增长5%，其中出口增长⟦3%⟧。", None, None, None, None),
        ("产量增长⟦5%⟧。", None, None, None, None),
        ("产量较快增长⟦5%⟧。", None, None, None, None),
        ("占比提高⟦2个百分点⟧。", None, None, None, None),
        ("按可比价格计算增长⟦5%⟧。", None, None, None, None),
        ("2019年，产量达⟦3万吨⟧，同比增长5%。", None, None, None, None),
    ],
)
def test_compared_to(marked: str, kind: str | None, words: str | None, period: str | None, holder: str | None) -> None:
    text, claim = claim_of(marked)
    found = claim.compared_to
    if found is None:
        assert kind is None
        return
    assert (found.kind, found.text, found.period, found.holder) == (kind, words, period, holder)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    ("marked", "modality"),
    [
        ("新建大棚⟦30座⟧。", "actual"),
        ("计划新建大棚⟦30座⟧。", "planned"),
        ("力争到2022年，产量达到3万吨，产值突破⟦5亿元⟧。", "planned"),
        ("计划投资30亿元，实际完成⟦35亿元⟧。", "actual"),
        ("产值增长⟦5%⟧的目标。", "planned"),
        ("主要目标是：产值增长5%；收入增长⟦6%⟧。", "planned"),
        ("将新建大棚⟦30座⟧。", "planned"),
        ("将⟦3%⟧的股权转让。", "actual"),
        ("到2025年，产值达到⟦5亿元⟧。", "planned"),
        ("预计产值增长⟦5%⟧。", "forecast"),
        ("产值有望达到⟦5亿元⟧。", "forecast"),
        ("完成全年计划的⟦95%⟧。", "actual"),
        ("完成全年目标的95%，收入增长⟦6%⟧。", "actual"),
        ("人均预期寿命提高到⟦79岁⟧。", "actual"),
        ("按照规划新建，产值增长了⟦6%⟧。", "actual"),
        ("2021年青原县政府工作报告\n二、2021年工作安排\n新建大棚⟦30座⟧。", "planned"),
        ("2021年青原县政府工作报告\n一、2020年工作回顾\n新建大棚⟦30座⟧。", "actual"),
        ("产值增长⟦5%以上⟧。", "actual at_least"),
        ("力争产值增长⟦5%以上⟧。", "planned at_least"),
        ("涨幅控制在⟦3%以内⟧。", "actual at_most"),
        ("产值⟦超过5亿元⟧。", "actual"),
        ("全年未发生⟦3起⟧事故。", "actual negated"),
        ("共有⟦30户⟧没有返贫。", "actual negated"),
        ("⟦30户⟧仍未脱贫。", "actual negated"),
        ("全县未脱贫人口有⟦30人⟧。", "actual"),
        ("未来计划培训⟦30人⟧。", "planned"),
        ("⟦2019年⟧，新建大棚30座。", ""),
    ],
)
def test_modality(marked: str, modality: str) -> None:
    assert " ".join(claim_of(marked)[1].modality) == modality


@pytest.mark.parametrize(
    ("marked", "scope", "basis", "source"),
    [
        ("其中累计投入⟦超过3亿元⟧。", "其中 累计 超过", "", None),
        ("人均收入⟦3万多元⟧。", "人均 多", "", None),
        ("新增床位⟦30张以上⟧。", "新增 以上", "", None),
        ("按可比价格计算，产值增长⟦5%⟧。", "", "可比价格", None),
        ("规模以上工业企业有⟦30家⟧。", "", "规模以上", None),
        ("规模以上工业增加值3亿元，增长⟦5%⟧。", "", "规模以上", None),
        ("经初步核算，全县产值⟦3亿元⟧。", "", "初步核算", None),
        ("以人民币计价，出口⟦3亿元⟧。", "", "人民币计价", None),
        ("据海关统计，出口⟦3亿元⟧。", "", "", "海关"),
        ("省统计局3月2日公布的数据显示，出口⟦3亿元⟧。", "", "", "省统计局"),
        ("张青石说，今年收了⟦3吨⟧粮。", "", "", "张青石"),
        ("据统计，出口⟦3亿元⟧。", "", "", None),
        ("据初步统计，出口⟦3亿元⟧。", "", "初步统计", None),
        ("据海关统计，出口3亿元。进口⟦2亿元⟧。", "", "", None),
    ],
)
def test_scope_basis_and_source(marked: str, scope: str, basis: str, source: str | None) -> None:
    claim = claim_of(marked)[1]
    assert (" ".join(claim.scope), " ".join(claim.basis), claim.source) == (scope, basis, source)


@pytest.mark.parametrize(
    ("marked", "kind", "place"),
    [
        ("男生、女生分别增长5%、⟦3%⟧。", "respectively", "1/2"),
        ("建成小学、中学和幼儿园分别为⟦3所⟧、4所和5所。", "respectively", "0/3"),
        ("新建5所小学、⟦6所⟧中学和2所幼儿园。", "list", "1/3"),
        ("产量⟦3万吨⟧，增长5%。", None, None),
        ("产量3万吨、增长⟦5%⟧。", None, None),
        ("来自5个国家和地区的⟦60人⟧。", None, None),
    ],
)
def test_group(marked: str, kind: str | None, place: str | None) -> None:
    claim = claim_of(marked)[1]
    group = claim.group
    if group is None:
        assert kind is None
        return
    assert (group.kind, f"{group.place}/{group.of}") == (kind, place)
    assert group.members[group.place] == claim.quantity
    assert len(group.members) == group.of


@pytest.mark.parametrize(
    ("marked", "others"),
    [
        ("粮食和油料产量均增长⟦5%⟧。", ["粮食产量", "油料产量"]),
        ("稻谷、玉米产量各⟦1000亿斤⟧。", ["稻谷产量", "玉米产量"]),
        ("上海、浙江和江苏进出口均增长⟦5%⟧。", ["上海 进出口", "浙江 进出口", "江苏 进出口"]),
        ("人均收入和支出增长⟦5%⟧。", []),
        ("产量平均增长⟦5%⟧。", []),
        ("各县和各区增长⟦5%⟧。", []),
    ],
)
def test_several_claims_of_one_figure(marked: str, others: list[str]) -> None:
    claim = claim_of(marked)[1]
    assert [" ".join(filter(None, (other.holder, other.metric))) for other in claim.others] == others
    for place, other in enumerate(claim.others):
        assert other.group == ("shared", (claim.quantity,), place, len(others))
        assert (other.type, other.direction, other.period) == (claim.type, claim.direction, claim.period)
        assert other.known.metric.way == "stated"


def test_the_first_of_several_claims_is_that_of_the_result() -> None:
    result = checker.check("粮食和油料产量均增长5%。")
    assert result.claims_of(0)[0] is result.claims[0]
    assert [claim.metric for claim in result.claims_of(0)] == ["粮食和油料产量", "粮食产量", "油料产量"]


@pytest.mark.parametrize(
    ("marked", "field", "way", "words"),
    [
        ("2019年，全县产量达⟦3万吨⟧，增长5%。", "metric", "stated", "产量"),
        ("2019年，全县产量达3万吨，增长⟦5%⟧。", "metric", "carried", "产量"),
        ("开展试点的有⟦21个⟧贫困村。", "metric", "stated", "贫困村"),
        ("全县共有⟦30户⟧。", "metric", "stated", "30户"),
        ("达到⟦3万吨⟧。", "metric", "none", None),
        ("2019年，全县产量达⟦3万吨⟧。", "holder", "stated", "全县"),
        ("2019年，全县产量达3万吨，养牛⟦12头⟧。", "holder", "carried", "全县"),
        ("青原县情况\n\n养牛⟦12头⟧。", "holder", "document", "青原县"),
        ("养牛⟦12头⟧。", "holder", "none", None),
        ("2019年，全县产量达⟦3万吨⟧。", "period", "stated", "2019年"),
        ("2019年，全县产量达3万吨，养牛⟦12头⟧。", "period", "carried", "2019年"),
        ("今年，全县产量达⟦3万吨⟧，比2015年增长5%。", "period", "stated", "今年"),
        ("2019年，产量比2015年增长⟦5%⟧。", "period", "stated", "2019年"),
        ("2019年统计公报\n\n全年养牛⟦12头⟧。", "period", "stated", "全年"),
        ("2021年青原县政府工作报告\n\n一、2020年工作回顾\n\n养牛⟦12头⟧。", "period", "carried", "2020"),
        ("“十四五”期间，累计新建⟦70座⟧。", "period", "stated", "十四五"),
        ("养牛⟦12头⟧。", "period", "none", None),
    ],
)
def test_known(marked: str, field: str, way: str, words: str | None) -> None:
    text, claim = claim_of(marked)
    origin = getattr(claim.known, field)
    assert origin.way == way
    assert (None if origin.start is None else text[origin.start : origin.end]) == words


def test_words_are_in_the_script_of_the_text() -> None:
    text = "2019年，產量與上年相比增長5%。"
    claim = next(claim for claim in checker.check(text).claims if claim.type == "change_rate")
    assert claim.compared_to == ("year_on_year", "與上年相比", "2018", None, 8, 13)


def test_no_rule_pays_for_what_no_rule_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("asked for while rules run")

    for name in ("compared_to", "modality", "scope", "basis", "source", "group", "known", "others"):
        monkeypatch.setattr(FieldReader, name, asked)
    text = "2019年，全县产量达3万吨，同比增长5%，其中稻谷、玉米产量分别为2万吨和1万吨。贫困发生率由14.7%下降到21.3%。"
    assert checker.check(text).findings


def test_claims_let_go_of_their_document() -> None:
    """Claims hold the reader of their further fields, which must not hold them: or texts pile up until the collector runs."""
    gc.disable()
    try:
        result = checker.check("全县产量3万吨，增长5%。")
        assert result.claims[0].modality == ("actual",)
        document = weakref.ref(result.document)
        del result
        assert document() is None
    finally:
        gc.enable()


def test_the_order_of_asking_changes_nothing() -> None:
    text = "2019年，产量同比增加300吨，增长5%。粮食和油料产量均增长3%、2%，比全省高1个百分点。"
    names = ("compared_to", "modality", "scope", "basis", "source", "group", "known", "others")
    forward = [[getattr(claim, name) for name in names] for claim in checker.check(text).claims]
    backward = [[getattr(claim, name) for name in reversed(names)] for claim in reversed(checker.check(text).claims)]
    assert forward == [values[::-1] for values in backward[::-1]]


def _documented() -> list[list[str]]:
    """The rows of the examples in ``docs/claims.md``."""
    page = ROOT.joinpath("docs", "claims.md").read_text(encoding="utf-8")
    return [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("|") and "⟦" in line]


@pytest.mark.parametrize(("marked", "field", "said"), _documented())
def test_the_page_says_what_is_read(marked: str, field: str, said: str) -> None:
    value = getattr(claim_of(f"{marked}。", None)[1], field.strip("`"))
    match field.strip("`"):
        case "compared_to":
            words = [value.kind, value.text, value.period, value.holder]
        case "group":
            words = [value.kind, str(value.place), str(value.of)]
        case "others":
            words = [other.metric for other in value]
        case "known":
            words = [origin.way for origin in value]
        case "source":
            words = [value]
        case _:
            words = list(value)
    assert " ".join(filter(None, words)) == said


def test_the_claim_of_the_page_on_json() -> None:
    page = ROOT.joinpath("docs", "json.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("A claim")[2].partition("```json")[2].partition("```")[0])
    written = document_json(checker.check("2019年，产量比上年增长5%。"))["quantities"][1]
    assert {name: written[name] for name in shown} == shown
