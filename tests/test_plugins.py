"""Rules of other packages: found by their entry point, loaded, refused, crashing; what docs/extending.md says of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import Run

from checker import Checker
from checker.cli import main
from checker.config import Config
from checker.pipeline.plugins import installed_plugins
from checker.rulebook.examples import run_examples

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "example_plugin"
DOCS = (ROOT / "docs" / "extending.md").read_text("utf-8")
BAD = "全县易地搬迁163户41人。"

# A plugin to be filled in: how it gets its rule, and what its function does.
MODULE = """
from checker.checks import Check, Operand
from checker.relations import RelationRule

def own(reading, lang):
    {body}

def rule(id="XX101", slug="own-rule", relation="custom", severity="warning"):
    return RelationRule(id, slug, relation, severity, own, {{"zh": "甲"}}, {{"zh": "乙"}}, (), ())

{head}
RULES = {rules}
"""


def declare(site: Path, project: str, points: dict[str, str]) -> None:
    """What an installer leaves of a package beside its modules."""
    folder = site / f"{project.replace('-', '_')}-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0\n", "utf-8")
    lines = ["[checker.rules]", *(f"{name} = {target}" for name, target in points.items())]
    (folder / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with the example package as an installer would put it there."""
    site = tmp_path / "site"
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    declare(site, project["name"], project["entry-points"]["checker.rules"])
    shutil.copy(EXAMPLE / "checker_class_size.py", site)
    return site


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A package `own` on the path whose module is the MODULE that the test's parameter fills in."""
    site = tmp_path / "site"
    declare(site, "own", {"broken": "own_plugin:RULES"})
    filled = {"body": "return ()", "head": "", "rules": "rule()"} | request.param
    (site / "own_plugin.py").write_text(MODULE.format(**filled), "utf-8")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "own_plugin", raising=False)


def block(name: str, language: str) -> str:
    found = re.search(rf"<!-- example-{name} -->\n```{language}\n(.*?)```\n<!-- /example-{name} -->", DOCS, re.DOTALL)
    assert found
    return found[1]


def test_the_worked_example_is_the_example_package() -> None:
    assert block("project", "toml") == (EXAMPLE / "pyproject.toml").read_text("utf-8")
    assert block("module", "python") == (EXAMPLE / "checker_class_size.py").read_text("utf-8")


def test_the_worked_example_runs(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(example))
    checker = Checker()
    (rule,) = [rule for rule in checker.rules if rule.id == "EDU101"]
    assert not rule.builtin
    assert run_examples([rule], checker) == []
    said = re.search(r"“([^”]+)”它报告：<!-- example-message -->(.*?)<!-- /example-message -->", DOCS)
    assert said
    (finding,) = checker.check(said[1]).findings
    assert (finding.rule, finding.slug, finding.severity, finding.message) == (
        "EDU101",
        "class-size",
        "warning",
        said[2],
    )


def test_the_command_finds_it(run: Run, example: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("平均每班58人。", "utf-8")
    env = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(example)))}
    checker = (sys.executable, "-m", "checker")
    assert "EDU101" in run(*checker, "rules", "class-size", cwd=tmp_path, env=env).stdout
    command = (*checker, "check", "--fail-on", "warning", "a.txt")
    assert "EDU101" in run(*command, cwd=tmp_path, env=env, expect=1).stdout
    for options in (["--no-plugins"], ["--ignore", "EDU101"]):
        assert "EDU101" not in run(*command, *options, cwd=tmp_path, env=env).stdout


def test_nothing_is_imported_where_nothing_is_declared(run: Run, tmp_path: Path) -> None:
    program = (
        "import sys; from checker.pipeline.plugins import installed_plugins; before = set(sys.modules); "
        "sys.path[:] = [sys.argv[1]]; print(installed_plugins(), 'importlib.metadata' in set(sys.modules) - before)"
    )
    (tmp_path / "other-1.0.dist-info").mkdir()
    (tmp_path / "other-1.0.dist-info" / "entry_points.txt").write_text("[console_scripts]\nx = x:y\n", "utf-8")
    done = run(sys.executable, "-c", program, tmp_path, cwd=ROOT)
    assert done.stdout.strip() == "Plugins(rules=(), errors=()) False"


