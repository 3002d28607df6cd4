"""`checker` as a pre-commit hook in somebody else's repository, and this repository's own hooks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import Run

PLANTED = "去年全县易地搬迁163户41人。\n"
CLEAN = "去年全县易地搬迁163户414人。\n"

TEXTS = [("稿件.txt", PLANTED, 1), ("稿件.md", PLANTED, 1), ("稿件.txt", CLEAN, 0), ("稿件.csv", PLANTED, 0)]
TEXT_IDS = ["planted", "planted-markdown", "clean", "another-kind-of-file"]


def commit_all(run: Run, folder: Path) -> str:
    """Make the folder a git repository with everything in it committed; returns the commit."""
    run("git", "init", "--quiet", cwd=folder)
    run("git", "add", "--all", cwd=folder)
    who = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    quiet = ("-c", "commit.gpgsign=false", "-c", "core.autocrlf=false")
    run("git", *who, *quiet, "commit", "--quiet", "--no-verify", "--message", "test", cwd=folder)
    return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


@pytest.fixture(scope="module")
def revision(run: Run, checkout: Path) -> str:
    """The commit that holds the working tree as it is now, in the copy: pre-commit clones what is committed."""
    return commit_all(run, checkout)


@pytest.fixture(scope="module")
def hook_env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One store of hook environments for all tests here, so that the package is installed once for each revision."""
    return {"PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("store")), "PRE_COMMIT_COLOR": "never"}


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


@pytest.mark.parametrize(("name", "text", "code"), TEXTS[::2], ids=TEXT_IDS[::2])
def test_try_repo(
    run: Run, checkout: Path, revision: str, hook_env: dict[str, str], elsewhere: Path, name: str, text: str, code: int
) -> None:
    (elsewhere / name).write_text(text, encoding="utf-8")
    commit_all(run, elsewhere)
    command = (sys.executable, "-m", "pre_commit", "try-repo", checkout, "checker", "--ref", revision, "--files", name)
    done = run(*command, cwd=elsewhere, env=hook_env, expect=code)
    assert ("CK301" in done.stdout) is (code == 1), done.stdout


def test_own_hooks(run: Run, checkout: Path, revision: str, hook_env: dict[str, str], scripts: str) -> None:
    """What this repository asks of its own commits holds for the whole of it."""
    env = hook_env | {"PATH": os.pathsep.join((scripts, os.environ["PATH"]))}
    assert revision
    run(sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=checkout, env=env)
