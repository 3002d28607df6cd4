"""A count and the sections that follow it: 三个方面：一是…二是…三是…; 六个亮点, then headings 一、 to 六、; “四个强化”, then 强化….

Only a chain of ordinals that directly follows its count, and a list of lines right below it, are ever called too long or too short;
headings and the heads of sentences confirm where exactly as many are found, for a text may be cut, or go on to something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from checker.arithmetic.interval import exactly
from checker.checks import Check, Operand, Outcome
from checker.checks.builder import build_check
from checker.language.lexicon import section_of, words_of
from checker.patterns import pattern
from checker.reading import Reading
from checker.relations.counting import Count, counts_of
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_sections"]

_NUMERALS = "一二三四五六七八九十"
_BOUNDARIES = "，。：；—\n “*"
_STEP = 1500  # characters in which the next ordinal must come
_NEAR = 24  # characters between a count and its first ordinal
_ABOVE = 200  # characters above the first heading in which its count must stand
_MOST = 20
_STOP, _STOPS = "。", frozenset("。；！？”）")
_OFTEN = 40  # times that a label's noun is looked at
_REACH = 6000  # characters in which the sections of a label must begin
_CLOSE = 12  # characters between a count and the first of its sections, within which it can hardly count anything else
_LINE_HEAD = pattern(r"\n[ \t*#]*(?P<open>（?)(?P<numeral>[一二三四五六七八九十])[、）]")
_COLON_HEAD = pattern(r"\w{2,10}：")
_CLAUSE_END = pattern("[，。：；！？\n]")
_LABEL = pattern("“[一二两三四五六七八九十]")
_MEASURE = pattern("[个项大种类篇条级支件方本]")


@cache
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return pattern(section_of("sections", section)[key])


@cache
def _items() -> tuple[re.Pattern[str], ...]:
    """What begins a line of a list; lines of the first kind bear no number."""
    return tuple(map(pattern, words_of("sections", "lines", "items")))


def check_sections(reading: Reading, lang: str) -> Iterator[Check]:
    """The counts of a text against the ordinals, headings and heads of sentences behind them."""
    text = reading.skeleton.text
    forms = [form for form in words_of("sections", "ordinals", "forms") if form.format("二") in text]
    firsts = [form.format("一") for form in forms]
    chains = _numbered(text)
    heads = [chain[0] for chain in chains]

    def wanted(start: int, end: int) -> bool:
        if text[start : start + 1] == "“":
            return True
        ahead = text[end : end + _NEAR + 2]
        number = bisect_left(heads, end)
        return any(map(ahead.__contains__, firsts)) or (number < len(heads) and heads[number] - end < _ABOVE)

    counts = sorted(
        (c for c in reading.once(counts_of) if c.value <= _MOST and wanted(c.start, c.end) and c.exact),
        key=lambda c: c.end,
    )
    ends = [count.end for count in counts]
    found: list[Check] = []
    for form in forms:
        found += _ordinals(reading, counts, ends, form, lang)
    for chain in chains:
        found += _headings(reading, counts, ends, chain, lang)
    for count in counts:
        if count.quoted and not count.figure and count.value > 2:
            found += _heads(reading, count, lang)
    yield from found
    told = {check.operands[0] for check in found}
    for count in reading.once(counts_of):
        if count.value <= _MOST and count.exact and count.operand not in told:
            yield from _lines(reading, count, lang)


def _ordinals(reading: Reading, counts: Sequence[Count], ends: Sequence[int], form: str, lang: str) -> Iterator[Check]:
    """一是…二是…三是… against the count right before 一是."""
    text = reading.skeleton.text
    first = form.format("一")
    place = text.find(first)
    while place >= 0:
        following = text.find(first, place + 1)
        before = bisect_right(ends, place) - 1
        count = counts[before] if before >= 0 else None
        if form[0] == "第" and text[max(0, place - 1)] not in _BOUNDARIES:
            count = None  # 居全国第一，
        if (
            count is not None
            and place - count.end <= _NEAR
            and _pattern("ordinals", "between").fullmatch(text, count.end, place)
        ):
            limit = following if following >= 0 else len(text)
            chain = _chain(text, place, limit, form)
            if abs(len(chain) - count.value) <= 1 or place - count.end <= _CLOSE:
                yield from _against(reading, count, chain, len(first), limit, lang)
        place = following


def _chain(text: str, place: int, limit: int, form: str) -> list[int]:
    """The places of the ordinals from the first on, each not far behind the one before."""
    chain = [place]
    for numeral in _NUMERALS[1:]:
        place = text.find(form.format(numeral), place + 1, min(limit, place + _STEP))
        if place < 0:
            break
        chain.append(place)
    return chain


def _against(
    reading: Reading, count: Count, chain: Sequence[int], length: int, limit: int, lang: str
) -> Iterator[Check]:
    text = reading.skeleton.text
    if len(chain) < 2:
        return
    outcome: Outcome = "holds" if len(chain) == count.value else "undecided"
    paragraph = text.find("\n", chain[-1], limit)
    # The next ordinal may stand in another form, or farther on: 第一，…第二，…第三…
    goes_on = len(chain) < len(_NUMERALS) and _continues(text, chain[-1] + length, _NUMERALS[len(chain)])
    cut = (paragraph < 0 or limit - paragraph < 2) and text.rstrip()[-1:] not in _STOPS
    goes_on = (
        goes_on
        or cut
        or _pattern("ordinals", "rests").search(text, chain[-1], paragraph if paragraph >= 0 else limit) is not None
    )
    if len(chain) < count.value and (
        len(chain) == len(_NUMERALS) or text.count(_STOP, chain[-1], paragraph if paragraph >= 0 else limit) > 1
    ):
        goes_on = True  # 十一是…, or in words of its own: 最乐观的看法则是…
    if outcome != "holds" and not (len(chain) < count.value and goes_on):
        outcome = "fails"
    yield _check(reading, count, [(place, place + length) for place in chain], outcome, lang)


def _continues(text: str, start: int, numeral: str) -> bool:
    """Whether another ordinal of this numeral stands anywhere behind."""
    return any(
        text.find(mark, start, start + _REACH) >= 0
        for mark in (f"第{numeral}", f"{numeral}是", f"{numeral}则", f"其{numeral}", f"{numeral}、", f"；{numeral}")
    )


def _numbered(text: str) -> list[list[int]]:
    """The runs of headings 一、 二、 三、 (or （一） （二） （三）) at the starts of lines, from 一 as far as they go on; in text order."""
    if "一、" not in text and "一）" not in text:
        return []
    open_runs: dict[str, list[int]] = {}
    runs: list[list[int]] = []
    for head in _LINE_HEAD.finditer(text):
        style = "（" if head["open"] else "、"
        run = open_runs.get(style)
        if head["numeral"] == "一":
            open_runs[style] = [head.start("open")]
            runs.append(open_runs[style])
        elif run is not None and len(run) < len(_NUMERALS) and _NUMERALS[len(run)] == head["numeral"]:
            run.append(head.start("open"))
        else:
            open_runs.pop(style, None)
    return [run for run in runs if len(run) > 2]


def _headings(
    reading: Reading, counts: Sequence[Count], ends: Sequence[int], chain: Sequence[int], lang: str
) -> Iterator[Check]:
    """A run of headings against a count of as many in the paragraph above them."""
    text = reading.skeleton.text
    line = text.rfind("\n", 0, chain[0])
    above = text.rfind("\n", max(0, chain[0] - _ABOVE), len(text[max(0, line - 4) : line].rstrip()) + max(0, line - 4))
    for number in range(bisect_right(ends, chain[0]) - 1, -1, -1):
        count = counts[number]
        if count.start < max(above, chain[0] - _ABOVE):
            return
        if count.value == len(chain) and not count.quoted:
            yield _check(reading, count, [(place, place + 2 + (text[place] == "（")) for place in chain], "holds", lang)
            return


def _lines(reading: Reading, count: Count, lang: str) -> Iterator[Check]:
    """以下三项措施： and lines right below it that begin with a mark or are numbered from one on."""
    text = reading.skeleton.text
    announced = _pattern("lines", "announced").match(text, count.end)
    if announced is None or count.surface in (
        *words_of("links", "persons", "units"),
        *words_of("links", "pictures", "units"),
    ):
        return
    item = next((item for item in _items() if item.match(text, announced.end())), None)
    found: list[tuple[int, int]] = []
    numbers: list[str] = []
    at = announced.end()
    while item is not None and (match := item.match(text, at)) is not None:
        found.append(match.span("mark"))
        numbers.append(match["mark"])
        at = _next_line(text, at)
    if len(found) < 2 or (item is not _items()[0] and not _runs(numbers)):
        return
    outcome: Outcome = "holds" if len(found) == count.value else "fails"
    if outcome == "fails" and item is not _items()[0] and item is not None:
        last = len(found) + 1
        numeral = _NUMERALS[last - 1 : last]
        if any(match["mark"] in (str(last), numeral) for match in item.finditer(text, at)):
            return  # a picture or a paragraph stands between them
        if numeral and _continues(text, at, numeral):
            return
    yield _check(reading, count, found, outcome, lang)


def _next_line(text: str, at: int) -> int:
    """Where the next line that is not blank begins."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    while text[end : end + 1] in ("\n", " "):
        end += 1
    return end


