"""`checker check --diff` and `--fix`: the changes that are certain, shown or written."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from checker.cli.outputs import reason_of, telling_stdout
from checker.cli.streams import complain
from checker.document import Replacement
from checker.errors import OutputError, SourceError, UsageError
from checker.findings.fixes import Left, applied, fixable, mend
from checker.findings.result import Result
from checker.report.stream import printable
from checker.sources import decode, is_plain_text, read_bytes
from checker.sources.messages import Lang
from checker.sources.rewriting import rewritten

__all__ = ["Fixer", "unified_diff", "write_over"]

_AROUND = 3  # lines shown before and after a change
_WHY = {
    "overlaps": ("同一处已有另一处改动", "another change was made in the same place"),
    "parted": ("要改的数字中间有换行或标记", "a line break or a mark stands within the number"),
    "unwritable": ("文件的编码写不出改动", "the encoding of the file cannot hold the change"),
    "stays": ("改了也不成立，已撤回", "the change did not settle it and was undone"),
    "new": ("改动会带来新的发现，已撤回", "the change made a new finding and was undone"),
}


class Fixer:
    """Mends the texts of one run: keeps the changes for `print_diffs` with `--diff`, writes them with `--fix`.

    `changes` counts them. Raises UsageError for options that do not go together.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._lang: Lang = options.lang
        self._diffs: list[list[str]] = []
        self.changes = 0
        _require_usable(options)

    def mended(
        self, path: str, data: bytes | None, encoding: str | None, result: Result, recheck: Callable[[bytes], Result]
    ) -> Result:
        """The result of a text after its changes; with `--diff`, which changes nothing, the result as it is.

        `data` is what standard input held, None for a file; `recheck` checks other bytes in its place. Raises
        CheckerError where the file cannot be read again, has changed meanwhile, or cannot be written.
        """
        if not any(fixable(result)):
            return result
        if data is None and not os.path.isfile(path):  # a pipe gives its text only once
            self._tell(path, "不是普通文件，没有改动", "not changed: not a regular file")
            return result
        before = read_bytes(path, self._lang) if data is None else data
        name, text = result.document.path, result.document.text
        if not is_plain_text(before, name):
            self._tell(name, "不是纯文本或 Markdown，没有改动", "not changed: neither plain text nor Markdown")
            return result
        decoded = decode(before, encoding, self._lang)
        if decoded.text != text:
            raise self._changed_meanwhile()
        wanted = {}

        def check_again(edits: tuple[Replacement, ...]) -> Result | None:
            # By way of the bytes, so that what is checked is what would be written.
            wanted[edits] = after = rewritten(before, decoded.encoding, text, edits)
            if after is None:
                return None
            again = recheck(after)
            return again if again.document.text == applied(text, edits) else None

        mended = mend(result, check_again)
        for left in mended.left:
            if left.why != "many":
                self._tell_left(result, left)
        if count := sum(1 for left in mended.left if left.why == "many"):
            self._tell(
                name,
                f"另有 {count} 处，改动太多，没有尝试",
                f"{count} more were not tried: too many changes",
            )
        if not mended.edits:
            return result
        if self._options.diff:
            self._diffs.append(_diff(name, decoded.encoding, text, mended.edits))
            self.changes += len(mended.edits)
            return result
        new = wanted[mended.edits]
        assert new is not None  # what cannot be written is not among the edits
        if read_bytes(path, self._lang) != before:
            raise self._changed_meanwhile()
        write_over(path, new, self._lang)
        self.changes += len(mended.edits)
        count = len(mended.edits)
        self._tell(name, f"改了 {count} 处", f"{count} change{'s' if count > 1 else ''} made")
        return mended.result

    def print_diffs(self, remaining: int) -> None:
        """The changes on standard output: in colours on a terminal, else UTF-8, for ``git apply`` and ``patch -p1``.

        `remaining` is how many findings there are in all. Raises OutputError where standard output takes no more.
        """
        with telling_stdout(self._lang):
            if sys.stdout.isatty():
                _print_coloured(line for diff in self._diffs for line in diff)
            else:
                sys.stdout.flush()
                for diff in self._diffs:
                    sys.stdout.buffer.writelines(line.encode("utf-8", "surrogateescape") for line in diff)
            sys.stdout.flush()
        self._tell(
            None,
            f"{remaining} 个发现，可改 {self.changes} 处；--fix 写入文件",
            f"{remaining} findings, {self.changes} changes to make; --fix writes them",
        )

    def _tell_left(self, result: Result, left: Left) -> None:
        finding = left.finding
        place = result.document.place(finding.start, finding.end).said(self._lang)
        chinese, english = _WHY[left.why]
        self._tell(
            result.document.path,
            f"{place} {finding.rule} 未改（{finding.suggestion}）：{chinese}",
            f"{place} {finding.rule} not changed ({finding.suggestion}): {english}",
        )

    def _tell(self, path: str | None, chinese: str, english: str) -> None:
        if not self._options.quiet:
            complain(english if self._lang == "en" else chinese, path)

    def _changed_meanwhile(self) -> SourceError:
        return SourceError(
            "the file changed while it was checked; not changed"
            if self._lang == "en"
            else "检查期间文件被别的程序改过，没有改动"
        )


