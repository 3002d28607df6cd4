"""How long an editor waits from a keystroke to the diagnostics of the text with it, through the real language server.

    python benchmarks/keystroke.py [--corpus FOLDER] [--keys N] [--profile]

The texts are put together from samples/ until they are long enough (texts.py). One character is typed into the middle of the
text and taken away again, each time as an incremental change; the clock runs from writing the change to reading the diagnostics
of its version. The server's own wait after a change is set to 0.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from library import said_size
from measuring import Measured, Probe, Skipped
from tables import Column, Table
from texts import ROOT, read_articles, sample_files, text_of

__all__ = ["SIZES", "keystrokes", "probes", "table"]

SIZES = (9_000, 200_000)  # bytes of UTF-8
URI = "untitled:benchmark"


class Client:
    """As much of an editor as it takes."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "checker", "lsp"]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        self._ids = 0

    def send(self, method: str, params: Any, *, asks: bool = False) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if asks:
            self._ids += 1
            message["id"] = self._ids
        body = json.dumps(message).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def messages(self) -> Iterator[dict[str, Any]]:
        out = self._server.stdout
        assert out is not None
        while True:
            length = 0
            while (line := out.readline().strip()) or not length:
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            yield json.loads(out.read(length))

    def answer(self) -> Any:
        return next(message["result"] for message in self.messages() if message.get("id") == self._ids)

    def diagnostics(self, version: int) -> list[Any]:
        for message in self.messages():
            params = message.get("params") or {}
            if message.get("method") == "textDocument/publishDiagnostics" and params.get("version") == version:
                found: list[Any] = params["diagnostics"]
                return found
        raise AssertionError("the server ended")

    def close(self) -> None:
        self.send("shutdown", None, asks=True)
        self.answer()
        self.send("exit", None)
        self._server.wait(30)


def keystrokes(text: str, keys: int) -> tuple[list[float], int]:
    """Seconds from each keystroke to its diagnostics, and how many diagnostics there were."""
    client = Client()
    published = {"relatedInformation": True, "codeDescriptionSupport": True}
    capabilities = {"textDocument": {"publishDiagnostics": published}}
    options = {"processId": None, "rootUri": None, "capabilities": capabilities}
    client.send("initialize", options | {"initializationOptions": {"debounce": 0}}, asks=True)
    client.answer()
    client.send("initialized", {})
    item = {"uri": URI, "languageId": "plaintext", "version": 1, "text": text}
    client.send("textDocument/didOpen", {"textDocument": item})
    count = len(client.diagnostics(1))
    line, column = text.count("\n", 0, len(text) // 2), 0
    took = []
    for version in range(2, keys + 5):
        typed = version % 2 == 0
        end = {"line": line, "character": column if typed else column + 1}
        change = {"range": {"start": {"line": line, "character": column}, "end": end}, "text": "又" if typed else ""}
        began = time.perf_counter()
        document = {"uri": URI, "version": version}
        client.send("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        client.diagnostics(version)
        took.append(time.perf_counter() - began)
    client.close()
    return took[3:], count  # the first ones pay for what is compiled when it is first needed


def stages(text: str) -> dict[str, float]:
    """Seconds for what the server does after a keystroke, one after the other, in this process; the best of five."""
    from lsprotocol import types
    from pygls.protocol import default_converter

    from checker.config import Config
    from checker.findings import findings_of
    from checker.lsp.analysis import Analysis
    from checker.lsp.diagnostics import Shown, diagnostics_of
    from checker.lsp.text import Text
    from checker.pipeline.checker import Checker
    from checker.pipeline.settlement import settle
    from checker.reading import read
    from checker.sources import read_text

    checker, converter, best = Checker(), default_converter(), dict[str, float]()  # type: ignore[no-untyped-call]
    for _ in range(5):
        times = [("", time.perf_counter())]
        line = text.count("\n", 0, len(text) // 2)
        Text(text).edited((line, 0), (line, 0), "又")
        times.append(("edit", time.perf_counter()))
        document = read_text(text)
        times.append(("blocks", time.perf_counter()))
        reading = read(document, tolerance=Config().about)
        times.append(("figures and skeleton", time.perf_counter()))
        found = [(rule, check) for rule in checker.rules for check in checker._checks(rule, reading)]
        times.append(("rules", time.perf_counter()))
        checks = settle(found, reading)
        findings_of(document, reading.quantities, checks)
        times.append(("findings", time.perf_counter()))
        result = checker.check_document(document)
        times.append(("", time.perf_counter()))
        diagnostics = diagnostics_of(Analysis(Text(text), "zh", result), URI, Shown())
        times.append(("diagnostics", time.perf_counter()))
        json.dumps(converter.unstructure(types.PublishDiagnosticsParams(URI, diagnostics)))
        times.append(("to JSON", time.perf_counter()))
        for (_, before), (name, after) in itertools.pairwise(times):
            best[name] = min(best.get(name, 1e9), after - before)
    del best[""]
    return best


def probes(sizes: Sequence[int], keys: int) -> list[Probe]:
    """Seconds of so many keystrokes a round, for a text of each size."""
    articles = read_articles(sample_files())

    def of(size: int) -> Probe:
        def once(number: int) -> list[float]:
            if find_spec("pygls") is None:
                raise Skipped("not installed: pygls")
            return keystrokes(text_of(size, articles, number + 1).text, keys)[0]

        return Probe(f"keys/{size}", once)

    return [of(size) for size in sizes]


def table(measured: Measured, sizes: Sequence[int]) -> Table:
    rows = [{"size": said_size(size), "took": measured.spread(f"keys/{size}", 1000)} for size in sizes]
    columns = [Column("size", "打开的文本", "open text"), Column("took", "ms", "")]
    note = (
        "在文本正中打一个字，到语言服务器给出新的诊断为止；文本是样本原文，数字最密；不算服务器自己的等待。",
        "From one character typed in the middle of the text to the new diagnostics of the language server; the text is the samples "
        "as they are, figures at their densest; without the server's own wait.",
    )
    return Table("keystroke", "从按键到诊断", "From a keystroke to the diagnostics", columns, rows, [note])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a folder of texts to take instead of samples/")
    parser.add_argument("--keys", type=int, default=20)
    parser.add_argument("--profile", action="store_true", help="also where the time goes")
    options = parser.parse_args()
    files = sorted(options.corpus.rglob("*.txt")) if options.corpus else sample_files()
    articles = read_articles(files)
    print(f"{'KB':>5} {'median ms':>10} {'min':>7} {'max':>7} {'keys':>5} {'diagnostics':>12}")
    for size in SIZES:
        text = text_of(size, articles).text
        took, count = keystrokes(text, options.keys)
        ms = [1000 * one for one in took]
        middle = statistics.median(ms)
        print(f"{size // 1000:>5} {middle:>10.1f} {min(ms):>7.1f} {max(ms):>7.1f} {len(ms):>5} {count:>12}")
        if options.profile:
            for name, seconds in stages(text).items():
                print(f"{'':>5} {1000 * seconds:>10.1f}  {name}")


if __name__ == "__main__":
    main()
