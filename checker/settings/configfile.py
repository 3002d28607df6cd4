"""A configuration file to checked values: `checker.toml`, or `[tool.checker]` of a pyproject.toml."""

from __future__ import annotations

import codecs
import math
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

from checker.errors import ConfigError, UsageError, nearest
from checker.settings.globs import Glob, glob_of, relative
from checker.settings.origins import Origin, Setting, merged
from checker.settings.publication import Dating, dating_of
from checker.settings.tomllines import line_of
from checker.sources.dateline import parse_date
from checker.sources.messages import Lang

__all__ = ["ConfigFile", "Named", "PerFile", "load_config", "shown_path"]

_LARGEST = 2**20
_LEVELS = ("error", "warning", "info")
_TABLE = ("tool", "checker")


class PerFile(NamedTuple):
    """What holds for some files only."""

    globs: tuple[Glob, ...]
    folder: str
    values: Mapping[str, Setting]

    def fits(self, path: str) -> bool:
        """Whether an absolute path is one of these files."""
        name = relative(path, self.folder)
        return any(glob.fits(name) for glob in self.globs)


class Named(NamedTuple):
    """A rule that a configuration names, and where."""

    rule: str
    path: str
    line: int


class ConfigFile(NamedTuple):
    """A configuration with what it extends: `files` are the paths, the nearest first.

    Of `values` the nearest stands; `per_file` are in the order of their force, the last strongest.
    """

    files: tuple[str, ...]
    values: Mapping[str, Setting]
    per_file: tuple[PerFile, ...]
    names: tuple[Named, ...]


class _Wrong(Exception):
    """A value that does not fit: in Chinese and in English."""

    def __init__(self, chinese: str, english: str, at: str | None = None) -> None:
        super().__init__(english)
        self.said = (chinese, english)
        self.at = at  # the string inside the value that is meant


def shown_path(path: str) -> str:
    """A path as a person here would write it: relative below the working directory, else absolute."""
    name = relative(path, os.getcwd())
    return path if name.startswith("../") else name


