"""How a text writes its figures, as its other places show: its calendar, its dollar, the days that name events, the articles of laws."""

from __future__ import annotations

import re
from functools import cached_property

from checker.document.folding import is_traditional
from checker.language.lexicon import words_of
from checker.patterns import pattern

__all__ = ["Habits"]

_EVENT_DAY = pattern(r"(?<![\d.])(\d{1,2}\.\d{1,2})[^，。；\d]{0,4}(?:" + "|".join(words_of("figures", "events")) + ")")
_DAYS_WITH_HAO = pattern(r"(?<!\d)(?:[12]\d|3[01]|[1-9])(?:" + "|".join(words_of("figures", "days", "telling")) + ")")
_GROUPED, _MANY = pattern(r"\d,\d{3}(?!\d)"), 30
_LONGEST_DAY = len("12.31")


class Habits:
    """What one text keeps to; each part is looked up when a figure first asks for it.

    `source` is the text as it is written, `text` the folded one.
    """

    def __init__(self, source: str, text: str) -> None:
        self._source, self._text = source, text

    @cached_property
    def traditional(self) -> bool:
        """Whether the text is written in Traditional characters."""
        return is_traditional(self._source)

    @cached_property
    def republic(self) -> bool:
        """Whether its years of two digits count from 1912: it names that calendar, or places of Taiwan and never Hong Kong.

        It is so in Traditional characters alone.
        """
        if self._names("republic") == 0:
            places = words_of("figures", "republic", "places")
            if not any(place in self._text for place in places) or self._names("hongkong"):
                return False
        return self.traditional  # last, for it looks for many characters

    @cached_property
    def dollar(self) -> str:
        """The unit that $ alone stands for."""
        if not self.traditional:
            return words_of("figures", "abroad", "dollar")[0]
        place = max(("hongkong", "taiwan", "abroad"), key=self._names)
        return words_of("figures", place, "dollar")[0]

    def is_event(self, digits: str, *, named: bool) -> bool:
        """Whether a decimal is a day that an event is known by: 7.21, where 7.21事件 stands too.

        Where it stands before a name (`named`), a day that the text gives in full is enough: 10.1荃湾, where 10月1日 stands too.
        """
        return len(digits) <= _LONGEST_DAY and (digits in self._events or (named and self._gives(digits)))

    def is_article(self, number: str) -> bool:
        """Whether 23条 is an article of a law that the text speaks of: 23条立法, 基本法23条."""
        named = any(form.format(number) in self._text for form in words_of("figures", "articles"))
        return named and self.traditional  # last, for it looks for many characters

    @cached_property
    def days_with_hao(self) -> bool:
        """Whether it dates its news by days with 号: 当地时间5号, 12号表示."""
        return _DAYS_WITH_HAO.search(self._text) is not None

    @cached_property
    def groups(self) -> bool:
        """Whether it writes its thousands with commas, as reports of companies do."""
        return len(_GROUPED.findall(self._text)) >= _MANY

    @cached_property
    def _events(self) -> frozenset[str]:
        return frozenset(_EVENT_DAY.findall(self._text))

    def _gives(self, digits: str) -> bool:
        month, _, day = digits.partition(".")
        (form,) = words_of("figures", "events", "day")
        return re.search(rf"(?<!\d){form.format(month, day)}", self._text) is not None

    def _names(self, place: str) -> int:
        return sum(map(self._text.count, words_of("figures", place)))
