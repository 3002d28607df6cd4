"""Number formats of workbooks: what a reader sees of a stored number (ECMA-376 part 1, 18.8.30 and 18.8.31).

Digits, thousands, scaling commas, percent, exponents, dates and times, colours, conditions and literals are known;
fractions (``# ?/?``) and Chinese digits ([DBNum1]) are written as plain numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, NamedTuple

__all__ = ["BUILT_IN", "NumberFormat", "general", "parse_format"]

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
_EXACT = Context(prec=400)  # the largest double has 309 digits
_DIGITS_KEPT = 15  # of a double, as Excel keeps them; what stands behind them is noise of the binary fraction
_GENERAL_WIDTH = 11  # characters of a fraction in the General format
_LAST_DAY = 2_958_466  # the first serial number beyond 9999-12-31
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)

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
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_SHOWS_LOSS = re.compile(r"[-－−(（△▲▼↓负减降亏]")
_WEEKDAYS = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Kind = Literal["general", "number", "exponent", "date", "text"]


class _Token(NamedTuple):
    kind: str  # literal, digit, point, comma, percent, exponent, date, noon, elapsed, general, text
    text: str


@dataclass(frozen=True)
class _Section:
    """One of the up to four parts of a format code; the last three fields hold for numbers."""

    kind: Kind
    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    percents: int
    thousands: bool
    scale: int  # how often it is divided by a thousand


@dataclass(frozen=True)
class NumberFormat:
    """A parsed format code.

    >>> parse_format("0.0%").number("0.12345")
    '12.3%'
    """

    sections: tuple[_Section, ...]
    since_1904: bool = False

    def number(self, stored: str) -> str:
        """The number as a reader sees it; `stored` as it stands in the file. What is no finite number is left as it is."""
        value = _stored(stored)
        if value is None:
            return stored
        at = self._chosen(value)
        if at is None:
            return _plain(value)
        section = self.sections[at]
        size = abs(value)
        if section.kind == "general":
            body = "".join(_plain(size) if t.kind == "general" else t.text for t in section.tokens)
        elif section.kind == "date":
            moment = _Moment.of(value, self.since_1904)
            return _plain(value) if moment is None else _dated(section.tokens, moment)
        elif section.kind == "text":
            body = "".join(_plain(size) if t.kind == "text" else t.text for t in section.tokens)
        elif section.kind == "exponent":
            body = _scientific(section, size)
        else:
            body = _counted(section, size)
        if value < 0 and self._needs_sign(at, body):
            body = "-" + body.lstrip()
        return body.strip()

    def text(self, stored: str) -> str:
        """A text as a reader sees it: ``@"镇"`` adds to it, ``;;;`` hides it."""
        for at, section in enumerate(self.sections):
            if section.kind == "text" and any(t.kind == "text" for t in section.tokens):
                return "".join(stored if t.kind == "text" else t.text for t in section.tokens)
            if at == 3:
                return "".join(t.text for t in section.tokens if t.kind == "literal")
        return stored

    def _chosen(self, value: Decimal) -> int | None:
        """The section for a number; None where its conditions leave it without one."""
        sections = self.sections[:3]
        if any(s.condition for s in sections):
            for at, section in enumerate(sections):
                if section.condition is None:
                    if at == 1 and value >= 0 and len(sections) > 2:
                        continue  # the second of three is for what is negative
                    return at
                sign, limit = section.condition
                if _COMPARE[sign](value, limit):
                    return at
            return None
        if value < 0 and len(sections) > 1:
            return 1
        if value == 0 and len(sections) > 2:
            return 2
        return 0

    def _needs_sign(self, at: int, body: str) -> bool:
        """Whether a minus must be written.

        A section of its own for negative numbers brings its sign or brackets; where it tells them by colour alone,
        which a text cannot show, the minus is added.
        """
        if not any(char in "123456789" for char in body):
            return False
        section = self.sections[at]
        own = at == 1 and (section.condition is None or section.condition[0] in ("<", "<="))
        return not own or _SHOWS_LOSS.search(body) is None


def parse_format(code: str, since_1904: bool = False) -> NumberFormat:
    """Parse a format code such as ``#,##0.00_);[Red](#,##0.00)``.

    `since_1904` says that days are counted from 1904. A code that is empty or absurdly long means General.
    """
    if not code or len(code) > _LONGEST_CODE:
        code = "General"
    sections: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["mark"] == ";":
            sections.append([])
        else:
            sections[-1].append(match)
    return NumberFormat(tuple(_section(matches) for matches in sections[:4]), since_1904)


def general(stored: str) -> str:
    """A number in the General format: its shortest decimal, a long fraction rounded to what a column shows.

    >>> general("12.299999999999999"), general("33.333333333333336"), general("20190101001")
    ('12.3', '33.33333333', '20190101001')
    """
    if len(stored) <= _GENERAL_WIDTH and stored.isdecimal():
        return stored if stored[0] != "0" else stored.lstrip("0") or "0"
    value = _stored(stored)
    return stored if value is None else _plain(value)


def _stored(stored: str) -> Decimal | None:
    try:
        shortest = f"{float(stored):.{_DIGITS_KEPT}g}"
    except ValueError:
        return None
    value = Decimal(shortest)
    return value if value.is_finite() else None


def _plain(value: Decimal) -> str:
    """A number without exponent, zeros at the end of its fraction left out."""
    whole = len(str(int(abs(value))))
    if value == value.to_integral_value(context=_EXACT):
        return f"{value:f}".partition(".")[0]
    # A fraction below one keeps as many significant digits, so that 0.000012 does not become nothing.
    leading = max(-value.adjusted() - 1, 0)
    places = max(_GENERAL_WIDTH - 1 - whole, 0) + leading
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    written = f"{rounded:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _section(matches: Sequence[re.Match[str]]) -> _Section:
    tokens: list[_Token] = []
    condition = None
    for match in matches:
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind in ("space", "fill"):
            continue
        if kind == "bracket":
            if (found := _CONDITION.match(text)) is not None:
                condition = (found[1], Decimal(found[2]))
            elif (found := _CURRENCY.match(text)) is not None:
                tokens.append(_Token("literal", found[1]))
            elif text and text.lower() in ("h", "hh", "m", "mm", "s", "ss"):
                tokens.append(_Token("elapsed", text.lower()))
        elif kind == "mark":
            names = {".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "text"}
            tokens.append(_Token(names[text], text))
        elif kind in ("quoted", "escaped", "literal"):
            tokens.append(_Token("literal", text))
        else:
            tokens.append(_Token(kind, text.lower() if kind == "date" else text))
    kinds = {token.kind for token in tokens}
    percents = sum(1 for token in tokens if token.kind == "percent")
    kind_of: Kind = "number"
    if kinds & {"date", "elapsed", "noon"}:
        kind_of = "date"
        tokens = _minutes_told(tokens)
    elif "text" in kinds and "digit" not in kinds:
        kind_of = "text"
    elif "general" in kinds:
        kind_of = "general"
    elif "slash" in kinds and "digit" in kinds:
        kind_of, tokens = "general", [_Token("general", "")]
    elif "exponent" in kinds:
        kind_of = "exponent"
    digits = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    thousands, scale = False, 0
    for at, token in enumerate(tokens):
        if token.kind != "comma" or not digits:
            continue
        if digits[0] < at < point and any(at < digit < point for digit in digits):
            thousands = True
        elif at > digits[0]:
            scale += 1
    if kind_of == "number":
        tokens = [token for token in tokens if token.kind != "comma" or not digits]
    return _Section(kind_of, tuple(tokens), condition, percents, thousands, scale)


def _minutes_told(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens of a date with the minutes told from the months: ``m`` behind hours or before seconds."""
    told = list(tokens)
    timed = [at for at, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for before, at, after in zip([None, *timed], timed, [*timed[1:], None], strict=False):
        if told[at].kind != "date" or told[at].text[0] != "m" or len(told[at].text) > 2:
            continue
        behind_hours = before is not None and told[before].text[0] == "h"
        if behind_hours or (after is not None and told[after].text[0] == "s"):
            told[at] = _Token("minute", told[at].text)
    return told


def _counted(section: _Section, size: Decimal) -> str:
    """A number written into its placeholders, the literals between them kept."""
    tokens = section.tokens
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole_places = [at for at, token in enumerate(tokens) if token.kind == "digit" and at < point]
    part_places = [at for at, token in enumerate(tokens) if token.kind == "digit" and at > point]
    if not whole_places and not part_places:
        return "".join(token.text for token in tokens if token.kind in ("literal", "percent"))
    size = size.scaleb(2 * section.percents - 3 * section.scale, _EXACT)
    rounded = size.quantize(Decimal(1).scaleb(-len(part_places)), ROUND_HALF_UP, _EXACT)
    whole, _, part = f"{rounded:f}".partition(".")
    least = next((len(whole_places) - i for i, at in enumerate(whole_places) if tokens[at].text == "0"), 0)
    whole = whole.lstrip("0").rjust(least, "0")
    kept = max((i + 1 for i, at in enumerate(part_places) if tokens[at].text == "0"), default=0)
    part = part[:kept] + part[kept:].rstrip("0")
    written: dict[int, str] = {}
    left = len(whole)
    for at in reversed(whole_places):
        begin = 0 if at == whole_places[0] else max(left - 1, 0)
        written[at] = "".join(
            whole[i] + ("," if section.thousands and i + 1 < len(whole) and (len(whole) - i - 1) % 3 == 0 else "")
            for i in range(begin, left)
        )
        left = begin
    for at, digit in zip(part_places, part, strict=False):
        written[at] = digit
    out = []
    for at, token in enumerate(tokens):
        if token.kind == "digit":
            out.append(written.get(at, ""))
        elif token.kind == "point":
            out.append("." if part else "")
        elif token.kind != "comma":
            out.append(token.text)
    if not whole_places:  # .00 is for fractions; what is beyond one must be seen all the same
        out.insert(0, whole)
    return "".join(out)


def _scientific(section: _Section, size: Decimal) -> str:
    point = next((at for at, token in enumerate(section.tokens) if token.kind == "point"), None)
    exponent = next(at for at, token in enumerate(section.tokens) if token.kind == "exponent")
    places = sum(1 for t in section.tokens[point:exponent] if t.kind == "digit") if point is not None else 0
    return f"{size:.{places}E}"


class _Moment(NamedTuple):
    """A day and a time of day, and the days that passed since the epoch."""

    when: datetime
    days: Decimal

    @classmethod
    def of(cls, serial: Decimal, since_1904: bool) -> _Moment | None:
        """The moment of a serial number; None for one that Excel has no date for."""
        if not 0 <= serial < _LAST_DAY - (1462 if since_1904 else 0):
            return None
        # Excel has a 29 February 1900; before it, its days are one ahead.
        epoch = _EPOCH_1904 if since_1904 else _EPOCH + timedelta(days=serial < 60)
        seconds = int((serial * 86_400).quantize(Decimal(1), ROUND_HALF_UP, _EXACT))
        return cls(epoch + timedelta(seconds=seconds), serial)


def _dated(tokens: Sequence[_Token], moment: _Moment) -> str:
    when = moment.when
    half_day = any(token.kind == "noon" for token in tokens)
    out: list[str] = []
    fraction = False
    for token in tokens:
        if token.kind == "date":
            out.append(_date_part(token.text, when, half_day))
        elif token.kind == "minute":
            out.append(str(when.minute).rjust(len(token.text), "0"))
        elif token.kind == "elapsed":
            per_day = {"h": 24, "m": 1440, "s": 86400}[token.text[0]]
            out.append(str(int(moment.days * per_day + Decimal("1e-6"))).rjust(len(token.text), "0"))
        elif token.kind == "noon":
            first, second = token.text.split("/")
            out.append(first if when.hour < 12 else second)
        elif token.kind in ("point", "digit"):  # ss.0: parts of a second are of no interest here
            fraction = fraction or token.kind == "point"
            if not fraction:
                out.append(token.text)
        elif token.kind != "text":
            out.append(token.text)
    return "".join(out).strip()


def _date_part(code: str, when: datetime, half_day: bool) -> str:
    letter, length = code[0], len(code)
    if letter == "y":
        return f"{when.year % 100:02d}" if length <= 2 else f"{when.year:04d}"
    if letter == "a":
        return ("星期" if length == 4 else "") + _WEEKDAYS[when.weekday()]
    if letter == "m" and length > 2:
        name = _MONTHS[when.month - 1]
        return name if length == 4 else name[: 3 if length == 3 else 1]
    if letter == "d" and length > 2:
        return _DAYS[when.weekday()] if length > 3 else _DAYS[when.weekday()][:3]
    hour = ((when.hour + 11) % 12) + 1 if half_day else when.hour
    number = {"m": when.month, "d": when.day, "h": hour, "s": when.second}[letter]
    return str(number).rjust(length, "0")
