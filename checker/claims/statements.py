"""What the figures of a text say one after the other: nouns that are carried on, shared by a list, or handed out by 分别."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from checker.claims.measures import (
    Clauses,
    Left,
    Statement,
    begins_from,
    generic_head,
    statement,
    trend_before,
    without_span,
    without_verb,
)
from checker.claims.respectively import around_respectively, figures_in_row, names_of
from checker.language.lexicon import Beginnings, words_of
from checker.language.places import places
from checker.quantities import Quantity
from checker.quantities.skeleton import Skeleton

__all__ = ["SAY_SOMETHING", "read_statements"]

SAY_SOMETHING = frozenset(["quantity", "ratio"])  # the kinds of figures that state something
_OF_UNIT = {"人": "人数", "户": "户数"}
_LEVELS = frozenset(["level", "target_level", "mean", "rate", "share"])  # what a change handed out by 分别 may be of


def read_statements(figures: Iterable[tuple[Quantity, int]], skeleton: Skeleton) -> dict[int, Statement]:
    """What each figure says, by its id; `figures` are those of the running text with their places in the skeleton, in order."""
    text, clauses = skeleton.text, Clauses(skeleton.text)
    found: dict[int, Statement] = {}
    level: str | None = None  # the noun that was stated last
    before: tuple[Quantity, Statement] | None = None
    came_from = False  # a rate of change, which the next is compared with: 涨幅由上月的0.2%扩大至3.1%
    names: list[tuple[str | None, str | None]] = []
    levels: list[str | None] = []  # of the sentence
    at = end = -1
    ahead = ""  # the words before a stretch of time that only tells when
    every = list(figures)
    at_places = [place for _, place in every]
    for number, (quantity, place) in enumerate(every):
        if place > end:
            if at >= 0 and "\n" in text[at:place]:
                level = None  # nothing is carried into another paragraph
            _, end = skeleton.sentence(place)
            before, came_from = None, False
            levels.clear()
        at = place
        left, right = clauses.left_of(place), clauses.right_of(place)
        if before is not None and before[0].unit is not None and before[0].unit.dimension == "[time]":
            left = _behind_span(left, ahead)
        ahead = ""
        is_rate = quantity.unit is not None and quantity.unit.dimension == "[rate]"
        said = statement(quantity, left, right, clauses.rest_behind(place) if is_rate and right else None)
        # 七成表示支持: the noun stands behind, in what the part says
        stands_alone = said.type == "rate" and said.metric is None and said.carried
        if (
            before is not None
            and _goes_on(left, said)
            and (said.metric is None or right == "")
            and (names or _one_unit(before[0], quantity, left))
        ):
            # 6674笔5294户: of one thing; 8.6%、7.6%和6.6%
            said = _with_name(before[1], names) if names else before[1]
            if said.metric in _OF_UNIT.values():  # 30户80人: each of its own
                said = said._replace(metric=None)
        else:
            row = figures_in_row(text, at_places, number)
            names = _handed_out(left, said, row, levels, trend_before(clauses, place) if row > 1 else None)
            if names:
                said = _with_name(said, names)
            if said.carried:
                if (went := trend_before(clauses, place)) is not None:
                    level = went
                elif (
                    before is None
                    and said.metric is None
                    and said.type in ("rate", "level", "share")
                    and not said.points_back
                ):
                    level = None  # only a change goes on from another sentence
                said = _carried(said, level, None if before is None else before[1])
                if came_from and before is not None and said.type == "rate":
                    said = said._replace(type=before[1].type, direction=before[1].direction)
        if said.bare and before is not None and before[0].unit == quantity.unit:
            said = said._replace(metric=without_verb(level), carried=False)  # 改造道路12公里，新建8公里
        elif said.bare:
            said = said._replace(metric=None, carried=False)
        if said.only_when:
            ahead = without_span(left.words)
        said = _named(said, quantity, text[place + 1 : place + 2])
        if stands_alone and (part := clauses.said_behind(place)):
            said = said._replace(metric=part, type="share", carried=False)
        found[quantity.id] = said
        if said.type in _LEVELS:
            levels.append(said.metric)
        before, came_from = (quantity, said), said.type == "change_rate" and begins_from(left.words)
        if said.metric is None and not said.carried and not said.bare and not said.only_when:
            level = None  # what is measured is not known, nor that of what goes on with it
        if said.metric and (not said.carried or level is None):
            level = said.metric
    return found


def _behind_span(left: Left, ahead: str) -> Left:
    """The words behind a stretch of time without what belongs to it, and those before it: [苗木产量]5年来[增长]."""
    if not "\ue000" <= left.border <= "\uf8ff":
        return left
    rest = _rest_of_span().at(left.words, 0)
    return left._replace(words=f"{ahead}{left.words[len(rest) :]}")


@cache
def _also() -> frozenset[str]:
    """What begins the words before the next figure of a list: 和, 以及."""
    return frozenset(word[0] for word in words_of("claims", "periods", "joining"))


@cache
def _rest_of_span() -> Beginnings:
    return Beginnings(words_of("claims", "spans", "rest"))


def _goes_on(left: Left, said: Statement) -> bool:
    """Whether nothing but 和 or 、 stands between a figure and the one before it."""
    return (
        not left.words.strip("和及与、 ")
        and ("\ue000" <= left.border <= "\uf8ff" or left.border == "、")
        and said.carried
    )


def _one_unit(first: Quantity, second: Quantity, left: Left) -> bool:
    """Whether two neighbours are of one list, or write one thing in two units (6674笔5294户)."""
    return first.unit == second.unit or (not left.words and left.border != "、")


def _with_name(said: Statement, names: list[tuple[str | None, str | None]]) -> Statement:
    """A statement with the first of the names that 分别 hands out."""
    metric, holder = names.pop(0)
    if metric is None and holder is not None:
        return said._replace(holder=holder)
    return said._replace(metric=metric, holder=holder, carried=False)


def _handed_out(
    left: Left, said: Statement, number: int, levels: Sequence[str | None], trend: str | None
) -> list[tuple[str | None, str | None]]:
    """The metrics and holders that 分别 hands to as many figures; none without it.

    They stand before it (玉米、大豆单产分别为), or are those of the levels before (分别增长). Where the noun stands behind it
    (甲、乙两队分别得分), and where they are places, the names are those of the holders.
    """
    around = around_respectively(left.words)
    if around is None or number == 1:
        return []
    names: Sequence[str | None] | None = names_of(around[0], number)
    own = said.metric is not None and said.metric in around[1] and words_of("claims", "mean", "per")[0] not in around[1]
    if names is not None and not names and not own and said.carried:
        if len(levels) >= number:
            names = [*levels[-number:]]
        elif trend is not None:
            names = names_of(trend, number)
    if names is None:
        return [(said.metric if own else None, None)] * number
    toward = names[0][:1] if names and names[0] else ""
    if own and toward in words_of("claims", "holders", "compared"):  # 对东盟、欧盟分别出口
        return [(f"{toward}{(name or '').removeprefix(toward)}{said.metric}", None) for name in names]
    named = all(name is not None and _is_holder(name) for name in names)
    if own or named:
        return [(said.metric if own else None, name if named else None) for name in names]
    return [(name, None) for name in names]


def _is_holder(name: str) -> bool:
    return places().named(name) is not None or name.endswith(words_of("claims", "holders", "bodies"))


def _carried(said: Statement, level: str | None, before: Statement | None) -> Statement:
    """A statement with the noun of the level before it."""
    if before is not None and said.type == "rate" and before.type == "share" and said.metric is None:
        said = said._replace(type="share")  # 由59%上升到63%
    if level is None:
        return said
    if said.metric is None or level.endswith(said.metric):
        return said._replace(metric=level)
    head = generic_head(level)
    if {head, said.metric} <= set(words_of("claims", "generic", "each")):
        level = level.removesuffix(head)  # 粮食产量3万吨，面积2万亩
    return said._replace(metric=f"{level}{said.metric}")


def _named(said: Statement, quantity: Quantity, behind: str) -> Statement:
    """A statement with a noun: bare 户 and 人 count households and persons, but not where it is told what they do: 10人获释."""
    if behind.isalpha() and behind not in _also():
        return said
    if said.metric or (said.metric is None and said.type != "level"):
        return said
    return said._replace(metric=_OF_UNIT.get("" if quantity.unit is None else quantity.unit.name))
