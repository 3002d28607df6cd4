"""`checker check --watch`, as a process, with files that change under it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from checker import Checker
from checker.cli import main
from checker.cli.watch import snapshot
from checker.findings.baseline import Entry, write_entries

BAD = "全县易地搬迁163户41人。"
GOOD = "全县易地搬迁163户414人。"
OWN = """format = 1
[[rule]]
id = "MY101"
slug = "my-moves"
relation = "custom"
severity = "error"
pattern = "搬迁{moved:household}"
formula = "moved <= 100"
message.zh = "搬迁多了"
message.en = "too many"
fails = ["搬迁163户。"]
silent = ["搬迁。"]
"""


class Watch:
    """A watch over a folder, and the reports that it has printed, as the findings by file."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "checker", "check", "--watch", "--format", "json", *arguments]
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parent.parent)},
        )  # fmt: skip
        self.reports: Queue[dict[str, int]] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            documents = json.loads(line)["documents"]
            self.reports.put({Path(one["path"]).name: len(one["findings"]) for one in documents})

    def report(self) -> dict[str, int]:
        return self.reports.get(timeout=20)

    def until(self, wanted: dict[str, int]) -> None:
        """Wait for a report; a change that came in two halves may have made one before it."""
        while (found := self.report()) != wanted:
            assert found != {}, wanted

    def end(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    started = []

    def start(*arguments: str) -> Watch:
        started.append(Watch(tmp_path, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a process")
def test_files_that_change_come_and_go(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    one = watch(".", "later.md")
    assert one.report() == {"a.txt": 1}
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    assert one.report() == {"a.txt": 0}
    for n in range(5):  # written in pieces
        (tmp_path / "b.txt").write_text(BAD[: 3 * n], "utf-8")
        time.sleep(0.03)
    (tmp_path / "b.txt").write_text(BAD, "utf-8")
    one.until({"a.txt": 0, "b.txt": 1})
    (tmp_path / "later.md").write_text(BAD, "utf-8")
    one.until({"a.txt": 0, "b.txt": 1, "later.md": 1})
    (tmp_path / "b.txt").unlink()
    (tmp_path / "later.md").unlink()
    one.until({"a.txt": 0})
    (tmp_path / ".hidden.txt").write_text(BAD, "utf-8")
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(Empty):
        one.reports.get(timeout=1)
    code, said = one.end()
    assert code == 130
    assert "正在监视 1 个文件" in said and "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a process")
def test_a_rule_file_that_breaks_does_not_end_it(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    rules = tmp_path / "rules.toml"
    rules.write_text("format = 1\n", "utf-8")
    one = watch("--rules", "rules.toml", "a.txt", "-q")
    assert one.report() == {"a.txt": 1}
    rules.write_text("format = [\n", "utf-8")
    time.sleep(1)
    rules.write_text("format = 1\n\n", "utf-8")
    assert one.report() == {"a.txt": 1}
    code, said = one.end()
    assert code == 130
    assert said.startswith("checker: ") and "rules.toml" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a process")
def test_what_decides_how_texts_are_checked_is_watched(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    def lay(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, "utf-8")

    (tmp_path / "in").mkdir()
    lay("in/a.txt", BAD)
    one = watch("in", "-q")
    assert one.report() == {"a.txt": 1}
    lay("checker.toml", 'extend = "base.toml"')  # above the folder, and it extends what is not there yet
    time.sleep(1)
    lay("base.toml", 'ignore = ["CK301"]')
    one.until({"a.txt": 0})
    lay("base.toml", 'baseline = "known.json"\nrules = ["own.toml"]')  # nor are these
    time.sleep(1)
    lay("own.toml", "format = 1\n")
    lay("base.toml", 'baseline = "known.json"\nrules = ["own.toml"]\n')
    one.until({"a.txt": 1})
    entries = [Entry("in/a.txt", "CK301", finding.fingerprint, "") for finding in Checker().check(BAD).findings]
    write_entries(str(tmp_path / "known.json"), entries)
    one.until({"a.txt": 0})
    (tmp_path / "known.json").unlink()
    one.until({"a.txt": 1})
    lay("own.toml", OWN)
    one.until({"a.txt": 2})
    lay("in/checker.toml", "")
    one.until({"a.txt": 1})
    with pytest.raises(Empty):
        one.reports.get(timeout=1.5)
    code, said = one.end()
    assert code == 130
    assert "base.toml" in said and "own.toml" in said and "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a process")
def test_a_baseline_that_it_writes_is_no_change(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    (tmp_path / "checker.toml").write_text('baseline = "known.json"', "utf-8")
    one = watch(".", "-q", "--write-baseline", "known.json")
    assert one.report() == {"a.txt": 0}
    with pytest.raises(Empty):
        one.reports.get(timeout=1.5)
    assert one.end() == (130, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a process")
def test_its_own_report_is_no_change(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    one = watch(".", "-q", "--output", "concise:report.txt")
    assert one.report() == {"a.txt": 1}
    with pytest.raises(Empty):
        one.reports.get(timeout=1.5)
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    assert one.report() == {"a.txt": 0}
    assert one.end() == (130, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["-"], "--watch"), (["a.txt", "--select", "CK9999"], "CK9999"), (["a", "--published", "x"], "x")],
)
def test_wrong_usage_ends_it_at_once(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--watch", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_snapshot_tells_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD, "utf-8")
    before = snapshot([str(tmp_path), str(tmp_path / "none"), "\0"])
    assert list(before) == [str(path)]
    os.utime(path, ns=(1, 1))
    assert snapshot([str(tmp_path)]) != before
