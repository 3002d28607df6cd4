"""Findings as the squiggles of an editor."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from checker.errors import CheckerError
from checker.findings import Finding
from checker.lsp.analysis import Analysis
from checker.report.words import word
from checker.rules.location import rule_page_path

__all__ = ["SOURCE", "Shown", "diagnostic_of", "diagnostics_of", "range_of"]

SOURCE = "checker"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


class Shown(NamedTuple):
    """What the client shows of a diagnostic: the other figures, the page of the rule."""

    related: bool = True
    pages: bool = True


def diagnostics_of(analysis: Analysis, uri: str, shown: Shown) -> list[types.Diagnostic]:
    """The findings of a text in order; where it could not be checked, that."""
    if analysis.result is None:
        return [] if analysis.error is None else [_unchecked(analysis.error)]
    return [diagnostic_of(analysis, finding, uri, shown) for finding in analysis.result.findings]


def diagnostic_of(analysis: Analysis, finding: Finding, uri: str, shown: Shown) -> types.Diagnostic:
    """One finding: what is said, the arithmetic, the suggestion."""
    lang = analysis.lang
    lines = [finding.message]
    for key, value in (("arithmetic", finding.expression), ("suggestion", finding.suggestion)):
        if value:
            lines.append(f"{word(key, lang)}{word('colon', lang)}{value}")
    page = _page(finding.rule) if shown.pages else None
    others = [
        types.DiagnosticRelatedInformation(types.Location(uri, range_of(analysis, other.start, other.end)), other.text)
        for other in (finding.related if shown.related else ())
    ]
    return types.Diagnostic(
        range=range_of(analysis, finding.start, finding.end),
        message="\n".join(lines),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=None if page is None else types.CodeDescription(page),
        source=SOURCE,
        related_information=others or None,
    )


def range_of(analysis: Analysis, start: int, end: int) -> types.Range:
    """A stretch of the document's text as a range of the editor."""
    first, last = analysis.span(start, end)
    return types.Range(
        types.Position(*analysis.source.position(first)), types.Position(*analysis.source.position(last))
    )  # fmt: skip


@lru_cache(maxsize=256)
def _page(rule: str) -> str | None:
    path = rule_page_path(rule)
    return None if path is None else Path(path).as_uri()


def _unchecked(error: CheckerError) -> types.Diagnostic:
    start = types.Position(0, 0)
    return types.Diagnostic(
        types.Range(start, start), error.message, types.DiagnosticSeverity.Error, code=error.code, source=SOURCE
    )  # fmt: skip
