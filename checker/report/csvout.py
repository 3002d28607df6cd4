"""Figures as CSV (UTF-8, RFC 4180 quoting, one header line)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from checker.findings.result import Result
from checker.report.jsonout import document_json

__all__ = ["FIGURE_COLUMNS", "figures_csv"]

FIGURE_COLUMNS = (
    "path", "line", "column", "text", "kind", "value", "low", "high", "unit", "base_value", "base_unit", "dimension",
    "approximation", "metric", "holder", "period",
)  # fmt: skip


def figures_csv(results: Iterable[Result]) -> Iterator[bytes]:
    """The figures of all documents, one row each, in pieces of UTF-8; the fields are those of the JSON."""
    yield _rows([FIGURE_COLUMNS])
    for result in results:
        document = document_json(result)
        rows = []
        for quantity in document["quantities"]:
            fields = {**quantity, **quantity["location"], "path": document["path"]}
            rows.append(["" if fields.get(name) is None else fields[name] for name in FIGURE_COLUMNS])
        yield _rows(rows)


def _rows(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")
