"""What two figures make together: ranges (3至5万元) and lists that share a unit (0.9、1.1和0.5个百分点)."""

from __future__ import annotations

from checker.interval import Interval, Rational
from checker.quantities.approximation import exact_or_rounded
from checker.quantities.model import Quantity
from checker.quantities.numerals import MAGNITUDES

__all__ = ["merge"]

_RANGE = frozenset({"-", "~", "～", "—", "–", "－", "−", "至", "到", "--", "——", "~~", "―", "─"})
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
        if merged:
            last = merged[-1]
            between = text[last.end : quantity.start]
            if between in _RANGE and (whole := _range(text, last, quantity)) is not None:
                merged[-1] = whole
                continue
            if between in _LIST:
                if (
                    quantity.unit is not None
                    and quantity.unit.name == "年"
                    and last.kind == "date"
                    and _two_digits(quantity)
                ):
                    quantity = quantity._replace(
                        kind="date", value=None, unit=None, parts=(2000 + int(quantity.value or 0), 0, 0)
                    )
                _hand_back(text, merged, quantity)
        merged.append(quantity)
    return merged


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """3—5万元, 20%～30%, 2000-4万公里, 90元至110元; None where the two are not the ends of one range."""
    if low.kind != "quantity" or high.kind != "quantity" or low.value is None or high.value is None:
        return None
    if low.unit is not None and low.unit != high.unit:
        return None
    if low.approximation in ("over", "under", "near") or high.approximation in ("over", "under", "near"):
        return None
    if low.unit is not None and text[low.end] in "至到" and text.endswith(_MOVES, 0, low.start):
        return None  # 由90元至110元, 增加16人至41人: two figures, the second reached from the first
    if high.unit is None and text[low.end : high.start] == "-" and _small(low) and _small(high):
        # 96-87, (55-27): two plain numbers without a unit are a score or a record
        return low._replace(
            end=high.end,
            kind="score",
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
    return low._replace(end=end, start=start, value=None, unit=high.unit, surface=high.surface, bounds=interval, approximation="range",
        number_end=high.number_end, step=high.step, parts=(first, second),
    )  # fmt: skip


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
        if quantity.kind == "date" and quantity.parts:
            _dates_before(text, merged)
        return
    at = len(merged) - 1
    following = quantity
    while at >= 0:
        bare = merged[at]
        if (
            bare.kind not in ("quantity", "date")
            or bare.unit is not None
            or text[bare.end : following.start] not in _LIST
        ):
            return
        if bare.kind == "date" and bare.parts:
            return
        if bare.value is None or (text[bare.end : following.start] in "，,；" and not _decimal(bare.value)):
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


def _two_digits(quantity: Quantity) -> bool:
    """15年 behind 2014、 is a year."""
    return quantity.number_end - quantity.number_start == 2 and not quantity.words


def _decimal(value: Rational) -> bool:
    return not isinstance(value, int)


def _dates_before(text: str, merged: list[Quantity]) -> None:
    """2014、15年: a bare year before a date is a date."""
    bare = merged[-1]
    if bare.kind == "quantity" and bare.unit is None and bare.value is not None and 1000 <= bare.value <= 2200:
        merged[-1] = bare._replace(kind="date", value=None, parts=(bare.value,))
