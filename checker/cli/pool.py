"""The same work on many files in several processes, the answers in the order of the files."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, TypeVar

from checker.errors import CheckerError

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from checker.sources.messages import Lang

__all__ = ["in_processes", "start_is_quick", "usable_cores"]

_Answer = TypeVar("_Answer")
_Work = Callable[[str], _Answer]
_CHUNK = 65_536  # bytes of files that go to a process at once, and come back at once
_CHUNKS_EACH = 8  # but so many for each process at least, so that none is left with the last one alone
_UNDER_WAY = 4  # chunks for each process that are handed out ahead of the one that is waited for
_MOST_LOST = 10  # files whose process died, after which there is no sense in going on
_MOST_JOBS = 61  # Windows can wait for no more


def start_is_quick() -> bool:
    """Whether a process starts as a copy of this one, and not as a new Python that imports everything again."""
    return _context().get_start_method() == "fork"


def usable_cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(
    work: _Work[_Answer],
    files: Sequence[tuple[str, int]],
    jobs: int,
    *,
    lost: Callable[[str], _Answer],
    before_start: Callable[[], None],
    lang: Lang,
) -> Iterator[_Answer]:
    """The answers of `work` for the files, in their order; `files` are paths with sizes in bytes.

    `work` is pickled where processes do not start as copies of this one; it must give every answer without raising. Of a file
    whose process dies, `lost` gives the answer; all others are still answered. `before_start` is called before processes start,
    which they have when this function returns. Where the system has no processes to give, the work is done here. The iterator
    raises CheckerError where processes keep dying; when it is closed, they end.
    """
    chunks = deque(_chunks(files, jobs))
    jobs = min(jobs, len(chunks), _MOST_JOBS)
    before_start()
    team = None
    try:
        team = _Team(work, jobs, _context())
        team.hand_out(chunks)
    except (ImportError, NotImplementedError, OSError):  # a container without semaphores, or with too few processes
        if team is not None:
            team.stop()
        return map(work, [path for path, _ in files])
    return _answers(team, chunks, lost, before_start, lang)


class _Team:
    """Processes, and the chunks that they have been given, the oldest first."""

    def __init__(self, work: _Work[Any], jobs: int, context: BaseContext) -> None:
        self.work, self.jobs = work, jobs
        self.waiting: deque[tuple[list[str], Future[list[Any]]]] = deque()
        self._pool = ProcessPoolExecutor(jobs, context, _begin, (work,))

    def hand_out(self, chunks: deque[list[str]]) -> None:
        """Give the next chunks to the processes, as many as may be under way."""
        while chunks and len(self.waiting) < self.jobs * _UNDER_WAY:
            self.waiting.append((chunks[0], self._submitted(chunks[0])))
            chunks.popleft()

    def _submitted(self, chunk: list[str]) -> Future[list[Any]]:
        try:
            with _without_interrupts():
                return self._pool.submit(_do, chunk)
        except BrokenProcessPool as error:
            future: Future[list[Any]] = Future()
            future.set_exception(error)
            return future

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        if self.waiting:
            for process in multiprocessing.active_children():
                process.terminate()
        self._pool.shutdown(cancel_futures=True)


def _answers(
    team: _Team,
    chunks: deque[list[str]],
    lost: Callable[[str], Any],
    before_start: Callable[[], None],
    lang: Lang,
) -> Iterator[Any]:
    try:
        while team.waiting:
            try:
                answers = team.waiting[0][1].result()
            except BrokenProcessPool:
                # Nobody knows which file broke its process: those that were under way are tried again, each alone.
                under_way = [path for chunk, _ in team.waiting for path in chunk]
                team.stop()
                before_start()
                team.waiting.clear()
                yield from _alone(team.work, under_way, lost, lang)
                team = _Team(team.work, team.jobs, _later_context())
                team.hand_out(chunks)
                continue
            team.waiting.popleft()
            team.hand_out(chunks)
            yield from answers
    finally:
        team.stop()


def _alone(work: _Work[Any], paths: Sequence[str], lost: Callable[[str], Any], lang: Lang) -> Iterator[Any]:
    """The answers for files of which some break their process."""
    losses = 0
    team = None
    try:
        for path in paths:
            team = team or _Team(work, 1, _later_context())
            team.hand_out(deque([[path]]))
            try:
                (answer,) = team.waiting[0][1].result()
                team.waiting.clear()
            except BrokenProcessPool:
                team.stop()
                team = None
                losses += 1
                if losses > _MOST_LOST:
                    raise CheckerError(_said_of_losses(lang)) from None
                answer = lost(path)
            yield answer
    finally:
        if team is not None:
            team.stop()


def _said_of_losses(lang: Lang) -> str:
    return (
        "the processes that check the files keep ending unexpectedly; --jobs 1 does without them"
        if lang == "en"
        else "检查文件的进程接连意外结束；可用 --jobs 1 不另开进程"
    )


def _chunks(files: Sequence[tuple[str, int]], jobs: int) -> Iterator[list[str]]:
    """The files in chunks of about the same size in bytes."""
    most = min(_CHUNK, sum(size for _, size in files) // (jobs * _CHUNKS_EACH))
    chunk: list[str] = []
    filled = 0
    for path, size in files:
        chunk.append(path)
        filled += size
        if filled >= most:
            yield chunk
            chunk, filled = [], 0
    if chunk:
        yield chunk


def _context() -> BaseContext:
    """How processes start: on Linux as copies, which takes 10 ms, unless somebody has chosen otherwise."""
    free = multiprocessing.get_start_method(allow_none=True) is None
    if free and sys.platform == "linux" and threading.active_count() == 1:  # a copy of a lock that is held stays held
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context()


def _later_context() -> BaseContext:
    """How processes start when there are threads."""
    return multiprocessing.get_context("spawn")


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits a moment; a process that starts here never hears of it, and leaves it to this one to end all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: _Work[Any] | None = None  # of this process, once it has begun


def _begin(work: _Work[Any]) -> None:
    """Make a new process ready."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 50)  # as on the command line
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process whose parent was killed has nobody to answer to."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _do(chunk: list[str]) -> list[Any]:
    assert _work is not None
    return [_work(path) for path in chunk]
