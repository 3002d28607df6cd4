"""Runs inside the version that is asked: checks every text of its part and writes one line of JSON for each.

Only what every version offers is used: `checker.Checker` and the JSON of one document.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from pathlib import Path
from typing import Any

from checker import Checker
from checker.report.jsonout import document_json
from tools.shuffling import shuffled
from tools.texts import Source, read_texts

__all__: list[str] = []

_FIGURE = ("start", "end", "kind", "value", "low", "high", "unit", "approximation")
_CLAIM = ("metric", "holder", "period", "support")
_CHECK = ("rule", "slug", "relation", "outcome", "reason", "expression", "start", "end", "trivial", "slip")
_FINDING = ("rule", "relation", "severity", "start", "end", "message", "expression", "suggestion", "check", "slip")
# Fields whose values were not always there.
_LATER = ("trivial", "slip")


def _slim(entry: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    return [entry.get(name) if name in _LATER else entry[name] for name in names]


def _answer(document: dict[str, Any]) -> dict[str, Any]:
    figures = document["quantities"]

    def spans(check: dict[str, Any]) -> list[list[Any]]:
        return [
            [o["role"], figures[o["quantity"]]["start"], figures[o["quantity"]]["end"]]
            if o.get("quantity") is not None
            else [o["role"], o["start"], o["end"]]
            for o in check["operands"]
        ]

    return {
        "name": document["path"],
        "characters": document["characters"],
        "figures": [_slim(figure, _FIGURE) for figure in figures],
        "claims": [_slim(figure, _CLAIM) for figure in figures],
        "checks": [[*_slim(check, _CHECK), spans(check)] for check in document["checks"]],
        "findings": [_slim(finding, _FINDING) for finding in document["findings"]],
        "incomplete": document["incomplete"],
    }


def _main(job: str, part: str, parts: str, out: str) -> None:
    path, slices, without, seed = json.loads(job)
    source = Source(Path(path), frozenset(slices), frozenset(without))
    checker = Checker()
    with gzip.open(out, "wt", encoding="utf-8", compresslevel=1) as lines:
        for number, text in enumerate(read_texts(source)):
            if number % int(parts) != int(part):
                continue
            written = text.text
            if seed is not None:
                figures = checker.check(written, published=text.published).quantities
                written = shuffled(written, figures, zlib.crc32(text.name.encode()) + seed)
            result = checker.check(written, published=text.published, path=text.name)
            answer = _answer(document_json(result)) | ({"text": written} if seed is not None else {})
            lines.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    _main(*sys.argv[1:])
