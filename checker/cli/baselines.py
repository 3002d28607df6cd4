"""The baselines of a run of `checker check`: what is said of them, and what is written at the end."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.cli.running import Run

__all__ = ["finish_baselines"]

_SHOWN = 20  # entries that are named one by one


def finish_baselines(work: Run, options: argparse.Namespace) -> None:
    """Write or prune what is asked for, and say which entries no longer occur. Raises CheckerError."""
    from checker.cli.streams import complain
    from checker.findings.baseline import write_entries

    english = options.lang == "en"
    recorder = work.files.recorder
    if recorder is not None:
        path, count = recorder.path, recorder.count
        write_entries(path, recorder.entries)
        if not options.quiet:
            complain(f"{count} findings are in the baseline" if english else f"基线里记下 {count} 个发现", path)
        return
    baselines = work.baselines
    if options.prune_baseline and not baselines:
        raise UsageError(
            "--prune-baseline wants --baseline or the key baseline of a configuration"
            if english
            else "--prune-baseline 需要 --baseline，或配置里的 baseline"
        )
    for baseline in baselines:
        stale = baseline.stale
        if options.prune_baseline and stale:
            write_entries(baseline.path, baseline.kept)
        if options.quiet:
            continue
        for entry in stale[:_SHOWN]:
            said = "no longer occurs" if english else "已不再出现"
            complain(f"{entry.rule} {entry.fingerprint} {said} ({entry.message})", entry.path)
        if not stale:
            continue
        if options.prune_baseline:
            said = f"{len(stale)} entries dropped" if english else f"已从基线删去 {len(stale)} 条"
        else:
            said = (
                f"{len(stale)} entries no longer occur; --prune-baseline drops them"
                if english
                else f"基线里有 {len(stale)} 条已不再出现，可用 --prune-baseline 删去"
            )
        complain(said, baseline.path)
