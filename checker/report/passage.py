"""The sentence that a finding is about, with its figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from checker.document import Document
from checker.findings import Finding
from checker.result import Result

__all__ = ["Passage", "Stretch", "passage"]

_SENTENCE_END = re.compile(r"[。！？!?；;]")
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
    """The sentence around a finding in stretches, cut with … where it is long.

    Stays within the block of the finding; what a page break parted is joined.
    """
    spans = _sentence(result.document, finding)
    figures = _figures(result, finding)
    text = result.document.text
    stretches: list[Stretch] = []
    for start, end in spans:
        at = start
        for low, high in figures:
            low, high = max(low, at), min(high, end)
            if low < high:
                stretches += [Stretch(text[at:low]), Stretch(text[low:high], True)]
                at = high
        stretches.append(Stretch(text[at:end]))
    block_start, block_end = _block_ends(result.document, finding)
    if _is_cut(text, block_start, spans[0][0]):
        stretches.insert(0, Stretch("…"))
    if _is_cut(text, spans[-1][1], block_end, closing=spans[-1][1] - 1):
        stretches.append(Stretch("…"))
    return Passage(tuple(stretch for stretch in stretches if stretch.text), spans[0][0], spans[-1][1])


def _is_cut(text: str, start: int, end: int, closing: int | None = None) -> bool:
    """Whether something of the same sentence is left out between the two offsets."""
    if not text[start:end].strip():
        return False
    edge = text[end - 1] if closing is None else text[closing]
    return _SENTENCE_END.match(edge) is None


def _block_spans(document: Document, finding: Finding) -> tuple[tuple[int, int], ...]:
    blocks = document.blocks
    at = bisect_right(blocks, finding.start, key=lambda block: block.start) - 1
    if at < 0 or finding.start >= blocks[at].end:
        return ((finding.start, finding.end),)
    return blocks[at].spans


def _block_ends(document: Document, finding: Finding) -> tuple[int, int]:
    spans = _block_spans(document, finding)
    return spans[0][0], spans[-1][1]


def _sentence(document: Document, finding: Finding) -> list[tuple[int, int]]:
    """The spans of the sentence or sentences that the finding stands in, not much more than `_INSIDE` characters."""
    block = _block_spans(document, finding)
    text = document.text
    last = min(finding.end, block[-1][1], finding.start + _INSIDE)
    start, end = block[0][0], block[-1][1]
    for match in _SENTENCE_END.finditer(text, max(start, finding.start - 2 * _AROUND), finding.start):
        start = match.end()
    closing = _SENTENCE_END.search(text, max(last - 1, finding.start), min(end, last + 2 * _AROUND))
    end = closing.end() if closing is not None else end
    if finding.start - start > 2 * _AROUND:
        start = finding.start - _AROUND
    if end - last > 2 * _AROUND:
        end = last + _AROUND
    clipped = ((max(low, start), min(high, end)) for low, high in block)
    return [(low, high) for low, high in clipped if low < high] or [(finding.start, finding.end)]


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
