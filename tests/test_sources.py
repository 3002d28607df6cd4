"""Bytes to documents: encodings, blocks, joining, datelines, folders."""

from __future__ import annotations

import subprocess
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from checker.errors import SourceError, UsageError
from checker.sources import discover, make_document, parse_date, read_document
from checker.sources.decoding import decode
from checker.sources.signatures import recognise

SIMPLIFIED = "全县共有贫困村21个，其中已经出列15个，贫困发生率下降到3.5%。"
TRADITIONAL = "全港學校共有1,024間，當中公營學校八百多間，學生人數較去年減少約兩個百分點。" * 2


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        (SIMPLIFIED.encode(), None, SIMPLIFIED, "utf-8"),
        (SIMPLIFIED.encode("utf-8-sig"), None, SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED.encode("gbk"), None, SIMPLIFIED, "gb18030"),
        ((SIMPLIFIED + "𠮷").encode("gb18030"), None, SIMPLIFIED + "𠮷", "gb18030"),
        (SIMPLIFIED.encode("utf-16"), None, SIMPLIFIED, "utf-16"),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), None, SIMPLIFIED, "utf-16"),
        (SIMPLIFIED.encode("utf-32"), None, SIMPLIFIED, "utf-32"),
        (SIMPLIFIED.encode("utf-16-le"), "utf-16-le", SIMPLIFIED, "utf-16-le"),
        (TRADITIONAL.encode("big5"), "big5", TRADITIONAL, "big5"),
        (b'<meta charset="big5">' + TRADITIONAL.encode("big5"), None, '<meta charset="big5">' + TRADITIONAL, "big5"),
        (SIMPLIFIED.encode("gbk"), "gb2312", SIMPLIFIED, "gb18030"),
        ("甲\r\n乙\x00丙\x1b".encode(), None, "甲\r\n乙\x00丙\x1b", "utf-8"),
        (b"", None, "", "utf-8"),
    ],
)
def test_decoding(data: bytes, declared: str | None, text: str, encoding: str) -> None:
    assert decode(data, declared) == (text, encoding, ())


@pytest.mark.parametrize(
    ("data", "declared", "code", "words"),
    [
        (b"%PDF-1.7\n1 0 obj", None, "unsupported", "另存为"),
        (b"PK\x03\x04......word/document.xml", None, "unsupported", "docx"),
        (b"PK\x03\x04......xl/workbook.xml", None, "unsupported", "xlsx"),
        (b"PK\x03\x04......picture.raw", None, "binary", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), None, "unsupported", ".doc/.wps"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), None, "unsupported", ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), None, "unsupported", "另存为"),
        (b"\x89PNG\r\n\x1a\n....", None, "binary", "PNG"),
        (b"\x1f\x8b\x08....", None, "binary", "gzip"),
        (b"SQLite format 3\x00....", None, "binary", "SQLite"),
        (b"\x7fELF....", None, "binary", "可执行"),
        (bytes(range(32)) * 20, None, "binary", "控制字符"),
        (SIMPLIFIED.encode("utf-16-le"), "utf-8", "undecodable", "utf-8"),
        (b"\xff\xff\xff\x80\x80" * 20, None, "undecodable", "GB18030"),
        (SIMPLIFIED.encode() + b"\xff" + SIMPLIFIED.encode(), None, "undecodable", "损坏"),
        (SIMPLIFIED.encode() * 2 + "县".encode()[:2], None, "undecodable", "损坏"),
    ],
)
def test_refused_bytes(data: bytes, declared: str | None, code: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, declared)
    assert caught.value.code == code
    assert words in caught.value.message


def test_unknown_encoding() -> None:
    for name in ("utf-9", "rot13", "hex"):
        with pytest.raises(UsageError, match=name):
            decode(b"text", name)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TRADITIONAL.encode("big5"), "Big5"),
        (TRADITIONAL.encode("gb18030"), None),
        (SIMPLIFIED.encode("gb18030"), None),
        ("温度２３．５℃，α值０．０５，见①②③。".encode("gb18030"), None),
        ("含有�一个替换字符".encode(), "替换字符"),
    ],
)
def test_doubtful_text_gets_a_warning(data: bytes, words: str | None) -> None:
    warnings = decode(data).warnings
    assert (words is None) == (warnings == ())
    assert words is None or words in warnings[0]


def test_english_messages() -> None:
    assert "Big5" in decode(TRADITIONAL.encode("big5"), lang="en").warnings[0]
    with pytest.raises(SourceError, match="save it as"):
        decode(b"%PDF-1.7", lang="en")


def test_signatures_leave_text_alone() -> None:
    for text in ("PK赛共3场", "MZ县有21个村", "BM", "II*级", "ID3", "GIF是图片格式"):
        assert recognise(text.encode()) is None


