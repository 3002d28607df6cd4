"""Report formats by name: what a writer is, and the module that makes each.

A writer does two things apart. `piece` puts into bytes what its format says of one document; that is most of the work, looks at
nothing but the result, and may be done in another process, or yesterday. `add` joins the pieces, in the order of the files, to one
report; at the end the writer is told what could not be checked. A new format is a module with a function ``writer(setting)`` and a
line in `FORMATS`. Nothing is imported before a format is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO, cast

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.findings.result import Result
    from checker.pipeline.stopwatch import Stopwatch
    from checker.relations import AnyRule
    from checker.report.tally import Tally
    from checker.sources.messages import Lang

__all__ = ["FEW_DOCUMENTS", "FORMATS", "HUMAN", "SUFFIXES", "Ending", "Problem", "Setting", "Writer", "make_writer"]

FORMATS = MappingProxyType(
    {
        "text": "checker.report.textout",
        "concise": "checker.report.conciseout",
        "json": "checker.report.jsonout",
        "jsonl": "checker.report.jsonlines",
        "sarif": "checker.report.sarif",
        "github": "checker.report.githubout",
        "gitlab": "checker.report.gitlabout",
        "junit": "checker.report.junit",
        "html": "checker.report.htmlout",
    }
)
# Formats that people read: on standard output in the encoding of the terminal, and behind a progress bar.
HUMAN = frozenset({"text", "concise"})
# Up to so many documents an HTML report shows in full even where nothing was found in them.
FEW_DOCUMENTS = 10
# The format that a file name asks for; the longest that fits.
SUFFIXES = MappingProxyType(
    {
        ".txt": "text",
        ".json": "json",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".sarif": "sarif",
        ".sarif.json": "sarif",
        ".xml": "junit",
        ".html": "html",
        ".htm": "html",
    }
)


class Setting(NamedTuple):
    """What a writer is made with.

    `rules` are the rules in force, in the order in which they run. `summary` is whether a report for people ends with the
    counts. `stream` is the standard output that a person may be looking at, None where the report goes to a file. `few` is whether
    the documents are so few that each may be shown in full. Pieces know of `lang`, `include_text`, `unsupported` and `few` only.
    """

    lang: Lang
    rules: Sequence[AnyRule] = ()
    include_text: bool = False
    unsupported: bool = False
    few: bool = True
    summary: bool = True
    stream: TextIO | None = None


class Problem(NamedTuple):
    """What kept a file from being checked in full: the `rule` that crashed, or the plugin that could not be loaded."""

    path: str
    code: str
    message: str
    rule: str | None = None


class Ending(NamedTuple):
    """What is known when the last document has been checked; `watch` only where ``--stats`` asks for it."""

    problems: Sequence[Problem]
    tally: Tally
    watch: Stopwatch | None = None


class Writer(Protocol):
    """Turns results into the bytes of one report, UTF-8.

    `begin`, `add` (once for each document) and `end` are called in turn; what they yield, one after the other, is the report.
    """

    def begin(self) -> Iterable[bytes]:
        """What stands before the first document."""
        ...

    def piece(self, result: Result) -> bytes:
        """What there is to say of one document, in whatever form `add` takes; empty where there is nothing to say.

        Depends on the result and on what `Setting` lets pieces know, and on no document before it.
        """
        ...

    def add(self, piece: bytes) -> Iterable[bytes]:
        """What can be written at once of one more document, given what `piece` said of it."""
        ...

    def end(self, ending: Ending) -> Iterable[bytes]:
        """The rest."""
        ...


def make_writer(name: str, setting: Setting) -> Writer:
    """The writer of a format of `FORMATS`. Raises UsageError where this installation lacks its module."""
    try:
        module = import_module(FORMATS[name])
    except ModuleNotFoundError as error:
        if error.name != FORMATS[name]:
            raise
        said = f"format {name} is not available" if setting.lang == "en" else f"没有格式 {name}"
        raise UsageError(said, code="missing-format") from error
    return cast("Writer", module.writer(setting))
