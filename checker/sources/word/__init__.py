"""Word documents (.docx, .docm, .dotx; Transitional and Strict) to documents, with nothing but the standard library.

Read as a reader sees the text on paper: insertions in, deletions, hidden text, comments, field codes, headers and footers
and the table of contents out. The day of publication is never taken from the file's properties: they tell when the file
was made or last saved, which for a template or a copy is another year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checker.document import Document
from checker.sources.messages import Lang, message
from checker.sources.ooxml import Package
from checker.sources.word.styles import Numbering, Styles
from checker.sources.word.trees import Element, trees
from checker.sources.word.walk import Walk
from checker.sources.word.writing import WordPlaces, write

__all__ = ["read"]

# 100,000 paragraphs of three stretches each have two million. A table is held as a tree while it is read.
MOST_ELEMENTS = 4_000_000


def read(data: bytes, path: str, published: date | None, encoding: str | None, lang: Lang) -> Document:
    """The document in a Word file; `encoding` is not asked, for XML tells its own.

    Raises SourceError with code ``damaged``, ``encrypted`` or ``too-large``. What stands in the file and was not read is
    among the document's warnings.
    """
    package = Package(data, message("word", lang), lang, main="word/document.xml", most_elements=MOST_ELEMENTS)
    walk = Walk(
        Styles(_beside(package, "styles")),
        Numbering(_beside(package, "numbering")),
        lambda most: package.too_large("many-cells", limit=most),
    )
    items = walk.body(trees(package, package.main, "w_document", depth=3))
    for kind in ("footnote", "endnote"):
        items += walk.notes(kind, _beside(package, f"{kind}s"))
    builder = write(items)
    warnings = []
    if walk.embedded:
        warnings.append(message("embedded-files", lang, count=walk.embedded))
    if not builder.blocks:
        warnings.append(message("empty", lang))
    return builder.document(path, published, WordPlaces(builder.origins), tuple(warnings))


def _beside(package: Package, kind: str) -> Iterator[Element]:
    """What the part of a kind lists, ``w:style`` after ``w:style``; nothing where the file has no such part."""
    path = package.beside(kind)
    if path is not None and package.has(path):
        yield from trees(package, path, f"w_{kind}", depth=2)
