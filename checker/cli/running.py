"""What `check` and `figures` share: the checker that the options ask for, and its results file by file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from checker.cli.streams import complain
from checker.config import Config
from checker.errors import CheckerError, ConfigError, UsageError
from checker.findings.result import Result
from checker.pipeline.checker import Checker
from checker.report.problems import said_of, said_of_deadline
from checker.report.writers import Problem
from checker.settings.resolver import Resolver, Settings
from checker.sources import discover, read_all, read_document
from checker.sources.discovery import Found

if TYPE_CHECKING:
    from datetime import date

    from checker.checks import Severity
    from checker.cli.fixing import Fixer
    from checker.cli.progress import Advance
    from checker.document import Document
    from checker.findings.baseline import Baseline, Recorder, Settled
    from checker.pipeline.stopwatch import Stopwatch
    from checker.relations import AnyRule
    from checker.sources.messages import Lang

__all__ = [
    "FileChecker",
    "Notes",
    "Run",
    "chosen_checker",
    "complain_of_plugins",
    "found_files",
    "internal",
    "is_loud",
    "problem_of",
]

MANY_FILES = 20
_Answer = TypeVar("_Answer")
_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


class Notes(NamedTuple):
    """What there is to tell of one file besides its figures and findings.

    `path` is its name in reports; `loud` is whether a finding weighs enough to fail; `settled` is what the file has shown of
    a baseline.
    """

    path: str
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    loud: bool = False
    settled: Settled | None = None


class FileChecker:
    """Checks files as the options ask, each for itself: nothing of one file is kept for the next.

    So a copy in another process, which is made from the same options, gives the same answers. `watch` is told how long
    things take; `fixer` mends each text that was checked, and gives the result that counts. A checker with either has no copies.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        *,
        watch: Stopwatch | None = None,
        baselines: bool = True,
        fixer: Fixer | None = None,
    ) -> None:
        self.options = options
        self.settings = Resolver(options)
        self._watch = watch
        self._fixer = fixer
        self._uses_baselines = baselines
        self._baselines: dict[str, Baseline] = {}
        self.recorder = _recorder(options) if getattr(options, "write_baseline", None) is not None else None

    def __reduce__(self) -> tuple[object, ...]:
        return FileChecker, (self.options,)

    def checked(self, path: str, data: bytes | None = None) -> tuple[Notes, Result | None]:
        """What checking a file comes to, and what is to be told of it; ``-`` is standard input.

        `data` is what the file holds, where that is known.
        """
        options = self.options
        watch = self._watch
        if watch is not None:
            watch.start()
        settings = self.settings.of(path)
        problems: list[Problem] = []
        try:
            if path == "-":
                path, data = options.stdin_filename, read_all(sys.stdin.buffer, options.lang)
            document = self._read(path, settings, data)
            checker = self.settings.checker(settings)
            if watch is None:
                result = checker.check_document(document)
            else:
                watch.stage("source")
                result = checker.check_document(document, watch=watch)
            settled = None
            if (ledger := self.ledger(settings)) is not None:
                ran = {rule.id for rule in checker.rules}
                whole = ran - {error.rule for error in result.errors} - {*result.unfinished}
                result, settled = ledger.applied(result, frozenset(whole))
            if self._fixer is not None and not result.incomplete:  # what was not reached might speak against a change
                result = self._mended(self._fixer, path, settings, data, result, problems)
        except CheckerError as error:
            return Notes(path, problems=(problem_of(path, error),)), None
        except Exception as error:  # one file that breaks the engine must not hide the others
            return Notes(path, problems=(internal(path, error, options.lang),)), None
        problems += (Problem(path, crash.code, said_of(crash, options.lang), crash.rule) for crash in result.errors)
        if result.incomplete:
            said = said_of_deadline(result, checker.config.deadline, options.lang)
            problems.append(Problem(path, "deadline", said))
        loud = is_loud((finding.severity for finding in result.findings), settings)
        return Notes(path, result.document.warnings, tuple(problems), loud, settled), result

    def ledger(self, settings: Settings) -> Baseline | Recorder | None:
        """The baseline that applies, or the one that is being made. Raises CheckerError where it cannot be read."""
        path = settings["baseline"]
        if self.recorder is not None or path is None or not self._uses_baselines:
            return self.recorder
        if path not in self._baselines:
            self._baselines[path] = open_baseline(path, settings, self.options.lang)
        return self._baselines[path]

    def take(self, settled: Settled, path: str) -> None:
        """Note what a file has shown of its baseline, here or in another process."""
        ledger = self.recorder or self._baselines.get(settled.baseline) or self.ledger(self.settings.of(path))
        assert ledger is not None  # else nothing could have been settled
        ledger.take(settled)

    def _read(self, path: str, settings: Settings, data: bytes | None) -> Document:
        """The document with the day of publication that the settings give it."""

        def read(published: date | None) -> Document:
            return read_document(
                path, settings["encoding"], published, data=data, lang=self.options.lang,
                line_remarks=settings["plain-text-comments"], max_chars=settings.config.max_chars,
            )  # fmt: skip

        return settings.dated(path, read)

    def _mended(
        self, fixer: Fixer, path: str, settings: Settings, data: bytes | None, result: Result, problems: list[Problem]
    ) -> Result:
        """The result after the changes of the text; a file that cannot be changed keeps its result, and is a problem."""
        name = result.document.path

        def recheck(changed: bytes) -> Result:
            return self.settings.checker(settings).check_document(self._read(name, settings, changed))

        try:
            return fixer.mended(path, data, settings["encoding"], result, recheck)
        except CheckerError as error:
            problems.append(problem_of(name, error))
            return result


