"""One article in every format: the same figures, the same findings, each at its place in the terms of its format.

The samples are written by ``samples/formats/make.py`` from ``bulletin.md`` and ``yearbook.md``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import jsonschema
import openpyxl
import pypdfium2
import pytest

from checker import Checker
from checker.checks.number_format import as_read
from checker.findings.result import Result
from checker.report.jsonout import load_schema, report_json
from checker.sources import read_document

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "formats"
ARTICLE = [
    "bulletin.md", "bulletin.txt", "bulletin.html", "bulletin.docx", "bulletin.pdf", "bulletin-writer.docx", "bulletin-writer.html",
]  # fmt: skip
FILES = sorted(p.name for p in SAMPLES.iterdir() if p.suffix != ".py")

# What is planted in the article: the rule, what its message says, the figure it points to, and what stands before that.
PLANTED = [
    ("CK101", "各部分相加为38个，总数为36个，相差2个", "12个", "道路项目12个、产业项目"),
    ("CK301", "41人少于163户，每户不足一人", "41人", "全县易地搬迁163户"),
    ("CK202", "2.4万亩与3.1万亩相差0.7万亩，文中为0.9万亩", "0.9万亩", "由2.4万亩增加到3.1万亩，增加"),
    ("CK205", "2520户占7200户的35%，文中为45%", "45%", "其中加入合作社的2520户，占"),
    ("CK201", "应为20%，文中为25%", "25%", "比上年的1750万元增长"),
]

# What is planted in tables: the rule, its severity, the figure it points to, and where that stands.
TOTAL = ("CK851", "error", "4680")
IN_TABLES: dict[str, list[tuple[str, str, str, dict[str, Any]]]] = {
    "bulletin.txt": [(*TOTAL, {"line": 35, "column": 20})],
    "bulletin.md": [(*TOTAL, {"line": 34, "column": 20})],
    "bulletin.csv": [(*TOTAL, {"line": 5, "column": 12})],
    "bulletin.html": [(*TOTAL, {"line": 36, "column": 44, "table": {"number": 1, "row": 5, "column": 4}})],
    "bulletin-writer.html": [(*TOTAL, {"line": 115, "column": 44, "table": {"number": 1, "row": 5, "column": 4}})],
    "bulletin.docx": [(*TOTAL, {"table": {"number": 1, "row": 5, "column": 4}})],
    "bulletin-writer.docx": [(*TOTAL, {"table": {"number": 1, "row": 5, "column": 4}})],
    "bulletin.pdf": [(*TOTAL, {"page": 2, "table": {"number": 1, "row": 5, "column": 4}})],
    "bulletin.xlsx": [
        ("CK851", "error", "4,680", {"sheet": "项目资金", "cell": "D6", "table": {"number": 1, "row": 5, "column": 4}})
    ],
    "yearbook.md": [
        ("CK851", "error", "37160", {"line": 14, "column": 16}),
        ("CK854", "warning", "12.0", {"line": 26, "column": 26}),
    ],
} | {
    name: [
        ("CK851", "error", "37,160", {"sheet": "人口", "cell": "C7", "table": {"number": 1, "row": 5, "column": 3}}),
        ("CK854", "warning", "12.0", {"sheet": "农业", "cell": "E5", "table": {"number": 2, "row": 4, "column": 5}}),
    ]
    for name in ("yearbook.xlsx", "yearbook-calc.xlsx")
}


@cache
def result(name: str) -> Result:
    return Checker().check_document(read_document(SAMPLES / name))


def words(name: str) -> list[str]:
    """The figures of a sample as they are written, without white space and marks."""
    read = result(name)
    return [as_read(read.document.text[q.start : q.end]) for q in read.quantities]


def figures(name: str) -> list[tuple[object, ...]]:
    return [
        (written, q.kind, q.value, q.interval, q.unit and q.unit.name, q.approximation)
        for written, q in zip(words(name), result(name).quantities, strict=True)
    ]


def in_table(name: str, offset: int) -> bool:
    return any(b.start <= offset < b.end for b in result(name).document.blocks if b.kind == "cell")


def places(name: str) -> list[dict[str, Any]]:
    read = result(name)
    return [read.document.place(q.start, q.end).as_json() for q in read.quantities]


# ------------------------------------------------------------------------------------------------ the same in every format


@pytest.mark.parametrize("name", ARTICLE[1:])
def test_every_format_gives_the_same_figures(name: str) -> None:
    assert len(figures(ARTICLE[0])) == 67
    assert figures(name) == figures(ARTICLE[0])


@pytest.mark.parametrize("name", ARTICLE[1:])
def test_every_format_gives_the_same_meaning(name: str) -> None:
    """What is measured, of whom and when, and every check with its outcome; in a table the heads tell what is measured."""

    def meanings(name: str) -> list[tuple[object, ...]]:
        read = result(name)
        return [
            (as_read(c.metric or ""), c.holder, c.period, c.scope)
            for c, q in zip(read.claims, read.quantities, strict=True)
            if not in_table(name, q.start)
        ]

    def checks(name: str) -> list[tuple[object, ...]]:
        return [(c.rule, c.outcome, c.expression, c.reason) for c in result(name).checks]

    assert meanings(name) == meanings(ARTICLE[0])
    assert checks(name) == checks(ARTICLE[0])


@pytest.mark.parametrize("name", ARTICLE)
def test_every_format_gives_the_planted_errors_and_no_others(name: str) -> None:
    read = result(name)
    text = read.document.text
    assert read.document.published == date(2021, 3, 18)
    assert read.document.warnings == ()
    findings = [f for f in read.findings if not in_table(name, f.start)]
    found = [(f.rule, f.message, as_read(text[f.start : f.end])) for f in findings]
    assert found == [planted[:3] for planted in PLANTED]
    for finding, (*_, before) in zip(findings, PLANTED, strict=True):
        assert as_read(text[max(finding.start - 40, 0) : finding.start]).endswith(before)


# A short line below the title is a heading by its wording; a page and a PDF say what it is: a paragraph like the others.
# LibreOffice writes the title of a page as a paragraph as well.
PARAGRAPHS = {"bulletin.html": {1}, "bulletin.pdf": {1}, "bulletin-writer.html": {0, 1}}


@pytest.mark.parametrize("name", ARTICLE[1:])
def test_every_format_gives_the_same_blocks(name: str) -> None:
    """Headings, list, caption and cells are known as such, for relations ask for them."""

    def blocks(name: str) -> list[tuple[str, str]]:
        document = result(name).document
        return [(b.kind, as_read("".join(document.text[a:z] for a, z in b.spans))) for b in document.blocks]

    expected = blocks(ARTICLE[0])
    assert Counter(kind for kind, _ in expected) == {"heading": 5, "paragraph": 7, "item": 3, "caption": 1, "cell": 20}
    for number in PARAGRAPHS.get(name, ()):
        assert expected[number][0] == "heading"
        expected[number] = ("paragraph", expected[number][1])
    assert blocks(name) == expected


@pytest.mark.parametrize("name", [name for name in ARTICLE if Path(name).suffix not in (".md", ".txt")])
def test_every_format_gives_the_same_table(name: str) -> None:
    read = result(name).document
    (table,) = read.tables
    assert table.caption is not None
    assert as_read(read.text[slice(*table.caption)]) == "表12020年各镇项目资金"
    assert [
        [read.text[c.start : c.end] if (c := table.grid.get((row, column))) else "" for column in range(table.columns)]
        for row in range(table.rows)
    ] == [
        ["乡镇", "项目（个）", "受益农户（户）", "金额（万元）"],
        ["青石镇", "14", "2150", "1820"],
        ["柳溪镇", "12", "1840", "1650"],
        ["云门镇", "10", "1210", "1390"],
        ["合计", "36", "5200", "4680"],
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("yearbook.md", {"line": 16, "column": 33}),
        ("yearbook.xlsx", {"sheet": "人口", "cell": "A9"}),
        ("yearbook-calc.xlsx", {"sheet": "人口", "cell": "A9"}),
    ],
)
def test_a_workbook_gives_what_is_planted_below_its_table(name: str, place: dict[str, object]) -> None:
    read = result(name)
    (finding,) = [f for f in read.findings if not in_table(name, f.start)]
    assert (finding.rule, finding.message) == ("CK202", "36800人与37060人相差260人，文中为360人")
    assert read.document.place(finding.start, finding.end).as_json() == place


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_errors_planted_in_tables_and_no_others(name: str) -> None:
    read = result(name)
    found = [
        (f.rule, f.severity, read.document.text[f.start : f.end], read.document.place(f.start, f.end).as_json())
        for f in read.findings
        if in_table(name, f.start)
    ]
    for *_, place in found:
        place.pop("box", None)  # held by the test of places
    assert found == IN_TABLES[name]


# ------------------------------------------------------------------------------------------------ places


def in_lines(name: str) -> None:
    """Each figure stands in the source at its line and column, marks within it left out."""
    source = (SAMPLES / name).read_text("utf-8-sig")
    starts = [0, *(m.end() for m in re.finditer("\n", source))]
    for written, place in zip(words(name), places(name), strict=True):
        at = starts[place["line"] - 1] + place["column"] - 1
        rest = re.sub("<[^>]*>", "", source[at : at + 400])
        assert as_read(unescape(rest)).startswith(written), (written, place)


def in_paragraphs(name: str) -> None:
    """Each figure stands in the paragraph or the cell of its place, behind the one before it."""
    document = docx.Document(str(SAMPLES / name))
    read_to: Counter[str] = Counter()
    for written, place in zip(words(name), places(name), strict=True):
        if "table" in place:
            cell = place["table"]
            text = document.tables[cell["number"] - 1].cell(cell["row"] - 1, cell["column"] - 1).text
        else:
            text = document.paragraphs[place["paragraph"] - 1].text
        text = as_read(text)
        at = text.find(written, read_to[str(place)])
        assert at >= 0, (written, place)
        read_to[str(place)] = at + len(written)


def in_boxes(name: str) -> None:
    """PDFium finds each figure in its box, and nothing else; in the box of one on two lines, whole lines."""
    file = pypdfium2.PdfDocument(SAMPLES / name)
    for written, place in zip(words(name), places(name), strict=True):
        page = file[place["page"] - 1]
        left, top, right, bottom = place["box"]
        assert 0 <= left < right <= page.get_width() and 0 <= top < bottom <= page.get_height()
        inside = page.get_textpage().get_text_bounded(left, page.get_height() - bottom, right, page.get_height() - top)
        lines = [as_read(line) for line in inside.splitlines()]
        if len(lines) == 1:
            assert lines == [written], place
        else:
            first = next(n for n in range(len(written), 0, -1) if lines[0].endswith(written[:n]))
            assert len(lines) == 2 and lines[1].startswith(written[first:]), place


def in_cells(name: str) -> None:
    """Each figure stands in the cell of its sheet."""
    book = openpyxl.load_workbook(SAMPLES / name)
    for written, place in zip(words(name), places(name), strict=True):
        cell = book[place["sheet"]][place["cell"]]
        if isinstance(cell.value, str):
            assert written in cell.value, place
        else:
            assert cell.value == pytest.approx(float(written.replace(",", ""))), place


WHERE: dict[str, Callable[[str], None]] = {
    ".md": in_lines, ".txt": in_lines, ".html": in_lines, ".csv": in_lines, ".docx": in_paragraphs, ".pdf": in_boxes, ".xlsx": in_cells,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_figure_is_at_its_place(name: str) -> None:
    assert len(words(name)) > 5
    WHERE[Path(name).suffix](name)


@pytest.mark.parametrize("name", FILES)
def test_the_json_of_every_format_fits_its_schema(name: str) -> None:
    report = json.loads(b"".join(report_json([result(name)])))
    jsonschema.validate(report, load_schema())


# ------------------------------------------------------------------------------------------------ broken files beside good ones


def truncated(path: Path) -> None:
    path.write_bytes((SAMPLES / "bulletin.docx").read_bytes()[:20_000])


def locked(path: Path) -> None:
    """As Office saves a document with a password: a container of the old kind around what is encrypted."""
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )


def without_pages(path: Path) -> None:
    path.write_bytes((SAMPLES / "bulletin.pdf").read_bytes()[:3000])


def bomb(path: Path) -> None:
    """A document of 300 kB that unpacks to 300 MB."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(bytes(2**20))
    assert path.stat().st_size < 2**19


