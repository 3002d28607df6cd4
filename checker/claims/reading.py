"""From the words around a figure to what it measures.

Chinese puts the measured noun before the figure and its verb (合作社分红450万元) or, with a measure word, behind it
(21个贫困村). Both are taken from the figure's own clause; a period and a holder hold until another replaces them.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, overload

from checker.claims.holders import Mention, Mentions, introduced, mentions, of_own_title, person_before, without_subject
from checker.claims.late import late_fields
from checker.claims.measures import Statement
from checker.claims.model import Claim
from checker.claims.periods import last_of, read_periods
from checker.claims.reports import year_of_report
from checker.claims.statements import SAY_SOMETHING, read_statements
from checker.document import Document
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import Skeleton

if TYPE_CHECKING:
    from checker.claims.cells import ClaimsOfCells
    from checker.claims.model import Fields

__all__ = ["Claims"]

_LETTER = r"[^\W\d_]"  # Han, and what is told from Han at no cost
# The noun behind a measure word, up to the first word that cannot be in it: 21个[贫困村]全部出列
_RIGHT = pattern(
    rf"(?:{_LETTER}|[“”《》]){{1,14}}?(?=$|(?!{_LETTER}|[“”《》])|[的了在被已均都也将是为有由从到以可能会并和及与或等中内外上下后前时不把对向给让使于获占达共]"
    r"|全部|实现|脱贫|出列|受益|增收|参加|进行|纳入|通过|完成|建立|建成|发展|组织|分别|实施)"
)
_CHANGED = pattern("(?:(?<!新)增加?|减少?|多|少|下降|上升|上涨|提高|增长|升|降|跌|涨|高|低)了?[约近逾超达]{0,2}$")
_BEHIND = 40  # characters behind the last figure of a line that tell what a name before it is
_NEAR_HOLDERS = 3  # before a sentence that are looked at
_NEAR_FIGURES = 200  # before a figure that are looked at
_EARLIER = pattern("(?:[上去前]年|上期|同期|上月|期初)(?:末|底|同期)?(?:为|是|仅|只有|有|的)?$")
_LONGEST_TITLE = 80
_TAG = pattern("【[^】]*】")  # before a title: what it is about, and no place
_BORDERS, _PARTS = "，；：", "；"


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
        tables: Sequence[ClaimsOfCells] = (),
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
            self._made[number] = self._claim(number).read_by(self._fields)
        return self._made[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as any sequence that compares by what it holds

    def _claim(self, number: int) -> Claim:
        if number in self._cells:
            return next((t.claim(number) for t in self._tables if number in t.places), Claim(number))
        place = self._skeleton.place_of.get(number)
        if place is None or self._quantities[number].kind not in SAY_SOMETHING:
            return Claim(number)
        said = self._statements[number]
        holder = said.holder or self._holders[number]
        return Claim(
            number,
            metric=said.metric and without_subject(said.metric, holder),
            holder=holder,
            period=self._periods.get(number),
            narrowed=said.scope,
            head=self._noun(place),
            type=said.type,
            direction=said.direction,
        )

    @cached_property
    def _fields(self) -> Fields:
        """Reads what is not read here, once it is asked for."""
        return late_fields(self._document, self._quantities, self._skeleton, self._cells, self._tables)

    @cached_property
    def _statements(self) -> dict[int, Statement]:
        """What each figure of the running text says."""
        figures = (
            (quantity, place)
            for quantity, place in self._places()
            if place is not None and quantity.id not in self._cells and quantity.kind in SAY_SOMETHING
        )
        return read_statements(figures, self._skeleton)

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
        """For each quantity the holder that is named before it in its sentence, or was named last in its paragraph."""
        text = self._skeleton.text
        found = Mentions(text, self._mentions)
        holders: list[str | None] = []
        line = behind = 0
        # a report is of its own place, but for what a clause says of another
        of_own = self._own is not None and year_of_report(self._document.folded) is not None
        last: Mention | None = None  # of the figure before: what goes on from it is said of the same
        for quantity, place in self._places():
            if place is None or quantity.id in self._cells:
                holders.append(None)
                continue
            line = text.rfind("\n", behind, place) + 1 or line
            behind = place
            start, _ = self._skeleton.sentence(place)
            last = _in_sentence(found, place, start, last, own_only=of_own)
            if last is None and not of_own:
                last = _before_sentence(found, start, line)
            name = self._own if last is None else last.name
            if quantity.unit is not None and quantity.unit.dimension == "[age]":
                name = person_before(text, place) or name
            holders.append(name)
        return holders

    @cached_property
    def _mentions(self) -> list[Mention]:
        """The holders that are named in lines of the running text, up to the last figure of each."""
        text = self._skeleton.text
        last: dict[int, int] = {}  # of the lines by their beginning
        start = behind = 0
        for quantity, place in self._places():
            if place is None or quantity.id in self._cells or quantity.kind not in SAY_SOMETHING:
                continue
            start = text.rfind("\n", behind, place) + 1 or start
            last[start] = behind = place
        found: list[Mention] = []
        names = introduced(text)
        for start, place in last.items():
            end = text.find("\n", place, place + _BEHIND)
            line = text[start : place + _BEHIND if end < 0 else end]
            found += (m._replace(start=m.start + start, end=m.end + start) for m in mentions(line, names))
        return found

    @cached_property
    def _own(self) -> str | None:
        """The place of the document's title."""
        text = self._skeleton.text
        title = text[: text.find("\n")] if 0 < text.find("\n") < _LONGEST_TITLE else ""
        title = _TAG.sub("", title.lstrip("#*> 　"))
        return of_own_title(title)

    @cached_property
    def _periods(self) -> Mapping[int, str | None]:
        """For each quantity of the running text the period in force where it stands."""
        figures = [
            (quantity, place)
            for quantity, place in self._places()
            if place is not None and quantity.id not in self._cells
        ]
        return read_periods(self._document, figures, self._skeleton.text)

    def _places(self) -> Iterator[tuple[Quantity, int | None]]:
        places = self._skeleton.place_of
        return ((quantity, places.get(quantity.id)) for quantity in self._quantities)


def _in_sentence(found: Mentions, place: int, start: int, last: Mention | None, *, own_only: bool) -> Mention | None:
    """Whom a sentence names before a figure: in its clause, at the head of one before, or the one of the figure before."""
    clause = -1
    for mention in found.before(place, start):
        if clause < 0:
            clause = last_of(found.text, _BORDERS, start, place) + 1 or start
        if mention.acts and found.text.find(_PARTS, mention.end, place) >= 0:
            continue
        if mention.start >= clause or (not own_only and (mention is last or found.opens(mention))):
            return mention
    return None


def _before_sentence(found: Mentions, start: int, line: int) -> Mention | None:
    """Whom the sentences before name: only what opens a clause goes on into the next sentence."""
    near = islice(found.before(start, line), _NEAR_HOLDERS)
    return next((mention for mention in near if not mention.acts and found.opens(mention)), None)
