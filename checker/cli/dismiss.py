"""`checker dismiss`: put one finding into the baseline."""

from __future__ import annotations

import argparse
import os
import sys

from checker.cli.running import Run
from checker.errors import UsageError
from checker.findings.baseline import Entry, entry_of, name_in, read_entries, write_entries
from checker.report.stream import SafeStream, printable

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Find the finding and write it down with its reason; 2 where some file could not be checked, else 0.

    Raises UsageError for a fingerprint that is nowhere, or in several files, and where no baseline is named.
    """
    english = options.lang == "en"
    options.paths = options.paths or ["."]
    reason = " ".join(options.reason.split())
    if not any(map(str.isalnum, reason)):
        raise UsageError("--reason is empty" if english else "--reason 不能为空")
    given, options.baseline = options.baseline, None
    work = Run(options, baselines=False)
    found: dict[str, list[Entry]] = {}
    for result in work.results():
        for finding in result.findings:
            if finding.fingerprint == options.fingerprint:
                path = result.document.path
                found.setdefault(path, []).append(entry_of(finding, path, reason))
    if len(found) != 1:
        if not found:
            said = (
                f"no finding with the fingerprint {options.fingerprint} in {' '.join(options.paths)}"
                if english
                else f"{' '.join(options.paths)} 里没有指纹为 {options.fingerprint} 的发现"
            )
        else:
            files = " ".join(found)
            said = f"it is in several files, name one: {files}" if english else f"几个文件里都有，请指明一个：{files}"
        raise UsageError(printable(said), code="no-finding")
    ((path, entries),) = found.items()
    target = given if given is not None else work.settings.of(path)["baseline"]
    if target is None:
        raise UsageError(
            "no baseline: name one, say --baseline checker-baseline.json (it is made where there is none), here and for "
            'checker check; or once and for all in checker.toml: baseline = "checker-baseline.json"'
            if english
            else "没有基线文件：请加上如 --baseline checker-baseline.json（还没有就新建），checker check 也要加；"
            '或在 checker.toml 里写一次：baseline = "checker-baseline.json"'
        )
    _add(target, [entry._replace(path=name_in(target, path)) for entry in entries], options.lang)
    said = f"{path}: {entries[0].rule} {entries[0].message}"
    SafeStream(sys.stdout).write(printable(said) + (f" → {target}\n" if english else f" → 已记入 {target}\n"))
    return 2 if work.problems else 0


def _add(target: str, entries: list[Entry], lang: str) -> None:
    """Put the entries into a baseline file, in place of those of the same finding; the file is made if there is none."""
    old = read_entries(target, lang) if os.path.exists(target) else ()
    same = {(entry.path, entry.fingerprint) for entry in entries}
    write_entries(target, [*(entry for entry in old if (entry.path, entry.fingerprint) not in same), *entries])
