"""What a run over many documents adds up to."""

from __future__ import annotations

from collections import Counter

from checker.checks import Severity
from checker.findings.result import Result
from checker.findings.support import SUPPORTS, Support
from checker.report.words import word
from checker.sources.messages import Lang

__all__ = ["Tally", "support_line", "tally_line"]


class Tally:
    """Counts over the documents added so far; the documents themselves are not kept."""

    __slots__ = ("figures", "files", "findings", "outcomes", "supports", "suppressed", "trivial")

    def __init__(self) -> None:
        self.files = self.figures = self.suppressed = self.trivial = 0
        self.supports: Counter[Support] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.findings: Counter[Severity] = Counter()

    def add(self, result: Result) -> None:
        """Count one document."""
        self.files += 1
        supports = [support for support in result.supports if support is not None]
        self.figures += len(supports)
        self.supports.update(supports)
        self.outcomes.update(check.outcome for check in result.checks)
        self.trivial += sum(check.trivial for check in result.checks)
        self.findings.update(finding.severity for finding in result.findings)
        self.suppressed += len(result.suppressed)

    def include(self, other: Tally) -> None:
        """Count what another has counted."""
        self.files += other.files
        self.figures += other.figures
        self.supports.update(other.supports)
        self.outcomes.update(other.outcomes)
        self.trivial += other.trivial
        self.findings.update(other.findings)
        self.suppressed += other.suppressed

    @property
    def undecided(self) -> int:
        """Checks that could not be decided."""
        return self.outcomes["undecided"]

    @property
    def decided(self) -> int:
        """Checks that came out one way or the other."""
        return self.outcomes.total() - self.undecided

    @property
    def holding(self) -> int:
        """Checks whose figures agree, exactly or within rounding, and say something: trivial ones are counted apart."""
        return self.outcomes["holds"] + self.outcomes["holds-rounded"] - self.trivial

    @property
    def rows(self) -> tuple[tuple[str, int], ...]:
        """What a summary shows, in order: the key of its word and the count; suppressed findings only where there are some."""
        return (
            ("files", self.files), ("figures", self.figures), ("decided", self.decided), ("holding", self.holding),
            ("trivial", self.trivial), ("undecided", self.undecided), ("errors", self.findings["error"]), ("warnings", self.findings["warning"]),
            ("infos", self.findings["info"]), *([("suppressed", self.suppressed)] if self.suppressed else []),
        )  # fmt: skip


def tally_line(tally: Tally, lang: Lang) -> str:
    """The summary as one line of text."""
    return "  ".join(f"{word(key, lang)} {count}" for key, count in tally.rows)


def support_line(tally: Tally, lang: Lang) -> str:
    """How many of the figures the texts confirm, as a sentence.

    >>> support_line(Tally(), "zh")
    '0 个数字：0 个得到印证，0 个互相矛盾，0 个没有旁证'
    """
    counts = [tally.supports[support] for support in SUPPORTS]
    if lang == "en":
        return f"{tally.figures} figures: " + ", ".join(
            f"{count} {support}" for count, support in zip(counts, SUPPORTS, strict=True)
        )
    return f"{tally.figures} 个数字：" + "，".join(
        f"{count} 个{word(support, lang)}" for count, support in zip(counts, SUPPORTS, strict=True)
    )
