"""The interval that a writing stands for: rounding, 余 and 多, 近, 约, 超过, 不足, 以上 …

The bounds are those of the table in ``docs/figures.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from checker.arithmetic.interval import Interval, Rational, half, size
from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.quantities.model import Approximation
from checker.quantities.numerals import chinese_number, scale_of

__all__ = [
    "about",
    "exact_or_rounded",
    "near",
    "over_step",
    "prefix_before",
    "read_as",
    "vague_interval",
    "words_behind",
]

# The words in front of a figure that say how near it is, by what they do to the interval. A closed bound includes
# the figure itself. Longest first, for 不超过 must not be read as 超过.
_PREFIXES: tuple[tuple[str, str], ...] = tuple(
    sorted(
        [
            (word, "at least")
            for word in [
                "至少",
                "不得少于",
                "不得低于",
                "不应少于",
                "不应低于",
                "不能少于",
                "不能低于",
                "最少",
                "起码",
                "不少于",
                "不低于",
                "不下",
                "不下于",
                "不小于",
                "达到或超过",
                "达到和超过",
                "大于等于",
                "≥",
                "大于或等于",
            ]
        ]
        + [
            (word, "more than")
            for word in [
                "超过",
                "超过了",
                "突破了",
                "超出",
                "超",
                "逾",
                "突破",
                "高于",
                "多于",
                "多过",
                "大于",
                "超越",
                "高达超过",
                "已破",
                ">",
            ]
        ]
        + [
            (word, "at most")
            for word in [
                "不超过",
                "不会超过",
                "没有超过",
                "从未超过",
                "不得超过",
                "不得高于",
                "不得多于",
                "不得大于",
                "不应超过",
                "不能超过",
                "不宜超过",
                "不超",
                "不多于",
                "不多过",
                "不高于",
                "不大于",
                "至多",
                "最多",
                "最高",
                "未超过",
                "不逾",
                "小于等于",
                "≤",
            ]
        ]
        + [
            (word, "less than")
            for word in ["不足", "不到", "低于", "少于", "未达到", "未达", "未满", "不满", "小于", "<", "未到"]
        ]
        + [(word, "near") for word in ["近", "将近", "接近", "接近了", "逼近", "直逼"]]
        + [
            (word, "about")
            for word in [
                "约",
                "大约",
                "大概",
                "约为",
                "约有",
                "约占",
                "大致",
                "左右",
                "估计",
                "约合",
                "差不多",
                "约莫",
                "大体",
            ]
        ]
        + [(word, "about") for word in words_of("figures", "no_approximations", "about")]
        + [(word, "nothing") for word in words_of("figures", "no_approximations")],
        key=lambda pair: -len(pair[0]),
    )
)
_BY_LAST: dict[str, list[tuple[str, str]]] = {}
for _word, _kind in _PREFIXES:
    _BY_LAST.setdefault(_word[-1], []).append((_word, _kind))

# What may stand behind the unit: 3万元以上, 50岁左右, 10天之内
_AFTER = pattern(
    r"\s?(?:(?P<at_least>(?:及|或|和)?以上|之上|起(?=[。，；,;]))|(?P<at_most>(?:及|或|和)?以下|之下|(?:及|或)?以内|之内)"
    r"|(?P<about>左右|上下(?!游|级|班|文|功|联|两)|前后(?=[，。])|许(?=[，。]))|(?P<over>有余|之多|还多|开外|出头|多(?=[，,。；;、的来前后间里]|时间|以来|$))|(?P<nothing>不等))"
)

# What they begin with, and for each what stands second (for a space anything, for 多 also the end of the text): most 上 and 和 behind
# a figure are not tried.
_AFTER_SECOND: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(" \t\n\u3000", frozenset()),
    **{first: frozenset(second) for first, second in (
        ("及", "以"), ("或", "以"), ("和", "以"), ("以", "上下内"), ("之", "上下内多"), ("起", "。，；,;"), ("左", "右"), ("上", "下"),
        ("前", "后"), ("许", "，。"), ("有", "余"), ("还", "多"), ("开", "外"), ("出", "头"), ("不", "等"), ("多", ["", *"，,。；;、的来前后间里时以"]),
    )},
}  # fmt: skip


_TAG = pattern("<[a-zA-Z/][^<>]*>$")
_LONGEST_TAG = 80


def prefix_before(text: str, start: int) -> tuple[str, str] | None:
    """The approximating word that ends at `start`, and what it does; None where there is none.

    >>> prefix_before("不超过30人", 3)
    ('不超过', 'at most')
    """
    if start == 0:
        return None
    if text[start - 1] in "<>" and _TAG.search(text, max(0, start - _LONGEST_TAG), start):
        return None  # <td>35: the end of a tag is no sign
    last = text[start - 1]
    if last == " " and start > 1 and text[start - 2] > "\x7f":  # 超过 300 人
        spaced = prefix_before(text, start - 1)
        return None if spaced is None else (f"{spaced[0]} ", spaced[1])
    for word, kind in _BY_LAST.get(last, ()):
        if text.endswith(word, 0, start):
            return None if kind == "nothing" else (word, kind)
    return None


def words_behind(text: str, end: int) -> re.Match[str] | None:
    """The approximating words behind a unit that ends at `end`; the group that took part says what they do.

    >>> words_behind("50岁左右", 3).lastgroup
    'about'
    """
    second = _AFTER_SECOND.get(text[end : end + 1])
    if second is None or (second and text[end + 1 : end + 2] not in second):
        return None
    return _AFTER.match(text, end)


def over_step(value: Rational) -> Interval:
    """余 and 多: more than the figure, less than one more of its last digit that is not zero."""
    return Interval(value, value + scale_of(value), False, False)


def near(value: Rational) -> Interval:
    """近: a little less than the figure, a little nearer to zero where it is negative; 近0 is zero itself.

    >>> near(-30)
    Interval(low=-30, high=Fraction(-27, 1), low_closed=False, high_closed=False)
    """
    if value <= 0:
        return -near(-value) if value else Interval(value, value)
    return Interval(max(value - scale_of(value), value * Fraction(9, 10)), value, False, False)


def about(value: Rational, step: Rational, tolerance: Fraction) -> Interval:
    """约: within the tolerance, and never narrower than the rounding of the figure itself."""
    margin = max(size(value) * tolerance, half(step))
    return Interval(value - margin, value + margin)


def read_as(kind: str, value: Rational, step: Rational, tolerance: Fraction) -> tuple[Interval, Approximation]:
    """What an approximating word makes of a figure."""
    match kind:
        case "at least":
            return Interval(value, None, True, False), "over"
        case "more than":
            return Interval(value, None, False, False), "over"
        case "at most":
            return Interval(None, value, False, True), "under"
        case "less than":
            return Interval(None, value, False, False), "under"
        case "near":
            return near(value), "near"
        case _:
            return about(value, step, tolerance), "about"


def vague_interval(word: str) -> Interval:
    """What a vague number word stands for.

    >>> vague_interval("两三千"), vague_interval("10几万")
    (Interval(low=2000, high=3000, low_closed=True, high_closed=True), Interval(low=110000, high=190000, low_closed=True, high_closed=True))
    """
    scale = chinese_number(word.lstrip("好几数上近") or "一") if word[0] in "好几数上近" else 1
    if word[0] == "近":
        return Interval(scale * Fraction(9, 10), scale, True, False)
    if word[0] == "上":
        return Interval(scale, scale * 10 - 1)
    if word[0] in "数几好":
        if scale == 1:
            return Interval(3 if word[0] == "几" else 2, 9)
        return Interval(scale * 2, scale * 10 - 1)
    if "几" in word:  # 十几, 三十几万, 10几万
        written, _, magnitude = word.partition("几")
        times = chinese_number(magnitude) if magnitude else 1
        base = int(written) if written.isascii() else chinese_number(written)
        last = scale_of(base)  # 2800几 is at most 2899
        return Interval((base + 1) * times, (base + last - 1) * times)
    tens = 10 if word[0] == "十" and len(word) > 1 else 0
    if tens:
        word = word[1:]
    scale = chinese_number(word[2:]) if len(word) > 2 else 1
    low, high = sorted((chinese_number(word[0]), chinese_number(word[1])))
    return Interval((tens + low) * scale, (tens + high) * scale)


def exact_or_rounded(step: Rational, counted: bool, scaled: bool) -> Approximation:
    """A count without 万 and 亿 is exact; everything else was rounded to its last written digit."""
    return "exact" if counted and not scaled and step == 1 else "rounded"