def _require_usable(options: argparse.Namespace) -> None:
    english = options.lang == "en"
    option = "--fix" if options.fix else "--diff"
    if options.watch:
        raise UsageError(f"{option} does not go with --watch" if english else f"{option} 不能与 --watch 同用")
    if options.write_baseline is not None or options.prune_baseline:
        raise UsageError(
            f"{option} does not go with --write-baseline and --prune-baseline"
            if english
            else f"{option} 不能与 --write-baseline、--prune-baseline 同用"
        )
    if options.fix and "-" in options.paths:
        raise UsageError(
            "--fix cannot write standard input (-); --diff shows the changes"
            if english
            else "--fix 不能用于标准输入（-），可用 --diff 查看改动"
        )
    if options.diff and options.format != "text":
        raise UsageError(
            "with --diff standard output holds the changes; write the report with --output"
            if english
            else "用 --diff 时标准输出是改动，报告请用 --output 写到文件"
        )


def write_over(path: str, data: bytes, lang: Lang) -> None:
    """Put `data` in the place of a file, whole or not at all; its mode stays, and a link to it stays a link.

    Raises OutputError.
    """
    import tempfile  # only where something is written

    place = os.path.realpath(path)
    try:
        mode = os.stat(place).st_mode
        if not os.access(place, os.W_OK):  # a file that is locked against writing could still be renamed over
            raise OutputError("the file is read-only; not changed" if lang == "en" else "文件只读，没有改动")
        handle, name = tempfile.mkstemp(prefix=".checker-", suffix=".tmp", dir=os.path.dirname(place))
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, stat.S_IMODE(mode))
            os.replace(name, place)
        except BaseException:
            with suppress(OSError):  # it is the first failure that is told
                os.remove(name)
            raise
    except OSError as error:
        why = reason_of(error, lang)
        raise OutputError(f"cannot be written: {why}" if lang == "en" else f"无法写入：{why}") from error


def _diff(path: str, encoding: str, text: str, edits: Sequence[Replacement]) -> list[str]:
    if encoding == "utf-8-sig":  # a file in UTF-8 is patched as it is, its mark included
        text, edits = f"\ufeff{text}", [Replacement(start + 1, end + 1, new) for start, end, new in edits]
    return list(unified_diff(path, text, edits))


def unified_diff(path: str, text: str, edits: Sequence[Replacement]) -> Iterator[str]:
    """The lines of a unified diff of edits that stay within their lines, each with its line feed.

    >>> print("".join(unified_diff("a.txt", "甲\\n163户41人\\n", [Replacement(6, 8, "414")])), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -1,2 +1,2 @@
     甲
    -163户41人
    +163户414人
    """
    lines = text.split("\n")  # CR alone ends no line for patch
    ends_open = bool(lines[-1])
    if not ends_open:
        lines.pop()
    changed = _changed_lines(lines, edits)
    yield f"--- {_name('a', path)}\n"
    yield f"+++ {_name('b', path)}\n"
    for first, last in _hunks(sorted(changed), len(lines)):
        size = last - first
        yield f"@@ -{_extent(first, size)} +{_extent(first, size)} @@\n"
        at = first
        while at < last:
            run = at
            while run < last and run in changed:
                run += 1
            if run == at:
                yield from _line(" ", lines[at], ends_open and at == len(lines) - 1)
                at += 1
                continue
            for number in range(at, run):
                yield from _line("-", lines[number], ends_open and number == len(lines) - 1)
            for number in range(at, run):
                yield from _line("+", changed[number], ends_open and number == len(lines) - 1)
            at = run


def _changed_lines(lines: Sequence[str], edits: Sequence[Replacement]) -> dict[int, str]:
    """The lines that edits change, as they are then, by number from 0."""
    by_line: dict[int, list[Replacement]] = {}
    number = start = 0
    for edit in edits:
        while edit.start > start + len(lines[number]):
            start += len(lines[number]) + 1
            number += 1
        by_line.setdefault(number, []).append(Replacement(edit.start - start, edit.end - start, edit.text))
    return {number: applied(lines[number], own) for number, own in by_line.items()}


def _hunks(changed: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """The stretches of lines to show, half-open: the changed ones with those around them."""
    first = last = -1
    for number in changed:
        if first >= 0 and number - _AROUND <= last:
            last = min(number + _AROUND + 1, count)
            continue
        if first >= 0:
            yield first, last
        first, last = max(number - _AROUND, 0), min(number + _AROUND + 1, count)
    if first >= 0:
        yield first, last


def _extent(first: int, size: int) -> str:
    return str(first + 1) if size == 1 else f"{first + 1},{size}"


def _line(sign: str, line: str, is_open: bool) -> Iterator[str]:
    yield f"{sign}{line}\n"
    if is_open:
        yield "\\ No newline at end of file\n"


def _name(side: str, path: str) -> str:
    """The path as git writes it in a diff: below ``a/`` or ``b/``, in quotes where it holds what would break the line."""
    name = os.path.normpath(path) if path else path
    if os.path.isabs(name):
        below = os.path.relpath(name)
        name = name.lstrip("/") if below.startswith(os.pardir) else below
    name = f"{side}/{name.replace(os.sep, '/')}"
    if any(char < " " or char in '"\\\x7f' for char in name):
        escaped = (f"\\{ord(c):03o}" if c < " " or c == "\x7f" else f"\\{c}" if c in '"\\' else c for c in name)
        return f'"{"".join(escaped)}"'
    return f"{name}\t" if " " in name else name


_STYLES = (("---", "bold"), ("+++", "bold"), ("@@", "cyan"), ("-", "red"), ("+", "green"), ("\\", "dim"))


def _print_coloured(lines: Iterator[str]) -> None:
    from rich.text import Text

    from checker.report.console import make_console

    console = make_console(sys.stdout)
    for line in lines:
        style = next((style for start, style in _STYLES if line.startswith(start)), "")
        console.print(Text(printable(line.rstrip("\r\n")), style=style), soft_wrap=True)
