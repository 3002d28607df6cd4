"""The pattern language of rules: regular expressions in which ``{name:class}`` is a figure and ``{@list}`` a word list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import regex

from checker.patterns import pattern as late_pattern
from checker.quantities.skeleton import SLOT_CLASSES, placeholder_set

__all__ = ["PatternError", "expand", "lists_in", "require_size", "word_pattern", "word_search"]

# {households:household} · {parts:amount} · {@rise} · {gap} (words of one clause, up to eight characters) · {gap:20} · {span:20} (words of
# one sentence) · anything else that looks like one of these is a mistake
_FIELD = re.compile(
    r"\{(?:@(?P<list>\w+)|(?P<reach>gap|span)(?::(?P<length>\d+))?|(?P<slot>_?[a-z]+):(?P<class>[a-z]+)|[a-z_@][^}]*)\}"
)
# Words without a figure, inside one clause or inside one sentence.
_WORDS = {"gap": "[^\ue000-\ue0ff，。；！？\n]", "span": "[^\ue000-\ue0ff。；！？\n]"}


class PatternError(ValueError):
    """A pattern that the language does not know; the message says which part."""


def expand(pattern: str, lists: Mapping[str, Sequence[str]]) -> tuple[str, tuple[str, ...]]:
    """A rule's pattern as a regular expression over the skeleton, and the names of its slots.

    Raises PatternError for an unknown class or list, or a pattern that does not compile.

    >>> expand("{households:household}{persons:person}", {})[1]
    ('households', 'persons')
    """
    slots: list[str] = []

    def replaced(field: re.Match[str]) -> str:
        if field["list"] is not None:
            if field["list"] not in lists:
                raise PatternError(f"unknown word list {{@{field['list']}}}")
            return word_pattern(lists[field["list"]])
        if field["reach"] is not None:
            return f"{_WORDS[field['reach']]}{{0,{field['length'] or 8}}}?"
        if field["slot"] is None:
            raise PatternError(f"{field.group()} is no slot and no word list")
        if field["class"] not in SLOT_CLASSES:
            raise PatternError(f"unknown class in {field.group()}; there are {', '.join(sorted(SLOT_CLASSES))}")
        if field["slot"][0] == "_":  # a figure that has to be there but is no operand
            return placeholder_set(field["class"])
        if field["slot"] not in slots:
            slots.append(field["slot"])
        return f"(?P<{field['slot']}>{placeholder_set(field['class'])})"

    return _FIELD.sub(replaced, pattern), tuple(slots)


# What a regular expression is made of, as far as its size goes: \\. · [^。；] · ( · ) · {20} or {3,} · any other character
_TOKEN = late_pattern(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<times>\d+)(?:,\d*)?\}|.", re.DOTALL)
_LARGEST = 100_000


def require_size(expression: str) -> None:
    """Raise PatternError for a regular expression that is too large with its repetitions written out, as compiling it does.

    ``(?:甲{9999}){9999}`` takes gigabytes to compile.
    """
    open_groups = [0]  # the size of what stands in each group that is open
    last = 0
    for token in _TOKEN.finditer(expression):
        if token["times"]:
            times = max(int(token["times"][:9]), 1)
            open_groups[-1] += last * (times - 1)
            last *= times
        elif token.group() == "(":
            open_groups.append(0)
        elif token.group() == ")" and len(open_groups) > 1:
            last = open_groups.pop()
            open_groups[-1] += last
        else:
            last = 1
            open_groups[-1] += 1
        if open_groups[-1] > _LARGEST:
            raise PatternError(f"too large: more than {_LARGEST:,} pieces with its repetitions written out")


def lists_in(pattern: str) -> list[str]:
    """The names of the word lists that a rule's pattern uses."""
    return [field["list"] for field in _FIELD.finditer(pattern) if field["list"] is not None]


def word_pattern(words: Sequence[str]) -> str:
    """One of the words, the longest that fits."""
    return _alternatives(tuple(words))


@lru_cache(maxsize=256)
def word_search(words: tuple[str, ...]) -> regex.Pattern[str]:
    """`word_pattern` compiled, when a list is first looked for."""
    return regex.compile(_alternatives(words))


@lru_cache(maxsize=256)
def _alternatives(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(regex.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"
