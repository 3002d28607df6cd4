"""The examples of rules, run: what must be reported is, what holds does, and what must stay silent stays silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from checker.findings.result import Result
    from checker.pipeline.checker import Checker
    from checker.relations import AnyRule

__all__ = ["ExampleFailure", "example_failure", "run_examples"]

ExampleKind = Literal["fails", "holds", "silent"]
_HELD = ("holds", "holds-rounded", "holds-truncated")
_WANTED: dict[ExampleKind, str] = {
    "fails": "应当报告，却没有报告",
    "holds": "应当成立，却没有成立",
    "silent": "应当沉默，却有报告",
}
_OUTCOMES = {
    "holds": "成立",
    "holds-rounded": "在舍入范围内成立",
    "holds-truncated": "截尾才成立",
    "fails": "不成立",
    "undecided": "不能确定",
}


class ExampleFailure(NamedTuple):
    """An example that came out otherwise.

    `rule` is the id of the rule that gives the example, `kind` the key it stands under, `text` the sentence.
    `outcomes` are the checks that decided it, each with rule id, arithmetic and outcome; none where the rule made no
    check. A rule that crashed stands there with its error.
    """

    rule: str
    kind: ExampleKind
    text: str
    outcomes: tuple[str, ...]

    def __str__(self) -> str:
        seen = "、".join(self.outcomes) or "没有作出任何检查"
        return f"{self.rule} {self.kind}：“{self.text}”{_WANTED[self.kind]}（{seen}）"


def run_examples(rules: Iterable[AnyRule], checker: Checker | None = None) -> list[ExampleFailure]:
    """Run the examples of `rules`, each as a text of its own; gives those that came out otherwise, in order.

    `checker` holds the rules in force; without one, the built-in rules are. Rules from a user's file need the checker
    that was made with that file.
    """
    from checker.pipeline.checker import Checker

    checker = checker or Checker()
    return [failure for rule in rules for failure in _failures(rule, checker)]


def _selecting(rule: AnyRule, checker: Checker) -> Checker:
    """The checker for a rule that runs only when it is selected."""
    from checker.pipeline.checker import Checker

    return Checker(checker.config._replace(select=(rule.id,), ignore=()))


def _failures(rule: AnyRule, checker: Checker) -> Iterator[ExampleFailure]:
    if not rule.default:  # it runs only when it is selected
        checker = _selecting(rule, checker)
    examples: tuple[tuple[ExampleKind, tuple[str, ...]], ...] = (
        ("fails", rule.fails), ("holds", rule.holds), ("silent", rule.silent),
    )  # fmt: skip
    for kind, texts in examples:
        for text in texts:
            failure = example_failure(rule.id, kind, text, checker)
            if failure is not None:
                yield failure


def example_failure(rule: str, kind: ExampleKind, text: str, checker: Checker) -> ExampleFailure | None:
    """One example of the rule with this id, run; None where it came out as it should.

    A failing example gives at least one failing check of the rule; one that holds gives a check of the rule that holds
    and none that fails; a silent one gives no finding of any rule at all.
    """
    result = checker.check(text)
    crashed = tuple(f"{error.rule} 出错：{error.message}" for error in result.errors if error.code == "rule-crashed")
    own = [check.outcome for check in result.checks if check.rule == rule]
    match kind:
        case "fails":
            right = "fails" in own
        case "holds":
            right = any(outcome in _HELD for outcome in own) and "fails" not in own
        case "silent":
            right = not result.findings
    if right and not crashed:
        return None
    return ExampleFailure(rule, kind, text, (*_seen(rule, kind, result), *crashed))


def _seen(rule: str, kind: ExampleKind, result: Result) -> tuple[str, ...]:
    """The checks that decided an example: those of the rule, or for a silent one all that are reported."""
    loud = {finding.check for finding in result.findings}
    return tuple(
        f"{check.rule}：{check.expression}，{_OUTCOMES[check.outcome]}"
        for check in result.checks
        if (check.id in loud if kind == "silent" else check.rule == rule)
    )
