"""A text in which every figure is one placeholder character that tells what kind of thing it measures.

Rule patterns run over this: ``占[^。]{0,9}的?{rate}`` need not know how a figure is written. Placeholders are private-use
characters; such characters in the text itself are taken out first, so that a text cannot forge one. The skeleton leaves out the
breaks inside a block and characters without width, and has one form for each punctuation mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from checker.document import Document
from checker.document.folding import fold_punctuation, invisible_in
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.units import Unit

if TYPE_CHECKING:
    from checker.document.table import Table

__all__ = [
    "SLOT_CLASSES",
    "FigureLines",
    "Skeleton",
    "figure_lines",
    "placeholder_range",
    "placeholder_set",
    "skeleton_of",
]

_FIRST = 0xE000
_SENTENCE_END = re.compile("[。！？\n]")
_LONGEST_SENTENCE = 400
_WORTH_COPYING = 5  # a fifth of a text without figures
# The bars in front of the first cell and behind the last
_BAR_BEFORE, _BAR_BEHIND = pattern(r"\|[| \t]*\Z"), pattern(r"[| \t]*\|[ \t]*(?=[\r\n]|\Z)")
_BARS = 40  # characters in which they stand
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")

# The class of a figure by its dimension; every other counted unit is a count, every other unit a measure.
_BY_DIMENSION = {
    "[household]": "household",
    "[person]": "person",
    "[person_time]": "visit",
    "[money]": "money",
    "[area]": "area",
    "[length]": "length",
    "[mass]": "mass",
    "[power]": "power",
    "[energy]": "energy",
    "[volume]": "volume",
    "[time]": "duration",
    "[rate]": "rate",
    "[point]": "point",
    "[multiple]": "multiple",
    "[doubling]": "doubling",
    "[temperature]": "temperature",
}
_KINDS = {"date": "date", "period": "date", "ratio": "ratio", "score": "score", "time": "clock"}
# Every class, in an order in which each group below is one run: a range is a smaller regular expression than a set.
_CLASSES = (
    "per",
    "household", "person", "visit", "money", "currency", "area", "length", "mass", "power", "energy", "volume", "count", "measure",
    "bare", "duration", "rate", "temperature", "point", "multiple", "doubling",
    "date", "ratio", "score", "clock",
)  # fmt: skip
_CHAR = {name: chr(_FIRST + i) for i, name in enumerate(_CLASSES)}
# What a rule may ask of a slot: a class by its name, or one of these groups, here with their first and last class.
_GROUPS = {
    "amount": ("household", "measure"),
    "number": ("household", "bare"),
    "cash": ("money", "currency"),
    "any": ("per", "doubling"),
    "level": ("per", "temperature"),
    "mean": ("per", "measure"),
}
SLOT_CLASSES: frozenset[str] = frozenset(_CLASSES) | frozenset(_GROUPS)


def placeholder_range(slot_class: str) -> tuple[str, str]:
    """The first and the last of the placeholders that fill a slot of this class.

    Raises KeyError for a class that is not in `SLOT_CLASSES`.
    """
    first, last = _GROUPS.get(slot_class, (slot_class, slot_class))
    return _CHAR[first], _CHAR[last]


def placeholder_set(slot_class: str) -> str:
    """The same as a set of a regular expression."""
    first, last = placeholder_range(slot_class)
    return f"[{first}-{last}]" if first != last else f"[{first}]"


class Skeleton(NamedTuple):
    """`text` with placeholders; `figures` maps a placeholder's place in it to the id of its quantity.

    `place_of` leads the other way. What stands from `starts[i]` on in `text` stands from `sources[i]` on in the document; `ends`
    are the places where a sentence ends.
    """

    text: str
    figures: dict[int, int]
    place_of: dict[int, int]
    starts: list[int]
    sources: list[int]
    ends: list[int]

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence that holds `place`; one without end is cut to what a person reads at once."""
        return _sentence(self.text, self.ends, place)

    def text_offset(self, place: int) -> int:
        """The code-point offset in the document of a place in the skeleton."""
        piece = bisect_right(self.starts, place) - 1
        return self.sources[piece] + place - self.starts[piece]

    def end_offset(self, end: int) -> int:
        """The code-point offset in the document behind the last character of a stretch that ends at `end` in the skeleton."""
        if end - 1 in self.figures:
            return self.sources[bisect_left(self.starts, end)]  # what stands behind the whole figure
        return self.text_offset(end - 1) + 1

    def between(self, first: int, second: int) -> str:
        """The skeleton between two quantities, the placeholders themselves left out."""
        return self.text[self.place_of[first] + 1 : self.place_of[second]]


