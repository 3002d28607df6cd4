"""PDF files: lines in reading order, paragraphs over columns and pages, ruled tables, places, and what is refused."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from growing import MOST, growth

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from checker.document import Document
from checker.errors import SourceError
from checker.sources import pdf, read_document
from checker.sources.pdf.characters import meant
from checker.sources.pdf.layout import Segment, regions
from checker.sources.pdf.tables import grids

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 595, 842
FONT = "STSong-Light"
SIZE, LEADING = 10, 16
LEFT, FULL = 95, 40  # a full line has 40 characters: it ends at 495, which leaves 100 free

# What is drawn on a page: a text at (left, distance of its baseline from the top, size), or a line.
Drawn = tuple[float, float, float, str]
Ruled = tuple[float, float, float, float]


def put(*lines: str, left: float = LEFT, top: float = 100, size: float = SIZE, leading: float = LEADING) -> list[Drawn]:
    """Lines one below the other; two blanks in front move one in by two characters, and are not written."""
    return [
        (left + 2 * size * line.startswith("  "), top + leading * i, size, line.strip()) for i, line in enumerate(lines) if line
    ]  # fmt: skip


def wrapped(text: str, wide: int = FULL) -> list[str]:
    """A paragraph of Han characters as lines, the first one moved in."""
    first, rest = text[: wide - 2], text[wide - 2 :]
    return ["  " + first, *(rest[i : i + wide] for i in range(0, len(rest), wide))]


def box(columns: Sequence[float], rows: Sequence[float]) -> list[Ruled]:
    """The rules of a table; rows counted from the top."""
    return [(columns[0], y, columns[-1], y) for y in rows] + [(x, rows[0], x, rows[-1]) for x in columns]


def made(*pages: Iterable[Drawn | Ruled], password: str | None = None, owner: str | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    held = io.BytesIO()
    lock = StandardEncryption(password or "", owner) if password or owner else None
    canvas = Canvas(held, pagesize=(WIDTH, HEIGHT), encrypt=lock)
    for page in pages:
        for drawn in page:
            if isinstance(drawn[3], str):
                canvas.setFont(FONT, drawn[2])
                canvas.drawString(drawn[0], HEIGHT - drawn[1], drawn[3])
            else:
                canvas.line(drawn[0], HEIGHT - drawn[1], drawn[2], HEIGHT - drawn[3])
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def drawn_by(draw: object) -> bytes:
    """A page that a function draws."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(WIDTH, HEIGHT))
    canvas.setFont(FONT, SIZE)
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return held.getvalue()


def document(data: bytes) -> Document:
    return read_document("a.pdf", data=data)


def written(read: Document) -> list[str]:
    return [f"{b.kind} {'|'.join(read.text[start:end] for start, end in b.spans)}" for b in read.blocks]


# 39 characters: with the mark that ends it, one line; a paragraph of 100 is three.
PROSE = "山河县坚持产业带动和就业帮扶并举，把项目办到村里，把车间建到家门口，群众增收有了稳定门路，日子一年比一年好，"
LONG = wrapped((PROSE * 3)[:115] + "全年村集体收入七十四万元。")
OTHER = wrapped("乡镇干部进村入户摸清底数，" * 8 + "帮扶措施逐户落实。")

# The first line ends with a full stop.
SPACED = (
    "乡镇干部进村入户摸清底数，帮扶措施逐户落实，产业项目稳步推进，群众收入持续增加。",
    "下一步还要扩大规模，让更多的村受益。",
)

