"""A progress bar on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from checker.report.console import make_console

__all__ = ["Advance", "progress_bar"]

Advance = Callable[[str], None]


@contextmanager
def progress_bar(total: int) -> Iterator[Advance]:
    """A bar over `total` files that vanishes at the end; call what it gives once for each file."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=make_console(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda path: bar.advance(task)
