"""Columns (or rows) of a table that follow from others: differences, stocks and flows, growth, shares.

The heads say what kind of column it is, not which others it is worked out from. So every pair that it may come from is tried over the
rows, and one that most rows bear out is taken; the few rows that do not agree are told then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import log10
from typing import NamedTuple

from checker.checks import Check, Outcome, Severity
from checker.reading import Reading
from checker.relations.table_checks import decimal, one_slip, sum_text, table_check, written
from checker.tables.naming import cell_name
from checker.tables.structure import Line
from checker.tables.view import Number, View, strength

__all__ = ["check_flows", "check_growth_columns", "check_share_columns"]

_SAMPLE = 60  # positions by which a way to work a line out is chosen
_NEAR = 6  # lines before a line that it may be worked out from
_AGREEING = 8  # so many positions that agree for each that does not
_TOLD = 2.5  # digits that must agree before a relation is said to hold
_FEW_AMBIGUOUS = 3

_CHANGE = re.compile(r"(?:增减|增[（(]减[）)]|变动|增加|减少|增长|净增|差)(?:额|量|数|金额|值|情况)?(?:$|[（(])")
_NET = re.compile(r"净额|净值|净收入|净变动|账面价值|净支出|净敞口|结余|差额")
_OPENING = re.compile(r"期初|年初|上年末|上期末|上年期末|初余额|月初")
_CLOSING = re.compile(r"期末|年末|本期末|末余额|月末|年底")
_OUT = re.compile(
    r"减少|转出|转回|转销|核销|冲销|处置|出售|支出|支付|收回|摊销|使用|退出|注销|结转|赎回|解除|减持|偿还|报废|出栏|死亡"
)
_IN = re.compile(r"增加|新增|计提|转入|购|收入|投入|提取|追加|增持|入库|进货|繁殖")
_AMOUNTS = ("item", "total", "named", "part")
_REAL = re.compile(r"可比|不变价|实际|剔除|同口径|调整|重述|追溯")
_REAL_ROW = re.compile(
    r"生产总值|GDP|增加值|产值|固定资产投资|零售总额|消费品|可支配收入|规模以上|规上|产业(?:$|[（(])|业(?:$|[（(])|指数"
)


class Weighed(NamedTuple):
    """How a line comes out at one position: None where nothing can be said; how many digits an agreement confirms."""

    outcome: Outcome | None
    digits: float = 0.0


@dataclass(frozen=True)
class _Way:
    """A way to work a line out: the lines it takes, and what comes out at a position."""

    lines: tuple[int, ...]
    weigh: Callable[[int], Weighed]
    tell: Callable[[int, Outcome, Severity, str | None], Check]
    slip: Callable[[int], str | None] | None = None


def _views(reading: Reading, *, rows: bool) -> Iterator[View]:
    for table in reading.tables:
        yield table.by_columns
        if rows:
            yield table.by_rows


def _settled(
    view: View, ways: Sequence[_Way], target: int, positions: Sequence[int], *, firm: int = 2
) -> Iterator[Check]:
    """The checks of the way that is borne out best; nothing where none is.

    `firm` is how many positions must agree before one that does not is told.
    """
    best: tuple[float, _Way] | None = None
    for way in ways:
        digits, holds, fails = 0.0, 0, 0
        for position in positions[:_SAMPLE]:
            weighed = way.weigh(position)
            if weighed.outcome in ("holds", "holds-rounded"):
                digits += weighed.digits
                holds += weighed.digits > 0
            fails += weighed.outcome == "fails"
        if not holds or digits < _TOLD + log10(len(ways)) or fails > max(1, holds // _AGREEING):
            continue
        if fails and (holds < firm and digits < 2 * _LONG):
            continue
        score = digits - 4 * fails
        if best is None or score > best[0]:
            best = (score, way)
    if best is None:
        return
    way = best[1]
    outcomes = [(position, way.weigh(position)) for position in positions]
    held = sum(w.outcome in ("holds", "holds-rounded") and w.digits > 0 for _, w in outcomes)
    failed = sum(w.outcome == "fails" for _, w in outcomes)
    for position, weighed in outcomes:
        outcome = weighed.outcome
        if outcome is None:
            continue
        if outcome != "fails":
            yield way.tell(position, outcome, "error", None)
            continue
        slip = way.slip(position) if way.slip is not None else None
        unexplained = way.slip is not None and slip is None and held <= _SURE
        # 借方 is added for an asset and taken off for a debt: a row that another way explains is read in that way
        unexplained |= any(other.weigh(position).outcome in ("holds", "holds-rounded") for other in ways)
        if view.layout.broken or unexplained or failed > max(1, held // _AGREEING):
            yield way.tell(position, "undecided", "warning", "表的结构不能确定这些数字应当相符")
        else:
            sure = slip is not None or (way.slip is None and held > _SURE)
            yield way.tell(position, "fails", "error" if sure else "warning", slip or None)


_LONG = 4.0  # digits of an agreement that no chance makes
_SURE = 3  # positions that agree before a failing one is an error


# --- sums and differences -------------------------------------------------------------------------------------------


def check_flows(reading: Reading, lang: str) -> Iterator[Check]:
    """Differences, nets, and closing balances: of columns row by row, and of rows column by column."""
    for view in _views(reading, rows=True):
        lines = [line for line in view.lines if line.kind in _AMOUNTS or line.kind in ("rate", "share", "growth")]
        for at, line in enumerate(lines):
            combinations = list(dict.fromkeys(_combinations(view, lines, at)))
            if not combinations:
                continue
            positions = [p for p, numbers in view.positions.items() if line.index in numbers]
            if positions:
                ways = [_linear(reading, view, line.index, terms, lang) for terms in combinations]
                yield from _settled(view, ways, line.index, positions)


def _combinations(view: View, lines: Sequence[Line], at: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """The signed sums from which a line may come, by what its words say."""
    line = lines[at]
    if line.kind not in _AMOUNTS:
        return
    said = line.label + line.group
    before = [other for other in lines[max(0, at - _NEAR) : at] if other.kind in _AMOUNTS]
    if _CLOSING.search(said) and not _OPENING.search(said):
        yield from _flows(lines, at)
    if view.across and _CHANGE.search(line.label):
        for a in before:
            for b in before:
                if a is not b:
                    yield ((1, a.index), (-1, b.index))
    if _NET.search(line.label):
        totals = [other for other in before if other.kind in ("total", "named")]
        pairs = [before[-2:]] if view.across else [totals[-2:]]
        for pair in pairs:
            if len(pair) == 2:
                yield ((1, pair[0].index), (-1, pair[1].index))


def _flows(lines: Sequence[Line], at: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Opening, then what comes in and goes out, up to a closing line at the same level."""
    closing = lines[at]
    start = next(
        (
            i
            for i in range(at - 1, max(-1, at - _FARTHEST), -1)
            if _OPENING.search(lines[i].label + lines[i].group) and lines[i].level == closing.level
        ),
        None,
    )
    if start is None or at - start < 2:
        return
    between = [line for line in lines[start + 1 : at] if line.level == closing.level and line.kind in _AMOUNTS]
    if not between or any(_CLOSING.search(line.label + line.group) for line in between):
        return
    signs: list[tuple[int, ...]] = []
    for line in between:
        said = line.label + line.group
        out, into = _OUT.search(said) is not None, _IN.search(said) is not None
        signs.append((1, -1) if out == into else (-1,) if out else (1,))
    if sum(len(choice) > 1 for choice in signs) > _FEW_AMBIGUOUS:
        return
    for chosen in product(*signs):
        yield ((1, lines[start].index), *((sign, line.index) for sign, line in zip(chosen, between, strict=True)))


