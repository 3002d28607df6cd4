"""Checks: made in one place, their weight decided in one place."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import NamedTuple

import pytest
from conftest import ROOT

from checker import Checker, Config
from checker.checks.builder import formula, make_check
from checker.checks.model import Accuses, Check, Outcome, Severity
from checker.checks.severity import severity_of
from checker.pipeline.settlement import settle
from checker.quantities import Quantity, read_quantities
from checker.reading import read
from checker.sources import make_document


def figures(text: str) -> tuple[Quantity, ...]:
    return read_quantities(make_document(text))


def test_checks_are_made_by_the_builder() -> None:
    makers = {
        path.relative_to(ROOT / "checker").as_posix()
        for path in (ROOT / "checker").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Check"
    }
    assert makers == {"checks/builder.py", "checks/model.py"}


@pytest.mark.parametrize(
    ("stated", "link", "text", "chosen", "outcome", "severity"),
    [
        ("error", 1, "41人", None, None, "error"),
        ("error", 2, "41人", None, None, "error"),
        ("error", 3, "41人", None, None, "warning"),
        ("error", 1, "近三成", None, None, "warning"),
        ("info", 4, "近三成", None, None, "info"),
        ("error", 4, "近三成", "error", None, "error"),
        ("warning", 1, "41人", "error", "fails", "error"),
        ("error", 1, "41人", "error", "holds-truncated", "info"),
    ],
)
def test_severity(
    stated: Severity, link: int, text: str, chosen: Severity | None, outcome: Outcome | None, severity: Severity
) -> None:
    assert severity_of(stated, link=link, figures=figures(text), chosen=chosen, outcome=outcome) == severity


def test_what_settings_choose_is_what_a_finding_has() -> None:
    text = "搬迁163户41人。"
    assert [f.severity for f in Checker().check(text).findings] == ["error"]
    assert [f.severity for f in Checker(Config(severity={"CK301": "info"})).check(text).findings] == ["info"]


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [
        ("产量1200件，增长20%，上年1000件。", "undecided"),  # the rate is that of 1000 and 1200
        ("产量1200件，增长35%，上年1000件。", "fails"),
    ],
)
def test_a_stated_link_that_holds_explains_its_rate(stated: str, outcome: str) -> None:
    """An inferred link, with another base, may not accuse a rate that a stated link has found right."""
    reading = read(make_document(f"{stated}库存2617件。"), tolerance=Fraction(1, 10))
    current, rate, base, other = (q for q in reading.quantities if q.kind == "quantity")

    def growth(base: Quantity, link: int) -> Check:
        slots = {"base": (base,), "current": (current,), "rate": (rate,)}
        return make_check(reading, "growth", formula("(current - base) / base == rate"), slots, "{computed}", link=link)

    inferred = growth(other, 3)
    explained = [(_Rule("A"), growth(base, 1))] if outcome == "undecided" else []
    checks = settle([*explained, (_Rule("B"), inferred)], reading)
    assert [c.outcome for c in checks if c.rule == "B"] == [outcome]


class _Rule(NamedTuple):
    id: str
    slug: str = "rule"
    accuses: Accuses = "always"
