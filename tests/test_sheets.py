"""Workbooks to documents: what a reader sees in the cells, tables and their lines, places, and hostile files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from datetime import time as clock
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from growing import assert_linear
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

import checker
from checker.document import Document
from checker.errors import SourceError
from checker.sources import read_document
from checker.sources.grids import MOST_CELLS
from checker.sources.workbook.numberformats import parse_format
from checker.sources.workbook.parts import MOST_SHEETS


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows: list[list[Any]], formats: dict[str, str] | None = None, merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    for row in rows:
        sheet.append(row)
    for name, code in (formats or {}).items():
        sheet[name].number_format = code
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def reading(data: bytes, **options: Any) -> Document:
    return read_document("a.xlsx", data=data, **options)


def texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def grids(document: Document) -> list[list[list[str]]]:
    """The tables as rows of words, empty cells as empty strings."""
    out = []
    for table in document.tables:
        rows = [[""] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            rows[cell.row][cell.column] = document.text[cell.start : cell.end]
        out.append(rows)
    return out


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'


def replaced(data: bytes, **parts: str | None) -> bytes:
    """A workbook with some of its parts written anew, or left out; `sheet1` is xl/worksheets/sheet1.xml.

    openpyxl writes texts into their cells, so that a table of shared strings, which Excel writes, must be related first.
    """
    paths = {
        "sheet1": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "workbook": "xl/workbook.xml",
        "styles": "xl/styles.xml",
    }
    related = (
        b"".join(
            b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
            for name in parts
            if name == "strings"
        )
        + b"</Relationships>"
    )
    new = {paths[name]: text for name, text in parts.items()}
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name not in new:
                archive.writestr(
                    name,
                    old.read(name).replace(b"</Relationships>", related)
                    if name.startswith("xl/_rels")
                    else old.read(name),
                )
        for name, text in new.items():
            if text is not None:
                archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", "12.299999999999999", "12.3"),
        ("General", "33.333333333333336", "33.33333333"),
        ("General", "0.000012", "0.000012"),
        ("General", "-0.5", "-0.5"),
        ("General", "220101198001011234", "220101198001011000"),  # a double holds no more, nor does Excel
        ("0", "2.5", "3"),
        ("0.00", "1234.5", "1234.50"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("#.##", "0.5", ".5"),
        ("0.0%", "0.12345", "12.3%"),
        ("0%", "1.055", "106%"),
        ('0.0"%"', "12.34", "12.3%"),
        ('0!.0,"万"', "12345", "1.2万"),
        ('0.00,,"百万"', "1234567", "1.23百万"),
        ('[>=10000]0!.0,"万";0', "123456", "12.3万"),
        ('[>=10000]0!.0,"万";0', "123", "123"),
        ('#,##0"户"', "1234", "1,234户"),
        ('G/通用格式"亩"', "12.5", "12.5亩"),
        ("[$¥-804]#,##0.00", "1234", "¥1,234.00"),
        ("000", "7", "007"),
        # Negative numbers; where only a colour tells them, the minus is written.
        ("#,##0.0_);(#,##0.0)", "-1234", "(1,234.0)"),
        ("#,##0_);[Red]\\(#,##0\\)", "-1234", "(1,234)"),
        ("#,##0;[Red]#,##0", "-1234", "-1,234"),
        ("0.00_ ;[Red]-0.00 ", "-1.5", "-1.50"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-1234", "-1,234"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", "-"),
        ("0;-0;;@", "0", ""),
        # Dates and times.
        ("yyyy-mm-dd", "43830", "2019-12-31"),
        ("yyyy/m/d", "43830", "2019/12/31"),
        ('yyyy"年"m"月"d"日"', "43830", "2019年12月31日"),
        ("[$-804]yyyy\\年m\\月;@", "43830", "2019年12月"),
        ("yyyy/m/d h:mm", "43830.75", "2019/12/31 18:00"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ("mm:ss", "0.5006", "00:52"),
        ("[h]:mm", "1.5", "36:00"),
        ("aaaa", "43830", "星期二"),
        ("yyyy-mm-dd", "-5", "-5"),
        # What is written as a plain number.
        ("# ?/?", "0.5", "0.5"),
        ("0.00", "nan", "nan"),
        ("0" * 2000, "5", "5"),
    ],
)
def test_number_formats(code: str, stored: str, shown: str) -> None:
    assert parse_format(code).number(stored) == shown


def test_values_as_a_reader_sees_them() -> None:
    rows = [
        ["项目", "值"], ["户数", 1234.5], ["占比", 0.12345], ["日期", date(2019, 12, 31)], ["时间", clock(16, 35)], ["完成", True],
        ["文本数字", "1,234"], ["富文本", CellRichText("搬迁", "163户")], ["和", 0.1 + 0.2], ["回车", "甲_x000D_乙"],
    ]  # fmt: skip
    document = reading(workbook(rows, {"B2": "#,##0.00", "B3": "0.0%"}))
    (grid,) = grids(document)
    assert [row[1] for row in grid[1:]] == [
        "1,234.50", "12.3%", "2019-12-31", "16:35:00", "TRUE", "1,234", "搬迁163户", "0.3", "甲\n乙",
    ]  # fmt: skip


def test_days_since_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([date(2019, 12, 31), "甲"])  # type: ignore[union-attr]
    assert "2019-12-31" in reading(saved(book)).text


def test_phonetic_readings_are_left_out_and_runs_joined() -> None:
    strings = STRINGS.format("<si><r><t>搬迁</t></r><r><t>163户</t></r><rPh><t>bān</t></rPh></si><si><t>乙</t></si>")
    sheet = SHEET.format('<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row></sheetData>')
    assert grids(reading(replaced(workbook([["甲"]]), sheet1=sheet, strings=strings))) == [[["搬迁163户", "乙"]]]


def test_a_prefix_for_the_whole_part() -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="3">'
        '<x:c r="B3" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c r="C3"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    document = reading(replaced(workbook([["甲"]]), sheet1=sheet))
    assert grids(document) == [[["甲", "7"]]]
    assert document.place(document.text.index("7")).said("zh") == "数据!C3"


# Rows of a sheet, and what comes of them: lines above (the last ones its caption), tables, lines below.
LAYOUT: dict[str, tuple[list[list[Any]], tuple[str, ...], list[str], list[list[list[str]]]]] = {
    "title and unit": (
        [
            ["2019年主要指标"],
            [None, None, "单位：万元"],
            ["乡镇", "收入", "支出"],
            ["甲乡", 30, 20],
            ["注：含上级补助。"],
        ],
        ("A1:C1",),
        ["caption 2019年主要指标", "caption 单位：万元", "paragraph 注：含上级补助。"],
        [[["乡镇", "收入", "支出"], ["甲乡", "30", "20"]]],
    ),
    "a line of holder and unit": (
        [
            ["预算表"],
            [],
            ["编制单位：山河县", None, "单位：元"],
            ["项目", "年初", "年末"],
            ["甲", 1, 2],
            ["填表人：某甲", "审核：某乙"],
        ],
        (),
        [
            "caption 预算表",
            "caption 编制单位：山河县",
            "caption 单位：元",
            "paragraph 填表人：某甲",
            "paragraph 审核：某乙",
        ],
        [[["项目", "年初", "年末"], ["甲", "1", "2"]]],
    ),
    "an empty row within": (
        [["乡镇", "户数"], ["甲", 3], [], ["乙", 4], ["合计", 7]],
        (),
        [],
        [[["乡镇", "户数"], ["甲", "3"], ["", ""], ["乙", "4"], ["合计", "7"]]],
    ),
    "a section within": (
        [["项目", "2018", 2019], ["一、收入"], ["税收", 3, 4], [], ["二、支出"], ["教育", 2, 3]],
        ("A2:C2",),
        [],
        [
            [
                ["项目", "2018", "2019"],
                ["一、收入", "", ""],
                ["税收", "3", "4"],
                [""] * 3,
                ["二、支出", "", ""],
                ["教育", "2", "3"],
            ]
        ],
    ),
    "two tables": (
        [["表1"], ["乡镇", "户数"], ["甲", 3], [], ["单位：人"], [], ["表2"], ["年份", "人数"], [2018, 5]],
        (),
        ["caption 表1", "caption 单位：人", "caption 表2"],
        [[["乡镇", "户数"], ["甲", "3"]], [["年份", "人数"], ["2018", "5"]]],
    ),
    "side by side": (
        [["乡镇", "户数", None, "村", "人数"], ["甲", 3, None, "子", 9], ["乙", 4, None, "丑", 8]],
        (),
        [],
        [[["乡镇", "户数"], ["甲", "3"], ["乙", "4"]], [["村", "人数"], ["子", "9"], ["丑", "8"]]],
    ),
    "an empty column within": (
        [["乡镇", "户数", None, "人数"], ["甲", 3, None, 9]],
        (),
        [],
        [[["乡镇", "户数", "", "人数"], ["甲", "3", "", "9"]]],
    ),
    "notes and signatures behind an empty row": (
        [
            ["附件3"],
            [],
            ["山河县", "单位：元"],
            [],
            ["项目", "金额"],
            ["甲", 1],
            [],
            ["说明：预算数。"],
            ["2.以批复为准。"],
            ["制表：某甲", "2019年12月31日"],
        ],
        (),
        [
            "caption 附件3",
            "caption 山河县",
            "caption 单位：元",
            "paragraph 说明：预算数。",
            "paragraph 2.以批复为准。",
            "paragraph 制表：某甲",
            "paragraph 2019年12月31日",
        ],
        [[["项目", "金额"], ["甲", "1"]]],
    ),
    "prose alone": (
        [["全县共有3个乡。"], ["其中2个在山区。"]],
        (),
        ["paragraph 全县共有3个乡。", "paragraph 其中2个在山区。"],
        [],
    ),
    "a head of two rows": (
        [["指标", "2019年", None], [None, "户数", "人数"], ["甲", 3, 9]],
        ("A1:A2", "B1:C1"),
        [],
        [[["指标", "2019年", ""], ["", "户数", "人数"], ["甲", "3", "9"]]],
    ),
}


@pytest.mark.parametrize("name", LAYOUT)
def test_layout(name: str) -> None:
    rows, merged, lines, tables = LAYOUT[name]
    document = reading(workbook(rows, merged=merged))
    assert grids(document) == tables
    found = [f"{b.kind} {document.text[b.start : b.end]}" for b in document.blocks if b.kind != "cell"]
    assert found == lines
    assert all(table.sheet == "数据" for table in document.tables)
    captions = [line.removeprefix("caption ") for line in lines if line.startswith("caption")]
    spans = [table.caption for table in document.tables if table.caption]
    assert "\n".join(document.text[start:end] for start, end in spans) == "\n".join(captions)


def test_lines_in_a_cell() -> None:
    document = reading(workbook([["项目", "说明"], ["户数\n（户）", "2018年搬迁163\n41人留守"]]))
    written = ["|".join(document.text[start:end] for start, end in block.spans) for block in document.blocks]
    assert written == ["项目", "说明", "户数|（户）", "2018年搬迁163", "41人留守"]
    cell = document.tables[0].cells[-1]
    assert document.text[cell.start : cell.end] == "2018年搬迁163\n41人留守"


def test_merged_cells_and_indents() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["指标", "2019年", None],
        [None, "户数", "人数"],
        ["全县", 3, 9],
        ["其中：山区", 2, 5],
        ["　　河谷", 1, 4],
    ):
        sheet.append(row)
    sheet["A4"].alignment = Alignment(indent=2)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    (table,) = reading(saved(book)).tables
    assert {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells if c.row == 0} == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
    }
    assert [cell.indent for cell in table.cells if cell.column == 0] == [0, 0, 2, 2]
    assert table.grid[0, 2] is table.grid[0, 1]


def test_places_and_warnings() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表 1"
    sheet["B4"], sheet["C4"], sheet["B5"], sheet["C5"], sheet["C6"] = "项目", "值", "甲", "=C1+1", "#REF!"
    sheet["C6"].data_type = "e"
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "搬迁163户41人。"
    hidden.sheet_state = "hidden"
    data = saved(book)
    document = reading(data)
    place = document.place(document.text.index("甲"))
    assert place.as_json() == {"sheet": "表 1", "cell": "B5", "table": {"number": 1, "row": 2, "column": 1}}
    assert place.said("zh") == "'表 1'!B5"
    assert "搬迁" not in document.text
    errors, uncached, left_out = document.warnings
    assert "'表 1'!C6 #REF!" in errors
    assert "'表 1'!C5" in uncached
    assert "底稿" in left_out
    assert "hidden" in reading(data, lang="en").warnings[2]


def test_no_day_of_publication_from_a_cell() -> None:
    rows: list[list[Any]] = [["村", "签约日期"], ["甲", date(2019, 9, 18)]]
    assert reading(workbook(rows)).published is None
    assert reading(workbook([["发布日期：2020年6月12日"], *rows])).published == date(2020, 6, 12)


def test_a_finding_in_a_cell(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["2019年工作台账"],
        ["乡镇", "备注"],
        ["甲乡", "全年无变化。"],
        ["乙乡", "搬迁163户41人。"],
    ]
    (tmp_path / "台账.xlsm").write_bytes(workbook(rows))
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--format", "json", str(tmp_path)], capture_output=True, check=False
    )
    assert done.returncode == 1, done.stderr.decode()
    (document,) = json.loads(done.stdout)["documents"]
    (finding,) = document["findings"]
    assert finding["rule"] == "CK301"
    assert finding["location"] == {"sheet": "数据", "cell": "B4", "table": {"number": 1, "row": 3, "column": 2}}


def test_a_workbook_is_known_by_its_content() -> None:
    assert read_document("a.csv", data=workbook([["甲", 1]])).text == "甲\n1\n"


BOMB = '<!DOCTYPE s [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ONE = workbook([["甲", 1]])
FAR = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
ROW = f"<row>{'<c><v>1</v></c>' * 100}</row>"
MANY = ROW * (MOST_CELLS // 100 + 1)
SHEETS = "".join(f'<sheet name="表{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 10_001))


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        pytest.param(lambda: ONE[: len(ONE) // 2], "damaged", "ZIP", id="cut off"),
        pytest.param(lambda: replaced(ONE, workbook=None), "damaged", "xl/workbook.xml", id="no workbook"),
        pytest.param(lambda: replaced(ONE, sheet1=None), "damaged", "sheet1.xml", id="no sheet"),
        pytest.param(lambda: replaced(ONE, sheet1='<?xml version="1.0" encoding="gbk"?>' + SHEET.format("")), "damaged", "sheet1.xml", id="encoding"),
        pytest.param(lambda: replaced(ONE, sheet1=SHEET.format("<sheetData>")), "damaged", "sheet1.xml", id="broken XML"),
        pytest.param(lambda: replaced(ONE, sheet1=SHEET.format('<sheetData><row><c t="s"><v>9</v></c></row></sheetData>')), "damaged", "A1", id="no such string"),
        pytest.param(lambda: replaced(ONE, strings=BOMB + STRINGS.format("<si><t>&b;</t></si>")), "damaged", "DTD", id="entities"),
        pytest.param(lambda: replaced(ONE, sheet1=BOMB + SHEET.format("")), "damaged", "DTD", id="entities in a sheet"),
        pytest.param(lambda: replaced(ONE, sheet1=SHEET.format(f"<sheetData>{MANY}</sheetData>")), "too-large", str(MOST_CELLS), id="many cells"),
        pytest.param(
            lambda: replaced(ONE, strings=STRINGS.format(f"<si><t>{'甲' * 32_000}</t></si>"), sheet1=SHEET.format("<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 10_000 + "</sheetData>")),
            "too-large", "字符", id="one long text many times",
        ),
        pytest.param(
            lambda: replaced(ONE, workbook='<workbook xmlns="m" xmlns:r="r"><sheets>' + SHEETS + "</sheets></workbook>"),
            "too-large", str(MOST_SHEETS), id="many sheets",
        ),
    ],
)  # fmt: skip
def test_hostile_workbooks(data: Callable[[], bytes], code: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        reading(data())
    assert caught.value.code == code
    assert words in caught.value.message


LONG = STRINGS.format(f"<si><t>{'甲' * 32_000}</t></si>")
# What is refused, or would be if there were more of it.
LARGE: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "entities": (2048, lambda n: replaced(ONE, strings=BOMB + STRINGS.format(f"<si><t>{'&b;' * n}</t></si>"))),
    "cells": (
        128,
        lambda n: replaced(ONE, sheet1=SHEET.format(f"<sheetData>{ROW * n}</sheetData>")),
    ),
    "long texts": (
        256,
        lambda n: replaced(ONE, strings=LONG, sheet1=SHEET.format("<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * n + "</sheetData>")),
    ),
    "sheets": (
        512,
        lambda n: replaced(
            ONE,
            workbook='<workbook xmlns="m" xmlns:r="r"><sheets>'
            + "".join(f'<sheet name="表{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, n + 1))
            + "</sheets></workbook>",
        ),
    ),
    "rows": (
        1024,
        lambda n: replaced(ONE, sheet1=SHEET.format("<sheetData>" + f'<row><c t="b"><v>0</v></c>{"<c><v>12.5</v></c>" * 7}</row>' * n + "</sheetData>")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_large_workbooks_take_no_more_time_than_their_size(name: str) -> None:
    def read(data: bytes) -> None:
        with suppress(SourceError):
            reading(data)

    many, made = LARGE[name]
    assert_linear(read, made, many, what=name)


def test_elements_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.sources.workbook.parts._MOST_ELEMENTS", 1000)
    with pytest.raises(SourceError) as caught:
        reading(replaced(ONE, strings=STRINGS.format("<si/>" * 1000)))
    assert (caught.value.code, "1000" in caught.value.message) == ("too-large", True)


def test_a_workbook_is_measured_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.sources.archives.LARGEST_PART", 100_000)
    with pytest.raises(SourceError) as caught:
        reading(replaced(ONE, sheet1=SHEET.format(" " * 200_000)))
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("far", ["", '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'])
def test_a_sheet_that_claims_to_be_full(far: str) -> None:
    document = reading(replaced(ONE, sheet1=SHEET.format(FAR.format(far))))
    assert texts(document) == (["1", "2"] if far else ["1"])


def test_what_a_sheet_claims_costs_nothing() -> None:
    """A claim of four times the rows and columns is one of sixteen times the cells."""

    def claiming(size: int) -> bytes:
        return replaced(
            ONE, sheet1=SHEET.format(FAR.format("").replace("XFD1048576", f"{get_column_letter(size)}{size}"))
        )

    assert_linear(reading, claiming, 4096)


def test_thousands_of_rows() -> None:
    rows = "".join(f'<row><c t="b"><v>0</v></c>{"<c><v>12.5</v></c>" * 7}</row>' for _ in range(4000))
    document = reading(replaced(ONE, sheet1=SHEET.format(f"<sheetData>{rows}</sheetData>")))
    assert len(document.tables[0].cells) == 32_000


def test_checking_as_a_library() -> None:
    document = reading(workbook([["乡镇", "备注"], ["甲", "搬迁163户414人。"]]))
    assert checker.Checker().check_document(document).findings == ()
