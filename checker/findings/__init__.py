"""Findings: checks that failed, as a person reads them, what settles them, and the result of a document."""

from __future__ import annotations

from checker.findings.model import Finding, Related, findings_of, spans_of

__all__ = ["Finding", "Related", "findings_of", "spans_of"]
