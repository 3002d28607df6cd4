"""How two figures lie to each other, as features that the weights know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from checker.claims.dates import months_of
from checker.language.indicators import indicators
from checker.language.lexicon import words_of
from checker.links.cues import cues_in, pattern_of, plain
from checker.links.index import Index
from checker.links.nodes import Node, change_verb
from checker.patterns import pattern

__all__ = [
    "DEGREES",
    "STATED",
    "alike",
    "between",
    "coarse",
    "coarse_degree",
    "first_of",
    "gap",
    "is_stated",
    "names_itself",
    "pair_features",
    "periods_of",
    "same_name",
    "seen",
    "stated",
]


def first_of(wanted: tuple[str, ...], found: tuple[str, ...]) -> str | None:
    """The first of some cues that was found."""
    return next((name for name in wanted if name in found), None)


def coarse(a: Node, b: Node) -> str:
    """How far two figures stand apart, in four steps."""
    distance = gap(a, b).rstrip("0123456789")
    return distance if distance in ("clause", "piece", "sentence") else "far"


_COARSE = {"equal": "equal", "end": "equal", "contains": "near", "ordered": "near", "head": "near", "overlap": "near"}


def coarse_degree(a: str | None, b: str | None) -> str:
    """How two nouns match, in five steps: equal, near, differ, one, unknown."""
    degree = alike(a, b)
    return _COARSE.get(degree, degree)


def seen(name: str, node: Node, anchor: Node) -> Iterator[str]:
    """Where a partner stands from its anchor, and the cues at it."""
    side = "<" if node.at < anchor.at else ">"
    yield f"{name}{side}{gap(node, anchor)}"
    for cue in cues_in(node.own):
        yield f"{name}.own:{cue}"
    for cue in cues_in(node.clause):
        yield f"{name}.clause:{cue}"
    for cue in cues_in(node.behind):
        yield f"{name}.behind:{cue}"


def names_itself(node: Node) -> bool:
    """Whether the words before a change name what changed, beside its verb, adverbs and what it is compared with."""
    words = plain(node.own)
    verb = change_verb(words)
    if verb:
        words = words.removesuffix(verb)
    elif "extent" in cues_in(words):
        words = pattern_of("extent", "words").sub("", words)
    return len(pattern_of("adverbs").sub("", words)) > 1


STATED = "stated:"
"""How the name of a feature begins that is a construction which states the link."""


def is_stated(features: tuple[str, ...], *constructions: str) -> bool:
    """Whether a construction states a link, or one of some constructions."""
    if constructions:
        return any(STATED + name in features for name in constructions)
    return any(feature.startswith(STATED) for feature in features)


def stated(construction: str | None) -> tuple[str, ...]:
    """The feature of a construction that states a link, where there is one."""
    return () if construction is None else (STATED + construction,)


def pair_features(name: str, a: Node, b: Node) -> Iterator[str]:
    """How the claims of two figures match, each feature under the name of the pair."""
    yield f"{name}.metric:{alike(a.claim.metric, b.claim.metric)}"
    yield f"{name}.holder:{same_name(a.claim.holder, b.claim.holder)}"
    yield f"{name}.period:{periods_of(a.claim.period, b.claim.period)}"
    yield f"{name}.type:{a.claim.type}:{b.claim.type}"
    yield f"{name}.noun:{alike(a.claim.head, b.claim.head)}"
    yield f"{name}.surface:{a.quantity.surface == b.quantity.surface}"
    yield f"{name}.approx:{a.quantity.approximation == 'exact'}:{b.quantity.approximation == 'exact'}"


def between(index: Index, a: Node, b: Node) -> Iterator[str]:
    """How many figures of the same kind stand between two, and which comes first."""
    rivals = index.rivals(a, b)
    yield f"rivals:{rivals}"
    yield f"order:{'ab' if a.at < b.at else 'ba'}:{min(rivals, 2)}"


def gap(a: Node, b: Node) -> str:
    """How far two figures stand apart."""
    if a.at > b.at:
        a, b = b, a
    if a.paragraph != b.paragraph:
        return "next" if b.paragraph - a.paragraph == 1 else "near" if b.paragraph - a.paragraph <= 2 else "far"
    if a.sentence != b.sentence:
        return f"sentence{min(b.sentence - a.sentence, 3)}"
    if a.piece != b.piece:
        return f"piece{min(b.piece - a.piece, 3)}"
    return "clause" if b.at - a.at == 1 else "clause2"


DEGREES = ["differ", "unknown", "one", "overlap", "head", "ordered", "contains", "end", "equal"]


@cache
def _is_one_indicator(a: str, b: str) -> bool:
    """Whether two nouns are writings of one indicator: CPI and 居民消费价格总水平."""
    writings = indicators().by_writing
    return a in writings and writings[a] is writings.get(b)


def alike(a: str | None, b: str | None) -> str:
    """How two nouns match."""
    if not a and not b:
        return "unknown"
    if not a or not b:
        return "one"
    if a == b or _is_one_indicator(a, b):
        return "equal"
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if long.endswith(short):
        return "end"
    if short in long:
        return "contains"
    if a[-2:] == b[-2:]:
        it = iter(long)
        return "ordered" if all(char in it for char in short) else "head"
    return "overlap" if len(set(a) & set(b)) * 2 >= min(len(set(a)), len(set(b))) else "differ"


def same_name(a: str | None, b: str | None) -> str:
    """How two holders match.

    >>> same_name("全市", "我市"), same_name("吉林", "吉林省"), same_name("吉林省", "吉林市")
    ('equal', 'equal', 'differ')
    """
    if a is None and b is None:
        return "unknown"
    if a is None or b is None:
        return "one"
    return "equal" if a == b or _is_one_place(a, b) else "differ"


def _is_one_place(a: str, b: str) -> bool:
    """Whether two names are of one place: one's own in two wordings, or a name with and without what the place is."""
    country = words_of("links", "places", "country")
    if a in country and b in country:
        return True
    kinds = words_of("links", "places", "kinds")
    if a[-1] in kinds and a[1:] == b[1:]:
        own = words_of("links", "places", "own")
        return len(a) == 2 and a[0] in own and b[0] in own
    short, long = (a, b) if len(a) < len(b) else (b, a)
    for kind in words_of("links", "places", "long_kinds"):
        if long == short + kind:
            return True
    return long[-1] in kinds and long[:-1] == short


