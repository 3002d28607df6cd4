"""Tables: how Markdown becomes cells, what rows and columns are, the figures in cells, and what their relations come to."""

from __future__ import annotations

import json

import pytest
from growing import assert_road_linear

from checker import Checker
from checker.document import Document
from checker.quantities.skeleton import Skeleton
from checker.reading import Reading, read
from checker.report.jsonout import document_json
from checker.sources import make_document
from checker.tables.cells import CellNumber, parse_cell, parse_unit
from checker.tables.naming import name_at
from checker.tables.structure import Layout, read_layout


def markdown(*rows: str) -> str:
    """A table whose first row is its head: cells between bars."""
    lines = [f"| {' | '.join(row.split('|'))} |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * (rows[0].count("|") + 1), *lines[1:]))


def reading_of(text: str) -> Reading:
    from checker.config import Config

    return read(make_document(text), tolerance=Config().about)


def layout_of(text: str, *above: str) -> Layout:
    document = make_document(text)
    layout = read_layout(document.tables[0], document.folded, above)
    assert layout is not None
    return layout


# --- Markdown to cells --------------------------------------------------------------------------------------------------


def grid(document: Document, table: int = 0) -> list[tuple[int, int, str]]:
    return [(c.row, c.column, document.text[c.start : c.end]) for c in document.tables[table].cells]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("| 镇 | 户 |\n|---|---|\n| 甲 | 3 |", [(0, 0, "镇"), (0, 1, "户"), (1, 0, "甲"), (1, 1, "3")]),
        ("| 镇 | 户 |\n| 甲 | 3 |", [(0, 0, "镇"), (0, 1, "户"), (1, 0, "甲"), (1, 1, "3")]),
        ("|镇||户|\n|甲| |3|", [(0, 0, "镇"), (0, 2, "户"), (1, 0, "甲"), (1, 2, "3")]),
        ("| 甲\\|乙 | **12** |\n| 丙 | 3", [(0, 0, "甲\\|乙"), (0, 1, "**12**"), (1, 0, "丙"), (1, 1, "3")]),
        ("| 镇 | 户 |\r\n|:--|--:|\r\n| 甲 | 3 |\r\n", [(0, 0, "镇"), (0, 1, "户"), (1, 0, "甲"), (1, 1, "3")]),
    ],
)
def test_cells(text: str, cells: list[tuple[int, int, str]]) -> None:
    assert grid(make_document(text)) == cells


def test_tables_part_where_other_text_stands() -> None:
    document = make_document("| 甲 | 1 |\n| 乙 | 2 |\n\n| 丙 | 3 |\n| 丁 | 4 |\n说明。\n| 戊 | 5 |\n| 己 | 6 |")
    assert [grid(document, i)[0][2] for i in range(3)] == ["甲", "丙", "戊"]
    assert len(document.tables) == 3


def test_a_second_ruled_line_begins_a_table() -> None:
    document = make_document(markdown("镇|户", "甲|1") + "\n" + markdown("镇|人", "乙|2"))
    assert [grid(document, i)[0][2] + grid(document, i)[1][2] for i in range(2)] == ["镇户", "镇人"]


def test_no_table_in_code_and_without_bars() -> None:
    assert make_document("```\n| 甲 | 1 |\n| 乙 | 2 |\n```\n全县3个乡。").tables == ()


# --- cells alone ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value", "decimals", "unit"),
    [
        ("1234", 1234, 0, None), ("1,234.50", 123450, 2, None), ("(1,234)", -1234, 0, None), ("-3.2%", -32, 1, "%"),
        ("**12**", 12, 0, None), ("346人", 346, 0, "人"), ("12.5万元", 125, 1, "元"), ("0", 0, 0, None), ("35*", 35, 0, None),
        ("1,234①", 1234, 0, None), ("(13.92%)", -1392, 2, "%"),
    ],
)  # fmt: skip
def test_numbers(words: str, value: int, decimals: int, unit: str | None) -> None:
    found = parse_cell(words)
    assert isinstance(found, CellNumber)
    assert (found.mantissa, found.decimals, found.unit and found.unit.surface) == (value, decimals, unit)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        *((w, "nothing") for w in ("-", "—", "--", "——", "/", "不适用", "N/A", "无")),
        *((w, "broken") for w in ("000.00", ".71", "90,00", "47,322.", "7,770,")),
        *((w, "words") for w in ("甲镇", "2019年", "1-2", "120(5.6%)", "3个乡、2个镇", "约30", "001", "9" * 60)),
    ],
)
def test_no_numbers(words: str, said: str) -> None:
    assert parse_cell(words) == said