LAYOUTS = {
    "one line": (put("全县共有3个乡。"), ["paragraph 全县共有3个乡。"]),
    "a wrapped paragraph": (put(*LONG, *OTHER), ["paragraph " + "|".join(map(str.strip, p)) for p in (LONG, OTHER)]),
    "paragraphs with space between them": (
        [drawn for i in range(4) for drawn in put(*SPACED, top=100 + 64 * i)],
        ["paragraph " + "|".join(SPACED)] * 4,
    ),
    "lines that are not full": (
        put("搬迁163户", "新建车间12个", "改造房屋35间"),
        ["paragraph 搬迁163户", "paragraph 新建车间12个", "paragraph 改造房屋35间"],
    ),
    "a title over two lines, a heading, a paragraph": (
        [
            *put("山河县二〇二〇年国民经济和社会", left=177.5, top=80, size=16),
            *put("发展统计公报", left=249.5, top=104, size=16),
            *put("一、总体情况", *OTHER, top=140),
        ],
        [
            "heading 山河县二〇二〇年国民经济和社会|发展统计公报",
            "heading 一、总体情况",
            "paragraph " + "|".join(map(str.strip, OTHER)),
        ],
    ),
    "items with hanging lines": (
        [
            *put("1." + "新建车间二十三个吸纳周边群众就业一千二百余人每月人均增收一千五百元左右群众满意", left=LEFT),
            *put("比较明显。", left=LEFT + 14, top=116),
            *put("2.改造房屋35间。", top=132),
            *put(*OTHER, top=160),
        ],
        [
            "item 新建车间二十三个吸纳周边群众就业一千二百余人每月人均增收一千五百元左右群众满意|比较明显。",
            "item 改造房屋35间。",
            "paragraph " + "|".join(map(str.strip, OTHER)),
        ],
    ),
    "a table without rules": (
        [
            *(row for i in range(4) for x, text in ((95, "甲乙丙丁"[i] + "镇"), (250, f"1{i}4"), (400, f"3.{i}%")) for row in put(text, left=x, top=100 + 16 * i)),
            *put(*OTHER, top=200),
        ],
        [
            *(f"paragraph {'甲乙丙丁'[i]}镇 1{i}4 3.{i}%" for i in range(4)),
            "paragraph " + "|".join(map(str.strip, OTHER)),
        ],
    ),
    "a figure cut by a line": (
        put("二〇二〇年全年村集体收入74.05", "万元，增长3%。"),
        ["paragraph 二〇二〇年全年村集体收入74.05|万元，增长3%。"],
    ),
    "spread characters and figures": (
        [*put("全", left=95), *put("县", left=103 + 5), *put("共有贫困村", left=121), *put("21", left=175), *put("个。", left=188)],
        ["paragraph 全县共有贫困村21个。"],
    ),
    "two figures stay two": ([*put("甲镇12", left=95), *put("34", left=132)], ["paragraph 甲镇12 34"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    page, expected = LAYOUTS[name]
    assert written(document(made(page))) == expected


def test_words_keep_their_space_over_a_line_break() -> None:
    words = "The county moved 163 households out of the hills in the course of the year and built 12 kilometres of road to them."
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if pdfmetrics.getFont(FONT).stringWidth(longer, SIZE) > FULL * SIZE:
            lines.append(word)
        else:
            lines[-1] = longer
    assert len(lines) == 2
    assert document(made([*put(*lines), *put(*OTHER, top=160)])).text.startswith(words + "\n")


def columns_of(left: Sequence[str], right: Sequence[str], top: float = 200) -> list[Drawn]:
    return put(*left, top=top, left=60) + put(*right, top=top + 7, left=310)


def test_two_columns() -> None:
    text = "".join(c for c in "乡镇干部进村入户摸清底数，帮扶措施逐户落实，产业项目稳步推进，群众收入持续增加，" * 3)
    body = wrapped(text[:-1] + "。", 22)
    half = len(body) // 2
    page = [*put("山河县纪实", left=250, top=100, size=16), *columns_of(body[:half], body[half:])]
    assert written(document(made(page))) == ["heading 山河县纪实", "paragraph " + "|".join(map(str.strip, body))]


def test_a_figure_cut_by_a_column_and_by_a_page() -> None:
    body = ("乡镇干部进村入户摸清底数，帮扶措施逐户落实，产业项目稳步推进，群众收入持续增加，" * 3)[: 22 * 5 - 2]
    left = [*wrapped(body, 22), "二〇二〇年全年村集体总收入是74.05"]
    right = [
        "万元，比上年增长百分之三点五，增速稳步回升，连",
        *wrapped(body, 22)[1:],
        "二〇二〇年全年搬迁到集中点的有163",
    ]
    first = columns_of(left, right)
    second = columns_of(["户，比上年增长百分之三点五，增速稳步回升，连续", *wrapped(body, 22)[1:]], wrapped(body, 22))
    read = document(made(first, second))
    assert "收入是74.05\n万元，比上年" in read.text
    assert "163\n户，比上年" in read.text
    whole = [read.text[b.start : b.end] for b in read.blocks]
    assert any("74.05\n万元" in text and "163\n户" in text for text in whole)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = []
    for number in range(1, 6):
        pages.append([
            *put("山河县统计公报", left=260, top=40, size=9),
            *put(f"第 {number} 页 共 5 页", left=260, top=810, size=9),
            *put(*OTHER, f"本页讲第{number}个乡镇，共有{number}3户。"),
        ])  # fmt: skip
    text = document(made(*pages)).text
    assert "统计公报" not in text
    assert "页 共" not in text and "共5页" not in text
    assert all(f"共有{number}3户。" in text for number in range(1, 6))


@pytest.mark.parametrize("shown", ["- 3 -", "3", "— 12 —", "3 / 10", "第3页", "Page 3 of 10"])
def test_a_page_number_on_one_page(shown: str) -> None:
    read = document(made([*put(*OTHER), *put(shown, left=290, top=815)]))
    assert written(read) == ["paragraph " + "|".join(map(str.strip, OTHER))]


def test_a_figure_at_the_foot_of_a_page_stays() -> None:
    assert "搬迁163户" in document(made([*put(*OTHER), *put("搬迁163户", left=95, top=815)])).text


def cells(*rows: Sequence[str], columns: Sequence[float], top: float = 200, high: float = 20) -> list[Drawn]:
    return [
        drawn
        for y, row in enumerate(rows)
        for x, text in zip(columns, row, strict=False)
        for drawn in put(*text.split("/"), left=x + 4, top=top + high * y + 14, leading=12)
    ]


def grid_of(read: Document) -> list[list[str]]:
    """The first table as rows; a cell under or behind a merged one repeats it."""
    table = read.tables[0]
    return [
        [read.text[c.start : c.end] if (c := table.grid.get((row, column))) else "" for column in range(table.columns)]
        for row in range(table.rows)
    ]


def test_a_ruled_table() -> None:
    columns, rows = (95, 195, 295, 395), (200, 220, 240, 260)
    page = [
        *put("表1 各乡镇人口", left=200, top=176),
        *put("单位：户、人", left=330, top=192),
        *box(columns, rows),
        *cells(("乡镇", "户数", "人数"), ("甲镇", "1,024", "3,072"), ("乙镇", "", "2,928"), columns=columns),
        *put("全县搬迁163户。", top=300),
    ]
    read = document(made(page))
    assert grid_of(read) == [["乡镇", "户数", "人数"], ["甲镇", "1,024", "3,072"], ["乙镇", "", "2,928"]]
    caption = read.tables[0].caption
    assert caption is not None
    assert read.text[slice(*caption)] == "表1各乡镇人口\n单位：户、人"
    assert written(read)[-1] == "paragraph 全县搬迁163户。"
    cell = read.tables[0].grid[1, 1]
    place = read.place(cell.start, cell.end).as_json()
    assert place["table"] == {"number": 1, "row": 2, "column": 2}
    assert place["page"] == 1


def test_merged_cells_and_lines_in_a_cell() -> None:
    # A head over two columns, a head over two rows, and a name on two lines.
    rules = [
        (95, 200, 395, 200), (195, 220, 395, 220), (95, 240, 395, 240), (95, 270, 395, 270),
        (95, 200, 95, 270), (195, 200, 195, 270), (295, 220, 295, 270), (395, 200, 395, 270),
    ]  # fmt: skip
    columns = (95, 195, 295)
    page = [
        *rules,
        *cells(("乡镇", "人口"), ("", "户数", "人数"), ("山河镇/开发区", "1,024", "3,072"), columns=columns),
    ]
    read = document(made(page))
    assert grid_of(read) == [
        ["乡镇", "人口", "人口"],
        ["乡镇", "户数", "人数"],
        ["山河镇\n开发区", "1,024", "3,072"],
    ]
    spans = {read.text[c.start : c.end]: (c.row_span, c.column_span) for c in read.tables[0].cells}
    assert (spans["乡镇"], spans["人口"], spans["户数"]) == ((2, 1), (1, 2), (1, 1))


@pytest.mark.parametrize(
    ("second", "tables", "last"),
    [
        ([("乡镇", "户数"), ("合计", "36")], 1, {"number": 1, "row": 4, "column": 2}),  # the head again
        ([("丙镇", "10"), ("合计", "36")], 1, {"number": 1, "row": 5, "column": 2}),
        ([("村", "人数"), ("合计", "36")], 2, {"number": 2, "row": 2, "column": 2}),  # a head of its own
        ([("指标", "2020"), ("合计", "36")], 2, {"number": 2, "row": 2, "column": 2}),
        ([("乡镇", "户数"), ("乡镇", "户数"), ("合计", "36")], 1, {"number": 1, "row": 5, "column": 2}),
    ],
)
def test_a_table_goes_on_over_a_page_break(second: list[tuple[str, str]], tables: int, last: dict[str, int]) -> None:
    columns = (95, 195, 295)
    first = [("乡镇", "户数"), ("甲镇", "14"), ("乙镇", "12")]
    pages = [
        [*box(columns, [top + 20 * i for i in range(len(held) + 1)]), *cells(*held, columns=columns, top=top)]
        for held, top in ((first, 700), (second, 80))
    ]
    read = document(made([*put("全县搬迁户如下。"), *pages[0]], [*pages[1], *put("全县搬迁163户。", top=300)]))
    assert len(read.tables) == tables
    cell = read.tables[-1].cells[-1]
    assert read.text[cell.start : cell.end] == "36"
    place = read.place(cell.start, cell.end).as_json()
    assert (place["page"], place["table"]) == (2, last)


@pytest.mark.parametrize("shift", [0, 12])
def test_tables_of_other_columns_are_others(shift: int) -> None:
    held = [("甲镇", "14"), ("乙镇", "12")]
    pages = [
        [*box(columns, [top, top + 20, top + 40]), *cells(*held, columns=columns, top=top)]
        for columns, top in (((95, 195, 295), 700), ((95, 195 + shift, 295), 80))
    ]
    assert len(document(made(*pages)).tables) == (2 if shift else 1)


def test_rows_without_rules_in_ruled_columns() -> None:
    columns = (95, 195, 295, 395)
    page = [
        *box(columns, (200, 220, 280)),
        *cells(("乡镇", "户数", "人数"), ("甲镇/乙镇/合计", "1,024/976/2,000", "3,072//6,000"), columns=columns),
    ]
    assert grid_of(document(made(page))) == [
        ["乡镇", "户数", "人数"],
        ["甲镇", "1,024", "3,072"],
        ["乙镇", "976", ""],
        ["合计", "2,000", "6,000"],
    ]


@pytest.mark.parametrize(
    ("level", "upright", "fields"),
    [
        # A frame around text; a line under a heading; a cross without borders.
        ([(0, 0, 90), (20, 0, 90)], [(0, 0, 20), (90, 0, 20)], []),
        ([(0, 0, 90), (20, 0, 90)], [], []),
        ([(0, 0, 90), (20, 0, 90), (40, 0, 90)], [(0, 0, 40), (90, 0, 40)], [2]),
        # Open at the left and right.
        ([(0, 0, 90), (20, 0, 90), (40, 0, 90)], [(30, 0, 40), (60, 0, 40)], [6]),
        # Drawn in short pieces that meet.
        ([(y, x, x + 30) for y in (0, 20, 40) for x in (0, 30, 60)], [(x, y, y + 20) for x in (0, 30, 90) for y in (0, 20)], [4]),
        # Two tables, one below the other.
        ([(y, 0, 90) for y in (0, 20, 100, 120)], [(x, y, y + 20) for x in (0, 50, 90) for y in (0, 100)], [2, 2]),
    ],
)  # fmt: skip
def test_grids(level: list[Ruled], upright: list[Ruled], fields: list[int]) -> None:
    assert [len(grid.fields) for grid in grids(level, upright)] == fields  # type: ignore[arg-type]


def test_places() -> None:
    read = document(
        made(put("全县共有3个乡。"), put("二〇二〇年全年村集体收入74.05", top=776) + put("万元，增长3%。", top=60))
    )
    start = read.text.index("3个乡")
    place = read.place(start, start + 2)
    assert place.as_json() == {"page": 1, "box": pytest.approx([135.0, 91.0, 150.1, 102.5], abs=1.5)}
    assert (place.said("zh"), place.said("en")) == ("第1页", "p. 1")
    for value in place.as_json()["box"]:  # type: ignore[attr-defined]
        assert value == round(value, 1)


def test_the_place_of_a_figure_over_a_page_break_is_that_of_its_first_page() -> None:
    read = document(made([*put(*OTHER), *put("二〇二〇年全年村集体收入74.05", top=770)], put("万元，增长3%。", *OTHER)))
    start = read.text.index("74.05")
    assert read.text[start : start + 8] == "74.05\n万元"
    place = read.place(start, start + 8).as_json()
    assert place["page"] == 1
    assert read.place(start + 6, start + 8).as_json()["page"] == 2
    box = place["box"]
    assert isinstance(box, list)
    assert 755 < box[1] < box[3] < 780


def test_a_page_that_is_shown_turned() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.drawString(100, -200, "全县共有3个乡。")
        canvas.drawString(100, -216, "其中2个在山区。")

    read = document(drawn_by(draw))
    assert written(read) == ["paragraph 全县共有3个乡。", "paragraph 其中2个在山区。"]
    box = read.place(0, 8).as_json()["box"]
    assert box == pytest.approx([100.0, 190.0, 175.0, 203.0], abs=3)


def test_watermarks_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(95, 700, "全县共有3个乡。")
        for degrees in (45, 90):
            canvas.saveState()
            canvas.translate(300, 300)
            canvas.rotate(degrees)
            canvas.drawString(0, 0, "内部99")
            canvas.restoreState()

    assert written(document(drawn_by(draw))) == ["paragraph 全县共有3个乡。"]


def test_characters_drawn_twice_count_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(95 + shift, 700, "共有21个")
            canvas.drawString(95 + shift, 684, "搬迁163户")
        for shift in (0, 0.3):
            canvas.drawString(95 + shift, 660, "11人")

    assert written(document(drawn_by(draw))) == ["paragraph 共有21个", "paragraph 搬迁163户", "paragraph 11人"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ord("⼈"), "人"), (ord("⻚"), "页"), (0xF967, "不"), (0xFB01, "fi"), (0xF0B7, "•"), (0xE123, "\ufffd"), (0, "\ufffd"),
        (ord("３"), "３"), (ord("𠮷"), "𠮷"), (0xA0, ""), (0xAD, ""), (0x3000, ""), (0xD800, "\ufffd"), (0xFFFFFFFF, "\ufffd"),
    ],
)  # fmt: skip
def test_characters(code: int, expected: str) -> None:
    assert meant(code) == expected


def test_glyphs_without_a_meaning_are_a_warning_and_part_figures() -> None:
    read = document(drawn_by(lambda canvas: canvas.drawString(95, 700, "共12\ue00034户\ue000\ue000")))
    assert "12\ufffd34" in read.text
    assert any("ToUnicode" in warning for warning in read.warnings)


def test_garbage_is_a_warning() -> None:
    (warning,) = document(drawn_by(lambda canvas: canvas.drawString(95, 700, "ЖЯШЮ" * 5))).warnings
    assert "乱码" in warning


@pytest.mark.parametrize("number", ["1e30", "-1e30", "9" * 45, "1e-30"])
def test_measures_beyond_all_bounds(number: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(95, 700, "全县共有3个乡。")
        canvas._code.append(f"q {number} 0 0 {number} {number} 0 cm")  # type: ignore[attr-defined]
        canvas.drawString(95, 600, "其中2个在山区。")
        canvas.rect(0, 0, 10, 10)
        canvas._code.append("Q")  # type: ignore[attr-defined]

    assert "全县共有3个乡。" in document(drawn_by(draw)).text


def no_text() -> bytes:
    return drawn_by(lambda canvas: canvas.rect(0, 0, WIDTH, HEIGHT, fill=1))


def scan_and_text() -> bytes:
    from pypdfium2 import PdfDocument

    held, both = io.BytesIO(), PdfDocument.new()
    for data in (no_text(), made(put("全县共有3个乡。")), no_text(), no_text()):
        source = PdfDocument(data)
        both.import_pages(source)
    both.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "zh", "en"),
    [
        (no_text, "no-text-layer", "OCR", "scan"),
        (lambda: made(put("全县共有3个乡。"), password="secret"), "encrypted", "加密", "encrypted"),
        (lambda: b"%PDF-1.7\n", "damaged", "损坏", "damaged"),
        (lambda: b"%PDF-1.7\n" + b"1 0 obj <<" * 50, "damaged", "损坏", "damaged"),
        (lambda: made(put("全县共有3个乡。"))[:300], "damaged", "损坏", "damaged"),
    ],
)
def test_refused(data: object, code: str, zh: str, en: str) -> None:
    held = data()  # type: ignore[operator]
    for lang, words in (("zh", zh), ("en", en)):
        with pytest.raises(SourceError) as caught:
            read_document("a.pdf", data=held, lang=lang)  # type: ignore[arg-type]
        assert caught.value.code == code
        assert words in caught.value.message
        assert "{" not in caught.value.message


