"""Headings whose figures stand again in the paragraph below: 前五月发放贷款超400亿元, and 发放贷款436.52亿元 in its lead."""

from __future__ import annotations

from checker.claims.measures import begins_from
from checker.language.lexicon import words_of
from checker.links.cues import cues_in
from checker.links.features import alike, periods_of, same_name
from checker.links.index import Index, comparable
from checker.links.nodes import Node
from checker.links.wording import shared_pairs

__all__ = [
    "HEADLINES",
    "LONGEST_HEADING",
    "around_headline",
    "can_be_compared",
    "counts_new",
    "headline_stated",
    "headlines_before",
    "is_heading",
]

HEADLINES = ("headline", "headline-only", "headline-best", "headline-far")

_MOVED = ("growth", "change", "points")  # roles that say nothing without a direction
LONGEST_HEADING = 45  # characters
_SHORTEST_LEAD, _FULL_STOP = 30, "。"
_SHORTEST_NAME, _TELLING = 2, 3
_LIKE, _FAR_LESS = (
    3,
    2,
)  # pairs of characters that the likest figure shares with that of the heading, and that others share less
_LIKE_OF_BARE = 5  # the same for a figure of the heading without a unit
_LARGE = 10_000
_REACH = 3  # lines from a heading to its lead: the day and the reporter may stand between


def headlines_before(node: Node, index: Index) -> list[Node]:
    """The figures of the heading above the paragraph of a figure that can be compared with it."""
    at = index.paragraph(node)[0].at
    while at:
        above = index.paragraph(index.nodes[at - 1])
        if is_heading(index.line(above[0])):
            found = [n for n in above if _are_of_one_role(n, node) and can_be_compared(n, node)]
            return [n for n in found if _is_lead(node, n, index)]
        if node.paragraph - above[0].paragraph > _REACH:
            return []
        at = above[0].at
    return []


def headline_stated(first: Node, node: Node, index: Index) -> str | None:
    """The construction that repeats a figure of a heading in its lead.

    "headline" where it bears the metric of the heading's and no other figure does, "headline-only" where it is the only figure of its
    role and unit but for those behind 其中, "headline-best" where its words are far more like those of the heading than any other's;
    "headline-far" where paragraphs with other figures stand between.
    """
    if not 0 < node.paragraph - first.paragraph <= _REACH or not can_be_compared(first, node):
        return None
    if not _are_of_one_role(first, node) or _are_opposed(first, node):
        return None
    if periods_of(first.claim.period, node.claim.period) not in ("equal", "unknown", "one"):
        return None
    if first.own.endswith(tuple(words_of("links", "loose", "before"))) or first.behind.startswith(
        tuple(words_of("links", "loose", "behind"))
    ):
        return None
    if not _is_lead(node, first, index) or _of_other_times(first, node, index):
        return None
    near = index.paragraph(first)[-1].at + 1 == index.paragraph(node)[0].at
    if _is_left(node):
        return None
    others = [
        n
        for n in index.paragraph(node)
        if n.at != node.at and _are_of_one_role(n, first) and comparable(n, first) and not _is_left(n)
    ]
    if _is_of_headline(first, node, alone=not others):
        if any(_is_of_headline(first, n, alone=False) for n in others if "among" not in cues_in(n.clause)):
            return None
        return "headline" if near else "headline-far"
    if not near or "among" in cues_in(node.clause) or same_name(first.claim.holder, node.claim.holder) == "differ":
        return None
    if first.role != "bare" and all("among" in cues_in(n.clause) for n in others):
        return "headline-only"
    shared = shared_pairs(first, node)
    best = shared >= (_LIKE_OF_BARE if first.role == "bare" else _LIKE) and all(
        shared - shared_pairs(first, n) >= _FAR_LESS for n in others
    )
    return "headline-best" if best else None


def _is_of_headline(first: Node, node: Node, *, alone: bool) -> bool:
    """Whether a figure bears the metric of one in the heading; leads name it in more words, which makes other amounts of it where there are some."""
    name, told = first.claim.metric or "", node.claim.metric or ""
    if len(name) < _SHORTEST_NAME:
        return False
    if node.role != "level":
        return alike(name, told) in ("equal", "end")
    return name == told or (alone and len(name) >= _TELLING and told.endswith(name))


def around_headline(first: Node, node: Node, index: Index) -> tuple[Node, ...]:
    """The other figures of a heading and of its lead, one of which may be the one that is meant."""
    return tuple(n for n in (*index.paragraph(first), *index.paragraph(node)) if n.at not in (first.at, node.at))


def _are_of_one_role(a: Node, b: Node) -> bool:
    """Whether two figures say the same kind of thing; what is new may be told with its noun and without: 新增16例, 新增病例16例."""
    if a.role == "bare":
        return b.role == "level"
    return a.role == b.role or ({a.role, b.role} == {"level", "change"} and counts_new(a) and counts_new(b))


def _tells(first: Node, node: Node) -> bool:
    return _are_of_one_role(first, node) and _is_of_headline(first, node, alone=False)


def _is_left(node: Node) -> bool:
    """Whether a rate is the one that was left for another, which a heading tells: 涨幅由上月的{node}扩大至1.3%."""
    return node.dimension == "[rate]" and begins_from(node.own)


def _of_other_times(first: Node, node: Node, index: Index) -> bool:
    """Whether both figures are of stretches of time right before them, and these differ: 4日8宗, and 过去一周16宗."""
    return _stretch(first, index) != _stretch(node, index)


def _stretch(node: Node, index: Index) -> object:
    """The stretch of time that stands right before a figure, with nothing between; None where there is none."""
    before = index.nodes[node.at - 1] if node.at and not node.own.strip() else None
    return (
        None
        if before is None or before.dimension != "[time]" or before.sentence != node.sentence
        else before.quantity.value
    )


def can_be_compared(first: Node, node: Node) -> bool:
    """Whether two figures bear units that convert, or the heading leaves out what its large number counts: 订阅用户超627万."""
    if first.role != "bare":
        return comparable(first, node)
    unit = node.quantity.unit
    return unit is not None and unit.counted and (first.quantity.value or 0) >= _LARGE


def counts_new(node: Node) -> bool:
    """Whether a figure counts what is new, not all there is: 新增12家."""
    return any(word in node.clause for word in words_of("claims", "change", "new"))


def _are_opposed(a: Node, b: Node) -> bool:
    """Whether one goes up and the other down; a level may be told with its verb and without."""
    if (a.role not in _MOVED or a.role != b.role) and None in (a.direction, b.direction):
        return False
    return a.direction != b.direction


def _is_lead(node: Node, first: Node, index: Index) -> bool:
    """Whether a figure stands in the first paragraph below the heading of another that tells the same metric, or is the first with figures."""
    between = index.nodes[index.paragraph(first)[-1].at + 1 : index.paragraph(node)[0].at]
    if any(is_heading(index.line(n)) or (can_be_compared(first, n) and _tells(first, n)) for n in between):
        return False
    lead = index.line(node)
    return len(lead) >= _SHORTEST_LEAD and _FULL_STOP in lead and is_heading(index.line(first))


def is_heading(line: str) -> bool:
    """Whether a line is short, and neither a sentence nor a row of a table."""
    return (
        len(line) <= LONGEST_HEADING and not any(mark in line for mark in "。；|") and not line.endswith(("，", "："))
    )
