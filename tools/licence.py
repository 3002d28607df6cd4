"""Which rules may accuse: how often each decides on real texts, in how many it holds, and what its failures were.

    python -m tools.licence --texts ../corpus --texts '../train.jsonl.xz#0-5' [--docs docs/licence.md] [--failures FILE]

Published text is nearly always right, so a rule whose links are right nearly always holds. What holds by chance is told by the same texts
with the digits of every figure shuffled. A rule has its licence to accuse where its failures, read one by one, are errors of the text in
at least four of five cases, or where it fails less often than once in 200 decisions that are not trivial. What was read of each failure
stands in ``tools/verdicts.tsv``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from tools.answers import Version, answers, version_of
from tools.compare import passage
from tools.texts import ENVIRONMENT, Source, read_texts, sources_from

__all__ = ["Count", "Failure", "counted", "failures", "lower_bound", "main", "verdicts"]

VERDICTS = Path(__file__).with_name("verdicts.tsv")
_HOLDING = ("holds", "holds-rounded")
_SEED = 1
_Z = 1.96  # the lower bound is that of 95 %


class Count(NamedTuple):
    """What a rule did on many texts: checks that hold, trivial ones apart, that fail, that stay undecided; and with shuffled digits."""

    relation: str
    slug: str
    holds: int
    trivial: int
    fails: int
    undecided: int
    chance_holds: int
    chance_fails: int

    @property
    def decided(self) -> int:
        return self.holds + self.fails


class Failure(NamedTuple):
    """A check that fails, with its passage; `key` names it in the file of verdicts."""

    rule: str
    name: str
    severity: str
    slip: float | None
    message: str
    expression: str
    shown: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.name, self.rule, self.expression


def counted(version: Version, sources: Iterable[Source]) -> dict[str, Count]:
    """The counts of each rule that decided anything, by its id."""
    real: Counter[tuple[str, str]] = Counter()
    chance: Counter[tuple[str, str]] = Counter()
    names: dict[str, tuple[str, str]] = {}
    for source in sources:
        for shuffled, counts in ((None, real), (_SEED, chance)):
            for answer in answers(version, source, shuffled=shuffled):
                for rule, slug, relation, outcome, _, _, _, _, trivial, *_ in answer["checks"]:
                    names[rule] = relation, slug
                    counts[rule, "trivial" if trivial else "holds" if outcome in _HOLDING else outcome] += 1
    return {
        rule: Count(
            *names[rule], real[rule, "holds"], real[rule, "trivial"], real[rule, "fails"], real[rule, "undecided"],
            chance[rule, "holds"], chance[rule, "fails"],
        )
        for rule in sorted(names)
    }  # fmt: skip


def failures(version: Version, sources: Iterable[Source]) -> Iterator[Failure]:
    """Every error and warning, in the order of the texts."""
    for source in sources:
        for answer, text in zip(answers(version, source), read_texts(source), strict=True):
            for rule, _, severity, start, end, message, expression, _, check, slip in answer["findings"]:
                if severity != "info":
                    spans = answer["checks"][check][-1]
                    low, high = min(start, *(a for _, a, _ in spans)), max(end, *(b for _, _, b in spans))
                    shown = _passage(text.text, low, high)
                    yield Failure(rule, answer["name"], severity, slip, message, expression, shown)


_LONG = 400


def _passage(text: str, low: int, high: int) -> str:
    if high - low <= _LONG:
        return passage(text, low, high, 80)
    return f"{passage(text, low, low + 40, 80)} …… {passage(text, high - 40, high, 80)}"


def lower_bound(successes: int, trials: int) -> float:
    """The lower end of Wilson's interval of 95 % for a rate.

    >>> round(lower_bound(199, 200), 3)
    0.972
    """
    if not trials:
        return 0.0
    rate, square = successes / trials, _Z * _Z / trials
    return (rate + square / 2 - _Z * sqrt(rate * (1 - rate) / trials + square / trials / 4)) / (1 + square)


def verdicts() -> dict[tuple[str, str, str], tuple[str, str]]:
    """What was read of failures: true, arguable or false, and why, by text, rule and arithmetic."""
    read: dict[tuple[str, str, str], tuple[str, str]] = {}
    if VERDICTS.exists():
        for line in VERDICTS.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                name, rule, expression, verdict, why = line.split("\t")
                read[name, rule, expression] = verdict, why
    return read


def _row(rule: str, count: Count, own: list[Failure], read: dict[tuple[str, str, str], tuple[str, str]]) -> list[str]:
    judged = Counter(read[failure.key][0] for failure in own if failure.key in read)
    slips = sorted(failure.slip for failure in own if failure.slip is not None)
    chance = count.chance_holds + count.chance_fails
    return [
        rule, count.slug, str(count.decided), str(count.trivial), str(count.undecided),
        f"{100 * count.holds / count.decided:.1f}" if count.decided else "–",
        f"{100 * lower_bound(count.holds, count.decided):.1f}" if count.decided else "–",
        f"{100 * count.chance_holds / chance:.1f}" if chance else "–",
        str(len(own)), str(judged["true"]), str(judged["arguable"]), str(judged["false"]), str(len(own) - judged.total()),
        f"{slips[len(slips) // 2]:g}" if slips else "–", _licence(count, own, judged),
    ]  # fmt: skip


def _licence(count: Count, own: list[Failure], judged: Counter[str]) -> str:
    """Why a rule may accuse, or that it may not."""
    if not own:
        return "never failed"
    if judged.total() == len(own) and judged["true"] >= 0.8 * len(own):
        return "failures are errors"
    if count.fails * 200 < count.decided:
        return "fails rarely"
    return "unread" if judged.total() < len(own) else "none"


_HEADS = (
    "rule", "slug", "decided", "trivial", "undecided", "holds %", "lower bound", "by chance %",
    "loud", "true", "arguable", "false", "unread", "slip (median)", "licence",
)  # fmt: skip

_PAGE = """# Licence to accuse

