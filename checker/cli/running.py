"""What `check` and `figures` share: the checker that the options ask for, and its results file by file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from checker.checking import Checker
from checker.cli.settings import Resolver, Settings
from checker.config import Config
from checker.errors import CheckerError, ConfigError, UsageError
from checker.report.jsonout import Problem
from checker.report.stream import SafeStream, printable
from checker.result import InternalError, Result
from checker.sources import discover, read_document
from checker.sources.discovery import Found

if TYPE_CHECKING:
    from datetime import date

    from checker.baseline import Baseline, Recorder
    from checker.cli.fixing import Fixer
    from checker.cli.progress import Advance
    from checker.document import Document
    from checker.relations import RelationRule
    from checker.rules.model import Rule
    from checker.sources.messages import Lang
    from checker.stopwatch import Stopwatch

__all__ = ["Run", "chosen_checker", "complain", "complain_of_plugins", "found_files", "said_of", "write_bytes"]

MANY_FILES = 20
_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


class Run:
    """One run over the paths of the command line.

    `results` gives one result after the other; what could not be checked goes to standard error as it is met and into
    `problems`. `written` are the files that reports go to, which are never checked; `watch` is told how long things take;
    `fixer` mends each text that was checked, and gives the result that counts.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        *,
        written: Sequence[str] = (),
        watch: Stopwatch | None = None,
        baselines: bool = True,
        fixer: Fixer | None = None,
    ) -> None:
        self._options = options
        self._watch = watch
        self._fixer = fixer
        self.settings = Resolver(options)
        self._files = list(found_files(options, self.settings, frozenset(map(os.path.realpath, written))))
        # What is wrong with a configuration is said before the first file is checked.
        checked = [self.settings.of(path) for path, error in self._files if error is None] or [self.settings.of("-")]
        self.checkers = tuple(dict.fromkeys(map(self.settings.checker, dict.fromkeys(checked))))
        complain_of_plugins(self.checkers, options.lang)
        self._uses_baselines = baselines
        self._baselines: dict[str, Baseline] = {}
        self.recorder = _recorder(options) if getattr(options, "write_baseline", None) is not None else None
        self.loud = False  # whether a finding weighs enough to fail
        self.problems: list[Problem] = []
        machine = options.format not in ("text", "concise", "table")
        self.shows_progress = (
            len(self._files) >= MANY_FILES
            and not options.no_progress
            and not options.quiet
            and sys.stderr.isatty()
            and not (machine and sys.stdout.isatty())
        )

    @property
    def rules(self) -> tuple[Rule | RelationRule, ...]:
        """The rules in force."""
        rules = (rule for checker in self.checkers for rule in checker.rules)
        return tuple({rule.id: rule for rule in rules}.values())

    def results(self) -> Iterator[Result]:
        """The results in the order of the files."""
        with self._progress() as advance:
            for path, error in self._files:
                result = None
                if error is None:
                    result = self._checked(path)
                else:
                    self._problem(path, error)
                if advance is not None:
                    advance(path)
                if result is not None:
                    yield result

    def _progress(self) -> AbstractContextManager[Advance | None]:
        if not self.shows_progress:
            return nullcontext()
        from checker.cli.progress import progress_bar

        return progress_bar(len(self._files))

    def _checked(self, path: str) -> Result | None:
        options = self._options
        data = None
        watch = self._watch
        if watch is not None:
            watch.start()
        settings = self.settings.of(path)
        try:
            if path == "-":
                path, data = options.stdin_filename, sys.stdin.buffer.read()
            document = self._read(path, settings, data)
            checker = self.settings.checker(settings)
            if watch is None:
                result = checker.check_document(document)
            else:
                watch.stage("source")
                result = checker.check_document(document, watch=watch)
            result = self._without_baseline(result, settings)
            if self._fixer is not None:
                result = self._mended(self._fixer, path, settings, data, result)
            least = _RANK[settings["fail-on"]]
            self.loud = self.loud or any(_RANK[finding.severity] >= least for finding in result.findings)
        except CheckerError as error:
            self._problem(path, error)
            return None
        except Exception as error:  # one file that breaks the engine must not hide the others
            said = f"内部错误：{error!r}" if options.lang == "zh" else f"internal error: {error!r}"
            self._problem(path, CheckerError(said, code="internal"))
            return None
        if not options.quiet:
            for warning in result.document.warnings:
                complain(warning, path, kind="警告" if options.lang == "zh" else "warning")
        for crash in result.errors:
            said = said_of(crash, options.lang)
            self.problems.append(Problem(path, crash.code, said, crash.rule))
            if crash.code != "plugin-broken":  # said once, when the checker was made
                complain(said, path)
        return result

    def _read(self, path: str, settings: Settings, data: bytes | None) -> Document:
        """The document with the day of publication that the settings give it."""

        def read(published: date | None) -> Document:
            return read_document(
                path, settings["encoding"], published, data=data, lang=self._options.lang,
                line_remarks=settings["plain-text-comments"],
            )  # fmt: skip

        return settings.dated(path, read)

    def _mended(self, fixer: Fixer, path: str, settings: Settings, data: bytes | None, result: Result) -> Result:
        """The result after the changes of the text; a file that cannot be changed keeps its result."""
        name = result.document.path

        def recheck(changed: bytes) -> Result:
            return self.settings.checker(settings).check_document(self._read(name, settings, changed))

        try:
            return fixer.mended(path, data, settings["encoding"], result, recheck)
        except CheckerError as error:
            self._problem(name, error)
            return result

    def _without_baseline(self, result: Result, settings: Settings) -> Result:
        baseline = self._baseline(settings)
        if self.recorder is not None:
            result = self.recorder.applied(result)
        elif baseline is not None:
            ran = {rule.id for rule in self.settings.checker(settings).rules}
            result = baseline.applied(result, frozenset(ran - {error.rule for error in result.errors}))
        return result

    def _baseline(self, settings: Settings) -> Baseline | None:
        path = settings["baseline"]
        if path is None or not self._uses_baselines or self.recorder is not None:
            return None
        if path not in self._baselines:
            self._baselines[path] = open_baseline(path, settings, self._options.lang)
        return self._baselines[path]

    @property
    def baselines(self) -> tuple[Baseline, ...]:
        """The baselines that were applied."""
        return tuple(self._baselines.values())

    def _problem(self, path: str, error: CheckerError) -> None:
        self.problems.append(Problem(path, error.code, error.message))
        complain(error.message, path)


