"""Answers of earlier runs, kept by all that shapes them: a file that nothing has changed for is not checked again.

A cache folder holds *generations*, each the answers of one state of the code: of this package, of the rules in Python that other
packages bring, of Python and of what is installed beside it. In a generation an answer lies under a hash of the file's bytes and of
whatever else shapes it, which `checker.cli.reporting` puts together. Whatever cannot be read, or is not what was written, is not
there: it is made again. The folder is one for a person, not one in each folder of texts: texts may lie where nothing can or should
be written, and what comes with a folder of somebody else's must not answer in the place of a check.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

from checker.cli.cachefolder import make_cache_folder
from checker.cli.started import STARTED
from checker.patterns import pattern
from checker.rules.location import builtin_rules_path
from checker.version import __version__

if TYPE_CHECKING:
    from checker.relations import AnyRule
    from checker.sources.messages import Lang

__all__ = ["Cache", "close_cache", "open_cache"]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_DAY = 24 * 60 * 60  # seconds
_KEPT = 30 * _DAY  # an answer that nobody asked for in this time goes
_GENERATIONS = 3  # so many stay: two versions in use side by side, and the one before an upgrade
_GENERATION = pattern(r"\d[\w.+!]*-[0-9a-f]{16}")  # 0.1.0-5f0c…
_DIGEST = 16  # bytes
_BLURRED = 2.0  # seconds that the time of a change may be off, on the file systems of memory cards


class Cache:
    """One generation of answers; several processes may use it at once.

    `rules` are the digests of the rule files in use, by path.
    """

    def __init__(self, folder: str, rules: Mapping[str, str]) -> None:
        self.folder, self.rules = folder, rules
        self._writes = True

    def __reduce__(self) -> tuple[object, ...]:
        return Cache, (self.folder, self.rules)

    def get(self, key: str) -> bytes | None:
        """What was kept under a key; None where nothing was, or where it is damaged."""
        name = self._name(key)
        try:
            with open(name, "rb") as file:
                kept = file.read()
                if time.time() - os.fstat(file.fileno()).st_mtime > _DAY:
                    os.utime(name)  # still wanted
        except OSError:
            return None
        digest, packed = kept[:_DIGEST], kept[_DIGEST:]
        if digest != _signed(key, packed):
            return None
        return zlib.decompress(packed)

    def put(self, key: str, value: bytes) -> None:
        """Keep something under a key, whole or not at all. Where nothing can be written the cache stays as it is."""
        if not self._writes:
            return
        packed = zlib.compress(value, 1)
        name = self._name(key)
        beside = f"{name}.{os.getpid()}.tmp"
        try:
            try:
                file = open(beside, "wb")  # noqa: SIM115
            except FileNotFoundError:
                os.makedirs(os.path.dirname(name), exist_ok=True)
                file = open(beside, "wb")  # noqa: SIM115
            with file:
                file.write(_signed(key, packed) + packed)
            os.replace(beside, name)
        except OSError:  # a full disk, a folder that may not be written: checking goes on without
            self._writes = False
            with suppress(OSError):
                os.remove(beside)

    def _name(self, key: str) -> str:
        return os.path.join(self.folder, key[:2], key[2:])


def open_cache(
    folder: str,
    rule_files: Iterable[str | os.PathLike[str]],
    rules: Iterable[AnyRule],
    began: float,
    lang: Lang,
) -> Cache | None:
    """The generation for the code that runs in this process, made where it is not there; None where nothing can be kept.

    `rule_files` are the users' rule files, and `rules` all rules, as they were read after `began` (seconds since 1970). Nothing is kept
    where code or rules may not be what was read because they were changed since, or where a rule comes from a module without a
    file. Raises UsageError for a folder that holds something else.
    """
    modules = _modules_of(rules)
    if modules is None:
        return None
    files = {}
    try:
        for file in rule_files:
            path = os.fspath(file)
            files[path], changed = _digest_of(path)
            if changed > began - _BLURRED:
                return None
        code, changed = _code(modules)
        if changed > STARTED - _BLURRED:
            return None
        generation = os.path.join(folder, f"{__version__}-{code}")
        make_cache_folder(folder, lang)
        if not os.path.isdir(generation):
            os.makedirs(generation, exist_ok=True)
            _sweep(folder, generation)
        elif time.time() - os.stat(generation).st_mtime > _DAY:
            os.utime(generation)
            _sweep(folder, generation)
    except OSError:  # a disk that is full, a home that may not be written
        return None
    return Cache(generation, files)


def close_cache(cache: Cache, rules: Iterable[AnyRule]) -> None:
    """Forget a generation whose code or whose rules have changed while it ran: nobody knows which of them answered."""
    modules = _modules_of(rules)
    assert modules is not None  # else there would be no cache
    try:
        same = _digest_of_code(modules) == _code(modules) and all(
            _digest_of(path)[0] == digest for path, digest in cache.rules.items()
        )
    except OSError:  # gone
        same = False
    if not same:
        shutil.rmtree(cache.folder, ignore_errors=True)


def _digest_of(path: str) -> tuple[str, float]:
    """A hash of a file's content, and when it was changed, in seconds since 1970."""
    with open(path, "rb") as file:
        return blake2b(file.read(), digest_size=_DIGEST).hexdigest(), os.fstat(file.fileno()).st_mtime


