"""The names of places in a text: provinces, prefectures and counties of China, countries, and some regions.

A name is found only where the gazetteer has it: a word that merely ends in 市 or 县 is no place. A place that gives its name to a body, a
road or a person (吉林大学, 南京路, 广东人) is not found, nor one that is part of another word (大理石, 发展中国家).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from checker.language import read_words, without_comments

__all__ = ["Level", "Place", "Places", "contains", "parents", "places", "same"]

Level = str
"""`world`, `region`, `country`, `province`, `prefecture` or `county`."""

_CHINA, _WORLD, _TAIWAN = "CN", "001", "710000"
_BODY_REACH = 24  # characters from a place to the end of the body it names
_NO_NAME = re.compile("[^一-鿿（）()A-Za-z0-9·]|[的和与及在为是对向由]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its code: six digits of GB/T 2260, two letters of ISO 3166-1, or the code of a region.

    `name` is its full name, whatever the text calls it. Several divisions may share a name (鼓楼区); where the text does not tell which one is
    meant, `code` is empty and `codes` holds them all.
    """

    code: str
    name: str
    level: Level
    codes: tuple[str, ...] = ()

    @property
    def possible(self) -> tuple[str, ...]:
        """The code, or the codes of all that it may be."""
        return self.codes or (self.code,)


@dataclass(frozen=True, slots=True)
class _After:
    """What may follow a name: words that take it away, words that do not, and words whose first character is not the name's.

    The heads give, for the first character of the words, the lengths to try, as bits.
    """

    taking: dict[str, bool]
    taking_heads: dict[str, int]
    borders: dict[str, bool]
    borders_heads: dict[str, int]
    bodies: tuple[str, ...]

    def takes(self, text: str, end: int) -> bool:
        """Whether the word behind the name makes something else of it."""
        return _longest(self.taking, self.taking_heads, text, end)

    def cuts(self, text: str, end: int) -> bool:
        """Whether the last character of the name is the first of the next word."""
        return _longest(self.borders, self.borders_heads, text, end - 1)


def _longest(words: dict[str, bool], heads: dict[str, int], text: str, at: int) -> bool:
    """What the longest word at a place says; False without one."""
    for length in _lengths(heads.get(text[at : at + 1], 0)):
        said = words.get(text[at : at + length])
        if said is not None:
            return said
    return False


