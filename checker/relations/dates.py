"""Dates: the day exists, and what begins ends later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

from checker.checks import Check, Operand, Outcome, Severity
from checker.checks.builder import build_check
from checker.checks.number_format import as_read
from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_set
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_dates", "date_check", "days_of_month"]

# 2024年2月7日（星期三）
_WEEKDAY = pattern(r"\s?[（(，]?\s?(?:星期|周|礼拜)([一二三四五六日天])(?!刊|报|年|边|期|末|转)")
_OF_WEEK = frozenset("星周礼")
_WEEKDAYS = "一二三四五六日"
_ANY_YEAR, _FEBRUARY = 2019, 2
_NEAR = 60  # characters between two days that are told together
# 从2012年底的…减少到2019年底的…
_FROM_TO = pattern(
    rf"[由从自]\w{{0,10}}(?P<first>{placeholder_set('date')})[^。；！？\n]{{1,30}}?(?:至|到)了?\w{{0,4}}(?P<last>[\ue000-\ue0ff])",
)


def check_dates(reading: Reading, lang: str) -> Iterator[Check]:
    """Whether each full date exists, agrees with its weekday, and whether 从…到… runs forward."""
    text = reading.document.text
    for quantity in reading.quantities:
        if quantity.kind == "date" and len(quantity.parts) == 3:
            year, month, day = (int(part) for part in quantity.parts)
            if day and month:
                yield _exists(quantity, year, month, day, text, lang)
                yield from _weekday(quantity, year, month, day, text, lang)
    yield from _weekdays_apart(reading, lang)
    yield from _quarters(reading, lang)
    yield from _forward(reading, lang)


def _exists(quantity: Quantity, year: int, month: int, day: int, text: str, lang: str) -> Check:
    last = days_of_month(year or 2000, month)  # a day without its year may be a leap day
    outcome: Outcome = "holds" if day <= last else "fails"
    return date_check(
        (quantity,),
        outcome,
        f"{month}月有{last}天",
        _MESSAGES["exists"][lang].format(as_read(text[quantity.start : quantity.end]), month, last),
    )


def days_of_month(year: int, month: int) -> int:
    """How many days a month has."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def _weekday_said(quantity: Quantity, text: str) -> str | None:
    """The weekday behind a date, as one of `_WEEKDAYS`."""
    if _OF_WEEK.isdisjoint(text[quantity.end : quantity.end + 4]):
        return None
    said = _WEEKDAY.match(text, quantity.end)
    return None if said is None else said[1].replace("天", "日")


def _weekday(quantity: Quantity, year: int, month: int, day: int, text: str, lang: str) -> Iterator[Check]:
    if not year or day > days_of_month(year, month) or (said := _weekday_said(quantity, text)) is None:
        return
    actual = _WEEKDAYS[date(year, month, day).weekday()]
    outcome: Outcome = "holds" if said == actual else "fails"
    written = as_read(text[quantity.start : quantity.end])
    yield date_check(
        (quantity,),
        outcome,
        f"{written}是星期{actual}",
        _MESSAGES["weekday"][lang].format(written, actual, said),
        ("weekday",),
    )


def _weekdays_apart(reading: Reading, lang: str) -> Iterator[Check]:
    """11月5日（星期五）及11月6日（星期六）: days of one year, which is not told, are as many days apart as their weekdays."""
    text = reading.document.text
    said = [
        (quantity, weekday)
        for quantity in reading.quantities
        if quantity.kind == "date" and len(quantity.parts) == 3 and not quantity.parts[0] and all(quantity.parts[1:])
        and (weekday := _weekday_said(quantity, text)) is not None
    ]  # fmt: skip
    for (first, one), (last, other) in pairwise(said):
        (_, month, day), (_, to_month, to_day) = (tuple(map(int, q.parts)) for q in (first, last))
        if not 0 <= to_month - month <= 1 or month == _FEBRUARY or last.start - first.end > _NEAR:
            continue  # of a year that may be a leap year, or may have passed
        if text.endswith(words_of("dates", "calendar", "year"), 0, last.start):
            continue  # 次年4月17日
        if day > days_of_month(_ANY_YEAR, month) or to_day > days_of_month(_ANY_YEAR, to_month):
            continue
        days = (date(_ANY_YEAR, to_month, to_day) - date(_ANY_YEAR, month, day)).days
        apart = (_WEEKDAYS.index(other) - _WEEKDAYS.index(one)) % 7
        written = [as_read(text[q.start : q.end]) for q in (first, last)]
        yield date_check(
            (first, last), "holds" if days % 7 == apart else "fails",
            f"{written[0]}、{written[1]}：{_MESSAGES['days'][lang].format(days)} {'=' if days % 7 == apart else '≠'} {one}→{other}",
            _MESSAGES["apart"][lang].format(*written, abs(days), one, other), ("weekday", "weekday"), severity="warning",
        )  # fmt: skip


