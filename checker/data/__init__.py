"""Word lists and character tables, as files."""

from __future__ import annotations

import os

__all__ = ["read_lines"]


def read_lines(name: str) -> list[str]:
    """The lines of a data file, without comments and empty lines.

    The files lie beside this module in every kind of install; `importlib.resources` would cost more than reading them.
    """
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if line and not line.startswith("#")]
