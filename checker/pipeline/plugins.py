"""Rules of other packages, found by the entry points of the group `checker.rules` (``docs/extending.md``)."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, NamedTuple

from checker.checks import RELATIONS, Check, Outcome, Severity
from checker.findings.result import InternalError
from checker.patterns import pattern
from checker.reading import Reading
from checker.relations import RelationRule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "Plugins", "admitted", "installed_plugins", "require_sound"]

GROUP = "checker.rules"
_SECTION = f"[{GROUP}]".encode()
_METADATA = (".dist-info", ".egg-info")
_ID = pattern(r"[A-Z]{2,8}[0-9]{3,4}")
_SLUG = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_OUTCOMES: tuple[Outcome, ...] = ("holds", "holds-rounded", "holds-truncated", "fails", "undecided")


class Plugins(NamedTuple):
    """The rules of each entry point that could be loaded, under its name, and what is wrong with the others."""

    rules: tuple[tuple[str, tuple[RelationRule, ...]], ...] = ()
    errors: tuple[InternalError, ...] = ()


def installed_plugins() -> Plugins:
    """The plugins of the packages on `sys.path`, by name of package and entry point; loaded once for each path."""
    return _plugins(tuple(sys.path))


def admitted(plugins: Plugins, known: Collection[str]) -> Plugins:
    """The plugins without those that take the id or slug of a rule that there is: in `known`, or of a plugin before it."""
    taken = set(known)
    kept: list[tuple[str, tuple[RelationRule, ...]]] = []
    errors = list(plugins.errors)
    for name, rules in plugins.rules:
        names = [own for rule in rules for own in (rule.id, rule.slug)]
        clash = next((own for at, own in enumerate(names) if own in taken or own in names[:at]), None)
        if clash is None:
            taken.update(names)
            kept.append((name, rules))
        else:
            errors.append(_broken(name, f"规则 {clash} 已经存在"))
    return Plugins(tuple(kept), tuple(errors))


def require_sound(check: object, reading: Reading) -> None:
    """Raise ValueError for a check of a plugin that would break what comes after it."""
    if not isinstance(check, Check):
        raise ValueError(f"应给出 Check，给的是 {type(check).__name__}")
    if check.relation not in RELATIONS or check.outcome not in _OUTCOMES or check.severity not in _SEVERITIES:
        raise ValueError(f"关系、结果或级别不在列表里：{check.relation}、{check.outcome}、{check.severity}")
    length = len(reading.document.text)
    spans = [(check.start, check.end)]
    for operand in check.operands:
        if operand.quantity is None:
            spans.append((-1 if operand.start is None else operand.start, -1 if operand.end is None else operand.end))
        elif not 0 <= operand.quantity < len(reading.quantities):
            raise ValueError(f"没有编号为 {operand.quantity} 的数字")
    for start, end in spans:
        if not 0 <= start <= end <= length:
            raise ValueError(f"位置 {start}–{end} 不在正文之内")


@lru_cache(maxsize=8)
def _plugins(path: tuple[str, ...]) -> Plugins:
    if not _any_declared(path):
        return Plugins()
    from importlib.metadata import entry_points  # 30 ms, so only where there is something to find

    found = sorted(entry_points(group=GROUP), key=lambda point: (_package(point), point.name, point.value))
    rules: list[tuple[str, tuple[RelationRule, ...]]] = []
    errors: list[InternalError] = []
    for point in found:
        name = f"{_package(point)}:{point.name}"
        try:
            rules.append((name, tuple(_checked(point.load()))))
        except (Exception, SystemExit) as error:  # whatever a module does when it is imported, the other rules go on
            errors.append(_broken(name, f"{type(error).__name__}: {error}"))
    return Plugins(tuple(rules), tuple(errors))


def _any_declared(path: Iterable[str]) -> bool:
    """Whether some package on the path may declare an entry point of the group; a look at file names, mostly.

    What is no plain folder (a zip file, an importer with packages of its own) is not looked into: it may.
    """
    if any(hasattr(finder, "find_distributions") for finder in sys.meta_path if finder is not PathFinder):
        return True
    return any(os.path.isfile(folder) or any(map(_declares, _metadata(folder or "."))) for folder in path)


def _metadata(folder: str) -> Iterator[str]:
    """The files of entry points that a folder of packages may hold."""
    try:
        names = os.listdir(folder)
    except OSError:  # sys.path may name what does not exist
        return
    for name in names:
        if name.lower().endswith(_METADATA) or name == "EGG-INFO":
            yield os.path.join(folder, name, "entry_points.txt")


def _declares(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return _SECTION in file.read()
    except OSError:  # most packages have none
        return False


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "?"


def _checked(loaded: object) -> Iterator[RelationRule]:
    """The rules that an entry point has loaded. Raises ValueError for what is none."""
    rules = (loaded,) if isinstance(loaded, RelationRule) or not isinstance(loaded, Iterable) else loaded
    for rule in rules:
        if not isinstance(rule, RelationRule):
            raise ValueError(f"应为 RelationRule 或由它组成的列表，却有 {type(rule).__name__}")
        if not _ID.fullmatch(rule.id) or not _SLUG.fullmatch(rule.slug):
            raise ValueError(f"规则 {rule.id}（{rule.slug}）：id 应为大写字母加数字，slug 应为小写字母、数字和连字符")
        if rule.relation not in RELATIONS or rule.severity not in _SEVERITIES:
            raise ValueError(f"规则 {rule.id}：关系或级别不在列表里：{rule.relation}、{rule.severity}")
        yield rule._replace(builtin=False)


def _broken(name: str, why: str) -> InternalError:
    return InternalError(name, why, code="plugin-broken")
