"""The parts of an Excel workbook (ECMA-376): its worksheets as filled cells, read as a stream with bounded cost.

The standard library's expat reads the XML. python-calamine gives neither number formats nor the state of formulas, and
makes a dense array of a sheet, which two cells far apart turn into a crash of the process; openpyxl takes four times as long.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple, NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from checker.errors import SourceError
from checker.sources.archives import MOST_PARTS
from checker.sources.grids import MOST_CELLS, MOST_CHARACTERS, Filled
from checker.sources.messages import Lang, message
from checker.sources.workbook.numberformats import BUILT_IN, NumberFormat, general, parse_format

__all__ = ["MOST_SHEETS", "Sheet", "Workbook", "cell_name"]

MOST_SHEETS = 1000
_MOST_ELEMENTS = 10_000_000  # of XML in all parts together; about ten seconds of reading
_CHUNK = 2**16
_LAST_ROW, _LAST_COLUMN = 2**20, 2**14  # what Excel can hold
_MOST_STYLES = 100_000  # Excel takes 65,490

_WORKBOOK_RELATION = "/officeDocument"
_SHEET_RELATION, _STRINGS_RELATION, _STYLES_RELATION = "/worksheet", "/sharedStrings", "/styles"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # _x000D_ stands for a carriage return
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?$")

# What zipfile and expat raise for broken parts: ValueError for a place before the file or an encoding of several bytes,
# LookupError for an encoding that there is not.
_BROKEN = (
    expat.ExpatError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    zlib.error,
)

Attributes = dict[str, str]
Start = Callable[[Attributes], None]
End = Callable[[], None]


@dataclass
class Sheet:
    """A worksheet: its filled cells, row by row, with what a reader sees in them.

    `merged` gives (rows, columns) by the first cell; `errors` and `uncached` name cells as A1.
    """

    name: str
    cells: list[Filled] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    uncached: list[str] = field(default_factory=list)


class _Style(NamedTuple):
    """The format of a cell; None is General."""

    format: NumberFormat | None
    indent: int


class _Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


def cell_name(row: int, column: int) -> str:
    """The name of the cell at row and column, both counted from 0.

    >>> cell_name(4, 27)
    'AB5'
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


