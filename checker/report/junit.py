"""JUnit XML, as Jenkins, GitLab and others read it: a suite for each file, a failed case for each error and warning.

An info is a case that passed and says something; a finding that is settled is a case that was skipped. A file without any is
one case that passed; what could not be checked is a case with an error, in a suite of its own at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from checker.findings import Finding
from checker.findings.result import Result
from checker.patterns import pattern
from checker.report.shared import explained, place_said, relative_path, sentence
from checker.report.stream import printable
from checker.report.writers import Ending, Setting
from checker.sources.messages import Lang

__all__ = ["attribute", "content", "writer"]

# What XML 1.0 cannot hold, not even as a reference.
_NO_XML = pattern(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def content(text: str) -> str:
    """A text between two tags.

    >>> content("3<2\\x00")
    '3&lt;2\\ufffd'
    """
    return escape(_NO_XML.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def attribute(text: str) -> str:
    """The value of an attribute in its quotes.

    >>> attribute('“a"b”\\n')
    '"“a&quot;b”&#10;"'
    """
    escaped = content(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{escaped}"'


class _JUnit:
    def __init__(self, setting: Setting) -> None:
        self._lang = setting.lang

    def begin(self) -> Iterator[bytes]:
        yield b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="checker">\n'

    def piece(self, result: Result) -> bytes:
        path, lang = relative_path(result.document.path), self._lang
        cases = []
        failures = 0
        for finding in result.findings:
            said = content(f"{sentence(result, finding)}\n{explained(finding, lang)}")
            if finding.severity == "info":
                inner = f"<system-out>{said}</system-out>"
            else:
                failures += 1
                about = {"message": printable(finding.message), "type": f"{finding.severity} {finding.rule}"}
                inner = f"<failure{_attributes(about)}>{said}</failure>"
            cases.append(_case(path, _name(result, finding, lang), inner))
        for suppressed in result.suppressed:
            reason = {"message": printable(suppressed.reason)} if suppressed.reason else {}
            inner = f"<skipped{_attributes(reason)}>{content(explained(suppressed.finding, lang))}</skipped>"
            cases.append(_case(path, _name(result, suppressed.finding, lang), inner))
        skipped = len(result.suppressed)
        return _suite(path, cases or [_case(path, "checker")], failures=failures, skipped=skipped)

    def add(self, piece: bytes) -> Iterator[bytes]:
        yield piece

    def end(self, ending: Ending) -> Iterator[bytes]:
        for problem in ending.problems:
            path, name = relative_path(problem.path), problem.rule or problem.code
            about = {"message": printable(problem.message), "type": problem.code}
            yield _suite(path, [_case(path, name, f"<error{_attributes(about)}/>")], errors=1)
        yield b"</testsuites>\n"


def _name(result: Result, finding: Finding, lang: Lang) -> str:
    return f"{finding.rule} {finding.slug} ({place_said(result.document, finding, lang)})"


def _suite(path: str, cases: Sequence[str], *, failures: int = 0, errors: int = 0, skipped: int = 0) -> bytes:
    counts = {"tests": len(cases), "failures": failures, "errors": errors, "skipped": skipped}
    about = {"name": path} | {name: str(count) for name, count in counts.items()}
    return f"<testsuite{_attributes(about)}>\n{''.join(cases)}</testsuite>\n".encode()


def _case(path: str, name: str, inner: str = "") -> str:
    start = f"<testcase{_attributes({'classname': path, 'name': name})}"
    return f"{start}>{inner}</testcase>\n" if inner else f"{start}/>\n"


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f" {key}={attribute(value)}" for key, value in values.items())


def writer(setting: Setting) -> _JUnit:
    """The writer of ``junit``."""
    return _JUnit(setting)
