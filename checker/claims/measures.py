"""What the words around one figure say of it: the noun that is measured, the type of statement, and its direction.

Chinese puts the measured noun before the figure and its verb (合作社分红450万元) or, with a measure word, behind it
(21个贫困村). Both are taken from the figure's own clause. The words come from ``language/zh/claims.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Literal, NamedTuple

from checker.claims.holders import without_holder
from checker.language.lexicon import Beginnings, Endings, table_of, words_of
from checker.patterns import need_of, pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_range

__all__ = [
    "ClaimType",
    "Clauses",
    "Direction",
    "Left",
    "Statement",
    "dates_and_hours",
    "doubtful",
    "generic_head",
    "named_in",
    "statement",
    "trend_before",
    "without_span",
    "without_verb",
]

ClaimType = Literal[
    "level", "target_level", "change", "change_rate", "share", "mean", "points", "multiple", "ratio", "rate", "rank", "reference", "other"
]  # fmt: skip
Direction = Literal["up", "down"]

_FARTHEST = 60  # characters before a figure that are looked at
_BORDERS = frozenset("，,；;：:。！？\n？【】《》[]")
_LONGEST_NOUN = 24  # characters of a noun before its figure
_LONGEST_BEHIND = 18
_LONGEST_SURE = 18  # characters of a noun that is not taken for a clause
_LONGEST_PART = 14  # characters of a clause that says what a part does
_LONGEST_HEAD = 8  # characters of a noun behind a clause that describes it
_PLACEHOLDER = pattern("[\ue000-\uf8ff]")


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
    points_back: bool = False  # it says so: 这一数字
    bare: bool = False  # only a verb stands there: [新建]8公里
    only_when: bool = False  # a stretch of time that nothing is said of: 近5年来
    holder: str | None = None  # to whom 分别 hands it


class _Words:
    """The lists of ``claims.toml``, made ready once."""

    def __init__(self) -> None:
        up, down = words_of("claims", "change", "up"), words_of("claims", "change", "down")
        arrival = words_of("claims", "change", "arrival")
        self.new = frozenset(words_of("claims", "change", "new"))
        self.direction: dict[str, Direction] = {**dict.fromkeys(up, "up"), **dict.fromkeys(down, "down")}
        self.changes = Endings([*up, *down])
        self.extents = Endings(words_of("links", "extent"))
        self.arrivals = Endings(f"{verb}{to}" for verb in (*up, *down) for to in arrival)
        self.before = Endings(words_of("claims", "before"))
        self.whole = Endings(words_of("claims", "before", "whole"))
        # the characters that a verb of change, or a word right before a figure, ends with
        self.times = Endings(words_of("claims", "before", "times"))
        self.last = frozenset(word[-1] for each in (self.changes, self.arrivals, self.before) for word in each.words)
        self.means = re.compile("|".join(words_of("claims", "mean")))
        self.openings = Beginnings(words_of("claims", "openings"))
        self.heads_behind = words_of("claims", "generic", "behind")
        self.heads = Endings(words_of("claims", "generic", "heads"))
        self.generic = self.heads.words
        self.weak = frozenset(words_of("claims", "generic", "weak"))
        self.trends = Endings(words_of("claims", "trends"))
        self.shares = Endings(words_of("claims", "share", "nouns"))
        self.stops = Beginnings(words_of("claims", "behind"))
        self.taken = frozenset(words_of("claims", "share", "taken"))
        self.of = "".join(words_of("claims", "behind", "of"))
        self.says = Beginnings(words_of("claims", "share", "says"))
        self.does = Beginnings(words_of("claims", "share", "does"))
        self.at_once = words_of("claims", "behind", "at_once")
        self.describing = words_of("claims", "behind", "describing")
        self.speech = words_of("claims", "doubts", "speech")
        self.rest = table_of("claims", "behind", "rest")
        self.no_part = Endings(words_of("claims", "share", "no_part"))
        self.rates = Beginnings(self.no_part.words)
        self.held = words_of("claims", "share", "held")
        self.inside = frozenset(words_of("claims", "change", "inside"))
        self.bases_of_change = frozenset(words_of("claims", "periods", "bases"))
        self.age, self.mean_age = words_of("claims", "age")
        self.per = words_of("claims", "mean", "per")
        self.each = Endings(f"{self.per[0]}{unit}" for unit in words_of("claims", "mean", "each"))
        self.among = words_of("claims", "share", "among")
        self.rate_nouns = Endings(words_of("claims", "share", "rates"))
        self.in_all = Endings(words_of("claims", "holders", "deictic"))
        self.whose = words_of("claims", "share", "whose")[0]
        self.inner = Beginnings(words_of("claims", "behind", "inner"))
        self.stop_characters = frozenset(words_of("claims", "behind", "characters"))
        self.stop_marks = frozenset(words_of("claims", "behind", "marks"))
        # the characters behind a figure that may begin what ends the noun, or what holds such a character
        self.telling_behind = self.stop_characters | self.stop_marks | self.stops.first | self.inner.first
        self.stop_first = frozenset(words_of("claims", "behind", "first"))
        self.begins = words_of("claims", "behind", "begins")
        self.verbs = Endings(words_of("claims", "verbs"))
        self.verbs_first = Beginnings(self.verbs.words)
        self.nothing = frozenset(words_of("claims", "nothing"))
        self.short = frozenset(words_of("claims", "short"))
        self.change_first = Beginnings([*up, *down])
        self.bases = words_of("claims", "comparison", "bases")
        self.scopes = frozenset(words_of("claims", "scope"))
        self.opening_scopes = frozenset(words_of("claims", "scope", "opening"))
        self.ranks = words_of("claims", "rank")
        self.rank = self.ranks[0]
        self.pointing = Beginnings(words_of("claims", "pointing"))
        self.pointed = frozenset(words_of("claims", "pointing", "nouns"))
        self.scores = Endings(words_of("claims", "scores"))
        self.score_units = words_of("claims", "scores", "units")
        self.score = words_of("claims", "scores", "noun")[0]
        self.settled = Endings(words_of("claims", "settlements"))
        self.listed = Endings(words_of("claims", "periods", "listed"))
        self.joining = words_of("claims", "periods", "joining")
        self.within = words_of("claims", "within")
        self.listing = self.joining[0]
        self.listing_marks = tuple(word for word in self.joining if len(word) == 1 and word != "，")
        self.spans = Endings(words_of("claims", "spans"))
        self.behind_spans = words_of("claims", "spans", "behind")
        self.done = Beginnings(words_of("claims", "listed"))
        self.bare = frozenset(words_of("claims", "bare"))


@cache
def _words() -> _Words:
    return _Words()


class Clauses:
    """The clauses of a text: what stands on both sides of its figures."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks = [found.start() for found in _marks().finditer(text)]

    def left_of(self, place: int) -> Left:
        """The words before the figure at `place`, up to a border of the clause or another figure."""
        text, marks = self.text, self._marks
        words, end = "", place
        first = max(0, place - _FARTHEST)
        number = bisect_left(marks, place) - 1
        while number >= 0 and (at := marks[number]) >= first:
            if text[at] in "）)":
                opened = max(text.rfind("（", first, at), text.rfind("(", first, at))
                if opened >= 0:
                    words, end = text[at + 1 : end] + words, opened
                    number = bisect_left(marks, opened) - 1
                    continue
            return Left(text[at + 1 : end] + words, text[at])
        return Left(text[first:end] + words, "")

    def said_behind(self, place: int) -> str:
        """What a part says or is, behind its share: 七成[受访者]表示[支持]; empty without such a verb."""
        words, start = _words(), place + 1
        if words.does.at(self.text, start):
            rest = self.rest_behind(place)
            return rest if len(rest) <= _LONGEST_PART else ""
        verb = words.says.at(self.text, start)
        end = start
        while end < min(len(self.text), start + _LONGEST_BEHIND) and not self._ends_clause(self.text[end]):
            end += 1
        return self.text[start + len(verb) : end].strip("“”") if verb else ""

    def rest_behind(self, place: int) -> str:
        """What a clause says behind a share, its noun with its verb: 七成[养蜂户换了蜂箱]; empty where the next clause says it."""
        start = end = place + 1 + self.text.startswith(_words().of, place + 1)
        while end < min(len(self.text), start + _LONGEST_BEHIND) and not (
            self._ends_clause(self.text[end]) or self.text[end].isspace()
        ):
            end += 1
        if end < len(self.text) and "\ue000" <= self.text[end] <= "\uf8ff" and self.text[end - 1] not in _JOINING:
            return self.right_of(place)  # 三成居民给予食堂[5分]: it says more than that
        return (
            "" if self.text.startswith(_words().whose, end + 1) else self.text[start:end].strip("“” ").rstrip(_JOINING)
        )

    @staticmethod
    def _ends_clause(char: str) -> bool:
        return char in _BORDERS or char in "、（(）)" or "\ue000" <= char <= "\uf8ff"

    def right_of(self, place: int) -> str:
        """The noun behind a figure, up to what ends it: a border, a figure, a verb or a particle."""
        text, words = self.text, _words()
        start = at = place + 1
        end = min(len(text), at + _LONGEST_BEHIND)
        within = next((word for word in words.within if text.startswith(word, at)), "")
        at += len(within)  # 20分钟内[完成]
        at += text.startswith(words.of, at)  # 3亿度的[绿色电能]
        start = at
        if text.startswith(words.at_once, at):
            return ""  # 其中5个处于失控状态
        while at < end:
            char = text[at]
            if at > start and char not in words.telling_behind and not "\ue000" <= char <= "\uf8ff":
                at += 1
                continue
            if at > start and words.stops.at(text, at):
                break
            if inner := words.inner.at(text, at):
                at += len(inner)  # 高中, 国有企业
                continue
            if "\ue000" <= char <= "\uf8ff" or char in words.stop_marks or (at == start and char in words.per):
                break
            if at > start and char in words.stop_characters:
                inside = (
                    char in _PLACES and text[at + 1 : at + 2].isalpha() and text[at + 1] not in "的有共"
                )  # 县中医院
                if not inside and (char not in _JOINED or _another_figure(text, at + 1)):
                    break
            elif at == start and char in words.stop_first and not text.startswith(words.begins, at):
                break
            at += 1
        if text.startswith(words.describing, start) and text.startswith(words.of, at) and at < end:
            return self.right_of(at)  # 80颗暗弱的[脉冲星]
        return text[place + 1 : at].rstrip(_JOINING)


