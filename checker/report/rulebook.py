"""The rules for a person at a terminal: the list, and one rule with its examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checker.checks import Severity
from checker.relations import AnyRule
from checker.report.console import STYLES
from checker.report.stream import printable
from checker.report.words import word
from checker.rules.model import LinkRule
from checker.sources.messages import Lang

__all__ = ["Force", "print_rule", "print_rules"]


class Force(NamedTuple):
    """The ids of the rules that are in force, and what rules weigh that do not weigh what they say themselves."""

    ids: frozenset[str]
    severities: Mapping[str, Severity]

    def severity(self, rule: AnyRule) -> Severity:
        """What a failure of the rule weighs."""
        return self.severities.get(rule.id, rule.severity)


def print_rules(console: Console, rules: Iterable[AnyRule], force: Force, lang: Lang) -> None:
    """All rules in the order in which they run: id, slug, relation, severity (off where not in force), what they look at."""
    table = Table(box=box.HORIZONTALS, header_style="dim", padding=(0, 1, 0, 0))
    whole = (
        ("rule", "name", "severity") if console.width >= 80 else ("rule", "severity")
    )  # names are there to be copied
    for key in ("rule", "name", "relation", "severity"):
        table.add_column(word(key, lang), no_wrap=key in whole, overflow="fold")
    table.add_column(word("finding", lang), overflow="fold")
    for rule in rules:
        table.add_row(
            Text(rule.id, style="bold"),
            Text(rule.slug),
            Text(rule.relation, style="dim"),
            _severity(rule, force, lang),
            Text(printable(_said(rule.title, lang) or _said(rule.messages, lang))),
        )
    console.print(table)


def print_rule(console: Console, rule: AnyRule, force: Force, lang: Lang) -> None:
    """One rule: what it says, what it looks for, and its examples."""
    text = Text()
    text.append(f"{rule.id} ", style="bold")
    text.append(f"{rule.slug}  ")
    text.append(f"{rule.relation}  ", style="dim")
    text.append(_severity(rule, force, lang))
    title = _said(rule.title, lang)
    if title:
        text.append(f"\n{printable(title)}")
    console.print(text)
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for key, lines in (
        ("message", (_said(rule.messages, lang),)),
        ("link" if isinstance(rule, LinkRule) else "pattern", (rule.source or "",)),
        ("fails", rule.fails),
        ("holds", rule.holds),
        ("silent", rule.silent),
    ):
        for at, line in enumerate(line for line in lines if line):
            table.add_row(Text(word(key, lang) if at == 0 else ""), Text(printable(line.strip())))
    console.print(table)


def _severity(rule: AnyRule, force: Force, lang: Lang) -> Text:
    severity = force.severity(rule)
    if rule.id in force.ids:
        return Text(word(severity, lang), style=STYLES[severity])
    return Text(word("off", lang), style="dim")


def _said(texts: Mapping[str, str], lang: Lang) -> str:
    return texts.get(lang) or texts.get("zh", "")
