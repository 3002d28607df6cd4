"""A figure of the text against the cell of a table that says the same.

A cell that bears the very value confirms the figure, if it is near or the figure's sentence speaks of it. A figure is accused only
where its metric is that of one cell, of row head and column head together, for the same year, and where the two differ by a slip of the
pen: what else bears one name in text and table is mostly something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from checker.checks import Check, Operand
from checker.checks.builder import build_check, comparable, formula, make_check
from checker.language.lexicon import words_of
from checker.links.wording import pairs_of
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.table_checks import written
from checker.tables.naming import cell_name
from checker.tables.view import ReadTable

__all__ = ["check_text"]

_SAME = formula("first == second")
_DIGITS = 3  # significant digits below which figures agree by chance
_FEWEST = 2  # digits of a rate that agrees together with another figure of its sentence
_SHARED = 4  # pairs of characters that a sentence and the heads of a far rate share
_NAME = 3  # characters of a metric that names one thing
_NEAR = 500  # characters to a table that a text speaks of
_OPENING = re.compile(
    r"^(?:全[国省市县区州乡镇村校行]|本[行集团公司年期]{1,3}|我[国省市县区]|[的，])+|[的为达至\s]+|[（(][^（）()]*[）)]"
)
_HARMLESS = frozenset(["共", "共计", "合计", "总计"])


class _Cell(NamedTuple):
    """A figure in a table, with its table and place."""

    quantity: Quantity
    table: ReadTable
    place: tuple[int, int]


def check_text(reading: Reading, lang: str) -> Iterator[Check]:
    """Figures of the text that a table states as well."""
    figures = [q for q in reading.quantities if q.id not in reading.cells and _plain(q) and _significant(q) >= _FEWEST]
    if not reading.tables or not figures:
        return
    by_value, by_name = _cells(reading)
    together = _by_sentence(reading, figures)
    for quantity in figures:
        agreeing = _in_a_row(reading, quantity, together, by_value) or _agreeing(reading, quantity, by_value)
        if agreeing is not None:
            yield _check(reading, quantity, agreeing, lang)
            continue
        if _significant(quantity) < _DIGITS:
            continue
        claim = reading.claims[quantity.id]
        name = _name(claim.metric or "")
        if len(name) < _NAME or not claim.narrowed <= _HARMLESS or not _of_the_table(claim.holder):
            continue
        same = [cell for cell in by_name.get((name, claim.period), ()) if comparable(cell.quantity, quantity)]
        if len(same) == 1 and _slip(reading, quantity, same[0].quantity):
            yield _check(reading, quantity, same[0], lang)


def _cells(reading: Reading) -> tuple[Mapping[object, list[_Cell]], Mapping[tuple[str, str | None], list[_Cell]]]:
    """The cells by value in base units, and by metric and period."""
    by_value: dict[object, list[_Cell]] = defaultdict(list)
    by_name: dict[tuple[str, str | None], list[_Cell]] = defaultdict(list)
    for table in reading.tables:
        for place, number in table.ids.items():
            quantity = reading.quantities[number]
            if not _plain(quantity) or _significant(quantity) < _FEWEST:
                continue
            cell = _Cell(quantity, table, place)
            by_value[_base(quantity)].append(cell)
            if _significant(quantity) < _DIGITS:
                continue
            words, period = table.named(number)
            if words and not table.layout.broken:
                by_name[_name(words), period].append(cell)
    return by_value, by_name


def _plain(quantity: Quantity) -> bool:
    return (
        quantity.kind == "quantity" and quantity.value is not None and quantity.unit is not None
        and quantity.approximation in ("exact", "rounded") and quantity.bounds is None and not quantity.words
    )  # fmt: skip


def _base(quantity: Quantity) -> object:
    assert quantity.unit is not None and quantity.value is not None  # only plain figures come here
    return quantity.unit.dimension, abs(quantity.value * quantity.unit.factor)


def _significant(quantity: Quantity) -> int:
    value, step = quantity.value, quantity.step
    assert value is not None
    return len(str(abs(value.numerator) * step.denominator // (value.denominator * step.numerator)).rstrip("0"))


def _name(metric: str) -> str:
    return _OPENING.sub("", metric)


def _by_sentence(reading: Reading, figures: list[Quantity]) -> Mapping[tuple[int, int], list[Quantity]]:
    together: dict[tuple[int, int], list[Quantity]] = defaultdict(list)
    for quantity in figures:
        if (place := reading.skeleton.place_of.get(quantity.id)) is not None:
            together[reading.skeleton.sentence(place)].append(quantity)
    return together


def _in_a_row(
    reading: Reading,
    quantity: Quantity,
    together: Mapping[tuple[int, int], list[Quantity]],
    by_value: Mapping[object, list[_Cell]],
) -> _Cell | None:
    """The cell with a figure's very value in a row with that of another figure of its sentence.

    Values next to them, tried in their place, stand in one row once in thirty for rates of two digits, and never for longer figures.
    """
    place = reading.skeleton.place_of.get(quantity.id)
    if place is None or (_significant(quantity) < _DIGITS and not _is_rate(quantity)):
        return None
    for other in together[reading.skeleton.sentence(place)]:
        if _base(other) == _base(quantity):
            continue
        rows = {
            (id(cell.table), cell.place[0])
            for cell in by_value.get(_base(other), ())
            if comparable(cell.quantity, other)
        }
        for cell in by_value.get(_base(quantity), ()):
            if (id(cell.table), cell.place[0]) in rows and comparable(cell.quantity, quantity):
                return cell
    return None


def _agreeing(reading: Reading, quantity: Quantity, by_value: Mapping[object, list[_Cell]]) -> _Cell | None:
    """The cell with the figure's very value: one whose row the figure's sentence names, a near one, or one whose heads share words with it.

    A value next to the figure's, tried in its place, is found in such a cell hardly ever; that of a rate in one far away more often, so that more
    words have to be shared.
    """
    cells = by_value.get(_base(quantity))
    place = reading.skeleton.place_of.get(quantity.id)
    if not cells or place is None or _significant(quantity) < _DIGITS:
        return None
    start, end = reading.skeleton.sentence(place)
    said = reading.skeleton.text[start:end]
    fitting = [cell for cell in cells if comparable(cell.quantity, quantity)]
    for cell in fitting:
        label = _name(cell.table.layout.rows[cell.place[0]].label)
        if len(label) > 1 and label in said:
            return cell
    for cell in fitting:
        if abs(cell.quantity.start - quantity.start) <= _NEAR:
            return cell
        heads, _ = cell.table.named(cell.quantity.id)
        shared = len(pairs_of(said) & pairs_of(heads, cell.table.layout.titles))
        if shared >= (_SHARED if _is_rate(quantity) else 1):
            return cell
    return None


def _is_rate(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.dimension in ("[rate]", "[point]")


def _of_the_table(holder: str | None) -> bool:
    """Whether a figure is said of what a table without a place in its heads is about; 东乡 has figures of its own."""
    return holder is None or holder in words_of("claims", "holders", "deictic")


def _slip(reading: Reading, figure: Quantity, cell: Quantity) -> bool:
    """Whether two figures of one length differ by one digit, or by two that have changed places."""
    a, b = (re.sub(r"\D", "", written(reading, q.id)) for q in (figure, cell))
    if figure.step != cell.step or len(a) != len(b) or a == b or len(a) < _DIGITS:
        return False
    different = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(different) == 1:
        return True
    return len(different) == 2 and [a[i] for i in different] == [b[i] for i in reversed(different)]


def _check(reading: Reading, quantity: Quantity, cell: _Cell, lang: str) -> Check:
    """The figure of the text against that of the cell."""
    if _base(quantity) == _base(cell.quantity):
        return _agreed(reading, *sorted((quantity, cell.quantity), key=lambda q: q.start))
    slots = {"first": (cell.quantity,), "second": (quantity,)}
    name = cell_name(reading.document, cell.table.layout, cell.table.number, cell.place, lang)
    return make_check(
        reading, "repeated_value", _SAME, slots, _MESSAGE[lang], severity="warning", link=4, words={"place": name}
    )


def _agreed(reading: Reading, first: Quantity, second: Quantity) -> Check:
    """Two writings of one size; 减少96亿元 is (9,600) in a table."""
    text = reading.document.text
    shown = [text[q.start : q.end] for q in (first, second)]
    return build_check(
        relation="repeated_value", outcome="holds",
        operands=(Operand("first", first.id), Operand("second", second.id)), operator="=", expression=" = ".join(shown),
        left=first.interval, right=second.interval, start=first.start, end=second.end, severity="warning", link=4,
    )  # fmt: skip


_MESSAGE = {
    "zh": "正文为{second}，{place}为{first}，似为同一数字，请核对",
    "en": "{second} in the text, {first} in {place}: it seems to be one figure",
}