@cache
def _marks() -> re.Pattern[str]:
    """What may end a clause on the left: a comma, a bracket, a figure but for dates and hours; 、 behind a figure."""
    first, *others = sorted(placeholder_range(name) for name in ("date", "clock"))
    # the placeholders before, between and behind those of dates and hours
    starts = ["\ue000", *(chr(ord(last) + 1) for _, last in (first, *others))]
    stops = [*(chr(ord(start) - 1) for start, _ in (first, *others)), "\uf8ff"]
    figures = "".join(f"{start}-{stop}" for start, stop in zip(starts, stops, strict=True) if start <= stop)
    borders = re.escape("".join(sorted(_BORDERS)))
    return re.compile(f"[{borders}（()）{figures}]|(?<=[\ue000-\uf8ff])、")


@cache
def dates_and_hours() -> str:
    """The placeholders of dates and hours, which are no border of a clause."""
    runs = (placeholder_range(name) for name in ("date", "clock"))
    return "".join(chr(code) for first, last in runs for code in range(ord(first), ord(last) + 1))


_JOINING = "和及与、"
_JOINED, _PLACES = frozenset(_JOINING), frozenset("中内外上下后前时")


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
_COMPARED = pattern(
    "(?P<above>[高低快慢]于)?(?(above)|(?:(?:同(?=比))?相?比|相?较|(?:与|同|和)(?=.*相比)))(?P<base>[^比较占]{1,14})$"
)


