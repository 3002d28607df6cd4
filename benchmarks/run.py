"""How fast checker is, everything side by side in one run.

    python benchmarks/run.py                     the tables on the terminal
    python benchmarks/run.py --docs              and in docs/performance.md, with its picture
    python benchmarks/run.py --quick             in less than a minute, for a look
    python benchmarks/run.py --only cold,phases  some of it

Needs the package installed (`pip install -e .`); `pygls` for keystrokes; other libraries as peers.py says. The machine should
have nothing else to do. Everything is measured once in each of --runs rounds; a cell is the median, with the least and the
most in brackets.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import commands
import keystroke
import library
import peers
from measuring import Measured, Probe, as_the_command_line, measure
from plot import Line, draw
from tables import Table, as_json, markdown, print_tables
from texts import ROOT, Source, sources

from checker import __version__

PAGE = ROOT / "docs/performance.md"
PICTURE = ROOT / "docs/images/performance.svg"
# <!-- benchmark -->, the tables, <!-- /benchmark -->
GENERATED = re.compile(r"(?<=<!-- benchmark -->\n).*(?=<!-- /benchmark -->)", re.DOTALL)


class Settings(NamedTuple):
    """How much is measured."""

    runs: int
    articles: int  # of each kind of text a round
    sizes: tuple[int, ...]  # bytes of one file
    files: tuple[int, ...]
    jobs: tuple[int, ...]
    memory: tuple[int, ...]  # bytes of one file
    starts: int  # of each command a round
    keys: int  # a round
    key_sizes: tuple[int, ...]
    peer_seconds: float  # of each library a round


FULL = Settings(
    5, 50, (10_000, 100_000, 1_000_000, 10_000_000), (400, 1600), (1, 2, 4), (1_000_000, 10_000_000), 4, 8, keystroke.SIZES, 2.0
)  # fmt: skip
QUICK = Settings(2, 8, (10_000, 100_000, 300_000), (20,), (1, 2), (100_000, 300_000), 2, 3, (9_000,), 0.2)


class Part(NamedTuple):
    """What is measured, and the tables that come of it."""

    probes: Sequence[Probe]
    tables: Callable[[Measured], list[Table]]


def parts(only: Sequence[str], settings: Settings, folder: Path, python: str) -> list[Part]:
    """The parts that are wanted, in the order of the tables."""
    kinds, missing = sources()
    dense = kinds[0]
    base = 100_000 if 100_000 in settings.sizes else settings.sizes[0]
    makers: dict[str, Callable[[], Part]] = {
        "throughput": lambda: _throughput(kinds, missing, settings),
        "growth": lambda: Part(
            library.growth_probes(dense, settings.sizes),
            lambda measured: [library.growth_table(measured, settings.sizes, base)],
        ),
        "files": lambda: Part(
            commands.files_probes(folder, dense, settings.files, settings.jobs),
            lambda measured: [commands.files_table(measured, settings.files, settings.jobs)],
        ),
        "memory": lambda: Part(
            commands.memory_probes(folder, dense, settings.memory),
            lambda measured: [commands.memory_table(measured, settings.memory)],
        ),
        "cold": lambda: Part(
            commands.cold_probes(folder, settings.starts), lambda measured: [commands.cold_table(measured, folder)]
        ),
        "phases": lambda: _phases(folder, settings),
        "keystroke": lambda: Part(
            keystroke.probes(settings.key_sizes, settings.keys),
            lambda measured: [keystroke.table(measured, settings.key_sizes)],
        ),
        "peers": lambda: Part(
            peers.probes(dense, folder, python, settings.articles, settings.peer_seconds),
            lambda measured: [peers.table(measured)],
        ),
    }
    return [make() for name, make in makers.items() if not only or name in only]


PARTS = ("throughput", "growth", "files", "memory", "cold", "phases", "keystroke", "peers")


def _throughput(kinds: Sequence[Source], missing: Sequence[str], settings: Settings) -> Part:
    return Part(
        library.probes(kinds, settings.articles),
        lambda measured: [
            library.throughput_table(measured, kinds, missing, settings.articles),
            library.limit_table(measured, kinds),
            library.stage_table(measured, kinds),
        ],
    )


def _phases(folder: Path, settings: Settings) -> Part:
    commands.cold_commands(folder)  # writes the article
    return Part(commands.phase_probes(folder, settings.starts), lambda measured: [commands.phase_table(measured)])


def machine() -> dict[str, str]:
    """What the numbers depend on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        model = re.search(r"^model name\s*: (.+)$", info.read_text("utf-8"), re.MULTILINE)
        cpu = model[1] if model else cpu
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return {
        "checker": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": platform.system(),
        "cpu": cpu,
        "cores": str(os.cpu_count()),
        "load": load,
        "day": date.today().isoformat(),
    }