@pytest.mark.parametrize(
    ("written", "unit"),
    [("万元", ("元", 10_000)), ("人民币百万元", ("元", 10**6)), ("%", ("%", 1)), ("亿立方米", ("立方米", 10**8)), ("元/吨", ("元/吨", 1)), ("负责人", None), ("", None)],
)  # fmt: skip
def test_units(written: str, unit: tuple[str, int] | None) -> None:
    found = parse_unit(written)
    assert (found and (found.unit.name, found.times)) == unit


# --- rows and columns -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "body", "stub", "columns", "rows"),
    [
        (
            markdown("镇|户数（户）|金额（万元）|占比(%)|同比增减|备注", "甲镇|12|3.5|20|3%|无变化", "其中：新街|2|1.5|10|3%|无变化", "合计|12|3.5|100|3%|-"),
            1, 1, "text item item share growth text", "item part total",
        ),
        (markdown("序号|项目|年份|单价（元）|数量", "1|甲|2019|3.5|7", "2|乙|2020|4.5|9", "小计| |  |  |16"), 1, 2, "text text key rate item", "item item total"),
        (markdown("年份|产量（吨）", "2019|2019", "2020|2100"), 1, 1, "text item", "item item"),
        ("| 指标 | 2019 | 2018 |\n| 产量 | 2019 | 2018 |\n| 均价 | 12.5 | 13.5 |", 1, 1, "text item item", "item rate"),
        (markdown(" |2019年| |2018年| ", "产品|金额|占比|金额|占比", "甲|1.5|30%|2.5|40%", "总 计|1.5|30%|2.5|40%"), 2, 1, "text item share item share", "item total"),
        (markdown("流入小计|500.5|400.5", "流出小计|300.5|200.5"), 0, 1, "text item item", "named named"),
        (markdown("项目|本期", "工资：| ", "在编|3.5", "外聘|1.5", "小计|5.0"), 1, 1, "text item", "section item item total"),
        (markdown("公司|承诺率|合格率（%）|人均收入（元）|面积占比", "甲|3.5|7|8|9"), 1, 1, "text rate rate rate share", "item"),
    ],
)  # fmt: skip
def test_structure(table: str, body: int, stub: int, columns: str, rows: str) -> None:
    layout = layout_of(table)
    assert (layout.body, layout.stub) == (body, stub)
    assert " ".join(column.kind for column in layout.columns) == columns
    assert " ".join(row.kind for row in layout.rows[layout.body :]) == rows


@pytest.mark.parametrize(
    "table",
    [
        markdown("项目|金额", "甲|90,00", " |0,000", "合计|90,000,000"),  # a number that a narrow column has cut
        markdown(
            "项目|金额", "甲|35,394.4", " |2", "合计|35,394.42"
        ),  # and one whose second half stands in a row of its own
    ],
)
def test_broken(table: str) -> None:
    assert layout_of(table).broken


