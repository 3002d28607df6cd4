"""What the styles and the automatic numbers of a Word file say of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from checker.sources.word.trees import Element

__all__ = ["Numbering", "Style", "Styles", "is_on"]

# Word writes the English names whatever its language; other programs write what they show. 标题 1, heading 2, Title
_HEADING = re.compile(r"(?:heading|标题|標題) ?\d?|title|subtitle|副标题|副標題|文档标题")
_CAPTION = re.compile(r"caption|题注|題注|标号")
_CONTENTS = re.compile(r"(?:toc|目录|目錄) ?\d|contents \d|table of figures|图表目录")
_BODY_LEVEL = 9  # the outline level that is none


class Style(NamedTuple):
    """What a paragraph or character style says, with all that it is based on. None: it says nothing."""

    heading: bool | None = None
    caption: bool = False
    contents: bool = False  # a line of the table of contents
    number: str | None = None  # the id of the list
    level: int | None = None  # within the list
    hidden: bool | None = None


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether a switch (``<w:vanish/>``, ``<w:vanish w:val="0"/>``) is on; None where there is none."""
    switch = None if parent is None else parent.find(name)
    return None if switch is None else switch.get("w_val", "1") not in ("0", "false", "off", "none")


def number_in(parent: Element | None, name: str) -> int | None:
    """The whole number that an element's val gives; None without one."""
    element = None if parent is None else parent.find(name)
    written = "" if element is None else element.get("w_val", "")
    return int(written) if re.fullmatch(r"\d{1,9}", written, re.ASCII) else None


def outline(properties: Element | None) -> bool | None:
    """Whether the properties of a paragraph give it an outline level; None where they say nothing."""
    level = number_in(properties, "w_outlineLvl")
    return None if level is None else level < _BODY_LEVEL


class Styles:
    """The styles of a file, each resolved when it is first asked for."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._elements = {e.get("w_styleId", ""): e for e in elements if e.tag == "w_style"}
        self._default = next(
            (
                name
                for name, e in self._elements.items()
                if e.get("w_type") == "paragraph" and e.get("w_default") in ("1", "true", "on")
            ),
            "",
        )
        self._resolved: dict[str, Style] = {}

    def of(self, name: str | None) -> Style:
        """The style of an id; of None, that of paragraphs that name none."""
        name = self._default if name is None else name
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> Style:
        found, seen = Style(), set()
        while (element := self._elements.get(name)) is not None and name not in seen:  # styles may go in a circle
            seen.add(name)
            found = _under(found, _own(element))
            based = element.find("w_basedOn")
            name = "" if based is None else based.get("w_val", "")
        return found


def _own(element: Element) -> Style:
    title = element.find("w_name")
    name = "" if title is None else title.get("w_val", "").strip().lower()
    properties = element.find("w_pPr")
    listed = None if properties is None else properties.find("w_numPr")
    number = number_in(listed, "w_numId")
    heading = True if _HEADING.fullmatch(name) else outline(properties)
    return Style(
        heading,
        _CAPTION.fullmatch(name) is not None,
        _CONTENTS.fullmatch(name) is not None,
        None if number is None else str(number),
        number_in(listed, "w_ilvl"),
        is_on(element.find("w_rPr"), "w_vanish"),
    )


def _under(style: Style, base: Style) -> Style:
    """What `style` leaves open, as the one that it is based on says it."""
    return Style(
        base.heading if style.heading is None else style.heading,
        style.caption or base.caption,
        style.contents or base.contents,
        base.number if style.number is None else style.number,
        base.level if style.level is None else style.level,
        base.hidden if style.hidden is None else style.hidden,
    )


class _Level(NamedTuple):
    format: str
    text: str
    start: int


_CHINESE_FORMATS = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
_GAP = re.compile(r"%([1-9])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = "零一二三四五六七八九"


class Numbering:
    """The automatic numbers of a file, counted as its paragraphs come by.

    Only numbers with Han characters are given back (一、 （二） 第3章), for those the plain text of an article holds inside
    its paragraphs, and headings are counted by them; bullets, 1. and a) are left out there too.
    """

    def __init__(self, elements: Iterable[Element]) -> None:
        self._levels: dict[str, Mapping[int, _Level]] = {}  # by pattern
        self._lists: dict[str, str] = {}  # the pattern of each list
        self._restarts: dict[str, dict[int, int]] = {}  # of each list, by level
        self._counts: dict[str, dict[int, int]] = {}  # of each pattern, by level: lists of one pattern count on
        for element in elements:
            if element.tag == "w_abstractNum":
                levels = {int(lvl.get("w_ilvl", "0") or 0): _level(lvl) for lvl in _numbered(element)}
                self._levels[element.get("w_abstractNumId", "")] = levels
            elif element.tag == "w_num" and (pattern := element.find("w_abstractNumId")) is not None:
                name = element.get("w_numId", "")
                self._lists[name] = pattern.get("w_val", "")
                for override in _numbered(element, "w_lvlOverride"):
                    start = number_in(override, "w_startOverride")
                    if start is not None:
                        self._restarts.setdefault(name, {})[int(override.get("w_ilvl", "0"))] = start

    def next(self, number: str, level: int) -> str | None:
        """Count a paragraph of a list: its number where that holds a Han character, else ""; None for no list."""
        pattern = self._lists.get(number)
        levels = self._levels.get(pattern or "")
        if pattern is None:
            return None
        if levels is None or level not in levels:
            return ""
        counts = self._counts.setdefault(pattern, {})
        restart = self._restarts.get(number, {}).pop(level, None)  # once, at the list's first paragraph
        counts[level] = restart if restart is not None else counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        label = _GAP.sub(lambda gap: _written(levels, counts, int(gap[1]) - 1), levels[level].text)
        return label if _HAN.search(label) else ""


def _numbered(parent: Element, name: str = "w_lvl") -> list[Element]:
    return [e for e in parent.findall(name) if re.fullmatch(r"[0-8]", e.get("w_ilvl", "0"))]


def _level(element: Element) -> _Level:
    form, text = element.find("w_numFmt"), element.find("w_lvlText")
    start = number_in(element, "w_start")
    return _Level(
        "decimal" if form is None else form.get("w_val", ""),
        "" if text is None else text.get("w_val", ""),
        0 if start is None else start,
    )


def _written(levels: Mapping[int, _Level], counts: Mapping[int, int], level: int) -> str:
    known = levels.get(level)
    count = counts.get(level, 1 if known is None else known.start)
    if known is not None and known.format in _CHINESE_FORMATS and count < 100:
        tens, ones = divmod(count, 10)
        return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (
            _DIGITS[ones] if ones or not tens else ""
        )
    return str(count)
