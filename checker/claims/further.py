"""What the further fields of a claim hold."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["NOTHING_KNOWN", "Base", "Comparison", "Group", "GroupKind", "Known", "Modality", "Origin", "Way"]

Base = Literal["year_on_year", "previous", "year_start", "yearly_average", "period", "holder", "plan", "other"]
Modality = Literal["actual", "planned", "forecast", "at_least", "at_most", "negated"]
GroupKind = Literal["respectively", "shared", "list"]
Way = Literal["stated", "carried", "document", "none"]


class Comparison(NamedTuple):
    """What a change is measured against.

    `kind` sorts it: the same time of the year before (同比), the period right before (环比), the beginning of the year (较年初),
    the mean of several years (年均), another period (较2018年), another holder (高于全国), what was planned (比预算), or other. `text` is
    what the document writes from `start` to `end` (half-open code-point offsets, None in a table), `period` that of the base where it
    can be told (as the period of a claim), `holder` that of the base where it is another.
    """

    kind: Base
    text: str
    period: str | None = None
    holder: str | None = None
    start: int | None = None
    end: int | None = None


class Group(NamedTuple):
    """The coordination in which a figure stands.

    `respectively`: names and figures in one order (A、B分别为3座、4座); `list`: figures in a row; `shared`: one figure that is
    said of several (A和B均增长5%). `members` are the ids of its figures in text order, `place` the place of this claim in it,
    counted from 0, and `of` how many there are.
    """

    kind: GroupKind
    members: tuple[int, ...]
    place: int
    of: int


class Origin(NamedTuple):
    """How a field is known: `stated` in the figure's own clause, `carried` from words before it (subject, heading, head of a column),
    told by the `document` (title, day of publication), or `none`.

    `start` and `end` are half-open code-point offsets of the words, None where no stretch of the text says it.
    """

    way: Way
    start: int | None = None
    end: int | None = None


class Known(NamedTuple):
    """How metric, holder and period of a claim are known."""

    metric: Origin
    holder: Origin
    period: Origin


NOTHING_KNOWN = Known(Origin("none"), Origin("none"), Origin("none"))
