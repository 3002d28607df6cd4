"""HTML pages: blocks, figures at their places in the source, tables, encodings, the day of publication, broken pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from growing import assert_linear

from checker.cli import main
from checker.document import Document
from checker.errors import SourceError, UsageError
from checker.sources import read_document
from checker.sources.html.tokens import attributes, pieces_of, tokens
from checker.sources.signatures import _HTML, looks_like_html

SENTENCE = "全县易地搬迁163户，其中山区41户，比上年增加12户。"
TRADITIONAL = "全港學校共有1,024間，當中公營學校八百多間，學生人數較去年減少約兩個百分點。"


def page(source: str, published: date | None = None) -> Document:
    return read_document("page.html", published=published, data=source.encode("utf-8", "surrogatepass"))


def written(document: Document) -> list[str]:
    """Each block as its kind and its words, spans parted by a bar."""
    return [f"{b.kind} {'|'.join(document.text[s:e] for s, e in b.spans)}" for b in document.blocks]


# A page, and what its blocks hold.
BLOCKS = [
    ("<h1>通报</h1><p>全县3个乡。</p>", ["heading 通报", "paragraph 全县3个乡。"]),
    ("<h2>甲</h3>乙<h6>丙</h6>", ["heading 甲", "paragraph 乙", "heading 丙"]),
    ("<ul><li>甲3户<li>乙5户<ul><li>丙</ul></ul>丁", ["item 甲3户", "item 乙5户", "item 丙", "paragraph 丁"]),
    ("<dl><dt>户数<dd>3户<dt>人数<dd>8人</dl>", ["paragraph 户数", "paragraph 3户", "paragraph 人数", "paragraph 8人"]),
    ("<p>甲<p>乙<div>丙<div>丁</div>戊</div>己", [f"paragraph {word}" for word in "甲乙丙丁戊己"]),
    ("<figure><img><figcaption>图1 三个村</figcaption></figure>后", ["caption 图1 三个村", "paragraph 后"]),
    ("<blockquote>引文<p>3户</p></blockquote>", ["paragraph 引文", "paragraph 3户"]),
    # What only its wording tells, as in plain text.
    (
        "<p><strong>一、总体情况</strong></p><p>（一）增长。全年增加12亿元，增长5%。</p><div>图3 三个村</div>",
        ["heading 一、总体情况", "paragraph （一）增长。全年增加12亿元，增长5%。", "caption 图3 三个村"],
    ),
    # A br ends a line, unless it cut a figure in two.
    ("<p>甲3户<br>乙5户<br/>丙</p>", ["paragraph 甲3户", "paragraph 乙5户", "paragraph 丙"]),
    ("<p>全年村集体收入74.05<br>万元，增长3%。</p>", ["paragraph 全年村集体收入74.05|万元，增长3%。"]),
    ("<p>全年村集体收入74.05</p><p>万元。</p>", ["paragraph 全年村集体收入74.05", "paragraph 万元。"]),
    # White space as in a browser: nothing between Han characters, one space elsewhere.
    ("<p>\n  全县共有\n  贫困村  21\n个 ，\t3 户。 </p>", ["paragraph 全县共有贫困村 21 个 ， 3 户。"]),
    ("<p>全县<b> 3</b> <i> 个</i></p>", ["paragraph 全县 3 个"]),
    ("<p>&nbsp;&emsp;　全县&nbsp;3个&#12288;</p>", ["paragraph 全县\xa03个"]),
    ("<pre>甲  3户\n乙  5户\n\n- 丙&amp;丁</pre>", ["heading 甲  3户", "heading 乙  5户", "item 丙&丁"]),
    # Inline elements never break a word.
    ("<p>1<b>2</b><span>3</span><a href=x>4</a><font>5</font>户</p>", ["paragraph 12345户"]),
    ("<b><p>1</b>2户</p>", ["paragraph 12户"]),
    ("<p>1&shy;2<wbr>3&#8203;4&thinsp;567户\ufeff</p>", ["paragraph 1234567户"]),
    ("<p>3&thinsp;万元，5&thinsp;3412</p>", ["paragraph 3\u2009万元，5\u20093412"]),
    # Small type: notes are left out, exponents are written as such.
    (
        "<p>出列15<sup>[1]</sup>个村<sup>②</sup>3<sup><a href=#n>1</a></sup>户<sub>（注2）</sub><sup>2,3</sup></p>",
        ["paragraph 出列15个村3户"],
    ),
    (
        "<p>3km<sup>2</sup>、2×10<sup>-4</sup>米<sup>3</sup>、PM<sub>2.5</sub></p>",
        ["paragraph 3km²、2×10⁻⁴米³、PM2.5"],
    ),
    ("<p>共110<sup>4</sup>户，A<sup>th</sup></p>", ["paragraph 共110户，Ath"]),
    # References, whole and broken.
    ("<p>&lt;&#51;户&gt; &#x33;户 &amp;amp; &copy2 &nosuch; & &# &#x; &#0;</p>",
     ["paragraph <3户> 3户 &amp; ©2 &nosuch; & &# &#x; �"]),
    ("<p>&#99999999999999999999999;户&#xD800;</p>", ["paragraph �户�"]),
    # What a reader does not see, or what is not the text of the page.
    ("前<script>'<p>3户</p>'</script>后", ["paragraph 前后"]),
    ("<style>p{}</style><noscript>3户</noscript><template><p>3户</p></template>后", ["paragraph 后"]),
    ("<!-- <p>3户 -->甲<!---->乙<![CDATA[3户]]>丙<?php 3?>丁<!x>", ["paragraph 甲乙丙丁"]),
    ("<div hidden>3户<div>4户</div>5户</div>后", ["paragraph 后"]),
    ("前<span style='DISPLAY : none'>3<span>4</span>5</span>后", ["paragraph 前后"]),
    ("<p aria-hidden=true>3户<p>后<ul><li hidden>3户<li>乙</ul>", ["paragraph 后", "item 乙"]),
    ("<p>甲<s hidden>3<p>后", ["paragraph 甲", "paragraph 后"]),
    ("<body style='visibility:hidden'>甲<input hidden>乙<br hidden>丙", ["paragraph 甲乙", "paragraph 丙"]),
    ("<nav><ul><li>3户</ul></nav><div role=navigation>5户</div>后", ["paragraph 后"]),
    ("<select><option>3户<option>5户</select><button>3户</button><textarea>3<p></textarea>后", ["paragraph 后"]),
    ("<article>甲<footer>注</footer></article><footer>3户</footer>", ["paragraph 甲", "paragraph 注"]),
    ("<dialog>3户</dialog><dialog open>5户</dialog>", ["paragraph 5户"]),
    ("<p>原定<del>3</del>5户，<s>4</s>6人</p>", ["paragraph 原定5户，6人"]),
    ("<ruby>縣<rp>(<rt>3<rp>)</ruby>有3户", ["paragraph 縣有3户"]),
    ("<svg><text>3户</text></svg>气温<5℃<8", ["paragraph 气温<5℃<8"]),
    # The title is a heading where nothing else says the same.
    ("<title>全县3个乡</title><p>甲</p>", ["heading 全县3个乡", "paragraph 甲"]),
    ("<title>全县&#51;个乡_某网</title><p>甲</p>", ["heading 全县3个乡", "paragraph 甲"]),
    ("<title>全县3个乡 - 某网</title><div>全县 3个乡</div>", ["paragraph 全县 3个乡"]),
    ("<title>全县3个乡</title><h1>通报</h1>", ["heading 通报"]),
    ("<title>全县3个乡</title><h1><img src=logo></h1><h2>通报</h2>", ["heading 全县3个乡", "heading 通报"]),
    ("", []),
    ("<p> </p>&nbsp;", []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), BLOCKS)
def test_blocks(source: str, expected: list[str]) -> None:
    document = page(source)
    assert written(document) == expected
    spans = [span for block in document.blocks for span in block.spans]
    assert all(low_end <= high_start for (_, low_end), (high_start, _) in pairwise(spans))


@pytest.mark.parametrize("source", [source for source, _ in BLOCKS])
def test_every_character_leads_back_to_its_own(source: str) -> None:
    """A character of the text stands at its place in the source, or a reference, an exponent or white space does."""
    document = page(source)
    lines = source.split("\n")
    for block in document.blocks:
        for start, end in block.spans:
            for at in range(start, end):
                place = document.place(at).as_json()
                line, column = place["line"], place["column"]
                assert isinstance(line, int) and isinstance(column, int)
                there = (lines[line - 1] + "\n")[column - 1]
                char = document.text[at]
                assert there == char or there == "&" or (char == " " and there.isspace()) or char in "²³⁻⁴"


# A page in which ¦ marks the first character of each figure, and the figures in it.
FIGURES = [
    ("<p>收入¦12<b>34</b>万元</p>", ["1234万元"]),
    ("<p>收入¦&#49;2万元，支出¦3&nbsp;万元</p>", ["12万元", "3\xa0万元"]),
    ("<p>收入¦1&thinsp;234万元</p>", ["1234万元"]),
    ("<p>收入<b>¦<!-- 注 -->1</b>2万<i>元</i></p>", ["12万元"]),
    ("<h1>𠮷村有¦3户</h1>\r\n<p>\r\n  其中山区<em\nclass='a>b'>¦2</em>户</p>", ["3户", "2户"]),
    ("<p>👍👍共¦&#x33;0户<br>山区¦５户</p>", ["30户", "５户"]),
    ("<table><tr><th>乡<th>户数<tr><td>甲<td> <b>¦1</b>2户<tr><td>乙<td>¦5户</table>", ["12户", "5户"]),
    ("<p>全年村集体收入¦74.05<br>万元</p>", ["74.05\n万元"]),
    ("<pre>甲村\n  ¦3户</pre>", ["3户"]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), FIGURES)
def test_a_finding_points_into_the_source(
    marked: str, expected: list[str], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    parts = marked.replace("¦<!-- 注 -->", "<!-- 注 -->¦").split("¦")
    places = []
    for i in range(1, len(parts)):
        lines = "".join(parts[:i]).split("\n")
        places.append({"line": len(lines), "column": len(lines[-1]) + 1})
    path = tmp_path / "page.html"
    path.write_bytes("".join(parts).encode())
    assert main(["check", str(path), "--format", "json"]) == 0
    (document,) = json.loads(capsysbinary.readouterr().out)["documents"]
    assert [quantity["text"] for quantity in document["quantities"]] == expected
    locations = [quantity["location"] for quantity in document["quantities"]]
    assert [{name: place[name] for name in ("line", "column")} for place in locations] == places


def test_a_figure_in_a_table_tells_its_cell() -> None:
    source = "<p>3户</p><table><tr><th>乡<th>户<tr><td>甲<td>5<tr><td>乙<td>7<br>8</table><p>9户</p>"
    document = page(source)
    found = [document.place(document.text.index(digit)).as_json() for digit in "35789"]
    assert [place.get("table") for place in found] == [
        None,
        {"number": 1, "row": 2, "column": 2},
        {"number": 1, "row": 3, "column": 2},
        {"number": 1, "row": 3, "column": 2},
        None,
    ]
    assert [place["column"] for place in found] == [source.index(digit) + 1 for digit in "35789"]


def test_end_to_end(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "page.htm"
    path.write_text(
        "<!doctype html>\n<meta name=pubdate content='2020-06-12 09:30'>\n<title>通报_某网</title>\n"
        "<p>全县易地搬迁<span>1</span>63户<b>&#52;1</b>人。\n<p>联系¦",
        "utf-8",
    )
    assert main(["check", str(path), "--format", "json", "--published", "2021-01-02"]) == 1
    (document,) = json.loads(capsysbinary.readouterr().out)["documents"]
    assert document["published"] == "2021-01-02"
    (finding,) = document["findings"]
    assert (finding["rule"], finding["location"]) == ("CK301", {"line": 4, "column": 30})
    assert {"line": 4, "column": 16} in [q["location"] for q in document["quantities"]]


# A page, and its tables: each cell as row,column[+spans] words, a head marked *, an indentation >.
TABLES = [
    (
        "<table><caption>表一 <b>户数</b></caption><tr><th>乡<th>户数<tr><td>甲<td>3<tr><td>　乙<td></table>",
        ["表一 户数 3×2: 0,0*乡 0,1*户数 1,0 甲 1,1 3 2,0>>乙"],
    ),
    (
        "<table><thead><tr><td rowspan=2>乡<td colspan=2>户<tr><td>上年<td>今年<tbody><tr><td>甲<td>3<td>5</table>",
        ["- 3×3: 0,0+2,1*乡 0,1+1,2*户 1,1*上年 1,2*今年 2,0 甲 2,1 3 2,2 5"],
    ),
    (
        "<table><tr><td>甲<td rowspan=0>3<tr><td>乙<tr><td rowspan=1000000000 colspan=1000000000>丙</table>",
        ["- 3×2: 0,0 甲 0,1+3,1 3 1,0 乙 2,0 丙"],
    ),
    (
        "<table><tr><td>&nbsp;&nbsp;甲<td>&nbsp;3<tr><td style='padding-left:24px'>乙<td>4<tr><td><p style='text-indent:2em'>丙</p><td>5</table>",
        ["- 3×2: 0,0>>甲 0,1 3 1,0>>>乙 1,1 4 2,0>>>>丙 2,1 5"],
    ),
    ("<table><tr><td>甲<br>乡<td>3<br>(2)<tr><td>乙<td>4<p>5</table>", ["- 2×2: 0,0 甲 乡 0,1 3 (2) 1,0 乙 1,1 4 5"]),
    ("<table><tr><td>甲<td>3<tr style='display:none'><td>乙<td>4<tr><td>丙<td>5</table>",
     ["- 3×2: 0,0 甲 0,1 3 2,0 丙 2,1 5"]),
    # Paragraphs above a table that name it and tell its unit.
    ("<p>全县如下。<p>表1 <b>户数</b><p>单位：户<table><tr><td>甲<td>3<tr><td>乙<td>4</table>",
     ["表1 户数 单位：户 2×2: 0,0 甲 0,1 3 1,0 乙 1,1 4"]),
    ("<p>表1 户数<p>单位：户<table><caption>户数</caption><tr><td>甲<td>3<tr><td>乙<td>4</table>",
     ["单位：户 户数 2×2: 0,0 甲 0,1 3 1,0 乙 1,1 4"]),
    ("<p>表1显示，户数不变。<table><tr><td>甲<td>3<tr><td>乙<td>4</table>", ["- 2×2: 0,0 甲 0,1 3 1,0 乙 1,1 4"]),
    # Unclosed, stray and misplaced tags.
    ("<tr><td>甲</td></tr></table><table><td>甲<td>3<tr><td>乙</div><td>4", ["- 2×2: 0,0 甲 0,1 3 1,0 乙 1,1 4"]),
    ("<table><tr><td>甲<td>3<tr><td>乙<td>4<table><tr><td>丙<td>5<tr><td>丁<td>6</table></table>",
     ["- 2×2: 0,0 丙 0,1 5 1,0 丁 1,1 6"]),
    ("<table><tr><th>甲<th>3<tr><td>乙<td>4<table><tr><td>丙<td>5<tr><td>丁<td>6</table></table>",
     ["- 2×2: 0,0*甲 0,1*3 1,0 乙 1,1 4", "- 2×2: 0,0 丙 0,1 5 1,0 丁 1,1 6"]),
    # Layout is no table.
    ("<table><tr><td>全县3户</table>", []),
    ("<table><tr><td>全县3户<td>全市5户</table>", []),
    ("<table role=presentation><tr><td>甲<td>3<tr><td>乙<td>4</table>", []),
    (f"<table><tr><td>导航<td>3<tr><td>正文<td>{SENTENCE * 10}</table>", []),
    ("<table><tr><td>甲<tr><td>乙<tr><td>丙</table>", []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), TABLES)
def test_tables(source: str, expected: list[str]) -> None:
    document = page(source)
    said = []
    for table in document.tables:
        caption = "-" if table.caption is None else " ".join(document.text[slice(*table.caption)].split())
        cells = " ".join(
            f"{c.row},{c.column}{'' if (c.row_span, c.column_span) == (1, 1) else f'+{c.row_span},{c.column_span}'}"
            f"{'*' if c.header else ''}{'>' * c.indent or ('' if c.header else ' ')}{document.text[c.start : c.end]}"
            for c in table.cells
        )
        said.append(f"{caption} {table.rows}×{table.columns}: {cells}")
    assert said == expected


def test_a_layout_table_keeps_the_order_and_kinds_of_its_text() -> None:
    source = (
        f"前<table><tr><td>菜单<td><h2>标题</h2>{SENTENCE * 10}<ul><li>甲</ul>"
        "<table><tr><td>甲<td>3<tr><td>乙<td>4</table>后</table>末"
    )
    assert written(page(source)) == [
        "paragraph 前", "paragraph 菜单", "heading 标题", f"paragraph {SENTENCE * 10}", "item 甲",
        "cell 甲", "cell 3", "cell 乙", "cell 4", "paragraph 后", "paragraph 末",
    ]  # fmt: skip


WRONG = "声明的编码"


@pytest.mark.parametrize(
    ("head", "encoding", "option", "warning"),
    [
        ('<meta charset="big5">', "big5", None, None),
        ("<meta http-equiv=Content-Type content='text/html; charset=big5'>", "big5hkscs", None, None),
        ('<?xml version="1.0" encoding="big5"?><html>', "big5", None, None),
        ("<!--" + "x" * 3000 + "--><meta charset=big5>", "big5", None, None),
        ("<meta charset=gb2312>", "gb18030", None, None),
        ("<meta charset=gbk>", "utf-8", None, WRONG),
        ("<meta charset=utf-8>", "gb18030", None, WRONG),
        ("<meta charset=utf-16>", "utf-8", None, None),
        ("<meta charset=gbk>", "utf-8-sig", None, None),
        ("<meta charset=utf-8>", "utf-16", None, None),
        ("<meta charset=utf-8>", "big5", "big5", None),
        ("<meta charset=x-user-defined>", "utf-8", None, None),
        ("", "gb18030", None, None),
        ("", "big5", None, "更像 Big5"),
    ],
)
def test_encodings(head: str, encoding: str, option: str | None, warning: str | None) -> None:
    data = f"{head}<p>{TRADITIONAL}</p>".encode(encoding)
    document = read_document("page.html", encoding=option, data=data)
    assert (warning is None) == (document.warnings == ())
    assert warning is None or warning in document.warnings[0]
    assert (document.text.strip() == TRADITIONAL) == (warning is None or warning == WRONG)


def test_a_short_declared_page_that_happens_to_be_utf8() -> None:
    data = b"<meta charset=gbk><p>" + "小学".encode("gbk")
    assert data.decode("utf-8")
    assert written(read_document("page.html", data=data)) == ["paragraph 小学"]


def test_pages_that_cannot_be_decoded() -> None:
    with pytest.raises(SourceError, match="损坏"):
        read_document("a.html", data=b"<meta charset=utf-8>" + SENTENCE.encode() + b"\xff")
    with pytest.raises(SourceError, match="big5"):
        read_document("a.html", encoding="big5", data=b"<p>\xff\xff\xff")
    with pytest.raises(UsageError, match="utf-9"):
        read_document("a.html", encoding="utf-9", data=b"<p>")


@pytest.mark.parametrize(
    ("source", "published"),
    [
        ('<meta property="article:published_time" content="2020-06-12T08:30:00+08:00">', date(2020, 6, 12)),
        ("<meta name=PubDate content='2020-06-12 09:30'>", date(2020, 6, 12)),
        ("<META NAME='DC.Date.Issued' CONTENT='2020年6月12日'>", date(2020, 6, 12)),
        ("<meta name=date content='{{date}}'><p>2019年9月18日", date(2019, 9, 18)),
        ("<time datetime=2020-06-12T08:30 pubdate>今天</time>", date(2020, 6, 12)),
        ("<time itemprop='datePublished' datetime=2020-06-12>今天</time>", date(2020, 6, 12)),
        ("<time datetime=2020-06-12>今天</time>", None),
        ('<script type="application/ld+json">{"datePublished" : "2020-06-12T00:00:00Z"}</script>', date(2020, 6, 12)),
        ("<meta name=date content=2019-01-01><meta name=pubdate content=2020-06-12>", date(2020, 6, 12)),
        ("<meta name=lastmodified content=2020-06-12>", None),
        ("<h1>标题</h1><p>发布时间：2018-03-01 10:00　来源：某报</p>", date(2018, 3, 1)),
    ],
)
def test_published(source: str, published: date | None) -> None:
    assert page(source + "<p>正文。</p>").published == published
    assert page(source, published=date(2001, 1, 1)).published == date(2001, 1, 1)


def test_what_opens_as_html_is_html(tmp_path: Path) -> None:
    for name in ("page.txt", "page", "-"):
        assert written(read_document(name, data=b"\xef\xbb\xbf\n<!DOCTYPE html><p>a</p>")) == ["paragraph a"]
    assert written(read_document("a.txt", data=b"<p>a</p>")) == ["paragraph <p>a</p>"]
    xml = '<?xml version="1.0"?><html><script src="a"/><td/><p>甲<![CDATA[<3户&amp;]]></p></html>'
    assert written(read_document("a.xhtml", data=xml.encode())) == ["paragraph 甲<3户&amp;"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>甲</p>\n<script>乙", "第 2 行的 <script> 没有结束"),
        ("<p>甲</p><!-- 乙", "没有结束"),
        ("<p>甲</p><a href='x'", "没有结束"),
        ("<p>甲</p><div><span hidden>乙</div>丙<button>丁", "<button> 没有结束"),
        ("<p hidden>甲", "没有任何文字"),
        ("<p>甲<p hidden>乙", None),
    ],
)
def test_what_is_not_read_is_said(source: str, words: str | None) -> None:
    warnings = page(source).warnings
    assert (words is None) == (warnings == ())
    assert words is None or words in warnings[0]


# Pages of some hundred thousand characters, each of which makes some reader of HTML slow, deep or large: how many times, of what.
HOSTILE: dict[str, tuple[int, Callable[[int], str]]] = {
    "deep": (20_000, lambda n: "<div>" * n + "甲"),
    "deep inline": (20_000, lambda n: "<b>" * n + "甲"),
    "deep tables": (4000, lambda n: "<table><tr><td>甲" * n),
    "open list": (4000, lambda n: "<ul><li>" + "<div>" * (2 * n) + "<li>甲" * n),
    "comments": (200_000, lambda n: "甲" + "<!--" * n),
    "tags": (200_000, lambda n: "甲" + "<a b='" * n),
    "scripts": (200_000, lambda n: "甲<script>" + "</scrip" * n),
    "declarations": (200_000, lambda n: "甲" + "<!" * n),
    "references": (100_000, lambda n: "甲" + "&#" * n + "&" * n + "&#" + "9" * n),
    "attribute": (2_000_000, lambda n: "<p title='" + "x" * n + "'>甲"),
    "attributes": (40_000, lambda n: "<p hidden=" + " a" * n + "><p>甲"),
    "spaces": (200_000, lambda n: "<p>甲" + " \n" * n),
    "nul": (4000, lambda n: "<p>甲" + "一二三四五六七八九十\0<i\0 class=x>乙</i>" * n),
    "spans": (800, lambda n: "<table>" + "<tr><td rowspan=1000000000 colspan=1000000000>甲<td>乙" * n),
    "breaks": (4000, lambda n: "<p>" + "全年村集体收入合计74.05<br>万元" * n),
    "small type": (8000, lambda n: "<p>甲" + "<sup>1" * n + "</sup>" * n),
    "preformatted": (2000, lambda n: "<pre>" + "全县&amp;3<b>个</b>乡\n" * n),
    "end tags": (4000, lambda n: "甲" + "<div>" * 500 + "</p></b></x></table>" * n),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages(name: str) -> None:
    times, source = HOSTILE[name]
    document = page(source(times))
    for table in document.tables:
        assert len(table.grid) < 1_000_000
    assert "甲" in document.text or "全" in document.text
    assert_linear(page, source, times, what=name)


def test_an_ordinary_page_takes_four_times_as_long_for_four_times_its_length() -> None:
    row = f"<div class='text'><p>{SENTENCE}<b>重点</b>见<a href='x.html'>表1</a>。</p></div>\n"
    assert len(page(row * 6000).blocks) > 5000
    assert_linear(page, lambda rows: row * rows, 2000)


def test_tokens() -> None:
    source = '<p>甲<3 <B class="a>b">乙</b ><TITLE>x<p></title><x a=1/>'
    found = [(token.kind, token.name, source[token.start : token.end]) for token in tokens(source)]
    assert found == [
        ("start", "p", "<p>"), ("text", "", "甲<3 "), ("start", "b", '<B class="a>b">'), ("text", "", "乙"),
        ("end", "b", "</b >"), ("start", "title", "<TITLE>"), ("raw", "title", "x<p>"), ("end", "title", "</title>"),
        ("start", "x", "<x a=1/>"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<p>", {}),
        ("<p a b=1 B=2 c='x>y' d = \"&quot;\">", {"a": "", "b": "1", "c": "x>y", "d": '"'}),
        ("<p a='x' 'b' =c d=>", {"a": "x", "b": "", "c": "", "d": ""}),
    ],
)
def test_attributes(tag: str, expected: dict[str, str]) -> None:
    assert attributes(tag[:-1]) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("甲&notin;乙", [("甲", 0), ("∉", 1), ("乙", 8)]),
        ("&notit;", [("¬", 0), ("it;", 4)]),
        ("&#49&#x32;3", [("1", 0), ("2", 4), ("3", 10)]),
        ("&#150;", [("–", 0)]),
        ("&&amp;", [("&", 0), ("&", 1)]),
    ],
)
def test_references(source: str, expected: list[tuple[str, int]]) -> None:
    assert pieces_of(source, 0, len(source)) == expected


def test_many_comments_at_the_head_take_no_time() -> None:
    """Only a head of fixed length is looked at; in it, each comment less could be a way to begin anew."""
    assert not looks_like_html(b"<!-- a -->" * 200)
    assert looks_like_html(b"<!-- a --> " * 150 + b"<html>")
    assert_linear(_HTML.match, lambda times: b"<!-- a --> " * times, 64_000)
