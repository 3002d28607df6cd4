"""HTML to tags and stretches of text, each with its place in the source.

Not `html.parser`: it takes time that grows with the square of a malformed page (64 KB of ``<a b='`` take it 18 seconds),
gives up on the rest of a page behind a malformed reference, and reads scripts otherwise from one Python version to the
next. Here every character is looked at a bounded number of times, and what a browser would swallow is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.entities import html5
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["Pieces", "Token", "attributes", "pieces_of", "tokens", "words_of"]

# Words of the page with the place of their first character in the source; the others follow one by one, but for what
# one reference stands for.
Pieces: TypeAlias = "list[tuple[str, int]]"


class Token(NamedTuple):
    """A stretch of the source, as half-open code-point offsets.

    ``start`` and ``end``: a tag from ``<`` to ``>``. ``raw``: what stands inside an element that holds no tags (`name`
    says which). ``comment``: a remark to the checker. ``plain``: text without references (CDATA). ``lost``: the rest of a page in which something (`name`) is
    never closed.
    """

    kind: Literal["text", "plain", "start", "end", "raw", "comment", "lost"]
    start: int
    end: int
    name: str = ""


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# From behind the name to the closing mark; a quoted value may hold ">". A quote that nothing closes is no quote.
_REST_OF_TAG = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_COMMENT_END = re.compile(r"--!?>")
_REMARK = re.compile(r"<!--\s*+checker\s*+[:：]")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?+""")
# &amp; &#12345; &#x4e00; the semicolon may be missing
_REFERENCE = re.compile(r"&(?:#(?:\d++|[xX][0-9a-fA-F]++)|[a-zA-Z][a-zA-Z0-9]{1,31}+);?")
_LONGEST_NUMBER = 12

_RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])


def tokens(source: str, *, xml: bool = False) -> Iterator[Token]:
    """The tags and texts of a page in order; other comments, declarations and instructions are left out.

    In `xml` an element may close itself (``<script/>``) and CDATA is text.

    >>> [source[t.start:t.end] for source in ["共<b>3</b>户"] for t in tokens(source)]
    ['共', '<b>', '3', '</b>', '户']
    """
    at = text_from = 0
    while (opening := source.find("<", at)) >= 0:
        tag = _TAG.match(source, opening)
        if tag is None and not source.startswith(("<!", "<?", "</"), opening):
            at = opening + 1  # 气温<5℃
            continue
        if opening > text_from:
            yield Token("text", text_from, opening)
        if tag is not None:
            rest = _REST_OF_TAG.match(source, tag.end())
            end = -1 if rest is None else rest.end()
        elif source.startswith("<!--", opening):
            closing = _COMMENT_END.search(source, opening + 2)
            end = -1 if closing is None else closing.end()
        elif xml and source.startswith("<![CDATA[", opening):
            end = source.find("]]>", opening) + 3
            if end > 2:
                yield Token("plain", opening + 9, end - 3)
        else:
            end = source.find(">", opening) + 1 or -1
        if end < 3:  # nothing closes it, and an end at 0 to 2 is a failed search
            yield Token("lost", opening, len(source), source[opening : opening + 12])
            return
        if tag is not None:
            name = tag[2].lower()
            yield Token("end" if tag[1] else "start", opening, end, name)
            if name in _RAW and not tag[1] and not (xml and source.startswith("/>", end - 2)):
                close = _closing_tag(name).search(source, end)
                if close is None:
                    yield Token("lost", end, len(source), f"<{name}>")
                    return
                yield Token("raw", end, close.start(), name)
                end = close.start()
        elif _REMARK.match(source, opening) is not None:
            yield Token("comment", opening, end)
        at = text_from = end
    if text_from < len(source):
        yield Token("text", text_from, len(source))


@cache
def _closing_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case; the first of two with one name counts.

    >>> attributes('<td COLSPAN=2 hidden title="a&gt;b">')
    {'colspan': '2', 'hidden': '', 'title': 'a>b'}
    """
    found: dict[str, str] = {}
    opening = _TAG.match(tag)
    for match in _ATTRIBUTE.finditer(tag, 0 if opening is None else opening.end()):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), words_of(pieces_of(value, 0, len(value))))
    return found


def pieces_of(source: str, start: int, end: int) -> Pieces:
    """The words of a stretch of text, what its references stand for put in their place.

    >>> pieces_of("共&#49;2&nbsp;户&x", 0, 16)
    [('共', 0), ('1', 1), ('2', 6), ('\\xa0', 7), ('户&x', 13)]
    """
    if source.find("&", start, end) < 0:
        return [(source[start:end], start)]
    made: Pieces = []
    at = start
    for match in _REFERENCE.finditer(source, start, end):
        meant, length = _meant(match[0])
        if not length:
            continue
        if match.start() > at:
            made.append((source[at : match.start()], at))
        made.append((meant, match.start()))
        at = match.start() + length
    if at < end:
        made.append((source[at:end], at))
    return made


def words_of(pieces: Pieces) -> str:
    return "".join(text for text, _ in pieces)


def _meant(reference: str) -> tuple[str, int]:
    """What a reference stands for, and how many of its characters belong to it; 0 where it is none.

    A name without its semicolon may run into what follows: ``&nbsp12`` is a space and 12.
    """
    if reference[1] == "#":
        digits = reference[2:].strip(";xX").lstrip("0")
        return (unescape(reference) if len(digits) <= _LONGEST_NUMBER else "\ufffd"), len(reference)
    if reference.endswith(";") and reference[1:] in html5:
        return html5[reference[1:]], len(reference)
    name = reference[1:].rstrip(";")
    for length in range(len(name), 1, -1):
        if name[:length] in html5:
            return html5[name[:length]], length + 1
    return reference, 0
