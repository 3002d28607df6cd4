"""What narrows an amount (其中, 累计, 以上), and on what basis it was worked out (可比价格, 规模以上, 初步核算)."""

from __future__ import annotations

from checker.claims.around import Around, any_of
from checker.claims.model import Claim
from checker.document import Document
from checker.quantities import Quantity

__all__ = ["basis", "scope"]

_FAR = 120  # characters of a sentence before a figure that are looked at


def scope(claim: Claim, quantity: Quantity, around: Around, document: Document) -> tuple[str, ...]:
    """The words before the figure that narrow it, then the approximating ones that it is written with."""
    folded = document.folded
    found = dict.fromkeys(match.group() for match in any_of("scope").finditer(around.words))
    found |= dict.fromkeys(sorted(word for word in claim.narrowed if not any(word in longer for longer in found)))
    unit = quantity.surface or ""
    before, behind = folded[quantity.start : quantity.number_start], folded[quantity.number_end : quantity.end]
    around_unit = (before, *(behind.split(unit, 1) if unit and unit in behind else (behind,)))
    found |= dict.fromkeys(word.strip() for word in around_unit if word.strip().isalpha() and word.strip() != unit)
    return tuple(found)


def basis(claim: Claim, around: Around) -> tuple[str, ...]:
    """What is said of the basis up to the figure in its sentence, and what its metric names."""
    text = around.text
    low = max(around.sentence, around.place - _FAR)
    found = dict.fromkeys(match.group() for match in any_of("basis", "sentence").finditer(text, low, around.place))
    found |= dict.fromkeys(match.group() for match in any_of("basis", "sentence").finditer(around.after))
    own = text[max(low, around.clause) : around.place]
    for words in (own, claim.metric or ""):
        found |= dict.fromkeys(match.group() for match in any_of("basis", "metric").finditer(words))
    return tuple(found)
