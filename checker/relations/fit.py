"""A unit that cannot measure its noun: 装机容量16兆瓦时, 占比为4个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from checker.checks import Check, Operand
from checker.checks.builder import build_check
from checker.language.lexicon import section_of
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_fit"]


class _Fit(NamedTuple):
    """A noun, the dimensions that never measure it, what does, and a pattern of the sentence that excuses it."""

    noun: str
    never: frozenset[str]
    measure: str
    excused: str


@cache
def _by_noun() -> dict[str, _Fit]:
    return {
        name: _Fit(
            name, frozenset(f"[{dimension}]" for dimension in row["never"]), row["measure"], row.get("excused", "")
        )
        for row in section_of("fit", "noun")
        for name in row["names"]
    }


# 装机容量达到16兆瓦时: a noun and the figure that measures it, the longest noun first
_MEASURED = pattern(
    f"(?P<noun>{'|'.join(sorted(_by_noun(), key=len, reverse=True))})"
    f"(?P<verb>{section_of('fit', 'verbs')})?(?P<figure>[\ue000-\ue0ff])"
)
# 面积3公里×2公里, 面积5公里见方: sides, and not the area
_SIDES = pattern(r"\s*[×xX*见乘以的]|[长宽]|范围|半径|时|小时|·|[/／]|左右的?[长宽]|（")
_SQUARE_FEET = ("呎", "尺")  # of a flat: 实用面积700呎
_LISTED = "和及、与或"  # 宗数和面积为…: the figures belong to a list of nouns


def check_fit(reading: Reading, lang: str) -> Iterator[Check]:
    """A failing check for each noun whose figure bears a unit that cannot measure it."""
    skeleton = reading.skeleton
    for match in _MEASURED.finditer(reading.skeleton.text):
        figure = reading.quantities[skeleton.figures[match.start("figure")]]
        fit = _by_noun()[match["noun"]]
        if figure.kind != "quantity" or figure.unit is None or figure.unit.dimension not in fit.never:
            continue
        if fit.noun == "面积" and figure.surface in _SQUARE_FEET:
            continue
        if figure.unit.dimension == "[point]" and match["verb"] not in ("为", "是", "达", "达到"):
            continue  # 占比3个百分点的差距
        if skeleton.text[match.start() - 1 : match.start()] in tuple(_LISTED):
            continue
        if _SIDES.match(skeleton.text, match.end()) or figure.approximation in ("under", "range"):
            continue  # 面积5公里以内的村庄
        start, end = skeleton.sentence(match.start())
        if fit.excused and re.search(fit.excused, skeleton.text[start:end]):
            continue
        yield _check(reading, skeleton.text_offset(match.start()), figure, fit, lang)


def _check(reading: Reading, start: int, figure: Quantity, fit: _Fit, lang: str) -> Check:
    assert figure.unit is not None
    message = _MESSAGE[lang].format(fit.noun, figure.unit.name, fit.measure)
    noun = Operand("metric", None, start, start + len(fit.noun))
    return build_check(
        relation="unit_fit", outcome="fails", operands=(noun, Operand("value", figure.id)), operator="=",
        expression=f"{fit.noun} ≠ {figure.unit.name}", left=None, right=None, start=start, end=figure.end, severity="warning",
        message=message, confirms=False,
    )  # fmt: skip


_MESSAGE = {"zh": "“{}”不能用“{}”计量，应为{}单位", "en": "{} is not measured in {}; a unit of {} is wanted"}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK921",
        slug="unit-fits-metric",
        relation="unit_fit",
        severity="warning",
        function=check_fit,
        title={"zh": "单位与指标相配", "en": "The unit can measure the metric"},
        messages={"zh": "单位不能计量这一指标", "en": "the unit cannot measure the metric"},
        fails=(
            "光伏电站装机容量16兆瓦时。",
            "水库面积为3公里。",
            "全年发电量达到320万千瓦。",
            "服务业占比为41个百分点。",
            "新修村道全长12亩。",
            "全县茶叶总产量达6.2万米。",
            "夜间最低气温将降至4%。",
            "年末常住人口为41.6万亩。",
            "水库总库容860万平方米。",
            "全年实现农业产值14.2万亩。",
        ),
        silent=(
            "光伏电站装机容量16兆瓦，配套储能装机规模32兆瓦时。",
            "水库面积3公里×2公里。",
            "全长约120吨的货轮靠岸。",
            "全年发电量达到320万千瓦时。",
            "服务业占比提高2个百分点。",
            "节目全长82分钟。",
            "网签套数和面积为340套和3.1万平方米。",
            "单位面积550呎，实用面积约430呎。",
            "天台屋面积：3.5米 x 2.5米。",
            "气温下降6℃，湿度降至40%。",
            "太阳能电池产量超过62吉瓦。",
            "常住人口人均耕地1.2亩。",
        ),
    ),
)
