"""Rules as data, and the engine that runs them."""

from checker.rules.model import Rule

__all__ = ["Rule"]
