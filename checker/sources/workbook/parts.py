"""The parts of an Excel workbook (ECMA-376): which sheets there are, and what their cells share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.errors import SourceError
from checker.sources.messages import Lang, message
from checker.sources.ooxml import Attributes, Package
from checker.sources.workbook.cells import Left, Sheet, read_cells
from checker.sources.workbook.styles import cell_styles
from checker.sources.workbook.values import Runs

__all__ = ["MOST_SHEETS", "Workbook"]

MOST_SHEETS = 1000
_MOST_ELEMENTS = 10_000_000  # about ten seconds of reading


class _Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


class Workbook:
    """A workbook in memory; `hidden` are the names of the sheets that nobody sees.

    Making one and reading its sheets raises SourceError: ``damaged`` for what is no workbook or breaks off, ``encrypted``,
    ``unsupported`` for a binary workbook, ``too-large`` beyond the limits.
    """

    def __init__(self, data: bytes, what: str, lang: Lang) -> None:
        self._package = package = Package(data, what, lang, main="xl/workbook.xml", most_elements=_MOST_ELEMENTS)
        if package.main.lower().endswith(".bin"):
            what, save_as = message("binary-workbook", lang), message("save-as-xlsx", lang)
            raise SourceError(message("unsupported", lang, what=what, save_as=save_as), code="unsupported")
        listed, since_1904 = _listed(package)
        relations = {relation.id: relation for relation in package.relations}
        self._sheets: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        for sheet in listed:
            if (relation := relations.get(sheet.relation)) is None:
                raise package.damaged("missing-part", part=sheet.name)
            if relation.kind != "worksheet":
                continue  # charts, dialogs and macro sheets hold no cells to read
            if sheet.hidden:
                self.hidden.append(sheet.name)
            else:
                self._sheets.append((sheet.name, relation.path))
        self._strings = _shared_strings(package)
        self._styles = cell_styles(package, since_1904=since_1904)

    def sheets(self) -> Iterator[Sheet]:
        """The worksheets that are not hidden, in their order, each read when it is asked for."""
        left = Left(self._package)
        for name, path in self._sheets:
            yield read_cells(self._package, path, name, self._strings, self._styles, left)


def _listed(package: Package) -> tuple[list[_Listed], bool]:
    """The sheets that the workbook lists, and whether it counts days from 1904."""
    found: list[_Listed] = []
    since_1904 = False

    def sheet(given: Attributes) -> None:
        if len(found) >= MOST_SHEETS:
            raise package.too_large("many-sheets", limit=MOST_SHEETS)
        relation = next((value for key, value in given.items() if key.endswith(":id")), "")
        hidden = given.get("state", "visible") != "visible"
        found.append(_Listed(given.get("name", ""), relation, hidden))

    def properties(given: Attributes) -> None:
        nonlocal since_1904
        since_1904 = given.get("date1904") in ("1", "true")

    package.parse(package.main, {"sheet": sheet, "workbookPr": properties})
    return found, since_1904


def _shared_strings(package: Package) -> list[str]:
    """The texts that cells share, by number."""
    found: list[str] = []
    runs = Runs()
    if (path := package.beside("sharedStrings")) is not None:
        package.parse(
            path,
            {"si": lambda _: runs.clear(), **runs.starts},
            {"si": lambda: found.append(runs.text), **runs.ends},
            runs.words.append,
        )
    return found
