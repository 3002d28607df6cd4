"""Moved to `checker.findings.suppression`."""

from checker.findings.suppression import Suppressed, obeyed

__all__ = ["Suppressed", "obeyed"]
