"""One pass over a text: every figure, with its kind, value, unit and interval."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from checker.arithmetic.interval import Interval, Rational
from checker.document import Document
from checker.document.folding import invisible_in
from checker.language.lexicon import Endings, words_of
from checker.patterns import pattern
from checker.quantities import approximation as approx
from checker.quantities.habits import Habits
from checker.quantities.merging import merge
from checker.quantities.model import Approximation, Kind, Quantity
from checker.quantities.numerals import (
    MAGNITUDES,
    arabic_number,
    chinese_number,
    decimal_number,
    number_or_none,
    scale_of,
)
from checker.quantities.pattern import LONGEST, NO_LONGER, Found, PlainNumber, figure_patterns
from checker.units import Unit, Units, load_units

if TYPE_CHECKING:
    from checker.document.deadline import Deadline

__all__ = ["ABOUT", "read_quantities"]

ABOUT = Fraction(1, 10)  # 约 widens a figure by a tenth on both sides unless the caller says otherwise
_GREATEST_POWER = 100  # of ten: 2×10⁹⁹

# A short quotation without a sentence in it is a name or a slogan: “四化模式”, “两不愁三保障”, “1461”行动.
_QUOTED = pattern(r"[“‘「『\"](?P<inside>[^“”‘’「」『』\"，,。；;：:！？\n]{1,14})[”’」』\"]")
_TITLE = pattern(r"《(?:\d{1,4}|[零一二两三四五六七八九十百千万][\u4e00-\u9fff]{1,4})》")  # 《731》, 《一轮秋》
_QUOTED_AMOUNT = pattern(r"[\d.,]+(?:万|亿)?[元%人户亩吨米公里]+")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_AFTER_DASH = pattern(r"\d-$")  # 以96-87领先
# What the number of a list item stands behind: a line's beginning, a cell's, or the end of a sentence: 2、复核…；3、评价…
_LIST_NUMBER = pattern(r"(?:^|[\n|>。；;：:！])[ \t>#*]*[(（\[]?$")
_LIST_MARKS = frozenset(".、)）]．")
_YEAR_BEHIND = pattern(r"20\d\d年")  # 1、2020年，公司…
_IN_NOTES = pattern(
    r"附注[一二三四五六七八九十]{1,3}(?:、|[(（][一二三四五六七八九十]{1,3}[)）])(?:\d{1,2}(?:\.\d{1,2})*[(（])?$"
)  # 附注十二、3.1(3), 附注五(一)17
_NOTE = pattern(r"注[ ]?[(（]?$")  # 注3：, 注（1）
# （2）加快…, 第67(4)条, 金融投资(3) |, 50(1), 31-48: the number of an item, a paragraph or a note; but 甲镇（16）、乙镇（12）
_BRACKETED = pattern(
    r"(?<!\d)[（(]\d{1,2}[）)](?![、，。；,;\n万亿]|$)|(?<=\d)[（(]\d{1,2}[）)](?=条|款|项|[（(]|, ?\d{1,4}[-–]\d)"
)
_PRODUCT = pattern(r"[a-z]{2}[ ]$")  # iPhone 16, Windows 11
_ATTRIBUTE = pattern("(?:span|width|height|size|border|spacing|padding)=[\"']?$")  # <td rowspan=2>
_ISSUER = pattern(r"[（(](?:[034568]|92)\d{4,5}[）)]")  # 贵州茅台（600519）
# 负2.1%, 零下8度, 港币500万元, 摄氏38度: what stands right before a number and belongs to it
_MINUS = frozenset(["负", "零下"])
_NO_MINUS = frozenset("胜正自抱欠担肩背减降增税重辜抵")  # 胜负, 正负, 减负
_SCALES = {"零下": "摄氏度", "摄氏零下": "摄氏度", "摄氏": "摄氏度", "华氏": "华氏度"}
_CURRENCY_WORDS = {
    "港币": "港元", "港元": "港元", "美元": "美元", "美金": "美元", "新台币": "新台币", "台币": "新台币", "日元": "日元", "日圆": "日元",
    "欧元": "欧元", "英镑": "英镑", "澳元": "澳元", "加元": "加元", "韩元": "韩元", "卢布": "卢布", "澳门币": "澳门元",
}  # fmt: skip
_WITHOUT_UNIT = {**_CURRENCY_WORDS, "人民币": "元"}  # of these the number needs no 元 behind it: 人民币500万
_LAST_OF_LEADS = frozenset("负下氏" + "".join(word[-1] for word in _CURRENCY_WORDS))
_VERBS = frozenset(words_of("figures", "verbs"))
_MORE_UNITS = frozenset(["个多月", "个多小时", "个多钟头", "个多星期", "个多世纪"])
_RESTS = frozenset("半一二三四五六七八九")  # may be a lower place behind a unit
_LETTERS = {"K": 1000, "k": 1000, "M": 10**6, "G": 10**9}
_LEAST_GIGA = 100  # 5G, 5.5G are generations
_GENERATIONS = frozenset(["1", "2", "3", "4", "5", "6", "8"])  # 5G, 4K
_AFTER_LETTER, _CODE_GOES_ON = frozenset("元美人左以的多用"), frozenset("-/_.")
_LEAST_POINTS, _MOST_POINTS = 100, 10**5  # 1664点反弹: no hour is so great, and no index
_BEHIND_BRACKET = frozenset("）)为是到达：: ")
_BRACKETED_UNIT = pattern(
    r"[（(](?P<magnitude>[十百千]?[万亿])?(?P<unit>[^（）()\d]{1,6})[）)](?:为|达到?|是|：|:)?[ ]?$"
)
_MAGNITUDE_BELOW, _LINE_ENDS = pattern(r"[ \t]*\r?\n[ \t]*(?P<magnitude>[百千]?万|亿)(?=[^\W\d])"), frozenset(" \t\r\n")
_REFERENCE = pattern(r"(?:附件|附表|附图|附录|专栏|图表|标段|(?<![代发外手钟列仪水电])表|(?<![企地版试意蓝力])图)[ ]?$")
_REFERRED = pattern(r"\d+(?:[-—~至、]\d+(?![\d.]))*")
_LAST_OF_REFERENCES = frozenset("件表图录栏段 ")
_FIRST_NUMBER = pattern("\\d+|[零一二两三四五六七八九十百千]+")
_AMOUNT_END = pattern(r"[\d万亿千百十余多]$")  # 300美元500元: the currency of the amount before
_CURRENCIES = {
    "US$": "美元", "HK$": "港元", "NT$": "新台币", "RMB$": "元", "¥": "元", "￥": "元", "€": "欧元", "£": "英镑",
}  # fmt: skip
# 百万只, 千名, 万人: a power alone is a label for a class, not a count.
_BARE_POWERS = frozenset(["百", "千", "万", "亿", "十万", "百万", "千万", "亿万", "十亿", "百亿", "千亿", "万亿"])
_NOT_HALF = frozenset("".join(words_of("figures", "halved", "not_before")))  # 半年, 半路: 半 belongs to what follows
_HALVED = frozenset(words_of("figures", "halved"))
_MINUTES, _HALF_BEHIND = words_of("figures", "half_minutes", "units"), words_of("figures", "half_minutes")
_HALVES = (
    "小时",
    "钟头",
    "月",
    "星期",
    "礼拜",
    "百分点",
)  # 一个半月, 个半小时: 半 belongs to the number, not to the noun
# 三米九, 五块六: the next lower place without its unit, where nothing that counts follows
_TENTHS_BEHIND = {"米": "", "块": "毛角", "丈": "尺", "尺": "寸", "斤": "两"}
_AFTER_TENTH = frozenset("的高长宽深远和与及至到左以多")
_DIGIT_VALUES = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_CODE_BEFORE = pattern(
    r"(?:代码|编号|邮编|邮政编码|电话|热线|致电|拨打|传真|[Qq]{2}号?|账号|证号|文号|编码|字第|GB(?:/T)?|ISO|IEC|No\.?|微信)\s?[：:]?\s?$"
)
_HOTLINES = "123"  # 12345, 12306
_VERSION = pattern(r"\d\.0")
_MEDALS = pattern("[金银铜](?![砖牌额钱融属条店色价币行监管])")  # 2金2银3铜
_PEOPLE = ("死", "伤", "男", "女")  # 3死15伤, 11男4女: persons
_DURATION_BEFORE = words_of("figures", "lengths_of_time", "before")
_DURATION_AFTER = pattern(
    r"(?:来|了|间|以上|以下|以来|历史|期|前|后|时间|之久|内|中|多|左右|里|的|如一日|磨|老|国债|龄|级)"
)
_BOUND_WORDS = words_of("figures", "bounds")
_FOLLOWS_NOUN = frozenset("的和与及或等是为达至到了在有将从由对以后")


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
    folded = _with_commas(_without_links(document.folded))
    text, stretches = _without_breaks(document, _blanked(folded, without))
    scanner = _Scanner(text, load_units(), tolerance, Habits(document.text, text))
    found = merge(text, list(scanner.scan() if deadline is None else deadline.until(scanner.scan())))
    return tuple(_numbered(found, stretches))


def _without_links(text: str) -> str:
    """The text with bars for the targets of its links."""
    if "](" not in text:
        return text
    return _LINK_TARGET.sub(lambda match: "|" * len(match.group()), text)


def _with_commas(text: str) -> str:
    """The text with ASCII commas in 3，000人 and points in 5·8%: what opens with a zero behind a comma is no number of its own."""
    if "·" in text:
        text = _MIDDLE_DOT.sub(".", text)
    return _GROUP_COMMA.sub(",", text) if "，0" in text else text


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
    breaks += _grouped_in(document.text, text)
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


# 58 240宗, 12 345.6元: digits in threes; an ordinary space only where a unit shows that it is one number, and nothing before that it may
# be two. 一 千 二 百 元: numerals with a space between all of them.
_GROUPED = pattern(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u2009\u202f\u2007]\d{3})+(?!\d)")
_SPACED = pattern(
    r"(?<![\d.,A-Za-z第表图件章节条])(?<![\d%] )[1-9]\d{0,2}(?: \d{3})+(?=(?:\.\d+)? ?(?:万|亿|宗|人|元|户|名|个|件|吨|亩|公顷|家|平方|立方|公里|米|千瓦|%))"
)
_SPACED_DIGITS = pattern(r"(?<![\d.])(?<!\d )\d(?: \d){2,}(?= ?[年个人元户项名家件万亿公吨])")
_SPACED_NUMERALS = pattern(
    "(?<![一二三四五六七八九十百千万亿])[一二两三四五六七八九十](?: [零一二两三四五六七八九十百千万亿]){3,}"
)
_SPACED_POINT = pattern(r"(?<![\d.,])(?<!\d )\d{1,3}(?: \d)* \.\d+(?: \d)*(?! ?\d)")  # 5 .4%, 1 0 .0 6‰
_SPACED_DECIMALS = pattern(
    r"(?<=[\u3400-\u9fff])\d{1,3}\. \d{1,2}(?= ?[%万亿])"
)  # 降至15. 8%; but 1. 8%的人 is an item
_SPACED_RATE = pattern(r"(?<![\d.])(?<!\d )[1-9] \d(?= ?%)")  # 8 5 %
_SPACED_DAY = pattern(r"(?<!\d )[12](?: \d){7}(?! ?\d)")  # 1 9 6 0 0 4 0 7, the day of a newspaper
_SPACED_MORE = pattern(r"(?<![\d.])\d{1,3} [百千万](?=[余多])")  # 4 万多人
_SPACED_UNIT = pattern(r"\d+ 公 [尺顷里分]")  # 48 公 尺
_GROUP_COMMA = pattern(r"(?<=\d)，(?=0\d\d(?!\d))")
_MIDDLE_DOT = pattern(r"·(?<=\d·)(?=\d{1,2}[%％])")
_SPACE = pattern(r"[ \u00a0\u2009\u202f\u2007]")
_SPACES = ("\u00a0", "\u2009", "\u202f", "\u2007")


_NUMERAL = "[0-9零一二两三四五六七八九十百千万亿]"
_SPACE_IN_NUMBER = pattern(rf" (?<=(?:{_NUMERAL}|\.) )(?:{_NUMERAL}|\.\d|公 )")  # in most texts there is none
_BEGINNING = pattern(f"{_NUMERAL}+\\.?$")


def _grouped_in(source: str, text: str) -> list[tuple[int, int]]:
    """The spaces that group the digits of one number, as stretches to be left out."""
    found: list[re.Match[str]] = []
    end = 0
    for space in _SPACE_IN_NUMBER.finditer(text):
        if space.start() < end:
            continue
        beginning = _BEGINNING.search(text, max(0, space.start() - LONGEST), space.start())
        if beginning is None:
            continue
        start = beginning.start()
        for spaced in (
            _SPACED,
            _SPACED_DIGITS,
            _SPACED_NUMERALS,
            _SPACED_POINT,
            _SPACED_DECIMALS,
            _SPACED_RATE,
            _SPACED_DAY,
            _SPACED_MORE,
            _SPACED_UNIT,
        ):
            number = spaced.match(text, start)
            if number is not None:
                found.append(number)
                end = number.end()
                break
    if any(space in source for space in _SPACES):
        found += _GROUPED.finditer(source)
    return [space.span() for match in found for space in _SPACE.finditer(source, *match.span())]


# The target of a Markdown link: its digits are an address.
_LINK_TARGET = pattern(r"\]\([^()\s]*\)")


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


_PERSON, _POPULATIONS = "人", words_of("figures", "populations", "behind")
_WITH_MAGNITUDE = pattern(r"[\d,.]+[百千]?[万亿]")  # 人民币500万; but 兑人民币6.8 is a rate
_LATIN = pattern("[a-zA-Z]")
_OF_A_YEAR = frozenset(["届", "版", "级", "环"])


class _Scanner:
    """What the handlers of one scan share: the folded text, the units, what 约 stands for, and the habits of the text."""

    def __init__(self, text: str, units: Units, tolerance: Fraction, habits: Habits) -> None:
        self.text = text
        self.units = units
        self.tolerance = tolerance
        self.habits = habits
        self.more: list[Quantity] = []  # figures that stand in one match with the one that was found
        self.patterns = figure_patterns()
        self.count = 0  # of the figures so far
        self.verse_end = -_VERSE_GAP  # of the last verse of a book
        self.quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]

    def scan(self) -> Iterator[Quantity]:
        quotes = iter([*self.quoted, (len(self.text) + 1, len(self.text) + 2)])
        quote_start, quote_end = next(quotes)
        last = at = 0
        text, search, handlers = self.text, self.patterns.search, _HANDLERS
        while True:
            match, at = search(text, at)
            if match is None:
                return
            handler = handlers.get(match.lastgroup)
            if at - last > LONGEST and handler is not None and match.end() - match.start() > LONGEST:
                handler = _HANDLERS["code"]
            found = handler(self, match) if handler is not None else None
            if found is None:
                continue
            while quote_end <= found.start:
                quote_start, quote_end = next(quotes)
            if found.start and text[found.start - 1] == "《" and _TITLE.match(text, found.start - 1):
                found = found._replace(kind="name", bounds=None, approximation="exact")
            if quote_start < found.start and found.end < quote_end and found.kind not in ("date", "period", "code"):
                inside = self.text[quote_start + 1 : quote_end - 1]
                if _DAY_NAME.fullmatch(inside) and is_han(self.text[quote_end : quote_end + 1]):  # “7.23”大雨
                    month, day = map(int, inside.split("."))
                    found = self.other_at(found.start, found.end, "date", (0, month, day))
                elif not _QUOTED_AMOUNT.fullmatch(inside):
                    found = found._replace(kind="label")
            if found.start >= last:
                self.count += 1
                yield found
                last = found.end
                if self.more:
                    for more in self.more:
                        self.count += 1
                        yield more
                        last = more.end
                    self.more.clear()
                if last > at:
                    at = last
            elif self.more:
                self.more.clear()

    # --- what is no quantity ------------------------------------------------------------------------------

    def other(self, m: re.Match[str], kind: Kind, parts: tuple[Rational, ...] = ()) -> Quantity:
        """The whole match as something of another kind: a date, a name, a code."""
        return self.other_at(m.start(), m.end(), kind, parts)

    def numbered(self, start: int, end: int) -> Quantity:
        """An ordinal, whose value is its first number: 第3次, 附件8, 表4-7."""
        found = _FIRST_NUMBER.search(self.text, start, end)
        value = (
            None
            if found is None
            else int(found.group())
            if found.group().isdecimal()
            else number_or_none(found.group())
        )
        return self.other_at(start, end, "ordinal")._replace(value=value)

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
        if start and text[start - 1] in _LAST_OF_LEADS:
            lead, unit = self.lead_before(start, unit)
            start -= len(lead)
            if lead in _MINUS:
                value, interval = -value, None if interval is None else -interval
        more = more or surface in _MORE_UNITS
        before = approx.prefix_before(text, start)
        if before is not None and words and value == 1 and before[0] in _VERBS and unit is not None and unit.counted:
            before = None  # 突破一批技术
        if before is not None and before[0] == _NEAR_WORD and _is_recent(text, start, end, value, unit):
            before = None  # 为近三年最低: the last three
        after = approx.words_behind(text, end)
        counted = unit is None or unit.counted
        found: Interval | None
        approximation: Approximation
        if more:
            found, approximation = approx.over_step(value), "over"
        elif interval is not None:
            found, approximation = interval, "rounded"
        else:
            # what exact_or_rounded says, without a call for nearly every figure
            found, approximation = None, "exact" if counted and not scaled and step == 1 else "rounded"
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

    def lead_before(self, start: int, unit: Unit | None) -> tuple[str, Unit | None]:
        """A sign in words, a currency or a scale right before a number, and the unit that it makes: 负2.1%, 零下8度, 港币500万元."""
        text, by_surface = self.text, self.units.by_surface
        name = "" if unit is None else unit.name
        if name in ("摄氏度", "华氏度", "度"):
            for word, scale in _SCALES.items():
                if text.endswith(word, 0, start):
                    return word, by_surface[scale] if scale else unit
        if (
            text[start - 1] == "负"
            and text[start - 2 : start - 1] not in _NO_MINUS
            and (unit is None or not unit.counted)
        ):
            return "负", unit
        if name in ("元", ""):
            for word, currency in (_CURRENCY_WORDS if name else _WITHOUT_UNIT).items():
                if (
                    text.endswith(word, 0, start)
                    and (name or _WITH_MAGNITUDE.match(text, start))
                    and not _AMOUNT_END.search(text, max(0, start - len(word) - 2), start - len(word))
                ):
                    return word, by_surface[currency]
        return "", unit

    def thousands(self, start: int, end: int) -> Quantity | None:
        """50K, 3.5M: a number with a letter for thousands or millions, where nothing says that it is a code (5G, 4K电视)."""
        text = self.text
        times = _LETTERS.get(text[end : end + 1])
        following = text[end + 1 : end + 2]
        if times is None or (following.isalnum() and following not in _AFTER_LETTER) or following in _CODE_GOES_ON:
            return None
        digits = text[start:end]
        if (
            digits in _GENERATIONS
            or (text[end] == "G" and float(digits) < _LEAST_GIGA)
            or (text[start - 1 : start].isascii() and text[start - 1 : start].isalpha())
        ):
            return None
        value, step, _ = arabic_number(digits)
        return self.quantity(start, end + 1, (start, end + 1), value * times, step * times, None, scaled=True)

    def unit_in_bracket(self, start: int) -> tuple[Unit, str, int] | None:
        """The unit of 金额（亿元）12.5, which stands in a bracket before the number, its writing, and the magnitude before it."""
        named = _BRACKETED_UNIT.search(self.text, max(0, start - 14), start)
        unit = None if named is None else self.units.by_surface.get(named["unit"])
        if named is None or unit is None:
            return None
        return unit, named["unit"], MAGNITUDES[named["magnitude"] or ""]

    def unit_below(self, end: int) -> tuple[Unit, str, int, int] | None:
        """The unit of 30,000 and 万元 in the next line, its writing, the magnitude before it, and where it ends."""
        below = _MAGNITUDE_BELOW.match(self.text, end)
        behind = None if below is None else self.unit_behind(end, below.end())
        if below is None or behind is None:
            return None
        return behind[0], behind[1], MAGNITUDES[below["magnitude"]], behind[2]

    def unit_behind(self, start: int, end: int, gap: int = 0) -> tuple[Unit, str, int] | None:
        """The unit behind the number at [start, end), its writing, and where it ends; at most `gap` characters of space between."""
        text, units = self.text, self.patterns.units
        begin = end
        surface = units.at(text, begin)
        if surface is None:
            if not gap or not text[end : end + 1].isspace():
                return None
            begin, farthest = end + 1, end + gap
            while begin < farthest and text[begin : begin + 1].isspace():
                begin += 1
            surface = units.at(text, begin)
            if surface is None:
                return None
        after = begin + len(surface)
        if surface == _PERSON and text.startswith(_POPULATIONS, after):
            after += 1  # 50万人口以上
        if surface in self.patterns.wary:
            if surface not in NO_LONGER:
                if _LATIN.match(text, after):
                    return None  # 2018 VS 2016, 10万likes
            elif text.startswith(NO_LONGER[surface], after):
                surface, after = surface[0], after - len(surface) + 1
        if begin > end + 1 and text.count("\n", end, begin) > 1:
            return None
        if text[after : after + 1] == "/":
            below = units.at(text, after + 1)
            if below is None and (times := _TIMES_BELOW.match(text, after + 1)) is not None:
                below = units.at(text, times.end())
                below = None if below is None else times.group() + below
            if below is not None:
                surface, after = f"{surface}/{below}", after + 1 + len(below)
        unit = None if surface in self.units.homographs else self.units.by_surface.get(surface)
        if unit is None:
            unit = self.unit_at(surface, start, after)
        return None if unit is None else (unit, surface, after)

    def with_rest(
        self, value: Rational, step: Rational, surface: str, unit: Unit, end: int
    ) -> tuple[Rational, Rational, str, Unit, int]:
        """What 半, or a lower place without its unit, behind a unit adds to it: 两个半, 一个半月, 三米九, 五块六."""
        text = self.text
        following, next_one = text[end : end + 1], text[end + 1 : end + 2]
        if surface in _MINUTES and text.startswith(_HALF_BEHIND, end):  # 3分半钟
            minute = self.units.by_surface[f"{surface}{_HALF_BEHIND[0][1:]}"]
            return value + Fraction(1, 2), Fraction(1, 2), surface, minute, end + len(_HALF_BEHIND[0])
        if following == "半" and surface in _HALVED:
            if surface == "个" and text.startswith(_HALVES, end + 1):
                return value + Fraction(1, 2), Fraction(1, 2), *self.after_half(surface, unit, end + 1)
            if next_one not in _NOT_HALF:
                return value + Fraction(1, 2), Fraction(1, 2), surface, unit, end + 1
        tenth = _DIGIT_VALUES.get(following) if surface in _TENTHS_BEHIND else None
        if tenth is not None and step == 1 and not (is_han(next_one) and next_one not in _AFTER_TENTH):
            return value + Fraction(tenth, 10), Fraction(1, 10), surface, unit, end + 1
        return value, step, surface, unit, end

    def after_half(self, surface: str, unit: Unit, end: int) -> tuple[str, Unit, int]:
        """The unit of 三个半小时, 两个半月, which stands behind 半; else the one in front of it."""
        for word in _HALVES if surface == "个" else ():
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
            times = _TIMES_BELOW.match(bottom) if denominator is None else None
            denominator = denominator if times is None else self.units.by_surface.get(bottom[times.end() :])
            if times is not None and denominator is not None:  # 升/百公里
                factor = denominator.factor * MAGNITUDES[times.group()]
                denominator = denominator._replace(name=bottom, factor=factor)
            if numerator is not None and denominator is not None:
                return self.units.compound(numerator, denominator)
        return self.units.resolve(surface, self.text[max(0, start - 16) : start], self.text[end : end + 8])


_PERIODS, _NEAR_WORD = frozenset(words_of("figures", "recent", "units")), words_of("figures", "recent", "word")[0]
_RECENT_BEHIND, _LASTING = words_of("figures", "recent", "behind"), words_of("figures", "recent", "not_behind")
_RECENT_SINCE, _OF_LASTING = words_of("figures", "recent", "since"), words_of("figures", "recent", "lasting")
_MOST_RECENT = 10
_OPENS_RECENT = frozenset(words_of("figures", "recent", "opens"))


def _is_recent(text: str, start: int, end: int, value: Rational, unit: Unit | None) -> bool:
    """Whether 近 before a length of time means the last of that length and not nearly so long: 创近五年新高, but 历时近五年."""
    if unit is None or unit.name not in _PERIODS or not isinstance(value, int):
        return False
    place = start - 1
    if text.endswith(_LASTING, 0, place) or text.startswith(_OF_LASTING, end):
        return False
    opens = place == 0 or text[place - 1] in _OPENS_RECENT
    if value > _MOST_RECENT:
        return opens and text.startswith(_RECENT_SINCE, end)
    return opens or text.startswith(_RECENT_BEHIND, end)


_TIMES_BELOW = pattern("|".join(sorted(filter(None, MAGNITUDES), key=len, reverse=True)))  # of 升/百公里, 吨/万元


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


_ONE_DAY = pattern(r"(?:\d+|[一二三四五六七八九十]+)\s?月份?(?:\s?(?:\d+|[一二三四五六七八九十]+)\s?[日号]?)?")
_CALENDAR = pattern(r"\d+|[〇零○一二三四五六七八九十]+")


def _calendar_number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return int(chinese_number(written))


def _years(s: _Scanner, m: re.Match[str]) -> Quantity:
    first, last = int(m["y1"]), int(m["y2"])
    if last < 100:  # 2016至19年
        last += first // 100 * 100
        if last <= first:
            return s.other_at(m.start(), m.end("y1"), "date", (first, 0, 0))
    return s.other(m, "period", (first, last))


def _iso(s: _Scanner, m: re.Match[str]) -> Quantity:
    year, month, day = (int(n) for n in re.split(r"[-./]", m.group().partition("T")[0]))
    return s.other(m, "date", (year, month, day))


def _time(s: _Scanner, m: re.Match[str]) -> Quantity:
    numbers = tuple(int(n) for n in re.findall(r"\d+", m.group()))
    if m.group()[-3:-2] in (":", "："):
        if _is_verse(s, m.start(), _VERSE):
            return _verse(s, *m.span())
        if _is_score(s.text, *m.span()):
            return s.other(m, "score", numbers)  # 以21:15战胜
    return s.other(m, "time", numbers if len(numbers) > 1 else ())


def _ratio(s: _Scanner, m: re.Match[str]) -> Quantity:
    start, end = m.span()
    if _is_verse(s, start, _STANDARD):
        return _verse(s, start, end)
    parts = tuple(decimal_number(n) for n in re.split("[:：∶]", m.group().rstrip("万")))
    if _is_score(s.text, start, end):
        return s.other(m, "score", parts)
    if m.group().endswith("万"):  # 1∶250万
        parts = (parts[0], parts[1] * 10**4)
    found = s.other(m, "ratio", parts)
    return found._replace(value=Fraction(parts[0]) / Fraction(parts[1])) if len(parts) == 2 and parts[1] else found


_VERSE = pattern("[篇诗音徒] ?$")  # 诗篇 119:15
_STANDARD = pattern(r"(?:ISO|[书记篇诗音徒]) ?$")  # ISO 13485:2016; 诗篇 23:1, （徒5:29）
_VERSE_RANGE, _VERSE_GAP = pattern(r"(?:[-–—~]\d{1,3}(?:[:：]\d{1,3})?)?"), 4
_BETWEEN_VERSES = frozenset(",，、；; ")


def _is_verse(s: _Scanner, start: int, books: re.Pattern[str]) -> bool:
    """Whether what looks like a ratio or a time is a verse: the name of a book stands before it, or another verse (诗 7:3, 7:5-6)."""
    if start - s.verse_end < _VERSE_GAP and s.text[s.verse_end] in _BETWEEN_VERSES:
        return True
    return books.search(s.text, max(0, start - 4), start) is not None


def _verse(s: _Scanner, start: int, end: int) -> Quantity:
    """A verse, or several that follow one another: 创 1:1-3, 1:26-2:3."""
    s.verse_end = _VERSE_RANGE.match(s.text, end).end()  # type: ignore[union-attr]  # it matches nothing at all too
    return s.other_at(start, s.verse_end, "code")


# 以4:1战胜, 10:6的比分, 2:0领先; 比分3:3, 打成1:1
_POINTS_BEHIND = pattern(
    r" ?(?:的(?:总?比分|成绩))?[战击险大完轻逆力]?(?:胜(?!率)|败|平|不敌|领先|落后|淘汰)|的总?比分"
)
_POINTS_BEFORE = ("比分", "战成", "打成", "扳成", "踢成", "扳平", *words_of("figures", "scores", "before"))
_MORE_POINTS_BEHIND = words_of("figures", "scores", "behind")


def _is_score(text: str, start: int, end: int) -> bool:
    return (
        _POINTS_BEHIND.match(text, end) is not None
        or text.endswith(_POINTS_BEFORE, 0, start)
        or text.startswith(_MORE_POINTS_BEHIND, end)
    )


def _score(s: _Scanner, m: re.Match[str]) -> Quantity:
    return _scored(s, m, tuple(int(n) for n in _WHOLE.findall(m.group())))


def _scored(s: _Scanner, m: re.Match[str], parts: tuple[int, ...]) -> Quantity:
    """3比0, or a ratio where words around it say so: 1比5的汇率, 拉成9比1的比例."""
    if _is_score(s.text, *m.span()):
        return s.other(m, "score", parts)
    near = s.text[max(0, m.start() - _PROPORTION_LENGTH) : m.start()]
    if parts[1] and (any(word in near for word in _PROPORTIONS) or s.text.startswith(_OF_PROPORTIONS, m.end())):
        return s.other(m, "ratio", parts)._replace(value=Fraction(parts[0], parts[1]))
    return s.other(m, "score", parts)


_PROPORTIONS = words_of("figures", "proportions", "before")
_OF_PROPORTIONS, _PROPORTION_LENGTH = words_of("figures", "proportions", "behind"), 10


_WHOLE = pattern(r"\d+")


def _fraction(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    units = s.units.by_surface
    if m["numerator"] == "几":
        return s.other(m, "label")
    try:
        below = int(m["denominator"]) if m["denominator"][0].isascii() else chinese_number(m["denominator"])
        above, step, _ = (
            arabic_number(m["numerator"])
            if m["numerator"][0].isascii()
            else (chinese_number(m["numerator"]), _last_step(m["numerator"]), False)
        )
    except ValueError:
        return s.other(m, "label")
    more = m["fraction_more"] == "多"
    if s.text.startswith(_ROUND, m.end()):
        return s.other(m, "label")  # 四分之一决赛
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


_ROUND = words_of("figures", "rounds")


def _slash(s: _Scanner, m: re.Match[str]) -> Quantity:
    before = s.text[max(0, m.start() - 2) : m.start()]
    if before[1:] in ("（", "(") and before[0] in _DAYS_IN_WORDS and s.text[m.end() : m.end() + 1] in ("）", ")"):
        day, month = int(m["over"]), int(m["under"])  # 周六（25/1）
        return s.other(m, "date", (0, month, day) if month <= _MONTHS else (0, day, month))
    value = Fraction(int(m["over"]), int(m["under"]) or 1) * 100
    if len(m["under"]) > 2 and s.text[m.end("over")] == "∕":  # 1∕500, the scale of a map
        return s.other(m, "ratio", (int(m["over"]), int(m["under"])))._replace(value=value / 100)
    if not 0 < value < 100:
        return s.other(m, "code")
    behind = s.unit_behind(*m.span())
    if behind is not None and behind[1] in _PARTED:  # 1/6英寸
        unit, surface, end = behind
        part = value / 100
        return s.quantity(
            m.start(), end, m.span(), part, 1, unit, words=True, interval=_within_a_twentieth(part), surface=surface
        )
    return s.quantity(
        *m.span(), m.span(), value, 1, s.units.by_surface["%"], words=True, interval=_within_a_twentieth(value)
    )


_MONTHS = 12
_DAYS_IN_WORDS = frozenset("今昨天日早晚一二三四五六")
_PARTED = frozenset(["英寸", "英里", "英尺", "加仑", "公里", "公斤", "吨", "磅", "品脱", "小时", "秒"])


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
    value += int(rest) if rest.isdecimal() else chinese_number(rest) if rest else 0
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


def _code(s: _Scanner, m: Found) -> Quantity:
    """A code, or digits with a letter that is a unit here: 50K, 500M, and 1d, 2d和3d as days."""
    start, end = m.start(), m.end()
    if end - start > LONGEST:
        return s.other_at(start, end, "code")
    written = s.text[start:end]
    thousands = s.thousands(start, end - 1) if written[:-1].isdecimal() else None
    if thousands is not None:
        return thousands
    if s.text[end : end + 1] == "年" and _NAMED_YEAR.fullmatch(written):  # UNICEF2016年
        date = _GLUED_DATE.match(s.text, end - 4)
        if date is not None:
            year, month, day = (int(number or 0) for number in date.groups())
            return s.other_at(*date.span(), "date", (year, month, day))
    if _YEAR_OF_NAME.fullmatch(written):
        return s.other_at(start, start + len("2014"), "date", (int(written[: len("2014")]), 0, 0))  # 2014APEC会议
    if written[0] in "156789" and _REPUBLIC_DAY.fullmatch(written):
        year, month, day = (int(n) for n in written.split("."))
        return s.other_at(start, end, "date", (year + _REPUBLIC_BEGINS, month, day))
    if written[-1] == "d" and written[:-1].isdecimal() and len(written) < 4:
        near = s.text[max(0, start - 4) : start], s.text[end : end + 5]
        if _DAYS_BEFORE.search(near[0]) or _DAYS_BEHIND.match(near[1]):
            value = int(written[:-1])
            return s.quantity(start, end, (start, end - 1), value, 1, s.units.by_surface[_DAYS], surface="d")
    return s.other_at(start, end, "code")


_YEAR_OF_NAME = pattern(r"(?:19|20)\d\d[A-Z]{3,}")
_NAMED_YEAR = pattern(r"[A-Za-z]{2,}(?:19|20)\d\d")
# 102.9.13, 79.9.7: a day of the republic's calendar; no chapter has so great a number
_REPUBLIC_DAY = pattern(r"(?:[5-9]\d|1[01]\d)\.(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])")
# 1d、2d和3d: several of them are days
_DAYS_BEFORE, _DAYS_BEHIND = pattern(r"\dd?[、,，和及]$"), pattern(r"[、,，和及]\d{1,2}d")


def _day(s: _Scanner, m: re.Match[str]) -> Quantity:
    """19日, a day; or a length of time where words before it say so: 过去7日, 入境后14日."""
    start, end = m.span()
    text = s.text
    written = text[start : end - 1]
    if written.isdecimal() and (
        text.endswith(_DAYS_COUNTED, 0, start)
        or (
            text[start - 1 : start] in _BEFORE_AND_AFTER
            and is_han(text[start - 2 : start - 1])
            and not text.endswith(_THEN, 0, start)
        )
    ):
        unit, surface = s.units.by_surface[_DAYS], text[end - 1]
        found = s.quantity(start, end, (start, end - 1), int(written), 1, unit, surface=surface)
        # ，近5日: the last five
        return (
            found._replace(start=start, bounds=None, approximation="rounded")
            if found.approximation == "near"
            else found
        )
    return s.other(m, "date", (0, 0, int(_WHOLE.findall(written)[-1])))


_DAYS_COUNTED = words_of("figures", "lengths_of_time", "days")
_BEFORE_AND_AFTER = frozenset(words_of("figures", "lengths_of_time", "around"))
_THEN, _DAYS = words_of("figures", "lengths_of_time", "then"), words_of("figures", "lengths_of_time", "unit")[0]


def _named_day(s: _Scanner, m: re.Match[str]) -> Quantity:
    """“五一”: a date."""
    month, day = (int(chinese_number(numeral)) for numeral in m.group())
    return s.other(m, "date", (0, month, day))


def _glued(s: _Scanner, m: re.Match[str]) -> Quantity:
    """59,65956,290: the numbers of a row that have lost the spaces between them, told apart by their groups of three digits.

    A first number whose beginning is lost among other digits is a code.
    """
    found = []
    for piece in _GLUED_PIECE.finditer(s.text, *m.span()):
        if piece["lost"]:
            found.append(s.other_at(*piece.span(), "code"))
            continue
        behind = s.unit_behind(*piece.span()) if piece.end() == m.end() else None
        unit, surface, end = behind if behind is not None else (None, None, piece.end())
        value, step, _ = arabic_number(piece.group())
        found.append(s.quantity(piece.start(), end, piece.span(), value, step, unit, surface=surface))
    date = _GLUED_DATE.match(s.text, m.end())
    if date is not None:  # 59,65956,2902019年1月
        year, month, day = (int(number or 0) for number in date.groups())
        found.append(s.other_at(*date.span(), "date", (year, month, day)))
    s.more.extend(found[1:])
    return found[0]


_GLUED_PIECE = pattern(r"(?P<lost>\d{4,}(?:,\d{3})*|\d{1,3}(?![\d,]))|\d{1,3}(?:,\d{3})+(?:\.\d+(?![\d,]))?")


def _lettered(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    """CPI2.3%, X100%: a figure right behind letters that are no part of it."""
    start, end = m.span("lettered_digits")
    magnitude = _MAGNITUDE_BEHIND.match(s.text, end)
    if magnitude is None:
        return _plain_number(s, PlainNumber(start, end))
    value, step, _ = arabic_number(s.text[start : magnitude.end()])  # GDP3万亿元
    unit, surface, last = s.unit_behind(start, magnitude.end()) or (None, None, magnitude.end())
    return _ended(s, start, last, (start, magnitude.end()), value, step, unit, surface, scaled=True)


_MAGNITUDE_BEHIND = pattern("[百千]?[万亿]亿?")


def _day_first(s: _Scanner, m: re.Match[str]) -> Quantity:
    """25-12-2018: the day, the month, the year."""
    day, month, year = (int(number) for number in m.group().split(m["daysep"]))
    return s.other(m, "date", (year, month, day))


def _dated(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    """4542019年1月: a number and the day behind it; where the number too is several, a code and the day."""
    start, end = m.span("undated")
    found = _with_year(s, start, end)
    return found if end - start <= _LONGEST_COUNT else s.other_at(start, end, "code")


_LONGEST_COUNT = 8  # digits of a number without commas and without a unit


def _roc(s: _Scanner, m: re.Match[str]) -> Quantity:
    """民国31年: a date."""
    numbers = [_calendar_number(n) if n else 0 for n in m.group("roc_year", "roc_month", "roc_day")]
    return s.other(m, "date", (numbers[0] + _REPUBLIC_BEGINS, numbers[1], numbers[2]))


def _tens(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    low, high = int(m["ten1"]) * 10, int(m["ten2"]) * 10
    behind = s.unit_behind(m.start(), m.end(), 1)
    if high != low + 10 or behind is None:  # 2、20地号: two numbers
        first, second = (_plain_number(s, PlainNumber(*span)) for span in (m.span("ten1"), (m.start("ten2"), m.end())))
        s.more += [second] if second is not None else []
        return first
    unit, surface, end = behind
    before = approx.prefix_before(s.text, m.start())
    start = m.start() - len(before[0]) if before else m.start()
    return Quantity(0, start, end, "quantity", None, unit, Interval(low, high), "range", *m.span(), surface=surface)


def _number(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    """A number in Arabic digits, with what stands around it; the one handler that nearly every figure passes."""
    digits, power, magnitude, more, currency, sign = m.group("digits", "power", "magnitude", "more", "currency", "sign")
    text = s.text
    first, number_end = m.span("digits")
    if first and text[first - 1] == "%" and not digits[-1].isdecimal() and (row := _ROW_BEHIND.match(text, first)):
        return s.numbered(*row.span())  # 5.06%2万家公司: the number of the next row
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
        named = s.habits.dollar if currency == "$" else _CURRENCIES.get(currency, "")
        start, unit = m.start("currency"), s.units.by_surface.get(named, unit)
    if sign and text.endswith(("+/", "＋/"), 0, m.start("sign")):
        sign = None  # +/-5%: both ways
    if sign and (unit is None or not unit.counted) and not more:  # the dash of a list is no sign: -10多名学生受伤
        value, start, first = -value, m.start("sign"), m.start("sign")
    if not (power or magnitude or more or currency) and digits.isdigit():
        other = _plain_integer(s, m.start("digits"), digits, unit, surface, end)
        if isinstance(other, Quantity):
            return other
        unit = other
    elif not (power or magnitude or more or currency or sign):
        decimal = _plain_decimal(s, first, number_end, unit, surface)
        if decimal is not None:
            return decimal
    return _ended(s, start, end, (first, number_end), value, step, unit, surface, scaled=scaled, more=more is not None)


_BOUND_VOLUMES = frozenset(["本", "个", "项", "种", "条", "次", "期", "各", "级", "类"])
_SECTION = pattern(r"(?:^|\n)[ \t#*]*$")


def _is_section(text: str, start: int, end: int) -> bool:
    """Whether a number opens a line as the number of its section, or names one: 2.2本计划, 6.2发放贷款情况, 附注十二、3.1."""
    if text[start - 1 : start] in ("、", ")", "）"):
        return _IN_NOTES.search(text, max(0, start - 10), start) is not None
    if _MAGNITUDE_BELOW.match(text, end):
        return False
    return is_han(text[end : end + 2].lstrip(" \n")[:1]) and _SECTION.search(text, max(0, start - 4), start) is not None


_MONTH_OF, _REACHED = (
    pattern(r"(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])"),
    frozenset("为达报于到是至了涨跌点指数"),
)  # 2015.9, a month
_PARTS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_UNCERTAIN = pattern(r"\(\d{1,2}\)")


def _plain_number(s: _Scanner, m: PlainNumber) -> Quantity | None:
    """A number that is digits alone, or digits and decimals."""
    text, first, number_end = s.text, m.start(), m.end()
    digits = text[first:number_end]
    if text[number_end : number_end + 1] in _LETTERS and (thousands := s.thousands(first, number_end)) is not None:
        return thousands
    behind = s.unit_behind(first, number_end, 4)
    if behind is None and text[number_end : number_end + 1] == "(" and (about := _UNCERTAIN.match(text, number_end)):
        behind = s.unit_behind(first, about.end(), 4)  # 1.5924(2) nm: the last digit is uncertain by two
    unit, surface, end = behind if behind is not None else (None, None, number_end)
    part = _PARTS.get(text[number_end : number_end + 1])
    if part is not None and digits.isdecimal():  # 8½小时
        unit, surface, end = s.unit_behind(first, number_end + 1, 1) or (None, None, number_end + 1)
        finest = Fraction(1, part.denominator)
        return _ended(s, first, end, (first, number_end + 1), int(digits) + part, finest, unit, surface)
    if digits.isdecimal():
        other = _plain_integer(s, first, digits, unit, surface, end)
        if isinstance(other, Quantity):
            return other
        unit = other
    elif (decimal := _plain_decimal(s, first, number_end, unit, surface)) is not None:
        return decimal
    value, step, _ = arabic_number(digits)
    return _ended(s, first, end, (first, number_end), value, step, unit, surface)


_DECIMALS_BEHIND = {  # 9秒83, 39秒251, 身高1米7, 6米73
    "秒": pattern(r"\d{2,3}(?=[的，。、；）)！夺获赢收摘取拿战排位列打完刷]|$)"),
    "米": pattern(r"\d{1,2}(?=[的，。、；）)！夺获赢高以]|$)"),
}


def _ended(
    s: _Scanner, start: int, end: int, number: tuple[int, int], value: Rational, step: Rational, unit: Unit | None, surface: str | None, *,
    scaled: bool = False, more: bool = False,
) -> Quantity:  # fmt: skip
    """A number with its unit, and what may stand behind that: 3个半, 35+."""
    text = s.text
    if unit is None and text[start - 1 : start] in _BEHIND_BRACKET and (named := s.unit_in_bracket(start)) is not None:
        unit, surface, times = named
        value, step, scaled = value * times, step * times, scaled or times >= 10**4
    elif unit is None and text[end : end + 1] in _LINE_ENDS and (below := s.unit_below(end)) is not None:
        unit, surface, times, end = below
        value, step, scaled = value * times, step * times, True
    elif (
        unit is None
        and text[end : end + 1] == "点"
        and (isinstance(step, Fraction) or (_LEAST_POINTS <= value < _MOST_POINTS and not more))
    ):
        unit, surface, end = s.units.by_surface["点"], "点", end + 1  # 提高4.2点: no hour has decimals
    elif unit is not None and surface is not None and text[end : end + 1] in _RESTS:
        value, step, surface, unit, end = s.with_rest(value, step, surface, unit, end)
    if surface in _DECIMALS_BEHIND and step == 1 and (rest := _DECIMALS_BEHIND[surface].match(text, end)) is not None:
        step = Fraction(1, 10 ** len(rest.group()))
        value, end = value + int(rest.group()) * step, rest.end()
    following = text[end : end + 1]
    if (
        surface == "%"
        and value >= _LEAST_NO_RATE
        and "," not in text[slice(*number)]
        and not scaled
        and not _changes(text, start)
    ):
        return s.other_at(start, end, "code")  # 502040%: three numbers that have lost the spaces between them
    found = s.quantity(start, end, number, value, step, unit, scaled=scaled, more=more, surface=surface)
    if following == "+" and not text.startswith("+/", end) and not text[end + 1 : end + 2].isdigit():
        # 35+; but 729宗＋180 is a figure and its increase
        return found._replace(end=max(found.end, end + 1), bounds=Interval(value, None), approximation="over")
    if following == ")" and unit is None and text[start - 1 : start] == "(" and _is_loss(text, start, end):
        return found._replace(start=start - 1, end=end + 1, value=-value)
    return found


# (1,456)(141)405(1,192): brackets for what is taken away, in a row that has lost its spaces
_LOSS_BEFORE, _LOSS_BEHIND = pattern(r"(?:\)|,\d{3})\($"), pattern(r"\)(?:\(?\d{1,3},\d{3}|\d{1,3}\(|\(\d{3})")


def _is_loss(text: str, start: int, end: int) -> bool:
    """Whether a number in brackets is less than zero: it has three digits, and numbers around it are written so."""
    return end - start > 2 and (
        _LOSS_BEHIND.match(text, end) is not None
        or ("," in text[start:end] and is_han(text[start - 2 : start - 1]))
        or _LOSS_BEFORE.search(text, max(0, start - 5), start) is not None
    )


_LEAST_NO_RATE = 10**5
_CHANGE = pattern(
    f"(?:{'|'.join(words_of('figures', 'growth'))})[{''.join(words_of('figures', 'growth', 'between'))}]{{0,2}}$"
)


def _changes(text: str, start: int) -> bool:
    """Whether a verb of change stands before a number: 增长150000% is one, from nearly nothing."""
    return _CHANGE.search(text, max(0, start - 5), start) is not None


def _with_power(digits: str, exponent: int) -> tuple[Rational, Rational, bool]:
    """2×10⁴: value and last digit, both times the power of ten."""
    base, _, _ = digits.replace("x", "×").partition("×")
    times = 10**exponent
    value, step, _ = arabic_number(base)
    return value * times, step * times, True


def _plain_decimal(s: _Scanner, start: int, end: int, unit: Unit | None, surface: str | None) -> Quantity | None:
    """What a plain decimal is instead of a figure: a version, a month, the number of a section; None where it is a figure."""
    text = s.text
    digits = text[start:end]
    if not digits[-1].isdecimal() or "," in digits:
        return None  # 1亿
    point = digits.find(".")
    if unit is None and (point > _LONGEST_AMOUNT or (point > 4 and len(digits) - point > _MOST_DECIMALS)):
        return s.other_at(start, end, "code")  # 2800000031.20, the number of shares and their rate
    if (unit is None or unit.counted) and 0 < point < len(digits) - _MOST_CENTS and _holds_row(text, start, end):
        return s.other_at(start, end, "code")  # 甲公司640.507乙公司: an amount and the number of the next row
    if (unit is None or surface == "版") and _VERSION.fullmatch(digits) and _names_version(text, start, end):
        return s.other_at(start, end, "name")  # 工业4.0, 2.0版
    if surface is None and _MONTH_OF.fullmatch(digits) and text[start - 1 : start] not in _REACHED:
        year, month = digits.split(".")
        return s.other_at(start, end, "date", (int(year), int(month), 0))
    if (surface is None or surface == "大") and _EVENT.match(text, start):
        return s.other_at(start, end, "date")
    if surface is None and text.endswith(_OF_YEAR, 0, start) and _DAY_NAME.fullmatch(digits):
        return s.other_at(start, end, "date")  # 去年8.16
    if surface is None and _DAY_NAME.fullmatch(digits) and text[start - 1 : start] not in _REACHED:
        following = text[end : end + 1]
        if s.habits.is_event(digits, named=is_han(following) and following not in _FOLLOWS_NOUN):
            return s.other_at(start, end, "date")
    if surface == "年" and (cents := _YEAR_BEHIND_CENTS.fullmatch(digits)) is not None:
        return _with_year(s, start, start + cents.start("year"))
    if (
        (surface is None or surface in _BOUND_VOLUMES)
        and len(digits) < _LONGEST_SECTION
        and _is_section(text, start, end)
    ):
        return s.other_at(start, end, "ordinal")
    return None


_MOST_CENTS, _ROWS_LENGTH = 3, 40  # the point and two decimals


def _holds_row(text: str, start: int, end: int) -> bool:
    """Whether a number between two names ends in the number of a row, as its neighbours show: 甲640.507乙640.508丙."""
    if not (is_han(text[start - 1 : start]) and is_han(text[end : end + 1])):
        return False
    before, behind = text[max(0, start - _ROWS_LENGTH) : start], text[end : end + _ROWS_LENGTH]
    point = text.find(".", start, end)
    for length in (1, 2):
        row = text[end - length : end]
        if row[0] == "0" or 0 <= point >= end - length - 1:
            continue
        last_one = re.search(rf"{'.' if point > 0 else ''}\d*{int(row) - 1}[\u3400-\u9fff]", before)
        next_one = re.search(rf"\d{int(row) + 1}[\u3400-\u9fff]", behind)
        # one neighbour is enough for rows of two digits, and for decimals, which have few of the same form
        if (last_one and next_one) or ((length > 1 or point > 0) and (last_one or next_one)):
            return True
    return False


def _with_year(s: _Scanner, start: int, end: int) -> Quantity:
    """6500.002006年4月: an amount, and a year that has lost the space before it."""
    date = _GLUED_DATE.match(s.text, end)
    if date is not None:
        year, month, day = (int(number or 0) for number in date.groups())
        s.more.append(s.other_at(*date.span(), "date", (year, month, day)))
    value, step, _ = arabic_number(s.text[start:end])
    return s.quantity(start, end, (start, end), value, step, None)


_YEAR_BEHIND_CENTS = pattern(r"\d+\.\d{1,2}?(?P<year>(?:19|20)\d\d)")
_GLUED_DATE = pattern(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_LONGEST_SECTION, _LONGEST_AMOUNT, _MOST_DECIMALS = 6, 9, 5
# 7.21元朗恐袭, 5.1大游行: named by its day
_EVENT = pattern(
    r"(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|[1-9])(?!\d)(?=[^，。；\d]{0,4}(?:"
    + "|".join(words_of("figures", "events"))
    + "))(?!级)|(?:1[0-2]|[1-9])\\.(?:3[01]|[12]\\d)(?=地震)"  # no magnitude is known to a hundredth
)
_OF_YEAR = words_of("figures", "events", "years")
_DAY_NAME = pattern(r"(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|[1-9])")


def _names_version(text: str, start: int, end: int) -> bool:
    """Whether words around 4.0 make it a version: 工业4.0, 2.0版, 《指南1.0》."""
    before, following = text[start - 1 : start], text[end : end + 1]
    if following in ("版", "时") or before in ("业", "本", "版", "络", "代", "b", "v", "V"):
        return True
    if not is_han(before) or before in _REACHED or before in _MEASURED:
        return False
    return following in _NAME_ENDS or (following in "，。的是" and text[start:end] in _VERSIONS)


_NAME_ENDS, _VERSIONS = frozenset("》」』”方框升的"), frozenset(["2.0", "3.0", "4.0", "5.0"])
_MEASURED = frozenset("率升降在乎过近约比增减超值仅有高低落逾持板回维占跃入前第及和与或级震均分")  # 上升1.0，


def _plain_integer(
    s: _Scanner, start: int, digits: str, unit: Unit | None, surface: str | None, end: int
) -> Quantity | Unit | None:
    """The unit of a whole number without 万 and 亿, or what it is instead of a figure: a year, an issue, a name, a code."""
    text, length = s.text, len(digits)
    before = text[start - 1 : start]
    if length >= _LEAST_LOST:
        return s.other_at(start, start + length, "code")
    if before == "某" and length < 3:  # 熊某1家属
        return s.other_at(start, start + length, "name")
    if before in _LAST_OF_REFERENCES and _REFERENCE.search(text, max(0, start - 4), start):
        return s.numbered(start, _REFERRED.match(text, start).end())  # type: ignore[union-attr]  # digits stand there
    if length == 2 and s.habits.republic and (date := _REPUBLIC.match(text, start)) is not None:
        year, month, day = (int(number or 0) for number in date.groups())
        return s.other_at(*date.span(), "date", (year + _REPUBLIC_BEGINS, month, day))
    if unit is None:
        if text[end : end + 1] in _PEOPLE:
            return s.units.by_surface["人"]
        if length == 2 and text.startswith(_SCHOOL_YEAR, end) and (digits[0] == "0" or int(digits) >= _LEAST_YEAR):
            return s.other_at(start, end + 2, "date", (_full_year(digits, s.habits.republic), 0, 0))  # 08年度
        kind = _kind_without_unit(s, start, digits, end)
        if kind == "ordinal":
            behind = text[end : end + 1]
            return s.numbered(
                start, end + (2 if text.startswith("/F", end) else behind != "" and behind in _OF_ORDINALS)
            )
        if kind == "date" and text[end : end + 1] == "号":
            return s.other_at(start, end + 1, "date", (0, 0, int(digits)))
        if kind == "label":
            return s.other_at(start, end, "label")._replace(value=int(digits))
        if kind == "time":
            return s.other_at(start, end + 1, "time")
        if kind == "code" and text[end : end + 1] == "/" and (case := _CASE.match(text, start)) is not None:
            end = case.end()
        return None if kind == "quantity" else s.other_at(start, end, kind)
    if surface in _READ_APART:
        apart = _told_by_unit(s, start, digits, surface, end)
        if apart is not None:
            return apart
    if length == len("2026") and digits[:2] in _YEARS_BEGIN and text.startswith(_NAMES, end - len(surface or "")):
        return s.other_at(start, start + length, "date", (int(digits), 0, 0))  # 2021天府论坛
    return unit


def _told_by_unit(s: _Scanner, start: int, digits: str, surface: str | None, end: int) -> Quantity | None:
    """What the unit behind a whole number makes it instead of a figure: a year, a term, an article, a train; None where it is one."""
    text, length = s.text, len(digits)
    before = text[start - 1 : start]
    match surface:
        case "年":
            if length == len("2026") and "\n" in text[start:end] and (date := _BROKEN_DATE.match(text, start)):
                year, month, day = (int(number or 0) for number in date.groups())
                return s.other_at(*date.span(), "date", (year, month, day))
            if length == len("108") and digits[:2] in ("10", "11") and _is_republic_year(s, start, end):
                return s.other_at(start, end, "date", (int(digits) + _REPUBLIC_BEGINS, 0, 0))  # 108年总统杯
            if length == len("14") and (date := _SHORT_DATE.match(text, start)) is not None:  # 14年7月21日
                year, month, day = map(int, date.groups())
                return s.other_at(*date.span(), "date", (_full_year(str(year), s.habits.republic), month, day))
            if _is_year(s, digits, start, end):
                return s.other_at(start, end, "date", (_full_year(digits, s.habits.republic), 0, 0))
        case "次":
            if text.startswith(_JOURNEYS, end) and not text.endswith(_COUNTED_JOURNEYS, 0, start):
                return s.numbered(start, end)  # 12次列车
        case "届" if _CONGRESS.match(text, end):
            return s.numbered(start, end)  # 13届全国政协
        case "期" if before in ("年", "第", "刊"):
            return s.other_at(start, end, "ordinal")
        case "条":
            if before == "法" or text.startswith("立法", end) or _is_article(s, start, digits, end):
                return s.numbered(start, end)  # 23条立法, 基本法45条
        case "段":
            if (before.strip() or text[start - 2 : start - 1]) in ("路", "街"):
                return s.other_at(start, end, "name")
    if surface in _OF_A_YEAR and length == len("2026") and digits[:2] in _YEARS_BEGIN:
        return s.other_at(start, start + length, "date", (int(digits), 0, 0))  # 2026届, （2025版）, 2021环青海湖赛
    return None


_SHORT_DATE = pattern(r"(\d\d) ?年 ?(1[0-2]|0?[1-9]) ?月 ?(3[01]|[12]\d|0?[1-9]) ?[日号]")
_READ_APART, _YEARS_BEGIN = frozenset("年次届期条段") | _OF_A_YEAR, frozenset(["19", "20"])


def _is_republic_year(s: _Scanner, start: int, end: int) -> bool:
    """Whether 108年 is a year of the republic's calendar rather than a length of time."""
    if s.text.endswith(_DURATION_BEFORE, 0, start) or _DURATION_AFTER.match(s.text, end) is not None:
        return False
    return s.habits.republic