_FARTHEST = 14  # lines between opening and closing


def _linear(reading: Reading, view: View, target: int, terms: Sequence[tuple[int, int]], lang: str) -> _Way:
    """A line as a signed sum of others."""

    def parts(position: int) -> tuple[Number, list[tuple[int, Number]]] | None:
        numbers = view.positions[position]
        whole = numbers[target]
        found = []
        for sign, line in terms:
            number = numbers.get(line)
            if number is None:
                if view.says(line, position):
                    return None
                continue
            if number.unit != whole.unit:
                return None
            found.append((sign, number))
        return (whole, found) if found else None

    def weigh(position: int) -> Weighed:
        known = parts(position)
        if known is None:
            return Weighed(None)
        whole, found = known
        slack = whole.slack + sum(number.slack for _, number in found)
        total = sum(sign * number.value for sign, number in found)
        if abs(total - whole.value) * 2 > slack:
            return Weighed("fails")
        filled = sum(number.value != 0 for _, number in found)
        digits = strength(whole.value, slack) if filled > 1 else 0.0
        return Weighed("holds" if total == whole.value else "holds-rounded", digits)

    def slip(position: int) -> str | None:
        known = parts(position)
        if known is None:
            return None
        whole, found = known
        gap = sum(sign * number.value for sign, number in found) - whole.value
        slack = whole.slack + sum(number.slack for _, number in found)
        candidates = [*found, (-1, whole)]
        return one_slip(reading, candidates, gap, slack)

    def tell(position: int, outcome: Outcome, severity: Severity, note: str | None) -> Check:
        known = parts(position)
        assert known is not None  # only what was weighed is told
        whole, found = known
        total = sum(sign * number.value for sign, number in found)
        places = view.decimals(whole)
        scale = 2 * 10**places
        stated = written(reading, whole.quantity)
        computed = decimal(total, places, grouped="," in stated)
        equal = "=" if total == whole.value else "≈" if outcome == "holds-rounded" else "≠"
        shown = sum_text(reading, [(sign, number.quantity) for sign, number in found])
        middle = "" if equal == "=" else f" = {computed}"
        name = cell_name(reading.document, view.layout, view.table.number, view.table.places[whole.quantity], lang)
        slack = sum(number.slack for _, number in found)
        return table_check(
            reading, "difference" if len(found) == 2 and -1 in (s for s, _ in found) else "stock_flow", outcome,
            {"part": [n.quantity for _, n in found], "total": [whole.quantity]}, f"{shown}{middle} {equal} {stated}",
            (Fraction(2 * total, scale), Fraction(slack, scale), Fraction(2 * whole.value, scale), Fraction(whole.slack, scale)),
            accused=whole.quantity, message=_MESSAGES["sum"][lang].format(place=name, said=stated, computed=computed),
            severity=severity, reason=note if outcome == "undecided" else None,
            suggestion=note if outcome == "fails" else None, confirms=len(found) > 1,
        )  # fmt: skip

    return _Way(tuple(line for _, line in terms), weigh, tell, slip)


