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
        ("2021年，产量较2018年增加28万吨。", None, "28万吨", "2021"),
        ("2021年，产量比去年同期增长8%。", "2021-06-09", "8%", "2021"),
        ("审议了《2018年度工作计划》等3项议案。", None, "3项", None),
        ("报告期末，余额3亿元。", None, "3亿元", "报告期末"),
        ("2021年开工。\n\n全县新建大棚30座。", None, "30座", None),
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
    ],
)
def test_metric(text: str, figure: str, metric: str) -> None:
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
    ],
)
def test_holder(text: str, figure: str, holder: str) -> None:
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
