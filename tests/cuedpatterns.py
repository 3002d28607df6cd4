"""The patterns with cues of all relations, for what must be true of each."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from checker import relations
from checker.relations.cued import Cued

__all__ = ["CUED"]


def _patterns() -> dict[str, Cued]:
    """By module and name; those that a function makes as well."""
    found = {}
    for module in iter_modules(relations.__path__):
        for name, value in vars(import_module(f"checker.relations.{module.name}")).items():
            made = value() if hasattr(value, "cache_info") and value.__annotations__.get("return") == "Cued" else value
            if isinstance(made, Cued):
                found[f"{module.name}.{name}"] = made
    return found


CUED = _patterns()