class FigureLines(NamedTuple):
    """The lines of a skeleton that hold a figure, one behind the other; its fields and methods are those of the skeleton.

    A pattern that asks for a figure and stays within its line finds in them what it finds in the whole text, and sooner.
    """

    text: str
    figures: dict[int, int]
    ends: list[int]

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence that holds `place`."""
        return _sentence(self.text, self.ends, place)


def figure_lines(skeleton: Skeleton) -> FigureLines:
    """The lines of a skeleton that hold a figure; all of them where few do not."""
    text = skeleton.text
    pieces: list[str] = []
    figures: dict[int, int] = {}
    shift = behind = 0  # of the line that is copied: how far it moves to the front, and where the next one begins
    for place, number in skeleton.figures.items():
        if place >= behind:
            start = text.rfind("\n", behind, place) + 1 or behind
            shift += start - behind
            behind = text.find("\n", place) + 1 or len(text)
            pieces.append(text[start:behind])
        figures[place - shift] = number
    if shift + len(text) - behind < len(text) // _WORTH_COPYING:
        return FigureLines(text, skeleton.figures, skeleton.ends)
    if behind < len(text):
        pieces.append("\n")  # so that the last of them is no more the end of the text than it was
    lines = "".join(pieces)
    return FigureLines(lines, figures, [match.start() for match in _SENTENCE_END.finditer(lines)])


def _sentence(text: str, ends: list[int], place: int) -> tuple[int, int]:
    i = bisect_left(ends, place)
    start = ends[i - 1] + 1 if i else 0
    end = ends[i] if i < len(ends) else len(text)
    return max(start, place - _LONGEST_SENTENCE), min(end, place + _LONGEST_SENTENCE)


def skeleton_of(document: Document, quantities: tuple[Quantity, ...]) -> Skeleton:
    """Write the skeleton of a document whose quantities have been read."""
    source = fold_punctuation(document.folded)
    if _PRIVATE_USE.search(source):
        source = _PRIVATE_USE.sub("\ufffd", source)
    cuts: list[tuple[int, int, int, str]] = [
        (q.start, q.end, q.id, _CHAR[name]) for q in quantities if (name := _class_of(q)) is not None
    ]
    for block in document.blocks:
        for (_, end), (start, _) in zip(block.spans, block.spans[1:], strict=False):
            cuts.append((end, start, -1, ""))
    cuts += [(start, end, -1, "") for start, end in invisible_in(source)]
    for table in document.tables:
        cuts += _between_cells(source, table)
    cuts.sort()
    pieces: list[str] = []
    starts: list[int] = [0]
    sources: list[int] = [0]
    figures: dict[int, int] = {}
    place_of: dict[int, int] = {}
    length = at = 0
    for start, end, quantity, placeholder in cuts:
        if start < at:  # a break inside a figure, which the figure has swallowed
            continue
        pieces.append(source[at:start])
        length += start - at
        if quantity < 0 and placeholder:  # the break between two cells
            pieces.append(placeholder)
            length += len(placeholder)
        elif placeholder:
            figures[length] = quantity
            place_of[quantity] = length
            starts.append(length)
            sources.append(start)
            pieces.append(placeholder)
            length += 1
        starts.append(length)
        sources.append(end)
        at = end
    pieces.append(source[at:])
    text = "".join(pieces)
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    return Skeleton(text, figures, place_of, starts, sources, ends)


def _between_cells(source: str, table: Table) -> Iterator[tuple[int, int, int, str]]:
    """What stands between the cells of a table, and the bars around it, as cuts that leave one line break."""
    cells = table.cells
    for cell, following in pairwise(cells):
        if cell.end < following.start and source[cell.end : following.start] != "\n":
            yield cell.end, following.start, -1, "\n"
    start, end = cells[0].start, cells[-1].end
    before, behind = _BAR_BEFORE.search(source, max(0, start - _BARS), start), _BAR_BEHIND.match(source, end)
    if before is not None:
        yield before.start(), start, -1, ""
    if behind is not None:
        yield end, behind.end(), -1, ""


def _class_of(quantity: Quantity) -> str | None:
    if quantity.kind != "quantity":
        return _KINDS.get(quantity.kind)
    return _unit_class(quantity.unit)


def _unit_class(unit: Unit | None) -> str:
    if unit is None:
        return "bare"
    name = _BY_DIMENSION.get(unit.dimension)
    if name is not None:
        return name
    if "/" in unit.dimension:
        return "per"
    if unit.dimension.startswith("[currency"):
        return "currency"
    return "count" if unit.counted else "measure"