def _signed(key: str, packed: bytes) -> bytes:
    """What tells a damaged answer, and one that lies under another's name."""
    return blake2b(packed, digest_size=_DIGEST, key=key.encode()).digest()


def _sweep(folder: str, current: str) -> None:
    """Remove the generations that were not used lately, and of the current one the answers that nobody asked for."""
    now = time.time()
    with os.scandir(folder) as entries:
        others = [
            (entry.stat().st_mtime, entry.path)
            for entry in entries
            if _GENERATION.fullmatch(entry.name) and entry.path != current and entry.is_dir(follow_symlinks=False)
        ]
    for place, (used, path) in enumerate(sorted(others, reverse=True), 1):
        if place >= _GENERATIONS or now - used > _KEPT:
            shutil.rmtree(path, ignore_errors=True)
    for parent, _, names in os.walk(current):
        for name in names:
            path = os.path.join(parent, name)
            with suppress(OSError):  # another process sweeps as well
                if now - os.stat(path).st_mtime > _KEPT:
                    os.remove(path)


def _modules_of(rules: Iterable[AnyRule]) -> tuple[str, ...] | None:
    """The files or folders of the packages whose rules in Python are not this package's own; None where one has no file."""
    found = set()
    for rule in rules:
        function = getattr(rule, "function", None)  # a rule of a file has none
        if rule.builtin or function is None:
            continue
        module = sys.modules.get(str(getattr(function, "__module__", "")).partition(".")[0])
        file = getattr(module, "__file__", None)
        folders = list(getattr(module, "__path__", ())) or ([file] if file else [])
        if not folders:
            return None
        found.update(folders)
    return tuple(sorted(found))


@lru_cache
def _code(modules: tuple[str, ...]) -> tuple[str, float]:
    """What code runs in this process: what its files held when it was first asked, whatever becomes of them."""
    return _digest_of_code(modules)


def _digest_of_code(modules: tuple[str, ...]) -> tuple[str, float]:
    """A hash of all the code that answers come from, and when the last of it was changed, in seconds since 1970.

    Contents, not times: the cache of a build server is worth something on the next machine, and a checkout that is being worked
    on changes its code without changing its version. Of other packages the names in which their metadata hold the version.
    """
    digest = blake2b(digest_size=8)
    digest.update(repr((sys.implementation.name, sys.version_info[:3], _installed())).encode("utf-8", "surrogatepass"))
    changed = 0.0
    for path in chain([builtin_rules_path()], *map(_files_of, (_PACKAGE, *modules))):
        with open(path, "rb") as file:
            data = file.read()
            changed = max(changed, os.fstat(file.fileno()).st_mtime)
        digest.update(f"{os.path.basename(path)} {len(data)}\n".encode("utf-8", "surrogatepass"))
        digest.update(data)
    return digest.hexdigest(), changed


def _files_of(place: str) -> Iterator[str]:
    """A file, or the files of a package in a fixed order; what Python compiles of them left out."""
    if os.path.isfile(place):
        yield place
    for parent, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (os.path.join(parent, name) for name in sorted(names) if not name.endswith(".pyc"))


def _installed() -> tuple[str, ...]:
    """The folders that name the installed packages with their versions, such as ``regex-2024.11.6.dist-info``."""
    found: set[str] = set()
    for place in sys.path:
        with suppress(OSError):  # a zip file, or a folder that is not there
            found.update(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))
    return tuple(sorted(found))
