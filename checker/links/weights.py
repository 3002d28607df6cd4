"""How probably a candidate is a link: weights that were learned from published text, and the rivals of the candidate."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from math import exp
from typing import TYPE_CHECKING

from checker.links.features import is_stated

if TYPE_CHECKING:
    from checker.links.index import Candidate

__all__ = ["VERSION", "evidence", "probabilities"]

VERSION = 1
"""Of the features and of what their weights mean; `training/links.py` writes it into the data file, a test holds it."""

_HUNDREDTHS = 100
_STATED = 4.6  # the logarithm of the odds of a link that a construction states: 99 in 100


@cache
def _weights() -> dict[str, tuple[int, dict[str, int]]]:
    """For each kind of link its bias and the weights of its features, in hundredths of a natural logarithm of odds."""
    with open(os.path.join(os.path.dirname(__file__), "weights.json"), encoding="utf-8") as file:
        return {kind: (bias, weights) for kind, (bias, weights) in json.load(file)["kinds"].items()}


def probabilities(candidates: Sequence[Candidate]) -> list[float]:
    """The probability of each candidate of one anchor and kind; together with that of no link at all they make 1."""
    kinds = _weights()
    odds = []
    for candidate in candidates:
        if is_stated(candidate.features):
            odds.append(_STATED)
            continue
        bias, weights = kinds[candidate.kind]
        odds.append((bias + sum(weights.get(feature, 0) for feature in candidate.features)) / _HUNDREDTHS)
    highest = max(0.0, *odds)
    parts = [exp(odd - highest) for odd in odds]
    whole = exp(-highest) + sum(parts)
    return [part / whole for part in parts]


def evidence(candidate: Candidate, most: int = 5) -> list[tuple[str, float]]:
    """The strongest features for and against a link, with their weights, the strongest first."""
    _, weights = _weights().get(candidate.kind, (0, {}))  # constructions alone tell some kinds
    found = {feature: weights[feature] / _HUNDREDTHS for feature in candidate.features if feature in weights}
    return sorted(found.items(), key=lambda item: -abs(item[1]))[:most]
