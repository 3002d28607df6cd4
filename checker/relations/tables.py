"""The relations of tables: what is checked where, with examples. Each is imported when a document holds a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checker.checks import Check
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES"]


_Function = Callable[[Reading, str], Iterable[Check]]


def _for_tables(module: str, name: str) -> _Function:
    """A function that is imported when the first document with a table is checked."""

    def function(reading: Reading, lang: str) -> Iterable[Check]:
        if not reading.tables:
            return ()
        from importlib import import_module

        found: _Function = getattr(import_module(f"checker.relations.{module}"), name)
        return found(reading, lang)

    return function


def _table(*rows: str) -> str:
    """An example: a Markdown table whose first row is its head."""
    lines = [f"| {' | '.join(row.split('|'))} |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * (rows[0].count("|") + 1), *lines[1:]))


RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK851",
        slug="table-row-total",
        relation="table_total",
        severity="error",
        function=_for_tables("table_totals", "check_row_totals"),
        title={"zh": "表中合计行等于各行之和", "en": "The total row of a table is the sum of its rows"},
        messages={"zh": "合计与各项之和不符", "en": "a total is not the sum of its parts"},
        fails=(_table("乡镇|户数|人数", "东乡|1204|3611", "西乡|987|2950", "合计|2191|6651"),),
        holds=(_table("乡镇|户数|人数", "东乡|1204|3611", "西乡|987|2950", "合计|2191|6561"),),
        silent=(
            _table("镇|甲项|乙项", "东|10.5|20.5", "西|11.5|21.5", "合计|92.0|142.0"),
            _table("乡镇|户均收入（元）", "东乡|3000", "西乡|4000", "合计|3600"),
        ),
    ),
    RelationRule(
        id="CK852",
        slug="table-column-total",
        relation="table_total",
        severity="error",
        function=_for_tables("table_totals", "check_column_totals"),
        title={"zh": "表中合计列等于各列之和", "en": "The total column of a table is the sum of its columns"},
        messages={"zh": "合计与各项之和不符", "en": "a total is not the sum of its parts"},
        fails=(_table("学校|男生|女生|合计", "一小|412|398|810", "二小|305|311|616", "三小|220|207|472"),),
        holds=(_table("学校|男生|女生|合计", "一小|412|398|810", "二小|305|311|616", "三小|220|207|427"),),
        silent=(
            _table("校|合计|男|女|城|乡", "一|810|412|398|500|310", "二|616|305|311|400|216"),
            _table("学校|语文|数学|平均分", "一小|88.5|91.5|90", "二小|80|84|83"),
        ),
    ),
    RelationRule(
        id="CK853",
        slug="table-flow",
        relation="stock_flow",
        severity="error",
        function=_for_tables("table_columns", "check_flows"),
        title={
            "zh": "表中增减额、净额与期末数由其他各列得出",
            "en": "Differences, nets and closing balances of a table",
        },
        messages={
            "zh": "表中的差额或期末数与其他数字不符",
            "en": "a difference or balance does not follow from the other cells",
        },
        fails=(
            _table(
                "品种|年初存栏|本年新增|本年出栏|年末存栏",
                "奶牛|512|130|75|567",
                "肉牛|840|265|310|795",
                "山羊|1260|415|390|1258",
            ),
            _table(
                "镇|2021年（万元）|2020年（万元）|增减额（万元）",
                "东镇|531.2|498.7|32.5",
                "西镇|415.0|420.3|-5.3",
                "南镇|380.6|355.1|52.5",
            ),
        ),
        holds=(
            _table(
                "品种|年初存栏|本年新增|本年出栏|年末存栏",
                "奶牛|512|130|75|567",
                "肉牛|840|265|310|795",
                "山羊|1260|415|390|1285",
                "绵羊|936|258|207|987",
            ),
        ),
        silent=(
            _table("项|期初|增加|减少|期末", "甲|512.5|130.5|75.5|—", "乙|840.5|约265|310.5|795.5"),
            _table("品种|年初存栏|本年新增|年末存栏", "奶牛|512|130|567", "肉牛|840|265|795"),
        ),
    ),
    RelationRule(
        id="CK854",
        slug="table-growth",
        relation="growth",
        severity="error",
        function=_for_tables("table_columns", "check_growth_columns"),
        title={"zh": "表中增长率与两期数字相符", "en": "Rates of growth in a table agree with their two columns"},
        messages={"zh": "增长率与两期数字不符", "en": "a rate of growth does not follow from its two figures"},
        fails=(
            _table(
                "镇|2021年|2020年|同比增减",
                "东镇|531.2|498.7|6.52%",
                "西镇|415.0|420.3|-1.26%",
                "南镇|380.6|355.1|17.18%",
            ),
        ),
        holds=(
            _table(
                "镇|2021年|2020年|变动（%）",
                "东镇|531.2|498.7|6.52",
                "西镇|415.0|420.3|(1.26)",
                "南镇|380.6|355.1|7.18",
                "北镇|207.9|198.4|4.79",
                "街道|-3.0|12.5|不适用",
            ),
        ),
        silent=(
            _table("镇|本年|上年|同比增减", "甲|3.5|-2.5|不适用", "乙|0|12.5|-100%", "丙|12.5|0|—"),
            _table(
                "产业|2021年|2020年|可比增长",
                "第一产业|531.2|498.7|4.1%",
                "第二产业|415.0|420.3|0.3%",
                "第三产业|380.6|355.1|6.0%",
            ),
        ),
    ),
    RelationRule(
        id="CK855",
        slug="table-share",
        relation="share",
        severity="error",
        function=_for_tables("table_columns", "check_share_columns"),
        title={"zh": "表中占比与合计相符", "en": "Shares in a table agree with amounts and total"},
        messages={"zh": "占比与数字不符", "en": "a share does not follow from its amount and the total"},
        fails=(
            _table(
                "年级|人数|占比",
                "初一|412|41.2%",
                "初二|305|30.5%",
                "初三|183|13.8%",
                "高一|100|10.0%",
                "合计|1000|100.0%",
            ),
        ),
        holds=(
            _table(
                "年级|人数|占比",
                "初一|412|41.2%",
                "初二|305|30.5%",
                "初三|183|18.3%",
                "高一|100|10.0%",
                "合计|1000|100.0%",
            ),
        ),
        silent=(
            _table("级|人数|占比", "一|333|33.3%", "二|333|33.3%", "三|334|33.3%", "合计|1000|100.0%"),
            _table("年级|人数|占全市比重", "初一|412|4.2%", "初二|305|3.5%", "合计|717|7.7%"),
        ),
    ),
    RelationRule(
        id="CK856",
        slug="table-and-text",
        relation="repeated_value",
        severity="warning",
        function=_for_tables("table_text", "check_text"),
        title={"zh": "正文数字与表中同一数字一致", "en": "A figure of the text agrees with the table"},
        messages={"zh": "正文与表中的同一数字不一致", "en": "the text and the table state one figure with two values"},
        fails=(
            "2021年水产品产量4687吨。\n\n"
            + _table("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867", "水果产量|2290|2310"),
            "2021年公司净利润3.57亿元。\n\n" + _table("指标|2021年", "净利润（亿元）|7.53", "员工（人）|1284"),
        ),
        holds=(
            "2021年水产品产量4867吨。\n\n"
            + _table("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867", "水果产量|2290|2310"),
        ),
        silent=(
            "2019年水产品产量4687吨。\n\n"
            + _table("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867", "水果产量|2290|2310"),
            "东乡2021年水产品产量4687吨。\n\n"
            + _table("指标|2020年（吨）|2021年（吨）", "水产品产量|4315|4867", "水果产量|2290|2310"),
        ),
    ),
    RelationRule(
        id="CK857",
        slug="table-part",
        relation="part_le_whole",
        severity="error",
        function=_for_tables("table_totals", "check_parts"),
        title={
            "zh": "表中“其中”一行不大于它所属的一行",
            "en": "A row with 其中 is not above the row that it is a part of",
        },
        messages={"zh": "部分大于它所属的总数", "en": "a part is above its whole"},
        fails=(_table("指标|2020年|2021年", "在校生（人）|412|430", "其中：女生|198|503"),),
        holds=(_table("指标|2020年|2021年", "在校生（人）|412|430", "其中：女生|198|203"),),
        silent=(
            _table("项目|一期|二期", "场地（个）|3|5", "其中：座位（座）|300|500"),
            _table("指标|2020年|2021年", "财务费用（万元）|12.5|3.1", "其中：利息费用|13.0|4.2"),
            _table("项目|期初|期末", "减：一年内到期的贷款|396|412", "其中：贷款原值|400|418", "贷款损失准备|4|6"),
        ),
    ),
)
