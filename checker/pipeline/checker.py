"""The road from a text to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from checker.checks import Check, Severity
from checker.checks.severity import severity_of
from checker.config import Config
from checker.document import Document
from checker.document.deadline import Deadline, DeadlinePassed
from checker.errors import CheckerError, UsageError
from checker.findings import findings_of
from checker.findings.result import InternalError, Result
from checker.pipeline.plugins import Plugins, admitted, installed_plugins, require_sound
from checker.pipeline.settlement import Named, settle
from checker.reading import Reading, read, timed_reading
from checker.relations import RELATION_RULES, AnyRule
from checker.rules.engine import Engine
from checker.rules.loading import load_rules
from checker.rules.model import LinkRule, Rule
from checker.sources import make_document, require_length

if TYPE_CHECKING:
    from checker.pipeline.stopwatch import Stopwatch

__all__ = ["Checker"]


class Checker:
    """Checks texts; never changed once made, and safe to share between threads.

    Raises UsageError for a configuration that cannot be, or that names a rule which does not exist. `rules` are those in force, in the
    order in which they run, `all_rules` those that there are, in force or not; `plugin_errors` are the plugins that could not be loaded,
    which every result repeats.

    >>> [f.message for f in Checker().check("搬迁163户41人。").findings]
    ['41人少于163户，每户不足一人']
    """

    __slots__ = ("_engine", "_severities", "all_rules", "config", "plugin_errors", "rules")

    def __init__(self, config: Config | None = None) -> None:
        self.config = Config() if config is None else config
        self.config.verify()
        self._engine, self.rules, self.all_rules, self.plugin_errors = _selected(self.config)
        ids = self.names
        self._severities: dict[str, Severity] = {ids[name]: level for name, level in self.config.severity.items()}

    @property
    def severities(self) -> Mapping[str, Severity]:
        """What a failure weighs where the settings say so, by the id of the rule."""
        return self._severities

    @property
    def names(self) -> dict[str, str]:
        """What all rules may be called, with their ids; a former name of one does not take that which another has."""
        return {
            **{name: rule.id for rule in self.all_rules for name in rule.names},
            **{name: rule.id for rule in self.all_rules for name in (rule.id, rule.slug)},
        }

    def check(self, text: str, *, published: date | str | None = None, path: str = "<text>") -> Result:
        """Check one text.

        `published` is the day of publication (a date, or 2017-06-09 or 2017年6月9日); without it, it is looked for in the text. Raises
        UsageError for a day that does not exist, SourceError for a text that is longer than the configuration allows.
        """
        require_length(len(text), self.config.max_chars, self.config.lang)
        line_remarks = self.config.plain_text_comments
        return self.check_document(make_document(text, path, published, line_remarks=line_remarks))

    def check_document(
        self, document: Document, *, watch: Stopwatch | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Result:
        """Check a document that has been read by `checker.sources`; `watch` is told how long each part takes.

        `cancelled` is asked before each rule; when it says so, CheckerError with code ``cancelled`` is raised. Raises
        SourceError for a text that is longer than the configuration allows.
        """
        require_length(len(document.text), self.config.max_chars, self.config.lang)
        deadline = self._deadline()
        reading = timed = read(document, tolerance=self.config.about, deadline=deadline)
        cut = False
        if deadline is not None:
            timed, cut = timed_reading(reading, deadline), deadline.passed()
        if watch is not None:
            watch.stage("figures")
        errors = list(self.plugin_errors)
        found: list[tuple[Named, Check]] = []
        unfinished: list[str] = []
        for rule in self.rules:
            if cancelled is not None and cancelled():
                raise CheckerError("已取消", code="cancelled")
            try:
                if deadline is None:
                    made = list(self._checks(rule, reading))  # first all: nothing is taken of a rule that crashes
                    found += ((rule, check) for check in made)
                elif not self._run_until(deadline, rule, timed, found):
                    unfinished.append(rule.id)
            except Exception as error:  # a rule that crashes costs only itself
                errors.append(InternalError(rule.id, f"{type(error).__name__}: {error}"))
            if watch is not None:
                watch.rule(rule.id)
        checks = settle(found, reading)
        if self._severities:
            chosen = self._severities
            checks = tuple(c._replace(severity=severity_of(c.severity, chosen=chosen.get(c.rule))) for c in checks)
        findings = findings_of(document, reading.quantities, checks)
        result = Result(
            document, reading.quantities, reading.claims, checks, findings, tuple(errors), cut or bool(unfinished),
            unfinished=tuple(unfinished),
        )  # fmt: skip
        if document.comments:
            result = self._obeying(result)
        if watch is not None:
            watch.stage("findings")
            watch.add(result)
        return result

    def _obeying(self, result: Result) -> Result:
        """The result without the findings that remarks in the text take out."""
        from checker.findings.suppression import obeyed  # few texts have remarks

        crashed = {error.rule for error in result.errors} | set(result.unfinished)
        in_force = {rule.id for rule in self.rules} - crashed
        findings, suppressed, warnings = obeyed(
            result.document, result.findings, self.names, in_force, self.config.lang
        )
        document = result.document
        if warnings:
            document = document.replaced(warnings=(*document.warnings, *warnings))
        return result._replace(document=document, findings=findings, suppressed=suppressed)

    def _deadline(self) -> Deadline | None:
        """The moment until which one document may take; None where it may take as long as it needs."""
        if self.config.deadline is None:
            return None
        return Deadline(self.config.deadline)

    def _run_until(self, deadline: Deadline, rule: AnyRule, reading: Reading, found: list[tuple[Named, Check]]) -> bool:
        """Add the checks that a rule makes in time to `found`; whether these are all."""
        if deadline.passed():
            return False
        made: list[tuple[Named, Check]] = []
        whole = True
        try:
            for check in self._checks(rule, reading, deadline.left):
                made.append((rule, check))
                if deadline.passed():
                    whole = False
                    break
        except DeadlinePassed:
            whole = False
        except TimeoutError:
            if not deadline.passed():
                raise  # a pattern of one's own that runs away, long before
            whole = False
        found.extend(made)  # not what a rule made before it crashed
        return whole

    def _checks(self, rule: AnyRule, reading: Reading, seconds: float | None = None) -> Iterable[Check]:
        if isinstance(rule, (Rule, LinkRule)):
            return self._engine.run(rule, reading, seconds)
        checks = rule.function(reading, self.config.lang)
        return checks if rule.builtin else _sound(checks, reading)


def _sound(checks: Iterable[Check], reading: Reading) -> Iterator[Check]:
    """The checks of a plugin. Raises ValueError for one that would break what comes after it."""
    for check in checks:
        require_sound(check, reading)
        yield check


def _selected(
    config: Config,
) -> tuple[Engine, tuple[AnyRule, ...], tuple[AnyRule, ...], tuple[InternalError, ...]]:
    """What runs the rules of files, the rules in force, all that there are, and the plugins that could not be loaded."""
    loaded = load_rules(config.rules)
    written = loaded.ids
    relations = tuple(rule for rule in RELATION_RULES if rule.id not in written)  # a user's rule replaces these too
    # Links last: where they say what another rule has said of the same figures, its check stays.
    without_plugins: list[AnyRule] = [*loaded.rules, *relations, *loaded.links]
    builtin_names = {name for rule in without_plugins for name in rule.names}
    plugins = admitted(installed_plugins(), builtin_names) if config.plugins else Plugins()
    everything: list[AnyRule] = [*without_plugins, *(rule for _, own in plugins.rules for rule in own)]
    known = {name for rule in everything for name in rule.names}
    for name in (*config.select, *config.extend_select, *config.ignore, *config.severity):
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, sorted(known), 1)
            raise UsageError(f"没有规则 {name!r}" + (f"；是不是 {near[0]!r}？" if near else ""), code="unknown-rule")

    def wanted(rule: AnyRule) -> bool:
        names = frozenset(rule.names)
        chosen = not names.isdisjoint(config.select) if config.select else rule.default
        chosen = chosen or not names.isdisjoint(config.extend_select)
        return chosen and names.isdisjoint(config.ignore)

    in_force = tuple(rule for rule in everything if wanted(rule))
    return Engine(loaded.lists, config.lang), in_force, tuple(everything), plugins.errors
