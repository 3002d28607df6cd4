"""Of whom a figure is said: places, and the words for the document's own (全县, 本行, 该公司)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from checker.language.lexicon import Beginnings, Endings, words_of
from checker.language.places import places
from checker.patterns import pattern
from checker.quantities.skeleton import placeholder_range

__all__ = [
    "Mention",
    "Mentions",
    "introduced",
    "mentions",
    "of_own_title",
    "of_title",
    "opens_clause",
    "person_before",
    "without_holder",
    "without_subject",
]


_DASHES = "-—–·"
_LONGEST_LEAD = 24  # characters of a clause before a name that opens it


class Mention(NamedTuple):
    """A name of a place or a body in a text: where it stands, and as it is written."""

    start: int
    end: int
    name: str | None  # None where several are named together
    acts: bool = False  # only of what it does in its own sentence: 财政部下拨3亿元


@cache
def _deictics() -> Beginnings:
    return Beginnings((*words_of("claims", "holders", "deictic"), *_no_deictics()))


def _no_deictics() -> tuple[str, ...]:
    return words_of("claims", "holders", "no_deictic")


@cache
def _openings() -> Beginnings:
    return Beginnings((*words_of("claims", "openings"), *words_of("claims", "periods", "until")))


@cache
def _border() -> re.Pattern[str]:
    return re.compile("[，；。\n]")


@cache
def _compared() -> Endings:
    return Endings(words_of("claims", "holders", "compared"))


def _any(key: str) -> str:
    return _either(words_of("claims", "holders", key))


def _characters(key: str) -> str:
    return "".join(words_of("claims", "holders", key))


def _either(words: Iterable[str]) -> str:
    """One of several words: 有限公司|集团, tried only where a first character stands, which is soon seen."""
    words = tuple(words)
    firsts = "".join(sorted({re.escape(word[0]) for word in words}))
    return f"(?=[{firsts}])(?:{'|'.join(words)})"


@cache
def _name() -> str:
    """One character of a name: a letter that is no particle."""
    return rf"(?:[^\W\d_\ue000-\uf8ff{_characters('no_name')}{_characters('counter')}]|(?<={_characters('counts_not')}){_characters('counter')})"


@cache
def _county_name() -> str:
    """青原县; but 贫困县 names a kind, and 青原县级 goes on."""
    return rf"(?!{_any('kinds')}){_name()}{{2,3}}{_characters('county')}(?![{_characters('county_goes_on')}])"


@cache
def _county() -> re.Pattern[str]:
    return re.compile(_county_name())


@cache
def _body() -> str:
    """The end of the name of a body, by its kind: 质量监督[委员会], 苏北青石机械[有限公司]."""
    return rf"{_any('bodies')}(?![{_characters('body_goes_on')}])"


@cache
def _body_behind() -> re.Pattern[str]:
    """The rest of a body's name behind a place: 北京[青石公司]."""
    return re.compile(rf"{_name()}{{2,14}}?{_body()}")


def _agent() -> str:
    """Who does something, by the end of the name: 考评局[共收到]; not 布局."""
    others = "".join(f"(?<!{word})" for word in words_of("claims", "holders", "no_agents"))
    return rf"(?P<agent>{_name()}{{0,6}}?{_any('agents')}{others}(?={_any('acts')}))"


@cache
def _opening() -> re.Pattern[str]:
    """What opens a clause: 质量监督委员会, 青原县, 东湖区总人口, “青石一号”总高, a player 得到 his points."""
    scores = _either((*words_of("claims", "scores"), *words_of("claims", "holders", "owns")))
    called = rf"“(?P<called>{_name()}{{1,8}}{_any('vessels')})”(?=[^、和与及的，。；：])"
    district = rf"(?!{_any('kinds')}){_name()}{{2}}区(?=[{_characters('district_goes_on')}])"
    branch = rf"{_name()}{{2,8}}（{_name()}{{2,6}}）{_name()}{{0,8}}?{_body()}"  # 青石合泽（上海）投资中心
    region = rf"{_name()}{{2,6}}(?<![{_characters('of_all')}]){_any('regions')}(?=[\ue000-\uf8ff{_characters('behind_regions')}])"
    name = rf"(?P<name>{branch}|{_name()}{{2,8}}?{_body()}|{_county_name()}|{_name()}{{2,5}}(?={scores})|{district}|{region})"
    border = "(?:[，。；：\n]|\\A|(?<=[\ue000-\uf8ff])、)[ 　]*"  # 、 only behind a figure
    each = rf"(?P<each>{_any('each')})"
    return re.compile(rf"{border}(?:{called}|{each}|(?!{_any('no_opening')})(?:{name}|{_agent()}))")


