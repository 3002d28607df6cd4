"""Where reports go: standard output, and files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from operator import methodcaller
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, Protocol, TypeVar

from checker.cli.streams import abandon_stdout, complain
from checker.errors import OutputError, UsageError
from checker.report.stream import SafeStream
from checker.report.writers import FORMATS, HUMAN, SUFFIXES, Ending, Setting, Writer, make_writer
from checker.sources.messages import Lang

__all__ = ["FileOutput", "Output", "Outputs", "StandardOutput", "Target", "reason_of", "targets", "telling_stdout"]

_WHY_ZH = MappingProxyType(
    {
        errno.ENOENT: "没有这个文件夹",
        errno.ENOTDIR: "没有这个文件夹",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "文件系统只读",
        errno.EISDIR: "这是文件夹",
        errno.ENOSPC: "磁盘已满",
    }
)
_Given = TypeVar("_Given")


class Target(NamedTuple):
    """A file to be written and its format."""

    format: str
    path: str


def targets(written: Sequence[str], lang: Lang) -> tuple[Target, ...]:
    """What `--output` names, as ``FORMAT:FILE`` or ``FILE`` with a suffix that tells. Raises UsageError.

    >>> targets(["sarif:out.json", "report.html"], "zh")
    (Target(format='sarif', path='out.json'), Target(format='html', path='report.html'))
    """
    found: dict[str, Target] = {}
    for text in written:
        target = _target(text, lang)
        place = os.path.realpath(target.path)
        if place in found:
            raise UsageError(
                f"{target.path} was named twice as --output" if lang == "en" else f"--output 两次写到 {target.path}"
            )
        found[place] = target
    return tuple(found.values())


def _target(text: str, lang: Lang) -> Target:
    head, colon, path = text.partition(":")
    if colon and head in FORMATS:
        target = Target(head, path)
    else:
        name = os.path.basename(text).lower()
        ends = [suffix for suffix in SUFFIXES if name.endswith(suffix)]
        wordy = bool(colon) and len(head) > 1 and head.isalnum()  # sariff:out.json, but not C:\out.json
        if not ends or wordy:
            known = ", ".join(FORMATS)
            raise UsageError(
                f"--output {text}: cannot tell the format; write FORMAT:FILE, where FORMAT is one of {known}"
                if lang == "en"
                else f"--output {text}：看不出格式，请写成“格式:文件”，格式为 {known} 之一"
            )
        target = Target(SUFFIXES[max(ends, key=len)], text)
    if target.path in ("", "-"):
        raise UsageError(
            f"--output {text}: a file is needed; --format chooses what goes to standard output"
            if lang == "en"
            else f"--output {text}：应给出文件；标准输出的格式用 --format 选"
        )
    return target


class Output(Protocol):
    """A report on its way: what its `format` says of one document after the other, then the end."""

    @property
    def format(self) -> str: ...

    def add(self, piece: bytes) -> None: ...

    def flush(self) -> None: ...

    def end(self, ending: Ending) -> None: ...

    def abandon(self) -> None:
        """Nothing more will come: leave nothing half written behind."""
        ...


class Outputs:
    """The reports of one run. One that cannot be written any more is named and left, and the others go on."""

    def __init__(self) -> None:
        self._open: list[Output] = []
        self.incomplete = False

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None:
            for output in self._open:
                output.abandon()

    def open(self, output: Output) -> None:
        """Write to this one as well."""
        self._open.append(output)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that are wanted, each once."""
        return tuple(dict.fromkeys(output.format for output in self._open))

    def add(self, pieces: Mapping[str, bytes]) -> None:
        """Write one more document everywhere, given what each format says of it."""
        for output in tuple(self._open):
            self._take(output, output.add, pieces[output.format])

    def flush(self) -> None:
        """Hand on what is written so far: a process that is forked must not have it a second time."""
        for output in tuple(self._open):
            self._take(output, methodcaller("flush"), output)

    def end(self, ending: Ending) -> None:
        """Write the end everywhere."""
        for output in tuple(self._open):
            self._take(output, output.end, ending)

    def _take(self, output: Output, step: Callable[[_Given], None], given: _Given) -> None:
        try:
            step(given)
        except OutputError as error:
            complain(error.message)
            self._open.remove(output)
            self.incomplete = True


