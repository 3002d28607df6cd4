"""One pass over a text: every figure, with its kind, value, unit and interval."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from checker.document import Document
from checker.folding import invisible_in
from checker.interval import Interval, Rational
from checker.lazily import pattern
from checker.quantities import approximation as approx
from checker.quantities.merging import merge
from checker.quantities.model import Approximation, Kind, Quantity
from checker.quantities.numerals import arabic_number, chinese_number, decimal_number, number_or_none, scale_of
from checker.quantities.pattern import LONGEST, PlainNumber, figure_patterns
from checker.units import Unit, Units, load_units

if TYPE_CHECKING:
    from checker.deadline import Deadline

__all__ = ["ABOUT", "read_quantities"]

ABOUT = Fraction(1, 10)  # 约 widens a figure by a tenth on both sides unless the caller says otherwise
_GREATEST_POWER = 100  # of ten: 2×10⁹⁹

# A short quotation without a sentence in it is a name or a slogan: “四化模式”, “两不愁三保障”, “1461”行动.
_QUOTED = pattern(r"[“‘「『\"](?P<inside>[^“”‘’「」『』\"，,。；;：:！？\n]{1,14})[”’」』\"]")
_QUOTED_AMOUNT = pattern(r"[\d.,]+(?:万|亿)?[元%人户亩吨米公里]+")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_AFTER_DASH = pattern(r"\d-$")  # 以96-87领先
_LIST_NUMBER = pattern(r"(?:^|\n)[ \t>#*]*[(（\[]?$")
_LIST_MARKS = frozenset(".、)）]．")
_CURRENCIES = {
    "$": "美元", "US$": "美元", "HK$": "港元", "NT$": "新台币", "RMB$": "元", "¥": "元", "￥": "元", "€": "欧元", "£": "英镑",
}  # fmt: skip
# 百万只, 千名, 万人: a power alone is a label for a class, not a count.
_BARE_POWERS = frozenset(["百", "千", "万", "亿", "十万", "百万", "千万", "亿万", "十亿", "百亿", "千亿", "万亿"])
_NOT_HALF = frozenset("年月路夜途数山边")  # 半年, 半路: 半 belongs to what follows
_HALVED = frozenset(["年", "个月", "天", "小时", "公里", "里", "斤", "公斤", "亩", "吨", "倍", "个"])
_CODE_BEFORE = pattern(
    r"(?:代码|编号|邮编|邮政编码|电话|热线|传真|[Qq]{2}号?|账号|证号|文号|编码|字第|GB(?:/T)?|ISO|IEC|No\.?|微信)\s?[：:]?\s?$"
)
_VERSION = pattern(r"\d\.0")
_PEOPLE = ("死", "伤", "男", "女")  # 3死15伤, 11男4女: persons
_DURATION_BEFORE = (
    "近",
    "约",
    "历时",
    "长达",
    "满",
    "超过",
    "了",
    "用",
    "逾",
    "不到",
    "不足",
    "为期",
    "任期",
    "历经",
    "有",
    "每",
    "前",
    "后",
)
_DURATION_AFTER = pattern(
    r"(?:来|间|以上|以下|以来|历史|期|前|后|时间|之久|内|中|多|左右|里|的|如一日|磨|老|国债|龄|级)"
)
_FOLLOWS_NOUN = frozenset("的和与及等是为达至到了在有将从由对以后")


def read_quantities(
    document: Document,
    *,
    tolerance: Fraction = ABOUT,
    without: Sequence[tuple[int, int]] = (),
    deadline: Deadline | None = None,
) -> tuple[Quantity, ...]:
    """Every figure of a document, in text order; dates, codes, names and the like are there as their own kinds.

    `tolerance` is what 约 stands for, as a part of the figure. Offsets are code points of ``document.text``. `without` are
    stretches, in text order, in which nothing is read: the cells of tables that are numbers. What is not read by the
    `deadline` is left out.

    >>> from checker.sources import make_document
    >>> [(q.value, q.unit.name) for q in read_quantities(make_document("全县脱贫1579户3182名。"))]
    [(1579, '户'), (3182, '人')]
    """
    text, stretches = _without_breaks(document, _blanked(document.folded, without))
    scanner = _Scanner(text, load_units(), tolerance)
    found = merge(text, list(scanner.scan() if deadline is None else deadline.until(scanner.scan())))
    return tuple(_numbered(found, stretches))


def _blanked(text: str, without: Sequence[tuple[int, int]]) -> str:
    """The text with bars for some stretches, which no figure reaches across."""
    if not without:
        return text
    pieces: list[str] = []
    at = 0
    for start, end in without:
        pieces += (text[at:start], "|" * (end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _without_breaks(document: Document, text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without what may cut a figure in two (breaks inside blocks, invisible characters), and the way back to its offsets.

    The way back is (start, shift) for each stretch: what stands from `start` on in the new text stands `shift` farther on in the old.
    """
    breaks = [
        (end, start)
        for block in document.blocks
        for (_, end), (start, _) in zip(block.spans, block.spans[1:], strict=False)
    ]
    breaks += invisible_in(text)
    stretches = [(0, 0)]
    if not breaks:
        return text, stretches
    pieces = []
    at = length = 0
    for end, start in sorted(breaks):
        if end < at:  # an invisible character inside a break
            continue
        pieces.append(text[at:end])
        length += end - at
        stretches.append((length, start - length))
        at = start
    pieces.append(text[at:])
    return "".join(pieces), stretches


