"""Learn what the features of candidates are worth, from published text without annotation.

    python training/links.py TEXTS… [--out checker/links/weights.json] [--check TEXTS…] [--kinds KIND…]

With --kinds the weights of other kinds in the file stay as they are.

TEXTS are folders, files or slices of collections, written as for `python -m tools.compare`. Needs the extra `training`.

In published text nearly every group of figures that belongs together works out, and a group that does not belong together works out only
by chance. So which candidates are links is a hidden variable, and expectation–maximisation finds it: a candidate that works out counts
for a link as often as `RIGHT` over its chance, one that fails as often as `1 - RIGHT` over the rest. The model is one softmax over
the candidates of an anchor and “none of them”, with a bias and one weight for each feature. The odds come from folds that
the weights did not see; otherwise the model would confirm itself.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from checker.links.candidates import candidates_of
from checker.links.features import STATED
from checker.links.nodes import nodes_of
from checker.links.verdicts import RIGHT, attempt
from checker.links.weights import VERSION
from checker.reading import read
from checker.sources import make_document
from tools.texts import Text, parse_source, read_texts

LONGEST_TEXT = 12_000  # characters; more of one text says the same again
MOST_FIGURES = 1_500
SEEN_OFTEN = 25  # times that a feature has to occur
LEAST_CHANCE = 1e-4
ROUNDS, FOLDS, STEPS, PENALTY = 8, 3, 30, 2.0
FIRST_GUESS = 0.1  # of the anchors have a link, before anything is known
LEAST_WEIGHT = 4  # hundredths; smaller ones change nothing


class Row(NamedTuple):
    """One candidate: where it comes from, its features, whether it works out, and how probably it would by chance."""

    text: int
    anchor: int
    features: tuple[str, ...]
    holds: bool
    chance: float


def rows_of(text: Text) -> dict[str, list[tuple[int, tuple[str, ...], bool, float]]]:
    """The candidates of a text by their kinds."""
    document = make_document(text.text[:LONGEST_TEXT], published=text.published)
    reading = read(document, tolerance=Fraction(1, 10))
    nodes = nodes_of(reading)
    found: dict[str, list[tuple[int, tuple[str, ...], bool, float]]] = {}
    if len(nodes) > MOST_FIGURES:
        return found
    for (anchor, kind), group in groupby(candidates_of(nodes, reading.skeleton.text), key=lambda c: (c.anchor, c.kind)):
        for candidate in group:
            trial = attempt(candidate)
            features = tuple(f for f in candidate.features if not f.startswith(STATED))
            if trial is not None and features:  # some kinds are told by constructions alone
                found.setdefault(kind, []).append((anchor, features, trial.holds, trial.chance))
    return found


def collected(sources: list[str], kinds: list[str]) -> dict[str, list[Row]]:
    """The candidates of all texts by their kinds, of some kinds or of all."""
    texts = [text for source in sources for text in read_texts(parse_source(source))]
    rows: dict[str, list[Row]] = {}
    with multiprocessing.Pool() as pool:
        for number, found in enumerate(pool.imap(rows_of, texts, chunksize=8)):
            for kind, candidates in found.items():
                if kinds and kind not in kinds:
                    continue
                rows.setdefault(kind, []).extend(Row(number, *candidate) for candidate in candidates)
    return rows


class Model(NamedTuple):
    """What was learned for one kind of link."""

    bias: float
    weights: dict[str, float]


def learned(rows: list[Row]) -> Model:
    """The model of one kind."""
    often = Counter(feature for row in rows for feature in row.features)
    columns = {f: i for i, f in enumerate(sorted(f for f, times in often.items() if times >= SEEN_OFTEN))}
    matrix = _matrix(rows, columns)
    groups = _groups(rows)
    count = int(groups.max()) + 1
    fold_of_group = np.zeros(count, dtype=int)
    fold_of_group[groups] = [row.text % FOLDS for row in rows]
    fold = fold_of_group[groups]
    chance = np.clip([row.chance for row in rows], LEAST_CHANCE, 0.5)
    likelihood = np.where([row.holds for row in rows], RIGHT / chance, (1 - RIGHT) / (1 - chance))
    probability = FIRST_GUESS / (1 + np.bincount(groups, minlength=count)[groups])
    none = 1 - np.bincount(groups, probability, count)
    weights = [np.r_[-3.0, np.zeros(matrix.shape[1])] for _ in range(FOLDS)]
    for _ in range(ROUNDS):
        posterior = _posterior(probability, none, likelihood, groups)
        for number in range(FOLDS):
            seen = fold != number
            weights[number] = _fitted(matrix[seen], groups[seen], posterior[seen], weights[number])
            others = ~seen
            scores = matrix[others] @ weights[number][1:] + weights[number][0]
            members, inverse = np.unique(groups[others], return_inverse=True)
            probability[others], none[members] = _softmax(scores, inverse, len(members))
    final = _fitted(matrix, groups, _posterior(probability, none, likelihood, groups), weights[0])
    return Model(float(final[0]), {feature: float(final[1 + i]) for feature, i in columns.items()})


def _matrix(rows: list[Row], columns: dict[str, int]) -> Any:
    indices: list[int] = []
    ends = [0]
    for row in rows:
        indices.extend(columns[feature] for feature in row.features if feature in columns)
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(columns)))


def _groups(rows: list[Row]) -> Any:
    """For each candidate the number of its anchor."""
    numbers: dict[tuple[int, int], int] = {}
    return np.array([numbers.setdefault((row.text, row.anchor), len(numbers)) for row in rows])


def _softmax(scores: Any, groups: Any, count: int) -> tuple[Any, Any]:
    """The probability of each candidate among those of its anchor, and that of none of them."""
    highest = np.zeros(count)
    np.maximum.at(highest, groups, scores)
    parts = np.exp(scores - highest[groups])
    wholes = np.exp(-highest) + np.bincount(groups, parts, count)
    return parts / wholes[groups], np.exp(-highest) / wholes


def _posterior(probability: Any, none: Any, likelihood: Any, groups: Any) -> Any:
    weighed = probability * likelihood
    return weighed / (none + np.bincount(groups, weighed, len(none)))[groups]


def _fitted(matrix: Any, groups: Any, target: Any, start: Any) -> Any:
    """The weights whose softmax comes nearest to some probabilities."""
    members, inverse = np.unique(groups, return_inverse=True)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights[1:] + weights[0]
        probability, none = _softmax(scores, inverse, len(members))
        gained = (target * scores).sum() + np.log(none).sum()
        missed = target - probability
        gradient = np.r_[missed.sum(), matrix.T @ missed] - PENALTY * np.r_[0, weights[1:]]
        return -(gained - PENALTY / 2 * (weights[1:] ** 2).sum()), -gradient

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x


def calibration(model: Model, rows: list[Row]) -> Iterator[str]:
    """How often candidates of about one probability work out, against how often they should: probability, number, seen, expected."""
    columns = {feature: i for i, feature in enumerate(model.weights)}
    scores = _matrix(rows, columns) @ np.array(list(model.weights.values())) + model.bias
    groups = _groups(rows)
    probability, _ = _softmax(scores, groups, int(groups.max()) + 1)
    holds, chance = np.array([row.holds for row in rows]), np.array([row.chance for row in rows])
    edges = [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01]
    for low, high in pairwise(edges):
        inside = (probability >= low) & (probability < high)
        if inside.any():
            expected = (probability * RIGHT + (1 - probability) * chance)[inside].mean()
            yield f"{low:.2f}–{min(high, 1):.2f}  {inside.sum():7}  {holds[inside].mean():.3f}  {expected:.3f}"


def rounded(model: Model) -> list[Any]:
    """Bias and weights in hundredths, without those that change nothing."""
    weights = {f: round(100 * w) for f, w in sorted(model.weights.items()) if abs(round(100 * w)) >= LEAST_WEIGHT}
    return [round(100 * model.bias), weights]


def written(kinds: dict[str, list[Any]]) -> str:
    """The data file: for each kind its bias and weights."""
    lines = [
        f"{json.dumps(kind)}: {json.dumps(model, ensure_ascii=False, separators=(',', ':'))}"
        for kind, model in sorted(kinds.items())
    ]
    return f'{{"version": {VERSION}, "kinds": {{\n' + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    """Learn, write, and show the calibration on other texts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--out", type=Path, default=Path("checker/links/weights.json"))
    parser.add_argument("--check", nargs="+", default=[])
    parser.add_argument("--kinds", nargs="+", default=[])
    options = parser.parse_args()
    models = {kind: learned(rows) for kind, rows in sorted(collected(options.texts, options.kinds).items())}
    kept = json.loads(options.out.read_text(encoding="utf-8"))["kinds"] if options.kinds else {}
    kinds = kept | {kind: rounded(model) for kind, model in models.items()}
    options.out.write_text(written(kinds), encoding="utf-8")
    for kind, rows in sorted(collected(options.check, options.kinds).items()):
        if kind in models:
            print(kind, *calibration(models[kind], rows), sep="\n  ")


if __name__ == "__main__":
    main()
