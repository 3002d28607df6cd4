"""Compiled patterns kept between runs: used where they are whole and one's own, made again where they are not, and never in the way."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from checker.cli import main
from checker.rules import engine, kept
from checker.rules.kept import KeptPatterns
from checker.rules.loading import builtin_rules

PATTERN = builtin_rules().rules[0].pattern
TEXT = "由200家增加到260家，增长25%。\n搬迁163户41人。\n"


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text with contradictions, and a cache folder of its own."""
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "稿件.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns of rules that are compiled from now on, as in a process that has compiled none."""
    asked: list[str] = []
    compile_ = regex.compile

    def told(pattern: str, *options: object) -> object:
        if pattern:
            asked.append(pattern)
        return compile_(pattern, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(kept.regex, "compile", told)
    return asked


def _run(article: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    engine._COMPILED.clear()
    assert main(["check", "--format", "json", *options, str(article)]) == 1
    return capsys.readouterr().out


def test_the_second_run_compiles_nothing(
    article: Path, compiled: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = _run(article, capsys)
    assert len(compiled) > 1
    compiled.clear()
    assert _run(article, capsys) == first
    assert compiled == []


def test_patterns_are_added_to_those_that_are_there(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = article.parent / "cache" / "patterns"
    _run(article, capsys)
    fewer = file.stat().st_size
    article.write_text(TEXT + "比上年同期增加60家，达到260家，增长30%。\n", "utf-8")
    _run(article, capsys)
    assert file.stat().st_size > fewer
    article.write_text(TEXT, "utf-8")
    grown = file.read_bytes()
    _run(article, capsys)
    assert file.read_bytes() == grown


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-7]),
        lambda file: file.write_bytes(file.read_bytes()[:500] + b"?" + file.read_bytes()[501:]),
        lambda file: file.write_bytes(file.read_bytes().replace(b" ", b" 00", 1)),  # another Python or `regex`
        lambda file: file.unlink(),
        pytest.param(
            lambda file: file.chmod(0o666),
            marks=pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode"),
        ),
    ],
    ids=["empty", "cut short", "a byte changed", "another release", "gone", "anybody may write"],
)
def test_a_file_that_cannot_be_trusted_is_made_again(
    article: Path, compiled: list[str], capsys: pytest.CaptureFixture[str], harm: Callable[[Path], object]
) -> None:
    file = article.parent / "cache" / "patterns"
    first = _run(article, capsys)
    whole = file.read_bytes()
    harm(file)
    compiled.clear()
    assert _run(article, capsys) == first
    assert len(compiled) > 1
    assert file.read_bytes() == whole
    compiled.clear()
    assert _run(article, capsys) == first
    assert compiled == []


def test_no_cache_neither_reads_nor_writes(
    article: Path, compiled: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _run(article, capsys, "--no-cache")
    assert not (article.parent / "cache").exists()
    _run(article, capsys)
    compiled.clear()
    _run(article, capsys, "--no-cache")
    assert compiled


def test_a_folder_of_somebody_else_stays_as_it_is(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = article.parent / "cache"
    folder.mkdir()
    (folder / "notes.txt").write_text("甲", "utf-8")
    _run(article, capsys)
    assert os.listdir(folder) == ["notes.txt"]


def test_a_folder_that_cannot_be_made_is_no_matter(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (article.parent / "cache").write_text("甲", "utf-8")  # a file in its place
    _run(article, capsys)
    assert capsys.readouterr().err == ""


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 3)
    path = tmp_path / "patterns"
    for patterns in (["甲", "乙"], ["丙"], ["丁", "戊"]):
        store = KeptPatterns(str(path))
        assert [store.compiled(pattern).pattern for pattern in patterns] == patterns
        store.save()
    store = KeptPatterns(str(path))
    assert [store.compiled(pattern).pattern for pattern in ("丁", "戊")] == ["丁", "戊"]
    assert not store.has_new
    store.compiled("甲")
    assert store.has_new


def test_a_kept_pattern_finds_what_a_compiled_one_finds(tmp_path: Path) -> None:
    first, again = KeptPatterns(str(tmp_path / "patterns")), KeptPatterns(str(tmp_path / "patterns"))
    text = "\ue001，共\ue001 由\ue001、\ue001和\ue001，共\ue001"
    made = first.compiled(PATTERN)
    first.save()
    read = again.compiled(PATTERN)
    assert (read.pattern, read.flags, read.groupindex) == (made.pattern, made.flags, made.groupindex)
    assert not again.has_new
    assert [m.capturesdict() for m in read.finditer(text)] == [m.capturesdict() for m in made.finditer(text)]
