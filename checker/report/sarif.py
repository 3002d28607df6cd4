"""SARIF 2.1.0, the exchange format of static analysis (OASIS): one run, its rules, results, files and problems.

Columns and offsets count code points. A file below the current folder has a relative URI. Times are left out, so that the same
texts give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from checker.checks import Severity
from checker.document import Document
from checker.findings import Finding
from checker.findings.result import Result
from checker.report.jsonout import Json, dump, interval_json
from checker.report.shared import as_uri, explained, region_of, without_surrogates
from checker.report.stream import printable
from checker.report.words import word
from checker.report.writers import Ending, Setting
from checker.version import __version__

if TYPE_CHECKING:
    from checker.findings.suppression import Suppressed
    from checker.relations import AnyRule
    from checker.sources.messages import Lang

__all__ = ["writer"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_FINGERPRINT = "checkerFinding/v1"


class _Sarif:
    """Writes results as they come; of a document only its URI is kept."""

    def __init__(self, setting: Setting) -> None:
        self._lang = setting.lang
        self._rules = setting.rules
        self._index = {rule.id: at for at, rule in enumerate(setting.rules)}
        self._artifacts: list[str] = []
        self._between = b""

    def begin(self) -> Iterator[bytes]:
        driver: Json = {
            "name": "checker",
            "version": __version__,
            "language": _LANGUAGES[self._lang],
            "rules": [_rule(rule, self._lang) for rule in self._rules],
        }
        run: Json = {
            "tool": {"driver": driver},
            "language": _LANGUAGES[self._lang],
            "columnKind": "unicodeCodePoints",
        }
        head = dump({"$schema": _SCHEMA, "version": "2.1.0"})
        yield head[:-1] + b',"runs":[' + dump(run)[:-1] + b',"results":['

    def piece(self, result: Result) -> bytes:
        # Whoever tells suppressions of one result tells them of all (3.27.23).
        told: list[tuple[Finding, list[Json]]] = [(finding, []) for finding in result.findings]
        told += [(suppressed.finding, [_suppression(suppressed)]) for suppressed in result.suppressed]
        results = [_result(result, finding, self._lang) | {"suppressions": whys} for finding, whys in told]
        return dump({"uri": as_uri(result.document.path), "results": results})

    def add(self, piece: bytes) -> Iterator[bytes]:
        document = json.loads(piece)
        artifact: Json = {"uri": document["uri"], "index": len(self._artifacts)}
        self._artifacts.append(artifact["uri"])
        for result in document["results"]:
            yield self._between + dump(self._placed(result, artifact))
            self._between = b",\n"

    def end(self, ending: Ending) -> Iterator[bytes]:
        invocation: Json = {"executionSuccessful": not ending.problems}
        if ending.problems:
            invocation["toolExecutionNotifications"] = [
                {
                    "level": "error",
                    "descriptor": {"id": problem.code},
                    "message": {"text": _message(printable(problem.message))},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": as_uri(problem.path)}}}],
                    **self._associated(problem.rule),
                }
                for problem in ending.problems
            ]
        tail: Json = {
            "artifacts": [{"location": {"uri": uri, "index": at}} for at, uri in enumerate(self._artifacts)],
            "invocations": [invocation],
        }
        yield b"]," + dump(tail)[1:] + b"]}\n"

    def _associated(self, rule: str | None) -> Json:
        """The rule that crashed; a plugin is none."""
        return {"associatedRule": {"id": rule, "index": self._index[rule]}} if rule in self._index else {}

    def _placed(self, result: Json, artifact: Json) -> Json:
        """A result with its places in the run: those of its file and of its rule."""
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            location["physicalLocation"] = {"artifactLocation": artifact, **location["physicalLocation"]}
        if result["ruleId"] in self._index:
            result["ruleIndex"] = self._index[result["ruleId"]]
        return result


def _result(result: Result, finding: Finding, lang: Lang) -> Json:
    """A finding, without the places that its file and its rule have in the run."""
    document = result.document
    answer: Json = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(explained(finding, lang))},
        "locations": [_location(document, finding.start, finding.end, lang)],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
    }
    if finding.related:
        answer["relatedLocations"] = [
            {
                "id": number,
                **_location(document, related.start, related.end, lang),
                "message": {"text": _message(printable(related.text))},
            }
            for number, related in enumerate(finding.related, 1)
        ]
    answer["properties"] = _properties(result, finding)
    return answer


def _suppression(suppressed: Suppressed) -> Json:
    """Who has settled a finding: a remark in the text, or a baseline beside it."""
    answer: Json = {"kind": "inSource" if suppressed.by == "comment" else "external", "status": "accepted"}
    return answer | ({"justification": without_surrogates(suppressed.reason)} if suppressed.reason else {})


def _properties(result: Result, finding: Finding) -> Json:
    """What SARIF has no field for: the arithmetic, both sides, the way out."""
    properties: Json = {"slug": finding.slug, "relation": finding.relation}
    if finding.expression:
        properties["expression"] = without_surrogates(finding.expression)
    if 0 <= finding.check < len(result.checks):
        check = result.checks[finding.check]
        properties["outcome"] = check.outcome
        for side, interval in (("left", check.left), ("right", check.right)):
            if interval is not None:
                properties[side] = interval_json(interval)
    if finding.suggestion:
        properties["suggestion"] = without_surrogates(finding.suggestion)
    return properties


def _location(document: Document, start: int, end: int, lang: Lang) -> Json:
    """A place in the file; in a format without lines, the place in that format's own terms."""
    physical: Json = {}
    region = region_of(document, start, end)
    if region is None:
        place = document.place(start, end)
        said = without_surrogates(place.said(lang))
        return {
            "physicalLocation": physical,
            "logicalLocations": [{"name": said, "fullyQualifiedName": said}],
            "properties": {"location": place.as_json()},
        }
    physical["region"] = {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }
    if document.places is None:  # the text is the file's own
        physical["region"] |= {
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": without_surrogates(document.text[start:end])},
        }
    return {"physicalLocation": physical}


