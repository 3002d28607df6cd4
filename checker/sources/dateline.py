"""The day of publication, where the text itself tells it. Never today."""

from __future__ import annotations

import re
from datetime import date

from checker.errors import UsageError
from checker.patterns import pattern
from checker.sources.messages import Lang, message

__all__ = ["find_published", "parse_date"]

_FULL_WIDTH = str.maketrans("０１２３４５６７８９：／－．　", "0123456789:/-. ")
_DIGITS = {char: digit for digit, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}

_DAY = r"""
    (?<!\d)
    (?: (?P<y>(?:19|20)\d\d) \s* (?: 年 \s*(?P<m>\d{1,2})\s* 月 \s*(?P<d>\d{1,2})\s* (?:日|號|号)   # 2020年6月12日
                                   | (?P<sep>[-/.]) (?P<m2>\d{1,2}) (?P=sep) (?P<d2>\d{1,2}) (?!\d) )  # 2019-09-18
      | (?P<cy>[一二][〇零○Ｏ一二三四五六七八九]{3}) 年 (?P<cm>[一二三四五六七八九十]{1,2}) 月
        (?P<cd>[一二三四五六七八九十廿卅]{1,4}) 日      # 二〇二〇年六月十二日
    )
"""
_DATE = pattern(_DAY, re.VERBOSE)
# What may stand beside a date on a line of its own: a time of day, a weekday, brackets, dashes.
_BESIDE = pattern(
    r"""
      T? \d{1,2} (?: :\d{2} ){1,2} (?: \.\d+ )? Z?      # 09:30, T08:30:00.000Z
    | \d{1,2} [时時点點] (?: \d{1,2} 分 )?               # 9时30分
    | (?:星期|周|週|礼拜) [一二三四五六日天]              # 星期五
    | [\s()（）\[\]【】—\-–|｜·•*#>，,]                   # （ ） — |
    | [上下]午
    """,
    re.VERBOSE,
)
_WEEKDAY_AT_END = pattern(r"\s*[（(]?(?:星期|周|週)[一二三四五六日天][)）]?$")
_RELEASE = pattern(r"(?:发布|發布|發佈|发表|發表|发稿|刊发|刊登|出版|公开|成文|印发)(?:时间|時間|日期)[:：\s]*$")
# Not 更新时间: a page may be touched years later.
_LABEL = pattern(r"(?:(?<!更新)(?:日期|时间|時間)|发布于|[Dd]ate)\s*[:：]\s*$")
_CREDIT = pattern(r"(?:来源|來源|作者|记者|記者|编辑|編輯|出处|稿源)\s*[:：]|www\.")
_WIRE = pattern(r"^[（(【]?(?:\w{1,8}[社报报網网]|本报)\w{0,10}$")
_SIGNED = pattern(r"^[^，。；！？、,;!?\d]{2,30}[局府委院办室会部厅署行社处队站中心公司集团]\s*$")
_SPEECH = pattern(r"^[—\-–（(\s]*$")
_SPEECH_AFTER = pattern(r"^[^。；！？]{0,40}(?:会议|大会|全会)上")
_BALANCE = pattern(r"资产负债表|利润表|现金流量表|编制单位|单位[:：]")
_KEYS = ("date", "published", "pubdate", "publish_date", "publishdate", "发布日期", "发布时间", "日期")

_HEAD_LINES, _TAIL_LINES, _LONGEST = 10, 5, 80


def parse_date(written: str, lang: Lang = "zh") -> date:
    """The day that a person wrote: 2017-06-09, 2017/6/9, 2017.6.9, 2017年6月9日 or an ISO time.

    Raises UsageError for anything else.

    >>> parse_date("2017年6月9日")
    datetime.date(2017, 6, 9)
    """
    text = written.translate(_FULL_WIDTH).strip()
    match = _DATE.match(text)
    if match is not None and not _BESIDE.sub("", text[match.end() :]):
        found = _day(match)
        if found is not None:
            return found
    raise UsageError(message("bad-date", lang, value=written))


def find_published(text: str, front_matter: dict[str, str] | None = None) -> date | None:
    """The day of publication from front matter, else from a dateline in the first or last lines, else None.

    A dateline is a date alone on its line, after 发布时间 or the like, beside a source or an author (来源：), under a
    signature, or in a wire service's opening. Two different days of equal standing settle nothing.

    >>> find_published("全县脱贫攻坚综述\\n2020年6月12日\\n去年，全县……")
    datetime.date(2020, 6, 12)
    """
    for key, value in (front_matter or {}).items():
        if key.lower() in _KEYS:
            try:
                return parse_date(value.strip("\"'"))
            except UsageError:
                continue  # `date: 待定` tells no day; the text may
    head = _lines(text[:4000], slice(_HEAD_LINES))
    tail = _lines(text[-2000:], slice(-_TAIL_LINES, None))
    for lines, at_end in ((head, False), (tail, True)):
        ranked: dict[int, set[date]] = {}
        for line in lines:
            rank, found = _dateline(line, at_end)
            if found is not None:
                ranked.setdefault(rank, set()).add(found)
        # The day of a balance sheet is not that of its publication.
        if ranked and not any(_BALANCE.search(line) for line in lines):
            best = ranked[max(ranked)]
            return best.pop() if len(best) == 1 else None
    return None


def _lines(text: str, which: slice) -> list[str]:
    """Some of the lines that are not blank, in half-width digits where they are short enough for a dateline."""
    lines = [line for line in map(str.strip, text.splitlines()) if line][which]
    return [line.translate(_FULL_WIDTH) if len(line) <= _LONGEST else line for line in lines]


def _dateline(line: str, at_end: bool) -> tuple[int, date | None]:
    """How surely the line is a dateline (0 for not at all), and its day."""
    if len(line) > _LONGEST or not _may_hold_a_date(line):
        return 0, None
    matches = list(_DATE.finditer(line))
    if not matches:
        return 0, None
    first = matches[0]
    before, after = line[: first.start()], line[first.end() :]
    if _RELEASE.search(before):
        return 3, _day(first)
    if len(matches) > 1:
        return 0, None
    alone = not _BESIDE.sub("", before) and not _BESIDE.sub("", after)
    titled = len(line) <= 30 and _WEEKDAY_AT_END.fullmatch(after) and line.startswith("#")
    wired = after.startswith(("电", "電")) and _WIRE.match(before)
    spoken = _SPEECH.match(before) and _SPEECH_AFTER.match(after)
    signed = at_end and not after and _SIGNED.match(before)
    credited = (not before or before[-1].isspace() or before[-1] in "|:：") and _CREDIT.search(line)
    if alone or titled or wired or spoken or signed or credited:
        return 2, _day(first)
    if _LABEL.search(before) and not _BESIDE.sub("", after):
        return 1, _day(first)
    return 0, None


def _may_hold_a_date(line: str) -> bool:
    """What the pattern of dates asks for; most lines have neither, and no need of it."""
    if "年" in line and "月" in line:
        return True
    return ("19" in line or "20" in line) and any(mark in line for mark in "-/.")


def _day(match: re.Match[str]) -> date | None:
    try:
        if match["cy"]:
            year = int("".join(str(_DIGITS[char]) for char in match["cy"]))
            return date(year, _small(match["cm"]), _small(match["cd"]))
        return date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"]))
    except ValueError:
        return None


def _small(written: str) -> int:
    """A Chinese number up to 39: 六, 十二, 二十五, 廿一."""
    written = written.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = written.partition("十")
    if not ten:
        return _DIGITS[tens] if len(tens) == 1 else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
