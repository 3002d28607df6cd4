"""The same figure stated twice: headline and body, lead and detail.

Equal words before two figures prove little: most such pairs speak of another year, another place, a plan and its outcome. So
different values of one noun are left alone, and what is accused is a slip of the pen: two figures of like words whose digits differ
only by two that have changed places, or two pairs of figures of which one half agrees to the digit and the other nearly.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from checker.checks import Check, Operand
from checker.checks.builder import build_check, comparable, formula, make_check
from checker.checks.number_format import as_read
from checker.checks.slips import digits_of, swapped
from checker.language.lexicon import words_of
from checker.links.features import alike
from checker.links.headlines import LONGEST_HEADING, is_heading
from checker.links.repeats import is_of_series
from checker.links.wording import is_compared_behind, pairs_of
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_repeats"]

_SAME = formula("first == second")
_FEW = 4  # how many figures of one reading are compared; a figure stated more often than that is a constant of the text
_NUMBERS = pattern(r"\d+(?:\.\d+)?")  # of a range
_DIGITS = 3  # figures with fewer digits that count agree by chance
_MANY_DIGITS = 5  # two figures of so many differ by swapped ones once in 31 million characters of published text, where one is miswritten
_SMALL = frozenset(range(10 ** (_DIGITS - 1)))
_BEFORE, _BEHIND = 14, 8  # characters of the skeleton whose words tell what a figure measures
_RATES = frozenset(["[rate]", "[point]", "[multiple]", "[doubling]", "[time]", "[age]", "[score]", "[temperature]"])
_DATE_WORDS = 6  # characters before and behind a date that must be the same for it to be the same date
# 较上年增加26.51亿元: what has changed stands further off, and the words before are those of any change
_CHANGED = pattern(r"[比较][^，。\n]{0,8}(?:增加|增长|减少|下降|上升|提高|降低|多|少)了?$")
_APART = 60  # so far from each other two figures are no whole and part of one 其中
_NAME = 24  # characters on either side of a figure that show whether it belongs to a name
# | 甲镇 4687人 |: a cell says nothing by its own words, only by the heads of its row and column
_ROW_BEFORE, _ROW_BEHIND = pattern(r"\|[^|\n]*$"), pattern(r"[^|\n]*\|")
_NAME_OF_OCCASION = 5  # characters of the name of an occasion that two have to share
_OCCASION = pattern(r"[^\W\d_]{6}")  # 届图书博览会
_LEAD = 120  # characters of the paragraph below a heading in which its occasion is named
_SECTION = 1500  # characters below a heading in which its figures are looked for


class _Mention(NamedTuple):
    """A figure with its significant digits and its order of magnitude."""

    quantity: Quantity
    digits: str
    order: int


class _Around:
    """The words around figures, worked out for those that are compared."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.known: dict[int, frozenset[str]] = {}

    def shared(self, a: _Mention, b: _Mention) -> frozenset[str]:
        """The pairs of characters that stand around both figures."""
        return self.of(a.quantity) & self.of(b.quantity)

    def of(self, quantity: Quantity) -> frozenset[str]:
        """The pairs of characters that stand around one."""
        if quantity.id not in self.known:
            self.known[quantity.id] = _words(self.reading, quantity)
        return self.known[quantity.id]


def check_repeats(reading: Reading, lang: str) -> Iterator[Check]:
    """Figures stated twice, alike or with two digits changed round."""
    in_tables = {number for table in reading.tables for number in table.ids.values()}
    figures = [q for q in reading.quantities if q.id not in in_tables and _is_stated(q)]
    around = _Around(reading)
    buckets: dict[tuple[str, str, int, str], list[_Mention]] = defaultdict(list)
    for quantity in figures:
        unit = quantity.unit
        if unit is None or unit.dimension in _RATES or (quantity.step == 1 and quantity.value in _SMALL):
            continue
        mention = _mention(quantity)
        if mention is not None and len(mention.digits.rstrip("0")) >= _DIGITS:
            buckets[unit.dimension, unit.base, mention.order, "".join(sorted(mention.digits))].append(mention)
    for bucket in buckets.values():
        if len(bucket) > 1:
            own = (mention for mention in bucket if not _is_named(reading, mention.quantity))
            yield from _in_bucket(reading, list(islice(own, _FEW)), around, lang)
    yield from _twins(reading, lang)
    yield from _pairs(reading, lang)
    yield from _dates(reading, lang)
    yield from _beside_levels(reading, around, lang)
    yield from _headlines(reading, figures, around, lang)
    yield from _occasions(reading, lang)


