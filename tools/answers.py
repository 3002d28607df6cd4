"""What a version of the checker answers on many texts, kept by the version's code so that each is asked only once.

A version is the working tree or a git revision. Its answers lie in ``.answers/`` at the top of the project (git-ignored), one file
for each version and source. Delete the folder to ask again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple

from tools.texts import Source

__all__ = ["HERE", "KEPT", "Version", "answers", "version_of"]

HERE = Path(__file__).resolve().parent.parent
KEPT = HERE / ".answers"
_PARTS = ("checker", "rules.toml", "pyproject.toml")  # of a revision; the last tells the code where rules.toml is
_ASKING = ("asking.py", "texts.py", "shuffling.py")  # and what asks for them

Answer = dict[str, Any]


class Version(NamedTuple):
    """Code to ask: the folder that holds it, and a digest of what answers depend on."""

    name: str
    folder: Path
    digest: str


def version_of(revision: str | None) -> Version:
    """A git revision unpacked into a folder of its own, or the working tree for None.

    Raises ValueError for a revision that git does not know.
    """
    if revision is None:
        return Version("working tree", HERE, _digest(HERE))
    found = subprocess.run(["git", "rev-parse", "--verify", f"{revision}^{{commit}}"], cwd=HERE, capture_output=True, text=True)  # fmt: skip
    if found.returncode:
        raise ValueError(f"{revision}: git knows no such revision")
    commit = found.stdout.strip()
    folder = KEPT / "code" / commit[:16]
    if not folder.exists():
        packed = subprocess.run(["git", "archive", commit, *_PARTS], cwd=HERE, capture_output=True, check=True).stdout
        unpacking = folder.with_name(f"{folder.name}.{os.getpid()}")
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(unpacking, filter="data")
        unpacking.rename(folder)
    return Version(revision, folder, _digest(folder))


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    files = [folder / "rules.toml", *(folder / "checker").rglob("*")]
    for file in sorted(f for f in files if f.is_file() and f.suffix in (".py", ".toml", ".txt", ".json")):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    for name in _ASKING:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:16]


def answers(version: Version, source: Source, *, shuffled: int | None = None) -> Iterator[Answer]:
    """What a version says about each text of a source, in order, asked in two processes where it is not known yet.

    With `shuffled`, the texts have the digits of their figures shuffled, another way for each number.
    """
    kept = _file(version, source, shuffled)
    if not kept.exists():
        _ask(version, source, shuffled, kept)
    with gzip.open(kept, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _file(version: Version, source: Source, shuffled: int | None) -> Path:
    state = source.path.stat()
    identity = repr(
        (str(source.path.resolve()), state.st_size, sorted(source.slices), sorted(source.without), shuffled)
    )
    return KEPT / version.digest / f"{hashlib.sha256(identity.encode()).hexdigest()[:16]}.jsonl.gz"


def _ask(version: Version, source: Source, shuffled: int | None, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    job = json.dumps([str(source.path.resolve()), sorted(source.slices), sorted(source.without), shuffled])
    written = [kept.with_name(f"{kept.name}.{os.getpid()}.{part}") for part in range(_PROCESSES)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(version.folder), str(HERE)])}
    running = [
        subprocess.Popen([sys.executable, "-P", "-m", "tools.asking", job, str(part), str(_PROCESSES), str(file)], env=environment, cwd=version.folder)
        for part, file in enumerate(written)
    ]  # fmt: skip
    failed = [process.wait() for process in running]
    if any(failed):
        raise ChildProcessError(f"{version.name}: asking for answers failed")
    whole = kept.with_name(f"{kept.name}.{os.getpid()}")
    with gzip.open(whole, "wt", encoding="utf-8", compresslevel=1) as out, ExitStack() as opened:
        parts = [opened.enter_context(gzip.open(file, "rt", encoding="utf-8")) for file in written]
        out.writelines(_in_turn(parts))
    for file in written:
        file.unlink()
    whole.rename(kept)


_PROCESSES = 2


def _in_turn(parts: Sequence[IO[str]]) -> Iterator[str]:
    """Lines of several files, one of each in turn: the texts were dealt out so."""
    while True:
        for part in parts:
            line = part.readline()
            if not line:
                return
            yield line
