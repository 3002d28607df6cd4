"""What a caller may choose; the library reads no configuration of its own accord."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from os import PathLike
from types import MappingProxyType
from typing import Literal, NamedTuple

from checker.checks import Severity
from checker.errors import UsageError

__all__ = ["MAX_CHARS", "Config"]

MAX_CHARS = 5_000_000  # ten fat annual reports


class Config(NamedTuple):
    """How to check; `Checker` raises UsageError for what cannot be.

    `rules` are files with rules of one's own, in the format of ``docs/rules-format.md``; `lang` is the language of messages;
    `select` and `ignore` name rules by id or slug (an empty `select` is all that run by default, and `extend_select` names
    others to run beside them); `severity` is what a failure of these rules weighs, by id or slug; `about` is what 约 stands for,
    as a part of the figure; `plugins` is whether the rules of other installed packages run too (``docs/extending.md``);
    `max_chars` is the most characters of a text, None for any; `deadline` is after how many seconds a text is left, with what was
    found until then (``docs/limits.md``);
    `plain_text_comments` is whether a line ``# checker: ignore …`` of a plain text is a remark (``docs/suppression.md``).
    """

    rules: tuple[str | PathLike[str], ...] = ()
    lang: Literal["zh", "en"] = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    about: Fraction = Fraction(1, 10)
    plugins: bool = True
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = MappingProxyType({})
    plain_text_comments: bool = False
    max_chars: int | None = MAX_CHARS
    deadline: float | None = None

    def __hash__(self) -> int:
        return hash(tuple(value for value in self if value is not self.severity))  # a mapping has none

    def verify(self) -> None:
        """Raise UsageError for a value that cannot be."""
        if self.lang not in ("zh", "en"):
            raise UsageError(f"lang 应为 zh 或 en，给的是 {self.lang!r}")
        if not 0 <= self.about < 1:
            raise UsageError(f"about 应在 0 与 1 之间，给的是 {self.about}")
        if self.max_chars is not None and self.max_chars < 1:
            raise UsageError(f"max_chars 应至少为 1，给的是 {self.max_chars}")
        if self.deadline is not None and not 0 < self.deadline < float("inf"):  # a NaN is neither
            raise UsageError(f"deadline 应为正数，给的是 {self.deadline}")
        for name, level in self.severity.items():
            if level not in ("error", "warning", "info"):
                raise UsageError(f"severity 应为 error、warning 或 info，给 {name} 的是 {level!r}")