def _numbered(found: list[Quantity], stretches: list[tuple[int, int]]) -> Iterator[Quantity]:
    """The figures, in text order, with their ids and with offsets of the document's own text."""
    ahead = iter([*stretches[1:], (sys.maxsize, 0)])
    shift, (next_start, next_shift) = stretches[0][1], next(ahead)
    for number, q in enumerate(found):
        while q.start >= next_start:
            shift, (next_start, next_shift) = next_shift, next(ahead)
        if shift == 0 and q.end <= next_start and q.id == number:
            yield q  # most are where and what they were when they were read
        elif q.end <= next_start:
            yield q.placed(number, q.start + shift, q.end + shift, q.number_start + shift, q.number_end + shift)
        else:
            offsets = [_offset(place, stretches) for place in (q.start, q.end - 1, q.number_start, q.number_end - 1)]
            yield q.placed(number, offsets[0], offsets[1] + 1, offsets[2], offsets[3] + 1)


def _offset(place: int, stretches: list[tuple[int, int]]) -> int:
    return place + stretches[bisect_right(stretches, place, key=itemgetter(0)) - 1][1]


class _Scanner:
    """What the handlers of one scan share: the folded text, the units, and what 约 stands for."""

    def __init__(self, text: str, units: Units, tolerance: Fraction) -> None:
        self.text = text
        self.units = units
        self.tolerance = tolerance
        self.patterns = figure_patterns()
        self.count = 0  # of the figures so far
        self.quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]

    def scan(self) -> Iterator[Quantity]:
        quotes = iter([*self.quoted, (len(self.text) + 1, len(self.text) + 2)])
        quote_start, quote_end = next(quotes)
        last = at = 0
        while True:
            match, at = self.patterns.search(self.text, at)
            if match is None:
                return
            handler = _HANDLERS.get(match.lastgroup or "")
            if at - last > LONGEST and handler is not None and match.end() - match.start() > LONGEST:
                handler = _HANDLERS["code"]
            found = handler(self, match) if handler is not None else None
            if found is None:
                continue
            while quote_end <= found.start:
                quote_start, quote_end = next(quotes)
            if quote_start < found.start and found.end < quote_end and found.kind not in ("date", "period", "code"):
                inside = self.text[quote_start + 1 : quote_end - 1]
                if not _QUOTED_AMOUNT.fullmatch(inside):
                    found = found._replace(kind="label")
            if found.start >= last:
                self.count += 1
                yield found
                last = found.end
                at = max(at, last)

    # --- what is no quantity ------------------------------------------------------------------------------

    def other(self, m: re.Match[str], kind: Kind, parts: tuple[Rational, ...] = ()) -> Quantity:
        """The whole match as something of another kind: a date, a name, a code."""
        return self.other_at(m.start(), m.end(), kind, parts)

    def other_at(self, start: int, end: int, kind: Kind, parts: tuple[Rational, ...] = ()) -> Quantity:
        """A stretch of the text as something of another kind."""
        return Quantity(self.count, start, end, kind, None, None, None, "exact", start, end, parts=parts)

    # --- what is ------------------------------------------------------------------------------------------

    def quantity(
        self,
        start: int,
        end: int,
        number: tuple[int, int],
        value: Rational,
        step: Rational,
        unit: Unit | None,
        *,
        scaled: bool = False,
        more: bool = False,
        words: bool = False,
        interval: Interval | None = None,
        surface: str | None = None,
    ) -> Quantity:
        """Put the words around a figure to it and settle its interval."""
        text = self.text
        before = approx.prefix_before(text, start)
        after = approx.words_behind(text, end)
        counted = unit is None or unit.counted
        found: Interval | None
        approximation: Approximation
        if more:
            found, approximation = approx.over_step(value), "over"
        elif interval is not None:
            found, approximation = interval, "rounded"
        else:
            found, approximation = None, approx.exact_or_rounded(step, counted, scaled)
        if before is not None:
            start -= len(before[0])
            found, approximation = approx.read_as(before[1], value, step, self.tolerance)
        if after is not None and after.lastgroup != "nothing":
            end = after.end()
            if before is None:
                word = (after.lastgroup or "").replace("_", " ")
                if word == "over":
                    found, approximation = approx.over_step(value), "over"
                else:
                    found, approximation = approx.read_as(word, value, step, self.tolerance)
        return Quantity(
            self.count,
            start,
            end,
            "quantity",
            value,
            unit,
            found,
            approximation,
            *number,
            step=step,
            words=words,
            surface=surface,
        )

    def unit_behind(self, start: int, end: int, gap: int = 0) -> tuple[Unit, str, int] | None:
        """The unit behind the number at [start, end), its writing, and where it ends; at most `gap` characters of space between."""
        text, units = self.text, self.patterns.units
        begin = end
        while text[begin : begin + 1].isspace() and begin < end + gap:
            begin += 1
        surface = units.at(text, begin)
        if surface is None:
            return None
        after = begin + len(surface)
        if text[after : after + 1] == "/" and (below := units.at(text, after + 1)) is not None:
            surface, after = f"{surface}/{below}", after + 1 + len(below)
        unit = self.unit_at(surface, start, after)
        return None if unit is None else (unit, surface, after)

    def after_half(self, surface: str, unit: Unit, end: int) -> tuple[str, Unit, int]:
        """The unit of 三个半小时, 两个半月, which stands behind 半; else the one in front of it."""
        for word in ("小时", "月", "百分点") if surface == "个" else ():
            if self.text.startswith(word, end):
                return f"个{word}", self.units.by_surface[f"个{word}"], end + len(word)
        return surface, unit, end

    def unit_at(self, surface: str, start: int, end: int) -> Unit | None:
        """The unit that `surface` names at [start, end), by its surroundings where the writing is a homograph."""
        unit = self.units.by_surface.get(surface)
        if unit is not None and surface not in self.units.homographs:
            return unit
        if "/" in surface:
            top, _, bottom = surface.partition("/")
            numerator, denominator = self.units.by_surface.get(top), self.units.by_surface.get(bottom)
            if numerator is not None and denominator is not None:
                return self.units.compound(numerator, denominator)
        return self.units.resolve(surface, self.text[max(0, start - 16) : start], self.text[end : end + 8])


