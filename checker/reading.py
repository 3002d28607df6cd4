"""A document as rules see it: its quantities, what they measure, and the skeleton."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checker.claims import Claim, claims_of
from checker.document import Document
from checker.quantities import Quantity, read_quantities
from checker.skeleton import Skeleton, skeleton_of

__all__ = ["Reading", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in a document before anything is checked."""

    document: Document
    quantities: tuple[Quantity, ...]
    skeleton: Skeleton
    claims: tuple[Claim, ...]


def read(document: Document, *, tolerance: Fraction) -> Reading:
    """Read a document's figures and work out what each measures; `tolerance` is what 约 stands for."""
    quantities = read_quantities(document, tolerance=tolerance)
    skeleton = skeleton_of(document, quantities)
    return Reading(document, quantities, skeleton, claims_of(document, quantities, skeleton))
