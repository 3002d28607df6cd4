"""The JSON that others build on: schema_version 1, described by `schema.json` beside this module.

Dictionaries are built by hand, one document at a time, so that a run over many files stays flat in memory; those of its figures
and checks some at a time, so that a long document does.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from checker.arithmetic.interval import Interval
from checker.checks import Check
from checker.checks.partners import NO_PARTNERS, partners_in
from checker.claims import Claim
from checker.document import Document
from checker.findings import Finding
from checker.findings.result import Result
from checker.quantities import Quantity
from checker.report.numbers import decimal_string, high_string, low_string
from checker.version import __version__

if TYPE_CHECKING:
    from checker.pipeline.stopwatch import Stopwatch
    from checker.report.writers import Ending, Problem, Setting

__all__ = [
    "SCHEMA_VERSION",
    "document_bytes",
    "document_json",
    "dump",
    "interval_json",
    "load_schema",
    "problem_json",
    "report_json",
    "stats_json",
    "tool_json",
    "writer",
]

SCHEMA_VERSION = 1

Json = dict[str, Any]


def load_schema() -> Json:
    """The JSON Schema (2020-12) of this output.

    >>> load_schema()["properties"]["schema_version"]
    {'const': 1}
    """
    with open(os.path.join(os.path.dirname(__file__), "schema.json"), encoding="utf-8") as file:
        schema: Json = json.load(file)
    return schema


def report_json(
    results: Iterable[Result], problems: Iterable[Problem] = (), *, include_text: bool = False
) -> Iterator[bytes]:
    """The whole object as UTF-8, in pieces: one for each document, then the problems.

    `problems` is read after the last result, so a list that grows while the results are made is complete.
    """
    yield _head()
    between = b""
    for result in results:
        yield between + document_bytes(result, include_text=include_text)
        between = b","
    yield _tail(problems)


def _head() -> bytes:
    return dump({"schema_version": SCHEMA_VERSION, "tool": tool_json()})[:-1] + b',"documents":['


def _tail(problems: Iterable[Problem], stats: Json | None = None) -> bytes:
    last: Json = {"errors": [problem_json(problem) for problem in problems]}
    if stats is not None:
        last["stats"] = stats
    return b"]," + dump(last)[1:] + b"\n"


class _Json:
    """The one object in pieces: one for each document, then the problems."""

    def __init__(self, setting: Setting) -> None:
        self._include_text = setting.include_text
        self._between = b""

    def begin(self) -> Iterator[bytes]:
        yield _head()

    def piece(self, result: Result) -> bytes:
        return document_bytes(result, include_text=self._include_text)

    def add(self, piece: bytes) -> Iterator[bytes]:
        yield self._between + piece
        self._between = b","

    def end(self, ending: Ending) -> Iterator[bytes]:
        yield _tail(ending.problems, None if ending.watch is None else stats_json(ending.watch))


def writer(setting: Setting) -> _Json:
    """The writer of ``json``."""
    return _Json(setting)


def tool_json() -> Json:
    """What made the report."""
    return {"name": "checker", "version": __version__}


def dump(value: object) -> bytes:
    """A value as compact JSON in UTF-8; a lone surrogate, which UTF-8 cannot hold, as an escape.

    >>> dump({"值": "\\ud800"})
    b'{"\\\\u503c":"\\\\ud800"}'
    """
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")


def document_json(result: Result, *, include_text: bool = False) -> Json:
    """One document of the output."""
    return _head_of(result, include_text) | {name: list(entries) for name, entries in _lists_of(result)}


def document_bytes(result: Result, *, include_text: bool = False) -> bytes:
    """The same as UTF-8."""
    written = io.BytesIO()
    written.write(dump(_head_of(result, include_text))[:-1])
    for name, entries in _lists_of(result):
        written.write(b"," + dump(name) + b":[")
        between = b""
        while some := list(islice(entries, _AT_ONCE)):
            written.write(between + dump(some)[1:-1])
            between = b","
        written.write(b"]")
    written.write(b"}")
    return written.getvalue()


_AT_ONCE = 200  # entries whose dictionaries are there at one time


def _head_of(result: Result, include_text: bool) -> Json:
    document = result.document
    head: Json = {
        "path": document.path,
        "published": None if document.published is None else document.published.isoformat(),
        "characters": len(document.text),
        "incomplete": result.incomplete or bool(result.errors),
        "unfinished": list(result.unfinished),
        "warnings": list(document.warnings),
    }
    if include_text:
        head["text"] = document.text
    head["summary"] = {**result.summary._asdict(), "checks": _counts_of(result.checks)}
    return head


def _counts_of(checks: Iterable[Check]) -> Json:
    """How many checks came out one way or the other, how many of them hold, and how many of these are trivial."""
    outcomes = [(check.outcome, check.trivial) for check in checks if check.outcome != "undecided"]
    holding = [trivial for outcome, trivial in outcomes if outcome in ("holds", "holds-rounded")]
    return {"decided": len(outcomes), "holding": len(holding), "trivial": sum(holding)}


def _lists_of(result: Result) -> Iterator[tuple[str, Iterator[Json]]]:
    """The lists of a document with their names; each entry is made when it is asked for."""
    confirmed, supports = result.confirmed_by, result.supports
    partners = partners_in(result.checks)
    yield (
        "quantities",
        (
            _quantity(quantity, result.document)
            | _claim(claim, quantity, result.document)
            | {"others": _others(claim, quantity, result.document)}
            | partners.get(quantity.id, NO_PARTNERS)._asdict()
            | {"confirmed_by": list(confirmed[quantity.id]), "support": supports[quantity.id]}
            for quantity, claim in zip(result.quantities, result.claims, strict=True)
        ),
    )
    yield "checks", map(_check, result.checks)
    yield "findings", (_finding(finding, result) for finding in result.findings)
    yield (
        "suppressed",
        (
            {"by": suppressed.by, "reason": suppressed.reason, "finding": _finding(suppressed.finding, result)}
            for suppressed in result.suppressed
        ),
    )


def _quantity(quantity: Quantity, document: Document) -> Json:
    interval, unit, value = quantity.interval, quantity.unit, quantity.value
    return {
        "id": quantity.id,
        "start": quantity.start,
        "end": quantity.end,
        "text": document.text[quantity.start : quantity.end],
        "location": document.location(quantity.start, quantity.end),
        "kind": quantity.kind,
        "value": None if value is None else decimal_string(value),
        **interval_json(interval),
        "unit": _own_script(quantity.surface, quantity, document) or (None if unit is None else unit.name),
        "base_value": None if value is None or unit is None else decimal_string(value * unit.factor),
        "base_unit": None if unit is None else unit.base,
        "dimension": None if unit is None else unit.dimension,
        "approximation": quantity.approximation,
    }


_BEFORE = 400  # characters before a figure in which the words stand that say what it measures


def _own_script(words: str | None, quantity: Quantity, document: Document) -> str | None:
    """Words that were read from the folded text as the text itself writes them: 宗數, not 宗数, in a Traditional text."""
    folded = document.folded
    if words is None or folded is document.text:
        return words
    at = folded.rfind(words, max(0, quantity.start - _BEFORE), quantity.end + len(words) + 1)
    return words if at < 0 else document.text[at : at + len(words)]


def _claim(claim: Claim, quantity: Quantity, document: Document) -> Json:
    """What a figure says; the words in the text's own script."""
    compared, group = claim.compared_to, claim.group
    return {
        "type": claim.type,
        "metric": _own_script(claim.metric, quantity, document),
        "noun": _own_script(claim.head, quantity, document),
        "holder": _own_script(claim.holder, quantity, document),
        "period": claim.period,
        "direction": claim.direction,
        "compared_to": None if compared is None else _placed(compared._asdict()),
        "scope": [_own_script(word, quantity, document) for word in claim.scope],
        "basis": [_own_script(word, quantity, document) for word in claim.basis],
        "modality": list(claim.modality),
        "source": claim.source,
        "group": None if group is None else group._asdict(),
        "known": {name: _placed(origin._asdict()) for name, origin in claim.known._asdict().items()},
    }


