"""Where in a TOML text a key stands: tomllib tells values, but not their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["line_of"]

_TOKEN = re.compile(
    r'''
      (?P<skip> \#[^\n]* | \s+ )
    | (?P<string> """(?:[^\\]|\\.)*?""" | \'\'\'.*?\'\'\' | "(?:[^"\\\n]|\\.)*" | \'[^\'\n]*\' )
    | (?P<bare> [A-Za-z0-9_-]+ )
    | (?P<mark> . )
    ''',
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    at: int
    word: str
    is_key: bool
    opens_line: bool


def line_of(text: str, keys: Sequence[str | int], value: str | None = None) -> int:
    """The line, from 1, of a key given by its path (a number counts the tables of an array, from 0), or of a string in it.

    What cannot be found gets the line of what holds it.

    >>> line_of('lang = "zh"\\n[severity]\\nCK301 = "info"\\n', ["severity", "CK301"])
    3
    """
    tokens = _tokens(text)
    at, line_at = 0, 0
    for depth, key in enumerate(keys):
        if isinstance(key, int):
            found = _nth_table(tokens, at, str(keys[depth - 1]), key)
        else:
            places = [i for i in range(at, len(tokens)) if tokens[i].is_key and tokens[i].word == key]
            found = next((i for i in places if tokens[i].opens_line), places[0] if places else None)
            if depth:
                found = places[0] if places else None
        if found is None:
            break
        line_at, at = tokens[found].at, found + 1
    else:
        if value is not None:
            line_at = next((token.at for token in tokens[at:] if token.word == value), line_at)
    return text.count("\n", 0, line_at) + 1


def _nth_table(tokens: Sequence[_Token], at: int, name: str, number: int) -> int | None:
    """The token that opens a table of an array: its n-th header from the first on, else the n-th brace behind the key."""
    headers = [i for i in range(at - 1, len(tokens)) if tokens[i].word == name and tokens[i].is_key]
    if at < len(tokens) and tokens[at].word == "]":
        return headers[number] if number < len(headers) else None
    braces = [i for i in range(at, len(tokens)) if tokens[i].word == "{" and not tokens[i].is_key]
    return braces[number] if number < len(braces) else None


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    line_is_new = True
    for match in _TOKEN.finditer(text):
        if match["skip"] is not None:
            line_is_new = line_is_new or "\n" in match[0]
            continue
        word = match[0] if match["string"] is None else match[0].strip("\"'")
        follows = text[match.end() : match.end() + 80].lstrip(" \t")[:1]
        found.append(_Token(match.start(), word, match["mark"] is None and follows in ("=", ".", "]"), line_is_new))
        line_is_new = match["mark"] == "[" and line_is_new
    return found
