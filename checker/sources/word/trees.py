"""The XML of a Word file as small trees, one at a time, under short names."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.parsers import expat

from checker.sources.ooxml import Attributes, Package

__all__ = ["DEEPEST", "Element", "trees"]

DEEPEST = 256  # elements within one another; a table in a table is three deeper. The walk recurses, so this bounds it.

# Transitional (what Word writes) and Strict (ISO/IEC 29500) names are read alike: {…/main}p becomes w_p, which find() takes
# as it is (a colon would be looked up as a prefix).
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w_",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w_",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m_",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m_",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc_",
}


class _Names(dict[str, str]):
    """The short names of elements and attributes by the long ones, made as they are met."""

    def __missing__(self, name: str) -> str:
        space, brace, local = name.rpartition("}")
        short = self[name] = _PREFIXES.get(space, "__") + local if brace else name
        return short


def trees(package: Package, path: str, root: str, depth: int) -> Iterator[Element]:
    """The elements at `depth` of a part (the root is at 1), each let go of as it is taken; `text` is all words right inside.

    A long text is so never held as a tree. Raises SourceError where the root is not a `root`.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    names = _Names()
    opened: list[Element] = []
    ready: list[Element] = []
    words: list[str] = []

    def said() -> None:
        opened[-1].text = (opened[-1].text or "") + "".join(words)
        words.clear()

    def start(tag: str, attributes: Attributes) -> None:
        if words:
            said()
        element = Element(names[tag], {names[key]: value for key, value in attributes.items()})
        level = len(opened)
        if level >= depth:
            opened[-1].append(element)
        elif level == 0 and element.tag != root:
            raise package.damaged("other-root", part=path)
        if level >= DEEPEST:
            raise package.too_large("too-deep", limit=DEEPEST)
        opened.append(element)

    def end(tag: str) -> None:
        if words:
            said()
        element = opened.pop()
        if len(opened) == depth - 1:
            ready.append(element)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words.append
    for _ in package.feed(path, parser):
        yield from ready
        ready.clear()
