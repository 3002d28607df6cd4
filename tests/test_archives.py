"""ZIP containers that unpack to more than can be read, or not at all."""

from __future__ import annotations

import tracemalloc
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from checker.errors import SourceError
from checker.sources import archives
from checker.sources.archives import guard
from checker.sources.messages import Lang

MB = 2**20


def packed(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def lying(real: bytes, said: int) -> bytes:
    """A part of which both headers say that it unpacks to `said` bytes, with the checksum of just those."""
    data = packed({"a.xml": real})
    for told, instead in ((len(real), said), (zlib.crc32(real), zlib.crc32(real[:said]))):
        data = data.replace(told.to_bytes(4, "little"), instead.to_bytes(4, "little"))
    return data


SMALL = {"word/document.xml": b"<a/>" * 1000, "word/media/a.png": bytes(range(256)) * 40}


def test_what_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_PART", 10240)
    monkeypatch.setattr(archives, "LARGEST_TOTAL", 14240)
    for method in (ZIP_DEFLATED, ZIP_STORED):
        guard(packed(SMALL, method), "Word 文档", "zh")
    monkeypatch.setattr(archives, "LARGEST_TOTAL", 14239)
    with pytest.raises(SourceError):
        guard(packed(SMALL), "Word 文档", "zh")


@pytest.mark.parametrize(
    ("data", "code", "lang", "words"),
    [
        (packed({"a.xml": bytes(3 * MB)}), "too-large", "zh", "Word 文档过大：解压后超过 2 MB"),
        (packed({f"{n}.xml": bytes(MB) for n in range(4)}), "too-large", "en", "more than 3 MB when unpacked"),
        (lying(bytes(3 * MB), 1000), "too-large", "zh", "解压后超过 2 MB"),
        (packed({f"{n}.xml": b"" for n in range(51)}), "too-large", "zh", "内部文件超过 50 个"),
        (packed(SMALL, ZIP_BZIP2), "damaged", "zh", "Word 文档已损坏"),
        (packed(SMALL)[:-30], "damaged", "en", "ZIP structure"),
        (b"PK\x03\x04" + bytes(400), "damaged", "zh", "ZIP"),
        (packed({"a": b"a"}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
         "encrypted", "zh", "已加密"),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, code: str, lang: Lang, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in (("LARGEST_PART", 2 * MB), ("LARGEST_TOTAL", 3 * MB), ("MOST_PARTS", 50)):
        monkeypatch.setattr(archives, name, limit)
    with pytest.raises(SourceError) as caught:
        guard(data, "Word 文档", lang)
    assert caught.value.code == code
    assert words in caught.value.message


def test_a_bomb_is_neither_unpacked_into_memory_nor_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_PART", 24 * MB)
    inflated, inflating = 0, zlib.decompressobj

    class Counting:
        def __init__(self, bits: int) -> None:
            self.real = inflating(bits)

        def decompress(self, data: bytes, most: int) -> bytes:
            nonlocal inflated
            piece = self.real.decompress(data, most)
            inflated += len(piece)
            return piece

        def __getattr__(self, name: str) -> object:
            return getattr(self.real, name)

    data = lying(bytes(96 * MB), 1000)
    assert len(data) < MB
    with monkeypatch.context() as patch:
        patch.setattr(archives.zlib, "decompressobj", Counting)
        tracemalloc.start()
        with pytest.raises(SourceError, match="24 MB"):
            guard(data, "Word 文档", "zh")
        assert tracemalloc.get_traced_memory()[1] < 12 * MB
        tracemalloc.stop()
    assert 24 * MB < inflated <= 25 * MB


def test_cut_and_altered_containers_only_ever_give_source_errors() -> None:
    whole = packed(SMALL)
    for at in range(0, len(whole), 3):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            try:
                guard(data, "Word 文档", "zh")
            except SourceError as error:
                assert error.code in ("damaged", "encrypted", "too-large")
