"""How work grows with what it is given: never seconds, which differ from machine to machine, but four times as much against it.

Linear is 4, quadratic 16. What is measured is processor time, so that neighbours on the machine do not count; a ratio that
looks bad is measured again before it fails a test, and the least of the runs counts. What is too quick to be measured is
not judged: nothing there takes long.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest
from laws import every_rule

from checker.pipeline.stopwatch import STAGES, Stopwatch
from checker.sources import make_document

MOST = 9  # times as long for four times as much
MEASURED = 0.05  # seconds; what takes less says more about caches than about growth
RUNS = 5  # more of them, where a ratio looks bad

Given = TypeVar("Given")


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run, without that of collecting what other tests left."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        if enabled:
            gc.enable()


def growth(work: Callable[[Given], object], less: Given, more: Given, most: float = MOST) -> float:
    """How many times as long work takes on `more`, which is four times `less`; 1 where that is too quick to tell."""
    long = seconds(partial(work, more))
    if long < MEASURED:
        return 1.0
    short = min(seconds(partial(work, less)) for _ in range(2))
    for _ in range(RUNS):
        if long < most * short:
            break
        long = min(long, seconds(partial(work, more)))
        short = min(short, seconds(partial(work, less)))
    return long / max(short, 1e-9)


def assert_linear(
    work: Callable[[Given], object], make: Callable[[int], Given], many: int, *, most: float = MOST, what: str = ""
) -> None:
    """Work on what is made of `many` takes about four times as long as on a quarter of it; smaller sizes come first,
    for what runs away would take hours on the largest."""
    for size in (many // 4, many):
        ratio = growth(work, make(size // 4), make(size), most)
        assert ratio < most, f"{what or work}: {ratio:.1f} times as long for {size} as for {size // 4}"


def by_stage(text: str) -> dict[str, float]:
    """Seconds of every rule, those in Python too, and of every stage but the reports."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checker.pipeline.stopwatch.perf_counter", time.process_time)
        watch = Stopwatch()
        watch.start()
        document = make_document(text)
        watch.stage("source")
        result = every_rule().check_document(document, watch=watch)
    assert result.errors == ()
    return watch.rules | {stage: watch.stages[stage] for stage in STAGES if stage not in ("rules", "report")}


def assert_road_linear(make: Callable[[int], str], many: int, what: str = "") -> None:
    """From the text to the findings no stage and no rule takes more than its share longer on four times the text.

    Each is judged by itself: what is quadratic in one of many rules shows long before it shows in the whole.
    """
    less = by_stage(make(many // 16))
    for size in (many // 4, many):
        short, long = make(size // 4), make(size)
        more = by_stage(long)
        for name in [name for name, taken in more.items() if taken > MEASURED and taken > MOST * less[name]]:
            first, second = less[name], more[name]
            for _ in range(RUNS):
                gc.collect()
                first, second = min(first, by_stage(short)[name]), min(second, by_stage(long)[name])
                if second < MOST * first:
                    break
            assert second < MOST * first, (
                f"{name}: {what}: {first:.4f} s of {len(short)} characters, {second:.4f} s of {len(long)}"
            )
        less = more
