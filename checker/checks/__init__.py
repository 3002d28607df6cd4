"""Checks: a relation between figures, how it is judged, and what is known of it when it fails or holds."""

from __future__ import annotations

from checker.checks.model import RELATIONS, Accuses, Check, Operand, Outcome, Severity, Standing

__all__ = ["RELATIONS", "Accuses", "Check", "Operand", "Outcome", "Severity", "Standing"]
