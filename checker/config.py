"""What a caller may choose; the library reads no configuration of its own accord."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from os import PathLike
from typing import Literal

from checker.errors import UsageError

__all__ = ["Config"]


@dataclass(frozen=True, slots=True)
class Config:
    """How to check.

    `rules` are files with rules of one's own, in the format of ``docs/rules-format.md``; `lang` is the language of messages;
    `select` and `ignore` name rules by id or slug (an empty `select` is all of them); `about` is what 约 stands for, as a part
    of the figure; `plugins` is whether the rules of other installed packages run too (``docs/extending.md``).
    """

    rules: tuple[str | PathLike[str], ...] = ()
    lang: Literal["zh", "en"] = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    about: Fraction = Fraction(1, 10)
    plugins: bool = True

    def __post_init__(self) -> None:
        if self.lang not in ("zh", "en"):
            raise UsageError(f"lang 应为 zh 或 en，给的是 {self.lang!r}")
        if not 0 <= self.about < 1:
            raise UsageError(f"about 应在 0 与 1 之间，给的是 {self.about}")