def load_config(path: str, lang: Lang, below: tuple[str, ...] = (), met: dict[str, None] | None = None) -> ConfigFile:
    """Read a configuration and all that it extends.

    `below` are the files that led here; `met` is told every file that is looked at, also where it says something wrong.
    Raises ConfigError with file and line.
    """
    real = os.path.realpath(path)
    if met is not None:
        met[path] = None
    text, table, prefix = _table(path, lang)

    def fail(chinese: str, english: str, *keys: str | int, at: str | None = None) -> ConfigError:
        line = line_of(text, [*prefix, *keys], at)
        return ConfigError(f"{shown_path(path)}:{line}: {english if lang == 'en' else chinese}")

    base = None
    if "extend" in table:
        extended = table["extend"]
        if not isinstance(extended, str) or not extended or "\0" in extended:
            raise fail("extend 应为一个文件名", "extend wants the name of a file", "extend")
        target = os.path.join(os.path.dirname(path), extended)
        if os.path.realpath(target) in (*below, real):
            raise fail(f"extend 绕成了圈：{extended}", f"extend goes round in a circle: {extended}", "extend")
        if met is not None:
            met[os.path.abspath(target)] = None
        if not os.path.isfile(target):
            raise fail(f"extend 的文件不存在：{extended}", f"extend: no such file: {extended}", "extend")
        base = load_config(os.path.abspath(target), lang, (*below, real), met)
    folder = os.path.dirname(path)
    names: list[Named] = []

    def values_of(
        rows: Mapping[str, Any], known: Mapping[str, _Parser], kind: str, *above: str | int
    ) -> dict[str, Setting]:
        made: dict[str, Setting] = {}
        for key, value in rows.items():
            if key in ("extend", "per-file", "files") and key not in known:
                allowed = key == "files" if above else key != "files"
                if allowed:
                    continue
            if key not in known:
                raise fail(*_unknown_key(key, known, inside=bool(above)), *above, key)
            try:
                parsed = known[key](value, folder)
            except _Wrong as error:
                chinese, english = error.said
                raise fail(f"{key}：{chinese}", f"{key}: {english}", *above, key, at=error.at) from None
            line = line_of(text, [*prefix, *above, key])
            made[key] = Setting(parsed, Origin(kind, path, line))
            if key in ("select", "ignore", "extend-select"):
                names.extend(Named(name, path, line_of(text, [*prefix, *above, key], name)) for name in parsed)
            elif key == "severity":
                names.extend(Named(name, path, line_of(text, [*prefix, *above, key, name])) for name in parsed)
        return made

    values = values_of(table, _KEYS, "file")
    per_file = []
    rows = table.get("per-file", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise fail(
            "per-file 应为表的列表，写在 [[per-file]] 之下", "per-file wants tables, under [[per-file]]", "per-file"
        )
    for number, row in enumerate(rows):
        above = ("per-file", number)
        if "files" not in row:
            raise fail("per-file 缺少 files", "per-file wants files", *above)
        try:
            globs = _globs(row["files"], folder)
        except _Wrong as error:
            raise fail(f"files：{error.said[0]}", f"files: {error.said[1]}", *above, "files") from None
        per_file.append(PerFile(globs, folder, values_of(row, _PER_FILE_KEYS, "per-file", *above)))
    if base is None:
        return ConfigFile((path,), values, tuple(per_file), tuple(names))
    return ConfigFile(
        (path, *base.files), merged(base.values, values), (*base.per_file, *per_file), (*base.names, *names)
    )


def _table(path: str, lang: Lang) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """The text of a file, the table of settings in it, and the keys that lead there."""
    name = shown_path(path)
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(f"{name}: {'cannot be read' if lang == 'en' else '无法读取'}：{reason}") from None
    if len(data) > _LARGEST:
        raise ConfigError(f"{name}: {'larger than 1 MB' if lang == 'en' else '超过 1 MB，不像配置文件'}")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        said = "is no valid TOML" if lang == "en" else "不是有效的 TOML"
        raise ConfigError(f"{name}{f':{line[1]}' if line else ''}: {said}: {error}") from None
    if os.path.basename(path) != "pyproject.toml":
        return text, table, ()
    own: Any = table
    for key in _TABLE:
        own = own.get(key) if isinstance(own, dict) else None
    if not isinstance(own, dict):
        said = "has no [tool.checker]" if lang == "en" else "里没有 [tool.checker]"
        raise ConfigError(f"{name}: {said}")
    return text, own, _TABLE


def _unknown_key(key: str, known: Iterable[str], inside: bool) -> tuple[str, str]:
    """What to say of a key that means nothing where it stands, in Chinese and in English; `inside` is under per-file."""
    if inside and key in (*_KEYS, "extend"):
        return (
            f"per-file 里不能用“{key}”，请写在最外层；只对一个文件夹生效的，写在那个文件夹自己的 checker.toml 里",
            f"“{key}” cannot stand under per-file; set it at the top, or in a checker.toml of that folder",
        )
    if not inside and key == "tool":
        return (
            "checker.toml 里不写 [tool.checker]，各键直接写在最外层（[tool.checker] 用于 pyproject.toml）",
            "a checker.toml has its keys at the top, without [tool.checker], which is for pyproject.toml",
        )
    near = nearest(key, [*known, *(("files",) if inside else ("extend", "per-file"))])
    hint = ("", "") if near is None else (f"，是不是“{near}”？", f"; did you mean “{near}”?")
    return f"未知的键“{key}”{hint[0]}", f"unknown key “{key}”{hint[1]}"


_Parser = Callable[[object, str], Any]


def _strings(value: object, folder: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise _Wrong("应为字符串的列表", "wants a list of strings")
    return tuple(value)


def _one_of(*choices: str) -> _Parser:
    def parse(value: object, folder: str) -> str:
        if not isinstance(value, str) or value not in choices:
            near = nearest(value, choices) if isinstance(value, str) else None
            hint = ("", "") if near is None else (f"，是不是 {near}？", f"; did you mean {near}?")
            raise _Wrong(f"应为 {'、'.join(choices)} 之一{hint[0]}", f"wants one of {', '.join(choices)}{hint[1]}")
        return value

    return parse


def _flag(value: object, folder: str) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("应为 true 或 false", "wants true or false")
    return value


def _day(value: object, folder: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str):
            return parse_date(value)
    except UsageError:
        pass
    raise _Wrong("应为日期，如 2017-06-09", "wants a date such as 2017-06-09")


def _about(value: object, folder: str) -> Fraction:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1:
        return Fraction(str(value))
    raise _Wrong("应为 0 与 1 之间的数，如 0.1", "wants a number between 0 and 1, such as 0.1")


def _max_chars(value: object, folder: str) -> int:
    if type(value) is int and value >= 0:
        return value
    raise _Wrong("应为整数，0 为没有限度", "wants a whole number; 0 is no limit")


def _seconds(value: object, folder: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf:
        return float(value)
    raise _Wrong("应为秒数，0 为没有期限", "wants a number of seconds; 0 is no deadline")


def _encoding(value: object, folder: str) -> str:
    if isinstance(value, str) and value and "\0" not in value:
        try:
            codecs.lookup(value)
        except LookupError:
            pass
        else:
            return value
    raise _Wrong("应为编码的名称，如 gb18030", "wants the name of an encoding, such as gb18030")


def _file(value: object, folder: str) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise _Wrong("应为文件名", "wants the name of a file")
    return os.path.normpath(os.path.join(folder, value))


def _files(value: object, folder: str) -> tuple[str, ...]:
    found = tuple(_file(entry, folder) for entry in _strings(value, folder))
    for entry, path in zip(_strings(value, folder), found, strict=True):
        if not os.path.isfile(path):
            raise _Wrong(f"文件不存在：{entry}", f"no such file: {entry}", entry)
    return found


def _globs(value: object, folder: str) -> tuple[Glob, ...]:
    made = []
    for entry in _strings(value, folder):
        try:
            made.append(glob_of(entry))
        except re.error as error:
            raise _Wrong(f"“{entry}”不是文件名的模式：{error}", f"“{entry}” is no pattern: {error}", entry) from None
    return tuple(made)


def _severity(value: object, folder: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _Wrong('应写成 { CK301 = "warning" }', 'wants { CK301 = "warning" }')
    for rule, level in value.items():
        if level not in _LEVELS:
            raise _Wrong(f"{rule} 应为 {'、'.join(_LEVELS)} 之一", f"{rule} wants one of {', '.join(_LEVELS)}", rule)
    return dict(value)


def _published_from(value: object, folder: str) -> tuple[Dating, ...]:
    return tuple(_datings(value if isinstance(value, list) else [value]))


def _datings(entries: list[object]) -> Iterator[Dating]:
    for entry in entries:
        pairs = {"path": entry} if isinstance(entry, str) else entry
        if not isinstance(pairs, dict) or not pairs:
            raise _Wrong('应写成 "%Y-%m-%d" 或 { front-matter = "…" }', 'wants "%Y-%m-%d" or { front-matter = "…" }')
        for where, source in pairs.items():
            if where not in ("path", "front-matter") or not isinstance(source, str):
                raise _Wrong(
                    f"应有 path 或 front-matter，而不是 {where}", f"wants path or front-matter, not {where}", where
                )
            try:
                yield dating_of(where, source)
            except ValueError as error:
                raise _Wrong(f"“{source}”：{error}", f"“{source}”: {error}", source) from None


_PER_FILE_KEYS: dict[str, _Parser] = {
    "published": _day, "published-from": _published_from, "about": _about, "select": _strings, "ignore": _strings,
    "extend-select": _strings, "severity": _severity, "encoding": _encoding, "plain-text-comments": _flag,
    "max-chars": _max_chars, "deadline": _seconds,
}  # fmt: skip
_KEYS: dict[str, _Parser] = {
    "lang": _one_of("zh", "en"), **_PER_FILE_KEYS, "rules": _files, "fail-on": _one_of("error", "warning", "info", "never"),
    "exclude": _globs, "baseline": _file,
}  # fmt: skip
