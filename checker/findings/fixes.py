"""Changes of a text that make its findings go away: only those that are certain, and each tried before it is taken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from checker.checks import Check
from checker.document import Replacement
from checker.findings.model import Finding, spans_of
from checker.findings.result import Result

if TYPE_CHECKING:
    from checker.findings.suppression import Suppressed

__all__ = ["STATED", "Left", "Mended", "Why", "applied", "fixable", "is_certain", "mend"]

STATED = 2  # links up to this level are stated in the text, see Check.link
MOST_CHECKS = 40  # of one text: who plants a thousand slips must not keep the checker busy for hours

Why = Literal["overlaps", "parted", "unwritable", "stays", "new", "many"]
Recheck = Callable[[tuple[Replacement, ...]], Result | None]
_Key = tuple[str, tuple[tuple[int, int], ...]]  # a rule and the figures it looked at
_RANK = {"info": 0, "warning": 1, "error": 2}


class Left(NamedTuple):
    """A finding whose change was not made, and why.

    ``overlaps`` an earlier change of the same figure; ``parted``: a line break or marks of emphasis stand in what would
    change; ``unwritable`` in the encoding of the text; ``stays``: the finding would still be there; ``new``: the change would
    make another; ``many``: not tried any more.
    """

    finding: Finding
    why: Why


class Mended(NamedTuple):
    """What became of a text: `edits` are in text order, their offsets those of the text before; `result` is of the text after."""

    result: Result
    edits: tuple[Replacement, ...]
    done: tuple[Finding, ...]
    left: tuple[Left, ...]


class _Fix(NamedTuple):
    """A change that one finding or several ask for; `extent` is the whole figure of which `edit` is what differs."""

    findings: tuple[Finding, ...]
    extent: tuple[int, int]
    edit: Replacement


def fixable(result: Result) -> Iterator[tuple[Finding, Replacement]]:
    """The findings that a change can settle: the only one that can, of a relation that the text itself states."""
    for finding in result.findings:
        if finding.replacement is not None and is_certain(result, finding):
            yield finding, finding.replacement


def is_certain(result: Result, finding: Finding) -> bool:
    """Whether a finding's change is the only one that can settle it, and its relation one that the text itself states."""
    check = result.checks[finding.check]
    return finding.replacement is not None and check.certain and check.link <= STATED


def mend(result: Result, recheck: Recheck) -> Mended:
    """Change what can be changed with certainty.

    `recheck` checks the text with edits made (see `applied`) just as `result` was checked; None where it cannot hold them.
    A change is kept where its finding is gone, its figures now agree, and no finding has come. Changes of figures that have no
    relation in common are tried together; where that goes wrong, in halves. The first of two changes of one figure wins.
    """
    fixes, left = _fixes(result)
    attempt = _Attempt(result, recheck)
    pending = list(fixes)
    while pending:
        now, later = _independent(result, pending)
        left += attempt.take(now)
        if attempt.is_over:
            left += (Left(finding, "many") for fix in later for finding in fix.findings)
            break
        pending = []
        gone = attempt.gone(later)
        extents = sorted(fix.extent for fix in attempt.taken)
        for fix, is_gone in zip(later, gone, strict=True):
            if is_gone:
                attempt.done += fix.findings  # what was wrong is right since another change
            elif _meets_one(fix.extent, extents):
                left += (Left(finding, "overlaps") for finding in fix.findings)
            else:
                pending.append(fix)
    edits = tuple(sorted(fix.edit for fix in attempt.taken))
    in_order = tuple(sorted(left, key=lambda one: one.finding.start))
    return Mended(_settled(result, attempt.result), edits, _in_order(attempt.done), in_order)


def _settled(before: Result, after: Result) -> Result:
    """The result without the findings that a baseline took out of the one before; `recheck` knows of no baseline."""
    known = [one for one in before.suppressed if one.by == "baseline"]
    if not known or after is before:
        return after
    left: dict[str, list[Suppressed]] = {}
    for one in known:
        left.setdefault(one.finding.fingerprint, []).append(one)
    findings: list[Finding] = []
    suppressed = list(after.suppressed)
    for finding in after.findings:
        if left.get(finding.fingerprint):
            suppressed.append(left[finding.fingerprint].pop(0)._replace(finding=finding))
        else:
            findings.append(finding)
    suppressed.sort(key=lambda one: (one.finding.start, one.finding.end, one.finding.rule))
    return after._replace(findings=tuple(findings), suppressed=tuple(suppressed))


def applied(text: str, edits: Iterable[Replacement]) -> str:
    """The text with edits made that are in text order and do not overlap.

    >>> applied("163户41人", [Replacement(4, 6, "414")])
    '163户414人'
    """
    pieces: list[str] = []
    at = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        at = end
    return "".join((*pieces, text[at:]))