def statement(quantity: Quantity, left: Left, right: str, rest: str | None = None) -> Statement:
    """What a figure with its words on both sides says; `rest` is all that the clause says behind it."""
    words = _words()
    dimension = "" if quantity.unit is None else quantity.unit.dimension
    said = _without_base(left.words.rstrip(" "))
    scope: set[str] = set()
    if dimension == "[time]" and (words.spans.at_end(said) or right.startswith(words.behind_spans)):
        return Statement("level", None, only_when=True)  # 过去5年
    if dimension == "[rate]" and not words.taken.isdisjoint(said) and (share := _SHARE.match(said)) is not None:
        part = share["part"].rstrip(" ")
        while (ending := words.before.at_end(part)) and not words.whole.at_end(part):  # 两项[分别]占
            part = part[: -len(ending)]
        part = part.removesuffix(words.in_all.at_end(part)) or part  # 出口[全国]占比
        part = _sure(without_holder(_noun(part, scope)))
        return Statement("share", part or None, None, frozenset(scope), carried=not part)
    times = _times().match(said) if said.endswith(words.of) and dimension in ("[rate]", "[multiple]") else None
    if times is not None:
        said = times["part"]
    direction: Direction | None = None
    change = arrived = new = False
    while said := said.rstrip(" 、"):
        if time := words.times.at_end(said):
            compared = _compared(said)  # 比去年增加; 订单今年增加
            said = said[: -len(time)] if compared is None else said[:compared]
            continue
        if said[-1] not in words.last or words.whole.at_end(said):
            ending = ""
        elif not change and (ending := words.arrivals.at_end(said)):
            arrived, direction = True, words.direction.get(ending.rstrip("到至为了"), direction)
        elif arrived and dimension == "[rate]" and (ending := words.extents.at_end(said)):
            change, arrived, direction = True, False, words.direction[ending]  # 涨幅扩大至3.1%
        elif not (change or arrived) and (ending := words.changes.at_end(said)) and not _part_of_word(said, ending):
            if ending in words.new and (right or not _noun(said[: -len(ending)], set())):
                new = True
                scope.add(ending)
                break
            change, direction = True, words.direction[ending]
        elif ending := words.before.at_end(said):
            if ending in words.scopes:
                scope.add(ending)
        else:
            ending = ""
        if not ending and (compared := _compared(said)) is not None:
            said = said[:compared]
            continue
        if not ending and "\ue000" <= said[-1] <= "\uf8ff":  # 增加到2021年的
            ending = said[-1]
        ending = ending or words.each.at_end(said)
        if not ending:
            break
        said = said[: -len(ending)]
    if dimension == "[rate]" and not change and said.endswith(words.among):
        part = _sure(without_holder(_noun(said[:-1], scope)))  # 居民中九成
        if part:
            return Statement("share", part, None, frozenset(scope))
    if dimension == "[rate]" and not change and (ending := words.shares.at_end(said)):
        said = said[: -len(ending)]
        said = said.removesuffix(words.in_all.at_end(said)) or said  # 出口[全国]占比
        part = _sure(without_holder(_noun(said, scope)))
        return Statement("share", part or None, direction, frozenset(scope), carried=not part)
    said, pointed = _pointing(_without_base(said))
    whole = _noun(said, scope)
    noun = without_holder(whole)
    noun = "" if noun in words.nothing or noun.startswith(words.listing) else noun  # 江苏、[山东]都
    unsure = words.listed.at_end(left.words.rstrip(" ")) != ""  # only the last of a list: 甲、乙等[30家]
    if doubtful(noun):
        head = noun if any(word in left.words for word in words.speech) else _head_behind(noun)
        unsure = unsure or doubtful(head) or head in words.weak
        noun = head
    if unsure or _only_place(whole, dimension):
        noun = ""
    if quantity.surface in words.score_units and (ending := words.scores.at_end(left.words)):
        return Statement("level", words.score, None, frozenset(scope))
    kind = _type(quantity, left.words, right, change=change, arrived=arrived)
    if times is not None and kind == "rate":
        kind = "share"
    behind = "" if _moves(right) or change or arrived else right.strip("的 “”")
    behind = words.rest.get(behind, behind)
    if behind in words.nothing or not _LETTER.search(behind) or (len(behind) == 1 and behind not in words.short):
        behind = ""
    if dimension == "[time]" and right.startswith(words.within):
        behind = right.lstrip("".join(words.within))  # 30天内退款
    elif dimension == "[time]" and behind[:1] in "年来间内以" and behind:
        behind = ""  # 近五年年均增速
    if kind == "reference" and left.words.endswith(words.per[0]):
        behind = "" if behind.startswith(words.among) else behind  # 每10万人[中]
        noun = ""  # 向全体股东每[10股]
        if not behind or words.verbs_first.at(behind, 0):
            behind = (quantity.surface or "") if _counts(quantity) else ""  # 每10股派发
    if times is not None:
        pass
    elif kind == "share" or (dimension == "[rate]" and right.startswith(words.held)):
        if words.rates.at(behind, 0):
            kind = "rate"  # 以8%的速度增长
        elif words.no_part.at_end(behind):
            kind, noun = "rate", behind  # 按照8%的差额比例
        else:
            noun, kind = behind or noun, "share"
            if behind and rest == "" and not right.startswith(words.held):
                noun, unsure = "", True  # 九成的养蜂户，其年收入
    elif (
        dimension == "[rate]" and kind == "rate" and behind in words.no_part.words and not words.rate_nouns.at_end(noun)
    ):
        noun = behind  # 对进口商品加征5%关税
    elif (
        rest is not None
        and dimension == "[rate]"
        and len(behind) > 1
        and kind == "rate"
        and not words.rate_nouns.at_end(noun)
        and not left.words.endswith(words.of)
        and not words.rates.at(behind, 0)
        and not words.no_part.at_end(behind)
        and not words.rate_nouns.at_end(behind)
    ):
        noun, kind = _part(behind, rest), "share"  # 七成养蜂户换了蜂箱
        unsure = noun == ""
    elif len(behind) == 1 and noun and not words.settled.at_end(noun):
        pass  # 学校数达300[校]
    elif behind and (_counts(quantity) or not noun or words.verbs.at_end(noun) or new):
        noun = behind
    elif (
        len(behind) > 1
        and dimension in _OF_LAND
        and not right.startswith(words.of)
        and generic_head(noun) == ""
        and noun not in words.generic
    ):
        noun = behind  # 河谷52万亩天然草场
    if dimension in _NAMES_OF_PLACES:
        noun, unsure = quantity.surface or "", False  # 沿线九[市]一体打造林场
    if kind == "rank" and not noun:
        noun = words.rank
    bare = noun in words.bare
    if bare:
        noun = ""
    metric = words.age if dimension == "[age]" and not change and noun != words.mean_age else noun or None
    return Statement(
        kind,
        metric,
        direction if change or arrived else None,
        frozenset(scope),
        carried=(metric is None and not unsure) or metric in words.generic,
        points_back=pointed,
        bare=bare,
    )


