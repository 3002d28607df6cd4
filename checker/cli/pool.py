"""The same work on many files in several processes, the answers in the order of the files."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from checker.errors import CheckerError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

    from checker.sources.messages import Lang

__all__ = ["in_processes", "start_is_quick", "usable_cores"]

_Answer = TypeVar("_Answer")
_Work = Callable[[str], _Answer]
_CHUNK = 65_536  # bytes of files that go to a process at once
_CHUNKS_EACH = 8  # but so many for each process at least, so that none is left with the last one alone
_UNDER_WAY = 4  # chunks for each process that are handed out ahead of the file that is waited for
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
    that its process does not survive twice, `lost` gives the answer; all others are still answered. `before_start` is called
    before a process starts, which they all have when this function returns. Where the system has no processes to give, the work
    is done here. The iterator raises CheckerError where processes keep dying; when it is closed, they end.
    """
    paths = [path for path, _ in files]
    chunks = deque(_chunks(files, jobs))
    team = _Team(work, paths, chunks, lost, before_start)
    try:
        for _ in range(min(jobs, len(chunks), _MOST_JOBS)):
            team.start_process()
    except (ImportError, NotImplementedError, OSError):  # a container with too few processes
        team.stop()
        return map(work, paths)
    team.hand_out()
    return _answers(team, lang)


def _answers(team: _Team[_Answer], lang: Lang) -> Iterator[_Answer]:
    try:
        for number in range(len(team.paths)):
            team.receive(block=False)  # so that no process has to wait until it is rid of its answers
            while number not in team.answers:
                if not team.processes or team.losses > _MOST_LOST:
                    raise CheckerError(_said_of_losses(lang))
                team.receive(block=True)
            yield team.answers.pop(number)
            team.pass_by(number)
    finally:
        team.stop()


class _Team(Generic[_Answer]):
    """Processes, what they are to do, and what they have answered.

    Each process has a pipe of its own and there are no threads here, so that one that dies or is ended in the middle of
    anything holds no lock and leaves nobody waiting: its pipe closes.
    """

    def __init__(
        self,
        work: _Work[_Answer],
        paths: Sequence[str],
        chunks: deque[range],
        lost: Callable[[str], _Answer],
        before_start: Callable[[], None],
    ) -> None:
        self.paths = paths
        self.answers: dict[int, _Answer] = {}
        self.processes: list[_Process] = []
        self.losses = 0  # files that were lost, and processes that died without one
        self._work, self._lost, self._before_start = work, lost, before_start
        self._chunks = chunks
        self._again: deque[int] = deque()  # files whose process died
        self._deaths: Counter[int | None] = Counter()  # of processes, by the file that they were at
        self._under_way: deque[range] = deque()  # chunks that are not wholly passed by
        self._most_under_way = 0

    def start_process(self) -> None:
        """Raises OSError where the system gives none."""
        self._before_start()
        self.processes.append(_Process(self._work, self.paths))
        self._most_under_way = max(self._most_under_way, len(self.processes) * _UNDER_WAY)

    def hand_out(self) -> None:
        """Give every process so much that it need not wait for more when it has answered."""
        for process in self.processes:
            while len(process.given) < 2 and (numbers := self._next()):
                process.give(numbers)

    def _next(self) -> range | None:
        if self._again:
            number = self._again.popleft()
            return range(number, number + 1)
        if self._chunks and len(self._under_way) < self._most_under_way:
            self._under_way.append(self._chunks[0])
            return self._chunks.popleft()
        return None

    def pass_by(self, number: int) -> None:
        """The answer for this file, and so for all before it, has been used."""
        while self._under_way and self._under_way[0].stop <= number + 1:
            self._under_way.popleft()
        self.hand_out()

    def receive(self, *, block: bool) -> None:
        """Take what processes have answered, at least one answer or death with `block`, and hand out more."""
        ready = cast("list[Connection[Any, Any]]", wait([one.pipe for one in self.processes], None if block else 0))
        for process in [one for one in self.processes if one.pipe in ready]:
            try:
                answer = process.pipe.recv()
            except (EOFError, OSError):
                self._bury(process)
            else:
                self.answers[process.given.popleft()] = answer
        if ready:
            self.hand_out()

    def _bury(self, process: _Process) -> None:
        """Another process for one that died, and another trial for the file that it was at."""
        process.end()
        self.processes.remove(process)
        number = process.given[0] if process.given else None
        self._deaths[number] += 1
        if number is None or self._deaths[number] > 1:
            self.losses += 1
        if number is not None and self._deaths[number] > 1:
            process.given.popleft()
            self.answers[number] = self._lost(self.paths[number])
        self._again.extendleft(reversed(process.given))
        with suppress(OSError):  # then the others do its work, if there are any
            self.start_process()

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        for process in self.processes:
            process.end()
        self.processes.clear()


class _Process:
    """A process, and the numbers of the files that it has yet to answer, in their order.

    It is told two numbers at a time, which no pipe is too full for.
    """

    def __init__(self, work: _Work[Any], paths: Sequence[str]) -> None:
        self.given: deque[int] = deque()
        context = _context()
        self.pipe, its_end = context.Pipe()
        # A daemon, so that it ends with this process on any road.
        self._process = context.Process(target=_serve, args=(its_end, work, paths), daemon=True)  # type: ignore[attr-defined]
        with _without_interrupts():
            self._process.start()
        its_end.close()

    def give(self, numbers: range) -> None:
        self.given.extend(numbers)
        with suppress(OSError):  # it has died, which its end of the pipe will tell
            self.pipe.send((numbers.start, numbers.stop))

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _said_of_losses(lang: Lang) -> str:
    return (
        "the processes that check the files keep ending unexpectedly; --jobs 1 does without them"
        if lang == "en"
        else "检查文件的进程接连意外结束；可用 --jobs 1 不另开进程"
    )


def _chunks(files: Sequence[tuple[str, int]], jobs: int) -> Iterator[range]:
    """The numbers of the files in chunks of about the same size in bytes."""
    most = min(_CHUNK, sum(size for _, size in files) // (jobs * _CHUNKS_EACH))
    start = filled = 0
    for number, (_, size) in enumerate(files):
        filled += size
        if filled >= most:
            yield range(start, number + 1)
            start, filled = number + 1, 0
    if start < len(files):
        yield range(start, len(files))


def _context() -> BaseContext:
    """How processes start: on Linux as copies, which takes 10 ms, unless somebody has chosen otherwise."""
    free = multiprocessing.get_start_method(allow_none=True) is None
    if free and sys.platform == "linux" and threading.active_count() == 1:  # a copy of a lock that is held stays held
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn") if free else multiprocessing.get_context()


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


def _serve(pipe: Connection[Any, Any], work: _Work[Any], paths: Sequence[str]) -> None:
    """What a process does: answer for the files that it is told, until it is ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 50)  # as on the command line
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        start, stop = pipe.recv()
        for path in paths[start:stop]:
            pipe.send(work(path))


def _end_with_parent() -> None:
    """A process whose parent was killed has nobody to answer to."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
