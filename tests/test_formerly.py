"""Public modules that moved are found under their old names too, and are the same things."""

from __future__ import annotations

from importlib import import_module

import pytest
from conftest import ROOT

from checker import Checker, Result

MOVED = sorted(path.stem for path in (ROOT / "checker/formerly").glob("[!_]*.py"))


@pytest.mark.parametrize("name", MOVED)
def test_old_names_work(name: str) -> None:
    old = import_module(f"checker.{name}")
    new = import_module(str(old.__doc__).split("`")[1])
    assert old.__all__ and all(getattr(old, each) is getattr(new, each) for each in old.__all__)


def test_these_were_documented() -> None:
    from checker.arithmetic.interval import Interval
    from checker.checks import Check, Operand
    from checker.checks.builder import formula, make_check
    from checker.document import Block, Document, LinePlace, Replacement
    from checker.findings import Finding, Related
    from checker.findings.result import InternalError
    from checker.findings.result import Result as result
    from checker.findings.support import Summary
    from checker.findings.suppression import Suppressed
    from checker.pipeline.checker import Checker as moved
    from checker.reading import Reading

    assert moved is Checker and result is Result
    assert all(
        (
            Check,
            Operand,
            Block,
            Document,
            LinePlace,
            Replacement,
            Finding,
            Related,
            Interval,
            formula,
            make_check,
            Reading,
        )
    )
    assert all((InternalError, Summary, Suppressed))