def test_a_path_is_searched_once(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(example))
    assert installed_plugins() is installed_plugins()
    assert "EDU101" not in {rule.id for rule in Checker(Config(plugins=False)).all_rules}


@pytest.mark.parametrize(
    ("plugin", "why"),
    [
        ({"head": "import no_such_module_here"}, "ModuleNotFoundError"),
        ({"head": "raise SystemExit(0)"}, "SystemExit"),
        ({"rules": "own"}, "RelationRule"),
        ({"rules": "[rule(), 3]"}, "RelationRule"),
        ({"rules": "rule('own')"}, "id 应为"),
        ({"rules": "rule(slug='Own Rule')"}, "slug 应为"),
        ({"rules": "rule(relation='pairs')"}, "pairs"),
        ({"rules": "rule('CK301')"}, "规则 CK301 已经存在"),
        ({"rules": "rule(slug='household-person-pair')"}, "规则 household-person-pair 已经存在"),
        ({"rules": "[rule(), rule(slug='another')]"}, "规则 XX101 已经存在"),
    ],
    indirect=["plugin"],
)
def test_a_plugin_that_cannot_be_used_is_named_and_the_rules_go_on(
    plugin: None, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    result = Checker().check(BAD)
    (error,) = result.errors
    assert (error.rule, error.code) == ("own:broken", "plugin-broken")
    assert why in error.message
    assert [finding.rule for finding in result.findings] == ["CK301"]

    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BAD, "utf-8")
    assert main(["check", "--format", "json", "--exit-zero", "a.txt", "b.txt"]) == 2
    printed = capfdbinary.readouterr()
    report = json.loads(printed.out)
    assert [(e["path"], e["code"], e["rule"]) for e in report["errors"]] == [
        ("a.txt", "plugin-broken", "own:broken"),
        ("b.txt", "plugin-broken", "own:broken"),
    ]
    assert all(document["incomplete"] and document["findings"] for document in report["documents"])
    assert printed.err.decode().count("own:broken") == 1
    assert main(["check", "--no-plugins", "--exit-zero", "a.txt"]) == 0


def _check(operands: str = "()", start: int = 0, relation: str = "custom") -> str:
    return f"return [Check(0, '', '', {relation!r}, 'fails', {operands}, '', '', None, None, {start}, 1)]"


@pytest.mark.parametrize(
    ("plugin", "why"),
    [
        ({"body": "raise KeyError('x')"}, "KeyError"),
        ({"body": "return 3"}, "TypeError"),
        ({"body": "return ['x']"}, "应给出 Check"),
        ({"body": _check("(Operand('a', 99),)")}, "99"),
        ({"body": _check("(Operand('a'),)")}, "不在正文之内"),
        ({"body": _check(start=-1)}, "不在正文之内"),
        ({"body": _check(relation="pairs")}, "pairs"),
    ],
    indirect=["plugin"],
)
def test_a_plugin_that_crashes_on_a_document_is_named_and_the_rules_go_on(plugin: None, why: str) -> None:
    result = Checker().check(BAD)
    (error,) = result.errors
    assert (error.rule, error.code) == ("XX101", "rule-crashed")
    assert why in error.message
    assert [finding.rule for finding in result.findings] == ["CK301"]


def test_two_plugins_with_one_id(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first by name keeps it."""
    declare(tmp_path / "more", "another-copy", {"again": "checker_class_size:RULES"})
    monkeypatch.syspath_prepend(str(example))
    monkeypatch.syspath_prepend(str(tmp_path / "more"))
    checker = Checker()
    assert [rule.id for rule in checker.rules].count("EDU101") == 1
    assert [error.rule for error in checker.plugin_errors] == ["checker-class-size:class-size"]