@cache
def _quarter() -> re.Pattern[str]:
    """三季度（7—9月）"""
    numerals, (name, *_), (month,), *_ = (
        words_of("dates", "calendar", key) for key in ("quarters", "quarter", "month")
    )
    (before,), until = words_of("dates", "calendar", "all"), "".join(words_of("dates", "calendar", "until"))
    return pattern(
        rf"(?<!{before})(?P<quarter>[{''.join(numerals)}]){name[0]}{name[1:]}?"
        rf"[（(](?P<months>(?P<first>\d{{1,2}}){month}?[—–~～{until}-]{{1,2}}(?P<last>\d{{1,2}}){month})[）)]"
    )


def _quarters(reading: Reading, lang: str) -> Iterator[Check]:
    """三季度（7—9月）: the months in brackets are those of the quarter."""
    text = reading.document.folded
    for match in _quarter().finditer(text):
        number = words_of("dates", "calendar", "quarters").index(match["quarter"]) % 4
        months = int(match["first"]), int(match["last"])
        right = 3 * number + 1, 3 * number + 3
        inside = [q for q in reading.quantities if match.start("months") <= q.start and q.end <= match.end("months")]
        if not inside:
            continue
        written = reading.document.text[match.start() : match.end()]
        yield date_check(
            (inside[0],), "holds" if months == right else "fails", f"{right[0]}—{right[1]} {'=' if months == right else '≠'} {months[0]}—{months[1]}",
            _MESSAGES["quarter"][lang].format(as_read(written), *right), ("period",), severity="error",
        )  # fmt: skip


def _forward(reading: Reading, lang: str) -> Iterator[Check]:
    """从 one date on, 到 another: the second is not before the first."""
    skeleton, text = reading.skeleton, reading.document.text
    for match in _FROM_TO.finditer(reading.skeleton.text):
        first, last = (reading.quantities[skeleton.figures[match.start(name)]] for name in ("first", "last"))
        if not (_has_year(first) and _has_year(last)) or "提前" in match.group():
            continue
        outcome: Outcome = "holds" if first.parts <= last.parts else "fails"
        a, b = as_read(text[first.start : first.end]), as_read(text[last.start : last.end])
        yield date_check(
            (first, last),
            outcome,
            f"{a} {'≤' if outcome == 'holds' else '>'} {b}",
            _MESSAGES["forward"][lang].format(a, b),
            ("start", "end"),
        )


def _has_year(quantity: Quantity) -> bool:
    return quantity.kind == "date" and len(quantity.parts) == 3 and quantity.parts[0] != 0


def date_check(
    figures: tuple[Quantity, ...],
    outcome: Outcome,
    expression: str,
    message: str,
    roles: tuple[str, ...] = ("date",),
    *,
    severity: Severity = "error",
    reason: str | None = None,
) -> Check:
    """A check over dates and lengths of time, whose arithmetic is the calendar's."""
    return build_check(
        relation="date", outcome=outcome,
        operands=tuple(Operand(role, q.id) for role, q in zip(roles, figures, strict=True)), operator="=", expression=expression,
        left=None, right=None, start=min(q.start for q in figures), end=max(q.end for q in figures), severity=severity,
        message=message, reason=reason, confirms=False,
    )  # fmt: skip


_MESSAGES = {
    "exists": {"zh": "没有{}这一天：{}月只有{}天", "en": "{} does not exist: month {} has {} days"},
    "weekday": {"zh": "{}是星期{}，文中为星期{}", "en": "{} is weekday {}, the text says {}"},
    "apart": {
        "zh": "{}与{}相隔{}天，星期{}与星期{}对不上",
        "en": "{} and {} are {} days apart, which weekdays {} and {} are not",
    },
    "days": {"zh": "相隔{}天", "en": "{} days apart"},
    "quarter": {"zh": "“{}”：该季度为{}—{}月", "en": "{}: the months of this quarter are {} to {}"},
    "forward": {"zh": "起于{}，却止于更早的{}", "en": "it begins on {} and ends before that, on {}"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK901",
        slug="dates",
        relation="date",
        severity="error",
        function=check_dates,
        title={
            "zh": "日期：当天存在，星期相符，先起后止",
            "en": "Dates exist, agree with their weekday, and run forward",
        },
        messages={"zh": "日期不存在，或与星期不符", "en": "a date that does not exist or is another weekday"},
        fails=(
            "会议定于2019年2月30日召开。",
            "2024年2月7日（星期五）开会。",
            "义诊于4月16日（星期六）和4月17日（星期四）举行。",
            "二季度（4—7月）用水量增加。",
        ),
        holds=("会议定于2019年2月28日召开。", "二季度（4—6月）用水量增加。"),
        silent=(
            "2月29日开工。",
            "义诊于4月16日（星期六）和次年4月17日（星期四）举行。",
            "义诊于4月16日（星期六）举行，报名至5月4日（星期三）止。",
            "前三季度（1—9月）用水量增加。",
            "2024年2月7日（周报）发布。",
            "完工时间由2018年1月提前至2017年1月。",
            "从2030年起由15年提高至20年。",
        ),
    ),
)
