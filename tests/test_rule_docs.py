"""What docs/ says of rules and figures is true: the worked example runs, the tables are complete, the pages are up to date."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from checker import Checker
from checker.arithmetic.interval import Interval
from checker.checks import Outcome
from checker.config import Config
from checker.quantities import read_quantities
from checker.quantities.skeleton import SLOT_CLASSES
from checker.rulebook.examples import run_examples
from checker.rulebook.pages import main
from checker.rules.conditions import FUNCTIONS
from checker.rules.loading import _KEYS
from checker.sources import make_document

DOCS = Path(__file__).resolve().parent.parent / "docs"
FORMAT = (DOCS / "rules-format.md").read_text("utf-8")
FIGURES = (DOCS / "figures.md").read_text("utf-8")


def test_the_worked_example_runs(tmp_path: Path) -> None:
    found = re.search(r'<!-- worked-example -->\n```toml title="own\.toml"\n(.*?)```', FORMAT, re.DOTALL)
    said = re.search(r"“([^”]+)”它报告：<!-- worked-message -->(.*?)<!-- /worked-message -->", FORMAT)
    assert found and said
    path = tmp_path / "own.toml"
    path.write_text(found[1], "utf-8")
    checker = Checker(Config(rules=(path,)))
    assert run_examples([rule for rule in checker.rules if rule.id == "MY101"], checker) == []
    assert [f.message for f in checker.check(said[1]).findings] == [said[2]]


@pytest.mark.parametrize("name", [*sorted(FUNCTIONS), "sum", "count", "first", "last", "max", "weighted"])
def test_every_function_is_explained(name: str) -> None:
    assert re.search(rf"\| .*`{name}\(", FORMAT)


@pytest.mark.parametrize("name", sorted(SLOT_CLASSES))
def test_every_class_is_explained(name: str) -> None:
    classes = FORMAT[FORMAT.index("### 数字的类") : FORMAT.index("## 条件")]
    assert re.search(rf"^\| (`\w+` )*`{name}`", classes, re.MULTILINE)


@pytest.mark.parametrize("key", sorted(_KEYS))
def test_every_key_is_explained(key: str) -> None:
    keys = FORMAT[FORMAT.index("## 规则的键") : FORMAT.index("## 骨架")]
    assert re.search(rf"^\| (`[\w.]+`、)*`{key}(\.zh)?`", keys, re.MULTILINE)


@pytest.mark.parametrize("outcome", Outcome.__args__)  # type: ignore[attr-defined]
def test_every_outcome_is_explained(outcome: str) -> None:
    assert f"| `{outcome}` |" in FORMAT


FIGURE_ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \| (.+?) \| (\w+) \|$", FIGURES, re.MULTILINE)


def _interval(written: str) -> Interval:
    low, high = (None if "∞" in end else Fraction(end.strip()) for end in written[1:-1].split(","))
    return Interval(low, high, written[0] == "[", written[-1] == "]")


@pytest.mark.parametrize(("written", "value", "interval", "unit", "approximation"), FIGURE_ROWS)
def test_figures_are_read_as_the_table_says(
    written: str, value: str, interval: str, unit: str, approximation: str
) -> None:
    text = f"共有{written}。"
    (quantity,) = read_quantities(make_document(text, "a.txt", None), tolerance=Config().about)
    assert text[quantity.start : quantity.end] == written
    assert quantity.value == (None if value == "–" else Fraction(value))
    assert quantity.interval == _interval(interval)
    assert quantity.unit is not None
    assert (quantity.unit.name, quantity.approximation) == (unit, approximation)


def test_the_table_of_figures_is_read_whole() -> None:
    table = FIGURES[FIGURES.index("<!-- figures-table -->") : FIGURES.index("<!-- /figures-table -->")]
    assert len(FIGURE_ROWS) == table.count("\n| ") - 1


def test_the_pages_of_the_rules_are_up_to_date(tmp_path: Path) -> None:
    """Where this fails: python -m checker.rulebook.pages docs/rules"""
    assert main([str(tmp_path)]) == 0
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    committed = {path.name: path.read_text("utf-8") for path in (DOCS / "rules").iterdir()}
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_pages_of_rules_that_are_no_more_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "CK000.md").write_text("old", "utf-8")
    assert main([str(tmp_path)]) == 0
    assert not (tmp_path / "CK000.md").exists()
    assert (tmp_path / "CK301.md").read_text("utf-8").startswith("# CK301 户与人：每户至少一人\n")
    assert "[CK301](CK301.md)" in (tmp_path / "README.md").read_text("utf-8")
    assert main([]) == 2
    assert "FOLDER" in capsys.readouterr().err