@cache
def _village() -> re.Pattern[str]:
    """白沙镇柳林村."""
    return re.compile(rf"{_name()}{{2,3}}镇{_name()}{{2,3}}村(?![{_characters('village_goes_on')}])")


def introduced(text: str) -> re.Pattern[str] | None:
    """The short names that a text introduces for bodies and things; None where there are none: （以下简称“青石电力”）."""
    if not any(word in text for word in words_of("claims", "holders", "introducing")):
        return None
    names = {found["name"] for found in _introduction().finditer(text)} - _deictics().words
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True))) if names else None


@cache
def _introduction() -> re.Pattern[str]:
    """简称“青石电力”, the name two to ten letters long."""
    return re.compile(rf"{_any('introducing')}[:：]?[“「\"](?P<name>[^\W\d_\ue000-\uf8ff]{{2,10}})[”」\"]")


def mentions(text: str, introduced: re.Pattern[str] | None = None) -> list[Mention]:
    """The holders that a text names, in text order; what is only compared with is left out.

    `introduced` are names that the document has introduced.

    >>> [m.name for m in mentions("全县共有危房30户，占全省的3%，青原县有5户")]
    ['全县', '青原县']
    """
    deictics = _deictics()
    found = [
        Mention(*m.span(), m.group(), acts=m.group().startswith(_characters("named_together")))
        for m in _any_deictic().finditer(text)
        if m.group() not in _no_deictics()
        and not _is_counted(text, m.start())
        and not (m.group() in _bare() and _goes_on(text, m.start(), m.group()))
    ]
    for start, end in places().spans(text):
        body = _body_behind().match(text, end)
        if text.startswith(words_of("claims", "holders", "other_names"), end):
            continue  # 青原在线
        end += len(next((w for w in words_of("claims", "holders", "wider") if text.startswith(w, end)), ""))
        if (
            text.startswith(words_of("claims", "holders", "except"), end)
            and text[max(0, start - 2) : start].find(words_of("claims", "holders", "but")[0]) >= 0
        ):
            found.append(Mention(start, end, None))  # 除青原县外，其他县
        elif body is not None and _in_no_name().search(body.group()) is None:
            found.append(Mention(start, body.end(), text[start : body.end()]))  # 北京青石公司
        elif found and start == found[-1].end and found[-1].name not in deictics.words:
            found[-1] = Mention(found[-1].start, end, text[start:end])  # 江苏苏州昆山市
        else:
            found.append(Mention(start, end, text[start:end]))
    if introduced is not None:
        found += [Mention(*m.span(), m.group()) for m in introduced.finditer(text)]
    for opening in _opening().finditer(text):
        kind = opening.lastgroup or "name"
        if kind == "each":
            found.append(Mention(*opening.span(kind), None))
        elif (name := _bare_name(opening[kind])) is not None:
            start = opening.start(kind) + opening[kind].index(name)
            found.append(Mention(start, start + len(name), name, acts=kind == "agent"))
    at = text.find("镇")
    while at >= 0:
        village = _village().search(text, max(0, at - 3), at + 6)
        if village is not None:
            found.append(Mention(village.start(), village.end(), village.group()))
        at = text.find("镇", at + 1)
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    end = 0
    for mention in found:
        if mention.start < end:
            continue
        end = mention.end
        before = text[mention.start - 1 : mention.start]
        if (
            mention.name in words_of("claims", "holders", "world")
            and "\ue000" <= text[end : end + 1] <= "\uf8ff"
            and (before.isalpha() or _is_counted(text, mention.start))
        ):
            continue
        if mention.name in words_of("claims", "holders", "world") and _event().match(text, end) is not None:
            continue
        if text[end : end + 1] in _DASHES and end < len(text):
            continue  # 东盟—中日韩中心
        if before in ("（", "(") and text[end : end + 1] in "）)":
            continue  # 青石（上海）投资中心
        if before == "、" and not "\ue000" <= text[mention.start - 2 : mention.start - 1] <= "\uf8ff":
            if kept and kept[-1].end == mention.start - 1:
                kept[-1] = Mention(kept[-1].start, end, None)  # 青原县、东湖区: of several, and of none of them alone
            continue
        compared = _compared().at_end(text[max(0, mention.start - 3) : mention.start])
        if compared and not (compared in ("对", "向") and mention.name in deictics.words):
            continue
        ranked = text.startswith(_ranked(), end) and not text.startswith(_not_ranked(), end)
        if not ranked and _source().match(text, end) is None:
            kept.append(mention)
    return kept


