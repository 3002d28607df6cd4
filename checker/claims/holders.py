"""Of whom a figure is said: places, and the words for the document's own (全县, 本行, 该公司)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from checker.language.lexicon import Beginnings, Endings, words_of
from checker.language.places import places
from checker.patterns import pattern

__all__ = ["Mention", "holder_before", "mentions", "of_title", "without_holder"]


class Mention(NamedTuple):
    """A name of a place or a body in a text: where it stands, and as it is written."""

    start: int
    end: int
    name: str


@cache
def _deictics() -> Beginnings:
    return Beginnings(words_of("claims", "holders", "deictic"))


@cache
def _compared() -> Endings:
    return Endings(words_of("claims", "holders", "compared"))


# 质量监督委员会, 苏北青石机械有限公司: a body by the kind of body that ends its name
_BODY = r"(?:有限公司|公司|集团|银行|大学|医院|学院|委员会|联合会|协会|学会|中心|法院|检察院|基金会|研究院|研究所|海关|总局|交易所)(?![股章债层总])"
_NAME = r"(?:(?![的在和及与为是由从将对向被有共等各个称说进指入出派让以家只比个这该其，])[^\W\d_\ue000-\uf8ff])"
_BODY_BEHIND = pattern(rf"{_NAME}{{2,14}}?{_BODY}")
# 青原县; but 贫困县 names a kind
_COUNTY_NAME = rf"(?!贫困|牧业|示范|试点|产粮){_NAME}{{2,3}}县(?![级委域长城])"
# what opens a clause: 质量监督委员会, 青原县, 东湖区总人口, a player 得到 his points
_OPENING = pattern(
    rf"(?:[，。；：\n]|\A)(?P<name>{_NAME}{{2,8}}?{_BODY}|{_COUNTY_NAME}|(?!分别|其中|同时|目前|已经|曾经|均|还|并){_NAME}{{2,5}}(?=得到|砍下|拿下|贡献|持有|得分)"
    rf"|(?!住宅|商业|工业){_NAME}{{2}}区(?=[总共公有的]))"
)
_COUNTY = pattern(_COUNTY_NAME)
_VILLAGE = pattern(rf"{_NAME}{{2,3}}镇{_NAME}{{2,3}}村(?![民级干委庄])")  # 白沙镇柳林村


def mentions(text: str) -> list[Mention]:
    """The holders that a text names, in text order; what is only compared with is left out.

    >>> [m.name for m in mentions("全县共有危房30户，占全省的3%，青原县有5户")]
    ['全县', '青原县']
    """
    deictics = _deictics()
    found = [
        Mention(at, at + len(word), word)
        for at in (m.start() for m in _first().finditer(text))
        if (word := deictics.at(text, at)) and not (word in ("公司", "集团") and _goes_on(text, at, word))
    ]
    for start, end, _ in places().find(text):
        body = _BODY_BEHIND.match(text, end)
        if body is not None:
            found.append(Mention(start, body.end(), text[start : body.end()]))  # 北京青石公司
        elif found and start == found[-1].end and found[-1].name not in deictics.words:
            found[-1] = Mention(found[-1].start, end, text[start:end])  # 江苏苏州昆山市
        else:
            found.append(Mention(start, end, text[start:end]))
    found += [Mention(*m.span("name"), m["name"]) for m in _OPENING.finditer(text) if m["name"][0] not in "本我"]
    at = text.find("镇")
    while at >= 0:
        village = _VILLAGE.search(text, max(0, at - 3), at + 6)
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
        if (before in ("（", "(") and text[end : end + 1] in "）)") or before == "、":
            continue  # 青石（上海）投资中心; one of several
        compared = _compared().at_end(text[max(0, mention.start - 3) : mention.start])
        if compared and not (compared in ("对", "向") and mention.name in deictics.words):
            continue
        if not text.startswith(_ranked(), end) and _SOURCE.match(text, end) is None:
            kept.append(mention)
    return kept


# 省统计局最新数据显示, 商会公布的名单: who says it, and not of whom it is said
_SOURCE = pattern(
    r"(?:[^，。；：\n\ue000-\uf8ff]|[\ue015\ue018]){0,9}?(?:数据(?:显示|表明)|发布|公布|获悉|了解到|消息|报道|表示|通报|声明|统计数据|宣布|称[，：]|说[，：])"
)


@cache
def _ranked() -> tuple[str, ...]:
    return words_of("claims", "holders", "ranked")


@cache
def _first() -> re.Pattern[str]:
    """What the words for the document's own begin with."""
    return re.compile(f"[{''.join({word[0] for word in _deictics().words})}]")


def _goes_on(text: str, start: int, word: str) -> bool:
    """Whether 公司 only ends or begins another word: 子公司, 公司股东."""
    before, behind = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
    return (
        before.isalpha() and before not in "，。；的及和与在、：\n后前内末向对使从由为将到了"
    ) or behind in "股章债法制化"


def holder_before(found: Sequence[Mention], place: int, start: int) -> Mention | None:
    """The last mention that ends at or before `place`, and begins at or behind `start`."""
    at = bisect_right(found, place, key=lambda m: m.end) - 1
    return found[at] if at >= 0 and found[at].start >= start else None


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


def without_holder(noun: str) -> str:
    """A noun without the holder that opens it: 全县危房 → 危房; one that is nothing else stays empty."""
    end = places().leading(noun)
    end += len(_deictics().at(noun, end))
    county = _COUNTY.match(noun, end)
    if county is not None and county.end() < len(noun):
        end = county.end()
    body = _BODY_BEHIND.match(noun, end)
    if body is not None and body.end() < len(noun) - 1:
        end = body.end()  # 青石投资中心出资额
    return noun[end:].removeprefix("的")
