"""Write the samples of every format from the two Markdown texts beside this file.

Run by hand, after a change of ``bulletin.md`` or ``yearbook.md``, and commit what it writes:

    python samples/formats/make.py

It needs python-docx and openpyxl (both are in the extra ``dev``), LibreOffice as ``soffice`` on the path, and the fonts of
Debian's ``fonts-noto-cjk`` for the PDF. The same sources give the same bytes, but for what LibreOffice and its version
decide.

From ``bulletin.md``, an article: ``.txt``, ``.html``, ``.docx``; ``.xlsx`` and ``.csv`` of its table; with LibreOffice
``.pdf``, and ``bulletin-writer.docx`` and ``.html`` as its word processor saves them. From ``yearbook.md``, a sheet for each
heading: ``yearbook.xlsx``, and ``yearbook-calc.xlsx`` as LibreOffice saves it.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
from docx.oxml.ns import qn
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter

HERE = Path(__file__).resolve().parent
FONT = "Noto Serif CJK SC"
SAVED = datetime(2021, 3, 18, 8)  # what every file says of when it was made: the dateline of the texts

_BOLD = re.compile(r"\*\*(.+?)\*\*")  # **163**
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_META = re.compile(rb'<meta name="(?:created|changed|generator)"[^>]*>\r?\n?[ \t]*')
_PDF_MADE = re.compile(rb"(?<=/CreationDate\(D:)\d{14}")
_PDF_ID = re.compile(rb"(?<=/DocChecksum /)[0-9A-F]{32}|(?<=<)[0-9A-F]{32}(?=>)")
_NUMBER = re.compile(r"\d+(?:\.(\d+))?")


class Block(NamedTuple):
    """A block of a source: `kind` is h1, h2, p, li or table; `words` of all but a table, `rows` of a table."""

    kind: str
    words: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks_of(source: str) -> Iterator[Block]:
    """The blocks of a source: Markdown with every paragraph on one line."""
    rows: list[tuple[str, ...]] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            if line.strip("|- "):
                rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            yield Block("table", rows=tuple(rows))
            rows = []
        if line:
            mark, _, rest = line.partition(" ")
            kind = {"#": "h1", "##": "h2", "-": "li"}.get(mark)
            yield Block(kind, rest) if kind else Block("p", line)


def pieces(words: str) -> Iterator[tuple[str, bool]]:
    """The words with whether they are bold: ("全县", False), ("163", True), ("户。", False)."""
    for i, piece in enumerate(_BOLD.split(words)):
        if piece:
            yield piece, i % 2 == 1


def is_caption(block: Block) -> bool:
    return block.kind == "p" and re.match(r"表\d", block.words) is not None


def write_text(blocks: list[Block], path: Path) -> None:
    lines = []
    for block in blocks:
        if block.kind == "table":
            lines += [*("| " + " | ".join(row) + " |" for row in block.rows), ""]
        else:
            lines += [("• " if block.kind == "li" else "") + _BOLD.sub(r"\1", block.words), ""]
    path.write_text("\n".join(lines), "utf-8", newline="\n")


def write_html(blocks: list[Block], path: Path) -> None:
    """A page as a newsroom's system writes it: the marks of bold words part figures, a menu and a footer stand around them."""
    title = next(block.words for block in blocks if block.kind == "h1")
    lines = [
        "<!DOCTYPE html>", '<html lang="zh-CN">', "<head>", '<meta charset="utf-8">', f"<title>{escape(title)}</title>",
        "<style>table { border-collapse: collapse } th, td { border: 1px solid; width: 120px }</style>", "</head>", "<body>",
        '<nav><a href="/">首页</a> <a href="/news/">新闻</a></nav>', "<article>",
    ]  # fmt: skip
    caption = ""
    previous = ""
    for block in blocks:
        if previous == "li" != block.kind:
            lines.append("</ul>")
        elif previous != "li" == block.kind:
            lines.append("<ul>")
        previous = block.kind
        if is_caption(block):
            caption = f"<caption>{block.words}</caption>"
        elif block.kind == "table":
            head, *body = block.rows
            lines += [
                "<table>",
                caption,
                "<thead>",
                "<tr>" + "".join(f"<th>{c}</th>" for c in head) + "</tr>",
                "</thead>",
            ]
            lines += ["<tbody>"]
            lines += ["<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in body]
            lines += ["</tbody>", "</table>"]
        else:
            inner = "".join(_marked(words) if bold else escape(words) for words, bold in pieces(block.words))
            lines.append(f"<{block.kind}>{inner}</{block.kind}>")
    lines += ["</article>", "</body>", "</html>", ""]
    path.write_text("\n".join(lines), "utf-8", newline="\n")


def _marked(words: str) -> str:
    return f'<strong>{escape(words[0])}<span class="figure">{escape(words[1:])}</span></strong>'


def write_word(blocks: list[Block], path: Path) -> None:
    """A Word document with real headings, list and table; bold figures are in two runs, as Word leaves them after a change."""
    document = docx.Document()
    for style in document.styles:
        if getattr(style, "font", None) is not None:
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            fonts.attrib.clear()  # those of the theme would go before
            for script in ("ascii", "hAnsi", "eastAsia"):
                fonts.set(qn(f"w:{script}"), FONT)
    styles = {"h1": "Title", "h2": "Heading 1", "p": "Normal", "li": "List Bullet"}
    for block in blocks:
        if block.kind == "table":
            table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
            for r, row in enumerate(block.rows):
                for c, words in enumerate(row):
                    table.cell(r, c).text = words
            table.rows[0]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:tblHeader"))
            continue
        paragraph = document.add_paragraph(style="Caption" if is_caption(block) else styles[block.kind])
        for words, bold in pieces(block.words):
            for part in (words[:1], words[1:]) if bold else (words,):
                paragraph.add_run(part).bold = bold or None
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.title = next(block.words for block in blocks if block.kind == "h1")
    properties.created = properties.modified = SAVED
    document.save(str(path))
    repack(path)


def write_sheets(sheets: dict[str, list[Block]], path: Path) -> None:
    """A workbook: each block a row, each table a row for each of its rows, figures as numbers with a format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    thin = Side(style="thin")
    for name, blocks in sheets.items():
        sheet = book.create_sheet(name)
        at = 1
        for block in blocks:
            if block.kind != "table":
                cell = sheet.cell(at, 1, _BOLD.sub(r"\1", block.words))
                cell.font = Font(bold=block.kind != "p")
                at += 1
                continue
            for r, row in enumerate(block.rows):
                for c, words in enumerate(row, 1):
                    cell = sheet.cell(at, c)
                    cell.border = Border(thin, thin, thin, thin)
                    figure = _NUMBER.fullmatch(words)
                    cell.value = words if figure is None else float(words) if figure[1] else int(words)
                    if figure is not None:
                        cell.number_format = "#,##0" + ("." + "0" * len(figure[1]) if figure[1] else "")
                    cell.font = Font(bold=r == 0)
                at += 1
            at += 1  # an empty row below a table
        for c in range(1, max((len(b.rows[0]) for b in blocks if b.rows), default=1) + 1):
            sheet.column_dimensions[get_column_letter(c)].width = 16
    book.properties.creator = ""
    book.properties.created = SAVED
    book.save(path)
    repack(path)


def write_delimited(table: Block, path: Path) -> None:
    """The table as Excel saves it: with a byte-order mark and CRLF."""
    file = io.StringIO()
    csv.writer(file).writerows(table.rows)
    path.write_bytes(file.getvalue().encode("utf-8-sig"))


def repack(path: Path) -> None:
    """Write a container again without the time of its making."""
    stamp = SAVED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, _STAMP.sub(rb"\g<1>" + stamp, data))


def converted(path: Path, to: str, folder: Path) -> Path:
    """What LibreOffice makes of a file, in `folder`; `to` is a suffix and maybe a filter. Raises CalledProcessError."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{path.stem}.{to.split(':')[0]}"


def save_with_libreoffice(folder: Path) -> None:
    """The files that LibreOffice makes of those that are there."""
    article = HERE / "bulletin.docx"
    paper = _PDF_MADE.sub(f"{SAVED:%Y%m%d%H%M%S}".encode(), converted(article, "pdf", folder).read_bytes())
    (HERE / "bulletin.pdf").write_bytes(_PDF_ID.sub(b"0" * 32, paper))  # every offset stays
    page = converted(article, "html:HTML (StarWriter):EmbedImages", folder).read_bytes()
    (HERE / "bulletin-writer.html").write_bytes(_META.sub(b"", page))
    document = converted(converted(article, "odt", folder), "docx", folder)
    shutil.copy(document, HERE / "bulletin-writer.docx")
    book = converted(converted(HERE / "yearbook.xlsx", "ods", folder), "xlsx", folder)
    shutil.copy(book, HERE / "yearbook-calc.xlsx")
    repack(HERE / "bulletin-writer.docx")
    repack(HERE / "yearbook-calc.xlsx")


def main() -> None:
    article = list(blocks_of((HERE / "bulletin.md").read_text("utf-8")))
    table = next(block for block in article if block.kind == "table")
    caption = next(block for block in article if is_caption(block))
    write_text(article, HERE / "bulletin.txt")
    write_html(article, HERE / "bulletin.html")
    write_word(article, HERE / "bulletin.docx")
    write_sheets({"项目资金": [caption, table]}, HERE / "bulletin.xlsx")
    write_delimited(table, HERE / "bulletin.csv")
    sheets: dict[str, list[Block]] = {}
    for block in blocks_of((HERE / "yearbook.md").read_text("utf-8")):
        if block.kind == "h2":
            sheets[block.words] = []
        elif sheets:
            sheets[next(reversed(sheets))].append(block)
    write_sheets(sheets, HERE / "yearbook.xlsx")
    with tempfile.TemporaryDirectory() as folder:
        save_with_libreoffice(Path(folder))


if __name__ == "__main__":
    main()
