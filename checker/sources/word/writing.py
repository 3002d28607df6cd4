"""The paragraphs and tables of a Word document to blocks: by their styles, and where those are silent by their words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from checker.document import Place
from checker.sources.blocks import split_blocks
from checker.sources.building import Builder, Origins
from checker.sources.captions import is_unit_line, names_table
from checker.sources.word.walk import Grid, Item, Paragraph, Where

__all__ = ["WordPlaces", "write"]


@dataclass(frozen=True)
class WordPlaces:
    """The way from a text back to the paragraphs, cells and notes of the Word document that it was taken from."""

    origins: Origins[Where]

    def at(self, start: int, end: int) -> Place:
        return self.origins.at(start)[0]


def write(items: Sequence[Item]) -> Builder[Where]:
    """The blocks and tables.

    Paragraphs whose style says nothing are taken as the lines of a plain text are, all of them together, so that an
    article gives the same blocks whichever way it was saved.
    """
    builder: Builder[Where] = Builder()
    captions = _captions(items)
    named = {at for places in captions.values() for at in places}
    lines: list[tuple[int, Paragraph]] = []  # with their places in `items`
    starts: list[int] = []
    length = 0
    # What is to be written, by where it stands in the text of those lines; a table stands before the line behind it.
    parts: list[tuple[int, int, Callable[[], None]]] = []
    for at, item in enumerate(items):
        if isinstance(item, Grid):
            caption = _caption(items, captions.get(at, ()))
            parts.append((length, at, partial(builder.table, item.cells, caption=caption)))
        elif at not in named:
            if item.kind is not None:
                parts.append((length, at, partial(builder.block, item.kind, [(item.text, item.where)])))
            lines.append((at, item))
            starts.append(length)
            length += len(item.text) + 1
    text = "".join(line.text + "\n" for _, line in lines)
    breaks = [at for at, item in enumerate(items) if isinstance(item, Grid)]

    def line_of(span: tuple[int, int]) -> int:
        return bisect_right(starts, span[0]) - 1

    def stretch(span: tuple[int, int]) -> tuple[int, int]:
        """What a block may not reach beyond: a paragraph with a kind of its own, else all between two tables."""
        at, line = lines[line_of(span)]
        return (bisect_right(breaks, at), at if line.kind is not None else -1)

    for block in split_blocks(text):
        for _, group in groupby(block.spans, stretch):
            spans = list(group)
            at, line = lines[line_of(spans[0])]
            if line.kind is None:
                pieces = [(text[slice(*span)], lines[line_of(span)][1].where) for span in spans]
                parts.append((spans[0][0], at, partial(builder.block, block.kind, list(_on_lines(pieces)))))
    for _, _, put in sorted(parts, key=lambda part: part[:2]):
        put()
    return builder


def _on_lines(pieces: Sequence[tuple[str, Where]]) -> Iterator[tuple[str, Where]]:
    for text, where in pieces[:-1]:
        yield text + "\n", where
    yield pieces[-1]


def _caption(items: Sequence[Item], places: Sequence[int]) -> list[tuple[str, Where]]:
    found = [items[at] for at in places]
    return list(_on_lines([(item.text, item.where) for item in found if isinstance(item, Paragraph)])) if found else []


def _captions(items: Sequence[Item]) -> dict[int, tuple[int, ...]]:
    """For each table the paragraphs that name it: 表1 … and the line of the unit above it, else a caption below it."""
    found: dict[int, tuple[int, ...]] = {}
    taken: set[int] = set()
    for at, item in enumerate(items):
        if not isinstance(item, Grid):
            continue
        above: list[int] = []
        before = at - 1
        if before >= 0 and before not in taken and _tells_unit(items[before]):
            above.append(before)
            before -= 1
        if before >= 0 and before not in taken and _names(items[before]):
            above.append(before)
        below = at + 1
        if len(above) < 2 and not (above and _names(items[above[-1]])) and below < len(items):
            styled = _names(items[below]) and getattr(items[below], "kind", None) == "caption"
            if styled and not (below + 1 < len(items) and isinstance(items[below + 1], Grid)):
                above.insert(0, below)
        if above:
            found[at] = tuple(reversed(above))
            taken.update(above)
    return found


def _tells_unit(item: Item) -> bool:
    return isinstance(item, Paragraph) and is_unit_line(item.text.strip())


def _names(item: Item) -> bool:
    """Whether a paragraph names a table: 表1 …, short and no sentence, or in the style of captions and not 图1."""
    if not isinstance(item, Paragraph):
        return False
    text = item.text.strip()
    if item.kind == "caption":
        return not text.startswith(("图", "圖"))
    return names_table(text)