_SCHOOL_YEAR, _LEAST_YEAR = "年度", 49
_JOURNEYS, _COUNTED_JOURNEYS = (
    words_of("figures", "numbered_journeys"),
    words_of("figures", "numbered_journeys", "counted"),
)
_NAMES = words_of("figures", "names_like_units")
_LEAST_LOST = 14  # digits of several numbers that have lost the spaces between them
_OF_ORDINALS = frozenset("号楼室")
# 2016年12月9日, with a line break behind each number
_BROKEN_DATE = pattern(r"((?:19|20)\d\d)\s*年(?:\s*(1[0-2]|0?[1-9])\s*月(?:\s*(3[01]|[12]\d|0?[1-9])\s*日)?)?")
_REPUBLIC_BEGINS = 1911  # the year before its first
# 96 年 5 月 11 日, 83年度 where the years count from 1912
_REPUBLIC = pattern(r"([5-9]\d) ?年(?:[度底末初]| ?(1[0-2]|0?[1-9]) ?月(?: ?(3[01]|[12]\d|0?[1-9]) ?日)?)")
_COUNTED_ARTICLES = words_of("figures", "articles", "counted")


def _is_article(s: _Scanner, start: int, digits: str, end: int) -> bool:
    """Whether 23条 without a noun is an article of a law that the text speaks of; 共23条 counts."""
    return len(digits) < 4 and not s.text.endswith(_COUNTED_ARTICLES, 0, start) and s.habits.is_article(digits)


