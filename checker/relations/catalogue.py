"""The relation functions in the order in which they run; each module holds its own with their examples."""

from __future__ import annotations

from checker.relations import alignment, averages, dates, enumeration, extraction, parts, ranges, repeats, series, shares
from checker.relations.model import RelationRule

__all__ = ["RELATION_RULES"]

RELATION_RULES: tuple[RelationRule, ...] = (
    *parts.RULES,
    *shares.RULES,
    *averages.RULES,
    *series.RULES,
    *repeats.RULES,
    *alignment.RULES,
    *enumeration.RULES,
    *ranges.RULES,
    *dates.RULES,
    *extraction.RULES,
)
