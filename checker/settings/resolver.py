"""What applies to a file: defaults, the nearest configuration, what it says of this file, the command line; the last wins.

A run without any configuration looks for one and imports nothing else.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from checker.config import MAX_CHARS, Config
from checker.errors import ConfigError, UsageError, nearest
from checker.pipeline.checker import Checker
from checker.settings.origins import Origin, Setting, merged
from checker.sources import parse_date

if TYPE_CHECKING:
    from datetime import date

    from checker.document import Document
    from checker.settings.configfile import ConfigFile

__all__ = [
    "NAMES",
    "Resolver",
    "Settings",
    "asking",
    "names_in",
    "nearest_config",
    "unknown_rule",
]

NAMES = ("checker.toml", "pyproject.toml")
_STDIN = "<stdin>"
_BY_DEFAULT: Mapping[str, Any] = {
    "lang": "zh", "published": None, "published-from": (), "about": Fraction(1, 10), "select": (), "extend-select": (),
    "ignore": (), "severity": {}, "rules": (), "fail-on": "error", "encoding": None, "exclude": (), "baseline": None,
    "plain-text-comments": False, "max-chars": MAX_CHARS, "deadline": None,
}  # fmt: skip
_DEFAULTS = {key: Setting(value, Origin("default")) for key, value in _BY_DEFAULT.items()}


class Settings:
    """The values that apply to some files, with their origins, and the configuration files that they come from.

    Never changed once made (no dataclass: making the class takes longer than all else here).
    """

    __slots__ = ("config", "files", "values")

    def __init__(self, values: Mapping[str, Setting], config: Config, files: tuple[str, ...] = ()) -> None:
        self.values, self.config, self.files = values, config, files

    def __getitem__(self, key: str) -> Any:
        return self.values[key].value

    def published(self, path: str, document: Document | None = None) -> date | None:
        """The day of publication that the settings give: without the document from its path, else from its front matter.

        Raises UsageError for what a pattern finds and is no day.
        """
        setting = self.values["published-from"]
        if setting.value and self.values["published"].origin.kind != "option":
            from checker.settings.globs import relative

            name = relative(os.path.abspath(path), os.path.dirname(setting.origin.where))
            for dating in setting.value:
                if (day := dating.day(name, document)) is not None:
                    found: date = day
                    return found
        return None if document is not None else self["published"]

    def dated(self, path: str, read: Callable[[date | None], Document]) -> Document:
        """The document that `read` makes with a day of publication, and that day as the settings give it.

        What a pattern finds and is no day is told by the document's warnings.
        """
        doubt = ""
        try:
            published = self.published(path)
        except UsageError as error:
            published, doubt = self["published"], error.message
        document = read(published)
        try:
            own = self.published(path, document)
        except UsageError as error:
            own, doubt = None, error.message
        if own is not None:
            document = document.replaced(published=own)
        if doubt:
            document = document.replaced(warnings=(*document.warnings, f"published-from: {doubt}"))
        return document


class Resolver:
    """Finds the settings of files, and makes one checker for all files of the same settings.

    Raises ConfigError for a configuration that says something unknown, UsageError for wrong options.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._by_option = _options(options)
        self._by_folder: dict[str, ConfigFile | None] = {}
        self._asked: dict[str, None] = {}  # the folders that were looked through, in order
        self._read: dict[str, None] = {}  # the configurations that were read, also those that say something wrong
        self._made: dict[tuple[object, ...], Settings] = {}
        self._checkers: dict[Config, Checker] = {}
        self._sound: set[tuple[str, ...]] = set()
        self._given: ConfigFile | None = None
        if options.config is not None:
            if not os.path.isfile(options.config):
                said = "no such file" if options.lang == "en" else "配置文件不存在"
                raise ConfigError(f"{options.config}: {said}")
            self._given = self._load(os.path.abspath(options.config))

    def of(self, path: str) -> Settings:
        """The settings of a file; ``-`` is standard input."""
        if path == "-":
            path = self._options.stdin_filename if self._options.stdin_filename != _STDIN else "-"
        path = os.path.abspath(path)
        file = self._config_of(os.path.dirname(path))
        fitting = tuple(i for i, per in enumerate(file.per_file) if per.fits(path)) if file is not None else ()
        key = (None if file is None else file.files, fitting)
        settings = self._made.get(key)
        if settings is None:
            settings = self._made[key] = self._settings(file, fitting)
        return settings

    def checker(self, settings: Settings) -> Checker:
        """The checker for these settings. Raises for a rule that does not exist."""
        checker = self._checkers.get(settings.config)
        if checker is None:
            try:
                checker = Checker(settings.config)
            except UsageError as error:
                if error.code != "unknown-rule":
                    raise
                bare = Config(rules=settings.config.rules, lang=settings.config.lang, plugins=settings.config.plugins)
                self._check_names(settings, Checker(bare))
                raise
            self._checkers[settings.config] = checker
        if settings.files and settings.files not in self._sound:
            self._check_names(settings, checker)
            self._sound.add(settings.files)
        return checker

    def excluded(self, path: str) -> bool:
        """Whether the configuration leaves out this file of a folder."""
        globs = self.of(path)["exclude"]
        if not globs:
            return False
        from checker.settings.globs import relative

        origin = self.of(path).values["exclude"].origin
        name = relative(os.path.abspath(path), os.path.dirname(origin.where))
        return any(glob.fits(name) for glob in globs)

    def sources(self) -> tuple[str, ...]:
        """The files on which depends what was told so far: configurations, rule files and baselines.

        Among them are files that do not exist: a configuration that would be nearer, a baseline that is yet to come.
        """
        found = dict(self._read)
        for folder in self._asked:
            found.update(dict.fromkeys(_candidates(folder)))
        for settings in self._made.values():
            found.update(dict.fromkeys(map(os.fspath, settings["rules"])))
            if settings["baseline"] is not None:
                found[settings["baseline"]] = None
        return tuple(found)

    def _config_of(self, folder: str) -> ConfigFile | None:
        if self._given is not None or self._options.no_config:
            return self._given
        self._asked[folder] = None
        if folder not in self._by_folder:
            path = nearest_config(folder)
            self._by_folder[folder] = None if path is None else self._load(path)
        return self._by_folder[folder]

    def _load(self, path: str) -> ConfigFile:
        from checker.settings.configfile import load_config

        for file in self._by_folder.values():
            if file is not None and file.files[0] == path:
                return file
        return load_config(path, self._options.lang, met=self._read)

    def _settings(self, file: ConfigFile | None, fitting: Sequence[int]) -> Settings:
        given: dict[str, Setting] = {}
        if file is not None:
            given = dict(file.values)
            for i in fitting:
                given = merged(given, file.per_file[i].values)
        asked = self._by_option
        if "select" in asked:  # who names rules wants these, whatever the configuration says of others
            for key in ("extend-select", "ignore"):
                given.pop(key, None)
        elif "extend-select" in asked and "ignore" in given:
            wanted = asked["extend-select"].value
            ignore = given["ignore"]
            given["ignore"] = ignore._replace(value=tuple(name for name in ignore.value if name not in wanted))
        values = merged(_DEFAULTS, merged(given, asked))
        config = Config(
            rules=values["rules"].value, lang=values["lang"].value, select=values["select"].value,
            ignore=values["ignore"].value, about=values["about"].value, plugins=self._options.plugins,
            extend_select=values["extend-select"].value, severity=values["severity"].value,
            plain_text_comments=values["plain-text-comments"].value, max_chars=values["max-chars"].value or None,
            deadline=values["deadline"].value or None,
        )  # fmt: skip
        return Settings(values, config, () if file is None else file.files)

    def _check_names(self, settings: Settings, checker: Checker) -> None:
        """That every rule that the configuration or an option names exists."""
        known, lang = checker.names, self._options.lang
        for file in (*self._by_folder.values(), self._given):
            if file is not None and file.files == settings.files:
                from checker.settings.configfile import shown_path

                for named in file.names:
                    if named.rule not in known:
                        where = f"{shown_path(named.path)}:{named.line}: "
                        raise ConfigError(where + unknown_rule(named.rule, list(known), lang))
        for key in ("select", "extend-select", "ignore", "severity"):
            for name in self._by_option[key].value if key in self._by_option else ():
                if name not in known:
                    raise UsageError(unknown_rule(name, list(known), lang), code="unknown-rule")