def _is_stated(quantity: Quantity) -> bool:
    """Whether a figure has a value that is worth looking for elsewhere; 三个, 两名 are said in passing everywhere."""
    if quantity.kind != "quantity" or quantity.value is None or quantity.unit is None or quantity.value <= 0:
        return False
    return not (quantity.words and quantity.value < 10)


def _mention(quantity: Quantity) -> _Mention | None:
    """The figure with its digits; None where its value is no multiple of its last digit."""
    digits = digits_of(quantity)
    if digits is None or quantity.value is None:
        return None
    return _Mention(quantity, digits, len(str(int(quantity.value))))


def _is_named(reading: Reading, quantity: Quantity) -> bool:
    """Whether a figure numbers an occasion or is part of a name: 164期, 十二届, 105周年, 二十国集团, 【我这十年】; or fills a cell."""
    if quantity.surface in words_of("links", "occasions", "units"):
        return True
    text = reading.document.text
    before = text[max(0, quantity.start - _NAME) : quantity.start]
    behind = text[quantity.end : quantity.end + _NAME]
    if behind.startswith("集团") or (before.rfind("【") > before.rfind("】") and "】" in behind):
        return True
    return _ROW_BEFORE.search(before) is not None and _ROW_BEHIND.match(behind) is not None


def _words(reading: Reading, quantity: Quantity) -> frozenset[str]:
    """The pairs of characters before and behind a figure in its clause, without those that any figure may have."""
    place = reading.skeleton.place_of.get(quantity.id)
    if place is None:  # an ordinal, which the skeleton keeps as words
        text, place, end = reading.document.folded, quantity.start, quantity.end
    else:
        text, end = reading.skeleton.text, place + 1
    before = re.split("[，。；：！？\n]", text[max(0, place - _BEFORE) : place])[-1]
    behind = re.split("[，。；：！？\n\ue000-\ue0ff]", text[end : end + _BEHIND])[0]
    return pairs_of(before, behind)


def _in_bucket(reading: Reading, bucket: list[_Mention], around: _Around, lang: str) -> Iterator[Check]:
    """Figures whose digits are the same, perhaps in another order: each against the first that is like it."""
    for number, later in enumerate(bucket):
        for earlier in bucket[:number]:
            shared = around.shared(earlier, later)
            if earlier.digits == later.digits and (shared or len(later.digits.rstrip("0")) > _DIGITS):
                # 超过4079个 and 4079个 have the same digits, and yet may be two figures.
                yield _check(reading, earlier.quantity, later.quantity, lang, link=4, accuses=False)
                break
            if (
                len(shared) >= 2
                and swapped(earlier.digits, later.digits)
                and len(later.digits.rstrip("0")) < _MANY_DIGITS
                and _alike(reading, earlier, later)
                and not is_of_series(reading, earlier.quantity, later.quantity)
            ):
                yield _check(reading, earlier.quantity, later.quantity, lang, link=4)
                break


