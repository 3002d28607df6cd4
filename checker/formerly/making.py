"""Moved to `checker.checks.builder`."""

from checker.checks.builder import comparable, figures_between, formula, make_check

__all__ = ["comparable", "figures_between", "formula", "make_check"]
