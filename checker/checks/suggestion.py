"""Which one slip of the pen would explain a contradiction: two digits changed round, a 万 too many or missing, one digit off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from checker.arithmetic.formula import Comparison, parse_formula
from checker.arithmetic.interval import Rational
from checker.checks.number_format import as_read
from checker.checks.verdict import Slots, Trial
from checker.document import Replacement
from checker.quantities import Quantity
from checker.quantities.numerals import arabic_number

__all__ = ["Slip", "Suggestion", "suggestion_for"]

_WrittenSlots = tuple[tuple[str, tuple[tuple[Quantity, str], ...]], ...]
_FEW = 6  # more figures than this in one relation, and too many slips would explain it


class Slip(NamedTuple):
    """The figure at `place` in a slot, and how its number should be written.

    It is `certain` where no slip of another kind would do and the number is long enough not to be hit by chance.
    """

    slot: str
    place: int
    text: str
    certain: bool


class Suggestion(NamedTuple):
    """A change of the text that would explain a contradiction; `certain` where it is the only one of all kinds of slips."""

    replacement: Replacement
    certain: bool


def suggestion_for(
    formula: Comparison, slots: Slots, text: str, *, flags: Mapping[str, Rational] | None = None, loose: bool = False
) -> Suggestion | None:
    """The change of one written figure that makes a failing equality hold; None where none or several do.

    Kinds of slips are tried from the likeliest on; the first kind that explains the contradiction in exactly one way is told.
    """
    if formula.operator != "=" or sum(map(len, slots.values())) > 4 * _FEW:
        return None
    figures = tuple((name, tuple(_unplaced(q, text) for q in slot)) for name, slot in slots.items())
    slip = _suggestion(formula.source, figures, tuple((flags or {}).items()), loose)
    if slip is None:
        return None
    figure = slots[slip.slot][slip.place]
    return Suggestion(Replacement(figure.number_start, figure.number_end, slip.text), slip.certain)


def _unplaced(quantity: Quantity, text: str) -> tuple[Quantity, str]:
    """A figure without its place, and how its number is written: the same contradiction is explained only once."""
    return quantity.placed(0, 0, 0, 0, 0), as_read(text[quantity.number_start : quantity.number_end])


@lru_cache(maxsize=1024)
def _suggestion(
    source: str, written_slots: _WrittenSlots, given_flags: tuple[tuple[str, Rational], ...], loose: bool
) -> Slip | None:
    formula, flags = parse_formula(source), dict(given_flags)
    slots = {name: tuple(q for q, _ in slot) for name, slot in written_slots}
    figures = [(name, i, q, w) for name, slot in written_slots for i, (q, w) in enumerate(slot) if _is_plain(q, w)]
    if len(figures) > _FEW:
        return None
    trial = Trial(formula, slots, flags=flags, loose=loose)
    likeliest: Slip | None = None
    for slips, telling in _KINDS:
        found = []
        for name, index, quantity, written in figures:
            certain = sum(map(str.isdecimal, written)) >= telling
            for variants in slips(written):
                ends = (_changed(quantity, variant) for variant in (variants[0], variants[-1]))
                if len(variants) > 2 and not trial.may_fit(name, index, *ends):
                    continue
                fitting = (v for v in variants if trial.fits(name, index, _changed(quantity, v)))
                found += [Slip(name, index, variant, certain) for variant in fitting]
        if likeliest is None and len(found) == 1:
            likeliest = found[0]
        elif likeliest is not None and set(found) - {likeliest}:
            return likeliest._replace(certain=False)
        elif found and likeliest is None:
            return None
    return likeliest


def _is_plain(quantity: Quantity, written: str) -> bool:
    """Whether a figure is one number in digits, with a magnitude behind it perhaps; not １２ or 1万2."""
    return (
        quantity.kind == "quantity" and quantity.value is not None and not quantity.words
        and quantity.approximation in ("exact", "rounded") and written.rstrip("百千万亿").isascii()
    )  # fmt: skip


def _changed(quantity: Quantity, variant: str) -> Quantity:
    value, step, _ = arabic_number(variant)
    return quantity._replace(value=value, step=step, bounds=None)


# What a kind of slip makes of a number: variants, together where they lie in a row, so that none is tried where no number between
# the first and the last would do.
_Variants = Iterator[list[str]]


def _swapped(written: str) -> _Variants:
    """Two neighbouring digits changed round: 2785, 2758."""
    for i in range(len(written) - 1):
        a, b = written[i], written[i + 1]
        if a != b and a.isdecimal() and b.isdecimal() and not (i == 0 and b == "0"):
            yield [written[:i] + b + a + written[i + 2 :]]


def _wan(written: str) -> _Variants:
    """A 万 too many or missing: 3.2万, 3.2."""
    if written.endswith("万"):
        yield [written[:-1]]
    elif written[-1:].isdecimal():
        yield [written + "万"]


def _one_digit(written: str) -> _Variants:
    """One digit off: 479, 489."""
    for i, old in enumerate(written):
        if old.isdecimal():
            yield [
                written[:i] + new + written[i + 1 :]
                for new in "0123456789"
                if new != old and not (i == 0 and new == "0")
            ]


# The kinds of slips, the likeliest first, and how many digits a number must have for one to be certain: of the hundred numbers
# with two digits every fifth is one digit off from a given one (1.2, 1.8), of those with four digits one in three hundred.
_KINDS = ((_swapped, 3), (_wan, 1), (_one_digit, 4))
