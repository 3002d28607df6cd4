"""Format codes of workbooks (ECMA-376 part 1, 18.8.30 and 18.8.31) taken apart: ``#,##0.00_);[Red](#,##0.00)``."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

__all__ = ["BUILT_IN", "Section", "Token", "sections_of"]

# The formats that workbooks name by number only, as they look where Windows speaks Chinese.
BUILT_IN: dict[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

_LONGEST_CODE = 1000  # Excel takes 255
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?                  # "万元"
    | [\\!](?P<escaped>.)                   # \- and !.
    | _(?P<space>.)                         # _) leaves the width of a bracket
    | \*(?P<fill>.)                         # fills the column with one character
    | \[(?P<bracket>[^\]]*)\]               # [Red] [>=100] [$¥-804] [h]
    | (?P<general>General|G/通用格式)
    | (?P<noon>AM/PM|A/P|上午/下午)
    | (?P<exponent>[Ee][+-])
    | (?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4})
    | (?P<digit>[0#?])
    | (?P<mark>[.,%/@;])
    | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)$")
_CURRENCY = re.compile(r"\$([^-]*)")

_MARKS = {".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "text"}

Kind = Literal["general", "number", "exponent", "date", "text"]


class Token(NamedTuple):
    """The smallest part of a code."""

    kind: str  # literal, digit, point, comma, percent, slash, exponent, date, minute, elapsed, noon, general, text
    text: str


@dataclass(frozen=True)
class Section:
    """One of the up to four parts of a format code; the last three fields hold for numbers."""

    kind: Kind
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    percents: int
    thousands: bool
    scale: int  # how often it is divided by a thousand


def sections_of(code: str) -> tuple[Section, ...]:
    """The up to four sections of a code. A code that is empty or absurdly long means General."""
    if not code or len(code) > _LONGEST_CODE:
        code = "General"
    sections: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["mark"] == ";":
            sections.append([])
        else:
            sections[-1].append(match)
    return tuple(_section(matches) for matches in sections[:4])


def _section(matches: Sequence[re.Match[str]]) -> Section:
    tokens, condition = _tokens(matches)
    percents = sum(1 for token in tokens if token.kind == "percent")
    thousands, scale = _commas(tokens)
    kind = _kind({token.kind for token in tokens})
    if kind == "date":
        tokens = _minutes_told(tokens)
    elif kind == "fraction":
        kind, tokens = "general", [Token("general", "")]
    elif kind == "number" and any(token.kind == "digit" for token in tokens):
        tokens = [token for token in tokens if token.kind != "comma"]
    return Section(kind, tuple(tokens), condition, percents, thousands, scale)


def _tokens(matches: Sequence[re.Match[str]]) -> tuple[list[Token], tuple[str, Decimal] | None]:
    """The tokens of a section, and the condition under which it holds."""
    tokens: list[Token] = []
    condition = None
    for match in matches:
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind in ("space", "fill"):
            continue
        if kind == "bracket":
            if (found := _CONDITION.match(text)) is not None:
                condition = (found[1], Decimal(found[2]))
            elif (found := _CURRENCY.match(text)) is not None:
                tokens.append(Token("literal", found[1]))
            elif text.lower() in ("h", "hh", "m", "mm", "s", "ss"):
                tokens.append(Token("elapsed", text.lower()))
        elif kind == "mark":
            tokens.append(Token(_MARKS[text], text))
        elif kind in ("quoted", "escaped", "literal"):
            tokens.append(Token("literal", text))
        else:
            tokens.append(Token(kind, text.lower() if kind == "date" else text))
    return tokens, condition


def _kind(kinds: Set[str]) -> Kind | Literal["fraction"]:
    """The kind of a section that has tokens of these kinds."""
    if kinds & {"date", "elapsed", "noon"}:
        return "date"
    if "text" in kinds and "digit" not in kinds:
        return "text"
    if "general" in kinds:
        return "general"
    if kinds >= {"slash", "digit"}:
        return "fraction"
    return "exponent" if "exponent" in kinds else "number"


def _commas(tokens: Sequence[Token]) -> tuple[bool, int]:
    """Whether commas part thousands (between digits of the whole), and how many behind the digits divide by a thousand."""
    digits = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    thousands, scale = False, 0
    for at, token in enumerate(tokens):
        if token.kind != "comma" or not digits or at < digits[0]:
            continue
        if at < point and any(at < digit < point for digit in digits):
            thousands = True
        else:
            scale += 1
    return thousands, scale


def _minutes_told(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a date with the minutes told from the months: ``m`` behind hours or before seconds."""
    told = list(tokens)
    timed = [at for at, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for before, at, after in zip([None, *timed], timed, [*timed[1:], None], strict=False):
        if told[at].kind != "date" or told[at].text[0] != "m" or len(told[at].text) > 2:
            continue
        behind_hours = before is not None and told[before].text[0] == "h"
        if behind_hours or (after is not None and told[after].text[0] == "s"):
            told[at] = Token("minute", told[at].text)
    return told
