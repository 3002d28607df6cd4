"""The folder that keeps what one run found out for the next: where it lies, and how it is made."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.sources.messages import Lang

__all__ = ["cache_folder", "make_cache_folder"]

_APPLICATION = "cn-metric-checker"
_TAG = "CACHEDIR.TAG"
_TAG_WORDS = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n# Answers of checker, which makes them again when they are gone.\n"
)


def cache_folder(given: str | None, environment: Mapping[str, str]) -> str | None:
    """Where answers are kept: as given, as CHECKER_CACHE_DIR says, or where the system keeps the caches of a person.

    None where there is no such place, or its user has no home: none is made.
    """
    if named := given or environment.get("CHECKER_CACHE_DIR"):
        return os.path.abspath(named)
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA", "")
    elif sys.platform != "darwin" and os.path.isabs(environment.get("XDG_CACHE_HOME", "")):
        base = environment["XDG_CACHE_HOME"]
    else:
        home = os.path.expanduser("~")
        if not os.path.isdir(home):
            return None
        base = os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")
    return os.path.join(base, _APPLICATION) if os.path.isabs(base) else None


def make_cache_folder(folder: str, lang: Lang) -> None:
    """Make the folder, with what keeps it out of backups and of git. Raises UsageError for one that is no cache."""
    if os.path.exists(os.path.join(folder, _TAG)):
        return
    if os.path.isfile(folder) or (os.path.isdir(folder) and os.listdir(folder)):
        raise UsageError(
            f"{folder}: this is no cache folder of checker; name an empty one or a new one"
            if lang == "en"
            else f"{folder}：不是 checker 的缓存文件夹，请给出空文件夹或新文件夹"
        )
    os.makedirs(folder, mode=0o700, exist_ok=True)  # answers quote the texts
    for name, words in ((_TAG, _TAG_WORDS), (".gitignore", b"*\n")):  # the tag first: another process may look for it
        with open(os.path.join(folder, name), "wb") as file:
            file.write(words)
