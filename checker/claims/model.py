"""What a figure measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from checker.claims.measures import ClaimType, Direction

__all__ = ["Claim"]


class Claim(NamedTuple):
    """A quantity with what it measures; every field may be unknown.

    `metric` is the noun phrase measured (建档立卡贫困对象脱贫), `holder` the place or body it is said of (全县),
    `period` ISO 8601 (2016, 2016-04, 2016/2020), `scope` the words that narrow or change it (其中, 累计, 新增, 共,
    人均). `head` is the noun that a classifier counts (家 in 129家合作社 counts 合作社).
    """

    quantity: int
    metric: str | None = None
    holder: str | None = None
    period: str | None = None
    scope: frozenset[str] = frozenset()
    head: str | None = None
    type: ClaimType | None = None
    direction: Direction | None = None
