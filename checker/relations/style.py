"""How figures are written (GB/T 15835): off unless selected, for the facts are not touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from checker.checks import Check, Operand
from checker.checks.builder import build_check
from checker.document import Replacement
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES"]

# Words in front of and behind a figure that say the same twice, or two different things.
_ABOUT = ("约", "大约", "大概", "近", "将近", "接近")
_MORE = ("超", "超过", "逾", "突破", "高于", "多于", "至少", "不低于", "不少于")
_LESS = ("不到", "不足", "不超过", "低于", "少于", "至多", "最多")
_ABOUT_BEHIND = ("左右", "上下", "前后", "许")
_MORE_BEHIND = ("以上", "余", "多", "有余", "之多", "开外")
_LESS_BEHIND = ("以下", "以内", "之内")
_AGES = frozenset(["年", "月", "天", "周", "世纪"])  # 近30多年来: 近 is "recent"

_RANGE = pattern(
    r"(?P<low>\d[\d.,]*)(?P<sign>[%％‰]?)\s?[-—–~～－−至到]{1,2}\s?(?P<high>\d[\d.,]*)\s?(?P<size>万亿|[千百十]?[万亿])?"
)
# A number in digits of either width; one pattern for the mixed ones would begin again at every digit of a long number.
_EITHER_WIDTH = pattern(r"[0-9０-９][0-9０-９.．]*")
_HALF, _FULL = pattern(r"[0-9]"), pattern(r"[０-９]")
_PERCENT_POINT = pattern(r"\d[%％]个?百分点")

# 约30个左右, 超过60%以上, 不到30人以内: the words behind say just what the word in front says, and can go.
_SAME_TWICE = (
    (("约", "大约", "大概"), ("左右", "上下", "前后")),
    (("超", "超过", "逾", "突破", "高于", "多于", "至少", "不低于", "不少于"), ("以上",)),
    (("不到", "不足", "不超过", "低于", "少于", "至多", "最多"), ("以下", "以内", "之内")),
)
# Digits of either width and the full-width point, as half-width ones.
_HALF_WIDTH = {**{0xFF10 + digit: str(digit) for digit in range(10)}, ord("．"): "."}

Finder = Callable[[Reading], Iterator[Quantity | tuple[int, int]]]
Mender = Callable[[Reading, int, int], Replacement | None]


def _ranges_without_magnitude(reading: Reading) -> Iterator[Quantity]:
    """3-5万元: from 3元 or from 3万元?"""
    for quantity in reading.quantities:
        match = _range(reading, quantity)
        if match is not None and match["size"]:
            yield quantity


def _ranges_without_percent(reading: Reading) -> Iterator[Quantity]:
    """4-6%, where the first end lacks its sign."""
    for quantity in reading.quantities:
        match = _range(reading, quantity)
        behind = reading.document.folded[match.end() : match.end() + 1] if match is not None else ""
        if match is not None and behind in ("%", "‰") and not match["sign"]:
            yield quantity


def _range(reading: Reading, quantity: Quantity) -> re.Match[str] | None:
    if quantity.approximation != "range" or len(quantity.parts) != 2:
        return None
    return _RANGE.match(reading.document.folded, quantity.number_start, quantity.end)


def _approximated_twice(reading: Reading) -> Iterator[Quantity]:
    """近20余人, 约30个左右, 超过50%以上."""
    text = reading.document.folded
    for quantity in reading.quantities:
        if quantity.kind != "quantity" or quantity.start == quantity.number_start:
            continue
        before = text[quantity.start : quantity.number_start]
        behind = text[quantity.number_end : quantity.end]
        if before == "近" and quantity.unit is not None and quantity.unit.name in _AGES:
            continue
        if (
            (before in _ABOUT and (behind.endswith(_ABOUT_BEHIND + _MORE_BEHIND) or behind.startswith(("余", "多"))))
            or (before in _MORE and (behind.endswith(_MORE_BEHIND + _ABOUT_BEHIND) or behind.startswith(("余", "多"))))
            or (before in _LESS and behind.endswith(_LESS_BEHIND + _MORE_BEHIND + _ABOUT_BEHIND))
        ):
            yield quantity


def _mixed_widths(reading: Reading) -> Iterator[tuple[int, int]]:
    """１9.5: one number in full-width and half-width digits."""
    for match in _EITHER_WIDTH.finditer(reading.document.text):
        if _FULL.search(match.group()) and _HALF.search(match.group()):
            yield match.span()


def _percent_points(reading: Reading) -> Iterator[tuple[int, int]]:
    """3%个百分点."""
    for match in _PERCENT_POINT.finditer(reading.document.folded):
        yield match.span()


def _percent_added(reading: Reading, start: int, end: int) -> Replacement | None:
    """4-6%: the sign of the second end behind the first as well."""
    match = next((m for m in _RANGE.finditer(reading.document.folded, start, end)), None)
    if match is None:
        return None
    low, high = match.span("low")
    text = reading.document.text
    return Replacement(low, high, text[low:high] + text[match.end() : match.end() + 1])


def _once(reading: Reading, start: int, end: int) -> Replacement | None:
    """约30个左右: the words behind go where they mean the same; 近20余人 says two different things, and stays."""
    folded = reading.document.folded
    for before, behind in _SAME_TWICE:
        last = next((word for word in behind if folded.endswith(word, start, end)), None)
        first = next((word for word in sorted(before, key=len, reverse=True) if folded.startswith(word, start)), None)
        # The longest word in front decides: 不超过 is not 超过.
        if first is not None and last is not None:
            return Replacement(end - len(last), end, "")
    return None


def _half_width(reading: Reading, start: int, end: int) -> Replacement | None:
    """１9.5: the number in half-width digits."""
    return Replacement(start, end, reading.document.text[start:end].translate(_HALF_WIDTH))


def _without_percent(reading: Reading, start: int, end: int) -> Replacement | None:
    """3%个百分点: 百分点 can only mean points, so that the sign goes."""
    return Replacement(start + 1, start + 2, "")


def _rule(
    number: int,
    slug: str,
    title: tuple[str, str],
    message: tuple[str, str],
    find: Finder,
    fails: tuple[str, ...],
    silent: tuple[str, ...],
    mend: Mender | None = None,
) -> RelationRule:
    messages = dict(zip(("zh", "en"), message, strict=True))

    def check(reading: Reading, lang: str) -> Iterator[Check]:
        for found in find(reading):
            if isinstance(found, Quantity):
                start, end, operand = found.start, found.end, Operand("figure", found.id)
            else:
                start, end = found
                operand = Operand("figure", None, start, end)
            text = reading.document.text
            written = text[start:end]
            change = mend(reading, start, end) if mend is not None else None
            mended = change and text[start : change.start] + change.text + text[change.end : end]
            yield build_check(
                relation="style", outcome="fails", operands=(operand,), operator="=",
                expression=written, left=None, right=None, start=start, end=end, severity="info",
                message=messages[lang].format(written), confirms=False, replacement=change, certain=change is not None,
                suggestion=None if mended is None else f"{written} → {mended}",
            )  # fmt: skip

    return RelationRule(
        id=f"CK{number}", slug=slug, relation="style", severity="info", function=check,
        title=dict(zip(("zh", "en"), title, strict=True)),
        messages={lang: said.format("…") for lang, said in messages.items()}, fails=fails, silent=silent, default=False,
    )  # fmt: skip


RULES: tuple[RelationRule, ...] = (
    _rule(
        961, "range-without-magnitude", ("范围：两端都写“万”“亿”", "Both ends of a range carry 万 or 亿"),
        ("“{}”的起点没有写明“万”或“亿”", "the low end of {} lacks its 万 or 亿"), _ranges_without_magnitude,
        ("每户补助3-5万元。",), ("每户补助3万-5万元。", "每户补助3000-5000元。"),
    ),
    _rule(
        962, "range-without-percent", ("范围：两端都写百分号", "Both ends of a range carry the per cent sign"),
        ("“{}”的起点没有百分号", "the low end of {} lacks its per cent sign"), _ranges_without_percent,
        ("增长4-6%。",), ("增长4%-6%。", "气温4-6℃。"), _percent_added,
    ),
    _rule(
        963, "approximated-twice", ("约数不重复", "A figure is approximated once"),
        ("“{}”前后都有表示约数的词", "{} is approximated twice"), _approximated_twice,
        ("近20余人参加。", "约30个左右。", "超过60%以上。"), ("近20人参加。", "20余人参加。", "近30多年来变化很大。"), _once,
    ),
    _rule(
        964, "mixed-digit-widths", ("数字全角半角不混用", "One width of digits in a number"),
        ("“{}”混用全角和半角数字", "{} mixes full-width and half-width digits"), _mixed_widths,
        ("增长１9.5%。",), ("增长１９．５%。", "增长19.5%。"), _half_width,
    ),
    _rule(
        965, "percent-with-points", ("百分号与百分点不并用", "No per cent sign before 百分点"),
        ("“{}”并用百分号和“百分点”", "{} has both a per cent sign and 百分点"), _percent_points,
        ("提高3%个百分点。",), ("提高3个百分点。", "提高3%。"), _without_percent,
    ),
)  # fmt: skip