def chosen_checker(options: argparse.Namespace) -> Checker:
    """A checker for what reads no file of its own: the rules that there are, built in and of the options' own files."""
    checker = Checker(Config(rules=tuple(options.rules), lang=options.lang, plugins=options.plugins))
    complain_of_plugins([checker], options.lang)
    return checker


def complain_of_plugins(checkers: Iterable[Checker], lang: str) -> None:
    """Say which plugins cannot be used, each once."""
    for broken in dict.fromkeys(error for checker in checkers for error in checker.plugin_errors):
        complain(said_of(broken, lang))


def said_of(error: InternalError, lang: str) -> str:
    """What to say of a rule that crashed, or of a plugin that cannot be used."""
    if error.code == "plugin-broken":
        return (
            f"插件 {error.rule} 无法使用：{error.message}"
            if lang == "zh"
            else f"plugin {error.rule} cannot be used: {error.message}"
        )
    return (
        f"规则 {error.rule} 内部错误：{error.message}"
        if lang == "zh"
        else f"internal error in rule {error.rule}: {error.message}"
    )


def complain(text: str, path: str | None = None, kind: str | None = None) -> None:
    """A line on standard error: ``checker: PATH: message``."""
    parts = ["checker", *([printable(path)] if path is not None else []), *([kind] if kind else []), printable(text)]
    SafeStream(sys.stderr).write(": ".join(parts) + "\n")
    sys.stderr.flush()


def write_bytes(pieces: Iterator[bytes]) -> None:
    """Machine formats are UTF-8 whatever the terminal is."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def _recorder(options: argparse.Namespace) -> Recorder:
    from checker.baseline import Recorder, read_entries

    if options.baseline is not None or options.prune_baseline:
        raise UsageError(
            "--write-baseline does not go with --baseline and --prune-baseline"
            if options.lang == "en"
            else "--write-baseline 不能与 --baseline、--prune-baseline 同用"
        )
    path = options.write_baseline
    return Recorder(path, read_entries(path, options.lang) if os.path.exists(path) else ())


def open_baseline(path: str, settings: Settings, lang: str) -> Baseline:
    """A baseline file, to be applied. One that only the configuration names need not exist yet."""
    from checker.baseline import Baseline, read_entries

    if not os.path.exists(path):
        if settings.values["baseline"].origin.kind == "option":
            raise ConfigError(f"{path}: " + ("no such baseline" if lang == "en" else "基线文件不存在"))
        return Baseline(path, ())
    return Baseline(path, read_entries(path, lang))


def found_files(
    options: argparse.Namespace, settings: Resolver, written: frozenset[str] = frozenset()
) -> Iterator[Found]:
    """The files in the order of the command line, those of folders as far as the configuration does not leave them out.

    Standard input comes once, where it is first named. A report of an earlier run that lies in a folder is no text to
    check, and `written` names those of this run. Raises UsageError for one that is itself named as a text: it would be lost.
    """
    seen = set()
    for path in options.paths:
        if path != "-" and os.path.realpath(path) in written:
            raise UsageError(
                f"{path} cannot be both a text to check and --output"
                if options.lang == "en"
                else f"{path} 不能既是要检查的文件，又是 --output"
            )
        for found in [Found("-")] if path == "-" else _discovered(path, settings, options.lang):
            name = os.path.normpath(found.path)
            if name not in seen and not (written and os.path.realpath(name) in written):
                seen.add(name)
                yield found


def _discovered(path: str, settings: Resolver, lang: Lang) -> Iterator[Found]:
    if not os.path.isdir(path):
        yield from discover([path], lang)
        return
    found = list(discover([path], lang))
    wanted = [each for each in found if each.error is not None or not settings.excluded(each.path)]
    if not wanted:
        said = (
            f"the configuration leaves out all {len(found)} texts of the folder"
            if lang == "en"
            else f"文件夹里的 {len(found)} 个文本都被配置里的 exclude 排除"
        )
        yield Found(path, UsageError(said, code="no-texts"))
    yield from wanted
