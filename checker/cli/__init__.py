"""The command line. What a command needs is imported when it runs, so that `--help` stays quick."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from checker.cli.parser import chosen_language, parsed
from checker.cli.started import STARTED
from checker.errors import CheckerError

__all__ = ["STARTED", "main"]

EXIT_BAD = 2
EXIT_INTERRUPTED = 128 + 2  # as a shell reports SIGINT
EXIT_CLOSED_PIPE = 128 + 13  # and SIGPIPE


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with `argv` (without the program's name) and give back the exit code.

    0 clean, 1 findings at or above `--fail-on`, 2 anything that kept something from being checked.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    gc.freeze()  # what is imported stays; looking through it again for garbage only costs time
    gc.set_threshold(1_000_000, 50, 50)
    try:
        lang = chosen_language(arguments, os.environ)
        options = parsed(arguments, lang)
        options.lang_from = _language_from(options)
        options.lang = lang
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # argparse: --help, --version, wrong usage
        return stop.code if isinstance(stop.code, int) else EXIT_BAD
    except BrokenPipeError:
        from checker.cli.streams import abandon_stdout

        abandon_stdout()
        return EXIT_CLOSED_PIPE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except CheckerError as error:
        from checker.cli.streams import complain

        complain(error.message)
        return EXIT_BAD
    finally:
        gc.freeze()  # the process ends: looking through all that is left for garbage takes a tenth of a short run


def _language_from(options: argparse.Namespace) -> str:
    if options.lang is not None:
        return "option:--lang"
    return "environment:CHECKER_LANG" if os.environ.get("CHECKER_LANG") else "default"