@dataclass(frozen=True, slots=True)
class Places:
    """Every name, and what each may mean: its codes with spaces between them, and none for a word that is no place.

    `heads` gives, for the first two characters of a name, the lengths to try, as bits; `begins` matches where one of them may stand.
    `bound` are names that count behind a larger place only (城区).
    """

    rows: dict[str, str]
    former: dict[str, dict[str, str]]
    codes: dict[str, str]
    heads: dict[str, int]
    begins: re.Pattern[str]
    members: dict[str, tuple[str, ...]]
    bound: frozenset[str]
    after: _After

    def find(self, text: str, home: Place | None = None) -> list[tuple[int, int, Place]]:
        """The places that a text in Simplified characters names, in order, with their spans.

        A shared name means the division of the place named last before it, `home` counting as named before the text.

        >>> [(a, b, place.name, place.code) for a, b, place in places().find("南京市鼓楼区和吉林大学在吉林增长3%")]
        [(0, 3, '南京市', '320100'), (3, 6, '鼓楼区', '320106'), (12, 14, '吉林省', '220000')]
        """
        found: list[tuple[int, int, Place]] = []
        named: dict[str, int] = {}  # how late a place, or one in it, was named
        if home is not None:
            self._note(home, 0, named)
        before, around = 0, ""  # where the place before ends, and its code
        for start, end in self._spans(text):
            place = self._meant(text[start:end], named)
            if text[start:end] in self.bound and (start != before or around not in _parents(place.code)):
                continue
            before, around = end, place.code
            self._note(place, start + 1, named)
            found.append((start, end, place))
        return found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a text names places; sooner than `find` as it does not ask which of those that share a name is meant.

        >>> places().spans("南京市鼓楼区和吉林大学在吉林增长3%")
        [(0, 3), (3, 6), (12, 14)]
        """
        found = list(self._spans(text))
        if any(text[start:end] in self.bound for start, end in found):
            return [(start, end) for start, end, _ in self.find(text)]
        return found

    def leading(self, text: str) -> int:
        """Where the places end that open a text, one behind the other; 0 where none does.

        >>> places().leading("江苏苏州昆山市站点"), places().leading("站点在浙江")
        (7, 0)
        """
        end = 0
        if text[:2] in self.heads:
            for start, behind in self._spans(text):
                if start != end:
                    break
                if text[start:behind] in self.bound:
                    return self._leading(text)
                end = behind
        return end

    def _leading(self, text: str) -> int:
        """The same for a text with a name that counts behind a larger place only."""
        end = 0
        for start, behind, _ in self.find(text):
            if start != end:
                break
            end = behind
        return end

    def named(self, name: str) -> Place | None:
        """The place that bears a full or a short name.

        >>> places().named("延边").name
        '延边朝鲜族自治州'
        """
        return self._meant(name, {}) if self.codes.get(name) else None

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        heads, codes = self.heads, self.codes
        bodies: list[int] | None = None
        behind = 0
        for found in self.begins.finditer(text):
            at = found.start()
            head = text[at : at + 2]
            if head not in heads or at < behind:  # few pairs begin a name
                continue
            for length in _lengths(heads[head]):
                name = text[at : at + length]
                if name not in codes:
                    continue
                end = at + length
                if name[-1] in "市区县" and self.after.cuts(text, end):
                    continue
                behind = end
                if codes[name] and not self.after.takes(text, end):
                    bodies = _ends(text, self.after.bodies) if bodies is None else bodies
                    if not _names_body(text, end, bodies):
                        yield at, end
                break

    def _meant(self, name: str, named: dict[str, int]) -> Place:
        codes = tuple(self.codes[name].split())
        if len(codes) > 1:
            codes = self._likely(name, codes, named)
        code = codes[0]
        if len(codes) > 1:
            return Place("", name, _level(code), codes)
        return Place(code, name if name in self.former.get(code, ()) else self.rows.get(code, name), _level(code))

    def _likely(self, name: str, codes: tuple[str, ...], named: dict[str, int]) -> tuple[str, ...]:
        nearness = [self._nearness(code, named) for code in codes]
        nearest = max(nearness)
        chosen = [code for code, near in zip(codes, nearness, strict=True) if near == nearest or nearest[0] < 0]
        if len(chosen) > 1:  # a name in use before a former one
            chosen = [code for code in chosen if self.rows.get(code) == name]
        return tuple(chosen) if len(chosen) == 1 else codes

    def _nearness(self, code: str, named: dict[str, int]) -> tuple[int, int]:
        """How late a place around this one was named, the smaller place before the larger."""
        return max((named.get(around, -1), -distance) for distance, around in enumerate((code, *_parents(code))))

    def _note(self, place: Place, when: int, named: dict[str, int]) -> None:
        if place.code:
            for code in (place.code, *_parents(place.code)):
                if code not in (_CHINA, _WORLD):
                    named[code] = when


def _ends(text: str, words: Iterable[str]) -> list[int]:
    """Where the words end that end the name of a body, in order."""
    ends = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            ends.append(at + len(word))
            at = text.find(word, at + 1)
    return sorted(ends)


def _names_body(text: str, end: int, bodies: list[int]) -> bool:
    """Whether the place that ends here begins the name of a company: 北京东方雨虹防水技术股份有限公司."""
    at = bisect_left(bodies, end)
    return at < len(bodies) and bodies[at] - end <= _BODY_REACH and _NO_NAME.search(text, end, bodies[at]) is None


def _level(code: str) -> Level:
    if code.isdigit() and len(code) == 6:
        return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    if code.startswith("TW-"):
        return "county"
    return "world" if code == _WORLD else "country" if len(code) == 2 and code not in ("EU", "EZ", "G7") else "region"


def _parents(code: str) -> tuple[str, ...]:
    """The codes of what a place lies in, the nearest first."""
    if code.startswith("TW-"):
        return _TAIWAN, _CHINA, _WORLD
    if len(code) == 6 and code.isdigit():
        above = (code[:4] + "00", code[:2] + "0000")
        return (*(parent for parent in dict.fromkeys(above) if parent != code), _CHINA, _WORLD)
    return () if code == _WORLD else (_CHINA, _WORLD) if code.startswith("CN-") else (_WORLD,)


def parents(place: Place) -> list[Place]:
    """The places that it lies in, the nearest first; none for a name that several share.

    >>> [parent.name for parent in parents(places().named("延吉市"))]
    ['延边朝鲜族自治州', '吉林省', '中国', '世界']
    """
    known = places()
    codes = _parents(place.code) if place.code else ()
    return [Place(code, known.rows[code], _level(code)) for code in codes if code in known.rows]


def same(one: Place, other: Place) -> bool:
    """Whether both are one place: 海门市 is what 海门区 was.

    >>> same(places().named("海门市"), places().named("海门区")), same(places().named("吉林市"), places().named("吉林"))
    (True, False)
    """
    if not (one.code and other.code):
        return one.name == other.name and not set(one.possible).isdisjoint(other.possible)
    return _now(one) == _now(other)


def _now(place: Place) -> str:
    return places().former.get(place.code, {}).get(place.name) or place.code


def contains(whole: Place, part: Place) -> bool:
    """Whether one place lies in another, or is that other.

    Of countries only China is known to lie in the world and in no continent: the gazetteer does not say more. Regions with members contain
    these and what lies in them.

    >>> known = places()
    >>> contains(known.named("吉林省"), known.named("延吉")), contains(known.named("长三角"), known.named("苏州"))
    (True, True)
    """
    if same(whole, part):
        return True
    if not whole.code:
        return False
    around = {whole.code, _now(whole), *places().members.get(whole.code, ())}
    return all(not around.isdisjoint((code, *_parents(code))) for code in part.possible)


@cache
def places() -> Places:
    """The gazetteer, read when it is first asked for."""
    other = _words("placenot.txt")
    bound = frozenset(word[1:] for word in other if word[0] == "?")
    codes = dict.fromkeys((word for word in other if word[0] != "?"), "")
    present, _, past = read_words("places.txt").partition("# former\n")
    rows = _read_rows(present, codes)
    former = _read_former(past, codes)
    world, members = _without_members(read_words("countries.txt"))
    rows |= _read_rows(world, codes)
    heads = _heads(codes)
    first, second = ("".join({head[at] for head in heads}) for at in (0, 1))
    # one of the first characters before one of the second: 上海, and 上山, which is no name
    begins = re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")
    return Places(rows, former, codes, heads, begins, members, bound, _read_after())


def _read_rows(text: str, codes: dict[str, str]) -> dict[str, str]:
    """The names by code. A plain loop over the words of the file: it runs before the first text is read."""
    rows: dict[str, str] = {}
    code = ""
    for word in " ".join(without_comments(text)).split(" "):
        if word[0] < "一":
            code = word
            continue
        if code not in rows:
            rows[code] = word
        known = codes.get(word)
        codes[word] = f"{known} {code}" if known else code
    return rows


def _read_former(text: str, codes: dict[str, str]) -> dict[str, dict[str, str]]:
    former: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        code, name, now, *others = line.split(" ")
        former.setdefault(code, {})[name] = now.strip("-")
        for word in (name, *others):
            known = codes.get(word)
            codes[word] = f"{known} {code}" if known else code
    return former


def _without_members(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The lines without what stands behind the colon, and the members that stand there."""
    members: dict[str, tuple[str, ...]] = {}
    lines = []
    for line in without_comments(text):
        written, _, inside = line.partition(" : ")
        lines.append(written)
        if inside:
            members[written.partition(" ")[0]] = tuple(inside.split())
    return "\n".join(lines), members


def _heads(names: Iterable[str], length: int = 2) -> dict[str, int]:
    heads: dict[str, int] = {}
    get = heads.get
    for name in names:
        head = name[:length]
        heads[head] = get(head, 0) | 1 << len(name)
    return heads


@cache
def _lengths(bits: int) -> tuple[int, ...]:
    """The bits that are set, the highest first.

    >>> _lengths(0b1100)
    (3, 2)
    """
    return tuple(length for length in range(bits.bit_length(), 0, -1) if bits >> length & 1)


def _words(name: str) -> list[str]:
    return " ".join(without_comments(read_words(name))).split()


def _read_after() -> _After:
    words = _words("placeafter.txt")
    borders = {word.lstrip("!~"): word[0] == "~" for word in words if "~" in word}
    taking = {word.lstrip("!"): word[0] != "!" for word in words if word[0] != "…" and "~" not in word}
    heads = [_heads(found, 1) for found in (taking, borders)]
    return _After(taking, heads[0], borders, heads[1], tuple(word[1:] for word in words if word[0] == "…"))
