"""Reading figures, held to the tables in ``tests/figures``.

A line of a table is one sentence with the figure marked by ⟦ ⟧, and what must be read::

    sentence | kind | value | interval | unit | approximation  # why, where the row is open to doubt

* kind: a kind of the JSON; ``count`` is a label or a quantity; ``none`` is anything but a quantity, or nothing at all.
* value: a number with 万 and 亿 folded in, a fraction (1/3), or ``(2016, 4, 26)`` for the parts of a date, time, ratio, score.
* interval: ``[1, 2)`` with ``inf`` where it has no end, ``=`` exactly the value, ``±5``, ``±10%`` around it.
* unit: the canonical name. In any field ``-`` is null, ``*`` is anything, `` or `` stands between equals.
  Fields left out at the end are ``*``. A ``\\n`` in the sentence is a line break.

A sentence with several marked figures has no fields; a line for each follows, indented, and begins with its writing.
The marks hold approximation words and unit. A reading may leave out the approximation word (近, 约, 以上), nothing else;
labels, names, codes and ordinals need only touch the marks, and a date, period or time whose parts the row leaves open
may be read in pieces (2018年 + 1-6月).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from checker.arithmetic.interval import Interval
from checker.quantities import Quantity, read_quantities
from checker.sources import make_document

TABLES = Path(__file__).parent / "figures"
LOOSE = {"label", "name", "code", "ordinal", "none"}
IN_PIECES = {"date", "period", "time"}
# Longer words first in a row of alternatives that begin alike.
BEFORE = re.compile(
    "达到或超过|不低于|不少于|不超过|不高于|不多于|大约|约为|约|将近|接近|近|超过|超|逾|突破|多于|高于|大于|至少|至多|不足|不到|低于|少于|小于"
)
BEHIND = re.compile("(?:以上|以下|以内|左右|上下|有余)$")
NUMERIC_ALTERNATIVE = re.compile(r"-?[\d.]+(/\d+)?")


@dataclass(frozen=True, slots=True)
class Case:
    """One marked figure: its sentence without marks, its half-open span in it, and the six expected fields."""

    where: str
    text: str
    start: int
    end: int
    kind: str
    value: str
    interval: str
    unit: str
    approximation: str

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]

    @property
    def loose(self) -> bool:
        """Whether a reading need only touch the marks, and may be in pieces."""
        return self.kind == "count" or self.kinds <= LOOSE or (self.value == "*" and self.kinds <= LOOSE | IN_PIECES)

    @property
    def kinds(self) -> set[str]:
        return {k for name in self.kind.split(" or ") for k in (("label", "quantity") if name == "count" else (name,))}


def unmark(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence without its marks, and the half-open spans that they held."""
    text, spans = "", []
    for i, piece in enumerate(re.split("[⟦⟧]", sentence)):
        if i % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return text, spans


def read_table(path: Path) -> Iterator[Case]:
    """The cases of one table, in order; ValueError where a line cannot be one."""
    text = ""
    waiting: list[tuple[int, int]] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = re.sub(r"\s+# .*$", "", raw)
        if not line.strip() or line.startswith("#"):
            continue
        first, *fields = line.split(" | ")
        first = first.replace("\\r", "\r").replace("\\n", "\n")
        if not line.startswith(" "):
            if waiting:
                raise ValueError(f"{path.name}:{number}: marked figures above have no line: {waiting}")
            text, waiting = unmark(first)
            if not fields:
                continue
        span = waiting.pop(0)
        if line.startswith(" ") and first.strip() != text[span[0] : span[1]]:
            raise ValueError(f"{path.name}:{number}: {first.strip()} is not the marked {text[span[0] : span[1]]}")
        if not fields or len(fields) > 5:
            raise ValueError(f"{path.name}:{number}: {len(fields)} fields")
        yield Case(f"{path.name}:{number}", text, *span, *(fields + ["*"] * (5 - len(fields))))
    if waiting:
        raise ValueError(f"{path.name}: marked figures at the end have no line: {waiting}")


CASES = [case for path in sorted(TABLES.glob("*.txt")) for case in read_table(path)]


def spans_allowed(case: Case) -> set[tuple[int, int]]:
    """The marked span, and the same without the approximation word before or behind the figure."""
    before, behind = BEFORE.match(case.written), BEHIND.search(case.written)
    starts = {case.start, case.start + (before.end() if before else 0)}
    ends = {case.end, case.start + behind.start() if behind else case.end}
    return {(start, end) for start in starts for end in ends}


def normal(interval: Interval) -> tuple[object, ...]:
    """An interval as ends and closedness, where an infinite end is never closed."""
    return (
        interval.low,
        interval.low is not None and interval.low_closed,
        interval.high,
        interval.high is not None and interval.high_closed,
    )


