"""The relation functions in the order in which they run; each module holds its own with their examples."""

from __future__ import annotations

from checker.relations import (
    alignment,
    averages,
    conversion,
    dates,
    enumeration,
    extraction,
    fit,
    formal,
    lengths,
    magnitude,
    partitions,
    parts,
    periods,
    publication,
    ranges,
    ranking,
    repeats,
    sections,
    series,
    shares,
    style,
    tables,
    wholes,
    writings,
)
from checker.relations.model import RelationRule

__all__ = ["RELATION_RULES"]

RELATION_RULES: tuple[RelationRule, ...] = (
    *parts.RULES,
    *partitions.RULES,
    *wholes.RULES,
    *shares.RULES,
    *averages.RULES,
    *series.RULES,
    *repeats.RULES,
    *formal.RULES,
    *alignment.RULES,
    *enumeration.RULES,
    *sections.RULES,
    *ranges.RULES,
    *ranking.RULES,
    *dates.RULES,
    *periods.RULES,
    *lengths.RULES,
    *publication.RULES,
    *conversion.RULES,
    *magnitude.RULES,
    *fit.RULES,
    *extraction.RULES,
    *style.RULES,
    *writings.RULES,
    *tables.RULES,
)