# One text, and what its blocks hold.
BLOCKS = [
    ("全县共有3个乡。", ["paragraph 全县共有3个乡。"]),
    ("搬迁163户41人", ["paragraph 搬迁163户41人"]),
    ("搬迁**163**户41人。", ["paragraph 搬迁|163|户41人。"]),
    ("- 茶园**3.1万**亩，**收入**", ["item 茶园|3.1万|亩，|收入"]),
    ("**搬迁安置**\n搬迁163户。", ["heading 搬迁安置", "paragraph 搬迁163户。"]),
    ("电话138****1234，2**3，4 ** 5 ** 6。", ["paragraph 电话138****1234，2**3，4 ** 5 ** 6。"]),
    ("# 通报 #\n正文。", ["heading 通报", "paragraph 正文。"]),
    ("##标题\n正文。", ["heading 标题", "paragraph 正文。"]),
    ("山河县脱贫纪实\n\n全县出列15个村。", ["heading 山河县脱贫纪实", "paragraph 全县出列15个村。"]),
    ("一、总体情况\n今年稳步增长。", ["heading 一、总体情况", "paragraph 今年稳步增长。"]),
    ("（一）工业较快增长。\n今年稳步增长。", ["heading （一）工业较快增长。", "paragraph 今年稳步增长。"]),
    (
        "（一）工业增长。全年增加值12亿元，增长5%，高于上年，也高于全省平均水平，其中制造业增长更快。",
        ["paragraph （一）工业增长。全年增加值12亿元，增长5%，高于上年，也高于全省平均水平，其中制造业增长更快。"],
    ),
    ("各位代表：\n现在报告工作。", ["paragraph 各位代表：", "paragraph 现在报告工作。"]),
    ("- 甲村3户\n* 乙村5户\n• 丙村6户", ["item 甲村3户", "item 乙村5户", "item 丙村6户"]),
    ("1. 甲村3户。\n2、乙村5户。\n（3）丙村6户。", ["item 甲村3户。", "item 乙村5户。", "item 丙村6户。"]),
    ("1.5万亩是底线。\n5、6月份增长。", ["paragraph 1.5万亩是底线。", "paragraph 5、6月份增长。"]),
    ("-3.2%的降幅。", ["paragraph -3.2%的降幅。"]),
    ("> 引文3户。", ["paragraph 引文3户。"]),
    ("> 引文3户。\n>\n> 又有5户。\n>", ["paragraph 引文3户。", "paragraph 又有5户。"]),
    ("图3 各乡镇分布\n正文有3户。", ["caption 图3 各乡镇分布", "paragraph 正文有3户。"]),
    ("| 乡镇 | 户数 |\n|---|--:|\n| 甲 | 1,024 |", ["cell 乡镇", "cell 户数", "cell 甲", "cell 1,024"]),
    ("---\ntitle: 全县3个乡\ndate: 2020-06-12\n---\n正文。", ["heading 全县3个乡", "paragraph 正文。"]),
    ("---\n欢迎\n---\n正文。", ["heading 欢迎", "paragraph 正文。"]),
    ("```\nx = 3\n```\n正文。", ["paragraph 正文。"]),
    ("```\n没有结尾的3户。", ["paragraph 没有结尾的3户。"]),
    ("<!-- 注 -->\n正文。", ["paragraph 正文。"]),
    ("甲。\r\n乙。\r丙。\f丁。", ["paragraph 甲。", "paragraph 乙。", "paragraph 丙。", "paragraph 丁。"]),
    # Captions below a story and a menu above it are no headings.
    (
        "全县出列15个村。\n\n养殖基地\n\n扶贫车间\n\n走访慰问\n\n采摘木耳",
        [
            "paragraph 全县出列15个村。",
            "paragraph 养殖基地",
            "paragraph 扶贫车间",
            "paragraph 走访慰问",
            "paragraph 采摘木耳",
        ],
    ),
    # A figure that a page break cut in two.
    ("全年村集体收入74.05\n\n万元，增长3%。", ["paragraph 全年村集体收入74.05|万元，增长3%。"]),
    ("全年村集体收入74.05\n万元，增长3%。", ["paragraph 全年村集体收入74.05|万元，增长3%。"]),
    ("脱贫攻坚工作开始于2014\n\n年末的一次摸底。", ["paragraph 脱贫攻坚工作开始于2014|年末的一次摸底。"]),
    ("今年全县累计搬迁163\n\n户籍改革同时推进。", ["paragraph 今年全县累计搬迁163", "paragraph 户籍改革同时推进。"]),
    ("今年末的账面余额544619\n年初余额12。", ["paragraph 今年末的账面余额544619", "paragraph 年初余额12。"]),
    ("联系电话：0431-8860073\n个数3。", ["paragraph 联系电话：0431-8860073", "paragraph 个数3。"]),
    # Text wrapped at a fixed width; a full stop at the end of a line ends the block.
    (
        "山河县今年以来坚持产业带动就业帮扶并举全县共建成扶\n贫车间二十三个吸纳周边群众就业一千二百余人人均每月\n"
        "增收一千五百元左右群众的获得感和幸福感得到明显提升\n下一步还要扩大规模。",
        [
            "paragraph 山河县今年以来坚持产业带动就业帮扶并举全县共建成扶|贫车间二十三个吸纳周边群众就业一千二百余人人均每月|"
            "增收一千五百元左右群众的获得感和幸福感得到明显提升|下一步还要扩大规模。"
        ],
    ),
    ("", []),
    ("\n \n　\n", []),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks(text: str, expected: list[str]) -> None:
    document = make_document(text)
    written = [f"{b.kind} {'|'.join(text[start:end] for start, end in b.spans)}" for b in document.blocks]
    assert written == expected


@pytest.mark.parametrize("text", [text for text, _ in BLOCKS])
def test_spans_are_in_order_and_hold_no_line_break(text: str) -> None:
    spans = [span for block in make_document(text).blocks for span in block.spans]
    assert spans == sorted(spans)
    assert all(low_end <= high_start for (_, low_end), (high_start, _) in pairwise(spans))
    assert not any("\n" in text[start:end] or "\r" in text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("山河县纪实\n2020年6月12日\n正文。", date(2020, 6, 12)),
        ("山河县纪实\n\n2019-09-18\n\n正文。", date(2019, 9, 18)),
        ("标题\n２０２０年６月１２日　０９：３０\n正文。", date(2020, 6, 12)),
        ("标题\n二〇二〇年六月十二日\n正文。", date(2020, 6, 12)),
        ("标题\n发布时间：2018-03-01 10:00 浏览次数：35\n正文。", date(2018, 3, 1)),
        ("标题\n某网   时间:2019-09-18    作者:佚名    来源:某日报\n正文。", date(2019, 9, 18)),
        ("标题\n2014年3月14日 12:17 来源：某报\n正文。", date(2014, 3, 14)),
        ("标题\n新华社北京2017年1月5日电 今天开会。", date(2017, 1, 5)),
        ("报告\n——2021年3月5日在某市人民代表大会会议上\n各位代表：", date(2021, 3, 5)),
        ("# 早报2024年8月13日星期二\n正文。", date(2024, 8, 13)),
        ("正文。\n" * 30 + "山河县统计局\n2021年2月3日", date(2021, 2, 3)),
        ("正文。\n" * 30 + "山河县统计局 2021年2月3日", date(2021, 2, 3)),
        ("---\ndate: 2020-06-12T08:00:00Z\n---\n2019-01-01\n正文。", date(2020, 6, 12)),
        ("---\ndate: 待定\n---\n正文。", None),
        # Dates that tell something else.
        ("截至2019年12月31日，全县脱贫。", None),
        ("标题\n会议2019年12月31日召开\n正文。", None),
        ("资产负债表\n2019年12月31日\n单位：元", None),
        ("标题\n2019年1月1日至2019年12月31日\n正文。", None),
        ("标题\n2019年1月1日\n2019年3月1日\n正文。", None),
        ("正文。\n" * 30 + "更新时间：2023-05-06", None),
        ("标题\n2020年2月30日\n正文。", None),
        ("今年全县脱贫。", None),
    ],
)
def test_dateline(text: str, published: date | None) -> None:
    assert make_document(text).published == published


