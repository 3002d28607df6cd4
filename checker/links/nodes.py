"""The figures of the running text as links see them: what each says, and where it stands."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from checker.claims import Claim
from checker.language.lexicon import Endings, words_of
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_range
from checker.reading import Reading

__all__ = ["BORDERS", "Node", "change_verb", "has_date", "nodes_of"]

BORDERS = "，；：。！？\n"
_PLACEHOLDERS = ("\ue000", "\uf8ff")
_FARTHEST = 60  # characters of a clause that are looked at


class Node(NamedTuple):
    """One figure of the running text.

    `at` is its number among the nodes, `place` its place in the skeleton. `own` are the words between the figure before it (or the
    border of its clause) and itself, `clause` all words of its clause before it, `behind` those up to the next figure or border.
    `paragraph`, `sentence` and `piece` (between commas) count from 0. `role` sorts figures by what they can take part in:
    level, rate (a percentage that is a level), share, change, growth, points, multiple, mean, ratio, score, or other.
    """

    at: int
    quantity: Quantity
    claim: Claim
    place: int
    own: str
    clause: str
    behind: str
    paragraph: int
    sentence: int
    piece: int
    role: str
    dimension: str
    direction: str | None


def nodes_of(reading: Reading) -> list[Node]:
    """The figures of a text outside its tables that say something, in text order."""
    text = reading.skeleton.text
    nodes: list[Node] = []
    paragraph = sentence = piece = 0
    read_to = 0
    for place, number in reading.skeleton.figures.items():
        before = ""
        for char in text[read_to:place]:
            if char == "\n":
                if before != "\n":  # blank lines count once
                    paragraph += 1
                    sentence += 1
                    piece += 1
            elif char in "。！？":
                sentence += 1
                piece += 1
            elif char in "，；：":
                piece += 1
            if char != " ":
                before = char
        read_to = place
        quantity = reading.quantities[number]
        if number in reading.cells or quantity.kind not in ("quantity", "ratio", "score"):
            continue
        claim = reading.claims[number]
        own, clause = _before(text, place)
        role, dimension = _role(quantity, claim, own)
        nodes.append(
            Node(
                len(nodes), quantity, claim, place, own, clause, _behind(text, place), paragraph, sentence, piece, role, dimension,
                claim.direction or _direction(own),
            )
        )  # fmt: skip
    return nodes


def _before(text: str, place: int) -> tuple[str, str]:
    """The words between the last figure that is no date, or the border, and a figure, and those from the border of its clause on.

    A word that announces what follows, 其中，, belongs to them.
    """
    first = max(0, place - _FARTHEST)
    first_date, last_date = _dates()
    openers = _openers()
    own_from = -1
    at = place - 1
    while at >= first:
        char = text[at]
        if char in BORDERS:
            if char in "，：" and text.endswith(openers, first, at):
                at -= max(len(word) for word in openers if text.endswith(word, first, at)) + 1
            break
        if own_from < 0 and _PLACEHOLDERS[0] <= char <= _PLACEHOLDERS[1] and not first_date <= char <= last_date:
            own_from = at + 1
        at -= 1
    return text[max(own_from, at + 1) : place], text[at + 1 : place]


@cache
def _openers() -> tuple[str, ...]:
    """Words before a comma that belong to the clause behind it: 其中，"""
    return tuple(words_of("links", "among", "words"))


@cache
def _dates() -> tuple[str, str]:
    """The placeholders of dates, which belong to the words before a figure: 由2016年的{figure}."""
    return placeholder_range("date")


def has_date(words: str) -> bool:
    """Whether a date stands in a stretch of the skeleton."""
    first, last = _dates()
    return any(first <= char <= last for char in words)


def _behind(text: str, place: int) -> str:
    end = place + 1
    last = min(len(text), end + _FARTHEST)
    while end < last and text[end] not in BORDERS and not _PLACEHOLDERS[0] <= text[end] <= _PLACEHOLDERS[1]:
        end += 1
    return text[place + 1 : end]


@cache
def _changes() -> Endings:
    """Verbs of change right before what was added or taken away."""
    up, down = _directions()
    return Endings({*up.words, *down.words, *words_of("links", "changed", "apart")})


def change_verb(words: str) -> str:
    """The verb of change that words end in; empty where there is none, or where something new is counted: 新增60例."""
    return "" if _new().at_end(words) else _changes().at_end(words)


@cache
def _gaps() -> Endings:
    """What is by its name how far two levels are apart."""
    return Endings(words_of("links", "changed", "gap"))


@cache
def _new() -> Endings:
    return Endings(words_of("claims", "change", "new"))


@cache
def _directions() -> tuple[Endings, Endings]:
    return (
        Endings([*words_of("claims", "change", "up"), *words_of("links", "changed", "up")]),
        Endings([*words_of("claims", "change", "down"), *words_of("links", "changed", "down")]),
    )


def _direction(own: str) -> str | None:
    """up or down, as the verb right before a figure says."""
    words = own.rstrip("了约近逾超到至为幅 ")
    up, down = (endings.at_end(words) for endings in _directions())
    return None if not up and not down else "up" if len(up) > len(down) else "down"


_ROLES = {
    "change_rate": "growth", "change": "change", "points": "points", "multiple": "multiple", "share": "share", "mean": "mean",
    "ratio": "ratio",
}  # fmt: skip


def _role(quantity: Quantity, claim: Claim, own: str) -> tuple[str, str]:
    """What a figure can take part in, and its dimension; a counted unit is a dimension of its own."""
    if quantity.kind in ("ratio", "score"):
        return quantity.kind, quantity.kind
    unit = quantity.unit
    if unit is None:
        return "bare", ""
    dimension = unit.dimension
    if quantity.value is None:
        return "other", dimension
    if dimension == "[point]":
        return "points", dimension
    if dimension in ("[multiple]", "[doubling]"):
        return "multiple", dimension
    if claim.type in ("reference", "rank", "other") or dimension in ("[age]",):
        return "other", dimension
    role = _ROLES.get(claim.type or "", "level")
    if role in ("level", "mean") and change_verb(own.rstrip("了约近逾超 ")) and claim.type != "target_level":
        role = "change"  # 跌46点, 增产3%
    elif role == "level" and _gaps().at_end(own.rstrip("".join(words_of("links", "particles", "ends")))):
        role = "change"  # 昼夜温差达16℃
    if dimension == "[rate]" and role in ("level", "mean"):
        role = "rate"
    if dimension == "[rate]" and role == "change":
        role = "growth"
    if dimension == "[time]" and role == "level":
        role = "other" if not own else "level"
    return role, dimension
