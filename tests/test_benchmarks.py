"""benchmarks/run.py on tiny texts: that it measures everything and writes it down; never how fast anything is."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT, Run

SCRIPT = ROOT / "benchmarks/run.py"
TABLES = ["throughput", "limit", "stages", "growth", "files", "memory", "cold", "phases", "keystroke", "peers"]
TINY = ["--quick", "--runs", "1", "--articles", "1", "--sizes", "3,6", "--memory", "3", "--files", "2", "--starts", "1"]


@pytest.fixture(scope="module")
def written(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the JSON, the page and the picture of one run."""
    folder = tmp_path_factory.mktemp("benchmark")
    (folder / "page.md").write_text("一\n<!-- benchmark -->\nold\n<!-- /benchmark -->\n二\n", "utf-8")
    outputs = ["--json", folder / "b.json", "--markdown", folder / "page.md", "--plot", folder / "plot.svg"]
    done = run(sys.executable, SCRIPT, *TINY, *outputs, cwd=folder, env={"PYTHONPATH": str(ROOT)})
    assert "吞吐量 · Throughput" in done.stdout
    return folder


@pytest.fixture(scope="module")
def content(written: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((written / "b.json").read_text("utf-8"))
    return found


def rows(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    (table,) = (table for table in content["tables"] if table["name"] == name)
    found: list[dict[str, Any]] = table["rows"]
    return found


def test_every_table_is_there(content: dict[str, Any]) -> None:
    assert [table["name"] for table in content["tables"]] == TABLES
    assert all(table["rows"] for table in content["tables"])


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("throughput", ["density", "figures", "check"]),
        ("limit", ["re", "regex", "re-decimal", "regex-decimal", "ratio"]),
        ("growth", ["figures_rate", "check_rate", "figures_ratio", "check_ratio"]),
        ("files", ["1"]),
        ("memory", ["peak", "per_byte"]),
        ("cold", ["whole"]),
        ("phases", ["took"]),
        ("keystroke", ["took"]),
    ],
)
def test_everything_is_measured(content: dict[str, Any], table: str, columns: list[str]) -> None:
    if table == "memory" and sys.platform == "win32":
        pytest.skip("not measured on Windows")
    for row in rows(content, table):
        for column in columns:
            assert row[column]["low"] <= row[column]["median"] <= row[column]["high"]
            assert table == "phases" or row[column]["low"] > 0


def test_texts_are_as_dense_as_they_say(content: dict[str, Any]) -> None:
    dense, faulty = rows(content, "throughput")[:2]
    assert 7 < dense["density"]["median"] < 13
    assert faulty["density"]["median"] > 2 * dense["density"]["median"]
    assert faulty["findings"]["median"] > 5 * dense["findings"]["median"]


def test_shares_of_the_stages_add_up(content: dict[str, Any]) -> None:
    for row in rows(content, "stages"):
        assert sum(cell["median"] for key, cell in row.items() if key != "text") == pytest.approx(100)


def test_phases_are_told_apart(content: dict[str, Any]) -> None:
    """Each of these costs something in every start of `checker check`, so a phase of nothing is a hook that broke."""
    took = {row["phase"].rsplit(maxsplit=2)[0]: row["took"]["median"] for row in rows(content, "phases")}
    for phase in ("导入标准库", "导入 regex", "导入 checker", "编译正则", "读与检查"):
        assert any(name.startswith(phase) and value > 0 for name, value in took.items()), phase


def test_a_peer_that_is_missing_is_named(content: dict[str, Any]) -> None:
    rate = {row["library"].split("：")[0]: row["rate"] for row in rows(content, "peers")}
    assert rate["cn2an"]["median"] > 0  # comes with the package
    assert rate["jionlp"] == "not installed" or rate["jionlp"]["median"] > 0


def test_the_page_keeps_its_words(written: Path) -> None:
    page = (written / "page.md").read_text("utf-8")
    assert re.fullmatch(r"一\n<!-- benchmark -->\nchecker .*\n<!-- /benchmark -->\n二\n", page, re.DOTALL)
    assert "\nold\n" not in page and page.count("\n### ") == len(TABLES)


def test_the_picture_is_svg_for_light_and_dark(written: Path) -> None:
    picture = (written / "plot.svg").read_text("utf-8")
    root = ElementTree.fromstring(picture)
    assert root.tag.endswith("}svg") and len(root.findall(".//{*}circle")) == 2 * 2 + 2
    assert "prefers-color-scheme: dark" in picture


def test_a_page_without_marks_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# 页\n", "utf-8")
    command = [
        sys.executable,
        SCRIPT,
        "--quick",
        "--only",
        "memory",
        "--memory",
        "3",
        "--markdown",
        tmp_path / "page.md",
    ]
    done = run(*command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, expect=None)
    assert done.returncode != 0 and "<!-- benchmark -->" in done.stderr
    assert (tmp_path / "page.md").read_text("utf-8") == "# 页\n"
