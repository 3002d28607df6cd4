"""Which files to check: what is named, and the texts in the folders that are named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.errors import CheckerError, SourceError, UsageError
from checker.sources.messages import Lang, message

__all__ = ["SUFFIXES", "Found", "discover", "texts_below"]

SUFFIXES = (
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".docm", ".pdf", ".xlsx", ".xlsm", ".csv", ".tsv",
)  # fmt: skip


class Found(NamedTuple):
    """A path, and the reason why it cannot be checked, if there is one."""

    path: str
    error: CheckerError | None = None


def discover(paths: Iterable[str | os.PathLike[str]], lang: Lang = "zh") -> Iterator[Found]:
    """The files that `paths` name, in their order, those of a folder sorted by name; each file once.

    A file that is named is taken whatever its suffix. From a folder come the files with a suffix of `SUFFIXES`, hidden
    ones and those that git ignores left out. What is missing, and a folder without texts, comes as a `Found` with its
    error, so that the rest goes on.
    """
    seen: set[str] = set()
    for given in paths:
        path = os.fspath(given)
        if os.path.isdir(path):
            candidates = sorted(texts_below(path))
            ignored = _ignored(path, candidates)
            files = [os.path.join(path, name) for name in candidates if name not in ignored]
            if not files:
                key = "only-ignored" if candidates else "no-texts"
                text = message(key, lang, suffixes=" ".join(SUFFIXES), count=len(candidates))
                yield Found(path, UsageError(text, code="no-texts"))
        elif os.path.lexists(path):
            files = [path]
        else:
            files = []
            yield Found(path, SourceError(message("missing", lang), code="missing"))
        for file in files:
            name = os.path.normpath(file)
            if name not in seen:
                seen.add(name)
                yield Found(file)


def texts_below(folder: str) -> Iterator[str]:
    """The texts below a folder as paths relative to it, in no order; hidden ones left out, those that git ignores not."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES:
                yield os.path.relpath(os.path.join(parent, name), folder)


def _ignored(folder: str, names: list[str]) -> frozenset[str]:
    """Those of `names` that git ignores; none where there is no git or no repository."""
    if not names:
        return frozenset()
    import subprocess  # not wanted where only files are named

    try:
        answer = subprocess.run(
            ["git", "-C", folder, "check-ignore", "--stdin", "-z"],
            input=b"\0".join(os.fsencode(name) for name in names),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return frozenset()
    return frozenset(os.fsdecode(name) for name in answer.stdout.split(b"\0") if name)