def _part(noun: str, rest: str) -> str:
    """What a share is of: the noun behind it, with what the clause says of it (养蜂户换了蜂箱); none where that is long."""
    return rest if len(rest) <= _LONGEST_PART else noun if len(rest) <= len(noun) else ""


def _pointing(said: str) -> tuple[str, bool]:
    """The words of a clause without those that only point back, and whether they do: 这一数字, 该比例."""
    words = _words()
    noun = _PLACEHOLDER.sub("", said)
    while opening := words.openings.at(noun, 0):
        noun = noun[len(opening) :]
    word = words.pointing.at(noun, 0)
    rest = noun[len(word) :]
    back = bool(word) and (rest in words.pointed or rest in words.generic or rest in words.shares.words)
    return ("", True) if back else (said, False)


def named_in(words: str) -> str:
    """The names before 分别 in a clause, without what opens it, the holder, and what stands between them and 分别: 目前[稻谷、玉米产量]同比."""
    lists = _words()
    said = _dates_joined().sub("", _without_base(words.rstrip(" ")))
    while said := said.rstrip(" 、"):
        if (compared := _compared(said)) is not None:
            said = said[:compared]
        elif "\ue000" <= said[-1] <= "\uf8ff":
            said = said[:-1]
        elif not lists.whole.at_end(said) and (ending := lists.before.at_end(said) or lists.shares.at_end(said)):
            said = said[: -len(ending)]
        else:
            break
    named = _behind_openings(said, set())
    noun = without_holder(named)
    return named if noun.startswith(lists.joining) else noun  # 湖南、江西: of both


