"""The parts of a Word file: found by their relations, and read as XML a piece at a time, within bounds."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from checker.errors import SourceError
from checker.sources.archives import guard
from checker.sources.messages import Lang, message

__all__ = ["DEEPEST", "MOST_ELEMENTS", "Element", "Package"]

DEEPEST = 256  # elements within one another; a table in a table is three deeper. The walk recurses, so this bounds it.
MOST_ELEMENTS = 4_000_000  # in one part; 100,000 paragraphs of three stretches each have two million

_CHUNK = 2**16
# Transitional (what Word writes) and Strict (ISO/IEC 29500) names are read alike: {…/main}p becomes w_p, which find() takes
# as it is (a colon would be looked up as a prefix).
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w_",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w_",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m_",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m_",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc_",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
}


class _Unfit(Exception):
    """The key of a message that says what is wrong with a part."""


@dataclass
class Package:
    """A Word file: its main document and what stands beside it. Raises SourceError when it cannot be read."""

    data: bytes
    what: str
    lang: Lang
    main: str = field(init=False)
    _names: dict[str, str] = field(init=False)  # as compared (without regard to case) → as written

    def __post_init__(self) -> None:
        guard(self.data, self.what, self.lang)
        self._archive = ZipFile(BytesIO(self.data))
        self._names = {name.lower().lstrip("/"): name for name in self._archive.namelist()}
        self.main = self._related("").get("officeDocument", "word/document.xml")
        if self.main.lower() not in self._names:
            raise self._damaged("no-part", part=self.main)
        self._beside = self._related(self.main)

    def children(self, kind: str, root: str, depth: int = 2) -> Iterator[Element]:
        """The elements at `depth` (the root is at 1) of the part that is the main document's `kind`; none without one.

        Raises SourceError where the root is not a `root`.
        """
        name = self.main if kind == "officeDocument" else self._beside.get(kind)
        if name is not None and name.lower() in self._names:
            yield from self._elements(name, root, depth)

    def _related(self, name: str) -> dict[str, str]:
        """The parts that a part (or with "", the package) points to, by the last word of the kind of relation."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", base + ".rels")
        if relations.lower() not in self._names:
            return {}
        found: dict[str, str] = {}
        for relation in self._elements(relations, "Relationships", 2):
            if relation.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                found.setdefault(relation.get("Type", "").rpartition("/")[2], path.lstrip("/"))
        return found

    def _elements(self, name: str, root: str, depth: int) -> Iterator[Element]:
        target = _Target(root, depth)
        parser = XMLParser(target=target)
        try:
            with self._archive.open(self._names[name.lower()]) as part:
                while chunk := part.read(_CHUNK):
                    parser.feed(chunk)
                    yield from target.take()
            parser.close()
        except _Unfit as unfit:
            if unfit.args[0] in ("too-deep", "many-elements"):
                limit = DEEPEST if unfit.args[0] == "too-deep" else MOST_ELEMENTS
                raise self.too_large(unfit.args[0], limit=limit) from None
            raise self._damaged(unfit.args[0], part=name) from None
        except (ParseError, LookupError, ValueError):  # an encoding that nobody knows is one of the latter two
            raise self._damaged("broken-xml", part=name) from None
        except (BadZipFile, ZlibError, EOFError, NotImplementedError):
            raise self._damaged("broken-zip") from None
        yield from target.take()

    def too_large(self, key: str, **values: object) -> SourceError:
        """The error that says which bound the file goes beyond, by the key of the message."""
        reason = message(key, self.lang, **values)
        return SourceError(message("too-large", self.lang, what=self.what, reason=reason), code="too-large")

    def _damaged(self, key: str, **values: object) -> SourceError:
        reason = message(key, self.lang, **values)
        return SourceError(message("damaged", self.lang, what=self.what, reason=reason), code="damaged")


class _Target(TreeBuilder):
    """Builds the elements at one depth and lets go of each as it is taken, so that a long text is never held as a tree."""

    def __init__(self, root: str, depth: int) -> None:
        super().__init__()
        self._root, self._depth = root, depth
        self._open: list[Element] = []
        self._count = 0
        self._ready: list[Element] = []
        self._short: dict[str, str] = {}

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        # The packaging standard forbids them, and they are where entities come from, the exploding and the fetched.
        raise _Unfit("has-doctype")

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _Unfit("many-elements")
        if len(self._open) >= DEEPEST:
            raise _Unfit("too-deep")
        tag = self._short.get(tag) or self._shortened(tag)
        if not self._open and tag != self._root:
            raise _Unfit("other-root")
        if attrs:
            attrs = {self._short.get(key) or self._shortened(key): value for key, value in attrs.items()}
        element = super().start(tag, attrs)
        self._open.append(element)
        return element

    def end(self, tag: str, /) -> Element:
        element = super().end(self._open.pop().tag)
        depth = len(self._open) + 1
        if depth == self._depth:
            self._ready.append(element)
        if depth <= self._depth and self._open:
            self._open[-1].clear()
        return element

    def take(self) -> list[Element]:
        ready, self._ready = self._ready, []
        return ready

    def _shortened(self, name: str) -> str:
        space, brace, local = name[1:].partition("}")
        short = _PREFIXES.get(space, "__") + local if brace else name
        self._short[name] = short
        return short
