"""Values of settings with where they come from, and one layer of them over another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Origin", "Setting", "merged"]


class Origin(NamedTuple):
    """Where a value comes from: ``file``, ``per-file``, ``option``, ``environment`` or ``default``.

    `where` is the file, the option or the variable; `line` counts from 1.
    """

    kind: str
    where: str = ""
    line: int | None = None


class Setting(NamedTuple):
    """A value with its origin."""

    value: Any
    origin: Origin


def merged(weaker: Mapping[str, Setting], stronger: Mapping[str, Setting]) -> dict[str, Setting]:
    """Two layers as one: the stronger value stands, but own rule files add up, and severities rule by rule."""
    made = dict(weaker)
    for key, setting in stronger.items():
        before = made.get(key)
        if before is not None and key == "rules":
            setting = setting._replace(value=(*before.value, *setting.value))
        elif before is not None and key == "severity":
            kept = {rule: level for rule, level in before.value.items() if rule not in setting.value}
            setting = setting._replace(value=kept | setting.value)
        made[key] = setting
    return made