def _date(s: _Scanner, m: re.Match[str]) -> Quantity:
    numbers = [_calendar_number(n) for n in _CALENDAR.findall(m.group("date"))]
    if m.group("date_to") is not None:
        return s.other(m, "period", tuple(numbers))
    return s.other(m, "date", (*numbers, 0, 0)[:3])


def _month_day(s: _Scanner, m: re.Match[str]) -> Quantity:
    numbers = [_calendar_number(n) for n in _CALENDAR.findall(m.group())]
    if _ONE_DAY.fullmatch(m.group()) is None:
        return s.other(m, "period", tuple(numbers))
    return s.other(m, "date", (0, *numbers, 0)[:3])


_ONE_DAY = pattern(r"(?:\d+|[一二三四五六七八九十]+)\s?月份?(?:\s?(?:\d+|[一二三四五六七八九十]+)\s?[日号])?")
_CALENDAR = pattern(r"\d+|[〇零○一二三四五六七八九十]+")


def _calendar_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return int(chinese_number(written))


def _years(s: _Scanner, m: re.Match[str]) -> Quantity:
    return s.other(m, "period", (int(m["y1"]), int(m["y2"])))


def _iso(s: _Scanner, m: re.Match[str]) -> Quantity:
    year, month, day = (int(n) for n in re.split(r"[-./]", m.group()))
    return s.other(m, "date", (year, month, day))


