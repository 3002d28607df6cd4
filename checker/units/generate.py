"""Write table.json from units.txt and surfaces.toml: ``python -m checker.units.generate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from checker.units.definitions import build_table

__all__ = ["render", "write"]


def render(table: dict[str, Any]) -> str:
    """The table as JSON, one unit, writing or homograph a line, so that a change shows as a change of lines."""

    def rows(lines: list[str]) -> str:
        return ",\n".join(lines)

    def dumps(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    units = rows([dumps(row) for row in table["units"]])
    surfaces = rows([f"{dumps(surface)}: {row}" for surface, row in table["surfaces"].items()])
    context = rows([f"{dumps(surface)}: {dumps(entries)}" for surface, entries in table["context"].items()])
    return f'{{"units": [\n{units}\n],\n"surfaces": {{\n{surfaces}\n}},\n"context": {{\n{context}\n}}}}\n'


def write() -> Path:
    """Write the table beside this module; the path written."""
    path = Path(__file__).with_name("table.json")
    path.write_text(render(build_table()), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    write()
