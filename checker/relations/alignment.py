"""分别: as many values as names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.arithmetic.interval import exactly
from checker.checks import Check, Operand, Outcome
from checker.checks.builder import build_check, figures_between
from checker.language.lexicon import section_of, words_of
from checker.patterns import pattern
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_alignment"]

_FAR = 200  # characters before 分别 in which its clause must begin
_RESPECTIVELY = pattern("分别")
_FIGURE = pattern("[\ue000-\ue0ff]")
# The values: a verb, then figures with 、 和 及 与 between them, each perhaps with a noun or a repeated verb
_VALUES = pattern(
    r"[^\ue000-\ue0ff。；！？\n，]{0,14}(?P<run>[\ue000-\ue0ff][^\ue000-\ue0ff。；！？\n，、和及与]{0,4}(?:(?:、|和|及|与|以及)(?:约|近)?[^\ue000-\ue0ff。；！？\n，、和及与]{0,6}[\ue000-\ue0ff][^\ue000-\ue0ff。；！？\n，、和及与]{0,4}){1,15})"
)
# Words that hide several names in one, or name them elsewhere; then the names cannot be counted.
_HIDDEN = pattern(section_of("links", "respectively")["hidden"])
_NAME_END = pattern("[、和及与]")
# 四个季度同比; 2018年和2020年，全县
_COUNT, _DATES = (pattern(section_of("links", "respectively")[key]) for key in ("count", "dates"))
_OF = words_of("links", "of", "words")[0]
_TIMES = words_of("links", "respectively", "times")
_SHORTEST, _LONGEST = 2, 6  # characters of a short name
_MOST = 12


def check_alignment(reading: Reading, lang: str) -> Iterator[Check]:
    """The checks of 分别 against the names before it, in its own clause."""
    text = reading.skeleton.text
    for word in _RESPECTIVELY.finditer(text):
        start = _clause_start(text, word.start())
        values = _VALUES.match(text, word.end())
        if values is None:
            continue
        places = [place for place, _ in figures_between(reading, values.start("run"), values.end("run"))]
        counted = _counted(reading, start, text[start : word.start()])
        if counted is None and word.start() - start <= 3 and start > 0 and text[start - 1] == "，":
            # …用地和…用地，可分别提供…: the names stand in the clause before
            start = _clause_start(text, start - 1)
            counted = _counted(reading, start, text[start : word.start()])
        names = text[start : word.start()]
        if len(places) < 2:
            continue
        if counted is not None and not _are_lengths(reading, places):
            yield _made(reading, start, word.start(), places, {counted}, lang, accuses=True)
        elif _NAME_END.search(names) and not _HIDDEN.search(names):
            yield from _check(reading, start, word.start(), names, places, lang)


def _clause_start(text: str, end: int) -> int:
    """Where the clause begins that ends at `end`, at most `_FAR` characters before it."""
    far = max(0, end - _FAR)
    return max(far, *(text.rfind(mark, far, end) + 1 for mark in "。！？；\n，："))


def _plausible(names: str) -> set[int]:
    """How many names the words may hold: 、 always parts two names; 和, 及 and 与 part two, or stand inside one.

    >>> sorted(_plausible("医药制造业、计算机及办公设备制造业"))
    [2, 3]
    """
    certain = names.count("、") + 1
    doubtful = len(re.findall("[和及与]", names))
    return set(range(certain, certain + doubtful + 1))


def _clean(names: str) -> int:
    """How many names a list holds whose names all end alike (一年级、四年级和七年级), or 0: there 和 is in no name."""
    items = _NAME_END.split(names)
    end = items[0][-2:]
    alike = (
        len(items) >= 3
        and len(end) == 2
        and not _FIGURE.search(names)
        and all(i.endswith(end) and len(i) <= 6 for i in items[:-1])
        and end in items[-1][:8]
    )
    return len(items) if alike else 0


def _counted(reading: Reading, start: int, names: str) -> int | None:
    """How many there are, where a count or dates tell it: 四个季度分别, 2018年和2020年，全县分别."""
    figures = reading.skeleton.figures
    quantities = [reading.quantities[figures[start + match.start()]] for match in _FIGURE.finditer(names)]
    if _DATES.fullmatch(names) and len(quantities) > 1 and all(q.kind == "date" for q in quantities):
        return len(quantities)
    if len(quantities) != 1 or _COUNT.fullmatch(names) is None:
        return None
    count = quantities[0]
    if count.unit is None or count.approximation not in ("exact", "rounded"):
        return None
    if count.unit.dimension == "[person]" or not (count.unit.counted or count.surface in _TIMES):
        return None  # 9人分别以6000元及1万元保释
    value = count.value
    return int(value) if value is not None and value.denominator == 1 and 1 < value <= _MOST else None


def _are_lengths(reading: Reading, places: list[int]) -> bool:
    """Whether figures are lengths of time: 4个议席分别有3个月及2个月 to go, two and two of them."""
    units = (reading.quantities[reading.skeleton.figures[place]].unit for place in places)
    return all(unit is not None and unit.dimension == "[time]" for unit in units)


def _short(names: str) -> int:
    """How many names of one length a list holds, with nothing behind the last but what 的 joins to all; 0 for any other list.

    >>> _short("港岛、九龙及新界的空置率"), _short("租赁和商务服务业营收")
    (3, 0)
    """
    items = _NAME_END.split(names)
    length = len(items[0])
    even = all(len(item) == length for item in items[:-1]) and _SHORTEST <= length <= _LONGEST
    last = items[-1][length : length + 1]
    return len(items) if len(items) > 1 and even and last in ("", _OF) and len(items[-1]) >= length else 0


def _check(reading: Reading, start: int, end: int, names: str, places: list[int], lang: str) -> Iterator[Check]:
    clean = _clean(names)
    counts = {clean} if clean else _plausible(names)
    if _FIGURE.search(names):
        # 甲镇945户、1151名和乙镇889户、1662名: 、 joins the figures of one name, 和 the names
        counts |= set(range(1, max(counts) + 1))
    fits = len(places) in counts
    short = 0 if fits or _FIGURE.search(names) else _short(names)
    # The figures inside the names (3幅商业用地和一幅酒店用地) belong to them. Elsewhere a wrong count is told only of clean lists of three or more.
    accuses = short > 0 or (
        not fits
        and len(counts) == 1
        and max(counts) >= 3
        and len(places) >= (2 if clean else 3)
        and min(abs(len(places) - c) for c in counts) == 1
        and not _FIGURE.search(names)
    )
    yield _made(reading, start, end, places, {short} if short else counts, lang, accuses=accuses)


def _made(
    reading: Reading, start: int, end: int, places: list[int], counts: set[int], lang: str, *, accuses: bool
) -> Check:
    skeleton, fits = reading.skeleton, len(places) in counts
    outcome: Outcome = "holds" if fits else "fails" if accuses else "undecided"
    first, last = skeleton.text_offset(start), skeleton.end_offset(end)
    ids = [skeleton.figures[place] for place in places]
    operands = (Operand("names", None, first, last), *(Operand("value", i) for i in ids))
    named = max(counts) if not fits else len(places)
    return build_check(
        relation="alignment", outcome=outcome, operands=operands, operator="=",
        expression=f"{named} {'=' if fits else '≠'} {len(places)}", left=exactly(named), right=exactly(len(places)),
        start=first, end=reading.quantities[ids[-1]].end, severity="warning", confirms=False,
        message=_MESSAGE[lang].format(named, len(places)),
        reason=None if outcome != "undecided" else "“分别”之前的名称数目不能确定",
    )  # fmt: skip


_MESSAGE = {"zh": "“分别”之前有{}项，之后有{}个数字", "en": "分别 has {} names before it and {} figures behind it"}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK611",
        slug="respectively",
        relation="alignment",
        severity="warning",
        function=check_alignment,
        title={"zh": "分别：名称与数字一一对应", "en": "分别: as many figures as names"},
        messages={"zh": "“分别”前后的项数不符", "en": "分别 has more names than figures, or fewer"},
        fails=(
            "甲镇、乙镇、丙镇、丁镇分别增长3%、4%、5%。",
            "一年级、四年级和七年级学生的近视率分别为18.6%和47.2%。",
            "东湾、西湾及北湾的入住率分别为61.4%、58.2%、70.5%和66.0%。",
            "河东镇和柳树乡的大户分别增收1240元、860元和910元。",
            "分季度看，四个季度分别增长6.3%、5.9%和6.1%。",
            "2019年和2021年，全县分别修路126公里、98公里和41公里。",
        ),
        holds=(
            "甲镇和乙镇分别增长3%和4%。",
            "四个季度分别增长6.3%、5.9%、6.0%和6.1%。",
            "2019年和2021年，全县分别修路126公里、98公里。",
        ),
        silent=(
            "城乡居民收入、支出分别增长3%、4%、5%、6%。",
            "软件和信息业、建筑业、零售业分别增长3%、4%、5%、6%。",
            "租赁和商务服务业营收分别增长12%、9%、8%。",
            "比前五年分别提高12.5和18.3个百分点。",
            "9人分别以6000元、1万元和2万元保释。",
            "4个席位分别有3个月及2个月空缺。",
            "查处的违反八项规定精神问题分别为32起、38起、49起。",
        ),
    ),
)