@cache
def _dates_joined() -> re.Pattern[str]:
    """2017年、2018年和2019年[净利润]: the times between which 、 stands."""
    joining = "|".join(sorted(words_of("claims", "periods", "joining"), key=len, reverse=True))
    return re.compile(f"[\ue000-\uf8ff]{words_of('claims', 'reports', 'own')[0]}?(?:{joining})(?=[\ue000-\uf8ff])")


def doubtful(noun: str) -> bool:
    """Whether a stretch is no noun phrase: it is longer than one, holds a word that none holds, or is the rest of another word."""
    if len(noun) > _LONGEST_SURE or (len(noun) == 1 and noun not in _words().short):
        return True
    doubts = _doubts()
    return not doubts.first.isdisjoint(noun) and doubts.words.search(noun) is not None


def _sure(noun: str) -> str:
    """A noun, or none where it is only what is left of another word: [当]中三成."""
    return "" if noun in _words().nothing or (len(noun) == 1 and noun not in _words().short) else noun


def _head_behind(clause: str) -> str:
    """The noun at the end of a clause, where 的 stands before it: 从这里发往各地的[货物]; all of it where none does."""
    noun = clause[clause.rfind(_words().of) + 1 :]
    return noun if 1 < len(noun) <= _LONGEST_HEAD else clause