def _twins(reading: Reading, lang: str) -> Iterator[Check]:
    """Figures with so many digits that two that only differ by two swapped ones are one figure, whatever stands around them."""
    seen: dict[tuple[object, int, str], list[_Mention]] = defaultdict(list)
    for number in reading.skeleton.figures.values():
        quantity = reading.quantities[number]
        if quantity.kind != "quantity" or quantity.words or number in reading.cells or (quantity.value or 0) <= 0:
            continue
        mention = _mention(quantity)
        if mention is None or len(mention.digits.rstrip("0")) < _MANY_DIGITS:
            continue
        unit = None if quantity.unit is None else quantity.unit.base
        known = seen[unit, mention.order, "".join(sorted(mention.digits))]
        if any(earlier.digits == mention.digits for earlier in known) or len(known) >= _FEW:
            continue
        twin = next((earlier for earlier in known if swapped(earlier.digits, mention.digits)), None)
        if (
            twin is not None
            and not _in_one_sentence(reading, twin.quantity, quantity)
            and len({reading.claims[q.id].period for q in (twin.quantity, quantity)} - {None}) < 2
        ):
            yield _check(reading, twin.quantity, quantity, lang, link=4)
        known.append(mention)


def _in_one_sentence(reading: Reading, a: Quantity, b: Quantity) -> bool:
    start, end = reading.skeleton.sentence(reading.skeleton.place_of[a.id])
    return start <= reading.skeleton.place_of[b.id] < end


def _alike(reading: Reading, a: _Mention, b: _Mention) -> bool:
    """Whether nothing sets two figures apart: both written out, of one period, and neither a part of the other."""
    one, other = reading.claims[a.quantity.id].period, reading.claims[b.quantity.id].period
    if one is not None and other is not None and one != other:
        return False
    if any(m.quantity.approximation not in ("exact", "rounded") for m in (a, b)):
        return False
    if alike(*(reading.claims[m.quantity.id].metric for m in (a, b))) == "head":
        return False  # 高速公路总里程, 铁路运营总里程
    text = reading.document.text
    if all(
        text[q.start - 1 : q.start] in ("(", "（") and text[q.end : q.end + 1] in (")", "）")
        for q in (a.quantity, b.quantity)
    ):
        return False  # 第三层(12.5m), 第三层(21.5m): which of them it is, alone in brackets
    if is_compared_behind(reading.skeleton.text, reading.skeleton.place_of[b.quantity.id]):
        return False
    if _in_one_sentence(reading, a.quantity, b.quantity):
        return False  # 甲市有1446名、乙市有1464名: no sentence says one figure twice
    places = reading.skeleton.place_of
    if any(
        _CHANGED.search(reading.skeleton.text, max(0, places[m.quantity.id] - _BEFORE), places[m.quantity.id])
        for m in (a, b)
    ):
        return False
    between = reading.skeleton.text[places[a.quantity.id] : places[b.quantity.id]]
    return len(between) > _APART or "其中" not in between


def _pairs(reading: Reading, lang: str) -> Iterator[Check]:
    """1579户3182人 and 1579户3182名: two pairs of which one half agrees; the other half must agree too."""
    seen: dict[tuple[str, object], list[tuple[Quantity, Quantity]]] = defaultdict(list)
    for first, second in zip(reading.quantities, reading.quantities[1:], strict=False):
        if first.end != second.start or not (_counts(first) and _counts(second)) or first.unit == second.unit:
            continue
        for half, other in ((first, second), (second, first)):
            if half.unit is None or half.value is None or half.value < 100:
                continue
            known = seen[half.unit.dimension, half.value]
            for half_before, other_before in known[:_FEW]:
                if comparable(other, other_before) and _near(other, other_before):
                    yield _check(reading, half_before, half, lang, link=4)
                    yield _check(reading, other_before, other, lang, link=4)
                    break
            known.append((half, other))


