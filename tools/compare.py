"""Compare the answers of two versions on many texts, and show every difference with its passage.

    python -m tools.compare --old HEAD --texts ../corpus --texts '../train.jsonl.xz#0-5'

Without --new the working tree is asked, without --old the last commit. Exit code 1 where something differs.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from tools.answers import Answer, Version, answers, version_of
from tools.texts import ENVIRONMENT, Source, read_texts, sources_from

__all__ = ["Difference", "compare", "differences", "main", "passage"]

KINDS = ("findings", "checks", "figures", "claims")
_SIDES = 60  # characters of the passage on either side


class Difference(NamedTuple):
    """Something that only one version says: what kind it is, the rule (or the kind of figure), where, and what."""

    kind: str
    rule: str
    sign: str
    name: str
    start: int
    end: int
    what: str


def differences(old: Answer, new: Answer) -> Iterator[Difference]:
    """What two versions say differently about one text, in text order within each kind."""
    for kind in KINDS:
        before, after = _entries(old, kind), _entries(new, kind)
        changed = [("-", key) for key in before if key not in after] + [
            ("+", key) for key in after if key not in before
        ]
        for sign, key in sorted(changed, key=lambda c: (c[1][1], c[1][2], c[0] == "+")):
            rule, start, end, what = key
            yield Difference(kind, rule, sign, old["name"], start, end, what)


def _entries(answer: Answer, kind: str) -> dict[tuple[str, int, int, str], None]:
    """The entries of a kind as (rule, start, end, what), in order; ids, which move with everything before them, are left out."""
    made: dict[tuple[str, int, int, str], None] = {}
    if kind == "figures":
        for start, end, figure_kind, value, low, high, unit, approximation in answer["figures"]:
            made[figure_kind, start, end, f"{value} {unit} [{low}, {high}] {approximation}"] = None
    elif kind == "claims":
        for (start, end, *_), (metric, holder, period, support) in zip(
            answer["figures"], answer["claims"], strict=True
        ):
            made[support or "none", start, end, f"{metric} | {holder} | {period}"] = None
    elif kind == "checks":
        for rule, _, _, outcome, reason, expression, start, end, trivial, _, spans in answer["checks"]:
            operands = " ".join(f"{role}@{a}" for role, a, _ in spans)
            mark = " (trivial)" if trivial else ""
            made[rule, start, end, f"{outcome}{mark}: {expression} [{operands}]{f' {reason}' if reason else ''}"] = None
    else:
        for rule, _, severity, start, end, message, expression, *_ in answer["findings"]:
            made[rule, start, end, f"{severity}: {message} ({expression})"] = None
    return made


def compare(old: Version, new: Version, source: Source) -> Iterator[tuple[list[Difference], str]]:
    """The differences of each text that has some, with the text."""
    for before, after, text in zip_longest(answers(old, source), answers(new, source), read_texts(source)):
        if before == after:
            continue
        assert before is not None and after is not None and text is not None and before["name"] == text.name
        found = list(differences(before, after))
        if found:
            yield found, text.text


def passage(text: str, start: int, end: int, sides: int = _SIDES) -> str:
    """A stretch of the text in ⟦⟧ with what stands around it, on one line.

    >>> passage("共有3个乡。", 2, 4)
    '共有⟦3个⟧乡。'
    """
    before, after = text[max(0, start - sides) : start], text[end : end + sides]
    return f"{before}⟦{text[start:end]}⟧{after}".replace("\n", "⏎")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.compare", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--old", default="HEAD", metavar="REV", help="the version to compare with (the last commit)")
    parser.add_argument("--new", metavar="REV", help="the version to look at (the working tree)")
    parser.add_argument(
        "--texts", action="append", default=[], metavar="PATH[#SLICES[!LINES]]",
        help=f"what to check, several times if need be (${ENVIRONMENT})",
    )  # fmt: skip
    parser.add_argument("--kind", action="append", choices=KINDS, help="only these differences (all)")
    parser.add_argument("--rule", action="append", metavar="ID", help="only those of these rules")
    parser.add_argument(
        "--limit", type=int, default=40, metavar="N", help="most passages of one kind, rule and sign (40; 0: all)"
    )
    options = parser.parse_args(arguments)
    try:
        sources = sources_from(options.texts)
        old, new = version_of(options.old), version_of(options.new)
    except ValueError as error:
        print(f"tools.compare: {error}", file=sys.stderr)
        return 2
    found: dict[tuple[str, str], dict[str, list[tuple[Difference, str]]]] = defaultdict(lambda: defaultdict(list))
    for source in sources:
        for changed, text in compare(old, new, source):
            for difference in changed:
                if difference.kind in (options.kind or KINDS) and (not options.rule or difference.rule in options.rule):
                    shown = passage(text, difference.start, difference.end)
                    found[difference.kind, difference.rule][difference.sign].append((difference, shown))
    _print(found, options.limit)
    return 1 if found else 0


def _print(found: dict[tuple[str, str], dict[str, list[Any]]], limit: int) -> None:
    order = sorted(found, key=lambda key: (KINDS.index(key[0]), key[1]))
    for kind, rule in order:
        signs = found[kind, rule]
        print(f"{kind:9} {rule:10} +{len(signs['+'])} -{len(signs['-'])}")
    for kind, rule in order:
        for sign, entries in sorted(found[kind, rule].items(), reverse=True):
            print(f"\n== {kind} {rule}: {len(entries)} {'lost' if sign == '-' else 'new'}")
            for difference, shown in entries[: limit or None]:
                print(f"{sign} {difference.name} {difference.what}\n    {shown}")
    if not found:
        print("no difference")


if __name__ == "__main__":
    sys.exit(main())
