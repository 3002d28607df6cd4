"""A page to blocks and tables: which element opens what, and what a reader does not see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from checker.document import BlockKind
from checker.sources.blocks import kind_of_line
from checker.sources.html.elements import (
    BLOCKS,
    CLOSED_BY_ITS_LIKE,
    HEADINGS,
    KINDS,
    OPTIONAL_END,
    SECTIONS,
    TABLE_PARTS,
    TELLING,
    UNSEEN,
    VOID,
    is_hidden,
)
from checker.sources.html.head import published, title_of
from checker.sources.html.tables import Frame, Item, Words, finished, moved_in, slot_of
from checker.sources.html.tokens import Pieces, attributes, pieces_of, tokens, words_of
from checker.sources.html.words import lines_of, shown, small_type
from checker.sources.joining import cuts_a_figure
from checker.sources.lines import Line

__all__ = ["Page", "PageRemark", "read_page"]

_DEEPEST = 512  # elements open at once in one cell or page, as in Chrome; what is deeper opens nothing of its own
_DEEPEST_TABLE = 32
_ENOUGH_TO_TELL = 60  # characters before a br that show whether it cuts a figure
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{6,40})"')


class PageRemark(NamedTuple):
    """A comment to the checker, as offsets of the source; `behind` is the last word before it in its block, if there is one."""

    start: int
    end: int
    behind: int | None


class Page(NamedTuple):
    """What a page says: its blocks and tables in order, the day of publication that its own data give, where (offset,
    what) something is never closed, so that the rest was not read, and the remarks to the checker."""

    items: list[Item]
    published: date | None
    lost: tuple[int, str] | None
    remarks: list[PageRemark]


@dataclass
class _Scope:
    """The page, a cell, a caption, or the part of a table outside its cells: end tags reach no farther.

    `names` and `kinds` are the open elements and the kind of block that their words are.
    """

    out: list[Item]
    kind: BlockKind = "paragraph"
    frame: Frame | None = None  # the table, where this is the part outside its cells
    names: list[str] = field(default_factory=list)
    kinds: list[BlockKind] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)


def read_page(source: str, *, xml: bool = False) -> Page:
    """The blocks and tables of a page.

    Read is what a reader of the page takes for its text. Left out are scripts, styles, templates, noscript and other
    fall-backs; what is hidden (`hidden`, `aria-hidden`, ``display:none``); form controls; navigation; the footer of the
    page (its address and licence numbers) but not that of an article, where notes stand; what is struck out, since it
    no longer holds. The title is read as a heading only where no h1 stands and the text does not repeat it: it
    would double the heading, and each of its figures with it.
    """
    reader = _Reader(source)
    for token in tokens(source, xml=xml):
        if token.kind == "text":
            reader.text(pieces_of(source, token.start, token.end))
        elif token.kind == "plain":
            reader.text([(source[token.start : token.end], token.start)])
        elif token.kind == "start":
            reader.start(token.name, token.start, token.end)
            if xml and source.startswith("/>", token.end - 2) and token.name not in VOID:
                reader.end(token.name)
        elif token.kind == "end":
            reader.end(token.name)
        elif token.kind == "raw":
            reader.raw(token.name, token.start, token.end)
        elif token.kind == "comment":
            reader.comment(token.start, token.end)
        else:
            reader.lost = reader.lost or (token.start, token.name)
    return reader.finish()


class _Reader:
    """The state of reading: open elements, the words of the block so far, and what is hidden."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root = _Scope([])
        self.scopes = [self.root]
        self.pieces: Pieces = []
        self.small: list[tuple[str, int]] = []  # open sup and sub, and at which piece they began
        self.cut: Words | None = None  # the line that a br ended
        self.preformatted = 0
        self.too_deep = 0  # tables inside tables beyond the limit
        # Nothing is seen until the open elements are no more than this: (scopes, elements in the last).
        self.hidden: tuple[int, int] | None = None
        self.hidden_name, self.hidden_depth, self.hidden_at = "", 0, 0
        self.hid_words = False
        self.at = 0  # the place of the last start tag
        self.in_h1 = self.has_h1 = False  # an h1 that is only a picture says nothing
        self.title: Pieces = []
        self.metas: dict[str, str] = {}
        self.dates: list[str] = []
        self.json_dates: list[str] = []
        self.lost: tuple[int, str] | None = None
        self.remarks: list[PageRemark] = []
        self.looked_behind: tuple[int, int | None] = (0, None)

    @property
    def kind(self) -> BlockKind:
        """The kind of block that words are here."""
        scope = self.scopes[-1]
        return scope.kinds[-1] if scope.kinds else scope.kind

    def text(self, pieces: Pieces) -> None:
        if self.hidden is None:
            self.pieces += pieces
        elif not self.hid_words:
            self.hid_words = any(not text.isspace() for text, _ in pieces)

    def raw(self, name: str, start: int, end: int) -> None:
        if name == "title" and not self.title and self.hidden is None:
            self.title = pieces_of(self.source, start, end)
        elif name == "script":
            found = _JSON_DATE.search(self.source, start, end)
            if found is not None:
                self.json_dates.append(found[1])
        elif name == "xmp" and self.hidden is None:
            self.pieces.append((self.source[start:end], start))

    def comment(self, start: int, end: int) -> None:
        """A remark to the checker; in what is hidden there is nothing to remark upon."""
        if self.hidden is not None:
            return
        seen, behind = self.looked_behind  # no piece is looked at for two remarks
        for text, origin in reversed(self.pieces[seen:]):
            if words := text.rstrip():
                behind = origin + len(words) - 1
                break
        self.looked_behind = len(self.pieces), behind
        self.remarks.append(PageRemark(start, end, behind))

    # Tags

    def start(self, name: str, start: int, end: int) -> None:
        self.at = start
        tag = self.source[start:end]
        given = attributes(tag) if TELLING.search(tag) else {}
        if name in TABLE_PARTS:
            self.table_start(name, given)
        elif name in BLOCKS:
            self.block_start(name, given)
        elif name in VOID:
            self.void(name, given)
        else:
            self.inline_start(name, given)

    def end(self, name: str) -> None:
        if name in TABLE_PARTS:
            self.table_end(name)
        elif name in BLOCKS:
            self.flush()
            if name == "pre":
                self.preformatted = max(self.preformatted - 1, 0)
            if name in HEADINGS:
                name, self.in_h1 = "heading", False
            if self.scopes[-1].count[name]:
                self.pop_through(name)
        elif name == "br":
            self.void("br", {})
        elif self.hidden is not None and name == self.hidden_name:
            self.hidden_depth -= 1
            if self.hidden_depth == 0:
                self.hidden = None
        elif name == "ruby" and self.hidden_name in ("rt", "rp"):
            self.hidden = None
        elif name in ("sup", "sub") and self.small and self.small[-1][0] == name:
            self.close_small()

    def block_start(self, name: str, given: Mapping[str, str]) -> None:
        self.flush()
        scope = self.scopes[-1]
        if scope.count["p"]:
            self.pop_through("p")
        if name in CLOSED_BY_ITS_LIKE:
            self.close_like(name)
        self.in_h1 = name == "h1" or (self.in_h1 and name not in HEADINGS)
        if name == "pre":
            self.preformatted += 1
        self.indent(given)
        if len(scope.names) >= _DEEPEST:
            return
        if self.is_unseen(name, given):
            self.hide(name, len(scope.names))
        name = "heading" if name in HEADINGS else name
        scope.names.append(name)
        scope.kinds.append(KINDS.get(name, self.kind))
        scope.count[name] += 1

    def is_unseen(self, name: str, given: Mapping[str, str]) -> bool:
        """Whether a block is hidden, or none of the page's text."""
        if name in ("html", "body"):
            return False  # pages hide themselves until their scripts have run
        if name == "footer" and not any(scope.count[section] for scope in self.scopes for section in SECTIONS):
            return True
        return name == "nav" or (name == "dialog" and "open" not in given) or is_hidden(given)

    def inline_start(self, name: str, given: Mapping[str, str]) -> None:
        if self.hidden is not None:
            self.hidden_depth += name == self.hidden_name
        elif name in UNSEEN or (given and is_hidden(given)):
            self.hide(name, len(self.scopes[-1].names) - 1)
        elif name in ("sup", "sub"):
            self.small.append((name, len(self.pieces)))
        elif name == "time" and given.get("datetime"):
            if "pubdate" in given or "datepublished" in given.get("itemprop", "").lower():
                self.dates.append(given["datetime"])
        elif given:
            self.indent(given)

    def void(self, name: str, given: Mapping[str, str]) -> None:
        if name == "br":
            self.flush(by_break=True)
        elif name == "hr":
            self.flush()
        elif name == "meta" and given.get("content"):
            key = (given.get("property") or given.get("name") or given.get("itemprop") or "").strip().lower()
            self.metas.setdefault(key, given["content"])

    def table_start(self, name: str, given: Mapping[str, str]) -> None:
        self.flush()
        if name == "table":
            self.open_table(given)
        elif not self.too_deep and len(self.scopes) > 1:
            self.open_part(name, given)

    def open_table(self, given: Mapping[str, str]) -> None:
        if self.too_deep or len(self.scopes) > 2 * _DEEPEST_TABLE:
            self.too_deep += 1
            return
        if self.scopes[-1].frame is not None:  # a table may not stand in a row
            self.close_table()
        scope = self.scopes[-1]
        if given and is_hidden(given):
            self.hide("table", len(scope.names) - 1)
        made = Frame(layout=given.get("role", "").lower() in ("presentation", "none"))
        self.scopes.append(_Scope(scope.out, self.kind, made))

    def open_part(self, name: str, given: Mapping[str, str]) -> None:
        """A row, a cell or the like of the innermost table; what is open in its last cell is closed."""
        self.close_cell()
        frame = self.scopes[-1].frame
        assert frame is not None
        if name == "caption":
            self.scopes.append(_Scope(frame.caption, "caption"))
        elif name in ("thead", "tbody", "tfoot"):
            frame.in_head = name == "thead"
        elif name == "tr":
            frame.rows.append([])
            frame.row_hidden = bool(given) and is_hidden(given)
        elif name in ("td", "th"):
            if not frame.rows:
                frame.rows.append([])
            slot = slot_of(given, header=name == "th" or frame.in_head)
            frame.rows[-1].append(slot)
            self.scopes.append(_Scope(slot.items, "cell"))
            if frame.row_hidden or (given and is_hidden(given)):
                self.hide(name, -1)

    def table_end(self, name: str) -> None:
        self.flush()
        if self.too_deep:
            self.too_deep -= name == "table"
        elif len(self.scopes) > 1:
            self.close_cell()
            if name == "table":
                self.close_table()

    # Open elements

    def close_cell(self) -> None:
        """Back to the part of the innermost table outside its cells."""
        while self.scopes[-1].frame is None:
            self.scopes.pop()
            self.seen_again()

    def close_table(self) -> None:
        closed = self.scopes.pop().frame
        assert closed is not None
        self.scopes[-1].out += finished(closed)
        self.seen_again()

    def close_like(self, name: str) -> None:
        """Close the open element that this start tag ends: a li the one before it in its list."""
        scope = self.scopes[-1]
        likes = ("dt", "dd") if name in ("dt", "dd") else (name,)
        if not any(scope.count[like] for like in likes):
            return
        for opened in reversed(scope.names):
            if opened in likes:
                self.pop_through(opened)
                return
            if opened in CLOSED_BY_ITS_LIKE[name]:
                return

    def pop_through(self, name: str) -> None:
        scope = self.scopes[-1]
        while True:
            last = scope.names.pop()
            scope.kinds.pop()
            scope.count[last] -= 1
            if last == name:
                break
        self.seen_again()

    # What is hidden

    def hide(self, name: str, limit: int) -> None:
        """Nothing is seen until `limit` elements or fewer are open here, or the inline element `name` is closed."""
        if self.hidden is None:
            self.hidden = (len(self.scopes), limit)
            self.hidden_name, self.hidden_depth, self.hidden_at, self.hid_words = name, 1, self.at, False

    def seen_again(self) -> None:
        if self.hidden is not None and (len(self.scopes), len(self.scopes[-1].names)) <= self.hidden:
            self.hidden = None

    # Words

    def indent(self, given: Mapping[str, str]) -> None:
        """Add what the style of an element at the head of a cell moves its words in by."""
        frame = self.scopes[-2].frame if len(self.scopes) > 1 else None
        if frame is None or "style" not in given or self.pieces or not frame.rows or not frame.rows[-1]:
            return
        slot = frame.rows[-1][-1]
        if self.scopes[-1].out is slot.items and not slot.items:
            slot.indent += moved_in(given["style"])

    def close_small(self) -> None:
        name, first = self.small.pop()
        small = self.pieces[first:]
        before = words_of(self.pieces[max(first - 3, 0) : first])
        self.pieces[first:] = small_type(before, small, raised=name == "sup")

    def flush(self, *, by_break: bool = False) -> None:
        """End the block."""
        pieces, self.pieces = self.pieces, []
        self.looked_behind = (0, None)
        self.small.clear()
        if not pieces:
            self.cut = self.cut if by_break else None
            return
        scope, kind = self.scopes[-1], self.kind
        if self.preformatted and kind == "paragraph":
            scope.out += (Words(kind, lines) for kind, lines in lines_of(pieces))
            return
        pieces = shown(pieces)
        words = words_of(pieces).strip()
        if not words:
            self.cut = self.cut if by_break else None
            return
        last = self.cut
        if last is not None and scope.out and scope.out[-1] is last and _goes_on(last, words):
            last.pieces.append(("\n", pieces[0][1]))
            last.pieces.extend(pieces)
        else:
            self.has_h1 = self.has_h1 or self.in_h1
            if kind == "paragraph":  # <p><strong>一、总体情况</strong></p>
                kind = kind_of_line(words)
            last = Words(kind, list(pieces))
            scope.out.append(last)
        self.cut = last if by_break else None

    def finish(self) -> Page:
        self.flush()
        if self.hidden is not None and self.hid_words and self.lost is None and self.hidden_name not in OPTIONAL_END:
            self.lost = self.hidden_at, f"<{self.hidden_name}>"
        while len(self.scopes) > 1:
            self.close_cell()
            self.close_table()
        items = self.root.out
        if not self.has_h1 and (title := title_of(self.title, items)):
            items.insert(0, Words("heading", title))
        return Page(items, published(self.metas, [*self.dates, *self.json_dates]), self.lost, self.remarks)


def _goes_on(last: Words, following: str) -> bool:
    """Whether a br cut a figure in two: 「……收入74.05<br>万元」."""
    words = ""
    for text, _ in reversed(last.pieces):
        words = text + words
        if len(words) > _ENOUGH_TO_TELL:
            break
    words = words.strip()
    return cuts_a_figure(Line(0, len(words), words, False, False), Line(0, len(following), following, False, False))
