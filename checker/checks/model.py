"""One relation between figures, judged: the two sides as intervals, and what came out."""

from __future__ import annotations

from typing import Literal, NamedTuple

from checker.arithmetic.interval import Interval
from checker.document import Replacement

__all__ = ["RELATIONS", "Accuses", "Check", "Operand", "Outcome", "Severity", "Standing"]

Outcome = Literal["holds", "holds-rounded", "holds-truncated", "fails", "undecided"]
Severity = Literal["error", "warning", "info"]
Accuses = Literal["always", "slip", "never"]
"""When a failure of a check is reported: always, where it looks like a slip of the pen (`checker.checks.slips`), or never."""

RELATIONS = (
    "sum_of_parts",
    "part_le_whole",
    "pair",
    "share",
    "implied_denominator",
    "growth",
    "difference",
    "points",
    "multiple",
    "average",
    "alignment",
    "repeated_value",
    "complement",
    "stock_flow",
    "direction",
    "ratio",
    "percent_total",
    "bounds",
    "enumeration_count",
    "section_count",
    "range_order",
    "date",
    "unit_conversion",
    "magnitude",
    "unit_fit",
    "table_total",
    "extraction",
    "custom",
    "style",
)


class Operand(NamedTuple):
    """A figure's part in a check: the quantity with this id, or else a stretch of the text."""

    role: str
    quantity: int | None = None
    start: int | None = None
    end: int | None = None


class Standing(NamedTuple):
    """The link that a check stands on: its kind, the construction that states it (None where none does), and how probable it is."""

    kind: str
    construction: str | None
    probability: float


class Check(NamedTuple):
    """One relation between operands.

    `left` and `right` are the two sides in the unit of `expression`; `start` and `end` the code-point offsets of the
    passage that links the operands. `link` is the level of DESIGN's *Links* (1 strongest); `severity` is what a
    failure of this check weighs. `reason` says why an undecided check is undecided. `suggestion` is the slip that would
    explain the failure, for people; `replacement` is the same for machines, `certain` where no other slip would do, so
    that it may be made without asking. `accused` is the quantity at which a finding stands where that is not the last of
    the operands. `slip` is how many times as probable a failure is if a figure was miswritten as if the figures do not belong together
    (`checker.checks.slips`); None where nothing fails. `confirms`: the relation is one that confirms figures where it holds; `confirmed` are
    the quantities that it does confirm. `accuses` says when a failure is reported. `standing` is there where it stands on a link.
    """

    id: int
    rule: str
    slug: str
    relation: str
    outcome: Outcome
    operands: tuple[Operand, ...]
    operator: str
    expression: str
    left: Interval | None
    right: Interval | None
    start: int
    end: int
    severity: Severity = "error"
    message: str = ""
    reason: str | None = None
    suggestion: str | None = None
    link: int = 1
    confirms: bool = True
    accused: int | None = None
    replacement: Replacement | None = None
    certain: bool = False
    accuses: Accuses = "always"
    slip: float | None = None
    confirmed: tuple[int, ...] | None = None
    standing: Standing | None = None

    @property
    def holds(self) -> bool:
        """Whether the figures agree, exactly or within rounding."""
        return self.outcome in ("holds", "holds-rounded")

    @property
    def trivial(self) -> bool:
        """Whether it holds but says little of any figure: a day that exists, a rate below 100 %, a part far below its whole."""
        if not self.holds:
            return False
        figures = any(operand.quantity is not None for operand in self.operands)
        return not self.confirms or (figures and not self.confirmed)

    def named(self, number: int, rule: str, slug: str) -> Check:
        """The same check with its id and the name of its rule; spelt out, as every check of every text passes here."""
        return Check(
            number, rule, slug, self.relation, self.outcome, self.operands, self.operator, self.expression, self.left, self.right,
            self.start, self.end, self.severity, self.message, self.reason, self.suggestion, self.link, self.confirms,
            self.accused, self.replacement, self.certain, self.accuses, self.slip, self.confirmed, self.standing,
        )  # fmt: skip
