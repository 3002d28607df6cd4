"""What a ZIP container (docx, xlsx) would unpack to, measured before anything that reads it whole is let near it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from checker.errors import SourceError
from checker.sources.messages import Lang, message, refusal

__all__ = ["LARGEST_PART", "LARGEST_TOTAL", "MOST_PARTS", "guard"]

MOST_PARTS = 10_000
LARGEST_PART = 256 * 2**20  # bytes unpacked; the sheet of a full workbook (a million rows) has about 200 MB of XML
LARGEST_TOTAL = 1024 * 2**20  # bytes unpacked, pictures and all

_DIRECTORY_ENTRY = b"PK\x01\x02"
_PACKED_CHUNK, _CHUNK = 2**14, 2**20
_LOCAL_HEADER = 30  # bytes before the name and the extra field, whose lengths stand in the last four
_ENCRYPTED = 1  # flag bit 0


def guard(data: bytes, what: str, lang: Lang) -> ZipFile:
    """The ZIP container in `data`, once it is sure that it can be read within bounds; `what` names the format in the messages.

    The directory's sizes are looked at first; as they may lie, what is deflated is then measured, a piece at a time and
    never kept. Raises SourceError with code ``too-large``, ``encrypted`` or ``damaged``.
    """
    # Counted before the directory is read, for each entry costs half a kilobyte there.
    if data.count(_DIRECTORY_ENTRY) > MOST_PARTS:
        raise refusal("too-large", what, lang, "many-parts", limit=MOST_PARTS)
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, NotImplementedError, OverflowError, ValueError):  # a name that is not UTF-8 is a ValueError
        raise refusal("damaged", what, lang, "broken-zip") from None
    parts = archive.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise SourceError(message("encrypted", lang, what=what), code="encrypted")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):  # Office writes no others
        raise refusal("damaged", what, lang, "broken-zip")
    _bound((part.file_size for part in parts), what, lang)
    _bound((_unpacked(memoryview(data), part) for part in parts), what, lang)
    return archive


def _bound(sizes: Iterable[int], what: str, lang: Lang) -> None:
    total = 0
    for size in sizes:
        total += size
        for reached, limit in ((size, LARGEST_PART), (total, LARGEST_TOTAL)):
            if reached > limit:
                raise refusal("too-large", what, lang, "unpacked-size", limit=limit // 2**20)


def _unpacked(data: memoryview, part: ZipInfo) -> int:
    """How many bytes a part really unpacks to, counted up to the first beyond LARGEST_PART or the first broken one."""
    if part.compress_type == ZIP_STORED:
        return part.compress_size
    header = max(part.header_offset, 0)  # a directory that lies about its own place gives negative ones
    lengths = data[header + _LOCAL_HEADER - 4 : header + _LOCAL_HEADER]
    name, extra = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
    start = header + _LOCAL_HEADER + name + extra
    packed = data[start : start + part.compress_size]
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    for at in range(0, len(packed), _PACKED_CHUNK):
        piece: bytes | memoryview = packed[at : at + _PACKED_CHUNK]
        while len(piece) > 0:
            try:
                size += len(inflater.decompress(piece, _CHUNK))
            except zlib.error:
                return size  # whoever reads this part will say so; a broken picture does not matter
            if inflater.eof or size > LARGEST_PART:
                return size
            piece = inflater.unconsumed_tail
    return size
