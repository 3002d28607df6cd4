"""Coordinations: figures in a row (3座、4座), handed out to names (分别), and one figure that is said of several (A和B均增长5%)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from checker.claims.around import Around, any_of, without
from checker.claims.further import Group, GroupKind
from checker.claims.holders import without_holder
from checker.claims.measures import generic_head
from checker.claims.model import Claim
from checker.language.lexicon import words_of
from checker.language.places import places
from checker.quantities import Quantity
from checker.quantities.skeleton import Skeleton

__all__ = ["row_of", "several_of"]

_MOST = 100  # figures of one row
_BETWEEN = 24  # characters between two of them
_SHARES = 10  # characters between 均 and its figure
_PLACEHOLDER = re.compile("[\ue000-\uf8ff]")
_LEAST_NAME = 2  # characters of a name


def row_of(number: int, skeleton: Skeleton, figure_at: Callable[[int], Quantity | None]) -> Group | None:
    """The row in which a figure stands; `figure_at` gives the figure at a place that states something."""
    place = skeleton.place_of[number]
    members = [number]
    for step in (-1, 1):
        at = place
        while len(members) < _MOST and (following := _neighbour(skeleton.text, at, step)) is not None:
            first, second = (following, at) if step < 0 else (at, following)
            one, other = figure_at(first), figure_at(second)
            if one is None or other is None or not _alike(one, other):
                break
            if _between().fullmatch(skeleton.text, first + 1, second) is None:
                break
            members.append(skeleton.figures[following])
            at = following
    if len(members) == 1:
        return None
    members.sort()
    return Group(_kind(skeleton, skeleton.place_of[members[0]]), tuple(members), members.index(number), len(members))


def _neighbour(text: str, place: int, step: int) -> int | None:
    """The place of the next figure, dates among them, on one side; None where none is near."""
    if step > 0:
        found = _PLACEHOLDER.search(text, place + 1, place + _BETWEEN)
        return None if found is None else found.start()
    return max((found.start() for found in _PLACEHOLDER.finditer(text, max(0, place - _BETWEEN), place)), default=None)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures may stand in a row: of one dimension, or both counted."""
    first, second = one.unit, other.unit
    if first is None or second is None:
        return first is second
    return first.dimension == second.dimension or (first.counted and second.counted)


def _kind(skeleton: Skeleton, place: int) -> GroupKind:
    start, _ = skeleton.sentence(place)
    clause = max(start, place - _BETWEEN, *(skeleton.text.rfind(mark, start, place) for mark in "，；："))
    return "respectively" if any_of("respectively").search(skeleton.text, clause, place) else "list"


@cache
def _between() -> re.Pattern[str]:
    """、 or 所小学和: one word that joins, and at most the noun that is counted before and behind it; not 个国家和地区的."""
    joining = [word for word in words_of("claims", "periods", "joining") if word != "，"]
    joined = "|".join(sorted(joining, key=len, reverse=True))
    of = "".join(words_of("links", "of"))
    noun = "[^，。；：、（）\ue000-\uf8ff]"
    return re.compile(f"{noun}{{0,10}}?(?:{joined})(?:{noun}(?<![{of}])){{0,8}}")


def several_of(claim: Claim, around: Around) -> Sequence[tuple[str | None, str | None]]:
    """Metric and holder for each of those of whom a figure is said together; empty where it is said of one.

    粮食和油料产量均增长5% is said of 粮食产量 and of 油料产量; 上海、江苏进出口均增长5% of two holders.
    """
    words = without(around.words, "shared", "compounds")
    shared = [match for match in any_of("shared").finditer(words) if len(words) - match.end() <= _SHARES]
    if not shared:
        return ()
    before = words[: shared[-1].start()]
    names = _parts().split(before)
    if len(names) < len("AB"):
        return ()
    gazetteer = places()
    names[0] = _behind_openings(names[0])
    holders = [len(name) if gazetteer.named(name) is not None else gazetteer.leading(name) for name in names]
    if all(end == len(name) for end, name in zip(holders[:-1], names[:-1], strict=True)) and all(holders):
        metric = names[-1][holders[-1] :].removeprefix(words_of("links", "of")[0])
        if not metric and claim.metric is not None and _parts().search(claim.metric) is None:
            metric = claim.metric
        return [(metric or None, name[:end]) for name, end in zip(names, holders, strict=True)]
    if claim.metric is None:
        return ()
    metrics = [_behind_shared(name) for name in _parts().split(claim.metric) if name]
    if len(metrics) < len("AB") or any(len(name) < _LEAST_NAME for name in metrics):
        return ()
    head = generic_head(metrics[-1])
    metrics[0] = without_holder(metrics[0])
    return [(name if name.endswith(head) else f"{name}{head}", claim.holder) for name in metrics]


def _behind_shared(name: str) -> str:
    """A name without the 均 that a metric may have kept at its end."""
    shared = words_of("fields", "shared")
    return name[:-1] if name.endswith(shared) and without(name, "shared", "compounds") == name else name


def _behind_openings(name: str) -> str:
    """A name without the words of time before it: 去年[上海]."""
    openings = sorted(words_of("claims", "openings"), key=len, reverse=True)
    while opening := next((word for word in openings if name.startswith(word)), ""):
        name = name[len(opening) :]
    return name.strip("\ue000\uf8ff ")


@cache
def _parts() -> re.Pattern[str]:
    """、 or 和 between two names."""
    joining = [word for word in words_of("claims", "periods", "joining") if word != "，"]
    return re.compile("|".join(sorted(joining, key=len, reverse=True)))