def nearest_config(folder: str) -> str | None:
    """The configuration that holds in a folder: of the nearest folder above that has one; `checker.toml` goes first."""
    for path in _candidates(folder):
        if os.path.isfile(path) and (os.path.basename(path) == NAMES[0] or _has_table(path)):
            return path
    return None


def _candidates(folder: str) -> Iterator[str]:
    """Where the configuration of a folder may be, the nearest place first."""
    while True:
        for name in NAMES:
            yield os.path.join(folder, name)
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def asking(**said: object) -> argparse.Namespace:
    """The options of a command line that says only `said`, for those who have settings and no such command line."""
    options = argparse.Namespace(
        lang="zh", lang_from="default", config=None, no_config=False, stdin_filename=_STDIN, plugins=True, rules=[], select=[],
        extend_select=[], ignore=[], severity=[], fail_on=None, encoding=None, baseline=None, published=None, max_chars=None, deadline=None,
    )  # fmt: skip
    vars(options).update(said)
    return options


def names_in(written: Sequence[str]) -> tuple[str, ...]:
    """The names in options that each hold several, separated by commas."""
    return tuple(name.strip() for text in written for name in text.split(",") if name.strip())


def unknown_rule(name: str, known: Sequence[str], lang: str) -> str:
    """What to say of a rule that does not exist, with the nearest spelling where there is one."""
    near = nearest(name, known)
    if lang == "en":
        hint = f"; did you mean “{near}”?" if near else "; `checker rules` lists them"
        return f"there is no rule “{name}”{hint}"
    hint = f"，是不是“{near}”？" if near else "；`checker rules` 列出全部规则"
    return f"没有规则“{name}”{hint}"


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml has [tool.checker]; one that is broken is somebody else's to mend."""
    try:
        with open(path, "rb") as file:
            data = file.read(2**20)
        if b"checker" not in data:
            return False
        import tomllib

        tool = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(tool, dict) and isinstance(tool.get("checker"), dict)


