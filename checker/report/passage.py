"""The sentence that a finding is about, with its figures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from checker.document import Document
from checker.findings import Finding
from checker.findings.result import Result
from checker.patterns import pattern

__all__ = ["Passage", "Stretch", "passage", "passage_around"]

_SENTENCE_END = pattern(r"[。！？!?；;]")
_NUMBER = pattern(r"[\d.][\d.]")
_AROUND, _INSIDE = 60, 240


class Stretch(NamedTuple):
    """A stretch of the passage; `figure` where it is one of the figures of the finding."""

    text: str
    figure: bool = False


class Passage(NamedTuple):
    """What is shown of the text between two offsets."""

    stretches: tuple[Stretch, ...]
    start: int
    end: int


def passage(result: Result, finding: Finding) -> Passage:
    """The sentence around a finding in stretches, cut with … where it is long."""
    return passage_around(result.document, finding.start, finding.end, _figures(result, finding))


def passage_around(
    document: Document, start: int, end: int, figures: Iterable[tuple[int, int]], *, around: int = _AROUND
) -> Passage:
    """The sentence around a stretch of the text, with the `figures` (in text order) marked.

    A sentence of more than twice `around` characters on either side is cut. Stays within the block; what a page break
    parted is joined.
    """
    spans = _sentence(document, start, end, around)
    text = document.text
    stretches: list[Stretch] = []
    for span_start, span_end in spans:
        at = span_start
        for low, high in figures:
            low, high = max(low, at), min(high, span_end)
            if low < high:
                stretches += [Stretch(text[at:low]), Stretch(text[low:high], True)]
                at = high
        stretches.append(Stretch(text[at:span_end]))
    block = _block_spans(document, start, end)
    if _is_cut(text, block[0][0], spans[0][0]):
        stretches.insert(0, Stretch("…"))
    if _is_cut(text, spans[-1][1], block[-1][1], closing=spans[-1][1] - 1):
        stretches.append(Stretch("…"))
    return Passage(tuple(stretch for stretch in stretches if stretch.text), spans[0][0], spans[-1][1])


def _is_cut(text: str, start: int, end: int, closing: int | None = None) -> bool:
    """Whether something of the same sentence is left out between the two offsets."""
    if not text[start:end].strip():
        return False
    edge = text[end - 1] if closing is None else text[closing]
    return _SENTENCE_END.match(edge) is None


def _block_spans(document: Document, start: int, end: int) -> tuple[tuple[int, int], ...]:
    blocks = document.blocks
    at = bisect_right(blocks, start, key=lambda block: block.start) - 1
    if at < 0 or start >= blocks[at].end:
        return ((start, end),)
    return blocks[at].spans


def _sentence(document: Document, first: int, last: int, around: int) -> list[tuple[int, int]]:
    """The spans of the sentence or sentences of the stretch, not much more than `_INSIDE` characters."""
    block = _block_spans(document, first, last)
    text = document.text
    last = min(last, block[-1][1], first + _INSIDE)
    start, end = block[0][0], block[-1][1]
    for match in _SENTENCE_END.finditer(text, max(start, first - 2 * around), first):
        start = match.end()
    closing = _SENTENCE_END.search(text, max(last - 1, first), min(end, last + 2 * around))
    end = closing.end() if closing is not None else end
    if first - start > 2 * around:
        start = first - around
        while _inside_number(text, start):
            start -= 1
    if end - last > 2 * around:
        end = last + around
        while _inside_number(text, end):
            end += 1
    clipped = ((max(low, start), min(high, end)) for low, high in block)
    return [(low, high) for low, high in clipped if low < high] or [(first, last)]


def _inside_number(text: str, at: int) -> bool:
    return _NUMBER.fullmatch(text, at - 1, at + 1) is not None


def _figures(result: Result, finding: Finding) -> list[tuple[int, int]]:
    """Where the figures of the check behind the finding stand, in text order."""
    if not 0 <= finding.check < len(result.checks):
        return [(finding.start, finding.end)]
    places = []
    for operand in result.checks[finding.check].operands:
        if operand.quantity is not None:
            quantity = result.quantities[operand.quantity]
            places.append((quantity.start, quantity.end))
        elif operand.start is not None and operand.end is not None:
            places.append((operand.start, operand.end))
    return sorted(set(places))