def reason_of(error: OSError, lang: Lang) -> str:
    """Why something cannot be written, in a few words."""
    why = _WHY_ZH.get(error.errno or 0) if lang == "zh" else None
    return why or error.strerror or str(error)


@contextmanager
def _telling(name: str, lang: Lang) -> Iterator[None]:
    """Makes an OutputError of what the system says when a report cannot be written."""
    try:
        yield
    except OSError as error:
        why = reason_of(error, lang)
        said = f"report {name} cannot be written: {why}" if lang == "en" else f"报告 {name} 无法写入：{why}"
        raise OutputError(said) from error


@contextmanager
def telling_stdout(lang: Lang) -> Iterator[None]:
    """The same for standard output, which is given up then. BrokenPipeError stays, for the exit code."""
    try:
        with _telling("on standard output" if lang == "en" else "（标准输出）", lang):
            yield
    except OutputError as error:
        abandon_stdout()
        if isinstance(error.__cause__, BrokenPipeError):
            raise error.__cause__ from None
        raise


class StandardOutput:
    """The report on standard output; machine formats are UTF-8 whatever the terminal is.

    With `waits`, a report for people is written when all documents are checked: a progress bar would write over it. Raises
    OutputError where nothing more can be written, BrokenPipeError where nobody reads on.
    """

    def __init__(self, name: str, setting: Setting, *, waits: bool) -> None:
        self.format = name
        self._human = name in HUMAN
        self._held: list[bytes] | None = [] if waits and self._human else None
        self._setting = setting
        self._writer = make_writer(name, setting)
        with telling_stdout(self._setting.lang):
            sys.stdout.flush()
            self._write(self._writer.begin())

    def add(self, piece: bytes) -> None:
        if self._held is not None:
            self._held.append(piece)
            return
        with telling_stdout(self._setting.lang):
            self._write(self._writer.add(piece))

    def flush(self) -> None:
        with telling_stdout(self._setting.lang):
            sys.stdout.flush()

    def end(self, ending: Ending) -> None:
        with telling_stdout(self._setting.lang):
            for piece in self._held or ():
                self._write(self._writer.add(piece))
            self._write(self._writer.end(ending))
            sys.stdout.flush()

    def abandon(self) -> None:
        pass  # what a pipe has taken cannot be taken back

    def _write(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            if self._human:
                SafeStream(sys.stdout).write(piece.decode("utf-8"))
            else:
                sys.stdout.buffer.write(piece)


class FileOutput:
    """A report in a file, written under another name beside it and renamed when it is complete.

    Raises OutputError where the file cannot be written; the other name is removed then.
    """

    def __init__(self, target: Target, setting: Setting) -> None:
        self.format, self._path, self._lang = target.format, target.path, setting.lang
        self._writer: Writer = make_writer(target.format, setting)
        place = os.path.realpath(target.path)  # a link stays a link
        with _telling(self._path, self._lang):
            # Nothing is renamed over a pipe or a device.
            special = os.path.lexists(place) and not stat.S_ISREG(os.stat(place).st_mode)
            folder, name = os.path.split(place)
            self._place = None if special else place
            self._name = place if special else os.path.join(folder, f".{name}.{os.getpid()}.tmp")
            self._file: BinaryIO = open(self._name, "wb" if special else "xb")  # noqa: SIM115
        with self._sparing():
            self._file.writelines(self._writer.begin())

    def add(self, piece: bytes) -> None:
        with self._sparing():
            self._file.writelines(self._writer.add(piece))

    def flush(self) -> None:
        with self._sparing():
            self._file.flush()

    def end(self, ending: Ending) -> None:
        with self._sparing():
            self._file.writelines(self._writer.end(ending))
            self._file.close()
            if self._place is not None:
                if os.path.exists(self._place):
                    os.chmod(self._name, stat.S_IMODE(os.stat(self._place).st_mode))
                os.replace(self._name, self._place)

    def abandon(self) -> None:
        with suppress(OSError):  # it is the first failure that is told
            self._file.close()
        if self._place is not None:
            with suppress(OSError):
                os.remove(self._name)

    @contextmanager
    def _sparing(self) -> Iterator[None]:
        """Leaves nothing half written behind where writing fails."""
        try:
            with _telling(self._path, self._lang):
                yield
        except OutputError:
            self.abandon()
            raise
