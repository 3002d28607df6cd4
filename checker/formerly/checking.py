"""Moved to `checker.pipeline.checker`."""

from checker.pipeline.checker import Checker

__all__ = ["Checker"]
