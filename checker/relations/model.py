"""A rule whose checks are made by a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from checker.checks import Accuses, Check, Severity
from checker.reading import Reading
from checker.rules.model import LinkRule, Rule

__all__ = ["AnyRule", "RelationRule"]


class RelationRule(NamedTuple):
    """A function with what `checker rules` shows of it.

    `function` takes what was read and the language of messages and gives checks; their rule id, slug and relation are put
    on them afterwards. Examples are as in a rule file. A rule that is not `default` runs only when it is selected by
    name. `accuses` says when a failure of its checks is reported.
    """

    id: str
    slug: str
    relation: str
    severity: Severity
    function: Callable[[Reading, str], Iterable[Check]]
    title: Mapping[str, str]
    messages: Mapping[str, str]
    fails: tuple[str, ...]
    silent: tuple[str, ...]
    holds: tuple[str, ...] = ()
    source: str | None = None
    builtin: bool = True
    default: bool = True
    accuses: Accuses = "always"
    former_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the rule may be called in settings and remarks: its id, its slug, and those of rules that it has replaced."""
        return (self.id, self.slug, *self.former_names)


AnyRule = Rule | LinkRule | RelationRule
"""A rule over a pattern, over links, or in Python."""
