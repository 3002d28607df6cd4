"""The changes that are certain: which are made, how they are written, and what is told of the others."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import checker.findings.fixes
from checker import Checker, Config
from checker.cli import main
from checker.cli.fixing import unified_diff
from checker.document import Replacement
from checker.findings.fixes import Mended, applied, mend
from checker.findings.result import Result
from checker.report.jsonout import document_json
from checker.sources.rewriting import rewritten

ROOT = Path(__file__).resolve().parent.parent
SLIP = "受益农户2140户，户均年增收3000元，合计856万元。"
RIGHT = SLIP.replace("3000", "4000")
NO_WAY_OUT = "全县易地搬迁163户41人。"
STYLE = ("CK961", "CK962", "CK963", "CK964", "CK965")


def mended(text: str, select: tuple[str, ...] = ()) -> tuple[str, Mended]:
    check = Checker(Config(select=select)).check
    done = mend(check(text), lambda edits: check(applied(text, edits)))
    return applied(text, done.edits), done


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (SLIP, RIGHT),
        (f"𠮷县：{SLIP}", f"𠮷县：{RIGHT}"),
        (SLIP.replace("3000", "**3000**"), RIGHT.replace("4000", "**4000**")),
        (f"甲镇：{SLIP}\n\n乙镇：{SLIP}", f"甲镇：{RIGHT}\n\n乙镇：{RIGHT}"),
        ("流转林地18000亩（1020公顷）。", "流转林地18000亩（1200公顷）。"),
        # a figure that cannot be mended does not stand in the way of another
        (f"{NO_WAY_OUT}\n\n{SLIP}", f"{NO_WAY_OUT}\n\n{RIGHT}"),
    ],
)
def test_a_slip_is_mended(before: str, after: str) -> None:
    text, done = mended(before)
    assert text == after
    assert done.result.document.text == after
    assert done.left == ()
    assert len(done.done) == len(done.edits) >= 1
    assert [f.message for f in done.result.findings] == [f.message for f in Checker().check(after).findings]


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        NO_WAY_OUT,
        # 45 → 54, but 15 → 25 would do as well
        "收回问卷140份，其中45%来自城区，30%来自乡镇，其余15%来自外地。",
        # one digit makes 1.8 of 1.2, but so short a number is one digit off from many: 800公顷 is as likely
        "流转林地1.2万亩（1200公顷）。",
        f"<!-- checker: ignore CK601 已核对 -->\n{SLIP}",
    ],
)
def test_nothing_is_changed_that_is_not_certain(text: str) -> None:
    assert mended(text)[0] == text


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        (SLIP, [True]),
        (NO_WAY_OUT, [False]),
        ("收回问卷140份，其中45%来自城区，30%来自乡镇，其余15%来自外地。", [False]),
    ],
)
def test_the_json_says_what_is_certain(text: str, certain: list[bool]) -> None:
    result = Checker().check(text)
    assert [finding["certain"] for finding in document_json(result)["findings"]] == certain
    doubtful = result._replace(checks=tuple(check._replace(link=3) for check in result.checks))
    assert not any(finding["certain"] for finding in document_json(doubtful)["findings"])


def test_a_relation_that_the_text_does_not_state_changes_nothing() -> None:
    result = Checker().check(SLIP)
    for link, changes in ((2, 1), (3, 0)):
        doubtful = result._replace(checks=tuple(check._replace(link=link) for check in result.checks))
        assert len(mend(doubtful, lambda edits: Checker().check(applied(SLIP, edits))).edits) == changes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("约30个左右的村。", "约30个的村。"),
        ("大概20人上下。", "大概20人。"),
        ("超过60%以上。", "超过60%。"),
        ("不超过60%以内。", "不超过60%。"),
        ("不到30人以下。", "不到30人。"),
        ("提高3%个百分点。", "提高3个百分点。"),
        ("提高3％百分点。", "提高3百分点。"),
        ("增长4-6%。", "增长4%-6%。"),
        ("增长3.5至4％。", "增长3.5％至4％。"),
        ("增长4~6‰。", "增长4‰~6‰。"),
        ("增长１9.5%，下降1９．5%。", "增长19.5%，下降19.5%。"),
        # these say two different things, and only the writer knows which is meant
        ("近20余人。", "近20余人。"),
        ("约30余人。", "约30余人。"),
        ("不超过60%以上。", "不超过60%以上。"),
        ("每户补助3-5万元。", "每户补助3-5万元。"),
    ],
)
def test_a_rule_of_style_is_mended_where_there_is_one_way(before: str, after: str) -> None:
    assert mended(before, STYLE)[0] == after


@pytest.mark.parametrize(
    ("text", "select", "after", "left"),
    [
        # a second rule wants the same figure otherwise
        ("增长１9-25%。", STYLE, "增长19-25%。", [("CK962", "overlaps")]),
        # the change would lay open another finding
        ("增长约4-6%左右。", STYLE, "增长约4-6%左右。", [("CK962", "new")]),
        # and the one beside it is made all the same
        ("增长约4-6%左右，提高3%个百分点。", STYLE, "增长约4-6%左右，提高3个百分点。", [("CK962", "new")]),
    ],
)
def test_what_is_left_and_why(text: str, select: tuple[str, ...], after: str, left: list[tuple[str, str]]) -> None:
    found, done = mended(text, select)
    assert found == after
    assert [(one.finding.rule, one.why) for one in done.left] == left


def test_a_change_that_does_not_help_is_undone() -> None:
    result = Checker().check(SLIP)
    done = mend(result, lambda _: result)
    assert (done.edits, [one.why for one in done.left], done.result) == ((), ["stays"], result)


def test_a_change_after_which_nothing_is_checked_is_undone() -> None:
    """A finding that is gone because the figures are no longer compared is not settled."""
    done = mend(Checker().check(SLIP), lambda _: Checker().check("全县共有3个乡。"))
    assert [one.why for one in done.left] == ["stays"]


def test_a_mark_within_what_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = SLIP.replace("3000", "3**0**00")
    result = Checker().check(SLIP)
    (finding,) = result.findings
    assert finding.replacement is not None
    at = finding.replacement.start
    moved = finding._replace(replacement=Replacement(at, at + 8, "4100"))
    parted = result._replace(findings=(moved,), document=result.document.replaced(text=text))
    assert [one.why for one in mend(parted, lambda _: None).left] == ["parted"]


def test_many_changes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    result = Checker().check("\n\n".join(f"{name}镇：{SLIP}" for name in "甲乙丙丁戊己庚辛"))

    def recheck(edits: tuple[Replacement, ...]) -> Result:
        nonlocal asked
        asked += 1
        return result

    monkeypatch.setattr(checker.findings.fixes, "MOST_CHECKS", 5)
    done = mend(result, recheck)
    assert asked == 5
    assert {one.why for one in done.left} == {"stays", "many"}
    assert len(done.left) == 8


BREAKS = "甲。\r\n乙。\r丙。\n\n" + SLIP + "\r\n末行"
AT = BREAKS.index("3000")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16", codecs.BOM_UTF16_LE),
        ("utf-16", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-32", codecs.BOM_UTF32_BE),
        ("iso2022_jp", b""),
    ],
)
def test_bytes_outside_the_change_stay(encoding: str, mark: bytes) -> None:
    text = BREAKS if encoding != "iso2022_jp" else BREAKS.replace("户", "戸").replace("农", "農").replace("万", "萬")
    codec = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF32_BE: "utf-32-be"}.get(
        mark, "utf-8" if mark else encoding
    )
    if encoding == "iso2022_jp":
        text = "".join(char for char in text if _writable(char, codec))
    at = text.index("3000")
    data = mark + text.encode(codec)
    after = rewritten(data, encoding, text, [Replacement(at, at + 1, "4")])
    assert after == mark + text.replace("3000", "4000").encode(codec)
    assert after.decode(encoding) == text.replace("3000", "4000")


def _writable(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def test_bytes_that_are_read_but_never_written_stay() -> None:
    data = b"\xa2\xcc3000\xa2\xce"  # second places of two characters of Big5
    text = data.decode("big5")
    assert text.encode("big5") != data
    assert rewritten(data, "big5", text, [Replacement(1, 2, "4")]) == b"\xa2\xcc4000\xa2\xce"


def test_a_change_that_the_encoding_cannot_write() -> None:
    assert rewritten(b"3000", "ascii", "3000", [Replacement(4, 4, "万")]) is None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHECKER_LANG", raising=False)
    return tmp_path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_fix_writes_only_the_change(folder: Path, capsys: pytest.CaptureFixture[str], encoding: str) -> None:
    path = folder / "稿件.md"
    path.write_bytes(BREAKS.encode(encoding))
    path.chmod(0o640)
    assert main(["check", "--fix", "稿件.md"]) == 0
    assert path.read_bytes() == BREAKS.replace("3000", "4000").encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "稿件.md: 改了 1 处" in capsys.readouterr().err
    assert os.listdir(folder) == ["稿件.md"]  # nothing half written is left
    assert main(["check", "--fix", "稿件.md"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "text", "code", "changed"),
    [
        ("", SLIP, 1, False),
        ("--diff", SLIP, 1, False),
        ("--diff --exit-zero", SLIP, 0, False),
        ("--diff --fail-on never", SLIP, 1, False),
        ("--diff", RIGHT, 0, False),
        ("--diff", NO_WAY_OUT, 1, False),
        ("--diff --fail-on never", NO_WAY_OUT, 0, False),
        ("--fix", SLIP, 0, True),
        ("--fix", NO_WAY_OUT, 1, False),
        ("--fix", f"{SLIP}\n\n{NO_WAY_OUT}", 1, True),
        ("--fix --ignore CK601", SLIP, 0, False),
        ("--fix", f"<!-- checker: ignore CK601 已核对 -->\n{SLIP}", 0, False),
        ("--fix missing.txt", SLIP, 2, True),
        ("--diff missing.txt", SLIP, 2, False),
        ("--fix --diff", SLIP, 2, False),
        ("--fix --watch", SLIP, 2, False),
        ("--diff --watch", SLIP, 2, False),
        ("--fix -", SLIP, 2, False),
        ("--diff --format json", SLIP, 2, False),
        ("--fix --write-baseline b.json", SLIP, 2, False),
    ],
)
def test_exit_codes(folder: Path, arguments: str, text: str, code: int, changed: bool) -> None:
    (folder / "a.txt").write_text(text, "utf-8")
    assert main(["check", *arguments.split(), "a.txt"]) == code
    assert ((folder / "a.txt").read_text("utf-8") != text) is changed


@pytest.mark.parametrize(
    "text",
    [
        SLIP,
        f"{SLIP}\n",
        f"\ufeff{SLIP}\r\n甲\r\n",
        "\n".join(f"{n}" for n in range(30)) + f"\n\n{SLIP}\n\n" + "甲\n" * 20 + f"\n乙镇{SLIP}\n\n\n{SLIP}",
    ],
    ids=["one-line", "line-feed", "mark-and-crlf", "hunks"],
)
@pytest.mark.parametrize("name", ["a.txt", "稿 件.txt", 'q"\t.txt'])
def test_git_applies_the_diff(folder: Path, capfdbinary: pytest.CaptureFixture[bytes], text: str, name: str) -> None:
    path = folder / name
    path.write_bytes(text.encode())
    assert main(["check", "--diff", name]) == 1
    diff = capfdbinary.readouterr().out
    assert path.read_bytes() == text.encode()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    applying = [
        subprocess.run(command, cwd=folder, input=diff, capture_output=True, check=False, env=environment)
        for command in (["git", "init", "-q"], ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"])
    ]
    assert applying[1].returncode == 0, (applying[1].stderr, diff)
    assert path.read_bytes() == text.replace("3000", "4000").encode()


def test_lines_of_a_diff() -> None:
    text = "\n".join("甲乙丙丁戊己庚辛壬癸子丑")
    edits = [Replacement(0, 1, "A"), Replacement(2, 3, "B"), Replacement(22, 23, "C")]
    assert "".join(unified_diff("/x/../y.txt", text, edits)).splitlines()[2:] == [
        "@@ -1,5 +1,5 @@", "-甲", "-乙", "+A", "+B", " 丙", " 丁", " 戊",
        "@@ -9,4 +9,4 @@", " 壬", " 癸", " 子", "-丑", "\\ No newline at end of file", "+C", "\\ No newline at end of file",
    ]  # fmt: skip


def test_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SLIP.encode("gbk"))))
    assert main(["check", "--diff", "-", "--stdin-filename", "稿.txt"]) == 1
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("--- a/稿.txt\n+++ b/稿.txt\n@@ -1 +1 @@\n")
    assert f"\n+{RIGHT}\n" in out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", f"<!doctype html><title>x</title><p>{SLIP}</p>"),
        ("a.txt", f"<!doctype html><title>x</title><p>{SLIP}</p>"),
        ("a.csv", f"说明\n{SLIP}\n"),
    ],
)
@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_other_formats_stay(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, option: str
) -> None:
    (folder / name).write_text(content, "utf-8")
    assert main(["check", option, name]) == 1
    assert (folder / name).read_text("utf-8") == content
    assert f"{name}: 不是纯文本或 Markdown，没有改动" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["annual.docx", "annual.xlsx", "annual.pdf"])
def test_a_document_of_words_stays(folder: Path, name: str) -> None:
    (sample, *_) = sorted((ROOT / "samples/formats").glob(f"*{Path(name).suffix}"))
    shutil.copy(sample, folder / name)
    before = (folder / name).read_bytes()
    assert main(["check", "--fix", name]) == 1
    assert (folder / name).read_bytes() == before


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "texts").mkdir()
    target = folder / "texts" / "a.txt"
    target.write_text(SLIP, "utf-8")
    (folder / "link.txt").symlink_to("texts/a.txt")
    assert main(["check", "--fix", "link.txt"]) == 0
    assert (folder / "link.txt").is_symlink()
    assert target.read_text("utf-8") == RIGHT
    assert sorted(os.listdir(folder)) == ["link.txt", "texts"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_pipe_stays_a_pipe(folder: Path, option: str) -> None:
    os.mkfifo(folder / "a.txt")
    command = [sys.executable, "-m", "checker", "check", option, "a.txt"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment
    ) as it:
        (folder / "a.txt").write_text(SLIP, "utf-8")
        _, said = it.communicate(timeout=30)
    assert it.returncode == 1
    assert "a.txt: 不是普通文件，没有改动" in said.decode()
    assert stat.S_ISFIFO((folder / "a.txt").stat().st_mode)


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def _changes(folder: Path) -> Callable[..., bytes]:
    """`read_bytes` for a file that somebody saves while it is checked."""
    from checker.sources import read_bytes

    def read(path: str, lang: str = "zh") -> bytes:
        with open(path, "a", encoding="utf-8") as file:
            file.write("又一段。")
        return read_bytes(path)

    return read


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("full", "a.txt: 无法写入：磁盘已满"),
        ("saved", "a.txt: 检查期间文件被别的程序改过"),
        ("locked", "a.txt: 文件只读，没有改动"),
    ],
)
def test_what_cannot_be_written_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], trouble: str, said: str
) -> None:
    (folder / "a.txt").write_text(SLIP, "utf-8")
    (folder / "b.txt").write_text(SLIP, "utf-8")
    with monkeypatch.context() as patched:
        if trouble == "locked":
            patched.setattr(os, "access", lambda *_: False)  # the mode would not keep the superuser out
        elif trouble == "full":
            patched.setattr(os, "replace", _no_space)
        else:
            patched.setattr("checker.cli.fixing.read_bytes", _changes(folder))
        assert main(["check", "--fix", "a.txt"]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert "CK601" in captured.out  # what stands in the file is reported
    assert SLIP in (folder / "a.txt").read_text("utf-8")
    assert sorted(os.listdir(folder)) == ["a.txt", "b.txt"]


def test_a_finding_in_the_baseline_stays(folder: Path) -> None:
    text = f"{SLIP}\n\n第二段说的是另外一个完全不同的乡镇，去年全年{NO_WAY_OUT}"
    (folder / "a.txt").write_text(SLIP, "utf-8")
    assert main(["check", "a.txt", "--write-baseline", "b.json"]) == 0
    assert main(["check", "a.txt", "--baseline", "b.json", "--fix"]) == 0
    assert (folder / "a.txt").read_text("utf-8") == SLIP
    (folder / "a.txt").write_text(text, "utf-8")
    assert main(["check", "a.txt", "--select", "CK301", "--write-baseline", "c.json"]) == 0
    assert main(["check", "a.txt", "--baseline", "c.json", "--fix"]) == 0
    assert (folder / "a.txt").read_text("utf-8") == text.replace("3000", "4000")


def test_the_report_is_of_what_remains(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.txt").write_text(f"{SLIP}\n\n{NO_WAY_OUT}", "utf-8")
    assert main(["check", "--fix", "--format", "concise", "a.txt"]) == 1
    out = capsys.readouterr().out
    assert "CK301" in out and "CK601" not in out