def _bare_name(words: str) -> str | None:
    """The name at the head of a clause without what stands around it (近日[警方], [张青石]另); None for what is no name."""
    before, behind = _before_names(), _behind_names()
    while opening := before.at(words, 0):
        words = words[len(opening) :]
    while ending := behind.at_end(words):
        words = words[: -len(ending)]
    if len(words) < _SHORTEST_NAME or _in_no_name().search(words) is not None:
        return None
    return None if _unnamed().fullmatch(words) is not None else words


_SHORTEST_NAME = 2


@cache
def _before_names() -> Beginnings:
    return Beginnings(words_of("claims", "holders", "before_names"))


@cache
def _behind_names() -> Endings:
    return Endings(words_of("claims", "holders", "adverbs"))


@cache
def _in_no_name() -> re.Pattern[str]:
    return re.compile("|".join(words_of("claims", "holders", "not_in_names")))


@cache
def _unnamed() -> re.Pattern[str]:
    """Kinds of bodies one behind the other: 一线基金公司."""
    return re.compile(f"(?:{_any('unnamed')})+{_any('bodies')}")


@cache
def _event() -> re.Pattern[str]:
    """世界[机器人大会]: the rest of the name of an event."""
    return re.compile(rf"{_name()}{{0,6}}?{_any('world_names')}")


@cache
def _source() -> re.Pattern[str]:
    """What makes a name that of who says it: 省统计局[最新数据显示], 商会[公布]的名单; not 商会公布3项."""
    said, opening = _either(words_of("claims", "telling")), _either(words_of("claims", "telling", "opening"))
    dates = "".join(sorted(_dates()))
    figure = f"(?:(?![{dates}])[\ue000-\uf8ff])"
    does = _any("does")  # 某国宣布将[提供]
    return re.compile(
        f"(?:[^，。；：\n\ue000-\uf8ff]|[{dates}]){{0,9}}?(?:(?:{said})(?!{figure}|{does})|(?:{opening})[，：])"
    )


@cache
def _ranked() -> tuple[str, ...]:
    return words_of("claims", "holders", "ranked")


@cache
def _not_ranked() -> tuple[str, ...]:
    return (*words_of("claims", "holders", "mean_of_each"), *words_of("claims", "holders", "not_ranked"))


@cache
def _any_deictic() -> re.Pattern[str]:
    """全县, 本行: a word for the document's own, the longest first."""
    return re.compile("|".join(sorted(_deictics().words, key=len, reverse=True)))


@cache
def _bare() -> frozenset[str]:
    return frozenset(words_of("claims", "holders", "bare"))


@cache
def _dates() -> frozenset[str]:
    """The placeholders of dates and hours."""
    runs = (placeholder_range(name) for name in ("date", "clock"))
    return frozenset(chr(code) for first, last in runs for code in range(ord(first), ord(last) + 1))


def _is_counted(text: str, start: int) -> bool:
    """Whether a word stands behind a figure and is what is counted: 8家上市公司; but 上半年公司."""
    return "\ue000" <= text[start - 1 : start] <= "\uf8ff" and text[start - 1] not in _dates()


def _goes_on(text: str, start: int, word: str) -> bool:
    """Whether 公司 only ends or begins another word: 子公司, 公司股东."""
    before, behind = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
    return (before.isalpha() and before not in _characters("between")) or behind in "股章债法制化"


class Mentions:
    """The mentions of a text in order, to be asked for by place."""

    def __init__(self, text: str, found: Sequence[Mention]) -> None:
        self.text = text
        self._found = found
        self._ends = [mention.end for mention in found]
        self._opening: dict[int, bool] = {}  # of the mentions by their beginning

    def before(self, place: int, start: int) -> Iterator[Mention]:
        """Those that end at or before `place`, and begin at or behind `start`, the last first."""
        at = bisect_right(self._ends, place) - 1
        while at >= 0 and (mention := self._found[at]).start >= start:
            yield mention
            at -= 1

    def opens(self, mention: Mention) -> bool:
        """Whether a mention opens its clause."""
        start = mention.start
        if start not in self._opening:
            self._opening[start] = opens_clause(self.text, start, mention.end)
        return self._opening[start]


