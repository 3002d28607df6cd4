"""What a failure of a check weighs. Nothing else decides it."""

from __future__ import annotations

from collections.abc import Iterable

from checker.checks.model import Outcome, Severity
from checker.quantities import Quantity

__all__ = ["loosely_said", "severity_of"]


def severity_of(
    stated: Severity,
    *,
    link: int = 1,
    figures: Iterable[Quantity] = (),
    chosen: Severity | None = None,
    outcome: Outcome | None = None,
) -> Severity:
    """The severity that a rule has `stated`, as far as it goes.

    A figure that was cut instead of rounded is an info. Else a user's settings have the word (`chosen`). Else there is no error over an
    inferred link, nor with a figure that is loosely said.

    >>> severity_of("error", link=3), severity_of("error", link=3, chosen="error")
    ('warning', 'error')
    """
    if outcome == "holds-truncated":
        return "info"
    if chosen is not None:
        return chosen
    if stated == "error" and (link >= 3 or any(loosely_said(q) for q in figures)):
        return "warning"
    return stated


def loosely_said(quantity: Quantity) -> bool:
    """三成, 一半, 翻一番: said in words, never exact enough for more than a warning."""
    return (
        quantity.words and quantity.unit is not None and quantity.unit.dimension in ("[rate]", "[doubling]")
        and quantity.approximation != "exact"
    )  # fmt: skip
