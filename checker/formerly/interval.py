"""Moved to `checker.arithmetic.interval`."""

from checker.arithmetic.interval import Interval, Rational, exactly

__all__ = ["Interval", "Rational", "exactly"]
