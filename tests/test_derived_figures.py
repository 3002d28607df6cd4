"""Figures that follow from others by their names, and stocks from what came and went."""

from __future__ import annotations

import pytest

from checker import Checker, Config

TABLE = """| 项目 | 2024年 | 2023年 |
|---|---|---|
| 营业收入（亿元） | 8.40 | 7.60 |
| 营业成本（亿元） | 6.30 | 5.70 |
| 毛利率 | {this} | {last} |
"""
TWO = """| 产品 | 营业收入（万元） | 营业成本（万元） | 毛利率 |
|---|---|---|---|
| 茶叶 | 840 | 630 | {tea} |
| 竹笋 | 600 | 240 | {bamboo} |
"""


def outcomes(text: str, rule: str) -> list[str]:
    """What the checks of a rule come to, with their arithmetic."""
    result = Checker(Config(select=(rule,))).check(text)
    return [f"{check.outcome} {check.expression}" for check in result.checks if check.rule == rule]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        # a margin from revenue and cost
        ("CK232", TABLE.format(this="25.0%", last="25.0%"), ["holds", "holds"]),
        ("CK232", TABLE.format(this="25.0%", last="52.0%"), ["holds", "fails"]),
        ("CK232", TWO.format(tea="25.0%", bamboo="60.0%"), ["holds", "holds"]),
        ("CK232", TWO.format(tea="52.0%", bamboo="60.0%"), ["fails", "holds"]),
        ("CK232", "公司营业收入8.40亿元，营业成本6.30亿元，毛利率25.0%。", ["holds"]),
        ("CK232", "公司茶叶营业收入8.40亿元，竹笋营业成本6.30亿元，毛利率35.0%。", []),  # of two things
        ("CK232", "公司营业收入8.40亿元，营业成本约6.30亿元，毛利率35.0%。", []),  # of no sure value
        (
            "CK232",
            "公司营业收入8.40亿元。\n\n子公司开业。\n\n公司迁址。\n\n毛利率35.0%，营业成本6.30亿元。",
            [],
        ),  # far apart
        # a stock from what came and went
        ("CK811", "馆内年初藏书8.42万册，年内购入6350册，注销1150册，年末藏书8.94万册。", ["holds"]),
        ("CK811", "馆内年初藏书8.42万册，年内购入6350册，注销1150册，年末藏书9.84万册。", ["fails"]),
        ("CK811", "年初，全乡还有低保对象2416人。\n\n全年退出1108人，年末剩余低保对象1308人。", ["holds"]),
        (
            "CK811",
            "年初，全乡还有低保对象2416人。\n\n全年退出1108人，年末剩余低保对象1426人。",
            [],
        ),  # some may have come
        ("CK811", "年初全县有茶企124家、合作社86家。全年新登记茶企31家，注销8家，年末实有茶企147家。", ["holds"]),
        ("CK811", "累计死亡124例，当日新增31例，现有疑似病例17例。", []),  # another stock
        ("CK811", "年初贷款余额64.2亿元，上半年增加3.1亿元。年末个人贷款余额21.6亿元。", []),
    ],
)
def test_figures_that_follow_from_others(rule: str, text: str, expected: list[str]) -> None:
    assert [outcome.split()[0] for outcome in outcomes(text, rule)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年级240人参加测试，及格192人，及格率80.0%。", ["holds 192人 ÷ 240人 = 80.0%"]),
        ("抽检样品420批次，其中熟食60批次；合格399批次，合格率为95.0%。", ["holds 399批次 ÷ 420批次 = 95.0%"]),
        ("大会应到代表260名。实到代表247名，出席率95.0%。", ["holds 247名 ÷ 260名 = 95.0%"]),
        ("28人出院，6人死亡，死亡率为15%。", []),  # of a whole that is not told
        ("沿河35个断面，沿线7个镇森林覆盖率为16.3%。", []),  # only the rate itself bears the verb
    ],
)
def test_a_rate_by_what_its_part_did(text: str, expected: list[str]) -> None:
    assert outcomes(text, "CK205") == expected
