"""What the figures of a text say one after the other: nouns that are carried on, shared by a list, or handed out by 分别."""

from __future__ import annotations

from collections.abc import Iterable

from checker.claims.measures import Clauses, Left, Statement, generic_head, statement, trend_before
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import Skeleton

__all__ = ["SAY_SOMETHING", "read_statements"]

SAY_SOMETHING = frozenset(["quantity", "ratio"])  # the kinds of figures that state something
_OF_UNIT = {"人": "人数", "户": "户数"}
_AND = pattern("[、和及与]")
_LEAST_NAME = 2


def read_statements(figures: Iterable[tuple[Quantity, int]], skeleton: Skeleton) -> dict[int, Statement]:
    """What each figure says, by its id; `figures` are those of the running text with their places in the skeleton, in order."""
    text, clauses = skeleton.text, Clauses(skeleton.text)
    found: dict[int, Statement] = {}
    level: str | None = None  # the noun that was stated last
    before: tuple[Quantity, Statement] | None = None
    names: list[str] = []
    at = end = -1
    for quantity, place in figures:
        if place > end:
            if at >= 0 and "\n" in text[at:place]:
                level = None  # nothing is carried into another paragraph
            _, end = skeleton.sentence(place)
            before = None
        at = place
        left, right = clauses.left_of(place), clauses.right_of(place)
        said = statement(quantity, left, right)
        # 七成表示支持: the noun stands behind, in what the part says
        stands_alone = said.type == "rate" and said.metric is None and said.carried
        if (
            before is not None
            and _goes_on(left, said)
            and (said.metric is None or right == "")
            and (names or _one_unit(before[0], quantity, left))
        ):
            said = (
                before[1]._replace(metric=names.pop(0)) if names else before[1]
            )  # 6674笔5294户: of one thing; 8.6%、7.6%和6.6%
        else:
            names = _names(left, said)
            if names:
                said = said._replace(metric=names.pop(0))
            elif said.carried:
                if (went := trend_before(clauses, place)) is not None:
                    level = went
                elif before is None and said.metric is None and said.type in ("rate", "level", "share"):
                    level = None  # only a change goes on from another sentence
                said = _carried(said, level, None if before is None else before[1])
        said = _named(said, quantity)
        if stands_alone and (part := clauses.said_behind(place)):
            said = said._replace(metric=part, type="share", carried=False)
        found[quantity.id] = said
        before = quantity, said
        if said.metric is None and not said.carried:
            level = None  # what is measured is not known, nor that of what goes on with it
        if said.metric and (not said.carried or level is None):
            level = said.metric
    return found


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


def _names(left: Left, said: Statement) -> list[str]:
    """The names that 分别 hands to the figures behind it: 玉米、大豆单产分别为; none where there are not several."""
    if "分别" not in left.words or said.metric is None:
        return []
    names = [name for name in _AND.split(said.metric) if name]
    if len(names) < _LEAST_NAME or any(len(name) < _LEAST_NAME for name in names):
        return []
    head = generic_head(names[-1])
    return [name if name.endswith(head) else f"{name}{head}" for name in names]


def _carried(said: Statement, level: str | None, before: Statement | None) -> Statement:
    """A statement with the noun of the level before it."""
    if before is not None and said.type == "rate" and before.type == "share" and said.metric is None:
        said = said._replace(type="share")  # 由59%上升到63%
    if level is None:
        return said
    if said.metric is None or level.endswith(said.metric):
        return said._replace(metric=level)
    return said._replace(metric=f"{level}{said.metric}")


def _named(said: Statement, quantity: Quantity) -> Statement:
    """A statement with a noun: bare 户 and 人 count households and persons."""
    if said.metric or (said.metric is None and said.type != "level"):
        return said
    return said._replace(metric=_OF_UNIT.get("" if quantity.unit is None else quantity.unit.name))
