"""Parts and wholes that stand apart: 累计 against this year's, 全国共有 against those of them that 退出."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from checker.checks import Check
from checker.checks.builder import figures_between, formula, make_check
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_wholes"]

_WITHIN = formula("part <= total")
# 全国共有832个贫困县 · 全县共有21个 · 分布在22个省区市: the figure of everything there is
_ALL = pattern(r"(?:全[国省市县区州乡镇村校]\w{0,2}(?:共有|现有|共)|共有|分布在|涉及)$")
_LAST_OF_ALL = frozenset("有共在及")  # what these words end in: a cheap first look
# 780个贫困县退出 · 47个贫困村脱贫 · 15个省区市的…全部摘帽: some of them
_SOME = pattern(r"(?:退出|脱贫|出列|摘帽|受益|受灾|获批|达标|率先|实现|完成|的[^，。；]{0,6}全部)")
# 农村饮水安全工程累计建设2297处
_CUMULATIVE = pattern(r"累计[^\W\d_]{0,4}[\ue000-\ue0ff]")
_LONG_NOUN = pattern(r"[^\W\d_]{6}$")
_NOUN_AND_VERB = 25  # characters behind a figure that may hold its noun and what is said of it
_FAR = 600  # characters of the skeleton between a whole and its part
_LONG = 6  # characters that a noun must have to stand for one thing in two sentences


def check_wholes(reading: Reading, lang: str) -> Iterator[Check]:
    """Counts of one noun: some of them against all of them, a year's against the cumulative."""
    text = reading.skeleton.text
    if "累计" in text:
        yield from _cumulative(reading, lang)
    if "共有" in text or "分布在" in text:
        yield from _everything(reading, lang)


def _everything(reading: Reading, lang: str) -> Iterator[Check]:
    """全国共有832个贫困县 … 780个贫困县退出: by the noun behind both."""
    text = reading.skeleton.text
    known: dict[str, list[tuple[Quantity, int, str]]] = defaultdict(list)
    for quantity in reading.quantities:
        unit = quantity.unit
        if quantity.kind != "quantity" or unit is None or not unit.counted or quantity.value is None:
            continue
        place = reading.skeleton.place_of[quantity.id]
        behind = text[place + 1 : place + _NOUN_AND_VERB]
        for whole, at, name in known[unit.name]:
            if place - at < _FAR and behind.startswith(name) and _SOME.match(behind, len(name)):
                yield make_check(
                    reading, "part_le_whole", _WITHIN, {"total": (whole,), "part": (quantity,)}, _MESSAGE[lang],
                    severity="warning", link=3, confirms=False, accuses=_one_holder(reading, whole, quantity),
                )  # fmt: skip
                break
        else:
            if text[place - 1 : place] in _LAST_OF_ALL and _ALL.search(text, max(0, place - 8), place):
                noun = reading.claims.head(quantity.id) or ""
                if len(noun) >= 3 or not unit.generic:
                    known[unit.name].append((quantity, place, noun))


def _one_holder(reading: Reading, a: Quantity, b: Quantity) -> bool:
    """Whether both are said of one place: the whole of a country is none of a county's parts."""
    return reading.claims[a.id].holder == reading.claims[b.id].holder


def _cumulative(reading: Reading, lang: str) -> Iterator[Check]:
    """新建饮水工程355处，…饮水工程累计建设2297处: counts of one long noun in one sentence."""
    text = reading.skeleton.text
    for word in _CUMULATIVE.finditer(text):
        noun = _LONG_NOUN.search(text, max(0, word.start() - _LONG), word.start())
        total = reading.quantities[reading.skeleton.figures[word.end() - 1]]
        if noun is None or total.kind != "quantity" or total.unit is None or not total.unit.counted:
            continue
        start, _ = reading.skeleton.sentence(word.start())
        for place, part in figures_between(reading, start, word.start()):
            if part.unit == total.unit and text.endswith(noun[0], start, place):
                yield make_check(
                    reading, "part_le_whole", _WITHIN, {"total": (total,), "part": (part,)}, _MESSAGE[lang],
                    severity="warning", link=2, confirms=False,
                )  # fmt: skip


_MESSAGE = {"zh": "部分{part}大于总数{total}", "en": "a part of {part} is greater than its whole {total}"}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK105",
        slug="part-of-stated-whole",
        relation="part_le_whole",
        severity="warning",
        function=check_wholes,
        title={
            "zh": "同一名词：部分与全部、当年与累计",
            "en": "One noun: some against all, a year against the cumulative",
        },
        messages={"zh": "部分大于全部，或当年大于累计", "en": "a part exceeds its whole"},
        fails=(
            "全国共有832个贫困县。五年来，全国共有1249个贫困县退出序列。",
            "全年新建农村饮水安全工程3446处，全市农村饮水安全工程累计建设2297处。",
        ),
        holds=("全国共有832个贫困县。五年来，全国共有780个贫困县退出序列。",),
        silent=(
            "全县共有21个贫困村。全市有235个行政村通了客车。",
            "全年新建水厂36处，农村公路累计建设12处。",
        ),
    ),
)
