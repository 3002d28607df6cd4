"""Rules over one document: a pattern or a link proposes operands, a condition over their claims disposes, a formula judges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from checker.checks import Check
from checker.checks.builder import make_check
from checker.quantities.skeleton import FigureLines, Skeleton, figure_lines
from checker.rules.conditions import Proposal
from checker.rules.links import run_link_rule
from checker.rules.model import LinkRule, Rule

if TYPE_CHECKING:
    from checker.reading import Reading

__all__ = ["Engine", "run_rule"]

# A user's pattern may run away; a built-in one is linear by design and is held to the same bound in the tests.
PATTERN_SECONDS = 5.0


class Engine(NamedTuple):
    """What runs the rules of files: their word lists, and the language of messages; safe to share between threads."""

    lists: Mapping[str, tuple[str, ...]]
    lang: str = "zh"

    def run(self, rule: Rule | LinkRule, reading: Reading, seconds: float | None = None) -> Iterable[Check]:
        """The checks that one rule makes in one document; TimeoutError where its pattern takes longer than `seconds`."""
        if isinstance(rule, LinkRule):
            return run_link_rule(rule, reading, self.lists, self.lang)
        return run_rule(rule, reading, self.lists, self.lang, seconds)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


def run_rule(
    rule: Rule, reading: Reading, lists: Mapping[str, tuple[str, ...]], lang: str, seconds: float | None = None
) -> Iterable[Check]:
    """The checks that `rule` makes; its pattern is compiled, and tried, where the text has what it needs, whatever ran before."""
    if not rule.builtin:
        seconds = PATTERN_SECONDS if seconds is None else min(seconds, PATTERN_SECONDS)
    # A built-in pattern stays within a line; one of a user's may not.
    lines = reading.once(_lines) if rule.builtin else reading.skeleton
    if not rule.need.is_met(lines.text):
        return ()
    found = _compiled(rule.pattern).finditer(lines.text, overlapped=rule.overlapped, timeout=seconds)
    return _made(rule, found, lines, reading, lists, lang)


def _lines(reading: Reading) -> FigureLines:
    return figure_lines(reading.skeleton)


_Lists = Mapping[str, tuple[str, ...]]
_Lines = Skeleton | FigureLines


def _made(
    rule: Rule, found: Iterable[regex.Match[str]], lines: _Lines, reading: Reading, lists: _Lists, lang: str
) -> Iterator[Check]:
    for match in found:
        check = _check(rule, match, lines, reading, lists, lang)
        if check is not None:
            yield check


def _check(
    rule: Rule, match: regex.Match[str], lines: _Lines, reading: Reading, lists: _Lists, lang: str
) -> Check | None:
    quantities = reading.quantities
    slots = {
        name: tuple(quantities[lines.figures[start]] for start in match.starts(name))
        for name in rule.slots
        if match.start(name) >= 0
    }
    if not rule.formula.names.isdisjoint(set(rule.slots) - set(slots)):
        return None
    groups = {name: match[name] for name in match.re.groupindex if name not in rule.slots and match[name] is not None}
    proposal = Proposal(slots, reading.claims, match.group(), _sentence(lines, match), groups, lists)
    if rule.where is not None and not rule.where(proposal):
        return None
    flags = {name: int(name in groups) for name in rule.formula.names if name not in rule.slots}
    reason = next((u.reason for u in rule.undecided if u.when(proposal)), None)
    words = {**dict.fromkeys(match.re.groupindex, ""), **groups}  # a message may name what did not take part
    return make_check(
        reading, rule.relation, rule.formula, slots, rule.messages[lang], severity=rule.severity, link=rule.link,
        accuses=rule.accuses, flags=flags, reason=reason, words=words,
    )  # fmt: skip


def _sentence(lines: _Lines, match: regex.Match[str]) -> str:
    start, _ = lines.sentence(match.start())
    _, end = lines.sentence(match.end() - 1)
    return lines.text[start:end]
