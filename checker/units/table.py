"""The units of a text at run time: a table read from one JSON file, without pint."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from checker.patterns import pattern
from checker.units.model import Unit

__all__ = ["Units", "load_units", "units_of_table"]

CONTEXT_LENGTH = 12
"""How many characters before a figure may choose among the meanings of a homograph."""


class Meaning(NamedTuple):
    """One thing that a homograph can mean: `unit` where `before` and `after` fit; None where no unit is meant."""

    unit: Unit | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def fits(self, before: str, after: str) -> bool:
        """Whether the text around a figure asks for this meaning; where there is no pattern, nothing is asked for."""
        return (self.before is None or self.before.search(before) is not None) and (
            self.after is None or self.after.match(after) is not None
        )


class Units(NamedTuple):
    """Every unit that a text may use, found by its writing (Simplified characters).

    `by_surface` maps a writing to its unit, a homograph to its usual one (度 to 千瓦时, as in 元/度).
    `surfaces` are the writings, longest first, as the alternatives of a regular expression want them.
    `homographs` holds what each homograph can mean. `definitions` and `counted` are what a user added.
    """

    by_surface: Mapping[str, Unit]
    surfaces: tuple[str, ...]
    homographs: Mapping[str, tuple[Meaning, ...]]
    definitions: str = ""
    counted: frozenset[str] = frozenset()

    def resolve(self, surface: str, before: str = "", after: str = "") -> Unit | None:
        """The unit that `surface` means between the text before the figure and the text after the unit.

        None where the writing is no unit at all, or none in this place.

        >>> load_units().resolve("度", before="全年用电", after="。").name
        '千瓦时'
        >>> load_units().resolve("里", before="走了", after="路").name
        '里'
        """
        meanings = self.homographs.get(surface)
        if surface[-1:].isascii() and surface[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha():
            return None  # 5m in 5mg/L, 3t in 3tb: the writing goes on
        if meanings is None:
            return self.by_surface.get(surface)
        near = before[-CONTEXT_LENGTH:]
        for meaning in meanings:
            if meaning.fits(near, after):
                return meaning.unit
        return None

    def compound(self, numerator: Unit, denominator: Unit) -> Unit:
        """The unit of a writing such as 元/吨 or 微克/立方米; in base units it is base/base.

        >>> units = load_units()
        >>> units.compound(units.by_surface["公斤"], units.by_surface["亩"]).factor
        Fraction(3, 2000)
        """
        return Unit(
            name=f"{numerator.name}/{denominator.name}",
            dimension=f"{numerator.dimension} / {_grouped(denominator.dimension)}",
            base=f"{numerator.base}/{_grouped(denominator.base)}",
            factor=Fraction(numerator.factor) / denominator.factor,
        )

    def extended(self, definition_text: str, *, counted: frozenset[str] = frozenset()) -> Units:
        """These units and those of a text in pint's definition syntax; aliases are writings.

        `counted` names the new units that take whole numbers only; multiples of a counted unit need no mention.
        Raises CheckerError that names a unit or a writing defined twice, or a definition that pint refuses.

        >>> units = load_units().extended("箩 = 25 * 千克 = _ = 箩筐")
        >>> units.by_surface["箩筐"].factor
        25
        """
        from checker.units.definitions import build_table

        definitions = f"{self.definitions}\n{definition_text}" if self.definitions else definition_text
        counted = self.counted | counted
        return units_of_table(build_table(definitions, counted), definitions, counted)

    def convertible(self, a: Unit, b: Unit) -> bool:
        """Whether figures in `a` and in `b` can be brought to one base."""
        return convertible(a, b)


def convertible(a: Unit, b: Unit) -> bool:
    """Whether figures in `a` and in `b` can be brought to one base.

    >>> units = load_units().by_surface
    >>> convertible(units["亩"], units["公顷"]), convertible(units["人"], units["人次"])
    (True, False)
    """
    return a.dimension == b.dimension and a.base == b.base


@cache
def load_units() -> Units:
    """The built-in units, read once."""
    with open(os.path.join(os.path.dirname(__file__), "table.json"), encoding="utf-8") as file:
        return units_of_table(json.load(file))


def units_of_table(table: Mapping[str, Any], definitions: str = "", counted: frozenset[str] = frozenset()) -> Units:
    """The units of a table as `checker.units.definitions.build_table` makes it."""
    units = {
        unit: Unit(name, dimension, base, int(factor) if factor.isdigit() else Fraction(factor), whole, generic)
        for unit, (name, dimension, base, factor, whole, generic) in table["units"].items()
    }
    by_surface = {surface: units[unit] for surface, unit in table["surfaces"].items()}
    homographs = {
        surface: tuple(
            Meaning(
                None if unit is None else units[unit],
                pattern(before) if before else None,
                pattern(after) if after else None,
            )
            for unit, before, after in entries
        )
        for surface, entries in table["context"].items()
    }
    return Units(MappingProxyType(by_surface), tuple(by_surface), MappingProxyType(homographs), definitions, counted)


def _grouped(dimension: str) -> str:
    return f"({dimension})" if any(mark in dimension for mark in "*·/") else dimension
