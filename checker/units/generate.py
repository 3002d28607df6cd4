"""Write table.json from units.txt and surfaces.toml: ``python -m checker.units.generate``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.units.definitions import build_table

__all__ = ["render", "write"]


def render(table: dict[str, Any]) -> str:
    """The table as JSON, one unit, writing or homograph a line, so that a change shows as a change of lines."""

    def dumps(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    def rows(part: Mapping[str, object]) -> str:
        return ",\n".join(f"{dumps(key)}: {dumps(value)}" for key, value in part.items())

    parts = [f"{dumps(key)}: {{\n{rows(part)}\n}}" for key, part in table.items()]
    return "{" + ",\n".join(parts) + "}\n"


def write() -> Path:
    """Write the table beside this module; the path written."""
    path = Path(__file__).with_name("table.json")
    path.write_text(render(build_table()), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    write()