class Run:
    """One run over the paths of the command line.

    What could not be checked goes to standard error as it is met and into `problems`. `written` are the files that reports
    go to, which are never checked. The other arguments are those of `FileChecker`.
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
        self.files = FileChecker(options, watch=watch, baselines=baselines, fixer=fixer)
        self.settings = self.files.settings
        self._found = list(found_files(options, self.settings, frozenset(map(os.path.realpath, written))))
        # What is wrong with a configuration is said before the first file is checked.
        self._settings = tuple(dict.fromkeys(map(self.settings.of, self.paths)))
        checkers = map(self.settings.checker, self._settings or [self.settings.of("-")])
        self.checkers = tuple(dict.fromkeys(checkers))
        complain_of_plugins(self.checkers, options.lang)
        self.loud = False  # whether a finding weighs enough to fail
        self.problems: list[Problem] = []
        machine = options.format not in ("text", "concise", "table")
        self.shows_progress = (
            len(self._found) >= MANY_FILES
            and not options.no_progress
            and not options.quiet
            and sys.stderr.isatty()
            and not (machine and sys.stdout.isatty())
        )

    @property
    def paths(self) -> list[str]:
        """The files to check, in their order."""
        return [path for path, error in self._found if error is None]

    @property
    def rules(self) -> tuple[AnyRule, ...]:
        """The rules in force."""
        rules = (rule for checker in self.checkers for rule in checker.rules)
        return tuple({rule.id: rule for rule in rules}.values())

    @property
    def uses_baseline(self) -> bool:
        """Whether a baseline applies to these files, or is being made."""
        return self.files.recorder is not None or any(settings["baseline"] is not None for settings in self._settings)

    @property
    def baselines(self) -> tuple[Baseline, ...]:
        """The baselines that apply to these files, but for one that cannot be read, which was told of each of its files."""
        from checker.findings.baseline import Baseline

        found = []
        for settings in self._settings:
            with suppress(CheckerError):
                found.append(self.files.ledger(settings))
        return tuple(dict.fromkeys(ledger for ledger in found if isinstance(ledger, Baseline)))

    def results(self) -> Iterator[Result]:
        """The results in the order of the files."""
        return self.told(map(self.files.checked, self.paths))

    def told(self, answers: Iterator[tuple[Notes, _Answer | None]]) -> Iterator[_Answer]:
        """The answers for `paths`, one after the other; what their notes have to tell is told as they come."""
        with self._progress() as advance:
            for path, error in self._found:
                answer = None
                if error is None:
                    notes, answer = next(answers)
                    self._tell(notes)
                else:
                    self._tell(Notes(path, problems=(problem_of(path, error),)))
                if advance is not None:
                    advance(path)
                if answer is not None:
                    yield answer

    def _progress(self) -> AbstractContextManager[Advance | None]:
        if not self.shows_progress:
            return nullcontext()
        from checker.cli.progress import progress_bar

        return progress_bar(len(self._found))

    def _tell(self, notes: Notes) -> None:
        if not self._options.quiet:
            for warning in notes.warnings:
                complain(warning, notes.path, kind="警告" if self._options.lang == "zh" else "warning")
        for problem in notes.problems:
            if problem.code != "plugin-broken":  # said once, when the checker was made
                complain(problem.message, problem.path)
        self.problems += notes.problems
        self.loud = self.loud or notes.loud
        if notes.settled is not None:
            self.files.take(notes.settled, notes.path)


def problem_of(path: str, error: CheckerError) -> Problem:
    """What kept a file from being checked."""
    return Problem(path, error.code, error.message)


def internal(path: str, error: Exception, lang: str) -> Problem:
    """What to say of a file on which the engine, or a format of the reports, broke."""
    return Problem(path, "internal", f"内部错误：{error!r}" if lang == "zh" else f"internal error: {error!r}")


def is_loud(severities: Iterable[Severity], settings: Settings) -> bool:
    """Whether a finding among these weighs enough to fail."""
    least = _RANK[settings["fail-on"]]
    return any(_RANK[severity] >= least for severity in severities)


def chosen_checker(options: argparse.Namespace) -> Checker:
    """A checker for what reads no file of its own: the rules that there are, built in and of the options' own files."""
    checker = Checker(Config(rules=tuple(options.rules), lang=options.lang, plugins=options.plugins))
    complain_of_plugins([checker], options.lang)
    return checker


def complain_of_plugins(checkers: Iterable[Checker], lang: str) -> None:
    """Say which plugins cannot be used, each once."""
    for broken in dict.fromkeys(error for checker in checkers for error in checker.plugin_errors):
        complain(said_of(broken, lang))


def _recorder(options: argparse.Namespace) -> Recorder:
    from checker.findings.baseline import Recorder, read_entries

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
    from checker.findings.baseline import Baseline, read_entries

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
