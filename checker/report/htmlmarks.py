"""What is marked in an article of the HTML report, and what is known of each mark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checker.checks import Operand
from checker.document import Document
from checker.findings.result import Result
from checker.findings.support import Support
from checker.report.claimwords import claim_words, known_words
from checker.report.htmltext import data_json, interval_words, value_words, visible
from checker.report.words import word
from checker.sources.messages import Lang

__all__ = ["Mark", "Marks", "cards_json", "marks_of"]

# What the card tells of a figure behind its period, by the place of its name in words.json
FURTHER = ("type", "compared_to", "modality", "scope", "basis", "source", "group", "others", "known")
OUTCOMES = ("holds", "holds-rounded", "holds-truncated", "fails")  # what is not decided tells a reader nothing
_LONGEST = 400  # characters of a stretch without a figure that are marked


class Mark(NamedTuple):
    """A stretch of the text that can be pointed at: a figure, or words that a finding names.

    `start` and `end` are half-open code-point offsets; `quantity` is the id of the figure; `notes` are the numbers,
    from 1, of the findings that stand here, and `named` is whether any finding names it.
    """

    start: int
    end: int
    quantity: int | None
    support: Support | None
    notes: tuple[int, ...] = ()
    named: bool = False


@dataclass(frozen=True)
class Marks:
    """The marks of one document in text order, and which of them belongs to which figure or stretch."""

    every: tuple[Mark, ...]
    by_quantity: Mapping[int, int]
    by_span: Mapping[tuple[int, int], int]

    def of(self, operand: Operand) -> int | None:
        """The place among the marks of an operand of a check."""
        if operand.quantity is not None:
            return self.by_quantity.get(operand.quantity)
        assert operand.start is not None and operand.end is not None  # else it would name a quantity
        return self.by_span.get((operand.start, operand.end))


def marks_of(result: Result) -> Marks:
    """Every figure that counts, every date or the like that stands in a decided check, every stretch that a finding names."""
    quantities, supports = result.quantities, result.supports
    wanted = {q.id for q, support in zip(quantities, supports, strict=True) if support is not None}
    for check in result.checks:
        if check.outcome in OUTCOMES:
            wanted.update(operand.quantity for operand in check.operands if operand.quantity is not None)
    quantity_at = {(quantities[i].start, quantities[i].end): i for i in sorted(wanted)}
    named: set[tuple[int, int]] = set()
    notes: dict[tuple[int, int], list[int]] = {}
    for number, finding in enumerate(result.findings, 1):
        places = [(finding.start, finding.end), *((related.start, related.end) for related in finding.related)]
        named.update(places)
        notes.setdefault(places[0], []).append(number)
    found: list[tuple[int, int, tuple[int, int], int | None]] = [
        (*place, place, quantity) for place, quantity in quantity_at.items()
    ]
    found += [(*_within_block(result.document, *place), place, None) for place in named if place not in quantity_at]
    found.sort(key=lambda mark: (mark[0], -mark[1], mark[2]))
    every = tuple(
        Mark(start, end, i, None if i is None else supports[i], tuple(notes.get(place, ())), place in named)
        for start, end, place, i in found
    )
    return Marks(
        every,
        {mark.quantity: at for at, mark in enumerate(every) if mark.quantity is not None},
        {place: at for at, (_, _, place, _) in enumerate(found)},
    )


def cards_json(result: Result, marks: Marks, numbers: Mapping[int, int], lang: Lang) -> str:
    """What the page's script shows of each mark, as JSON for a script element.

    `numbers` are the numbers of the marks that were written, by their places among the marks, in the order of writing.
    ``s`` holds every string once. ``f`` has a list for each number: value and interval in words, then unit, metric, holder,
    period, kind and approximation as places in ``s`` (0 for none), then for each further field that is known its place in
    FURTHER and what it says as a place in ``s``; cut after the last that is known. ``c`` has a list for
    each decided check: rule, slug, outcome (a place in OUTCOMES), arithmetic, the marks by number, and the number of its
    finding or 0.
    """
    pool = _Pool()
    figures = [_figure(result, marks.every[place], pool, lang) for place in numbers]
    notes = {finding.check: number for number, finding in enumerate(result.findings, 1)}
    checks: list[list[object]] = []
    for check in result.checks:
        if check.outcome not in OUTCOMES:
            continue
        places = {place for operand in check.operands if (place := marks.of(operand)) is not None}
        written = sorted(numbers[place] for place in places if place in numbers)
        if written:
            names = (pool.place(check.rule), pool.place(check.slug))
            arithmetic = pool.place(check.expression)
            checks.append([*names, OUTCOMES.index(check.outcome), arithmetic, written, notes.get(check.id, 0)])
    return data_json({"s": pool.strings, "f": figures, "c": checks})


class _Pool:
    """Strings, each kept once and known by its place; the empty one has place 0."""

    def __init__(self) -> None:
        self._places = {"": 0}

    def place(self, text: str | None) -> int:
        return self._places.setdefault(visible(text or ""), len(self._places))

    @property
    def strings(self) -> Sequence[str]:
        return list(self._places)


def _figure(result: Result, mark: Mark, pool: _Pool, lang: Lang) -> list[str | int]:
    if mark.quantity is None:
        return []
    quantity, claim = result.quantities[mark.quantity], result.claims[mark.quantity]
    counted = quantity.kind == "quantity"
    value = "" if quantity.value is None else value_words(quantity.value)
    interval = interval_words(quantity.interval, lang) if counted and not quantity.interval.is_point else ""
    unit = quantity.surface or (None if quantity.unit is None else quantity.unit.name)
    kind = None if counted else quantity.kind
    manner = None if quantity.approximation == "exact" else quantity.approximation
    named = (unit, claim.metric, claim.holder, claim.period, kind, manner)
    known: list[str | int] = [value, interval, *map(pool.place, named)]
    said = dict(claim_words(claim, lang)) | {"known": known_words(claim, lang)}
    kind_words = "" if claim.type is None else word(f"type.{claim.type}", lang)
    said["type"] = " · ".join(filter(None, (kind_words, said.get("direction"))))
    for at, name in enumerate(FURTHER):
        if words := said.get(name):
            known += (at, pool.place(words))
    while known and not known[-1]:
        known.pop()
    return known


def _within_block(document: Document, start: int, end: int) -> tuple[int, int]:
    """The part of a stretch that is marked: it begins in a block, and does not leave it."""
    blocks = document.blocks
    at = bisect_right(blocks, start, key=lambda block: block.start) - 1
    if (at < 0 or start >= blocks[at].end) and at + 1 < len(blocks):
        at += 1
    if at < 0:
        return start, end
    start = max(start, blocks[at].start)
    return start, max(start + 1, min(end, blocks[at].end, start + _LONGEST))