def test_levels() -> None:
    layout = layout_of(
        "| 项目 | 数 |\n|---|---|\n| 一、甲 | 1.5 |\n| （一）乙 | 2.5 |\n| 1. 丙 | 2.5 |\n| 丁 | 2.5 |\n|　　戊 | 2.5 |\n| 减：己 | 2.5 |"
    )
    assert [(row.level, row.sign) for row in layout.rows[1:]] == [(1, 1), (2, 1), (3, 1), (0, 1), (1, 1), (0, -1)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            markdown("镇|金额（万元）|户数（户）|占比(%)", "甲镇|12.5|1579|20"),
            [("125000", "元"), ("1579", "户"), ("20", "%")],
        ),
        ("单位：万元\n\n" + markdown("镇|收入|户数", "甲镇|(12.5)|1579"), [("-125000", "元"), ("1579", None)]),
        ("金额单位：人民币元\n" + markdown("项目|本期", "甲|2,019.00"), [("2019", "元")]),
        (markdown("指标|2020年|2021年", "户数（户）|2019|2020"), [("2019", "户"), ("2020", "户")]),
        (markdown("指标|单位|2021年", "户数|户|2019", "产量|万吨|3.5"), [("2019", "户"), ("35000", "吨")]),
        (markdown("镇|金额（万元）", "甲镇|3亿元"), [("300000000", "元")]),
        (
            markdown("镇|年份|电话|产量（吨）", "甲镇|2019|13800138000|2019"),
            [(None, None), (None, None), ("2019", "吨")],
        ),
        ("单位：万元、人\n\n" + markdown("镇|收入", "甲镇|12.5"), [("12.5", None)]),
        ("人民币百万元，另有标注除外\n" + markdown("项目|2019年", "甲|7.5"), [("7500000", "元")]),
        ("单位：万元\n" + markdown("项目|日均余额", "甲|7.5"), [("75000", "元")]),
        ("单位：万元\n" + markdown("项目|平均单价", "甲|7.5"), [("7.5", None)]),
        (
            "<table><tr><td>镇</td><td>面积（公顷）</td></tr><tr><td>甲镇</td><td>12.5</td></tr></table>",
            [("12.5", "公顷")],
        ),
        (
            '<table>\n<tr align="center"><th rowspan="2">镇</th><th colspan="2">产量（吨）</th></tr>'
            "<tr><th>麦</th><th>稻</th></tr>\n<tr><td>甲镇</td><td>3</td><td>1,204</td></tr></table>",
            [("3", "吨"), ("1204", "吨")],
        ),
    ],
)
def test_figures_of_cells(text: str, figures: list[tuple[str | None, str | None]]) -> None:
    reading = reading_of(text)
    result = document_json(Checker().check(text))
    ids = [number for table in reading.tables for number in table.ids.values()]
    assert [(result["quantities"][i]["value"], result["quantities"][i]["unit"]) for i in ids] == figures


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        # serial numbers beside words, named or counting the rows
        (markdown("序号|厂|占比", "4|甲厂|5%", "7|乙厂|6%"), "ordinal quantity ordinal quantity"),
        (markdown("|厂|占比", "1|甲厂|5%", "2|乙厂|6%"), "ordinal quantity ordinal quantity"),
        ("<table><tr><td></td><td>说明</td></tr><tr><td>11</td><td>甲</td></tr><tr><td>14</td><td>乙</td></tr></table>", "ordinal ordinal"),
        # a number that a narrow column has cut in two
        (markdown("项目|金额", "甲|1,018,00", "乙|3,5", "丙|35"), "code code quantity"),
        (markdown("项目|金额", "甲|300,", "乙|.55", "丙|35"), "code code quantity"),
        (markdown("项目|金额", "甲|1,018,000", "乙|35"), "quantity quantity"),
    ],
)  # fmt: skip
def test_what_is_no_amount_in_a_cell(table: str, kinds: str) -> None:
    assert " ".join(q.kind for q in reading_of(table).quantities) == kinds


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("担保额度合计|20,000|期末余额|300", "quantity"),
        ("审批额度合计（A1）|20,000|实际余额合计（A4）|300", "quantity"),
        ("本期发生金额|20,000|上期总额|300", "quantity"),
        ("借款总额|20,000|质押余额|300", "quantity"),
        ("丙厂|20,000|一般保证|300", "ordinal"),
    ],
)
def test_amounts_under_the_head_of_days(row: str, kind: str) -> None:
    text = "单位：万元\n\n" + markdown(
        "对象|额度|类型|公告日期",
        "甲厂|8,000|一般保证|2019年3月5日",
        "乙厂|12,000|一般保证|2019年4月9日",
        row,
    )
    last = reading_of(text).quantities[-1]
    assert (last.kind, last.value) == (kind, 3_000_000 if kind == "quantity" else None)


