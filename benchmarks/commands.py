"""The command line in processes of its own: how long it takes to start, where that goes, many files, memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from time import perf_counter

from library import said_size
from measuring import Cell, Measured, Probe, Skipped
from tables import Column, Table
from texts import ARTICLE, FAULT, Source, articles, clean_article

__all__ = [
    "cold_probes",
    "cold_table",
    "files_probes",
    "files_table",
    "memory_probes",
    "memory_table",
    "phase_probes",
    "phase_table",
]

HERE = Path(__file__).resolve().parent
_UNSET = ("PYTHONDONTWRITEBYTECODE", "CHECKER_LANG", "FORCE_COLOR", "COLUMNS", "PYTHONPROFILEIMPORTTIME")


def environment(folder: Path) -> dict[str, str]:
    """That of a user: byte code is written, nothing is forced; caches go into `folder`."""
    own = {name: value for name, value in os.environ.items() if name not in _UNSET}
    return own | {"CHECKER_CACHE_DIR": str(folder / "cache"), "PYTHONUTF8": "1"}


def checker_command() -> list[str]:
    """`checker` of this interpreter, as installed; without it, `-m checker`."""
    script = Path(sys.executable).parent / "checker"
    return [sys.executable, str(script)] if script.is_file() else [sys.executable, "-m", "checker"]


def run(command: Sequence[str], folder: Path) -> tuple[float, str]:
    """Seconds from start to end of a process, and what it wrote to standard error. What it prints goes nowhere.

    Raises Skipped where it could not do its work.
    """
    began = perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment(folder), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    took = perf_counter() - began
    if done.returncode not in (0, 1):
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise Skipped(f"failed: exit code {done.returncode}, {last[:80]}")
    return took, done.stderr


@cache
def has_option(option: str) -> bool:
    """Whether `checker check` knows an option."""
    done = subprocess.run([*checker_command(), "check", "--help"], capture_output=True, encoding="utf-8", check=False)
    return option in done.stdout


def fresh() -> list[str]:
    """The option that has everything checked anew, where there are cached results."""
    return ["--no-cache"] if has_option("--no-cache") else []


# --- starting


def cold_commands(folder: Path) -> dict[str, tuple[str, list[str]]]:
    """The commands of the table by key, each with what it is called; the first is the floor."""
    clean = clean_article()
    (folder / "clean.txt").write_text(clean, "utf-8")
    (folder / "finding.txt").write_text(clean + FAULT, "utf-8")
    checker = checker_command()
    commands = {
        "bare": ("`python -c pass`", [sys.executable, "-c", "pass"]),
        "help": ("`checker --help`", [*checker, "--help"]),
    }
    for name, zh, en in (("finding", "一个发现", "one finding"), ("clean", "没有发现", "clean")):
        for form in ("text", "json"):
            command = [*checker, "check", "--format", form, f"{name}.txt"]
            commands[f"{name}-{form}"] = (f"`checker check --format {form}`，{zh} {en}", command)
    return commands


def cold_probes(folder: Path, starts: int) -> list[Probe]:
    """So many starts of each command a round, interleaved; one more before all, that writes byte code."""
    commands = cold_commands(folder)

    @cache
    def took(number: int) -> dict[str, list[float]]:
        if number == 0:
            for _, command in commands.values():
                run(command, folder)
        seconds: dict[str, list[float]] = {key: [] for key in commands}
        for _ in range(starts):
            for key, (_, command) in commands.items():
                seconds[key].append(run(command, folder)[0])
        return seconds

    return [Probe(f"cold/{key}", lambda number, key=key: took(number)[key]) for key in commands]  # type: ignore[misc]


def cold_table(measured: Measured, folder: Path) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "command": words,
            "whole": measured.spread(f"cold/{key}", 1000),
            "above": "–" if key == "bare" else measured.above(f"cold/{key}", "cold/bare", 1000),
        }
        for key, (words, _) in cold_commands(folder).items()
    ]
    columns = [
        Column("command", "命令", "command"),
        Column("whole", "整个进程 ms", "whole process"),
        Column("above", "高出空解释器 ms", "above the bare interpreter"),
    ]
    note = (
        f"一篇 {ARTICLE // 1000} KB 的文章；输出不进终端。各命令轮流启动，先空跑一遍，留下字节码。这么短的文章从不缓存结果。",
        f"One article of {ARTICLE // 1000} KB; output to no terminal. The commands start in turn, after a first run that leaves "
        "byte code. Of so short a text no results are kept.",
    )
    return Table("cold", "冷启动", "Cold start", columns, rows, [note])


# --- where the start goes

PHASES = {
    "bare": ("空解释器", "the bare interpreter"),
    "stdlib": ("导入标准库", "imports: standard library"),
    "regex": ("导入 regex", "imports: regex"),
    "own": ("导入 checker 自己的模块", "imports: checker's own modules"),
    "rich": ("导入 rich", "imports: rich"),
    "other": ("导入其他", "imports: anything else"),
    "rules": ("规则文件", "the rule file"),
    "words": ("单位与词表", "units and word lists"),
    "patterns": ("编译正则", "patterns compiled"),
    "check": ("读与检查", "reading and checking"),
    "rest": ("选项、配置、文件、报告", "options, configuration, file, report"),
    "ends": ("进程的始末和计时本身", "start and end of the process, and the measuring"),
}


def phase_probes(folder: Path, starts: int) -> list[Probe]:
    """Milliseconds of each phase of `checker check` on the article with a finding. The cold starts have written it."""

    @cache
    def took(number: int) -> list[dict[str, float]]:
        command = [sys.executable, str(HERE / "phases.py"), "check", "finding.txt"]
        if number == 0:
            run(command, folder)
        found = []
        for _ in range(starts):
            bare, _ = run([sys.executable, "-c", "pass"], folder)
            whole, said = run(command, folder)
            phases: dict[str, float] = json.loads(said.splitlines()[-1])
            phases |= {"bare": bare, "ends": whole - bare - sum(phases.values())}
            found.append(phases)
        return found

    return [
        Probe(f"phase/{phase}", lambda number, phase=phase: [one.get(phase, 0.0) for one in took(number)])  # type: ignore[misc]
        for phase in PHASES
    ]


def phase_table(measured: Measured) -> Table:
    rows: list[dict[str, Cell]] = [
        {"phase": f"{zh} {en}", "took": measured.spread(f"phase/{phase}", 1000)} for phase, (zh, en) in PHASES.items()
    ]
    columns = [Column("phase", "一步", "phase"), Column("took", "ms", "")]
    note = (
        "`checker check`，那篇有一个发现的文章。时间算给最里面的一步：导入时编译的正则算在正则里。",
        "`checker check` on the article with a finding. Time counts towards what is innermost: a pattern that is compiled during "
        "an import is a pattern.",
    )
    return Table("phases", "冷启动的时间用在哪里", "Where the milliseconds of a start go", columns, rows, [note])


# --- many files


def files_variants(jobs: Sequence[int]) -> Iterator[tuple[str, list[str], str]]:
    """Ways to check a folder: a key, the options, and the reason why there is none."""
    jobs_missing = "" if has_option("--jobs") else "--jobs: not there"
    for count in jobs:
        if count == 1 and jobs_missing:
            yield "1", fresh(), ""
        else:
            yield str(count), ["--jobs", str(count), *fresh()], jobs_missing
    cached = ["--jobs", "1"] if not jobs_missing else []
    yield "cached", cached, "" if has_option("--no-cache") else "--no-cache: not there"


def files_probes(folder: Path, source: Source, counts: Sequence[int], jobs: Sequence[int]) -> list[Probe]:
    """Bytes a second for folders with so many articles."""

    def of(count: int) -> Iterator[Probe]:
        texts = list(articles(count, source, "files"))
        many = folder / f"many-{count}"
        many.mkdir()
        for at, text in enumerate(texts):
            (many / f"{at:04}.txt").write_text(text.text, "utf-8", newline="")
        size = sum(text.size for text in texts)
        for key, options, missing in files_variants(jobs):
            command = [*checker_command(), "check", "--format", "json", *options, many.name]

            def rate(number: int, command: list[str] = command, missing: str = missing, key: str = key) -> float:
                if missing:
                    raise Skipped(missing)
                if key == "cached" and number == 0:
                    run(command, folder)
                return size / run(command, folder)[0]

            yield Probe(f"files/{count}/{key}", rate)

    return [probe for count in counts for probe in of(count)]


def files_table(measured: Measured, counts: Sequence[int], jobs: Sequence[int]) -> Table:
    keys = [key for key, _, _ in files_variants(jobs)]
    rows: list[dict[str, Cell]] = [
        {"files": f"{count} × {ARTICLE // 1000} KB"}
        | {key: measured.spread(f"files/{count}/{key}", 1e-6) for key in keys}
        for count in counts
    ]
    columns = [Column("files", "文件", "files")]
    columns += [
        Column(key, "1 个进程，结果已缓存 MB/s", "`--jobs 1`, results cached")
        if key == "cached"
        else Column(key, f"{key} 个进程 MB/s", f"`--jobs {key}`")
        for key in keys
    ]
    note = (
        f"`checker check --format json`，整个进程，连启动在内；这台机器有 {os.cpu_count()} 个核。",
        f"`checker check --format json`, the whole process with its start; this machine has {os.cpu_count()} cores.",
    )
    return Table("files", "许多文件", "Many files", columns, rows, [note])


# --- memory


def memory_probes(folder: Path, source: Source, sizes: Sequence[int]) -> list[Probe]:
    """Peak memory in bytes: of the bare interpreter, and of `checker check --format json` on a text of each size.

    It hardly differs from run to run, and a big text takes long: measured in the first round only.
    """
    if not hasattr(os, "fork"):
        return []

    def peak(arguments: Sequence[str]) -> Callable[[int], Sequence[float]]:
        def once(number: int) -> Sequence[float]:
            if number:
                return ()
            _, said = run([sys.executable, str(HERE / "memory.py"), *arguments], folder)
            return (float(said.splitlines()[-1]),)

        return once

    found = [Probe("memory/bare", peak([]))]
    for size in sizes:
        name = f"memory-{size}.txt"
        (folder / name).write_text(next(articles(1, source, "memory", size)).text, "utf-8", newline="")
        found.append(Probe(f"memory/{size}", peak(["check", "--format", "json", *fresh(), name])))
    return found


def memory_table(measured: Measured, sizes: Sequence[int]) -> Table:
    rows: list[dict[str, Cell]] = []
    for size in sizes:
        values = measured.values.get(f"memory/{size}", [])
        bare = statistics.median(measured.values.get("memory/bare", [0.0]))
        key = f"memory/{size}"
        rows.append(
            {
                "size": said_size(size),
                "peak": measured.spread(key, 1e-6),
                "above": measured.above(key, "memory/bare", 1e-6),
                "per_byte": measured.of([(value - bare) / size for value in values], key),
            }
        )
    columns = [
        Column("size", "一个文件", "one file"),
        Column("peak", "峰值 MB", "peak"),
        Column("above", "高出空解释器 MB", "above the bare interpreter"),
        Column("per_byte", "每字节文本占用的字节", "bytes per byte of text"),
    ]
    note = (
        "`checker check --format json` 的峰值常驻内存，测一次。",
        "Peak resident memory of `checker check --format json`, measured once.",
    )
    return Table("memory", "内存", "Memory", columns, rows, [note])
