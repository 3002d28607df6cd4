"""What is told as done lies before the day of publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checker.checks import Check
from checker.checks.number_format import as_read
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.dates import date_check
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_publication"]

_UNTIL = pattern("(?:截至|截至到)$")  # 截止 closes a term: 受理信访时间截止到6月20日
# What says that a later day is meant: plans, terms, and what follows from a contract
_PLANNED = pattern(
    "将|拟|受理|时间|力争|计划|预计|预期|目标|规划|到期|届满|期限|有效期|争取|确保|报名|申报|可|应|须|需|如|若|前|内|为止|会计|财务"
)
_SAME_YEAR = "同年"


def check_publication(reading: Reading, lang: str) -> Iterator[Check]:
    """Each dated event against the day of publication; only 截至 a later day is told, and only of what is no plan."""
    published = reading.document.published
    if published is None:
        return
    stated = _stated(reading, published)
    year = 0
    for quantity in reading.quantities:
        if quantity.kind != "date" or len(quantity.parts) != 3 or quantity is stated:
            continue
        year = int(quantity.parts[0]) or year
        moment = _moment(reading, quantity, year)
        if moment is None:
            continue
        day = (published.year, published.month, published.day)[: len(moment)]
        if moment <= day:
            yield _check(reading, quantity, stated, published, lang, later=False)
        elif _told_as_done(reading, quantity):
            yield _check(reading, quantity, stated, published, lang, later=True)


def _stated(reading: Reading, published: date) -> Quantity | None:
    """The figure that states the day of publication, if the text does."""
    day = (published.year, published.month, published.day)
    return next((q for q in reading.quantities if q.kind == "date" and q.parts == day), None)


def _moment(reading: Reading, quantity: Quantity, year: int) -> tuple[int, ...] | None:
    """Year, month and day as far as they are written; 同年7月 has the year last named. None without any year."""
    own, month, day = (int(part) for part in quantity.parts)
    if not own:
        before = reading.document.folded[max(0, quantity.start - 3) : quantity.start]
        if _SAME_YEAR not in before or not year:
            return None
        own = year
    moment = [own]
    for part in (month, day):
        if not part:
            break
        moment.append(part)
    return tuple(moment)


def _told_as_done(reading: Reading, quantity: Quantity) -> bool:
    skeleton = reading.skeleton
    place = skeleton.place_of.get(quantity.id)
    if place is None or not _UNTIL.search(skeleton.text, max(0, place - 3), place):
        return False
    start, end = skeleton.sentence(place)
    return _PLANNED.search(skeleton.text, start, end) is None


def _check(
    reading: Reading, event: Quantity, stated: Quantity | None, published: date, lang: str, *, later: bool
) -> Check:
    written = as_read(reading.document.text[event.start : event.end])
    day = f"{published.year}年{published.month}月{published.day}日"
    figures, roles = ((event, stated), ("event", "published")) if stated is not None else ((event,), ("event",))
    return date_check(
        figures, "fails" if later else "holds", f"{written} {'>' if later else '≤'} {day}",
        _MESSAGE[lang].format(written, day), roles, severity="warning",
    )  # fmt: skip


_MESSAGE = {
    "zh": "截至{}的情况，却发表于更早的{}",
    "en": "told as of {}, yet published before that, on {}",
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK904",
        slug="event-before-publication",
        relation="date",
        severity="warning",
        function=check_publication,
        title={"zh": "已有的事在发表之前", "en": "What was done lies before publication"},
        messages={"zh": "所述情况晚于发表日期", "en": "what is told as done lies after publication"},
        fails=("2020-06-12\n截至2020年6月30日，全县已脱贫312户。",),
        holds=("2020-06-12\n截至2019年底，全县已脱贫312户。",),
        silent=(
            "2020-06-12\n报名截至2020年6月30日。",
            "2020-06-12\n受理信访时间截止到2020年6月30日。",
            "2020-06-12\n截至2020年6月30日，全县将脱贫312户。",
            "2020-06-12\n大桥2021年3月通车。",
            "截至2020年6月30日，全县已脱贫312户。",
        ),
    ),
)
