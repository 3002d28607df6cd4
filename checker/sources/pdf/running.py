"""What stands on every page of a PDF and belongs to none: running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

from checker.sources.pdf.layout import Segment, rows

__all__ = ["running"]

_ZONE = 0.11  # the part of the page's height, at the top and at the bottom, where they stand
_FEWEST_SHARE = 0.4  # left and right pages may have heads of their own
_DIGITS = re.compile(r"[0-9０-９]+")
# A page number that says so itself, or that stands alone.
_PAGE_NUMBER = re.compile(
    r"""
      第 \s* \d+ \s* [页頁] (?: [\s,，/／]* [共总總] \s* \d+ \s* [页頁] )?       # 第 3 页 共 10 页
    | [共总總] \s* \d+ \s* [页頁] [\s,，/／]* 第 \s* \d+ \s* [页頁]              # 共10页 第3页
    | [-—–－·•~～|] [\s-]* \d{1,4} [\s-]* [-—–－·•~～|]                        # - 3 -
    | \d{1,4} \s* [/／] \s* \d{1,4}                                          # 3 / 10
    | [Pp](?:age|\.) \s* \d{1,4} (?: \s* (?:of|/) \s* \d{1,4} )?              # Page 3 of 10
    | \d{1,4}                                                                # 3
    """,
    re.VERBOSE,
)


def running(pages: Sequence[Sequence[Segment]], heights: Sequence[float]) -> list[set[int]]:
    """For each page the indices of the stretches that are running heads or page numbers.

    That is what stands at the top or bottom of at least two fifths of the pages (of two at least) in the same words at the
    same height, a number in it counting the pages; and a page number alone on its line at the edge of a page.
    """
    keys: list[dict[int, list[tuple[object, ...]]]] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for number, (segments, height) in enumerate(zip(pages, heights, strict=True)):
        of_page: dict[int, list[tuple[object, ...]]] = defaultdict(list)
        for place, segment in enumerate(segments):
            if segment.bottom <= _ZONE * height or segment.top >= (1 - _ZONE) * height:
                of_page[place] = list(_keys(segment, number))
        seen.update({key for of_place in of_page.values() for key in of_place})
        keys.append(of_page)
    fewest = max(2, ceil(_FEWEST_SHARE * len(pages)))
    found: list[set[int]] = []
    for segments, height, of_page in zip(pages, heights, keys, strict=True):
        dropped = {place for place, of_place in of_page.items() if any(seen[key] >= fewest for key in of_place)}
        found.append(dropped | _numbers(segments, height, dropped))
    return found


def _keys(segment: Segment, page: int) -> Iterator[tuple[object, ...]]:
    """What is the same on every page about a running head: its words and height, a number less that of the page."""
    # Two rasters, so that a slight shift between pages does not matter.
    for raster in (0, 1):
        height = int(segment.top / 6 + raster / 2)
        if len(segment.text) > 1 and not segment.text.isnumeric():
            yield segment.text, raster, height
        for digits in _DIGITS.finditer(segment.text):
            if len(digits[0]) <= 4:
                before, after = segment.text[: digits.start()], segment.text[digits.end() :]
                yield before, int(digits[0]) - page, after, raster, height


def _numbers(segments: Sequence[Segment], height: float, dropped: set[int]) -> set[int]:
    """The stretches of the first and last line that are nothing but a page number."""
    kept = [(place, segment) for place, segment in enumerate(segments) if place not in dropped]
    place_of = {id(segment): place for place, segment in kept}
    lines = rows([segment for _, segment in kept])
    found: set[int] = set()
    if len(lines) < 2:
        return found
    for line, other, at_edge in (
        (lines[0], lines[1], lines[0][0].bottom <= _ZONE * height),
        (lines[-1], lines[-2], lines[-1][0].top >= (1 - _ZONE) * height),
    ):
        first = line[0]
        apart = max(first.top - other[0].bottom, other[0].top - first.bottom) > 0.5 * first.em
        if at_edge and apart and _PAGE_NUMBER.fullmatch("".join(segment.text for segment in line).strip()):
            found.update(place_of[id(segment)] for segment in line)
    return found
