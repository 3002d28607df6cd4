"""The scripts of `checker completion`, and what bash makes of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker.cli import main
from checker.cli.completion import SHELLS, commands_of
from checker.cli.parser import build_parser

# What stands before the command line to complete; the last word is the one under the cursor.
_HARNESS = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_checker
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the script of each shell."""
    folder = tmp_path_factory.mktemp("completion")
    for shell in SHELLS:
        with pytest.MonkeyPatch.context() as patch:
            printed = bytearray()
            patch.setattr("checker.cli.completion.write_bytes", lambda pieces, to=printed: to.extend(b"".join(pieces)))
            assert main(["completion", shell]) == 0
        (folder / shell).write_bytes(printed)
    return folder


def completed(scripts: Path, *words: str) -> list[str]:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    command = [bash, "--norc", "-c", _HARNESS, "bash", str(scripts / "bash"), *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=scripts, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["checker", "ch"], ["check"]),
        (["checker", "fig"], ["figures"]),
        (["checker", "--v"], ["--version"]),
        (["checker", "check", "--inc"], ["--include-text"]),
        (["checker", "check", "a.txt", "--fail-on", ""], ["error", "warning", "info", "never"]),
        (["checker", "check", "--fail-on", "=", "w"], ["warning"]),
        (["checker", "check", "--fail-on", "="], ["error", "warning", "info", "never"]),
        (["checker", "check", "--select", "CK301"], ["CK301"]),
        (["checker", "check", "--select", "CK101,CK9999,CK301"], ["CK101,CK9999,CK301"]),
        (["checker", "check", "--published", ""], []),
        (["checker", "check", "a"], []),
        (["checker", "figures", "--format", ""], ["table", "json", "csv"]),
        (["checker", "rules", "te"], ["test"]),
        (["checker", "rules", "CK911"], ["CK911"]),
        (["checker", "completion", ""], list(SHELLS)),
        (["checker", "serve", "--files", "./s"], ["./sub"]),
        (["checker", "lsp", "--lang", ""], ["zh", "en"]),
    ],
)  # fmt: skip
def test_bash(words: list[str], offered: list[str], scripts: Path) -> None:
    (scripts / "sub").mkdir(exist_ok=True)
    assert completed(scripts, *words) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_stands_in_the_script(shell: str, scripts: Path) -> None:
    script = (scripts / shell).read_text("utf-8")
    for command in commands_of(build_parser("zh")):
        assert command.name in script
        for option in command.options:
            for flag in option.flags:
                written = f"-l {flag[2:]} " if shell == "fish" and flag.startswith("--") else flag
                assert (written if shell != "fish" or flag.startswith("--") else f"-s {flag[1:]} ") in script
    assert "CK301" in script


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_reads_its_script(shell: str, scripts: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([program, "-n", scripts / shell], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_unknown_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "bash" in capsys.readouterr().err
