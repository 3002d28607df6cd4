"""Other libraries that read figures in Chinese text, on the same articles.

They are not needed, and some do not go together with what is current, so they live in an environment of their own:

    python3.11 -m venv ../peers
    ../peers/bin/pip install 'emoji<2' recognizers-text-suite jionlp chinese2digits cn2an
    python benchmarks/run.py --peers ../peers/bin/python

recognizers-text is imported only with emoji<2. Each library runs in a process of its own, started anew each round, so that one
that is missing or crashes costs only itself. This file is also what runs there, and imports nothing of the package:

    python benchmarks/peers.py NAME ARTICLES.json SECONDS
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from measuring import Measured, Probe
    from tables import Table
    from texts import Source

Read = Callable[[str], object]


class Peer(NamedTuple):
    """The distribution, what it reads, and how it is called."""

    distribution: str
    zh: str
    en: str
    load: Callable[[], Read]


def _recognized(*kinds: str) -> Callable[[], Read]:
    """The functions `recognize_…` of the suite."""

    def load() -> Read:
        functions = []
        for kind in kinds:
            module = "recognizers_number" if kind == "number" else "recognizers_number_with_unit"
            functions.append(getattr(importlib.import_module(module), f"recognize_{kind}"))
        chinese = importlib.import_module("recognizers_text").Culture.Chinese
        return lambda text: [function(text, chinese) for function in functions]

    return load


def _jionlp() -> Read:
    read: Read = importlib.import_module("jionlp").ner.extract_money
    return read


def _chinese2digits() -> Read:
    read: Read = importlib.import_module("chinese2digits").takeNumberFromString
    return read


def _cn2an() -> Read:
    transform: Callable[..., object] = importlib.import_module("cn2an").transform
    return lambda text: transform(text, "cn2an")


PEERS = {
    "recognizers-number": Peer("recognizers-text-suite", "数字", "numbers", _recognized("number")),
    "recognizers-units": Peer(
        "recognizers-text-suite",
        "数字、金额、量纲",
        "numbers, currency, dimensions",
        _recognized("number", "currency", "dimension"),
    ),
    "jionlp": Peer("jionlp", "只有金额", "money only", _jionlp),
    "chinese2digits": Peer("chinese2digits", "数字，没有位置和单位", "numbers, no places, no units", _chinese2digits),
    "cn2an": Peer("cn2an", "只改写汉字数字", "rewrites Chinese numerals only", _cn2an),
}


def read_articles(name: str, articles: list[str], seconds: float) -> dict[str, Any]:
    """Read one article after the other until the time is over; the first one, which pays for the start, is not counted."""
    peer = PEERS[name]
    read = peer.load()
    read(articles[0])
    size, failed, began = 0, 0, perf_counter()
    took = 0.0
    for article in articles:
        try:
            read(article)
        except Exception:  # of some articles, libraries give up on one; how many is told
            failed += 1
        size += len(article.encode())
        took = perf_counter() - began
        if took > seconds:
            break
    return {"version": version(peer.distribution), "bytes": size, "seconds": took, "failed": failed}


def probes(source: Source, folder: Path, python: str, count: int, seconds: float) -> list[Probe]:
    """Bytes a second of each peer, and of checker's reading of figures on the very same articles."""
    from library import figures_seconds
    from measuring import Probe, Skipped
    from texts import articles

    file = folder / "peers.json"

    def own(number: int) -> float:
        texts = list(articles(count, source, f"peers/{number}"))
        file.write_text(json.dumps([text.text for text in texts]), "utf-8")  # for the others of the round
        return sum(text.size for text in texts) / figures_seconds(texts)

    def peer(name: str) -> Callable[[int], float]:
        def once(number: int) -> float:
            command = [python, str(Path(__file__)), name, str(file), str(seconds)]
            try:
                done = subprocess.run(
                    command, capture_output=True, encoding="utf-8", timeout=60 + 10 * seconds, check=False
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                raise Skipped(f"failed: {type(error).__name__}") from error
            last = (done.stdout.strip().splitlines() or [""])[-1]
            if not last.startswith("{"):
                raise Skipped(f"failed: process ended with {done.returncode}")
            answer = json.loads(last)
            if "error" in answer:
                raise Skipped(answer["error"])
            return float(answer["bytes"] / answer["seconds"])

        return once

    return [Probe("peers/checker", own), *(Probe(f"peers/{name}", peer(name)) for name in PEERS)]


def table(measured: Measured) -> Table:
    from tables import Column, Table

    rows = [
        {
            "library": f"{peer.distribution}：{peer.zh} {peer.en}",
            "rate": measured.spread(f"peers/{name}", 1e-6),
            "ratio": measured.ratio("peers/checker", f"peers/{name}"),
        }
        for name, peer in PEERS.items()
    ]
    own = {"library": "checker：只读数字 figures alone", "rate": measured.spread("peers/checker", 1e-6), "ratio": 1}
    columns = [
        Column("library", "库", "library"),
        Column("rate", "MB/s", ""),
        Column("ratio", "checker 快多少倍", "checker is so many times as fast"),
    ]
    note = (
        "同样的文章；各库读的东西不一样多，所以第一列写明读什么。导入和第一篇不计时。",
        "The same articles. They do not read the same things, so the first column says what they read. Imports and the first "
        "article are not timed.",
    )
    return Table("peers", "别的库", "Other libraries", columns, [own, *rows], [note])


def main() -> None:
    name, file, seconds = sys.argv[1:]
    warnings.simplefilter("ignore")
    articles = json.loads(Path(file).read_text("utf-8"))
    answer: dict[str, Any]
    with redirect_stdout(StringIO()):  # some greet
        try:
            answer = read_articles(name, articles, float(seconds))
        except ModuleNotFoundError as error:
            answer = {"error": "not installed" if _is_peer(error.name) else f"failed: no module {error.name}"}
        except Exception as error:
            answer = {"error": f"failed: {type(error).__name__}: {str(error)[:80]}"}
    print(json.dumps(answer))


def _is_peer(module: str | None) -> bool:
    return (module or "").startswith(("recognizers_", "jionlp", "chinese2digits", "cn2an"))


if __name__ == "__main__":
    main()
