"""The elements of HTML: which are blocks, which stand alone, which end one another, and which nobody sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.document import BlockKind

__all__ = [
    "BLOCKS",
    "CLOSED_BY_ITS_LIKE",
    "HEADINGS",
    "KINDS",
    "OPTIONAL_END",
    "SECTIONS",
    "TABLE_PARTS",
    "TELLING",
    "UNSEEN",
    "VOID",
    "is_hidden",
]

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# The elements that say what kind of block their words are; h1 to h6 go by the name of heading.
KINDS: Mapping[str, BlockKind] = {"heading": "heading", "li": "item", "figcaption": "caption"}
TABLE_PARTS = frozenset(["table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"])
BLOCKS = HEADINGS | frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend", "li", "main", "menu",
     "nav", "ol", "optgroup", "p", "pre", "search", "section", "summary", "ul"]
)  # fmt: skip
VOID = frozenset(
    ["area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
     "source", "track", "wbr"]
)  # fmt: skip
# A start tag that closes an open element of the same kind, unless one of these stands between.
CLOSED_BY_ITS_LIKE: Mapping[str, frozenset[str]] = {
    "li": frozenset(["ul", "ol", "menu", "dir"]),
    "dt": frozenset(["dl"]),
    "dd": frozenset(["dl"]),
}
# Never seen as text, or not what the page says (see `read_page`).
UNSEEN = frozenset(
    ["annotation", "audio", "button", "canvas", "datalist", "del", "noscript", "object", "option", "rp", "rt", "s",
     "select", "strike", "svg", "template", "video"]
)  # fmt: skip
# The footer of one of these belongs to the text.
SECTIONS = ("article", "section", "main", "blockquote")
# Elements that end without an end tag.
OPTIONAL_END = frozenset(["p", "li", "dt", "dd", "rt", "rp", "option"])
_UNSEEN_ROLES = frozenset(["navigation", "contentinfo", "search"])
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
# What a tag must hold for its attributes to matter.
TELLING = re.compile(r"hidden|style|role|rowspan|colspan|datetime|content|open", re.IGNORECASE)


def is_hidden(given: Mapping[str, str]) -> bool:
    """Whether the attributes of an element hide it, or say that it is navigation."""
    return (
        "hidden" in given
        or given.get("aria-hidden", "").strip().lower() == "true"
        or given.get("role", "").strip().lower() in _UNSEEN_ROLES
        or _UNSEEN_STYLE.search(given.get("style", "")) is not None
    )
