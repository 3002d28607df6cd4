"""Bytes to text: UTF-8, else GB18030, or as declared. Never a guess that goes unsaid."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from checker.errors import SourceError, UsageError
from checker.patterns import pattern
from checker.sources.messages import Lang, message
from checker.sources.signatures import recognise

__all__ = ["Decoded", "decode"]

_MARKS = (  # the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = pattern(
    rb"""(?ix)
    (?: <meta\b[^>]{0,200}?\bcharset\s*=\s*["']?     # <meta charset="big5">
      | <\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']    # <?xml version="1.0" encoding="gbk"?>
      | -\*-\s*coding\s*:\s*                         # -*- coding: big5 -*-
    )
    ([a-z0-9_.:-]{2,40})
    """
)
# Characters that no Chinese text holds in numbers, and that Big5 read as GB18030 is full of: what Big5's first rows of
# Han characters (的一是不人) become is kana, Greek, Cyrillic, bopomofo and the private areas.
# Measured on 287 Traditional articles of at least 30 characters: 47 % to 66 % of what is not ASCII in Big5 read as
# GB18030; at most 9.3 % in genuine GB18030, Traditional or Simplified.
_ODD = pattern(
    r"[\u0250-\u05ff\u2500-\u259f\u3040-\u30ff\u3100-\u312f\ue000-\uf8ff\U00010000-\U0001f0ff\U000f0000-\U0010ffff]"
)
_ODD_SHARE = 0.25
_ENOUGH = 12
_CONTROLS = pattern(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
# How far into a page its declaration may stand; editors of pages put scripts and titles before it.
_FAR_DECLARATION = 8192
# What is named big5 often holds the characters of Hong Kong or of Microsoft's table as well.
_SUPERSETS = {"big5": ("big5hkscs", "cp950")}
# Most frequent Han characters of Big5 (its first level); the rest of the plane is rare.
_BIG5_COMMON = pattern(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]")


class Decoded(NamedTuple):
    """A text, the encoding it was read as, and what is doubtful about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None, lang: Lang = "zh", *, declares: bool = False) -> Decoded:
    """The text that `data` holds, a byte-order mark left out.

    A byte-order mark is believed first, then `encoding`, UTF-8, an encoding that the text itself declares, GB18030. In a
    format that `declares` its encoding, the declaration goes before UTF-8; where the bytes contradict it, the
    text is read without it and a warning says so.
    Raises SourceError with code ``binary``, ``unsupported`` or ``encrypted`` (a known format that is no text) or ``undecodable``;
    UsageError when Python knows no encoding of that name.

    >>> decode("共３户".encode("gbk")).encoding
    'gb18030'
    """
    signature = recognise(data)
    if signature is not None:
        what = signature.en if lang == "en" else signature.zh
        if signature.encrypted:
            raise SourceError(message("encrypted", lang, what=what), code="encrypted")
        if signature.save_as is None:
            raise SourceError(message("binary", lang, what=what), code="binary")
        save_as = signature.save_as[lang == "en"]
        raise SourceError(message("unsupported", lang, what=what, save_as=save_as), code="unsupported")
    if encoding is not None:
        encoding = _known(encoding, lang)
        marked = _marked(data)
        decoded = _as_declared(data, marked or encoding, lang)
    else:
        decoded = _declared(data, lang) if declares else _guessed(data, lang)
    controls = len(_CONTROLS.findall(decoded.text))
    if controls >= 8 and controls * 10 > len(decoded.text):
        raise SourceError(message("many-controls", lang), code="binary")
    replaced = decoded.text.count("\ufffd")
    if replaced:
        warning = message("replacement-characters", lang, count=replaced)
        return decoded._replace(warnings=(*decoded.warnings, warning))
    return decoded


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _known(encoding: str, lang: Lang) -> str:
    try:
        info = codecs.lookup(encoding)
        "".encode(info.name)  # refuses what is no text encoding, such as hex and rot13
    except LookupError:
        raise UsageError(message("unknown-encoding", lang, encoding=encoding)) from None
    # GBK and GB2312 are subsets that writers name when they mean the family.
    return "gb18030" if info.name in ("gbk", "gb2312") else info.name


def _as_declared(data: bytes, encoding: str, lang: Lang) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            message("not-in-encoding", lang, encoding=encoding, offset=error.start + 1), code="undecodable"
        ) from None


def _declared(data: bytes, lang: Lang) -> Decoded:
    """Text of a format that declares its encoding."""
    written = None if _marked(data) is not None else _DECLARATION.search(data[:_FAR_DECLARATION])
    if written is None or data.isascii():
        return _guessed(data, lang)
    name = written[1].decode("ascii")
    try:
        declared = _known(name, lang)
    except UsageError:
        return _guessed(data, lang)  # a declaration that names no encoding declares nothing
    if declared.startswith(("utf-16", "utf-32")):
        return _guessed(data, lang)  # what could be searched for ASCII is neither: such a page means UTF-8
    try:
        utf8: str | None = data.decode("utf-8")
    except UnicodeDecodeError:
        utf8 = None
    # A few characters of another encoding may happen to be good UTF-8, but then hardly Han characters.
    if utf8 is None or (declared != "utf-8" and not _is_mostly_han(utf8)):
        for encoding in (declared, *_SUPERSETS.get(declared, ())):
            try:
                return Decoded(data.decode(encoding), declared)
            except UnicodeDecodeError:
                continue
    decoded = _guessed(data, lang, believing=False)
    if decoded.encoding != declared:
        warning = message("wrong-declaration", lang, declared=name, encoding=decoded.encoding)
        return decoded._replace(warnings=(warning, *decoded.warnings))
    return decoded


def _is_mostly_han(text: str) -> bool:
    beyond = [char for char in text if char > "\x7f"]
    return sum(1 for char in beyond if "\u3000" <= char <= "\u9fff" or char >= "\uff00") * 2 > len(beyond)


def _guessed(data: bytes, lang: Lang, *, believing: bool = True) -> Decoded:
    marked = _marked(data)
    if marked is not None:
        return _as_declared(data, marked, lang)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
    declared = _DECLARATION.search(data[:1024]) if believing else None
    if declared is not None:
        try:
            return _as_declared(data, _known(declared[1].decode("ascii"), lang), lang)
        except UsageError:
            pass  # a declaration that names no encoding declares nothing
    if _is_mostly_utf8(data):
        raise SourceError(message("damaged-utf-8", lang, offset=bad + 1), code="undecodable")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise SourceError(message("undecodable", lang, offset=error.start + 1), code="undecodable") from None
    if _is_garbage(text):
        return Decoded(text, "gb18030", (message(_garbage_kind(data), lang),))
    return Decoded(text, "gb18030")


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether at least nine of ten characters beyond ASCII are good UTF-8, which no other encoding gives by chance."""
    beyond = [char for char in data.decode("utf-8", errors="replace") if char > "\x7f"]
    bad = beyond.count("\ufffd")
    return len(beyond) >= 10 and bad * 10 <= len(beyond)


def _is_garbage(text: str) -> bool:
    beyond = sum(1 for char in text if char > "\x7f")
    return beyond >= _ENOUGH and len(_ODD.findall(text)) > _ODD_SHARE * beyond


def _garbage_kind(data: bytes) -> str:
    try:
        text = data.decode("big5hkscs")
    except UnicodeDecodeError:
        return "looks-like-garbage"
    han = sum(1 for char in text if "\u4e00" <= char <= "\u9fff")
    return "looks-like-big5" if han and len(_BIG5_COMMON.findall(data)) > 0.8 * han else "looks-like-garbage"
