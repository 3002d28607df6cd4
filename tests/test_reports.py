"""Report formats: what each holds, how each escapes what a text may hold, and the files they go to."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from docx import Document as WordFile
from jsonschema import Draft4Validator, Draft7Validator, Draft202012Validator
from lxml import etree

from checker import Checker
from checker.cli import main
from checker.cli.outputs import Target, targets
from checker.errors import UsageError
from checker.findings.result import Result
from checker.findings.suppression import Suppressed
from checker.report.jsonout import load_schema
from checker.report.shared import as_uri, relative_path
from checker.report.tally import Tally
from checker.report.writers import FORMATS, SUFFIXES, Ending, Problem, Setting, make_writer

ROOT = Path(__file__).resolve().parent.parent
CHECKERS = {lang: Checker(Checker().config._replace(lang=lang)) for lang in ("zh", "en")}

BAD = "全县易地搬迁163户41人。"
GOOD = "全县易地搬迁163户414人。"
LEVELS = "贫困发生率由82%提高到95%，提高13%。\n\n" + BAD  # an info, then an error
HOSTILE = 'a::b,c\n::error::%0A%25 [x](http://y){0} <b>&"]]>\r\x1b[2J\x00\u202e\u2028\x85\ud800𠮷'

ANNOTATED = [name for name in FORMATS if name not in ("text", "html")]

SARIF = json.loads((ROOT / "tests/data/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
# Stricter where the text of the standard is, such as for URIs.
SARIF_USED = json.loads((ROOT / "tests/data/sarif-2.1.0-used.json").read_text("utf-8"))
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}
JENKINS = etree.XMLSchema(etree.parse(ROOT / "tests/data/junit-10.xsd"))
# What of that schema is used: element, then its attributes and its children.
JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, {"testcase", "system-out"}),
    "testcase": ({"name", "classname"}, {"failure", "error", "skipped", "system-out"}),
    "skipped": ({"message"}, set()),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}


def checked(text: str, path: str = "稿.txt", lang: str = "zh") -> Result:
    return CHECKERS[lang].check(text, path=path)


def hostile(path: str = "稿.txt") -> Result:
    """A result whose words are the worst that a text or a rule of a user's may hold."""
    result = checked(BAD, path)
    worst = result.findings[0]._replace(message=HOSTILE, expression=HOSTILE, suggestion=HOSTILE)
    return result._replace(findings=(worst,))


def written(name: str, results: Sequence[Result], problems: Sequence[Problem] = (), **setting: Any) -> bytes:
    """The whole report in one format."""
    lang = setting.setdefault("lang", "zh")
    writer = make_writer(name, Setting(**{"rules": CHECKERS[lang].rules, **setting}))
    tally = Tally()
    pieces = [*writer.begin()]
    for result in results:
        tally.add(result)
        pieces += writer.add(writer.piece(result))
    return b"".join([*pieces, *writer.end(Ending(problems, tally))])


