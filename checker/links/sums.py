"""Candidates of sums: a whole, and a run of parts behind or before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from checker.language.lexicon import words_of
from checker.links.cues import cues_in
from checker.links.features import DEGREES, alike, coarse, coarse_degree, first_of, gap, same_name, stated
from checker.links.index import LONGEST_RUN, Candidate, Index, comparable
from checker.links.nodes import Node
from checker.links.stated import sorts, sum_stated

__all__ = ["complementary", "sums"]


def sums(index: Index, total: Node) -> Iterator[Candidate]:
    """The runs of parts that a whole may have, behind it and before it."""
    line = index.amounts(total.dimension)
    at = bisect_left(line, total.at, key=lambda n: n.at)
    if at == len(line) or line[at] is not total:
        return  # 较6月的310件: no whole of what follows
    ahead, behind = line[at + 1 : at + 2 + LONGEST_RUN], line[max(0, at - LONGEST_RUN - 1) : at][::-1]
    yield from _runs(index, total, ahead, "ahead")
    yield from _runs(index, total, behind, "behind")


def _runs(index: Index, total: Node, line: list[Node], where: str) -> Iterator[Candidate]:
    run: list[Node] = []
    for node in line:
        if not comparable(node, total) or abs(node.paragraph - total.paragraph) > LONGEST_RUN:
            break
        if run and abs(node.paragraph - run[-1].paragraph) > 1:
            break
        if abs(node.sentence - (run[-1] if run else total).sentence) > 2:
            break
        run.append(node)
        if len(run) >= LONGEST_RUN:
            break
    announced = len(run) > 1 and _is_announced(run[0] if where == "ahead" else total, where, index)
    if not announced and where == "behind":
        return
    for k in range(2, len(run) + 1):
        parts = tuple(run[:k] if where == "ahead" else run[:k][::-1])
        if not announced and complementary(parts) == "no":
            continue
        after = run[k] if k < len(run) else None
        yield Candidate(
            "sum", total.at, "sum(part) == total", {"part": parts, "total": (total,)},
            (
                *_sum_features(index, total, parts, after, where), *_sum_crosses(total, parts, after, where, index),
                *stated(sum_stated(total, parts, after, index)),
            ), "sum_of_parts",
        )  # fmt: skip


_ANNOUNCING = {"ahead": frozenset(["part", "among", "divided", "grouped"]), "behind": frozenset(["total"])}


def _is_announced(node: Node, where: str, index: Index) -> bool:
    """Whether words before the first part, or before a total behind its parts, say that these are parts.

    Without them hardly a run of published text adds up but by chance.
    """
    return not _ANNOUNCING[where].isdisjoint(cues_in(node.clause)) or (where == "ahead" and sorts(index.lead(node)))


def _sum_features(index: Index, total: Node, parts: tuple[Node, ...], after: Node | None, where: str) -> Iterator[str]:
    k = len(parts)
    first, last = parts[0], parts[-1]
    yield where
    yield f"{where}:k{min(k, 5)}"
    near = first if where == "ahead" else last
    yield f"{where}:T-gap:{gap(total, near)}"
    yield f"span:{gap(first, last)}"
    for cue in cues_in(first.own if where == "ahead" else total.own):
        yield f"{where}:near:{cue}"
    for cue in cues_in(first.clause if where == "ahead" else total.clause):
        yield f"{where}:nearclause:{cue}"
    for cue in cues_in(last.own):
        yield f"last:{cue}"
    middle: set[str] = set()
    for part in parts[1:-1]:
        middle.update(cues_in(part.own))
    for cue in middle:
        yield f"middle:{cue}"
    for cue in cues_in(total.own):
        yield f"{where}:T:{cue}"
    for cue in cues_in(total.behind):
        yield f"{where}:Tb:{cue}"
    if after is None:
        yield "end:none"
    else:
        edge = last if where == "ahead" else first
        yield f"end:{gap(edge, after)}"
        for cue in cues_in(after.own if where == "ahead" else edge.own):
            yield f"end:{cue}"
    gaps = {gap(a, b) for a, b in pairwise(parts)}
    yield f"gaps:{len(gaps)}:{'|'.join(sorted(gaps)) if len(gaps) == 1 else ''}"
    degrees = [alike(a.claim.metric, b.claim.metric) for a, b in pairwise(parts)]
    yield f"parts:{min(degrees, key=DEGREES.index)}:{max(degrees, key=DEGREES.index)}"
    whole = [alike(total.claim.metric, part.claim.metric) for part in parts]
    yield f"whole:{min(whole, key=DEGREES.index)}:{max(whole, key=DEGREES.index)}"
    holders = {part.claim.holder for part in parts}
    yield f"holders:{'one' if len(holders) == 1 else 'each' if len(holders) == k else 'some'}"
    yield f"Tholder:{same_name(total.claim.holder, parts[0].claim.holder)}"
    yield f"periods:{len({part.claim.period for part in (*parts, total)}) == 1}"
    yield f"types:{len({part.claim.type for part in (*parts, total)}) == 1}"
    units = {part.quantity.surface for part in (*parts, total)}
    yield f"units:{min(len(units), 3)}"
    lower, upper = (total.at, last.at) if where == "ahead" else (first.at, total.at)
    others = upper - lower - k
    yield f"others:{'0' if others == 0 else 'each' if others in (k, k - 1, k + 1) else 'few' if others < k else 'many'}"


def _sum_crosses(total: Node, parts: tuple[Node, ...], after: Node | None, where: str, index: Index) -> Iterator[str]:
    """What speaks only together: the cue at the run, how evenly it runs, how it ends, and how its names match."""
    k = len(parts)
    near = parts[0] if where == "ahead" else parts[-1]
    cue = (
        first_of(("part", "divided", "grouped", "total"), cues_in(near.clause if where == "ahead" else total.clause))
        or "none"
    )
    distance = coarse(total, near)
    edge = parts[-1] if where == "ahead" else parts[0]
    end = "none" if after is None else coarse(edge, after)
    last = first_of(("rest", "and", "again"), cues_in(parts[-1].own)) or "none"
    gaps = {coarse(a, b) for a, b in pairwise(parts)}
    even = next(iter(gaps)) if len(gaps) == 1 else "mixed"
    least = min((alike(a.claim.metric, b.claim.metric) for a, b in pairwise(parts)), key=DEGREES.index)
    least = "no" if least in ("differ", "unknown", "one") else "some"
    ends = {(part.claim.metric or "")[-2:] for part in parts}
    shared = "one" if len(ends) == 1 and ends != {""} else "each" if len(ends) == k else "some"
    stop = (
        "none"
        if after is None
        else first_of(("earlier", "compared", "total", "again", "part"), cues_in(after.own)) or "other"
    )
    others = index.nodes[min(total.at, parts[0].at) + 1 : max(total.at, parts[-1].at)]
    skipped = len(others) - k + 1
    each = "0" if skipped <= 0 else "each" if k - 1 <= skipped <= k + 1 else "more"
    counted = _announced(total, parts, index)
    holders = {part.claim.holder for part in parts}
    yield f"cue-gap-even:{where}:{cue}:{distance}:{even}"
    yield f"end-even-stop:{where}:{end}:{even}:{stop}"
    yield f"last-end-even:{where}:{last}:{end}:{even}"
    yield f"alike-shared-even-cue:{where}:{least}:{shared}:{even}:{cue}"
    yield f"each-even-end:{where}:{each}:{even}:{end}"
    yield f"count-end-last:{where}:{min(k, 4)}:{end}:{last}"
    yield f"cue-end-gap:{where}:{cue}:{end}:{distance}"
    yield f"announced:{counted}:{where}"
    yield f"announced-end-even:{counted}:{end}:{even}"
    yield f"metric-shared-gap:{where}:{coarse_degree(total.claim.metric, parts[0].claim.metric)}:{shared}:{distance}"
    yield f"holders-even-end:{where}:{'each' if len(holders) == k and k > 1 else 'one'}:{even}:{end}"
    yield f"complement-even:{where}:{complementary(parts)}:{even}"
    yield f"complement-gap-cue:{where}:{complementary(parts)}:{distance}:{cue}"


def _announced(total: Node, parts: tuple[Node, ...], index: Index) -> str:
    """Whether a bare count near the whole says how many parts there are: 四类, 分布在3个市."""
    k = len(parts)
    low, high = max(0, min(total.at, parts[0].at) - 1), min(len(index.nodes), max(total.at, parts[0].at) + 2)
    for node in index.nodes[low:high]:
        quantity = node.quantity
        if (
            node.at != total.at
            and node not in parts
            and quantity.unit is not None
            and quantity.unit.counted
            and quantity.value == k
        ):
            return "yes"
    return "no"


@cache
def _complements() -> list[tuple[str, str]]:
    return [(pair[0], pair[1]) for pair in words_of("links", "complements", "pairs")]


def complementary(parts: tuple[Node, ...]) -> str:
    """Whether the first and the last part bear names that make a whole: 出口/进口, 男/女, X/非X, 其他."""
    first, last = parts[0].clause, parts[-1].clause
    if any(word in last for word in words_of("links", "complements", "remaining")):
        return "rest"
    for a, b in _complements():
        if (a in first and b in last) or (b in first and a in last):
            return "names"
    for mark in words_of("links", "complements", "negations"):
        at = last.find(mark)
        if at >= 0 and last[at + 1 : at + 3] and last[at + 1 : at + 3] in first:
            return "not"
    return "no"