def _one(view: View, number: Number) -> int:
    """How many last digits of a position make one."""
    one: int = 10 ** view.decimals(number)
    return one


# --- growth ---------------------------------------------------------------------------------------------------------


def check_growth_columns(reading: Reading, lang: str) -> Iterator[Check]:
    """Rates of growth against the two columns that they come from; for rates, differences in points."""
    for view in _views(reading, rows=False):
        for line in view.lines:
            if line.kind != "growth" or _REAL.search(line.label + line.group + view.layout.caption):
                continue
            positions = [p for p, numbers in view.positions.items() if line.index in numbers]
            near = [o for o in view.lines if o.index != line.index and abs(o.index - line.index) <= _NEAR]
            ways = [
                _growth(reading, view, line.index, a.index, b.index, lang, points=points)
                for points, kinds in ((False, _AMOUNTS), (True, ("rate", "share")))
                for a in near
                for b in near
                if a is not b and a.kind in kinds and b.kind in kinds
            ]
            if ways and positions:
                yield from _settled(view, ways, line.index, positions)


def _growth(reading: Reading, view: View, target: int, current: int, base: int, lang: str, *, points: bool) -> _Way:
    """A rate of growth, or with `points` a difference of two rates."""

    def known(position: int) -> tuple[Number, Number, Number] | None:
        numbers = view.positions[position]
        rate, now, then = numbers[target], numbers.get(current), numbers.get(base)
        if now is None or then is None or now.unit != then.unit:
            return None
        if not _percent(reading, view, rate):
            return None
        if points:
            return (rate, now, then)
        if view.layout.rows[position].kind in ("rate", "share", "growth") or _percent(reading, view, now):
            return None  # 城镇化率 51.2 and 50.1 have grown by 1.1 points
        return (rate, now, then) if then.value > 0 and now.value >= 0 else None

    def weigh(position: int) -> Weighed:
        found = known(position)
        if found is None:
            return Weighed(None)
        rate, now, then = found
        slack = rate.slack or rate.step
        if points:
            apart = abs(now.value - then.value - rate.value) * 2 - now.slack - then.slack
            return _weighed(apart, slack, rate, rounded=True)
        if 2 * then.value <= then.slack:
            return Weighed(None)
        one = _one(view, rate)
        # (2c − s) / (2b + s) − 1 and (2c + s) / (2b − s) − 1 against g, all in hundredths of the last digit
        low = Fraction(
            (2 * now.value - now.slack - 2 * then.value - then.slack) * 200 * one, 2 * then.value + then.slack
        )
        high = Fraction(
            (2 * now.value + now.slack - 2 * then.value + then.slack) * 200 * one, 2 * then.value - then.slack
        )
        gap = max(low - 2 * rate.value, 2 * rate.value - high, Fraction(0))
        if gap > slack and _REAL_ROW.search(view.layout.rows[position].label):
            return Weighed("undecided")
        return _weighed(gap, slack, rate, rounded=True)

    def tell(position: int, outcome: Outcome, severity: Severity, note: str | None) -> Check:
        found = known(position)
        assert found is not None  # only what was weighed is told
        rate, now, then = found
        said = [written(reading, n.quantity) for n in found]
        places = view.decimals(rate)
        one = 10**places
        value = (
            Fraction(now.value - then.value, one) if points else Fraction((now.value - then.value) * 100, then.value)
        )
        computed = _rounded(value, view.layout.numbers[view.table.places[rate.quantity]].decimals)
        equal = "≈" if outcome.startswith("holds") else "≠"
        shown = f"{said[1]} - {said[2]}" if points else f"({said[1]} - {said[2]}) ÷ {said[2]}"
        name = cell_name(reading.document, view.layout, view.table.number, view.table.places[rate.quantity], lang)
        half = Fraction(rate.slack or rate.step, 2 * one)
        reason = note if outcome == "undecided" else None
        if outcome == "undecided" and reason is None:
            reason = "增长率可能按可比价格计算"
        return table_check(
            reading, "points" if points else "growth", outcome,
            {"rate": [rate.quantity], "current": [now.quantity], "base": [then.quantity]},
            f"{shown} = {computed}% {equal} {_percent_text(said[0])}",
            (value, Fraction(0), Fraction(rate.value, one), half), accused=rate.quantity,
            message=_MESSAGES["growth"][lang].format(place=name, said=_percent_text(said[0]), computed=f"{computed}%"), severity=severity,
            reason=reason,
        )  # fmt: skip

    return _Way((current, base), weigh, tell)


