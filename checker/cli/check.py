"""`checker check`: files to results, results to what each report says of them, and that to the reports.

The first two steps look at one file at a time and may run in several processes, or be answered from the cache; the last runs here.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checker.cli.outputs import FileOutput, Outputs, StandardOutput, targets
from checker.cli.reporting import Report, Reporter
from checker.cli.running import Notes, Run
from checker.cli.streams import complain
from checker.errors import UsageError
from checker.report.tally import Tally
from checker.report.writers import FEW_DOCUMENTS, Ending, Problem, Setting

if TYPE_CHECKING:
    from checker.cli.cache import Cache
    from checker.cli.fixing import Fixer
    from checker.pipeline.stopwatch import Stopwatch
    from checker.sources.messages import Lang

__all__ = ["exit_code", "run"]

# Bytes of files, all together. 64 KB take about 100 ms to check; finding the cache takes 10 ms, and so does a process that starts
# as a copy of this one, while a new Python with all that it imports takes 300 ms.
_WORTH_CACHE = 64 * 1024
_WORTH_COPY = 128 * 1024
_WORTH_PROCESS = 1024 * 1024


def run(options: argparse.Namespace) -> int:
    """Check the paths, write the reports, and give back the exit code."""
    began = time.time()
    files = targets(options.output, options.lang)
    watch = _stopwatch() if options.stats else None
    fixer = _fixer(options) if options.fix or options.diff else None
    work = Run(options, written=[file.path for file in files], watch=watch, fixer=fixer)
    sizes = _sizes(work, options)
    setting = Setting(
        options.lang,
        work.rules,
        include_text=options.include_text,
        unsupported=options.unsupported,
        few=len(work.paths) <= FEW_DOCUMENTS,
        summary=not options.quiet,
    )
    tally = Tally()
    with Outputs() as outputs, _cache(work, sizes, began, options) as cache:
        for file in files:  # first, so that a folder that does not exist is told before anything is printed
            outputs.open(FileOutput(file, setting))
        if not options.diff:
            outputs.open(StandardOutput(options.format, setting._replace(stream=sys.stdout), waits=work.shows_progress))
        reporter = Reporter(work.files, outputs.formats, setting, cache)
        with _telling_interrupts(work, options.lang):
            for report in work.told(_reports(reporter, work, sizes, options, outputs)):
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


def _sizes(work: Run, options: argparse.Namespace) -> list[int]:
    """The sizes of the files in bytes; none where files cannot be shared with other processes, or kept in the cache.

    That is so where they are changed or timed, where standard input is among them, and where rules come from a pipe, which
    gives them only once.
    """
    if options.fix or options.diff or options.stats or "-" in work.paths:
        return []
    if not all(os.path.isfile(file) for checker in work.checkers for file in checker.config.rules):
        return []
    return [_size(path) for path in work.paths]


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):  # which checking it will tell
        return 0


@contextmanager
def _cache(work: Run, sizes: Sequence[int], began: float, options: argparse.Namespace) -> Iterator[Cache | None]:
    """The cache where it pays: for many files or large ones, for a watch, which comes back, and where a folder is named for it."""
    wanted = options.watch or options.cache_dir is not None or sum(sizes) >= _WORTH_CACHE
    if not sizes or not wanted or not options.cache:
        yield None
        return
    from checker.cli.cache import close_cache, open_cache
    from checker.cli.cachefolder import cache_folder

    rules = [rule for checker in work.checkers for rule in checker.all_rules]
    rule_files = {file for checker in work.checkers for file in checker.config.rules}
    folder = cache_folder(options.cache_dir, os.environ)
    try:
        cache = None if folder is None else open_cache(folder, rule_files, rules, began, options.lang)
    except UsageError:
        if options.cache_dir is None and not os.environ.get("CHECKER_CACHE_DIR"):
            cache = None  # somebody else's folder in the place that nobody here has chosen
        else:
            raise
    try:
        yield cache
    finally:
        if cache is not None:
            close_cache(cache, rules)


def _reports(
    reporter: Reporter, work: Run, sizes: Sequence[int], options: argparse.Namespace, outputs: Outputs
) -> Iterator[tuple[Notes, Report | None]]:
    """What reports say of each file, in the order of the files."""
    lang = options.lang

    def lost(path: str) -> tuple[Notes, None]:
        said = (
            "not checked: the process that checked it ended unexpectedly"
            if lang == "en"
            else "没有检查：检查它的进程意外结束"
        )
        return Notes(path, problems=(Problem(path, "internal", said),)), None

    jobs = _jobs(sizes, options.jobs)
    if jobs == 1:
        return map(reporter.reported, work.paths)
    from checker.cli.pool import in_processes

    files = list(zip(work.paths, sizes, strict=True))
    return in_processes(reporter.reported, files, jobs, lost=lost, before_start=outputs.flush, lang=lang)


def _jobs(sizes: Sequence[int], wanted: int | None) -> int:
    """How many processes check the files: as many as are asked for, else as many as there is work for."""
    if len(sizes) < 2:
        return 1
    if wanted is not None:
        return wanted
    total = sum(sizes)
    if total < 2 * _WORTH_COPY:
        return 1
    from checker.cli.pool import start_is_quick, usable_cores

    return max(1, min(usable_cores(), total // (_WORTH_COPY if start_is_quick() else _WORTH_PROCESS)))


@contextmanager
def _telling_interrupts(work: Run, lang: Lang) -> Iterator[None]:
    """Says that Ctrl-C left some of the files unchecked; the exit code is the caller's."""
    try:
        yield
    except KeyboardInterrupt:
        if len(work.paths) > 1:
            complain("interrupted: not all files were checked" if lang == "en" else "已中断：还有文件没有检查")
        raise


def _stopwatch() -> Stopwatch:
    from checker.pipeline.stopwatch import Stopwatch  # a run that is not measured does without

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
