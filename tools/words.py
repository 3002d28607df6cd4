"""How many texts have each writing of a language file: ``python -m tools.words [--record] [--texts SOURCE]``.

An entry is there because it is frequent in Chinese: three texts at least, or a standard that defines it. Anything else is named, and the exit
code is 1. With ``--record`` the numbers are written into the file.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.document.folding import fold
from tools.texts import ENVIRONMENT, read_texts, sources_from

__all__ = ["count", "main", "rare", "recorded"]

FILE = Path(__file__).parents[1] / "checker/language/zh/indicators.toml"
ENOUGH = 3


def count(words: Iterable[str], texts: Iterable[str]) -> Counter[str]:
    """The number of texts that have each word, also as a part of a longer one.

    >>> count(["生产总值"], ["地区生产总值增长5%", "无"])
    Counter({'生产总值': 1})
    """
    every = list(words)
    found = Counter(dict.fromkeys(every, 0))
    for text in texts:
        found.update(word for word in every if word in text)
    return found


def entries(text: str) -> Iterator[tuple[list[str], bool]]:
    """The writings of each entry, and whether it cites a standard."""
    for entry in tomllib.loads(text)["indicator"]:
        yield list(entry["writings"]), "standard" in entry


def rare(text: str, counts: dict[str, int]) -> list[str]:
    """The writings that too few texts have and that no standard supports."""
    return [word for writings, cited in entries(text) if not cited for word in writings if counts[word] < ENOUGH]


def recorded(text: str, counts: dict[str, int]) -> str:
    """The file with these numbers.

    >>> recorded('writings = { "CPI" = 0 }', {"CPI": 176})
    'writings = { "CPI" = 176 }'
    """
    return re.sub(
        r'"([^"\n]+)" = \d+',
        lambda match: f'"{match[1]}" = {counts[match[1]]}' if match[1] in counts else match[0],
        text,
    )


def main(arguments: list[str] | None = None) -> int:
    """Print each writing with its number; 1 where one is rare."""
    parser = argparse.ArgumentParser(prog="python -m tools.words", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--texts", action="append", default=[], help=f"a source, see tools/texts.py; else those of {ENVIRONMENT}"
    )
    parser.add_argument("--record", action="store_true", help="write the numbers into the file")
    options = parser.parse_args(arguments)
    file = FILE.read_text(encoding="utf-8")
    texts = (fold(text.text) for source in sources_from(options.texts) for text in read_texts(source))
    counts = count((word for writings, _ in entries(file) for word in writings), texts)
    for word, documents in counts.items():
        print(word, documents, sep="\t")
    if options.record:
        FILE.write_text(recorded(file, counts), encoding="utf-8", newline="\n")
    for word in (missing := rare(file, counts)):
        print(f"{word}: fewer than {ENOUGH} texts and no standard", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
