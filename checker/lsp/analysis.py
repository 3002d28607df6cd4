"""One text of an editor, checked, with the way from its figures to their places in the editor."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from checker.errors import CheckerError
from checker.findings.result import Result
from checker.lsp.text import Text
from checker.settings.live import LiveSettings
from checker.sources import read_text
from checker.sources.messages import Lang

if TYPE_CHECKING:
    from datetime import date

    from checker.document import Document

__all__ = ["Analysis", "analyse"]

_KINDS = {"plaintext": "text", "markdown": "text", "html": "html"}


@dataclass(frozen=True)
class Analysis:
    """What checking one version of a text gave; `error` says why nothing was checked, and then `result` is None."""

    source: Text
    lang: Lang
    result: Result | None
    error: CheckerError | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the document's text stands in the editor's; both are code points."""
        result = self.result
        if result is None or result.document.text == self.source.text:
            return start, end
        first = self._offset(start)
        return first, max(self._offset(max(end - 1, start)), first) + 1

    def verbatim(self, start: int, end: int) -> tuple[int, int] | None:
        """The same where the editor's text holds just those characters; None where it writes them otherwise (&#51;)."""
        first, last = self.span(start, end)
        result = self.result
        same = result is not None and self.source.text[first:last] == result.document.text[start:end]
        return (first, last) if same else None

    @cached_property
    def figures(self) -> list[tuple[int, int]]:
        """The places of all figures in the editor's text, by id."""
        result = self.result
        return [] if result is None else [self.span(figure.start, figure.end) for figure in result.quantities]

    @cached_property
    def _feeds(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.source.text))]

    def _offset(self, at: int) -> int:
        assert self.result is not None
        place = self.result.document.place(at, at + 1).as_json()
        line, column = place.get("line"), place.get("column")
        if not isinstance(line, int) or not isinstance(column, int):  # no format of an editor has other places
            return 0
        return min(self._feeds[min(line, len(self._feeds)) - 1] + column - 1, len(self.source.text))

    def figure_at(self, offset: int) -> int | None:
        """The id of the figure at an offset of the editor's text, its end included; None where there is none."""
        spans = self.figures
        before = bisect_right(spans, offset, key=lambda span: span[0]) - 1
        for at in range(before, max(before - 3, -1), -1):
            if spans[at][0] <= offset <= spans[at][1]:
                return at
        return None


def analyse(
    source: Text, path: str, language: str, live: LiveSettings, lang: Lang, cancelled: Callable[[], bool]
) -> Analysis | None:
    """Check a text by the settings of its path; None where it was cancelled on the way.

    `lang` is the language where the settings cannot be read. Raises nothing: what goes wrong is the analysis's error.
    """
    try:
        if cancelled():
            return None
        settings = live.of(path)
        lang = settings.config.lang

        def read(published: date | None) -> Document:
            line_remarks = settings["plain-text-comments"] and language != "markdown"
            kind = _KINDS.get(language)
            return read_text(source.text, path, published, kind=kind, lang=lang, line_remarks=line_remarks)

        document = settings.dated(path, read)
        result = live.checker(settings).check_document(document, cancelled=cancelled)
        result = live.settled(result, settings, path)
    except CheckerError as error:
        return None if error.code == "cancelled" else Analysis(source, lang, None, error)
    except Exception as error:  # one text that breaks the engine must not end the server
        said = f"内部错误：{error!r}" if lang == "zh" else f"internal error: {error!r}"
        return Analysis(source, lang, None, CheckerError(said, code="internal"))
    return Analysis(source, lang, result)
