"""Text for a page: nothing of an article, a file name or a message is ever markup, and numbers as people read them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from checker.arithmetic.interval import Interval, Rational
from checker.report.numbers import decimal_string, high_string, low_string
from checker.sources.messages import Lang

__all__ = ["data_json", "escape", "grouped", "interval_words", "value_words", "visible"]

# Control characters have no place in HTML, and overrides of direction would reorder the figures beside them.
_UNSEEN = {
    code: chr(code).encode("unicode_escape").decode("ascii")
    for code in (*range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}  # fmt: skip
_ESCAPES: Mapping[int, str] = {
    **_UNSEEN, ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;",
}  # fmt: skip
_MANY_DIGITS = 60  # of a longer number the ends tell enough


def visible(text: str) -> str:
    """A text with its control characters spelt out.

    >>> visible("收入\\x1b[2J")
    '收入\\\\x1b[2J'
    """
    return text if text.isprintable() else text.translate(_UNSEEN)


def escape(text: str) -> str:
    """A text as it stands in HTML, between tags or in a quoted attribute.

    >>> escape('</script><img onerror="1">')
    '&lt;/script&gt;&lt;img onerror=&quot;1&quot;&gt;'
    """
    return text.translate(_ESCAPES)


def data_json(value: object) -> str:
    """A value as JSON that may stand inside a script element: no ``<`` in it, so nothing that could end the element.

    >>> data_json("</script>")
    '"\\\\u003c/script>"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def grouped(number: str) -> str:
    """A decimal string with its thousands parted; a very long one with its middle left out.

    >>> grouped("-12345678.9012"), grouped("2018.5")
    ('-12,345,678.9012', '2,018.5')
    """
    whole, point, rest = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(digits) + len(rest) > _MANY_DIGITS:
        return f"{number[:20]}…{number[-8:]}"
    head = len(digits) % 3
    parts = [digits[:head]] * bool(head) + [digits[at : at + 3] for at in range(head, len(digits), 3)]
    return f"{sign}{','.join(parts)}{point}{rest}"


def interval_words(interval: Interval, lang: Lang) -> str:
    """An interval in words; nothing where any value will do.

    >>> interval_words(Interval(2149, 2151), "zh"), interval_words(Interval(3, None, False, False), "en")
    ('2,149 至 2,151', 'more than 3')
    >>> interval_words(Interval(124_855_000_000, 124_865_000_000), "zh")
    '1,248.55亿 至 1,248.65亿'
    """
    low, high = (_scaled(end, lang) for end in (low_string(interval.low), high_string(interval.high)))
    if low is not None and high is not None:
        excluded = "（不含）" if lang == "zh" else " (excluded)"
        opening, closing = ("" if closed else excluded for closed in (interval.low_closed, interval.high_closed))
        return f"{low}{opening} {'至' if lang == 'zh' else 'to'} {high}{closing}"
    if low is not None:
        words = ("不少于", "at least") if interval.low_closed else ("多于", "more than")
        return f"{words[lang == 'en']} {low}"
    if high is not None:
        words = ("不多于", "at most") if interval.high_closed else ("少于", "less than")
        return f"{words[lang == 'en']} {high}"
    return ""


def _scaled(number: str | None, lang: Lang) -> str | None:
    """A decimal string grouped; in Chinese with 亿 or 万 where the number is large."""
    if number is None:
        return None
    whole, _, rest = number.partition(".")
    digits = whole.lstrip("-")
    if lang == "en" or len(digits) < 5 or len(digits) + len(rest) > _MANY_DIGITS:
        return grouped(number)
    places, unit = (8, "亿") if len(digits) > 8 else (4, "万")
    sign = "-" if whole.startswith("-") else ""
    fraction = f"{digits[-places:]}{rest}".rstrip("0")
    return grouped(f"{sign}{digits[:-places]}{'.' if fraction else ''}{fraction}") + unit


def value_words(value: Rational) -> str:
    """A value with its thousands parted."""
    return grouped(decimal_string(value))
