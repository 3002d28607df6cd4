"""What Word files and workbooks have in common: parts, relations, and how a broken file is refused, in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from checker.errors import SourceError
from checker.sources import read_document

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = {
    "docx": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "xlsx": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
WHAT = {"docx": "Word 文档（.docx）", "xlsx": "Excel 工作簿"}
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
BESIDE = {"docx": "word/_rels/document.xml.rels", "xlsx": "xl/_rels/workbook.xml.rels"}
WORDS = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}  # the part that holds the words
CONTENT = {
    "docx": '<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>',
    "xlsx": '<worksheet xmlns="{space}"><sheetData><row><c t="str"><v>{words}</v></c></row></sheetData></worksheet>',
}


def relations(*targets: tuple[str, str]) -> str:
    inner = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(targets))
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def whole(kind: str) -> dict[str, str]:
    """The parts of a file with one line of words."""
    space = SPACES[kind]
    folder = MAIN[kind].partition("/")[0]
    parts = {"_rels/.rels": relations(("officeDocument", MAIN[kind])), f"{folder}/theme.xml": "<theme/>"}
    if kind == "xlsx":
        sheets = '<sheets><sheet name="数据" sheetId="1" r:id="r0"/></sheets>'
        parts[MAIN[kind]] = f'<workbook xmlns="{space}" xmlns:r="{OFFICE}">{sheets}</workbook>'
        parts[BESIDE[kind]] = relations(("worksheet", "worksheets/sheet1.xml"))
    return parts | {WORDS[kind]: CONTENT[kind].format(space=space, words="共3乡。")}


def packed(parts: Mapping[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def text(parts: Mapping[str, str]) -> str:
    return read_document("a", data=packed(parts)).text


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_what_is_read(kind: str) -> None:
    parts = whole(kind)
    assert text(parts) == "共3乡。\n"
    assert text({name.replace(".xml", ".XML"): content for name, content in parts.items()}) == "共3乡。\n"
    assert text({name: content for name, content in parts.items() if name != "_rels/.rels"}) == "共3乡。\n"
    absolute = relations(("officeDocument", "/" + MAIN[kind]), ("officeDocument", "other.xml"))
    assert text(parts | {"_rels/.rels": absolute}) == "共3乡。\n"
    outside = absolute.replace(' Target="/', ' TargetMode="External" Target="/')
    assert text({**parts, "_rels/.rels": outside, "other.xml": parts[MAIN[kind]],
                 "_rels/other.xml.rels": relations(("worksheet", "xl/worksheets/sheet1.xml"))}) == "共3乡。\n"  # fmt: skip


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("where", "old", "new", "said"),
    [
        (WORDS, "乡", "<w", "已损坏，无法读取：{part} 不是完整的 XML"),
        (WORDS, "乡", "&x;", "已损坏，无法读取：{part} 不是完整的 XML"),
        (WORDS, "<", "<?xml version='1.0' encoding='utf-99'?><", "已损坏，无法读取：{part} 不是完整的 XML"),
        (WORDS, "<", "<?xml version='1.0' encoding='gbk'?><", "已损坏，无法读取：{part} 不是完整的 XML"),
        (WORDS, "<", "<!DOCTYPE a [<!ENTITY x '3'>]><", "已损坏，无法读取：{part} 含有不允许的文档类型声明（DTD）"),
        (WORDS, "<", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><", "已损坏，无法读取：{part} 含有不允许的文档类型声明（DTD）"),
        (MAIN, None, None, "已损坏，无法读取：缺少 {part}"),
        (WORDS, None, None, "已损坏，无法读取：缺少 {part}"),
        (BESIDE, None, relations(*[("a", "a")] * 10_001), "过大：内部文件超过 10000 个"),
    ],
)  # fmt: skip
def test_what_is_refused(kind: str, where: Mapping[str, str], old: str | None, new: str | None, said: str) -> None:
    parts, name = whole(kind), where[kind]
    if old is not None and new is not None:
        parts[name] = parts[name].replace(old, new, 1)
    elif new is not None:
        parts[name] = new
    else:
        del parts[name]
    with pytest.raises(SourceError) as caught:
        text(parts)
    assert caught.value.message == WHAT[kind] + said.format(part=name)


def test_a_sheet_that_cannot_be_found_is_not_passed_over() -> None:
    parts = whole("xlsx")
    del parts[BESIDE["xlsx"]]
    with pytest.raises(SourceError, match="缺少 数据") as caught:
        text(parts)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_broken_part(kind: str) -> None:
    data = packed(whole(kind))
    with ZipFile(BytesIO(data)) as archive:
        part = archive.getinfo(WORDS[kind])
    at = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    with pytest.raises(SourceError) as caught:
        read_document("a", data=data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    assert caught.value.code == "damaged"
