"""The styles that the cells of a workbook name by number."""

from __future__ import annotations

from typing import NamedTuple

from checker.sources.ooxml import Attributes, Package
from checker.sources.workbook.formatcodes import BUILT_IN
from checker.sources.workbook.numberformats import NumberFormat, parse_format
from checker.sources.workbook.values import number

__all__ = ["PLAIN", "CellStyle", "cell_styles"]

_MOST_STYLES = 100_000  # Excel takes 65,490


class CellStyle(NamedTuple):
    """The format of a cell, None being General, and how many steps it is moved in."""

    format: NumberFormat | None
    indent: int


PLAIN = CellStyle(None, 0)


def cell_styles(package: Package, *, since_1904: bool) -> list[CellStyle]:
    """The styles by number; `since_1904`: the workbook counts days from 1904. Raises SourceError, as `Package` does."""
    found: list[CellStyle] = []
    codes: dict[int, str] = dict(BUILT_IN)
    made: dict[int, NumberFormat | None] = {0: None}
    inside = False  # the list of the styles of cells; there is one of named styles too

    def format_of(name: int) -> NumberFormat | None:
        if name not in made:
            code = codes.get(name, "General")
            made[name] = None if code == "General" else parse_format(code, since_1904)
        return made[name]

    def bounded(count: int) -> None:
        if count >= _MOST_STYLES:
            raise package.too_large("many-styles", limit=_MOST_STYLES)

    def start_list(_: Attributes) -> None:
        nonlocal inside
        inside = True

    def end_list() -> None:
        nonlocal inside
        inside = False

    def code(given: Attributes) -> None:
        bounded(len(codes))
        codes[number(given.get("numFmtId"))] = given.get("formatCode", "")

    def style(given: Attributes) -> None:
        if inside:
            bounded(len(found))
            found.append(CellStyle(format_of(number(given.get("numFmtId"))), 0))

    def alignment(given: Attributes) -> None:
        if inside and found:
            found[-1] = found[-1]._replace(indent=min(number(given.get("indent")), 255))

    if (path := package.beside("styles")) is not None:
        package.parse(
            path,
            {"numFmt": code, "cellXfs": start_list, "xf": style, "alignment": alignment},
            {"cellXfs": end_list},
        )
    return found
