"""Words of Chinese as data: the names of places, the indicators of statistics."""

from __future__ import annotations

import os

__all__ = ["read_words", "without_comments"]


def read_words(name: str) -> str:
    """A data file of this package as text.

    The files lie beside this module in every kind of install; `importlib.resources` would cost more than reading them.
    """
    with open(os.path.join(os.path.dirname(__file__), "zh", name), encoding="utf-8") as file:
        return file.read()


def without_comments(text: str) -> list[str]:
    """The lines that say something.

    >>> without_comments("# names\\n\\n110000 北京市")
    ['110000 北京市']
    """
    return [line for line in text.splitlines() if line and line[0] != "#"]