def _options(options: argparse.Namespace) -> dict[str, Setting]:
    """What the command line and the environment say."""
    found: dict[str, Setting] = {}

    def put(key: str, value: object) -> None:
        found[key] = Setting(value, Origin("option", f"--{key}"))

    if options.lang_from != "default":
        found["lang"] = Setting(options.lang, Origin(*options.lang_from.split(":")))
    for key in ("select", "extend-select", "ignore"):
        if names := names_in(getattr(options, key.replace("-", "_"))):
            put(key, names)
    if options.severity:
        put("severity", _severities(options.severity, options.lang))
    if options.rules:
        put("rules", tuple(options.rules))
    for key in ("fail-on", "encoding", "baseline", "max-chars", "deadline"):
        if (value := getattr(options, key.replace("-", "_"), None)) is not None:
            put(key, value)
    if options.published is not None:
        put("published", parse_date(options.published, options.lang))
    return found


def _severities(written: Sequence[str], lang: str) -> dict[str, str]:
    levels: dict[str, str] = {}
    for pair in names_in(written):
        rule, _, level = pair.partition("=")
        if level not in ("error", "warning", "info"):
            raise UsageError(
                f"--severity wants RULE=error, warning or info, not “{pair}”"
                if lang == "en"
                else f"--severity 应写成 规则=error、warning 或 info，而不是“{pair}”"
            )
        levels[rule] = level
    return levels
