"""The fields of claims that no rule reads, each worked out when it is asked for: for a report, or by whoever uses the library."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cached_property

from checker.claims.around import Around, around, around_cell
from checker.claims.cells import ClaimsOfCells, Heads
from checker.claims.comparison import comparison, goes_on
from checker.claims.further import NOTHING_KNOWN, Comparison, Group, Known, Modality
from checker.claims.groups import row_of, several_of
from checker.claims.known import headings_of, known, known_of_cell
from checker.claims.modality import modality
from checker.claims.model import Claim
from checker.claims.reports import Report, report_of
from checker.claims.scope import basis, scope
from checker.claims.source import source
from checker.claims.statements import SAY_SOMETHING
from checker.document import Document
from checker.quantities import Quantity
from checker.quantities.skeleton import Skeleton

__all__ = ["FieldReader"]

_SAME_BREATH = 10  # figures of which each says in another way what the one before it says


class FieldReader:
    """Reads the further fields of the claims of one document.

    It holds no claims, so that these are let go with the last of those who use them.
    """

    def __init__(
        self,
        document: Document,
        quantities: Sequence[Quantity],
        skeleton: Skeleton,
        cells: Container[int],
        tables: Sequence[ClaimsOfCells],
    ) -> None:
        self._document = document
        self._quantities = quantities
        self._skeleton = skeleton
        self._cells = cells
        self._tables = tables
        self._last: tuple[int, Around | None] = -1, None
        self._published = None if document.published is None else document.published.year

    def compared_to(self, claim: Claim) -> Comparison | None:
        """The comparison of a change; one in the same breath as another (增加3万人，增长5%) has that of the other."""
        number, where = claim.quantity, self._around(claim.quantity)
        for _ in range(_SAME_BREATH):
            if where is None:
                return None
            found = comparison(claim, where, self._document, self._date_at)
            if found is not None:
                return found._replace(text=self._document.text[found.start : found.end]) if found.end else found
            if claim.type is None or not goes_on(where):
                return None
            before = self._figure_before(number)
            if before is None:
                return None
            number, where = before, self._find(before)
        return None

    def modality(self, claim: Claim) -> tuple[Modality, ...]:
        where = self._around(claim.quantity)
        if where is None:
            return ()
        quantity = self._quantities[claim.quantity]
        return modality(claim, quantity, where, self._published, aims=self._aims(where))

    def scope(self, claim: Claim) -> tuple[str, ...]:
        where = self._around(claim.quantity)
        quantity = self._quantities[claim.quantity]
        return () if where is None else scope(claim, quantity, where, self._document)

    def basis(self, claim: Claim) -> tuple[str, ...]:
        where = self._around(claim.quantity)
        return () if where is None else basis(claim, where)

    def source(self, claim: Claim) -> str | None:
        where = self._around(claim.quantity)
        found = None if where is None or where.skeleton is None else source(where)
        return None if found is None or where is None else self._written(*where.span(*found))

    def group(self, claim: Claim) -> Group | None:
        if claim.quantity not in self._skeleton.place_of or self._heads(claim.quantity) is not None:
            return None
        if not self._says_something(claim.quantity):
            return None
        return row_of(claim.quantity, self._skeleton, self._figure_at)

    def known(self, claim: Claim) -> Known:
        heads = self._heads(claim.quantity)
        if heads is not None:
            return known_of_cell(claim, heads, self._document)
        where = self._around(claim.quantity)
        if where is None:
            return NOTHING_KNOWN
        return known(claim, where, self._document, self._headings, self._date_at)

    def others(self, claim: Claim) -> tuple[Claim, ...]:
        where = self._around(claim.quantity)
        several = () if where is None or where.skeleton is None else several_of(claim, where)
        return tuple(
            claim._replace(metric=metric, holder=holder).read_by(
                self, Group("shared", (claim.quantity,), place, len(several))
            )
            for place, (metric, holder) in enumerate(several)
        )

    def _written(self, start: int | None, end: int | None) -> str:
        """What the document writes from `start` to `end`, on one line."""
        return "".join(self._document.text[start:end].split())

    def _says_something(self, number: int) -> bool:
        return self._quantities[number].kind in SAY_SOMETHING

    def _around(self, number: int) -> Around | None:
        """The words around a figure that states something; kept for the next field of the same claim."""
        if self._last[0] != number:
            self._last = number, self._find(number)
        return self._last[1]

    def _find(self, number: int) -> Around | None:
        if not self._says_something(number):
            return None
        heads = self._heads(number)
        if heads is not None:
            return around_cell(heads.caption, heads.row.words, heads.column.words)
        place = self._skeleton.place_of.get(number)
        return None if place is None else around(self._skeleton, place)

    def _heads(self, number: int) -> Heads | None:
        if number not in self._cells:
            return None
        return next((table.heads(number) for table in self._tables if number in table.places), None)

    def _figure_at(self, place: int) -> Quantity | None:
        quantity = self._quantities[self._skeleton.figures[place]]
        return quantity if quantity.kind in SAY_SOMETHING and quantity.id not in self._cells else None

    def _date_at(self, place: int) -> Quantity | None:
        number = self._skeleton.figures.get(place)
        return None if number is None else self._quantities[number]

    def _figure_before(self, number: int) -> int | None:
        """The figure before one in its paragraph that states something."""
        place = self._skeleton.place_of[number]
        for earlier in range(number - 1, max(-1, number - _SAME_BREATH), -1):
            at = self._skeleton.place_of.get(earlier)
            if at is not None and self._says_something(earlier):
                return earlier if "\n" not in self._skeleton.text[at:place] else None
        return None

    def _aims(self, where: Around) -> bool:
        """Whether a figure stands in the part of a report that tells of the year to come."""
        report = self._report
        return report is not None and where.skeleton is not None and report.at(where.place) == f"{report.year:04}"

    @cached_property
    def _report(self) -> Report | None:
        places = self._skeleton.place_of
        figures = [(q, place) for q in self._quantities if (place := places.get(q.id)) is not None]
        return report_of(self._document.folded, self._skeleton.text, figures)

    @cached_property
    def _headings(self) -> list[tuple[int, int]]:
        return headings_of(self._document)