What each rule did on {characters:,} characters of published text. *Decided* are checks that hold or fail, *trivial* ones (which hold but
confirm no figure) apart; *holds %* is the part of the decided ones that hold, *lower bound* the lower end of its 95 % interval, *by chance %*
what holds when the digits of every figure are shuffled. *Loud* are errors and warnings; each was read with its passage. *Slip* is how much
the failures look like slips of the pen (`slip` in the JSON), the median of them.

A rule accuses where its failures are errors of the text in at least four of five cases, or where it fails less often than once in 200
decisions. Rules that never decided anything on these texts are not listed; they stand on their examples alone.

Loud findings: {loud}, of which {true} are true, {arguable} arguable and {false} false: {rate:.3f} false ones in 100,000 characters.

Made by `python -m tools.licence --docs docs/licence.md`.

"""


def _characters(version: Version, sources: Iterable[Source]) -> int:
    return sum(answer["characters"] for source in sources for answer in answers(version, source))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.licence", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--code", metavar="REV", help="the version to look at (the working tree)")
    parser.add_argument(
        "--texts", action="append", default=[], metavar="PATH[#SLICES[!LINES]]",
        help=f"what to check, several times if need be (${ENVIRONMENT})",
    )  # fmt: skip
    parser.add_argument("--docs", type=Path, metavar="FILE", help="write the table there as a page")
    parser.add_argument("--failures", action="store_true", help="print every error and warning with its passage")
    options = parser.parse_args(arguments)
    try:
        sources, version = sources_from(options.texts), version_of(options.code)
    except ValueError as error:
        print(f"tools.licence: {error}", file=sys.stderr)
        return 2
    counts, read = counted(version, sources), verdicts()
    found = list(failures(version, sources))
    rows = [_row(rule, count, [f for f in found if f.rule == rule], read) for rule, count in counts.items()]
    lines = ["| " + " | ".join(row) + " |" for row in (_HEADS, ["---"] * len(_HEADS), *rows)]
    if options.failures:
        for failure in sorted(found, key=lambda f: (f.rule, f.name)):
            verdict, why = read.get(failure.key, ("unread", ""))
            print(f"{failure.rule} {failure.severity} {failure.name} slip {failure.slip} [{verdict}] {why}")
            print(f"  {failure.message} ({failure.expression})\n  {failure.shown}\n")
    judged = Counter(read.get(failure.key, ("unread", ""))[0] for failure in found)
    characters = _characters(version, sources)
    page = _PAGE.format(
        characters=characters, loud=len(found), true=judged["true"], arguable=judged["arguable"], false=judged["false"],
        rate=100_000 * judged["false"] / max(1, characters),
    ) + "\n".join(lines) + "\n"  # fmt: skip
    if options.docs:
        options.docs.write_text(page, "utf-8")
    else:
        print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
