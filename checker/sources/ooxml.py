"""What Word files and Excel workbooks have in common (ECMA-376 part 2): parts in a ZIP, related to one another, in XML.

The standard library's expat reads the parts as a stream, within bounds. Document types are refused, for the standard
forbids them and entities come from there, the exploding and the fetched.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias
from xml.parsers import expat
from zipfile import BadZipFile

from checker.errors import SourceError
from checker.sources.archives import MOST_PARTS, guard
from checker.sources.messages import Lang, refusal

__all__ = ["Attributes", "End", "Package", "Relation", "Start"]

_CHUNK = 2**16
# ValueError is also a place before the file, and an encoding of several bytes; LookupError an encoding that there is not.
_BROKEN_XML = (expat.ExpatError, LookupError, ValueError)
_BROKEN_ZIP = (BadZipFile, zlib.error, EOFError, RuntimeError)

Attributes: TypeAlias = dict[str, str]
Start: TypeAlias = Callable[[Attributes], object]
End: TypeAlias = Callable[[], object]


class Relation(NamedTuple):
    """One part's pointing to another: the last word of the kind (``worksheet``), and the path inside the container."""

    id: str
    kind: str
    path: str


class Package:
    """A file of Office in memory: its main part, and the parts that this one is related to.

    `what` names the format in the messages; `main` is the path of the main part where the file does not tell it;
    `most_elements` bounds the XML of all parts together. Making one and reading from it raises SourceError: ``damaged``,
    ``encrypted`` or ``too-large``.
    """

    def __init__(self, data: bytes, what: str, lang: Lang, *, main: str, most_elements: int) -> None:
        self._what, self._lang = what, lang
        self._most_elements = self._left = most_elements
        self._archive = guard(data, what, lang)
        # Parts are found without regard to case.
        self._names = {name.lower().lstrip("/"): name for name in self._archive.namelist()}
        package = self._relations("")
        self.main = next((relation.path for relation in package if relation.kind == "officeDocument"), main)
        if not self.has(self.main):
            raise self.damaged("missing-part", part=self.main)
        self.relations = self._relations(self.main)

    def has(self, path: str) -> bool:
        return path.lower() in self._names

    def beside(self, kind: str) -> str | None:
        """The path of the first part to which the main part has a relation of this kind."""
        return next((relation.path for relation in self.relations if relation.kind == kind), None)

    def parse(
        self,
        path: str,
        starts: Mapping[str, Start],
        ends: Mapping[str, End] | None = None,
        words: Callable[[str], object] | None = None,
    ) -> None:
        """Read a part, calling what is given for its elements by their local names, and `words` for all text.

        Elements of another prefix than the root's are passed over.
        """
        parser = expat.ParserCreate()
        by_start: dict[str, Start] = {}
        by_end: dict[str, End] = {}

        def first(tag: str, attributes: Attributes) -> None:
            # Some writers name a prefix for the whole part: <x:worksheet>, <x:row>.
            prefix = tag[: tag.find(":") + 1]
            by_start.update((prefix + local, call) for local, call in starts.items())
            by_end.update((prefix + local, call) for local, call in (ends or {}).items())
            parser.StartElementHandler = start
            start(tag, attributes)

        def start(tag: str, attributes: Attributes) -> None:
            if (call := by_start.get(tag)) is not None:
                call(attributes)

        def end(tag: str) -> None:
            if (call := by_end.get(tag)) is not None:
                call()

        parser.StartElementHandler = first
        parser.EndElementHandler = end
        if words is not None:
            parser.CharacterDataHandler = words
        for _ in self.feed(path, parser):
            pass

    def feed(self, path: str, parser: expat.XMLParserType) -> Iterator[None]:
        """Give a part to a parser a piece at a time, handing over after each."""

        def doctype(*_: object) -> None:
            raise self.damaged("doctype", part=path)

        parser.StartDoctypeDeclHandler = doctype
        parser.buffer_text = True
        if (name := self._names.get(path.lower())) is None:
            raise self.damaged("missing-part", part=path)
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    # Never fewer than the elements that begin in it, in every encoding that expat takes.
                    self._left -= chunk.count(b"<") - chunk.count(b"</")
                    if self._left < 0:
                        raise self.too_large("many-elements", limit=self._most_elements)
                    parser.Parse(chunk, False)
                    yield
            parser.Parse(b"", True)
        except _BROKEN_XML:
            raise self.damaged("broken-xml", part=path) from None
        except _BROKEN_ZIP:
            raise self.damaged("broken-zip") from None
        yield

    def too_large(self, reason: str, **values: object) -> SourceError:
        """The error that says which bound the file goes beyond, by the key of the message."""
        return refusal("too-large", self._what, self._lang, reason, **values)

    def damaged(self, reason: str, **values: object) -> SourceError:
        """The error that says what is wrong with the file, by the key of the message."""
        return refusal("damaged", self._what, self._lang, reason, **values)

    def _relations(self, path: str) -> list[Relation]:
        """The relations of a part ("" for the package) to others inside."""
        folder, name = posixpath.split(path)
        found: list[Relation] = []

        def relation(given: Attributes) -> None:
            if len(found) >= MOST_PARTS:
                raise self.too_large("many-parts", limit=MOST_PARTS)
            if given.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", ""))).lstrip("/")
                found.append(Relation(given.get("Id", ""), given.get("Type", "").rpartition("/")[2], target))

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.has(relations):
            self.parse(relations, {"Relationship": relation})
        return found
