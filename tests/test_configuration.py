"""Configuration: which file applies, what it may say, what wins, what is said of mistakes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checker.cli import main
from checker.settings.globs import glob_of
from checker.settings.resolver import nearest_config
from checker.settings.tomllines import line_of

BAD = "全县易地搬迁163户41人。\n"
RULES = """format = 1
[[rule]]
id = "CK990"
slug = "own-rule"
relation = "pair"
severity = "error"
pattern = "{lamps:count}"
formula = "lamps <= 3"
message.zh = "灯多了"
message.en = "too many lamps"
fails = ["有5盏灯"]
silent = ["有灯"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHECKER_LANG", raising=False)
    return tmp_path


def lay(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


Capture = pytest.CaptureFixture[str]


def findings(capsys: Capture, *arguments: str) -> dict[str, list[tuple[str, str]]]:
    """The findings of each document as (rule, severity)."""
    main(["check", "--format", "json", *arguments])
    report = json.loads(capsys.readouterr().out)
    return {d["path"]: [(f["rule"], f["severity"]) for f in d["findings"]] for d in report["documents"]}


def test_rules_are_those_of_the_working_folder(folder: Path, capsys: Capture) -> None:
    lay({
        "checker.toml": 'rules = ["own.toml"]\nignore = ["CK101"]\nseverity = { CK301 = "info" }', "own.toml": RULES,
    })  # fmt: skip

    def listed(*arguments: str) -> dict[str, str]:
        assert main(["rules", *arguments]) == 0
        rows = (line.split() for line in capsys.readouterr().out.splitlines())
        return {row[0]: row[3] for row in rows if len(row) > 3 and row[0][:2] == "CK"}

    states, bare = listed(), listed("--no-config")
    assert [states.get(rule) for rule in ("CK101", "CK301", "CK990", "CK302", "CK963")] == [
        "不用", "提示", "错误", "错误", "不用",
    ]  # fmt: skip
    assert [bare.get(rule) for rule in ("CK101", "CK301", "CK990", "CK302", "CK963")] == [
        "错误", "错误", None, "错误", "不用",
    ]  # fmt: skip
    assert main(["rules", "CK990"]) == 0
    assert "有5盏灯" in capsys.readouterr().out
    lay({"own.toml": RULES.replace("有5盏灯", "有2盏灯")})
    assert main(["rules", "test"]) == 1
    assert "有2盏灯" in capsys.readouterr().out
    lay({"checker.toml": "ignor = []"})
    assert main(["rules"]) == 2
    assert "checker.toml:1" in capsys.readouterr().err
    assert main(["rules", "--config", "none.toml"]) == 2


# The configuration files (or other files), the options, the findings in a.txt.
SETTINGS = [
    ({}, "", [("CK301", "error")]),
    ({"checker.toml": 'ignore = ["CK301"]'}, "", []),
    ({"checker.toml": 'ignore = ["household-person-pair"]'}, "", []),
    ({"checker.toml": 'select = ["CK205"]'}, "", []),
    ({"checker.toml": 'ignore = ["CK301"]'}, "--no-config", [("CK301", "error")]),
    ({"checker.toml": 'ignore = ["CK301"]'}, "--select CK301", [("CK301", "error")]),
    ({"checker.toml": 'ignore = ["CK301"]'}, "--extend-select CK301", [("CK301", "error")]),
    ({"checker.toml": 'ignore = ["CK301"]'}, "--ignore CK205", [("CK301", "error")]),
    ({"checker.toml": 'select = ["CK205"]\nextend-select = ["CK301"]'}, "", [("CK301", "error")]),
    ({"checker.toml": 'select = ["CK205"]'}, "--extend-select CK301", [("CK301", "error")]),
    ({"checker.toml": 'severity = { CK301 = "warning" }'}, "", [("CK301", "warning")]),
    ({"checker.toml": '[severity]\nhousehold-person-pair = "info"'}, "", [("CK301", "info")]),
    ({"checker.toml": 'severity = { CK301 = "warning" }'}, "--severity CK301=info", [("CK301", "info")]),
    ({"pyproject.toml": '[tool.checker]\nignore = ["CK301"]'}, "", []),
    ({"pyproject.toml": '[tool.other]\nname = "checker"'}, "", [("CK301", "error")]),
    ({"pyproject.toml": '[tool.checker]\nignore = ["CK301"]', "checker.toml": ""}, "", [("CK301", "error")]),
    ({"checker.toml": 'extend = "base/checker.toml"', "base/checker.toml": 'ignore = ["CK301"]'}, "", []),
    (
        {
            "checker.toml": 'extend = "base/pyproject.toml"\nignore = []',
            "base/pyproject.toml": '[tool.checker]\nignore = ["CK301"]',
        },
        "",
        [("CK301", "error")],
    ),
    (
        {
            "checker.toml": 'extend = "base.toml"\nseverity = { CK205 = "info" }',
            "base.toml": 'severity = { CK301 = "warning", CK205 = "error" }',
        },
        "",
        [("CK301", "warning")],
    ),
    (
        {"checker.toml": 'ignore = ["CK301"]', "other.toml": 'severity = { CK301 = "info" }'},
        "--config other.toml",
        [("CK301", "info")],
    ),
    ({"checker.toml": '[[per-file]]\nfiles = ["*.txt"]\nignore = ["CK301"]'}, "", []),
    ({"checker.toml": '[[per-file]]\nfiles = ["*.md", "news/**"]\nignore = ["CK301"]'}, "", [("CK301", "error")]),
    (
        {
            "checker.toml": 'per-file = [{ files = ["*"], severity = { CK301 = "info" } }, { files = ["a.*"], severity = { CK301 = "warning" } }]'
        },
        "",
        [("CK301", "warning")],
    ),
    (
        {
            "checker.toml": '[[per-file]]\nfiles = ["a.*"]\nignore = ["CK301"]\n[[per-file]]\nfiles = ["*"]\nignore = ["CK205"]'
        },
        "",
        [("CK301", "error")],
    ),
]


# The same over a text in which CK205 fails, which CK401 and share-of-stated-whole were before it.
FORMER = [
    ('ignore = ["CK401"]', "", []),
    ('ignore = ["share-of-stated-whole"]', "", []),
    ('select = ["CK401"]', "", [("CK205", "error")]),
    ('select = ["CK301"]', "--extend-select share-of-stated-whole", [("CK205", "error")]),
    ('severity = { CK401 = "info" }', "", [("CK205", "info")]),
    ('ignore = ["CK501"]', "", [("CK205", "error")]),
]


@pytest.mark.parametrize(("setting", "options", "expected"), FORMER)
def test_former_names_of_rules_still_work(
    setting: str, options: str, expected: list[tuple[str, str]], folder: Path, capsys: Capture
) -> None:
    lay({"checker.toml": setting, "a.txt": "全镇有贫困户400户，其中因病致贫100户，占35%。"})
    assert findings(capsys, "a.txt", *options.split()) == {"a.txt": expected}


@pytest.mark.parametrize(("files", "options", "expected"), SETTINGS)
def test_what_applies(
    files: dict[str, str], options: str, expected: list[tuple[str, str]], folder: Path, capsys: Capture
) -> None:
    lay({**files, "a.txt": BAD})
    assert findings(capsys, "a.txt", *options.split()) == {"a.txt": expected}


def test_the_nearest_configuration_of_each_file_is_not_merged(folder: Path, capsys: Capture) -> None:
    lay({
        "checker.toml": 'ignore = ["CK301"]', "a.txt": BAD, "news/b.txt": BAD, "news/checker.toml": 'lang = "en"',
        "news/2018/c.txt": BAD, "news/2018/pyproject.toml": "[tool.ruff]", "other/d.txt": BAD,
    })  # fmt: skip
    assert findings(capsys, ".") == {
        "./a.txt": [], "./news/2018/c.txt": [("CK301", "error")], "./news/b.txt": [("CK301", "error")], "./other/d.txt": [],
    }  # fmt: skip
    assert nearest_config(str(folder / "news" / "2018")) == str(folder / "news" / "checker.toml")


@pytest.mark.parametrize(("name", "expected"), [(None, []), ("news/x.txt", [("CK301", "error")])])
def test_standard_input(name: str | None, expected: list[tuple[str, str]], folder: Path) -> None:
    lay({"checker.toml": 'ignore = ["CK301"]', "news/checker.toml": ""})
    given = [] if name is None else ["--stdin-filename", name]
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--format", "json", *given, "-"],
        input=BAD.encode(), capture_output=True, check=False,
    )  # fmt: skip
    (document,) = json.loads(done.stdout)["documents"]
    assert [(f["rule"], f["severity"]) for f in document["findings"]] == expected


# A configuration, and what is said of it (zh): the place, and words of the message.
MISTAKES = [
    ('lang = "zh"\ningore = []\n', "checker.toml:2", "未知的键“ingore”，是不是“ignore”？"),
    ('# ignore\nignore = [\n  "CK205", # 甲\n  "CK3O1",\n]\n', "checker.toml:4", "没有规则“CK3O1”，是不是“CK301”？"),
    ('\n[severity]\nCK9999 = "info"\n', "checker.toml:3", "没有规则“CK9999”"),
    ('severity = { CK301 = "loud" }\n', "checker.toml:1", "CK301 应为 error、warning、info 之一"),
    (
        '[[per-file]]\nfiles = ["a"]\nignore = []\n[[per-file]]\nfiles = ["b"]\nignore = ["nonsuch"]\n',
        "checker.toml:6",
        "没有规则",
    ),
    ('[[per-file]]\nfiles = ["a"]\nlang = "zh"\n', "checker.toml:3", "per-file 里不能用“lang”，请写在最外层"),
    ('[[per-file]]\nfiles = ["a"]\nextend = "b.toml"\n', "checker.toml:3", "per-file 里不能用“extend”"),
    ('[tool.checker]\nlang = "zh"\n', "checker.toml:1", "checker.toml 里不写 [tool.checker]"),
    ('extend = "a\\u0000b"\n', "checker.toml:1", "extend 应为一个文件名"),
    ("max-chars = 1.5\n", "checker.toml:1", "应为整数"),
    ("max-chars = -1\n", "checker.toml:1", "应为整数"),
    ("deadline = nan\n", "checker.toml:1", "应为秒数"),
    ("deadline = true\n", "checker.toml:1", "应为秒数"),
    ("[[per-file]]\nignore = []\n", "checker.toml:1", "per-file 缺少 files"),
    ('per-file = [\n{ files = ["a"] },\n{ files = ["b"], abuot = 1 }]\n', "checker.toml:3", "是不是“about”"),
    ("about = 2\n", "checker.toml:1", "0 与 1 之间"),
    ('lang = "de"\n', "checker.toml:1", "zh、en 之一"),
    ('published = "昨天"\n', "checker.toml:1", "应为日期"),
    ('published-from = "%Y-%m"\n', "checker.toml:1", "%d"),
    ('published-from = "(%Y-%m-%d"\n', "checker.toml:1", "正则表达式（not a regular expression）：missing )\n"),
    ('published-from = { name = "%Y" }\n', "checker.toml:1", "path 或 front-matter"),
    ('encoding = "utf-9"\n', "checker.toml:1", "编码的名称"),
    ('\nrules = ["none.toml"]\n', "checker.toml:2", "文件不存在：none.toml"),
    ('fail-on = "eror"\n', "checker.toml:1", "是不是 error？"),
    ("exclude = 3\n", "checker.toml:1", "字符串的列表"),
    ("plain-text-comments = 1\n", "checker.toml:1", "true 或 false"),
    ('extend = "checker.toml"\n', "checker.toml:1", "绕成了圈"),
    ('lang = "zh"\nextend = "a/b.toml"\n', "checker.toml:2", "文件不存在"),
    ("lang = \n", "checker.toml:1", "不是有效的 TOML"),
    ("a = " + "[" * 5000, "checker.toml", "不是有效的 TOML"),
]


@pytest.mark.parametrize(("text", "place", "words"), MISTAKES)
def test_mistakes_are_said_with_their_line(text: str, place: str, words: str, folder: Path, capsys: Capture) -> None:
    lay({"a.txt": BAD, "checker.toml": text})
    assert main(["check", "a.txt"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"checker: {place}: ")
    assert words in printed.err
    assert printed.err.count("\n") == 1
    assert main(["check", "--no-config", "a.txt"]) == 1


def test_a_longer_circle_and_a_mistake_in_what_is_extended(folder: Path, capsys: Capture) -> None:
    lay(
        {
            "a.txt": BAD,
            "checker.toml": 'extend = "b.toml"',
            "b.toml": '\nextend = "c.toml"',
            "c.toml": 'extend = "checker.toml"',
        }
    )
    assert main(["check", "a.txt"]) == 2
    assert capsys.readouterr().err == "checker: c.toml:1: extend 绕成了圈：checker.toml\n"
    lay({"c.toml": '\n\nselect = ["nonsuch"]'})
    assert main(["check", "a.txt"]) == 2
    assert capsys.readouterr().err.startswith("checker: c.toml:3: 没有规则“nonsuch”")


def test_mistakes_in_pyproject_are_found_behind_its_table(folder: Path, capsys: Capture) -> None:
    lay(
        {
            "a.txt": BAD,
            "pyproject.toml": '[tool.ruff]\nignore = ["E1"]\n\n[tool.checker]\nlang = "zh"\nignore = ["E1"]\n',
        }
    )
    assert main(["check", "a.txt", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("checker: pyproject.toml:6: there is no rule “E1”")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--severity CK301=loud", "--severity 应写成"),
        ("--severity CK3O1=info", "没有规则“CK3O1”，是不是“CK301”"),
        ("--extend-select CK3O1", "没有规则“CK3O1”，是不是“CK301”"),
        ("--config none.toml", "配置文件不存在"),
    ],
)
def test_mistakes_in_options(options: str, words: str, folder: Path, capsys: Capture) -> None:
    lay({"a.txt": BAD})
    assert main(["check", "a.txt", *options.split()]) == 2
    assert words in capsys.readouterr().err


def published(capsys: Capture, *arguments: str) -> list[str | None]:
    main(["check", "--format", "json", *arguments])
    return [document["published"] for document in json.loads(capsys.readouterr().out)["documents"]]


@pytest.mark.parametrize(
    ("settings", "text", "expected"),
    [
        ("published = 2018-03-05", BAD, "2018-03-05"),
        ('published = "2018年3月5日"', BAD, "2018-03-05"),
        ('published-from = "%Y/%m-%d"', BAD, "2019-04-06"),
        ('published-from = "(?P<date>20\\\\d{2}/04-06)"', BAD, None),
        ('published = 2018-03-05\npublished-from = "%Y/%m-%d"', BAD, "2019-04-06"),
        ('published = 2018-03-05\npublished-from = "week%Y-%m-%d"', BAD, "2018-03-05"),
        (
            'published-from = { front-matter = "期号: .*?(?P<date>\\\\d{8})" }',
            f"---\n期号: 总20170203\n---\n{BAD}",
            "2017-02-03",
        ),
        (
            'published-from = ["no%Y-%m-%d", { front-matter = "出报: %Y-%m-%d" }]',
            f"---\n出报: 2017-2-3\n---\n{BAD}",
            "2017-02-03",
        ),
        ('[[per-file]]\nfiles = ["news/**"]\npublished = 2016-01-02', BAD, "2016-01-02"),
        ('[[per-file]]\nfiles = ["news/*.txt"]\npublished = 2016-01-02', BAD, None),
        ('published-from = "(?P<date>.+)"', BAD, None),
    ],
)
def test_the_day_of_publication(settings: str, text: str, expected: str | None, folder: Path, capsys: Capture) -> None:
    lay({"checker.toml": settings, "news/2019/04-06-x.txt": text})
    assert published(capsys, "news/2019/04-06-x.txt") == [expected]
    assert published(capsys, "news/2019/04-06-x.txt", "--published", "2020-01-01") == ["2020-01-01"]


def test_what_is_no_day_is_said(folder: Path, capsys: Capture) -> None:
    lay({"checker.toml": 'published-from = "%Y-%m-%d"', "2018-02-30.txt": BAD})
    assert main(["check", "2018-02-30.txt"]) == 1
    assert "警告: published-from: “2018-02-30”不是日期" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("", 1),
        ('fail-on = "never"', 0),
        ('severity = { CK301 = "warning" }', 0),
        ('severity = { CK301 = "info" }\nfail-on = "info"', 1),
    ],
)
def test_fail_on_is_that_of_each_file(settings: str, code: int, folder: Path, capsys: Capture) -> None:
    lay({"checker.toml": 'fail-on = "never"', "a.txt": BAD, "b/b.txt": BAD, "b/checker.toml": settings})
    assert main(["check", "."]) == code
    assert main(["check", ".", "--fail-on", "info"]) == 1


