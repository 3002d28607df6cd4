"""`checker config`: what applies to a file, and where each value comes from."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from fractions import Fraction
from typing import Any

from checker.cli.running import found_files
from checker.cli.streams import complain, write_bytes
from checker.errors import UsageError
from checker.report.jsonout import dump
from checker.report.stream import SafeStream, printable
from checker.settings.origins import Origin, Setting
from checker.settings.resolver import Resolver, Settings

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Show the settings of each file; 2 where a path leads to none, else 0."""
    resolver = Resolver(options)
    files, missing = [], False
    for path, error in found_files(options, resolver):
        if error is None:
            files.append((path, _dated(path, resolver.of(path))))
        else:
            complain(error.message, path)
            missing = True
    for settings in {id(settings.config): settings for _, settings in files}.values():
        resolver.checker(settings)  # names of rules are looked at here
    if options.format == "json":
        answer = {"schema_version": 1, "files": [_json(path, settings) for path, settings in files]}
        write_bytes(iter([dump(answer), b"\n"]))
    else:
        out = SafeStream(sys.stdout)
        for path, settings in files:
            out.write(_text(path, settings, options.lang))
    return 2 if missing else 0


def _dated(path: str, settings: Settings) -> Settings:
    """The settings with the day of publication that `published-from` finds in the path; what is no day is told.

    Texts are not read here, so that a day in the front matter does not show.
    """
    try:
        day = settings.published(path)
    except UsageError as error:
        complain(f"published-from: {error.message}", path)
        return settings
    if day == settings["published"]:
        return settings
    found = Setting(day, settings.values["published-from"].origin)
    return Settings({**settings.values, "published": found}, settings.config, settings.files)


def _json(path: str, settings: Settings) -> dict[str, Any]:
    return {
        "path": path,
        "config": settings.files[0] if settings.files else None,
        "extends": list(settings.files[1:]),
        "settings": {
            key: {"value": _plain(setting.value), "origin": setting.origin._asdict()}
            for key, setting in settings.values.items()
        },
    }


def _text(path: str, settings: Settings, lang: str) -> str:
    none = "no configuration" if lang == "en" else "没有配置文件"
    lines = [f"{printable(path)}  ({' → '.join(map(printable, map(_shown, settings.files))) or none})"]
    for key, setting in settings.values.items():
        value = _plain(setting.value)
        shown = dump(value).decode() if value not in (None, [], {}) else "-"
        lines.append(f"  {key:<20} {printable(shown)}  [{printable(_said(setting.origin, lang))}]")
    return "\n".join(lines) + "\n\n"


def _said(origin: Origin, lang: str) -> str:
    if origin.kind == "default":
        return "default" if lang == "en" else "默认"
    if origin.kind in ("file", "per-file"):
        inside = " per-file" if origin.kind == "per-file" else ""
        return f"{_shown(origin.where)}:{origin.line}{inside}"
    return origin.where


def _shown(path: str) -> str:
    from checker.settings.configfile import shown_path

    return shown_path(path)


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if hasattr(value, "where"):  # a pattern of published-from
        return {value.where: value.source}
    if hasattr(value, "source"):  # a glob
        return value.source
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value
