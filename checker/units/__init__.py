"""Units: every writing of a unit or measure word, what it measures, and how it converts.

units.txt (pint's syntax) and surfaces.toml are written by hand; table.json is made from them and is what runs.
"""

from __future__ import annotations

from checker.units.model import Unit
from checker.units.table import Units, convertible, load_units

__all__ = ["Unit", "Units", "convertible", "load_units"]
