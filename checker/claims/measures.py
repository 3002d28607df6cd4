"""What the words around one figure say of it: the noun that is measured, the type of statement, and its direction.

Chinese puts the measured noun before the figure and its verb (合作社分红450万元) or, with a measure word, behind it
(21个贫困村). Both are taken from the figure's own clause. The words come from ``language/zh/claims.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from checker.claims.holders import without_holder
from checker.language.lexicon import Beginnings, Endings, words_of
from checker.patterns import pattern
from checker.quantities import Quantity

__all__ = [
    "ClaimType",
    "Direction",
    "Left",
    "Statement",
    "generic_head",
    "left_of",
    "right_of",
    "statement",
    "trend_before",
]

ClaimType = Literal[
    "level", "target_level", "change", "change_rate", "share", "mean", "points", "multiple", "ratio", "rate", "rank", "reference", "other"
]  # fmt: skip
Direction = Literal["up", "down"]

_FARTHEST = 60  # characters before a figure that are looked at
_BORDERS = frozenset("，,；;：:。！？\n？【】《》")
_LONGEST_NOUN = 24  # characters of a noun before its figure
_LONGEST_BEHIND = 18
_LONGEST_SURE = 18  # characters of a noun that is not taken for a clause


class Left(NamedTuple):
    """The words before a figure in its clause, without brackets, and what stands before them."""

    words: str
    border: str  # the character that ends them: a comma, a figure, an empty one at the beginning


class Statement(NamedTuple):
    """What a figure's own clause says: `metric` is None where the noun has to come from before."""

    type: ClaimType
    metric: str | None
    direction: Direction | None = None
    scope: frozenset[str] = frozenset()
    carried: bool = False  # the noun is that of the level before


class _Words:
    """The lists of ``claims.toml``, made ready once."""

    def __init__(self) -> None:
        up, down = words_of("claims", "change", "up"), words_of("claims", "change", "down")
        arrival = words_of("claims", "change", "arrival")
        self.new = frozenset(words_of("claims", "change", "new"))
        self.direction: dict[str, Direction] = {**dict.fromkeys(up, "up"), **dict.fromkeys(down, "down")}
        self.changes = Endings([*up, *down])
        self.arrivals = Endings(f"{verb}{to}" for verb in (*up, *down) for to in arrival)
        self.before = Endings(words_of("claims", "before"))
        self.means = re.compile("|".join(words_of("claims", "mean")))
        self.openings = Beginnings(words_of("claims", "openings"))
        self.heads = Endings(words_of("claims", "generic", "heads"))
        self.generic = self.heads.words
        self.trends = Endings(words_of("claims", "trends"))
        self.shares = Endings(words_of("claims", "share", "nouns"))
        self.stops = Beginnings(words_of("claims", "behind"))
        self.per = words_of("claims", "mean", "per")
        self.among = words_of("claims", "share", "among")
        self.inner = Beginnings(words_of("claims", "behind", "inner"))
        self.stop_characters = frozenset(words_of("claims", "behind", "characters"))
        self.stop_marks = frozenset(words_of("claims", "behind", "marks"))
        self.stop_first = frozenset(words_of("claims", "behind", "first"))
        self.begins = words_of("claims", "behind", "begins")
        self.verbs = frozenset(words_of("claims", "verbs"))
        self.nothing = frozenset(words_of("claims", "nothing"))
        self.change_first = Beginnings([*up, *down])
        self.bases = words_of("claims", "comparison", "bases")
        self.scopes = frozenset(words_of("claims", "scope"))
        self.opening_scopes = frozenset(words_of("claims", "scope", "opening"))
        self.ranks = words_of("claims", "rank")
        self.rank = self.ranks[0]
        self.scores = Endings(words_of("claims", "scores"))
        self.score_units = words_of("claims", "scores", "units")
        self.score = words_of("claims", "scores", "noun")[0]
        self.settled = Endings(words_of("claims", "settlements"))
        self.listed = Endings(words_of("claims", "periods", "listed"))
        self.joining = words_of("claims", "periods", "joining")
        self.within = words_of("claims", "within")


