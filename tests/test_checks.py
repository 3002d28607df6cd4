"""Checks: made in one place, their weight decided in one place."""

from __future__ import annotations

import ast

import pytest
from conftest import ROOT

from checker import Checker, Config
from checker.checks.model import Outcome, Severity
from checker.checks.severity import severity_of
from checker.quantities import Quantity, read_quantities
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
