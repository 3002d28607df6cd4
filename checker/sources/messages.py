"""What a person is told about a file: Chinese and English beside each other."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from checker.errors import SourceError

__all__ = ["Lang", "message", "refusal"]

Lang = Literal["zh", "en"]

_TEXTS = MappingProxyType(
    {
        "missing": ("文件不存在", "no such file"),
        "not-a-file": ("不是可以读取的文件", "not a file that can be read"),
        "unreadable": ("无法读取：{reason}", "cannot be read: {reason}"),
        "no-texts": (
            "文件夹里没有可检查的文本（{suffixes}）",
            "the folder holds no texts to check ({suffixes})",
        ),
        "only-ignored": (
            "文件夹里没有可检查的文本（{suffixes}）；有 {count} 个被 git 忽略，如需检查请直接给出文件名",
            "the folder holds no texts to check ({suffixes}); git ignores {count}: name such files to check them",
        ),
        "binary": (
            "是二进制文件（{what}），不是文本，未检查",
            "is a binary file ({what}), not a text; it was not checked",
        ),
        "unsupported": (
            "是{what}，目前不能直接读取，未检查；请另存为“{save_as}”后再检查",
            "is {what}, which cannot be read yet and was not checked; save it as “{save_as}” first",
        ),
        "unknown-encoding": ("不认识的编码“{encoding}”", "unknown encoding “{encoding}”"),
        "undecodable": (
            "既不是 UTF-8 也不是 GB18030（第 {offset} 个字节起无法解码），未检查；请用 --encoding 指明编码",
            "is neither UTF-8 nor GB18030 (undecodable from byte {offset} on) and was not checked; "
            "name its encoding with --encoding",
        ),
        "damaged-utf-8": (
            "大体是 UTF-8，但第 {offset} 个字节处已损坏，未检查；请修复后再检查，或用 --encoding 指明编码",
            "is mostly UTF-8 but damaged at byte {offset}, and was not checked; "
            "repair it, or name its encoding with --encoding",
        ),
        "not-in-encoding": (
            "不是 {encoding} 编码（第 {offset} 个字节起无法解码），未检查",
            "is not {encoding} (undecodable from byte {offset} on) and was not checked",
        ),
        "many-controls": (
            "控制字符太多，不像文本，未检查；如果是没有字节序标记的 UTF-16，请用 --encoding utf-16-le 指明",
            "holds too many control characters for a text and was not checked; "
            "if it is UTF-16 without a byte-order mark, say --encoding utf-16-le",
        ),
        "looks-like-big5": (
            "按 GB18030 解码后像是乱码，更像 Big5 编码的繁体中文；请用 --encoding big5hkscs 重新检查",
            "looks like garbage as GB18030, and more like Big5 (Traditional Chinese): "
            "check it again with --encoding big5hkscs",
        ),
        "looks-like-garbage": (
            "按 GB18030 解码后像是乱码，结果不可靠；请用 --encoding 指明编码",
            "looks like garbage as GB18030, so the result cannot be relied on: name its encoding with --encoding",
        ),
        "replacement-characters": (
            "含有 {count} 个替换字符（�），原文在此之前可能已经损坏",
            "holds {count} replacement characters (�): the text was probably damaged before it came here",
        ),
        "never-closed": (
            "第 {line} 行的 {what} 没有结束，其后的内容没有读取",
            "{what} in line {line} is never closed: what follows it was not read",
        ),
        "wrong-declaration": (
            "声明的编码是 {declared}，内容却不是，已按 {encoding} 读取",
            "declares the encoding {declared} but is not in it; it was read as {encoding}",
        ),
        "empty": ("没有任何文字", "holds no text"),
        "missing-extra": (
            "读取{what}需要另装组件：pip install 'cn-metric-checker[{extra}]'",
            "reading {what} needs an extra: pip install 'cn-metric-checker[{extra}]'",
        ),
        "encrypted": ("{what}已加密，请先解密", "{what} is encrypted: save it without a password"),
        "damaged": ("{what}已损坏，无法读取：{reason}", "{what} is damaged and cannot be read: {reason}"),
        "too-large": ("{what}过大：{reason}", "{what} is too large: {reason}"),
        "too-long": (
            "正文有 {length} 字，超过 {limit} 字的限度，未检查；可用 --max-chars 改变限度",
            "the text has {length} characters, more than {limit}, and was not checked; --max-chars changes the limit",
        ),
        "file-size": ("超过 {limit} MB", "more than {limit} MB"),
        "unpacked-size": ("解压后超过 {limit} MB", "more than {limit} MB when unpacked"),
        "many-parts": ("内部文件超过 {limit} 个", "more than {limit} files inside"),
        "broken-zip": ("ZIP 结构不完整", "its ZIP structure is broken"),
        "missing-part": ("缺少 {part}", "{part} is missing"),
        "broken-xml": ("{part} 不是完整的 XML", "{part} is no well-formed XML"),
        "doctype": (
            "{part} 含有不允许的文档类型声明（DTD）",
            "{part} holds a document type (DTD), which is forbidden",
        ),
        "other-root": ("{part} 的内容不是 Word 文档", "{part} is not what a Word document holds"),
        "too-deep": ("嵌套超过 {limit} 层", "nested more than {limit} levels deep"),
        "many-elements": ("XML 元素超过 {limit} 个", "more than {limit} XML elements"),
        "embedded-files": (
            "嵌有 {count} 个其他文件的内容，未检查；请用 Word 打开并另存后再检查",
            "holds the contents of {count} other files, which were not checked; open it in Word and save it first",
        ),
        "word": ("Word 文档（.docx）", "a Word document (.docx)"),
        "workbook": ("Excel 工作簿", "the Excel workbook"),
        "delimited": ("分隔文本（CSV/TSV）", "the delimited text (CSV/TSV)"),
        "binary-workbook": ("Excel 二进制工作簿（.xlsb）", "a binary Excel workbook (.xlsb)"),
        "save-as-xlsx": ("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)"),
        "bad-cell": ("{part} 的单元格 {cell} 不合规范", "the cell {cell} in {part} is not well-formed"),
        "many-sheets": ("工作表超过 {limit} 张", "more than {limit} sheets"),
        "many-merged": ("合并单元格超过 {limit} 处", "more than {limit} merged cells"),
        "many-styles": ("单元格格式超过 {limit} 种", "more than {limit} cell styles"),
        "many-cells": ("单元格超过 {limit} 个", "more than {limit} cells"),
        "many-columns": ("第 {line} 行超过 {limit} 列", "more than {limit} columns in line {line}"),
        "many-characters": ("文字超过 {limit} 个字符", "more than {limit} characters of text"),
        "error-cells": (
            "有 {count} 个单元格是错误值，其中的数字无法核对：{cells}",
            "{count} cells hold errors, so that their figures cannot be checked: {cells}",
        ),
        "uncached-formulas": (
            "有 {count} 个公式没有保存计算结果，未检查（用 Excel 打开并保存后再检查）：{cells}",
            "{count} formulas were saved without their results and not checked (open and save it in Excel first): {cells}",
        ),
        "hidden-sheets": (
            "有 {count} 张隐藏的工作表未检查：{names}",
            "{count} hidden sheets were not checked: {names}",
        ),
        "no-text-layer": (
            "{what}没有文字层，可能是扫描件；请先做文字识别（OCR）",
            "{what} has no text layer, it is probably a scan: recognise its text (OCR) first",
        ),
        "pages-without-text": (
            "第{pages}页没有文字层（可能是扫描页），未检查",
            "no text layer on page {pages} (probably scanned): not checked",
        ),
        "damaged-pages": ("第{pages}页已损坏，未检查", "page {pages} is damaged and was not checked"),
        "unmapped-glyphs": (
            "有 {count} 个字符没有对应的文字编码（字体缺少 ToUnicode），读出的文字不完整",
            "{count} characters have no text value (a font without ToUnicode), so the text is incomplete",
        ),
        "garbled-text": (
            "文字层像是乱码，结果不可靠；请用生成它的软件重新导出，或做文字识别（OCR）",
            "the text layer looks like garbage, so the result cannot be relied on: export it again, or recognise its text (OCR)",
        ),
        "bad-date": (
            "“{value}”不是日期；请写成 2017-06-09 或 2017年6月9日",
            "“{value}” is not a date; write it like 2017-06-09 or 2017年6月9日",
        ),
    }
)


def message(key: str, lang: Lang = "zh", **values: object) -> str:
    """The sentence for `key` in `lang`, its gaps filled from `values`.

    >>> message("unknown-encoding", encoding="utf-9")
    '不认识的编码“utf-9”'
    """
    chinese, english = _TEXTS[key]
    return (english if lang == "en" else chinese).format(**values)


def refusal(code: Literal["damaged", "too-large"], what: str, lang: Lang, reason: str, **values: object) -> SourceError:
    """The error of a file that is not read: `what` names the format, `reason` is the key of what is wrong with it.

    >>> refusal("too-large", "Word 文档", "zh", "many-parts", limit=9).message
    'Word 文档过大：内部文件超过 9 个'
    """
    return SourceError(message(code, lang, what=what, reason=message(reason, lang, **values)), code=code)