def test_exclude_leaves_out_files_of_folders_only(folder: Path, capsys: Capture) -> None:
    lay({"checker.toml": 'exclude = ["drafts", "*.md"]', "a.txt": BAD, "b.md": BAD, "x/drafts/c.txt": BAD})
    assert list(findings(capsys, ".")) == ["./a.txt"]
    assert list(findings(capsys, ".", "x/drafts/c.txt")) == ["./a.txt", "x/drafts/c.txt"]
    assert main(["check", "x"]) == 2
    assert "exclude" in capsys.readouterr().err


def test_own_rules_about_encoding_and_language(folder: Path, capsys: Capture) -> None:
    lay({
        "conf/checker.toml": 'rules = ["own.toml"]\nlang = "en"\nencoding = "utf-16-le"\nselect = ["CK990"]\nseverity = { own-rule = "info" }',
        "conf/own.toml": RULES,
    })  # fmt: skip
    Path("conf/a.txt").write_bytes("有5盏灯。".encode("utf-16-le"))
    main(["check", "--format", "json", "conf/a.txt"])
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert [(f["rule"], f["message"], f["severity"]) for f in document["findings"]] == [
        ("CK990", "too many lamps", "info")
    ]
    lay({"checker.toml": "about = 0.5", "b.txt": "约100人。"})
    main(["figures", "--format", "json", "b.txt"])
    assert json.loads(capsys.readouterr().out)["documents"][0]["quantities"][0]["high"] == "150"


