"""The name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["nearest"]

_LOOK_ALIKE = str.maketrans("oil", "011")  # CK3O1 means CK301
_LONGEST = 80


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The name among `known` that is spelled most like `name`, None where none is like it.

    >>> nearest("CK3O1", ["CK301", "CK302"])
    'CK301'
    """
    spelled = {other.lower().translate(_LOOK_ALIKE): other for other in known}
    near = get_close_matches(name[:_LONGEST].lower().translate(_LOOK_ALIKE), spelled, n=1)
    return spelled[near[0]] if near else None
