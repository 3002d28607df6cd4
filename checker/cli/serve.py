"""`checker serve`."""

from __future__ import annotations

import argparse
import sys
from contextlib import redirect_stdout

from checker.cli.running import complain_of_plugins
from checker.errors import UsageError
from checker.serving.answering import Answerer
from checker.serving.loop import serve
from checker.settings.resolver import asking

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Answer the lines of standard input on standard output until it ends; the exit code is 0.

    Raises CheckerError for a rule file or a configuration that cannot be used.
    """
    if options.max_line < 1:
        said = "--max-line 应至少为 1" if options.lang == "zh" else "--max-line must be at least 1"
        raise UsageError(said)
    answerer = Answerer(asking(**vars(options)), options.files)
    # What is wrong with the rules or the configuration here is said now, not at the first request.
    complain_of_plugins([answerer.checker], options.lang)
    answers = sys.stdout.buffer
    with redirect_stdout(sys.stderr):  # what a plugin prints must not come between the answers
        serve(sys.stdin.buffer, answers, answerer, options.max_line * 1_000_000)
    return 0
