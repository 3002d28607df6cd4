"""What `--stats` shows a person: time per stage, time and outcomes per rule."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from checker.checks import Outcome
from checker.pipeline.stopwatch import Stopwatch
from checker.report.console import make_console
from checker.report.words import word
from checker.sources.messages import Lang

__all__ = ["print_statistics"]

_OUTCOMES: tuple[Outcome, ...] = ("holds", "holds-rounded", "holds-truncated", "fails", "undecided")


def print_statistics(stream: TextIO, watch: Stopwatch, lang: Lang) -> None:
    """Two tables: the stages in their order, and the rules from the slowest to the quickest."""
    console = make_console(stream)
    console.print(_stages(watch, lang))
    console.print()
    console.print(_rules(watch, lang))


def _stages(watch: Stopwatch, lang: Lang) -> Table:
    table = Table(box=box.HORIZONTALS, header_style="dim")
    table.add_column(word("stage", lang))
    for key in ("milliseconds", "part"):
        table.add_column(word(key, lang), justify="right", no_wrap=True)
    total = sum(watch.stages.values())
    for name, seconds in watch.stages.items():
        table.add_row(word(f"stage.{name}", lang), _milliseconds(seconds), _part(seconds, total))
    table.add_row(word("total", lang), _milliseconds(total), _part(total, total), style="bold")
    return table


def _rules(watch: Stopwatch, lang: Lang) -> Table:
    """A rule that made no check is left out unless it took time worth a figure."""
    table = Table(box=box.HORIZONTALS, header_style="dim")
    table.add_column(word("rule", lang), no_wrap=True)
    for key in ("milliseconds", "part", "checks", *(f"outcome.{outcome}" for outcome in _OUTCOMES)):
        table.add_column(word(key, lang), justify="right", no_wrap=True)
    total = sum(watch.rules.values())
    everything: Counter[Outcome] = Counter()
    rows = sorted(watch.by_rule(), key=lambda row: (-watch.rules.get(row[0], 0.0), row[0]))
    for rule, outcomes in rows:
        everything.update(outcomes)
        seconds = watch.rules.get(rule, 0.0)
        if outcomes or _milliseconds(seconds) != _milliseconds(0.0):
            table.add_row(Text(rule), _milliseconds(seconds), _part(seconds, total), *_counts(outcomes))
    table.add_row(word("total", lang), _milliseconds(total), _part(total, total), *_counts(everything), style="bold")
    return table


def _counts(outcomes: Counter[Outcome]) -> list[str]:
    return [str(outcomes.total()), *(str(outcomes[outcome]) for outcome in _OUTCOMES)]


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def _part(seconds: float, total: float) -> str:
    return f"{100 * seconds / total:.0f}%" if total else "–"
