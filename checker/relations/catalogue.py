"""The relation functions with what `checker rules` shows of them, in the order in which they run."""

from __future__ import annotations

from checker.relations.alignment import check_alignment
from checker.relations.dates import check_dates
from checker.relations.extraction import check_extraction
from checker.relations.model import RelationRule
from checker.relations.parts import check_parts
from checker.relations.ranges import check_ranges
from checker.relations.shares import check_shares

__all__ = ["RELATION_RULES"]

RELATION_RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK101", slug="parts-of-whole", relation="sum_of_parts", severity="error", function=check_parts,
        title={"zh": "其中：部分与总数", "en": "其中: parts and their whole"},
        messages={"zh": "各部分相加与总数不符，或部分大于总数", "en": "parts do not add up, or a part exceeds its whole"},
        fails=(
            "全州实施项目2785个，其中，基础设施项目1676个，产业项目979个，其他项目103个。",
            "全村有贫困户82户，其中因病致贫91户。",
            "累计死亡41人（甲省39人、乙省1人、丙省2人）。",
        ),
        holds=(
            "全州实施项目2758个，其中，基础设施项目1676个，产业项目979个，其他项目103个。",
            "全村有贫困户82户，其中因病致贫21户。",
        ),
        silent=(
            "召开会议60次，其中研究扶贫议题98个。",
            "建成园区3个，其中入驻企业50家。",
            "工业增长3.4%，其中制造业增长9.6%。",
            "袭击造成3540人死亡，其中城区3478人死亡，12000人受伤。",
            "一名男子向8名同事借款，其中7名没有报警。",
            "开户3.18亿户，其中网银客户2.29亿户，手机客户2.60亿户。",
            "今日新增43宗，其中29宗源头不明，累计453宗。",
        ),
    ),
    RelationRule(
        id="CK411", slug="shares-of-one-whole", relation="implied_denominator", severity="warning", function=check_shares,
        title={"zh": "同一总体的两个占比", "en": "Two shares of one whole"},
        messages={"zh": "两个占比推出的总体不是同一个", "en": "two shares do not give one whole"},
        fails=(
            "教育支出786亿元，占经常开支21%；卫生支出733亿元，占经常开支26%。",
            "粮食种植面积1000万亩，高标准农田面积512万亩，占粮食种植面积的35%。",
        ),
        holds=(
            "教育支出786亿元，占经常开支21%；卫生支出733亿元，占经常开支20%。",
            "粮食种植面积1000万亩，高标准农田面积512万亩，占粮食种植面积的51.2%。",
        ),
        silent=("税收完成786亿元，占预算数的91%；非税完成733亿元，占预算数的80%。", "存款786亿元，占本行存款21%；贷款733亿元，占本行贷款26%。",
            "粮食种植面积1000万亩，蔬菜面积512万亩，占经济作物面积的35%。",
            "甲基金持有478万股，占流通股6.23%；乙基金持有7942万股，占流通股2.60%。",
        ),
    ),
    RelationRule(
        id="CK611", slug="respectively", relation="alignment", severity="warning", function=check_alignment,
        title={"zh": "分别：名称与数字一一对应", "en": "分别: as many figures as names"},
        messages={"zh": "“分别”前后的项数不符", "en": "分别 has more names than figures, or fewer"},
        fails=("甲镇、乙镇、丙镇、丁镇分别增长3%、4%、5%。",),
        holds=("甲镇和乙镇分别增长3%和4%。",),
        silent=("城乡居民收入、支出分别增长3%、4%、5%、6%。", "软件和信息业、建筑业、零售业分别增长3%、4%、5%、6%。"),
    ),
    RelationRule(
        id="CK711", slug="range-order", relation="range_order", severity="error", function=check_ranges,
        title={"zh": "范围：由小到大", "en": "A range runs from low to high"},
        messages={"zh": "范围的起点大于终点", "en": "a range begins above its end"},
        fails=("每亩收入在90万元至11万元之间。",),
        holds=("每亩收入在9万元至11万元之间。",),
        silent=("票价由90元至60元逐级下调。", "评分从5分到3分。"),
    ),
    RelationRule(
        id="CK901", slug="dates", relation="date", severity="error", function=check_dates,
        title={"zh": "日期：当天存在，星期相符，先起后止", "en": "Dates exist, agree with their weekday, and run forward"},
        messages={"zh": "日期不存在，或与星期不符", "en": "a date that does not exist or is another weekday"},
        fails=("会议定于2019年2月30日召开。", "2024年2月7日（星期五）开会。"),
        holds=("会议定于2019年2月28日召开。",),
        silent=("2月29日开工。", "2024年2月7日（周报）发布。", "完工时间由2018年1月提前至2017年1月。", "从2030年起由15年提高至20年。"),
    ),
    RelationRule(
        id="CK951", slug="damaged-text", relation="extraction", severity="info", function=check_extraction,
        title={"zh": "抽取损坏：有单位没有数字，符号重复", "en": "Damage of extraction"},
        messages={"zh": "数字或符号可能在抽取时丢失或重复", "en": "a number lost, or a sign set twice"},
        fails=("万元实施农村饮水安全巩固提升工程，惠及十个乡镇的群众。", "收入增长6.1%%。"),
        silent=("万元户在当年很少见，如今已不稀奇，家家都有余钱。", "收入增长6.1%。"),
    ),
)  # fmt: skip
