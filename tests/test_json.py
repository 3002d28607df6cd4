"""The JSON output: its schema, its offsets, its numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import checker
from checker.arithmetic.interval import Interval, Rational
from checker.cli import main
from checker.report.jsonout import document_bytes, document_json, dump, load_schema, report_json
from checker.report.numbers import decimal_string, high_string, interval_text, low_string
from checker.report.writers import Problem

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = load_schema()

TEXTS = [
    "",
    "没有数字。",
    "全县易地搬迁163户41人。",
    "全年收入74.05\n\n万元，同比增长12.5%，三分之一的村超过３．５万元。",
    "𠮷村👍有3户，其中2户脱贫；约2.3万人，近4万人，十几个，3—5万元，2017年6月9日16:35，比分3比0。",
    "贫困发生率由19.7%下降到25.2%。甲、乙两个村共120户，其中甲村50户、乙村60户。",
    "控制\x00字符\x1b[31m和[bold]标记[/bold]：3户。",
    "| 乡镇 | 户数 |\n|---|---|\n| 甲 | 1,024 |",
    "孤立代理\ud800字符3户2人。",
]


def _report(*texts: str, include_text: bool = True) -> dict[str, Any]:
    results = [checker.check(text, published="2020-06-12") for text in texts]
    answer: dict[str, Any] = json.loads(b"".join(report_json(results, include_text=include_text)))
    return answer


def _spans(value: object) -> Iterator[dict[str, Any]]:
    """Every object of the output that reports a span."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


@pytest.mark.parametrize("include_text", [True, False])
@pytest.mark.parametrize("text", [*TEXTS[:-1], "搬迁163户41人。" * 450])
def test_a_document_in_pieces_is_the_same(text: str, include_text: bool) -> None:
    result = checker.check(text)
    assert document_bytes(result, include_text=include_text) == dump(document_json(result, include_text=include_text))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", TEXTS)
def test_output_fits_the_schema_and_its_offsets_the_text(text: str) -> None:
    report = _report(text)
    Draft202012Validator(SCHEMA).validate(report)
    (document,) = report["documents"]
    assert document["text"] == text
    assert document["characters"] == len(text)
    lines = text.split("\n")
    for span in _spans(document):
        assert 0 <= span["start"] <= span["end"] <= len(text)
        if "text" in span:
            assert text[span["start"] : span["end"]] == span["text"]
        if "location" in span:
            line, column = span["location"]["line"], span["location"]["column"]
            assert sum(len(before) + 1 for before in lines[: line - 1]) + column - 1 == span["start"]
    assert [quantity["id"] for quantity in document["quantities"]] == list(range(len(document["quantities"])))
    assert [check["id"] for check in document["checks"]] == list(range(len(document["checks"])))
    for finding in document["findings"]:
        assert document["checks"][finding["check"]]["rule"] == finding["rule"]


def test_samples_fit_the_schema(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for command in (["check", "--include-text"], ["figures"]):
        main([*command, "--format", "json", str(ROOT / "samples")])
        report = json.loads(capfdbinary.readouterr().out)
        Draft202012Validator(SCHEMA).validate(report)
        assert report["errors"] == []
        assert len(report["documents"]) >= 8


def test_several_documents_and_problems() -> None:
    results = [checker.check(text) for text in TEXTS[:3]]
    problems = [Problem("b.txt", "undecodable", "坏了"), Problem("c.txt", "rule-crashed", "坏了", "CK101")]
    report = json.loads(b"".join(report_json(results, problems)))
    Draft202012Validator(SCHEMA).validate(report)
    assert len(report["documents"]) == 3
    assert report["errors"][0] == {"path": "b.txt", "code": "undecodable", "rule": None, "message": "坏了"}
    assert json.loads(b"".join(report_json([]))) == {
        "schema_version": 1,
        "tool": {"name": "checker", "version": checker.__version__},
        "documents": [],
        "errors": [],
    }


def test_the_text_is_there_only_when_asked_for() -> None:
    assert "text" not in _report("3户。", include_text=False)["documents"][0]


def test_values_are_in_the_unit_and_in_the_base_unit() -> None:
    first, second = _report("投资1.2亿元，占8%。")["documents"][0]["quantities"]
    assert (first["value"], first["unit"], first["low"], first["high"]) == ("120000000", "元", "115000000", "125000000")
    assert (second["value"], second["unit"]) == ("8", "%")


def test_same_input_same_bytes() -> None:
    once, again = (b"".join(report_json([checker.check(text) for text in TEXTS])) for _ in range(2))
    assert once == again


def test_lone_surrogates_are_escaped() -> None:
    assert dump({"text": "\ud800"}) == b'{"text":"\\ud800"}'
    assert dump({"text": "县"}) == '{"text":"县"}'.encode()


@pytest.mark.parametrize(
    ("value", "low", "written", "high"),
    [
        (0, "0", "0", "0"),
        (-12, "-12", "-12", "-12"),
        (Fraction(1159, 1000), "1.159", "1.159", "1.159"),
        (Fraction(-1, 8), "-0.125", "-0.125", "-0.125"),
        (Fraction(1, 3), "0.33333333333333333333", "0.33333333333333333333", "0.33333333333333333334"),
        (Fraction(-2, 3), "-0.66666666666666666667", "-0.66666666666666666667", "-0.66666666666666666666"),
        (
            Fraction(10**30, 7),
            "142857142857142857140000000000",
            "142857142857142857140000000000",
            "142857142857142857150000000000",
        ),
        (Fraction(1, 10**12), "0.000000000001", "0.000000000001", "0.000000000001"),
    ],
)
def test_numbers(value: Rational, low: str, written: str, high: str) -> None:
    assert (low_string(value), decimal_string(value), high_string(value)) == (low, written, high)
    assert low_string(None) is high_string(None) is None


def test_a_number_of_many_digits() -> None:
    assert decimal_string(10**6000) == "1" + "0" * 6000


@pytest.mark.parametrize(
    ("interval", "written"),
    [
        (Interval(Fraction(5, 2), 3), "[2.5, 3]"),
        (Interval(3, None, False, False), "(3, ∞)"),
        (Interval(None, 3, False, True), "(−∞, 3]"),
    ],
)
def test_intervals_for_people(interval: Interval, written: str) -> None:
    assert interval_text(interval) == written