def test_claims_of_cells() -> None:
    reading = reading_of(markdown("指标|2020年末（万元）|2021年末（万元）", "存款余额|12.5|13.5"))
    (table,) = reading.tables
    assert [(reading.claims[i].metric, reading.claims[i].period) for i in table.ids.values()] == [
        ("存款余额", "2020"),
        ("存款余额", "2021"),
    ]


@pytest.mark.parametrize(
    ("above", "table", "claims"),
    [
        # metric, holder, period and type of each cell of the last row
        (
            "青原县2019年主要指标",
            markdown("指标|2018年上半年|2019年1-6月|比上年增长（%）", "存款余额（万元）|12.5|13.5|8.0"),
            ["存款余额 青原县 2018-01/2018-06 level", "存款余额 青原县 2019-01/2019-06 level", "存款余额 青原县 2019 change_rate"],
        ),
        (
            "表1 2019年各县情况",
            markdown("地区|粮食产量（吨）|同比增长（%）|占全市比重（%）", "东湖区|12.5|8.0|30", "青原县|20.5|9.0|70"),
            ["粮食产量 青原县 2019 level", "粮食产量 青原县 2019 change_rate", "粮食产量 青原县 2019 share"],
        ),
        (
            "2020年度",
            markdown("项目|本年|上年|上年同期|上期", "支出（万元）|20.5|9.0|8.0|7.0"),
            ["支出 - 2020 level", "支出 - 2019 level", "支出 - 2019 level", "支出 - - level"],
        ),
        ("", markdown("年份|就业率（%）|人均收入（元/人）", "2018年|90.5|3000.5", "2019年|91.5|3100.5"), ["就业率 - 2019 rate", "人均收入 - 2019 mean"]),
        ("", markdown("指标|青原县|东湖区", "学校（所）|12|30"), ["学校 青原县 - level", "学校 东湖区 - level"]),
        ("", markdown("指标|2019年6月末|2019年第一季度", "贷款（万元）|12.5|30.5"), ["贷款 - 2019-06 level", "贷款 - 2019-01/2019-03 level"]),
        # what the text before and behind says is no part of it
        ("2018年，青原县建成学校3所，收入较快增长。", markdown("指标|数量", "学校（所）|12"), ["学校 - - level"]),
    ],
)  # fmt: skip
def test_metric_holder_and_period_of_cells(above: str, table: str, claims: list[str]) -> None:
    reading = reading_of(f"{above}\n\n{table}\n\n2017年，全县有书店30家。")
    (read_table,) = reading.tables
    last = max(row for row, _ in read_table.ids)
    found = [reading.claims[number] for (row, _), number in sorted(read_table.ids.items()) if row == last]
    assert [f"{c.metric or '-'} {c.holder or '-'} {c.period or '-'} {c.type}" for c in found] == claims


@pytest.mark.parametrize(
    ("table", "said"),
    [
        # compared_to, modality, basis, scope of the last cell
        (markdown("指标|2019年|同比增长（%）", "产量（吨）|12.5|8.0"), "year_on_year 2018 actual - -"),
        (markdown("指标|2019年|计划数（吨）", "产量|12.5|8.5"), "- - planned - -"),
        (markdown("指标|2019年（吨）|2020年预计（吨）", "产量|12.5|8.5"), "- - forecast - -"),
        (markdown("指标|2019年（吨）|2019年（吨）", "规模以上工业新增产量|12.5|8.5"), "- - actual 规模以上 新增"),
    ],
)
def test_further_fields_of_cells(table: str, said: str) -> None:
    reading = reading_of("2019年情况\n\n" + table)
    claim = reading.claims[max(reading.tables[0].ids.values())]
    compared = claim.compared_to
    words = (
        [compared.kind if compared else None, compared.period if compared else None]
        + [" ".join(each) for each in (claim.modality, claim.basis, claim.scope)]
    )  # fmt: skip
    assert " ".join(word or "-" for word in words) == said
    assert claim.group is None
    assert claim.others == ()


