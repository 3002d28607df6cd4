"""Which figures are confirmed, contradicted, unsupported, and how it is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import checker
from checker.cli import main
from checker.findings.support import Summary

MIXED = "全县易地搬迁163户41人。学生共300人，其中男生160人、女生140人。新建公路12公里。"


@pytest.mark.parametrize(
    ("text", "confirmed", "contradicted", "unsupported"),
    [
        ("", "", "", ""),
        ("新建公路12公里。", "", "", "12公里"),
        ("全县易地搬迁163户41人。", "", "163户 41人", ""),
        ("学生共300人，其中男生160人、女生140人。", "300人 160人 140人", "", ""),
        ("学生共300人，其中男生160人、女生150人。", "", "300人 160人 150人", ""),
        (MIXED, "300人 160人 140人", "163户 41人", "12公里"),
        # Dates, ordinals and codes are no figures in this sense, a numeral of one character may be none.
        ("2017年6月9日，第3次会议印发〔2018〕59号文件。", "", "", ""),
        ("建成一个公园、三座桥。", "", "", ""),
        ("建成十二个公园、3座桥、７座亭子。", "", "", "十二个 3座 ７座"),
        # A figure that one check confirms and another finds wrong is contradicted.
        ("学生共300人，其中男生160人、女生140人。全校300人，其中住校310人。", "160人 140人 300人", "300人 310人", ""),
        # What only an info names is not contradicted.
        ("收入增长6.1%%。", "", "", "6.1%"),
    ],
)
def test_supports(text: str, confirmed: str, contradicted: str, unsupported: str) -> None:
    result = checker.check(text)
    by_support: dict[str | None, list[str]] = {}
    for quantity, support in zip(result.quantities, result.supports, strict=True):
        by_support.setdefault(support, []).append(text[quantity.start : quantity.end])
    told = {"confirmed": confirmed, "contradicted": contradicted, "unsupported": unsupported}
    assert {support: sorted(by_support.get(support, [])) for support in told} == {
        support: sorted(figures.split()) for support, figures in told.items()
    }
    counts = [len(figures.split()) for figures in told.values()]
    assert result.summary == Summary(sum(counts), *counts)


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHECKER_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    Path("a.txt").write_text(MIXED, "utf-8")
    Path("b.txt").write_text("新建公路12公里。", "utf-8")
    return "a.txt"


def test_the_report_ends_with_the_counts(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", article])
    assert capsys.readouterr().out.splitlines()[-1] == "6 个数字：3 个得到印证，2 个互相矛盾，1 个没有旁证"
    main(["check", "b.txt"])
    assert capsys.readouterr().out.splitlines()[-1] == "1 个数字：0 个得到印证，0 个互相矛盾，1 个没有旁证"
    main(["check", "--lang", "en", article, "b.txt"])
    assert capsys.readouterr().out.splitlines()[-1] == "7 figures: 3 confirmed, 2 contradicted, 2 unsupported"


def test_unsupported_figures_are_listed_after_the_findings(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", article])
    assert "12公里" not in capsys.readouterr().out
    assert main(["check", "--unsupported", article]) == 1
    out = capsys.readouterr().out
    findings, listed = out.split("没有旁证", 1)
    assert "CK301" in findings
    assert "1:43" in listed
    assert re.search("1:43 +12公里 +.*新建公路12公里。", listed)
    assert "140人" not in listed


def test_unsupported_figures_of_a_clean_text(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-q", "--unsupported", "b.txt"]) == 0
    out = capsys.readouterr().out
    for part in ("b.txt", "1:5", "新建公路12公里。"):
        assert part in out


def test_a_long_sentence_is_cut_but_no_number(
    article: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    words = "沿线各乡镇的群众多年来一直盼望着的"
    Path("c.txt").write_text(f"{words}1234567公里{words[:6]}公路12公里{words[:6]}7654321{words}开工", "utf-8")
    main(["check", "-q", "--unsupported", "c.txt"])
    out = capsys.readouterr().out
    assert f"…1234567公里{words[:6]}公路12公里{words[:6]}7654321…" in out


def test_the_json_tells_it_too(article: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["check", "--format", "json", article])
    (document,) = json.loads(capfdbinary.readouterr().out)["documents"]
    checks = {"decided": 3, "holding": 2, "trivial": 0}
    assert document["summary"] == {"figures": 6, "confirmed": 3, "contradicted": 2, "unsupported": 1, "checks": checks}
    for quantity in document["quantities"]:
        assert (quantity["support"] == "confirmed") == bool(quantity["confirmed_by"])
