"""tools/: two versions compared, and what each rule did counted, on a few texts."""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from tools import answers, compare, licence
from tools.answers import Version, version_of
from tools.shuffling import shuffled
from tools.texts import parse_source, read_texts, sources_from

SUMS = ["全镇有项目58个，其中甲项目45个，其他项目13个。", "全镇有项目58个，其中甲项目45个，其他项目18个。"]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(SUMS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(answers, "KEPT", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def louder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Version:
    """The working tree with one message changed."""
    folder = tmp_path / "louder"
    shutil.copytree(ROOT / "checker", folder / "checker", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("rules.toml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    parts = folder / "checker/relations/parts.py"
    parts.write_text(parts.read_text("utf-8").replace("各部分相加为", "各部分合起来是"), "utf-8")
    return Version("louder", folder, "louder")


def test_texts_of_a_collection_by_slices(tmp_path: Path) -> None:
    lines = [
        json.dumps({"source": "a", "date": "2020-01-02", "text": f"第{n}篇"}, ensure_ascii=False) for n in range(23)
    ]
    path = tmp_path / "all.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join(lines).encode()))
    named = [text.name for text in read_texts(parse_source(f"{path}#0,2-3!12"))]
    assert named == ["all:0", "all:2", "all:3", "all:10", "all:13", "all:20", "all:22"]
    first = next(iter(read_texts(parse_source(str(path)))))
    assert (first.text, str(first.published)) == ("第0篇", "2020-01-02")


def test_texts_are_named(monkeypatch: pytest.MonkeyPatch, texts: Path) -> None:
    monkeypatch.delenv("CHECKER_TEXTS", raising=False)
    with pytest.raises(ValueError, match="CHECKER_TEXTS"):
        sources_from([])
    with pytest.raises(ValueError, match="no such file"):
        parse_source(str(texts / "nothing"))
    monkeypatch.setenv("CHECKER_TEXTS", str(texts))
    assert [text.text for source in sources_from([]) for text in read_texts(source)] == SUMS


def test_every_difference_is_shown_with_its_passage(
    kept: Path, texts: Path, louder: Version, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compare, "version_of", lambda name: louder if name == "louder" else version_of(None))
    assert compare.main(["--old", "now", "--texts", str(texts)]) == 0
    assert capsys.readouterr().out == "no difference\n"
    assert compare.main(["--old", "now", "--new", "louder", "--texts", str(texts)]) == 1
    out = capsys.readouterr().out
    assert "findings  CK101      +1 -1" in out and "checks" not in out
    assert "- texts/1.txt error: 各部分相加为63个" in out and "+ texts/1.txt error: 各部分合起来是63个" in out
    assert "其他项目⟦18个⟧。" in out
    assert compare.main(["--texts", str(texts / "nothing")]) == 2


def test_answers_are_asked_once(kept: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = sources_from([str(texts)])
    first = list(answers.answers(version_of(None), source))
    assert [answer["name"] for answer in first] == ["texts/0.txt", "texts/1.txt"]
    monkeypatch.setattr(answers, "_ask", lambda *_: pytest.fail("asked again"))
    assert list(answers.answers(version_of(None), source)) == first


def test_what_a_rule_did_is_counted(kept: Path, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = tmp_path / "verdicts.tsv"
    read.write_text("# 名\ntexts/1.txt\tCK101\t45 + 18 = 63 ≠ 58\ttrue\t45 + 18 = 63\n", "utf-8")
    monkeypatch.setattr(licence, "VERDICTS", read)
    page = tmp_path / "licence.md"
    assert licence.main(["--texts", str(texts), "--docs", str(page)]) == 0
    (row,) = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| CK101")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[:6] == ["CK101", "parts-of-whole", "2", "0", "0", "50.0"] and cells[8:10] == ["1", "1"]
    assert cells[-1] == "failures are errors"


def test_shuffled_digits_keep_the_length_of_figures() -> None:
    from checker import check

    text = "2020年有项目2758个，增长12.5%，其中三个在山区。"
    other = shuffled(text, check(text).quantities, 1)
    assert other != text and len(other) == len(text) and other.startswith("2020年有项目")
    assert sorted(other[8:12]) == sorted("2758") and other[16:20] in ("12.5", "15.2", "21.5", "25.1", "51.2", "52.1")
