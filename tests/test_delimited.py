"""Delimited text to documents: delimiters, quotes, encodings, places in the source, and hostile files."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from growing import assert_linear

from checker.document import Document
from checker.errors import SourceError
from checker.sources import read_document
from checker.sources.grids import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS


def reading(text: str | bytes, path: str = "a.csv") -> Document:
    return read_document(path, data=text.encode() if isinstance(text, str) else text)


def grids(document: Document) -> list[list[list[str]]]:
    out = []
    for table in document.tables:
        rows = [[""] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row][cell.column] = document.text[cell.start : cell.end]
        out.append(rows)
    return out


HEAD = [["乡镇", "户数"], ["甲", "3"]]


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("乡镇,户数\n甲,3\n", HEAD),
        ("乡镇\t户数\r\n甲\t3\r\n", HEAD),
        ("乡镇;户数\r甲;3", HEAD),
        ("sep=;\n乡镇;户数\n甲;3\n", HEAD),
        ("sep=|\n乡镇|户数\n甲|3\n", HEAD),
        ('"乡镇","户数"\n"甲","3"\n', HEAD),
        ('"乡镇" , "户数"\n 甲 , 3 \n', HEAD),
        ('乡镇,金额\n甲,"1,234"\n', [["乡镇", "金额"], ["甲", "1,234"]]),
        ("乡镇;金额\n甲;1,234\n乙;5,678\n", [["乡镇", "金额"], ["甲", "1,234"], ["乙", "5,678"]]),
        ("甲;1,234;5,678\n乙;2,345;6,789\n", [["甲", "1,234", "5,678"], ["乙", "2,345", "6,789"]]),
        ("乡镇\t备注\n甲\t一,二,三\n乙\t四,五,六\n", [["乡镇", "备注"], ["甲", "一,二,三"], ["乙", "四,五,六"]]),
        ("乡镇,备注\n甲,一;二;三\n乙,四;五;六;七\n", [["乡镇", "备注"], ["甲", "一;二;三"], ["乙", "四;五;六;七"]]),
        # Ragged rows, empty fields, a field over two lines, doubled quotes, quotes that close nowhere.
        ("乡镇,户数\n甲\n乙,4,旧\n,5\n", [["乡镇", "户数", ""], ["甲", "", ""], ["乙", "4", "旧"], ["", "5", ""]]),
        ('乡镇,备注\n甲,"一\n二"\n乙,三\n', [["乡镇", "备注"], ["甲", "一\n二"], ["乙", "三"]]),
        ('乡镇,备注\n甲,"称""三县""。"\n', [["乡镇", "备注"], ["甲", '称""三县""。']]),
        ('乡镇,规格\n甲,"5寸管,6寸\n乙,3"管\n', [["乡镇", "规格", ""], ["甲", '"5寸管', "6寸"], ["乙", '3"管', ""]]),
        ("乡镇,户数\n\x00甲,3\n", [["乡镇", "户数"], ["\x00甲", "3"]]),
    ],
)
def test_fields(text: str, grid: list[list[str]]) -> None:
    document = reading(text)
    assert grids(document) == [grid]
    assert document.text == text
    spans = [span for block in document.blocks for span in block.spans]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert not any(char in text[start:end] for start, end in spans for char in "\r\n")


def test_a_doubled_quote_is_one_and_a_broken_line_goes_on() -> None:
    document = reading('乡镇,备注\n甲,"称""三县""，\n共163户"\n')
    block = document.blocks[-1]
    assert "".join(document.text[start:end] for start, end in block.spans) == '称"三县"，共163户'


def test_lines_of_figures_in_a_field() -> None:
    document = reading('项目,说明\n"户数\n（户）","2018\r\n163"\n')
    written = ["|".join(document.text[start:end] for start, end in block.spans) for block in document.blocks]
    assert written == ["项目", "说明", "户数|（户）", "2018", "163"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    document = reading("乡镇,户数\n甲乡,3\n乙乡,4\n".encode(encoding))
    assert grids(document) == [[["乡镇", "户数"], ["甲乡", "3"], ["乙乡", "4"]]]


def test_title_unit_and_note() -> None:
    document = reading("2019年收支,,\n,,单位：万元\n乡镇,收入,支出\n甲,30,20\n注：初步统计。,,\n")
    (table,) = document.tables
    assert table.caption is not None
    assert document.text[slice(*table.caption)] == "2019年收支,,\n,,单位：万元"
    kinds = [(block.kind, document.text[block.start : block.end]) for block in document.blocks if block.kind != "cell"]
    assert kinds == [("caption", "2019年收支"), ("caption", "单位：万元"), ("paragraph", "注：初步统计。")]


def test_two_tables_beside_each_other_keep_the_order_of_the_text() -> None:
    document = reading("乡镇,户数,,村,人数\n甲,3,,子,9\n乙,4,,丑,8\n")
    assert grids(document) == [[["乡镇", "户数"], ["甲", "3"], ["乙", "4"]], [["村", "人数"], ["子", "9"], ["丑", "8"]]]
    assert [block.start for block in document.blocks] == sorted(block.start for block in document.blocks)


def test_a_finding_in_a_field(tmp_path: Path) -> None:
    text = '乡镇,备注\n甲乡,"全年无变化,\n下同。"\n乙乡,"今年，搬迁163户41人。"\n'
    (tmp_path / "台账.csv").write_bytes(text.encode("gb18030"))
    command = [sys.executable, "-m", "checker", "check", "--format"]
    done = subprocess.run([*command, "json", str(tmp_path)], capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    (document,) = json.loads(done.stdout)["documents"]
    (finding,) = document["findings"]
    assert finding["rule"] == "CK301"
    assert (finding["location"]["line"], finding["location"]["column"]) == (4, 14)


def test_day_of_publication() -> None:
    assert reading("村,签约日期\n甲,2019-09-18\n").published is None


def test_an_empty_file() -> None:
    assert reading(b"").warnings == ("没有任何文字",)


@pytest.mark.parametrize(
    ("before", "piece", "times", "many", "words"),
    [
        pytest.param(
            "甲,乙\n", "1,", 1_000_000, 200_000, f"第 2 行超过 {MOST_COLUMNS} 列", id="a line of a million columns"
        ),
        pytest.param("甲,乙\n", "1,2\n", MOST_CELLS // 2, 4000, f"{MOST_CELLS} 个", id="many cells"),
        pytest.param("", "甲", MOST_CHARACTERS + 1, 8_000_000, "字符", id="many characters"),
    ],
)
def test_too_large(before: str, piece: str, times: int, many: int, words: str) -> None:
    def read(text: str) -> None:
        with suppress(SourceError):
            reading(text)

    with pytest.raises(SourceError) as caught:
        reading(before + piece * times)
    assert caught.value.code == "too-large"
    assert words in caught.value.message
    assert_linear(read, lambda some: before + piece * some, many)


@pytest.mark.parametrize("piece", ['"甲,"乙,', '"""甲,', '""甲,\n', '"甲\n', ",;\t"])
def test_quotes_and_marks_without_end_cost_no_more_than_their_length(piece: str) -> None:
    def text(times: int) -> str:
        return ("乡镇,备注\n" + piece * times + "\n") * 3

    assert reading(text(3000)).text == text(3000)
    assert_linear(reading, text, 2000)