@cache
def _years() -> tuple[frozenset[str | None], frozenset[str | None]]:
    """Labels of the last year and of this one; a figure without a period is of this year."""
    return frozenset(words_of("links", "years", "last")), frozenset([*words_of("links", "years", "this"), None])


_MONTHS = pattern(r"(?P<year>\d{4})-(?P<first>\d\d)(?:/(?P=year)-(?P<last>\d\d))?")  # 2023-02, 2023-01/2023-06


@cache
def _months(period: str) -> tuple[str | None, int, int] | None:
    """The year of a period, where it tells, with its first and its last month: 今年1至7月份, 前7个月, 2023-01/2023-07."""
    if match := _MONTHS.fullmatch(period):
        return match["year"], int(match["first"]), int(match["last"] or match["first"])
    words = _without_this_year(period)
    months = months_of(words)
    return None if months is None else (None, *months)


def _without_this_year(period: str) -> str:
    """The period of a figure in short: 今年前五月 gives 前五月."""
    for word in words_of("links", "years", "this"):
        if period.startswith(word) and period != word:
            return period[len(word) :]
    return period


def _same_time(a: str, b: str) -> bool:
    """Whether two periods are of the same months, in one year as far as they tell."""
    if _without_this_year(a) == _without_this_year(b):
        return True
    one, other = _months(a), _months(b)
    return (
        one is not None
        and other is not None
        and one[1:] == other[1:]
        and (None in (one[0], other[0]) or one[0] == other[0])
    )


def periods_of(a: str | None, b: str | None) -> str:
    """How the period of one figure lies to that of another.

    >>> periods_of("前五月", "今年前五月"), periods_of("上半年", "2023-01/2023-06"), periods_of("2021", "2022"), periods_of("去年", "今年")
    ('equal', 'equal', 'years1', 'years1')
    """
    if a is None and b is None:
        return "unknown"
    last, this = _years()
    if a in last and b in this:
        return "years1"
    if a in this and b in last:
        return "years-1"
    if a is None or b is None:
        return "one"
    if a == b or _same_time(a, b):
        return "equal"
    if a[:4].isdecimal() and b[:4].isdecimal():
        years = int(b[:4]) - int(a[:4])
        if a[4:] == b[4:]:
            return f"years{max(-2, min(years, 2))}"
        return "within" if years == 0 else "earlier" if years > 0 else "later"
    return "differ"