def _dates(reading: Reading, lang: str) -> Iterator[Check]:
    """A full date said twice in the same words: the report of 2016年4月26日, cited again."""
    seen: dict[tuple[object, str], Quantity] = {}
    text = reading.document.text
    for quantity in reading.quantities:
        if quantity.kind != "date" or len(quantity.parts) != 3 or not all(quantity.parts):
            continue
        words = (
            text[max(0, quantity.start - _DATE_WORDS) : quantity.start]
            + text[quantity.end : quantity.end + _DATE_WORDS]
        )
        if len(words) < 2 * _DATE_WORDS or "|" in words or "\n\n" in words:
            continue
        first = seen.setdefault((quantity.parts, words), quantity)
        if first.id != quantity.id:
            yield build_check(
                relation="repeated_value", outcome="holds",
                operands=(Operand("first", first.id), Operand("second", quantity.id)), operator="=",
                expression=f"{as_read(text[first.start : first.end])} = {as_read(text[quantity.start : quantity.end])}", left=None, right=None,
                start=first.start, end=quantity.end, severity="warning", link=4, confirms=False,
                message=_MESSAGE[lang].format(first=as_read(text[first.start : first.end]), second=as_read(text[quantity.start : quantity.end])),
            )  # fmt: skip


def _beside_levels(reading: Reading, around: _Around, lang: str) -> Iterator[Check]:
    """Ranges, ranks and numbers without a unit that are said twice in like words: 增长6%—7%, 名列全省第三, 中间价报6.3168."""
    seen: dict[object, list[Quantity]] = defaultdict(list)
    text = reading.document.folded
    for quantity in reading.quantities:
        if quantity.id in reading.cells:
            continue
        least = _least_shared(quantity, text[quantity.start : quantity.end])
        if least is None or _is_named(reading, quantity):
            continue
        known = seen[quantity.kind, quantity.value, quantity.bounds, quantity.unit]
        for first in reversed(known[-_FEW:]):  # the nearest first
            if "。" not in text[first.end : quantity.start] and "\n" not in text[first.end : quantity.start]:
                continue
            if quantity.kind == "ordinal" and _counted_behind(text, first) != _counted_behind(text, quantity):
                continue
            if len(around.of(first) & around.of(quantity)) >= least:
                yield _agreeing(reading, first, quantity, 4)
                break
        known.append(quantity)


def _counted_behind(text: str, ordinal: Quantity) -> str:
    """The character behind an ordinal, which says of what it is one: 第三名, 第三批; none at the end of a clause."""
    behind = text[ordinal.end : ordinal.end + 1]
    return behind if behind.isalnum() else ""


def _least_shared(quantity: Quantity, written: str) -> int | None:
    """How many pairs of characters two figures of this kind and value share at least when they say one thing; None for other kinds."""
    if quantity.kind == "ordinal":
        return 3  # the first few are said of everything
    if quantity.kind != "quantity":
        return None
    if quantity.approximation == "range":
        # Two numbers agree. A range of three digits together is the same wherever it stands: of 300 in published text none stands a step beside another.
        return 0 if _range_digits(written) >= _DIGITS else 1
    if quantity.unit is not None or quantity.value is None:
        return None
    digits = len((digits_of(quantity) or "").rstrip("0"))
    if digits < _DIGITS:
        return None
    return 2 if digits == _DIGITS else 1


def _range_digits(written: str) -> int:
    """How many significant digits the two ends of a range have together.

    >>> _range_digits("6.5%—7%"), _range_digits("20至30人")
    (3, 2)
    """
    return sum(len(number.replace(".", "").strip("0")) for number in _NUMBERS.findall(written))


def _counts(quantity: Quantity) -> bool:
    return (
        quantity.kind == "quantity"
        and quantity.unit is not None
        and quantity.unit.counted
        and quantity.approximation == "exact"
    )


def _near(a: Quantity, b: Quantity) -> bool:
    """Equal, or as long and different in at most two digits."""
    x, y = str(a.value), str(b.value)
    return len(x) == len(y) >= 2 and sum(p != q for p, q in zip(x, y, strict=True)) <= 2


