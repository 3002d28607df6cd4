"""Candidates of stocks and flows: what was there at first, what came and went, and what is there at last."""

from __future__ import annotations

from collections.abc import Iterator

from checker.language.lexicon import words_of
from checker.links.cues import cues_in, plain
from checker.links.features import same_name, stated
from checker.links.index import AMOUNTS, Candidate, Index, comparable
from checker.links.nodes import Node

__all__ = ["flows"]

_BACK = 12  # figures before a closing stock among which its opening one is looked for
_PARAGRAPHS = 1


def flows(index: Index, node: Node) -> Iterator[Candidate]:
    """年初在册{opening}，年内新增{inflow}，注销{outflow}，年末在册{node}"""
    if node.role not in AMOUNTS or not _has("closing", node.own) or _opens(index, node) or node.at < 2:
        return
    sides: dict[str, list[Node]] = {"inflow": [], "outflow": []}
    for before in reversed(index.nodes[max(0, node.at - _BACK) : node.at]):
        if node.paragraph - before.paragraph > _PARAGRAPHS:
            return
        if not comparable(before, node) or not _is_of_one(before, node):
            continue
        side = _side(before)
        if _opens(index, before):
            if before.role in AMOUNTS and any(sides.values()) and _is_of_one_noun(before, node):
                yield _candidate(before, sides, node)
            return
        if side is not None:
            sides[side].insert(0, before)
        elif _has("closing", before.own) or (_is_of_one_noun(before, node) and "among" not in cues_in(before.clause)):
            return  # another stock; 新增27例，其中境外输入4例 is none


def _candidate(opening: Node, sides: dict[str, list[Node]], closing: Node) -> Candidate:
    flowing = {side: tuple(nodes) for side, nodes in sides.items() if nodes}
    signs = {"inflow": " + sum(inflow)", "outflow": " - sum(outflow)"}
    formula = f"opening{''.join(signs[side] for side in flowing)} == closing"
    slots = {"opening": (opening,), **flowing, "closing": (closing,)}
    construction = "flow" if len(flowing) == 2 else "flow-one-way"
    return Candidate("flow", closing.at, formula, slots, stated(construction), "stock_flow")


def _has(kind: str, words: str) -> bool:
    return any(word in words for word in words_of("links", "flows", kind))


def _opens(index: Index, node: Node) -> bool:
    """Whether words say that a figure is the stock at the beginning: 年初，全县还有{node}."""
    return _has("opening", node.own) or _has("opening", index.lead(node))


def _side(node: Node) -> str | None:
    """Whether what a figure counts came or went, by the last verb before it: 购入{node}, 新增确诊病例{node}."""
    last = {
        kind: max(
            (node.own.rfind(verb) + len(verb) for verb in words_of("links", "flows", kind) if verb in node.own),
            default=0,
        )
        for kind in ("inflow", "outflow")
    }
    if last["inflow"] == last["outflow"] or _has("ever", node.own):
        return None  # 累计死亡: all that ever went
    return max(last, key=lambda kind: last[kind])


def _is_of_one(flow: Node, closing: Node) -> bool:
    if closing.dimension == "[item]" and flow.quantity.surface != closing.quantity.surface:
        return False
    return same_name(flow.claim.holder, closing.claim.holder) != "differ"


def _is_of_one_noun(opening: Node, closing: Node) -> bool:
    """Whether a stock at the end is of what the one at the beginning is of: 年末个人贷款余额 is not of 贷款余额."""
    return _noun(closing) in _noun(opening) + plain(opening.behind)


def _noun(node: Node) -> str:
    """What the words before a stock call it, without those that tell which stock it is."""
    words = plain(node.own)
    for kind in ("opening", "closing"):
        for word in sorted(words_of("links", "flows", kind), key=len, reverse=True):
            words = words.replace(word, "")
    return words