def test_where_claims_of_cells_are_known_from() -> None:
    text = "2019年青原县情况\n\n" + markdown("指标|上半年|2018年", "产量（吨）|12.5|8.5")
    reading = reading_of(text)
    claim = reading.claims[max(reading.tables[0].ids.values())]
    origins = [(way, None if start is None else text[start:end]) for way, start, end in claim.known]
    assert origins == [("carried", "产量（吨）"), ("document", "青原县"), ("carried", "2018年")]


def test_a_table_says_nothing_of_the_text_behind_it() -> None:
    text = markdown("指标|2018年", "存款|12.5") + "\n\n全县有书店30家。"
    reading = reading_of(text)
    assert [reading.claims[q.id].period for q in reading.quantities if q.unit is not None and q.unit.name == "家"] == [
        None
    ]


# --- the skeleton -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["前文。\n\n" + markdown("镇|户|人", "甲|12|30") + "\n\n后文3个。", "| 镇 | 12 |\n| 乙 | 3 |"]
)
def test_cells_are_parted_by_a_break(text: str) -> None:
    reading = reading_of(text)
    skeleton: Skeleton = reading.skeleton
    assert "|" not in skeleton.text
    for place, number in skeleton.figures.items():
        assert skeleton.text_offset(place) == reading.quantities[number].start


@pytest.mark.parametrize(
    "text",
    [
        markdown("名称|户|人", "甲|163户|41人"),  # in running text a pair that no household could be
        markdown("名称|数", "从|90元", "至|110万元"),
        "| 产量 | 12 |\n| 吨位 | 3 |",
    ],
)
def test_no_rule_reads_across_cells(text: str) -> None:
    assert Checker().check(text).findings == ()


# --- relations ----------------------------------------------------------------------------------------------------------------

FAILS = [
    ("CK851", markdown("镇|户数|人数", "甲|1204|3611", "乙|987|2950", "合计|2191|6651"), "6651 → 6561"),
    ("CK851", markdown("镇|户数|人数", "合计|2191|6651", "甲|1204|3611", "乙|987|2950"), "6651 → 6561"),
    ("CK851", markdown("镇|户数", "甲|1204", "乙|987", "合计|2291"), None),
    ("CK851", markdown("项目|数", "甲|12.5", "乙|30.25", "丙|4.75", "合计|47.50").replace("30.25", "80.25"), None),
    ("CK851", markdown("类|镇|收入（元）|支出（元）", "山区|甲|1,204.50|300.10", "|乙|2,310.25|410.35", "小计||3,514.75|710.45", "平原|丙|1,000.00|500.00", "|丁|2,000.00|600.00", "小计||3,000.00|1,100.00", "合计||6,514.75|1,870.45"), None),
    # words that a narrow column has cut stand in a row of their own
    ("CK851", markdown("姓名|职务|报酬（万元）", "甲|主任|35.05", "|副主任、总|", "乙|工程师|46.39", "丙|监事|5.00", "合计|-|86.64"), None),
    # a part that was changed without its total: no slip of the pen, but two other columns bear the rows out
    ("CK851", markdown("镇|甲项|乙项|丙项", "东|1204.5|987.5|312.5", "西|2310.5|871.5|476.5", "合计|3515.0|1859.0|651.5"), None),
    ("CK852", markdown("校|男|女|合计", "一小|412|398|810", "二小|305|311|616", "三小|220|207|472"), "472 → 427"),
    ("CK852", markdown("校|合计|男|女", "一小|810|412|398", "二小|616|305|311", "三小|472|220|207"), "472 → 427"),
    ("CK853", markdown("项|期初余额|本期增加|本期减少|期末余额", "甲|512.10|130.20|75.30|567.00", "乙|840.00|265.50|310.40|795.10", "丙|126.00|41.50|39.00|182.50"), None),
    ("CK853", markdown("项|甲户|乙户|丙户", "期初|512|840|126", "本期增加|130|265|41", "（1）购入|100|200|41", "本期减少|75|310|39", "期末|567|795|182"), "182 → 128"),
    ("CK853", markdown("镇|2021年|2020年|增减额", "甲|531.2|498.7|32.5", "乙|415.0|420.3|(5.3)", "丙|380.6|355.1|52.5"), "52.5 → 25.5"),
    ("CK854", markdown("镇|本年|上年|增长率（%）", "甲|531.2|498.7|6.52", "乙|415.0|420.3|(1.26)", "丙|380.6|355.1|71.8"), None),
    ("CK855", markdown("级|人数|占比(%)", "一|412|41.2", "二|305|30.5", "三|183|13.8", "四|100|10.0", "合计|1000|100.0"), None),
    ("CK855", markdown("客户|金额|占总额比例", "甲|3,000.00|15.00%", "乙|2,000.00|10.00%", "丙|1,500.00|7.50%", "丁|1,000.00|6.00%", "戊|500.00|2.50%"), None),
    # the whole itself: 1503 is explained by no slip, but sum and shares both say 1000
    ("CK855", markdown("级|人数|占比(%)", "一|412|41.2", "二|305|30.5", "三|183|18.3", "四|100|10.0", "合计|1503|100.0"), None),
    ("CK856", "2021年水产品产量4687吨。\n\n" + markdown("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867"), None),
    ("CK857", markdown("指标|2020年|2021年", "在校生（人）|412|430", "其中：女生|198|503"), None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "suggestion"), FAILS)
