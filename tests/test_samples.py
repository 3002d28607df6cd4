"""The sample texts, held to ``samples/expected.toml``: clean ones stay clean, planted errors are found, nothing else is.

What a finding must do for an expectation: stand under the expected relation (or one that says the same of these figures), be no
louder than expected, and touch every quoted stretch.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from checker import Checker
from checker.findings import Finding
from checker.findings.result import Result
from checker.sources import read_document

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_EXPECTED = tomllib.loads((SAMPLES / "expected.toml").read_text("utf-8"))
CLEAN: list[str] = _EXPECTED["clean"]
LOUDNESS = {"info": 0, "warning": 1, "error": 2}

# A finding of the second kind says the same of the figures as one of the first.
RELATIVES = {
    "sum_of_parts": {"part_le_whole", "complement"},
    "complement": {"sum_of_parts"},
    "part_le_whole": {"sum_of_parts"},
    "implied_denominator": {"share"},
    "share": {"implied_denominator"},
    "difference": {"growth"},
    "magnitude": {"average"},
    "points": {"growth"},
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One planted error as the file tells it."""

    file: str
    relation: str
    severity: str
    quotes: tuple[str, ...]
    step: int

    @property
    def name(self) -> str:
        return f"{Path(self.file).stem} {self.relation} {'、'.join(self.quotes)}"


EXPECTED = [
    Expected(row["file"], row["relation"], row["severity"], tuple(row["quotes"]), row["step"])
    for row in _EXPECTED["expect"]
]

# Planted errors that are not found yet; each line goes when the rule for it comes.
UNFOUND = {
    "school-survey implied_denominator 1134人、63.0%、486人、24.3%",
    "pepper-county section_count 四个强化、强化基地建设、强化科技支撑、强化订单销售",
}
# Plain forms that ought to be found and are not.
OWED: set[str] = set()


@cache
def _result(file: str) -> Result:
    return Checker().check_document(read_document(SAMPLES / file))


def _touched(finding: Finding, text: str) -> set[str]:
    spans = [(finding.start, finding.end), *((r.start, r.end) for r in finding.related)]
    return {text[a:b] for a, b in spans}


def _answers(finding: Finding, expected: Expected, text: str) -> bool:
    """Whether a finding is about the expected error, of whatever relation and loudness."""
    spans = [(finding.start, finding.end), *((r.start, r.end) for r in finding.related)]
    for quote in expected.quotes:
        at = text.index(quote)
        if not any(a < at + len(quote) and at < b for a, b in spans):
            return False
    return True


def test_every_sample_is_in_the_list() -> None:
    paths = [p for kind in ("clean", "planted") for p in (SAMPLES / kind).iterdir()]
    paths += (SAMPLES / "formats").glob("*.md")  # what its other formats are made from
    files = {p.relative_to(SAMPLES).as_posix() for p in paths}
    assert files == {*CLEAN, *(e.file for e in EXPECTED)}


@pytest.mark.parametrize("file", [*CLEAN, *dict.fromkeys(e.file for e in EXPECTED)])
def test_no_rule_crashes(file: str) -> None:
    assert _result(file).errors == ()


@pytest.mark.parametrize("file", CLEAN)
def test_a_clean_text_is_clean(file: str) -> None:
    loud = [(f.rule, f.message) for f in _result(file).findings if f.severity != "info"]
    assert loud == []


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: e.name)
def test_a_quote_stands_once_in_its_text(expected: Expected) -> None:
    text = _result(expected.file).document.text
    assert [quote for quote in expected.quotes if text.count(quote) != 1] == []


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(
            e,
            id=e.name,
            marks=[pytest.mark.xfail(strict=True, reason="not found yet")] if e.name in UNFOUND | OWED else [],
        )
        for e in EXPECTED
    ],
)
def test_a_planted_error_is_found(expected: Expected) -> None:
    result = _result(expected.file)
    about = [f for f in result.findings if _answers(f, expected, result.document.text)]
    assert about, [(f.rule, _touched(f, result.document.text)) for f in result.findings]
    allowed = {expected.relation} | RELATIVES.get(expected.relation, set())
    fitting = [f for f in about if f.relation in allowed and LOUDNESS[f.severity] <= LOUDNESS[expected.severity]]
    assert fitting, [(f.rule, f.relation, f.severity) for f in about]


def test_the_list_of_what_is_not_found_names_expectations() -> None:
    assert {e.name for e in EXPECTED if e.step == 2} >= UNFOUND
    assert {e.name for e in EXPECTED if e.step == 1} >= OWED


@pytest.mark.parametrize("file", list(dict.fromkeys(e.file for e in EXPECTED)))
def test_nothing_else_is_found(file: str) -> None:
    """Every error and warning answers to a planted error; a finding may touch some of its figures only."""
    result = _result(file)
    text = result.document.text
    quoted = [
        (text.index(quote), text.index(quote) + len(quote)) for e in EXPECTED if e.file == file for quote in e.quotes
    ]
    strange = [
        (f.rule, f.message)
        for f in result.findings
        if f.severity != "info" and not any(a < f.end and f.start < b for a, b in quoted)
    ]
    assert strange == []
