"""The relation functions with what `checker rules` shows of them, in the order in which they run."""

from __future__ import annotations

from checker.relations.model import RelationRule
from checker.relations.parts import check_parts

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
        ),
    ),
)  # fmt: skip
