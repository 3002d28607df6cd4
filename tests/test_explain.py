"""`checker explain`: what it tells of the figures of a line, and of what it cannot tell."""

from __future__ import annotations

import ast
import inspect
import json
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from conftest import ROOT
from rich.cells import cell_len

from checker import Checker
from checker.cli import main
from checker.config import Config
from checker.language import read_words
from checker.language.lexicon import lists_of
from checker.links import Candidate, Reason, judgements_of, links_of, stated
from checker.links.kinds import KINDS
from checker.links.weights import _weights
from checker.reading import read
from checker.report import evidencewords
from checker.report.evidencewords import feature_words
from checker.report.jsonout import document_json, load_schema
from checker.sources import make_document

Capture = pytest.CaptureFixture[str]

LINES = """# 年度情况

全镇有贫困户400户，其中因病致贫100户，占35%。
全校学生4160人。研究生1040人，占25.0%。
会议于2019年3月5日召开。
没有数字。
| 镇 | 户数 |
|---|---|
| 甲镇 | 13 |
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "a.md").write_text(LINES, "utf-8")
    return tmp_path


def explained(capsys: Capture, *arguments: str) -> str:
    assert main(["explain", *arguments]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


CHINESE = """3:7  400户
  读作：数量 · 数值 400 户
  说的是：数额 · 指标 有贫困户 · 主体 全镇
  联系 1：占比 · 部分 100户 · 总体 400户 · 比率 35%
    可能性 99%；句式写明：总体，其中部分，占几成
    算式：100户 ÷ 400户 = 25% ≠ 35%，不成立
    判断：不成立，像是笔误：报告
    CK205 linked-share：不成立，报告为错误

3:18  100户
"""
ENGLISH = """3:24  35%
  read as: quantity · value 35 % · interval [34.5, 35.5]
  says: share · metric 病致贫 · holder 全镇
  link 1: share · part 100户 · whole 400户 · rate 35%
    probability 99%; stated by: a whole, among it a part, a share
    arithmetic: 100户 ÷ 400户 = 25% ≠ 35%: fails
    judgement: fails, and looks like a slip of the pen: reported
    CK205 linked-share: fails, reported as error
