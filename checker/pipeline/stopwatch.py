"""Where the time of a run goes, and what each rule came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.checks import Outcome
    from checker.findings.result import Result

__all__ = ["STAGES", "Stopwatch"]

# The stages of a run in their order: finding and decoding files; figures and what they measure; rules; contradictions
# between checks settled and findings made; the reports.
STAGES = ("source", "figures", "rules", "findings", "report")


@dataclass(slots=True)
class Stopwatch:
    """Seconds per stage and per rule, and the checks of each rule by outcome, over all documents of a run.

    What each figure measures is worked out when the first rule asks for it, and counts towards that rule.
    """

    stages: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    rules: dict[str, float] = field(default_factory=dict)
    outcomes: dict[str, Counter[Outcome]] = field(default_factory=dict)
    _since: float = field(default_factory=perf_counter)

    def start(self) -> None:
        """Count from now on."""
        self._since = perf_counter()

    def stage(self, name: str) -> None:
        """The time since the last call went to this stage."""
        self.stages[name] += self._lap()

    def rule(self, name: str) -> None:
        """The time since the last call went to this rule, by its id."""
        lap = self._lap()
        self.rules[name] = self.rules.get(name, 0.0) + lap
        self.stages["rules"] += lap

    def add(self, result: Result) -> None:
        """Count the checks of one document by rule and outcome."""
        for check in result.checks:
            self.outcomes.setdefault(check.rule, Counter())[check.outcome] += 1

    def by_rule(self) -> Iterator[tuple[str, Counter[Outcome]]]:
        """The rules in the order in which they ran, with their outcomes."""
        for rule in (*self.rules, *(rule for rule in self.outcomes if rule not in self.rules)):
            yield rule, self.outcomes.get(rule, Counter())

    def _lap(self) -> float:
        now = perf_counter()
        lap, self._since = now - self._since, now
        return lap
