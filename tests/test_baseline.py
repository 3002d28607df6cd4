"""The baseline: what is let stand, what no longer occurs, and how entries come and go; through the real command line."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from checker import check
from checker.cli import main
from checker.errors import ConfigError
from checker.findings.baseline import Entry, entry_of, name_in, read_entries, write_entries

BAD = "全县易地搬迁163户41人。"
WORSE = "全乡危房改造97户20人。"
FAR = "\n\n" + "其他各项工作平稳有序推进，未见异常情况。" * 2 + "\n\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHECKER_LANG", raising=False)
    Path("a.txt").write_text(f"{BAD}{FAR}{WORSE}", "utf-8")
    (tmp_path / "sub").mkdir()
    Path("sub/b.txt").write_text(BAD, "utf-8")
    return tmp_path


def reported(capsys: Capture, *arguments: str) -> list[tuple[int, int]]:
    """How many findings each document has, and how many are suppressed."""
    main(["check", "-q", "--format", "json", *arguments])
    return [(len(d["findings"]), len(d["suppressed"])) for d in json.loads(capsys.readouterr().out)["documents"]]


def test_write_then_nothing_old_is_reported_but_what_is_new(folder: Path, capsys: Capture) -> None:
    assert main(["check", ".", "--write-baseline", "base.json"]) == 0
    assert capsys.readouterr().err == "checker: base.json: 基线里记下 3 个发现\n"
    lines = Path("base.json").read_text("utf-8").splitlines()
    assert [json.loads(line.rstrip(","))["path"] for line in lines[1:-1]] == ["a.txt", "a.txt", "sub/b.txt"]
    assert lines[1:-1] == sorted(lines[1:-1])
    assert main(["check", ".", "--baseline", "base.json"]) == 0
    assert "已压下 3" in capsys.readouterr().out
    Path("sub/b.txt").write_text(f"{BAD}{FAR}{WORSE}", "utf-8")
    assert main(["check", ".", "--baseline", "base.json"]) == 1
    capsys.readouterr()
    # From another folder: the paths are relative to the baseline.
    assert reported(capsys, "sub/b.txt", "a.txt", "--baseline", "base.json")[1] == (0, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BAD}{FAR}{WORSE}", (0, 2)),
        (
            f"通报一则，共分两段，请认真阅读并遵照执行，不得有误。\n\n{BAD}{FAR}{WORSE}",
            (0, 2),
        ),
        (f"{BAD}{FAR}新增的一段，与前后均无关系，也没有任何数据可供核对。{FAR}{WORSE}", (0, 2)),
        (f"{BAD}{FAR}{WORSE}".replace("41人", "42人"), (1, 1)),
        (f"{BAD}{FAR}{WORSE}{FAR}{WORSE}", (1, 2)),  # two equal ones need two entries
    ],
)
def test_a_fingerprint_outlives_edits_elsewhere(
    text: str, expected: tuple[int, int], folder: Path, capsys: Capture
) -> None:
    text, before = text.replace(WORSE, f"{FAR}{WORSE}{FAR}"), Path("a.txt").read_text("utf-8")
    Path("a.txt").write_text(before.replace(WORSE, f"{FAR}{WORSE}{FAR}"), "utf-8")
    main(["check", "-q", "a.txt", "--write-baseline", "base.json"])
    Path("a.txt").write_text(text, "utf-8")
    capsys.readouterr()
    assert reported(capsys, "a.txt", "--baseline", "base.json") == [expected]


def test_equal_findings_are_counted(folder: Path, capsys: Capture) -> None:
    Path("a.txt").write_text(f"{FAR}{WORSE}{FAR}" * 3, "utf-8")
    main(["check", "-q", "a.txt", "--write-baseline", "base.json"])
    capsys.readouterr()
    entries = read_entries("base.json")
    assert len(entries) == 3
    assert len({entry.fingerprint for entry in entries}) == 1
    write_entries("base.json", entries[:2])
    assert reported(capsys, "a.txt", "--baseline", "base.json") == [(1, 2)]


def test_what_no_longer_occurs_is_said_and_pruned(folder: Path, capsys: Capture) -> None:
    main(["check", "-q", ".", "--write-baseline", "base.json"])
    Path("a.txt").write_text(BAD + FAR, "utf-8")
    Path("sub/b.txt").unlink()
    (folder / "sub" / "c.txt").write_text("没有数字。", "utf-8")
    assert main(["check", ".", "--baseline", "base.json"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[1] for line in lines] == ["a.txt:", "sub/b.txt:", "base.json:"]
    assert "已不再出现" in lines[0]
    assert "20人" in lines[0]
    assert len(read_entries("base.json")) == 3
    main(["check", ".", "--baseline", "base.json", "--prune-baseline"])
    assert "已从基线删去 2 条" in capsys.readouterr().err
    assert [entry.path for entry in read_entries("base.json")] == ["a.txt"]
    main(["check", ".", "--baseline", "base.json"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("options", ["--select CK205", "--ignore CK301", "sub"])
def test_a_run_that_looks_elsewhere_misses_nothing(options: str, folder: Path, capsys: Capture) -> None:
    main(["check", "-q", ".", "--write-baseline", "base.json"])
    written = Path("base.json").read_bytes()
    paths = ["sub"] if options == "sub" else [".", *options.split()]
    main(["check", *paths, "--baseline", "base.json", "--prune-baseline"])
    assert capsys.readouterr().err == ""
    assert Path("base.json").read_bytes() == written


def test_writing_again_keeps_reasons_and_other_files(folder: Path, capsys: Capture) -> None:
    main(["check", "-q", ".", "--write-baseline", "base.json"])
    first, *others = read_entries("base.json")
    write_entries("base.json", [first._replace(reason="口径不同"), *others])
    main(["check", "-q", "a.txt", "--write-baseline", "base.json"])
    assert [entry.reason for entry in read_entries("base.json")] == ["口径不同", "", ""]
    assert reported(capsys, "a.txt", "--baseline", "base.json") == [(0, 2)]


def test_dismiss_the_fingerprint_of_the_report(folder: Path, capsys: Capture) -> None:
    main(["check", "a.txt"])
    first, second = re.findall("指纹：([0-9a-f]{16})", capsys.readouterr().out)
    assert main(["dismiss", second, "--in", "a.txt", "--reason", "口径  不同", "--baseline", "base.json"]) == 0
    assert "a.txt: CK301 20人少于97户" in capsys.readouterr().out
    assert read_entries("base.json") == (Entry("a.txt", "CK301", second, "20人少于97户，每户不足一人", "口径 不同"),)
    assert reported(capsys, "a.txt", "--baseline", "base.json") == [(1, 1)]
    Path("checker.toml").write_text('baseline = "base.json"', "utf-8")
    assert main(["dismiss", second, "--reason", "再核", "--in", "a.txt"]) == 0
    assert main(["dismiss", first, "--reason", "再核", "--in", "a.txt"]) == 0
    assert sorted(entry.reason for entry in read_entries("base.json")) == ["再核", "再核"]
    capsys.readouterr()
    assert reported(capsys, "a.txt") == [(0, 2)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("dismiss 0123456789abcdef --reason 核对 --baseline b.json", "没有指纹为 0123456789abcdef 的发现"),
        ("dismiss {0} --reason 核对 --in c.txt", "没有基线文件：请加上如 --baseline checker-baseline.json"),
        ("dismiss {0} --reason 。 --in a.txt --baseline b.json", "--reason 不能为空"),
        ("dismiss {0} --reason 核对 --in c.txt d.txt --baseline b.json", "几个文件里都有"),
        ("dismiss {0} --baseline b.json", "--reason"),
        ("check a.txt --baseline none.json", "基线文件不存在"),
        ("check a.txt --prune-baseline", "--prune-baseline 需要"),
        ("check a.txt --baseline x --write-baseline y", "不能"),
        ("check a.txt --baseline a.txt", "不是基线文件"),
        ("check a.txt --write-baseline nowhere/b.json", "nowhere/b.json"),
    ],
)
def test_mistakes(arguments: str, words: str, folder: Path, capsys: Capture) -> None:
    (finding,) = check(BAD).findings
    for name in ("c.txt", "d.txt"):
        Path(name).write_text(BAD, "utf-8")
    assert main(arguments.format(finding.fingerprint).split()) == 2
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error
    assert not Path("b.json").exists()


@pytest.mark.parametrize(
    "data",
    [
        "", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}', '{"version": 1, "findings": [{}]}',
        '{"version": 1, "findings": [{"path": 3, "fingerprint": "a"}]}', "[" * 100000,
    ],
)  # fmt: skip
def test_what_is_no_baseline(data: str, folder: Path) -> None:
    Path("base.json").write_text(data, "utf-8")
    with pytest.raises(ConfigError, match=r"^base\.json: "):
        read_entries("base.json")
    assert main(["check", "a.txt", "--baseline", "base.json"]) == 2


def test_each_file_has_the_baseline_of_its_configuration(folder: Path, capsys: Capture) -> None:
    Path("sub/checker.toml").write_text('baseline = "own.json"', "utf-8")
    assert reported(capsys, ".") == [(2, 0), (1, 0)]  # one that is not there yet lets nothing stand
    assert main(["check", "-q", "sub", "--write-baseline", "sub/own.json"]) == 0
    capsys.readouterr()
    assert [entry.path for entry in read_entries("sub/own.json")] == ["b.txt"]
    assert reported(capsys, ".") == [(2, 0), (0, 1)]
    assert reported(capsys, ".", "--no-config") == [(2, 0), (1, 0)]


def test_a_remark_goes_before_the_baseline(folder: Path, capsys: Capture) -> None:
    main(["check", "-q", "sub", "--write-baseline", "base.json"])
    Path("sub/b.txt").write_text(f"{BAD}\n<!-- checker: ignore-file CK301 已核对 -->", "utf-8")
    main(["check", "--format", "json", "sub", "--baseline", "base.json"])
    document: dict[str, Any] = json.loads(capsys.readouterr().out)["documents"][0]
    assert [suppressed["by"] for suppressed in document["suppressed"]] == ["comment"]


def test_names_are_relative_to_the_baseline(folder: Path) -> None:
    assert name_in("base.json", "sub/b.txt") == "sub/b.txt"
    assert name_in("sub/base.json", "a.txt") == "../a.txt"
    assert name_in("base.json", str(folder / "a.txt")) == "a.txt"
    assert name_in("base.json", "<stdin>") == "<stdin>"


def test_what_is_written_is_read_back(folder: Path) -> None:
    (finding,) = check(BAD).findings
    entries = [entry_of(finding, "甲/“乙”\n.txt", "理由 \\ \ud800"), entry_of(finding, "a.txt")]
    write_entries("base.json", entries)
    assert read_entries("base.json") == tuple(sorted(entries))
    assert [path.name for path in folder.glob("base*")] == ["base.json"]


def test_fingerprints_are_sha_256() -> None:
    """Whichever module of this Python computes them."""
    (finding,) = check("搬迁163户41人。").findings
    assert finding.fingerprint == hashlib.sha256(finding.identity.encode()).hexdigest()[:16]
