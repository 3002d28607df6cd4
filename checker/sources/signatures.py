"""What a file is, by its first bytes, where it is not a text."""

from __future__ import annotations

from typing import NamedTuple

from checker.patterns import pattern

__all__ = ["Signature", "looks_like_html", "recognise"]


class Signature(NamedTuple):
    """A format: its name in Chinese and English.

    `save_as` names the kind of text to save it as, if there is one; `reader` what reads it as it is. `encrypted` says
    that it can be read by nobody without its password.
    """

    zh: str
    en: str
    save_as: tuple[str, str] | None = None
    reader: str | None = None
    encrypted: bool = False


_PLAIN = ("纯文本（.txt，UTF-8 编码）", "plain text (.txt, UTF-8)")
_DOCX = Signature("Word 文档（.docx）", "a Word document (.docx)", _PLAIN, "docx")
_XLSX = Signature("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)", _PLAIN, "xlsx")
_PPTX = Signature("演示文稿（.pptx）", "a presentation (.pptx)", _PLAIN)
_OPEN = Signature("OpenDocument 文档", "an OpenDocument file", _PLAIN)
_EPUB = Signature("EPUB 电子书", "an EPUB book", _PLAIN)
_OLE_WORD = Signature("旧版 Word 或 WPS 文档（.doc/.wps）", "an old Word or WPS document (.doc/.wps)", _PLAIN)
_OLE_EXCEL = Signature("旧版 Excel 或 WPS 表格（.xls/.et）", "an old Excel or WPS workbook (.xls/.et)", _PLAIN)
# With a password Office puts a docx or xlsx, encrypted as a whole, into a container of the old kind.
_OLE_ENCRYPTED = Signature("Office 文档（.docx/.xlsx/.pptx）", "an Office document (.docx/.xlsx/.pptx)", encrypted=True)
_OLE = Signature("旧版 Office 或 WPS 文件（.doc/.wps/.xls）", "an old Office or WPS file (.doc/.wps/.xls)", _PLAIN)
_ZIP = Signature("ZIP 压缩包", "a ZIP archive")

_STARTS: tuple[tuple[bytes, Signature], ...] = (
    (b"%PDF-", Signature("PDF 文件", "a PDF file", _PLAIN, "pdf")),
    (b"{\\rtf", Signature("RTF 文档", "an RTF document", _PLAIN)),
    (b"\x89PNG\r\n\x1a\n", Signature("PNG 图片", "a PNG image")),
    (b"\xff\xd8\xff", Signature("JPEG 图片", "a JPEG image")),
    (b"GIF87a", Signature("GIF 图片", "a GIF image")),
    (b"GIF89a", Signature("GIF 图片", "a GIF image")),
    (b"II*\x00", Signature("TIFF 图片", "a TIFF image")),
    (b"MM\x00*", Signature("TIFF 图片", "a TIFF image")),
    (b"\x1f\x8b\x08", Signature("gzip 压缩文件", "a gzip file")),
    (b"BZh", Signature("bzip2 压缩文件", "a bzip2 file")),
    (b"\xfd7zXZ\x00", Signature("xz 压缩文件", "an xz file")),
    (b"(\xb5/\xfd", Signature("Zstandard 压缩文件", "a Zstandard file")),
    (b"7z\xbc\xaf\x27\x1c", Signature("7z 压缩包", "a 7z archive")),
    (b"Rar!\x1a\x07", Signature("RAR 压缩包", "a RAR archive")),
    (b"SQLite format 3\x00", Signature("SQLite 数据库", "an SQLite database")),
    (b"\x7fELF", Signature("可执行文件", "an executable")),
    (b"\xcf\xfa\xed\xfe", Signature("可执行文件", "an executable")),
    (b"\xca\xfe\xba\xbe", Signature("可执行文件", "an executable")),
    (b"MZ\x90\x00", Signature("可执行文件", "an executable")),
    (b"\x00asm", Signature("WebAssembly 模块", "a WebAssembly module")),
    (b"OggS\x00", Signature("音频或视频", "audio or video")),
    (b"ID3\x03", Signature("音频", "audio")),
    (b"ID3\x04", Signature("音频", "audio")),
    (b"wOF2", Signature("字体文件", "a font")),
    (b"\x00\x01\x00\x00\x00", Signature("字体文件", "a font")),
)
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# Names inside the container that tell what it holds; OLE keeps its directory in UTF-16.
_IN_ZIP = (
    (b"word/", _DOCX),
    (b"xl/", _XLSX),
    (b"ppt/", _PPTX),
    (b"application/vnd.oasis", _OPEN),
    (b"application/epub", _EPUB),
)
_IN_OLE = (
    ("WordDocument".encode("utf-16-le"), _OLE_WORD),
    ("Workbook".encode("utf-16-le"), _OLE_EXCEL),
    ("EncryptedPackage".encode("utf-16-le"), _OLE_ENCRYPTED),
    ("Book".encode("utf-16-le"), _OLE_EXCEL),
)

# <!doctype html>, <html lang="zh">
_HTML = pattern(rb"(?is)(?:\xef\xbb\xbf)?(?:\s++|<\?xml[^>]*+>|(?><!--.*?-->))*+<(?:!doctype\s+html|html)\b")


def recognise(data: bytes) -> Signature | None:
    """The format that the bytes carry the signature of; None for anything that may be a text.

    >>> recognise(b"%PDF-1.7 ...").zh
    'PDF 文件'
    """
    if data.startswith(_OLE_START):
        return next((signature for name, signature in _IN_OLE if name in data), _OLE)
    if data.startswith(_ZIP_STARTS):
        return next((signature for name, signature in _IN_ZIP if name in data), _ZIP)
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return Signature("图片、音频或视频", "an image, audio or video")
    if data[4:8] == b"ftyp" and data[:1] == b"\x00":
        return Signature("音频或视频", "audio or video")
    return next((signature for start, signature in _STARTS if data.startswith(start)), None)


def looks_like_html(data: bytes) -> bool:
    """Whether a text opens as an HTML page does, behind white space, comments and an XML declaration.

    >>> looks_like_html(b"<!DOCTYPE html><title>...")
    True
    """
    return _HTML.match(data[:2048]) is not None
