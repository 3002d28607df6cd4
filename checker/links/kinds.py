"""The kinds of links as rules and readers know them: a name, and the roles of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from checker.links.features import STATED
from checker.links.index import Candidate

__all__ = ["KINDS", "Kind", "construction_of", "kind_of"]


class Kind(NamedTuple):
    """What the candidates of a kind of link bear: their own kind, their relation, and the roles of their figures."""

    kind: str
    relation: str
    roles: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "growth": Kind("change", "growth", ("base", "current", "rate")),
    "implied": Kind("implied", "growth", ("change", "current", "rate")),
    "difference": Kind("change", "difference", ("base", "current", "change")),
    "points": Kind("change", "points", ("base", "current", "change")),
    "multiple": Kind("change", "multiple", ("base", "current", "times")),
    "share": Kind("share", "share", ("part", "whole", "rate")),
    "denominator": Kind("denominator", "implied_denominator", ("part", "rate")),
    "sum": Kind("sum", "sum_of_parts", ("part", "total")),
    "partition": Kind("partition", "percent_total", ("part",)),
    "mean": Kind("mean", "average", ("count", "mean", "total")),
    "repeat": Kind("repeat", "repeated_value", ("first", "second")),
    **{kind: Kind(kind, "direction", ("base", "current")) for kind in ("rise", "fall", "above", "below", "even")},
    "gap": Kind("gap", "difference", ("larger", "smaller", "gap")),
    "lead": Kind("lead", "difference", ("score", "gap")),
    "ratio": Kind("ratio", "ratio", ("one", "other", "ratio")),
    "within": Kind("within", "part_le_whole", ("part", "whole")),
    "flow": Kind("flow", "stock_flow", ("opening", "inflow", "outflow", "closing")),
}

_NAMES = {(kind.kind, kind.relation): name for name, kind in KINDS.items()}


def kind_of(candidate: Candidate) -> str:
    """The name of the kind of link that a candidate is.

    >>> kind_of(Candidate("change", 0, "", {}, (), "points"))
    'points'
    """
    return _NAMES.get(
        (candidate.kind, candidate.relation), candidate.kind
    )  # "derived" has the roles that its rule gives it


def construction_of(candidate: Candidate) -> str | None:
    """The name of the construction that states a candidate (`checker.links.stated`); None where none does.

    >>> construction_of(Candidate("share", 0, "", {}, ("stated:among",), "share"))
    'among'
    """
    return next((feature.removeprefix(STATED) for feature in candidate.features if feature.startswith(STATED)), None)
