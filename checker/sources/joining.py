"""Which line goes on with the line before it: figures cut by a break, and text wrapped at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from checker.patterns import pattern
from checker.sources.lines import Line

__all__ = ["cuts_a_figure", "wrapped_width", "wraps"]

# A line that a break cut after a number: 「其中村集体收入74.05」. Something stands before the number, so that a page
# number alone is none; 附件1 and 表2 end a line of their own.
_ENDS_IN_NUMBER = pattern(
    r"""
    (?<! [\dA-Za-z附件图圖表第期版页號号:：/_.\-—] )
    (?: \d+ (?:,\d{3})* (?:\.\d+)? | [０-９]+ (?:．[０-９]+)? )
    (?: [余餘多] | [个個] )? $
    """,
    re.VERBOSE,
)
_SHORTEST_CUT = 8
# What the rest of a figure begins with: a magnitude or a common unit, words that only begin like one left out (个人,
# 户籍, 人大, 元旦, 家庭, 万众).
_BEGINS_WITH_UNIT = pattern(
    r"""
      [万萬亿億] (?! 众 | 一 | 事 | 物 | 象 | 科 )
    | [千百] (?= [万萬亿億瓦米克伏赫] )
    | [余餘多] (?= [个個户戶人名家万萬亿億元亩畝吨公只头栋套] )
    | [%％‰℃]
    | [个個] (?! 人 | 别 | 別 | 体 | 體 | 性 | 案 )
    | [户戶] (?! 籍 | 均 | 口 | 外 | 型 | 数 )
    | 人 (?! 大 | 民 | 口 | 均 | 才 | 社 | 事 | 力 | 工 | 物 | 类 | 員 | 员 | 们 | 生 | 家 )
    | 元 (?! 旦 | 月 | 宵 | 素 | 首 | 年 )
    | 家 (?! 庭 | 长 | 長 | 乡 | 里 | 属 | 畜 | 电 | 禽 | 园 | 具 | 居 | 家 | 族 | 住 )
    | [亩畝吨噸] | 名 (?! 单 | 称 | 字 | 誉 | 录 | 优 | 为 )
    | 百分[点點] | 基[点點]
    | 公里 | 公顷 | 公斤 | 平方 | 立方 | 千瓦 | 兆瓦 | 美元 | 港元 | 欧元 | 日元
    | 倍 | 辆 | 栋 | 台 (?! 湾 | 账 | 风 ) | 套 (?! 路 | 餐 ) | 米 (?! 面 | 粉 ) | 岁 | 项 (?! 目 )
    """,
    re.VERBOSE,
)
_FINAL = tuple("。！？；!?;…”」』）)：:")
_ENDS_IN_YEAR = pattern(r"(?<![\d,.])(?:19|20)\d\d$")
_MARKED = pattern(r"[#|>*+•●■◆-]|\d{1,2}[.、]|[（(]?[一二三四五六七八九十]{1,3}[、)）]")
# Fixed-width text: at least 20 Han characters a line; a mark that may not begin a line moves one or two of them down.
_NARROWEST, _WIDEST, _SLACK = 40, 160, 4
_FEWEST_FULL = 3


def cuts_a_figure(line: Line, following: Line) -> bool:
    """Whether a break parted a number from its unit: 「……收入74.05」, 「万元，……」."""
    last = line.text[-1]
    if (
        len(line.text) < _SHORTEST_CUT
        or not (last.isdigit() or last in "余餘多个個")
        or _ENDS_IN_NUMBER.search(line.text[-40:]) is None
    ):
        return False
    if following.text.startswith("年"):
        return _ENDS_IN_YEAR.search(line.text) is not None
    return _BEGINS_WITH_UNIT.match(following.text) is not None


def wraps(line: Line, following: Line, width: int) -> bool:
    """Whether `following` goes on with a full line in a text that is wrapped at `width` columns."""
    return not (
        following.gap
        or (following.indent and not line.indent)
        or line.text.endswith(_FINAL)
        or _MARKED.match(following.text)
        or _columns(line.text) + (2 * line.indent) < width - _SLACK
    )


def wrapped_width(lines: Sequence[Line]) -> int | None:
    """The width in columns at which the text is wrapped, or None when it is not.

    A wrapped text has no line longer than its width, at least three full lines that end within a sentence, and at
    least two of every five lines full.
    """
    if len(lines) < _FEWEST_FULL or max(len(line.text) for line in lines) > _WIDEST:
        return None
    columns = [_columns(line.text) for line in lines]
    width = max(columns)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [line for line, wide in zip(lines, columns, strict=True) if wide >= width - _SLACK]
    cut = sum(1 for line in full if not line.text.endswith(_FINAL))
    return width if cut >= _FEWEST_FULL and 5 * len(full) >= 2 * len(lines) else None


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