def _runs(numbers: Sequence[str]) -> bool:
    """Whether marks number their lines from one on; 1. before every line does so in Markdown."""
    values = [int(mark) if mark.isdigit() else _NUMERALS.index(mark) + 1 for mark in numbers]
    return values == list(range(1, len(values) + 1)) or set(values) == {1}


def _heads(reading: Reading, count: Count, lang: str) -> Iterator[Check]:
    """The heads of sentences that take up a label: 强化“资金保障”。… after “四个强化”, or short names with a colon."""
    text = reading.skeleton.text
    noun = _MEASURE.sub("", count.surface)[-2:]
    found: list[tuple[int, int]] = []
    if len(noun) == 2 and "、" not in count.surface:
        at = text.find(noun, count.end, count.end + _REACH)
        for _ in range(_OFTEN):
            if at < 0 or len(found) > count.value:
                break
            span = _head(text, at, noun)
            if span is not None and (not found or found[-1] != span) and span[0] > count.end:
                found.append(span)
            at = text.find(noun, at + 1, count.end + _REACH)
    if len(found) != count.value or len({text[a:b] for a, b in found}) < count.value:
        found = _colon_heads(text, count)
    if len(found) == count.value:
        yield _check(reading, count, found, "holds", lang)


def _head(text: str, at: int, noun: str) -> tuple[int, int] | None:
    """The clause round a noun if it heads a sentence and begins or ends with the noun."""
    start = max(text.rfind("\n", max(0, at - 30), at), text.rfind("。", max(0, at - 30), at)) + 1
    if not start and at > 30:
        return None
    stop = _CLAUSE_END.search(text, at, at + 24)
    if stop is None or stop.start() - start > 30:
        return None
    if _LABEL.search(text, start, stop.start()):
        return None  # it announces others itself
    begins = text[start:at].strip(" *#—") == ""
    ends = stop.start() - at - len(noun) <= 2 and stop.group() in "，。：\n" and "，" not in text[start:at]
    whole = stop.group() in "。\n" or "”" in text[start : stop.start()]
    return (start, stop.start()) if begins or (ends and whole) else None


