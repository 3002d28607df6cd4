"""What an editor has decided: findings that a remark in the text, or a baseline, takes out of the report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from checker.document import Comment, Document
from checker.errors import nearest
from checker.findings.model import Finding
from checker.patterns import pattern

__all__ = ["Suppressed", "obeyed"]

Lang = Literal["zh", "en"]

_DIRECTIVES = ("ignore", "ignore-block", "ignore-file")
# ignore-block CK301、household-person-pair：已向统计局核对
_REMARK = pattern(
    r"""
    (?P<directive> [A-Za-z-]+ ) \s+
    (?P<rules> [A-Za-z0-9][A-Za-z0-9-]* (?: \s*[,，、]\s* [A-Za-z0-9][A-Za-z0-9-]* )* )
    [\s:：—]*
    (?P<reason> .* )
    """,
    re.VERBOSE | re.DOTALL,
)
_BETWEEN_RULES = pattern(r"\s*[,，、]\s*")
_BLANK_LINE = pattern(r"\n[ \t\r\u3000]*\n")


class Suppressed(NamedTuple):
    """A finding that is not reported, who took it out, and why (empty where nobody said)."""

    finding: Finding
    by: Literal["comment", "baseline"]
    reason: str


class _Order(NamedTuple):
    """What one remark says of one rule."""

    comment: Comment
    directive: str
    rule: str
    reason: str


def obeyed(
    document: Document,
    findings: Sequence[Finding],
    names: Mapping[str, str],
    in_force: Container[str],
    lang: Lang,
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], tuple[str, ...]]:
    """The findings that stay, those that remarks in the text take out, and what is wrong with the remarks.

    `names` leads from the ids and slugs of all rules to ids; a remark about a rule that is not `in_force` in this run is
    not called unused.
    """
    if not document.comments:
        return tuple(findings), (), ()
    warnings: list[tuple[Comment, str]] = []
    orders = [order for comment in document.comments for order in _orders(comment, names, lang, warnings)]
    reach = _Reach(document)
    by_key: dict[_Key, _Order] = {}
    for order in orders:
        by_key.setdefault(reach.of_order(order), order)  # the first of two remarks gives its reason
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[_Key] = set()
    for finding in findings:
        hits = [key for key in reach.of_finding(finding) if key in by_key]
        used.update(hits)
        if hits:
            suppressed.append(Suppressed(finding, "comment", by_key[hits[0]].reason))
        else:
            kept.append(finding)
    warnings += (
        (order.comment, _said("unused", lang, rule=order.rule, directive=order.directive))
        for order in orders
        if reach.of_order(order) not in used and order.rule in in_force
    )
    warnings.sort(key=lambda pair: pair[0].place)
    return tuple(kept), tuple(suppressed), tuple(_placed(comment, text, lang) for comment, text in warnings)


def _orders(
    comment: Comment, names: Mapping[str, str], lang: Lang, warnings: list[tuple[Comment, str]]
) -> Iterable[_Order]:
    """The orders of a remark; what keeps it from being obeyed goes into `warnings`."""
    if comment.words is None:
        warnings.append((comment, _said("open", lang)))
        return
    match = _REMARK.match(comment.words)
    directive = comment.words.split(maxsplit=1)[0] if comment.words else ""
    if directive not in _DIRECTIVES:
        warnings.append(
            (comment, _said("directive", lang, name=directive, near=_nearest(directive, _DIRECTIVES, lang)))
        )
    elif match is None:
        warnings.append((comment, _said("no-rule", lang, directive=directive)))
    elif not any(map(str.isalnum, match["reason"])):
        warnings.append((comment, _said("no-reason", lang, directive=directive, rules=match["rules"])))
    else:
        for name in dict.fromkeys(_BETWEEN_RULES.split(match["rules"])):
            if name in names:
                yield _Order(comment, directive, names[name], " ".join(match["reason"].split()))
            else:
                warnings.append((comment, _said("rule", lang, name=name, near=_nearest(name, names, lang))))


_Key: TypeAlias = tuple[str, str, int]  # rule, directive, and the line or the first block of the stretch that is meant


class _Reach:
    """What a remark speaks of, and what a finding stands in, as keys that are equal where the one covers the other."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._ends = [block.end for block in document.blocks]
        self._first_of: dict[int, int] = {}

    def of_order(self, order: _Order) -> _Key:
        if order.directive == "ignore-file":
            return order.rule, order.directive, 0
        if order.directive == "ignore":
            return order.rule, order.directive, order.comment.line
        block = order.comment.block
        return order.rule, order.directive, -1 if block is None else self._first(block)

    def of_finding(self, finding: Finding) -> Iterator[_Key]:
        first, last = self._line(finding.start), self._line(max(finding.end - 1, finding.start))
        for line in range(first, last + 1):
            yield finding.rule, "ignore", line
        block = bisect_right(self._ends, finding.start)
        if block < len(self._ends):
            yield finding.rule, "ignore-block", self._first(block)
        yield finding.rule, "ignore-file", 0

    def _line(self, offset: int) -> int:
        place = self._document.place(offset).as_json().get("line", 0)
        return place if isinstance(place, int) else 0

    def _first(self, block: int) -> int:
        """The first block of the stretch that a block belongs to: of a cell its whole table, else itself."""
        if not self._first_of:
            self._fill()
        return self._first_of.get(block, block)

    def _fill(self) -> None:
        """The tables: those that the format tells, else cells that no blank line parts."""
        document = self._document
        starts = [min(cell.start for cell in table.cells) for table in document.tables]
        ends = [max(cell.end for cell in table.cells) for table in document.tables]
        last = -1
        for at, block in enumerate(document.blocks):
            if block.kind != "cell":
                self._first_of[at] = at
                continue
            table = bisect_right(starts, block.start) - 1
            known = table >= 0 and block.start < ends[table]
            if known:
                first = bisect_right(self._ends, starts[table])
            else:
                before = document.blocks[at - 1] if at and last == at - 1 else None
                parted = before is None or _BLANK_LINE.search(document.text, before.end, block.start) is not None
                first = at if parted else self._first_of[at - 1]
            self._first_of[at] = first
            last = at


_SAID = {
    "open": ("注释没有以 --> 结束，未起作用", "the comment is not closed by --> and has no effect"),
    "directive": (
        "不认识“{name}”，应为 ignore、ignore-block 或 ignore-file{near}",
        "“{name}” is none of ignore, ignore-block and ignore-file{near}",
    ),
    "no-rule": (
        "{directive} 之后应写规则和理由，如 {directive} CK301 已核对",
        "{directive} wants a rule and a reason, as in {directive} CK301 checked by Li",
    ),
    "no-reason": (
        "{directive} {rules} 没有写理由，未起作用",
        "{directive} {rules} gives no reason and has no effect",
    ),
    "rule": ("没有规则“{name}”{near}", "there is no rule “{name}”{near}"),
    "unused": (
        "{directive} {rule} 已用不着：这里没有 {rule} 的发现",
        "{directive} {rule} is not needed: there is no finding of {rule} here",
    ),
}


def _said(key: str, lang: Lang, **values: str) -> str:
    return _SAID[key][lang == "en"].format(**values)


def _placed(comment: Comment, text: str, lang: Lang) -> str:
    line = comment.place.line
    return f"comment in line {line}: {text}" if lang == "en" else f"第 {line} 行的注释：{text}"


def _nearest(name: str, known: Iterable[str], lang: Lang) -> str:
    near = nearest(name, known)
    if near is None:
        return ""
    return f"; did you mean “{near}”?" if lang == "en" else f"，是不是“{near}”？"
