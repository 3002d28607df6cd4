"""Texts whose figures have other digits: what holds in them holds by chance."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.quantities import Quantity

__all__ = ["shuffled"]

_WORDS = "一二三四五六七八九"


def shuffled(text: str, quantities: tuple[Quantity, ...], seed: int) -> str:
    """The text with the digits of each figure in another order; a lone digit becomes another one.

    Figures keep their length and their decimal point, so that the text is read and linked as before. Dates, ordinals and codes
    stay as they are.
    """
    chance = random.Random(seed)
    letters = list(text)
    for quantity in quantities:
        if quantity.kind == "quantity":
            _shuffle(letters, quantity.number_start, quantity.number_end, chance)
    return "".join(letters)


def _shuffle(letters: list[str], start: int, end: int, chance: random.Random) -> None:
    places = [i for i in range(start, end) if letters[i].isdecimal() and letters[i].isascii()]
    if not places:
        for i in range(start, end):
            if letters[i] in _WORDS:
                letters[i] = chance.choice(_WORDS)
        return
    digits = [letters[i] for i in places]
    if len(digits) == 1:
        digits = [chance.choice("123456789" if digits[0] != "0" else "0")]
    else:
        chance.shuffle(digits)
        if digits[0] == "0" and letters[places[0]] != "0":  # 305 is no 053
            first = next(i for i, digit in enumerate(digits) if digit != "0")
            digits[0], digits[first] = digits[first], digits[0]
    for i, digit in zip(places, digits, strict=True):
        letters[i] = digit
