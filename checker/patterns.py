"""Regular expressions that are compiled when a text needs them: the one mechanism for late work on patterns.

Compiling a pattern takes longer than looking through a short text for the characters without which it matches nothing. Which
those are is derived from the pattern itself, as its *need*: what every match holds, in its order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, AnyStr, NamedTuple, cast

__all__ = ["NOTHING", "LatePattern", "Need", "need_of", "pattern"]

_LONG = 20_000  # characters: in longer texts a pattern is as quick as looking for its need in each sentence
_ENDS = "。\n"  # where a stretch of text ends that most patterns do not leave
_LARGEST_SET = 300  # characters: one of so many stands in any text


class Need(NamedTuple):
    """What a text must hold for a pattern to match in it: a character of each of `sets`, in their order.

    All of them stand in one stretch of the text, between two of the marks `ends`, which no match holds. A pattern without sets is
    always tried.
    """

    sets: tuple[str, ...] = ()
    ends: str = ""

    def is_met(self, text: str) -> bool:
        """Whether a text has it; of a long text only whether the characters stand somewhere.

        >>> need_of("由(?:增加|增长)到").is_met("到由增长。到")
        False
        """
        if not self.sets:
            return True
        if len(text) > _LONG:
            return all(any(map(text.__contains__, chars)) for chars in self.sets)
        return _stretches(text, self.ends).have(self.sets)


NOTHING = Need()


class _Stretches:
    """The stretches of a text, and for each character those that hold it, as the bits of a number."""

    def __init__(self, text: str, ends: str) -> None:
        for end in ends[1:]:
            text = text.replace(end, ends[0])
        self._stretches = text.split(ends[0]) if ends else [text]
        self._holding: dict[str, int] = {}
        for number, stretch in enumerate(self._stretches):
            for char in set(stretch):
                self._holding[char] = self._holding.get(char, 0) | 1 << number
        self._having: dict[str, int] = {}  # the same for one of several characters, as far as it was asked for

    def have(self, sets: tuple[str, ...]) -> bool:
        """Whether one stretch has a character of each set, in their order."""
        left = -1
        for chars in sets:
            having = self._having.get(chars)
            if having is None:
                having = 0
                for char in chars:
                    having |= self._holding.get(char, 0)
                self._having[chars] = having
            left &= having
            if not left:
                return False
        while left:
            lowest = left & -left
            if _in_order(sets, self._stretches[lowest.bit_length() - 1]):
                return True
            left -= lowest
        return False


@lru_cache(maxsize=4)  # the patterns of a run look at the same texts, and one behind the other
def _stretches(text: str, ends: str) -> _Stretches:
    return _Stretches(text, ends)


def _in_order(sets: tuple[str, ...], text: str) -> bool:
    rest = iter(sets)
    wanted = next(rest)
    for char in text:
        if char in wanted:
            following = next(rest, None)
            if following is None:
                return True
            wanted = following
    return False


# ------------------------------------------------------------------------------------------ the need of a pattern

# Pieces of a pattern: 增加 | [^。；] | (?P<name> · (?: · (?<= · (?P=name · ( | *? · {2,5} | \d · \ue000 · \p{Han} · any other character
_PIECE = re.compile(
    r"(?P<word>[^ -~]+(?![*+?{]))|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:P?<\w+>|P=\w+|:|<?[=!]))?)"
    r"|(?P<times>(?:[*+?]|\{\d*,?\d*\})[?+]?)|(?P<char>\\(?:u[0-9a-fA-F]{4}|p\{\w+\}|.)|.)",
    re.DOTALL,
)
# Members of a set: 。 · \n · \ue000 · a-z · \ue000-\ue0ff
_MEMBER = re.compile(r"(?P<first>\\u[0-9a-fA-F]{4}|\\.|[^\\])(?:-(?P<last>\\u[0-9a-fA-F]{4}|\\.|[^\\]))?", re.DOTALL)
_OPTIONAL = ("*", "?", "{0", "{,", "{}")  # how that begins which lets something be left out
_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\f": "\f", r"\v": "\v"}
# What stands for one of many characters, and the ends among those.
_MANY = {r"\d": "", r"\w": "", r"\s": "\n", r"\D": _ENDS, r"\W": _ENDS, r"\S": "。", ".": "。"}
_PLACES = ("^", "$", r"\b", r"\B", r"\A", r"\Z")


class _Unknown(Exception):
    """A pattern holds something that is not known here."""


@lru_cache(maxsize=1024)
def need_of(source: str) -> Need:
    """What a text must hold for a pattern to match, of `re` or `regex` without flags; NOTHING where it is not understood.

    >>> need_of("(?:由|从)[甲乙]?增加+(?!了)到{2,3}")
    Need(sets=('由从', '增', '加', '到'), ends='。\\n')
    """
    try:
        sets, held = _read(source)
    except _Unknown:
        return NOTHING
    return Need(tuple(sets), "".join(mark for mark in _ENDS if mark not in held))


def _read(source: str) -> tuple[list[str], str]:
    """The sets of a pattern in their order, and the ends that a match may hold."""
    around: list[tuple[str, list[list[str]], list[str], str]] = []  # what stands before each bracket that is open
    branches: list[list[str]] = []  # the alternatives before this one
    sets: list[str] = []
    held = ""
    repeated: int | None = None  # where the sets of the last thing begin, if it may be repeated
    for piece in _PIECE.finditer(source):
        kind, written = piece.lastgroup, piece.group()
        if kind == "word":  # no ASCII: nothing there but itself
            sets += written
            held += "".join(mark for mark in _ENDS if mark in written)
            repeated = len(sets) - 1
        elif kind == "times":
            if repeated is None:  # also (?i) and whatever else has a question mark behind its bracket
                raise _Unknown
            if written.startswith(_OPTIONAL):
                del sets[repeated:]
            repeated = None
        elif kind == "open":
            around.append((written, branches, sets, held))
            branches, sets, repeated = [], [], None
        elif written == "|":
            branches.append(sets)
            sets, repeated = [], None
        elif written == ")":
            if not around:
                raise _Unknown
            inside = _shared([*branches, sets])
            opening, branches, sets, held_before = around.pop()
            repeated = None if opening[-1] in "=!" else len(sets)
            if opening in ("(?=", "(?!", "(?<!"):
                held = held_before
            elif opening != "(?<=":
                sets += inside
            elif not around and len(inside) > len(sets):  # it ends where all before it ends: what says more counts
                sets = inside
        else:
            chars, ends = _one(written)
            repeated = len(sets)
            sets += chars
            held += ends
    if around:
        raise _Unknown
    return _shared([*branches, sets]), held


def _shared(branches: list[list[str]]) -> list[str]:
    """What each of several alternatives needs: one set, which is small where many need the same.

    >>> _shared([["增", "至"], ["增", "加", "到"], ["升", "到"]])
    ['增升']
    """
    if len(branches) == 1:
        return branches[0]
    chosen = ""
    while branches:
        if not all(branches):
            return []
        counted = Counter(chars for branch in branches for chars in dict.fromkeys(branch))
        best = counted.most_common(1)[0][0]  # of as many, the first
        chosen += best
        branches = [branch for branch in branches if best not in branch]
    return _one_of(chosen)


def _one_of(chars: str) -> list[str]:
    distinct = "".join(dict.fromkeys(chars))
    return [distinct] if len(distinct) <= _LARGEST_SET else []


@lru_cache(maxsize=1024)  # patterns have few, and have them often
def _one(written: str) -> tuple[list[str], str]:
    """The set of one character, of an escape or of a set in brackets, none where it is of many; and the ends in it."""
    if written in _PLACES:
        return [], ""
    if written in _MANY:
        return [], _MANY[written]
    if written.startswith(r"\p{"):
        return [], _ENDS
    if written[0] == "[" and len(written) > 1:
        return _any_of(written)
    if written in "{}[]":  # a brace that counts nothing may mean something to `regex`
        raise _Unknown
    char = _char(written)
    return [char], char if char in _ENDS else ""


def _any_of(written: str) -> tuple[list[str], str]:
    inverted = written.startswith("[^")
    chars, held, many = "", "", inverted
    for member in _MEMBER.finditer(written[2 if inverted else 1 : -1]):
        first, last = member.groups()
        if first in _MANY and first != ".":
            held += _MANY[first] + (last or "")
            many = True
            continue
        low, high = _char(first), _char(last or first)
        if low == "[":  # [[:alpha:]] of `regex`
            raise _Unknown
        held += "".join(mark for mark in _ENDS if low <= mark <= high)
        if ord(high) - ord(low) >= _LARGEST_SET:
            many = True
        else:
            chars += "".join(map(chr, range(ord(low), ord(high) + 1)))
    if inverted:
        return [], "".join(mark for mark in _ENDS if mark not in held)
    return [] if many else _one_of(chars), held


def _char(written: str) -> str:
    """The character that is written as itself or as an escape."""
    if len(written) == 1:
        return written
    if len(written) > 2:
        return chr(int(written[2:], 16))
    if written in _ESCAPES:
        return _ESCAPES[written]
    if written[1].isalnum():
        raise _Unknown
    return written[1]


# -------------------------------------------------------------------------------------------------- late patterns


class LatePattern:
    """Stands in for a compiled pattern: its methods are fetched from the real one once, and are its own from then on."""

    def __init__(self, source: str | bytes, flags: int = 0) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value

    @property
    def need(self) -> Need:
        """What a text must hold for it."""
        return NOTHING if self._flags or isinstance(self._source, bytes) else need_of(self._source)

    def finditer(self, text: Any, *bounds: int) -> Iterator[re.Match[Any]]:
        """This mostly goes through whole texts, and most patterns find nothing in most: until one may, it is not compiled."""
        if len(text) <= _LONG and not self.need.is_met(text):
            return iter(())
        found = self.__getattr__("finditer")
        return cast("Iterator[re.Match[Any]]", found(text, *bounds))


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, without its work until the pattern is used.

    >>> pattern("其中|当中").findall("其中3户")
    ['其中']
    """
    return cast("re.Pattern[AnyStr]", LatePattern(source, flags))
