"""Checks: made in one place, their weight decided in one place."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import NamedTuple

import pytest
from conftest import ROOT

from checker import Checker, Config, check
from checker.checks.builder import formula, make_check
from checker.checks.model import Accuses, Check, Outcome, Severity
from checker.checks.partners import NO_PARTNERS, partners_in
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


@pytest.mark.parametrize(
    ("text", "figure", "of", "whole", "base"),
    [
        ("产能由1284吨增加到1541吨，增幅20.0%。", "20.0%", "1541吨", None, "1284吨"),
        ("全区居民18.46万人，其中老年人4.93万人，占26.7%。", "26.7%", "4.93万人", "18.46万人", None),
        ("年末贷款余额412.6亿元，比年初增加38.4亿元，增长10.3%。", "38.4亿元", "412.6亿元", None, None),
        ("今日股指收于3284点。", "3284点", None, None, None),
    ],
)
def test_partners_of_a_figure(text: str, figure: str, of: str | None, whole: str | None, base: str | None) -> None:
    result = check(text)
    named = {quantity.id: text[quantity.start : quantity.end] for quantity in result.quantities}
    mine = next(number for number, written in named.items() if written == figure)
    found = partners_in(result.checks).get(mine, NO_PARTNERS)
    assert tuple(None if number is None else named[number] for number in found) == (of, whole, base)
