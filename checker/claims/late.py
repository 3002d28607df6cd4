"""The reader of further fields, which is made, and its modules loaded, when the first claim is asked for one of them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any, cast

from checker.document import Document
from checker.quantities import Quantity
from checker.quantities.skeleton import Skeleton

if TYPE_CHECKING:
    from checker.claims.cells import ClaimsOfCells
    from checker.claims.model import Fields

__all__ = ["late_fields"]


class _Late:
    """Stands in for the reader: its methods are fetched from the real one once, and are its own from then on."""

    def __init__(self, *arguments: Any) -> None:
        self._arguments = arguments

    def __getattr__(self, name: str) -> Any:
        if name not in _FIELDS:
            raise AttributeError(name)
        from checker.claims.fields import FieldReader  # most texts are checked without it

        reader = FieldReader(*self._arguments)
        self.__dict__ |= {each: getattr(reader, each) for each in _FIELDS}
        return self.__dict__[name]


_FIELDS = ("compared_to", "modality", "scope", "basis", "source", "group", "known", "others")


def late_fields(
    document: Document,
    quantities: Sequence[Quantity],
    skeleton: Skeleton,
    cells: Container[int],
    tables: Sequence[ClaimsOfCells],
) -> Fields:
    """Reads the further fields of the claims of a document."""
    return cast("Fields", _Late(document, quantities, skeleton, cells, tables))