def _placed(entry: Json) -> Json:
    """An entry without the offsets that are not known."""
    return entry if entry["start"] is not None else {k: v for k, v in entry.items() if k not in ("start", "end")}


def _others(claim: Claim, quantity: Quantity, document: Document) -> list[Json]:
    """The other claims of a figure that is said of several."""
    return [_claim(other, quantity, document) for other in claim.others]


def _check(check: Check) -> Json:
    return {
        "id": check.id,
        "rule": check.rule,
        "slug": check.slug,
        "relation": check.relation,
        "outcome": check.outcome,
        "reason": check.reason,
        "operands": [
            {"role": operand.role, "quantity": operand.quantity}
            if operand.quantity is not None
            else {"role": operand.role, "start": operand.start, "end": operand.end}
            for operand in check.operands
        ],
        "operator": check.operator,
        "expression": check.expression,
        "left": None if check.left is None else interval_json(check.left),
        "right": None if check.right is None else interval_json(check.right),
        "start": check.start,
        "end": check.end,
        "trivial": check.trivial,
        "slip": check.slip,
        **({} if check.standing is None else {"link": check.standing._asdict()}),
    }


def _finding(finding: Finding, result: Result) -> Json:
    from checker.findings.fixes import is_certain  # this module is loaded by all commands, most of which want no JSON

    document = result.document
    return {
        "rule": finding.rule,
        "slug": finding.slug,
        "relation": finding.relation,
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "location": document.location(finding.start, finding.end),
        "message": finding.message,
        "expression": finding.expression,
        "check": finding.check,
        "slip": finding.slip,
        "related": [
            {
                "start": related.start,
                "end": related.end,
                "text": related.text,
                "location": document.location(related.start, related.end),
            }
            for related in finding.related
        ],
        "suggestion": finding.suggestion,
        "replacement": None if finding.replacement is None else finding.replacement._asdict(),
        "certain": is_certain(result, finding),
        "fingerprint": finding.fingerprint,
    }


def interval_json(interval: Interval) -> Json:
    """An interval with decimal strings, None for an infinite bound."""
    return {
        "low": low_string(interval.low),
        "high": high_string(interval.high),
        "low_closed": interval.low_closed,
        "high_closed": interval.high_closed,
    }


def problem_json(problem: Problem) -> Json:
    """One entry of `errors`."""
    return {"path": problem.path, "code": problem.code, "rule": problem.rule, "message": problem.message}


def stats_json(watch: Stopwatch) -> Json:
    """Where the time went, in milliseconds, and the checks of each rule by outcome."""
    return {
        "milliseconds": {name: round(seconds * 1000, 3) for name, seconds in watch.stages.items()},
        "rules": [
            {"rule": rule, "milliseconds": round(watch.rules.get(rule, 0.0) * 1000, 3), "outcomes": dict(sorted(outcomes.items()))}
            for rule, outcomes in watch.by_rule()
        ],
    }  # fmt: skip