def test_one_checker_for_all_files_of_the_same_settings(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    import checker.settings.resolver as settings

    made = []

    def counting(config: settings.Config) -> settings.Checker:
        made.append(config)
        return original(config)

    original = settings.Checker
    monkeypatch.setattr(settings, "Checker", counting)
    lay({f"{name}/{i}.txt": BAD for name in "ab" for i in range(5)})
    lay(
        {
            "a/checker.toml": '[[per-file]]\nfiles = ["3.txt"]\nignore = ["CK301"]',
            "b/checker.toml": 'baseline = "b.json"',
        }
    )
    found = findings(capsys, ".")
    assert [path for path, rules in found.items() if not rules] == ["./a/3.txt"]
    assert len(made) == 2


def test_config_shows_values_and_where_they_come_from(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay({
        "checker.toml": 'extend = "base.toml"\nfail-on = "warning"\nexclude = ["drafts"]\n[[per-file]]\nfiles = ["*.txt"]\nabout = 0.2\n',
        "base.toml": '\nignore = ["CK301"]\npublished-from = "%Y-%m-%d"', "a.txt": BAD,
    })  # fmt: skip
    monkeypatch.setenv("CHECKER_LANG", "en")
    assert main(["config", "a.txt", "--format", "json", "--encoding", "gbk"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["config"] == str(folder / "checker.toml")
    assert file["extends"] == [str(folder / "base.toml")]
    shown = {
        key: (s["value"], s["origin"]["kind"], Path(s["origin"]["where"]).name, s["origin"]["line"])
        for key, s in file["settings"].items()
    }
    assert shown["fail-on"] == ("warning", "file", "checker.toml", 2)
    assert shown["ignore"] == (["CK301"], "file", "base.toml", 2)
    assert shown["about"] == (0.2, "per-file", "checker.toml", 6)
    assert shown["encoding"] == ("gbk", "option", "--encoding", None)
    assert shown["lang"] == ("en", "environment", "CHECKER_LANG", None)
    assert shown["select"] == ([], "default", "", None)
    assert shown["exclude"][0] == ["drafts"]
    assert shown["published-from"][0] == [{"path": "%Y-%m-%d"}]
    assert main(["config", "a.txt", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "a.txt  (checker.toml → base.toml)" in out
    assert "[base.toml:2]" in out
    assert "[checker.toml:6 per-file]" in out
    assert main(["config", "none.txt"]) == 2


@pytest.mark.parametrize(
    ("settings", "options", "shown", "kind", "line"),
    [
        ('published-from = "%Y-%m-%d"', "", "2018-03-01", "file", 1),
        ('[[per-file]]\nfiles = ["*.txt"]\npublished-from = "%Y-%m-%d"', "", "2018-03-01", "per-file", 3),
        ('published-from = "%Y-%m-%d"', "--published 2020-05-06", "2020-05-06", "option", None),
        ('published = 2019-01-02\npublished-from = "%Y/%m/%d"', "", "2019-01-02", "file", 1),
        ('published = 2019-01-02\npublished-from = { front-matter = "%Y-%m-%d" }', "", "2019-01-02", "file", 1),
        ("", "", None, "default", None),
    ],
)
def test_config_shows_the_day_of_the_path(
    settings: str, options: str, shown: str | None, kind: str, line: int | None, folder: Path, capsys: Capture
) -> None:
    lay({"checker.toml": settings, "news/2018-03-01.txt": BAD})
    assert main(["config", "news", "--format", "json", *options.split()]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    published = file["settings"]["published"]
    assert (published["value"], published["origin"]["kind"], published["origin"]["line"]) == (shown, kind, line)


def test_config_says_what_is_no_day(folder: Path, capsys: Capture) -> None:
    lay({"checker.toml": 'published-from = "%Y-%m-%d"', "2018-02-31.txt": BAD})
    assert main(["config", "2018-02-31.txt"]) == 0
    printed = capsys.readouterr()
    assert "  published            -  [默认]\n" in printed.out
    assert "2018-02-31" in printed.err.replace("2018-02-31.txt", "")


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("news/**", "news/a/b.txt", True),
        ("news/**", "old/news/a.txt", False),
        ("news/*.txt", "news/a/b.txt", False),
        ("news", "old/news/a.txt", True),
        ("/news", "old/news/a.txt", False),
        ("drafts/", "drafts/x.md", True),
        ("**/x/*.md", "a/b/x/c.md", True),
        ("**/x/*.md", "x/c.md", True),
        ("*.txt", "a/b.txt", True),
        ("a?.txt", "a1.txt", True),
        ("a?.txt", "a/.txt", False),
        ("a[0-3].txt", "a2.txt", True),
        ("a[!0-3].txt", "a2.txt", False),
        ("a.txt", "abtxt", False),
        ("../x.txt", "../x.txt", True),
    ],
)
def test_globs(pattern: str, name: str, fits: bool) -> None:
    assert glob_of(pattern).fits(name) is fits


@pytest.mark.parametrize(
    ("text", "keys", "value", "line"),
    [
        ("a = 1\nb = 2", ["b"], None, 2),
        ('"b" = 1', ["b"], None, 1),
        ('x = "b"\nb = 2', ["b"], None, 2),
        ('x = """\nb = 1\n"""\nb = 2', ["b"], None, 4),
        ("# b = 1\nb = 2", ["b"], None, 2),
        ("p = { b = 1 }\nb = 2", ["b"], None, 2),
        ("t.b = 1", ["t", "b"], None, 1),
        ("none = 1", ["b"], None, 1),
        ('[[p]]\na = 1\n[[p]]\na = ["x",\n"y"]', ["p", 1, "a"], "y", 5),
    ],
)
def test_lines_of_toml(text: str, keys: list[str | int], value: str | None, line: int) -> None:
    assert line_of(text, keys, value) == line
