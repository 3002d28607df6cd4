"""What a figure measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from checker.claims.measures import ClaimType, Direction

__all__ = ["Claim"]


class Claim(NamedTuple):
    """A quantity with what it measures; every field may be unknown.

    `type` is the kind of statement (level, change, share …; ``docs/claims.md``), `metric` the noun phrase measured
    (学校更换电脑), `holder` the place or body it is said of (全县), `period` ISO 8601 (2016, 2016-04, 2016/2020)
    or a label (报告期末), `direction` that of a change. `scope` are the words that narrow it (其中, 累计, 新增, 共).
    `head` is the noun that a classifier counts (家 in 129家合作社 counts 合作社).
    """

    quantity: int
    metric: str | None = None
    holder: str | None = None
    period: str | None = None
    scope: frozenset[str] = frozenset()
    head: str | None = None
    type: ClaimType | None = None
    direction: Direction | None = None
