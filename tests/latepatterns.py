"""The patterns of the package that are compiled late, for what must be true of each."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import checker
from checker.patterns import LatePattern

__all__ = ["LATE", "cool"]


def _patterns() -> dict[str, LatePattern]:
    """By module and name; those in a tuple or a table are numbered."""
    found: dict[str, LatePattern] = {}
    for module in walk_packages(checker.__path__, "checker."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            many = (
                value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else (value,)
            )
            for number, late in enumerate(many):
                if isinstance(late, LatePattern) and late not in found.values():
                    found[f"{module.name.removeprefix('checker.')}.{name}{number or ''}"] = late
    return found


LATE = _patterns()


def cool() -> None:
    """Let no pattern be compiled, as in a process that has just begun."""
    for late in LATE.values():
        for name in vars(late).keys() - {"_source", "_flags"}:
            delattr(late, name)