@cache
def _words() -> _Words:
    return _Words()


def left_of(text: str, place: int, dates: str) -> Left:
    """The words before the figure at `place`, up to a border of the clause or another figure; `dates` are placeholders to leave out."""
    found: list[str] = []
    at = place - 1
    first = max(0, place - _FARTHEST)
    while at >= first:
        char = text[at]
        if char in "）)":
            opened = max(text.rfind("（", first, at), text.rfind("(", first, at))
            if opened < 0:
                return Left("".join(reversed(found)), char)
            at = opened - 1
            continue
        if char in _BORDERS or char in "（(":
            return Left("".join(reversed(found)), char)
        if "\ue000" <= char <= "\uf8ff" and char not in dates:
            return Left("".join(reversed(found)), char)
        if char == "、" and at and "\ue000" <= text[at - 1] <= "\uf8ff":
            return Left("".join(reversed(found)), char)
        found.append(char)
        at -= 1
    return Left("".join(reversed(found)), "")


def right_of(text: str, place: int) -> str:
    """The noun behind a figure, up to what ends it: a border, a figure, a verb or a particle."""
    words = _words()
    start = at = place + 1
    end = min(len(text), at + _LONGEST_BEHIND)
    within = next((word for word in words.within if text.startswith(word, at)), "")
    start = at = at + len(within)  # 20分钟内[完成]
    while at < end:
        char = text[at]
        if inner := words.inner.at(text, at):
            at += len(inner)  # 高中, 国有企业
            continue
        if "\ue000" <= char <= "\uf8ff" or char in words.stop_marks or (at == start and char in words.per):
            break
        if at > start and (char in words.stop_characters or words.stops.at(text, at)):
            inside = char in _PLACES and text[at + 1 : at + 2].isalpha() and text[at + 1] not in "的有共"  # 县中医院
            if not inside and (char not in _JOINED or _another_figure(text, at + 1)):
                break
        elif at == start and char in words.stop_first and not text.startswith(words.begins, at):
            break
        at += 1
    return text[place + 1 : at].rstrip("和及与、")


_JOINED, _PLACES = frozenset("和及与、"), frozenset("中内外上下后前时")


def _another_figure(text: str, at: int) -> bool:
    """Whether a figure stands behind 和 before the clause ends: 5所小学和10所幼儿园."""
    for char in text[at : at + _LONGEST_BEHIND]:
        if "\ue000" <= char <= "\uf8ff":
            return True
        if char in _BORDERS:
            return False
    return False


# 占学生总数的64.2%, 在全部产值中服务业所占的比重: the part stands before, the whole behind 占
_SHARE = pattern(
    "(?P<part>.*?)(?P<taken>(?:所?占|佔)(?P<whole>.{0,24}?)的?(?:比重|比例|份额|比率)?的?[约近超逾]{0,2})$"
)
# 比上年预算, 较2018年, 与去年同期相比
_COMPARED = pattern("(?P<above>[高低快慢]于)?(?(above)|(?:比|较|(?:与|同|和)(?=.*相比)))(?P<base>[^比较占]{1,14})$")