_INDICES, _BEFORE_RANK = Endings(words_of("figures", "indices")), words_of("figures", "ranked")
_NO_RANK = words_of("figures", "ranked", "elsewhere")
_LONGEST_NAME, _LONGEST_RANK = 4, 3  # digits of 标普500, 中证1000; of 排第 88


def _names_or_ranks(text: str, start: int, digits: str) -> Kind | None:
    """What the word before a bare whole number makes it: a name in 沪深300, an ordinal in 全球排88."""
    if len(digits) <= _LONGEST_RANK and text.endswith(_BEFORE_RANK, 0, start) and not text.endswith(_NO_RANK, 0, start):
        return "ordinal"
    if len(digits) <= _LONGEST_NAME and _INDICES.at_end(text[max(0, start - 5) : start]):
        return "name"
    return None


_LAST_DAY = 31
_RANGE_MARKS = frozenset("-～~至—")
# 14号表示: the day of a month
_DAY_BEHIND = pattern(
    "|".join(words_of("figures", "days", "behind"))
    + r"|之?前|之?后|[至到]\d+[日号](?![泊楼线机井院馆厅门桥站闸库])|出[台庭动]|对(?!面|应|接)|与(?!\d)|\d{1,2}点"
)


# 在12号完成 is a day, 在12号楼 a building
_PLACE_BEHIND = pattern(
    "[楼线机井院馆厅门桥站闸库码泊车坑矿台公高路段地风球厂房舱航墩标隧洞船仓桌展服文院位]|[，。]|"
    + "|".join(words_of("figures", "days", "numbered"))
)
_DAY_BEFORE = ("在", "于", "本月", "上月", "下月", "当月", "月的")
# 29号，动物园为: a day opens a sentence; 当地时间8号，
_OPENS, _COMMAS = frozenset(["", *" \u3000\n：:间月的到。"]), frozenset("，,")


