"""Counts that a list of names can be held against: 7个村, 三项活动, 三级, “四化模式”, “五项工程”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.checks import Operand
from checker.interval import Interval, exactly
from checker.quantities.numerals import chinese_number
from checker.reading import Reading

__all__ = ["Count", "counts_of"]

# “四化模式” · 三级联动 · 四大行动 · 三位一体: numerals that stay words in the skeleton
_QUOTED = re.compile(
    r"“(?P<number>[一二两三四五六七八九十]{1,2})(?![一二三四五六七八九十百千万亿月年日号号]|季度)(?P<noun>[\w、]{1,12})”"
)
_BARE = re.compile(
    r"(?<![第一二两三四五六七八九十百千万亿])(?P<number>[二两三四五六七八九十]{1,2})(?P<noun>级(?!别)|大(?!型|家|约|多|概|量|力|幅|学|部分|于|米)|位一体|(?<=前十)[名位])"
)
_MOST = 10_000
_SPAN_KINDS = frozenset(["[person]", "[household]"])
_NO_NUMBERS = frozenset("届点度级期号")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: where it begins (with its quotation mark) and ends in the skeleton, and what it stands for.

    `surface` is its measure word or the noun in quotation marks; `ends` is where the label's closing mark is passed.
    """

    start: int
    end: int
    value: int
    interval: Interval
    operand: Operand
    surface: str
    quoted: bool = False
    figure: bool = False

    @property
    def exact(self) -> bool:
        """Whether one number only is meant (20余家 is not)."""
        return self.interval.is_point


def counts_of(reading: Reading) -> Iterator[Count]:
    """The counts of a text: figures with a measure word, and the numerals of labels."""
    skeleton = reading.skeleton
    text = skeleton.text
    for quantity in reading.quantities:
        unit, value = quantity.unit, quantity.value
        if quantity.kind != "quantity" or unit is None or not isinstance(value, int) or not 1 < value < _MOST:
            continue
        if not unit.counted or quantity.surface is None or quantity.surface[0] in _NO_NUMBERS:
            continue
        if quantity.approximation not in ("exact", "over"):
            continue
        place = skeleton.place_of.get(quantity.id)
        if place is None:
            continue
        start, quoted = place, text[place - 1 : place] == "“"
        end = place + 1
        if quoted:
            start -= 1
            closing = text.find("”", end, end + 12)
            end = closing + 1 if closing >= 0 else end
        yield Count(
            start, end, value, quantity.interval, Operand("count", quantity.id), quantity.surface, quoted, figure=True
        )
    ids = {q.start: q.id for q in reading.quantities if q.kind == "label"}
    for pattern, quoted in ((_QUOTED, True), (_BARE, False)):
        for match in pattern.finditer(text):
            if not quoted and text[match.start() - 1 : match.start()] == "“":
                continue  # in quotation marks: the other pattern's
            value = chinese_number(match["number"])
            if not isinstance(value, int) or value < 2:
                continue
            at = skeleton.text_offset(match.start("number"))
            known = ids.get(at)
            operand = (
                Operand("count", known)
                if known is not None
                else Operand("count", None, at, skeleton.text_offset(match.end() - 1) + 1 - quoted)
            )
            yield Count(match.start(), match.end(), value, exactly(value), operand, match["noun"], quoted)
