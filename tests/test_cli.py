"""The command line: options, exit codes, what is printed."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from checker import Checker
from checker.cli import main
from checker.cli.parser import chosen_language
from checker.errors import UsageError
from checker.report.console import make_plain_console
from checker.report.figurelist import print_figures

ROOT = Path(__file__).resolve().parent.parent
BAD = "全县易地搬迁163户41人。"
GOOD = "全县易地搬迁163户414人。"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text that contradicts itself and one that does not, as the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHECKER_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "bad.txt").write_text(BAD, "utf-8")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "broken.txt").write_bytes(b"\xff\xff\x80\x80" * 9)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("check good.txt", 0),
        ("check bad.txt", 1),
        ("check bad.txt good.txt", 1),
        ("check bad.txt --format json", 1),
        ("check bad.txt --exit-zero", 0),
        ("check bad.txt --fail-on never", 0),
        ("check bad.txt --fail-on info", 1),
        ("check bad.txt --ignore CK301", 0),
        ("check bad.txt --ignore household-person-pair", 0),
        ("check bad.txt --select CK301", 1),
        ("check bad.txt --published 2020-06-12", 1),
        ("check good.txt broken.txt", 2),
        ("check bad.txt broken.txt --exit-zero", 2),
        ("check none.txt", 2),
        ("check", 2),
        ("check bad.txt --format yaml", 2),
        ("check bad.txt --unknown", 2),
        ("check bad.txt --published gestern", 2),
        ("check bad.txt --encoding utf-9", 2),
        ("check bad.txt --rules none.toml", 2),
        ("check bad.txt --select CK9999", 2),
        ("", 2),
        ("figures bad.txt", 0),
        ("figures none.txt", 2),
        ("rules", 0),
        ("rules CK301", 0),
        ("rules household-person-pair", 0),
        ("rules nothing", 2),
        ("--version", 0),
        ("--help", 0),
        ("check --help", 0),
    ],
)
def test_exit_codes(arguments: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments.split()) == code
    printed = capsys.readouterr()
    assert bool(printed.err) == (code == 2)
    assert "Traceback" not in printed.err + printed.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("check bad.txt --fromat json", "没有选项 --fromat，是不是 --format？"),
        ("check --selct=CK301 bad.txt", "没有选项 --selct，是不是 --select？"),
        ("check --lang en bad.txt --basline b.json", "there is no option --basline; did you mean --baseline?"),
        ("dismiss 0123456789abcdef --reason x --baselin b.json", "没有选项 --baselin，是不是 --baseline？"),
        ("check bad.txt --wwwww", "没有选项 --wwwww；`checker check --help` 列出全部选项"),
        ("rules CK301 CK302", "多了一个参数：CK302"),
    ],
)
def test_unknown_options_get_the_nearest_spelling(
    arguments: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments.split()) == 2
    assert capsys.readouterr().err == f"checker: {said}\n"


def test_the_report_shows_place_rule_passage_and_arithmetic(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "bad.txt"])
    out = capsys.readouterr().out
    for part in ("bad.txt", "1:11", "错误", "CK301 household-person-pair", BAD, "→ 41人少于163户", "算式："):
        assert part in out
    main(["check", "bad.txt", "--lang", "en"])
    out = capsys.readouterr().out
    for part in ("error", "sum:", "fewer than", "files", "figures"):
        assert part in out


def test_quiet_prints_findings_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "-q", "good.txt"])
    assert capsys.readouterr() == ("", "")
    main(["check", "-q", "bad.txt"])
    assert "数字" not in capsys.readouterr().out


def test_article_text_is_no_markup_and_moves_no_cursor(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "m.txt").write_text("[bold]搬迁[/bold]\x1b[2J\u202e163户41人[link=x]。", "utf-8")
    main(["check", "m.txt"])
    out = capsys.readouterr().out
    assert "[bold]搬迁[/bold]\\x1b[2J\\u202e163户41人[link=x]。" in out
    assert "\x1b" not in out


def test_colour_on_terminals_only(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    main(["check", "bad.txt"])
    assert "\x1b[1;31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", "bad.txt"])
    assert "31m" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "zh"),
        ([], {"CHECKER_LANG": "en"}, "en"),
        (["check", "--lang", "zh", "a"], {"CHECKER_LANG": "en"}, "zh"),
        (["check", "--", "--lang", "en"], {}, "zh"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    assert chosen_language(arguments, environment) == lang


def test_wrong_language_of_the_environment() -> None:
    with pytest.raises(UsageError, match="CHECKER_LANG"):
        chosen_language([], {"CHECKER_LANG": "fr"})


@pytest.mark.parametrize(("name", "near"), [("CK30l", "CK30"), ("household-person-pairs", "household-person-pair")])
def test_unknown_rules_get_the_nearest_spelling(
    name: str, near: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ["check", "bad.txt", "--ignore", name],
        ["rules", name],
        ["check", "bad.txt", "--select", name, "--lang", "en"],
    ):
        assert main(arguments) == 2
        printed = capsys.readouterr()
        assert printed.err.startswith("checker: ")
        assert f"“{near}" in printed.err
        assert printed.out == ""


def test_problems_are_named_on_standard_error_and_in_the_json(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["check", "--format", "json", "none.txt", "broken.txt", "bad.txt"]) == 2
    printed = capfdbinary.readouterr()
    report = json.loads(printed.out)
    assert [(error["path"], error["code"]) for error in report["errors"]] == [
        ("none.txt", "missing"),
        ("broken.txt", "undecodable"),
    ]
    assert [document["path"] for document in report["documents"]] == ["bad.txt"]
    lines = printed.err.decode().splitlines()
    assert lines[0] == "checker: none.txt: 文件不存在"
    assert lines[1].startswith("checker: broken.txt: ")


def test_a_rule_that_crashes_costs_only_itself(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker.document import Document
    from checker.findings.result import InternalError, Result
    from checker.pipeline.checker import Checker

    original = Checker.check_document

    def crashing(self: Checker, document: Document) -> Result:
        return original(self, document)._replace(errors=(InternalError("CK999", "KeyError: 3"),))

    monkeypatch.setattr(Checker, "check_document", crashing)
    assert main(["check", "--format", "json", "--exit-zero", "bad.txt"]) == 2
    printed = capfdbinary.readouterr()
    report = json.loads(printed.out)
    assert [(error["rule"], error["code"]) for error in report["errors"]] == [("CK999", "rule-crashed")]
    assert report["documents"][0]["incomplete"] is True
    assert [finding["rule"] for finding in report["documents"][0]["findings"]] == ["CK301"]
    assert "CK999" in printed.err.decode()


def test_an_engine_that_breaks_on_one_file_goes_on_with_the_next(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker.document import Document
    from checker.findings.result import Result
    from checker.pipeline.checker import Checker

    original = Checker.check_document

    def breaking(self: Checker, document: Document) -> Result:
        if document.path == "good.txt":
            raise KeyError("x")
        return original(self, document)

    monkeypatch.setattr(Checker, "check_document", breaking)
    assert main(["check", "good.txt", "bad.txt"]) == 2
    printed = capsys.readouterr()
    assert "checker: good.txt: 内部错误" in printed.err
    assert "CK301" in printed.out


def test_figures_as_csv(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "cut.txt").write_text("全年村集体收入74.05\n\n万元。", "utf-8")
    assert main(["figures", "--format", "csv", "bad.txt", "cut.txt"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode(), newline="")))
    assert [(row["path"], row["line"], row["column"], row["text"], row["value"], row["unit"]) for row in rows[:2]] == [
        ("bad.txt", "1", "7", "163户", "163", "户"),
        ("bad.txt", "1", "11", "41人", "41", "人"),
    ]
    assert rows[2]["text"].startswith("74.05")


def test_figures_as_csv_tell_what_each_says(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "据海关统计，2019年，男生、女生预计分别同比增长5%、3%以上。"
    Path("said.txt").write_text(text, "utf-8")
    assert main(["figures", "--format", "csv", "said.txt"]) == 0
    *_, row = csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode(), newline=""))
    assert list(row)[-12:] == [
        "type", "noun", "direction", "compared_to", "compared_period", "compared_holder", "scope", "basis", "modality", "source", "group", "group_place",
    ]  # fmt: skip
    assert list(row.values())[-12:] == [
        "change_rate", "", "up", "year_on_year", "2018", "", "预计 以上", "", "forecast at_least", "海关", "respectively", "2/2",
    ]  # fmt: skip


def test_figures_below_their_sentences(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["figures", "bad.txt"])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "bad.txt"
    sentence = lines.index("全县易地搬迁163户41人。")
    assert lines[sentence + 1].split() == [
        "1:7",
        "163户",
        "数额",
        "·",
        "指标",
        "易地搬迁",
        "·",
        "主体",
        "全县",
        "·",
        "数值",
        "163",
        "户",
    ]
    assert lines[sentence + 2].split()[:3] == ["1:11", "41人", "数额"]


LONG = (
    "2018年，全县农村居民家庭经营净收入4860万元，同比增长8.25%，比全国平均水平高2.5个百分点；全县今年以来陆续下达的农村饮水安全巩固提升工程补助资金86.4亿元。"
    "其中贫困村、非贫困村分别为35.25亿元和51.15亿元。"
)


@pytest.mark.parametrize("width", [120, 80, 50, 40])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_numbers_of_figures_stay_whole(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    table = "| 指标 | 2018年 | 2019年 |\n|---|---|---|\n| 存款余额（万元） | 1,234,567.5 | 2,345,678.5 |\n"
    Path("long.md").write_text(f"{LONG}\n\n{table}", "utf-8")
    main(["figures", "--lang", lang, "long.md"])
    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line.rstrip()) for line in lines) <= width
    # each figure stands whole in its sentence and in its line, each number of its reading in one line
    for figure in (
        "4860万元",
        "8.25%",
        "2.5个百分点",
        "86.4亿元",
        "35.25亿元",
        "51.15亿元",
        "1,234,567.5",
        "2,345,678.5",
    ):
        assert sum(figure in line for line in lines) >= 2, figure
    numbers = {part.strip("[](),") for line in lines for part in line.split()}
    assert {"8640000000", "8635000000", "8645000000", "48600000", "5115000000", "12345675000", "2018"} <= numbers
    words = {"zh": ("指标", "时期", "对比"), "en": ("metric", "period", "against")}[lang]
    assert all(any(word in line for line in lines) for word in words)


def test_figures_for_a_file_and_a_terminal_are_the_same_text(folder: Path) -> None:
    result = Checker().check(LONG, path="long.txt")
    plain, coloured = io.StringIO(), io.StringIO()
    print_figures(make_plain_console(plain, 80), result, "zh")
    print_figures(Console(file=coloured, width=80, force_terminal=True, highlight=False), result, "zh")
    assert "\x1b[" in coloured.getvalue()
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured.getvalue()) == plain.getvalue()


def test_a_figure_wider_than_the_line_is_folded(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    Path("wide.txt").write_text(f"共有{'9' * 50}户。", "utf-8")
    main(["figures", "wide.txt"])
    assert "9" * 20 in capsys.readouterr().out


def test_names_of_rules_can_be_copied_from_the_list(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["rules"]) == 0
    listed = {line.split()[1] for line in capsys.readouterr().out.splitlines() if line.startswith(" CK")}
    assert listed == {rule.slug for rule in Checker().all_rules}


def test_rules_list_and_explanation(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules"])
    out = capsys.readouterr().out
    assert "CK301" in out
    assert "pair" in out
    main(["rules", "CK301"])
    out = capsys.readouterr().out
    for part in ("household-person-pair", "应报", "应沉默", "搬迁163户41人"):
        assert part in out


def test_rule_examples_come_out_as_they_say(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test"]) == 0, capsys.readouterr().out


def test_standard_input_and_folders_in_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "broken.txt").unlink()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode("gbk"))))
    assert main(["check", "--format", "json", "--stdin-filename", "稿.txt", "-", ".", "bad.txt", "-"]) == 1
    report = json.loads(capfdbinary.readouterr().out)
    assert [document["path"] for document in report["documents"]] == ["稿.txt", "./bad.txt", "./good.txt"]


def test_published_reaches_the_documents(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["check", "--format", "json", "--published", "2020年6月12日", "good.txt"])
    assert json.loads(capfdbinary.readouterr().out)["documents"][0]["published"] == "2020-06-12"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["rules", "--help"]])
def test_help_imports_nothing_that_costs(arguments: list[str]) -> None:
    program = (
        "import sys; from checker.cli import main; main(sys.argv[1:]); "
        "print([name for name in ('pint', 'cn2an', 'rich', 'regex', 'checker.pipeline.checker') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_an_interrupt_is_quiet(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from checker.pipeline.checker import Checker

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Checker, "check_document", interrupted)
    assert main(["check", "bad.txt"]) == 130
    assert capsys.readouterr() == ("", "")


def test_rules_that_run_only_when_they_are_selected_are_listed_and_tested(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "own.toml").write_text(
        """
format = 1
[[rule]]
id = "XX101"
slug = "own-pair"
relation = "custom"
severity = "error"
pattern = "{a:household}，{b:person}"
formula = "b >= a"
default = false
message.zh = "{b}少于{a}"
message.en = "{b} below {a}"
fails = ["共有老屋163户，41人。", "共有老屋163户，414人。"]
""",
        "utf-8",
    )
    (folder / "one.txt").write_text("共有老屋163户，41人。", "utf-8")
    main(["rules", "--rules", "own.toml"])
    assert "XX101" in capsys.readouterr().out
    assert main(["rules", "XX101", "--rules", "own.toml"]) == 0
    capsys.readouterr()
    assert main(["rules", "test", "--rules", "own.toml"]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("XX101")]
    assert [line.partition("”")[0] for line in told] == ["XX101 fails：“共有老屋163户，414人。"]
    assert main(["check", "one.txt", "--rules", "own.toml", "--select", "XX101"]) == 1
    assert "XX101" in capsys.readouterr().out
    main(["check", "one.txt", "--rules", "own.toml"])
    assert "XX101" not in capsys.readouterr().out
