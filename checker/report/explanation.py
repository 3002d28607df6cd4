"""What `checker explain` prints: figures as they were read, the links they may stand in, and what was said of these and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from checker.checks import Check
from checker.checks.builder import formula
from checker.checks.number_format import as_read
from checker.checks.verdict import judge
from checker.findings.result import Result
from checker.links import Candidate, Judgement, judgements_of
from checker.links.kinds import KINDS as _ROLES_OF
from checker.links.kinds import construction_of, kind_of
from checker.links.weights import evidence
from checker.quantities import Quantity
from checker.reading import Reading
from checker.report.evidencewords import CONSTRUCTIONS, KINDS, ROLES, TYPES, feature_words, reason_words
from checker.report.numbers import decimal_string, high_string, low_string
from checker.report.stream import printable
from checker.report.words import word
from checker.report.wrapping import wrapped
from checker.sources.messages import Lang

__all__ = ["print_explanation"]

_LEAST = 0.02  # probability of a link that is shown
_MOST = 5  # links of one figure
_EVIDENCE = 4  # features of one link
_WIDEST = 100  # columns


class _Explained(NamedTuple):
    """What all links of a document have in common: where to look up figures and checks."""

    result: Result
    reading: Reading
    lang: Lang

    def said(self, chinese: str, english: str) -> str:
        return english if self.lang == "en" else chinese

    def words(self, pair: tuple[str, str]) -> str:
        return self.said(*pair)

    def written(self, quantity: Quantity) -> str:
        return printable(as_read(self.result.document.text[quantity.start : quantity.end]))


def print_explanation(console: Console, result: Result, reading: Reading, figures: Sequence[int], lang: Lang) -> None:
    """Each figure (ids of quantities): its place, how it was read, what it says, and its links, the most probable first.

    A link is told at the first of its figures; the others refer to it by its number.
    """
    explained = _Explained(result, reading, lang)
    links: dict[int, list[Judgement]] = {}
    for judgement in judgements_of(reading):
        if judgement.probability >= _LEAST:
            for node in _nodes(judgement.candidate):
                links.setdefault(node, []).append(judgement)
    told: list[Judgement] = []
    width = min(console.width, _WIDEST)
    for at, number in enumerate(figures):
        if at:
            console.print()
        for indent, style, line in _figure(explained, number, links.get(number, []), told):
            text = wrapped(Text(line, style=style), width - indent - 2)
            for place, part in enumerate(text.split()):
                console.print(Text(" " * (indent if place == 0 else indent + 2)) + part, soft_wrap=True)


def _nodes(candidate: Candidate) -> dict[int, None]:
    """The ids of the figures of a candidate, each once."""
    return {node.quantity.id: None for nodes in candidate.slots.values() for node in nodes}


_Line = tuple[int, str, str]  # columns before it, its style, its words


def _figure(explained: _Explained, number: int, links: list[Judgement], told: list[Judgement]) -> Iterator[_Line]:
    result, lang = explained.result, explained.lang
    quantity = result.quantities[number]
    place = result.document.place(quantity.start, quantity.end).said(lang)
    yield 0, "bold", f"{place}  {explained.written(quantity)}"
    yield 2, "", explained.said("读作：", "read as: ") + " · ".join(_reading(quantity, lang))
    if claim := _claim(explained, number):
        yield 2, "", explained.said("说的是：", "says: ") + " · ".join(claim)
    if number in explained.reading.cells:
        yield (
            2,
            "dim",
            explained.said("在表格里：联系只在正文里找", "in a table: links are looked for in running text only"),
        )
        return
    shown = sorted(links, key=lambda judgement: -judgement.probability)[:_MOST]
    if not shown:
        yield 2, "dim", explained.said("没有找到联系", "no link was found")
    for judgement in shown:
        if judgement in told:
            at = told.index(judgement) + 1
            yield 2, "", explained.said(f"联系 {at}，见上", f"link {at}, see above")
        else:
            told.append(judgement)
            yield from _link(explained, judgement, len(told))


def _reading(quantity: Quantity, lang: Lang) -> Iterator[str]:
    yield word(f"kind.{quantity.kind}", lang)
    unit = "" if quantity.unit is None else f" {quantity.unit.name}"
    if quantity.value is not None:
        yield f"{word('value', lang)} {decimal_string(quantity.value)}{unit}"
    if quantity.kind == "quantity" and not quantity.interval.is_point:
        yield f"{word('interval', lang)} {_interval(quantity)}"


def _interval(quantity: Quantity) -> str:
    interval = quantity.interval
    low, high = low_string(interval.low), high_string(interval.high)
    opening = "[" if interval.low_closed and low is not None else "("
    closing = "]" if interval.high_closed and high is not None else ")"
    return f"{opening}{'-∞' if low is None else low}, {'∞' if high is None else high}{closing}"


def _claim(explained: _Explained, number: int) -> list[str]:
    claim, lang = explained.result.claims[number], explained.lang
    said = [] if claim.type is None else [explained.words(TYPES[claim.type])]
    fields = (("metric", claim.metric), ("holder", claim.holder), ("period", claim.period))
    return said + [f"{word(name, lang)} {printable(value)}" for name, value in fields if value]


def _link(explained: _Explained, judgement: Judgement, number: int) -> Iterator[_Line]:
    candidate, lang = judgement.candidate, explained.lang
    kind = kind_of(candidate)
    roles = [
        f"{explained.words(ROLES[role])} {'、'.join(explained.written(node.quantity) for node in candidate.slots[role])}"
        for role in _ROLES_OF[kind].roles
    ]
    yield (
        2,
        "bold",
        explained.said(f"联系 {number}：", f"link {number}: ") + " · ".join([explained.words(KINDS[kind]), *roles]),
    )
    percent = f"{judgement.probability:.0%}"
    construction = construction_of(candidate)
    if construction is None:
        yield (
            4,
            "",
            explained.said(f"可能性 {percent}；没有句式写明", f"probability {percent}; no construction states it"),
        )
        for feature, weight in evidence(candidate, _EVIDENCE):
            yield 6, "dim", f"{weight:+.1f}  {feature_words(feature, candidate, lang)}"
    else:
        words = explained.words(CONSTRUCTIONS.get(construction, (construction, construction)))
        yield (
            4,
            "",
            explained.said(f"可能性 {percent}；句式写明：{words}", f"probability {percent}; stated by: {words}"),
        )
    if judgement.works is not None:
        yield 4, "", explained.said("算式：", "arithmetic: ") + _arithmetic(explained, candidate)
    reason = reason_words(judgement.reason, judgement.works, lang)
    yield 4, "", explained.said(f"判断：{reason}", f"judgement: {reason}")
    if judgement.reason in ("confirms", "accuses"):
        said = list(_checks(explained, candidate))
        for line in said or [explained.said("没有启用的规则核对它", "no rule in force checks it")]:
            yield 4, "", line


def _arithmetic(explained: _Explained, candidate: Candidate) -> str:
    """The formula of a candidate with its figures, judged exactly."""
    slots = {role: tuple(node.quantity for node in nodes) for role, nodes in candidate.slots.items()}
    verdict = judge(formula(candidate.formula), slots, explained.result.document.text)
    outcome = word(f"outcome.{verdict.outcome}", explained.lang)
    return printable(verdict.expression) + explained.said(f"，{outcome}", f": {outcome}")


def _checks(explained: _Explained, candidate: Candidate) -> Iterator[str]:
    """What rules have made of the figures of a link, whichever rule was first."""
    figures = {(role, node.quantity.id) for role, nodes in candidate.slots.items() for node in nodes}
    for check in explained.result.checks:
        if {(operand.role, operand.quantity) for operand in check.operands} == figures:
            yield f"{check.rule} {check.slug}{word('colon', explained.lang)}{_told(explained, check)}"


def _told(explained: _Explained, check: Check) -> str:
    lang = explained.lang
    outcome = word(f"outcome.{check.outcome}", lang)
    if any(finding.check == check.id for finding in explained.result.findings):
        return f"{outcome}{explained.said('，报告为', ', reported as ')}{word(check.severity, lang)}"
    if any(suppressed.finding.check == check.id for suppressed in explained.result.suppressed):
        return f"{outcome}{explained.said('，', ', ')}{word('suppressed', lang)}"
    if check.reason is not None:
        return f"{outcome}（{printable(check.reason)}）" if lang == "zh" else f"{outcome} ({printable(check.reason)})"
    return outcome
