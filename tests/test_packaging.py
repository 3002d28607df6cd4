"""The package as others get it: from a built wheel, from an editable install, from a bare checkout."""

from __future__ import annotations

import os
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import INSTALLING, Once, Run

from checker.errors import RuleError
from checker.rules.location import builtin_rules_path, rule_page_path
from checker.version import __version__

PLANTED = "全县易地搬迁163户41人。\n"
CLEAN = "全县易地搬迁163户414人。\n"

WHERE = "from checker.rules.location import builtin_rules_path as path; print(path())"
PAGE = "from checker.rules.location import rule_page_path as page; print(page('CK301'))"


class Installed(NamedTuple):
    """One way to have the package: its interpreter, how `checker` is called, the environment, and where its rules lie."""

    python: Path
    checker: tuple[str | Path, ...]
    env: dict[str, str]
    rules: Path


def environment_with(run: Run, once: Once, name: str, *what: str | Path) -> tuple[Path, Path]:
    """A virtual environment with nothing but this in it, not even pip: its interpreter and its folder of commands."""

    def make(folder: Path) -> None:
        venv.create(folder, with_pip=False, symlinks=os.name != "nt")
        install(run, places(folder)[0], folder, *what)

    return places(once(name, make))


def places(folder: Path) -> tuple[Path, Path]:
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    return commands / ("python.exe" if os.name == "nt" else "python"), commands


def install(run: Run, python: Path, cwd: Path, *what: str | Path) -> None:
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *what, cwd=cwd, env=INSTALLING)


@pytest.fixture(scope="session")
def built(run: Run, checkout: Path, once: Once) -> Path:
    """The folder with the source archive and the wheel that was built from that archive."""

    def build(folder: Path) -> None:
        run(sys.executable, "-m", "build", "--outdir", folder, checkout, cwd=folder, env=INSTALLING)

    return once("dist", build)


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def from_wheel(run: Run, wheel: Path, once: Once) -> Installed:
    python, commands = environment_with(run, once, "wheel", wheel)
    rules = next(commands.parent.rglob("rules.toml"))
    return Installed(python, (commands / "checker",), {}, rules)


@pytest.fixture(scope="session")
def editable(run: Run, checkout: Path, once: Once) -> Installed:
    python, commands = environment_with(run, once, "editable", "--editable", checkout)
    return Installed(python, (commands / "checker",), {}, checkout / "rules.toml")


@pytest.fixture(scope="session")
def bare(checkout: Path) -> Installed:
    """The copy on PYTHONPATH, which goes before whatever the running interpreter has installed."""
    python = Path(sys.executable)
    return Installed(python, (python, "-m", "checker"), {"PYTHONPATH": str(checkout)}, checkout / "rules.toml")


@pytest.fixture(params=["from_wheel", "editable", "bare"])
def installed(request: pytest.FixtureRequest) -> Installed:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Installed)
    return found


def test_version(run: Run, installed: Installed, tmp_path: Path) -> None:
    done = run(*installed.checker, "--version", cwd=tmp_path, env=installed.env)
    assert __version__ in done.stdout.split()


def test_finds_its_rules(run: Run, installed: Installed, tmp_path: Path) -> None:
    done = run(installed.python, "-c", WHERE, cwd=tmp_path, env=installed.env)
    assert Path(done.stdout.strip()).resolve() == installed.rules.resolve()


def test_finds_the_page_of_a_rule(run: Run, installed: Installed, tmp_path: Path) -> None:
    done = run(installed.python, "-c", PAGE, cwd=tmp_path, env=installed.env)
    page = Path(done.stdout.strip())
    assert page.name == "CK301.md" and page.read_text("utf-8").startswith("# CK301")


def test_lists_its_rules(run: Run, installed: Installed, tmp_path: Path) -> None:
    done = run(*installed.checker, "rules", cwd=tmp_path, env=installed.env)
    assert "CK301" in done.stdout


@pytest.mark.parametrize(("text", "code"), [(PLANTED, 1), (CLEAN, 0)], ids=["planted", "clean"])
def test_checks_a_text(run: Run, installed: Installed, tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "稿件.txt").write_text(text, encoding="utf-8")
    done = run(*installed.checker, "check", "稿件.txt", cwd=tmp_path, env=installed.env, expect=code)
    assert ("CK301" in done.stdout) is (code == 1)


def test_wheel_holds_every_data_file(checkout: Path, wheel: Path) -> None:
    package = checkout / "checker"
    wanted = {
        path.relative_to(checkout).as_posix() for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        rules = archive.read("checker/rules/rules.toml")
    pages = {f"checker/rules/docs/{path.name}" for path in (checkout / "docs/rules").iterdir()}
    assert sorted(names) == sorted(wanted | {"checker/rules/rules.toml"} | pages)
    assert "checker/py.typed" in names
    assert rules == (checkout / "rules.toml").read_bytes()


def test_source_archive_can_be_tested(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "rules.toml", "tests/conftest.py"}
    assert names >= {".pre-commit-hooks.yaml", ".pre-commit-config.yaml", "checker/version.py", ".ci/run"}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["checker/rules/rules.toml", "rules.toml", "pyproject.toml"], "checker/rules/rules.toml"),
        (["checker/rules/rules.toml", "rules.toml"], "checker/rules/rules.toml"),
        (["rules.toml", "pyproject.toml"], "rules.toml"),
        (["rules.toml"], None),  # beside an installed package: somebody else's file
        ([], None),
    ],
)
def test_place_of_the_rules(tmp_path: Path, files: list[str], found: str | None) -> None:
    here = tmp_path / "checker" / "rules"
    here.mkdir(parents=True)
    for name in files:
        (tmp_path / name).write_text("", encoding="utf-8")
    if found is None:
        with pytest.raises(RuleError, match=r"rules\.toml"):
            builtin_rules_path(here)
    else:
        assert Path(builtin_rules_path(here)) == tmp_path / found


@pytest.mark.parametrize(
    ("files", "rule", "found"),
    [
        (
            ["checker/rules/docs/CK301.md", "docs/rules/CK301.md", "pyproject.toml"],
            "CK301",
            "checker/rules/docs/CK301.md",
        ),
        (["docs/rules/CK301.md", "pyproject.toml"], "CK301", "docs/rules/CK301.md"),
        (["docs/rules/CK301.md"], "CK301", None),
        (["docs/rules/CK301.md", "pyproject.toml"], "CK302", None),
        (["docs/CK301.md", "pyproject.toml"], "../CK301", None),
    ],
)
def test_place_of_the_page_of_a_rule(tmp_path: Path, files: list[str], rule: str, found: str | None) -> None:
    here = tmp_path / "checker" / "rules"
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    page = rule_page_path(rule, here)
    assert page == (None if found is None else str(tmp_path / found))
