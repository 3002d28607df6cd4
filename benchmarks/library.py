"""The package as a library, in this process, on one core: reading figures, the full check and its parts, and how both grow.

Beside them the limit of what Python can do: a bare pattern of number and unit over the same text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache
from time import perf_counter
from types import ModuleType
from typing import Any

import regex
from measuring import Cell, Measured, Probe, seconds_of
from tables import Column, Table
from texts import ARTICLE, Source, Text, articles

import checker.reading
from checker import Checker
from checker.pipeline.stopwatch import Stopwatch
from checker.quantities import read_quantities
from checker.rules.model import Rule
from checker.sources import make_document
from checker.units import load_units

__all__ = ["growth_probes", "growth_table", "limit_table", "probes", "stage_table", "throughput_table"]

MB = 1e6
STAGES = {
    "document": ("读成文档", "document"),
    "figures": ("读数字", "figures"),
    "skeleton": ("骨架", "skeleton"),
    "tables": ("表格等", "tables and the rest"),
    "patterns": ("模式规则", "rules as patterns"),
    "functions": ("函数规则", "rules as functions"),
    "findings": ("归并与发现", "settling, findings"),
}
BARE = {
    "re": ("`re` 扫一遍", "one scan with `re`"),
    "regex": ("`regex` 扫一遍", "one scan with `regex`"),
    "re-decimal": ("`re`，每处一个 Decimal", "`re`, a Decimal for each match"),
    "regex-decimal": ("`regex`，每处一个 Decimal", "`regex`, a Decimal for each match"),
}


def figures_seconds(texts: Sequence[Text]) -> float:
    """Reading the figures of documents that are already made; the folding of the text is part of reading it."""
    documents = [make_document(text.text) for text in texts]
    return seconds_of(lambda: [read_quantities(document) for document in documents])


def check_seconds(texts: Sequence[Text], checker: Checker) -> float:
    """The full check, from text to findings."""
    return seconds_of(lambda: [checker.check(text.text) for text in texts])


def probes(sources: Sequence[Source], count: int) -> list[Probe]:
    """What is timed on `count` articles of each source, other ones in each round and for each of the three that remember."""
    checker = Checker()
    for source in sources:
        check_seconds(list(articles(count, source, "warm")), checker)  # compiles what is compiled when first needed

    def each(source: Source) -> Iterator[Probe]:
        @lru_cache(3)
        def texts(number: int, what: str = "figures") -> list[Text]:
            return list(articles(count, source, f"{what}/{number}"))

        def bytes_a_second(work: Callable[[list[Text]], float], what: str = "figures") -> Callable[[int], float]:
            return lambda number: sum(text.size for text in texts(number, what)) / work(texts(number, what))

        def per_kilobyte(kind: str, number: int) -> float:
            results = [checker.check(text.text) for text in texts(number)]
            return (
                1000 * sum(len(getattr(result, kind)) for result in results) / sum(text.size for text in texts(number))
            )

        name = source.name
        yield Probe(f"{name}/figures", bytes_a_second(figures_seconds))
        yield Probe(f"{name}/density", lambda number: per_kilobyte("quantities", number))
        yield Probe(f"{name}/findings", lambda number: per_kilobyte("findings", number))
        yield Probe(f"{name}/check", bytes_a_second(lambda texts: check_seconds(texts, checker), "check"))
        for bare in BARE:
            yield Probe(f"{name}/{bare}", bytes_a_second(lambda texts, bare=bare: bare_seconds(texts, bare)))  # type: ignore[misc]
        yield from stage_probes(name, lambda number: texts(number, "stages"), checker)

    return [probe for source in sources for probe in each(source)]


def stage_probes(name: str, texts: Callable[[int], list[Text]], checker: Checker) -> Iterator[Probe]:
    """One probe for each part of the check; all of a round come from one pass over the texts."""

    @cache
    def parts(number: int) -> dict[str, float]:
        return stages(texts(number), checker)

    for stage in STAGES:
        yield Probe(f"{name}/stage/{stage}", lambda number, stage=stage: parts(number)[stage])  # type: ignore[misc]


def stages(texts: Sequence[Text], checker: Checker) -> dict[str, float]:
    """The share of each part of the check.

    From the watch that `checker check --stats` carries; document, figures and skeleton are timed here besides.
    """
    seconds = dict.fromkeys(STAGES, 0.0)
    patterns = {rule.id for rule in checker.rules if isinstance(rule, Rule)}
    reading = 0.0
    with (
        timed(checker_reading(), "read_quantities") as figures,
        timed(checker_reading(), "skeleton_of") as skeleton,
    ):
        for text in texts:
            began = perf_counter()
            document = make_document(text.text)
            seconds["document"] += perf_counter() - began
            watch = Stopwatch()
            checker.check_document(document, watch=watch)
            reading += watch.stages["figures"]
            for rule, took in watch.rules.items():
                seconds["patterns" if rule in patterns else "functions"] += took
            seconds["findings"] += watch.stages["findings"]
    seconds["figures"], seconds["skeleton"] = figures[0], skeleton[0]
    seconds["tables"] = reading - figures[0] - skeleton[0]
    total = sum(seconds.values())
    return {stage: took / total for stage, took in seconds.items()}


def checker_reading() -> ModuleType:
    """The module in which a document is read."""
    return sys.modules[checker.reading.__name__]


@contextmanager
def timed(module: ModuleType, name: str) -> Iterator[list[float]]:
    """While it is open, the seconds in a function of a module, as the one item of a list."""
    function, total = getattr(module, name), [0.0]

    def wrapped(*arguments: Any, **options: Any) -> Any:
        began = perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            total[0] += perf_counter() - began

    setattr(module, name, wrapped)
    try:
        yield total
    finally:
        setattr(module, name, function)


@cache
def bare_pattern(library: str) -> Any:
    """A number, with 万 or 亿 or without, and one of the units; a group each."""
    units = sorted(load_units().surfaces, key=lambda unit: (-len(unit), unit))
    source = rf"(\d+(?:,\d\d\d)*(?:\.\d+)?)(万亿|[十百千]?[万亿]|[百千])?({'|'.join(map(re.escape, units))})"
    return (re if library == "re" else regex).compile(source)


def bare_seconds(texts: Sequence[Text], name: str) -> float:
    """One scan by the bare pattern, and with a Decimal made of each number where the name says so."""
    library, _, decimal = name.partition("-")
    pattern = bare_pattern(library)
    if decimal:
        return seconds_of(lambda: [[Decimal(m[1].replace(",", "")) for m in pattern.finditer(t.text)] for t in texts])
    return seconds_of(lambda: [sum(1 for _ in pattern.finditer(text.text)) for text in texts])


def throughput_table(measured: Measured, sources: Sequence[Source], missing: Sequence[str], count: int) -> Table:
    rows: list[dict[str, Cell]] = [
        {"text": f"{source.zh} {source.en}"}
        | {"density": measured.spread(f"{source.name}/density")}
        | {"findings": measured.spread(f"{source.name}/findings", 10)}
        | {key: measured.spread(f"{source.name}/{key}", 1 / MB) for key in ("figures", "check")}
        for source in sources
    ]
    columns = [
        Column("text", "文本", "text"),
        Column("density", "每 KB 数字", "figures per KB"),
        Column("findings", "每 10 KB 发现", "findings per 10 KB"),
        Column("figures", "只读数字 MB/s", "figures alone"),
        Column("check", "完整检查 MB/s", "full check"),
    ]
    about = "；".join(f"{source.zh}：{source.about[0]}" for source in sources)
    kinds = "; ".join(f"{source.en}: {source.about[1]}" for source in sources)
    notes = [
        (
            f"每轮 {count} 篇各 {ARTICLE // 1000} KB 的文章，库调用，一个进程，一个核。{about}。",
            f"{count} articles of {ARTICLE // 1000} KB a round, called as a library, one process, one core; {kinds}.",
        )
    ]
    if missing:
        names = ", ".join(missing)
        notes.append((f"这里没有，所以没测：{names}。", f"Not here, so left out: {names}."))
    return Table("throughput", "吞吐量", "Throughput", columns, rows, notes)


def limit_table(measured: Measured, sources: Sequence[Source]) -> Table:
    rows: list[dict[str, Cell]] = []
    for source in sources:
        name = source.name
        row: dict[str, Cell] = {"text": f"{source.zh} {source.en}"}
        row |= {key: measured.spread(f"{name}/{key}", 1 / MB) for key in BARE}
        row["ratio"] = measured.ratio(f"{name}/re-decimal", f"{name}/figures")
        rows.append(row)
    columns = [
        Column("text", "文本", "text"),
        *(Column(key, f"{zh} MB/s", en) for key, (zh, en) in BARE.items()),
        Column("ratio", "`re` 加 Decimal 是只读数字的几倍快", "`re` with Decimal by figures alone"),
    ]
    note = (
        "这不是 checker，而是同一段文字上“数字加单位”的一条正则，不认日期、编号、汉字数字和约数：纯 Python 里能到多快。",
        "Not checker, but one bare pattern of number and unit over the same text, which knows no dates, codes, Chinese numerals or "
        "approximations: the limit of what Python can do.",
    )
    return Table("limit", "光扫一遍要多久", "The bare scan as the limit", columns, rows, [note])


def stage_table(measured: Measured, sources: Sequence[Source]) -> Table:
    rows = [
        {"text": f"{source.zh} {source.en}"}
        | {stage: measured.spread(f"{source.name}/stage/{stage}", 100) for stage in STAGES}
        for source in sources
    ]
    columns = [Column("text", "文本", "text"), *(Column(key, f"{zh} %", en) for key, (zh, en) in STAGES.items())]
    note = (
        "数字测的是什么，要等第一条规则问起才推算，所以算在规则里。自己的文件：`checker check --stats`。",
        "What a figure measures is worked out when the first rule asks, and counts towards the rules. For files of your own: "
        "`checker check --stats`.",
    )
    return Table("stages", "各步骤所占的份额", "Share of each stage", columns, rows, [note])


# A small text is checked several times over, each time another one, until a round has read about so much.
LEAST = 300_000


def growth_probes(source: Source, sizes: Sequence[int]) -> list[Probe]:
    """Seconds per byte for texts of each size."""
    checker = Checker()

    def each(size: int) -> Iterator[Probe]:
        count = max(1, LEAST // size)

        def per_byte(what: str, work: Callable[[list[Text]], float], number: int) -> float:
            texts = list(articles(count, source, f"{what}/{size}/{number}", size))
            return work(texts) / sum(text.size for text in texts)

        yield Probe(f"grow/{size}/figures", lambda number: per_byte("figures", figures_seconds, number))
        yield Probe(f"grow/{size}/check", lambda number: per_byte("check", lambda t: check_seconds(t, checker), number))

    checker.check(next(articles(1, source, "warm", LEAST)).text)  # compiles what is compiled when first needed
    return [probe for size in sizes for probe in each(size)]


def growth_table(measured: Measured, sizes: Sequence[int], base: int) -> Table:
    rows: list[dict[str, Cell]] = []
    for size in sizes:
        row: dict[str, Cell] = {"size": said_size(size)}
        for what in ("figures", "check"):
            row[f"{what}_rate"] = measured.rate(f"grow/{size}/{what}", 1 / MB)
            row[f"{what}_ratio"] = measured.ratio(f"grow/{size}/{what}", f"grow/{base}/{what}")
        rows.append(row)
    against = said_size(base)
    columns = [
        Column("size", "一个文件", "one file"),
        Column("figures_rate", "只读数字 MB/s", "figures alone"),
        Column("figures_ratio", f"每字节用时，以 {against} 为 1", f"time per byte, {against} = 1"),
        Column("check_rate", "完整检查 MB/s", "full check"),
        Column("check_ratio", f"每字节用时，以 {against} 为 1", f"time per byte, {against} = 1"),
    ]
    return Table("growth", "随文件大小", "By size of the file", columns, rows)


def said_size(size: int) -> str:
    """100 KB, 10 MB"""
    return f"{size / 1e6:g} MB" if size >= 1_000_000 else f"{size / 1e3:g} KB"