class Workbook:
    """A workbook in memory, already measured by `checker.sources.archives.guard`.

    Every method raises SourceError: ``damaged`` for what is no workbook or breaks off, ``too-large`` beyond the limits.
    """

    def __init__(self, data: bytes, what: str, lang: Lang) -> None:
        self._what, self._lang = what, lang
        self._left, self._left_characters, self._left_elements = MOST_CELLS, MOST_CHARACTERS, _MOST_ELEMENTS
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, NotImplementedError, OverflowError, ValueError) as error:
            self._damaged(str(error))
        self._names = {name.lower(): name for name in self._archive.namelist()}
        package = self._relations("")
        path = next((to for kind, to in package.values() if kind.endswith(_WORKBOOK_RELATION)), "xl/workbook.xml")
        if path.lower().endswith(".bin"):
            what = message("binary-workbook", lang)
            save_as = message("save-as-xlsx", lang)
            raise SourceError(message("unsupported", lang, what=what, save_as=save_as), code="unsupported")
        listed, self._since_1904 = self._listed(path)
        relations = self._relations(path)
        self._sheets: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        for sheet in listed:
            kind, to = relations.get(sheet.relation, ("", ""))
            if not kind.endswith(_SHEET_RELATION):
                continue  # charts, dialogs and macro sheets hold no cells to read
            if sheet.hidden:
                self.hidden.append(sheet.name)
            else:
                self._sheets.append((sheet.name, to))
        by_kind = {kind.rsplit("/", 1)[-1]: to for kind, to in relations.values()}
        self._strings = self._shared_strings(by_kind.get(_STRINGS_RELATION[1:]))
        self._styles = self._cell_styles(by_kind.get(_STYLES_RELATION[1:]))

    def sheets(self) -> Iterator[Sheet]:
        """The worksheets that are not hidden, in their order, each read when it is asked for."""
        for name, path in self._sheets:
            yield self._sheet(name, path)

    def _damaged(self, reason: str) -> NoReturn:
        raise SourceError(message("damaged", self._lang, what=self._what, reason=reason), code="damaged") from None

    def _too_large(self, key: str, limit: int) -> NoReturn:
        reason = message(key, self._lang, limit=limit)
        raise SourceError(message("too-large", self._lang, what=self._what, reason=reason), code="too-large")

    def _parse(
        self,
        path: str,
        starts: Mapping[str, Start],
        ends: Mapping[str, End] | None = None,
        words: Callable[[str], object] | None = None,
    ) -> None:
        """Read an XML part as a stream, calling what is given for the elements of these local names."""
        name = self._names.get(path.lower())
        if name is None:
            self._damaged(message("missing-part", self._lang, part=path))
        ends = ends or {}
        by_start: dict[str, Start] = {}
        by_end: dict[str, End] = {}
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def first(tag: str, attributes: Attributes) -> None:
            # Some writers name a prefix for the whole part: <x:worksheet>, <x:row>. Elements of other names, which have
            # other prefixes, are then no concern of ours.
            prefix = tag[: tag.find(":") + 1]
            by_start.update((prefix + local, call) for local, call in starts.items())
            by_end.update((prefix + local, call) for local, call in ends.items())
            parser.StartElementHandler = start
            start(tag, attributes)

        def start(tag: str, attributes: Attributes) -> None:
            self._left_elements -= 1
            if self._left_elements < 0:
                self._too_large("many-elements", _MOST_ELEMENTS)
            if (call := by_start.get(tag)) is not None:
                call(attributes)

        def end(tag: str) -> None:
            if (call := by_end.get(tag)) is not None:
                call()

        def doctype(*_: object) -> None:
            self._damaged(message("doctype", self._lang, part=path))  # Office writes none; entities hide bombs

        parser.StartElementHandler = first
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = doctype
        if words is not None:
            parser.CharacterDataHandler = words
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except _BROKEN as error:
            self._damaged(f"{path}: {error}")

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        """The relations of a part ("" for the package): kind and path by id."""
        folder, file = posixpath.split(path)
        found: dict[str, tuple[str, str]] = {}

        def relation(attributes: Attributes) -> None:
            if len(found) >= MOST_PARTS:
                self._too_large("many-parts", MOST_PARTS)
            if attributes.get("TargetMode") != "External":
                to = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                found[attributes.get("Id", "")] = (attributes.get("Type", ""), to)

        self._parse(posixpath.join(folder, "_rels", f"{file}.rels"), {"Relationship": relation})
        return found

    def _listed(self, path: str) -> tuple[list[_Listed], bool]:
        """The sheets that the workbook lists, and whether it counts days from 1904."""
        found: list[_Listed] = []
        since_1904 = False

        def sheet(attributes: Attributes) -> None:
            if len(found) >= MOST_SHEETS:
                self._too_large("many-sheets", MOST_SHEETS)
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            found.append(_Listed(attributes.get("name", ""), relation, hidden))

        def properties(attributes: Attributes) -> None:
            nonlocal since_1904
            since_1904 = attributes.get("date1904") in ("1", "true")

        self._parse(path, {"sheet": sheet, "workbookPr": properties})
        return found, since_1904

    def _shared_strings(self, path: str | None) -> list[str]:
        """The texts that cells share, their runs joined, phonetic readings left out."""
        found: list[str] = []
        if path is None:
            return found
        runs: list[str] = []
        words: list[str] = []
        phonetic = False

        def reading(starts: bool) -> None:
            nonlocal phonetic
            phonetic = starts

        def run() -> None:
            if not phonetic:
                runs.extend(words)

        def item() -> None:
            found.append(_unescaped("".join(runs)))
            runs.clear()

        self._parse(
            path,
            {"si": lambda _: runs.clear(), "rPh": lambda _: reading(True), "t": lambda _: words.clear()},
            {"rPh": lambda: reading(False), "t": run, "si": item},
            words.append,
        )
        return found

    def _cell_styles(self, path: str | None) -> list[_Style]:
        """The styles that cells name by number."""
        found: list[_Style] = []
        if path is None:
            return found
        codes: dict[int, str] = dict(BUILT_IN)
        made: dict[int, NumberFormat | None] = {0: None}
        inside = False

        def format_of(number: int) -> NumberFormat | None:
            if number not in made:
                code = codes.get(number, "General")
                made[number] = None if code == "General" else parse_format(code, self._since_1904)
            return made[number]

        def code(attributes: Attributes) -> None:
            if len(codes) >= _MOST_STYLES:
                self._too_large("many-styles", _MOST_STYLES)
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")

        def styles(starts: bool) -> None:
            nonlocal inside
            inside = starts

        def style(attributes: Attributes) -> None:
            if inside:
                if len(found) >= _MOST_STYLES:
                    self._too_large("many-styles", _MOST_STYLES)
                found.append(_Style(format_of(_number(attributes.get("numFmtId"))), 0))

        def alignment(attributes: Attributes) -> None:
            if inside and found:
                found[-1] = found[-1]._replace(indent=min(_number(attributes.get("indent")), 255))

        self._parse(
            path,
            {"numFmt": code, "cellXfs": lambda _: styles(True), "xf": style, "alignment": alignment},
            {"cellXfs": lambda: styles(False)},
        )
        return found

    def _sheet(self, name: str, path: str) -> Sheet:
        """A worksheet. The size that it claims for itself is not looked at."""
        sheet = Sheet(name)
        cells, strings, styles = sheet.cells, self._strings, self._styles
        words: list[str] = []
        inline: list[str] = []
        columns: dict[str, int] = {}
        shown: dict[tuple[int, str], str] = {}  # days and rates come again and again
        row = column = -1
        attributes: Attributes = {}
        value = ""
        formula = phonetic = False

        def start_row(of_row: Attributes) -> None:
            nonlocal row, column
            row, column = _number(of_row.get("r"), row + 2) - 1, -1

        def start_cell(of_cell: Attributes) -> None:
            nonlocal attributes, column, row, value, formula
            attributes, value, formula = of_cell, "", False
            words.clear()
            inline.clear()
            if (reference := of_cell.get("r")) is None:
                column += 1
                return
            letters = reference.rstrip("0123456789")
            if letters not in columns:
                columns[letters] = _column(letters)
            row, column = _number(reference[len(letters) :], row + 1) - 1, columns[letters]

        def start_formula(_: Attributes) -> None:
            nonlocal formula
            formula = True

        def end_value() -> None:
            nonlocal value
            value = "".join(words)

        def reading(starts: bool) -> None:
            nonlocal phonetic
            phonetic = starts

        def end_run() -> None:
            if not phonetic:
                inline.extend(words)

        def counted() -> None:
            self._left -= 1
            if self._left < 0:
                self._too_large("many-cells", MOST_CELLS)

        def end_cell() -> None:
            kind = attributes.get("t", "n")
            if not (value or inline):
                if formula and kind == "n":
                    counted()
                    sheet.uncached.append(cell_name(row, column))
                return
            at = _number(attributes.get("s"))
            style = styles[at] if at < len(styles) else _General
            text: str
            if kind == "n":
                if style.format is None:
                    text = general(value)
                elif (known := shown.get((at, value))) is not None:
                    text = known
                else:
                    text = shown[at, value] = style.format.number(value)
            elif kind == "b":
                text = "TRUE" if value.strip() in ("1", "true") else "FALSE"
            elif kind == "e":
                text = value
                sheet.errors.append((cell_name(row, column), value))
            elif kind == "d":
                text = _MIDNIGHT.sub("", value).replace("T", " ")
            else:
                if kind == "s":
                    number = _number(value, -1)
                    if not 0 <= number < len(strings):
                        self._damaged(f"{path}: {cell_name(row, column)}")
                    text = strings[number]
                else:
                    text = _unescaped("".join(inline) or value)
                if style.format is not None:
                    text = style.format.text(text)
            if not text or text.isspace():
                return
            if not (0 <= row < _LAST_ROW and 0 <= column < _LAST_COLUMN):
                self._damaged(f"{path}: {attributes.get('r', '')[:20]}")
            counted()
            self._left_characters -= len(text)
            if self._left_characters < 0:
                self._too_large("many-characters", MOST_CHARACTERS)
            indent = style.indent + _leading(text) if text[0].isspace() else style.indent
            cells.append(Filled(row, column, text, 1, 1, indent))

        def merge(of_merge: Attributes) -> None:
            if len(sheet.merged) >= MOST_CELLS:
                self._too_large("many-merged", MOST_CELLS)
            first, _, last = of_merge.get("ref", "").replace("$", "").partition(":")
            top, left = _position(first)
            bottom, right = _position(last)
            if 0 <= top <= bottom and 0 <= left <= right:
                sheet.merged[top, left] = (bottom - top + 1, right - left + 1)

        self._parse(
            path,
            {
                "row": start_row, "c": start_cell, "f": start_formula, "v": lambda _: words.clear(), "t": lambda _: words.clear(),
                "rPh": lambda _: reading(True), "mergeCell": merge,
            },
            {"v": end_value, "t": end_run, "rPh": lambda: reading(False), "c": end_cell},
            words.append,
        )  # fmt: skip
        if any(after[:2] <= before[:2] for before, after in pairwise(cells)):
            # Out of order, or named twice: the last one counts, as in Excel.
            sheet.cells = [by_place for _, by_place in sorted({cell[:2]: cell for cell in cells}.items())]
        return sheet


_General = _Style(None, 0)


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _leading(text: str) -> int:
    """How many steps the white space before a text moves it in; two half-width spaces make one."""
    space = text[: len(text) - len(text.lstrip())]
    return (sum(2 if char == "\u3000" else 1 for char in space) + 1) // 2


def _number(written: str | None, default: int = 0) -> int:
    """A number of up to nine digits; anything else is `default`."""
    if written is None:
        return default
    written = written.strip()
    return int(written) if written.isdecimal() and len(written) < 10 else default


def _column(letters: str) -> int:
    """The column of ``AB``, counted from 0; beyond every sheet for what is no column."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return _LAST_COLUMN
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    row, column = _number(reference[len(letters) :]) - 1, _column(letters)
    return (row, column) if row < _LAST_ROW and column < _LAST_COLUMN else (-1, -1)
