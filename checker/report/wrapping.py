"""Line breaks in Chinese text: none inside a figure or a Latin word, none before a closing mark."""

from __future__ import annotations

import re

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


def wrapped(text: Text, width: int) -> Text:
    """The text with line breaks so that no line is wider than `width` cells, its styles kept.

    >>> wrapped(Text("全县共有贫困人口3182人，已脱贫。"), 20).plain
    '全县共有贫困人口\\n3182人，已脱贫。'
    """
    breaks, used = [], 0
    for token in _TOKEN.finditer(text.plain):
        if token[0] == "\n":
            used = 0
            continue
        wide = cell_len(token[0].rstrip())
        if used and used + wide > width:
            breaks.append(token.start())
            used = 0
        used += cell_len(token[0])
    return Text("\n").join(line for line in text.divide(breaks)) if breaks else text
