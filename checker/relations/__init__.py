"""Relations that no pattern can say: small pure functions from what was read to checks, in an explicit order."""

from __future__ import annotations

from checker.relations.catalogue import RELATION_RULES
from checker.relations.model import AnyRule, RelationRule

__all__ = ["RELATION_RULES", "AnyRule", "RelationRule"]
