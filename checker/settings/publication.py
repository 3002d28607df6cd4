"""The day of publication from the name of a file or from its front matter, as a configuration says (`published-from`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex

from checker.document import Document
from checker.errors import UsageError
from checker.sources.blocks import front_matter
from checker.sources.dateline import parse_date

__all__ = ["Dating", "dating_of"]

_SECONDS = 1.0
_CODES = {"%Y": r"(?P<year>(?:19|20)\d\d)", "%m": r"(?P<month>\d{1,2})", "%d": r"(?P<day>\d{1,2})"}


@dataclass(frozen=True)
class Dating:
    """A pattern with the groups year, month and day, or date, and what it is looked for in."""

    where: Literal["path", "front-matter"]
    source: str
    pattern: regex.Pattern[str]

    def day(self, path: str, document: Document | None) -> date | None:
        """The day that the pattern finds; None where it does not match. Raises UsageError for what is no day."""
        if self.where == "path":
            text = path
        elif document is None or document.places is not None:
            return None
        else:
            text = "\n".join(f"{key}: {value}" for key, value in front_matter(document.text).items())
        try:
            match = self.pattern.search(text, timeout=_SECONDS)
        except TimeoutError:
            raise UsageError(f"published-from: {self.source}: > {_SECONDS} s") from None
        if match is None:
            return None
        groups = match.groupdict()
        if groups.get("year"):
            return parse_date(f"{groups['year']}-{groups['month']}-{groups['day']}")
        written = (groups.get("date") or "").strip("\"' ")
        if len(written) == 8 and written.isdecimal():
            written = f"{written[:4]}-{written[4:6]}-{written[6:]}"
        return parse_date(written)


def dating_of(where: Literal["path", "front-matter"], source: str) -> Dating:
    """Compile a pattern: a regular expression in which %Y, %m and %d stand for year, month and day.

    Raises ValueError for a pattern that is none, or that names no day.

    >>> dating_of("path", "%Y/%m/%d").day("news/2018/3/1.txt", None)
    datetime.date(2018, 3, 1)
    """
    expression = source
    for code, group in _CODES.items():
        expression = expression.replace(code, group, 1)
    try:
        compiled = regex.compile(expression, regex.MULTILINE)
    except regex.error as error:
        what = str(error).partition(" at position")[0]  # a place in what the codes became would tell nobody anything
        raise ValueError(f"不是正则表达式（not a regular expression）：{what}") from None
    groups = set(compiled.groupindex)
    if not ("date" in groups or {"year", "month", "day"} <= groups):
        raise ValueError("应有 %Y、%m、%d，或名为 date 的组 (?P<date>…)")
    return Dating(where, source, compiled)