def _headlines(reading: Reading, figures: list[Quantity], around: _Around, lang: str) -> Iterator[Check]:
    """The figures of headings against the text below them; only what agrees is told."""
    headings = [b for b in reading.document.blocks if b.kind == "heading"]
    first = reading.document.blocks[0] if reading.document.blocks else None
    if first is not None and first.kind != "heading" and first.end - first.start <= 80:
        headings.insert(0, first)
    at = 0
    ends = [h.start for h in headings[1:]] + [len(reading.document.text)]
    for order, heading in enumerate(headings):
        while at < len(figures) and figures[at].start < heading.start:
            at += 1
        number = at
        while number < len(figures) and figures[number].start < heading.end:
            # The title speaks of the whole text, another heading of what stands up to the next.
            stop = heading.end + _SECTION if order == 0 else min(heading.end + _SECTION, ends[order])
            yield from _below(reading, figures, number, heading.end, stop, around, lang)
            number += 1


def _below(
    reading: Reading, figures: list[Quantity], number: int, end: int, stop: int, around: _Around, lang: str
) -> Iterator[Check]:
    head, found = _mention(figures[number]), 0
    if head is None or _is_named(reading, head.quantity):
        return
    for quantity in islice(figures, number + 1, None):
        if quantity.start > stop:
            return
        if quantity.start < end or not comparable(head.quantity, quantity):
            continue
        if not _about(head.quantity, quantity):
            continue
        later = _mention(quantity)
        if later is None:
            continue
        shared = around.shared(head, later)
        exact = head.digits == later.digits and len(head.digits.rstrip("0")) >= _DIGITS - 1
        if not shared and not (exact and head.quantity.step >= 10**6):
            continue
        if (exact or (shared and _rounds(head.quantity, quantity))) and not _is_named(reading, quantity):
            yield _check(reading, head.quantity, quantity, lang, link=4, accuses=False)
            found += 1
            if found == _FEW:
                return


def _occasions(reading: Reading, lang: str) -> Iterator[Check]:
    """The number of an occasion in a heading and in the paragraph below: 第16届图书博览会闭幕, and 第61届图书博览会今天闭幕."""
    text = reading.document.folded
    ordinals = [
        q for q in reading.quantities if q.kind == "ordinal" and q.value is not None and q.id not in reading.cells
    ]
    starts = [q.start for q in ordinals]
    for first in ordinals:
        start = text.rfind("\n", max(0, first.start - LONGEST_HEADING), first.start) + 1
        end = text.find("\n", first.end, first.end + LONGEST_HEADING)
        if end < 0 or (not start and first.start > LONGEST_HEADING) or not is_heading(text[start:end].strip()):
            continue
        lead = _line_after(text, end)
        stop = text.find("\n", lead, lead + _LEAD)
        stop = stop if stop >= 0 else lead + _LEAD
        below = ordinals[bisect_left(starts, lead) : bisect_left(starts, stop)]
        same = [q for q in below if _occasion(text, q) == _occasion(text, first)]
        if same and all(q.value != first.value for q in below) and _OCCASION.fullmatch(_occasion(text, first)):
            one, other = (as_read(text[q.start : q.end]) for q in (first, same[0]))
            yield build_check(
                relation="repeated_value", outcome="fails", operands=(Operand("first", first.id), Operand("second", same[0].id)),
                operator="=", expression=f"{one} ≠ {other}", left=first.interval, right=same[0].interval, start=first.start,
                end=same[0].end, severity="warning", link=4, message=_MESSAGE[lang].format(first=one, second=other),
            )  # fmt: skip


def _line_after(text: str, end: int) -> int:
    """Where the next line that is not blank begins."""
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _occasion(text: str, ordinal: Quantity) -> str:
    """What an ordinal is one of: the last character of it, and the first few of the name behind it."""
    return text[ordinal.end - 1 : ordinal.end + _NAME_OF_OCCASION]


def _about(a: Quantity, b: Quantity) -> bool:
    """Whether two values are within a twentieth of each other, as nearly as floating-point numbers tell."""
    if a.value is None or b.value is None or a.unit is None or b.unit is None:
        return False
    x, y = float(a.value) * float(a.unit.factor), float(b.value) * float(b.unit.factor)
    return abs(x - y) * 20 <= max(x, y) * (1 + 1e-9)


