"""Regular expressions that are compiled when they are first used, for a program that starts up to read one short text."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["pattern"]


class _Pattern:
    """Stands in for a compiled pattern: its methods are fetched from the real one once, and are its own from then on."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, without its work until the pattern is used.

    >>> pattern("其中|当中").findall("其中3户")
    ['其中']
    """
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