def _is_day(s: _Scanner, start: int, end: int) -> bool:
    """Whether a number with 号 is a day and not the number of a house or a line: 14号表示, 本月2号, 在12号完成."""
    text = s.text
    if _DAY_BEHIND.match(text, end):
        return True
    if text[end : end + 1] in _COMMAS:
        return text[start - 1 : start] in _OPENS
    if _PLACE_BEHIND.match(text, end):
        return False
    if text.endswith(_DAY_BEFORE, 0, start):
        return True
    # 5号逮捕了: a text that dates its news so has no other numbers behind the name of a person or an office
    return text[start - 1 : start] in _BEFORE_DAY and is_han(text[end : end + 1]) and s.habits.days_with_hao


_BEFORE_DAY = frozenset(["\n", "\u3000", *"。，、", *words_of("figures", "days", "dated")])
_NAMED_DAY, _BEFORE_EVENT = pattern(r"[1-9](?:[0-2]\d|3[01])"), frozenset("在自")  # 在612後被起底


def _numbered_alone(text: str, before: str, end: int) -> Kind | None:
    """What the number at the end of a heading or a title is: 问题4：, 【调查‧2】, 《战狼2》; None for any other."""
    if text[end] == "：":
        behind_words = is_han(before) and before not in _REACHED and before not in "共计约有近超等后"
        return "ordinal" if behind_words and not text[end + 1 : end + 2].isdecimal() else None
    if text[end] == "】":
        return "ordinal" if before in ("‧", "·", "之", "注", "註") else None
    return "name" if before.isalpha() and before not in _REACHED else None


