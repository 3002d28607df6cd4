"""The paragraphs and tables of a Word document in reading order, as they stand on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from checker.errors import SourceError
from checker.sources.building import RAISED, GridCell, TablePlace
from checker.sources.word.elements import boxes, chosen, columns_in, formula, indent, inside, parts, rows, symbol
from checker.sources.word.styles import Numbering, Style, Styles, is_on, number_in, outline
from checker.sources.word.trees import Element

__all__ = ["MOST_CELLS", "Grid", "Item", "Paragraph", "Walk", "Where"]

MOST_CELLS = 2_000_000  # squares of the grid, over all tables; a merged cell covers many
_LONGEST_HEADING = 80  # a paragraph in a heading's style may hold the whole text that its first words announce

_DELETED = ("w_del", "w_moveFrom")
_MARKS = {"w_tab": "\t", "w_ptab": "\t", "w_br": "\n", "w_cr": "\n", "w_noBreakHyphen": "-"}


class Where(NamedTuple):
    """A place in a Word document, each number counted from 1, one of them not None.

    `paragraph` counts the paragraphs of the body from top to bottom, empty ones too, those in tables, text boxes and notes
    not; a text box stands at the paragraph that it is anchored to. `table` is number, row, column of the grid, in which a
    merged cell takes up several; a table inside another has a number of its own, behind that of the outer one. Notes are numbered as Word
    shows them.
    """

    paragraph: int | None = None
    table: TablePlace | None = None
    footnote: int | None = None
    endnote: int | None = None

    def as_json(self) -> dict[str, object]:
        if self.table is not None:
            return {"table": self.table._asdict()}
        return {key: value for key, value in self._asdict().items() if value is not None}

    def said(self, lang: str) -> str:
        if self.table is not None:
            number, row, column = self.table
            return f"table {number} R{row}C{column}" if lang == "en" else f"表{number}第{row}行第{column}列"
        if self.footnote is not None:
            return f"footnote {self.footnote}" if lang == "en" else f"脚注{self.footnote}"
        if self.endnote is not None:
            return f"endnote {self.endnote}" if lang == "en" else f"尾注{self.endnote}"
        return f"¶{self.paragraph}" if lang == "en" else f"第{self.paragraph}段"


class Paragraph(NamedTuple):
    """The words of a paragraph and its place; the kind where style or list tell it, None where the words must."""

    text: str
    where: Where
    kind: Literal["heading", "item", "caption"] | None = None


class Grid(NamedTuple):
    """A table."""

    cells: tuple[GridCell[Where], ...]


Item: TypeAlias = Paragraph | Grid


@dataclass
class Walk:
    """One walk through a document; what it counts and has open goes from paragraph to paragraph."""

    styles: Styles
    numbering: Numbering
    too_large: Callable[[int], SourceError]
    embedded: int = 0  # files inside that only Word can show (altChunk)

    def __post_init__(self) -> None:
        self._paragraphs = self._tables = self._squares = 0
        self._fields: list[bool] = []  # the fields that are open, and whether their code is still being written
        self._codes = 0  # how many of them are
        self._referred: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self._boxes: list[Element] = []
        self._cut: list[str] = []  # the words of paragraphs whose ends were deleted

    def body(self, elements: Iterable[Element]) -> list[Item]:
        """What the children of the body hold."""
        items = list(self._blocks(elements, None))
        if self._cut:
            items.append(Paragraph("".join(self._cut), Where(max(self._paragraphs, 1))))
            self._cut.clear()
        return items

    def notes(self, kind: str, elements: Iterable[Element]) -> list[Item]:
        """The notes of a kind (``footnote``, ``endnote``) that the text refers to, in the order of the references."""
        order = {name: at for at, name in enumerate(dict.fromkeys(self._referred[kind]), 1)}
        found: dict[int, list[Item]] = {}
        for element in elements:
            at = order.get(element.get("w_id", ""))
            if at is not None:
                where = Where(footnote=at) if kind == "footnote" else Where(endnote=at)
                found[at] = list(self._blocks(element, where))
        return [item for _, items in sorted(found.items()) for item in items]

    def _blocks(self, elements: Iterable[Element], where: Where | None) -> Iterator[Item]:
        """The paragraphs and tables among `elements`; without a place they are the body's own, and counted."""
        for element in elements:
            if element.tag == "w_p":
                yield from self._paragraph(element, where)
            elif element.tag == "w_tbl":
                yield from self._table(element)
            elif element.tag == "w_altChunk":
                self.embedded += 1
            elif (inner := inside(element)) is not None:
                yield from self._blocks(inner, where)

    def _paragraph(self, element: Element, where: Where | None) -> Iterator[Item]:
        if where is None:
            self._paragraphs += 1
            where = Where(self._paragraphs)
        properties = element.find("w_pPr")
        named = None if properties is None else properties.find("w_pStyle")
        style = self.styles.of(None if named is None else named.get("w_val", ""))
        outer, self._boxes = self._boxes, []
        self._cut += self._words(element, style)
        boxes, self._boxes = self._boxes, outer
        if self._codes:  # a code seldom goes on in the next paragraph; one that nothing ends must not hide what follows
            self._fields.clear()
            self._codes = 0
        mark = None if properties is None else properties.find("w_rPr")
        if mark is not None and any(mark.find(name) is not None for name in _DELETED):
            pass  # the next paragraph goes on with it
        else:
            text = "".join(self._cut)
            self._cut.clear()
            if text.strip() and not style.contents:  # page numbers are no figures, and the headings come again
                yield self._classified(text, where, style, properties)
        for box in boxes:
            yield from self._blocks(box, where)

    def _classified(self, text: str, where: Where, style: Style, properties: Element | None) -> Paragraph:
        direct = outline(properties)
        heading = style.heading if direct is None else direct
        heading = bool(heading) and len(text) <= _LONGEST_HEADING
        listed = None if properties is None else properties.find("w_numPr")
        number, level = number_in(listed, "w_numId"), number_in(listed, "w_ilvl")
        name = style.number if number is None else str(number)
        label = None
        if name not in (None, "0"):  # a list of id 0 takes a paragraph out of its style's list
            label = self.numbering.next(name or "", (style.level or 0) if level is None else level)
        if label:
            text = label + text.lstrip()
        if style.caption:
            return Paragraph(text, where, "caption")
        if heading:
            return Paragraph(text, where, "heading")
        return Paragraph(text, where, "item" if label == "" else None)

    def _words(self, parent: Element, style: Style) -> Iterator[str]:
        """The words of a paragraph, or of what stands around a part of it."""
        for element in parent:
            tag = element.tag
            if tag == "w_r":
                yield from self._run(element, style)
            elif tag == "w_ruby":
                yield from self._ruby(element, style)
            elif tag == "m_oMath" or tag == "m_oMathPara":
                yield from formula(element)
            elif (inner := inside(element)) is not None:
                yield from self._words(inner, style)

    def _run(self, run: Element, style: Style) -> Iterator[str]:
        properties = run.find("w_rPr")
        if properties is None:
            hidden, raised = style.hidden, False
        else:
            named = properties.find("w_rStyle")
            direct = is_on(properties, "w_vanish")
            hidden = self.styles.of(named.get("w_val")).hidden if direct is None and named is not None else direct
            hidden = style.hidden if hidden is None else hidden
            align = properties.find("w_vertAlign")
            raised = align is not None and align.get("w_val") == "superscript"
        for text in self._pieces(run, style):
            if not hidden:
                yield text.translate(RAISED) if raised else text

    def _pieces(self, run: Element, style: Style) -> Iterator[str]:
        for element in run:
            tag = element.tag
            if tag == "w_fldChar":
                self._field(element.get("w_fldCharType"))
            elif self._codes:
                continue
            elif tag == "w_t":
                yield (element.text or "").replace("\n", " ").replace("\r", " ")
            elif tag in _MARKS:
                yield _MARKS[tag]
            elif tag == "w_sym":
                yield symbol(element)
            elif tag == "w_ruby":
                yield from self._ruby(element, style)
            elif tag in ("w_drawing", "w_pict", "w_object"):
                self._boxes += boxes(element)
            elif tag == "mc_AlternateContent":
                yield from self._pieces(chosen(element), style)
            elif tag in ("w_footnoteReference", "w_endnoteReference"):
                self._referred[tag[2:-9]].append(element.get("w_id", ""))

    def _ruby(self, element: Element, style: Style) -> Iterator[str]:
        base = element.find("w_rubyBase")
        if base is not None:
            yield from self._words(base, style)

    def _field(self, kind: str | None) -> None:
        """``begin``, the code, ``separate``, the result, ``end``; fields stand within one another, and over paragraphs."""
        if kind == "begin":
            self._fields.append(True)
            self._codes += 1
        elif kind in ("separate", "end") and self._fields:
            self._codes -= self._fields[-1]
            self._fields[-1] = False
            if kind == "end":
                self._fields.pop()

    def _table(self, element: Element) -> Iterator[Item]:
        self._tables += 1
        number = self._tables
        made: list[GridCell[Where]] = []
        behind: list[Item] = []  # the tables inside the cells
        words: list[Item] = []
        above: dict[int, int] = {}  # where each column that may go on downwards has its cell in `made`
        for row, line in enumerate(rows(element)):
            properties = line.find("w_trPr")
            header = bool(is_on(properties, "w_tblHeader"))
            column = columns_in(properties, "w_gridBefore", 0)
            going_on: dict[int, int] = {}
            for cell in parts(line, "w_tc"):
                looks = cell.find("w_tcPr")
                span = max(columns_in(looks, "w_gridSpan", 1), 1)
                self._squares += span
                if self._squares > MOST_CELLS:
                    raise self.too_large(MOST_CELLS)
                where = Where(table=TablePlace(number, row + 1, column + 1))
                merge = None if looks is None else looks.find("w_vMerge")
                if merge is not None and merge.get("w_val", "continue") != "restart" and column in above:
                    at = above[column]
                    made[at] = made[at]._replace(row_span=row - made[at].row + 1)
                    going_on[column] = at
                    for _ in self._blocks(cell, where):
                        pass  # Word does not show it
                else:
                    if merge is not None:
                        going_on[column] = len(made)
                    held = list(self._blocks(cell, where))
                    own = [item for item in held if isinstance(item, Paragraph)]
                    behind += (item for item in held if isinstance(item, Grid))
                    words += own
                    text = "\n".join(item.text for item in own)
                    made.append(GridCell(row, column, [(text, where)], 1, span, header, indent(cell, text)))
                column += span
            above = going_on
        if len(made) == 1:
            yield from words  # a frame around a text
        else:
            yield Grid(tuple(made))
        yield from behind