def _weighed(gap: Fraction | int, slack: int, rate: Number, *, rounded: bool) -> Weighed:
    """An agreement within the last digit. A rate that is one digit further off may have been cut, or made to add up to a hundred."""
    if gap <= slack:
        return Weighed("holds-rounded" if rounded else "holds", strength(rate.value, slack))
    return Weighed(None) if gap <= 3 * slack else Weighed("fails")


def _percent(reading: Reading, view: View, number: Number) -> bool:
    """Whether a number is written in per cent, by itself or by its head."""
    unit = reading.quantities[number.quantity].unit
    if unit is not None:
        return unit.name == "%"
    row, column = view.table.places[number.quantity]
    return "%" in view.layout.columns[column].label + view.layout.rows[row].label


def _percent_text(said: str) -> str:
    """A rate as its cell has it, with its sign of per cent."""
    return said if "%" in said else f"{said}%"


def _rounded(value: Fraction, decimals: int) -> str:
    scaled = round(value * 10**decimals)
    return decimal(scaled, decimals, grouped=False)


# --- shares ---------------------------------------------------------------------------------------------------------


def check_share_columns(reading: Reading, lang: str) -> Iterator[Check]:
    """Shares against their column of amounts and the row that is the whole of it: 100 % in the column of shares."""
    for view in _views(reading, rows=False):
        for line in view.lines:
            if line.kind != "share":
                continue
            filled = [p for p, numbers in view.positions.items() if line.index in numbers]
            wholes = _wholes(view, line.index, filled)
            positions = [p for p in filled if p not in wholes or len(wholes) > 1]
            amounts = [o for o in view.lines if o.kind in _AMOUNTS and abs(o.index - line.index) <= _NEAR]
            ways = [
                _share(reading, view, line.index, amount.index, whole, lang)
                for amount in amounts
                for whole in wholes
                if amount.index in view.positions[whole]
            ]
            if not ways or not positions:
                continue
            settled = list(_settled(view, ways, line.index, positions, firm=3))
            yield from settled
            if not settled:
                for amount in amounts:
                    yield from _wrong_whole(reading, view, line.index, amount.index, wholes, lang)


