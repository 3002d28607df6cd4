"""Figures whose writing may not have been read to its end: nothing is accused on their word."""

from __future__ import annotations

from checker.patterns import pattern
from checker.quantities import Quantity

__all__ = ["is_doubtful"]

# Before a figure: a sign in words (负38%, 零下8度, –46.7%), the beginning of a number whose digits are grouped by a space or a
# full-width comma (１，６８０, 58 240), a currency before the amount (美元300万元), a formal numeral (陆两)
_BEFORE = pattern(
    r"(?:[负負–−﹣]|零下|[\d０-９][ \u00a0\u2009\u202f，]|美元|港币|港幣|港元|新台币|新臺幣|日元|欧元|英镑|US\$|HK\$)$"
)
# Behind it: digits that a space parts from it (8 72萬)
_BEHIND = pattern(r"[ \u00a0\u2009\u202f]\d")
_LEFT = 4


def is_doubtful(quantity: Quantity, text: str) -> bool:
    """Whether what stands right before or behind a figure may belong to its number."""
    start, end = quantity.start, quantity.end
    before = text[max(0, start - _LEFT) : start]
    grouped = _BEFORE.search(before)
    if grouped is not None:
        return grouped.group()[-1] not in " \u00a0\u2009\u202f，" or _is_group(text[start:end])
    bare = quantity.unit is None or quantity.number_end == quantity.end
    return bare and _BEHIND.match(text, end) is not None


def _is_group(written: str) -> bool:
    """Whether a number begins with exactly three digits, as what stands behind a thousands mark does."""
    digits = len(written) - len(written.lstrip("0123456789０１２３４５６７８９"))
    return digits == 3
