"""Lines in, lines out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from checker.report.jsonout import dump
from checker.serving.answering import Answer, Answerer, failure
from checker.serving.protocol import BadRequest, id_of

__all__ = ["Line", "lines_of", "serve"]

_PIECE = 65536
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line without its end; `whole` is false where it is too long, and then only its beginning and end are kept."""

    data: bytes
    whole: bool = True


def serve(source: BinaryIO, out: BinaryIO, answerer: Answerer, limit: int) -> None:
    """Answer every line of `source` that is not blank, in order, until it ends or a request asks to stop.

    `limit` is the most bytes of a line. Raises BrokenPipeError when nobody reads the answers any more.
    """
    for line in lines_of(source, limit):
        answer, last = _answered(line, answerer, limit)
        out.write(dump(answer) + b"\n")
        out.flush()
        if last:
            return


def lines_of(source: BinaryIO, limit: int) -> Iterator[Line]:
    """The lines that are not blank; of one longer than `limit` bytes no more than that is ever held in memory."""
    first = True
    while data := source.readline(limit + 1):
        if first:
            data, first = data.removeprefix(_BOM), False
        if len(data) > limit and not data.endswith(b"\n"):
            end = b""
            while piece := source.readline(_PIECE):
                end = (end + piece)[-_PIECE:]
                if piece.endswith(b"\n"):
                    break
            yield Line(data[:_PIECE] + end, whole=False)
        elif data.strip():
            yield Line(data.rstrip(b"\r\n"))


def _answered(line: Line, answerer: Answerer, limit: int) -> tuple[Answer, bool]:
    """The answer to a line, and whether it is the last."""
    if not line.whole:
        lang = answerer.lang
        said = f"这一行超过 {limit} 字节" if lang == "zh" else f"the line is longer than {limit} bytes"
        return failure(id_of(line.data), "too-large", said), False
    try:
        request = answerer.request(line.data)
    except BadRequest as error:
        return failure(error.id, error.code, error.message), False
    return answerer.answer(request), request.method == "shutdown"
