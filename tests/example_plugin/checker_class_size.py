"""班级人数不超过56人 · No class has more than 56 pupils."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.checks import Check
from checker.checks.builder import formula, make_check
from checker.reading import Reading
from checker.relations import RelationRule

# 每班62人 · 班级人数为62人: what stands before the figure
_CLASS = re.compile(r"(?:每班|班额|班级人数)[^，。；]{0,4}$")
_LIMIT = formula("pupils <= 56")
_MESSAGES = {"zh": "班级人数{pupils}，超过56人", "en": "{pupils} in a class: more than 56"}


def check_class_size(reading: Reading, lang: str) -> Iterator[Check]:
    """One check for each number of pupils that is said of a class."""
    text = reading.document.folded  # full-width and Traditional forms folded, offset for offset
    for quantity in reading.quantities:
        if quantity.kind != "quantity" or quantity.unit is None or quantity.unit.dimension != "[person]":
            continue
        if _CLASS.search(text, max(0, quantity.start - 10), quantity.start):
            yield make_check(
                reading, "bounds", _LIMIT, {"pupils": (quantity,)}, _MESSAGES[lang], severity="warning", confirms=False
            )


RULES = [
    RelationRule(
        id="EDU101",
        slug="class-size",
        relation="bounds",
        severity="warning",
        function=check_class_size,
        title={"zh": "班级人数不超过56人", "en": "No class has more than 56 pupils"},
        messages=_MESSAGES,
        fails=("该校七年级班级人数为62人。", "全校平均每班58人。"),
        holds=("该校七年级班级人数为50人。",),
        silent=("该校七年级共有62人。", "每班配备教师3人。"),
    )
]
