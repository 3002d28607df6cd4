"""Values as the parts of a workbook write them: numbers in attributes, and texts in runs."""

from __future__ import annotations

import re

from checker.sources.ooxml import Attributes, End, Start

__all__ = ["Runs", "number", "unescaped"]

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # _x000D_ stands for a carriage return


class Runs:
    """The runs of a text (``<t>``) as they come by, phonetic readings (``<rPh>``) left out.

    `words` takes all text, `found` the runs; `starts` and `ends` are what is to be called.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.found: list[str] = []
        self._phonetic = False
        self.starts: dict[str, Start] = {"t": lambda _: self.words.clear(), "rPh": self._start_reading}
        self.ends: dict[str, End] = {"t": self._end_run, "rPh": self._end_reading}

    def clear(self) -> None:
        """Begin another text."""
        self.words.clear()
        self.found.clear()

    @property
    def text(self) -> str:
        return unescaped("".join(self.found))

    def _end_run(self) -> None:
        if not self._phonetic:
            self.found += self.words

    def _start_reading(self, _: Attributes) -> None:
        self._phonetic = True

    def _end_reading(self) -> None:
        self._phonetic = False


def unescaped(text: str) -> str:
    """A text without the escapes of characters that XML does not take, its line breaks being line feeds."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def number(written: str | None, default: int = 0) -> int:
    """A number of up to nine digits; anything else is `default`."""
    if written is None:
        return default
    written = written.strip()
    return int(written) if written.isdecimal() and len(written) < 10 else default
