"""A changed text back into the bytes that it came from: all that is not changed stays, byte for byte."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Sequence

from checker.document import Replacement

__all__ = ["rewritten"]

_NATIVE = "le" if sys.byteorder == "little" else "be"
_MARKED = {
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}


def rewritten(data: bytes, encoding: str, text: str, edits: Sequence[Replacement]) -> bytes | None:
    """The bytes with `edits` made, which are in the order of `text`, that `data` holds in `encoding`.

    None where the encoding cannot write the change, or not in the midst of these bytes.

    >>> rewritten("共３户".encode("gbk"), "gb18030", "共３户", [Replacement(1, 2, "4")]).decode("gbk")
    '共4户'
    """
    mark, codec = _marked(data, encoding)
    body = data[len(mark) :]
    places = [place for edit in edits for place in (edit.start, edit.end)]
    try:
        offsets = list(_offsets(body, codec, text, places))
        pieces: list[bytes] = []
        at = 0
        for edit, start, end in zip(edits, offsets[::2], offsets[1::2], strict=True):
            pieces += (body[at:start], edit.text.encode(codec))
            at = end
        new = b"".join((*pieces, body[at:]))
        wanted: list[str] = []
        before = 0
        for edit in edits:
            wanted += (text[before : edit.start], edit.text)
            before = edit.end
        # An encoding with states (ISO-2022, UTF-7) may read the bytes behind a change otherwise.
        return mark + new if new.decode(codec) == "".join((*wanted, text[before:])) else None
    except UnicodeError:
        return None


def _marked(data: bytes, encoding: str) -> tuple[bytes, str]:
    """The byte-order mark, and the encoding of what follows."""
    for mark, codec in _MARKED.get(encoding, ()):
        if data.startswith(mark):
            return mark, codec
    if encoding in ("utf-16", "utf-32"):
        return b"", f"{encoding}-{_NATIVE}"
    return b"", "utf-8" if encoding == "utf-8-sig" else encoding


def _offsets(body: bytes, codec: str, text: str, places: Sequence[int]) -> Iterator[int]:
    """Where the characters at `places`, which ascend, begin in the bytes. Raises UnicodeError."""
    if text.encode(codec) == body:
        at = offset = 0
        for place in places:
            offset += len(text[at:place].encode(codec))
            at = place
            yield offset
        return
    # Bytes that are read but never written, such as the second place of a character in Big5: one at a time.
    decoder = codecs.getincrementaldecoder(codec)()
    begins = [0]
    for at in range(len(body)):
        begins += [at + 1] * len(decoder.decode(body[at : at + 1]))
    yield from (begins[min(place, len(begins) - 1)] for place in places)
