"""The three explanations of a candidate weighed: linked and right, linked with one figure wrong, not linked.

Values enter here for the first time. A candidate whose arithmetic works out confirms its figures where the link is the likelier reason for
that; one that fails accuses where a slip of the pen is, and no plausible rival fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from math import isinf
from typing import Literal, NamedTuple

from checker.arithmetic.formula import Comparison, parse_formula
from checker.arithmetic.interval import Interval, ends
from checker.checks.slips import ratio_of_repeat, slip_of_formula
from checker.checks.verdict import base_interval, judge, meant, pair_of
from checker.links.candidates import candidates_of
from checker.links.features import alike, is_stated
from checker.links.guards import is_surely_miswritten, may_accuse, outweighs_doubt, same_thing
from checker.links.headlines import HEADLINES, can_be_compared
from checker.links.index import Candidate, comparable
from checker.links.kinds import construction_of
from checker.links.nodes import Node, nodes_of
from checker.links.repeats import is_of_series
from checker.links.weights import probabilities
from checker.quantities import Quantity
from checker.quantities.numerals import scale_of
from checker.reading import Reading

__all__ = ["RIGHT", "Judgement", "Link", "Reason", "attempt", "judgements_of", "links_of", "weighed_links"]

RIGHT = 0.97
"""How often a true link works out in print."""

CONFIRM = 0.9
"""From which probability on a link whose arithmetic works out confirms its figures."""

ACCUSE = {
    "change": 1.0,
    "implied": 1.0,
    "share": 1.0,
    "denominator": 3.0,
    "sum": 3.0,
    "partition": 1.0,
    "mean": 1.5,
    "repeat": 35.0,
    "derived": 1.0,
    "flow": 5.0,
    **dict.fromkeys(("rise", "fall", "above", "below", "even", "gap", "lead", "ratio", "within"), 1.0),
}
"""For each kind that may accuse the least odds of the link times the ratio of its slip; set by reading what it accuses in published text."""

ACCUSE_STATED = {"repeat": 200.0, "sum": 5.0}
"""The same for a link that a construction states, where it differs: 上述{node}家 may count others than the figure before it."""

ACCUSE_CONSTRUCTIONS = {**dict.fromkeys(HEADLINES, 5.0), "headline-far": 1000.0, "rate-of": 15.0, "flow-one-way": 100.0}
"""The same for single constructions: a heading differs from its lead by more than a slip of the pen where a draft was changed; a rate may be one
of a whole that the text does not tell, and what came may be left out where what went is told."""

_NEAR_HEADLINES = tuple(name for name in HEADLINES if name != "headline-far")
# how the metric of a figure that may be meant instead lies to it
_SAME_NAME = frozenset(["unknown", "one", "ordered", "contains", "end", "equal"])
_COARSE = 0.05  # of a figure: what is rounded more coarsely is met by many others
_TOGETHER, _MOST_PARTS = 4, 12  # figures of a lead that a heading may sum up, and among how many they are looked for
_LEAST_TO_CONFIRM = {"repeat": 0.1}  # probability of a link without which the same digits say nothing
_WORTH_A_TRY = 0.01  # probability of a link below which arithmetic that works out is still more likely chance
_WORTH_A_LOOK = 0.01  # probability of a link that explains why another fails
_LEAST = {"repeat": 0.5, "sum": 0.15}  # probability of a link that accuses, by kind
_LEAST_OF_ALL = 0.02
_WEAK = 0.35  # a link that is less probable than that accuses only from such odds on
_OF_WEAK = {"mean": 1.5, "sum": 3.0}
_OF_ANY_WEAK = 8.0
_VETO = 0.03  # probability of agreeing by chance, up to which a rival that fits explains the anchor
_NEARLY = 4 / 3  # times by which the sides of a sum may differ without any slip; what is further apart are no parts
_SURE = 0.9  # probability of a link that needs no look at how far both sides differ
_LARGE = 10  # times: 增长136倍 for 13 and 1773
_EITHER_WAY = 0.5  # probability of agreeing by chance with what words say of the order of two figures
_FAR = 12  # times by which both sides differ: no slip but a 万 too many explains that, and most such pairs are no pairs


Reason = Literal[
    "confirms",  # works out, and the link is the likelier reason for that
    "accuses",  # fails, and a slip of the pen is the likelier reason for that
    "improbable",  # hardly ever a link, so that its figures were not looked at
    "incomputable",
    "chance",  # works out, as figures may that do not belong together
    "another-confirms",
    "doubtful",  # fails, and is not probable enough to accuse
    "claims-differ",  # fails, and its figures cannot be what it takes them for
    "turned",  # fails, but works out another way
    "no-slip",  # fails, but does not look like a slip of the pen
    "another-accuses",
    "another-fits",  # fails, but another candidate works out, too weakly to confirm
]
"""Why a candidate was judged as it was."""


class Judgement(NamedTuple):
    """A candidate with how probable it is, whether it works out (None where that was not asked, or cannot be told), and what decided."""

    candidate: Candidate
    probability: float
    works: bool | None
    reason: Reason


class Link(NamedTuple):
    """A candidate that confirms or accuses, with how probable it is."""

    candidate: Candidate
    probability: float
    outcome: Literal["holds", "fails"]

    @property
    def stated(self) -> bool:
        """Whether a construction states the link."""
        return is_stated(self.candidate.features)


class _Trial(NamedTuple):
    holds: bool
    chance: float


def links_of(reading: Reading) -> Iterator[Link]:
    """The links of a text that confirm or accuse, by their anchors in text order."""
    for judgement in judgements_of(reading):
        if judgement.reason in ("confirms", "accuses"):
            outcome: Literal["holds", "fails"] = "holds" if judgement.reason == "confirms" else "fails"
            yield Link(judgement.candidate, judgement.probability, outcome)


def judgements_of(reading: Reading) -> list[Judgement]:
    """All candidates of a text with what decided on them, by their anchors in text order."""
    judgements = [
        Judgement(candidate, probability, works, reason)
        for candidates in _groups(reading)
        for (probability, candidate), reason, works in zip(*_weighed(candidates, reading.document.folded), strict=True)
    ]
    return _settled(judgements, reading)


def weighed_links(candidates: list[Candidate], reading: Reading) -> Iterator[Link]:
    """The link that candidates of one anchor and kind confirm or accuse, if they do."""
    if not candidates:
        return
    weighed, reasons, _ = _weighed(candidates, reading.document.folded)
    for (probability, candidate), reason in zip(weighed, reasons, strict=True):
        if reason in ("confirms", "accuses"):
            yield Link(candidate, probability, "holds" if reason == "confirms" else "fails")


def _settled(judgements: list[Judgement], reading: Reading) -> list[Judgement]:
    """What the rest of the text says of figures that would be miswritten."""
    said: Counter[tuple[object, str | None]] = Counter(
        (q.value, q.surface) for q in reading.quantities if q.kind == "quantity"
    )
    told = {
        (pair, judgement.candidate.relation): judgement.candidate.anchor
        for judgement in judgements
        if (pair := _pair_of(judgement.candidate)) is not None
        and (judgement.reason in ("confirms", "turned") or is_stated(judgement.candidate.features))
    }
    return [
        _judged_again(judgement, said, told, reading) if judgement.reason == "accuses" else judgement
        for judgement in judgements
    ]


def _pair_of(candidate: Candidate) -> tuple[int, int] | None:
    """The base and the level that a change is between."""
    if candidate.kind != "change":
        return None
    return candidate.slots["base"][0].at, candidate.slots["current"][0].at


def _judged_again(
    judgement: Judgement,
    said: Counter[tuple[object, str | None]],
    told: Mapping[tuple[tuple[int, int], str], int],
    reading: Reading,
) -> Judgement:
    """Figures of a series are not said twice; those of other words than each other's may be said again elsewhere as they are.

    Two levels whose change is told once have no second: 55亿元，相比30亿元，升幅近83%；但按年增长计算，累计升幅达137%.
    """
    if (pair := _pair_of(judgement.candidate)) is not None and not is_stated(judgement.candidate.features):
        anchor = told.get((pair, judgement.candidate.relation), judgement.candidate.anchor)
        return judgement if anchor == judgement.candidate.anchor else judgement._replace(reason="another-fits")
    if judgement.candidate.kind != "repeat":
        return judgement
    first, second = judgement.candidate.slots["first"][0], judgement.candidate.slots["second"][0]
    if not is_stated(judgement.candidate.features) and is_of_series(reading, first.quantity, second.quantity):
        return judgement._replace(reason="claims-differ")
    if same_thing(first, second):
        return judgement
    often = all if is_surely_miswritten(judgement.candidate) else any
    again = often(said[node.quantity.value, node.quantity.surface] > 1 for node in (first, second))
    return judgement._replace(reason="another-confirms") if again else judgement


def _groups(reading: Reading) -> Iterator[list[Candidate]]:
    """The candidates of each anchor and kind."""
    candidates = candidates_of(nodes_of(reading), reading.skeleton.text)
    for _, group in groupby(candidates, key=lambda c: (c.anchor, c.kind)):
        yield list(group)


def _weighed(
    candidates: list[Candidate], text: str
) -> tuple[list[tuple[float, Candidate]], list[Reason], list[bool | None]]:
    """What the candidates of one anchor and kind come to: how probable each is, what decided on it, and whether it works out."""
    weighed = list(zip(probabilities(candidates), map(_ordered, candidates), strict=True))
    reasons: list[Reason] = ["improbable"] * len(weighed)
    works: list[bool | None] = [None] * len(weighed)
    best: int | None = None
    failing: list[int] = []
    for at, (p, candidate) in enumerate(weighed):
        if p < _WORTH_A_TRY:
            continue
        if (trial := attempt(candidate)) is None:
            reasons[at] = "incomputable"
            continue
        works[at] = trial.holds
        if not trial.holds:
            failing.append(at)
            continue
        right = p * RIGHT
        posterior = right / (right + (1 - p) * trial.chance)
        if posterior < CONFIRM or p < _LEAST_TO_CONFIRM.get(candidate.kind, 0):
            reasons[at] = "chance"
            continue
        reasons[at] = "another-confirms"
        if best is None or p > weighed[best][0]:
            best = at
    if best is not None:
        for at in failing:
            reasons[at] = "another-confirms"
        reasons[best] = "confirms"
        return weighed, reasons, works
    accused: tuple[float, int] | None = None
    for at in failing:
        p, candidate = weighed[at]
        if p < _LEAST.get(candidate.kind, _LEAST_OF_ALL):
            reasons[at] = "doubtful"
        elif not may_accuse(candidate):
            reasons[at] = "claims-differ"
        elif _turned(candidate):
            reasons[at] = "turned"
        elif _is_of_rivals(candidate):
            reasons[at] = "another-fits"
        elif not outweighs_doubt(candidate, slip := _slip(candidate, p, text), odds := p / (1 - p) * slip):
            reasons[at] = "claims-differ"
        elif odds < _least_odds(candidate, p):
            reasons[at] = "no-slip" if p >= _WEAK else "doubtful"
        else:
            reasons[at] = "another-accuses"
            if accused is None or odds > accused[0]:
                accused = odds, at
    if accused is not None and any(map(_explains, weighed)):
        reasons = ["another-fits" if reason == "another-accuses" else reason for reason in reasons]
    elif accused is not None:
        reasons[accused[1]] = "accuses"
    return weighed, reasons, works


def _least_odds(candidate: Candidate, probability: float) -> float:
    """From which odds of the link times the ratio of its slip on a candidate accuses."""
    least = ACCUSE[candidate.kind]
    construction = construction_of(candidate)
    if construction is None:
        return least if probability >= _WEAK else max(least, _OF_WEAK.get(candidate.kind, _OF_ANY_WEAK))
    return ACCUSE_CONSTRUCTIONS.get(construction, ACCUSE_STATED.get(candidate.kind, least))


def _is_of_rivals(candidate: Candidate) -> bool:
    """Whether a heading states another figure of its lead, several of them together, or the same cut short: 23万亿元 for 237416亿元."""
    if not candidate.rivals:
        return False
    first, second = candidate.slots["first"][0], candidate.slots["second"][0]
    if is_surely_miswritten(candidate):
        values = {node.quantity.value for node in candidate.rivals if comparable(node, first)}
        return first.quantity.value in values or second.quantity.value in values
    heading, told = _span(first.quantity), _span(second.quantity)
    step = float(scale_of(first.quantity.value or 1)) * (
        1.0 if first.quantity.unit is None else float(first.quantity.unit.factor)
    )
    low, high = ends(heading)
    if _may_be_cut_short(first.quantity, second.quantity) and low <= ends(told)[0] // step * step <= high:
        return True
    named = is_stated(candidate.features, "headline", "headline-far")
    for rival in candidate.rivals:
        if rival.quantity.value is None or (named and rival.quantity.approximation == "under"):
            continue  # 首度回到2%以内 is what is said of the figure, not the figure
        one = first if rival.paragraph == second.paragraph else second
        if one.quantity.value == rival.quantity.value or _may_be_meant(one, rival):
            return True
    if first.dimension == "[person]" and (first.quantity.value or 0) - (second.quantity.value or 0) == 1:
        return True  # 3人死亡, 造成2人死亡，枪手随后自杀
    if first.dimension == "[rate]":
        return False  # rates add up to nothing
    parts = [n for n in candidate.rivals if n.paragraph == second.paragraph and comparable(n, first)]
    return any(
        _meet(_sum_of((second, *some)), heading)
        for size in range(1, _TOGETHER)
        for some in combinations(parts[:_MOST_PARTS], size)
    )


def _may_be_cut_short(heading: Quantity, told: Quantity) -> bool:
    """Whether a heading may leave out digits of its lead: 880亿 of 882亿, 7% of 7.9%; not 7.8% of 7.9%."""
    one, other = (float(q.step) * (1.0 if q.unit is None else float(q.unit.factor)) for q in (heading, told))
    return other < one or scale_of(heading.value or 1) > heading.step


def _may_be_meant(node: Node, rival: Node) -> bool:
    """Whether a rival can be what a figure rounds; of those that are rounded coarsely only one with a like name."""
    if not can_be_compared(node, rival):
        return False
    one, other = _span(node.quantity), _span(rival.quantity)
    (a, b), (c, d) = ends(one), ends(other)
    coarse = max(b - a, d - c) > _COARSE * max(abs(b), abs(d))
    return _meet(one, other) and (not coarse or alike(node.claim.metric, rival.claim.metric) in _SAME_NAME)


def _sum_of(nodes: Sequence[Node]) -> Interval:
    low, high = (sum(values) for values in zip(*(ends(_span(n.quantity)) for n in nodes), strict=True))
    return Interval(low, high)


def _meet(one: Interval, other: Interval) -> bool:
    (a, b), (c, d) = ends(one), ends(other)
    return a <= d and c <= b


def _ordered(candidate: Candidate) -> Candidate:
    """A candidate whose levels are in the order of their values, where its construction gives them none: 两者相差{change}, 69比82落后13分."""
    if candidate.kind == "lead":
        first, second = candidate.slots["score"][0].quantity.parts
        return candidate._replace(formula=_BEHIND) if first < second else candidate
    if not is_stated(candidate.features, "apart"):
        return candidate
    slots = candidate.slots
    low, high = sorted((slots["base"], slots["current"]), key=lambda nodes: ends(base_interval(nodes[0].quantity)))
    return candidate._replace(slots={**slots, "base": low, "current": high})


def _explains(weighed: tuple[float, Candidate]) -> bool:
    """Whether a rival works out, and is plausible or would hardly do so by chance."""
    probability, candidate = weighed
    trial = attempt(candidate)
    if trial is None or not trial.holds:
        return False
    return candidate.kind == "sum" or trial.chance <= _VETO or probability >= _WORTH_A_LOOK


def attempt(candidate: Candidate) -> _Trial | None:
    """Whether a candidate works out, roughly, and how probably it would by chance; None where it cannot be computed."""
    formula = parse_formula(candidate.formula)
    try:
        left, right = formula.sides(_values(candidate))
        wide = formula.sides(_values(candidate, wide=True))
    except ArithmeticError:
        return None
    (a, b), (c, d) = ends(left), ends(right)
    if formula.operator != "=":
        return _Trial(a <= d if formula.operator == "≤" else b >= c, _EITHER_WAY)
    (e, f), (g, h) = ends(wide[0]), ends(wide[1])
    size = max(abs(e + f), abs(g + h)) / 2
    if not size or size == float("inf"):
        return None
    slack = 1e-9 * size
    holds = a <= d + slack and c <= b + slack
    if candidate.kind == "repeat":
        holds = holds and _agree((a, b), (c, d))
    return _Trial(holds, min(0.5, (f - e + h - g) / size / 2))


def _values(candidate: Candidate, *, wide: bool = False) -> dict[str, tuple[Interval, ...]]:
    """The intervals of the figures of a candidate by their roles; a score or ratio has two."""
    return {
        role: tuple(
            span for node in nodes for span in pair_of(node.quantity, role) or (_span(node.quantity, wide=wide),)
        )
        for role, nodes in candidate.slots.items()
    }


def _agree(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether the middle of the narrower interval lies in the wider one: 10.87 and 10.88 are not the same figure rounded."""
    narrow, wide = sorted((one, other), key=lambda interval: interval[1] - interval[0])
    return wide[0] <= sum(narrow) / 2 <= wide[1]


