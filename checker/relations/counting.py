"""Counts that a list of names can be held against: 7个村, 三项活动, 三级, “四化模式”, “五项工程”; and the check of one against a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.arithmetic.interval import Interval, exactly
from checker.checks import Check, Operand, Outcome, Severity
from checker.checks.builder import build_check
from checker.language.lexicon import section_of, words_of
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.numerals import number_or_none
from checker.reading import Reading
from checker.relations.listing import Listing

__all__ = ["Count", "counts_of", "list_check"]

# “四化模式” · 三级联动 · 四大行动 · 三位一体: numerals that stay words in the skeleton
_QUOTED = pattern(
    r"“(?P<number>[一二两三四五六七八九十]{1,2})(?![一二三四五六七八九十百千万亿月年日号号]|季度)(?P<noun>[\w、]{1,12})”",
)
_BARE = pattern(
    r"(?P<number>[二两三四五六七八九十](?<![第一二两三四五六七八九十百千万亿].)[二两三四五六七八九十]?)(?P<noun>"
    + section_of("sections", "labels")["bare"]
    + ")"
)
_MANIFOLD = pattern("(?<!个)(?<!位)[一二两三四五六七八九十]")  # “三重一大”, “三会一课” count twice over
_MOST = 10_000


class Count(NamedTuple):
    """A number of things: where it begins (with its quotation mark) and ends in the skeleton, and what it stands for.

    `surface` is its measure word or the noun in quotation marks.
    A label ends behind its closing mark.
    """

    start: int
    end: int
    value: int
    operand: Operand
    surface: str
    quoted: bool = False
    figure: Quantity | None = None

    @property
    def interval(self) -> Interval:
        """What the count stands for."""
        return exactly(self.value) if self.figure is None else self.figure.interval

    @property
    def exact(self) -> bool:
        """Whether one number only is meant (20余家 is not)."""
        return self.figure is None or self.figure.approximation == "exact"


def counts_of(reading: Reading) -> list[Count]:
    """The counts of a text: figures with a measure word, then the numerals of labels. For `Reading.once`."""
    return [*_figures(reading), *_labels(reading)]


def _figures(reading: Reading) -> Iterator[Count]:
    text, places = reading.skeleton.text, reading.skeleton.place_of
    for quantity in reading.quantities:
        unit, value, surface = quantity.unit, quantity.value, quantity.surface
        if (
            unit is None or not unit.counted or not surface or quantity.kind != "quantity"
            or not isinstance(value, int) or not 1 < value < _MOST or quantity.approximation not in ("exact", "over")
            or quantity.id not in places
        ):  # fmt: skip
            continue
        start = places[quantity.id]
        end = start + 1
        if surface[0] in words_of("sections", "labels", "no_numbers") and not text.startswith(
            words_of("links", "points", "nouns"), end
        ):
            continue
        quoted = text[start - 1 : start] == "“"
        if quoted:
            start -= 1
            closing = text.find("”", end, end + 12)
            end = closing + 1 if closing >= 0 else end
        yield Count(start, end, value, Operand("count", quantity.id), surface, quoted, quantity)


def _labels(reading: Reading) -> Iterator[Count]:
    skeleton = reading.skeleton
    text = skeleton.text
    labels = {q.start: q.id for q in reading.quantities if q.kind == "label"}
    for label, quoted in ((_QUOTED, True), (_BARE, False)):
        for match in label.finditer(reading.skeleton.text):
            if not quoted and text[match.start() - 1 : match.start()] == "“":
                continue  # a bare label in quotation marks is the other pattern's
            if quoted and _MANIFOLD.search(match["noun"]):
                continue
            value = number_or_none(match["number"])
            if not isinstance(value, int) or value < 2:
                continue
            at = skeleton.text_offset(match.start("number"))
            known = labels.get(at)
            operand = (
                Operand("count", known)
                if known is not None
                else Operand("count", None, at, skeleton.end_offset(match.end() - quoted))
            )
            yield Count(match.start(), match.end(), value, operand, match["noun"], quoted)


def list_check(
    reading: Reading, count: Count, listing: Listing, number: int, outcome: Outcome, severity: Severity, lang: str, *,
    etc: bool, confirms: bool,
) -> Check:  # fmt: skip
    """The check itself, its names and its count as operands."""
    skeleton = reading.skeleton
    longest = max((b - a for a, b in listing.pieces[1:]), default=12) + 4
    items = []
    for n, (a, b) in enumerate(listing.items(number)):
        if not listing.open_end and n == 0 and not listing.named[0]:
            a = max(a, b - longest)
            while a > listing.pieces[0][0] and skeleton.text[a - 1].isdigit():
                a -= 1  # not within a number
        if listing.open_end:
            b = min(b, a + 40)
        items.append(Operand("item", None, skeleton.text_offset(a), skeleton.end_offset(b)))
    operator = "≤" if etc and not confirms else "="
    shown = operator if outcome == "holds" else {"≤": ">", "=": "≠"}[operator]
    at, to = skeleton.text_offset(count.start), skeleton.end_offset(count.end)
    spans = [s for o in items for s in (o.start, o.end) if s is not None]
    return build_check(
        relation="enumeration_count", outcome=outcome, operands=(*items, count.operand), operator=operator,
        expression=f"{number} {shown} {count.value}", left=exactly(number), right=count.interval, start=min(at, *spans), end=max(to, *spans),
        severity=severity, message=_MESSAGES["etc" if etc else "closed"][lang].format(number, count.value), confirms=confirms,
        reason="列举的项数不能确定" if outcome == "undecided" else None,
    )  # fmt: skip


_MESSAGES = {
    "closed": {"zh": "列出{}项，文中为{}", "en": "{} are listed, the text says {}"},
    "etc": {"zh": "已列出{}项，文中连同其余共{}", "en": "{} are listed, the text says {} in all"},
}
