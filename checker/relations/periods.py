"""Lengths of time: a period runs forward, and 为期10天, 连续5年, 享年93岁, 成立70周年 agree with the dates they stand with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from checker.checks import Check, Outcome, Severity
from checker.checks.number_format import as_read
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_set
from checker.reading import Reading
from checker.relations.dates import date_check, days_of_month
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_durations", "check_order"]

_F, _DATE, _TIME = "[\ue000-\ue0ff]", placeholder_set("date"), placeholder_set("duration")

Day = tuple[int, int, int]  # year, month, day; 0 for what is not written

_SIDE = (
    r"(?:(?P<{0}y>(?:1[0-9]|20|21)\d\d)\s?年|)\s?(?:(?P<{0}m>\d{{1,2}})\s?月份?|)\s?(?:(?P<{0}d>\d{{1,2}})\s?[日号]|)"
)
_PERIOD = pattern(_SIDE.format("a") + r"(?:底|末|初|起)?\s?[至到—~～\-–－−]{1,2}\s?" + _SIDE.format("b"))
# Years side by side, newest first, are columns of a table and no period
_COMPARED = pattern("表|同比|对比|相比|比较|分别|数据|变化")
_EVERY = pattern("每|次年|翌年|来年|第二年|跨年|历年|年度")


def _ends(quantity: Quantity, text: str) -> tuple[Day, Day] | None:
    """First and last day of 2019年3月至2020年5月; what the first end leaves out is not taken from the last."""
    if len(quantity.parts) == 2 and all(part >= 1000 for part in quantity.parts):
        first, last = (int(part) for part in quantity.parts)
        return (first, 0, 0), (last, 0, 0)
    match = _PERIOD.fullmatch(text, quantity.start, quantity.end)
    if match is None:
        return None
    ay, am, ad, by, bm, bd = (int(match[name] or 0) for name in ("ay", "am", "ad", "by", "bm", "bd"))
    return (ay, am, ad), _filled((ay, am, ad), (by, bm, bd))


def _filled(first: Day, last: Day) -> Day:
    """The last end with the year and month that it shares with the first: 2018年10月1日—7日."""
    year, month, day = last
    if not year:
        year = first[0]
        if not month and day:
            month = first[1]
    return year, month, day


def _day(quantity: Quantity) -> Day:
    year, month, day = (int(part) for part in quantity.parts)
    return year, month, day


def _order(first: Day, last: Day, *, stated: bool) -> int | None:
    """1 where the last end lies after the first or on it, -1 where before, None where that cannot be told.

    `stated` says whether the last end has its own year; without one 11月至3月 runs over the new year.
    """
    common = [(a, b) for a, b in zip(first, last, strict=True) if a and b]
    whole = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if bool(a) != bool(b)), 3)
    a, b = first[:whole], last[:whole]
    if not common or not any(a):
        return None
    if a <= b:
        return 1
    if stated or a[:2] == b[:2]:
        return -1
    return None


def check_order(reading: Reading, lang: str) -> Iterator[Check]:
    """Whether each period, and each 3月1日起至3月9日, ends after it begins."""
    text = reading.document.folded
    for quantity in reading.quantities:
        if quantity.kind != "period" or not quantity.parts:
            continue
        ends = _ends(quantity, text)
        if ends is None:
            continue
        own_year = quantity.parts[-1] >= 1000 or len(re.findall("年", text[quantity.start : quantity.end])) > 1
        order = _order(*ends, stated=own_year)
        around = text[max(0, quantity.start - 4) : quantity.end + 4]
        if order is None or (order < 0 and _EVERY.search(around)):
            continue
        years_only = not any(ends[0][1:])
        if order < 0 and years_only and _COMPARED.search(text, max(0, quantity.start - 20), quantity.end + 20):
            continue
        written = as_read(reading.document.text[quantity.start : quantity.end])
        yield date_check(
            (quantity,), "holds" if order > 0 else "fails", f"{written}：{'先起后止' if order > 0 else '起点晚于终点'}",
            _MESSAGES["order"][lang].format(written), ("period",), severity="error" if ends[0][0] and not years_only else "warning",
        )  # fmt: skip
    yield from _two_dates(reading, lang)


@cache
def _from_to() -> re.Pattern[str]:
    """3月1日起至3月9日止 · 自2019年3月1日始，至2020年2月28日"""
    return pattern(f"(?P<first>{_DATE})(?:起|始|开始)，?(?:到|至|直至)(?P<last>{_DATE})")


def _two_dates(reading: Reading, lang: str) -> Iterator[Check]:
    skeleton, text = reading.skeleton, reading.document.text
    if "起" not in skeleton.text and "始" not in skeleton.text:
        return
    for match in _from_to().finditer(skeleton.text):
        first, last = (reading.quantities[skeleton.figures[match.start(name)]] for name in ("first", "last"))
        if not all(q.kind == "date" and len(q.parts) == 3 for q in (first, last)):
            continue
        a, b = _day(first), _day(last)
        order = _order(a, _filled(a, b), stated=bool(b[0]))
        if order is None or (order < 0 and _EVERY.search(text[max(0, first.start - 4) : last.end + 4])):
            continue
        written = text[first.start : last.end]
        yield date_check(
            (first, last), "holds" if order > 0 else "fails", f"{written}：{'先起后止' if order > 0 else '起点晚于终点'}",
            _MESSAGES["order"][lang].format(written), ("start", "end"), severity="error" if a[0] else "warning",
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ lengths

_NO_FIGURE = "[^\ue000-\ue0ff。；！？\n]"
# What may stand before 为期 without being something else than what began and ended
_WHOLE = r"活动|会议|展览|展会|展期|会期|全程|前后|总共|共|假期|[本此][次届]\w{1,4}"
_FOUNDED = "成立|建校|建院|建厂|创立|创刊|创办|建成|回归|创建|开馆|组建"
# What may stand between the later year and 70周年 besides the founding itself
_CELEBRATED = pattern(
    f"(?:是|为|迎来|适逢|恰逢|正值|即将|将|举行|举办|庆祝|欢庆|隆重|了|其|该?学?校|公司|该院|我[校院国]|在|{_FOUNDED}|的)*"
)
_DEATH = "去世|逝世|病逝|辞世|离世|病故|逝去|安息|牺牲|殉职|遇难|谢世"
_CLAUSE = "[^\ue000-\ue0ff，。；！？\n]"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    two = f"(?P<first>{_DATE}){_CLAUSE}{{0,8}}，?(?:至|到|—|-|～){_CLAUSE}{{0,2}}(?P<last>{_DATE})"
    return {
        # 从9月29日开始，至10月8日结束，为期10天
        "lasting": pattern(
            f"(?:{two}|(?P<period>{_DATE})){_CLAUSE}{{0,16}}，?(?:{_WHOLE})?(?:为期|历时)了?(?P<length>{_TIME})"
        ),
        # 自2010年以来，连续5年
        "running": pattern(f"[自从](?P<first>{_DATE})(?:以来|起|开始|以后)?，?{_CLAUSE}{{0,8}}连续(?P<length>{_TIME})"),
        # 生于1862年12月22日，于1956年4月26日逝世，享年93岁
        "lived": pattern(
            f"(?:生于(?P<first>{_DATE})|(?P<born>{_DATE})(?:出生|生)(?![产活态]))，?{_NO_FIGURE}{{0,16}}?(?P<last>{_DATE}){_NO_FIGURE}{{0,12}}?(?:{_DEATH}){_NO_FIGURE}{{0,8}}?(?:享年|享寿|终年)(?P<length>{_F})"
        ),
        # 1954年成立，2024年迎来成立70周年
        "anniversary": pattern(
            f"(?:(?P<first>{_DATE})(?:正式)?(?:{_FOUNDED})|始?(?:{_FOUNDED}|建)于(?P<founded>{_DATE})){_NO_FIGURE}{{0,24}}?(?P<last>{_DATE})(?P<gap>{_CLAUSE}{{0,10}})(?P<length>{_F})"
        ),
        # 从2012年到2019年的7年间
        "years": pattern(
            f"(?:[从自]{_CLAUSE}{{0,2}}{two}|(?P<period>{_DATE})){_CLAUSE}{{0,3}}，?(?:这|的)(?P<length>{_TIME})(?:来|间|里|中)"
        ),
        # 2016年共有…。5年来，…到2020年末: only ever a confirmation
        "since": pattern(f"(?P<length>{_TIME})来[^\n\ue000-\ue0ff]{{0,60}}?(?:到|至|截至)(?P<last>{_DATE})"),
    }


# What each of the longer patterns is built around; only there is it worth looking for
_LASTS, _LIVED = pattern("为期|历时"), pattern("享年|享寿|终年")
_WITHIN = pattern(f"[这的]{_TIME}[来间里中]")  # 的7年间
_BEFORE, _BEHIND = 120, 20  # characters that a match may have on either side of that


def _around(sought: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern near some places, in text order and none in another."""
    at = 0
    for place in places:
        match = sought.search(text, max(at, place - _BEFORE), place + _BEHIND)
        if match is not None:
            at = match.end()
            yield match


