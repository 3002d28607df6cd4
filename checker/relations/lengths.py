"""Lengths of time: 为期10天, 连续5年, 享年93岁, 成立70周年, 提前9天 agree with the two ends that they stand with.

How such a length is told is data (``language/zh/lengths.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import regex

from checker.checks import Check, Outcome
from checker.checks.number_format import as_read
from checker.language.lexicon import section_of
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_set
from checker.reading import Reading
from checker.relations.dates import date_check, days_of_month
from checker.relations.model import RelationRule
from checker.relations.periods import Day, day_of, ends_of, filled

__all__ = ["RULES", "check_lengths"]

_BEFORE, _BEHIND = 160, 60  # characters that a construction may have on either side of its length
_NEAR = 12  # characters before a length among which its own words stand
_MARK = "\uf8ff"  # stands for the length in what is searched, so that no other is taken for it
_NEAR_END = 120  # characters behind 连续N年 within which the year of the report may stand
_COUNTED_MORE = 3  # 享寿 may count the years of conception and of the leap months
_YEAR_OF_NONE = 2019, 2020  # without its year a stretch may hold 29 February
_ROUNDED = 30  # minutes that a length in hours may be off


class _Construction(NamedTuple):
    """One way to tell a length and its two ends: the units it has, what stands right before the length, and the pattern of the whole."""

    units: frozenset[str]
    near: str
    pattern: str


class _Ends(NamedTuple):
    """Two ends of a length and the figures that tell them: one period, or two dates or times of day."""

    figures: tuple[Quantity, ...]
    first: Day
    last: Day


@cache
def _constructions() -> tuple[_Construction, ...]:
    return tuple(
        _Construction(frozenset(row["units"]), row["near"], row["pattern"])
        for row in section_of("lengths", "construction")
    )


@cache
def _compiled(source: str) -> regex.Pattern[str]:
    """A pattern of the data file, with what its names stand for; compiled when a text has such a length."""
    macros = {
        "<first>": f"(?P<first>{placeholder_set('date')})",
        "<last>": f"(?P<last>{placeholder_set('date')})",
        "<both>": f"(?P<both>{placeholder_set('date')})",
        "<date>": placeholder_set("date"),
        "<clock>": f"(?P<clock>{placeholder_set('clock')})",
        "<length>": _MARK,
        "<none>": "[^，。；！？\\n\ue000-\uf8ff]",
        "<line>": "[^\\n\ue000-\uf8ff]",
    }
    words = {f"{{{name}}}": alternatives for name, alternatives in section_of("lengths", "words").items()}
    for name, text in (*words.items(), *macros.items()):
        source = source.replace(name, text)
    return regex.compile(f"(?:{source})")


@cache
def _unit_names() -> dict[str, str]:
    """What each unit of a length is called here, by its name in the table of units."""
    return {name: unit for unit, name in section_of("lengths", "units").items()}


def check_lengths(reading: Reading, lang: str) -> Iterator[Check]:
    """Whether lengths of time agree with the two ends that they lie between."""
    text, units, places = reading.skeleton.text, _unit_names(), reading.skeleton.place_of
    for quantity in reading.quantities:
        if quantity.unit is None or quantity.unit.name not in units or quantity.id not in places:
            continue
        if quantity.value is None or quantity.approximation not in ("exact", "rounded"):
            continue
        unit, place = units[quantity.unit.name], places[quantity.id]
        start = max(text.rfind("\n", 0, place) + 1, place - _BEFORE)
        around = text[start:place] + _MARK + text[place + 1 : place + _BEHIND]
        own = text[max(start, place - _NEAR) : place]
        for construction in _constructions():
            if unit not in construction.units or _compiled(construction.near).search(own) is None:
                continue
            match = _compiled(construction.pattern).search(around)
            ends = None if match is None else _ends(match, start, reading)
            if ends is not None and (check := _check(reading, quantity, unit, ends, lang)) is not None:
                yield check
                break
        else:
            if unit == "years":
                yield from _open_ended(reading, quantity, around, start, lang)


def _ends(match: regex.Match[str], start: int, reading: Reading) -> _Ends | None:
    """The two ends that a construction has caught; None where one of them is no date that can be counted from."""
    figures = reading.skeleton.figures

    def caught(name: str) -> list[Quantity]:
        if name not in match.re.groupindex:
            return []
        return [reading.quantities[figures[start + place]] for place in match.starts(name)]

    if clocks := caught("clock"):
        first, last = clocks
        if first.kind != "time" or last.kind != "time" or not len(first.parts) == len(last.parts) == 2:
            return None
        return _Ends((first, last), *((0, int(q.parts[0]), int(q.parts[1])) for q in clocks))
    for period in caught("both"):
        ends = ends_of(period, reading.document.folded) if period.kind == "period" else None
        return None if ends is None else _Ends((period,), *ends)
    dates = (*caught("first"), *caught("last"))
    if len(dates) != 2 or not all(q.kind == "date" and len(q.parts) == 3 for q in dates):
        return None
    first, last = dates
    return _Ends(dates, day_of(first), filled(day_of(first), day_of(last)))


def _check(reading: Reading, quantity: Quantity, unit: str, ends: _Ends, lang: str) -> Check | None:
    """A length against its ends; None where they do not tell it."""
    value, fits = Fraction(quantity.value or 0), _spans(ends.first, ends.last, unit)
    if not fits:
        return None
    part = value.denominator > 1  # 15天半: of a whole length that may be called 15 or 16
    outcome: Outcome = "holds" if value in fits or (part and min(fits) - 1 < value < max(fits)) else "fails"
    if unit == "hours" and any(
        abs(value * 60 - minutes) <= _ROUNDED for minutes in _spans(ends.first, ends.last, "minutes")
    ):
        outcome = "holds"
    if unit == "age" and outcome == "fails" and 0 < value - max(fits) <= _COUNTED_MORE:
        outcome = "undecided"
    shown = sorted(fits)[:2] if unit == "age" else sorted(fits)  # a year more is only how some count
    return _length_check(reading, quantity, ends.figures, outcome, shown, lang)


def _spans(first: Day, last: Day, unit: str) -> set[int]:
    """How long it may be called from one end to the other, with and without the first; empty where the ends do not tell."""
    match unit:
        case "days":
            return _days_between(first, last)
        case "months" | "years":
            return _months_between(first, last) if unit == "months" else _years_between(first, last)
        case "minutes" | "hours":
            minutes = (last[1] - first[1]) * 60 + last[2] - first[2]
            return set() if minutes <= 0 else {minutes} if unit == "minutes" else {minutes // 60, -(-minutes // 60)}
        case "age" | "anniversary" if first[0] and last[0] > first[0]:
            years = last[0] - first[0]
            return {years} if unit == "anniversary" else {years - 1, years, years + 1}
    return set()


def _days_between(first: Day, last: Day) -> set[int]:
    if not (first[1] and first[2] and last[1] and last[2]):
        return set()
    found: set[int] = set()
    for year in (first[0],) if first[0] else _YEAR_OF_NONE:
        end = last[0] or year
        if (end, *last[1:]) < (year, *first[1:]):
            if first[0] and last[0] != first[0]:
                return set()
            end = year + 1
        for y, m, d in ((year, *first[1:]), (end, *last[1:])):
            if m > 12 or d > days_of_month(y, m):
                return set()
        days = (date(end, *last[1:]) - date(year, *first[1:])).days
        found |= {days, days + 1}
    return found


def _months_between(first: Day, last: Day) -> set[int]:
    if not (first[1] and last[1]) or bool(first[0]) != bool(last[0]):
        return set()
    months = (last[0] - first[0]) * 12 + last[1] - first[1]
    if first[2] and last[2] and last[2] < first[2] - 1:
        months -= 1  # whole ones
    return {months, months + 1} if months >= 0 else set()


def _years_between(first: Day, last: Day) -> set[int]:
    if not (first[0] and last[0]) or last[0] <= first[0]:
        return set()
    years = last[0] - first[0]
    if not (first[1] and last[1]):
        return {years, years + 1}
    whole = years - (last[1:] < first[1:] if first[2] and last[2] else last[1] < first[1])
    return {whole, whole + 1}


def _open_ended(reading: Reading, quantity: Quantity, around: str, start: int, lang: str) -> Iterator[Check]:
    """自2010年以来连续5年, 2016年…5年来…到2020年末: where the years of the text agree they belong together; where not, nothing is known."""
    running, past = (_compiled(section_of("lengths", "open")[key]) for key in ("running", "past"))
    value, figures = quantity.value, reading.skeleton.figures
    if (match := running.search(around)) is not None:
        first = reading.quantities[figures[start + match.start("first")]]
        for last in _years(reading, start + match.end(), start + match.end() + _NEAR_END):
            if _is_year(first) and value in _years_between(day_of(first), (int(last.parts[0]) + 1, 0, 0)):
                yield _length_check(reading, quantity, (first, last), "holds", [int(value or 0)], lang)
                return
    if (match := past.search(around)) is not None:
        last = reading.quantities[figures[start + match.start("last")]]
        place = start + match.start()
        line = reading.skeleton.text.rfind("\n", 0, place)
        before = list(_years(reading, max(line, place - _NEAR_END), place))[-1:]
        for first in before:
            fits = _years_between(day_of(first), day_of(last)) if _is_year(last) else set()
            if value in fits and min(fits) > 1:
                yield _length_check(reading, quantity, (first, last), "holds", sorted(fits), lang)


def _years(reading: Reading, start: int, end: int) -> Iterator[Quantity]:
    """The dates with a year in a stretch of the skeleton."""
    skeleton = reading.skeleton
    for place in range(max(0, start), min(end + 1, len(skeleton.text))):
        number = skeleton.figures.get(place)
        if number is not None and _is_year(reading.quantities[number]):
            yield reading.quantities[number]


def _is_year(quantity: Quantity) -> bool:
    return quantity.kind == "date" and len(quantity.parts) == 3 and bool(quantity.parts[0])


def _length_check(
    reading: Reading, quantity: Quantity, ends: tuple[Quantity, ...], outcome: Outcome, fits: list[int], lang: str
) -> Check:
    """The check of a length; `fits` are what it may be called."""
    text, name = reading.document.text, "" if quantity.unit is None else quantity.unit.name
    unit = _unit_names()[name]
    written = "、".join(as_read(text[q.start : q.end]) for q in ends)
    said = as_read(text[quantity.start : quantity.end])
    shown = _MESSAGES["or"][lang].join(f"{n}{name}" for n in fits)
    figures = tuple(sorted((*ends, quantity), key=lambda q: q.start))
    start, end, length = ("birth", "death", "age") if unit == "age" else ("start", "end", "length")
    names = {ends[0].id: "period"} if len(ends) == 1 else {ends[0].id: start, ends[1].id: end}
    roles = tuple(length if q is quantity else names[q.id] for q in figures)
    return date_check(
        figures, outcome, f"{written}：{shown} {'=' if outcome == 'holds' else '≠'} {said}",
        _MESSAGES["length"][lang].format(written, shown, said), roles,
        severity="error" if unit in ("days", "minutes") else "warning",
        reason=_MESSAGES["counted"]["zh"] if outcome == "undecided" else None,
    )  # fmt: skip


_MESSAGES = {
    "length": {"zh": "按{}计为{}，文中为{}", "en": "by {} it is {}, the text says {}"},
    "or": {"zh": "或", "en": " or "},
    "counted": {"zh": "可能按虚岁或积闰计算"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK903",
        slug="length-of-time",
        relation="date",
        severity="error",
        function=check_lengths,
        title={"zh": "时长与起止日期相符", "en": "A length of time agrees with its two ends"},
        messages={"zh": "时长与起止日期不符", "en": "a length of time does not agree with its two ends"},
        fails=(
            "庙会于3月1日开始，至3月9日结束，为期12天。",
            "2018年至2020年，有关部门开展了为期五年的专项行动。",
            "老人生于1921年3月，2012年5月逝世，享年71岁。",
            "该校1954年建校，2024年迎来建校60周年。",
            "从2012年到2019年的10年间，村里修了三条路。",
            "庙会于3月1日开幕，3月9日闭幕，会期19天。",
            "庙会3月1日至9日举行，共19天。",
            "大桥于2018年4月动工。2019年9月，大桥建成通车，历时27个月。",
            "双方约定租期8年，自2012年1月1日起至2021年12月31日止。",
            "今年开镰时间为6月3日，去年为6月11日，较去年提前18天。",
            "社区自2014年起每年评选，至2019年已连续九年评选。",
            "9时15分，救援队到达现场。10时05分，被困老人获救，整个过程持续70分钟。",
            "李某，1979年6月出生。2016年5月2日，时年46岁的李某到案。",
            "2001年入职的他，到2016年已在站里工作了25年。",
        ),
        holds=(
            "庙会于3月1日开始，至3月9日结束，为期9天。",
            "庙会3月1日至9日举行，历时8天。",
            "大会3月1日开幕，3月9日闭幕，会期8天半。",
            "大桥于2018年4月动工。2019年9月，大桥建成通车，历时17个月。",
            "双方约定租期10年，自2012年1月1日起至2021年12月31日止。",
            "9时15分，救援队到达现场。10时05分，被困老人获救，整个过程持续50分钟。",
            "老人生于1921年3月，2012年5月逝世，享年91岁。",
            "该校1954年建校，2024年迎来建校70周年。",
            "我县自2010年以来连续5年增收。2014年，播种面积又有增加。",
        ),
        silent=(
            "老人生于1921年3月，2012年5月逝世，享寿93岁。",
            "他1930年出生，1950年入党，享年88岁。",
            "公司1998年成立，2018年举行上市10周年庆典。",
            "案件于3月1日至3月30日审讯共12天。",
            "3月1日至3月30日，12天开放日接待游客3万人。",
            "由3月1日至3月30日，以长达11天传召共32名证人。",
            "王某，1979年6月出生。其子2016年5月2日时年6岁。",
            "报名3月1日至3月9日进行，培训为期12天。",
            "报名于3月1日开始，3月9日开班，为期12天。",
            "我县自2010年以来连续5年增收。2018年，播种面积又有增加。",
            "该校1954年建校，2024年获奖，同年举办活动60场。",
        ),
    ),
)
