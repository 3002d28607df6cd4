"""What two figures make together: ranges (3至5万元) and lists that share a unit (0.9、1.1和0.5个百分点)."""

from __future__ import annotations

import re
from fractions import Fraction

from checker.arithmetic.interval import Interval, Rational, exactly
from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.quantities.approximation import exact_or_rounded
from checker.quantities.model import Approximation, Kind, Quantity
from checker.quantities.numerals import MAGNITUDES

__all__ = ["merge"]

_RANGE = frozenset([*"-~～—–－−至到―─", "--", "——", "~~", " 至 ", " 到 ", " ~ ", " ～ ", " — ", " – "])
_MOVES = (
    "由",
    "从",
    "增加",
    "增长",
    "上升",
    "提高",
    "减少",
    "下降",
    "上涨",
    "下跌",
    "降低",
    "新增",
    "升",
    "涨",
    "跌",
    "增",
    "了",
    "增长了",
    "扩大",
    "回落",
    "下调",
    "上调",
    "减",
)
_LIST = frozenset({"、", "和", "及", "与", "或", "，", ",", "以及", "；"})


def merge(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures with ranges made one and shared units handed out, in text order."""
    merged: list[Quantity] = []
    for quantity in found:
        if merged and quantity.start - merged[-1].end <= _FARTHEST:
            between = text[merged[-1].end : quantity.start]
            both = _as_one(text, merged[-1], between, quantity)
            if both is not None:
                merged.pop()
                if both.kind in _PAIRS and merged and _is_parcel_behind(text, merged[-1], both):
                    both = both._replace(kind="ordinal")  # 231-14、520-3: parcels of land
                if both.kind == "ordinal":
                    _ordinals_before(text, merged, both, len(merged))
                quantity = both
            else:
                quantity = _in_list(text, merged, between, quantity)
        merged.append(quantity)
    return merged


_FARTHEST = 3  # characters between two figures that make one, or share a unit: 20 至 30公尺


def _as_one(text: str, last: Quantity, between: str, quantity: Quantity) -> Quantity | None:
    """The one figure that two neighbours write; None where they are two."""
    if between in _ADDED and (whole := _compound(text, last, quantity) or _longer(last, quantity)) is not None:
        return whole
    if between in _TOGETHER:
        whole = _between_bounds(last, quantity)
        if whole is None and between == "，":
            whole = _grouped(text, last, quantity)
        if whole is not None:
            return whole
    if between in ("±", "+/-"):
        return _plus_minus(last, quantity)
    if (
        between in _ORDINAL_DASHES
        and quantity.kind == "ordinal"
        and _is_bare(last)
        and text[quantity.start].isdecimal()
    ):
        # 231-14地号, 29至34楼
        return quantity._replace(start=last.start, value=last.value, number_start=last.number_start)
    if between in _RANGE and (years := _years(text, last, quantity) or _school_years(text, last, quantity)) is not None:
        return years
    if between in _RANGE and quantity.kind == "date" and (years := _short_years(text, last, quantity)) is not None:
        return years
    if between in _RANGE or (between in ("和", "与") and text.startswith("之间", quantity.end)):
        return _range(text, last, quantity)
    return None


def _in_list(text: str, merged: list[Quantity], between: str, quantity: Quantity) -> Quantity:
    """A figure behind others, as what they make it, which may give its unit to them."""
    last, between = merged[-1], between.strip(" ")
    if (
        between == "、"
        and last.kind in ("code", "ratio")
        and (told := _as_its_neighbour(text, merged, quantity)) is not None
    ):
        return told
    if not between and _is_note(text, last, quantity):
        return quantity._replace(kind="ordinal", bounds=None, approximation="exact")
    if (
        last.kind == "ordinal"
        and between == "、"
        and _is_bare(quantity)
        and text[quantity.end : quantity.end + 1] != "-"
    ):
        return quantity._replace(kind="ordinal", bounds=None, approximation="exact")
    if (
        quantity.kind == "time"
        and not quantity.parts
        and between == "、"
        and _is_bare(last)
        and (last.value or 0) <= _LAST_HOUR
    ):
        merged[-1] = last._replace(kind="time", value=None, bounds=None, approximation="exact")  # 下午2、3时
    if between == "、" and last.kind in _PAIRS and len(last.parts) == 2 and _is_parcel(text, quantity):
        quantity = quantity._replace(
            kind="ordinal", bounds=None, approximation="exact"
        )  # 178、530-1、530: parcels of land
        _ordinals_before(text, merged, quantity, len(merged))
        return quantity
    if between == "等" and _is_bare(last) and quantity.unit is not None:
        merged[-1] = last = last._replace(kind="ordinal", bounds=None, approximation="exact")  # 256、272、276等3笔土地
        _ordinals_before(text, merged, last, len(merged) - 1)
    if between in _BY and _are_sides(merged, last, quantity):
        _hand_back(text, merged, quantity)
    if between in _LIST:
        if quantity.unit is not None and quantity.unit.name == "年" and last.kind == "date" and _two_digits(quantity):
            parts = 2000 + int(quantity.value or 0), 0, 0
            quantity = quantity._replace(kind="date", value=None, unit=None, parts=parts)
        _hand_back(text, merged, quantity)
    return quantity


_BY = frozenset("×*＊xX")


def _are_sides(merged: list[Quantity], last: Quantity, quantity: Quantity) -> bool:
    """Whether two figures are sides of one thing and have one unit: 90*60*20mm, 800×600像素; but 4×200米 are four times 200."""
    unit = quantity.unit
    if unit is None or not _is_bare(last):
        return False
    if unit.name in _OF_PICTURES:
        return True
    if unit.dimension != "[length]":
        return False
    third = len(merged) > 1 and _is_bare(merged[-2]) and last.start - merged[-2].end <= _FARTHEST
    return third or unit.name not in _OF_COURSES or last.value == quantity.value


_OF_PICTURES = frozenset(words_of("figures", "sides", "pictures"))
_OF_COURSES = frozenset(words_of("figures", "sides", "courses"))


def _is_note(text: str, last: Quantity, quantity: Quantity) -> bool:
    """12.5亿元1。: a short number right behind an amount is that of a note; but 5元6 goes on."""
    if last.kind != "quantity" or last.unit is None or not _is_bare(quantity) or quantity.words:
        return False
    amount = last.unit.dimension == "[rate]" or (last.unit.dimension == "[money]" and last.step >= 10**4)
    short = quantity.end - quantity.start == 1 or (
        quantity.end - quantity.start == 2 and (quantity.value or 0) < _GREATEST_NOTE
    )
    return amount and short and quantity.value != 0 and text[quantity.end : quantity.end + 1] in _BEHIND_NOTE


def _as_its_neighbour(text: str, merged: list[Quantity], quantity: Quantity) -> Quantity | None:
    """A telephone number behind another, and the scores of sets before the last of them; None where they are none."""
    last = merged[-1]
    length = quantity.end - quantity.start
    if last.kind == "code":
        alike = length >= _LEAST_TELEPHONE and length == last.end - last.start
        alike = alike and text[quantity.start : quantity.end].isdecimal() and text[last.start : last.end].isdecimal()
        return quantity._replace(kind="code", value=None, bounds=None, approximation="exact") if alike else None
    if quantity.kind != "score":
        return None
    for at in range(len(merged) - 1, -1, -1):  # 25:19、25:17、25:18战胜
        if merged[at].kind != "ratio" or (at + 1 < len(merged) and text[merged[at].end : merged[at + 1].start] != "、"):
            break
        merged[at] = merged[at]._replace(kind="score", value=None)
    return quantity


_LEAST_TELEPHONE = 6


def _is_parcel(text: str, quantity: Quantity) -> bool:
    """Whether a number in a list with 530-1 is that of a parcel too; 157 of 157-2 is read with what goes on behind it."""
    return (
        _is_bare(quantity) and (quantity.value or 0) >= _LEAST_PARCEL and text[quantity.end : quantity.end + 1] != "-"
    )


_GREATEST_NOTE = 30
_PAIRS = frozenset(["score", "name"])  # what two numbers with a dash between them are
_BEHIND_NOTE = frozenset("，。；")
_LAST_HOUR, _LEAST_PARCEL = 24, 100
# 50元6角3分, 六斤八两, 两年零三个月: what one of the greater unit holds of the smaller
_ADDED = frozenset({"", "零", "又", "〇"})
_TOGETHER = frozenset(["", "且", "，", "、"])
_HOLDS = {
    ("元", "角"): 10, ("元", "分(货币)"): 100, ("元", "分"): 100, ("块", "角"): 10, ("块", "分(货币)"): 100, ("角", "分(货币)"): 10, ("角", "分"): 10,
    ("斤", "两"): 10, ("小时", "分钟"): 60, ("小时", "分"): 60, ("小时", "秒"): 3600, ("分钟", "秒"): 60, ("分", "秒"): 60, ("年", "月"): 12,
    ("天", "小时"): 24, ("米", "厘米"): 100, ("尺", "寸"): 10, ("丈", "尺"): 10, ("千克", "克"): 1000, ("公里", "米"): 1000, ("吨", "千克"): 1000,
}  # fmt: skip


def _compound(text: str, great: Quantity, small: Quantity) -> Quantity | None:
    """Two figures that write one amount, the smaller unit behind the greater; None where they are two."""
    if great.kind != "quantity" or small.kind != "quantity" or great.unit is None or small.unit is None:
        return None
    if great.value is None or small.value is None or great.approximation not in ("exact", "rounded"):
        return None
    times = _HOLDS.get((great.unit.name, small.unit.name))
    if times is None or (great.step != 1 and times not in (10, 100)) or not 0 <= small.value < times:
        return None
    if great.unit.name == "分" and great.value >= 60:
        return None
    step = small.step / times if isinstance(small.step, Fraction) else Fraction(small.step, times)
    value = great.value + Fraction(small.value) / times
    approximation = small.approximation if small.approximation not in ("exact", "rounded") else "rounded"
    bounds = small.bounds
    if bounds is not None:
        bounds = bounds.scaled(Fraction(1, times)) + exactly(great.value)
    return great._replace(
        end=small.end, value=value.numerator if value.denominator == 1 else value, step=step, approximation=approximation,
        bounds=bounds, number_end=small.number_end, words=great.words or small.words,
    )  # fmt: skip


def _longer(great: Quantity, small: Quantity) -> Quantity | None:
    """1年至3年9个月: a range whose end goes on in a smaller unit; None for any other two."""
    if great.approximation != "range" or len(great.parts) != 2 or great.unit is None or small.unit is None:
        return None
    times = _HOLDS.get((great.unit.name, small.unit.name))
    if (
        times is None
        or small.value is None
        or not 0 < small.value < times
        or small.approximation not in ("exact", "rounded")
    ):
        return None
    low, high = great.parts[0], great.parts[1] + Fraction(small.value) / times
    return great._replace(end=small.end, bounds=Interval(low, high), number_end=small.number_end, parts=(low, high))


def _grouped(text: str, great: Quantity, small: Quantity) -> Quantity | None:
    """19，388.84 and 12，345人: thousands before a full-width comma; None where the two are figures of a list or of two clauses.

    The second must have three digits before the point, and two decimals or a unit of its own, for 113，131 may be two pages.
    """
    digits = _GROUP.match(text, small.number_start)
    if digits is None or not _is_bare(great) or small.kind != "quantity" or small.number_start != small.start:
        return None
    written = text[great.start : great.end]
    if len(written) > _GROUP_LENGTH or not written.isdecimal() or great.approximation != "exact" or small.value is None:
        return None
    if (small.unit is None and digits["cents"] is None) or text[great.start - 1 : great.start] in _BEFORE_LIST:
        return None
    if small.unit is not None and small.unit.name in _NO_GROUPS:
        return None
    if small.approximation not in ("exact", "rounded"):
        return None
    return small._replace(
        start=great.start, number_start=great.start, value=small.value + 1000 * int(written) * _magnitude(text, small)
    )


_GROUP, _GROUP_LENGTH = pattern(r"\d{3}(?:(?P<cents>\.\d\d)|\.\d+)?(?![\d.,，、])"), 3
_BEFORE_LIST = frozenset("、，,.：:（(－-")
_NO_GROUPS = frozenset(words_of("figures", "groups", "not_before"))  # 4，107学年: a note and a year


def _between_bounds(low: Quantity, high: Quantity) -> Quantity | None:
    """大于20小于35: one stretch between two bounds; None where they are two figures."""
    if (
        (low.approximation, high.approximation) != ("over", "under")
        or low.kind != "quantity"
        or high.kind != "quantity"
    ):
        return None
    a, b = low.bounds, high.bounds
    if a is None or b is None or a.low is None or b.high is None or a.high is not None or b.low is not None:
        return None
    if a.low >= b.high or (low.unit is not None and low.unit != high.unit):
        return None
    bounds = Interval(a.low, b.high, a.low_closed, b.high_closed)
    return low._replace(
        end=high.end, value=None, unit=high.unit, surface=high.surface, bounds=bounds, approximation="range", number_end=high.number_end,
        parts=(a.low, b.high),
    )  # fmt: skip


def _plus_minus(mean: Quantity, margin: Quantity) -> Quantity | None:
    """65±2%: the mean with the unit of both, and as wide as the margin says."""
    if (
        (mean.kind, margin.kind) != ("quantity", "quantity")
        or mean.value is None
        or margin.value is None
        or margin.value < 0
    ):
        return None
    if mean.unit is not None and mean.unit != margin.unit:
        return None
    bounds = Interval(mean.value - margin.value, mean.value + margin.value)
    return mean._replace(
        end=margin.end, unit=margin.unit, surface=margin.surface, bounds=bounds, approximation="about", parts=(mean.value, margin.value),
    )  # fmt: skip


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """3—5万元, 20%～30%, 2000-4万公里, 90元至110元; None where the two are not the ends of one range."""
    if low.kind != "quantity" or high.kind != "quantity" or low.value is None or high.value is None:
        return None
    if low.unit is not None and low.unit != high.unit:
        return None
    bounded = low.unit is None and low.approximation == "exact" and _ends_in_bound(text, high)
    if bounded:
        pass
    elif low.approximation in ("over", "under", "near") or high.approximation in ("over", "under", "near"):
        return None
    if (
        low.unit is not None
        and text[low.end : high.start].strip() in ("至", "到")
        and text.endswith(_MOVES, 0, low.start)
        and not (text.startswith(("不等", "之间"), high.end) or _near_percents(low, high))
    ):
        return (
            None  # 由90元至110元, 增加16人至41人: two figures, the second reached from the first; but 由90元至110元不等
        )
    if high.unit is None and high.value < 0 and low.value > 0:
        return None  # 2068.00--299.07: two cells that have lost their lines
    if (
        high.unit is None
        and text[low.end : high.start] == "-"
        and _small(low)
        and _small(high)
        and not _is_span(text, low, high)
        and not _is_class(text, low, high)
    ):
        # 96-87, (55-27): two plain numbers without a unit are a score or a record; 渤中26-6油田 is a name
        return low._replace(
            end=high.end,
            kind=_kind_of_pair(text, low, high),
            value=None,
            bounds=None,
            parts=(low.value, high.value),
            number_end=high.number_end,
        )
    first = low.value
    if low.unit is None:
        # 3—5万元: the magnitude of the second belongs to both, unless the first would then be the greater.
        times = _magnitude(text, high)
        if 0 < first < high.value and first * times <= high.value and not _magnitude_written(text, low):
            first *= times
    second = high.value
    start, end = low.start, high.end
    interval = Interval(min(first, second), max(first, second))
    if bounded:  # 8～10℃以上: from the lesser on, or up to the greater
        interval = Interval(interval.low, None) if high.approximation == "over" else Interval(None, interval.high)
    approximation: Approximation = high.approximation if bounded else "range"
    return low._replace(
        end=end, start=start, value=None, unit=high.unit, surface=high.surface, bounds=interval, approximation=approximation,
        number_end=high.number_end, step=high.step, parts=(first, second),
    )  # fmt: skip


def _kind_of_pair(text: str, low: Quantity, high: Quantity) -> Kind:
    """What two plain numbers with a dash are: the number of a parcel of land, a name, or a score."""
    if text[high.end : high.end + 4].lstrip(" ").startswith(_PARCELS) or text.endswith(_LANDS, 0, low.start):
        return "ordinal"
    if text[high.end : high.end + 1].isalpha() and _is_chain(text, low, high):
        return "ordinal"
    if _LETTER_BEFORE.search(text, max(0, low.start - 2), low.start):
        return "name"  # HCCP 540-541
    named = text[high.end : high.end + 2] in _FIELDS or text[high.end : high.end + 1] == _WELL
    if named or _is_model(low, high) or text.endswith(_AIRCRAFT, 0, low.start) or _is_shop(text, low, high):
        return "name"
    return "score"


_LETTER_BEFORE = pattern("[A-Z] $")
_AIRCRAFT = words_of("figures", "aircraft")
_WELL = words_of("figures", "shops", "well")[0]


def _is_shop(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two numbers are the name of a shop of which the text speaks: 7-11便利店."""
    named = text[low.start : high.end] in words_of("figures", "shops", "name")
    return named and any(word in text for word in words_of("figures", "shops"))


def _is_chain(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether a pair is one of at least four that follow one another, the numbers of rows: 4-18甲4-19乙4-20丙4-21丁."""
    near = text[max(0, low.start - _CHAIN_LENGTH) : high.end + _CHAIN_LENGTH]
    second = int(high.value or 0)
    seconds = set(map(int, re.findall(rf"(?<![\d-]){low.value}-(\d{{1,3}})(?![\d-])", near)))
    return any(seconds.issuperset(range(first, first + 4)) for first in range(second - 3, second + 1))


_CHAIN_LENGTH = 250


def _is_span(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether 5-20 alone in the cell of a table is a span, as another cell of its row says: | 年限平均法 | 5-20 |."""
    before, behind = text[max(0, low.start - 3) : low.start], text[high.end : high.end + 3]
    if before.rstrip(" ")[-1:] != "|" or behind.lstrip(" ")[:1] != "|":
        return False
    row = text[text.rfind("\n", 0, low.start) + 1 : low.start]
    return any(word in row for word in words_of("figures", "spans"))


def _is_class(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether 6-10 in brackets is one of classes that follow one another: 轻度（6-10）, 中度（11-16）."""
    if text[low.start - 1 : low.start] not in _OPENING or (low.value or 0) >= (high.value or 0):
        return False
    near = text[max(0, low.start - _CHAIN_LENGTH) : high.end + _CHAIN_LENGTH]
    neighbour = rf"[（(]{int(high.value or 0) + 1}-\d|\d-{int(low.value or 0) - 1}[）)]"
    return re.search(neighbour, near) is not None


_OPENING = frozenset("（(")


def _is_parcel_behind(text: str, last: Quantity, pair: Quantity) -> bool:
    """Whether a pair stands in a list behind the number of a parcel that is written alike."""
    return (
        last.kind == "ordinal" and "-" in text[last.start : last.end] and text[last.end : pair.start].strip(" ") == "、"
    )


def _is_model(low: Quantity, high: Quantity) -> bool:
    """747-8: three digits and one are no score."""
    return low.end - low.start == 3 and high.end - high.start == 1


def _ends_in_bound(text: str, high: Quantity) -> bool:
    """Whether 以上 or 以下 stands behind the second number: 8～10℃以上."""
    return high.approximation in ("over", "under") and high.start == high.number_start and text[high.end - 1] != "+"


_PARCELS, _LANDS = words_of("figures", "parcels"), words_of("figures", "land")
_FIELDS = frozenset(["油田", "气田", "油气"])


def _years(text: str, first: Quantity, last: Quantity) -> Quantity | None:
    """2020—2021雪季, （1921—2021）, 2006～2020 年: the period from one year to another; None for what are not two years."""
    if last.unit is not None and last.unit.name != "国":  # 《2012-2020国家农业节水纲要》
        return None
    low, high = text[first.start : first.end], text[last.start : last.end].rstrip("年 国家")
    if len(low) != 4 or len(high) != 4 or low[:2] not in _CENTURIES or high[:2] not in _CENTURIES:
        return None
    if (
        not (low.isdecimal() and high.isdecimal())
        or low >= high
        or first.kind not in _YEAR_KINDS
        or last.kind not in _YEAR_KINDS
    ):
        return None
    end = last.end if last.unit is None else last.number_end
    return first._replace(
        end=end, kind="period", value=None, bounds=None, approximation="exact", number_end=last.number_end, parts=(int(low), int(high)),
    )  # fmt: skip


def _school_years(text: str, first: Quantity, last: Quantity) -> Quantity | None:
    """2015-16: the period of a school year or a season, from one year to the next; None for any other two."""
    if last.unit is not None or first.kind not in _YEAR_KINDS or last.end - last.start != 2:
        return None
    low, high = text[first.start : first.end], text[last.start : last.end]
    if len(low) != 4 or not (low + high).isdecimal() or low[:2] not in _CENTURIES or (int(low) + 1) % 100 != int(high):
        return None
    return first._replace(
        end=last.end, kind="period", value=None, bounds=None, approximation="exact", number_end=last.number_end,
        parts=(int(low), int(low) + 1),
    )  # fmt: skip


def _short_years(text: str, first: Quantity, last: Quantity) -> Quantity | None:
    """80～84年, 105-109年, where the last is a year: the period from one year to another; None for what are not two years."""
    if not (_is_bare(first) and len(last.parts) == 3 and last.parts[1:] == (0, 0)):
        return None
    low = text[first.start : first.end]
    behind = last.start + len(low)
    high = text[last.start : behind]
    if len(low) not in (2, 3) or not high.isdecimal() or text[behind : behind + 1].isdecimal() or low >= high:
        return None
    year = last.parts[0]
    return first._replace(
        end=last.end, kind="period", value=None, bounds=None, approximation="exact", number_end=last.number_end,
        parts=(year - int(high) + int(low), year),
    )  # fmt: skip


_CENTURIES, _YEAR_KINDS = frozenset(["19", "20"]), frozenset(["date", "quantity", "label"])


def _near_percents(low: Quantity, high: Quantity) -> bool:
    """Whether two rates are near enough to be the ends of a range: 减少8%至10%, not 上升2%至35%."""
    if low.unit is None or low.unit.name != "%" or low.value is None or high.value is None:
        return False
    return low.value < high.value and high.value * 2 <= low.value * 5


def _small(quantity: Quantity) -> bool:
    return isinstance(quantity.value, int) and 0 <= quantity.value < 1000 and quantity.approximation == "exact"


def _magnitude(text: str, quantity: Quantity) -> int:
    """What 万 or 亿 behind the digits multiplies by."""
    written = text[quantity.number_start : quantity.number_end].lstrip("-−0123456789.,")
    return MAGNITUDES.get(written, 1)


def _magnitude_written(text: str, quantity: Quantity) -> bool:
    return _magnitude(text, quantity) != 1


def _hand_back(text: str, merged: list[Quantity], quantity: Quantity) -> None:
    """Give the unit of a list's last figure to the bare ones before it."""
    if quantity.unit is None or quantity.kind != "quantity":
        if quantity.kind == "ordinal":
            _ordinals_before(text, merged, quantity, len(merged))
        if quantity.kind == "date" and quantity.parts:
            _dates_before(text, merged, quantity)
        return
    at = len(merged) - 1
    following = quantity
    if merged[at].unit is not None or not _is_uniform(text, merged, quantity):
        return
    while at >= 0:
        bare = merged[at]
        between = text[bare.end : following.start].strip(" ")
        if bare.kind not in ("quantity", "date") or bare.unit is not None or between not in (_LIST | _BY):
            return
        if bare.kind == "date" and bare.parts:
            return
        if bare.value is None or (between in "，,；" and not _is_tuple(bare, quantity)):
            return
        times = _magnitude(text, quantity) if not _magnitude_written(text, bare) else 1
        value, step = bare.value * times, bare.step * times
        approximation = exact_or_rounded(step, quantity.unit.counted, times >= 10**4)
        bounds = None
        if bare.approximation not in ("exact", "rounded"):
            approximation, bounds = bare.approximation, bare.bounds
            if bounds is not None and times != 1:
                bounds = bounds.scaled(times)
        merged[at] = bare._replace(
            value=value,
            step=step,
            unit=quantity.unit,
            surface=quantity.surface,
            bounds=bounds,
            approximation=approximation,
        )
        following = bare
        at -= 1


def _is_uniform(text: str, merged: list[Quantity], last: Quantity) -> bool:
    """Whether the bare decimals that commas part before a figure are written as it is; (6.470,0.19,3.03%) are three measures."""
    following = last
    for bare in reversed(merged):
        if bare.unit is not None or text[bare.end : following.start] not in ("，", ",", "；"):
            return True
        if _decimal(last.value or 0) and bare.step != last.step:
            return False
        following = bare
    return True


def _is_tuple(bare: Quantity, last: Quantity) -> bool:
    """Whether commas part values of one measure: 0.9，1.1和0.5个百分点 · 3,6,12,24 h; not (6.470,0.19,3.03%)."""
    latin = last.surface is not None and last.surface.isascii() and last.surface.isalpha()
    return bare.value is not None and (latin or (_decimal(bare.value) and bare.step == last.step))


def _two_digits(quantity: Quantity) -> bool:
    """15年 behind 2014、 is a year."""
    return quantity.number_end - quantity.number_start == 2 and not quantity.words


def _decimal(value: Rational) -> bool:
    return not isinstance(value, int)


def _is_bare(quantity: Quantity) -> bool:
    """Whether a figure is a whole number and nothing more."""
    return quantity.kind == "quantity" and quantity.unit is None and isinstance(quantity.value, int)


def _ordinals_before(text: str, merged: list[Quantity], ordinal: Quantity, end: int) -> None:
    """147、148、149地号, 33及34室: bare whole numbers before an ordinal are ordinals; `end` is how many figures stand before it."""
    following = ordinal
    for at in range(end - 1, -1, -1):
        bare = merged[at]
        parcel = (
            bare.kind in _PAIRS and len(bare.parts) == 2 and "-" in text[bare.start : bare.end]
        )  # 196-4、164-1、195-1地号
        if text[bare.end : following.start].strip() not in _ORDINALS or not (parcel or _is_bare(bare)):
            return
        merged[at] = following = bare._replace(kind="ordinal", bounds=None, approximation="exact")


_ORDINALS, _ORDINAL_DASHES = frozenset("、及和或"), frozenset("-–至到—~～")


def _dates_before(text: str, merged: list[Quantity], date: Quantity) -> None:
    """2014、15年, 2月12、13号: a bare year before a date is a date, and a bare day before a day."""
    bare = merged[-1]
    if bare.kind != "quantity" or bare.unit is not None or bare.value is None:
        return
    if 1000 <= bare.value <= 2200:
        merged[-1] = bare._replace(kind="date", value=None, parts=(bare.value,))
    elif date.parts[:2] == (0, 0) and text[bare.end : date.start] == "、" and 0 < bare.value < date.parts[2]:
        merged[-1] = bare._replace(kind="date", value=None, parts=(0, 0, bare.value))