_MOST_WHOLES = 4


def _wholes(view: View, target: int, filled: Sequence[int]) -> list[int]:
    """The rows that the other shares are held against: those of 100 %, else the totals, else the two greatest shares."""
    rates = {position: view.positions[position][target] for position in filled}
    found = [p for p in filled if rates[p].value == 100 * _one(view, rates[p])]
    if not found:
        found = [line.index for line in view.cross if line.kind == "total" and line.index in rates]
    if not found:
        found = sorted(filled, key=lambda p: -rates[p].value * 10**_PLACES // _one(view, rates[p]))[:2]
    return found if len(found) <= _MOST_WHOLES else []


_PLACES = 6  # decimals in which shares are compared


def _wrong_whole(
    reading: Reading, view: View, target: int, amount: int, wholes: Sequence[int], lang: str
) -> Iterator[Check]:
    """A whole that is not the sum of its parts, where every share is one of that sum: sum and shares accuse it together."""
    parts = [p for p, numbers in view.positions.items() if target in numbers and amount in numbers and p not in wholes]
    if len(wholes) != 1 or len(parts) < _ENOUGH_PARTS or view.layout.broken:
        return
    stated = view.positions[wholes[0]].get(amount)
    if stated is None or view.positions[wholes[0]][target].value != 100 * _one(view, view.positions[wholes[0]][target]):
        return
    amounts = [Fraction(view.positions[p][amount].value, _one(view, view.positions[p][amount])) for p in parts]
    total = sum(amounts, Fraction(0))
    value = total * _one(view, stated)
    slack = max(stated.slack, stated.step) + sum(view.positions[p][amount].slack for p in parts)
    if value.denominator != 1 or value <= 0 or abs(value - stated.value) * 2 <= slack:
        return
    way = _share(reading, view, target, amount, wholes[0], lang, whole=stated._replace(value=value.numerator))
    weighed = [way.weigh(position) for position in parts]
    if any(w.outcome != "holds-rounded" for w in weighed) or sum(w.digits for w in weighed) < 2 * _LONG:
        return
    places = view.decimals(stated)
    said = written(reading, stated.quantity)
    computed = decimal(value.numerator, places, grouped="," in said)
    name = cell_name(reading.document, view.layout, view.table.number, view.table.places[stated.quantity], lang)
    numbers = [view.positions[p] for p in parts]
    shown = sum_text(reading, [(1, n[amount].quantity) for n in numbers])
    yield table_check(
        reading, "share", "fails",
        {
            "part": [n[amount].quantity for n in numbers], "whole": [stated.quantity],
            "rate": [n[target].quantity for n in numbers],
        },
        f"{shown} = {computed} ≠ {said}",
        (total, Fraction(slack, 2 * _one(view, stated)), Fraction(stated.value, _one(view, stated)), Fraction(0)),
        accused=stated.quantity, message=_MESSAGES["whole"][lang].format(place=name, said=said, computed=computed),
    )  # fmt: skip


_ENOUGH_PARTS = 3


def _share(
    reading: Reading, view: View, target: int, amount: int, whole_at: int, lang: str, *, whole: Number | None = None
) -> _Way:
    """A share of the amount at one position, told from the amount and the share at another, or from `whole` as its amount."""
    whole, of_whole = whole or view.positions[whole_at][amount], view.positions[whole_at][target]
    all_of_it = of_whole.value == 100 * _one(view, of_whole)
    # The share of the whole in doubled last digits, and what rounding grants it: 200, or 65.05 ± 0.005
    top, about = 2 * of_whole.value, 0 if all_of_it else of_whole.slack or of_whole.step

    def known(position: int) -> tuple[Number, Number] | None:
        numbers = view.positions[position]
        rate, part = numbers[target], numbers.get(amount)
        if part is None or part.unit != whole.unit or whole.value <= 0 or part.value < 0 or position == whole_at:
            return None
        return rate, part

    def weigh(position: int) -> Weighed:
        found = known(position)
        if found is None:
            return Weighed(None)
        rate, part = found
        slack = rate.slack or rate.step
        low = Fraction((2 * part.value - part.slack) * (top - about), 2 * whole.value + whole.slack)
        high = Fraction((2 * part.value + part.slack) * (top + about), max(1, 2 * whole.value - whole.slack))
        gap = max(low - 2 * rate.value, 2 * rate.value - high, Fraction(0))
        return _weighed(gap, slack, rate, rounded=True)

    def tell(position: int, outcome: Outcome, severity: Severity, note: str | None) -> Check:
        found = known(position)
        assert found is not None  # only what was weighed is told
        rate, part = found
        places = view.decimals(rate)
        value = Fraction(part.value * of_whole.value, whole.value * _one(view, part))
        computed = _rounded(value, view.layout.numbers[view.table.places[rate.quantity]].decimals)
        said = [written(reading, n.quantity) for n in (rate, part, whole)]
        equal = "≈" if outcome.startswith("holds") else "≠"
        others = [] if all_of_it else [of_whole.quantity]
        times = "" if all_of_it else f" × {written(reading, of_whole.quantity).rstrip('%')}%"
        name = cell_name(reading.document, view.layout, view.table.number, view.table.places[rate.quantity], lang)
        return table_check(
            reading, "share" if all_of_it else "implied_denominator", outcome,
            {"part": [part.quantity], "whole": [whole.quantity], "rate": [rate.quantity, *others]},
            f"{said[1]} ÷ {said[2]}{times} = {computed}% {equal} {_percent_text(said[0])}",
            (value, Fraction(0), Fraction(rate.value, 10**places), Fraction(rate.slack or rate.step, 2 * 10**places)),
            accused=rate.quantity, message=_MESSAGES["share"][lang].format(place=name, said=_percent_text(said[0]), computed=f"{computed}%"),
            severity=severity, reason=note if outcome == "undecided" else None,
        )  # fmt: skip

    return _Way((amount,), weigh, tell)


_MESSAGES = {
    "whole": {
        "zh": "{place}为{said}，各项之和与各占比都说明应为{computed}",
        "en": "{place} is {said}; the sum of its parts and all shares say {computed}",
    },
    "sum": {
        "zh": "{place}为{said}，按表中其他数字应为{computed}",
        "en": "{place} is {said}; from the other cells it comes to {computed}",
    },
    "growth": {
        "zh": "{place}为{said}，按表中两期数字应为{computed}",
        "en": "{place} is {said}; the two figures give {computed}",
    },
    "share": {
        "zh": "{place}为{said}，按表中数字应为{computed}",
        "en": "{place} is {said}; the figures of the table give {computed}",
    },
}
