"""From unit definitions in pint's syntax to the table that serves at run time. Only this module knows pint.

pint is imported where it is used: a text is checked without it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from fractions import Fraction
from importlib import resources
from typing import TYPE_CHECKING, Any

from checker.errors import CheckerError

if TYPE_CHECKING:
    from pint import UnitRegistry

__all__ = ["build_table", "read_registry", "read_source"]


def read_source(name: str) -> str:
    """The text of a data file that stands beside this module."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def read_registry(definitions: str) -> UnitRegistry[Any]:
    """A pint registry that knows the units of `definitions`, with exact rationals, and nothing else.

    Raises CheckerError for a definition that pint does not understand and for a name defined twice.

    >>> read_registry("米 = [length]\\n里 = 500 * 米").Quantity(3, "里").to("米").magnitude
    Fraction(1500, 1)
    """
    import pint

    registry: UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction, on_redefinition="raise")
    for name in _duplicates(name for names in _names(definitions) for name in names):
        raise CheckerError(f"单位“{name}”定义了两次，请删去一处", code="unit-defined-twice")
    try:
        registry.load_definitions(definitions.splitlines())
        for first, *_ in _names(definitions):
            registry.Quantity(1, first.removeprefix("@")).to_root_units()
    except (pint.errors.PintError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise CheckerError(f"单位定义有误：{error}", code="bad-unit") from error
    return registry


def build_table(extra: str = "", counted: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The run-time table: the built-in units, and those that `extra` defines in the same syntax.

    `counted` names units of `extra` that take whole numbers only; a multiple of a counted unit needs no mention.
    The result holds plain JSON values: ``units`` (unit → [name, dimension, base, factor, counted, generic]),
    ``surfaces`` (writing → unit) and ``context`` (writing → list of [unit or null, before, after]); a unit goes by its name in
    units.txt, so that another one changes no line but its own.

    Raises CheckerError for a unit or a writing that is defined twice, an unknown unit, a definition pint refuses.
    """
    builtin = read_source("units.txt")
    words = tomllib.loads(read_source("surfaces.toml"))
    names = _names(f"{builtin}\n{extra}")
    registry = read_registry(f"{builtin}\n{extra}")
    derived = {_powers(registry.get_dimensionality(name)): name for name in _derived(f"{builtin}\n{extra}")}

    identifiers = [first for first, *_ in names if not first.startswith("@")]
    own = set(identifiers[: sum(1 for first, *_ in _names(builtin))])
    known = frozenset(identifiers)
    for identifier in sorted(counted - known):
        raise CheckerError(f"没有定义过单位“{identifier}”", code="unknown-unit")

    dimensions = {i: _dimension(_powers(registry.Quantity(1, i).dimensionality), derived) for i in identifiers}
    measured = {d for d in dimensions.values() if any(_matches(d, pattern) for pattern in words["measured"])}
    # A dimension that a user adds is measured unless said otherwise: its figures then stand for wider intervals.
    measured |= {dimensions[i] for i in identifiers if i not in own} - {dimensions[i] for i in own}
    whole = {dimensions[identifier] for identifier in counted}
    generic = set(words["generic"])
    for pattern in (*words["measured"], *words["generic"]):
        if not any(_matches(dimension, pattern) for dimension in dimensions.values()):
            raise CheckerError(f"没有单位属于量纲“{pattern}”", code="unknown-unit")

    bases = {dimensions[i]: i for i in reversed(identifiers) if registry.Quantity(1, i).to_root_units().units == i}
    bases |= words["bases"]
    shown_bases = {dimension: words["names"].get(unit, unit) for dimension, unit in bases.items()}
    units = {}
    for identifier in identifiers:
        dimension = dimensions[identifier]
        base = _in_bases(dimension, bases)
        factor = Fraction(registry.Quantity(Fraction(1), identifier).to(base).magnitude)
        is_counted = dimension in whole or (dimension not in measured and _is_single(dimension))
        shown, base_shown = words["names"].get(identifier, identifier), _in_bases(dimension, shown_bases)
        base_shown = base_shown.replace(" * ", "·").replace(" / ", "/")
        units[identifier] = [shown, dimension, base_shown, str(factor), is_counted, dimension in generic]

    context = {
        surface: [
            [_known(entry["unit"], known) if entry["unit"] else None, entry.get("before", ""), entry.get("after", "")]
            for entry in entries
        ]
        for surface, entries in words["context"].items()
    }
    surfaces = _surfaces(names, words, known, context)
    for surface, after in words["unless"].items():
        if surface not in surfaces or surface in context:
            raise CheckerError(f"[unless] 里的“{surface}”不是单义的单位写法", code="unknown-unit")
        context[surface] = [[None, "", after], [surfaces[surface], "", ""]]
    return {"units": units, "surfaces": surfaces, "context": context}


def _surfaces(
    names: list[list[str]], words: Mapping[str, Any], known: Set[str], context: Mapping[str, list[list[Any]]]
) -> dict[str, str]:
    """Every writing with its unit, longest first; a homograph with its usual one."""
    written: list[tuple[str, str]] = []
    for first, *aliases in names:
        unit = first.removeprefix("@")
        shown = words["names"].get(unit, unit)
        if first == unit and unit not in words["unwritten"] and shown not in context:
            written.append((shown, unit))
        written += [(alias, unit) for alias in aliases]
    written += [(surface, unit) for unit, surfaces in words["surfaces"].items() for surface in surfaces]
    for surface in _duplicates(surface for surface, _ in written):
        raise CheckerError(f"单位写法“{surface}”定义了两次，请删去一处", code="unit-defined-twice")
    table = {surface: _known(unit, known) for surface, unit in written}
    for surface in context:
        if surface in table:
            raise CheckerError(f"单位写法“{surface}”既是一个单位，又列在多义写法里", code="unit-defined-twice")
        table[surface] = _known(words["usual"][surface], known)
    return dict(sorted(table.items(), key=lambda item: (-len(item[0]), item[0])))


def _known(unit: str, known: Set[str]) -> str:
    if unit not in known:
        raise CheckerError(f"没有定义过单位“{unit}”", code="unknown-unit")
    return unit


def _names(definitions: str) -> list[list[str]]:
    """For each unit of a definition text its name and aliases; for ``@alias 千克 = 公斤`` ["@千克", "公斤"]."""
    result = []
    for line in definitions.splitlines():
        fields = [field.strip() for field in line.partition("#")[0].split("=")]
        if len(fields) < 2 or fields[0].startswith("["):
            continue
        if fields[0].startswith("@alias"):
            result.append(["@" + fields[0].removeprefix("@alias").strip(), *fields[1:]])
        else:
            result.append([fields[0], *(field for field in fields[2:] if field not in ("", "_"))])
    return result


def _derived(definitions: str) -> Iterator[str]:
    for line in definitions.splitlines():
        if line.startswith("["):
            yield line.partition("=")[0].strip()


def _duplicates(names: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)


Powers = frozenset[tuple[str, int]]


def _powers(dimensionality: Mapping[str, Any]) -> Powers:
    return frozenset((name, int(power)) for name, power in dimensionality.items())


def _matches(dimension: str, pattern: str) -> bool:
    return dimension.startswith(pattern[:-1]) if pattern.endswith("*") else dimension == pattern


def _is_single(dimension: str) -> bool:
    return dimension.startswith("[") and dimension.find("]") == len(dimension) - 1


def _dimension(powers: Powers, derived: Mapping[Powers, str]) -> str:
    """One stable writing of a dimension: a name where there is one, else a quotient of sorted products."""
    if powers in derived:
        return derived[powers]
    above = _product(frozenset((name, power) for name, power in powers if power > 0), derived)
    below = _product(frozenset((name, -power) for name, power in powers if power < 0), derived)
    if not below:
        return above or "[]"
    return f"{above or '1'} / {below}" if " * " not in below else f"{above or '1'} / ({below})"


def _product(powers: Powers, derived: Mapping[Powers, str]) -> str:
    if powers in derived:
        return derived[powers]
    return " * ".join(name if power == 1 else f"{name} ** {power}" for name, power in sorted(powers))


def _in_bases(dimension: str, bases: Mapping[str, str]) -> str:
    """The base unit of a dimension, as an expression: ``[length] / [time]`` → ``米 / 秒``."""
    return re.sub(r"\[\w+\]", lambda match: bases[match[0]], dimension)
