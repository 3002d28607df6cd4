"""Dates and times of workbooks: serial numbers as a reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from checker.sources.workbook.formatcodes import Token

__all__ = ["Moment", "dated"]

_LAST_DAY = 2_958_466  # the first serial number beyond 9999-12-31
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_WEEKDAYS = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Moment(NamedTuple):
    """A day and a time of day, and the days that passed since the epoch."""

    when: datetime
    days: Decimal

    @classmethod
    def of(cls, serial: Decimal, since_1904: bool) -> Moment | None:
        """The moment of a serial number; None for one that Excel has no date for."""
        if not 0 <= serial < _LAST_DAY - (1462 if since_1904 else 0):
            return None
        # Excel has a 29 February 1900; before it, its days are one ahead.
        epoch = _EPOCH_1904 if since_1904 else _EPOCH + timedelta(days=serial < 60)
        seconds = int((serial * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
        return cls(epoch + timedelta(seconds=seconds), serial)


def dated(tokens: Sequence[Token], moment: Moment) -> str:
    """A moment as the tokens of a date or a time write it."""
    when = moment.when
    half_day = any(token.kind == "noon" for token in tokens)
    out: list[str] = []
    fraction = False
    for token in tokens:
        if token.kind == "date":
            out.append(_date_part(token.text, when, half_day))
        elif token.kind == "minute":
            out.append(str(when.minute).rjust(len(token.text), "0"))
        elif token.kind == "elapsed":
            per_day = {"h": 24, "m": 1440, "s": 86400}[token.text[0]]
            out.append(str(int(moment.days * per_day + Decimal("1e-6"))).rjust(len(token.text), "0"))
        elif token.kind == "noon":
            first, second = token.text.split("/")
            out.append(first if when.hour < 12 else second)
        elif token.kind in ("point", "digit"):  # ss.0: parts of a second are of no interest here
            fraction = fraction or token.kind == "point"
            if not fraction:
                out.append(token.text)
        elif token.kind != "text":
            out.append(token.text)
    return "".join(out).strip()


def _date_part(code: str, when: datetime, half_day: bool) -> str:
    letter, length = code[0], len(code)
    if letter == "y":
        return f"{when.year % 100:02d}" if length <= 2 else f"{when.year:04d}"
    if letter == "a":
        return ("星期" if length == 4 else "") + _WEEKDAYS[when.weekday()]
    if letter == "m" and length > 2:
        name = _MONTHS[when.month - 1]
        return name if length == 4 else name[: 3 if length == 3 else 1]
    if letter == "d" and length > 2:
        return _DAYS[when.weekday()] if length > 3 else _DAYS[when.weekday()][:3]
    hour = ((when.hour + 11) % 12) + 1 if half_day else when.hour
    number = {"m": when.month, "d": when.day, "h": hour, "s": when.second}[letter]
    return str(number).rjust(length, "0")
