"""Lines that name a table, told by their words."""

from __future__ import annotations

import re

__all__ = ["is_unit_line", "names_table"]

# 表1 各乡镇脱贫情况, 附表2-1, 续表3
_NAMES_TABLE = re.compile(r"[附续續]?表\s*[\d一二三四五六七八九十]")
# 表1显示, 表2中
_SPEAKS_OF_TABLE = re.compile(r"[附续續]?表\s*\S{1,4}(?:显示|可见|所示|中|是|为)")
# 单位：万元 (alone on its line, between the caption and the table)
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：].{1,20}")
_LONGEST_CAPTION = 60
_SENTENCE_END = ("。", "；", "，", "！", "？", "：")


def names_table(text: str) -> bool:
    """Whether a line without white space around it names a table: short and no sentence.

    >>> [names_table(line) for line in ("表1 各乡镇人口", "表1显示人口减少", "各乡镇人口")]
    [True, False, False]
    """
    return (
        len(text) <= _LONGEST_CAPTION
        and _NAMES_TABLE.match(text) is not None
        and not text.endswith(_SENTENCE_END)
        and _SPEAKS_OF_TABLE.match(text) is None
    )


def is_unit_line(text: str) -> bool:
    """Whether a line tells the unit of the table below it: 单位：万元."""
    return _UNIT_LINE.fullmatch(text) is not None
