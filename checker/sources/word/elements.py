"""Single elements of a Word document: what stands in them, and what is to be seen of it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.sources.building import RAISED, steps_in
from checker.sources.word.styles import is_on, number_in
from checker.sources.word.trees import Element

__all__ = ["boxes", "chosen", "columns_in", "formula", "indent", "inside", "parts", "rows", "symbol"]

_MOST_COLUMNS = 63  # Word's own limit
_LINE_STEP = 210  # twentieths of a point: the width of a character in Word's own size

# Elements that only stand around text.
_AROUND = frozenset(
    ("w_hyperlink", "w_smartTag", "w_ins", "w_moveTo", "w_customXml", "w_fldSimple", "w_dir", "w_bdo", "w_sdtContent")
)
# The signs of the Symbol font that belong to figures; Word writes their codes with or without F000 before them.
_SYMBOLS = {0x25: "%", 0x2B: "+", 0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xBB: "≈"} | {
    code: chr(code) for code in range(0x30, 0x3A)
}


def inside(element: Element) -> Element | None:
    """What stands in an element that is only around it; None for one whose words are not to be read, or hold none."""
    if element.tag in _AROUND:
        return element
    if element.tag == "mc_AlternateContent":
        return chosen(element)
    if element.tag == "w_sdt":
        if is_on(element.find("w_sdtPr"), "w_showingPlcHdr"):  # 「单击此处输入文字」
            return None
        return element.find("w_sdtContent")
    return None


def chosen(element: Element) -> Element:
    """The first of the ways in which the same thing is written; the last of them is for programs of long ago."""
    choice = element.find("mc_Choice")
    if choice is None:
        choice = element.find("mc_Fallback")
    return Element("w_none") if choice is None else choice


def boxes(element: Element) -> Iterator[Element]:
    """The text boxes of a drawing, those inside another left to that one; each once, though it is written in two ways."""
    for child in element:
        if child.tag == "w_txbxContent":
            yield child
        else:
            yield from boxes(chosen(child) if child.tag == "mc_AlternateContent" else child)


def symbol(element: Element) -> str:
    try:
        code = int(element.get("w_char", ""), 16) & 0xFFF
    except ValueError:
        return " "
    return _SYMBOLS.get(code, " ") if element.get("w_font") == "Symbol" else " "


def formula(element: Element) -> Iterator[str]:
    """A formula on one line; what is above and below a bar parted by a slash."""
    for child in element:
        if child.tag == "m_t":
            yield child.text or ""
        elif child.tag == "m_sup":
            yield "".join(formula(child)).translate(RAISED)
        else:
            yield "/" if child.tag == "m_den" else ""
            yield from formula(child)


def parts(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls and the like too."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif (inner := inside(element)) is not None:
            yield from parts(inner, tag)


def rows(table: Element) -> Iterator[Element]:
    """The rows that are not deleted."""
    for row in parts(table, "w_tr"):
        properties = row.find("w_trPr")
        if properties is None or properties.find("w_del") is None:
            yield row


def columns_in(properties: Element | None, name: str, otherwise: int) -> int:
    """How many columns ``w:gridSpan`` or the like gives, up to Word's own limit."""
    number = number_in(properties, name)
    return otherwise if number is None else min(number, _MOST_COLUMNS)


def indent(cell: Element, text: str) -> int:
    """How many characters the first words of a cell are moved in, by white space and by the paragraph's own indent."""
    steps = steps_in(text)
    first = cell.find("w_p/w_pPr/w_ind")
    if first is not None:
        for characters, length in (("leftChars", "left"), ("startChars", "start"), ("firstLineChars", "firstLine")):
            for key, step in ((characters, 100), (length, _LINE_STEP)):
                written = first.get(f"w_{key}", "")
                if written.isascii() and written.isdigit() and int(written[:6]) > 0:
                    steps += round(int(written[:6]) / step)
                    break
    return steps
