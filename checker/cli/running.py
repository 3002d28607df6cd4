"""What `check` and `figures` share: the checker that the options ask for, and its results file by file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.checking import Checker
from checker.config import Config
from checker.errors import CheckerError, UsageError
from checker.report.jsonout import Problem
from checker.report.stream import SafeStream, printable
from checker.result import InternalError, Result
from checker.sources import discover, parse_date, read_document
from checker.sources.discovery import Found

if TYPE_CHECKING:
    from checker.cli.progress import Advance
    from checker.relations import RelationRule
    from checker.rules.model import Rule
    from checker.stopwatch import Stopwatch

__all__ = ["Run", "chosen_checker", "complain", "said_of", "unknown_rule", "write_bytes"]

MANY_FILES = 20
_LOOK_ALIKE = str.maketrans("oil", "011")  # CK3O1 means CK301


class Run:
    """One run over the paths of the command line.

    `results` gives one result after the other; what could not be checked goes to standard error as it is met and into
    `problems`. `written` are the files that reports go to, which are never checked; `watch` is told how long things take.
    """

    def __init__(
        self, options: argparse.Namespace, *, written: Sequence[str] = (), watch: Stopwatch | None = None
    ) -> None:
        self._options = options
        self._watch = watch
        self._published = None if options.published is None else parse_date(options.published, options.lang)
        self._checker = chosen_checker(options)
        self._files = list(_found(options, frozenset(map(os.path.realpath, written))))
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
        return self._checker.rules

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
        try:
            if path == "-":
                path, data = options.stdin_filename, sys.stdin.buffer.read()
            document = read_document(path, options.encoding, self._published, data=data, lang=options.lang)
            if watch is None:
                result = self._checker.check_document(document)
            else:
                watch.stage("source")
                result = self._checker.check_document(document, watch=watch)
        except CheckerError as error:
            self._problem(path, error)
            return None
        except Exception as error:  # one file that breaks the engine must not hide the others
            said = f"内部错误：{error!r}" if options.lang == "zh" else f"internal error: {error!r}"
            self._problem(path, CheckerError(said, code="internal"))
            return None
        if not options.quiet:
            for warning in document.warnings:
                complain(warning, path, kind="警告" if options.lang == "zh" else "warning")
        for crash in result.errors:
            said = said_of(crash, options.lang)
            self.problems.append(Problem(path, crash.code, said, crash.rule))
            if crash.code != "plugin-broken":  # said once, when the checker was made
                complain(said, path)
        return result

    def _problem(self, path: str, error: CheckerError) -> None:
        self.problems.append(Problem(path, error.code, error.message))
        complain(error.message, path)


def chosen_checker(options: argparse.Namespace) -> Checker:
    """The checker with the rules that the options name. Raises CheckerError for what does not exist."""
    every = Config(rules=tuple(options.rules), lang=options.lang, plugins=options.plugins)
    select, ignore = _names(options.select), _names(options.ignore)
    try:
        checker = Checker(replace(every, select=select, ignore=ignore))
    except UsageError as error:
        if error.code != "unknown-rule":
            raise
        known = [name for rule in Checker(every).all_rules for name in (rule.id, rule.slug)]
        unknown = next(name for name in (*select, *ignore) if name not in known)
        raise UsageError(unknown_rule(unknown, known, options.lang), code=error.code) from None
    for broken in checker.plugin_errors:
        complain(said_of(broken, options.lang))
    return checker


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


def unknown_rule(name: str, known: Sequence[str], lang: str) -> str:
    """What to say of a rule that does not exist, with the nearest spelling where there is one."""
    from difflib import get_close_matches  # only for a name that does not exist

    spelled = {other.lower().translate(_LOOK_ALIKE): other for other in known}
    near = get_close_matches(name.lower().translate(_LOOK_ALIKE), spelled, n=1)
    if lang == "en":
        hint = f"; did you mean “{spelled[near[0]]}”?" if near else "; `checker rules` lists them"
        return f"there is no rule “{name}”{hint}"
    hint = f"，是不是“{spelled[near[0]]}”？" if near else "；`checker rules` 列出全部规则"
    return f"没有规则“{name}”{hint}"


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


def _found(options: argparse.Namespace, written: frozenset[str]) -> Iterator[Found]:
    """The files in the order of the command line; standard input once, where it is first named.

    A report of an earlier run that lies in a folder is no text to check, and `written` names those of this run. Raises
    UsageError for one that is itself named as a text: it would be lost.
    """
    seen = set()
    for path in options.paths:
        if path != "-" and os.path.realpath(path) in written:
            raise UsageError(
                f"{path} cannot be both a text to check and --output"
                if options.lang == "en"
                else f"{path} 不能既是要检查的文件，又是 --output"
            )
        for found in [Found("-")] if path == "-" else discover([path], options.lang):
            name = os.path.normpath(found.path)
            if name not in seen and not (written and os.path.realpath(name) in written):
                seen.add(name)
                yield found


def _names(written: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for text in written for name in text.split(",") if name.strip())
