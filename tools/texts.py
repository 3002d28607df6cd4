"""The texts that answers are compared on: folders, files, and slices of collections with one JSON object a line."""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

__all__ = ["ENVIRONMENT", "Source", "Text", "parse_source", "read_texts", "sources_from"]

ENVIRONMENT = "CHECKER_TEXTS"
"""Names the sources, with spaces between them, where the command line names none."""

_SUFFIXES = {".txt", ".md"}


class Text(NamedTuple):
    """One text with a name that stays the same from run to run: the path in its source, or the line counted from 0."""

    name: str
    text: str
    published: date | None


class Source(NamedTuple):
    """A folder, a file, or a collection of which only some lines are read."""

    path: Path
    slices: frozenset[int] = frozenset(range(10))
    without: frozenset[int] = frozenset()


def parse_source(written: str) -> Source:
    """A source as the command line names it.

    ``PATH#0-5`` reads the lines whose number modulo 10 is 0 to 5, and ``PATH#0-5!308,1894`` leaves two of them out.
    Raises ValueError for slices that are no numbers, or for a path that does not exist.

    >>> parse_source(f"{__file__}#0-2,5!15").slices == {0, 1, 2, 5}
    True
    """
    path, _, rest = written.partition("#")
    slices, _, without = rest.partition("!")
    if not Path(path).exists():
        raise ValueError(f"{path}: no such file or folder")
    return Source(
        Path(path),
        frozenset(_numbers(slices)) if slices else frozenset(range(10)),
        frozenset(_numbers(without)),
    )


def _numbers(written: str) -> Iterator[int]:
    for part in filter(None, written.split(",")):
        low, _, high = part.partition("-")
        yield from range(int(low), int(high or low) + 1)


def sources_from(written: Iterable[str]) -> list[Source]:
    """The sources that are named, else those of the environment. Raises ValueError where there are none."""
    names = list(written) or os.environ.get(ENVIRONMENT, "").split()
    if not names:
        raise ValueError(f"name texts to check, or set {ENVIRONMENT}")
    return [parse_source(name) for name in names]


def read_texts(source: Source) -> Iterator[Text]:
    """The texts of a source, in order."""
    path = source.path
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES and p.is_file()):
            yield Text(f"{path.name}/{file.relative_to(path).as_posix()}", _decoded(file.read_bytes()), None)
    elif path.suffix in (".xz", ".jsonl"):
        yield from _lines(source)
    else:
        yield Text(path.name, _decoded(path.read_bytes()), None)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _lines(source: Source) -> Iterator[Text]:
    name = source.path.name.partition(".")[0]
    open_text = lzma.open if source.path.suffix == ".xz" else open
    with open_text(source.path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 10 in source.slices and number not in source.without:
                entry = json.loads(line)
                yield Text(f"{name}:{number}", entry["text"], _day(entry.get("date")))


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None  # a year alone, or nothing