@pytest.mark.parametrize("name", ["MAX_PAGES", "MAX_BYTES", "MAX_CHARACTERS", "MAX_PAGE_CHARACTERS"])
def test_limits(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, name, 1)
    for lang in ("zh", "en"):
        with pytest.raises(SourceError) as caught:
            read_document("a.pdf", data=made(put("全县"), put("共有3个乡。")), lang=lang)  # type: ignore[arg-type]
        assert caught.value.code == "too-large"


def test_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.delitem(sys.modules, "checker.sources.pdf.pages", raising=False)
    monkeypatch.delattr("checker.sources.pdf.pages", raising=False)
    with pytest.raises(SourceError) as caught:
        document(b"%PDF-1.7\n")
    assert caught.value.code == "missing-extra"
    assert "cn-metric-checker[pdf]" in caught.value.message


def test_what_opens_all_the_same() -> None:
    assert document(made(put("全县共有3个乡。"), owner="secret")).text == "全县共有3个乡。\n"
    whole = made(put("全县共有3个乡。"))
    broken = whole.replace(b"startxref", b"startxxxx")
    assert document(broken).text == "全县共有3个乡。\n"
    assert document(made([])).warnings == ("没有任何文字",)


def test_pages_without_a_text_layer_are_named() -> None:
    read = document(scan_and_text())
    assert read.text == "全县共有3个乡。\n"
    assert len(read.warnings) == 1
    assert "第1、3–4页" in read.warnings[0]


