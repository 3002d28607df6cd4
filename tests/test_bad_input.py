"""What is not a clean text: nothing gives a traceback, and nothing unchecked is called clean.

These cross the process boundary, for there the exit code, the encoding of the terminal and a closed pipe are decided.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from growing import assert_linear

import checker

ROOT = Path(__file__).resolve().parent.parent
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TRADITIONAL = "全港學校共有1,024間，當中公營學校八百多間，學生人數較去年減少約兩個百分點。" * 2


def run(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m checker` in a plain environment, in bytes."""
    kept = {name: value for name, value in os.environ.items() if name not in ("CHECKER_LANG", "PYTHONUTF8")}
    return subprocess.run(
        [sys.executable, "-m", "checker", *arguments],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        input=stdin,
        capture_output=True,
        check=False,
    )


# A file (None: there is none), and what standard error says of it.
REFUSED = {
    "missing.txt": (None, "文件不存在"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG"),
    "undecodable.txt": (b"\xff\xff\xff\x80\x80" * 20, "GB18030"),
    "damaged.txt": ("全县共有3个乡，其中2个在山区。".encode() + b"\xff", "损坏"),
    "old.doc": (OLE + bytes(512) + "WordDocument".encode("utf-16-le"), "另存为"),
    "old.wps": (OLE + bytes(512) + "WordDocument".encode("utf-16-le"), "另存为"),
    "old.xls": (OLE + bytes(512) + "Workbook".encode("utf-16-le"), "另存为"),
    "new.docx": (b"PK\x03\x04" + bytes(40) + b"word/document.xml", "已损坏"),
    "locked.docx": (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "已加密"),
    "report.pdf": (b"%PDF-1.7\n", "损坏"),
}


def test_refused_files(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("搬迁163户414人。", "utf-8")
    for name, (data, _) in REFUSED.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    done = run("check", "--format", "json", *REFUSED, "good.txt", cwd=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == len(REFUSED)
    for line, (name, (_, words)) in zip(lines, REFUSED.items(), strict=True):
        assert line.startswith(f"checker: {name}: ")
        assert words in line
    report = json.loads(done.stdout)
    assert [error["path"] for error in report["errors"]] == list(REFUSED)
    assert [document["path"] for document in report["documents"]] == ["good.txt"]


def test_a_folder_without_texts(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("check", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "没有可检查的文本" in done.stderr.decode()


def test_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to(path)
    done = run("check", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_an_empty_file_is_clean_and_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    done = run("check", "--format", "json", "a.txt", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.decode() == "checker: a.txt: 警告: 没有任何文字\n"
    assert json.loads(done.stdout)["documents"][0]["quantities"] == []


def test_big5_without_a_declaration_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TRADITIONAL.encode("big5"))
    done = run("check", "--format", "json", "a.txt", cwd=tmp_path)
    assert "Big5" in done.stderr.decode()
    assert "Big5" in json.loads(done.stdout)["documents"][0]["warnings"][0]
    assert run("check", "--encoding", "big5", "a.txt", cwd=tmp_path).stderr == b""


@pytest.mark.parametrize("text", ["搬迁163户\x0041人。", "\x01搬迁\x7f163户41人。\x0c"])
def test_single_control_characters_are_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    done = run("check", "a.txt", cwd=tmp_path)
    assert done.returncode in (0, 1)
    assert done.stderr == b""
    assert "\x00" not in done.stdout.decode()


def test_lone_surrogates(tmp_path: Path) -> None:
    from checker.report.console import make_console, print_findings
    from checker.report.csvout import figures_csv
    from checker.report.figurelist import print_figures
    from checker.report.jsonout import report_json

    result = checker.check("\ud800搬迁\udfff163户41人\ud800。")
    assert [finding.rule for finding in result.findings] == ["CK301"]
    assert b"\\ud800" in b"".join(report_json([result], include_text=True))
    assert b"".join(figures_csv([result])).decode()
    with open(tmp_path / "out.txt", "w", encoding="utf-8") as out:
        print_findings(make_console(out), result, "zh")
        print_figures(make_console(out), result, "zh")
    assert "\\ud800" in (tmp_path / "out.txt").read_text("utf-8")


def test_a_line_of_5_mb(tmp_path: Path) -> None:
    sentence = "全县干部群众一鼓作气，把产业做到村里，把就业送到家门口，把服务办到群众心坎上，日子越过越红火，"
    filler = sentence * 20 + "全年新建高标准农田1.2万亩，惠及163户414人，"
    (tmp_path / "a.txt").write_text(filler * (5_000_000 // len(filler.encode())), "utf-8")
    done = run("check", "a.txt", cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr.decode()[-500:]
    assert_linear(checker.check, lambda times: filler * times, 160, what="a long line")


@pytest.mark.parametrize(
    "command", [("check",), ("figures",), ("check", "--format", "json"), ("rules",), ("rules", "CK301")]
)
def test_a_gbk_terminal(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("👍“搬迁”①𠮷村ℓ163户41人——ñ。\n\n气温30℃。", "utf-8")
    paths = () if command[0] == "rules" else ("a.txt",)
    done = run(*command, *paths, cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == b""
    out = done.stdout.decode("utf-8" if "json" in command else "gbk")
    assert "CK301" in out or command[0] == "figures"


def test_a_gbk_terminal_gets_readable_errors(tmp_path: Path) -> None:
    done = run("check", "👍.txt", cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert done.returncode == 2
    assert done.stderr.decode("gbk") == "checker: \\U0001f44d.txt: 文件不存在\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
@pytest.mark.parametrize(
    "command", [["check"], ["check", "--format", "json"], ["figures"], ["figures", "--format", "csv"]]
)
def test_a_closed_pipe(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("搬迁163户41人。\n" * 3000, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "checker", *command, "a.txt"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 141
    assert errors == b""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "a.txt", "--colour"], "--colour"),
        (["check", "a.txt", "--select", "CK3O1"], "CK301"),
        (["rules", "CK9999"], "CK9999"),
        (["checks", "a.txt"], "checks"),
    ],
)
def test_unknown_options_and_rules(arguments: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("搬迁163户414人。", "utf-8")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_broken_rule_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("搬迁163户414人。", "utf-8")
    (tmp_path / "r.toml").write_text("format = 1\n[[rule]]\nid = 'XX100'\nslog = 'x'\n", "utf-8")
    done = run("check", "--rules", "r.toml", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    for part in ("r.toml", "XX100", "slog"):
        assert part in done.stderr.decode()
