"""`checker check`: files to results, results to what each report says of them, and that to the reports.

The first two steps look at one file at a time.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from checker.cli.outputs import FileOutput, Outputs, StandardOutput, targets
from checker.cli.reporting import Reporter
from checker.cli.running import Run
from checker.report.tally import Tally
from checker.report.writers import FEW_DOCUMENTS, Ending, Setting

if TYPE_CHECKING:
    from checker.cli.fixing import Fixer
    from checker.stopwatch import Stopwatch

__all__ = ["exit_code", "run"]


def run(options: argparse.Namespace) -> int:
    """Check the paths, write the reports, and give back the exit code."""
    files = targets(options.output, options.lang)
    watch = _stopwatch() if options.stats else None
    fixer = _fixer(options) if options.fix or options.diff else None
    work = Run(options, written=[file.path for file in files], watch=watch, fixer=fixer)
    setting = Setting(
        options.lang,
        work.rules,
        include_text=options.include_text,
        unsupported=options.unsupported,
        few=len(work.paths) <= FEW_DOCUMENTS,
        summary=not options.quiet,
    )
    tally = Tally()
    with Outputs() as outputs:
        for file in files:  # first, so that a folder that does not exist is told before anything is printed
            outputs.open(FileOutput(file, setting))
        if not options.diff:
            outputs.open(StandardOutput(options.format, setting._replace(stream=sys.stdout), waits=work.shows_progress))
        reporter = Reporter(work.files, outputs.formats, setting)
        for report in work.told(map(reporter.reported, work.paths)):
            tally.include(report.tally)
            outputs.add(report.pieces)
            if watch is not None:
                watch.stage("report")
        outputs.end(Ending(work.problems, tally, watch))
        if watch is not None:
            watch.stage("report")
    if fixer is not None and options.diff:
        fixer.print_diffs(sum(tally.findings.values()))
    if watch is not None and options.format not in ("json", "jsonl"):
        from checker.report.statistics import print_statistics

        sys.stdout.flush()
        print_statistics(sys.stderr, watch, options.lang)
    if work.uses_baseline or options.prune_baseline:
        from checker.cli.baselines import finish_baselines

        finish_baselines(work, options)
    incomplete = bool(work.problems) or outputs.incomplete
    if fixer is not None and options.diff and fixer.changes and not incomplete:
        return 0 if options.exit_zero else 1
    return exit_code(work.loud, incomplete, options.exit_zero)


def _stopwatch() -> Stopwatch:
    from checker.stopwatch import Stopwatch  # a run that is not measured does without

    return Stopwatch()


def _fixer(options: argparse.Namespace) -> Fixer:
    from checker.cli.fixing import Fixer  # a run that changes nothing does without

    return Fixer(options)


def exit_code(loud: bool, incomplete: bool, exit_zero: bool) -> int:
    """2 where something was not checked, else 1 for findings loud enough to fail, else 0.

    >>> exit_code(False, True, True)
    2
    """
    if incomplete:
        return 2
    return 1 if loud and not exit_zero else 0
