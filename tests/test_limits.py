"""Limits: how long a text may be, how long checking it may take, and that neither is ever reported as clean."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from laws import lawful_result

import checker.document.deadline
from checker import Checker, Config, check
from checker.cli import main
from checker.errors import CheckerError, SourceError, UsageError
from checker.report.jsonout import report_json
from checker.serving.answering import Answerer
from checker.serving.loop import serve
from checker.settings.resolver import asking
from checker.sources import read_all

TEXT = "全县有3个乡，其中2个在山区。搬迁163户41人，占20%，比上年增长3.5%，由20户增加到30户，增长20%。\n" * 3
BAD = "搬迁163户41人。"

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Sets a clock that goes on by a second whenever it is looked at, so that a deadline of n is the n-th look."""

    def wind() -> None:
        ticks: Iterator[int] = count()
        monkeypatch.setattr(checker.document.deadline, "monotonic", lambda: float(next(ticks)))

    return wind


def test_a_deadline_that_is_kept_changes_nothing() -> None:
    free, kept = check(TEXT), check(TEXT, config=Config(deadline=3600))
    assert not kept.incomplete and kept.unfinished == ()
    assert [*report_json([free])] == [*report_json([kept])]


def test_whenever_the_deadline_passes_the_rest_is_said_to_be_missing(clock: Callable[[], None]) -> None:
    whole = check(TEXT)
    rules = [rule.id for rule in Checker().rules]
    seen = set()
    for seconds in range(1, 600, 4):
        clock()
        result = check(TEXT, config=Config(deadline=seconds))
        if not result.incomplete:
            break
        seen.add(len(result.unfinished))
        assert result.quantities == whole.quantities[: len(result.quantities)]
        assert list(result.unfinished) == rules[len(rules) - len(result.unfinished) :]
        found = {(made.rule, made.start, made.operands) for made in result.checks}
        assert found <= {(made.rule, made.start, made.operands) for made in whole.checks}
        if seconds % 20 == 1:
            lawful_result(result)
        (document,) = json.loads(b"".join(report_json([result])))["documents"]
        assert document["incomplete"] is True and document["unfinished"] == list(result.unfinished)
    else:
        pytest.fail("never came to the end")
    assert len(rules) in seen and len(seen) > 20