_FLOOR = pattern("楼(?![盘栋宇市道])|室(?![\\d一两二三四内外])")  # 3樓天台, 603室; but 3室2厅
_GREAT = pattern(
    r"大(?!型|家|约|多|概|量|力|幅|学|部分|于|米|楼|爷|妈|批|早|气|陆|豆|人|股|小|唐|胜|雪|雨)\w"
)  # 5大领域
# 明早8点, 今天（31日）15点, 凌晨约2点
_LAST_HOUR, _BEFORE_HOUR = 24, frozenset([*"日早晚午晨至到)）", _DAYS])
# 2胜35负, 25投19中, 承认6罪, 12港人案, 增23确诊, 年息4厘, 刚40出头: what is counted without a measure word
_COUNTED = pattern(
    "胜(?![诉率利者选出算])|负(?![债责担荷面值率])|罪(?![犯名])|港人|被告|市民|居民|投(?=\\d+中)|投诉(?!电|热|信|处|人)|确诊|病人|议员|部分(?=组成)"
    "|校(?![长园企区服友对正内车外舍门庆])|厘(?!米)|出头|下(?=[，。、；])"
)


_CLOCK_BEFORE = words_of("figures", "clock")
_TELLING = frozenset("校胜负罪港被市居投确病议部厘出下中大点号后前楼室：】》/")
# DCCC 480/17: the number of a case
_CASE = pattern(r"(?<=[A-Z] )\d{1,5}/(?:20)?[0-2]\d(?!\d)")