"""


def test_the_figures_of_a_line(folder: Path, capsys: Capture) -> None:
    printed = explained(capsys, "a.md:3")
    places = [line.split()[0] for line in printed.splitlines() if line and not line.startswith(" ")]
    assert places == ["3:7", "3:18", "3:24"]
    wanted, found = CHINESE.splitlines(), printed.splitlines()
    # What is measured is a matter of claims, not of links.
    assert [line for line in found[: len(wanted)] if "说的是" not in line] == [
        line for line in wanted if "说的是" not in line
    ]
    assert "说的是：数额" in found[2]
    assert printed.count("联系 1，见上") == 2


def test_the_figure_at_a_column_in_english(folder: Path, capsys: Capture) -> None:
    for column in (24, 25, 26):
        printed = explained(capsys, f"a.md:3:{column}", "--lang", "en")
        keep = [line for line in printed.splitlines() if "says:" not in line]
        assert keep == [line for line in ENGLISH.splitlines() if "says:" not in line]


def test_what_an_inferred_link_is_seen_from(folder: Path, capsys: Capture) -> None:
    printed = explained(capsys, "a.md:4:7")
    assert "没有句式写明" in printed
    assert "比率与部分的名称 相同" in printed
    assert "判断：成立，不会是巧合：印证" in printed


def test_figures_without_a_link(folder: Path, capsys: Capture) -> None:
    assert "没有找到联系" in explained(capsys, "a.md:5")
    assert "在表格里" in explained(capsys, "a.md:9")
    assert "in a table" in explained(capsys, "a.md:9", "--lang", "en")


def test_it_says_what_the_settings_make_of_a_link(folder: Path, capsys: Capture) -> None:
    assert "没有启用的规则" in explained(capsys, "a.md:3", "--ignore", "CK205")
    assert "报告为提示" in explained(capsys, "a.md:3", "--severity", "CK205=info")
    (folder / "a.md").write_text(f"<!-- checker: ignore-file CK205 已核对 -->\n{LINES}", "utf-8")
    assert "已压下" in explained(capsys, "a.md:4")


# What is asked for, and the line that tells what is wrong with it, in Chinese and English.
WRONG = [
    ("a.md", "a.md: 应写文件和行号，如 稿件.txt:3", "a.md: a file and a line are wanted, as in draft.txt:3"),
    ("a.md:", "a.md:: 应写文件和行号，如 稿件.txt:3", "a.md:: a file and a line are wanted, as in draft.txt:3"),
    ("a.md:x", "a.md:x: 应写文件和行号，如 稿件.txt:3", "a.md:x: a file and a line are wanted, as in draft.txt:3"),
    ("b.md:3", "b.md: 文件不存在", "b.md: no such file"),
    ("a.md:0", "a.md: 没有第 0 行，共 9 行", "a.md: there is no line 0, the last is 9"),
    ("a.md:10", "a.md: 没有第 10 行，共 9 行", "a.md: there is no line 10, the last is 9"),
    ("a.md:6", "a.md:6: 这一行没有数字", "a.md:6: no figure on this line"),
    (
        "a.md:3:1",
        "a.md:3:1: 这一列没有数字；这一行的数字在第 7、18、24 列",
        "a.md:3:1: no figure at this column; those of the line begin at 7, 18, 24",
    ),
]


@pytest.mark.parametrize(("target", "chinese", "english"), WRONG)
def test_what_cannot_be_explained(target: str, chinese: str, english: str, folder: Path, capsys: Capture) -> None:
    for lang, said in (("zh", chinese), ("en", english)):
        assert main(["explain", target, "--lang", lang]) == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == ("", f"checker: {said}\n")


def test_a_workbook_has_no_lines(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "samples" / "formats")
    assert main(["explain", "yearbook.xlsx:3"]) == 2
    assert capsys.readouterr().err == "checker: yearbook.xlsx: 这种文件没有行号\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["bulletin.md", "bulletin.html", "yearbook.md"])
def test_no_line_is_wider_than_the_screen(name: str, lang: str, folder: Path, capsys: Capture) -> None:
    path = ROOT / "samples" / "formats" / name
    explained_lines = 0
    for number in range(1, len(path.read_text("utf-8").splitlines()) + 1):
        if main(["explain", f"{path}:{number}", "--lang", lang]) == 0:
            explained_lines += 1
        for line in capsys.readouterr().out.splitlines():
            assert cell_len(line) <= 80
    assert explained_lines > 3


# ------------------------------------------------------------------------------------------- what decided on a link

# A text, and the kind of a link in it, its figures, and what decided on it.
DECIDED = [
    ("合作社由200家增加到260家，增长30%。", "growth", "confirms"),
    ("合作社由200家增加到260家，增长20%。", "growth", "accuses"),
    ("地区增加值由200亿元增加到260亿元，增长20%。", "growth", "claims-differ"),
    ("全校学生4160人，研究生1040人，占63.7%。", "share", "no-slip"),
    ("全校学生4160人。研究生1040人，占63.7%。", "share", "claims-differ"),
    ("合作社由260家增加到200家，增长30%。", "growth", "turned"),
    ("今日股指收于3284点，较昨日的3157点，涨127点。", "difference", "confirms"),
]  # fmt: skip


def reading_of(text: str):  # type: ignore[no-untyped-def]
    return read(make_document(text), tolerance=Fraction(1, 10))


@pytest.mark.parametrize(("text", "kind", "reason"), DECIDED)
def test_what_decided_on_the_likeliest_link(text: str, kind: str, reason: str) -> None:
    judged = [j for j in judgements_of(reading_of(text)) if evidencewords.kind_of(j.candidate) == kind]
    assert max(judged, key=lambda judgement: judgement.probability).reason == reason


@pytest.mark.parametrize("text", [text for text, _, _ in DECIDED])
def test_links_are_what_was_judged_to_confirm_or_accuse(text: str) -> None:
    reading = reading_of(text)
    judged = [(j.candidate.formula, j.reason) for j in judgements_of(reading) if j.reason in ("confirms", "accuses")]
    outcomes = {"holds": "confirms", "fails": "accuses"}
    assert judged == [(link.candidate.formula, outcomes[link.outcome]) for link in links_of(reading)]


# ------------------------------------------------------------------------------------------------------- its words


def test_every_reason_kind_role_and_construction_has_words() -> None:
    assert set(evidencewords.REASONS) == set(get_args(Reason))
    assert set(evidencewords.KINDS) == set(KINDS)
    assert set(evidencewords.ROLES) == {role for kind in KINDS.values() for role in kind.roles}
    returned = {
        constant.value
        for node in ast.walk(ast.parse(inspect.getsource(stated)))
        if isinstance(node, ast.Return) and isinstance(node.value, (ast.Constant, ast.IfExp))
        for constant in (node.value, getattr(node.value, "body", None))
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    assert len(returned) > 15
    assert returned <= set(evidencewords.CONSTRUCTIONS)


@pytest.mark.parametrize("kind", sorted({kind.kind for kind in KINDS.values()}))
def test_every_feature_with_a_weight_has_words(kind: str) -> None:
    relation = next(each.relation for each in KINDS.values() if each.kind == kind)
    candidate = Candidate(kind, 0, "", {}, (), relation)
    # A list that is no cue any more has weights until they are learned anew; no candidate names it.
    gone = tomllib.loads(read_words("links.toml")).keys() - lists_of("links").keys()
    untold = {}
    for feature in _weights().get(kind, (0, {}))[1]:  # constructions alone tell some kinds
        if not gone.isdisjoint(feature.split(":")):
            continue
        chinese, english = (feature_words(feature, candidate, lang) for lang in ("zh", "en"))
        if any(char.isascii() and (char.isalpha() or char in "_<>") for char in chinese.replace("GDP", "")):
            untold[feature] = chinese
        assert not set("_<>") & set(english), english
    assert untold == {}


# ------------------------------------------------------------------------------------------------------- the JSON


def test_a_check_over_a_link_tells_it() -> None:
    result = Checker().check("全镇有贫困户400户，其中因病致贫100户，占35%。")
    checks = {check["rule"]: check for check in document_json(result)["checks"]}
    assert checks["CK205"]["link"] == {"kind": "share", "construction": "among", "probability": 0.99}
    assert [rule for rule, check in checks.items() if "link" in check] == ["CK205"]


def test_a_link_that_nothing_states_has_no_construction() -> None:
    (check,) = document_json(Checker(Config(select=("CK205",))).check("全校学生4160人。研究生1040人，占25.0%。"))[
        "checks"
    ]
    assert check["link"]["construction"] is None
    assert 0 < check["link"]["probability"] < 0.99


def test_the_schema_names_every_kind() -> None:
    properties = load_schema()["$defs"]["check"]["properties"]
    assert properties["link"]["properties"]["kind"]["enum"] == list(KINDS)
    assert json.dumps(properties["link"]["required"]) == '["kind", "construction", "probability"]'
