"""What a PDF's characters stand for: presentation forms, radicals and private glyphs as the characters that are meant."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

__all__ = ["UNKNOWN", "meant"]

UNKNOWN = "\ufffd"
_BULLET = "•"

# Radicals that print as a character and have no decomposition of their own. A font maps the character and the radical
# to one glyph, and the producer of the PDF takes the first of the two.
_RADICALS = {
    ord(radical): character
    for radical, character in zip(
        "⺁⺄⺈⺊⺌⺍⺕⺝⺟⺠⺫⺬⺮⺶⺼⻁⻄⻅⻆⻉⻋⻐⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂乙刀卜小小彐月母民目示竹羊肉虎西见角贝车金长门雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
}
_STRAY = frozenset(range(0x20)) | frozenset({0x7F, 0xAD, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0xFFFE, 0xFFFF})
# Bullets of Wingdings and Symbol, which live at U+F000 to U+F0FF.
_BULLETS = frozenset({0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF06C, 0xF06E, 0xF071, 0xF075, 0xF076, 0xF09F, 0xF0A8, 0xF0E8})


@cache
def meant(code: int) -> str:
    """What a character of a PDF stands for: one character or a few; nothing for white space and stray controls.

    A private or unmapped glyph gives `UNKNOWN`, so that the figures on either side of it do not run together.

    >>> meant(0x2F08), meant(0x2EDA), meant(0xFB01), meant(0xF0B7), meant(0xE123)
    ('人', '页', 'fi', '•', '�')
    """
    if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return UNKNOWN
    if code in _STRAY:
        return ""
    char = chr(code)
    if char.isspace():
        return ""
    if code in _BULLETS:
        return _BULLET
    if 0xE000 <= code <= 0xF8FF or code >= 0xF0000:
        return UNKNOWN
    if code in _RADICALS:
        return _RADICALS[code]
    # Kangxi radicals, compatibility ideographs, ligatures, and the upright forms of marks in vertical text.
    if 0x2F00 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFB06 or 0xFE10 <= code <= 0xFE48 or 0x2F800 <= code <= 0x2FA1F:
        return normalize("NFKC", char)
    return char