def require_sound(name: str, report: bytes) -> Any:
    """Read a report as its reader would; fails where it does not fit its format."""
    text = report.decode("utf-8")  # strict: a lone surrogate would be no UTF-8
    if name == "sarif":
        log = json.loads(text)
        Draft4Validator(SARIF, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
        Draft7Validator(SARIF_USED, format_checker=Draft7Validator.FORMAT_CHECKER).validate(log)
        return log["runs"][0]
    if name == "gitlab":
        issues = json.loads(text)
        Draft202012Validator(GITLAB).validate(issues)
        prints = [issue["fingerprint"] for issue in issues]
        assert len(set(prints)) == len(prints)
        return issues
    if name == "junit":
        JENKINS.assertValid(etree.fromstring(report))
        root = ET.fromstring(report)
        for element in root.iter():
            attributes, children = JUNIT[element.tag]
            assert set(element.attrib) <= attributes
            assert {child.tag for child in element} <= children
        for suite in root:
            for kind, tag in (
                ("tests", "testcase"),
                ("failures", "testcase/failure"),
                ("errors", "testcase/error"),
                ("skipped", "testcase/skipped"),
            ):
                assert int(suite.attrib[kind]) == len(suite.findall(tag))
        return root
    if name == "github":
        return [read_command(line) for line in text.split("\n")[:-1]]
    if name == "json":
        Draft202012Validator(load_schema()).validate(json.loads(text))
        return json.loads(text)
    lines = text.splitlines()  # also at U+2028 and U+0085, as many a reader does
    return [json.loads(line) for line in lines] if name == "jsonl" else lines


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command, read as the runner of GitHub Actions reads it."""
    match = re.fullmatch(r"::(\w+) ([^\r\n]*?)::([^\r\n]*)", line)
    assert match, line
    properties = {}
    for pair in match[2].split(","):
        key, _, value = pair.partition("=")
        properties[key] = value.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%25", "%")
    return match[1], properties, match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CHECKER_LANG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "bad.txt").write_text(BAD, "utf-8")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    return tmp_path


# What holds in every format.


@pytest.mark.parametrize("name", ANNOTATED)
@pytest.mark.parametrize(
    "results",
    [[], [checked("")], [checked(GOOD)], [checked(BAD)], [checked(LEVELS), checked(BAD, "二.txt")], [hostile()]],
    ids=["nothing", "empty", "good", "bad", "levels", "hostile"],
)
def test_reports_are_sound_and_the_same_each_time(name: str, results: list[Result]) -> None:
    problems = [Problem("坏,的%.txt", "undecodable", HOSTILE), Problem("稿.txt", "rule-crashed", "x", "CK301")]
    once = written(name, results, problems)
    require_sound(name, once)
    assert once == written(name, results, problems)


@pytest.mark.parametrize("name", ANNOTATED)
def test_control_characters_stay_inside(name: str) -> None:
    report = written(name, [hostile()], [Problem("坏\x1b.txt", "undecodable", HOSTILE)])
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", report)
    assert "\u202e".encode() not in report or name in ("json", "jsonl", "sarif")


@pytest.mark.parametrize(("lang", "said", "sum_"), [("zh", "少于", "算式："), ("en", "fewer", "sum: ")])
@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit"])
def test_messages_come_in_both_languages_with_the_arithmetic(name: str, lang: str, said: str, sum_: str) -> None:
    report = written(name, [checked(BAD, lang=lang)], lang=lang).decode()
    assert said in report
    assert f"{sum_}41人 " in report


# Format by format.


@pytest.mark.parametrize(
    ("text", "lang", "lines"),
    [
        (BAD, "zh", ["稿.txt:1:11: 错误 CK301 41人少于163户，每户不足一人"]),
        (GOOD, "zh", []),
        ("一。\n\n" + BAD, "zh", ["稿.txt:3:11: 错误 CK301 41人少于163户，每户不足一人"]),
        (LEVELS, "en", ["稿.txt:1:19: info CK522", "稿.txt:3:11: error CK301"]),
    ],
)
def test_concise(text: str, lang: str, lines: list[str]) -> None:
    found = require_sound("concise", written("concise", [checked(text, lang=lang)], lang=lang))
    assert len(found) == len(lines)
    for line, start in zip(found, lines, strict=True):
        assert line.startswith(start)


def test_concise_lists_the_figures_that_nothing_supports() -> None:
    (line,) = require_sound("concise", written("concise", [checked("共有村36个。")], unsupported=True))
    assert line == "稿.txt:1:4: 没有旁证 36个"


def test_json_lines() -> None:
    results = [checked(BAD), checked(GOOD, "二.txt")]
    problems = [Problem("三.txt", "missing", "文件不存在")]
    *documents, last = require_sound("jsonl", written("jsonl", results, problems, include_text=True))
    whole = require_sound("json", written("json", results, problems, include_text=True))
    assert documents == whole.pop("documents")
    assert last == whole
    assert documents[0]["text"] == BAD


def test_json_lines_end_where_objects_end() -> None:
    report = written("jsonl", [checked(f"见\u2028、\x85、\u2029：{BAD}")], include_text=True)
    assert len(report.decode().splitlines()) == 2
    assert json.loads(report.splitlines()[0])["text"] == f"见\u2028、\x85、\u2029：{BAD}"


def test_sarif_results() -> None:
    text = f"𠮷县。\n{BAD}"
    run = require_sound("sarif", written("sarif", [checked(GOOD, "一.txt"), checked(text, "稿 件/二#.txt")]))
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "CK301"
    assert result["level"] == "error"
    assert result["properties"]["expression"] == "41人 < 163户"
    assert result["message"]["text"] == "41人少于163户，每户不足一人\n算式：41人 < 163户"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "%E7%A8%BF%20%E4%BB%B6/%E4%BA%8C%23.txt", "index": 1}
    assert run["artifacts"][1]["location"] == place["artifactLocation"]
    assert place["region"] == {
        "startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 14, "charOffset": 14, "charLength": 3,
        "snippet": {"text": "41人"},
    }  # fmt: skip
    (other,) = result["relatedLocations"]
    region = other["physicalLocation"]["region"]
    assert text[region["charOffset"] :][: region["charLength"]] == other["message"]["text"] == "163户"
    assert list(result["partialFingerprints"].values()) == [checked(text).findings[0].fingerprint]
    assert run["invocations"] == [{"executionSuccessful": True}]


SETTLED = f"{BAD}\n\n<!-- checker: ignore CK301 按户主统计<b>]]>\u202e -->\n{BAD}"


def settled(path: str = "稿.txt") -> Result:
    """A finding that stands, one that a remark has settled, and one of a baseline that gives no reason."""
    result = checked(f"{SETTLED}\n\n{BAD}", path)
    *findings, last = result.findings
    known = (*result.suppressed, Suppressed(last, "baseline", ""))
    return result._replace(findings=tuple(findings), suppressed=known)


def test_sarif_tells_what_is_suppressed() -> None:
    run = require_sound("sarif", written("sarif", [checked(GOOD), settled()]))
    assert [(r["locations"][0]["physicalLocation"]["region"]["startLine"], r["suppressions"]) for r in run["results"]] == [
        (1, []),
        (4, [{"kind": "inSource", "status": "accepted", "justification": "按户主统计<b>]]>\u202e"}]),
        (6, [{"kind": "external", "status": "accepted"}]),
    ]  # fmt: skip
    (alone,) = require_sound("sarif", written("sarif", [checked(BAD)]))["results"]
    assert alone["suppressions"] == []


def test_junit_skips_what_is_suppressed() -> None:
    (suite,) = require_sound("junit", written("junit", [settled()]))
    assert suite.attrib == {"name": "稿.txt", "tests": "3", "failures": "1", "errors": "0", "skipped": "2"}
    inner = [(case.attrib["name"].split()[-1], case[0].tag, case[0].attrib.get("message")) for case in suite]
    assert inner == [
        ("(1:11)", "failure", "41人少于163户，每户不足一人"),
        ("(4:11)", "skipped", "按户主统计<b>]]>\\u202e"),
        ("(6:11)", "skipped", None),
    ]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_tells_what_is_suppressed(name: str) -> None:
    report = require_sound(name, written(name, [settled()]))
    document = report["documents"][0] if name == "json" else report[0]
    assert [(one["by"], one["reason"], one["finding"]["location"]["line"]) for one in document["suppressed"]] == [
        ("comment", "按户主统计<b>]]>\u202e", 4),
        ("baseline", "", 6),
    ]


def test_the_schemas_are_the_published_ones_and_refuse() -> None:
    log = json.loads(written("sarif", [settled()]))
    assert not list(Draft4Validator(SARIF).iter_errors(log))
    for wrong in ({"kind": "inSource", "state": "accepted"}, {"kind": "remark"}, {"status": "accepted"}):
        log["runs"][0]["results"][0]["suppressions"] = [wrong]
        assert list(Draft4Validator(SARIF).iter_errors(log)), wrong
    assert not JENKINS.validate(etree.fromstring('<testsuites><testsuite name="a" tests="1"/></testsuites>'))


def test_sarif_levels_and_rules() -> None:
    run = require_sound("sarif", written("sarif", [checked(LEVELS)]))
    assert [result["level"] for result in run["results"]] == ["note", "error"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in CHECKERS["zh"].rules]
    for rule, descriptor in zip(CHECKERS["zh"].rules, rules, strict=True):
        assert descriptor["shortDescription"]["text"] == rule.title["zh"]
        for example in (*rule.fails, *rule.silent):
            assert example.splitlines()[0] in descriptor["help"]["text"]


def test_sarif_problems() -> None:
    problems = [Problem("坏.txt", "undecodable", "解不了码"), Problem("稿.txt", "rule-crashed", "{x}", "CK301")]
    problems.append(Problem("稿.txt", "plugin-broken", "y", "package:rules"))
    (invocation,) = require_sound("sarif", written("sarif", [], problems))["invocations"]
    assert invocation["executionSuccessful"] is False
    told = invocation["toolExecutionNotifications"]
    assert [note["descriptor"]["id"] for note in told] == ["undecodable", "rule-crashed", "plugin-broken"]
    assert [note.get("associatedRule", {}).get("id") for note in told] == [None, "CK301", None]
    assert told[1]["message"]["text"] == "{{x}}"  # a brace would be a placeholder
    assert told[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%E5%9D%8F.txt"


def test_sarif_messages_hold_no_links() -> None:
    run = require_sound("sarif", written("sarif", [hostile()]))
    assert r"\[x\](http://y){{0}}" in run["results"][0]["message"]["text"]


def test_github_says_the_most_severe_first() -> None:
    commands = require_sound("github", written("github", [checked(LEVELS), checked(BAD, "a,b:c.txt")]))
    assert [(name, about["file"], about["line"]) for name, about, _ in commands] == [
        ("error", "稿.txt", "3"),
        ("error", "a,b:c.txt", "1"),
        ("notice", "稿.txt", "1"),
    ]
    _, about, said = commands[0]
    assert about == {
        "file": "稿.txt", "line": "3", "endLine": "3", "col": "11", "endColumn": "14",
        "title": "CK301 household-person-pair",
    }  # fmt: skip
    assert said == "41人少于163户，每户不足一人\n算式：41人 < 163户"


def test_github_gives_no_columns_over_several_lines() -> None:
    result = checked(f"标题\n\n{BAD}")
    long = result.findings[0]._replace(start=0)
    ((_, about, _),) = require_sound("github", written("github", [result._replace(findings=(long,))]))
    assert (about["line"], about["endLine"]) == ("1", "3")
    assert "col" not in about


def test_github_says_what_could_not_be_checked() -> None:
    ((name, about, said),) = require_sound("github", written("github", [], [Problem("b.txt", "missing", "100%")]))
    assert (name, about, said) == ("error", {"file": "b.txt", "title": "missing"}, "100%")


def test_gitlab() -> None:
    twice = f"{BAD}\n\n另一处：{BAD}\n\n另一处：{BAD}"
    issues = require_sound("gitlab", written("gitlab", [checked(LEVELS), checked(twice, "二.txt")]))
    assert [(i["severity"], i["location"]["path"], i["location"]["lines"]["begin"]) for i in issues[:2]] == [
        ("info", "稿.txt", 1),
        ("major", "稿.txt", 3),
    ]
    assert len(issues) == 5
    assert issues[1]["check_name"] == "CK301 household-person-pair"
    assert issues[1]["description"] == "41人少于163户，每户不足一人；算式：41人 < 163户"
    above = require_sound("gitlab", written("gitlab", [checked("标题\n\n" + LEVELS)]))
    assert above[1]["fingerprint"] == issues[1]["fingerprint"]  # what is written above changes nothing


def test_gitlab_says_what_could_not_be_checked() -> None:
    (issue,) = require_sound("gitlab", written("gitlab", [], [Problem("坏.txt", "missing", "文件不存在")]))
    assert (issue["severity"], issue["check_name"], issue["location"]["path"]) == ("critical", "missing", "坏.txt")


def test_junit() -> None:
    results = [checked(LEVELS, "./一.txt"), checked(GOOD, "二.txt")]
    root = require_sound("junit", written("junit", results, [Problem("三.txt", "missing", "文件不存在")]))
    assert [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors")) for s in root] == [
        ("一.txt", "2", "1", "0"),
        ("二.txt", "1", "0", "0"),
        ("三.txt", "1", "0", "1"),
    ]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.attrib == {"message": "41人少于163户，每户不足一人", "type": "error CK301"}
    assert failure.text == f"{BAD}\n41人少于163户，每户不足一人\n算式：41人 < 163户"
    assert [case.get("name") for case in root.iter("testcase")][1] == "CK301 household-person-pair (3:11)"
    said = root.find(".//system-out")
    assert said is not None
    assert "13%" in (said.text or "")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("<&>", "<&>"),
        ("\"'", "\"'"),
        ("a\tb\nc\rd", "a\tb\nc\rd"),
        ("\x00\x1f\ufffe\ud800", "\ufffd" * 4),
        ("𠮷]]>", "𠮷]]>"),
    ],
)
def test_xml_holds_every_text(text: str, held: str) -> None:
    from checker.report.junit import attribute, content

    element = ET.fromstring(f"<a b={attribute(text)}>{content(text)}</a>")
    assert (element.text, element.get("b")) == (held, held)


@pytest.mark.parametrize(
    ("path", "relative", "uri"),
    [
        ("a.txt", "a.txt", "a.txt"),
        ("./a.txt", "a.txt", "a.txt"),
        ("x/../y/a.txt", "y/a.txt", "y/a.txt"),
        ("{here}/y/a.txt", "y/a.txt", "y/a.txt"),
        ("稿.txt", "稿.txt", "%E7%A8%BF.txt"),
        ("a b#c?%25:d.txt", "a b#c?%25:d.txt", "a%20b%23c%3F%2525%3Ad.txt"),
        ("\udcff.txt", "\udcff.txt", "%FF.txt"),  # a name that is no UTF-8
        ("\ud800.txt", "\ud800.txt", "%ED%A0%80.txt"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not have")
def test_paths(path: str, relative: str, uri: str, folder: Path) -> None:
    path = path.format(here=os.getcwd())
    assert relative_path(path) == relative
    assert as_uri(path) == uri


def test_paths_outside_the_folder_are_absolute(folder: Path) -> None:
    (folder / "in").mkdir()
    os.chdir(folder / "in")
    assert Path(relative_path("../外.txt")) == folder / "外.txt"
    assert as_uri("../外.txt").startswith("file:///")
    assert unquote_to_bytes(as_uri("../外.txt")).decode().endswith(f"{folder.name}/外.txt")


# Through the command line.


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("a.sarif", Target("sarif", "a.sarif")),
        ("a.SARIF.JSON", Target("sarif", "a.SARIF.JSON")),
        ("a.json", Target("json", "a.json")),
        ("junit:a.json", Target("junit", "a.json")),
        ("text:a", Target("text", "a")),
        ("C:\\x\\a.xml", Target("junit", "C:\\x\\a.xml")),
        ("x:y/a.html", Target("html", "x:y/a.html")),
        ("json:sarif:a", Target("json", "sarif:a")),
    ],
)
def test_targets(written_as: str, expected: Target) -> None:
    assert targets([written_as], "zh") == (expected,)


@pytest.mark.parametrize(
    "named", [["a"], ["a.yaml"], ["sariff:a.json"], ["json:"], ["json:-"], ["-"], [""], ["a.json", "sarif:./a.json"]]
)
def test_targets_that_cannot_be(named: list[str]) -> None:
    for lang in ("zh", "en"):
        with pytest.raises(UsageError, match="--output"):
            targets(named, lang)


def test_every_suffix_leads_to_a_format() -> None:
    assert set(SUFFIXES.values()) <= set(FORMATS)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "html"])
def test_formats_on_standard_output(name: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "broken.txt").write_bytes(b"\xff\xff\x80\x80" * 9)
    assert main(["check", "--format", name, "bad.txt"]) == 1
    assert b"CK301" in capfdbinary.readouterr().out
    assert main(["check", "--format", name, "good.txt"]) == 0
    assert main(["check", "--format", name, "good.txt", "none.txt", "broken.txt", "bad.txt", "--exit-zero"]) == 2
    printed = capfdbinary.readouterr()
    assert b"CK301" in printed.out
    assert len(printed.err.splitlines()) == 2


def test_several_outputs_in_one_run_over_texts_tables_and_word(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = WordFile()
    word.add_paragraph("工作简报")
    word.add_paragraph(BAD)
    word.save(str(folder / "简报.docx"))
    (folder / "表.csv").write_text(f"乡镇,情况\n甲乡,{BAD}\n", "utf-8")
    (folder / "页.html").write_text(f"<p>说明</p>\n<p>{BAD}</p>", "utf-8")
    (folder / "good.txt").unlink()
    kinds = ["sarif", "json", "jsonl", "github", "gitlab", "junit", "concise", "text"]
    (folder / "out").mkdir()
    options = [option for kind in kinds for option in ("--output", f"{kind}:out/报告.{kind}")]
    assert main(["check", "--format", "concise", *options, "."]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "./bad.txt:1:11: 错误 CK301 41人少于163户，每户不足一人",
        "./简报.docx:第2段: 错误 CK301 41人少于163户，每户不足一人",
        "./表.csv:2:14: 错误 CK301 41人少于163户，每户不足一人",
        "./页.html:2:14: 错误 CK301 41人少于163户，每户不足一人",
    ]
    assert sorted(os.listdir("out")) == sorted(f"报告.{kind}" for kind in kinds)  # and nothing temporary
    reports = {kind: require_sound(kind, (folder / "out" / f"报告.{kind}").read_bytes()) for kind in kinds}
    regions = {}
    for result in reports["sarif"]["results"]:
        place = result["locations"][0]
        uri = unquote_to_bytes(place["physicalLocation"]["artifactLocation"]["uri"]).decode()
        regions[uri] = place["physicalLocation"].get("region")
        if uri == "简报.docx":
            assert place["logicalLocations"] == [{"name": "第2段", "fullyQualifiedName": "第2段"}]
            assert place["properties"] == {"location": {"paragraph": 2}}
    assert regions["简报.docx"] is None
    assert (regions["bad.txt"]["charOffset"], regions["表.csv"]["startLine"]) == (10, 2)
    assert regions["页.html"] == {"startLine": 2, "startColumn": 14, "endLine": 2, "endColumn": 17}
    said = {about["file"]: said for _, about, said in reports["github"]}
    assert said["简报.docx"].startswith("第2段：41人少于163户")
    lines = {issue["location"]["path"]: issue["location"]["lines"] for issue in reports["gitlab"]}
    assert lines == {
        "bad.txt": {"begin": 1, "end": 1}, "简报.docx": {"begin": 1},
        "表.csv": {"begin": 2, "end": 2}, "页.html": {"begin": 2, "end": 2},
    }  # fmt: skip
    assert [suite.get("name") for suite in reports["junit"]] == ["bad.txt", "简报.docx", "表.csv", "页.html"]
    assert [document["path"] for document in reports["json"]["documents"]] == [d["path"] for d in reports["jsonl"][:-1]]
    assert any("household-person-pair" in line for line in reports["text"])


def test_a_report_in_a_folder_is_not_checked_by_the_next_run(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for _ in range(2):
        assert main(["check", ".", "--format", "json", "--output", "text:report.txt"]) == 1
        documents = json.loads(capfdbinary.readouterr().out)["documents"]
        assert [document["path"] for document in documents] == ["./bad.txt", "./good.txt"]
    assert "CK301" in (folder / "report.txt").read_text("utf-8")


def test_a_text_is_never_overwritten_by_its_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "bad.txt", "--output", "text:./bad.txt"]) == 2
    assert "bad.txt" in capsys.readouterr().err
    assert (folder / "bad.txt").read_text("utf-8") == BAD


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_folder_that_is_missing_is_told_before_anything_is_checked(
    lang: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "bad.txt", "--output", "ok.json", "--output", "no/a.json", "--lang", lang]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("checker: ")
    assert "no/a.json" in printed.err
    assert sorted(os.listdir()) == ["bad.txt", "good.txt"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_full_disk_costs_one_report_and_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "bad.txt", "--exit-zero", "--output", "json:/dev/full", "--output", "a.sarif"]) == 2
    printed = capsys.readouterr()
    assert "CK301" in printed.out
    assert printed.err == "checker: 报告 /dev/full 无法写入：磁盘已满\n"
    require_sound("sarif", (folder / "a.sarif").read_bytes())
    assert os.path.exists("/dev/full")
    assert main(["check", "bad.txt", "--exit-zero", "--output", "json:/dev/null"]) == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
@pytest.mark.parametrize("name", ["text", "concise", "json", "sarif"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_standard_output(name: str, unbuffered: str, folder: Path) -> None:
    command = [sys.executable, "-m", "checker", "check", "bad.txt", "--format", name, "--lang", "en"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command, cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode() == "checker: report on standard output cannot be written: No space left on device\n"


def test_a_report_that_stood_there_survives_a_run_that_breaks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.json").write_text("before", "utf-8")

    def interrupted(*arguments: object) -> Iterator[Result]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Checker, "check_document", interrupted)
    assert main(["check", "bad.txt", "--output", "a.json"]) == 130
    assert (folder / "a.json").read_text("utf-8") == "before"
    assert sorted(os.listdir()) == ["a.json", "bad.txt", "good.txt"]


@pytest.mark.skipif(os.name == "nt", reason="modes and links as POSIX has them")
def test_a_report_keeps_the_mode_of_the_old_one_and_the_link_to_it(folder: Path) -> None:
    (folder / "real.json").write_text("", "utf-8")
    (folder / "real.json").chmod(0o640)
    (folder / "link.json").symlink_to("real.json")
    assert main(["check", "bad.txt", "-q", "--output", "link.json"]) == 1
    assert (folder / "link.json").is_symlink()
    require_sound("json", (folder / "real.json").read_bytes())
    assert stat.S_IMODE((folder / "real.json").stat().st_mode) == 0o640


def test_files_hold_no_colour(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    outputs = ["--output", "text:a.report", "--output", "concise:b.report"]
    assert main(["check", "bad.txt", "--format", "concise", *outputs]) == 1
    assert "\x1b[1;31m错误\x1b[0m" in capsys.readouterr().out
    for name in ("a.report", "b.report"):
        assert "CK301" in (folder / name).read_text("utf-8")
        assert "\x1b" not in (folder / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab", "junit", "jsonl"])
def test_machine_formats_are_utf_8_on_any_terminal(name: str, folder: Path) -> None:
    command = [sys.executable, "-m", "checker", "check", "bad.txt", "--format", name]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert "每户不足一人" in done.stdout.decode("utf-8")


def test_concise_on_a_terminal_of_another_encoding(folder: Path) -> None:
    command = [sys.executable, "-m", "checker", "check", "bad.txt", "--format", "concise"]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    assert done.stdout.decode("gbk").startswith("bad.txt:1:11: 错误 CK301")


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("阶段", "运行规则", "合计")), ("en", ("stage", "running rules", "total"))]
)
def test_statistics_for_people(
    lang: str, words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "bad.txt", "good.txt", "--stats", "--lang", lang]) == 1
    printed = capsys.readouterr()
    for word in words:
        assert word in printed.err
    (row,) = [line.split() for line in printed.err.splitlines() if line.split()[:1] == ["CK301"]]
    assert row[3:] == ["2", "1", "0", "0", "1", "0"]  # checks, holding, rounded, cut, failing, undecided
    main(["check", "bad.txt"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_statistics_in_the_json(name: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["check", "bad.txt", "good.txt", "--stats", "--format", name]) == 1
    printed = capfdbinary.readouterr()
    assert printed.err == b""
    report = json.loads(printed.out.splitlines()[-1])
    if name == "json":
        Draft202012Validator(load_schema()).validate(report)
    stats = report["stats"]
    assert list(stats["milliseconds"]) == ["source", "figures", "rules", "findings", "report"]
    assert all(spent > 0 for spent in stats["milliseconds"].values())
    rules = {row["rule"]: row for row in stats["rules"]}
    assert [row["rule"] for row in stats["rules"]] == [rule.id for rule in CHECKERS["zh"].rules]
    assert rules["CK301"]["outcomes"] == {"fails": 1, "holds": 1}
    assert sum(row["milliseconds"] for row in stats["rules"]) == pytest.approx(stats["milliseconds"]["rules"], abs=0.1)
    main(["check", "bad.txt", "--format", name])
    assert "stats" not in json.loads(capfdbinary.readouterr().out.splitlines()[-1])


def test_no_format_is_imported_that_was_not_asked_for() -> None:
    unwanted = [module for name, module in FORMATS.items() if name not in ("text", "json")]
    unwanted += ["checker.pipeline.stopwatch", "checker.report.shared", "rich", "html"]
    program = (
        "import io, sys; from checker.cli import main\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO(sys.argv[1].encode()))\n"
        f"main(['check', '-']); print([name for name in {unwanted!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, GOOD], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_a_report_for_people_waits_for_the_progress_bar(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from checker.cli.outputs import StandardOutput

    for name in ("text", "concise"):
        output = StandardOutput(name, Setting("zh", stream=io.StringIO() if name == "text" else sys.stdout), waits=True)
        output.add(make_writer(name, Setting("zh")).piece(checked(BAD)))
        assert capsys.readouterr().out == ""
        output.end(Ending([], Tally()))
        assert ("CK301" in capsys.readouterr().out) is (name == "concise")
