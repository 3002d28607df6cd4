"""A document as rules see it: its quantities, what they measure, and the skeleton."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from checker.claims import Claim, Claims
from checker.document import Document
from checker.document.deadline import Deadline, DeadlinePassed
from checker.patterns import pattern
from checker.quantities import Quantity, read_quantities
from checker.quantities.skeleton import Skeleton, skeleton_of

if TYPE_CHECKING:
    from checker.tables.view import ReadTable

__all__ = ["Reading", "read", "timed_reading"]


# 注：部分数据因四舍五入的原因，存在总计与分项合计不等的情况。
_FOOTNOTE = pattern(
    "四舍五入[^。\n]{0,40}(?:不等|不一致|不符|误差|出入|差异|尾差)|(?:尾差|总计与分项)[^。\n]{0,30}四舍五入"
)


_Made = TypeVar("_Made")


class Reading(NamedTuple):
    """Everything that was read in a document before anything is checked.

    `rounding_footnote`: the text says itself that its sums may be off by rounding. `tables` are the document's tables
    that hold numbers, with their heads and units worked out; `cells` are the ids of all quantities in cells. `made` is what
    rules have made of it for one another.
    """

    document: Document
    quantities: tuple[Quantity, ...]
    skeleton: Skeleton
    claims: Claims
    made: dict[Callable[[Reading], Any], Any]
    rounding_footnote: bool = False
    tables: tuple[ReadTable, ...] = ()
    cells: frozenset[int] = frozenset()

    def once(self, make: Callable[[Reading], _Made]) -> _Made:
        """What a function makes of this document, made when the first rule asks for it."""
        if make not in self.made:
            self.made[make] = make(self)
        return cast("_Made", self.made[make])


def read(document: Document, *, tolerance: Fraction, deadline: Deadline | None = None) -> Reading:
    """Read a document's figures and work out what each measures; `tolerance` is what 约 stands for.

    Figures that are not read by the `deadline` are missing.
    """
    tables: tuple[ReadTable, ...] = ()
    cells: frozenset[int] = frozenset()
    if document.tables:
        from checker.tables.figures import number_spans, read_layouts, with_tables  # only where there are tables

        layouts = read_layouts(document)
        quantities = read_quantities(document, tolerance=tolerance, without=number_spans(layouts), deadline=deadline)
        quantities, tables, cells = with_tables(document, quantities, layouts)
    else:
        quantities = read_quantities(document, tolerance=tolerance, deadline=deadline)
    skeleton = skeleton_of(document, quantities)
    footnote = "四舍五入" in document.folded and _FOOTNOTE.search(document.folded) is not None
    claims = Claims(document, quantities, skeleton, cells, tables)
    return Reading(document, quantities, skeleton, claims, {}, footnote, tables, cells)


class _TimedClaims(Claims):
    """The claims of a document, which raise DeadlinePassed when they are asked for too late.

    Most of what a rule does with a figure begins with its claim.
    """

    def __init__(self, claims: Claims, deadline: Deadline) -> None:
        self.__dict__.update(claims.__dict__)  # what has been worked out serves both
        self._deadline = deadline

    def _claim(self, number: int) -> Claim:
        if self._deadline.passed():
            raise DeadlinePassed
        return super()._claim(number)

    def head(self, number: int) -> str | None:
        if self._deadline.passed():
            raise DeadlinePassed
        return super().head(number)


def timed_reading(reading: Reading, deadline: Deadline) -> Reading:
    """The same reading, which makes a rule that goes on after the deadline stop."""
    return reading._replace(claims=_TimedClaims(reading.claims, deadline))
