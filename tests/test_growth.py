"""Nothing runs away: four times the text takes about four times as long, whatever it repeats; see growing.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
import regex
from growing import MOST, assert_road_linear, growth
from latepatterns import LATE

from checker.errors import SourceError
from checker.patterns import Need
from checker.quantities.skeleton import SLOT_CLASSES, placeholder_set
from checker.rules.loading import builtin_rules
from checker.rules.model import Rule
from checker.sources import read_document

SHORT = 600  # characters, and 16 times as many at most

RULES = {rule.id: rule for rule in builtin_rules().rules}
# What a rule's pattern sees of a figure.
FIGURES = {name: placeholder_set(name)[1] for name in sorted(SLOT_CLASSES) if len(placeholder_set(name)) == 3}
ANY = "".join(FIGURES.values())
"""One figure of each class."""

# What is repeated under every pattern; a pattern gets besides what it needs itself.
FILLERS = (
    "甲", "，", "、", "。", "；", "：", " ", "\n", "（", "）", "的", "和", "比", "占", "共", "其中", "分别", "分别为", "由", "从", "到", "至", "增", "减",
    "每", "已", "未", "其余", "年初", "连续", "持平", "率", *(f"{figure}{word}" for figure in (FIGURES["household"], FIGURES["count"], FIGURES["rate"], FIGURES["date"])
    for word in ("", "、", "，", "的", "和", "甲")),
)  # fmt: skip

# What is repeated under the whole road, from the text to the findings.
REPEATED = (
    "1", "12", "_1", "_2019", "A1", "a", "0", "1.", "1,", "1,234,", "1-", "1/", "1:", "1+", "1、", "1万", "1亿", "万", "亿", "一", "零", "一万", "百万", "两三", "一、", "一至", "十分之",
    "百分之", "三点", "第", "第一、", "翻", "近", "半", "几", "成", "年", "2019年", "1月、", "1月至", "3月5日", "-", "——", "~", "%", "$", "×10", "e9", "C9", "http://", "〔2018", "“一", "“", "”", "《甲》", "（", "）", "（（",
    "其中", "、", "比", "占", "分别", " ", "\t", "\n", "\r\n", "\n\n", "　", "。", "，", "|", "| 3 |\n", "|3", "# ", "#\n", "> ", "- ", "* ", "1. ", "（一）", "`", "```\n", "**", "_", "<", "<!--", "-->", "<b>", "[", "](", "[^1]: ", "---\n", "甲\n===\n",
    "<!-- checker: ignore CK301 -->", "<!-- checker: ", "checker: ", "甲\t3\t4\n", "3户", "3户、", "3户和", "3%、", "3人5户", "，其中3户", "其中3户，", "共3户，", "占3%，", "比上年增长3%，", "由3户增加到5户，", "分别为3户、4户，", "3至5户，", "约3户左右",
    "户均3元，", "每户3元，", "1.5万亩（1000公顷），", "3:4:5，", "3比4，", "一是甲。", "四化", "甲、乙、丙3个村。", "“甲”", "甲、", "今年", "去年", "以来", "四舍五入", "单位：万元\n", "表1 甲\n", "２", "２3", "3%个百分点", "\ue000", "\ue0ff", "\u200d", "\u0301", "👍", "\0",
)  # fmt: skip


def grows(work: Callable[[str], object], unit: str, before: str = "", behind: str = "") -> float:
    """How much longer work takes on four times the text; 1 where it is too quick to tell."""
    times = max(1, SHORT // len(unit))
    less, more = (f"{before}{unit * (many * times)}{behind}" for many in (4, 16))
    return growth(work, less, more)


def matches(rule: Rule) -> Callable[[str], object]:
    pattern = regex.compile(rule.pattern)
    return lambda text: sum(1 for _ in pattern.finditer(text, overlapped=rule.overlapped))


def needed(need: Need) -> list[str]:
    """What a pattern needs, one by one and all together."""
    own = [ANY if chars >= "\ue000" else chars[0] for chars in need.sets]
    return list(dict.fromkeys((*own, "".join(own)))) if own else []


@pytest.mark.parametrize("id", sorted(RULES))
def test_no_rule_runs_away(id: str) -> None:
    rule = RULES[id]
    work = matches(rule)
    own = needed(rule.need)
    for unit in (*FILLERS, ANY, *own, *(part + ANY for part in own), *(FIGURES["household"] + part for part in own)):
        for before, behind in (("", ""), (own[0] + FIGURES["count"], FIGURES["rate"])):
            ratio = grows(work, unit, before, behind)
            assert ratio < MOST, f"{unit!r} repeated behind {before!r}: {ratio:.1f} times as long for 4 times the text"


# Patterns of relations that go through a whole text.
THROUGHOUT = (
    "averages._MEAN", "counting._BARE", "counting._QUOTED", "dates._FROM_TO", "enumeration._RANKED", "fit._MEASURED",
    "magnitude._CHANGED", "magnitude._MEAN", "parts._BRACKET", "ranking._SECOND", "series._SERIES", "shares._BRACKETED",
    "shares._NAMELY", "shares._SHARE", "wholes._CUMULATIVE",
)  # fmt: skip


@pytest.mark.parametrize("name", THROUGHOUT)
def test_no_pattern_of_a_relation_runs_away(name: str) -> None:
    late = LATE[f"relations.{name}"]
    pattern = re.compile(late.pattern)
    own = needed(late.need)
    for unit in (*FILLERS, ANY, *(part + ANY for part in {*own})):
        for before, behind in (("", ""), (own[0] + FIGURES["count"], FIGURES["rate"])):
            ratio = grows(lambda text: sum(1 for _ in pattern.finditer(text)), unit, before, behind)
            assert ratio < MOST, f"{unit!r} repeated behind {before!r}: {ratio:.1f} times as long for 4 times the text"


@pytest.mark.parametrize("before", ["", "全县有3户，其中占"])
def test_nothing_on_the_road_runs_away(before: str) -> None:
    """On a text that repeats one thing behind what gives it a meaning."""

    def repeated(unit: str, many: int) -> str:
        return f"{before}{unit * many}3户。"

    for unit in REPEATED:
        times = max(1, SHORT // len(unit))
        assert_road_linear(partial(repeated, unit), 8 * times, f"{unit!r} repeated behind {before!r}")


# A reader, and what opens something in its format that the repetition then never closes.
READ = [
    ("a.txt", "# 甲\n"),
    ("a.md", "> "),
    ("a.md", "| 甲 |\n|---|\n| "),
    ("a.html", "<p>"),
    ("a.html", "<table><tr><td>"),
    ("a.csv", ""),
    ("a.csv", '"'),
]


@pytest.mark.parametrize(("name", "before"), READ)
def test_no_reader_runs_away(name: str, before: str) -> None:
    def read(text: str) -> None:
        with suppress(SourceError):  # too many control characters
            read_document(name, data=text.encode())

    for unit in REPEATED:
        ratio = grows(read, unit, before)
        assert ratio < MOST, f"{unit!r} repeated behind {before!r}: {ratio:.1f} times as long for 4 times the text"
