"""Figures as CSV (UTF-8, RFC 4180 quoting, one header line)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from checker.findings.result import Result
from checker.report.jsonout import document_json

__all__ = ["FIGURE_COLUMNS", "figures_csv"]

FIGURE_COLUMNS = (
    "path", "line", "column", "text", "kind", "value", "low", "high", "unit", "base_value", "base_unit", "dimension",
    "approximation", "metric", "holder", "period", "type", "noun", "direction", "compared_to", "compared_period", "compared_holder",
    "scope", "basis", "modality", "source", "group", "group_place",
)  # fmt: skip


def figures_csv(results: Iterable[Result]) -> Iterator[bytes]:
    """The figures of all documents, one row each, in pieces of UTF-8; the fields are those of the JSON."""
    yield _rows([FIGURE_COLUMNS])
    for result in results:
        document = document_json(result)
        rows = []
        for quantity in document["quantities"]:
            fields = {**quantity, **quantity["location"], "path": document["path"], **_flat(quantity)}
            rows.append(["" if fields.get(name) is None else fields[name] for name in FIGURE_COLUMNS])
        yield _rows(rows)


def _flat(quantity: dict[str, Any]) -> dict[str, object]:
    """The fields that are lists or objects in the JSON as single words: lists with spaces, a group by its kind and place from 1."""
    compared, group = quantity["compared_to"] or {}, quantity["group"] or {}
    return {
        "compared_to": compared.get("kind"),
        "compared_period": compared.get("period"),
        "compared_holder": compared.get("holder"),
        "group": group.get("kind"),
        "group_place": f"{group['place'] + 1}/{group['of']}" if group else None,
        **{name: " ".join(quantity[name]) for name in ("scope", "basis", "modality")},
    }


def _rows(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")
