"""What an editor may choose; it goes before what a configuration says, as the options of a command line do."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from checker.errors import UsageError
from checker.settings.resolver import asking
from checker.sources import parse_date
from checker.sources.messages import Lang

__all__ = ["Settings", "merged"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line of the server and the editor choose.

    `lang_from` is where the language comes from, as the command line says it; only one that is chosen goes before that of a
    configuration. `config` is the one configuration for all texts, and with `no_config` there is none. `debounce` is how long
    the server waits after a change, in seconds.
    """

    lang: Lang = "zh"
    lang_from: str = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    published: str | None = None
    rules: tuple[str, ...] = ()
    plugins: bool = True
    config: str | None = None
    no_config: bool = False
    debounce: float = 0.08

    @property
    def options(self) -> argparse.Namespace:
        """The same as options of a command line."""
        return asking(
            lang=self.lang, lang_from=self.lang_from, rules=list(self.rules), plugins=self.plugins, config=self.config,
            no_config=self.no_config, select=list(self.select), ignore=list(self.ignore), published=self.published,
        )  # fmt: skip


def merged(settings: Settings, given: object) -> Settings:
    """`settings` with what a client gives over them, itself or under the name ``checker``.

    Raises UsageError for what is no such option.

    >>> merged(Settings(), {"checker": {"lang": "en"}}).lang
    'en'
    """
    if isinstance(given, Mapping) and isinstance(given.get("checker"), Mapping):
        given = given["checker"]
    if given is None:
        return settings
    if not isinstance(given, Mapping):
        raise _wrong("checker", settings.lang)
    changes: dict[str, Any] = {}
    for name, value in given.items():
        if name in ("select", "ignore", "rules"):
            if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
                raise _wrong(name, settings.lang)
            changes[name] = tuple(value)
        elif name == "lang" and value in ("zh", "en"):
            changes |= {"lang": value, "lang_from": "option:lang"}
        elif name == "published" and (value is None or isinstance(value, str)):
            changes[name] = value or None
            if value:
                parse_date(value, settings.lang)
        elif name == "plugins" and isinstance(value, bool):
            changes[name] = value
        elif name == "debounce" and isinstance(value, int | float) and 0 <= value <= 10_000:
            changes[name] = value / 1000
        else:
            raise _wrong(name, settings.lang)
    return replace(settings, **changes)


def _wrong(name: str, lang: Lang) -> UsageError:
    names = "lang, select, ignore, published, rules, plugins, debounce"
    return UsageError(
        f"设置“{name}”不对；可以设置的有 {names}"
        if lang == "zh"
        else f"the setting “{name}” is wrong; there are {names}"
    )