def _colon_heads(text: str, count: Count) -> list[tuple[int, int]]:
    """The names with a colon that begin the paragraphs after the count's own, as long as each paragraph has one."""
    found: list[tuple[int, int]] = []
    at = text.find("\n", count.end, count.end + 400)
    while at >= 0 and len(found) <= count.value:
        while text[at : at + 1] in ("\n", " "):
            at += 1
        head = _COLON_HEAD.match(text, at)
        if head is None:
            break
        found.append((head.start(), head.end() - 1))
        at = text.find("\n", head.end(), head.end() + _STEP)
    return found


def _check(reading: Reading, count: Count, spans: Sequence[tuple[int, int]], outcome: Outcome, lang: str) -> Check:
    skeleton = reading.skeleton
    items = tuple(Operand("item", None, skeleton.text_offset(a), skeleton.end_offset(b)) for a, b in spans)
    sign = "=" if outcome == "holds" else "≠"
    return build_check(
        relation="section_count", outcome=outcome, operands=(count.operand, *items), operator="=", accused=count.operand.quantity,
        expression=f"{len(spans)} {sign} {count.value}", left=exactly(len(spans)), right=count.interval,
        start=skeleton.text_offset(count.start), end=skeleton.end_offset(spans[-1][1]), severity="warning",
        message=_MESSAGE[lang].format(len(spans), count.value),
        reason="后文可能不全，或另有所指" if outcome == "undecided" else None,
    )  # fmt: skip