def test_columns_take_no_table_apart() -> None:
    from array import array

    def segment(left: float, top: float, wide: float) -> Segment:
        return Segment(left, top, left + wide, top + 11, 10.0, "文", array("f"))

    table = [segment(x, y, 40) for y in range(0, 400, 16) for x in (60, 200, 340, 480)]
    text = [segment(x, y, 230) for y in range(0, 400, 16) for x in (60, 310)]
    assert len(regions(table, WIDTH)) == 1
    assert [len(region.items) for region in regions(text, WIDTH)] == [25, 25]
    assert all(item.left == 60 for item in regions(text, WIDTH)[0].items)


def test_a_page_of_very_many_stretches_is_bounded() -> None:
    def page(stretches: int) -> bytes:
        return made([(20 + 8 * (i % 70), 20 + 1.2 * (i // 70), 4, "3") for i in range(stretches)])

    less, more = page(4000), page(16_000)  # drawings, in which no columns are looked for
    assert document(more).text
    assert growth(document, less, more) < MOST
    assert growth(document, more, page(2000)) < MOST  # the most in which they are


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made([*put("搬迁163户41人。", *OTHER)]))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "c.txt").write_text("搬迁163户414人。", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--format", "json", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    report = json.loads(done.stdout)
    assert [error["code"] for error in report["errors"]] == ["damaged"]
    first = report["documents"][0]
    assert [(f["rule"], f["location"]["page"]) for f in first["findings"]] == [("CK301", 1)]
    assert len(first["findings"][0]["location"]["box"]) == 4
    assert first["quantities"][0]["location"]["page"] == 1