def _span(quantity: Quantity, *, wide: bool = False) -> Interval:
    """The interval of a figure in floating-point numbers; with `wide` at least as wide as its last digit.

    超过14万 reaches to 15万, 超3500 to 3600: what is meant is hardly ever more. Whether a failure accuses is judged with open ends.
    """
    interval = meant(quantity)
    factor = 1.0 if quantity.unit is None else float(quantity.unit.factor)
    low, high = ends(interval, factor)
    step = float(quantity.step) * factor
    open_to = 0.0 if quantity.value is None else max(step, float(scale_of(quantity.value)) * factor)
    if isinf(high):
        high = low + open_to
    elif isinf(low):
        low = high - open_to
    if wide and high - low < step:
        low, high = low - step / 2, high + step / 2
    return Interval(low, high)  # type: ignore[arg-type]  # the same arithmetic over floats


_BEHIND = "last(score) - first(score) == gap"

_LOOSELY = {"(current - base) / base == times": "current / base == times"}
"""How a rise by so many times is often written: 增长近5倍 for 186 and 915."""


def _may_be_as_many(times: Quantity) -> bool:
    """Whether a multiple is written so loosely, or is so large, that it may be as many times instead of so many times more."""
    return times.approximation in ("about", "near", "over", "under") or (
        times.value is not None and times.value >= _LARGE
    )


