"""Number formats of workbooks: what a reader sees of a stored number (ECMA-376 part 1, 18.8.30 and 18.8.31).

Digits, thousands, scaling commas, percent, exponents, dates and times, colours, conditions and literals are known;
fractions (``# ?/?``) and Chinese digits ([DBNum1]) are written as plain numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from checker.sources.workbook.formatcodes import Section, sections_of
from checker.sources.workbook.moments import Moment, dated

__all__ = ["NumberFormat", "general", "parse_format"]

_EXACT = Context(prec=400)  # the largest double has 309 digits
_DIGITS_KEPT = 15  # of a double, as Excel keeps them; what stands behind them is noise of the binary fraction
_GENERAL_WIDTH = 11  # characters of a fraction in the General format
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_SHOWS_LOSS = re.compile(r"[-－−(（△▲▼↓负减降亏]")


@dataclass(frozen=True)
class NumberFormat:
    """A parsed format code.

    >>> parse_format("0.0%").number("0.12345")
    '12.3%'
    """

    sections: tuple[Section, ...]
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
            moment = Moment.of(value, self.since_1904)
            return _plain(value) if moment is None else dated(section.tokens, moment)
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
    """Parse a format code such as ``#,##0.00_);[Red](#,##0.00)``; `since_1904` says that days are counted from 1904."""
    return NumberFormat(sections_of(code), since_1904)


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


def _counted(section: Section, size: Decimal) -> str:
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


def _scientific(section: Section, size: Decimal) -> str:
    point = next((at for at, token in enumerate(section.tokens) if token.kind == "point"), None)
    exponent = next(at for at, token in enumerate(section.tokens) if token.kind == "exponent")
    places = sum(1 for t in section.tokens[point:exponent] if t.kind == "digit") if point is not None else 0
    return f"{size:.{places}E}"
