"""GitLab's Code Quality report: a JSON array of the fields of its documentation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from checker.checks import Severity
from checker.findings.result import Result
from checker.report.jsonout import Json, dump
from checker.report.shared import explained, place_said, region_of, relative_path, without_surrogates
from checker.report.stream import printable
from checker.report.words import word
from checker.report.writers import Ending, Setting

__all__ = ["writer"]

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}
_UNCHECKED = "critical"
_BETWEEN = {"zh": "；", "en": "; "}


class _GitLab:
    """Remembers only what it needs to tell two findings with the same words in one file apart."""

    def __init__(self, setting: Setting) -> None:
        self._lang = setting.lang
        self._seen: Counter[tuple[str, str]] = Counter()
        self._between = b"[\n"

    def begin(self) -> Iterator[bytes]:
        return iter(())

    def piece(self, result: Result) -> bytes:
        document = result.document
        issues = []
        path = relative_path(document.path)
        for finding in result.findings:
            said = explained(finding, self._lang, _BETWEEN[self._lang])
            region = region_of(document, finding.start, finding.end)
            if region is None:  # GitLab insists on a line
                said = f"{place_said(document, finding, self._lang)}{word('colon', self._lang)}{said}"
                lines = {"begin": 1}
            else:
                lines = {"begin": region.line, "end": region.end_line}
            name = f"{finding.rule} {finding.slug}"
            issues.append((said, name, finding.fingerprint, _SEVERITIES[finding.severity], path, lines))
        return dump(issues) if issues else b""

    def add(self, piece: bytes) -> Iterator[bytes]:
        for issue in json.loads(piece) if piece else ():
            yield self._issue(*issue)

    def end(self, ending: Ending) -> Iterator[bytes]:
        for problem in ending.problems:
            path, code = relative_path(problem.path), problem.rule or problem.code
            yield self._issue(printable(problem.message), code, code, _UNCHECKED, path, {"begin": 1})
        yield b"[]\n" if self._between == b"[\n" else b"\n]\n"

    def _issue(self, said: str, name: str, identity: str, severity: str, path: str, lines: Mapping[str, int]) -> bytes:
        times = self._seen[path, identity]
        self._seen[path, identity] += 1
        written = without_surrogates(path)
        unique = "\0".join((path, identity, *([str(times)] if times else [])))
        issue: Json = {
            "description": said,
            "check_name": name,
            "fingerprint": sha256(unique.encode("utf-8", "surrogatepass")).hexdigest(),
            "severity": severity,
            "location": {"path": written, "lines": lines},
        }
        between, self._between = self._between, b",\n"
        return between + dump(issue)


def writer(setting: Setting) -> _GitLab:
    """The writer of ``gitlab``."""
    return _GitLab(setting)
