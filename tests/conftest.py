"""What several test files share: the checkout, a copy of it, and a way to run a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent

# Not part of the project: history, environments, and what tools leave behind.
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "venv", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis", "build", "dist", "site"
)
# Settings of the machine or of the calling shell that would change what a command does or prints. GIT_… is set while a
# git hook runs the tests, and would send a test's own git commands to the wrong repository.
_UNSET = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CHECKER_LANG", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
# For commands that install: what they compile lies where it is installed.
INSTALLING = {"PYTHONPYCACHEPREFIX": ""}

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def once(shared: Path) -> Once:
    """A function that fills a folder once for all processes of this run: once(name, fill) → the folder."""

    def call(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what another left when it failed
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return call


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[None]:
    """No test reads or writes the cache of the person who runs the tests.

    Hundreds of commands start, each more than twice as fast when its modules are compiled; they are compiled once,
    outside the checkout, also where Python is told to write no bytecode.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHECKER_CACHE_DIR", str(tmp_path_factory.mktemp("cache") / "checker"))
        patch.setenv("PYTHONPYCACHEPREFIX", str(shared / "bytecode"))
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def checkout(once: Once) -> Path:
    """A copy of the working tree as it is now, committed or not, elsewhere: no test builds inside the checkout."""
    return once("checkout", lambda copy: shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def run() -> Run:
    """A function that runs a command in a plain environment: run(*command, cwd, env, expect) → the finished process.

    `env` is added to the environment. With `expect` (0 unless given, None for any), another exit code fails the test
    with everything that the command printed.
    """

    def call(
        *command: str | Path, cwd: Path, env: Mapping[str, str] | None = None, expect: int | None = 0
    ) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name not in _UNSET}
        environment |= {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
        environment |= env or {}
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if expect is not None and done.returncode != expect:
            line = " ".join(map(str, command))
            pytest.fail(f"{line}\nexited {done.returncode}, not {expect}\n{done.stdout}\n{done.stderr}", pytrace=False)
        return done

    return call


@pytest.fixture(scope="session")
def scripts() -> str:
    """The folder of the running interpreter's commands, for PATH."""
    return str(Path(sys.executable).parent)