def test_a_given_date_goes_before_a_dateline() -> None:
    assert make_document("标题\n2020年6月12日\n正文。", published="2021/3/1").published == date(2021, 3, 1)
    assert make_document("正文。", published=date(2021, 3, 1)).published == date(2021, 3, 1)


@pytest.mark.parametrize("written", ["昨天", "2020-13-01", "2020-06-12后", "", "12-06-2020"])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(UsageError):
        parse_date(written)


def test_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.png", ".hidden.txt", "sub/d.TXT", "sub/.git/e.txt", "z.markdown"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("正文。", "utf-8")
    found = [Path(item.path).relative_to(tmp_path).as_posix() for item in discover([tmp_path, tmp_path / "b.txt"])]
    assert found == ["a.md", "b.txt", "sub/d.TXT", "z.markdown"]
    assert [item.path for item in discover([tmp_path / "c.png"])] == [str(tmp_path / "c.png")]


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("草稿*.txt\n", "utf-8")
    for name in ("正式.txt", "草稿1.txt"):
        (tmp_path / name).write_text("正文。", "utf-8")
    assert [Path(item.path).name for item in discover([tmp_path])] == ["正式.txt"]
    assert [Path(item.path).name for item in discover([tmp_path / "草稿1.txt"])] == ["草稿1.txt"]
    (tmp_path / "正式.txt").unlink()
    (only,) = discover([tmp_path])
    assert only.error is not None
    assert "git" in only.error.message


def test_missing_paths_and_folders_without_texts_come_as_errors(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = list(discover([tmp_path / "none.txt", tmp_path / "empty"]))
    assert [item.error.code for item in found if item.error] == ["missing", "no-texts"]


def test_reading(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes("山河县\n2020年6月12日\n正文。".encode("gbk"))
    document = read_document(path)
    assert (document.path, document.published) == (str(path), date(2020, 6, 12))
    path.write_bytes(b"")
    assert read_document(path).warnings == ("没有任何文字",)
    for bad in (tmp_path / "none", tmp_path, "a\0b"):
        with pytest.raises(SourceError):
            read_document(bad)