def missing(path: Path) -> None:
    assert not path.exists()


BROKEN = [
    ("truncated.docx", truncated, "damaged", "已损坏"),
    ("locked.docx", locked, "encrypted", "已加密"),
    ("broken.pdf", without_pages, "damaged", "已损坏"),
    ("bomb.docx", bomb, "too-large", "过大"),
    ("missing.xlsx", missing, "missing", "不存在"),
]


@pytest.mark.parametrize(("name", "make", "code", "said"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_file_leaves_the_others_checked(
    name: str, make: Callable[[Path], None], code: str, said: str, tmp_path: Path
) -> None:
    make(tmp_path / name)
    good = [str(SAMPLES / file) for file in ("bulletin.docx", "bulletin.pdf", "yearbook.xlsx")]
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--format", "json", good[0], name, *good[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SAMPLES.parent.parent), "PYTHONIOENCODING": "utf-8", "CHECKER_LANG": "zh"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"checker: {name}: ")
    assert said in line
    report = json.loads(done.stdout)
    assert report["errors"] == [{"path": name, "code": code, "rule": None, "message": line.split(": ", 2)[2]}]
    assert [document["path"] for document in report["documents"]] == good
    for file, document in zip(good, report["documents"], strict=True):
        assert len(document["findings"]) == len(result(Path(file).name).findings) > 0
