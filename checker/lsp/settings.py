"""What an editor may choose, and what a configuration file says beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from checker.config import Config
from checker.errors import UsageError
from checker.sources import parse_date
from checker.sources.messages import Lang

__all__ = ["CONFIGURATION_FILES", "Applied", "Settings", "applied", "merged"]

CONFIGURATION_FILES = ("checker.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of one text. `debounce` is how long the server waits after a change, in seconds."""

    lang: Lang = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    published: str | None = None
    rules: tuple[str, ...] = ()
    plugins: bool = True
    debounce: float = 0.08

    @property
    def config(self) -> Config:
        return Config(
            rules=self.rules, lang=self.lang, select=self.select, ignore=self.ignore, plugins=self.plugins
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
            changes[name] = value
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


class Applied(NamedTuple):
    """What holds for one file: how it is checked, and its day of publication where that is given."""

    config: Config
    published: date | str | None = None


def applied(path: str, settings: Settings) -> Applied:
    """What holds for the file at `path`: the client's settings over those of a configuration file.

    The one place where files of configuration come in; called in the thread that checks, and again after each change of a file
    of `CONFIGURATION_FILES`. Raises CheckerError for a configuration that cannot be used.
    """
    return Applied(settings.config, settings.published)


def _wrong(name: str, lang: Lang) -> UsageError:
    names = "lang, select, ignore, published, rules, plugins, debounce"
    return UsageError(
        f"设置“{name}”不对；可以设置的有 {names}"
        if lang == "zh"
        else f"the setting “{name}” is wrong; there are {names}"
    )
