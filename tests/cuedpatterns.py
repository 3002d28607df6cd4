"""The patterns with cues of all relations, for what must be true of each."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from checker import relations
from checker.relations.cued import Cued

__all__ = ["CUED"]


def _patterns() -> dict[str, Cued]:
    """By module and name."""
    return {
        f"{module.name}.{name}": value
        for module in iter_modules(relations.__path__)
        for name, value in vars(import_module(f"checker.relations.{module.name}")).items()
        if isinstance(value, Cued)
    }


CUED = _patterns()
