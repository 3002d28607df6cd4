"""Line breaks in Chinese text: none inside a figure or a Latin word, none before a closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from checker.patterns import pattern

__all__ = ["wrapped"]

_TOKEN = pattern(
    r"""
      [“‘（《【「(\[]*
      (?: [+−-]?\d[\d.,．％%‰]*[万亿萬億千百]*(?:[^\W\d]|[℃%])?    # 3448.89万元: the figure and its unit
        | [A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*                           # a Latin word
        | [^\n]
      )
      [，。、；：！？”’）》】」,.;:!?)\]%…]*[ ]?                      # what must not begin a line
    | \n
    """,
    re.VERBOSE,
)


def wrapped(text: Text, width: int, *, whole: Sequence[tuple[int, int]] = ()) -> Text:
    """The text with line breaks so that no line is wider than `width` cells, its styles kept.

    The stretches `whole` (offsets in text order, half-open) are not broken where they fit into a line.

    >>> wrapped(Text("全县共有贫困人口3182人，已脱贫。"), 20).plain
    '全县共有贫困人口\\n3182人，已脱贫。'
    """
    breaks, used = [], 0
    for start, end in _units(text.plain, width, whole):
        written = text.plain[start:end]
        if written == "\n":
            used = 0
            continue
        wide = cell_len(written.rstrip())
        if used and used + wide > width:
            breaks.append(start)
            used = 0
        used += cell_len(written)
    return Text("\n").join(line for line in text.divide(breaks)) if breaks else text


def _units(text: str, width: int, whole: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is not broken: tokens, and those together that touch a stretch of `whole`."""
    stretches = iter(whole)
    stretch = next(stretches, None)
    held: tuple[int, int] | None = None  # the tokens of the stretch so far
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        while stretch is not None and stretch[1] <= start:
            stretch = next(stretches, None)
        inside = held is not None and stretch is not None and stretch[0] < start
        if held is not None and inside and cell_len(text[held[0] : end].rstrip()) <= width:
            held = held[0], end
            continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held
