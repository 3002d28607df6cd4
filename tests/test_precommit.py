"""`checker` as a pre-commit hook in somebody else's repository, and this repository's own hooks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import INSTALLING, ROOT, Once, Run

from checker.sources import SUFFIXES

PLANTED = "去年全县易地搬迁163户41人。\n"
CLEAN = "去年全县易地搬迁163户414人。\n"

TEXTS = [
    ("稿件.txt", PLANTED, 1), ("稿件.md", PLANTED, 1), ("稿件.txt", CLEAN, 0), ("稿件.csv", PLANTED, 1), ("稿件.rst", PLANTED, 0),
]  # fmt: skip
TEXT_IDS = ["planted", "planted-markdown", "clean", "planted-csv", "another-kind-of-file"]

# A bare container, and terminals that are not in UTF-8. pre-commit itself writes UTF-8 to all of them.
TERMINALS = [
    ({"LC_ALL": "C"}, "utf-8"),
    ({"LC_ALL": "C", "PYTHONIOENCODING": "gbk"}, "gbk"),
    ({"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, "ascii"),
]


def commit_all(run: Run, folder: Path) -> str:
    """Make the folder a git repository with everything in it committed; returns the commit."""
    run("git", "init", "--quiet", cwd=folder)
    run("git", "add", "--all", cwd=folder)
    who = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    quiet = ("-c", "commit.gpgsign=false", "-c", "core.autocrlf=false")
    run("git", *who, *quiet, "commit", "--quiet", "--no-verify", "--message", "test", cwd=folder)
    return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


@pytest.fixture(scope="module")
def revision(run: Run, checkout: Path, once: Once) -> str:
    """The commit that holds the working tree as it is now, in the copy: pre-commit clones what is committed."""
    noted = once("revision", lambda folder: (folder / "commit").write_text(commit_all(run, checkout), "utf-8"))
    return (noted / "commit").read_text("utf-8")


@pytest.fixture(scope="module")
def hook_env(shared: Path) -> dict[str, str]:
    """One store of hook environments for all tests here, so that the package is installed once for each revision.

    pre-commit itself lets one process at a time install into it.
    """
    return {"PRE_COMMIT_HOME": str(shared / "store"), "PRE_COMMIT_COLOR": "never", **INSTALLING}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """An empty folder that becomes somebody else's repository."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(("name", "text", "code"), TEXTS, ids=TEXT_IDS)
def test_run(
    run: Run, checkout: Path, revision: str, hook_env: dict[str, str], elsewhere: Path, name: str, text: str, code: int
) -> None:
    (elsewhere / name).write_text(text, encoding="utf-8")
    config = f"repos:\n  - repo: {checkout.as_posix()}\n    rev: {revision}\n    hooks:\n      - id: checker\n"
    (elsewhere / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    commit_all(run, elsewhere)
    done = run(sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=elsewhere, env=hook_env, expect=code)
    assert ("CK301" in done.stdout) is (code == 1), done.stdout


def test_try_repo(run: Run, checkout: Path, revision: str, hook_env: dict[str, str], elsewhere: Path) -> None:
    """Of all the files only those with something planted are named. Each call installs the package anew."""
    texts = [(f"{n}{name}", text, code) for n, (name, text, code) in enumerate(TEXTS)]
    for name, text, _ in texts:
        (elsewhere / name).write_text(text, encoding="utf-8")
    commit_all(run, elsewhere)
    command = (sys.executable, "-m", "pre_commit", "try-repo", checkout, "checker", "--ref", revision, "--all-files")
    done = run(*command, cwd=elsewhere, env=hook_env, expect=1)
    for name, _, code in texts:
        assert (name in done.stdout) is (code == 1), done.stdout


def test_hooks_take_the_formats_that_they_can_read() -> None:
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    patterns = re.findall(r"^  files: (.+)$", manifest, re.MULTILINE)
    for pattern, without in zip(patterns, ({".pdf"}, set()), strict=True):
        taken = {
            suffix for suffix in (*SUFFIXES, ".py", ".toml", ".xls", ".TXT") if re.search(pattern, f"稿件{suffix}")
        }
        assert taken == {*SUFFIXES, ".TXT"} - without
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (extra,) = project["optional-dependencies"]["pdf"]
    assert f'additional_dependencies: ["{extra}"]' in manifest


@pytest.mark.parametrize(("terminal", "encoding"), TERMINALS, ids=[encoding for _, encoding in TERMINALS])
@pytest.mark.parametrize(
    ("hook", "given", "told"),
    [
        ("checker", ("--files", "新稿.txt"), {"新稿.txt"}),
        ("checker", ("--files", "好稿.txt"), set()),
        ("checker-all", ("--files", "好稿.txt"), {"新稿.txt", "sub/旧稿.md"}),
        ("checker-all", ("--files", "程序.py"), set()),
    ],
)
def test_hooks_on_any_terminal(
    run: Run, checkout: Path, revision: str, hook_env: dict[str, str], elsewhere: Path,
    hook: str, given: tuple[str, ...], told: set[str], terminal: dict[str, str], encoding: str,
) -> None:  # fmt: skip
    """The files of the commit, or the whole repository but what git ignores; readable whatever the terminal holds."""
    (elsewhere / "sub").mkdir()
    texts = {"新稿.txt": PLANTED, "sub/旧稿.md": PLANTED, "好稿.txt": CLEAN, "程序.py": "", "草稿.txt": PLANTED}
    for name, text in texts.items():
        (elsewhere / name).write_text(text, encoding="utf-8")
    (elsewhere / ".gitignore").write_text("草稿.txt\n", encoding="utf-8")
    config = f"repos:\n  - repo: {checkout.as_posix()}\n    rev: {revision}\n    hooks:\n      - id: {hook}\n"
    config += "        args: [--format, concise]\n" if hook == "checker" else ""
    (elsewhere / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    commit_all(run, elsewhere)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "LC_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", hook, *given], cwd=elsewhere, env=environment | hook_env | terminal,
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if told else 0), done.stdout + done.stderr
    out = done.stdout
    assert b"Traceback" not in out
    assert (b"CK301" in out) is bool(told)
    for name in texts:
        assert (name.encode(encoding, "backslashreplace") in out) is (name in told), (name, out)


def test_own_hooks(run: Run, checkout: Path, revision: str, hook_env: dict[str, str], scripts: str) -> None:
    """What this repository asks of its own commits holds for the whole of it; mypy is left to `.ci/run`, which runs it just before."""
    env = hook_env | {"PATH": os.pathsep.join((scripts, os.environ["PATH"])), "SKIP": "mypy"}
    assert revision
    run(sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=checkout, env=env)
