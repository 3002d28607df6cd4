"""Moved to `checker.findings.support`."""

from checker.findings.support import Summary, Support, summary_of, supports_of

__all__ = ["Summary", "Support", "summary_of", "supports_of"]
