"""Moved to `checker.findings.result`."""

from checker.findings.result import InternalError, Result

__all__ = ["InternalError", "Result"]
