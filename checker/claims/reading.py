"""From the words around a figure to what it measures.

Chinese puts the measured noun before the figure and its verb (产业扶贫项目分红450万元) or, with a measure word, behind it
(21个贫困村). Both are taken from the figure's own clause; a period and a holder hold until another replaces them.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from checker.claims.model import Claim
from checker.claims.periods import Period
from checker.document import Document
from checker.lazily import pattern
from checker.quantities import Quantity
from checker.skeleton import Skeleton

if TYPE_CHECKING:
    from checker.tables.view import ReadTable

__all__ = ["Claims"]

_LEFT_LENGTH = 24
# The stretch of the clause before a figure: no other figure, nothing that ends a clause.
_LEFT = pattern(r"[^\ue000-\ue0ff，。；：！？\n（）]*\Z")
_LETTER = r"[^\W\d_]"  # Han, and what is told from Han at no cost
# The noun behind a measure word, up to the first word that cannot be in it: 21个[贫困村]全部出列
_RIGHT = pattern(
    rf"(?:{_LETTER}|[“”《》]){{1,14}}?(?=$|(?!{_LETTER}|[“”《》])|[的了在被已均都也将是为有由从到以可能会并和及与或等中内外上下后前时不把对向给让使于获占达共]"
    r"|全部|实现|脱贫|出列|受益|增收|参加|进行|纳入|通过|完成|建立|建成|发展|组织|分别|实施)"
)
# What stands between the noun and its figure: 分红[达到], 项目[共有], 收入[约为]
_VERBS = pattern(
    r"(?:已|已经|共|总共|一共|共计|合计|总计|累计|分别|均|各|约|仅|只|就|还|又|再|也|则|都|高|多|可|将|平均|人均|户均|其中)*"
    r"(?:达到了?|达成?|为|是|有|实现|完成|突破|超过?|增长到|增加到|增至|升至|降至|降到|下降到|减少到|提高到|提升到|上升到|扩大到|回升至|回落至|至|到|占|得|了|，)*$"
)
_OPENING = pattern(
    r"^(?:其中|当中|截至|目前|全年|现|现在|另有|另外|此外|同时|去年|今年|当年|同年|上年|本年|年末|年底|年初|末|底|初|，|、)+"
)
_CHANGED = pattern("(?:(?<!新)增加?|减少?|多|少|下降|上升|上涨|提高|增长|升|降|跌|涨|高|低)了?[约近逾超达]{0,2}$")
_NEAR_FIGURES = 200  # before a figure that are looked at
_EARLIER = pattern("(?:[上去前]年|上期|同期|上月|期初)(?:末|底|同期)?(?:为|是|仅|只有|有|的)?$")
_NO_SCOPE: frozenset[str] = frozenset()
_SCOPE = pattern("其中|当中|累计|新增|共计|总计|合计|共|人均|户均|亩均|平均|同比|环比|计划|预计|力争|目标")
# A place or a body, told from its last character: 全县, 我省, 本行; 甘肃省, 静宁县
_LAST_OF_HOLDER = pattern("[国省市县区州乡镇村校行厂院队盟旗球年司屯]")
_WHOLE_HOLDER = pattern("全[国省市县区州乡镇村校行厂院队盟旗球年]|[我本该各两][国省市县区州乡镇村校行厂院司]")
_NAMED_HOLDER = pattern(
    rf"(?:(?![A-Za-z的和与及在对为是有各等其中了个省市县区乡镇村]){_LETTER}){{1,6}}(?:自治区|[省市县区州乡镇村屯])\Z"
)
_OF_OFFICE = frozenset("级政委民")  # 县级, 市委: no place
_LONGEST_HOLDER = 9


class Claims(Sequence[Claim]):
    """One claim for each quantity of a document, in the same order; each is worked out when it is first asked for.

    Most texts are checked without a look at most of their claims. Fields that the text does not give stay None.
    `cells` are the ids of what stands in a table: it says nothing of the text around it, nor that of it. What its
    numbers measure the heads of `tables` tell.
    """

    def __init__(
        self,
        document: Document,
        quantities: Sequence[Quantity],
        skeleton: Skeleton,
        cells: Container[int] = (),
        tables: Sequence[ReadTable] = (),
    ) -> None:
        self._document = document
        self._quantities = quantities
        self._skeleton = skeleton
        self._cells = cells
        self._tables = tables
        self._made: dict[int, Claim] = {}

    def __len__(self) -> int:
        return len(self._quantities)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        number = self._quantities[index].id
        if number not in self._made:
            self._made[number] = self._claim(number)
        return self._made[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as any sequence that compares by what it holds

    def _claim(self, number: int) -> Claim:
        if number in self._cells:
            return next((t.claim(number) for t in self._tables if number in t.places), Claim(number))
        place = self._skeleton.place_of.get(number)
        if place is None or self._quantities[number].kind != "quantity":
            return Claim(number)
        text = self._skeleton.text
        left = _LEFT.search(text[max(0, place - _LEFT_LENGTH) : place])
        words = left.group() if left is not None else ""
        return Claim(
            number,
            metric=_metric(words) if words else None,
            holder=self._holders[number],
            period=self._periods[number],
            scope=frozenset(_SCOPE.findall(words)) if words else _NO_SCOPE,
            head=self._noun(place),
        )

    def head(self, number: int) -> str | None:
        """The head of one claim, without the rest of it."""
        place = self._skeleton.place_of.get(number)
        if (
            number in self._cells
            or number in self._made
            or place is None
            or self._quantities[number].kind != "quantity"
        ):
            return self[number].head
        return self._noun(place)

    def none_of_unit_between(self, first: int, second: int) -> bool:
        """Whether no figure of the unit of the first stands between two figures, but for changes and bases."""
        unit = self._quantities[first].unit
        between = self._quantities[first + 1 : second]
        return not any(
            q.unit == unit and q.kind == "quantity" and not (self.is_change(q.id) or self.is_earlier(q.id))
            for q in between
        )

    def is_first_of_unit(self, number: int) -> bool:
        """Whether no figure of the same unit stands before this one in its sentence."""
        place = self._skeleton.place_of.get(number)
        if place is None:
            return False
        start, _ = self._skeleton.sentence(place)
        unit = self._quantities[number].unit
        for earlier in range(number - 1, max(-1, number - _NEAR_FIGURES), -1):
            at = self._skeleton.place_of.get(earlier)
            if at is None:
                continue  # 第一剂: no figure of the skeleton
            if at < start:
                break
            if self._quantities[earlier].unit == unit and self._quantities[earlier].kind == "quantity":
                return False
        return True

    def is_change(self, number: int) -> bool:
        """Whether the word right before a figure makes it a change: 增加 · 多增 · 少; 新增 counts something new."""
        place = self._skeleton.place_of.get(number)
        return place is not None and _CHANGED.search(self._skeleton.text, max(0, place - 6), place) is not None

    def is_earlier(self, number: int) -> bool:
        """Whether a figure is given only as that of an earlier period: 上年为452.8亿元, 去年同期300户."""
        place = self._skeleton.place_of.get(number)
        return place is not None and _EARLIER.search(self._skeleton.text, max(0, place - 8), place) is not None

    def _noun(self, place: int) -> str | None:
        right = _RIGHT.match(self._skeleton.text, place + 1)
        return right.group() if right is not None else None

    @cached_property
    def _holders(self) -> list[str | None]:
        """For each quantity the last holder that is named before it."""
        holders: list[str | None] = []
        holder: str | None = None
        read_to = 0
        for quantity, place in self._places():
            if place is not None and quantity.kind == "quantity" and quantity.id not in self._cells:
                holder = _last_holder(self._skeleton.text, read_to, place) or holder
                read_to = place
            holders.append(holder)
        return holders

    @cached_property
    def _periods(self) -> list[str | None]:
        """For each quantity the period in force where it stands."""
        periods: list[str | None] = []
        period = Period(self._document)
        read_to = 0
        for quantity, place in self._places():
            if place is not None and quantity.id not in self._cells:
                period.words(self._skeleton.text[read_to:place])
                period.figure(quantity)
                read_to = place
            periods.append(period.of_figure)
        return periods

    def _places(self) -> Iterator[tuple[Quantity, int | None]]:
        places = self._skeleton.place_of
        return ((quantity, places.get(quantity.id)) for quantity in self._quantities)


def _last_holder(text: str, start: int, end: int) -> str | None:
    """The last name of a place or a body in a stretch of the skeleton."""
    for last in reversed(list(_LAST_OF_HOLDER.finditer(text, start, end))):
        close = last.end()
        whole = _WHOLE_HOLDER.fullmatch(text, max(start, close - 2), close)
        if whole is not None:
            return whole.group()
        named = _NAMED_HOLDER.search(text[max(start, close - _LONGEST_HOLDER) : close])
        if named is not None and (close == end or text[close] not in _OF_OFFICE):
            return named.group()
    return None


def _metric(words: str) -> str | None:
    noun = _VERBS.sub("", _OPENING.sub("", words.strip()))
    return noun or None