def statement(quantity: Quantity, left: Left, right: str) -> Statement:
    """What a figure with its words on both sides says."""
    words = _words()
    dimension = "" if quantity.unit is None else quantity.unit.dimension
    said, scope = _BASE.sub("", left.words.rstrip(" ")), set[str]()
    if dimension == "[rate]" and (share := _SHARE.match(said)) is not None:
        part = without_holder(_noun(share["part"], scope))
        return Statement("share", part or None, None, frozenset(scope), carried=not part)
    direction: Direction | None = None
    change = arrived = new = False
    while said := said.rstrip(" 、"):
        if not change and (ending := words.arrivals.at_end(said)):
            arrived, direction = True, words.direction.get(ending.rstrip("到至为了"), direction)
        elif not (change or arrived) and (ending := words.changes.at_end(said)) and not _part_of_word(said, ending):
            if ending in words.new and (right or not _noun(said[: -len(ending)], set())):
                new = True
                scope.add(ending)
                break
            change, direction = True, words.direction[ending]
        elif ending := words.before.at_end(said):
            if ending in words.scopes:
                scope.add(ending)
        elif (compared := _compared(said)) is not None:
            said = said[:compared]
            continue
        elif "\ue000" <= said[-1] <= "\uf8ff":  # 增加到2021年的
            ending = said[-1]
        else:
            break
        said = said[: -len(ending)]
    if dimension == "[rate]" and not change and said.endswith(words.among):
        part = without_holder(_noun(said[:-1], scope))  # 居民中九成
        if part:
            return Statement("share", part, None, frozenset(scope))
    if dimension == "[rate]" and not change and (ending := words.shares.at_end(said)):
        part = without_holder(_noun(said[: -len(ending)], scope))
        return Statement("share", part or None, direction, frozenset(scope), carried=not part)
    whole = _noun(_BASE.sub("", said), scope)
    noun = without_holder(whole)
    doubtful = _doubtful(noun) or (
        words.listed.at_end(left.words) != "" and any(mark in noun for mark in words.joining)
    )
    if doubtful or _only_place(whole, dimension):
        noun = ""
    if quantity.surface in words.score_units and (ending := words.scores.at_end(left.words)):
        return Statement("level", words.score, None, frozenset(scope))
    kind = _type(quantity, left.words, right, change=change, arrived=arrived)
    behind = "" if _moves(right) or change or arrived else right.strip("的 ")
    if dimension == "[time]" and right.startswith(words.within):
        behind = right.lstrip("".join(words.within))  # 30天内退款
    elif dimension == "[time]" and behind[:1] in "年来间内以" and behind:
        behind = ""  # 近五年年均增速
    if kind == "share" or (dimension == "[rate]" and right.startswith(_HELD)):
        noun, kind = behind or noun, "share"
    elif behind and (_counts(quantity) or not noun or noun in words.verbs or new):
        noun = behind
    elif len(behind) > 1 and dimension in _OF_LAND and generic_head(noun) == "" and noun not in words.generic:
        noun = behind  # 河谷52万亩天然草场
    if kind == "rank" and not noun:
        noun = words.rank
    metric = "年龄" if dimension == "[age]" and not change and noun != "平均年龄" else noun or None
    return Statement(
        kind,
        metric,
        direction if change or arrived else None,
        frozenset(scope),
        carried=(metric is None and not doubtful) or metric in words.generic,
    )


def _doubtful(noun: str) -> bool:
    """Whether a stretch is no noun phrase: it is longer than one, or holds a word that none holds."""
    return len(noun) > _LONGEST_SURE or _doubts().search(noun) is not None


def _only_place(noun: str, dimension: str) -> bool:
    """Whether persons or households are counted of a place, which is no noun of theirs: 柳林村共有175户."""
    return dimension in ("[household]", "[person]") and _words().settled.at_end(noun) != ""


def trend_before(text: str, place: int, dates: str) -> str | None:
    """The noun of the clause before the one of a figure, where it says how that went: 进出口增速较快，同比增长8%."""
    low = max(0, place - _FARTHEST)
    border = text.rfind("，", low, place)
    if border < 0 or text.rfind("；", low, place) > border:
        return None
    left = left_of(text, border, dates)
    if not left.words.strip(dates) and left.border == "，":
        border = text.rfind("，", low, border)  # 投资较快增长，1到8月，达到
        left = left_of(text, border, dates) if border >= 0 else left
    words, said, went = _words(), left.words, False
    while ending := words.trends.at_end(said) or words.before.at_end(said) or words.changes.at_end(said):
        went = went or ending in words.trends.words
        said = said[: -len(ending)]
    if not went or "\ue000" <= left.border <= "\uf8ff":
        return None
    noun = without_holder(_noun(said, set()))
    return None if _doubtful(noun) else noun or None


