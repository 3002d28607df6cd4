"""Candidates of comparisons: a level that moved up or down from another, or that is said to lie above or below another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.language.lexicon import words_of
from checker.links.cues import cues_in, pattern_of, plain
from checker.links.features import coarse_degree, stated
from checker.links.index import AMOUNTS, RATES, Candidate, Index, comparable
from checker.links.nodes import BORDERS, Node, has_date

__all__ = ["comparisons"]

_LEVELS = (*AMOUNTS, *RATES, "ratio", "other", "bare")
_CHANGES = ("change", "growth", "points", "multiple")
_DASHES = ("–", "—", "−", "-")
_TURNED = {"rise": "fall", "fall": "rise"}
_WIDEST = 6  # figures that 分别 hands out on either side
_SHORT = 3  # characters before 高于 that name nothing
_BACK = 5  # figures before a reference, among which the level is that it is held against

_FORMULAS = {
    "rise": "base <= current",
    "fall": "base >= current",
    "above": "current >= base",
    "below": "current <= base",
    "even": "current == base",
}
_RATIOS = {
    "rise": "first(base) * last(current) <= first(current) * last(base)",
    "fall": "first(base) * last(current) >= first(current) * last(base)",
    "above": "first(base) * last(current) <= first(current) * last(base)",
    "below": "first(base) * last(current) >= first(current) * last(base)",
    "even": "first(base) * last(current) == first(current) * last(base)",
}


def comparisons(index: Index, node: Node) -> Iterator[Candidate]:
    """The level that another one moved from, or that it is held against."""
    if node.role not in _LEVELS or not node.at:
        return
    yield from _moved(index, node)
    yield from _against(index, node)


def _moved(index: Index, node: Node) -> Iterator[Candidate]:
    """由{base}提高到{node} · 由{base}增加34%至{node} · 分别由{base}、{base}提高到{node}、{node} · {base}，到2021年又升至{node}"""
    before = index.nodes[node.at - 1]
    moving = _moving().search(node.own)
    if moving is None:
        yield from _moved_by(index, node, before)
        yield from _moved_each(index, node)
        return
    if node.role == "bare" and _goes_on(index, node):
        return
    direction = _direction_of(moving)
    if not _goes_by_size(moving, before, node):
        return
    in_one = before.sentence == node.sentence and _are_levels(before, node)
    prefix = node.own[: moving.start()]
    bare = pattern_of("moved", "bare").fullmatch(pattern_of("adverbs").sub("", prefix)) is not None
    step = node.piece - before.piece
    if in_one and _leaves(index, before) and (step == 0 or (step == 1 and bare)):
        yield _candidate(direction, before, node, "moved")
        return
    yield from _moved_each(index, node)
    if in_one and step == 1 and bare and not plain(before.behind):
        yield _candidate(direction, before, node, "moved-later")


def _goes_on(index: Index, node: Node) -> bool:
    """Whether only blanks stand between a number and the next, as in a number that came apart: 8 72万"""
    following = index.nodes[node.at + 1 : node.at + 2]
    return bool(following) and following[0].place == node.place + 1 + len(node.behind) and not node.behind.strip()


def _moved_by(index: Index, node: Node, before: Node) -> Iterator[Candidate]:
    """由{base}增加34%至{node}"""
    if node.at < 2 or before.role not in _CHANGES or before.direction is None or before.piece != node.piece:
        return
    base = index.nodes[node.at - 2]
    if (
        _leaves(index, base)
        and _are_levels(base, node)
        and base.piece == node.piece
        and pattern_of("moved", "arrived").search(node.own)
    ):
        yield _candidate("rise" if before.direction == "up" else "fall", base, node, "moved-by")


def _moved_each(index: Index, node: Node) -> Iterator[Candidate]:
    """分别由{base}、{base}提高到{node}、{node}"""
    at = node.at
    while at and node.at - at < _WIDEST and _joins(index.nodes[at]):
        at -= 1
    head = index.nodes[at]
    moving = _moving().search(head.own)
    if moving is None or not at or head.piece != node.piece:
        return
    size = 1
    while at - size > 0 and size < _WIDEST and _joins(index.nodes[at - size]):
        size += 1
    first = index.nodes[at - size]
    if size < 2 or not _leaves(index, first) or first.piece != node.piece:
        return
    last = at
    while last + 1 < len(index.nodes) and _joins(index.nodes[last + 1]) and index.nodes[last + 1].piece == node.piece:
        last += 1
    base = index.nodes[node.at - size]
    if last - at + 1 == size and _are_levels(base, node) and _goes_by_size(moving, first, node):
        yield _candidate(_direction_of(moving), base, node, "moved-each")


def _joins(node: Node) -> bool:
    return node.own.strip() in words_of("links", "and", "words")


def _against(index: Index, node: Node) -> Iterator[Candidate]:
    """{current}，高于去年同期的{node} · {current}，较前年的{node}有所减少 · {current}，与5月份的{node}持平"""
    kind, construction = _held(node), "held"
    if kind is None:
        kind, construction = _than(index, node), "than-moved"
    if kind is None:
        yield from _held_by_name(index, node)
        return
    for current in reversed(index.nodes[max(0, node.at - _BACK) : node.at]):
        if current.sentence != node.sentence or (current.role == "bare" and node.role != "bare"):
            break
        if not _are_levels(current, node) or _held(current) or _than(index, current):
            continue
        if construction == "held" and _has_other_subject(node, current):
            continue
        if current.own.endswith(("（", "(")) or "of" in cues_in(current.behind[:1]):
            continue  # 仅为甲市128亿元的八分之一
        yield _candidate(kind, node, current, "even" if kind == "even" else construction, anchor=node.at)
        break


def _has_other_subject(node: Node, current: Node) -> bool:
    """Whether the words before 高于 name another thing than the level before: 学生70万人，…风险远高于投票的180万人"""
    match = _holding("tail").search(node.own)
    if match is None or node.piece == current.piece:
        return False
    of = words_of("links", "of", "words")[0]
    subject = pattern_of("adverbs").sub("", plain(node.own[: match.start()])).rpartition(of)[-1]
    words = (current.claim.metric or "") + current.own
    return len(subject) > _SHORT and not any(subject[i : i + 2] in words for i in range(len(subject) - 1))


def _held_by_name(index: Index, node: Node) -> Iterator[Candidate]:
    """{current}，高于3月份登记总数{node}: what it is held against bears its name and another time, and stands right before the figure."""
    match = _holding("named").search(node.own)
    if match is None or pattern_of("against", "no_statement").search(node.own[: match.start()]):
        return
    current = index.nodes[node.at - 1]
    if (
        _is_known(match["name"])
        and current.sentence == node.sentence
        and _are_levels(current, node)
        and coarse_degree(current.claim.metric, node.claim.metric) in ("equal", "near")
    ):
        yield _candidate("above" if match["up"] else "below", node, current, "held-named", anchor=node.at)


def _than(index: Index, node: Node) -> str | None:
    """What is said of a level that stands between 比 or 与 and a verb: 较前年的{node}有所减少 · 与5月份的{node}持平"""
    than, beside = pattern_of("against", "than").search(node.own), pattern_of("against", "with").search(node.own)
    end = node.place + 1 + len(node.behind)
    if (than is None and beside is None) or (end < len(index.text) and index.text[end] not in BORDERS):
        return None
    words = node.behind.strip()
    if than is None:
        if pattern_of("against", "even").fullmatch(words):
            return "even"
        together = pattern_of("against", "beside").match(words)
        if together is None:
            return None
        words = words[together.end() :]
    match = _behind().fullmatch(words)
    return None if match is None else "rise" if match["up"] else "fall"


@cache
def _behind() -> re.Pattern[str]:
    up, down = (
        _any((*words_of("claims", "change", name), *words_of("links", "against", more)))
        for name, more in (("up", "more"), ("down", "fewer"))
    )
    before, after = (pattern_of("against", name).pattern for name in ("behind", "done"))
    return re.compile(f"(?:{before})(?:(?P<up>{up})|(?P<down>{down}))(?:{after})")


def _held(node: Node) -> str | None:
    """above or below, as the words before a level say that another is held against it: 高于去年同期的{node}"""
    match = _holding("tail").search(node.own)
    if match is None or pattern_of("against", "no_statement").search(node.own[: match.start()]):
        return None
    verb = match["up"] or match["down"]
    if node.quantity.words or (
        node.dimension == "[rate]"
        and verb in words_of("links", "against", "parts")
        and not _is_known(match["name"] or match["place"])
    ):
        return None
    return "above" if match["up"] else "below"


def _is_known(name: str) -> bool:
    """Whether a name is one of a time, a place or a forecast, so that what it has is no share of it."""
    known = (*words_of("links", "against", "known"), *words_of("links", "labels", "names"))
    return has_date(name) or any(word in name for word in known)


@cache
def _holding(ending: str) -> re.Pattern[str]:
    """The verbs that hold one level against another, with what stands behind them up to the figure, by its name in the lexicon."""
    above, below = (_any(words_of("links", "against", name)) for name in ("above", "below"))
    return re.compile(f"(?:(?P<up>{above})|(?P<down>{below}))(?:{pattern_of('against', ending).pattern})")


def _leaves(index: Index, base: Node) -> bool:
    """Whether a level is one that another moved from: 由2015年的{base} · 由十年前的{base}"""
    own = base.own
    if base.at and pattern_of("moved", "ago").match(own) and index.nodes[base.at - 1].dimension == "[time]":
        own = index.nodes[base.at - 1].own + own
    return pattern_of("moved", "from").search(own) is not None


def _goes_by_size(moving: re.Match[str], base: Node, node: Node) -> bool:
    """Whether a verb goes with the figures: neither with how fast something is, 由27分钟提高到20分钟, nor how exact."""
    if node.own.endswith(_DASHES):
        return False
    if node.dimension == "[time]" and (moving["up"] or moving["down"]) in words_of("links", "moved", "lasting"):
        return True  # 用时由46天缩短到31天
    return not any(word in base.clause + node.own for word in words_of("links", "moved", "reversed"))


def _direction_of(moving: re.Match[str]) -> str:
    return "rise" if moving["up"] else "fall"


@cache
def _moving() -> re.Pattern[str]:
    up, down = (_any(words_of("links", "moved", name)) for name in ("up", "down"))
    return re.compile(f"(?:(?P<up>{up})|(?P<down>{down}))(?:{pattern_of('moved', 'arrival').pattern})")


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _are_levels(base: Node, current: Node) -> bool:
    """Whether two figures are levels of one measure."""
    if base.role not in _LEVELS or current.role not in _LEVELS:
        return False
    if base.role == "ratio" or current.role == "ratio":
        return base.role == current.role and len(base.quantity.parts) == len(current.quantity.parts) == 2
    if base.role == "bare" or current.role == "bare":
        figures = base.quantity, current.quantity
        return all(figure.unit is None and figure.value is not None for figure in figures)
    if base.dimension == "[item]" and base.quantity.surface != current.quantity.surface:
        return False
    return comparable(base, current)


def _candidate(kind: str, base: Node, current: Node, construction: str, anchor: int | None = None) -> Candidate:
    """A comparison by its kind; 上升 is to a smaller number where it is said of ranks."""
    formula = _FORMULAS[kind]
    if base.role == "ratio":
        formula = _RATIOS[kind]
    elif construction.startswith("moved") and _is_rank(base, current):
        formula = _FORMULAS[_TURNED[kind]]
    slots = {"base": (base,), "current": (current,)}
    return Candidate(kind, current.at if anchor is None else anchor, formula, slots, stated(construction), "direction")


def _is_rank(base: Node, current: Node) -> bool:
    """Whether two figures are places of a ranking: 排名由12位上升到8位"""
    ranked = words_of("links", "moved", "ranked")
    return (
        base.quantity.surface in ranked
        and current.quantity.surface in ranked
        and any(word in base.clause for word in words_of("links", "moved", "rank"))
    )
