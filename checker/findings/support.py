"""What supports what: which figures the text confirms, which it contradicts, and which nothing in it bears on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from checker.checks import Check
from checker.document import Document
from checker.findings.model import Finding
from checker.quantities import Quantity

__all__ = ["SUPPORTS", "Summary", "Support", "summary_of", "supports_of"]

Support = Literal["confirmed", "contradicted", "unsupported"]
SUPPORTS: tuple[Support, ...] = ("confirmed", "contradicted", "unsupported")


class Summary(NamedTuple):
    """How many figures there are; each is one of `confirmed`, `contradicted` and `unsupported`."""

    figures: int
    confirmed: int
    contradicted: int
    unsupported: int


def supports_of(
    document: Document,
    quantities: Sequence[Quantity],
    confirmed_by: Sequence[Sequence[int]],
    checks: Sequence[Check],
    findings: Iterable[Finding],
) -> tuple[Support | None, ...]:
    """For each quantity what the text does for it.

    It is contradicted if it stands in a check that is an error or a warning, whatever else confirms it; confirmed if some
    check confirms it; else unsupported. None for what is no figure in this sense: dates, ordinals and the like, and a
    Chinese numeral of one character.
    """
    accused = {
        operand.quantity
        for finding in findings
        if finding.severity in ("error", "warning")
        for operand in checks[finding.check].operands
    }

    def support(quantity: Quantity) -> Support | None:
        if not _counts(quantity, document):
            return None
        if quantity.id in accused:
            return "contradicted"
        return "confirmed" if confirmed_by[quantity.id] else "unsupported"

    return tuple(map(support, quantities))


def summary_of(supports: Iterable[Support | None]) -> Summary:
    """The figures counted."""
    counts = Counter(supports)
    confirmed, contradicted, unsupported = counts["confirmed"], counts["contradicted"], counts["unsupported"]
    return Summary(confirmed + contradicted + unsupported, confirmed, contradicted, unsupported)


def _counts(quantity: Quantity, document: Document) -> bool:
    if quantity.kind != "quantity":
        return False
    # A single numeral in words (一个, 三项) is grammar as often as it is a figure.
    number = document.folded[quantity.number_start : quantity.number_end]
    return len(number) > 1 or number.isdecimal()
