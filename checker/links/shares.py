"""Candidates of shares: a part of a whole, two shares of one whole, shares that make a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from checker.links.cues import cues_in
from checker.links.features import alike, between, coarse, coarse_degree, first_of, gap, pair_features, seen, stated
from checker.links.index import AMOUNTS, LONGEST_RUN, Candidate, Index, comparable
from checker.links.nodes import Node
from checker.links.stated import own_name, partition_stated, share_stated, taken_by
from checker.links.sums import complementary

__all__ = ["denominators", "partitions", "shares"]

_WINDOW = 8, 3  # figures before a share and behind it, among which its part is looked for


def partitions(index: Index, node: Node) -> Iterator[Candidate]:
    """Shares that make a whole together, the last of them the anchor: 赞成的占52.4%，反对的占30.1%，其余17.5%弃权"""
    run = [node]
    for other in reversed(index.nodes[max(0, node.at - 30) : node.at]):
        if run[-1].paragraph - other.paragraph > 1 or run[-1].sentence - other.sentence > 1:
            break
        if other.role in ("share", "rate") and comparable(other, node):
            run.append(other)
            if len(run) > LONGEST_RUN:
                break
    after = next((n for n in index.nodes[node.at + 1 : node.at + 5] if n.role in ("share", "rate")), None)
    for k in range(2, len(run) + 1):
        parts = tuple(reversed(run[:k]))
        before = run[k] if k < len(run) else None
        gaps = {coarse(a, b) for a, b in pairwise(parts)}
        even = next(iter(gaps)) if len(gaps) == 1 else "mixed"
        roles = parts[0].role if len({p.role for p in parts}) == 1 else "both"
        last = first_of(("rest", "and", "again"), cues_in(parts[-1].own)) or "none"
        start = "none" if before is None else coarse(before, parts[0])
        end = "none" if after is None else coarse(node, after)
        skipped = parts[-1].at - parts[0].at + 1 - k
        ends = coarse_degree(parts[0].claim.metric, parts[-1].claim.metric)
        steps = {p.quantity.step for p in parts}
        features = [
            f"k{min(k, 5)}:{roles}", f"even:{even}:{roles}", f"last:{last}:{roles}", f"start:{start}", f"end:{end}", f"skipped:{min(skipped, 3)}",
            f"start-end-even:{start}:{end}:{even}:{roles}", f"last-end-count:{last}:{end}:{min(k, 3)}",
            f"complement-even:{complementary(parts)}:{roles}:{even}", f"metric-even:{ends}:{roles}:{even}",
            f"steps-last:{len(steps)}:{roles}:{last}", f"cue-even-end:{first_of(('divided', 'share', 'total', 'part'), cues_in(parts[0].clause))}:{even}:{end}",
            *(f"first:{cue}" for cue in cues_in(parts[0].clause)), f"holders:{len({p.claim.holder for p in parts}) == 1}",
            f"periods:{len({p.claim.period for p in parts}) == 1}", f"directions:{any(p.direction for p in parts)}",
            *stated(partition_stated(parts, index)),
        ]  # fmt: skip
        yield Candidate("partition", node.at, "sum(part) == 1", {"part": parts}, tuple(features), "percent_total")


def denominators(index: Index, node: Node) -> Iterator[Candidate]:
    """初中生820人，占41.0%，高中生1180人，占59.0%: two shares of one whole that is not named."""
    mine = _part_of(index, node)
    if mine is None:
        return
    found = 0
    for other in reversed(index.nodes[max(0, node.at - 12) : node.at]):
        if other.role != node.role or node.paragraph - other.paragraph > 1 or found >= 3:
            continue
        theirs = _part_of(index, other)
        if theirs is None or theirs.at == mine.at or not comparable(theirs, mine):
            continue
        found += 1
        same = node.own.strip("，、；约 ") == other.own.strip("，、；约 ")
        features = [
            f"role:{node.role}", f"same:{same}", f"gap:{gap(other, node)}", f"nth:{found}", *(f"S:{cue}" for cue in cues_in(node.own)),
            *pair_features("PP", theirs, mine), f"same-gap-nth:{same}:{node.role}:{coarse(other, node)}:{found}",
            f"gaps-same:{coarse(theirs, other)}:{coarse(mine, node)}:{same}",
            f"own-same-metric:{len(node.own) > 1}:{same}:{coarse_degree(theirs.claim.metric, mine.claim.metric)}",
        ]  # fmt: skip
        yield Candidate(
            "denominator", node.at, "first(part) / first(rate) == last(part) / last(rate)", {"part": (theirs, mine), "rate": (other, node)},
            tuple(features), "implied_denominator",
        )  # fmt: skip


def _part_of(index: Index, node: Node) -> Node | None:
    """The amount right before a share."""
    if not node.at:
        return None
    before = index.nodes[node.at - 1]
    return (
        before
        if before.role in AMOUNTS and before.sentence == node.sentence and node.piece - before.piece <= 1
        else None
    )


def shares(index: Index, node: Node) -> Iterator[Candidate]:
    """The parts that a share may be of, each with the wholes that it may have."""
    for part in index.near(node, AMOUNTS, *_WINDOW):
        around = index.around(part, AMOUNTS)
        named = _named_whole(index, part, node)
        for whole in (*around, *(n for n in named if n not in around)):
            if _one_claim(part, whole) or _opens(whole, part, node):
                continue
            if _misses(node, whole) and whole not in named:
                continue
            features = (
                *seen("P", part, node), *seen("W", whole, node), *pair_features("PW", part, whole),
                *(f"S:{cue}" for cue in cues_in(node.own)), *(f"Sb:{cue}" for cue in cues_in(node.behind)), f"role:{node.role}",
                f"W{'<' if whole.at < part.at else '>'}P", f"W{'<' if whole.at < node.at else '>'}S",
                f"named:{_named(whole, node)}", f"SP:{alike(node.claim.metric, part.claim.metric)}",
                *between(index, part, whole), *_share_crosses(index, part, whole, node),
                *stated(share_stated(part, whole, node, index)),
            )  # fmt: skip
            slots = {"part": (part,), "whole": (whole,), "rate": (node,)}
            yield Candidate("share", node.at, "part / whole == rate", slots, features, "share")


def _named_whole(index: Index, part: Node, node: Node) -> list[Node]:
    """The nearest level before a part that bears the name of the whole which its share names; any other of another value unsays it."""
    name = own_name(node)
    return [] if name is None else index.bearing(name, part)[-1:]


def _one_claim(a: Node, b: Node) -> bool:
    """Whether two figures say the same thing twice: no part of one another, unless words make them so: 412户中，325户."""
    return (
        "inside" not in cues_in(b.behind.rstrip()[-1:])
        and "among" not in cues_in(a.clause)
        and a.claim.metric is not None
        and a.claim.metric == b.claim.metric
        and a.claim.period == b.claim.period
        and a.claim.holder == b.claim.holder
    )


def _opens(whole: Node, part: Node, node: Node) -> bool:
    """Whether a whole opens a clause in which the share has a part without a figure: {part}；尚待审结的{whole}宗中，甲院的占{node}"""
    return part.at < whole.at < node.at and "inside" in cues_in(whole.behind.rstrip()[-1:])


def _misses(node: Node, whole: Node) -> bool:
    """Whether a share names another whole: 占全国产量的六分之一 is no share of what one field produces."""
    if "elsewhere" in cues_in(node.clause) and "elsewhere" not in cues_in(whole.clause):
        return True  # 申请量30万件，授权量5万件，全球占比28%
    words = taken_by(node)
    if words is None:
        return False
    names = (whole.claim.metric, whole.claim.head, whole.clause[-len(words) :])
    return not any(
        alike(words, name) in ("equal", "end", "contains", "ordered") for name in names if name and len(name) > 1
    )


def _share_crosses(index: Index, part: Node, whole: Node, node: Node) -> Iterator[str]:
    """What speaks only together: whether the whole is named, where it stands, and the cues at part, whole and share."""
    named = _named(whole, node)
    side = ("<" if whole.at < part.at else ">") + ("<" if whole.at < node.at else ">")
    distance, near = coarse(whole, part), coarse(part, node) + ("<" if part.at < node.at else ">")
    cue = first_of(("part", "share", "rest", "again"), cues_in(part.clause)) or "none"
    whole_cue = first_of(("part", "total", "rest", "again", "share"), cues_in(whole.clause)) or "none"
    said = first_of(("share", "total", "compared"), cues_in(node.own)) or "none"
    metric = coarse_degree(part.claim.metric, whole.claim.metric)
    rivals = index.rivals(whole, part)
    yield f"named-side-gap:{named}:{side}:{distance}"
    yield f"near-side-rivals:{near}:{side}:{rivals}"
    yield f"cues-gap:{cue}:{whole_cue}:{distance}"
    yield f"said-role-near:{said}:{node.role}:{near}"
    yield f"metric-named-cue:{metric}:{named}:{cue}"
    yield f"alike-near-named:{coarse_degree(node.claim.metric, part.claim.metric)}:{near}:{named}"
    yield f"rivals-cue-side:{rivals}:{whole_cue}:{side}"
    yield f"of-side-gap:{'of' if node.own.rstrip().endswith('的') else 'no'}:{side}:{coarse(whole, node)}"
    yield f"bracket-near:{'bracket' if '（' in node.own or node.own.endswith('(') else 'no'}:{near}"
    yield f"said-named-side-role:{said}:{named}:{side}:{node.role}"
    of_whole = (
        whole.at == node.at - 1 and node.own.strip() in ("的", "的比重为", "的比例为") and "share" in cues_in(whole.own)
    )
    behind = node.at == part.at + 1 and node.own.strip("，（( ")[:1] == "占"
    yield f"of-near-rivals-cue:{of_whole}:{near}:{rivals}:{cue}"
    yield f"behind-cue-rivals-gap-named:{behind}:{whole_cue}:{rivals}:{distance}:{named}"
    yield f"behind-cue-rivals-metric:{behind}:{cue}:{rivals}:{metric}"


def _named(whole: Node, node: Node) -> str:
    """Whether the clause of a share names the whole."""
    metric = whole.claim.metric or ""
    if metric and len(metric) >= 2 and metric in node.clause:
        return "all"
    noun = whole.claim.head or ""
    if len(noun) >= 2 and noun in node.clause:
        return "noun"
    return "end" if len(metric) >= 2 and metric[-2:] in node.clause else "no"