def about(facts: dict[str, str], runs: int) -> str:
    """Where and when it was measured, as a paragraph of each language."""
    where = f"{facts['python']}, {facts['system']}, {facts['cpu']}"
    return (
        f"checker {facts['checker']}，{where}，{facts['cores']} 个核，开始时的负载 {facts['load']}，{facts['day']}；"
        f"{runs} 轮，中位数（最小–最大）。\n\n"
        f"checker {facts['checker']}, {where}, {facts['cores']} cores, load {facts['load']} at the start, {facts['day']}; "
        f"{runs} rounds, median (least–most).\n"
    )


def picture(measured: Measured, sizes: Sequence[int]) -> str | None:
    """Seconds against size, where growth was measured."""
    lines = []
    for key, name in (("check", "完整检查 full check"), ("figures", "只读数字 figures alone")):
        values = {size: measured.values.get(f"grow/{size}/{key}") for size in sizes}
        points = [
            (size, size * sorted(v)[len(v) // 2], size * min(v), size * max(v)) for size, v in values.items() if v
        ]
        if not points:
            return None
        lines.append(Line(name, points))
    return draw(
        "用时与文件大小 · Time by size of the file",
        lines,
        "与大小成正比 in step with size",
        ("文件大小 size", "用时 time"),
    )


def page_of(path: Path) -> str:
    """The page that the tables go into; for a file that is not there, one of tables only.

    Ends the program where the page has no place for them.
    """
    page = path.read_text("utf-8") if path.exists() else "<!-- benchmark -->\n<!-- /benchmark -->\n"
    if GENERATED.search(page) is None:
        raise SystemExit(f"{path}: no line <!-- benchmark --> with <!-- /benchmark --> after it")
    return page


def numbers(words: str) -> tuple[int, ...]:
    """1,2,4"""
    return tuple(int(word) for word in words.split(","))


def kilobytes(words: str) -> tuple[int, ...]:
    return tuple(1000 * number for number in numbers(words))


def names(words: str) -> list[str]:
    found = words.split(",")
    if wrong := sorted(set(found) - set(PARTS)):
        raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: there are {', '.join(PARTS)}")
    return found


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="little of everything")
    parser.add_argument("--only", type=names, default=[], metavar="PART,…", help=", ".join(PARTS))
    parser.add_argument("--runs", type=int, help="rounds (5)")
    parser.add_argument("--articles", type=int, help="articles of each kind a round (50)")
    parser.add_argument("--sizes", type=kilobytes, metavar="KB,…", help="sizes of one file (10,100,1000,10000)")
    parser.add_argument("--memory", type=kilobytes, metavar="KB,…", help="sizes for memory (1000,10000)")
    parser.add_argument("--files", type=numbers, metavar="N,…", help="how many files (400,1600)")
    parser.add_argument("--jobs", type=numbers, metavar="N,…", help="processes for many files (1,2,4)")
    parser.add_argument("--starts", type=int, help="cold starts of each command a round (4)")
    parser.add_argument(
        "--peers", default=sys.executable, metavar="PYTHON", help="the interpreter that has the other libraries"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="a page with the marks, or a new file")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="an SVG file")
    parser.add_argument("--docs", action="store_true", help="--markdown and --plot for the pages of the project")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parsed(arguments)
    settings = QUICK if options.quick else FULL
    given = {name: value for name, value in vars(options).items() if name in Settings._fields and value is not None}
    settings = settings._replace(**given)
    if options.docs:
        options.markdown, options.plot = options.markdown or PAGE, options.plot or PICTURE
    page = page_of(options.markdown) if options.markdown else ""
    facts = machine()
    with tempfile.TemporaryDirectory() as name:
        chosen = parts(options.only, settings, Path(name), options.peers)
        as_the_command_line()
        measured = measure([probe for part in chosen for probe in part.probes], settings.runs, tell)
        tables = [table for part in chosen for table in part.tables(measured)]
    tell(settings.runs, "")
    print_tables(tables)
    if options.json:
        content = {"machine": facts, "settings": settings._asdict(), "tables": [as_json(table) for table in tables]}
        content |= {"values": measured.values, "skipped": measured.skipped}
        options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.markdown:
        tables_said = f"{about(facts, settings.runs)}\n{markdown(tables)}"
        options.markdown.write_text(GENERATED.sub(lambda _: tables_said, page), "utf-8", newline="\n")
    drawn = picture(measured, settings.sizes)
    if options.plot and drawn:
        options.plot.write_text(drawn, "utf-8", newline="\n")


def tell(number: int, key: str) -> None:
    """What is being measured, where somebody looks on."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{f'{number + 1}: {key}' if key else ''}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