_OF_LAND = frozenset(["[area]", "[mass]", "[volume]", "[energy]"])
_HELD = ("股权", "股份")
# 由2012年的28万吨: the base of a change, its date between
_BASE = pattern(
    "(?:由|从)(?:[\ue000-\uf8ff]|过去|现在|上月|上季度|上季|现行|目前|原来|最初|原先|此前|当初|上年|去年|同期)?(?:年|月)?的?$"
)
_COMPARING = frozenset("比较与同和于")


def _compared(said: str) -> int | None:
    """Where 比上年预算, 较2018年 begins at the end of a stretch; None where none does."""
    found = _COMPARED.search(said) if not _COMPARING.isdisjoint(said) else None
    if found is None:
        return None
    base = found["base"]
    if found["above"]:
        return found.start()
    if any(word in base for word in _words().bases) or any("\ue000" <= char <= "\uf8ff" for char in base):
        return found.start()
    return None


def _moves(right: str) -> bool:
    """Whether the words behind a figure are the verb of the next: 40个减少到29个."""
    verb = _words().change_first.at(right, 0)
    return bool(verb) and right[len(verb) :] in ("", "到", "至", "为", "了")


def generic_head(noun: str) -> str:
    """The head of a noun that says nothing alone, which names before it share: 单产 of 大豆单产; an empty one for none."""
    head = _words().heads.at_end(noun)
    return head if head != noun else ""


def _type(quantity: Quantity, left: str, right: str, *, change: bool, arrived: bool) -> ClaimType:
    """The type of a statement, the first that fits."""
    dimension = "" if quantity.unit is None else quantity.unit.dimension
    if quantity.kind == "ratio":
        return "ratio"
    if dimension == "[point]":
        return "points"
    if dimension in ("[multiple]", "[doubling]"):
        return "multiple"
    if dimension == "[rate]":
        if right.startswith("的") and not change and not left.endswith(("增长", "下降")):
            return "share"
        return "change_rate" if change else "rate"
    if left.endswith("每") or (
        dimension == "[age]" and (right or quantity.approximation in ("over", "under", "range"))
    ):
        return "reference"
    if quantity.surface in ("位", "名") and left.endswith(_words().ranks):
        return "rank"
    if change and not arrived:
        return "change"
    if "/" in dimension or _words().means.search(left) is not None:
        return "mean"
    return "target_level" if arrived else "level"


def _part_of_word(said: str, verb: str) -> bool:
    """Whether a verb of one character only ends another word: 最多, 提升 is listed whole, 至少."""
    return len(verb) == 1 and said[-2:-1] in "最至不很众许大更较这那并繁诸差"


def _counts(quantity: Quantity) -> bool:
    """Whether the noun that is counted stands behind the figure: 7个乡, 38人党纪处分, 105家中心."""
    return quantity.unit is None or quantity.unit.counted


def _noun(said: str, scope: set[str]) -> str:
    """The noun phrase at the end of a stretch: what opens the clause is cut off, and what is too long from its front."""
    words = _words()
    said = "".join(char for char in said if not "\ue000" <= char <= "\uf8ff").strip(" “”")
    start = 0
    while not said.startswith(words.begins, start) and (opening := words.openings.at(said, start)):
        if opening in words.opening_scopes:
            scope.add(opening)
        start += len(opening)
        if start >= len(said):
            return ""
    said = said[start:]
    said = said[-_LONGEST_NOUN:]
    cut = max((found.end() for found in _cuts().finditer(said) if found.end() < len(said) - 1), default=0)
    said = said[cut:].strip(" 的")
    return "" if said in words.nothing else said


@cache
def _doubts() -> re.Pattern[str]:
    return re.compile("|".join(words_of("claims", "doubts")))


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words_of("claims", "cuts"), key=len, reverse=True)))
