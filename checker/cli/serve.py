"""`checker serve`."""

from __future__ import annotations

import argparse
import sys
from contextlib import redirect_stdout

from checker.cli.running import chosen_checker
from checker.errors import UsageError
from checker.serving.answering import Answerer
from checker.serving.loop import serve

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Answer the lines of standard input on standard output until it ends; the exit code is 0.

    Raises CheckerError for a rule file that cannot be used.
    """
    if options.max_line < 1:
        said = "--max-line 应至少为 1" if options.lang == "zh" else "--max-line must be at least 1"
        raise UsageError(said)
    base = chosen_checker(options).config  # what is wrong with the rules is said now, not at the first request
    answers = sys.stdout.buffer
    with redirect_stdout(sys.stderr):  # what a plugin prints must not come between the answers
        serve(sys.stdin.buffer, answers, Answerer(base, options.files), options.max_line * 1_000_000)
    return 0