def test_fails(rule: str, text: str, suggestion: str | None) -> None:
    findings = [f for f in Checker().check(text).findings if f.rule == rule]
    assert len(findings) == 1
    if suggestion is not None:
        assert findings[0].suggestion == suggestion


HOLDS = [
    ("CK851", 2, markdown("镇|户数|人数", "甲|1204|3611", "乙|987|2950", "合计|2191|6561")),
    ("CK851", 2, markdown("项目|收入", "甲|12.50", "其中：补贴|3.10", "乙|30.25", "小计|42.75", "丙|7.25", "合计|50.00")),
    ("CK851", 1, markdown("项目|金额", "甲|5.5", "减：乙|1.5", "丙|2.0", "合计|6.0")),
    ("CK851", 2, markdown("项目|本年|上年", "公司|1,128.50|1,157.10", "定期|357.20|386.30", "活期|771.30|770.80", "个人|8,183.40|7,467.20", "定期|5,481.10|4,852.50", "活期|2,702.30|2,614.70", "合计|9,311.90|8,624.30")),
    ("CK851", 1, markdown("项目|2021年", "一、甲|10.5", "（一）乙|4.5", "（二）丙|6.0", "二、丁|20.0", "合计|30.5")),
    ("CK851", 1, markdown("项目|占比", "甲|33.3%", "乙|33.3%", "丙|33.3%", "合计|100.0%")),
    ("CK852", 4, markdown("校|男|女|小计|男|女|小计", "一|12|13|25|22|11|33", "二|40|41|81|10|20|30")),
    ("CK853", 2, markdown("项|账面余额|跌价准备|账面价值", "甲|512.10|12.10|500.00", "乙|840.00|40.50|799.50")),
    ("CK854", 2, markdown("镇|本年|上年|增长率（%）", "甲|531.2|498.7|6.52", "乙|415.0|420.3|(1.26)", "丙|3.0|-5.0|不适用")),
    ("CK854", 2, markdown("镇|本年占比|上年占比|同比增减", "甲|31.25%|28.10%|3.15%", "乙|41.50%|42.03%|-0.53%")),
    ("CK855", 3, markdown("级|人数|占比(%)", "一|412|41.2", "二|305|30.5", "三|283|28.3", "合计|1000|100.0")),
    ("CK855", 3, markdown("客户|金额|占总额比例", "甲|3,000.00|15.00%", "乙|2,000.00|10.00%", "丙|1,500.00|7.50%", "合计|6,500.00|32.50%")),
    ("CK856", 1, "单位：百万元\n\n" + markdown("项目|本年", "利息收入|14,672") + "\n\n报告期内，利息收入146.72亿元。"),
    # a near table may bear other words, a far one shares some with the sentence
    ("CK856", 1, "六成以上住户认为维修有必要，有64.3%。\n\n" + markdown("年份|有|无", "2023年|64.3%|21.8%", "2022年|61.7%|25.2%")),
    # two figures of one sentence in one row, and a question that a survey asked as the title of its table
    ("CK856", 2, "支持的占45.6%，反对的占22%。\n\n" + markdown("年份|支持|反对", "2019年|45.6%|22%", "2018年|46.5%|17%")),
    ("CK856", 0, "支持的占45%。另有22%反对。\n\n" + markdown("年份|支持|反对", "2019年|45%|17%", "2018年|46%|22%")),
    ("CK856", 1, "本区湖泊面积最大的有246.58公顷。\n\n" + "各镇情况如下。" * 80 + "\n\n" + markdown("湖泊|面积（公顷）", "青湖|246.58", "白湖|31.94")),
    ("CK857", 2, markdown("指标|2020年|2021年", "在校生（人）|412|430", "其中：女生|198|203")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "count", "text"), HOLDS)