def _rounds(a: Quantity, b: Quantity) -> bool:
    """Whether what the two writings stand for overlaps; of two figures of one precision only the same one does (16.9%, 16.8%)."""
    if a.step == b.step and a.value != b.value and a.bounds is None is b.bounds:
        return False
    return a.unit is not None and b.unit is not None and a.unit.factor == b.unit.factor and a.interval.meets(b.interval)


def _check(reading: Reading, first: Quantity, second: Quantity, lang: str, *, link: int, accuses: bool = True) -> Check:
    if first.value == second.value and first.unit == second.unit and first.approximation == second.approximation:
        return _agreeing(reading, first, second, link)
    slots = {"first": (first,), "second": (second,)}
    return make_check(
        reading, "repeated_value", _SAME, slots, _MESSAGE[lang], severity="warning", link=link, accuses=accuses
    )


def _agreeing(reading: Reading, first: Quantity, second: Quantity, link: int) -> Check:
    """Two writings of one value: nothing to work out, and by far the most frequent case."""
    text = reading.document.text
    return build_check(
        relation="repeated_value", outcome="holds",
        operands=(Operand("first", first.id), Operand("second", second.id)), operator="=",
        expression=f"{as_read(text[first.start : first.end])} = {as_read(text[second.start : second.end])}", left=first.interval,
        right=second.interval, start=first.start, end=second.end, severity="warning", link=link,
    )  # fmt: skip


_MESSAGE = {
    "zh": "前文为{first}，此处为{second}，似为同一数字，请核对",
    "en": "{first} before, {second} here: it seems to be one figure",
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK641",
        slug="figure-stated-twice",
        relation="repeated_value",
        severity="warning",
        function=check_repeats,
        title={"zh": "同一数字前后两次写出", "en": "One figure stated twice"},
        messages={"zh": "同一数字前后不一致", "en": "one figure stated with two values"},
        fails=(
            "全县教师离职人数达到4687人。报告指出，教师离职人数达到4678人，为近年最多。",
            "全县实现1579户3182人脱贫。经核查，1597户3182人达到退出标准。",
            "今天汇率中间价报6.2445，首次突破关口。\n\n交易员说，中间价报6.2454说明预期转变。",
            "第16届城东图书博览会闭幕\n第61届城东图书博览会今天闭幕，来自54个国家和地区的参展商到会。",
        ),
        holds=("全县教师离职人数达到4687人。报告指出，教师离职人数达到4687人，为近年最多。",),
        silent=(
            "甲行手续费收入较上年增加26.51亿元，增长18%。乙行折旧费用较上年增加26.15亿元，增长56%。",
            "2019年全县粮食产量4687吨。2020年全县粮食产量4678吨。",
            "第13届城东冬运会闭幕\n本报讯，第13届城东冬运会今天闭幕。第14届城东冬运会将于四年后举行。",
            "甲苑一套实用面积574呎，售820万元。乙苑一套实用面积754呎，售930万元。丙苑一套实用面积631呎，丁苑一套实用面积842呎。",
            "第12届会议选出164期杂志。第12届会议后164期杂志停刊。",
            "二十国集团峰会开幕。二十国集团峰会发表公报。",
            "改造旧房118套，新建厂房181栋。",
            "全省高速公路总里程4718公里。铁路运营总里程达4781公里。",
            "甲市有失联个案146名、乙市有失联个案164名。",
            "要求详见须知表11.31款。\n提交须知表13.11款规定的保证金。",
            "安装第三层平台(12.5m)。\n安装第三层平台(21.5m)。",
            "追踪超过4079个密切接触者。报告指出，密切接触者4079个，检测呈阴性。",
            "全县粮食产量4687吨，出售化肥4678吨。",
            "甲平台成交21346笔，乙平台成交21436笔。",
            "全年处理干部13100人次。其中，第一种形态处理干部11300人次。",
            "2023年，全县种粮大户为320户，比上年增加20户。全县家庭医生签约服务团队为186个。\n\n回头看，2022年全县家庭医生签约服务团队为168个。",
        ),
    ),
)