def _only_place(noun: str, dimension: str) -> bool:
    """Whether persons or households are counted of a place, which is no noun of theirs: 柳林村共有175户."""
    return dimension in ("[household]", "[person]") and _words().settled.at_end(noun) != ""


def trend_before(clauses: Clauses, place: int) -> str | None:
    """The noun of the clause before the one of a figure, where it says how that went: 进出口增速较快，同比增长8%."""
    text, dates = clauses.text, dates_and_hours()
    low = max(0, place - _FARTHEST)
    border = text.rfind("，", low, place)
    if border < 0 or text.rfind("；", low, place) > border:
        return None
    left = clauses.left_of(border)
    if not left.words.strip(dates) and left.border == "，":
        border = text.rfind("，", low, border)  # 投资较快增长，1到8月，达到
        left = clauses.left_of(border) if border >= 0 else left
    words, said, went = _words(), left.words, False
    while ending := (
        words.trends.at_end(said) or words.before.at_end(said) or words.changes.at_end(said) or words.times.at_end(said)
    ):
        went = went or ending in words.trends.words
        said = said[: -len(ending)]
    if not went or "\ue000" <= left.border <= "\uf8ff":
        return None
    noun = without_holder(_noun(said, set()))
    return None if doubtful(noun) else noun or None


_OF_LAND = frozenset(["[area]", "[mass]", "[volume]", "[energy]"])
# units that are themselves what is counted
_NAMES_OF_PLACES = frozenset(["[city]", "[department]", "[country]", "[province]", "[county]", "[district]"])
_COMPARING = frozenset("比较与同和于")


def _without_base(said: str) -> str:
    return said if _words().bases_of_change.isdisjoint(said) else _base().sub("", said)


@cache
def _base() -> re.Pattern[str]:
    """由2012年的[28万吨]: the base of a change, its date between."""
    froms, times = "|".join(words_of("claims", "periods", "bases")), "|".join(words_of("claims", "bases"))
    units = "|".join((words_of("dates", "calendar", "year")[0], words_of("dates", "calendar", "month")[0]))
    return re.compile(f"(?:{froms})(?:[\ue000-\uf8ff]|{times})?(?:{units})?{words_of('claims', 'behind', 'of')[0]}?$")


def begins_from(words: str) -> bool:
    """Whether the words before a figure make it the base of a change: 涨幅由上月的[0.2%]扩大至."""
    return _base().search(words) is not None


def _compared(said: str) -> int | None:
    """Where 比上年预算, 较2018年 begins at the end of a stretch; None where none does."""
    found = _COMPARED.search(said) if not _COMPARING.isdisjoint(said) else None
    if found is None:
        return None
    base = found["base"]
    if found["above"] or (found.start() == 0 and len(base) > 1):  # 增加的[比现有的]多
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
    return len(verb) == 1 and said[-2:-1] in _words().inside


def _counts(quantity: Quantity) -> bool:
    """Whether the noun that is counted stands behind the figure: 7个乡, 38人党纪处分, 105家中心."""
    return quantity.unit is None or quantity.unit.counted


