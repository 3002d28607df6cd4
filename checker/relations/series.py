"""A series of amounts and its rates of growth: 828元、895元和1177元，同比分别增长8%和31.5%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.arithmetic.interval import exactly
from checker.checks import Check, Operand
from checker.checks.builder import build_check, comparable, figures_between, formula, make_check
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_set
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_series"]

_F = "[\ue000-\ue0ff]"
_FIGURE = pattern(_F)
_JOINED = r"[^\ue000-\ue0ff，。；！？\n、和及与]{0,3}"
_RUN = rf"{_F}{_JOINED}(?:(?:、|和|及|与|以及){_JOINED}{_F}{_JOINED}){{1,15}}"
# 828元、895元和1177元，年度同比分别为8%和31.5%
_SERIES = pattern(
    rf"(?P<values>{_RUN})，(?P<between>[^\ue000-\ue0ff。；！？\n]{{0,16}}分别[^\ue000-\ue0ff。；！？\n，]{{0,6}})(?P<rates>{placeholder_set('rate')}(?:(?:、|和|及|与){_F})*)",
)
_GROWTH = pattern("同比|环比|增长|增速|增幅|涨幅|年度|递增|上涨|提高|增加")
_FALL = pattern("下降|减少|降低|降幅|下跌|回落")
_REAL = pattern("增加值|生产总值|GDP|不变价|可比价|实际")
_RATE = formula("(current - base) / base * (1 - 2 * fell) == rate")


def check_series(reading: Reading, lang: str) -> Iterator[Check]:
    """n amounts of a series have n − 1 rates of growth, each from one amount to the next."""
    text = reading.skeleton.text
    for match in _SERIES.finditer(reading.skeleton.text):
        values = [q for _, q in figures_between(reading, match.start("values"), match.end("values"))]
        rates = [q for _, q in figures_between(reading, match.start("rates"), match.end("rates"))]
        if len(values) != len(rates) + 1 or not rates or not all(comparable(values[0], q) for q in values):
            continue
        if values[0].unit is not None and values[0].unit.dimension in ("[rate]", "[time]"):
            continue  # 提前1周、2周和3周，减少66%、86%: the rates are of something else
        if not all(q.unit is not None and q.unit.dimension == "[rate]" for q in rates):
            continue
        falls = _FALL.search(match["between"]) is not None
        if not falls and _GROWTH.search(match["between"]) is None:
            continue
        start, _ = reading.skeleton.sentence(match.start())
        real = _REAL.search(text, start, match.start("rates")) is not None
        reason = "实际增长率按不变价计算，不能由现价推出" if real else None
        yield _alignment(reading, start, match, values, rates, lang)
        for base, current, rate in zip(values, values[1:], rates, strict=False):
            slots = {"base": (base,), "current": (current,), "rate": (rate,)}
            yield make_check(
                reading, "growth", _RATE, slots, _MESSAGES["growth"][lang], flags={"fell": int(falls)}, reason=reason
            )


def _alignment(
    reading: Reading, start: int, match: re.Match[str], values: list[Quantity], rates: list[Quantity], lang: str
) -> Check:
    """As many values as the period has years, and one rate fewer; it only confirms, for the count made the link."""
    skeleton = reading.skeleton
    places = (m.start() for m in _FIGURE.finditer(skeleton.text, start, match.start()))
    periods = [q for place in places if (q := reading.quantities[skeleton.figures[place]]).kind == "period"]
    operands = [
        Operand("names", p.id) for p in periods if len(p.parts) == 2 and p.parts[1] - p.parts[0] + 1 == len(values)
    ]
    operands += [Operand("value", q.id) for q in (*values, *rates)]
    return build_check(
        relation="alignment", outcome="holds", operands=tuple(operands), operator="=",
        expression=f"{len(values)} - 1 = {len(rates)}", left=exactly(len(values) - 1), right=exactly(len(rates)),
        start=values[0].start, end=rates[-1].end, severity="warning", confirms=False,
        message=_MESSAGES["alignment"][lang].format(len(values), len(rates)),
    )  # fmt: skip


_MESSAGES = {
    "growth": {
        "zh": "由{base}到{current}变动{computed}，文中为{rate}",
        "en": "from {base} to {current} is a change of {computed}, the text says {rate}",
    },
    "alignment": {"zh": "{}个数值，{}个增长率", "en": "{} values and {} rates of growth"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK505",
        slug="growth-of-series",
        relation="growth",
        severity="error",
        function=check_series,
        title={"zh": "一列数值及其逐期增长率", "en": "A series and its rates of growth"},
        messages={"zh": "逐期增长率与数值不符", "en": "a rate of growth does not follow from the series"},
        fails=("三年人均收入为800元、880元和1100元，同比分别增长10%和35%。",),
        holds=("三年人均收入为800元、880元和1100元，同比分别增长10%和25%。",),
        silent=(
            "三家企业收入为800元、880元和1100元，同比分别增长10%、20%和25%。",
            "甲、乙、丙产量分别增长412.3%、188.6%、95.2%，丁、戊产量分别增长66.4%、28.7%。",
            "若提前1周、2周和3周实施，则病例分别减少66%和86%。",
            "三年增加值为800亿元、880亿元和1100亿元，同比分别增长9%和20%。",
        ),
    ),
)