def _turned(candidate: Candidate) -> bool:
    """Whether a change works out another way: the verb read of the wrong figure, the base taken for the level, a multiple written loosely."""
    slots = candidate.slots
    if "base" not in slots or "current" not in slots or candidate.relation == "direction":
        return False
    turned = candidate._replace(slots={**slots, "base": slots["current"], "current": slots["base"]})
    loosely = candidate
    if "times" in slots and _may_be_as_many(slots["times"][0].quantity):
        loosely = candidate._replace(formula=_LOOSELY.get(candidate.formula, candidate.formula))
    return any((trial := attempt(other)) is not None and trial.holds for other in (turned, loosely))


def _slip(candidate: Candidate, probability: float, text: str) -> float:
    """How much the failure looks like a slip (`checker.checks.slips`); nothing where it is none when judged exactly."""
    if candidate.kind == "repeat" and not is_stated(candidate.features, "this", *_NEAR_HEADLINES):
        return ratio_of_repeat(candidate.slots["first"][0].quantity, candidate.slots["second"][0].quantity)
    formula: Comparison = parse_formula(candidate.formula)
    slots = {role: tuple(n.quantity for n in nodes) for role, nodes in candidate.slots.items()}
    try:
        verdict = judge(formula, slots, text)
    except ArithmeticError:
        return 0.0
    if verdict.outcome != "fails":
        return 0.0
    slip = slip_of_formula(formula, slots, text, verdict.left, verdict.right)
    (a, b), (c, d) = ends(verdict.left), ends(verdict.right)
    times = (a + b) / (c + d) if (a + b) * (c + d) > 0 else 0.0
    if candidate.kind == "sum" and slip < 1 and not 1 / _NEARLY < times < _NEARLY:
        return 0.0
    return slip if 1 / _FAR < times < _FAR or probability >= _SURE else min(slip, 0.1)
