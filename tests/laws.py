"""What must be true of every input, whatever it is: for the property tests, the fuzz targets, and the regressions they left.

Each function takes an input, does with it what a user would, and asserts. Errors that the package raises on purpose are
fine; anything else is not caught here.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import jsonschema

from checker import Checker, Config, Result
from checker.arithmetic.interval import Interval
from checker.document import Document
from checker.errors import CheckerError, ConfigError, RuleError, SourceError, UsageError
from checker.quantities.skeleton import skeleton_of
from checker.report.csvout import figures_csv
from checker.report.jsonout import load_schema, report_json
from checker.report.tally import Tally
from checker.report.writers import FORMATS, Ending, Problem, Setting, make_writer
from checker.rules.loading import load_rules
from checker.settings.configfile import load_config
from checker.settings.resolver import Resolver
from checker.sources import make_document, read_document

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "formats"
SAMPLE_TEXT = "全县有3个乡，其中2个在山区。搬迁163户41人，占20%，比上年增长3.5%，由20户增加到30户。\n2019年3月5日，甲、乙分别为3户、4户。"
# What a file of the fuzz target is named; behind a plus, the part of a sample that its bytes stand in for.
NAMES = (
    "a.txt", "a.md", "a.html", "a.csv", "a.tsv", "a.docx", "a.xlsx", "a.pdf",
    "bulletin-writer.docx+word/document.xml", "bulletin-writer.docx+word/styles.xml", "bulletin.xlsx+xl/worksheets/sheet1.xml",
    "bulletin.xlsx+xl/workbook.xml", "bulletin.xlsx+xl/styles.xml",
)  # fmt: skip


@cache
def every_rule() -> Checker:
    """A checker with every rule there is."""
    return Checker(Config(extend_select=tuple(rule.id for rule in Checker().all_rules)))


@cache
def _schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(load_schema())


def lawful_text(text: str, *, reports: bool = True) -> Result:
    """Check a text; the result, of which everything here is true. With `reports` it is written in every format."""
    result = every_rule().check(text)
    lawful_result(result, reports=reports)
    assert _json(every_rule().check(text)) == _json(result), "the same text twice gives different reports"
    return result


def lawful_file(data: bytes, name: str, *, reports: bool = True) -> Result | None:
    """Check a file; None where it is refused."""
    name, _, part = name.partition("+")
    if part:
        data = _with_part(name, part, data)
    try:
        document = read_document(name, data=data)
    except (SourceError, UsageError) as error:
        assert error.message and error.code
        return None
    _inside(document)
    result = every_rule().check_document(document)
    lawful_result(result, reports=reports)
    return result


def lawful_rules(data: bytes) -> None:
    """Load a rule file and check a text with it."""
    with tempfile.TemporaryDirectory(dir=_fast()) as folder:
        path = os.path.join(folder, "r.toml")
        Path(path).write_bytes(data)
        try:
            load_rules((path,))
        except RuleError as error:
            assert error.message.startswith(path)
            return
        result = Checker(Config(rules=(path,))).check(SAMPLE_TEXT)
    crashed = [error for error in result.errors if not error.message.startswith("TimeoutError")]
    assert not crashed, crashed
    lawful_result(result._replace(errors=()))


def lawful_configuration(data: bytes) -> None:
    """Read a configuration, and make the checker that it asks for."""
    from checker.cli.parser import build_parser

    with tempfile.TemporaryDirectory(dir=_fast()) as folder:
        path = os.path.join(folder, "checker.toml")
        Path(path).write_bytes(data)
        try:
            load_config(path, "zh")
            arguments = ["check", "--config", path, "a.txt"]
            options = build_parser("zh", arguments).parse_args(arguments)
            options.lang, options.lang_from = "zh", "default"
            resolver = Resolver(options)
            resolver.checker(resolver.of(os.path.join(folder, "a.txt")))
        except ConfigError as error:
            assert "checker.toml" in error.message
        except CheckerError as error:
            assert error.message


def lawful_result(result: Result, *, reports: bool = True) -> None:
    """What is true of every result: its spans, its values, its JSON, and with `reports` every other format."""
    document = result.document
    assert result.errors == (), result.errors
    length = len(document.text)
    for quantity in result.quantities:
        assert 0 <= quantity.start < quantity.end <= length
        assert quantity.start <= quantity.number_start <= quantity.number_end <= quantity.end
        assert quantity.value is None or isinstance(quantity.value, int | Fraction)
        _ordered(quantity.interval)
    starts = [quantity.start for quantity in result.quantities]
    assert starts == sorted(starts)
    for check in result.checks:
        assert 0 <= check.start <= check.end <= length
        for side in (check.left, check.right):
            if side is not None:
                _ordered(side)
    _sound_skeleton(document, result)
    _sound_json(result)
    if reports:
        _writable(result)


def _ordered(interval: Interval) -> None:
    low, high = interval.low, interval.high
    assert low is None or high is None or low <= high
    assert low is None or high is None or low < high or (interval.low_closed and interval.high_closed)


def _sound_skeleton(document: Document, result: Result) -> None:
    """A character of the text that looks like a placeholder is none."""
    skeleton = skeleton_of(document, result.quantities)
    held = {place for place, char in enumerate(skeleton.text) if "\ue000" <= char <= "\uf8ff"}
    assert held == set(skeleton.figures)


def _sound_json(result: Result) -> None:
    whole = json.loads(_json(result))
    error = next(iter(_schema().iter_errors(whole)), None)
    assert error is None, error
    (made,) = whole["documents"]
    text = result.document.text
    for quantity in made["quantities"]:
        assert quantity["text"] == text[quantity["start"] : quantity["end"]]
        for key in ("value", "low", "high", "base_value"):
            assert quantity[key] is None or Decimal(quantity[key]).is_finite()
    for finding in made["findings"]:
        assert 0 <= finding["start"] < finding["end"] <= len(text)
        for related in finding["related"]:
            assert related["text"] == text[related["start"] : related["end"]]
        change = finding["replacement"]
        assert change is None or 0 <= change["start"] <= change["end"] <= len(text)


def _json(result: Result) -> bytes:
    return b"".join(report_json([result], include_text=True))


def _writable(result: Result) -> None:
    tally = Tally()
    tally.add(result)
    for name in FORMATS:
        writer = make_writer(name, Setting("zh", every_rule().rules, include_text=True, unsupported=True))
        pieces = [
            *writer.begin(),
            *writer.add(writer.piece(result)),
            *writer.end(Ending([Problem("b.txt", "missing", "没有")], tally)),
        ]
        b"".join(pieces).decode("utf-8")
    b"".join(figures_csv([result])).decode("utf-8")


def _with_part(name: str, part: str, data: bytes) -> bytes:
    """A sample in which one part is another."""
    made = io.BytesIO()
    with zipfile.ZipFile(SAMPLES / name) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, data if entry == part else source.read(entry))
    return made.getvalue()


def _fast() -> str | None:
    """A folder in memory, where there is one."""
    return "/dev/shm" if os.path.isdir("/dev/shm") else None


def lawful_document(text: str) -> None:
    """Make a text a document."""
    _inside(make_document(text))


def _inside(document: Document) -> None:
    """The blocks of a document lie inside its text, in their order."""
    spans = [span for block in document.blocks for span in block.spans]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(document.text) for start, end in spans)
