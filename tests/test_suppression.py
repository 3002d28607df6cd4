"""Remarks in the text: what they take out of the report, what is said of those that do nothing."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from growing import assert_linear

from checker import Checker, Config, check
from checker.cli import main
from checker.findings.result import Result
from checker.sources import read_document

BAD = "全县易地搬迁163户41人。"
SHARE = "全镇有贫困户400户，其中因病致贫100户，占35%。"  # CK205
OK = "<!-- checker: ignore CK301 已向扶贫办核对 -->"


def checked(text: str, name: str = "a.md", **settings: object) -> Result:
    checker = Checker(Config(**settings))  # type: ignore[arg-type]
    line_remarks = checker.config.plain_text_comments
    return checker.check_document(read_document(name, data=text.encode(), line_remarks=line_remarks))


# Text, findings that stay (by line), findings that are taken out (by line).
MARKDOWN = [
    (f"{BAD}{OK}\n", [], [1]),
    (f"{OK}{BAD}\n", [], [1]),
    (f"全县易地搬迁163户{OK}41人。\n", [], [1]),
    (f"{BAD}{OK}\n\n{BAD}\n", [3], [1]),
    (f"{OK}\n{BAD}\n{BAD}\n", [3], [2]),
    (f"{OK}\n\n{BAD}\n", [], [3]),
    (f"{BAD}\n{OK}\n", [1], []),
    (f"<!-- checker: ignore CK205 暂不处理 -->\n{OK}\n{BAD}\n", [], [3]),
    (f"<!-- checker: ignore CK205, household-person-pair 已核对 -->\n{BAD}\n", [], [2]),
    (f"<!-- checker：ignore CK205、CK301：已核对 -->\n{BAD}\n", [], [2]),
    (f"<!-- checker: ignore CK301已核对 -->\n{BAD}\n", [], [2]),
    (f"<!-- checker: ignore CK401 占比另有口径 -->\n{SHARE}\n", [], [2]),  # a former name of CK205
    (f"<!-- checker: ignore share-of-stated-whole 占比另有口径 -->\n{SHARE}\n{SHARE}\n", [3], [2]),
    (f"<!--checker:ignore CK301\n已核对\n-->\n{BAD}\n", [], [4]),
    (f"{BAD}\n\n{BAD}\n\n<!-- checker: ignore-file CK301 已核对 -->\n", [], [1, 3]),
    (f"{BAD}\n\n<!-- checker: ignore-block CK301 已核对 -->\n{BAD}\n\n{BAD}\n", [1, 6], [4]),
    (f"{BAD}\n\n{BAD}<!-- checker: ignore-block CK301 已核对 -->\n\n{BAD}\n", [1, 5], [3]),
    (f"| {BAD} | <!-- checker: ignore-block CK301 已核对 -->\n| {BAD} |\n\n| {BAD} |\n", [4], [1, 2]),
    (f"```\n<!-- checker: ignore-file CK301 已核对 -->\n```\n{BAD}\n", [4], []),
    (f"写作`<!-- checker: ignore-file CK301 已核对 -->`。\n\n{BAD}\n", [3], []),
    (f"<!-- checker: ignore CK205 暂不处理 -->\n{BAD}\n", [2], []),
    (f"<!-- ignore CK301 已核对 -->\n{BAD}\n", [2], []),
]
HTML = [
    (f"<p>{BAD}{OK}</p>\n<p>{BAD}</p>", [2], [1]),
    (f"{OK}\n<p>\n{BAD}</p>\n<p>{BAD}</p>", [4], [3]),
    (f"<p>{BAD}<!-- checker: ignore-block CK301 已核对 --></p><p>{BAD}</p>", [1], [1]),
    (f"<p>{BAD}</p><!-- checker: ignore-block CK301 已核对 --><p>{BAD}</p><p>{BAD}</p>", [1, 1], [1]),
    (
        f"<table><tr><td><!-- checker: ignore-block CK301 已核对 -->甲<td>{BAD}<tr>\n<td>{BAD}</table><p>{BAD}",
        [2],
        [1, 2],
    ),
    (f"<p>{BAD}</p>\n<!-- checker: ignore-file CK301 已核对 -->", [], [1]),
    (f"<script><!-- checker: ignore-file CK301 已核对 --></script><p>{BAD}</p>", [1], []),
]


def lines(result: Result) -> tuple[list[int], list[int]]:
    def line(start: int) -> int:
        return int(str(result.document.place(start).as_json()["line"]))

    return [line(f.start) for f in result.findings], [line(s.finding.start) for s in result.suppressed]


@pytest.mark.parametrize(("text", "stay", "gone"), MARKDOWN)
def test_remarks_in_markdown(text: str, stay: list[int], gone: list[int]) -> None:
    for name in ("a.md", "a.txt"):
        assert lines(checked(text, name)) == (stay, gone)


ROWS = ["| 镇 | 户数 |", "|---|---|", "| 甲镇 | 13 |", "| 乙镇 | 24 |", "| 合计 | 39 |"]
SUM = "<!-- checker: ignore CK851 乙镇待核 -->"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("at", "remark", "stay", "gone"),
    [
        (0, [SUM], [6], []),
        (1, [SUM], [6], []),
        (2, [SUM], [6], []),
        (3, [SUM], [6], []),
        (4, [SUM], [], [6]),
        (4, [f"  {SUM}\t"], [], [6]),
        (4, [SUM, "<!-- checker: ignore CK301 另有口径 -->"], [], [7]),
        (4, ["<!-- checker:", "ignore CK851 乙镇待核", "-->"], [], [8]),
        (5, [SUM], [5], []),
        (2, ["<!-- checker: ignore-block CK851 乙镇待核 -->"], [], [6]),
        (4, ["# checker: ignore CK851 乙镇待核"], [], [6]),
    ],
)
def test_a_remark_between_rows_parts_no_table(
    at: int, remark: list[str], stay: list[int], gone: list[int], newline: str
) -> None:
    text = newline.join([*ROWS[:at], *remark, *ROWS[at:], ""])
    result = checked(text, "a.txt", plain_text_comments=True)
    (table,) = result.document.tables
    (plain,) = checked("\n".join(ROWS)).document.tables
    assert [cell._replace(start=0, end=0) for cell in table.cells] == [
        cell._replace(start=0, end=0) for cell in plain.cells
    ]
    assert lines(result) == (stay, gone)


@pytest.mark.parametrize("between", [["<!-- 下表续 -->"], [""], ["", SUM], ["续表"]])
def test_what_is_no_remark_parts_a_table(between: list[str]) -> None:
    assert len(checked("\n".join([*ROWS[:4], *between, *ROWS[4:]])).document.tables) == 2


@pytest.mark.parametrize(("text", "stay", "gone"), HTML)
def test_remarks_in_html(text: str, stay: list[int], gone: list[int]) -> None:
    assert lines(checked(text, "a.html")) == (stay, gone)


def test_line_remarks_of_plain_text_are_a_setting() -> None:
    text = f"# checker: ignore CK301 已核对\n{BAD}\n"
    assert lines(checked(text, "a.txt")) == ([2], [])
    assert lines(checked(text, "a.txt", plain_text_comments=True)) == ([], [2])
    assert lines(checked(text, "a.md", plain_text_comments=True)) == ([2], [])  # a heading there
    assert Checker(Config(plain_text_comments=True)).check(text).findings == ()


@pytest.mark.parametrize(
    ("remark", "warning"),
    [
        ("<!-- checker: ignore CK301 -->", "没有写理由"),
        ("<!-- checker: ignore CK301 —— -->", "没有写理由"),
        ("<!-- checker: ignore 已核对 -->", "应写规则和理由"),
        ("<!-- checker: ignore CK3O1 已核对 -->", "没有规则“CK3O1”，是不是“CK301”？"),
        (
            "<!-- checker: ignroe CK301 已核对 -->",
            "不认识“ignroe”，应为 ignore、ignore-block 或 ignore-file，是不是“ignore”？",
        ),
        ("<!-- checker: -->", "不认识“”"),
        ("<!-- checker: ignore CK301 已核对", "没有以 --> 结束"),
    ],
)
def test_what_is_wrong_is_said_and_suppresses_nothing(remark: str, warning: str) -> None:
    for name in ("a.md", "a.html") if remark.endswith(">") else ("a.md",):
        result = checked(f"{remark}\n{BAD}\n", name)
        assert [finding.rule for finding in result.findings] == ["CK301"]
        assert len(result.document.warnings) == 1
        assert result.document.warnings[0].startswith("第 1 行的注释：")
        assert warning in result.document.warnings[0]


@pytest.mark.parametrize(
    ("text", "settings", "unused"),
    [
        (f"{OK}\n搬迁163户414人。\n", {}, True),
        (f"{OK}\n{BAD}\n", {}, False),
        (f"{OK}\n搬迁163户414人。\n", {"ignore": ("CK301",)}, False),  # the rule did not run
        (f"{OK}\n搬迁163户414人。\n", {"select": ("CK205",)}, False),
    ],
)
def test_unused_remarks_are_reported(text: str, settings: dict[str, object], unused: bool) -> None:
    warnings = checked(text, **settings).document.warnings
    assert [("已用不着" in warning) for warning in warnings] == [True] * unused
    assert all("not needed" in warning for warning in checked(text, lang="en", **settings).document.warnings)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_a_remark_is_never_read_as_figures(name: str) -> None:
    text = f"搬迁163户<!-- checker: ignore CK301 2018年核对，实为 500 户 30 人 -->414人。\n\n{OK}\n"
    result = checked(text, name)
    written = [result.document.text[q.start : q.end] for q in result.quantities]
    assert written == ["163户", "414人"]
    assert [check.rule for check in result.checks] == ["CK301"]


def test_what_is_suppressed_keeps_its_reason_and_is_no_contradiction() -> None:
    result = check(f"{BAD}{OK}")
    (suppressed,) = result.suppressed
    assert (suppressed.finding.rule, suppressed.by, suppressed.reason) == ("CK301", "comment", "已向扶贫办核对")
    assert result.summary.contradicted == 0
    assert [check.outcome for check in result.checks] == ["fails"]


def test_text_without_remarks_is_read_as_before() -> None:
    text = f"checker 是什么？\n\n{BAD}<!-- 其他注释 -->"
    assert checked(text).document.comments == ()


def test_the_command_line_says_and_counts_what_is_suppressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"{OK}\n{BAD}\n\n<!-- checker: ignore CK302 多余 -->\n", "utf-8")
    assert main(["check", "a.md"]) == 0
    printed = capsys.readouterr()
    assert "已压下 1" in printed.out
    assert printed.err == "checker: a.md: 警告: 第 4 行的注释：ignore CK302 已用不着：这里没有 CK302 的发现\n"
    assert main(["check", "--format", "json", "a.md"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["findings"] == []
    assert [(s["by"], s["reason"], s["finding"]["rule"]) for s in document["suppressed"]] == [
        ("comment", "已向扶贫办核对", "CK301")
    ]
    assert len(document["warnings"]) == 1


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        (OK, 1000),
        (f"{OK}\n", 1000),
        (f"{OK}{BAD}", 300),
        (f"{OK}{BAD}\n", 300),
        ("<!-- checker:", 20000),
        ("<!-- checker:\n", 5000),
    ],
)
def test_many_remarks_take_bounded_time(piece: str, times: int) -> None:
    def repeated(before: str, many: int) -> str:
        return before + piece * many

    for name, before in (("a.md", ""), ("a.html", "<p>")):
        assert_linear(partial(checked, name=name), partial(repeated, before), times, what=name)
