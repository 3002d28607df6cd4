"""Shares: of a whole that is named, and two shares of one whole against each other."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from checker.checks import Check
from checker.making import comparable, figures_between, formula, make_check, sentence_bounds
from checker.quantities import Quantity
from checker.reading import Reading

__all__ = ["check_shares"]

_FIGURE = "[\ue000-\ue0ff]"
# 9897户，…，覆盖率为88.47% · 786亿元，占政府经常开支21%: an amount and its share, with the words that name the whole
_SHARE = regex.compile(
    rf"(?P<part>{_FIGURE})(?P<tail>[^\ue000-\ue0ff。；！？\n，]{{0,8}})[，（](?P<between>(?:[^\ue000-\ue0ff。；！？\n，]{{0,14}}{_FIGURE}[^\ue000-\ue0ff。；！？\n，]{{0,4}}，)?)"
    rf"(?:约|仅|只)?(?:占(?P<whole>[^\ue000-\ue0ff。；！？\n，]{{0,16}}?)的?(?:比重|比例)?|(?P<name>\p{{Han}}{{0,4}}(?:覆盖率|参保率|普及率|参合率|入户率)))(?:已|为|达到?|约为?|约|近|超过)*(?P<rate>{_FIGURE})"
)
_PLANNED = regex.compile("预算|计划|目标|任务|上年|同期|当期|当年")
_RATE_OF = formula("part / whole == rate")
_ONE_WHOLE = formula("first(part) / first(rate) == last(part) / last(rate)")


def check_shares(reading: Reading, lang: str) -> Iterator[Check]:
    """Shares of one whole, which need not be stated: a₁/r₁ and a₂/r₂ must meet."""
    last: tuple[str, Quantity, Quantity, int] | None = None
    for found in _shares(reading):
        name, part, rate, place = found
        if last is not None and last[0] == name and comparable(last[1], part) and place - last[3] < 400:
            if _same_subject(reading, last[1], part):
                yield make_check(
                    reading, "implied_denominator", _ONE_WHOLE, {"part": (last[1], part), "rate": (last[2], rate)}, _MESSAGE[lang],
                    severity="warning", link=1,
                )  # fmt: skip
        last = found


def _shares(reading: Reading) -> Iterator[tuple[str, Quantity, Quantity, int]]:
    """The name of the whole, the part, the rate and the place of each share whose whole is named by words alone."""
    skeleton = reading.skeleton
    for match in _SHARE.finditer(skeleton.text, overlapped=True):
        part = reading.quantities[skeleton.figures[match.start("part")]]
        rate = reading.quantities[skeleton.figures[match.start("rate")]]
        name = match["whole"] or match["name"]
        if not name or _PLANNED.search(name) or rate.unit is None or rate.unit.dimension != "[rate]":
            continue
        if part.kind != "quantity" or part.unit is None or part.unit.dimension in ("[rate]", "[point]", "[time]"):
            continue
        yield name, part, rate, match.start()


def _same_subject(reading: Reading, first: Quantity, second: Quantity) -> bool:
    """Whether the two parts count the same kind of thing, in the same unit."""
    return first.unit == second.unit


_MESSAGE = {
    "zh": "{part}分别占{rate}，推出的总体不是同一个",
    "en": "{part} at {rate} do not give one and the same whole",
}
_ = (figures_between, sentence_bounds, _RATE_OF)
