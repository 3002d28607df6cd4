"""Lists: the names that 、 和 + and quotation marks part, read backwards from a count or forwards from the word that announces them.

、 and + outside brackets surely part two names, and so do the marks of two quoted names in a row; 和, 与 and 及 part two names or stand
inside one. A list therefore has several plausible counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.language.places import places
from checker.patterns import pattern

__all__ = ["LONGEST", "Listing", "list_after", "list_before"]

LONGEST = 200  # characters that a list is followed over
_MARK = pattern("[“”《》（）、，；：+＋—。！？\n]")
_OPENING, _CLOSING, _PARTING = "“《（", "”》）", "、+＋"
# 和, 与, 及 where they may part two names, not where they surely belong to a word: 和平, 参与, 涉及
_SOFT = pattern(
    "以及|(?<![参赋给])与(?![会其否])|(?<![普涉提顾危触波遍推埃])及(?![时格早第]|其(?![他它余]))|(?<![共总饱缓温维])(?<!(?<!北)调)和(?![谐解睦]|平(?:共处|发展|统一|友好|解决|与|时期|的|稳定|谈判|进程|协议))|[暨或]"
)
_LINKS = frozenset("和与及暨或")
_LINKS_FIRST = _LINKS | {"以"}
# The names must not hold any of these where a list is to be called wrong: they may be half a sentence.
_FUNCTION = pattern("[的了为在对是有将被已均各还都不也就从到由把给向仍而且或但每]")
# Words that hold one of them and may well be in a name.
_COMPOUND = pattern(
    "就业|有限|[国公私所集拥享]有|有[机色效序]|均衡|平均|对[象外口接内]|[方面导]向|到[达位]|从业|[偿归]还|[作行]为|为民|所在|[在]线|[存潜现]在|目的|是非|也门"
    "|不[足良动高]|非[遗常法]|或缺|分均"
)
_QUOTED = pattern("“[^“”]*”")
_NUMBER = pattern(r"[\d\ue000-\ue0ff]")
_LONGEST_PLACE = 10  # characters
_LONGEST_NAME, _SHORT = 14, 4
_BREAK = 3  # a name this many times as long as all that follow holds more than a name
_LIST_MARK = pattern(
    r"\s*[*#]*(?:\d{1,3}|[A-Za-zＡ-Ｚ]|[一二三四五六七八九十]{1,2})$"
)  # 3、 or A、 at the start of a line
_ONE_LETTER = pattern(r"[A-Za-zＡ-Ｚ一二三四五六七八九十](?![^\W\d_])")
# 四川、重庆两地新开工…: a count of some names inside a longer list
_COUNT_INSIDE = pattern("[两二三四五六七八九十](?:[地省市国家位名类项条种]|个)")


class Listing(NamedTuple):
    """The pieces of a list between sure separators, as half-open places of the skeleton.

    `soft` are the 和, 与, 及 in them, each with the number of its piece. `named` says of each piece whether it is one quoted name.
    The piece at the list's open end (the first of a list read backwards) may begin or end with words that are not its own, unless
    the whole list is `enclosed` in quotation marks.
    """

    pieces: tuple[tuple[int, int], ...]
    soft: tuple[tuple[int, int, int], ...]
    named: tuple[bool, ...]
    open_end: bool = False
    enclosed: bool = False

    @property
    def sure(self) -> int:
        """How many names there are at least."""
        return len(self.pieces)

    @property
    def most(self) -> int:
        """How many names there are if every 和 parts two."""
        return len(self.pieces) + len(self.soft)

    def plausible(self) -> frozenset[int]:
        """Every count that some reading gives, those of a list that begins behind a 和 among them.

        >>> text = "核武器国家和哈、吉、乌"
        >>> sorted(list_before(text, 0, len(text)).plausible())
        [3, 4]
        """
        counts = set(range(self.sure, self.most + 1))
        if self.open_end or self.enclosed:
            return frozenset(counts)
        for number, (_, _, piece) in enumerate(self.soft):
            left, later = self.sure - piece, len(self.soft) - number - 1
            counts.update(range(max(2, left), left + later + 1))
        sizes = [end - start for start, end in self.pieces]
        for piece in range(
            1, self.sure - 1
        ):  # 水文勘察、工程测量资质设甲、乙、丙: the list proper begins inside a piece
            if sizes[piece] >= _BREAK * max(sizes[piece + 1 :]):
                counts.add(self.sure - piece)
        return frozenset(counts)

    def items(self, wanted: int) -> list[tuple[int, int]]:
        """The names, parted at as many 和 as bring their number to `wanted`, the last 和 first."""
        cuts = sorted(list(self.soft)[max(0, len(self.soft) - max(0, wanted - self.sure)) :])
        found: list[tuple[int, int]] = []
        for number, (start, end) in enumerate(self.pieces):
            for left, right, piece in cuts:
                if piece == number:
                    found.append((start, left))
                    start = right
            found.append((start, end))
        return found[-wanted:] if wanted < self.sure else found

    def is_clean(self, text: str, *, bounded: bool = False) -> bool:
        """Whether nothing but names is listed; the open piece is not looked at.

        Where the wording bounds the list (`bounded`, or quotation marks around it) a name may be a sentence, but holds no figure.
        """
        for (start, end), named in self._closed():
            name = _QUOTED.sub("", text[start:end])
            if named:
                if _NUMBER.search(text[start:end]):
                    return False
                continue
            if _NUMBER.search(name) or _COUNT_INSIDE.search(name) or not name:
                return False
            if bounded or self.enclosed:
                continue
            if len(name) > _LONGEST_NAME or _FUNCTION.search(_COMPOUND.sub("", name)):
                return False
        return True

    def is_short(self, text: str) -> bool:
        """Whether every name but the one at the open end is as short as names are: 体能、技能、战术、心理."""
        return all(end - start <= _SHORT for (start, end), _ in self._closed())

    def is_uniform(self, text: str) -> bool:
        """Whether the names are plainly of one make: quoted, of one length, of one ending, or of one beginning."""
        closed = [text[start:end] for (start, end), _ in self._closed()]
        edge = text[slice(*self.pieces[-1 if self.open_end else 0])]
        if not closed:
            return all(self.named)
        alike = len({len(name) for name in closed}) == 1 and len(closed[0]) <= 4
        ends = len({name[-1] for name in closed} | ({edge[-1]} if not self.open_end else set())) == 1
        begins = len({name[0] for name in closed}) == 1 and closed[0][0] in edge
        return all(self.named) or alike or ends or begins

    def level_of_places(self, text: str) -> str | None:
        """The level of the places that are listed, where all are of one and nothing before them may belong to the list.

        >>> text = "督察江苏、安徽、四川"
        >>> list_before(text, 0, len(text)).level_of_places(text), list_before("京津冀及辽宁、吉林", 0, 9).level_of_places("京津冀及辽宁、吉林")
        ('province', None)
        """
        items = self.items(self.most)
        first, others = text[slice(*items[0])], [text[slice(*item)] for item in items[1:]]
        levels = {_level_of(name) for name in others}
        if self.open_end or len(levels) != 1:
            return None
        before = text[max(0, self.pieces[0][0] - _LONGEST_PLACE - 1) : self.pieces[0][0]]
        if before.endswith("，") and _ends_in_place(before[:-1]) is not None:
            return None  # 不只是北京，上海、广州、深圳
        level = levels.pop()
        return level if _ends_in_place(first) == level else None

    def _closed(self) -> Iterator[tuple[tuple[int, int], bool]]:
        pairs = list(zip(self.pieces, self.named, strict=True))
        return iter(pairs[:-1] if self.open_end else pairs[1:])


def _level_of(name: str) -> str | None:
    place = places().named(name)
    return None if place is None else place.level


def _ends_in_place(words: str) -> str | None:
    """The level of the place that a stretch ends in, the longest name first."""
    sizes = range(min(_LONGEST_PLACE, len(words)), 1, -1)
    return next((level for size in sizes if (level := _level_of(words[-size:])) is not None), None)


def list_before(text: str, start: int, end: int) -> Listing | None:
    """The list that ends at `end` and begins at `start` or behind the last mark that parts it from what is before.

    >>> text = "建成甲村、乙村和丙村"
    >>> list_before(text, 0, len(text)).plausible()
    frozenset({2, 3})
    """
    depth, close, begin = 0, end, start
    stops: list[int] = []
    units: list[tuple[int, int]] = []
    for mark in reversed(list(_MARK.finditer(text, start, end))):
        sign = mark.group()
        if sign in _CLOSING:
            close = mark.end() if depth == 0 else close
            depth += 1
        elif sign in _OPENING:
            if depth == 0:
                begin = mark.end()
                break
            depth -= 1
            if depth == 0:
                units.append((mark.start(), close))
        elif depth == 0:
            if sign not in _PARTING:
                begin = mark.end()
                break
            stops.append(mark.start())
    if depth:
        return None
    stops = [stop for stop in stops if stop >= begin]
    if any(text[stop] == "、" for stop in stops):
        stops = [stop for stop in stops if text[stop] == "、"]  # 多进程、多线程、多进程+多线程
    if stops and _LIST_MARK.match(text, begin, stops[-1]) and _ONE_LETTER.match(text, stops[-1] + 1) is None:
        begin = stops.pop() + 1
    units = sorted(unit for unit in units if unit[0] >= begin)
    if not stops and len(units) == 1 and units[0][1] == end and text[end - 1] == "”":
        inner = list_before(text, units[0][0] + 1, end - 1)
        return None if inner is None else inner._replace(enclosed=True)
    return _listing(text, begin, end, sorted(stops), units, open_end=False)


def list_after(text: str, start: int, end: int) -> Listing | None:
    """The list that begins at `start` and ends with its sentence, or where a comma parts it from what follows.

    >>> text = "甲村、乙村，以及丙村。"
    >>> list_after(text, 0, len(text)).sure
    3
    """
    depth, opened, stop_at = 0, start, end
    stops: list[int] = []
    units: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text, start, end):
        sign = mark.group()
        if sign in _OPENING:
            opened = mark.start() if depth == 0 else opened
            depth += 1
        elif sign in _CLOSING:
            if depth == 0:
                stop_at = mark.start()
                break
            depth -= 1
            if depth == 0:
                units.append((opened, mark.end()))
        elif depth == 0:
            if sign in _PARTING or (sign == "，" and text.startswith(("以及", "和", "及"), mark.end())):
                stops.append(mark.start())
            else:
                stop_at = mark.start()
                break
    if depth:
        return None
    if any(text[stop] == "、" for stop in stops):
        stops = [stop for stop in stops if text[stop] not in "+＋"]
    return _listing(text, start, stop_at, stops, units, open_end=True)


def _listing(
    text: str, begin: int, end: int, stops: Sequence[int], units: Sequence[tuple[int, int]], *, open_end: bool
) -> Listing | None:
    """A list from its separators and the quoted names in it; quoted names in a row need no separator."""
    borders = [begin, *(stop + 1 for stop in stops)]
    ends = [*stops, end]
    for left, right in pairwise(units):
        joined = text[left[1] : right[0]]  # “甲”“乙”和“丙”
        if joined in ("", "和", "与", "及", "以及") and text[left[0]] != "（" != text[right[0]]:
            borders.append(right[0])
            ends.append(left[1])
    pieces: list[tuple[int, int]] = []
    for left_place, right_place in zip(sorted(borders), sorted(ends), strict=True):
        # A、B、和C, A、B、以及C
        linked = (
            _SOFT.match(text, left_place, right_place) if text[left_place : left_place + 1] in _LINKS_FIRST else None
        )
        inside = text[left_place:right_place]
        start = (linked.end() if linked is not None and pieces else left_place) + len(inside) - len(inside.lstrip())
        stop = right_place - (len(inside) - len(inside.rstrip()))
        if start >= stop:
            return None
        pieces.append((start, stop))
    soft = (
        ()
        if _LINKS.isdisjoint(text[begin:end])
        else tuple(
            (match.start(), match.end(), number)
            for number, (start, stop) in enumerate(pieces)
            for match in _SOFT.finditer(text, start, stop)
            if start < match.start() and match.end() < stop and not any(a < match.start() < b for a, b in units)
        )
    )
    named = []
    for number, (start, stop) in enumerate(pieces):
        unit = next(((a, b) for a, b in units if a >= start and b <= stop and text[a] != "（"), None)
        whole = unit is not None and (
            unit == (start, stop)
            or (number == 0 and not open_end and unit[1] == stop)
            or (number == len(pieces) - 1 and open_end and unit[0] == start)
        )
        if whole and unit is not None:
            pieces[number] = unit
        named.append(whole)
    if any(named):  # what is before the first quoted name, or behind the last, is not in the list
        soft = tuple(s for s in soft if pieces[s[2]][0] < s[0] < pieces[s[2]][1])
    return Listing(tuple(pieces), soft, tuple(named), open_end)