def expected_intervals(case: Case) -> list[Interval]:
    """Every interval that the row allows."""
    values = [Fraction(v) for v in case.value.split(" or ") if NUMERIC_ALTERNATIVE.fullmatch(v)]
    found = []
    for way in case.interval.split(" or "):
        bounds = re.fullmatch(r"([\[(])(\S+), (\S+)([\])])", way)
        if bounds:
            low, high = (None if "inf" in end else Fraction(end) for end in bounds.group(2, 3))
            found.append(Interval(low, high, bounds[1] == "[", bounds[4] == "]"))
            continue
        for value in values:
            if way == "=":
                margin = Fraction(0)
            elif way.endswith("%"):
                margin = abs(value) * Fraction(way[1:-1]) / 100
            else:
                margin = Fraction(way.removeprefix("±"))
            found.append(Interval(value - margin, value + margin))
    return found


def shown(number: object) -> str:
    return "-" if number is None else str(number)


def differences(case: Case, q: Quantity) -> Iterator[str]:
    """What of one reading is not as its row says; the fields of a non-quantity beyond kind and parts are free."""
    if q.kind not in case.kinds:
        yield f"kind {q.kind}, want {case.kind}"
        return
    if not case.loose and (q.start, q.end) not in spans_allowed(case):
        yield f"span {case.text[q.start : q.end]!r}, want {case.written!r}"
    if case.value.startswith("("):
        parts = tuple(Fraction(p) for p in case.value[1:-1].split(", "))
        if tuple(q.parts) != parts:
            yield f"parts {q.parts}, want {case.value}"
        return
    free = q.kind not in {"quantity", "label"} and not ("quantity" in case.kinds and q.kind == "period")
    if free:
        return
    values = [None if v == "-" else Fraction(v) for v in case.value.split(" or ") if v != "*"]
    if "*" not in case.value.split(" or ") and q.value not in values:
        yield f"value {shown(q.value)}, want {case.value}"
    if case.interval != "*" and normal(q.interval) not in map(normal, expected_intervals(case)):
        low, high = shown(q.interval.low), shown(q.interval.high)
        ends = "[" if q.interval.low_closed else "(", "]" if q.interval.high_closed else ")"
        yield f"interval {ends[0]}{low}, {high}{ends[1]}, want {case.interval}"
    unit = q.unit.name if q.unit else "-"
    if case.unit != "*" and unit not in case.unit.split(" or "):
        yield f"unit {unit}, want {case.unit}"
    if case.approximation != "*" and q.approximation not in case.approximation.split(" or "):
        yield f"approximation {q.approximation}, want {case.approximation}"


def misreadings(case: Case) -> list[str]:
    """What is wrong with the reading of one case; empty where all is well."""
    quantities = read_quantities(make_document(case.text))
    near = [q for q in quantities if q.start < case.end and case.start < q.end]
    if "none" in case.kinds:
        near = [q for q in near if q.kind == "quantity"]
        if not near:
            return []
    if not near:
        return [f"nothing read, want {case.kind} {case.value}"]
    if len(near) > 1 and not case.loose:
        return ["cut in pieces: " + " + ".join(repr(case.text[q.start : q.end]) for q in near)]
    return [difference for q in near for difference in differences(case, q)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.where)
def test_figure(case: Case) -> None:
    wrong = misreadings(case)
    if wrong:
        pytest.fail(f"{case.text!r} {case.written!r}: {'; '.join(wrong)}", pytrace=False)


def test_tables_are_large_and_without_repeats() -> None:
    """A row pasted twice tests nothing; nor does a table that was cut short."""
    seen = [(case.text, case.start) for case in CASES]
    assert len(set(seen)) == len(seen) > 600


def test_every_kind_and_approximation_has_rows() -> None:
    kinds = {kind for case in CASES for kind in case.kinds}
    ways = {way for case in CASES for way in case.approximation.split(" or ")}
    assert kinds >= {"quantity", "date", "period", "time", "ratio", "score", "ordinal", "label", "none"}
    assert ways >= {"exact", "rounded", "about", "over", "under", "near", "range", "vague"}


def test_ids_and_order() -> None:
    """Ids are places in the tuple, figures stand in text order and never overlap."""
    text = "。".join(case.text for case in CASES)
    quantities = read_quantities(make_document(text))
    assert [q.id for q in quantities] == list(range(len(quantities)))
    assert all(a.end <= b.start for a, b in pairwise(quantities))
    assert all(q.start <= q.number_start < q.number_end <= q.end for q in quantities)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "。", "%", "万元", "个百分点", "￥", "一", "几", "近", "1", "-", "⟦⟧", "𠮷", "😀3户"]
)
def test_scraps_are_read_without_a_crash(text: str) -> None:
    assert all(0 <= q.start < q.end <= len(text) for q in read_quantities(make_document(text)))


def test_offsets_are_code_points() -> None:
    (quantity,) = read_quantities(make_document("😀𠮷村有1579户"))
    assert (quantity.start, quantity.end) == (4, 9)
