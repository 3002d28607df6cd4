"""What a report for people says of one document, as words with their styles, before anything is drawn.

Made apart from the drawing, for it is the same whatever the width and the colours of the terminal are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from checker.checks import Severity
from checker.checks.number_format import as_read
from checker.findings import Finding
from checker.findings.result import Result
from checker.report.passage import Passage, passage, passage_around
from checker.report.stream import printable
from checker.report.words import word
from checker.sources.messages import Lang

__all__ = ["STYLES", "FindingRow", "Rows", "Styled", "UnsupportedRow", "rows_of"]

_UNSUPPORTED_AROUND = 12  # characters on either side of a figure in a list of many
STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}

Styled = list[tuple[str, str]]  # stretches of words, each with its style in rich's terms (none: empty)


class FindingRow(NamedTuple):
    """One finding: where it stands, what it weighs, and all that is said of it."""

    place: str
    severity: Severity
    words: Styled


class UnsupportedRow(NamedTuple):
    """A figure that nothing supports: where it stands, how it is written, and the words around it."""

    place: str
    figure: str
    words: Styled


class Rows(NamedTuple):
    """The rows of one document, findings in text order."""

    path: str
    findings: list[FindingRow]
    unsupported: list[UnsupportedRow]

    @classmethod
    def from_json(cls, data: Any) -> Rows:
        """The rows again from what JSON made of them."""
        path, findings, unsupported = data
        return cls(path, [FindingRow(*row) for row in findings], [UnsupportedRow(*row) for row in unsupported])


def rows_of(result: Result, lang: Lang, *, unsupported: bool = False) -> Rows:
    """What is to be drawn of a document; the figures that nothing supports only where they are asked for."""
    document = result.document
    findings = [
        FindingRow(
            document.place(finding.start, finding.end).said(lang), finding.severity, _explained(result, finding, lang)
        )
        for finding in result.findings
    ]
    return Rows(printable(document.path), findings, list(_unsupported(result, lang)) if unsupported else [])


def _unsupported(result: Result, lang: Lang) -> Iterator[UnsupportedRow]:
    document = result.document
    for quantity, support in zip(result.quantities, result.supports, strict=True):
        if support == "unsupported":
            start, end = quantity.start, quantity.end
            shown = passage_around(document, start, end, [(start, end)], around=_UNSUPPORTED_AROUND)
            figure = printable(as_read(document.text[start:end]))
            yield UnsupportedRow(document.place(start, end).said(lang), figure, _marked(shown, "bold underline"))


def _marked(shown: Passage, style: str) -> Styled:
    """A passage with its figures in a style of their own."""
    return [(printable(stretch.text), style if stretch.figure else "") for stretch in shown.stretches]


def _explained(result: Result, finding: Finding, lang: Lang) -> Styled:
    """One finding: rule, sentence, message, arithmetic, other places, a way out."""
    document, style = result.document, STYLES[finding.severity]
    words = [(f"{finding.rule} ", "bold"), (finding.slug, "dim")]
    if document.tables:
        from checker.tables.naming import name_at  # only where there are tables

        name = name_at(document, finding.start, lang)
        if name is not None and name not in finding.message:
            words.append((f" {printable(name)}", ""))
    words.append(("\n", ""))
    shown = passage(result, finding)
    words += _marked(shown, f"{style} underline")
    words += [("\n→ ", ""), (printable(finding.message), style)]
    colon = word("colon", lang)

    def fact(key: str, said: str) -> None:
        words.extend(((f"\n{word(key, lang)}{colon}", "dim"), (said, "")))

    if finding.expression:
        fact("arithmetic", printable(finding.expression))
    others = [
        f"{document.place(related.start, related.end).said(lang)} {printable(as_read(document.text[related.start : related.end]))}"
        for related in finding.related
        if not (shown.start <= related.start and related.end <= shown.end)
    ]
    if others:
        fact("see", word("separator", lang).join(others))
    if finding.suggestion:
        fact("suggestion", printable(finding.suggestion))
    words.append((f"\n{word('fingerprint', lang)}{colon}{finding.fingerprint}", "dim"))
    return words
