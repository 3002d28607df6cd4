"""Totals of tables: 合计, 小计 and 总计 against the rows or columns that they add up.

Which lines a total adds up is seldom said. So the ways to read it are tried in order, and one is taken only where the numbers
themselves bear witness: it must come out at the other positions (the other columns of a row of totals) before it
accuses the one at which it does not. A total that has one position only is accused where there is but one way to read
the table and a single slip of the pen explains the gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import log10

from checker.checks import Check, Outcome, Severity
from checker.reading import Reading
from checker.relations.table_checks import decimal, one_slip, sum_text, table_check, written
from checker.tables.naming import cell_name
from checker.tables.structure import Line
from checker.tables.view import Entry, Number, View, strength

__all__ = ["check_column_totals", "check_parts", "check_row_totals"]

_SUMMED = ("item", "total", "named", "part", "share")
_SAMPLE = 60  # positions by which a way to read a total is chosen; it is then held against all
_WAYS = 300  # starts of a sum that are tried for one total
_EFFORT = 300_000  # additions spent on one table in the search for its sums
_KNOWN = 3.0  # digits that must agree elsewhere before a position is accused, the sum beginning anywhere
_BORNE_OUT = 2.0  # the same where the sum begins where one would expect it to
_TOLD = 1.0  # digits that must agree before a sum is said to hold
_AGREEING = 8  # so many positions that hold for each that fails


@dataclass(frozen=True)
class _Way:
    """A way to read a total, and how it came out: the positions at which it holds and fails, and what bears it out."""

    entries: tuple[Entry, ...]
    holds: tuple[int, ...]
    fails: tuple[int, ...]
    digits: float
    natural: bool


def check_row_totals(reading: Reading, lang: str) -> Iterator[Check]:
    """The totals of rows, column by column."""
    for table in reading.tables:
        if any(row.kind in ("total", "named") for row in table.layout.rows):
            yield from _Totals(reading, table.by_rows, lang).checks()


def check_column_totals(reading: Reading, lang: str) -> Iterator[Check]:
    """The totals of columns, row by row."""
    for table in reading.tables:
        if any(column.kind in ("total", "named") for column in table.layout.columns):
            yield from _Totals(reading, table.by_columns, lang).checks()


def check_parts(reading: Reading, lang: str) -> Iterator[Check]:
    """A row that begins with 其中 against the row above that it is a part of."""
    for table in reading.tables:
        view = table.by_rows
        whole: Line | None = None
        for line in view.lines:
            if line.kind == "part" and whole is not None and not _MAY_EXCEED.search(whole.label + line.label):
                yield from _part(reading, view, whole, line, lang)
            elif line.kind in ("item", "total", "named"):
                whole = line
            elif line.kind != "part":
                whole = None


# 财务费用 may be less than its 利息费用, for income is taken off; so may what has gains and losses in it
_MAY_EXCEED = re.compile(r"费用|收益|利润|净|利息|损|差额|变动|增减|盈亏|减[:：]|原值|准备|折旧")


def _part(reading: Reading, view: View, whole: Line, part: Line, lang: str) -> Iterator[Check]:
    for position, numbers in view.positions.items():
        if view.cross[position - view.layout.stub].kind not in ("item", "total", "named"):
            continue
        a, b = numbers.get(part.index), numbers.get(whole.index)
        if a is None or b is None or a.unit != b.unit or a.value <= 0 or b.value <= 0:
            continue
        above = 2 * (a.value - b.value) > a.slack + b.slack
        outcome: Outcome = "holds" if not above else "undecided" if view.layout.broken else "fails"
        scale = 10 ** view.decimals(a)
        said = [written(reading, number.quantity) for number in (a, b)]
        message = ""
        if above:
            name = cell_name(reading.document, view.layout, view.table.number, (part.index, position), lang)
            message = _PART_MESSAGE[lang].format(place=name, part=said[0], whole=said[1])
        yield table_check(
            reading, "part_le_whole", outcome, {"part": [a.quantity], "whole": [b.quantity]},
            f"{said[0]} {'>' if above else '≤'} {said[1]}",
            (Fraction(a.value, scale), Fraction(a.slack, 2 * scale), Fraction(b.value, scale), Fraction(b.slack, 2 * scale)),
            operator="≤", accused=a.quantity, message=message, confirms=False,
            reason=_REASONS["broken"] if outcome == "undecided" else None,
        )  # fmt: skip


_PART_MESSAGE = {
    "zh": "{place}为{part}，大于它所属的{whole}",
    "en": "{place} is {part}, above the {whole} that it is a part of",
}


class _Totals:
    """The search for the sums of one table."""

    def __init__(self, reading: Reading, view: View, lang: str) -> None:
        self.reading = reading
        self.view = view
        self.lang = lang
        self.effort = _EFFORT + 3 * len(view.table.ids)
        self.by_index = {line.index: line for line in view.lines}
        self.cross = {line.index: line for line in view.cross}
        self.filled: dict[int, list[int]] = {}
        for position, numbers in view.positions.items():
            if self.cross[position].kind in _SUMMED:
                for line in numbers:
                    self.filled.setdefault(line, []).append(position)

    def checks(self) -> Iterator[Check]:
        lines = self.view.lines
        open_entries: list[Entry] = []
        marks = [0]  # places in the open entries at which a sum may naturally begin
        at = 0
        group = lines[0].group if lines else ""
        while at < len(lines):
            line = lines[at]
            at += 1
            if len(marks) > _MOST_MARKS:
                del marks[1]
            if self.view.across and line.group != group:
                group = line.group
                marks.append(len(open_entries))
            if line.kind in ("section", "text", "key", "part") or line.index not in self.filled:
                if line.kind == "section":
                    marks.append(len(open_entries))
                continue
            if self.view.across and line.kind in ("rate", "growth", "share"):
                continue
            if not self.view.across and line.kind in ("rate", "growth", "share"):
                continue
            if line.kind not in ("total", "named"):
                open_entries.append(Entry(line.index, line.sign))
                continue
            way = self._backward(line, open_entries, marks)
            ahead = 0
            if way is None and line.kind == "total" and (not open_entries or marks[-1] == len(open_entries)):
                way, ahead = self._forward(line, lines, at)
            if way is None:
                if line.kind == "total":
                    yield from self._lone(line, open_entries, marks, lines)
                    marks.append(len(open_entries) + 1)
                open_entries.append(Entry(line.index, line.sign))
                continue
            yield from self._told(line, way)
            if ahead:
                at = ahead
            else:
                taken = {entry.line for entry in way.entries}
                first = next(i for i, entry in enumerate(open_entries) if entry.line in taken)
                del open_entries[first:]
                marks = [mark for mark in marks if mark <= first] or [0]
            open_entries.append(Entry(line.index, line.sign))
            if line.kind == "total":
                marks.append(len(open_entries))

    # --- ways to read a total -----------------------------------------------------------------------------

    def _backward(self, total: Line, entries: Sequence[Entry], marks: Sequence[int]) -> _Way | None:
        """The stretch of open lines above a total that it adds up."""
        positions = self.filled[total.index]
        natural = {mark for mark in marks if mark <= len(entries)}
        way = self._best(total, positions, entries, natural)
        if way is not None and not way.fails:
            return way
        for variant in self._variants(total, entries):
            other = self._best(total, positions, variant, {0})
            if other is not None and not other.fails and len(other.holds) > (len(way.holds) if way else 0):
                return other
        return way

    def _variants(self, total: Line, entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
        """The open lines without those that only tell of what a line above them holds."""
        self.effort -= 4 * len(entries)
        if self.effort < 0:
            return
        levels = [self.by_index[entry.line].level for entry in entries]
        if len(set(levels)) > 1:
            yield tuple(entry for entry, level in zip(entries, levels, strict=True) if level == min(levels))
        followers = self._behind_parts
        for reach in (1, 2, 3):
            kept = tuple(entry for entry in entries if not 0 < followers.get(entry.line, 0) <= reach)
            if len(kept) < len(entries):
                yield kept
        folded = self._folded(total, entries)
        if len(folded) < len(entries):
            yield folded

    @cached_property
    def _behind_parts(self) -> dict[int, int]:
        """How far behind a 其中 each line stands: what goes on such a list without the word."""
        found: dict[int, int] = {}
        since = 0
        for line in self.view.lines:
            since = 1 if line.kind == "part" else since + 1 if since else 0
            if since > 1 and line.kind == "item":
                found[line.index] = since - 1
        return found

    def _folded(self, total: Line, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The open lines without those that the line above them adds up at every position."""
        kept: list[Entry] = []
        positions = self.filled[total.index]
        at = 0
        while at < len(entries):
            kept.append(entries[at])
            at += 1
            most = min(len(entries), at + 12)
            for end in range(at + 2, most + 1):
                if self.effort <= 0:
                    return tuple(kept) + tuple(entries[at:])
                way = self._weigh(self.by_index[entries[at - 1].line], positions, entries[at:end], natural=True)
                if way is not None and not way.fails and way.digits >= _KNOWN:
                    at = end
                    break
        return tuple(kept)

    def _best(self, total: Line, positions: Sequence[int], entries: Sequence[Entry], natural: set[int]) -> _Way | None:
        """The start of a sum that ends at the total: one that holds everywhere, else one that holds nearly everywhere."""
        if len(entries) < 2 or self.effort < 0:
            return None
        sample = list(positions[:_SAMPLE])
        running = {position: _Sum(self.view.positions[position].get(total.index)) for position in sample}
        best: tuple[float, int] | None = None
        tried = 0
        for start in range(len(entries) - 1, -1, -1):
            self.effort -= len(sample)
            if self.effort < 0:
                break
            entry = entries[start]
            for position, running_sum in running.items():
                running_sum.add(self.view, entry, position)
            if start == len(entries) - 1 or (start not in natural and tried > _WAYS):
                continue
            tried += 1
            digits = fails = nontrivial = 0.0
            for running_sum in running.values():
                outcome = running_sum.outcome
                if outcome == "holds":
                    digits += running_sum.digits
                    nontrivial += running_sum.terms > 1
                elif outcome == "fails":
                    fails += 1
            borne = _BORNE_OUT if fails else _TOLD
            wanted = borne if start in natural else _KNOWN + log10(tried + 1)
            allowed = fails <= max(1, nontrivial // _AGREEING)
            if nontrivial and digits >= wanted and allowed:
                score = digits - 4 * fails + (1 if start in natural else 0)
                if best is None or score > best[0] or (score == best[0] and start in natural):
                    best = (score, start)
                if not fails and digits >= _KNOWN:
                    break  # what stands before only adds to it
        if best is None:
            return None
        return self._weigh(total, positions, entries[best[1] :], natural=best[1] in natural)

    def _forward(self, total: Line, lines: Sequence[Line], at: int) -> tuple[_Way | None, int]:
        """The lines below a total that stands on top of what it adds up."""
        entries: list[Entry] = []
        while at < len(lines):
            line = lines[at]
            if line.kind in ("total", "section") or (self.view.across and line.group != total.group):
                break
            if line.kind in ("item", "named") and line.index in self.filled:
                entries.append(Entry(line.index, line.sign))
            at += 1
        if len(entries) < 2:
            return None, 0
        ways = [tuple(entries), *self._variants(total, entries)]
        for number, variant in enumerate(ways):
            way = self._weigh(total, self.filled[total.index], variant, natural=True)
            if way is None or way.digits < (_BORNE_OUT if way.fails else _TOLD):
                continue
            if not way.fails or (number == 0 and len(way.fails) <= max(1, len(way.holds) // _AGREEING)):
                return way, at
        return None, 0

    def _weigh(self, total: Line, positions: Sequence[int], entries: Sequence[Entry], *, natural: bool) -> _Way | None:
        """How one way to read a total comes out at every position."""
        holds, fails, digits = [], [], 0.0
        self.effort -= len(positions)
        for position in positions:
            running = _Sum(self.view.positions[position].get(total.index))
            for entry in entries:
                running.add(self.view, entry, position)
            outcome = running.outcome
            if outcome == "holds" and running.terms > 1:
                holds.append(position)
                digits += running.digits
            elif outcome == "fails":
                fails.append(position)
        return _Way(tuple(entries), tuple(holds), tuple(fails), digits, natural) if holds or fails else None

    # --- what is told ---------------------------------------------------------------------------------------

    def _told(self, total: Line, way: _Way) -> Iterator[Check]:
        """The checks of a total: what holds, and what does not where the rest bears witness."""
        for position in way.holds:
            yield self._check(total, position, way.entries, "holds")
        for position in way.fails:
            if self.reading.rounding_footnote and self._licensed(total, position, way.entries):
                yield self._check(total, position, way.entries, "holds")
                continue
            doubt, grave = self._doubt(total, position, way.entries)
            slip = self._slip(total, position, way.entries)
            if doubt is not None and (slip is None or grave):
                yield self._check(total, position, way.entries, "undecided", reason=doubt)
            elif self.view.layout.broken:
                yield self._check(total, position, way.entries, "undecided", reason=_REASONS["broken"])
            elif slip is None and not self._alike(total, position, way):
                yield self._check(total, position, way.entries, "undecided", reason=_REASONS["structure"])
            else:
                severity: Severity = "error" if slip is not None else "warning"
                yield self._check(total, position, way.entries, "fails", severity=severity, suggestion=slip or None)

    def _lone(
        self, total: Line, entries: Sequence[Entry], marks: Sequence[int], lines: Sequence[Line]
    ) -> Iterator[Check]:
        """A total that no other position bears out: accused only where the table can be read in one way."""
        positions = self.filled[total.index]
        natural = [mark for mark in marks if mark <= len(entries) - 2]
        if not natural or self.effort < 0:
            return
        summed = entries[natural[-1] :]
        way = self._weigh(total, positions, summed, natural=True)
        if way is None or not way.fails:
            return
        plain = len(positions) == len(natural) == 1 and total.kind == "total" and not self.view.layout.broken
        if plain:
            before = [line for line in lines if line.index <= total.index]
            plain = (
                all(line.kind in ("item", "total") or (line.kind == "text" and not line.label) for line in before)
                and all(self.by_index[entry.line].kind == "item" for entry in entries)
                and len({self.by_index[entry.line].level for entry in entries}) == 1
                and all(entry.line in self.view.positions[positions[0]] for entry in entries)
            )
        for position in way.fails:
            slip = self._slip(total, position, summed) if plain else None
            sound = plain and self.cross[position].label and slip is not None
            if sound:
                yield self._check(total, position, summed, "fails", suggestion=slip or None)
            else:
                yield self._check(total, position, summed, "undecided", reason=_REASONS["structure"])

    def _alike(self, total: Line, position: int, way: _Way) -> bool:
        """Whether a position must add up as the others do, though no slip of the pen explains why it does not.

        At least two others do, with numbers in the very same lines; no words stand between the labels and it, which might be
        labels of its own (收入项目, 金额, 支出项目, 金额); and the gap is not what some of the lines come to that stand
        together, for they would be parts of another line then.
        """
        numbers = self.view.positions[position]
        filled = {entry.line for entry in way.entries if entry.line in numbers}
        same = [p for p in way.holds if {e.line for e in way.entries if e.line in self.view.positions[p]} == filled]
        if len(same) < _WITNESSES or len(way.fails) > 1:
            return False
        if not self.view.across and any(line.kind == "text" for line in self.view.cross if line.index < position):
            return False
        terms = [(e.sign, numbers[e.line]) for e in way.entries if e.line in numbers]
        if len(terms) > _MOST_TERMS:
            return False
        whole = numbers[total.index]
        gap = sum(sign * number.value for sign, number in terms) - whole.value
        slack = whole.slack + sum(number.slack for _, number in terms)
        for start in range(len(terms)):
            run = 0
            for sign, number in terms[start:]:
                run += sign * number.value
                if abs(abs(gap) - abs(run)) * 2 <= slack:
                    return False
        return True

    def _licensed(self, total: Line, position: int, entries: Sequence[Entry]) -> bool:
        """Whether a sum is off by no more than the footnote about rounding grants: one last digit for each figure in it."""
        numbers = self.view.positions[position]
        terms = [(e.sign, numbers[e.line]) for e in entries if e.line in numbers]
        whole = numbers[total.index]
        gap = sum(sign * number.value for sign, number in terms) - whole.value
        granted = sum(number.slack + 2 * number.step for number in (whole, *(number for _, number in terms)))
        return 2 * abs(gap) <= granted

    def _doubt(self, total: Line, position: int, entries: Sequence[Entry]) -> tuple[str | None, bool]:
        """Why a total that is off may still be right, and whether that outweighs a slip of the pen that would explain it.

        It may be a mean, or count but once what its parts share. Among small numbers some slip explains everything.
        """
        numbers = self.view.positions[position]
        whole = numbers[total.index]
        parts = [numbers[e.line].value for e in entries if e.line in numbers]
        line = self.cross[position] if not self.view.across else total
        if not line.label and not self.view.across:
            return _REASONS["structure"], True
        small = abs(whole.value) < _SMALL * whole.step
        if parts and min(parts) <= whole.value <= max(parts):
            return _REASONS["mean"], True
        if whole.slack == 0 and max(parts, default=0) <= whole.value < sum(parts):
            return _REASONS["shared"], small or _SHARED.search(line.label) is not None
        return None, False

    def _slip(self, total: Line, position: int, entries: Sequence[Entry]) -> str | None:
        """The one slip of the pen that explains a gap; empty where several would, None where none does."""
        numbers = self.view.positions[position]
        whole = numbers[total.index]
        terms = [(e.sign, numbers[e.line]) for e in entries if e.line in numbers]
        gap = sum(sign * number.value for sign, number in terms) - whole.value
        slack = whole.slack + sum(number.slack for _, number in terms)
        if len(terms) > _MOST_TERMS:
            terms = []
        candidates = [*terms, (-1, whole)]
        return one_slip(self.reading, candidates, gap, slack)

    def _check(
        self,
        total: Line,
        position: int,
        entries: Sequence[Entry],
        outcome: Outcome,
        *,
        severity: Severity = "error",
        reason: str | None = None,
        suggestion: str | None = None,
    ) -> Check:
        numbers = self.view.positions[position]
        whole = numbers[total.index]
        terms = [(e.sign, numbers[e.line]) for e in entries if e.line in numbers]
        computed = sum(sign * number.value for sign, number in terms)
        slack = sum(number.slack for _, number in terms)
        scale = 10 ** self.view.decimals(whole)
        if outcome == "holds" and computed != whole.value:
            outcome = "holds-rounded"
        stated = written(self.reading, whole.quantity)
        result = decimal(computed, self.view.decimals(whole), grouped="," in stated)
        sign = "=" if computed == whole.value else "≈" if outcome == "holds-rounded" else "≠"
        shown = sum_text(self.reading, [(s, n.quantity) for s, n in terms])
        middle = f" = {result}" if sign != "=" else ""
        share = self.cross[position].kind == "share" and not self.view.across
        message = ""
        if outcome == "fails":
            at = self._place(total.index, position)
            place = cell_name(self.reading.document, self.view.layout, self.view.table.number, at, self.lang)
            message = _MESSAGE[self.lang].format(place=place, total=stated, computed=result)
        return table_check(
            self.reading, "percent_total" if share else "table_total", outcome,
            {"part": [n.quantity for _, n in terms], "total": [whole.quantity]}, f"{shown}{middle} {sign} {stated}",
            (Fraction(computed, scale), Fraction(slack, 2 * scale), Fraction(whole.value, scale), Fraction(whole.slack, 2 * scale)),
            accused=whole.quantity, message=message, severity=severity, reason=reason, suggestion=suggestion,
            confirms=len(terms) > 1,
        )  # fmt: skip

    def _place(self, line: int, position: int) -> tuple[int, int]:
        return (position, line) if self.view.across else (line, position)


_SMALL = 100  # last digits; a smaller total agrees or fails by chance
_WITNESSES = 2
# 涉及村数, 惠及人数: one village or person may be counted in several rows
_SHARED = re.compile("涉及|覆盖|惠及|受益|带动|参与|服务|客户|用户|人次")
_MOST_MARKS = 40  # places at which a sum may naturally begin; of more the first and the last are kept
_MOST_TERMS = 60  # with more terms some slip would always explain a gap


class _Sum:
    """A sum at one position while its terms are added, held against its total."""

    __slots__ = ("mixed", "slack", "terms", "total", "value")

    def __init__(self, total: Number | None) -> None:
        self.total = total
        self.value = 0
        self.slack = 0 if total is None else total.slack
        self.terms = 0
        self.mixed = total is None

    def add(self, view: View, entry: Entry, position: int) -> None:
        if self.total is None:
            return
        number = view.positions[position].get(entry.line)
        if number is None:
            if view.says(entry.line, position):
                self.mixed = True
            return
        if number.unit != self.total.unit:
            self.mixed = True
        self.value += entry.sign * number.value
        self.slack += number.slack
        self.terms += number.value != 0

    @property
    def outcome(self) -> str | None:
        """None where nothing is added up, or words or other units stand among the terms."""
        if self.mixed or self.total is None or not self.terms:
            return None
        return "holds" if abs(self.value - self.total.value) * 2 <= self.slack else "fails"

    @property
    def digits(self) -> float:
        if self.total is None or self.terms < 2:
            return 0.0
        return strength(self.total.value, self.slack)


_MESSAGE = {
    "zh": "{place}为{total}，与各项之和{computed}不符",
    "en": "{place} is {total}, but its parts add up to {computed}",
}
_REASONS = {
    "structure": "表的结构不能确定哪些行（列）相加得此合计",
    "broken": "表中有断开的数字或没有名称的行，不能据以判断",
    "mean": "合计介于各项之间，可能是平均值",
    "shared": "合计小于各项之和，各项可能有重复计数",
}
