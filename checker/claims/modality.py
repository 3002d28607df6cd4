"""Whether what a figure says is so, is planned or forecast, is a limit, or is denied."""

from __future__ import annotations

import re
from functools import cache

from checker.claims.around import Around, any_of, without
from checker.claims.further import Modality
from checker.claims.model import Claim
from checker.language.lexicon import words_of
from checker.quantities import Quantity

__all__ = ["modality"]

_FAR = 120  # characters of a sentence before a figure that are looked at
_NEAR = 12  # characters between a denial and its figure
_AIMS = 6  # characters behind a figure in which 的目标 stands


def modality(
    claim: Claim, quantity: Quantity, around: Around, published: int | None, *, aims: bool
) -> tuple[Modality, ...]:
    """All that holds; `published` is the year of publication, `aims` says that the figure stands in a part that tells of plans."""
    found: list[Modality] = [_state(claim, around, published, aims=aims)]
    low, high = quantity.interval.low, quantity.interval.high
    if low is not None and high is None and quantity.interval.low_closed:
        found.append("at_least")
    elif high is not None and low is None and quantity.interval.high_closed:
        found.append("at_most")
    if _is_denied(claim, around):
        found.append("negated")
    return tuple(found)


def _state(claim: Claim, around: Around, published: int | None, *, aims: bool) -> Modality:
    """actual, planned or forecast: as the figure's own clause says, or one before it that plans all that follows."""
    text = around.text
    low = max(around.sentence, around.place - _FAR)
    behind = _behind_aim().match(around.text, around.place + 1, around.end)
    if behind is not None:
        return "planned"  # 增长5%的目标
    clause = max(around.clause, low)
    if around.words.endswith(words_of("fields", "modality", "over")):
        return "actual"
    if (said := _last_in(text[clause : around.place])) is not None:
        return said
    if around.skeleton is not None:
        start = clause
        while start > low:  # 计划到2025年，[产量达3万吨，]产值达5亿元
            if any(text.startswith(word, start) for word in words_of("fields", "modality", "done")):
                return "actual"
            ends = start - 1
            start = max(low - 1, *(text.rfind(mark, low, ends) for mark in "，；")) + 1
            if (said := _last_in(text[start:ends])) is not None:
                return said
    elif (said := _last_in(text[around.sentence : clause])) is not None:
        return said
    year = _first_year(claim.period)
    later = year is not None and published is not None and year > published
    return "planned" if later or aims else "actual"


def _last_in(words: str) -> Modality | None:
    """What the last word of intention in a stretch says; None without one."""
    words = without(words, "modality", "no_plan")
    found: Modality | None = None
    for match in any_of("modality", "planned", "forecast").finditer(words):
        found = "forecast" if match.group() in words_of("fields", "modality", "forecast") else "planned"
    return found or ("planned" if _will().search(words) is not None else None)


@cache
def _will() -> re.Pattern[str]:
    """将 right before a verb: 将新建, 将投入."""
    verbs = {
        *words_of("claims", "verbs"), *words_of("claims", "change", "new"),
        *(f"{verb}{to}" for key in ("up", "down") for verb in words_of("claims", "change", key) for to in words_of("claims", "change", "arrival")),
    }  # fmt: skip
    will = "|".join(words_of("fields", "modality", "will"))
    return re.compile(f"(?:{will})(?:{'|'.join(sorted(verbs, key=lambda verb: (-len(verb), verb)))})")


@cache
def _behind_aim() -> re.Pattern[str]:
    """的预期目标: right behind a figure."""
    of = "|".join(words_of("links", "of"))
    words = "|".join(words_of("fields", "modality", "planned"))
    return re.compile(rf"(?:{of})[^，。；\ue000-\uf8ff]{{0,{_AIMS}}}?(?:{words})(?:[。，；]|$)")


def _is_denied(claim: Claim, around: Around) -> bool:
    """Whether the verb before the figure is denied (未发生3起), or what is said of it behind it (3户没有返贫)."""
    words = without(around.words[-_NEAR:], "modality", "no_denial")
    denied = list(any_of("modality", "negated").finditer(words))
    if denied and words_of("links", "of")[0] not in words[denied[-1].end() :]:
        found = denied[-1]
        return found.group() not in (claim.metric or "") or found.start() == 0
    return _denied_behind().match(without(around.after[:_NEAR], "modality", "no_denial")) is not None


@cache
def _denied_behind() -> re.Pattern[str]:
    """仍未脱贫: right behind a figure."""
    still = "|".join(words_of("fields", "modality", "still"))
    return re.compile(f"(?:{still})?(?:{any_of('modality', 'negated').pattern})")


def _first_year(period: str | None) -> int | None:
    return int(period[:4]) if period is not None and period[:4].isdecimal() else None
