"""An amount in formal numerals beside the same in digits: 合同总价180000元（大写：壹拾捌万元整）, 人民币壹拾捌万元整（￥180000.00）."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from checker.checks import Check
from checker.checks.builder import comparable, formula, make_check
from checker.language.lexicon import words_of
from checker.links.cues import pattern_of
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_formal"]

_SAME = formula("first == second")


def check_formal(reading: Reading, lang: str) -> Iterator[Check]:
    """Each amount in formal numerals against the one in digits right before or behind it, with nothing but marks and 大写, 小写 between."""
    text = reading.document.folded
    if _formal().isdisjoint(text):
        return
    for first, second in pairwise(q for q in reading.quantities if q.kind == "quantity"):
        if not comparable(first, second) or _is_formal(first, text) == _is_formal(second, text):
            continue
        if pattern_of("formal", "between").fullmatch(text[first.end : second.start]):
            slots = {"first": (first,), "second": (second,)}
            yield make_check(reading, "repeated_value", _SAME, slots, _MESSAGE[lang], severity="error", link=1)


def _is_formal(quantity: Quantity, text: str) -> bool:
    return not _formal().isdisjoint(text[quantity.start : quantity.end])


@cache
def _formal() -> frozenset[str]:
    """The numerals of cheques and contracts."""
    return frozenset("".join(words_of("links", "formal", "numerals")))


_MESSAGE = {
    "zh": "大小写金额不一致：{first}，{second}",
    "en": "the amount in words and the one in digits differ: {first}, {second}",
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK642",
        slug="amount-in-words",
        relation="repeated_value",
        severity="error",
        function=check_formal,
        title={"zh": "大写金额与小写金额", "en": "An amount in words and in digits"},
        messages={"zh": "大小写金额不一致", "en": "the amount in words is not the one in digits"},
        fails=(
            "合同总价为人民币180000.00元（大写：壹拾玖万元整）。",
            "欠款共计人民币贰佰叁拾万零伍佰元整（￥2305000.00）。",
            "合計：HK$12,000.00（港幣壹萬叁仟元整）。",
        ),
        holds=(
            "合同总价为人民币180000.00元（大写：壹拾捌万元整）。",
            "欠款共计人民币贰佰叁拾万零伍佰元整（￥2300500.00）。",
            "金额（大写）壹万贰仟元整，小写：12000元。",
        ),
        silent=(
            "合同总价180000元，已付壹拾万元整。",
            "借款1800万元。今借到人民币壹仟陆佰万元整。",
            "第一期180000元，第二期贰拾万元整。",
            "共付30000元，贰万元用于购料。",
        ),
    ),
)
