"""Word documents: what is read of them, what is not, and where it stands."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import jsonschema
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from growing import assert_linear

from checker.document import Document
from checker.errors import SourceError
from checker.report.jsonout import load_schema
from checker.sources import make_document, read_document
from checker.sources import word as wordreader
from checker.sources.word import walk as wordwalk
from checker.sources.word.trees import DEEPEST

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MB = 2**20


def relations(*pairs: tuple[str, str], office: str = OFFICE) -> str:
    inner = "".join(f'<Relationship Id="r{n}" Type="{office}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(pairs))
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def part(root: str, inner: str, space: str = W) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{space}" {SPACES}>{inner}</w:{root}>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(body: str, *, space: str = W, office: str = OFFICE, **beside: str) -> bytes:
    """A Word file around the inside of its body; `beside` holds the inside of styles, numbering, footnotes, endnotes."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("officeDocument", "word/document.xml"), office=office),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>", space),
        "word/_rels/document.xml.rels": relations(*((k, f"{k}.xml") for k in beside), office=office),
    }
    for kind, inner in beside.items():
        parts[f"word/{kind}.xml"] = part(kind, inner, space)
    return packed(parts)


def opened(data: bytes, name: str = "a.docx") -> Document:
    return read_document(name, data=data)


def blocks(document: Document) -> list[str]:
    """What the blocks hold, as the tests of plain text write them."""
    text = document.text
    return [f"{b.kind} {'|'.join(text[start:end] for start, end in b.spans)}" for b in document.blocks]


