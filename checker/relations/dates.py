"""Dates: the day exists, and what begins ends later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checker.checks import Check, Operand, Outcome, Severity
from checker.checks.builder import build_check
from checker.checks.number_format import as_read
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


def _weekday(quantity: Quantity, year: int, month: int, day: int, text: str, lang: str) -> Iterator[Check]:
    if not year or day > days_of_month(year, month) or _OF_WEEK.isdisjoint(text[quantity.end : quantity.end + 4]):
        return
    said = _WEEKDAY.match(text, quantity.end)
    if said is None:
        return
    actual = _WEEKDAYS[date(year, month, day).weekday()]
    outcome: Outcome = "holds" if said[1].replace("天", "日") == actual else "fails"
    written = as_read(text[quantity.start : quantity.end])
    yield date_check(
        (quantity,),
        outcome,
        f"{written}是星期{actual}",
        _MESSAGES["weekday"][lang].format(written, actual, said[1]),
        ("weekday",),
    )


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
        fails=("会议定于2019年2月30日召开。", "2024年2月7日（星期五）开会。"),
        holds=("会议定于2019年2月28日召开。",),
        silent=(
            "2月29日开工。",
            "2024年2月7日（周报）发布。",
            "完工时间由2018年1月提前至2017年1月。",
            "从2030年起由15年提高至20年。",
        ),
    ),
)
