"""A text to blocks: headings, paragraphs, list items, captions, table cells.

The text is never altered: a block is a tuple of spans, and where a page or line break cut a paragraph in two, both
stretches belong to one block. When in doubt a line is a block of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from checker.document import Block
from checker.patterns import pattern
from checker.sources.joining import cuts_a_figure, wrapped_width, wraps
from checker.sources.lines import Line, read_lines

__all__ = ["classify", "front_matter", "kind_of_line", "may_be_heading", "split_blocks"]

Span = tuple[int, int]

_LONGEST_HEADING, _LONGEST_TITLE = 40, 60
_HEAD_LINES = 8  # a title, a subtitle, a byline: short lines in a row are headings here, a menu or captions elsewhere

_FRONT_MATTER = pattern(
    r"""
    ---[ \t]*\r?\n
    ((?: [\w.-]+[ \t]*:.*\r?\n          # title: 通报
       | [ \t-]+[^\s-].*\r?\n           # an entry of a list, or a value that goes on
    )+)
    ---[ \t]*(?:\r?\n|$)
    """,
    re.VERBOSE,
)
_FIELD = pattern(r"^([\w.-]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_SHOWN_FIELDS = ("title", "subtitle", "description", "summary", "标题", "摘要")

_FENCE = pattern(r"(`{3,}|~{3,})[\w+-]*$")
_COMMENT = pattern(r"<!--.*-->$")
_RULE = pattern(r"[-=_*~—·.\s]{3,}$")
_MARKED_HEADING = pattern(r"(?:#{1,6}\s+|#{2,6}(?=[^#\s]))")
_CLOSING_MARKS = pattern(r"\s+#+$")
_QUOTE = pattern(r"(?:>\s*)+")
_CELL = pattern(r"(?:\\.|[^|\\])+")
_CELL_RULE = pattern(r"[\s:|-]+$")
# A bullet, or an Arabic number that only counts the items. 「1.5万亩」 and 「5、6月份」 begin with no marker.
_ITEM = pattern(
    r"""
      [-*+]\s+                                # - 甲
    | -(?=[^\W\da-zA-Z_]|[“《])                 # -甲
    | [•●■◆▪□○·►➢]\s*                        # • 甲
    | [①-⑳]\s*                              # ① 甲
    | [（(]\d{1,2}[)）]\s*                     # （1）甲
    | \d{1,2}(?:[.．、)）]\s*(?![\d\s%％])|[.)]\s+(?=\S))   # 1. 甲
    """,
    re.VERBOSE,
)
# 一、 （一） 第一章 第二节 一是: numbers that belong to the wording and stay inside the block.
_NUMBERED_HEADING = pattern(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百\d]{1,4}[章节節篇部条])"
)
_NUMBER_FIRST, _NUMBER_LAST = frozenset("一二三四五六七八九十（(第"), frozenset("、．.)）章节節篇部条")
_CAPTION = pattern(r"(?:[图圖表]\s*\d[\d.-]*(?![\d，,、]|\w*(?:显示|可见|所示))|图为|圖為|[（(]?资料图|!\[)")
_CAPTION_FIRST = frozenset("图圖表（(资!")
_PHOTO_CREDIT = pattern(r"(?:\w{2,4}\s?[摄攝](?:影)?|资料图片?)[)）]?$")
# What a line begins with that is more than its words; most lines begin otherwise, and none of the patterns is tried on them.
_SET_APART = frozenset("`~<-=_*—·.")
_MARKS = frozenset("#>|-*+•●■◆▪□○·►➢（(一二三四五六七八九十第图圖表资!")
_WORDS_FIRST = frozenset("一二三四五六七八九十第图圖表资!#>|")  # of these marks, those that no item begins with
_BOLD = pattern(r"\*\*[^*]+\*\*$|__[^_]+__$")
# **163**户: two asterisks that enclose words. Not 138****1234, nor 2 ** 3 ** 4.
_EMPHASIS = pattern(r"(?<!\*)\*\*(?=[^\s*])([^*\n]+)(?<!\s)\*\*(?!\*)")
_SENTENCE_MARK = pattern(r"[。！？；;!?…]|://")
_ENDS_OPEN = tuple("，、：:,（(“「《—-")
# A date; so is, or is a row of a table that lost its bars, what ends with a digit.
_NO_HEADING = pattern(r"[\d\s年月日时時分:：/.\-－—（）()第期版页]+")
_DATE_WORDS = frozenset("年月日时時分第期版页")
_TWO_LETTERS = pattern(r"[^\W\d_].*[^\W\d_]")


class _Piece(NamedTuple):
    """A block in the making: `likely` says that it looks like a heading and stands alone."""

    kind: str
    spans: tuple[Span, ...]
    likely: bool = False


def front_matter(text: str) -> dict[str, str]:
    """The fields of a YAML-like head between two ``---`` lines, as written; empty where there is none.

    >>> front_matter("---\\ntitle: 通报\\ndate: 2020-06-12\\n---\\n正文。")
    {'title': '通报', 'date': '2020-06-12'}
    """
    head = _head_of(text)
    return {} if head is None else dict(_FIELD.findall(head[1]))


def _head_of(text: str) -> re.Match[str] | None:
    return _FRONT_MATTER.match(text) if text.startswith("---") else None


def split_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in reading order; spans are half-open code-point offsets without the line break.

    Marks that are no words are left outside: ``#``, bullets, ``1.``, ``>``, the bars of a table, code, front matter but
    for its title and summary. Marks of emphasis cut the spans of a block, as a line break does.

    >>> [(block.kind, block.spans) for block in split_blocks("# 通报\\n\\n村集体收入74.05\\n\\n万元。")]
    [('heading', ((2, 4),)), ('paragraph', ((6, 16), (18, 21)))]
    """
    head = _head_of(text)
    pieces: list[_Piece] = [] if head is None else list(_shown_fields(text, head))
    lines = list(_prose(read_lines(text, 0 if head is None else head.end())))
    width = wrapped_width(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.text.startswith("|") and line.text.count("|") > 1:
            pieces.extend(_cells(line))
            continue
        kind, start, end = classify(line)
        if start == end:  # a mark by itself: an empty line of a quotation
            continue
        spans = [(start, end)]
        last = line
        while kind in ("paragraph", "numbered", "item") and at < len(lines):
            following = lines[at]
            goes_on = cuts_a_figure(last, following) or (width is not None and wraps(last, following, width))
            if not goes_on:
                break
            its_kind, *span = classify(following)
            if its_kind != "paragraph" or span[0] == span[1]:
                break
            spans.append((span[0], span[1]))
            last = following
            at += 1
        longest = _LONGEST_HEADING if pieces else _LONGEST_TITLE
        likely = len(spans) == 1 and may_be_heading(text[start:end], kind, longest)
        pieces.append(_Piece("paragraph" if kind == "numbered" else kind, tuple(spans), likely))
    return tuple(_settle(text, pieces))


def kind_of_line(text: str) -> Literal["heading", "paragraph", "caption"]:
    """What a line is by its wording alone, in a format that calls it a paragraph whatever it is.

    >>> [kind_of_line(line) for line in ("（一）工业较快增长。", "图3 各乡镇分布", "全县出列15个村。")]
    ['heading', 'caption', 'paragraph']
    """
    if len(text) > 80:
        return "paragraph"
    kind, _, _ = classify(Line(0, len(text), text, False, False))
    if kind == "numbered":
        return "heading" if may_be_heading(text, kind, _LONGEST_HEADING) else "paragraph"
    return "caption" if kind == "caption" else "paragraph"


def _shown_fields(text: str, head: re.Match[str]) -> Iterator[_Piece]:
    """What readers see of the front matter: its title and its summary."""
    for field in _FIELD.finditer(text, head.start(1), head.end(1)):
        key = field[1].lower()
        if key in _SHOWN_FIELDS and field[2]:
            kind = "heading" if key in ("title", "subtitle", "标题") else "paragraph"
            yield _Piece(kind, (field.span(2),))


def _prose(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without fenced code, comments and ruled lines."""
    fence = ""
    held: list[Line] = []
    for line in lines:
        if fence:
            held.append(line)
            if line.text.startswith(fence) and not line.text.strip(fence[0]):
                fence, held = "", []
        elif line.text[0] not in _SET_APART:
            yield line
        elif (opening := _FENCE.match(line.text)) is not None:
            fence, held = opening[1], [line]
        elif not (_RULE.match(line.text) or _COMMENT.match(line.text)):
            yield line
    # A fence that nothing closes is no fence.
    yield from held[1:]


def _cells(line: Line) -> Iterator[_Piece]:
    if _CELL_RULE.match(line.text):
        return
    for cell in _CELL.finditer(line.text):
        content = cell[0].strip()
        if content:
            start = line.start + cell.start() + cell[0].index(content)
            yield _Piece("cell", ((start, start + len(content)),))


def classify(line: Line) -> tuple[str, int, int]:
    """The kind of a line taken alone, and the span of its words; ``numbered`` begins with 一、 or the like."""
    text, start, end = line.text, line.start, line.end
    if text[0] not in _MARKS and not text[0].isdigit():
        return "caption" if _is_photo_credit(text) else "paragraph", start, end
    if (mark := _QUOTE.match(text)) is not None:
        text, start = text[mark.end() :], start + mark.end()
    if (mark := _MARKED_HEADING.match(text)) is not None:
        closing = _CLOSING_MARKS.search(text, mark.end())
        return "heading", start + mark.end(), end if closing is None else start + closing.start()
    if text.startswith("|"):
        return "cell", start, end
    if _is_numbered(text):
        return "numbered", start, end
    if (len(text) <= 80 and text[:1] in _CAPTION_FIRST and _CAPTION.match(text)) or _is_photo_credit(text):
        return "caption", start, end
    in_words = text[:1] in _WORDS_FIRST or (text[:1] in "（(" and not text[1:2].isdecimal())  # （一）, （甲）
    if not in_words and (mark := _ITEM.match(text)) is not None and mark.end() < len(text):
        return "item", start + mark.end(), end
    return "paragraph", start, end


def _is_numbered(text: str) -> bool:
    """Whether a line begins like a numbered heading; a look at its first characters spares most lines the pattern."""
    likely = text[:1] in _NUMBER_FIRST and not _NUMBER_LAST.isdisjoint(text[1:7])
    return likely and _NUMBERED_HEADING.match(text) is not None


def _is_photo_credit(text: str) -> bool:
    short = len(text) <= 60 and ("摄" in text or "攝" in text or "资料" in text)
    return short and _PHOTO_CREDIT.search(text) is not None


def may_be_heading(text: str, kind: str, longest: int) -> bool:
    if kind not in ("paragraph", "numbered") or len(text) > longest:
        return False
    if kind == "numbered":
        # 「（一）工业较快增长。」 is a heading with a full stop.
        return _SENTENCE_MARK.search(text[:-1]) is None and not text.endswith(_ENDS_OPEN)
    if _BOLD.match(text):
        return True
    if _SENTENCE_MARK.search(text) or text.endswith(_ENDS_OPEN) or text[-1].isdecimal():
        return False
    if (text[0] in _DATE_WORDS or not text[0].isalpha()) and _NO_HEADING.fullmatch(text):
        return False
    return _TWO_LETTERS.search(text) is not None


def _unmarked(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without the marks of emphasis: 搬迁**163**户 is read as 搬迁163户."""
    if all(text.find("**", start, end) < 0 for start, end in spans):
        return spans
    words: list[Span] = []
    for start, end in spans:
        for bold in _EMPHASIS.finditer(text, start, end):
            words += ((start, bold.start()), bold.span(1))
            start = bold.end()
        words.append((start, end))
    return tuple(span for span in words if span[0] < span[1])


def _settle(text: str, pieces: list[_Piece]) -> Iterator[Block]:
    """Decide which of the likely headings are headings.

    A heading has something below it. Up to three likely ones in a row are headings; more are a menu, a list of photo
    captions or a transcript without punctuation, unless they open the text or are numbered.
    """
    at = 0
    while at < len(pieces):
        if not pieces[at].likely:
            yield Block(pieces[at].kind, _unmarked(text, pieces[at].spans))  # type: ignore[arg-type]
            at += 1
            continue
        end = at
        while end < len(pieces) and pieces[end].likely:
            end += 1
        run = pieces[at:end]
        closes_text = end == len(pieces)
        headings = not closes_text and (len(run) <= 3 or (at == 0 and len(run) <= _HEAD_LINES))
        for place, piece in enumerate(run):
            first = at + place == 0 and len(pieces) > 1
            start, stop = piece.spans[0]
            ends_text = closes_text and place == len(run) - 1
            numbered = not ends_text and _is_numbered(text[start:stop])
            yield Block("heading" if headings or first or numbered else "paragraph", _unmarked(text, piece.spans))
        at = end