def test_a_pattern_of_ones_own_that_runs_away_is_left_at_the_deadline(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(
        'format = 1\n[[rule]]\nid = "XX1"\nslug = "x"\nrelation = "custom"\nseverity = "error"\n'
        'pattern = "(?:甲|甲甲)+[丙丁]{a:count}"\nformula = "a >= 1"\nmessage = { zh = "甲", en = "a" }\n'.replace(
            "XX1", "XX101"
        ),
        "utf-8",
    )
    config = Config(rules=(tmp_path / "r.toml",), select=("XX101",), deadline=0.3)
    result = check("甲" * 60 + "，丁3个", config=config)  # all that the pattern needs, but not as it wants it
    assert result.incomplete and result.unfinished == ("XX101",) and result.errors == ()


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_no_deadline_at_all_is_none(seconds: float) -> None:
    with pytest.raises(UsageError):
        Checker(Config(deadline=seconds))


def test_a_limit_of_no_characters_is_none() -> None:
    with pytest.raises(UsageError):
        Checker(Config(max_chars=0))


# --- the command line


def test_what_is_left_at_the_deadline_is_told_everywhere(folder: Path, capfdbinary: Capture) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    command = ["check", "--deadline", "1e-9", "--exit-zero", "a.txt"]
    assert main([*command, "--format", "json"]) == 2
    printed = capfdbinary.readouterr()
    report = json.loads(printed.out)
    assert [(error["path"], error["code"]) for error in report["errors"]] == [("a.txt", "deadline")]
    assert report["documents"][0]["incomplete"] is True
    assert printed.err.decode().startswith("checker: a.txt: 到了 1e-09 秒的期限，结果不全：")
    assert main(command) == 2
    assert "1 个文件到了期限没有查完，结果不全" in capfdbinary.readouterr().out.decode().splitlines()
    assert main([*command, "--lang", "en"]) == 2
    assert "not checked to the end" in capfdbinary.readouterr().out.decode()


def test_a_text_that_is_left_is_not_changed(folder: Path, capfdbinary: Capture) -> None:
    (folder / "a.txt").write_text("提高3%个百分点。", "utf-8")
    options = ["--select", "CK965", "--fix", "a.txt"]
    assert main(["check", "--deadline", "1e-9", *options]) == 2
    assert (folder / "a.txt").read_text("utf-8") == "提高3%个百分点。"
    assert main(["check", *options]) == 0
    assert (folder / "a.txt").read_text("utf-8") == "提高3个百分点。"


LENGTHS = [("9", 2), ("10", 1), ("0", 1)]


@pytest.mark.parametrize(("most", "code"), LENGTHS)
def test_a_text_that_is_too_long_is_refused(most: str, code: int, folder: Path, capfdbinary: Capture) -> None:
    (folder / "a.txt").write_text(BAD[:9] + "。", "utf-8")
    (folder / "b.html").write_text(f"<p>{BAD[:8]}</p>", "utf-8")
    assert len(BAD[:9] + "。") == 10
    assert main(["check", "--format", "json", "--max-chars", most, "a.txt", "b.html"]) == code
    report = json.loads(capfdbinary.readouterr().out)
    assert [error["code"] for error in report["errors"]] == (["too-large"] if code == 2 else [])
    assert [document["path"] for document in report["documents"]] == (["b.html"] if code == 2 else ["a.txt", "b.html"])


def test_a_page_is_measured_by_its_text(folder: Path, capfdbinary: Capture) -> None:
    (folder / "b.html").write_text(f"<p>{BAD}{BAD}</p>", "utf-8")
    assert main(["check", "--max-chars", "12", "b.html"]) == 2
    assert "超过 12 字的限度，未检查" in capfdbinary.readouterr().err.decode()


def test_limits_of_a_configuration(folder: Path, capfdbinary: Capture) -> None:
    (folder / "checker.toml").write_text(
        'max-chars = 5\n[[per-file]]\nfiles = ["b.txt"]\nmax-chars = 0\ndeadline = 1e-9\n', "utf-8"
    )
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(BAD, "utf-8")
    assert main(["check", "--format", "json", "a.txt", "b.txt"]) == 2
    report = json.loads(capfdbinary.readouterr().out)
    assert [(error["path"], error["code"]) for error in report["errors"]] == [
        ("a.txt", "too-large"),
        ("b.txt", "deadline"),
    ]
    assert main(["check", "--max-chars", "100", "--deadline", "0", "a.txt", "b.txt"]) == 1


@pytest.mark.parametrize(
    "option",
    [
        "--max-chars=-1",
        "--max-chars=1.5",
        "--max-chars=many",
        "--deadline=-1",
        "--deadline=nan",
        "--deadline=inf",
        "--deadline=soon",
    ],
)
def test_limits_that_are_none(option: str, folder: Path, capfdbinary: Capture) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    assert main(["check", option, "a.txt"]) == 2
    assert option.partition("=")[0] in capfdbinary.readouterr().err.decode()


# --- the library and the server


def test_the_library_refuses_what_is_too_long() -> None:
    assert check(BAD, config=Config(max_chars=len(BAD))).findings
    with pytest.raises(SourceError) as caught:
        check(BAD, config=Config(max_chars=len(BAD) - 1))
    assert caught.value.code == "too-large"
    assert check(BAD, config=Config(max_chars=None)).findings


def test_the_server_has_the_limits_that_it_was_started_with() -> None:
    def codes(**limits: float) -> list[str]:
        out = io.BytesIO()
        serve(io.BytesIO(json.dumps({"text": BAD}).encode()), out, Answerer(asking(**limits)), 10_000)
        answer = json.loads(out.getvalue())
        assert (answer["document"] or {"incomplete": True})["incomplete"] is bool(answer["errors"])
        return [error["code"] for error in answer["errors"]]

    assert codes() == []
    assert codes(deadline=1e-9) == ["deadline"]
    assert codes(max_chars=3) == ["too-large"]


class _Endless(io.RawIOBase):
    """As /dev/zero."""

    read_so_far = 0

    def read(self, size: int = -1) -> bytes:
        self.read_so_far += size
        return bytes(size)


def test_what_never_ends_is_refused() -> None:
    endless = _Endless()
    with pytest.raises(CheckerError) as caught:
        read_all(endless)  # type: ignore[arg-type]  # as far as it is needed
    assert caught.value.code == "too-large"
    assert endless.read_so_far < 600 * 2**20