def _told_by_next(s: _Scanner, start: int, digits: str, end: int) -> Kind | None:
    """What the character behind a bare whole number makes it: 5大领域, 本月2号, 34楼; None where it tells nothing."""
    text = s.text
    before, following = text[start - 1 : start], text[end]
    short = len(digits) < 3
    if _COUNTED.match(text, end) or (following == "中" and before == "投"):
        return "quantity"
    match following:
        case "大":
            return "label" if short and _GREAT.match(text, end) else None
        case "点":
            hour = short and int(digits) <= _LAST_HOUR
            before = text[start - 2 : start - 1] if before in ("约", "近") else before
            clock = before in _BEFORE_HOUR or text.endswith(_CLOCK_BEFORE, 0, start)
            return "time" if hour and (clock or text.startswith("档", end + 1)) else "quantity"
        case "号":
            return "date" if int(digits[-4:]) <= _LAST_DAY and _is_day(s, start, end + 1) else "ordinal"
        case "后" | "前":
            return "name" if before in _BEFORE_EVENT and _NAMED_DAY.fullmatch(digits) else None
        case "楼" | "室":
            return "ordinal" if _FLOOR.match(text, end) else None
        case "/":
            if text.startswith("/F", end) and _LATIN.match(text, end + 2) is None:
                return "ordinal"  # 3/F, a floor
            return "code" if before == " " and _CASE.match(text, start) else None
        case "：" | "】" | "》":
            return _numbered_alone(text, before, end) if short else None
    return None


_ROADS, _FROM = words_of("figures", "roads"), words_of("figures", "changes", "before")
_CHANGES_TO = words_of("figures", "changes", "behind")
_TELLING_BEFORE = frozenset("=\"'-段 注（()）、>").union(*(word[-1] for word in _ROADS + _FROM))
_MODELS = frozenset("歼运油轰警教直空苏安尔图卡碳硅铀")  # 歼-20, 伊尔-76, 碳-14
_SHEET = pattern(
    r"[（(、][\u3400-\u9fff ]{0,5}(?<!最)[区东西南北中大小河案组型类例图表版卷] $"
)  # (东区 1), （东湖四小 403）
_COMPANIES = words_of("figures", "companies")
_HEADED, _HEADING_MARKS = words_of("figures", "headed"), frozenset(".：:）)、")  # 问题 4：
_LANDS = words_of("figures", "land")  # 二小段 884: a parcel of land


def _is_repeated_mark(text: str, start: int, end: int) -> bool:
    """Whether a list repeats the one character before its numbers, so that they number things: 交 16、交 17."""
    mark = text[start - 2 : start]
    if not is_han(mark[:1]) or mark[0] in _MEASURED or mark[0] in _REACHED or mark[0] in _MINUS:
        return False
    return text.startswith(f"、{mark}", end) or text.endswith(f"、{mark}", 0, start)


_FIRST_CELL, _TEXT_CELL = pattern(r"<tr[^<>]*>\s*<td[^<>]*>$"), pattern(r"</td>\s*<td[^<>]*>\s*[\u3400-\u9fff]")


def _told_by_last(text: str, start: int, digits: str, end: int) -> Kind | None:
    """What the character before a bare whole number makes it: 歼-20, 注3：, （2）加快, 二小段 884; None where it tells nothing."""
    following = text[end : end + 1]
    if following in ("：", ":", "）", ")", "]", "］") and _NOTE.search(text, max(0, start - 3), start):
        return "ordinal"
    if text.endswith(_ROADS, 0, start):
        return "name"  # 国道107
    if text.endswith(_FROM, 0, start) and text.startswith(_CHANGES_TO, end):
        return "quantity"  # 由1上调至2
    match text[start - 1]:
        case "-":
            return "name" if text[start - 2 : start - 1] in _MODELS else None
        case "、" | "）" | ")":
            noted = "注" in text[max(0, start - 10) : start] and _IN_NOTES.search(text, max(0, start - 10), start)
            return "ordinal" if noted else None
        case "（" | "(":
            if _BRACKETED.match(text, start - 1) or (
                text[start - 2 : start - 1].isdecimal() and _IN_NOTES.search(text, max(0, start - 16), start)
            ):
                return "ordinal"
            if following in _CLOSING and 2 < len(digits) < 6 and text.endswith(_COMPANIES, 0, start - 1):
                return "code"  # 集团（707）
            return "code" if len(digits) == len("600519") and _ISSUER.match(text, start - 1) else None
        case " " | "段":
            if following in ("）", ")", "、") and len(digits) < 4 and _SHEET.search(text, max(0, start - 8), start):
                return "ordinal"
            if following in _HEADING_MARKS and text.endswith(_HEADED, 0, start):
                return "ordinal"
            if len(digits) < 3 and _is_repeated_mark(text, start, end):
                return "ordinal"
            return "ordinal" if following not in _RANGE_MARKS and text.endswith(_LANDS, 0, start) else None
        case ">":
            first = (
                len(digits) < 4 and _TEXT_CELL.match(text, end) and _FIRST_CELL.search(text, max(0, start - 60), start)
            )
            return "ordinal" if first else None
        case _:
            return "code" if _ATTRIBUTE.search(text, max(0, start - 10), start) else None


