"""`checker serve`: lines of JSON in, lines of JSON out."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from growing import assert_linear
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from checker import Checker
from checker.cli import main
from checker.config import Config
from checker.findings.baseline import Entry, write_entries
from checker.report.jsonout import load_schema as report_schema
from checker.serving.answering import Answerer
from checker.serving.loop import lines_of, serve
from checker.serving.protocol import load_schema
from checker.settings.resolver import asking

ROOT = Path(__file__).resolve().parent.parent
BAD = "全县易地搬迁163户41人。"
LIMIT = 100_000

_REGISTRY: Registry[Any] = Registry().with_resources(
    [(schema["$id"], Resource.from_contents(schema)) for schema in (load_schema(), report_schema())]
)


def valid(what: str, value: object) -> bool:
    schema = {"$ref": f"urn:cn-metric-checker:serve:1#/$defs/{what}"}
    return Draft202012Validator(schema, registry=_REGISTRY).is_valid(value)


def served(*lines: object, answerer: Answerer | None = None, limit: int = LIMIT) -> list[dict[str, Any]]:
    """The answers to lines: bytes as they are, anything else as JSON."""
    data = b"".join((x if isinstance(x, bytes) else json.dumps(x, ensure_ascii=False).encode()) + b"\n" for x in lines)
    out = io.BytesIO()
    serve(io.BytesIO(data), out, answerer or Answerer(), limit)
    answers = [json.loads(line) for line in out.getvalue().decode("utf-8").splitlines()]
    for answer in answers:
        assert valid("answer", answer), answer
    return answers


def codes(answer: dict[str, Any]) -> list[str]:
    return [error["code"] for error in answer["errors"]]


@pytest.mark.parametrize(
    ("request_", "rules"),
    [
        ({"text": BAD}, ["CK301"]),
        ({"text": BAD, "ignore": ["CK301"]}, []),
        ({"text": BAD, "select": ["household-person-pair"]}, ["CK301"]),
        ({"text": BAD, "select": ["CK101"]}, []),
        ({"text": BAD, "published": None, "kind": None, "lang": None, "select": None}, ["CK301"]),
        ({"text": "<p>搬迁<b>163户</b>41人。</p>", "path": "a.html"}, ["CK301"]),
        ({"text": "<p>搬迁163&#25143;41人。</p>", "kind": "html"}, ["CK301"]),
        ({"text": "<p>搬迁163&#25143;41人。</p>", "kind": "text"}, []),
        ({"text": "<!DOCTYPE html><p>搬迁163&#25143;41人。</p>"}, ["CK301"]),
        ({"text": "\ud800搬迁163户41人。", "kind": "html"}, ["CK301"]),
        ({"text": "\ud800搬迁163户41人。", "include_text": True}, ["CK301"]),
        ({"text": "", "path": "a.txt"}, []),
    ],
)
def test_checks(request_: dict[str, Any], rules: list[str]) -> None:
    assert valid("request", request_)
    line = json.dumps({"id": "甲", **request_}).encode("ascii")
    (answer,) = served(line)
    assert answer["id"] == "甲"
    assert answer["errors"] == []
    assert [finding["rule"] for finding in answer["document"]["findings"]] == rules
    assert answer["document"].get("text") == (request_["text"] if "include_text" in request_ else None)


def test_the_document_is_that_of_check(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = ROOT / "samples/planted/school-survey.md"
    main(["check", "--format", "json", "--exit-zero", str(path)])
    (document,) = json.loads(capsysbinary.readouterr().out)["documents"]
    (answer,) = served({"text": path.read_text("utf-8"), "path": str(path)})
    assert answer["document"] == document
    assert len(document["findings"]) >= 3


@pytest.mark.parametrize(
    ("line", "id_", "code", "said"),
    [
        (b"nonsense", None, "bad-request", "JSON"),
        (b'{"id": 7, "text": ', 7, "bad-request", "JSON"),
        (b'{"text": "\xff", "id": "a\\n\xe7\x94\xb2"}', "a\n甲", "bad-request", "UTF-8"),
        (b'{"text": "say \\"id\\": 3", "id": 4, }', 4, "bad-request", "JSON"),
        (b'{"id": 7.5, "text": ""}', None, "bad-request", "id"),
        (b'{"id": true, "text": ""}', None, "bad-request", "id"),
        (b'{"a": {"id": 1}, "id": 2, "text": ""}', 2, "bad-request", "“a”"),
        (b'{"id": 1, "text": NaN}', 1, "bad-request", "NaN"),
        (b"[]", None, "bad-request", "对象"),
        (b'{"id": 1}', 1, "bad-request", "text"),
        (b'{"id": 1, "text": 5}', 1, "bad-request", "text"),
        (b'{"id": 1, "txt": ""}', 1, "bad-request", "是不是“text”"),
        (b'{"id": 1, "txt": "", "lang": "en"}', 1, "bad-request", "did you mean “text”"),
        (b'{"id": 1, "text": "", "lang": "fr"}', 1, "bad-request", "lang"),
        (b'{"id": 1, "text": "", "select": "CK301"}', 1, "bad-request", "数组"),
        (b'{"id": 1, "method": "exec"}', 1, "bad-request", "method"),
        (b'{"id": 1, "text": "", "kind": ["html"]}', 1, "bad-request", "kind"),
        (b'{"id": 1, "text": ' + b"[" * 90_000, 1, "bad-request", ""),
        (b'{"id": 1, "text": ' + b"9" * 9_000 + b"}", 1, "bad-request", ""),
        (b'{"id": 1, "text": "", "select": ["CK30l"]}', 1, "unknown-rule", "是不是“CK30"),
        (b'{"id": 1, "text": "", "published": "gestern"}', 1, "usage", "日期"),
        (b'{"id": 1, "path": "a.txt"}', 1, "files-not-allowed", "--files"),
        (b'{"id": 1, "text": "' + b"x" * LIMIT + b'"}', 1, "too-large", str(LIMIT)),
        (b'{"text": "' + b"x" * 3 * LIMIT + b'", "id": 1}', 1, "too-large", str(LIMIT)),
    ],
)  # fmt: skip
def test_a_broken_line_is_answered_and_the_next_one_too(line: bytes, id_: object, code: str, said: str) -> None:
    broken, after = served(line, {"id": 99, "text": BAD})
    assert broken["id"] == id_
    assert broken["document"] is None
    assert codes(broken) == [code]
    assert said in broken["errors"][0]["message"]
    assert after["id"] == 99
    assert len(after["document"]["findings"]) == 1


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ({"text": ""}, True), ({"path": "a"}, True), ({"method": "version"}, True), ({"method": "shutdown", "id": 1}, True),
        ({}, False), ({"text": None}, False), ({"id": 1.5, "text": ""}, False), ({"text": "", "txt": ""}, False),
    ],
)  # fmt: skip
def test_the_schema_of_requests(value: object, fits: bool) -> None:
    assert valid("request", value) == fits


def test_order_blank_lines_version_and_shutdown() -> None:
    asked = [{"id": n, "text": BAD if n % 2 else "", "lang": "en" if n % 3 else "zh"} for n in range(9)]
    answers = served(b"", {"id": "v", "method": "version"}, *asked, b" \r", {"method": "shutdown"}, {"id": "never"})
    assert [answer["id"] for answer in answers] == ["v", *range(9), None]
    assert answers[0]["schema_version"] == answers[0]["protocol"] == 1
    assert answers[-1] == {"id": None, "shutdown": True}
    said = {n: answers[n + 1]["document"]["findings"] for n in range(9)}
    assert "fewer" in said[1][0]["message"] and "少于" in said[3][0]["message"]


def test_a_line_beyond_the_limit_is_not_held() -> None:
    class Endless(io.RawIOBase):
        left = 40_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            size = min(len(buffer), self.left)
            self.left -= size
            buffer[:size] = b"x" * size
            return size

    (line,) = lines_of(io.BufferedReader(Endless()), LIMIT)
    assert not line.whole
    assert len(line.data) < 200_000


def test_one_checker_for_one_set_of_options(monkeypatch: pytest.MonkeyPatch) -> None:
    import checker.settings.resolver as settings

    made: list[Config] = []
    monkeypatch.setattr(settings, "Checker", lambda config: made.append(config) or Checker(config))
    served(*[{"text": BAD, "select": [f"CK{n}"]} for n in (301, 101, 301, 101)], {"text": "", "select": ["CK301"]})
    assert [config.select for config in made] == [("CK301",), ("CK101",)]
    made.clear()
    served(*[{"text": BAD, "ignore": ["CK301"] * n} for n in range(40)])
    assert len(made) == 40


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("in/a.txt", None), ("./in/../in/a.txt", None), ("in/table.csv", None), ("../out.txt", "files-not-allowed"),
        ("/etc/hostname", "files-not-allowed"), ("in/link.txt", "files-not-allowed"), ("in/none.txt", "missing"),
        ("in", "unreadable"), ("in/\0", "files-not-allowed"), ("in/bad.txt", "undecodable"),
    ],
)  # fmt: skip
def test_files_only_below_the_folder(path: str, code: str | None, tmp_path: Path) -> None:
    folder = tmp_path / "allowed"
    (folder / "in").mkdir(parents=True)
    (tmp_path / "out.txt").write_text(BAD, "utf-8")
    (folder / "in/a.txt").write_text(BAD, "gb18030")
    (folder / "in/table.csv").write_text("项目,数量\n搬迁,163户41人\n", "utf-8")
    (folder / "in/bad.txt").write_bytes(b"\xff\xff\x80\x80" * 9)
    (folder / "in/link.txt").symlink_to(tmp_path / "out.txt")
    (answer,) = served({"id": 1, "path": path}, answerer=Answerer(files=str(folder)))
    if code is None:
        assert answer["document"]["path"] == path
        assert [f["rule"] for f in answer["document"]["findings"]] == ["CK301"]
    else:
        assert answer["document"] is None and codes(answer) == [code]


def test_a_crash_costs_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    import checker.serving.answering as answering

    def read_text(text: str, *rest: Any, **more: Any) -> Any:
        if text == "boom":
            raise ZeroDivisionError("boom")
        return real(text, *rest, **more)

    real = answering.read_text
    monkeypatch.setattr(answering, "read_text", read_text)
    first, second = served({"id": 1, "text": "boom"}, {"id": 2, "text": BAD})
    assert codes(first) == ["internal"] and "ZeroDivisionError" in first["errors"][0]["message"]
    assert second["document"]["findings"]


# The files, a request (with the text, if it names no file), and the findings: rule, severity, beginning of the message.
SERVED: list[tuple[dict[str, str], dict[str, Any], list[tuple[str, str, str]]]] = [
    ({}, {}, [("CK301", "error", "41人少于")]),
    ({"checker.toml": 'ignore = ["CK301"]'}, {}, []),
    ({"checker.toml": 'ignore = ["CK301"]'}, {"select": ["CK301"]}, [("CK301", "error", "41人少于")]),
    ({"checker.toml": 'lang = "en"\nseverity = { CK301 = "info" }'}, {}, [("CK301", "info", "41人 is fewer")]),
    ({"checker.toml": 'lang = "en"'}, {"lang": "zh"}, [("CK301", "error", "41人少于")]),
    ({"in/checker.toml": 'ignore = ["CK301"]'}, {}, [("CK301", "error", "41人少于")]),
    ({"in/checker.toml": 'ignore = ["CK301"]'}, {"path": "in/a.txt"}, []),
    ({"in/checker.toml": 'ignore = ["CK301"]'}, {"path": "in/../a.txt"}, [("CK301", "error", "41人少于")]),
    ({"checker.toml": '[[per-file]]\nfiles = ["in/**"]\nignore = ["CK301"]'}, {"path": "in/none/a.txt"}, []),
    # a name that leads out of the folder finds no configuration there
    ({"../checker.toml": "nonsense", "checker.toml": 'ignore = ["CK301"]'}, {"path": "../a.txt"}, []),
    ({"checker.toml": 'ignore = ["CK301"]'}, {"path": "/etc/a.txt"}, []),
    ({"checker.toml": 'baseline = "in/known.json"'}, {"path": "in/a.txt"}, []),
    ({"checker.toml": 'baseline = "in/known.json"'}, {"path": "in/b.txt"}, [("CK301", "error", "41人少于")]),
    ({"checker.toml": "plain-text-comments = true"}, {"text": f"# checker: ignore CK301 已核对\n{BAD}"}, []),
    ({"checker.toml": 'encoding = "big5"', "in/a.txt": ""}, {"path": "in/big5.txt", "text": None}, [("CK301", "error", "41人少于")]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "request_", "expected"), SERVED)
@pytest.mark.parametrize("below", ["working folder", "folder of --files"])
def test_the_configuration_of_the_path_applies(
    files: dict[str, str], request_: dict[str, Any], expected: list[tuple[str, str, str]], below: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder = tmp_path / "folder"
    (folder / "in").mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "in/big5.txt").write_bytes("全縣搬遷163戶41人。".encode("big5"))
    (finding,) = Checker().check(BAD).findings
    write_entries(str(folder / "in/known.json"), [Entry("a.txt", "CK301", finding.fingerprint, "")])
    if below == "working folder":
        monkeypatch.chdir(folder)
    if request_.get("text", "") is None and below == "working folder":
        return  # no file may be read
    answerer = Answerer(asking(), None if below == "working folder" else str(folder))
    (answer,) = served({"text": BAD} | request_, answerer=answerer)
    found = answer["document"]["findings"]
    assert [
        (f["rule"], f["severity"], f["message"][: len(e[2])]) for f, e in zip(found, expected, strict=True)
    ] == expected


def test_a_configuration_that_changes_is_read_again(tmp_path: Path) -> None:
    answerer = Answerer(asking(), str(tmp_path))
    config = tmp_path / "checker.toml"

    def rules() -> list[str]:
        (answer,) = served({"text": BAD, "path": "a.txt"}, answerer=answerer)
        return codes(answer) or [finding["rule"] for finding in answer["document"]["findings"]]

    assert rules() == ["CK301"]
    config.write_text('ignore = ["CK301"]', "utf-8")
    assert rules() == []
    config.write_text('ignor = ["CK301"]', "utf-8")
    assert rules() == ["bad-config"]
    assert rules() == ["bad-config"]
    config.write_text('baseline = "b.json"', "utf-8")
    assert rules() == ["CK301"]
    write_entries(
        str(tmp_path / "b.json"), [Entry("a.txt", "CK301", f.fingerprint, "") for f in Checker().check(BAD).findings]
    )
    assert rules() == []


def test_paths_of_many_levels_take_bounded_time(tmp_path: Path) -> None:
    (tmp_path / "checker.toml").write_text('ignore = ["CK301"]', "utf-8")

    def answered(*paths: str) -> None:
        answerer = Answerer(asking(), str(tmp_path))
        answers = served(*[{"text": BAD, "path": path} for path in paths], answerer=answerer, limit=2_000_000)
        assert [answer["document"]["findings"] for answer in answers] == [[]] * len(paths)

    def many(paths: int) -> list[str]:
        return [f"{n}/" * 200 + "b.txt" for n in range(paths)]

    answered("a/" * 400_000 + "b.txt", *many(30))
    assert_linear(answered, lambda levels: "a/" * levels + "b.txt", 400_000, what="levels")
    assert_linear(lambda paths: answered(*paths), many, 16, what="paths")


def test_the_day_of_publication_of_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "checker.toml").write_text('published-from = "%Y-%m-%d"', "utf-8")
    request = {"text": BAD, "path": "2018-03-01.txt"}
    answerer = Answerer(asking(), str(tmp_path))
    first, second = served(request, request | {"published": "2017-06-09"}, answerer=answerer)
    assert (first["document"]["published"], second["document"]["published"]) == ("2018-03-01", "2017-06-09")


def process(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "PYTHONIOENCODING")} | environment
    command = [sys.executable, "-m", "checker", "serve", "--stdio", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, cwd=ROOT)


def test_a_process_answers_at_once_whatever_the_locale() -> None:
    with process(LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii") as server:
        assert server.stdin is not None and server.stdout is not None and server.stderr is not None
        for n in (1, 2):  # the second request is written when the first answer is there
            server.stdin.write(json.dumps({"id": n, "text": f"𠮷😀{BAD}"}, ensure_ascii=False).encode() + b"\n")
            server.stdin.flush()
            line = server.stdout.readline()
            assert "41人少于163户".encode() in line
            assert json.loads(line)["document"]["findings"][0]["start"] == 12
        server.stdin.close()
        assert server.wait(20) == 0
        assert server.stdout.read() == server.stderr.read() == b""


def test_a_closed_pipe_ends_it_quietly() -> None:
    with process() as server:
        assert server.stdin is not None and server.stdout is not None and server.stderr is not None
        server.stdout.close()
        server.stdin.write(b'{"method": "version"}\n')
        server.stdin.close()
        assert server.wait(20) == 141
        assert server.stderr.read() == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--stdio"),
        (["--stdio", "--rules", "none.toml"], "none.toml"),
        (["--stdio", "--max-line", "0"], "--max-line"),
        (["--stdio", "--config", "none.toml"], "none.toml"),
        (["--stdio"], "checker.toml:1"),
    ],
)
def test_wrong_usage(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    if said.startswith("checker.toml"):
        (tmp_path / "checker.toml").write_text("ignor = []", "utf-8")
    assert main(["serve", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_the_client_of_the_documentation(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    page = (ROOT / "docs/serve.md").read_text("utf-8")
    code = re.search(r"<!-- node-client -->\n```js\n(.*?)```\n<!-- /node-client -->", page, re.DOTALL)
    assert code is not None
    script = tmp_path / "client.js"
    # The command of the environment that runs the tests, installed or not.
    script.write_text(
        code[1].replace('spawn("checker", [', f'spawn({json.dumps(sys.executable)}, ["-m", "checker", '), "utf-8"
    )
    done = subprocess.run([node, script], capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.stderr == b""
    assert done.stdout.decode("utf-8") == "error 10 13 41人少于163户，每户不足一人\n"
    assert done.returncode == 0
