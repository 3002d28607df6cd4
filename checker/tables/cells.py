"""What a cell says when it stands alone: a number, nothing, or words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from checker.quantities.numerals import MAGNITUDES
from checker.units import Unit, load_units

__all__ = ["BROKEN", "NOTHING", "WORDS", "CellNumber", "CellUnit", "parse_cell", "parse_unit"]

Said = Literal["nothing", "words", "broken"]
NOTHING: Said = "nothing"
WORDS: Said = "words"
BROKEN: Said = "broken"  # a piece of a number that a line break has cut in two: 35,394.4 above 2


class CellUnit(NamedTuple):
    """A unit as a head names it: 万元 is ten thousand 元, written 元."""

    unit: Unit
    times: int
    surface: str


class CellNumber(NamedTuple):
    """A number that fills a cell: `mantissa` units of its last written digit, of which there are `decimals` behind the point.

    `start` and `end` are offsets of the number inside the cell's words, sign and brackets among it, and `stop` the end of
    its own unit behind it. `magnitude` is a 万 or 亿 behind the digits.
    """

    mantissa: int
    decimals: int
    start: int
    end: int
    stop: int
    unit: CellUnit | None = None
    grouped: bool = False


# 1,234.5 · (1,234) · -3.2% · ¥500 · **12.5万元** · 1,234① · 35*: the number, and what may stand around it
_NUMBER = re.compile(
    r"""
    [*_~`\s]*
    (?P<number>(?P<bracket>[(（])?\s*(?:人民币|[¥￥$€£])?\s*(?P<sign>[-−–－+＋])?\s*(?:[¥￥$€£])?
      (?P<digits>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|(?:0|[1-9]\d*)(?:\.\d+)?)
      (?P<close>\s*[%％]?\s*[)）])?)
    (?P<unit>\s*[^\W\d_①-⑳][\w/²³]{0,7}?|\s*[%％‰℃])?
    (?:\s*(?:\*|[①-⑳]|\[\d{1,2}\]|[(（](?:注\s*)?\d{1,2}[)）]))?
    [*_~`\s]*
    """,
    re.VERBOSE,
)
# 000.00 · .71 · 90,00 · 47,322. · 7,770,: digits, points and commas that are no number
_BROKEN = re.compile(r"[-−(（]?(?=[\d,，. ]*\d)[\d,，. ]+[)）]?")
_NOTHING = re.compile(r"[-−–—－_/／\\*]{1,6}|无|空|空白|不适用|未披露|[Nn]/?[Aa]|　*")
_CALENDAR = frozenset("年月日时号期届次")  # 2019年, 3月: a date or the number of an occasion
_LONGEST = 40  # characters of a number; more is a code
_MARKS = re.compile(r"[*_~`\s]+")


def parse_cell(words: str) -> CellNumber | Said:
    """What the folded words of a cell say.

    >>> parse_cell("(1,234.5)").mantissa, parse_cell("-").__str__(), parse_cell("甲镇")
    (-12345, 'nothing', 'words')
    """
    if words.isalpha():
        return NOTHING if _NOTHING.fullmatch(words) else WORDS
    if words.isascii() and len(words) <= _LONGEST:  # most numbers are plain: 1234, 12.5
        whole, point, decimals = words.partition(".")
        plain = whole.isdigit() and (whole[0] != "0" or len(whole) == 1)
        if plain and (decimals.isdigit() if point else True):
            return CellNumber(int(whole + decimals), len(decimals), 0, len(words), len(words), None, bool(point))
    found = _NUMBER.fullmatch(words)
    if found is None:
        bare = _MARKS.sub("", words)
        if _NOTHING.fullmatch(bare) or not bare:
            return NOTHING
        return BROKEN if _BROKEN.fullmatch(bare) and not bare.isdigit() else WORDS
    if (found["bracket"] is None) != (found["close"] is None):
        return WORDS
    digits = found["digits"]
    if len(digits) > _LONGEST:
        return WORDS
    whole, _, decimals = digits.replace(",", "").replace("，", "").partition(".")
    mantissa = int(whole + decimals)
    if found["bracket"] or found["sign"] in ("-", "−", "–", "－"):
        mantissa = -mantissa
    unit = None
    written = (found["unit"] or "").strip()
    if found["close"] and ("%" in found["close"] or "％" in found["close"]):
        if written:
            return WORDS
        unit = parse_unit("%")
    elif written:
        unit = None if written in _CALENDAR else parse_unit(written)
        if unit is None:
            return WORDS
    stop = found.end("unit") if written else found.end("number")
    return CellNumber(
        mantissa, len(decimals), found.start("number"), found.end("number"), stop, unit, "," in digits or bool(decimals)
    )


_CURRENCY = re.compile(r"^(?:人民币|折合人民币|RMB)")
_MAGNITUDE = re.compile(r"(?:[十百千]?[万亿]|百|千|万亿)(?=\S)")


@lru_cache(maxsize=1024)
def parse_unit(written: str) -> CellUnit | None:
    """The unit that a head names, with 万 and 亿 before it; None where the words name none.

    >>> parse_unit("万元").times, parse_unit("人民币百万元").surface, parse_unit("负责人")
    (10000, '元', None)
    """
    if not written:
        return None
    words = _CURRENCY.sub("", written.replace(" ", "").replace("％", "%")) or "元"
    known = _known(words)
    if known is not None:
        return CellUnit(known, 1, words)
    magnitude = _MAGNITUDE.match(words)
    if magnitude is not None:
        rest = words[magnitude.end() :]
        known = _known(rest)
        if known is not None:
            return CellUnit(known, MAGNITUDES[magnitude[0]], rest)
    return None


def _known(words: str) -> Unit | None:
    units = load_units()
    top, slash, bottom = words.partition("/")
    if slash:
        above, below = parse_unit(top), units.by_surface.get(bottom)
        if above is None or below is None:
            return None
        unit = units.compound(above.unit, below)
        return unit if above.times == 1 else None
    return units.by_surface.get(words)
