"""A rule: data that says what to look for, what must be true of it, and how to say so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from checker.arithmetic.formula import Comparison
from checker.checks import Accuses, Severity
from checker.patterns import Need
from checker.rules.conditions import Condition

__all__ = ["LinkRule", "Rule", "Undecided"]


class Undecided(NamedTuple):
    """A condition under which a rule proposes its operands but does not judge them, and why."""

    when: Condition
    reason: str


class Rule(NamedTuple):
    """One rule as the rule format describes it (``docs/rules-format.md``).

    `pattern` is the regular expression over the skeleton with its slots already made groups, `need` what a text must hold for it,
    `slots` the names of those groups in order; `source` is the pattern as the file has it. `messages` are by language. `accuses` says
    when a failure is reported; a rule that never accuses only confirms. One that is not `default` runs only when it is selected by name.
    """

    id: str
    slug: str
    relation: str
    severity: Severity
    source: str
    pattern: str
    need: Need
    slots: tuple[str, ...]
    formula: Comparison
    messages: Mapping[str, str]
    where: Condition | None = None
    undecided: tuple[Undecided, ...] = ()
    link: int = 1
    accuses: Accuses = "always"
    overlapped: bool = False
    title: Mapping[str, str] = MappingProxyType({})
    fails: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    builtin: bool = True
    default: bool = True
    former_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the rule may be called in settings and remarks: its id, its slug, and those of rules that it has replaced."""
        return (self.id, self.slug, *self.former_names)


class LinkRule(NamedTuple):
    """A rule over links instead of a pattern.

    `source` is the link as the file has it, `kinds` the names of the kinds that it stands on (`checker.links.kinds`), `slots` the roles that
    all of these have. Without a `formula` that of each link is solved. A rule with `results` has no kinds: it stands on the figures that
    bear these names and those of its `terms`, which are by their roles (`checker.links.derived`). The rest is as in a `Rule`.
    """

    id: str
    slug: str
    relation: str
    severity: Severity
    source: str
    kinds: tuple[str, ...]
    slots: tuple[str, ...]
    messages: Mapping[str, str]
    formula: Comparison | None = None
    results: tuple[str, ...] = ()
    terms: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    where: Condition | None = None
    undecided: tuple[Undecided, ...] = ()
    accuses: Accuses = "always"
    title: Mapping[str, str] = MappingProxyType({})
    fails: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    builtin: bool = True
    default: bool = True
    former_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the rule may be called in settings and remarks: its id, its slug, and those of rules that it has replaced."""
        return (self.id, self.slug, *self.former_names)
