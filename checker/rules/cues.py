"""Cues: what has to stand in a text before the pattern of a rule is compiled and tried.

A cue is words of the text; in it ``{class}`` is a figure, ``[由从自]`` one of these characters, and … whatever may stand between in one
sentence. A cue is much cheaper than its pattern: the more of the pattern it asks for, the fewer patterns a short text compiles.
"""

from __future__ import annotations

import re
from functools import lru_cache

from checker.lazily import pattern
from checker.skeleton import SLOT_CLASSES, Skeleton, placeholder_set

__all__ = ["CueError", "stands", "verify"]

# {household} · [由从自] · … · a bracket by itself is a mistake
_FIELD = pattern(r"\{(?P<class>[a-z]+)\}|\[(?P<set>[^][{}…]+)\]|…|[][{}]")
_REACH = 200  # farther than any pattern reaches


class CueError(ValueError):
    """A cue that the language does not know; the message says which part."""


def stands(cue: str, skeleton: Skeleton, folded: str) -> bool:
    """Whether a cue stands in a text: as its skeleton has it, or for mere words in a figure that the skeleton has swallowed."""
    words, source = _parsed(cue)
    if source is None:
        return cue in skeleton.text or cue in folded
    return all(word in skeleton.text for word in words) and re.search(source, skeleton.text) is not None


def verify(cue: str) -> None:
    """Raise CueError for a cue that can stand in no text, or that names no class.

    >>> verify("由…至{amounts}")
    Traceback (most recent call last):
    checker.rules.cues.CueError: '{amounts}' 不是一类数字，也不是一组字
    """
    if not cue or "" in cue.split("…"):
        raise CueError(f"{cue!r} 是空的，或者省略号的一边是空的")
    for field in _FIELD.finditer(cue):
        if field.group() != "…" and not field["set"] and field["class"] not in SLOT_CLASSES:
            raise CueError(f"{field.group()!r} 不是一类数字，也不是一组字")


@lru_cache(maxsize=1024)
def _parsed(cue: str) -> tuple[tuple[str, ...], str | None]:
    """The words of a cue, and the regular expression over the skeleton that it stands for; None for a mere word.

    Each part is looked for behind the first place of the one before (an atomic group): no later place could reach more, so a
    long text without the last part costs no more than its length times the reach.

    >>> _parsed("由…至")
    (('由', '至'), '由(?>[^。\\n]{0,200}?至)')
    """
    words: list[str] = []
    source: list[str] = []
    at = behind = 0
    for field in (*_FIELD.finditer(cue), None):
        words.append(cue[at:] if field is None else cue[at : field.start()])
        source.append(re.escape(words[-1]))
        if field is None:
            break
        if field.group() == "…":
            source.append(f"{')' * bool(behind)}(?>[^。\n]{{0,{_REACH}}}?")
            behind += 1
        else:
            source.append(placeholder_set(field["class"]) if field["class"] else f"[{re.escape(field['set'])}]")
        at = field.end()
    if len(source) == 1:
        return (cue,), None
    return tuple(filter(None, words)), "".join(source) + ")" * bool(behind)