def test_holds(rule: str, count: int, text: str) -> None:
    result = Checker().check(text)
    assert result.findings == ()
    assert sum(c.rule == rule and c.outcome.startswith("holds") for c in result.checks) == count


SILENT = [
    # a row of totals that is a mean, of rates, or of what is counted twice
    markdown("镇|户均收入（元）", "甲|3000", "乙|4000", "合计|3600"),
    markdown("镇|农民收入（元）|户数", "甲|3000|100", "乙|4000|150", "合计|3600|250"),
    markdown("项目|涉及村数（个）|金额（万元）", "修路|12|310.5", "引水|15|204.0", "合计|20|514.5"),
    markdown("镇|合格率|最高温度", "甲|91.5|31", "乙|88.5|33", "合计|90.1|33"),
    markdown("品种|单价（元）|数量", "甲|3.5|100", "乙|4.5|200", "合计|4.2|300"),
    # 收入 has lines that are parts of another; 支出 beside it has labels of its own
    markdown("收入项目|金额|支出项目|金额", "税收|1000.5|教育|400.5", "增值税|600.5|卫生|300.5", "所得税|400.0|农林|200.5", "非税|200.5|其他|299.5", "合计|1201.0|合计|1201.0"),
    markdown("项目|甲|乙|丙", "工资|512.5|300|20.5", "在编|310.2||", "外聘|202.3||", "水电|100.5|41.5|30.5", "合计|613.0|341.5|51.0"),
    # several columns that do not come out: the rows are not what they seem
    markdown("镇|甲项|乙项|丙项", "东|10.5|20.5|30.5", "西|11.5|21.5|31.5", "合计|92.0|142.0|162.0"),
    # numbers cut by a narrow column, rows without a label
    markdown("项目|金额|笔数", "甲|35,394.4|12", "|2|13", "乙|20,864.89|14", "合计|56,259.31|38"),
    markdown("项目|金额", "甲|70,000.00", "乙|20,000.00", "|90,00", "合计|0,000"),
    # sums of rounded figures, and shares made to add up to a hundred
    markdown("项目|金额（亿元）|金额（万元）", "甲|1.2|12345", "乙|2.3|22678", "合计|3.4|35023"),
    markdown("级|人数|占比", "一|333|33.3%", "二|333|33.3%", "三|334|33.3%", "合计|1000|100.0%"),
    # other units among the rows, words among the numbers
    markdown("指标|2020年|2021年", "户数（户）|100|110", "面积（亩）|500|520", "合计|620|640"),
    markdown("镇|户数", "甲|100", "乙|约200", "合计|310"),
    # rates of growth at comparable prices, from losses, and cut instead of rounded
    markdown("产业|2021年|2020年|可比增长", "第一产业|531.2|498.7|4.1%", "第二产业|415.0|420.3|0.3%", "第三产业|380.6|355.1|6.0%"),
    markdown("镇|本年|上年|同比增减", "甲|531.2|498.7|6.51%", "乙|415.0|420.3|-1.26%", "丙|380.6|355.1|7.18%"),
    # what is below a 其中 without the word, and what may exceed its whole
    markdown("项目|本期", "财务费用|3.5", "其中：利息费用|9.0", "利息收入|5.5", "管理费用|4.5", "合计|8.0"),
    # the text speaks of another year, another place, another thing
    "2019年水产品产量4687吨。\n\n" + markdown("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867"),
    "东乡2021年水产品产量4687吨。\n\n" + markdown("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867"),
    "2021年水产品产量5120吨。\n\n" + markdown("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867"),
    # no numbers, one column, nothing at all
    markdown("姓名|职务", "甲|书记", "乙|镇长"),
    markdown("数", "1", "2", "合计"),
    "| |\n|---|\n| |",
    # a rate has grown by points; a debt grows by what an asset loses; people of two half-years are no more people
    markdown("指标|2021年|2020年|增长（%）", "产量（吨）|531.2|498.7|6.52", "用量（吨）|415.0|420.3|-1.26", "普及率（%）|51.2|50.1|1.1"),
    markdown("科目|年初余额|借方|贷方|期末余额", "现金|1000.00|500.00|300.00|1200.00", "银行|5000.00|100.00|600.00|4500.00", "应付账款|2000.00|500.00|800.00|2300.00"),
    markdown("项目|1-6月|7-12月|合计", "产值|12.5|13.5|26.0", "从业人员（人）|100|110|110", "税收|1.5|2.5|4.0", "利润|1.1|2.2|3.3"),
    # rankings and years are no amounts
    markdown("镇|名次|年份", "甲|1|2019", "乙|2|2020", "合计|4|2021"),
]  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    result = Checker().check(text)
    assert (result.findings, result.errors) == ((), ())


