"""`checker figures`."""

from __future__ import annotations

import argparse
import sys

from checker.cli.running import Run
from checker.cli.streams import write_bytes

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """List the figures of the paths; the exit code is 2 where something could not be read, else 0.

    The JSON is the same object as that of `checker check`.
    """
    work = Run(options)
    if options.format == "json":
        from checker.report.jsonout import report_json

        write_bytes(report_json(work.results(), work.problems))
    elif options.format == "csv":
        from checker.report.csvout import figures_csv

        write_bytes(figures_csv(work.results()))
    else:
        from checker.report.console import make_console
        from checker.report.figurelist import print_figures

        console = make_console(sys.stdout)
        results = work.results()
        for result in list(results) if work.shows_progress else results:
            print_figures(console, result, options.lang)
    return 2 if work.problems else 0
