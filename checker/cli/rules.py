"""`checker rules`: list, explain, test."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from checker.cli.running import complain_of_plugins
from checker.config import Config
from checker.errors import UsageError
from checker.pipeline.checker import Checker
from checker.relations import AnyRule
from checker.settings.resolver import Resolver, asking, unknown_rule

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """List the rules, explain one, or run all examples; the exit code is 1 where an example came out otherwise.

    The configuration of the working folder tells which rules are in force, what they weigh, and which others there are.
    """
    resolver = Resolver(asking(**vars(options)))
    settings = resolver.of("-")
    checker = resolver.checker(settings)
    complain_of_plugins([checker], options.lang)
    rules = checker.all_rules  # also those that are not in force
    if options.rule == "test":  # an example is about its rule, whatever the configuration says of it
        bare = Config(rules=settings.config.rules, lang=options.lang, plugins=options.plugins)
        return _test(Checker(bare), rules, options.lang)
    from checker.report.console import make_console
    from checker.report.rulebook import Force, print_rule, print_rules

    console = make_console(sys.stdout)
    force = Force(frozenset(rule.id for rule in checker.rules), checker.severities)
    if options.rule is None:
        print_rules(console, rules, force, options.lang)
        return 0
    for rule in rules:
        if options.rule in rule.names:
            print_rule(console, rule, force, options.lang)
            return 0
    known = [name for rule in rules for name in rule.names]
    raise UsageError(unknown_rule(options.rule, [*known, "test"], options.lang), code="unknown-rule")


def _test(checker: Checker, rules: Sequence[AnyRule], lang: str) -> int:
    from checker.report.stream import SafeStream, printable
    from checker.rulebook.examples import run_examples

    out = SafeStream(sys.stdout)
    failures = run_examples(rules, checker)
    for failure in failures:
        out.write(f"{printable(str(failure))}\n")
    examples = sum(len(rule.fails) + len(rule.holds) + len(rule.silent) for rule in rules)
    count = len(rules)
    if lang == "en":
        out.write(f"{count} rules, {examples} examples, {len(failures)} came out otherwise\n")
    else:
        out.write(f"{count} 条规则，{examples} 个例子，{len(failures)} 个与预期不符\n")
    return 1 if failures else 0