def _rule(rule: AnyRule, lang: Lang) -> Json:
    level = _LEVELS[rule.severity]
    title = _said(rule.title, lang) or rule.slug
    return {
        "id": rule.id,
        "name": rule.slug,
        "shortDescription": {"text": title},
        "fullDescription": {"text": _said(rule.messages, lang) or title},
        "help": _help(rule, lang),
        "defaultConfiguration": {"level": level, "enabled": rule.default},
        "properties": {"tags": [rule.relation], "problem.severity": "recommendation" if level == "note" else level},
    }


def _help(rule: AnyRule, lang: Lang) -> Json:
    """What the rule looks at, what it says, and its examples, as text and as Markdown."""
    colon = word("colon", lang)
    title, says = _said(rule.title, lang) or rule.slug, _said(rule.messages, lang)
    text = [f"{rule.id} {rule.slug}{colon}{title}", f"{word('message', lang)}{colon}{says}"]
    markdown = [
        f"# {rule.id} {title}",
        f"`{rule.slug}` · `{rule.relation}`",
        f"{word('message', lang)}{colon}{_code(says)}",
    ]
    for key, examples in (("fails", rule.fails), ("holds", rule.holds), ("silent", rule.silent)):
        if examples:
            text += [f"{word(key, lang)}{colon}{printable(example)}" for example in examples]
            listed = "\n".join(f"- {_code(example)}" for example in examples)
            markdown.append(f"## {word(key, lang)}\n\n{listed}")
    return {"text": without_surrogates("\n".join(text)), "markdown": without_surrogates("\n\n".join(markdown))}


def _code(text: str) -> str:
    """Text that Markdown leaves alone: a code span, longer fences around what holds backticks."""
    fence = "`"
    while fence in text:
        fence += "`"
    space = " " if "`" in text else ""
    return f"{fence}{space}{printable(text)}{space}{fence}"


def _said(texts: Mapping[str, str], lang: Lang) -> str:
    return texts.get(lang) or texts.get("zh", "")


def _message(text: str) -> str:
    """A message as SARIF writes it: braces doubled (3.11.5), and no brackets that would be a link (3.11.6).

    >>> _message("见[此](http://x){0}")
    '见\\\\[此\\\\](http://x){{0}}'
    """
    escaped = without_surrogates(text).replace("{", "{{").replace("}", "}}")
    if "](" in escaped:
        escaped = escaped.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return escaped


def writer(setting: Setting) -> _Sarif:
    """The writer of ``sarif``."""
    return _Sarif(setting)