_MESSAGE = {"zh": "其后列出{}项，文中为{}", "en": "{} sections follow, the text says {}"}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK631",
        slug="section-count",
        relation="section_count",
        severity="warning",
        function=check_sections,
        title={"zh": "分述的项数与所说的数目", "en": "As many sections as were announced"},
        messages={"zh": "分述的项数与文中的数目不符", "en": "more or fewer sections follow than the count says"},
        fails=(
            "重点抓好三个方面：一是修路；二是通水；三是通电；四是建校。",
            "会议提出五点意见。\n\n第一，修路要快。\n\n第二，通水要早。\n\n第三，通电要足。",
            "镇里推行以下五项办法：\n\n1. 增设摊位；\n2. 延长夜市；\n3. 减免租金。",
            "检查发现以下两方面问题：\n（一）台账不全。\n（二）公示不及时。\n（三）票据缺失。",
        ),
        holds=(
            "重点抓好三个方面：一是修路；二是通水；三是通电。",
            "工作呈现三个特点。\n一、路修得快\n说明。\n二、水通得早\n说明。\n三、电供得足\n说明。",
            "突出“三个强化”，补齐短板。强化组织领导，配齐人手。强化资金保障，加大投入。强化督促检查，严格考核。",
        ),
        silent=(
            "重点抓好三个方面：一是修路；二是通水",
            "做到“三个强化”，干部强化学习。",
            "镇里对两起事故进行了严肃处理和严厉问责。一是作出检查；二是给予警告；三是全面整改；四是通报全镇。",
            "镇里推行以下三项办法：\n\n1. 增设摊位；\n1. 延长夜市；\n1. 减免租金。",
            "今年办好12件实事。一是甲；二是乙；三是丙；四是丁；五是戊；六是己；七是庚；八是辛；九是壬；十是癸；十一是子；十二是丑。",
            "看法分三种：一是雨多；二是雨少。持这类看法的人很多。最乐观的看法则是雨水正好。",
            "控罪指两人不诚实地：\n一、隐瞒账目；\n二、伪造票据；\n三、转移款项。",
            "文内附有3张照片：\n（1）河湾日落；\n（2）村口老树。",
            "镇里推行五项办法，主要包括：\n1. 增设摊位；\n2. 延长夜市；\n3. 减免租金。",
            "镇里推行以下三项办法：\n1. 增设摊位；\n2. 延长夜市；\n（图为夜市）\n3. 减免租金。",
            "以3项准则评估。第一是否合法；第二是否必要；第三武力比例是否合理。\n\n下一步另行公布。",
        ),
    ),
)
