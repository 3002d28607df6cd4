"""Exact arithmetic over intervals, and the formulas that are worked out with it."""