def _kind_without_unit(s: _Scanner, start: int, digits: str, end: int) -> Kind:
    """What a bare whole number is: a name (幻影2000战机), a year, a code, the number of a list item, or a figure."""
    text = s.text
    following = text[end : end + 1]
    before = text[start - 1 : start]
    short = len(digits) < 3
    if _CODE_BEFORE.search(text, max(0, start - 8), start) or (len(digits) == 5 and digits.startswith(_HOTLINES)):
        return "code"
    if following in _TELLING and (told := _told_by_next(s, start, digits, end)) is not None:
        return told
    if following in _PEOPLE or text.startswith("方面", end) or (short and _MEDALS.match(text, end)):
        return "quantity"
    if text.startswith((" 号", "地号", " 地号", "地 号", " 地 号", "巷", " 巷", "弄", " 弄"), end):
        return "ordinal"
    if before in _TELLING_BEFORE and (told := _told_by_last(text, start, digits, end)) is not None:
        return told
    if (
        following in _LIST_MARKS
        and len(digits) < 4
        and (not text[end + 1 : end + 2].isdecimal() or _YEAR_BEHIND.match(text, end + 1))
        and _LIST_NUMBER.search(text, max(0, start - 6), start)
    ):
        return "ordinal"
    if following == "《" and short and before == "\n":
        return "ordinal"  # a list of laws
    if following == "." and short and before in _CELL_ENDS and is_han(text[end + 1 : end + 2]):
        return "ordinal"  # (2,391)4.分配股利: the number of a row that has lost its line
    if (
        before == following == "\n"
        and short
        and (text[end + 1 : end + 2] == "、" or _is_row(text, int(digits), start, end))
    ):
        return "ordinal"  # also an item that is broken behind its number: 3\n、
    if before in ("[", "［", "〔", "#", "/", "_", "=", "&") and following in (
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
    if len(digits) == 4 and digits[:2] in ("19", "20") and following not in ("。", "，", *_RANGE_MARKS):
        return "date"
    if len(digits) == 4 and digits[:2] in ("19", "20") and following in _ENDS_CLAUSE and _is_year_alone(text, start):
        return "date"  # 展望2016，
    if before == " " and following not in _RANGE_MARKS and _PRODUCT.search(text, max(0, start - 3), start):
        return "name"
    if text.startswith(_BOUND_WORDS, end):
        return "quantity"
    if len(digits) > _LONGEST_RANK and is_han(before) and _ENDS_CELL.match(text, end) and s.habits.groups:
        return "code"  # 其他23817540: two numbers of a text that writes its thousands with commas
    if len(digits) in _AMOUNTS and digits[0] != "0" and is_han(following) and is_han(before):
        # 1050000现金: no name holds so great a number
        return "code" if _holds_row(text, start, end) else "quantity"
    if is_han(following) and following not in _FOLLOWS_NOUN and not _AFTER_DASH.search(text, max(0, start - 5), start):
        if (
            digits == "0"
            or text.endswith(_COMPARED, 0, start)
            or (len(digits) < 4 and _is_counted_alone(text, start, end))
        ):
            return "quantity"  # 按0取值, 大于12时, 等5地
        if text.startswith(_STREAKS, end):
            return "label"  # 3连胜
        if short and text.endswith(_COMPANIES, 0, start):
            return "ordinal"  # 甲有限公司6东湖公园: the number of the row behind
        if short and start and (before in _CELL_CLOSES or _SECTION.search(text, max(0, start - 4), start)):
            return "ordinal"  # 比例（%）1甲公司: the first row behind a head
        if digits == "1" and _ROWS_HEAD.search(text, max(0, start - _HEAD_LENGTH), start):
            return "ordinal"  # 序号名称金额1甲公司
        if short and is_han(before) and _is_between_rows(text, int(digits), start, end):
            return "ordinal"
        if len(digits) > _LONGEST_RANK and is_han(before) and _holds_row(text, start, end):
            return "code"
        return "name" if len(digits) <= _LONGEST_CODE_NAME else "code"
    if following and (following.isalpha() and following.isascii()):
        return "code"
    if len(digits) >= 5 and len(digits) > 8:
        return "code"
    if is_han(before) and (told := _names_or_ranks(text, start, digits)) is not None:
        return told
    if short and _is_note(text, start, end):
        return "ordinal"
    return "quantity"


_ENDS_CLAUSE, _OPENS_CLAUSE = frozenset("，。—"), frozenset("，。；：…！？《“\n")
_LOOKED_AT = words_of("figures", "years_looked_at")


def _is_year_alone(text: str, start: int) -> bool:
    """Whether a number that ends a clause is a year: it is the whole clause, or what one looks back at or ahead to."""
    before = text[start - 1 : start]
    return text.endswith(_LOOKED_AT, 0, start) or (
        before in _OPENS_CLAUSE and not text[start - 2 : start - 1].isdecimal()
    )


_ROW_BEHIND = pattern(r"\d{1,2}(?![\d.,])")
_STREAKS = words_of("figures", "streaks")
_ENDS_CELL = pattern(r"\n|--")
_COMPARED = words_of("figures", "compared_with")
_COUNTED_BEFORE, _COUNTED_BEHIND = (
    words_of("figures", "counted_alone", "before"),
    words_of("figures", "counted_alone", "behind"),
)
_CELL_ENDS, _CELL_CLOSES, _LONGEST_CODE_NAME = frozenset(")）-"), frozenset(")）%"), 11


def _is_counted_alone(text: str, start: int, end: int) -> bool:
    """Whether words around a number count what stands behind it without a measure word: 等5地, 4误区."""
    if text.startswith(_COUNTED_BEHIND, end) or text.endswith(_COUNTED_BEFORE, 0, start):
        return True
    return approx.prefix_before(text, start) is not None  # 至少3病例


def _is_row(text: str, number: int, start: int, end: int) -> bool:
    """Whether a line that is a number alone numbers the row of the lines below it, as the rows before or behind show."""
    if not is_han(text[end + 1 : end + 2]):
        return False
    before, behind = text[max(0, start - _ROW_LENGTH) : start], text[end : end + _ROW_LENGTH]
    return any(
        re.search(rf"\n{other}\n[\u3400-\u9fff]", near) is not None
        for other, near in ((number - 1, before), (number + 1, behind))
    )


_ROW_LENGTH, _NAME_LENGTH, _HEAD_LENGTH = 150, 80, 60
_ROWS_HEAD = pattern(f"(?:{'|'.join(words_of('figures', 'rows'))})[^\n。]*[\u3400-\u9fff）)]$")


def _is_between_rows(text: str, number: int, start: int, end: int) -> bool:
    """Whether the numbers around one number it among rows that have lost their lines: 17甲公司18乙公司19丙公司."""
    before = re.search(rf"(?<!\d){number - 1}[\u3400-\u9fff]", text[max(0, start - _NAME_LENGTH) : start])
    if before is None:
        return False
    return re.search(rf"(?<=[\u3400-\u9fff]){number + 1}(?!\d)", text[end : end + _NAME_LENGTH]) is not None


_AMOUNTS = frozenset([7, 8])  # digits of a number that nothing else has: stock codes have six, telephone numbers eleven
_BEHIND_NOTE = frozenset("，。；,;\n")
_CLOSED = frozenset("》”」』")
_CLOSING, _OPENING = frozenset(")）"), "(（"


def _is_note(text: str, start: int, end: int) -> bool:
    """Whether a short number is that of a note or of an item that has lost its line: 《要点》2，; …的规定1、本次…2、, …因素1）…"""
    before, following = text[start - 1 : start], text[end : end + 1]
    if before in _CLOSED:
        return following in _BEHIND_NOTE
    if not is_han(before) and before not in _ITEM_ENDS:
        return False
    if following in _CLOSING:
        near = text[max(0, start - _BRACKET_LENGTH) : start]
        return max(map(near.rfind, _OPENING)) <= max(map(near.rfind, _CLOSING))
    return following == "、" and is_han(text[end + 1 : end + 2]) and _is_counted_on(text, start, end)


_ITEM_ENDS, _BRACKET_LENGTH, _ITEM_LENGTH = frozenset("。；;）)%-“「‘？！?!"), 40, 3000


def _is_counted_on(text: str, start: int, end: int) -> bool:
    """Whether the number before this one, or for 1 the one behind it, is written alike near by: 1、甲…2、乙."""
    number = int(text[start:end])
    if number == 1:
        return _SECOND.search(text, end, end + _ITEM_LENGTH) is not None
    before = text[max(0, start - _ITEM_LENGTH) : start]
    return re.search(rf"(?<![\d、]){number - 1}、(?=[\u3400-\u9fff])", before) is not None


_SECOND = pattern(r"(?<![\d、])2、(?=[\u3400-\u9fff])")


_BEGINS_YEAR = pattern(r" ?\d{1,2} ?月|[起初底末版]")  # 95年起, 90年5月; but 光荣在党50年, 70年民生优先


def _is_year(s: _Scanner, digits: str, start: int, end: int) -> bool:
    """Whether 98年 is a year rather than a length of time (25年)."""
    if len(digits) != 2:
        return False
    if digits[0] == "0":
        return True
    if int(digits) < 49 or (digits[1] in "05" and not _BEGINS_YEAR.match(s.text, end)):
        return False
    if s.text[max(0, start - 2) : start].endswith(_DURATION_BEFORE):
        return False
    return _DURATION_AFTER.match(s.text, end) is None


def is_han(character: str) -> bool:
    """Whether a character is a Han character; no for none at all."""
    return "\u3400" <= character <= "\u9fff"


def _full_year(digits: str, republic: bool) -> int:
    year = int(digits)
    if republic:
        return year + _REPUBLIC_BEGINS
    return year + (1900 if year > 40 else 2000)


def _chinese(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    written, magnitude = m["numeral"], m["numeral_magnitude"] or ""
    number_end = m.end()
    behind = s.unit_behind(m.start(), number_end, 1)
    if behind is None and len(written) > 1 and written[-1] == "两":  # 三两: the last numeral is the unit
        written, number_end = written[:-1], number_end - 1
        behind = s.unit_behind(m.start(), number_end)
    if behind is None:
        return _without_unit(s, m, written + magnitude)
    unit, surface, end = behind
    if written in _FORMAL and "[currency" not in unit.dimension and unit.dimension != "[money]":
        return None  # 内陆省份, 拾起, 壹周刊
    if written == "一" and s.text[end : end + 1] == surface:
        return None  # 一次次, 一座座: each of many
    value = number_or_none(written + magnitude)
    if (
        s.text[end : end + 1] == _SYSTEM
        and unit.counted
        and (written != "一" or surface in _OF_SYSTEMS)
        and s.text[end : end + 2] not in _NO_SYSTEM
    ):
        return s.other_at(m.start(), end + 1, "label")._replace(value=value)  # 两票制
    if not magnitude and len(written) > 1 and (prefixed := _with_prefix(s, m.start(), written, number_end)) is not None:
        # 三百千瓦, 二十千克: the last numeral begins the unit
        unit, surface, end = prefixed
        written = written[:-1]
        value = number_or_none(written)
    if value is None:
        return None
    if surface in _NUMBERED and (kind := _numbered_as(s, m.start(), end, surface)) is not None:
        return s.numbered(m.start(), end) if kind == "ordinal" else s.other_at(m.start(), end, kind)
    number = (m.start("numeral"), m.end("numeral_magnitude") if magnitude else m.start("numeral") + len(written))
    decimals = len(written.partition("点")[2].rstrip("万亿"))
    whole_step = chinese_number(f"一{written[-1]}") if decimals and written[-1] in "万亿" else 1
    step = Fraction(whole_step, 10**decimals) if decimals else scale_of(value) if value >= 10**4 else 1
    scaled = value >= 10**4
    if s.text[end : end + 1] in _RESTS:
        value, step, surface, unit, end = s.with_rest(value, step, surface, unit, end)
    more = m["numeral_more"] is not None
    found = s.quantity(m.start(), end, number, value, step, unit, scaled=scaled, more=more, words=True, surface=surface)
    if (
        written in _BARE_POWERS
        and found.start == m.start()
        and found.start
        and s.text[found.start - 1] in _EXCEED
        and not s.text.endswith(_NOT_EXCEEDED, 0, found.start - 1)
        and surface not in _GRADES
    ):  # 过百人, more than a hundred
        return found._replace(start=found.start - 1, bounds=Interval(value, None, False, False), approximation="over")
    if (
        written in _BARE_POWERS
        and (surface in _GRADES or not s.text.endswith(_AMOUNT_BEFORE, 0, m.start()))
        and (found.approximation in ("exact", "rounded") or (value >= _LEAST_ECONOMY and surface in _CLASSED))
    ):
        return found._replace(kind="label")
    return found


_OF_SYSTEMS = frozenset(words_of("figures", "systems", "units"))
_GRADES = frozenset(words_of("figures", "amounts", "never"))  # 千万级
_EXCEED = frozenset(words_of("figures", "exceeded"))
_NOT_EXCEEDED = words_of("figures", "exceeded", "not_behind")  # 通过百幅作品
_RUNNING_TERMS = frozenset(words_of("figures", "terms", "before"))
_SYSTEM, _NO_SYSTEM = words_of("figures", "systems", "mark")[0], frozenset(words_of("figures", "systems", "not_before"))
_LEAST_ECONOMY, _CLASSED = 10**8, frozenset(words_of("figures", "classed"))  # 超百亿县


_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")  # of one such numeral only amounts of money are written
_NUMBERED = frozenset(
    [*"期层环次段字届堂度村", *words_of("figures", "generations", "unit"), *words_of("figures", "sports", "unit")]
)
_BEHIND_DEGREE = frozenset("的角左以到至电之和及高低多与或")
_NOT_PHASE = frozenset("出办刊版了共计分为前后近连每满这上下同超约达有第各学逾期以、和与及 ")
_NOT_NAMED = frozenset("第共有达等各过近约到的及和与涉个全")
_WARS, _FIRST_WARS = words_of("figures", "wars"), frozenset("一二")
_FLOOR_BEFORE = pattern("(?:地库|地下|负|楼|厦|座)$")
_SESSION = pattern("届[^，。；]{0,12}$")
_SESSION_BEHIND = pattern("会议|全会|大会|会上")
_CONGRESS = pattern(
    "历[次届]|[一二三四五六七八九]中|全国|中央|人大|政协|常委|全会|[一二三四五六七八九十]{1,2}次(?:全|会议)"
)
_PHASE_BEHIND = pattern("|".join(words_of("figures", "phases")))
_RUNNING = words_of("figures", "generations", "running")
_SPORTS, _EVENTS = words_of("figures", "sports"), words_of("figures", "sports", "unit")[0]
_GENERATION, _GENERATIONS_OF = words_of("figures", "generations", "unit")[0], words_of("figures", "generations")
_RING_BEHIND = pattern("旗|标|会|路|线|内|外|以|高速|沿|到|至|、|和|与|之|，|。|$")


def _numbered_as(s: _Scanner, start: int, end: int, surface: str) -> Kind | None:
    """What numerals before a measure word are where they number and do not count: 公园二期, 地库一层, 东三环, 届四次会议."""
    text = s.text
    before = text[start - 1 : start]
    if text.endswith(_SPORTS, 0, start) and text[end - 1] == _EVENTS:
        return "name"  # 冬季两项
    if text.startswith(_GENERATIONS_OF, end) and text[end - 1] == _GENERATION and text[start] not in _RUNNING:
        return "ordinal"  # 三代核电
    match surface:
        case "期":
            phase = (is_han(before) and before not in _NOT_PHASE) or _PHASE_BEHIND.match(text, end) is not None
            return "ordinal" if phase and end - start == 2 else None
        case "层":
            return "ordinal" if _FLOOR_BEFORE.search(text, max(0, start - 2), start) else None
        case "环":
            ring = before in tuple("东西南北内外") or _RING_BEHIND.match(text, end) is not None
            return "name" if ring and end - start == 2 else None
        case "段":
            before = text[start - 2 : start - 1] if before == " " else before
            return "name" if before in ("路", "街", "道", "线") and not s.text.startswith(("距离", "路"), end) else None
        case "度":
            counts = end - start == 2 and is_han(s.text[end : end + 1]) and s.text[end] not in _BEHIND_DEGREE
            return "label" if counts and s.text[start] in "两三四五" else None  # 两度夺冠
        case "村":
            named = is_han(before) and before not in _NOT_NAMED and text[start] in "二三四五六七八九十"
            return "name" if (named and end - start == 2) or before == "又" else None  # 张庄二村, 又一村
        case "届":
            running = text[start] == "一" and before in _RUNNING_TERMS  # 新一届
            return "ordinal" if _CONGRESS.match(text, end) and not running else None  # 十九届一中全会
        case "字":
            return "name" if s.text.startswith("第", end) else None  # 工二字第12号
        case "堂":
            return "label" if before in ("聚", "满") else None  # 齐聚一堂
        case "次":
            if text.startswith(_WARS, end) and end - start == 2 and text[start] in _FIRST_WARS:
                return "ordinal"
            session = _SESSION_BEHIND.match(text, end) and _SESSION.search(text, max(0, start - 14), start)
            return "ordinal" if session else None
    return None


def _with_prefix(s: _Scanner, start: int, written: str, number_end: int) -> tuple[Unit, str, int] | None:
    """The unit that begins with the last numeral, where the numerals before it write a number: 三百千瓦, 十千米; not 三千瓦."""
    if written[-1] not in "千百" or written[-2] not in "十百千万亿拾佰仟":
        return None
    behind = s.unit_behind(start, number_end - 1)
    return behind if behind is not None and behind[1][0] == written[-1] and len(behind[1]) > 1 else None


_AMOUNT_BEFORE = words_of("figures", "amounts", "before")  # 罚款人民币十万元
_PLACES = frozenset("百千万亿佰仟卅")
# What may stand behind numerals that have no unit: 资金四千万，
_AFTER_BARE = frozenset("，,。；;、：:）)”」！？!? \n\t以左上多余")


def _without_unit(s: _Scanner, m: re.Match[str], written: str) -> Quantity | None:
    """Numerals without a unit, where they have places and nothing that they could belong to follows: 四千万, 一千零五十."""
    end = m.end()
    if len(written) < 2 or not _PLACES.intersection(written) or written in _BARE_POWERS:
        return None
    if s.text[end : end + 1] and s.text[end] not in _AFTER_BARE:
        return None
    value = number_or_none(written)
    if value is None or value < 20 or m["numeral_more"]:
        return None
    step = scale_of(value) if value >= 10**4 else 1
    return s.quantity(m.start(), end, (m.start(), end), value, step, None, scaled=value >= 10**4, words=True)


def _label(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    value = number_or_none(m.group())
    if value is None:
        return s.other(m, "label") if m.group().endswith("五") else None  # “十五五”
    return Quantity(0, *m.span(), "label", value, None, None, "exact", *m.span(), words=True)


_NUMERALS_BEFORE = frozenset("0123456789一二两三四五六七八九十百千万几多数")


def _half_unit(s: _Scanner, m: re.Match[str]) -> Quantity:
    unit = s.units.by_surface["个月" if m["halfunit_unit"] == "月" else m["halfunit_unit"]]
    half, start = Fraction(1, 2), m.start()
    if (
        s.text[start - 1 : start] == "个" and s.text[start - 2 : start - 1] not in _NUMERALS_BEFORE
    ):  # 个半小时: one and a half
        start, value = start - 1, 3 * half
    else:
        value = half
    interval = Interval(value - half * half, value + half * (value - half or half))
    return s.quantity(start, m.end(), (start, m.start() + 1), value, half, unit, words=True, interval=interval)


def _metre(s: _Scanner, m: re.Match[str]) -> Quantity:
    """米九: a metre and nine tenths."""
    value = 1 + Fraction(_DIGIT_VALUES[m["tenths"]], 10)
    return s.quantity(*m.span(), m.span(), value, Fraction(1, 10), s.units.by_surface["米"], words=True, surface="米")


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
    unit, surface, end = behind if behind is not None else (None, None, m.end())
    try:
        low, high = chinese_number(m["zlow"]), chinese_number(m["zhigh"])
    except ValueError:
        return None
    if behind is None and (high < 20 or s.text[end : end + 1] not in ("", *_AFTER_BARE)):
        return None
    if low > high:
        return None
    return Quantity(
        0, m.start(), end, "quantity", None, unit, Interval(low, high), "range", *m.span(), words=True, parts=(low, high),
        surface=surface,
    )  # fmt: skip


_RANKED = frozenset(["级", "期", "届", "层", "段", "环", "类", "号", "章", "节", "条", "款", "等", "代", "线", "季度"])


def _vague(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    behind = s.unit_behind(m.start(), m.end())
    if behind is None and not m["vague_word"][0].isdecimal():
        return None
    unit, surface, end = behind or (None, None, m.end())  # 270几亿
    word = m["vague_word"].replace("、", "").replace(" ", "")
    if len(word) < m.end("vague_word") - m.start("vague_word") and (
        (surface in _RANKED and "两" not in word) or s.text[m.start() - 1] in "获列居"
    ):
        return s.numbered(m.start(), end)  # 一、二类水质
    if surface == "期" and word in ("一二", "二三", "三四"):
        return s.numbered(m.start(), end)  # 5号线一二期
    approximation: Approximation = "vague"
    if word[0] == "近":
        approximation = "near"
    elif word[0] in "一两二三四五六七八九" and not word.endswith("几"):
        approximation = "range"
    try:
        interval = approx.vague_interval(word)
    except ValueError:
        return None
    if surface == "成":
        unit, interval = s.units.by_surface["%"], interval.scaled(10)
    number = m.span("vague_word")
    return Quantity(
        0, m.start(), end, "quantity", None, unit, interval, approximation, *number, words=True, surface=surface
    )


def _tenplus(s: _Scanner, m: re.Match[str]) -> Quantity | None:
    behind = s.unit_behind(m.start(), m.end())
    if behind is None:
        return None
    unit, surface, end = behind
    if m["tenplus_word"][-1] == m["tenplus_magnitude"]:
        return None  # 万余万元 writes nothing
    value = number_or_none(m["tenplus_word"] + (m["tenplus_magnitude"] or ""))
    if value is None:
        return None
    return s.quantity(
        m.start(), end, m.span("tenplus_word"), value, scale_of(value), unit, more=True, words=True, surface=surface
    )


def _ordinal(s: _Scanner, m: re.Match[str]) -> Quantity:
    behind = s.unit_behind(m.start(), m.end(), 1)
    return s.numbered(m.start(), m.end() if behind is None else behind[2])


def _as(kind: Kind) -> Callable[[_Scanner, re.Match[str]], Quantity]:
    return lambda s, m: s.other(m, kind)


# What each alternative of the patterns becomes; addresses and idioms are stepped over.
_HANDLERS: dict[str | None, Callable[[_Scanner, Any], Quantity | None]] = {
    "number": _number,
    "plain": _plain_number,
    "chinese": _chinese,
    "date": _date,
    "monthday": _month_day,
    "code": _code,
    "dated": _dated,
    "roc": _roc,
    "dayfirst": _day_first,
    "glued": _glued,
    "lettered": _lettered,
    "ordinal": _ordinal,
    "years": _years,
    "fiscal": _as("period"),
    "iso": _iso,
    "stamp": lambda s, m: s.other(m, "date", (0, *(int(n) for n in m.group().split("-")))),
    "day": _day,
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
    "named": _named_day,
    "zscore": lambda s, m: _scored(s, m, tuple(int(chinese_number(n)) for n in m.group().split("比"))),
    "zrange": _chinese_range,
    "halfunit": _half_unit,
    "metre": _metre,
    "elliptic": _elliptic,
    "once": _once,
    "vague": _vague,
    "tenplus": _tenplus,
}