class _Attempt:
    """The text with the changes taken so far; `done` are the findings that went away by them."""

    def __init__(self, result: Result, recheck: Recheck) -> None:
        self._first = result
        self._recheck = recheck
        self._checks_left = MOST_CHECKS
        self.result = result
        self.taken: list[_Fix] = []
        self.done: list[Finding] = []

    def take(self, fixes: Sequence[_Fix]) -> list[Left]:
        """Take those of the changes that can be taken; the findings of the others."""
        if not fixes:
            return []
        if self.is_over:
            return [Left(finding, "many") for fix in fixes for finding in fix.findings]
        self._checks_left -= 1
        taken = [*self.taken, *fixes]
        after = self._recheck(tuple(sorted(fix.edit for fix in taken)))
        why: Why | None = "unwritable" if after is None else self._wrong(after, taken)
        if after is not None and why is None:
            self.taken, self.result = taken, after
            self.done += (finding for fix in fixes for finding in fix.findings)
            return []
        if len(fixes) == 1:
            assert why is not None
            return [Left(finding, why) for finding in fixes[0].findings]
        half = len(fixes) // 2
        return self.take(fixes[:half]) + self.take(fixes[half:])

    @property
    def is_over(self) -> bool:
        """Whether the text has been checked as often as it may be."""
        return self._checks_left == 0

    def gone(self, fixes: Sequence[_Fix]) -> list[bool]:
        """Whether the findings that changes are for are gone without them."""
        return self._settled(self.result, self.taken, fixes)

    def _wrong(self, after: Result, taken: Sequence[_Fix]) -> Why | None:
        """What is wrong with a text after the changes; None where it is as it should be."""
        if not all(self._settled(after, taken, taken)):
            return "stays"
        moved = _Moved([fix.edit for fix in taken])
        done = {id(finding) for fix in taken for finding in fix.findings}
        before: dict[_Key, int] = {}
        for finding in (*self._first.findings, *(suppressed.finding for suppressed in self._first.suppressed)):
            if id(finding) not in done:
                key = moved.key(_key(self._first, self._first.checks[finding.check]))
                before[key] = max(before.get(key, 0), _RANK[finding.severity])
        known = all(
            _RANK[finding.severity] <= before.get(_key(after, after.checks[finding.check]), -1)
            for finding in after.findings
        )
        return None if known and len(after.errors) <= len(self._first.errors) else "new"

    def _settled(self, after: Result, taken: Sequence[_Fix], fixes: Sequence[_Fix]) -> list[bool]:
        """Of each fix whether its findings are no more in the text after the changes `taken`, and their figures agree there."""
        moved = _Moved([fix.edit for fix in taken])
        found = {_key(after, after.checks[finding.check]) for finding in after.findings}
        agreeing = {_key(after, check) for check in after.checks if check.outcome in ("holds", "holds-rounded")}

        def is_settled(finding: Finding) -> bool:
            key = moved.key(_key(self._first, self._first.checks[finding.check]))
            return key not in found and (finding.relation == "style" or key in agreeing)

        return [all(map(is_settled, fix.findings)) for fix in fixes]


class _Moved:
    """Where the places of the text before the edits are after them."""

    def __init__(self, edits: Sequence[Replacement]) -> None:
        self._edits = sorted(edits)
        self._ends = [edit.end for edit in self._edits]
        self._shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in self._edits)]

    def key(self, key: _Key) -> _Key:
        rule, spans = key
        return rule, tuple((self._place(start), self._place(end)) for start, end in spans)

    def _place(self, offset: int) -> int:
        before = bisect_right(self._ends, offset)
        shift = self._shifts[before]
        if before < len(self._edits) and offset > self._edits[before].start:  # inside what is replaced
            offset = min(offset, self._edits[before].start + len(self._edits[before].text))
        return offset + shift


def _key(result: Result, check: Check) -> _Key:
    return check.rule, spans_of(check, result.quantities)


def _fixes(result: Result) -> tuple[list[_Fix], list[Left]]:
    """The changes that findings ask for, in text order, and those that cannot be written."""
    wanted: dict[Replacement, list[Finding]] = {}
    for finding, replacement in fixable(result):
        wanted.setdefault(replacement, []).append(finding)
    fixes: list[_Fix] = []
    left: list[Left] = []
    for whole in sorted(wanted):
        findings = tuple(wanted[whole])
        edit = _narrowed(result.document.text, whole)
        if edit is None:
            left += (Left(finding, "parted") for finding in findings)
        else:
            fixes.append(_Fix(findings, (whole.start, whole.end), edit))
    return fixes, left


def _narrowed(text: str, whole: Replacement) -> Replacement | None:
    """What differs of a replacement: a figure that goes over a line end, or holds marks of emphasis, keeps them.

    None where they stand in what differs itself.

    >>> _narrowed("**3000**元", Replacement(0, 8, "4000"))
    Replacement(start=2, end=3, text='4')
    """
    read = list(_read(text, whole.start, whole.end))
    old, new = "".join(text[at] for at in read), whole.text
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    behind = 0
    while behind < min(len(old), len(new)) - same and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    first, last = same, len(old) - behind
    start = read[first - 1] + 1 if first else (read[0] if read else whole.start)
    if last > first:
        start, end = read[first], read[last - 1] + 1
    else:
        end = start
    written = new[same : len(new) - behind]
    if end - start != last - first or "\n" in written or "\r" in written:
        return None
    return Replacement(start, end, written)


def _read(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets of the characters that `checker.checks.number_format.as_read` leaves of a stretch."""
    at = start
    while at < end:
        if text.startswith("**", at) and at + 2 <= end:
            at += 2
            continue
        if not text[at].isspace():
            yield at
        at += 1


def _independent(result: Result, fixes: Sequence[_Fix]) -> tuple[list[_Fix], list[_Fix]]:
    """The first fixes whose findings have no figure in common, and the others."""
    now: list[_Fix] = []
    later: list[_Fix] = []
    used: set[tuple[int, int]] = set()
    for fix in fixes:
        spans = {span for finding in fix.findings for span in spans_of(result.checks[finding.check], result.quantities)}
        if used.isdisjoint(spans) and not (now and _meet(now[-1].extent, fix.extent)):
            now.append(fix)
            used |= spans
        else:
            later.append(fix)
    return now, later


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _meets_one(extent: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch has a character in common with one of the others, which are in order and do not overlap."""
    at = bisect_left(others, extent)
    return any(_meet(extent, other) for other in others[max(at - 1, 0) : at + 1])


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule)))
