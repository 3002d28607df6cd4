"""`checker check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import chain

from checker.cli.running import Run, write_bytes
from checker.report.jsonout import report_json
from checker.report.stream import SafeStream
from checker.report.tally import Tally, support_line, tally_line
from checker.result import Result

__all__ = ["exit_code", "run"]

_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


def run(options: argparse.Namespace) -> int:
    """Check the paths, write the report, and give back the exit code."""
    work = Run(options)
    tally = Tally()
    counted = _counted(work.results(), tally)
    if options.format == "json":
        write_bytes(report_json(counted, work.problems, include_text=options.include_text))
    else:
        _print(counted, work, tally, options)
    return exit_code(tally, bool(work.problems), options.fail_on, options.exit_zero)


def exit_code(tally: Tally, incomplete: bool, fail_on: str, exit_zero: bool) -> int:
    """2 where something was not checked, else 1 for findings at or above `fail_on`, else 0.

    >>> exit_code(Tally(), True, "error", True)
    2
    """
    if incomplete:
        return 2
    loud = any(count and _RANK[severity] >= _RANK[fail_on] for severity, count in tally.findings.items())
    return 1 if loud and not exit_zero else 0


def _counted(results: Iterator[Result], tally: Tally) -> Iterator[Result]:
    for result in results:
        tally.add(result)
        yield result


def _print(results: Iterator[Result], work: Run, tally: Tally, options: argparse.Namespace) -> None:
    # A progress bar and the findings would write over each other, so the findings wait for its end.
    def lists(result: Result) -> bool:
        return options.unsupported and result.summary.unsupported > 0

    shown = (result for result in results if result.findings or lists(result))
    waiting = list(shown) if work.shows_progress else shown
    first = next(iter(waiting), None)
    if first is None:
        # A clean text is the common case, and rich's tables take longer to import than the text to check.
        if not options.quiet:
            SafeStream(sys.stdout).write(f"{tally_line(tally, options.lang)}\n{support_line(tally, options.lang)}\n")
        return
    from checker.report.console import make_console, print_findings, print_tally, print_unsupported

    console = make_console(sys.stdout)
    rest = waiting[1:] if isinstance(waiting, list) else waiting
    for result in chain([first], rest):
        print_findings(console, result, options.lang)
        if options.unsupported:
            print_unsupported(console, result, options.lang)
    if not options.quiet:
        print_tally(console, tally, options.lang)
