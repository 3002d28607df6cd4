"""The footnote about rounding grants sums their last digits, and nothing more."""

from __future__ import annotations

import pytest

import checker

FOOTNOTE = "注：部分数据因四舍五入的原因，存在总计与分项合计不等的情况。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共有项目100个，其中甲类41个，乙类33个，其他28个。", True),
        ("共有项目100个，其中甲类41个，乙类33个，其他28个。\n" + FOOTNOTE, False),
        ("共有项目100个，其中甲类41个，乙类33个，其他48个。\n" + FOOTNOTE, True),
    ],
)
def test_sum_with_footnote(text: str, found: bool) -> None:
    assert bool(checker.check(text).findings) is found
