"""Patterns of file names, as in .gitignore: ``news/**``, ``*.txt``, ``drafts``."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

__all__ = ["Glob", "glob_of", "relative"]

_PIECE = re.compile(r"(?P<deep>\*\*/?)|(?P<star>\*)|(?P<one>\?)|\[(?P<any>!?\]?[^\]/]*)\]|(?P<char>.)", re.DOTALL)


class Glob(NamedTuple):
    """A pattern as written, and what a path has to match."""

    source: str
    pattern: re.Pattern[str]

    def fits(self, name: str) -> bool:
        """Whether a path relative to the configuration's folder (with ``/``) matches."""
        return self.pattern.fullmatch(name) is not None


def glob_of(pattern: str) -> Glob:
    """The pattern that a configuration writes for paths relative to its folder. Raises re.error for what is none.

    ``*`` and ``?`` stay within a name, ``**`` is any number of folders, a pattern without a slash may match at any depth, and
    what matches a folder matches everything in it.

    >>> glob_of("news/**").fits("news/2018/a.txt"), glob_of("*.md").fits("b/a.md")
    (True, True)
    """
    wanted = pattern.removeprefix("./").rstrip("/")
    wanted = re.sub(r"(?:\*\*/)+", "**/", wanted)
    anchored = "/" in wanted
    made = "" if anchored else "(?:.*/)?"
    for piece in _PIECE.finditer(wanted.removeprefix("/")):
        if piece["deep"]:
            made += "(?:.*/)?" if piece["deep"].endswith("/") else ".*"
        elif piece["star"]:
            made += "[^/]*"
        elif piece["one"]:
            made += "[^/]"
        elif piece["any"]:
            inside = piece["any"].replace("\\", "\\\\").replace("[", "\\[")
            made += f"(?=[^/])[{'^' + inside[1:] if inside[0] == '!' else inside}]"
        else:
            made += re.escape(piece[0])
    return Glob(pattern, re.compile(made + "(?:/.*)?", re.DOTALL))


def relative(path: str, folder: str) -> str:
    """A path as globs see it: from the folder, with ``/``; unchanged where no way leads there (another drive)."""
    try:
        name = os.path.relpath(path, folder)
    except ValueError:
        name = path
    return name.replace(os.sep, "/")
