"""A unit that cannot measure its noun: 装机容量16兆瓦时, 占比为4个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.checks import Check, Operand
from checker.checks.builder import build_check
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
    excused: str = ""


def _dimensions(names: str) -> frozenset[str]:
    return frozenset(f"[{name}]" for name in names.split())


_MATTER = "money mass area power energy household person"
# Only what no careful writer does: each line was silent in every text it was tried on, or right.
_TABLE = (
    _Fit("装机容量", _dimensions("energy length area money"), "功率", "储能|电池|抽水蓄能"),
    _Fit("装机规模", _dimensions("energy length area money"), "功率", "储能|电池|抽水蓄能"),
    _Fit("发电量", _dimensions("power length area money"), "电量", "机组|发电机"),
    _Fit("用电量", _dimensions("power length area money"), "电量"),
    _Fit("售电量", _dimensions("power length area money"), "电量"),
    _Fit("用电负荷", _dimensions("energy length area money"), "功率"),
    _Fit("面积", _dimensions("length mass money power energy volume"), "面积"),
    _Fit("时速", _dimensions("money mass area power energy volume"), "速度"),
    _Fit("里程", _dimensions("area mass volume power energy"), "长度"),
    _Fit("全长", _dimensions("area mass volume power energy money household person"), "长度"),
    _Fit("长度", _dimensions("area mass volume power energy money household person"), "长度"),
    _Fit("海拔", _dimensions(f"{_MATTER} volume"), "高度"),
    _Fit("降雨量", _dimensions("money mass power energy household person"), "深度"),
    _Fit("比重", _dimensions("point money household person"), "百分比"),
    _Fit("占比", _dimensions("point money household person"), "百分比"),
    _Fit("覆盖率", _dimensions("point money household person"), "百分比"),
)
_BY_NOUN = {fit.noun: fit for fit in _TABLE}
# 面积3公里×2公里, 面积5公里见方: sides, and not the area
_SIDES = pattern(r"\s*[×xX*见乘以的]|[长宽]|范围|半径|时|小时|·|[/／]|左右的?[长宽]|（")
_SQUARE_FEET = ("呎", "尺")  # of a flat: 实用面积700呎
_LISTED = "和及、与或"  # 宗数和面积为…: the figures belong to a list of nouns
# 装机容量达到16兆瓦时: a noun and the figure that measures it, the longest noun first
_MEASURED = pattern(
    f"(?P<noun>{'|'.join(sorted(_BY_NOUN, key=len, reverse=True))})"
    "(?P<verb>达到|达|为|是|约为|共|仅|约|共有|为：|：)?(?P<figure>[\ue000-\ue0ff])",
)


def check_fit(reading: Reading, lang: str) -> Iterator[Check]:
    """A failing check for each noun whose figure bears a unit that cannot measure it."""
    skeleton = reading.skeleton
    for match in _MEASURED.finditer(reading.skeleton.text):
        figure = reading.quantities[skeleton.figures[match.start("figure")]]
        fit = _BY_NOUN[match["noun"]]
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
        ),
    ),
)