def test_the_footnote_about_rounding_loosens_sums() -> None:
    table = markdown("项目|金额（亿元）|数量", "甲|1.2|1012", "乙|2.2|1013", "合计|3.6|2025")
    assert [f.rule for f in Checker().check(table).findings] == ["CK851"]
    note = "注：部分数据因四舍五入的原因，存在总计与分项合计不等的情况。"
    assert Checker().check(f"{table}\n\n{note}").findings == ()


# --- names and places ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "name"),
    [("zh", "表2第3行“合计”列“2021年·户数”"), ("en", "table 2, row 4 “合计”, column “2021年·户数”")],
)
def test_cells_are_named(lang: str, name: str) -> None:
    text = (
        markdown("甲|乙", "丙|1")
        + "\n\n"
        + "| 镇 | 2021年 | |\n| | 户数 | 人数 |\n|---|---|---|\n| 东 | 12 | 30 |\n| 合计 | 99 | 30 |"
    )
    document = make_document(text)
    assert name_at(document, text.index("99"), lang) == name.replace("第3行", "第4行")


def test_the_json_names_the_cell() -> None:
    text = "前文。\n\n" + markdown("镇|户数|人数", "甲|1204|3611", "乙|987|2950", "合计|2191|6651")
    answer = json.loads(json.dumps(document_json(Checker().check(text))))
    (finding,) = answer["findings"]
    assert finding["location"] == {"line": 7, "column": 15, "table": {"number": 1, "row": 4, "column": 3}}
    assert "第4行“合计”列“人数”" in finding["message"]


def test_large_tables_take_bounded_time() -> None:
    """Which rows a total adds up is looked for among so many at most."""

    def table(pairs: int) -> str:
        rows = (row for i in range(pairs) for row in (f"单位{i}|{i * 7 % 1000}.5|{i}", f"合计|{i}.25|{i}"))
        return markdown("名称|甲|乙", *rows)

    assert_road_linear(table, 1024, "rows, each with a total")
