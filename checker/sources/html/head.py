"""What the head of a page and its data for machines tell: its title, and its day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from checker.errors import UsageError
from checker.sources.dateline import parse_date
from checker.sources.html.tables import Item, Words
from checker.sources.html.tokens import Pieces, words_of
from checker.sources.html.words import shown

__all__ = ["published", "title_of"]

# 「山河县出列15个村_山河新闻网」: the name of the site behind a mark.
_SITE = re.compile(r"[_|｜]|\s[-–—]+\s|——")
# 2020-06-12T08:30:00+08:00: the day as the page gives it, whatever the clock of its server.
_ISO_DAY = re.compile(r"\s*((?:19|20)\d\d-\d{1,2}-\d{1,2})(?=[T\s]|$)")
# meta by name or property, surest first.
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
    "publish_date", "publishtime", "publish_time", "published", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "date", "weibo:article:create_at",
)  # fmt: skip


def published(metas: Mapping[str, str], others: Iterable[str]) -> date | None:
    """The day of publication: the first that is one, among the contents of meta elements by name, then `others`."""
    written = (*(metas[name] for name in _DATE_NAMES if name in metas), *others)
    return next((day for content in written if (day := _day(content)) is not None), None)


def _day(written: str) -> date | None:
    """The day in a page's own data, None where it is none: such data is often a template left unfilled."""
    day = _ISO_DAY.match(written)
    try:
        return parse_date(written if day is None else day[1])
    except UsageError:
        return None


def title_of(title: Pieces, items: list[Item]) -> Pieces:
    """The title without the name of the site, unless a block of the page says the same."""
    title = shown(title)
    words = words_of(title)
    site = _SITE.search(words)
    stem = (words if site is None else words[: site.start()]).strip()
    if not stem:
        return []
    squeezed = "".join(stem.split())
    for item in items:
        if isinstance(item, Words) and squeezed in "".join(words_of(item.pieces).split()):
            return []
    begin = words.index(stem)
    made: Pieces = []
    at = 0
    for text, origin in title:
        low, high = max(begin - at, 0), min(begin + len(stem) - at, len(text))
        if low < high:
            made.append((text[low:high], origin + low))
        at += len(text)
    return made
