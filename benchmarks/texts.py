"""The texts that are measured: put together here, the same on every machine, each copy with other figures.

Every source is a list of articles. A text of any size is made of them again and again, in a seeded order; some of the numbers have
one digit changed, so that no text is like another. How many is said for each source: every such change may make a contradiction,
and to explain one costs more than to find many relations in order.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

__all__ = ["ARTICLE", "ROOT", "Source", "Text", "articles", "clean_article", "plain_sentences", "sources", "text_of"]

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
# Texts beside the checkout, where there are any; no part of the project.
BESIDE = (
    (
        ("reports", "扶贫报道", "reports", ("五篇真实的报道", "five real reports")),
        ROOT.parent / "shared/eval/seeds/texts",
    ),
    (("news", "新闻", "news", ("真实的新闻", "real news")), ROOT.parent / "shared/corpus/news"),
)
ARTICLE = 9_000  # bytes of UTF-8 in an article of three thousand characters
# Sentences without a figure for every byte of a sample paragraph: leaves about ten figures per kilobyte.
DILUTION = 2.6
SELDOM, OFTEN = 1 / 60, 1 / 3
FAULT = "全县易地搬迁163户41人。\n"


class Source(NamedTuple):
    """Articles of one kind: what they are called in a table, and what they are."""

    name: str
    zh: str
    en: str
    about: tuple[str, str]
    articles: tuple[str, ...]
    changed: float  # the part of the numbers of which a digit is changed


class Text(NamedTuple):
    """A text and its size in bytes of UTF-8, which is what all rates are counted in."""

    text: str
    size: int


def sample_files() -> list[Path]:
    """The plain samples, clean and planted and the Markdown of the formats."""
    return sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".txt", ".md") and path.name != "README.md")


def read_articles(files: Sequence[Path]) -> tuple[str, ...]:
    """The texts of files; GB18030 where one is not UTF-8."""
    return tuple(_decoded(path.read_bytes()) for path in files)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def plain_sentences() -> list[str]:
    """Sentences without a figure."""
    return (Path(__file__).parent / "plain.txt").read_text("utf-8").split()


def sources() -> tuple[list[Source], list[str]]:
    """The kinds of text that can be measured here, and the names of those that cannot, for their folder is not there."""
    samples = sample_files()
    clean = read_articles([path for path in samples if path.parent.name == "clean"])
    found = [
        Source(
            "dense",
            "数字密集",
            "number-dense",
            (
                "没有错的样本，段落之间加上没有数字的句子",
                "samples without a fault, with sentences between their paragraphs that hold no figure",
            ),
            tuple(diluted(article, random.Random(at)) for at, article in enumerate(clean)),
            SELDOM,
        ),
        Source(
            "faulty",
            "错误百出",
            "full of faults",
            (
                "样本原文，几乎句句是数字，三分之一改过",
                "the samples as they are, figures in nearly every clause, a third of them changed",
            ),
            read_articles(samples),
            OFTEN,
        ),
    ]
    missing = []
    for (name, zh, en, about), folder in BESIDE:
        files = sorted(folder.rglob("*.txt")) if folder.is_dir() else []
        if files:
            found.append(Source(name, zh, en, about, read_articles(files), SELDOM))
        else:
            missing.append(en)
    return found, missing


def diluted(article: str, chance: random.Random) -> str:
    """The article with sentences that hold no figure after each of its paragraphs."""
    plain, paragraphs = plain_sentences(), []
    for paragraph in article.strip().split("\n\n"):
        wanted, added = DILUTION * len(paragraph.encode()), ""
        while len(added.encode()) < wanted:
            added += chance.choice(plain)
        paragraphs += [paragraph, added]
    return "\n\n".join(paragraphs) + "\n"


def text_of(size: int, articles: Sequence[str], seed: int = 1, changed: float = OFTEN) -> Text:
    """A text of `size` bytes in UTF-8, at most a character less; of the part `changed` of its numbers a digit is changed."""
    chance, parts, length = random.Random(seed), [], 0
    order = list(articles)
    while length < size:
        chance.shuffle(order)
        for article in order:
            part = re.sub(r"\d{2,}", lambda match: _varied(match[0], chance, changed), article) + "\n\n"
            parts.append(part)
            length += len(part.encode())
            if length >= size:
                break
    text = "".join(parts).encode()[:size].decode("utf-8", "ignore")
    return Text(text, len(text.encode()))


def _varied(number: str, chance: random.Random, changed: float) -> str:
    if chance.random() > changed:
        return number
    at = chance.randrange(1, len(number))
    return number[:at] + str(chance.randrange(10)) + number[at + 1 :]


def articles(count: int, source: Source, key: str, size: int = ARTICLE) -> Iterator[Text]:
    """So many texts of one size, all different, and different for each `key`: who reads a text that has been read before
    finds half of the work done, for much of it is remembered within a process."""
    for at in range(count):
        yield text_of(size, source.articles, crc32(f"{key}/{at}".encode()), source.changed)


def clean_article(size: int = ARTICLE) -> str:
    """An article of about `size` bytes in which no figure contradicts another: a clean sample among plain sentences."""
    sample = (SAMPLES / "clean/county-poverty.txt").read_text("utf-8")
    plain, chance = plain_sentences(), random.Random(1)
    while len(sample.encode()) < size:
        sample += "".join(chance.choice(plain) for _ in range(5)) + "\n\n"
    return sample