def check_durations(reading: Reading, lang: str) -> Iterator[Check]:
    """Whether lengths of time agree with the two dates that they lie between."""
    text = reading.skeleton.text
    patterns = _patterns()

    def around(words: re.Pattern[str], sought: str) -> Iterator[re.Match[str]]:
        return _around(patterns[sought], text, (word.start() for word in words.finditer(text)))

    yield from _lasting(reading, around(_LASTS, "lasting"), lang)
    if "连续" in text:
        yield from _running(reading, patterns["running"], lang)
    yield from _lived(reading, around(_LIVED, "lived"), lang)
    places = reading.skeleton.place_of
    jubilees = [
        places[q.id] for q in reading.quantities if q.unit is not None and q.unit.name == "周年" and q.id in places
    ]
    anniversaries = _around(patterns["anniversary"], text, jubilees)
    yield from _years_between(reading, anniversaries, lang, ("周年",), spare=0)
    yield from _years_between(reading, around(_WITHIN, "years"), lang, ("年",), spare=1)
    yield from _since(reading, patterns["since"], lang)


def _figure(reading: Reading, match: re.Match[str], name: str) -> Quantity | None:
    place = match.start(name)
    return reading.quantities[reading.skeleton.figures[place]] if place >= 0 else None


def _length(quantity: Quantity | None, *units: str) -> int | None:
    """The number of an exact whole length of time in one of these units."""
    if quantity is None or quantity.unit is None or quantity.unit.name not in units:
        return None
    if quantity.approximation not in ("exact", "rounded") or not isinstance(quantity.value, int):
        return None
    return quantity.value


