"""What the extraction of a text has damaged: a unit without its number, a sign set twice."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Operand
from checker.checks.builder import build_check
from checker.patterns import pattern
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_extraction"]

# 万元实施农村饮水工程: a paragraph that begins with a magnitude and its unit, the number left on the page before
_LOST_NUMBER = pattern(r"[万亿](?:美元|港元|元|千瓦时|千瓦|平方米|立方米|吨|公里|人次|[亩台套辆只头株件份袋])(?!户)")
# 6.1%%
_TWICE = pattern(r"(?<![\d.])\d+(?:\.\d+)?\s?(?P<sign>[%％]{2,})")


def check_extraction(reading: Reading, lang: str) -> Iterator[Check]:
    """Stretches of the text that look damaged; information for whoever made the file."""
    text = reading.document.folded
    for block in reading.document.blocks:
        if text[block.start] not in "万亿":
            continue
        lost = _LOST_NUMBER.match(text, block.start, block.end) if block.kind == "paragraph" else None
        if lost is not None and block.end - block.start > 20:
            yield _check(
                lost.start(),
                lost.end(),
                _MESSAGES["lost"][lang].format(reading.document.text[lost.start() : lost.end()]),
            )
    if "%%" not in text and "％％" not in text:
        return
    for twice in _TWICE.finditer(text):
        yield _check(twice.start(), twice.end(), _MESSAGES["twice"][lang].format(twice["sign"]))


def _check(start: int, end: int, message: str) -> Check:
    return build_check(
        relation="extraction", outcome="fails", operands=(Operand("text", None, start, end),), operator="",
        expression="", left=None, right=None, start=start, end=end, severity="info", message=message, confirms=False,
    )  # fmt: skip


_MESSAGES = {
    "lost": {"zh": "段首的“{}”前缺少数字，可能在分页处丢失", "en": "{} opens a paragraph without its number"},
    "twice": {"zh": "符号“{}”重复", "en": "the sign {} stands twice"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK951",
        slug="damaged-text",
        relation="extraction",
        severity="info",
        function=check_extraction,
        title={"zh": "抽取损坏：有单位没有数字，符号重复", "en": "Damage of extraction"},
        messages={"zh": "数字或符号可能在抽取时丢失或重复", "en": "a number lost, or a sign set twice"},
        fails=("万元实施农村饮水安全巩固提升工程，惠及十个乡镇的群众。", "收入增长6.1%%。"),
        silent=("万元户在当年很少见，如今已不稀奇，家家都有余钱。", "收入增长6.1%。"),
    ),
)
