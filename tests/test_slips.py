"""How much a failing check looks like a slip of the pen, what a holding one confirms, and which failures are reported."""

from __future__ import annotations

import pytest

from checker import check
from checker.checks import Check
from checker.checks.slips import ENOUGH, Repair, ratio_of


def _check(text: str, rule: str, outcome: str) -> Check:
    (found,) = [c for c in check(text).checks if c.rule == rule and c.outcome == outcome]
    return found


# The text, the rule that fails in it, and whether the failure looks like a slip: one change of the pen mends it, or a small gap
# between long figures, and few such changes would by chance.
SLIPS = [
    # two digits swapped · one digit · a decimal point · a digit lost · a 万 too many
    ("全州实施项目2785个，其中，甲项目1676个，乙项目979个，其他项目103个。", "CK101", True),
    ("全州实施项目2958个，其中，甲项目1676个，乙项目979个，其他项目103个。", "CK101", True),
    ("全州实施项目8752个，其中，甲项目1676个，乙项目979个，其他项目103个。", "CK101", True),  # the first and the last
    ("投资16.76亿元，其中东片13.25亿元，其余351亿元。", "CK101", True),
    ("投资27582万元，其中东片16764万元，其余1081万元。", "CK101", True),
    ("投资27582元，其中东片16764元，其余10818万元。", "CK101", True),
    # off by a few per cent, with long figures
    ("农田147.98万亩，其中140.5万亩已经建成，剩余6.85万亩。", "CK101", True),
    # nothing of the kind: other figures
    ("全州实施项目4312个，其中，甲项目1676个，乙项目979个，其他项目103个。", "CK101", False),
    ("新增死亡6458例，其中甲省3325例、其余1876例。", "CK101", False),
    # so short that one change mends one in four by chance
    ("全村有贫困户82户，其中因病致贫51户，其余38户。", "CK101", False),
]


@pytest.mark.parametrize(("text", "rule", "likely"), SLIPS)
def test_a_slip_of_the_pen_is_told_from_unrelated_figures(text: str, rule: str, likely: bool) -> None:
    slip = _check(text, rule, "fails").slip
    assert slip is not None and (slip >= ENOUGH) is likely, slip


@pytest.mark.parametrize(
    ("repairs", "gap", "ratio"),
    [
        ([], 0.5, 0.1),  # no figure in digits, a large gap
        (
            [Repair("118亿", -50_000_000, 50_000_000)],
            0.99,
            0.1,
        ),  # a few thousand is not 118, for all that 亿 leaves open
        ([Repair("12345", 54321, 54321)], 0.7, 0.1),  # no change of the pen makes one of the other
        ([Repair("12345", 12354, 12354)], 0.001, 1000.0),
        ([Repair("123", 124, 124)], 0.008, 26.0),
        ([Repair("123", 153, 153)], 0.2, 26.0),
        ([Repair("12", 18, 18)], 0.33, 4.0),
        ([Repair("6", 0, 0), Repair("3", -3, -3)], 0.67, 0.1),  # nothing at all is no slip
        ([Repair("12", 13, 13), Repair("45", 46, 46), Repair("33", 34, 34)], 0.1, 1.7),
    ],
)
def test_the_shorter_a_figure_the_more_a_repair_is_chance(repairs: list[Repair], gap: float, ratio: float) -> None:
    assert ratio_of(repairs, gap) == pytest.approx(ratio, rel=0.35)


@pytest.mark.parametrize(
    ("simplified", "traditional", "rule"),
    [
        ("运力74.86万吨，由散货船41.25万吨、油轮20.34万吨和集装箱船15.27万吨构成。", "運力74.86萬噸，由散貨船41.25萬噸、油輪20.34萬噸和集裝箱船15.27萬噸構成。", "CK206"),
        ("搬迁资金由1284万元增加到1541万元，增加275万元。", "搬遷資金由1284萬元增加到1541萬元，增加275萬元。", "CK202"),
    ],
)  # fmt: skip
def test_a_slip_weighs_the_same_in_both_scripts(simplified: str, traditional: str, rule: str) -> None:
    assert _check(simplified, rule, "fails").slip == _check(traditional, rule, "fails").slip


def test_every_failure_carries_the_ratio_and_nothing_else_does() -> None:
    result = check(
        "搬迁163户41人。全县有3个乡，其中2个在山区。甲镇、乙镇、丙镇、丁镇5个镇。2024年2月7日星期五。\n\n产量由25万吨提高到19万吨。"
    )
    assert {c.rule for c in result.checks if c.outcome == "fails"} >= {"CK221", "CK301", "CK621", "CK901"}
    for made in result.checks:
        assert (made.slip is not None) == (made.outcome in ("fails", "holds-truncated")), made
    assert all(finding.slip is not None for finding in result.findings)


# A link that the wording does not make explicit accuses only where the failure looks like a slip.
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("受训人员2658人，其中女性人员1676人，男性人员1082人。", "fails"),  # 2758, one digit
        ("受训人员2049人，其中女性人员1676人，党员人员1082人。", "undecided"),  # one person may be both
    ],
)
def test_what_is_not_explicit_accuses_with_a_slip_only(text: str, outcome: str) -> None:
    (made,) = [c for c in check(text).checks if c.relation == "sum_of_parts"]
    assert made.outcome == outcome


# The text, and the figures that it confirms: those that could not be a tenth larger or smaller.
CONFIRMED = [
    ("全州实施项目2758个，其中，甲项目1676个，乙项目979个，其他项目103个。", ["2758个", "1676个", "979个", "103个"]),
    ("全镇有农户400户，其中贫困户100户，占25%。", ["400户", "100户", "25%"]),
    ("全村有贫困户82户，其中因病致贫21户。", []),  # far below its whole
    ("合作医疗覆盖率达到100%。", []),
    ("2020年2月29日，收入在3000元至5000元之间。", []),
    ("覆盖率由19.7%提高到25.2%。", []),
    ("投资1.20亿元，其中东片7000万元，其余5000万元。", ["1.20亿元", "7000万元", "5000万元"]),
    (
        "投资12亿元，其中东片119000万元，其余1000万元。",
        ["12亿元", "119000万元"],
    ),  # 1000万 vanishes in the rounding of 12亿
]


@pytest.mark.parametrize(("text", "figures"), CONFIRMED)
def test_a_figure_is_confirmed_if_a_tenth_more_or_less_would_fail(text: str, figures: list[str]) -> None:
    result = check(text)
    told = [text[q.start : q.end] for q, by in zip(result.quantities, result.confirmed_by, strict=True) if by]
    assert told == figures
    if not figures:
        assert all(made.trivial for made in result.checks if made.holds)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("水温由38度升至−25度。", "undecided"),
        ("水温由38度升至负25度。", "fails"),
        ("水温由12度升至零下8度。", "fails"),
        ("零售额１，６８０亿元，比上年增加２１０亿元，增长１４．３％。", "holds-rounded"),
        ("人口由672萬上升至8 72萬。", "undecided"),
        ("产值由美元300万元增加到200万元。", "undecided"),
        ("产值由300万元增加到200万元。", "fails"),
    ],
)
def test_nothing_is_accused_on_a_figure_that_may_not_be_read_to_its_end(text: str, outcome: str) -> None:
    made = [c.outcome for c in check(text).checks if c.relation in ("direction", "growth")]
    assert made in ([outcome], []) and (made or outcome == "undecided"), made