def _is_date(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.kind == "date" and len(quantity.parts) == 3


def _lasting(reading: Reading, found: Iterable[re.Match[str]], lang: str) -> Iterator[Check]:
    for match in found:
        length = _figure(reading, match, "length")
        number = _length(length, "天")
        if number is None or length is None:
            continue
        period = _figure(reading, match, "period")
        if period is not None:
            ends = _ends(period, reading.document.folded) if period.kind == "period" else None
            figures: tuple[Quantity, ...] = (period, length)
            roles: tuple[str, ...] = ("period", "length")
        else:
            first, last = _figure(reading, match, "first"), _figure(reading, match, "last")
            if first is None or last is None or not (_is_date(first) and _is_date(last)):
                continue
            ends = _day(first), _filled(_day(first), _day(last))
            figures, roles = (first, last, length), ("start", "end", "length")
        days = _days_between(*ends) if ends is not None else None
        if days is None:
            continue
        outcome: Outcome = "holds" if number in days else "fails"
        yield _length_check(reading, figures, outcome, sorted(days), "天", lang, roles, "error")


def _days_between(first: Day, last: Day) -> set[int] | None:
    """How many days lie between two ends, with and without the first; None where a month or day is missing."""
    if not (first[1] and first[2] and last[1] and last[2]):
        return None
    years = (first[0],) if first[0] else (2019, 2020)  # without its year a stretch may hold 29 February
    found: set[int] = set()
    for year in years:
        end = last[0] or year
        if (end, *last[1:]) < (year, *first[1:]):
            if first[0] and last[0] != first[0]:
                return None
            end = year + 1
        for y, m, d in ((year, *first[1:]), (end, *last[1:])):
            if m > 12 or d > days_of_month(y, m):
                return None
        days = (date(end, *last[1:]) - date(year, *first[1:])).days
        found |= {days, days + 1}
    return found


_NEAR = 120  # characters behind 连续N年 within which the year of the report may stand


def _running(reading: Reading, pattern: re.Pattern[str], lang: str) -> Iterator[Check]:
    """自2010年以来连续5年: the last of the years is the one reported on, or the one before publication."""
    for match in pattern.finditer(reading.skeleton.text):
        first, length = _figure(reading, match, "first"), _figure(reading, match, "length")
        number = _length(length, "年")
        if first is None or length is None or number is None or not _is_date(first) or not first.parts[0]:
            continue
        start = int(first.parts[0])
        ends = {start + number - 1, start + number}
        for place, quantity in _dates_behind(reading, match.end()):
            if place > match.end() + _NEAR:
                break
            if int(quantity.parts[0]) in ends:
                yield _length_check(
                    reading,
                    (first, length, quantity),
                    "holds",
                    [number],
                    "年",
                    lang,
                    ("start", "length", "end"),
                    "warning",
                )
                break


def _dates_behind(reading: Reading, place: int) -> Iterator[tuple[int, Quantity]]:
    """The dates with a year behind a place of the skeleton, with their places."""
    skeleton = reading.skeleton
    for match in pattern(_F).finditer(skeleton.text, place, place + _NEAR + 1):
        quantity = reading.quantities[skeleton.figures[match.start()]]
        if _is_date(quantity) and quantity.parts[0]:
            yield match.start(), quantity


_COUNTED_MORE = 3  # 享寿 may count the years of conception and of the leap months


def _lived(reading: Reading, found: Iterable[re.Match[str]], lang: str) -> Iterator[Check]:
    for match in found:
        first = _figure(reading, match, "first") or _figure(reading, match, "born")
        last, length = _figure(reading, match, "last"), _figure(reading, match, "length")
        number = _length(length, "岁")
        if first is None or last is None or length is None or number is None:
            continue
        if not (_is_date(first) and _is_date(last) and first.parts[0] and last.parts[0]):
            continue
        years = int(last.parts[0] - first.parts[0])
        outcome: Outcome = (
            "holds"
            if years - 1 <= number <= years + 1
            else "undecided"
            if 0 < number - years <= _COUNTED_MORE
            else "fails"
        )
        yield _length_check(
            reading, (first, last, length), outcome, [years - 1, years], "岁", lang, ("birth", "death", "age"), "warning",
            reason="可能按虚岁或积闰计算" if outcome == "undecided" else None,
        )  # fmt: skip


def _years_between(
    reading: Reading, found: Iterable[re.Match[str]], lang: str, units: tuple[str, ...], *, spare: int
) -> Iterator[Check]:
    """Whether the years between two dates are as many as said; `spare` where both ends may count."""
    for match in found:
        length = _figure(reading, match, "length")
        number = _length(length, *units)
        if length is None or number is None:
            continue
        groups = match.groupdict()
        if groups.get("gap") and not _CELEBRATED.fullmatch(groups["gap"]):
            continue  # 1998年成立，2018年举行上市10周年庆典
        period = _figure(reading, match, "period") if groups.get("period") else None
        begun = "founded" if groups.get("founded") else "first"
        dates = (_figure(reading, match, begun), _figure(reading, match, "last")) if period is None else (period,)
        ends = [q for q in dates if q is not None]
        years = _years(ends, reading.document.folded)
        if years <= 0:
            continue
        fits = years <= number <= years + spare
        yield _length_check(
            reading, (*ends, length), "holds" if fits else "fails", [years, *([years + 1] if spare else [])], units[0], lang,
            ("period", "length") if period is not None else ("start", "end", "length"), "warning",
        )  # fmt: skip


def _years(ends: list[Quantity], text: str) -> int:
    """The years from one date to another, or from the beginning of a period to its end; 0 where they are not known."""
    if len(ends) == 2 and all(_is_date(q) and q.parts[0] for q in ends):
        return int(ends[1].parts[0] - ends[0].parts[0])
    if len(ends) == 1 and ends[0].kind == "period" and (days := _ends(ends[0], text)) is not None and days[0][0]:
        return days[1][0] - days[0][0]
    return 0


def _since(reading: Reading, pattern: re.Pattern[str], lang: str) -> Iterator[Check]:
    """2016年…5年来…到2020年末: where the three agree they belong together; where not, nothing is known."""
    text = reading.skeleton.text
    for match in pattern.finditer(text):
        last, length = _figure(reading, match, "last"), _figure(reading, match, "length")
        number = _length(length, "年")
        if last is None or length is None or number is None or not _is_date(last) or not last.parts[0]:
            continue
        first = _year_before(reading, match.start())
        if first is None:
            continue
        years = int(last.parts[0] - first.parts[0])
        if years > 1 and years <= number <= years + 1:
            yield _length_check(
                reading,
                (first, length, last),
                "holds",
                [years, years + 1],
                "年",
                lang,
                ("start", "length", "end"),
                "warning",
            )


def _year_before(reading: Reading, place: int) -> Quantity | None:
    """The last date with a year before a place of the skeleton, in its paragraph."""
    skeleton = reading.skeleton
    start = max(skeleton.text.rfind("\n", 0, place), place - _NEAR)
    found = None
    for match in pattern(_F).finditer(skeleton.text, max(0, start), place):
        quantity = reading.quantities[skeleton.figures[match.start()]]
        if _is_date(quantity) and quantity.parts[0]:
            found = quantity
    return found


def _length_check(
    reading: Reading,
    figures: tuple[Quantity, ...],
    outcome: Outcome,
    counted: list[int],
    unit: str,
    lang: str,
    roles: tuple[str, ...],
    severity: Severity,
    *,
    reason: str | None = None,
) -> Check:
    text = reading.document.text
    length = figures[roles.index("length" if "length" in roles else "age")]
    written = "、".join(as_read(text[q.start : q.end]) for q in figures if q is not length)
    said = as_read(text[length.start : length.end])
    shown = "或".join(f"{n}{unit}" for n in counted)
    return date_check(
        figures, outcome, f"{written}：{shown} {'=' if outcome == 'holds' else '≠'} {said}",
        _MESSAGES["length"][lang].format(written, shown, said), roles, severity=severity, reason=reason,
    )  # fmt: skip


_MESSAGES = {
    "order": {"zh": "“{}”的起点晚于终点", "en": "{} begins after it ends"},
    "length": {"zh": "按{}计为{}，文中为{}", "en": "by {} it is {}, the text says {}"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK902",
        slug="period-order",
        relation="date",
        severity="error",
        function=check_order,
        title={"zh": "起止时间：先起后止", "en": "A period begins before it ends"},
        messages={"zh": "时间段的起点晚于终点", "en": "a period begins after it ends"},
        fails=("合同期为2019年3月至2018年5月。", "庙会于3月9日起至3月1日止。", "展期为2019年3月9日至3月1日。"),
        holds=("合同期为2018年3月至2019年5月。", "庙会于3月1日起至3月9日止。"),
        silent=(
            "供暖期为11月15日至3月15日。",
            "财政年度为每年4月1日至次年3月31日。",
            "雨季由11月至3月。",
            "灌溉期为2019年11月5日至3月9日。",
            "表中为2019年—2018年的数据。",
        ),
    ),
    RelationRule(
        id="CK903",
        slug="length-of-time",
        relation="date",
        severity="error",
        function=check_durations,
        title={"zh": "时长与起止日期相符", "en": "A length of time agrees with its two ends"},
        messages={"zh": "时长与起止日期不符", "en": "a length of time does not agree with its two ends"},
        fails=(
            "庙会于3月1日开始，至3月9日结束，为期12天。",
            "老人生于1921年3月，2012年5月逝世，享年71岁。",
            "该校1954年建校，2024年迎来建校60周年。",
            "从2012年到2019年的10年间，村里修了三条路。",
        ),
        holds=(
            "庙会于3月1日开始，至3月9日结束，为期9天。",
            "庙会3月1日至9日举行，历时8天。",
            "老人生于1921年3月，2012年5月逝世，享年91岁。",
            "该校1954年建校，2024年迎来建校70周年。",
            "我县自2010年以来连续5年增收。2014年，播种面积又有增加。",
        ),
        silent=(
            "老人生于1921年3月，2012年5月逝世，享寿93岁。",
            "他1930年出生，1950年入党，享年88岁。",
            "公司1998年成立，2018年举行上市10周年庆典。",
            "报名3月1日至3月9日进行，培训为期12天。",
            "报名于3月1日开始，3月9日开班，为期12天。",
            "我县自2010年以来连续5年增收。2018年，播种面积又有增加。",
            "该校1954年建校，2024年获奖，同年举办活动60场。",
        ),
    ),
)
