"""A same-length normal form: full-width digits and Traditional characters folded, every offset kept.

One character stands for one character, so that a span in the folded text is the same span in the source. Only what
the rest of the road reads is folded; the text itself is never altered.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from checker.data import read_lines
from checker.patterns import pattern

__all__ = ["fold", "fold_punctuation", "invisible_in", "is_traditional"]

# Characters without width, which web pages and word processors leave in words and numbers: 1\u200b63户
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLES = pattern(f"[{_INVISIBLE}]+")

_WIDTH = list(zip("０１２３４５６７８９％．＋－﹣　\xa0", "0123456789%.+--  ", strict=True))
# １，７５３: a full-width comma between full-width digits in threes
_WIDE_THOUSANDS = pattern("(?<![０-９，])[０-９]{1,3}(?:，[０-９]{3})+(?![０-９])")
# Characters that any Traditional text of some length holds, and that no Simplified text does.
_TRADITIONAL = (
    "個們為國會時對發說學與從過還這來後當經現實間問開關萬億餘歲戶隻電長員總計處約僅項資業產據際點車輛張條場縣鄉鎮區畝噸幣財預"
    "攝裏侖匯紀減漲貸稅選舉議員訊聞網絡醫療幾種類級層筆臺隊組雙邊數圓廠號頁顆馬兩東華書買賣頭見觀視覺親規則製裝負責購費貨質贊"
)

# The second codes of some characters, which PDF files in Traditional characters are full of: 路 as U+F937.
_COMPATIBLE = 0xF900, 0xFADA

# Half-width marks in Chinese text and corner brackets, as one form. Thousands separators and decimal points are gone
# by the time this is used, for every figure is a single placeholder then.
_PUNCTUATION = list(zip(",;:()?!「」『』~", "，；：（）？！“”‘’～", strict=True))


@cache
def _traditional() -> dict[int, int]:
    table = {}
    for line in read_lines("traditional.txt"):
        traditional, simplified = line.split("\t")
        table[ord(traditional)] = ord(simplified)
    for code in range(*_COMPATIBLE):
        plain = unicodedata.normalize("NFC", chr(code))
        if ord(plain) != code:
            table[code] = table.get(ord(plain), ord(plain))
    return table


def fold(text: str) -> str:
    """The text with full-width digits made ASCII and Traditional characters made Simplified, as long as before.

    The carriage return of a line end becomes a space, so that lines end in one way.

    >>> fold("佔３．５萬億元"), fold("１，７５３亿元")
    ('占3.5万亿元', '1,753亿元')
    >>> fold("占比\\r\\n")
    '占比 \\n'
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n")
    if "，" in text and any(digit in text for digit in "０１２３４５６７８９"):
        text = _WIDE_THOUSANDS.sub(lambda match: match.group().replace("，", ","), text)
    text = _replaced(text, _WIDTH)
    if any(char in text for char in _TRADITIONAL):
        text = text.translate(_traditional())
    return text


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional characters: it holds several that no Simplified text does.

    >>> is_traditional("佔總數的三成，較去年為高"), is_traditional("占总数的三成")
    (True, False)
    """
    return sum(char in text for char in _TRADITIONAL) >= _FEWEST_TRADITIONAL


_FEWEST_TRADITIONAL = 3


def fold_punctuation(text: str) -> str:
    """The text with one form for each Chinese punctuation mark, as long as before.

    >>> fold_punctuation("其中,「甲」:(乙)")
    '其中，“甲”：（乙）'
    """
    return _replaced(text, _PUNCTUATION)


def invisible_in(text: str) -> list[tuple[int, int]]:
    """Where characters without width stand.

    >>> invisible_in("1\\u200b63户")
    [(1, 2)]
    """
    if any(char in text for char in _INVISIBLE):
        return [match.span() for match in _INVISIBLES.finditer(text)]
    return []


def _replaced(text: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:  # many times as fast as one translation of a text that is mostly Han
        text = text.replace(old, new)
    return text