def _time(s: _Scanner, m: re.Match[str]) -> Quantity:
    numbers = tuple(int(n) for n in re.findall(r"\d+", m.group()))
    return s.other(m, "time", numbers if len(numbers) > 1 else ())


def _ratio(s: _Scanner, m: re.Match[str]) -> Quantity:
    return s.other(m, "ratio", tuple(decimal_number(n) for n in re.split("[:：∶]", m.group())))


def _score(s: _Scanner, m: re.Match[str]) -> Quantity:
    return s.other(m, "score", tuple(int(n) for n in m.group().split("比")))


def _fraction(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    units = s.units.by_surface
    if m["numerator"] == "几":
        return s.other(m, "label")
    try:
        below = chinese_number(m["denominator"])
        above, step, _ = (
            arabic_number(m["numerator"])
            if m["numerator"][0].isascii()
            else (chinese_number(m["numerator"]), _last_step(m["numerator"]), False)
        )
    except ValueError:
        return s.other(m, "label")
    more = m["fraction_more"] == "多"
    name = {100: "%", 1000: "‰", 10000: "‱"}.get(int(below))
    if name is not None and name in units:
        return s.quantity(*m.span(), m.span(), above, step, units[name], more=more)
    percent = Fraction(above) * 100 / below
    if below >= 10**5:
        half = Fraction(step) * 50 / below
        return s.quantity(
            *m.span(), m.span(), percent, 1, units["%"], interval=Interval(percent - half, percent + half)
        )
    interval = _within_a_twentieth(percent)
    return s.quantity(*m.span(), m.span(), percent, 1, units["%"], words=True, interval=interval, more=more)


def _slash(s: _Scanner, m: re.Match[str]) -> Quantity:
    value = Fraction(int(m["over"]), int(m["under"]) or 1) * 100
    if not 0 < value < 100:
        return s.other(m, "code")
    return s.quantity(
        *m.span(), m.span(), value, 1, s.units.by_surface["%"], words=True, interval=_within_a_twentieth(value)
    )


def _last_step(written: str) -> Rational:
    return Fraction(1, 10 ** len(written.partition("点")[2]))


def _within_a_twentieth(value: Rational) -> Interval:
    return Interval(value * Fraction(19, 20), value * Fraction(21, 20))


def _tenth(s: _Scanner, m: re.Match[str]) -> Quantity:
    written = m["tenth"].rstrip("多")
    tenths, _, rest = written.partition("成")
    rest = "五" if rest == "半" else rest
    if len(tenths) == 2 and tenths[1] != "十":
        interval = approx.vague_interval(tenths)
        assert interval.low is not None and interval.high is not None
        wide = Interval(interval.low * 10, interval.high * 10)
        return Quantity(0, *m.span(), "quantity", None, s.units.by_surface["%"], wide, "vague", *m.span(), words=True)
    value = (decimal_number(tenths) if tenths[0].isdigit() else chinese_number(tenths)) * 10
    value += chinese_number(rest) if rest else 0
    more = m["tenth_more"] is not None
    interval = Interval(value, value + 10, False, False) if more else _within_a_twentieth(value)
    found = s.quantity(*m.span(), m.span(), value, 10, s.units.by_surface["%"], words=True, interval=interval)
    return found._replace(bounds=interval, approximation="over") if more else found


def _half(s: _Scanner, m: re.Match[str]) -> Quantity:
    percent = s.units.by_surface["%"]
    word = m["half"]
    if word[0] in "过超":
        return Quantity(
            0, *m.span(), "quantity", 50, percent, Interval(50, None, False, False), "over", *m.span(), words=True
        )
    if word[0] == "近":
        return Quantity(0, *m.span(), "quantity", 50, percent, approx.near(50), "near", *m.span(), words=True)
    return s.quantity(*m.span(), m.span(), 50, 10, percent, words=True, interval=_within_a_twentieth(50))


def _doubling(s: _Scanner, m: re.Match[str]) -> Quantity:
    written = m["doublings"] or "一"
    times = chinese_number(written) if not written[0].isdigit() else decimal_number(written)
    if not isinstance(times, int):
        return s.other(m, "label")
    value = 2**times
    return Quantity(
        0,
        *m.span(),
        "quantity",
        value,
        s.units.by_surface["番"],
        _within_a_twentieth(value),
        "rounded",
        *m.span(),
        words=True,
    )


def _tens(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    low, high = int(m["ten1"]) * 10, int(m["ten2"]) * 10
    behind = s.unit_behind(m.start(), m.end(), 1)
    if high != low + 10 or behind is None:
        return None
    unit, surface, end = behind
    before = approx.prefix_before(s.text, m.start())
    start = m.start() - len(before[0]) if before else m.start()
    return Quantity(0, start, end, "quantity", None, unit, Interval(low, high), "range", *m.span(), surface=surface)


def _number(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    """A number in Arabic digits, with what stands around it; the one handler that nearly every figure passes."""
    digits, power, magnitude, more, currency, sign = m.group("digits", "power", "magnitude", "more", "currency", "sign")
    text = s.text
    first, number_end = m.span("digits")
    if power:
        exponent = int(power.lstrip("^").translate(_SUPERSCRIPTS))
        if exponent > _GREATEST_POWER:
            return s.other(m, "code")
        value, step, scaled = _with_power(digits, exponent)
    elif magnitude:
        value, step, scaled = arabic_number(digits + magnitude.strip())
        number_end = m.end("magnitude")
    else:
        value, step, scaled = arabic_number(digits)
    end = m.end()
    if scaled and text.startswith(("万", "亿"), end):  # 1亿亿: no magnitude that is known here, and 1亿 it is not
        while text.startswith(("万", "亿"), end):
            end += 1
        return s.other_at(m.start(), end, "code")
    behind = s.unit_behind(first, end, 4)
    unit, surface = None, None
    if behind is not None:
        unit, surface, end = behind
    start = first
    if currency:
        start, unit = m.start("currency"), s.units.by_surface.get(_CURRENCIES.get(currency, ""), unit)
    if sign and (unit is None or not unit.counted) and not more:  # the dash of a list is no sign: -10多名学生受伤
        value, start, first = -value, m.start("sign"), m.start("sign")
    if not (power or magnitude or more or currency) and digits.isdigit():
        other = _plain_integer(s, m.start("digits"), digits, unit, surface, end)
        if isinstance(other, Quantity):
            return other
        unit = other
    elif _is_version(s, digits, first, number_end, unit, surface):
        return s.other_at(first, number_end, "name")
    return _ended(s, start, end, (first, number_end), value, step, unit, surface, scaled=scaled, more=more is not None)


def _plain_number(s: _Scanner, m: PlainNumber) -> Quantity | None:
    """A number that is digits alone, or digits and decimals."""
    text, first, number_end = s.text, m.start(), m.end()
    digits = text[first:number_end]
    behind = s.unit_behind(first, number_end, 4)
    unit, surface, end = behind if behind is not None else (None, None, number_end)
    if digits.isdecimal():
        other = _plain_integer(s, first, digits, unit, surface, end)
        if isinstance(other, Quantity):
            return other
        unit = other
    elif _is_version(s, digits, first, number_end, unit, surface):
        return s.other_at(first, number_end, "name")
    value, step, _ = arabic_number(digits)
    return _ended(s, first, end, (first, number_end), value, step, unit, surface)


def _ended(
    s: _Scanner, start: int, end: int, number: tuple[int, int], value: Rational, step: Rational, unit: Unit | None, surface: str | None, *,
    scaled: bool = False, more: bool = False,
) -> Quantity:  # fmt: skip
    """A number with its unit, and what may stand behind that: 3个半, 35+."""
    text = s.text
    following = text[end : end + 1]
    if following == "半" and unit is not None and surface in _HALVED and text[end + 1 : end + 2] not in _NOT_HALF:
        value, step = value + Fraction(1, 2), Fraction(1, 2)
        surface, unit, end = s.after_half(surface, unit, end + 1)
    found = s.quantity(start, end, number, value, step, unit, scaled=scaled, more=more, surface=surface)
    if following == "+" and not text[end + 1 : end + 2].isdigit():  # 35+; but 729宗＋180 is a figure and its increase
        return found._replace(end=max(found.end, end + 1), bounds=Interval(value, None), approximation="over")
    return found


def _with_power(digits: str, exponent: int) -> tuple[Rational, Rational, bool]:
    """2×10⁴: value and last digit, both times the power of ten."""
    base, _, _ = digits.replace("x", "×").partition("×")
    times = 10**exponent
    value, step, _ = arabic_number(base)
    return value * times, step * times, True


def _is_version(s: _Scanner, digits: str, start: int, end: int, unit: Unit | None, surface: str | None) -> bool:
    """工业4.0, 2.0版: no figure, for nothing is measured."""
    if (unit is not None and surface != "版") or not _VERSION.fullmatch(digits):
        return False
    text = s.text
    return text[end : end + 1] in ("版", "时") or (
        text[start - 1 : start] in ("业", "本", "版", "络", "代", "b", "v", "V")
    )


def _plain_integer(
    s: _Scanner, start: int, digits: str, unit: Unit | None, surface: str | None, end: int
) -> Quantity | Unit | None:
    """The unit of a whole number without 万 and 亿, or what it is instead of a figure: a year, an issue, a name, a code."""
    if unit is None:
        if s.text[end : end + 1] in _PEOPLE:
            return s.units.by_surface["人"]
        kind = _kind_without_unit(s, start, digits, end)
        return None if kind == "quantity" else s.other_at(start, end, kind)
    if surface == "年" and _is_year(s, digits, start, end):
        return s.other_at(start, end, "date", (_full_year(digits), 0, 0))
    if surface == "期" and s.text[start - 1 : start] in ("年", "第", "刊"):
        return s.other_at(start, end, "ordinal")
    return unit


def _kind_without_unit(s: _Scanner, start: int, digits: str, end: int) -> Kind:
    """What a bare whole number is: a name (幻影2000战机), a year, a code, the number of a list item, or a figure."""
    text = s.text
    following = text[end : end + 1]
    if _CODE_BEFORE.search(text, max(0, start - 8), start):
        return "code"
    if following in _PEOPLE:
        return "quantity"
    if following == "号":
        return "ordinal"
    if (
        following in _LIST_MARKS
        and not text[end + 1 : end + 2].isdecimal()
        and _LIST_NUMBER.search(text[max(0, start - 6) : start])
    ):
        return "ordinal"
    if text[start - 1 : start] in ("[", "［", "〔", "#", "/", "_", "=", "&") and following in (
        "]",
        "］",
        "〕",
        "/",
        "_",
        "&",
        ".",
        "-",
        "=",
    ):
        return "code"
    if len(digits) == 4 and digits[:2] in ("19", "20") and following not in ("。", "，", "-", "～", "~", "至", "—"):
        return "date"
    if is_han(following) and following not in _FOLLOWS_NOUN and not _AFTER_DASH.search(text, max(0, start - 5), start):
        return "name"
    if following and (following.isalpha() and following.isascii()):
        return "code"
    if len(digits) >= 5 and len(digits) > 8:
        return "code"
    return "quantity"


def _is_year(s: _Scanner, digits: str, start: int, end: int) -> bool:
    """Whether 98年 is a year rather than a length of time (25年)."""
    if len(digits) != 2:
        return False
    if digits[0] == "0":
        return True
    if int(digits) < 49:
        return False
    if s.text[max(0, start - 2) : start].endswith(_DURATION_BEFORE):
        return False
    return _DURATION_AFTER.match(s.text, end) is None


def is_han(character: str) -> bool:
    """Whether a character is a Han character; no for none at all."""
    return "\u3400" <= character <= "\u9fff"


def _full_year(digits: str) -> int:
    year = int(digits)
    return year + (1900 if year > 40 else 2000)


def _chinese(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    written, magnitude = m["numeral"], m["numeral_magnitude"] or ""
    number_end = m.end()
    behind = s.unit_behind(m.start(), number_end, 1)
    if behind is None and len(written) > 1 and written[-1] == "两":  # 三两: the last numeral is the unit
        written, number_end = written[:-1], number_end - 1
        behind = s.unit_behind(m.start(), number_end)
    if behind is None:
        return None
    unit, surface, end = behind
    value = number_or_none(written + magnitude)
    if value is None:
        return None
    number = (m.start("numeral"), m.end("numeral_magnitude") if magnitude else m.start("numeral") + len(written))
    decimals = len(written.partition("点")[2].rstrip("万亿"))
    whole_step = chinese_number(f"一{written[-1]}") if decimals and written[-1] in "万亿" else 1
    step = Fraction(whole_step, 10**decimals) if decimals else scale_of(value) if value >= 10**4 else 1
    scaled = value >= 10**4
    if s.text[end : end + 1] == "半" and surface in _HALVED and s.text[end + 1 : end + 2] not in _NOT_HALF:
        value, step = value + Fraction(1, 2), Fraction(1, 2)
        surface, unit, end = s.after_half(surface, unit, end + 1)
    more = m["numeral_more"] is not None
    found = s.quantity(m.start(), end, number, value, step, unit, scaled=scaled, more=more, words=True, surface=surface)
    if written in _BARE_POWERS and found.approximation in ("exact", "rounded"):
        return found._replace(kind="label")
    return found


def _label(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    value = number_or_none(m.group())
    if value is None:
        return None
    return Quantity(0, *m.span(), "label", value, None, None, "exact", *m.span(), words=True)


def _half_unit(s: _Scanner, m: re.Match[str]) -> Quantity:
    unit = s.units.by_surface["个月" if m["halfunit_unit"] == "月" else m["halfunit_unit"]]
    half = Fraction(1, 2)
    return s.quantity(
        *m.span(), (m.start(), m.start() + 1), half, half, unit, words=True, interval=Interval(half * half, 1)
    )


def _elliptic(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    value = number_or_none(m.group())
    if value is None:
        return None
    return s.quantity(*m.span(), m.span(), value, scale_of(value), None, scaled=True, words=True)


def _once(s: _Scanner, m: re.Match[str]) -> Quantity:
    times = s.units.by_surface["倍"]
    interval = {"近": approx.near(1), "超": Interval(1, None, False, False)}.get(m.group()[0], _within_a_twentieth(1))
    approximation: Approximation = "near" if m.group()[0] == "近" else "over" if m.group()[0] == "超" else "rounded"
    return Quantity(0, *m.span(), "quantity", 1, times, interval, approximation, *m.span(), words=True)


def _chinese_range(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    behind = s.unit_behind(m.start(), m.end())
    if behind is None:
        return None
    unit, surface, end = behind
    try:
        low, high = chinese_number(m["zlow"]), chinese_number(m["zhigh"])
    except ValueError:
        return None
    if low > high:
        return None
    return Quantity(
        0, m.start(), end, "quantity", None, unit, Interval(low, high), "range", *m.span(), words=True, parts=(low, high),
        surface=surface,
    )  # fmt: skip


def _vague(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    behind = s.unit_behind(m.start(), m.end())
    if behind is None:
        return None
    unit, surface, end = behind
    word = m["vague_word"]
    approximation: Approximation = "vague"
    if word[0] == "近":
        approximation = "near"
    elif word[0] in "一两二三四五六七八九" and not word.endswith("几"):
        approximation = "range"
    try:
        interval = approx.vague_interval(word)
    except ValueError:
        return None
    number = m.span("vague_word")
    return Quantity(
        0, m.start(), end, "quantity", None, unit, interval, approximation, *number, words=True, surface=surface
    )


def _tenplus(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    behind = s.unit_behind(m.start(), m.end())
    if behind is None:
        return None
    unit, surface, end = behind
    value = number_or_none(m["tenplus_word"] + (m["tenplus_magnitude"] or ""))
    if value is None:
        return None
    return s.quantity(
        m.start(), end, m.span("tenplus_word"), value, scale_of(value), unit, more=True, words=True, surface=surface
    )


def _ordinal(s: _Scanner, m: re.Match[str]) -> Quantity:
    behind = s.unit_behind(m.start(), m.end(), 1)
    return s.other_at(m.start(), m.end() if behind is None else behind[2], "ordinal")


def _as(kind: Kind) -> Callable[[_Scanner, re.Match[str]], Quantity]:
    return lambda s, m: s.other(m, kind)


# What each alternative of the patterns becomes; addresses and idioms are stepped over.
_HANDLERS: dict[str, Callable[[_Scanner, Any], Quantity | None]] = {
    "number": _number,
    "plain": _plain_number,
    "chinese": _chinese,
    "date": _date,
    "monthday": _month_day,
    "code": _as("code"),
    "ordinal": _ordinal,
    "years": _years,
    "fiscal": _as("period"),
    "iso": _iso,
    "day": lambda s, m: s.other(m, "date", (0, 0, int(re.findall(r"\d+", m.group())[-1]))),
    "decade": _as("period"),
    "period": _as("period"),
    "time": _time,
    "ratio": _ratio,
    "score": _score,
    "event": _as("date"),
    "place": _as("name"),
    "fraction": _fraction,
    "slash": _slash,
    "tenth": _tenth,
    "half": _half,
    "doubling": _doubling,
    "tens": _tens,
    "label": _label,
    "weekday": _as("date"),
    "zscore": lambda s, m: s.other(m, "score", tuple(chinese_number(n) for n in m.group().split("比"))),
    "zrange": _chinese_range,
    "halfunit": _half_unit,
    "elliptic": _elliptic,
    "once": _once,
    "vague": _vague,
    "tenplus": _tenplus,
}