def p(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph; runs without a tag are words."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{''.join(run if '<' in run else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}{r(result)}{end}"


def box(inner: str) -> str:
    """A text box as Word writes it: once for itself and once for old programs."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="my"><w:name w:val="县局小标题"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="zh"><w:name w:val="标题 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="lvl"><w:name w:val="甲"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="ring"><w:name w:val="乙"/><w:basedOn w:val="ring2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ring2"><w:name w:val="丙"/><w:basedOn w:val="ring"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="cap"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="li"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="2"/>'
    "</w:numPr></w:pPr></w:style>"
    '<w:style w:type="character" w:styleId="gone"><w:name w:val="gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def level(at: int, form: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "japaneseCounting", "%1、")}'
    f"{level(1, 'chineseCounting', '（%2）')}{level(2, 'decimal', '%3.')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "●")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="9">{level(0, "decimal", "第%1章　")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/>'
    "</w:lvlOverride></w:num>"
)


def listed(number: int, at: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'


LONG = "（一）工业增长。全年增加值12亿元，增长5%，高于上年，也高于全省平均水平，其中制造业增长更快，服务业也保持了平稳的增长态势，全县上下齐心协力推进各项工作取得了新的成效。"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # A figure in several stretches, and what stands around text.
        (p("全年投入", r("12", "<w:b/>"), r("34", "<w:i/>"), "万元。"), ["paragraph 全年投入1234万元。"]),
        (p("共", f"<w:hyperlink>{r('21')}</w:hyperlink>", f"<w:smartTag>{r('个')}</w:smartTag>", "村。"), ["paragraph 共21个村。"]),
        (p("共", f"<w:sdt><w:sdtContent>{r('21个')}</w:sdtContent></w:sdt>", "村。"), ["paragraph 共21个村。"]),
        (f"<w:sdt><w:sdtContent>{p('共3个乡。')}</w:sdtContent></w:sdt>", ["paragraph 共3个乡。"]),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + p("单击此处输入3个字") + "</w:sdtContent></w:sdt>" + p("共3乡。"),
         ["paragraph 共3乡。"]),
        # Tracked changes, hidden text, comments.
        (p("共", f"<w:ins>{r('21个')}</w:ins>", "<w:del><w:r><w:delText>20个</w:delText></w:r></w:del>", "村。"), ["paragraph 共21个村。"]),
        (p("共", f"<w:moveTo>{r('21个')}</w:moveTo>", f"<w:moveFrom>{r('20个')}</w:moveFrom>", "村。"), ["paragraph 共21个村。"]),
        (p("收入12", more="<w:rPr><w:del/></w:rPr>") + p("万元。"), ["paragraph 收入12万元。"]),
        (p("收入12。", more="<w:rPr><w:del/></w:rPr>"), ["paragraph 收入12。"]),
        (p("共21", r("22", "<w:vanish/>"), "个", r("村", '<w:vanish w:val="0"/>'), "。"), ["paragraph 共21个村。"]),
        (p("共21", r("22", '<w:rStyle w:val="gone"/>'), "个村。"), ["paragraph 共21个村。"]),
        (p("共21", '<w:commentRangeStart w:id="1"/>', "个", '<w:r><w:commentReference w:id="1"/></w:r>', "村。"), ["paragraph 共21个村。"]),
        # Fields: the result and not the code, nor what a field inside the code came to.
        (p("共", field(" REF a \\h ", "21"), "个村。"), ["paragraph 共21个村。"]),
        (p("共", field("IF</w:instrText></w:r>" + field("X", "99") + "<w:r><w:instrText>", "21"), "个村。"), ["paragraph 共21个村。"]),
        (p("共", f'<w:fldSimple w:instr="DOCPROPERTY n">{r("21")}</w:fldSimple>', "个村。"), ["paragraph 共21个村。"]),
        (p("甲。", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p("共21个村。"), ["paragraph 甲。", "paragraph 共21个村。"]),
        # Breaks, hyphens, signs, ruby, formulas.
        (p("甲村3户。", "<w:r><w:br/></w:r>", "乙村5户。"), ["paragraph 甲村3户。", "paragraph 乙村5户。"]),
        (p("全年村集体收入74.05", '<w:r><w:br w:type="page"/></w:r>', "万元，增长3%。"), ["paragraph 全年村集体收入74.05|万元，增长3%。"]),
        (p("全年村集体收入74.05") + p("万元，增长3%。"), ["paragraph 全年村集体收入74.05|万元，增长3%。"]),
        (p("甲", "<w:r><w:tab/></w:r>", "3户。"), ["paragraph 甲\t3户。"]),
        (p("由3", "<w:r><w:noBreakHyphen/></w:r>", "5户", "<w:r><w:softHyphen/></w:r>", "。"), ["paragraph 由3-5户。"]),
        (p("误差", '<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>', "3毫米。"), ["paragraph 误差±3毫米。"]),
        (p("打勾", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "3项。"), ["paragraph 打勾 3项。"]),
        (p("面积3平方千米（3km", r("2", '<w:vertAlign w:val="superscript"/>'), "）。"), ["paragraph 面积3平方千米（3km²）。"]),
        (p(f"<w:r><w:ruby><w:rt>{r('lǐ')}</w:rt><w:rubyBase>{r('里')}</w:rubyBase></w:ruby></w:r>", "长3里。"), ["paragraph 里长3里。"]),
        (p("约占", "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>", "。"),
         ["paragraph 约占1/3。"]),
        # Text boxes, once; behind the paragraph that they are anchored to.
        (p("正文3户。", box(p("框内5户。")), "后文。"), ["paragraph 正文3户。后文。", "paragraph 框内5户。"]),
        # Headings: by name, by level, by what a style is based on; a circle of styles ends.
        (p("总体情况", style="1") + p("甲。"), ["heading 总体情况", "paragraph 甲。"]),
        (p("总体情况。", style="my") + p("甲。"), ["heading 总体情况。", "paragraph 甲。"]),
        (p("总体情况：", style="zh") + p("甲。"), ["heading 总体情况：", "paragraph 甲。"]),
        (p("2020年3月", style="t") + p("甲。"), ["heading 2020年3月", "paragraph 甲。"]),
        (p("总体情况，", style="lvl") + p("甲。"), ["heading 总体情况，", "paragraph 甲。"]),
        (p("总体情况，", more='<w:outlineLvl w:val="0"/>') + p("甲。"), ["heading 总体情况，", "paragraph 甲。"]),
        (p("总体情况。", style="1", more='<w:outlineLvl w:val="9"/>') + p("甲。"), ["paragraph 总体情况。", "paragraph 甲。"]),
        (p("总体情况。", style="ring") + p("甲。", style="none"), ["paragraph 总体情况。", "paragraph 甲。"]),
        (p(LONG, style="1"), [f"paragraph {LONG}"]),
        (p("关于3个乡", "<w:r><w:br/></w:r>", "的通报", style="1"), ["heading 关于3个乡|的通报"]),
        (p("总体情况5", style="toc") + p("共3乡。"), ["paragraph 共3乡。"]),
        # Lists: the numbers that the plain text has inside its paragraphs come back, the others do not.
        (p("甲村3户。", more=listed(2)) + p("乙村5户。", style="li"), ["item 甲村3户。", "item 乙村5户。"]),
        (p("甲村3户。", style="li", more=listed(0)), ["paragraph 甲村3户。"]),
        (p("甲村3户。", more=listed(1, 2)), ["item 甲村3户。"]),
        (
            p("总体情况", more=listed(1)) + p("工业", more=listed(1, 1)) + p("农业", more=listed(1, 1)) + p("甲。")
            + p("下一步工作", style="1", more=listed(1)) + p("工业", more=listed(1, 1)) + p("甲。") + p("其他", more=listed(4)) + p("甲。"),
            ["heading 一、总体情况", "heading （一）工业", "heading （二）农业", "paragraph 甲。", "heading 二、下一步工作",
             "heading （一）工业", "paragraph 甲。", "heading 十一、其他", "paragraph 甲。"],
        ),
        (p("总则", style="1", more=listed(3)) + p("甲。"), ["heading 第1章　总则", "paragraph 甲。"]),
        # Paragraphs without a style are what they are in a plain text.
        (p("山河县脱贫纪实") + p("") + p("1. 甲村3户。") + p("图3 各乡镇分布"), ["heading 山河县脱贫纪实", "item 甲村3户。", "caption 图3 各乡镇分布"]),
        (p("图 各乡镇", style="cap"), ["caption 图 各乡镇"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("space", [W, STRICT])
def test_blocks(body: str, expected: list[str], space: str) -> None:
    assert blocks(opened(word(body, space=space, styles=STYLES, numbering=NUMBERING))) == expected


ARTICLE = """山河县脱贫纪实
2020年6月12日

一、总体情况
全县共有贫困村21个，其中已经出列15个，贫困发生率下降到3.5%。
全年村集体收入74.05
万元，增长3%。
（一）工业较快增长。
1. 甲村3户。
图1 各乡镇分布
山河县统计局"""


def test_an_article_gives_the_blocks_of_its_plain_text() -> None:
    made = docx.Document()
    made.core_properties.created = made.core_properties.modified = datetime(2013, 12, 23)
    for line in ARTICLE.split("\n"):
        made.add_paragraph(line)
    file = BytesIO()
    made.save(file)
    document, plain = opened(file.getvalue()), make_document(ARTICLE)
    assert blocks(document) == blocks(plain)
    assert document.published == date(2020, 6, 12)
    assert document.warnings == ()


def test_properties_tell_no_day_of_publication() -> None:
    made = docx.Document()
    made.add_paragraph("全县共有3个乡。")
    made.sections[0].header.paragraphs[0].text = "内部资料9份"
    made.sections[0].footer.paragraphs[0].text = "第9页"
    file = BytesIO()
    made.save(file)
    assert opened(file.getvalue()).published is None
    assert opened(file.getvalue()).text == "全县共有3个乡。\n"
    assert read_document("a.docx", data=file.getvalue(), published="2021-3-1").published == date(2021, 3, 1)


def test_what_python_docx_writes() -> None:
    made = docx.Document()
    made.add_heading("山河县通报", 0)
    made.add_heading("总体情况", 2)
    made.styles.add_style("县局标题", WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Heading 3"]
    made.add_paragraph("产业发展。", style="县局标题")
    words = made.add_paragraph("收入")
    words.add_run("12").bold = True
    words.add_run("34万元。").add_break(WD_BREAK.PAGE)
    made.add_paragraph("甲村3户。", style="List Bullet")
    made.add_paragraph("乙村5户。", style="List Number")
    file = BytesIO()
    made.save(file)
    assert blocks(opened(file.getvalue())) == [
        "heading 山河县通报", "heading 总体情况", "heading 产业发展。", "paragraph 收入1234万元。", "item 甲村3户。", "item 乙村5户。",
    ]  # fmt: skip


def tc(*content: str, span: int = 1, merge: str = "") -> str:
    looks = f'<w:gridSpan w:val="{span}"/>' + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{''.join(c if '<' in c else p(c) for c in content)}</w:tc>"


def tr(*cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def grid(document: Document, number: int) -> list[str]:
    """The cells of a table: place, spans where there are any, the words."""
    table = document.tables[number]
    return [
        f"{c.row},{c.column}"
        + (f" {c.row_span}x{c.column_span}" if (c.row_span, c.column_span) != (1, 1) else "")
        + (" th" if c.header else "")
        + (f" +{c.indent}" if c.indent else "")
        + f" {document.text[c.start : c.end]}"
        for c in table.cells
    ]


def test_tables() -> None:
    inner = tbl(tr(tc("丙"), tc("1")))
    document = opened(
        word(
            p("正文。")
            + tbl(
                tr(tc("乡镇", merge="restart"), tc("户数", span=2), more="<w:tblHeader/>"),
                tr(tc("", merge="continue"), tc("2019年"), tc("2020年"), more='<w:tblHeader w:val="true"/>'),
                tr(tc("合计"), tc("8"), tc("9")),
                tr(tc(p("其中：甲乡", more='<w:ind w:firstLineChars="200" w:firstLine="420"/>')), tc("　3"), tc("")),
                tr(tc("旧"), tc("7"), tc("7"), more="<w:del/>"),
                "<w:sdt><w:sdtContent>" + tr(tc("乙乡"), tc("5", "万"), tc(inner, p("6"))) + "</w:sdtContent></w:sdt>",
                tr(tc("注"), more='<w:gridBefore w:val="2"/>'),
            )
            + p("后文。")
        )
    )
    assert grid(document, 0) == [
        "0,0 2x1 th 乡镇", "0,1 1x2 th 户数", "1,1 th 2019年", "1,2 th 2020年", "2,0 合计", "2,1 8", "2,2 9",
        "3,0 +2 其中：甲乡", "3,1 +1 3", "4,0 乙乡", "4,1 5\n万", "4,2 6", "5,2 注",
    ]  # fmt: skip
    assert (document.tables[0].rows, document.tables[0].columns) == (6, 3)
    assert grid(document, 1) == ["0,0 丙", "0,1 1"]
    assert [b.split(" ", 1)[1] for b in blocks(document)] == [
        "正文。", "乡镇", "户数", "2019年", "2020年", "合计", "8", "9", "其中：甲乡", "3", "乙乡", "5|万", "6", "注", "丙", "1", "后文。",
    ]  # fmt: skip
    for words, said, english in (
        ("正文", "第1段", "¶1"),
        ("后文", "第2段", "¶2"),
        ("9", "表1第3行第3列", "table 1 R3C3"),
        ("丙", "表2第1行第1列", "table 2 R1C1"),
    ):
        place = document.place(document.text.rindex(words))
        assert (place.said("zh"), place.said("en")) == (said, english)
    assert document.place(document.text.index("2020年")).as_json() == {"table": {"number": 1, "row": 2, "column": 3}}


SMALL = tbl(tr(tc("甲"), tc("3")))


@pytest.mark.parametrize(
    ("before", "after", "captions"),
    [
        (p("表1 各乡镇户数") + p(""), "", ["表1 各乡镇户数"]),
        (p("附表2-1　各乡镇户数"), "", ["附表2-1　各乡镇户数"]),
        (p("表1 各乡镇户数") + p("单位：万元"), "", ["表1 各乡镇户数\n单位：万元"]),
        (p("正文。") + p("单位：万元、户"), "", ["单位：万元、户"]),
        (p("各乡镇户数", style="cap"), "", ["各乡镇户数"]),
        (p("表1显示，全县有3户。"), p("正文。"), [None]),
        (p("表1 各乡镇户数为3户。"), "", [None]),
        (p("图1 各乡镇", style="cap"), "", [None]),
        ("", p("表", field("SEQ", "1"), " 各乡镇户数", style="cap"), ["表1 各乡镇户数"]),
        (p("表1 甲"), p("表2 乙") + SMALL, ["表1 甲", "表2 乙"]),
        ("", p("表1 甲", style="cap") + SMALL, [None, "表1 甲"]),
    ],
)
def test_captions(before: str, after: str, captions: list[str | None]) -> None:
    document = opened(word(before + SMALL + after, styles=STYLES))
    found = [None if t.caption is None else document.text[slice(*t.caption)] for t in document.tables]
    assert found == captions
    written = [line for line in document.text.split("\n") if line not in ("甲", "3")]
    assert len(written) == len(set(written))  # nothing is written twice


def test_a_frame_around_a_text_is_no_table() -> None:
    document = opened(word(tbl(tr(tc("山河县通报", "全县共有3个乡。")))))
    assert (document.tables, blocks(document)) == ((), ["heading 山河县通报", "paragraph 全县共有3个乡。"])
    assert document.place(0).said("zh") == "表1第1行第1列"


def test_notes_and_places() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    document = opened(
        word(
            p("") + p("全县共有21个村", reference.format(5), "。", box(p("框内7户。"))) + p("第三段", reference.format(2), "。")
            + p("尾注", '<w:r><w:endnoteReference w:id="1"/></w:r>', "。"),
            footnotes='<w:footnote w:type="separator" w:id="-1">' + p("0") + "</w:footnote>"
            + '<w:footnote w:id="2">' + p("<w:r><w:footnoteRef/></w:r>", "乙数3户。") + "</w:footnote>"
            + '<w:footnote w:id="4">' + p("没有人引用。") + "</w:footnote>"
            + '<w:footnote w:id="5">' + p("甲数8户。") + "</w:footnote>",
            endnotes='<w:endnote w:id="1">' + p("丙数9户。") + "</w:endnote>",
        )
    )  # fmt: skip
    assert document.text == "全县共有21个村。\n框内7户。\n第三段。\n尾注。\n甲数8户。\n乙数3户。\n丙数9户。\n"
    places = [document.place(b.start) for b in document.blocks]
    assert [x.said("zh") for x in places] == ["第2段", "第2段", "第3段", "第4段", "脚注1", "脚注2", "尾注1"]
    assert [x.said("en") for x in places[3:]] == ["¶4", "footnote 1", "footnote 2", "endnote 1"]
    assert [x.as_json() for x in places[3:]] == [{"paragraph": 4}, {"footnote": 1}, {"footnote": 2}, {"endnote": 1}]
    schema = load_schema()
    for place in places:
        jsonschema.validate(place.as_json(), {**schema["$defs"]["location"], "$defs": schema["$defs"]})


def test_what_is_not_read_is_said() -> None:
    document = opened(word(p("共3乡。") + "<w:altChunk/>"))
    assert "1 个其他文件" in document.warnings[0]
    assert opened(word("")).warnings == ("没有任何文字",)


def refused(data: bytes, lang: str = "zh") -> tuple[str, str]:
    with pytest.raises(SourceError) as caught:
        read_document("a.docx", data=data, lang="en" if lang == "en" else "zh")
    return caught.value.code, caught.value.message


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BODY = part("document", f"<w:body>{p('共3乡。')}</w:body>")
GOOD = word(p("共3乡。"))
# Nested so many levels deep, which is deeper than is read.
DEEP: dict[str, Callable[[int], bytes]] = {
    "tables": lambda levels: word("<w:tbl><w:tr><w:tc>" * levels + "</w:tc></w:tr></w:tbl>" * levels),
    "controls": lambda levels: word("<w:sdt><w:sdtContent>" * levels + "</w:sdtContent></w:sdt>" * levels),
    "insertions": lambda levels: word(p("<w:ins>" * levels + "</w:ins>" * levels)),
}


def with_main(content: str | bytes) -> bytes:
    return packed({"_rels/.rels": relations(("officeDocument", "word/document.xml")), "word/document.xml": content})


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (GOOD[: len(GOOD) // 2], "damaged", "ZIP"),
        (b"PK\x03\x04" + bytes(40) + b"word/document.xml", "damaged", "ZIP"),
        (packed({"word/styles.xml": part("styles", "")}), "damaged", "word/document.xml"),
        (with_main(BODY[:-20]), "damaged", "XML"),
        (with_main(""), "damaged", "XML"),
        (with_main("<html/>"), "damaged", "不是 Word 文档"),
        (with_main(BODY.replace("?><w", f'?><!DOCTYPE w [<!ENTITY l0 "哈">{LAUGHS}]><w').replace("共", "&l9;")), "damaged", "DTD"),
        (with_main(BODY.replace("?><w", '?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w').replace("共", "&x;")), "damaged", "DTD"),
        (with_main(BODY.replace("?><w", '?><!DOCTYPE w SYSTEM "http://127.0.0.1:9/a.dtd"><w')), "damaged", "DTD"),
        (with_main(BODY.replace("UTF-8", "utf-99")), "damaged", "XML"),
        *[(deep(10_000), "too-large", "256 层") for deep in DEEP.values()],
        (with_main(b" " * MB).replace(MB.to_bytes(4, "little"), (257 * MB).to_bytes(4, "little")), "too-large", "256 MB"),
        (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "encrypted", "已加密，请先解密"),
        (OLE + bytes(512) + "WordDocument".encode("utf-16-le"), "unsupported", ".doc/.wps"),
    ],
)  # fmt: skip
def test_refused(data: bytes, code: str, words: str) -> None:
    found = refused(data)
    assert found[0] == code
    assert words in found[1]
    assert "\n" not in found[1]


@pytest.mark.parametrize("name", DEEP)
def test_what_is_refused_takes_no_more_time_than_its_size(name: str) -> None:
    assert_linear(refused, DEEP[name], 16_000, what=name)


def test_refused_in_english() -> None:
    assert refused(with_main(""), "en")[1].startswith("a Word document (.docx) is damaged")
    assert "without a password" in refused(OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "en")[1]


def test_nesting_up_to_the_limit_is_read() -> None:
    deep = (DEEPEST - 8) // 3
    document = opened(word("<w:tbl><w:tr><w:tc>" * deep + p("共3乡。") + "</w:tc></w:tr></w:tbl>" * deep))
    assert blocks(document) == ["paragraph 共3乡。"]
    deep = (DEEPEST - 8) // 2
    assert (
        "共3乡" in opened(word("<w:sdt><w:sdtContent>" * deep + p("共3乡。") + "</w:sdtContent></w:sdt>" * deep)).text
    )


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordwalk, "MOST_CELLS", 100)
    assert "单元格超过 100 个" in refused(word(tbl(tr(tc("1", span=60)), tr(tc("1", span=60)))))[1]
    assert opened(word(tbl(tr(tc("1", span=99_999_999), tc("2"))))).tables[0].columns == 64
    monkeypatch.setattr(wordreader, "MOST_ELEMENTS", 50)
    assert refused(word(p("1") * 50)) == ("too-large", "Word 文档（.docx）过大：XML 元素超过 50 个")


def test_cut_and_altered_files_only_ever_give_source_errors() -> None:
    data = word(p("共3乡。", style="1") + SMALL, styles=STYLES, numbering=NUMBERING)
    read = 0
    for at in range(0, len(data), 7):
        try:
            opened(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
            read += 1
        except SourceError as error:
            assert error.code in ("damaged", "encrypted", "too-large", "binary", "undecodable")
    assert read


def test_tens_of_thousands_of_paragraphs() -> None:
    def written(pairs: int) -> bytes:
        return word((p("全县共有", r("21", "<w:b/>"), "个村，收入3万元。") + p("")) * pairs, styles=STYLES)

    document = opened(written(12_500))
    assert len(document.blocks) == 12_500
    assert document.place(document.blocks[-1].start).as_json() == {"paragraph": 24_999}
    assert_linear(opened, written, 3000)


@pytest.mark.parametrize(
    ("many", "body"),
    [
        (4000, lambda n: p("共3乡。", more="<w:rPr><w:del/></w:rPr>") * n),
        (4000, lambda n: p(*['<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>3</w:t></w:r>'] * n)),
        (2000, lambda n: tbl(*[tr(tc("1", span=63, merge="continue"))] * n)),
        (2000, lambda n: p(box(p("甲") * n))),
        (8000, lambda n: p("<w:r><w:br/></w:r>" * n)),
    ],
    ids=["deleted ends", "open fields", "merged cells", "a text box", "line breaks"],
)  # fmt: skip
def test_much_of_one_thing_takes_no_more_time_than_its_size(many: int, body: Callable[[int], str]) -> None:
    assert_linear(opened, lambda n: word(body(n)), many)


def test_a_long_text_is_never_held_as_a_tree() -> None:
    data = word(p("全县共有21个村，收入3万元。") * 5_000, styles=STYLES)
    tracemalloc.start()
    opened(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * MB


def check(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "checker", "check", *arguments], cwd=cwd, capture_output=True, check=False
    )


def test_from_file_to_report(tmp_path: Path) -> None:
    body = (
        p("山河县通报", style="1")
        + p("搬迁163户", r("41", "<w:b/>"), "人。")
        + tbl(tr(tc("甲"), tc("搬迁163户41人。")))
    )
    for name in ("a.docx", "宏.docm"):
        (tmp_path / name).write_bytes(word(body, styles=STYLES))
    (tmp_path / "bad.docx").write_bytes(GOOD[:-30])
    done = check("--format", "json", ".", cwd=tmp_path)
    assert done.returncode == 2
    report = json.loads(done.stdout)
    jsonschema.validate(report, load_schema())
    assert [(error["path"], error["code"]) for error in report["errors"]] == [("./bad.docx", "damaged")]
    assert len(report["documents"]) == 2
    for document in report["documents"]:
        places = [finding["location"] for finding in document["findings"] if finding["rule"] == "CK301"]
        assert places == [{"paragraph": 2}, {"table": {"number": 1, "row": 1, "column": 2}}]
    said = check("--lang", "zh", "a.docx", cwd=tmp_path)
    assert said.returncode == 1
    assert "第2段" in said.stdout.decode()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no soffice on this machine")
def test_what_libreoffice_writes(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<meta charset=utf-8><h1>山河县通报</h1><p>全县<b>1</b>2个村。<ul><li>甲村3户。</ul>"
        "<table><thead><tr><th>乡镇<th colspan=2>户数</thead><tr><td rowspan=2>甲<td>3<td>5<tr><td>4<td>6</table><p>后文。",
        "utf-8",
    )
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=HTML (StarWriter)",
         "--convert-to", "docx:MS Word 2007 XML", "a.html"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    document = read_document(tmp_path / "a.docx")
    assert blocks(document)[:3] == ["heading 山河县通报", "paragraph 全县12个村。", "item 甲村3户。"]
    cells = [cell.replace(" th", "") for cell in grid(document, 0)]
    assert cells == ["0,0 乡镇", "0,1 1x2 户数", "1,0 2x1 甲", "1,1 3", "1,2 5", "2,1 4", "2,2 6"]
    assert blocks(document)[-1] == "paragraph 后文。"
