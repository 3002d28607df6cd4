"""Patterns of file names, as in .gitignore: ``news/**``, ``*.txt``, ``drafts``."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["Glob", "glob_of", "relative"]

_PIECE = re.compile(r"(?P<deep>\*\*/?)|(?P<star>\*)|(?P<one>\?)|\[(?P<any>!?\]?[^\]/]*)\]|(?P<char>.)", re.DOTALL)


# More of * and ** than this in one pattern, and a regular expression may try too many ways to match a long name.
_FEW = 3

# A part of a pattern: ``**/`` (some folders), ``**`` (anything), ``*`` (anything within a name), or what one character matches.
_Part: TypeAlias = Literal["**/", "**", "*"] | re.Pattern[str]


class Glob(NamedTuple):
    """A pattern as written, and what a path has to match; `parts` say the same where there are many stars."""

    source: str
    pattern: re.Pattern[str]
    parts: tuple[_Part, ...] = ()

    def fits(self, name: str) -> bool:
        """Whether a path relative to the configuration's folder (with ``/``) matches."""
        return _fits(self.parts, name) if self.parts else self.pattern.fullmatch(name) is not None


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
    parts: list[_Part] = [] if anchored else ["**/"]
    for piece in _PIECE.finditer(wanted.removeprefix("/")):
        if piece["deep"]:
            parts.append("**/" if piece["deep"].endswith("/") else "**")
            made += "(?:.*/)?" if parts[-1] == "**/" else ".*"
            continue
        if piece["star"]:
            parts.append("*")
            made += "[^/]*"
            continue
        if piece["one"]:
            one = "[^/]"
        elif piece["any"]:
            inside = piece["any"].replace("\\", "\\\\").replace("[", "\\[")
            one = f"(?=[^/])[{'^' + inside[1:] if inside[0] == '!' else inside}]"
        else:
            one = re.escape(piece[0])
        parts.append(re.compile(one, re.DOTALL))
        made += one
    few = sum(isinstance(part, str) for part in parts) <= _FEW
    return Glob(pattern, re.compile(made + "(?:/.*)?", re.DOTALL), () if few else tuple(parts))


def _fits(parts: Sequence[_Part], name: str) -> bool:
    """Whether a name matches: all ways through the parts at once, character by character.

    A way stands before a part, or (`inside`) in the folders of a ``**/``, which end with a slash.
    """
    before, inside = _onward(parts, {0}), set[int]()
    for char in name:
        if char == "/" and len(parts) in before:  # what matches a folder matches everything in it
            return True
        inside |= {at for at in before if at < len(parts) and parts[at] == "**/"}
        after = {at + 1 for at in inside} if char == "/" else set()
        for at in before - {len(parts)}:
            part = parts[at]
            if part == "**" or (part == "*" and char != "/"):
                after.add(at)
            elif not isinstance(part, str) and part.match(char):
                after.add(at + 1)
        before = _onward(parts, after)
    return len(parts) in before


def _onward(parts: Sequence[_Part], places: set[int]) -> set[int]:
    """The places, with those to which parts that may match nothing lead."""
    reached = set(places)
    for at, part in enumerate(parts):
        if at in reached and isinstance(part, str):
            reached.add(at + 1)
    return reached


def relative(path: str, folder: str) -> str:
    """A path as globs see it: from the folder, with ``/``; unchanged where no way leads there (another drive)."""
    try:
        name = os.path.relpath(path, folder)
    except ValueError:
        name = path
    return name.replace(os.sep, "/")