def _noun(said: str, scope: set[str]) -> str:
    """The noun phrase at the end of a stretch: what opens the clause is cut off, and what is too long from its front."""
    words = _words()
    said = _behind_openings(said, scope)[-_LONGEST_NOUN:].lstrip("、")
    if words.listing in said:
        said = _verbs_in_row().sub("", said)
    if len(said) > _LONGEST_SURE:  # 机械工程师、算法工程师等岗位的[招聘需求]
        head = said[max(said.rfind(mark) for mark in words.heads_behind) + 1 :]
        said = head if len(head) > 1 else said
    if not _cuts().first.isdisjoint(said):
        cut = max((found.end() for found in _cuts().words.finditer(said) if found.end() < len(said) - 1), default=0)
        said = said[cut:]
    said = _without_light_verb(said.strip(" 的"))
    return "" if said in words.nothing or not _LETTER.search(said) else said


@cache
def _dates_in_row() -> re.Pattern[str]:
    """2017年度2018年度[解锁比例]: the heads of the columns of a table in running text, and what stands behind them."""
    date = f"[\ue000-\uf8ff]{words_of('claims', 'reports', 'own')[0]}?"
    return re.compile(f"{date}{date}(?P<rest>[^\ue000-\uf8ff]*)$")


@cache
def _verbs_in_row() -> re.Pattern[str]:
    """[新建、]改建道路: verbs before the last, to which the noun belongs."""
    verbs = "|".join(sorted(words_of("claims", "listed"), key=len, reverse=True))
    return re.compile(f"^(?:(?:{verbs})[{''.join(_words().listing_marks)}])+(?=.{{3}})")


def without_span(words: str) -> str:
    """The words before a stretch of time that only tells when, without those that belong to it: 产量较[10年前], 产量在过去[5年]."""
    span = _words().spans.at_end(words)
    return words[: -len(span) or None].rstrip("".join(_COMPARING))


def without_verb(noun: str | None) -> str | None:
    """A noun without the verb that says what was done to it: 改造道路 → 道路."""
    verb = _words().done.at(noun, 0) if noun is not None else ""
    return noun[len(verb) :] if noun is not None and len(noun) > len(verb) + 1 else noun


def _behind_openings(said: str, scope: set[str]) -> str:
    """A stretch without what opens its clause; words of it that narrow an amount are put into `scope`."""
    words = _words()
    if (row := _dates_in_row().search(said)) is not None:
        said = row["rest"]
    said = _NUMBERED.sub("", _PLACEHOLDER.sub("", said).strip(_AROUND))
    start = 0
    while not said.startswith(words.begins, start) and (opening := words.openings.at(said, start)):
        if opening in words.opening_scopes:
            scope.add(opening)
        start += len(opening)
        if start >= len(said):
            return ""
    return said[start:]


def _without_light_verb(noun: str) -> str:
    """工业企业实现利润总额 → 工业企业利润总额, 完成固定资产投资 → 固定资产投资."""
    light = _light()
    return noun if light.first.isdisjoint(noun) else light.words.sub("", noun, count=1)


@cache
def _light() -> _Sought:
    verbs, adverbs, others = (words_of("claims", "light", key) for key in ("words", "adverbs", "not"))
    return _Sought(
        re.compile(f"(?:{'|'.join(adverbs)})?(?:{'|'.join(verbs)})(?!{'|'.join(others)})(?=..)"),
        frozenset("".join(word[0] for word in verbs)),
    )


_LETTER = pattern(r"[^\W\d_]")
_AROUND = " “”#*-+<>|●■◆•▲○"  # marks of lists and layout
_NUMBERED = pattern(r"^\d{1,2}[、.．)）] *")  # 9、[白沙镇]


class _Sought(NamedTuple):
    """Some regular expressions as one, and the characters one of which every match begins with or holds."""

    words: re.Pattern[str]
    first: frozenset[str]


@cache
def _doubts() -> _Sought:
    return _sought("doubts")


@cache
def _times() -> re.Pattern[str]:
    """网速是原来的[3倍]: what is measured, and what it is a multiple or a part of."""
    words = "|".join(sorted(words_of("claims", "times"), key=len, reverse=True))
    return re.compile(f"(?P<part>(?:.{{2,}}?)??)(?:{words})[^，]{{1,20}}{words_of('claims', 'behind', 'of')[0]}$")


@cache
def _cuts() -> _Sought:
    return _sought("cuts")


def _sought(section: str) -> _Sought:
    words = "|".join(sorted(words_of("claims", section), key=len, reverse=True))
    return _Sought(re.compile(words), frozenset(need_of(words).sets[0]))
