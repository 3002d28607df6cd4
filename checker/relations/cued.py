"""Patterns that few texts need: compiled where a cue stands, as those of rules are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.reading import Reading
from checker.rules.cues import stands

__all__ = ["Cued"]


class Cued:
    """A pattern over the skeleton that is compiled when one of its cues stands in a text; see `checker.rules.cues`.

    Compiling takes longer than looking through a short text for its cues. Whatever the pattern finds has to have one of them: once
    it is compiled, for some text before, it is tried without asking.
    """

    def __init__(self, source: str, *cues: str) -> None:
        self.source, self.cues = source, cues
        self._compiled: re.Pattern[str] | None = None

    def finditer(self, reading: Reading) -> Iterable[re.Match[str]]:
        """The matches in a text."""
        if self._compiled is None:
            if not stands(self.cues, reading.skeleton.text):
                return ()
            self._compiled = re.compile(self.source)
        return self._compiled.finditer(reading.skeleton.text)