def opens_clause(text: str, start: int, end: int | None = None) -> bool:
    """Whether nothing but words of time and order stands before a name in its clause: 目前，去年[全县].

    So it is where a clause that ends with the name only tells where something is: 在率先试点的[全县]，.
    """
    border = _border().search(text, start)
    clause = text[start : border.start() if border is not None else None]
    if text[start - 1 : start] == words_of("claims", "holders", "at")[0] and clause.endswith(
        words_of("claims", "holders", "scenes")
    ):
        return False  # 在全国航运网络中，
    low = max(0, start - _LONGEST_LEAD)
    lead = text[max(low - 1, *(text.rfind(mark, low, start) for mark in "，。；：\n")) + 1 : start]
    openings = _openings()
    if end is not None and lead.startswith(words_of("claims", "holders", "at")) and text[end : end + 1] == "，":
        return True
    at = 0
    while at < len(lead):
        word = openings.at(lead, at)
        if not word and not ("\ue000" <= lead[at] <= "\uf8ff" or not lead[at].isalnum()):
            return False
        at += len(word) or 1
    return True


def of_own_title(title: str) -> str | None:
    """Whom a title names: the last place or body, the whole world only where it opens a part of it.

    >>> of_own_title("昆山：新城三年建成"), of_own_title("昆山迈向世界"), of_own_title("综述：全球病例增加")
    ('昆山', '昆山', '全球')
    """
    world = words_of("claims", "holders", "world")
    named = [m for m in mentions(title) if not m.acts and (m.name not in world or not title[: m.start][-1:].isalnum())]
    return named[-1].name if named else of_title(title)


def person_before(text: str, place: int) -> str | None:
    """The person whose age stands in brackets behind the name: 工人张青石（[41岁]）."""
    found = _person().search(text, max(0, place - _LONGEST_PERSON), place)
    return None if found is None else found["name"]


_LONGEST_PERSON = 6  # characters of a name with its bracket


@cache
def _person() -> re.Pattern[str]:
    """张青石（ before the years of age."""
    return re.compile(rf"(?P<name>[{_characters('families')}]{_name()}{{1,2}})[（(]\Z")


def of_title(title: str) -> str | None:
    """The county that opens a title by its short name: 昆山：新城三年建成; None for none.

    >>> of_title("昆山：新城三年建成"), of_title("综述：三年成就")
    ('昆山', None)
    """
    first = _UP_TO_MARK.match(title)
    if first is None:
        return None
    known = any(places().named(first.group() + kind) is not None for kind in ("县", "市", "区", "旗"))
    return first.group() if known else None


_UP_TO_MARK = pattern(r"[^\W\d_]{2,4}(?=[:： 　])")


def without_subject(noun: str, holder: str | None) -> str:
    """A noun without the holder that stands in it, and without what is said of how that acts: 社保局共[发放养老金].

    >>> without_subject("冬天的昆山最低温度", "昆山"), without_subject("恒生中国指数", "中国")
    ('最低温度', '恒生中国指数')
    """
    if holder is None or holder in _bare():
        return noun
    before, named, rest = noun.partition(holder)
    if not named or (before and not before.endswith(words_of("claims", "holders", "before"))):
        return noun
    rest = rest.removeprefix("的")
    while adverb := _adverbs().at(rest, 0):
        rest = rest[len(adverb) :]
    return rest if len(rest) > 1 else noun


@cache
def _adverbs() -> Beginnings:
    return Beginnings(words_of("claims", "holders", "adverbs"))


def without_holder(noun: str) -> str:
    """A noun without the holder that opens it: 全县危房 → 危房; one that is nothing else stays empty."""
    end = places().leading(noun)
    end += len(_deictics().at(noun, end))
    if _characters("county") in noun:
        county = _county().match(noun, end)
        if county is not None and county.end() < len(noun):
            end = county.end()
    if not _last_of_bodies().isdisjoint(noun):
        body = _body_behind().match(noun, end)
        if body is not None and body.end() < len(noun) - 1:
            end = body.end()  # 青石投资中心出资额
    return noun[end:].removeprefix("的")


@cache
def _last_of_bodies() -> frozenset[str]:
    return frozenset(word[-1] for word in words_of("claims", "holders", "bodies"))
