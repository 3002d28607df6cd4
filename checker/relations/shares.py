"""Shares: of a whole that words name, and two shares of one whole against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from checker.checks import Accuses, Check, Severity
from checker.checks.builder import comparable, figures_between, formula, make_check
from checker.checks.number_format import as_read
from checker.checks.verdict import outcome_of
from checker.data import read_lines
from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.quantities.skeleton import placeholder_set
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_shares"]

_FIGURE = "[\ue000-\ue0ff]"
# 占政府经常开支21% · 占粮食种植面积的近50% · 覆盖率为88.47% · 占比25.2%: the words that name the whole, and the rate
_SHARE = pattern(
    rf"[占覆参普入](?:(?<=占)(?P<whole>[^\ue000-\ue0ff。；！？\n，]{{0,16}}?)(?:的?比重|的?比例|的)?(?:已经|已|为|达到|达|约为|约|近|超过|高达|仅)*"
    rf"|(?P<name>(?<=覆)盖率|(?<=参)[保合]率|(?<=普)及率|(?<=入)户率)(?:已|为|达到|达|约为|约)*)(?P<rate>{placeholder_set('rate')})",
)
# 385848人（21.2%）: a bare share in brackets
_BRACKETED = pattern(rf"(?P<part>{_FIGURE})（(?:占比?|约)?(?P<rate>{_FIGURE})[），]")
# 近6成人、即约2643人: a share, then the part that it comes to
_NAMELY = pattern(rf"(?P<rate>{_FIGURE})\w{{0,4}}[、，]即\w{{0,2}}(?P<part>{_FIGURE})")
_GROUP_NAMED = pattern(r"(?:中|当中|里)，")
_EVERYTHING = pattern("^(?:整体|总数|总量|总额|总人数|总户数|全部|其|总体|总计|合计|总人口|总数量|总面积)$")
_PLANNED = pattern("预算|计划|目标|任务|上年|同期|当期|当年|去年|股|流通|净值|净资产|市值|注册资本")
_OTHER_YEAR = pattern("[去上前]年|同期")
# The amount before a share that only says how the part has changed, or what bounds it, is not the part.
_CHANGE = pattern(
    r"(?:按年|同比|环比|比[^，]{0,8}|较[^，]{0,8})?(?:净?增加?|减少?|多|少|升|降|跌|涨|提高|增长|下降|上升)[^，至到]{0,2}$|每[^，]{0,3}$|均[^，]{0,3}$"
)
_BOUND_AFTER = pattern(r"(?:以[上下内]|的)")
_WITHIN_SUM = pattern("数量|合计|共计|三者|两者|总计")
_OPENING = pattern("^(?:全[国省市县区州乡镇村校行]|本[行集团公司]{1,2}|我[国省市县区]|该[国省市县区])")
_OPENS = frozenset("全本我该")
_COPULA = pattern(rf"(?:规模|总数|总量|共有|共计|共|为|达到|达|有|是|约|已|全部|：|的){{0,3}}{_FIGURE}")
# Between a part and its share stands its noun at most: 512万亩，占; not 盈余5.5亿元，员工成本占
_ADVERB = "(?:约|只|仅|就|共|便|已|合计|总共|均|大约|各|分别)?"
_DIRECT = pattern(rf"[^，。；：\n]{{0,12}}[，（、；]?{_ADVERB}")
# and between the last figure and the share no other subject
_SHARE_OF_PART = pattern(rf"[\ue000-\uf8ff][^，。；：\n\ue000-\uf8ff]{{0,12}}[，（、；]?{_ADVERB}$")
_MANY = 8  # figures that bear the name of a whole; more than that name nothing any more
_SHOWN = 2  # wholes that a share which fits none is set against; the message names them all
_LONG_NAME = 5  # characters of a name that stands for one thing wherever the text has it
_GROUP = 3  # shares of one name that are told of as one check
_BEHIND_EXPLICIT = 60  # characters behind a share of a named whole in which brackets mean the same whole
_TELLING = 3  # characters of a name that two shares must bear to be of one whole: 覆盖率, 政府经常开支
_FAR = 400  # characters of the skeleton within which a whole without a name is looked for
_FARTHER = 800  # and within which two shares of one named whole are held against each other

_FITS = ("holds", "holds-rounded")
_RATE = formula("part / whole == rate")
_ONE_WHOLE = formula("first(part) / first(rate) == last(part) / last(rate)")


class _Share(NamedTuple):
    """A rate with the words that name its whole, the amounts that may be its part (nearest first), and its place.

    A share is `explicit` where words say of what (占整体的25.4%), not in a bare bracket (385848人（21.2%）).
    """

    name: str
    parts: tuple[Quantity, ...]
    rate: Quantity
    place: int
    explicit: bool = True


def check_shares(reading: Reading, lang: str) -> Iterator[Check]:
    """Shares against their wholes where the text names these, and against each other where it does not state them."""
    by_name: dict[str, list[_Share]] = {}
    known: dict[object, list[Quantity]] = {}
    explicit: tuple[_Share, Quantity] | None = None
    shares = sorted(_shares(reading), key=lambda s: s.place)
    parts_of: dict[str, set[int]] = {}
    for share in shares:
        if share.explicit:
            parts_of.setdefault(share.name, set()).add(share.parts[0].id)
    for share in shares:
        group = by_name.setdefault(share.name, [])
        if group and share.place - group[-1].place < _FARTHER and not _EVERYTHING.match(share.name):
            yield from _one_whole(reading, group[-1], share, lang)
        else:
            group.clear()
        group.append(share)
        if len(group) == _GROUP:
            yield from _all_one_whole(reading, group, lang)
        if explicit is not None and _goes_on(explicit, share):
            # 占整体的25.4%。其次为中国的385848人（21.2%）: what is in brackets is of the whole that was named before
            yield _share_check(reading, share, explicit[1], lang, link=2)
            continue
        for check in _of_whole(reading, share, known, parts_of.get(share.name, set()), lang):
            if share.explicit and check.outcome in ("holds", "holds-rounded"):
                explicit = (share, _whole(reading, check))
            yield check


def _of_one_group(reading: Reading, first: _Share, second: _Share) -> bool:
    """Whether two bare shares are of one group that their sentence names: 家长中，认为…的有1134人，占63%；认为…的有486人，占24%."""
    start, end = reading.skeleton.sentence(first.place)
    return start <= second.place < end and _GROUP_NAMED.search(reading.skeleton.text, start, first.place) is not None


def _goes_on(explicit: tuple[_Share, Quantity], share: _Share) -> bool:
    """Whether a bracketed share stands right behind one of a named whole, and counts the same."""
    before, whole = explicit
    near = share.place - before.place < _BEHIND_EXPLICIT
    return not share.explicit and near and share.parts[0].unit == whole.unit


def _all_one_whole(reading: Reading, group: Sequence[_Share], lang: str) -> Iterator[Check]:
    """Three shares of one name: one whole that all of them fit."""
    units = [{q.unit for q in share.parts} for share in group]
    unit = next(iter(set.intersection(*units)), None)
    parts = tuple(next(q for q in share.parts if q.unit == unit) for share in group) if unit is not None else ()
    if len(parts) == len(group) and len({q.id for q in parts}) == len(parts) and group[0].name:
        slots = {"part": parts, "rate": tuple(share.rate for share in group)}
        yield make_check(
            reading, "implied_denominator", _ONE_WHOLE, slots, _MESSAGES["one"][lang], severity="warning", accuses=False
        )


def _shares(reading: Reading) -> Iterator[_Share]:
    text = reading.skeleton.text
    for match in _SHARE.finditer(reading.skeleton.text):
        name = match["whole"] if match["whole"] is not None else text[match.start() : match.end("name")]
        rate = _quantity(reading, match.start("rate"))
        if _PLANNED.search(name):
            continue
        start, _ = reading.skeleton.sentence(match.start())
        parts = _parts_before(reading, max(start, text.rfind("；", start, match.start()) + 1), match.start())
        if parts:
            yield _Share(name, parts, rate, match.start())
    for bracket in (*_BRACKETED.finditer(text), *_NAMELY.finditer(text)):
        part, rate = _quantity(reading, bracket.start("part")), _quantity(reading, bracket.start("rate"))
        if _is_rate(rate) and part.unit is not None and part.unit.dimension not in _NO_PART:
            yield _Share("整体", (part,), rate, bracket.start(), explicit=False)


_NO_PART = frozenset(["[rate]", "[point]", "[multiple]", "[doubling]", "[time]", "[age]", "[temperature]"])


def _quantity(reading: Reading, place: int) -> Quantity:
    return reading.quantities[reading.skeleton.figures[place]]


def _is_rate(quantity: Quantity) -> bool:
    return quantity.kind == "quantity" and quantity.unit is not None and quantity.unit.dimension == "[rate]"


def _parts_before(reading: Reading, start: int, end: int) -> tuple[Quantity, ...]:
    """The amounts before a share in its sentence, nearest first; changes and bounds are passed over."""
    text = reading.skeleton.text
    found = []
    for place, quantity in reversed(figures_between(reading, start, end)):
        if quantity.unit is None or quantity.unit.dimension in _NO_PART or "/" in quantity.unit.dimension:
            continue
        if _CHANGE.search(text, max(start, place - 14), place) or _BOUND_AFTER.match(text, place + 1):
            continue
        if _WITHIN_SUM.search(text, place + 1, end) or _GROUP_NAMED.search(text, place + 1, end):
            break  # 54.3万名书记中，大专以上的占20.7%: the figure is the whole
        found.append(quantity)
        if len(found) == 2:
            break
    return tuple(found)


def _one_whole(reading: Reading, first: _Share, second: _Share, lang: str) -> Iterator[Check]:
    """a₁/r₁ and a₂/r₂ of one name: they meet, or they do not give one whole."""
    if not first.name and not _of_one_group(reading, first, second):
        return
    pairs = [
        (a, b) for a in first.parts for b in second.parts
        if a.unit == b.unit and a.id != b.id and (a.value != b.value or first.rate.value != second.rate.value)
    ]  # fmt: skip
    if _OTHER_YEAR.search(reading.skeleton.text, first.place, second.place) is not None:
        return  # 今年裁员1300人，占7%；去年裁员700人，占4%: of another whole
    rates = (first.rate, second.rate)
    fitting = next((p for p in pairs if outcome_of(_ONE_WHOLE, {"part": p, "rate": rates}) in _FITS), None)
    telling = len(pairs) == 1 and (len(first.name) >= _TELLING or not first.name)
    telling = telling and _speak_of_one(reading, (first, second), pairs[0])
    pair = fitting if fitting is not None else pairs[0] if telling else None
    if pair is not None:
        slots = {"part": pair, "rate": rates}
        yield make_check(reading, "implied_denominator", _ONE_WHOLE, slots, _MESSAGES["one"][lang], severity="warning")


_TOTAL = ("总数", "总量", "总额")
_RATE_NOUN = pattern("率$")
_ALL_OF = pattern("^[总總]")
_INTENDED = pattern("提出|计划|计畫|拟|力争|预计|规划|目标")
_INTENT = 24  # characters before an amount in which such a verb stands
_ACROSS_LINES = 160  # characters within which two items of a list speak of one whole
_NOUN = 3  # characters before two figures that show that they count one thing: 建档立卡户


def _speak_of_one(reading: Reading, shares: tuple[_Share, _Share], parts: tuple[Quantity, Quantity]) -> bool:
    """Whether the words of two shares surely mean one whole.

    A rate noun means that of its own subject (企业覆盖率, 社会组织覆盖率), and so does 总 in a bracket of its own (319名新聘的助理（占总
    取录者71%）、60名新聘的消防员（占总取录者26%）); one in another paragraph may be that of another place.
    """
    text, places = reading.skeleton.text, reading.skeleton.place_of
    first, second = shares
    if any(text.endswith(words_of("links", "top", "before"), 0, places[q.id]) for q in parts):
        return False  # 前10家企业的产量占总产量的90%: it is their output that takes a share
    if _RATE_NOUN.search(first.name):
        return len({text[places[q.id] - _NOUN : places[q.id]] for q in parts}) == 1
    if all(_INTENDED.search(text, max(0, places[q.id] - _INTENT), places[q.id]) for q in parts):
        return False  # 甲市提出建设住房40万套，占供应总量的40%；乙市提出建设住房60万套，占供应总量的45%: of two holders
    if _ALL_OF.match(first.name) and all(
        "（" in text[places[q.id] : s.place] for s, q in zip(shares, parts, strict=True)
    ):
        return False
    if first.rate.words or second.rate.words or "\n" in text[first.place : second.place]:
        return False  # 资助约420万元，占总成本三成, of each item of a list
    periods = [reading.claims[q.id].period for q in parts]
    if periods[0] != periods[1]:
        return False  # 去年64人，占应到的3.1%；一季度38人，占应到的12.4%
    if not all(_SHARE_OF_PART.search(text, places[q.id], s.place) for s, q in zip(shares, parts, strict=True)):
        return False  # 登记会员862人，参加投票会员占登记会员的93%
    near = "\n" not in text[first.place : second.place] or second.place - first.place <= _ACROSS_LINES
    return near or len(first.name) >= _LONG_NAME


def _of_whole(
    reading: Reading, share: _Share, known: dict[object, list[Quantity]], parts: set[int], lang: str
) -> Iterator[Check]:
    """The share against wholes that its words name. A whole that its name links within the sentence is
    a link to accuse by; one elsewhere only confirms, for the same noun may stand there for another year or place.
    """
    part = share.parts[0]
    named = _EVERYTHING.match(share.name) is not None
    candidates = _everything_before(reading, share, part) if named else _named(reading, share, part, known)
    candidates = [q for q in candidates if q.id not in parts]  # 277宗，占总数39.3%；237宗，占总数33.7%
    near = [q for q in candidates if not named and _in_sentence(reading, q, share)]
    if len(near) == 1 and part.unit == near[0].unit:
        direct = (
            _DIRECT.fullmatch(reading.skeleton.text, reading.skeleton.place_of[part.id] + 1, share.place) is not None
        )
        accuses: Accuses = "always" if direct else "slip"
        yield _share_check(reading, share, near[0], lang, severity="error", link=1, accuses=accuses)
        return
    fitting = [q for q in candidates if _fits(share, q)]
    if fitting and _one_figure(fitting):
        # One figure, perhaps rounded in a headline: the most exact of its writings.
        whole = min(fitting, key=lambda q: (q.step, -q.start))
        yield _share_check(reading, share, whole, lang, link=2 if named else 4, accuses=False)
    elif (
        not fitting and candidates and _surely(share, candidates, named=named)
        and (named or all(_is_whole(reading, q, _unopened(share.name)) for q in candidates))
        and not (named and _in_row(reading, share))
    ):  # fmt: skip
        whole = min(candidates, key=lambda q: (q.step, -q.start))
        # The same name may stand for the country's here and the county's there.
        yield _share_check(
            reading, share, whole, lang, link=4, accuses="slip" if share.name.endswith(_TOTAL) else "always"
        )
    elif not fitting and not named:
        yield from _none_fits(reading, share, part, known, lang)


def _share_check(
    reading: Reading,
    share: _Share,
    whole: Quantity,
    lang: str,
    *,
    severity: Severity = "warning",
    link: int,
    accuses: bool | Accuses = True,
) -> Check:
    slots = {"part": (share.parts[0],), "whole": (whole,), "rate": (share.rate,)}
    message = _MESSAGES["share"][lang]
    return make_check(reading, "share", _RATE, slots, message, severity=severity, link=link, accuses=accuses)


def _fits(share: _Share, whole: Quantity) -> bool:
    slots = {"part": (share.parts[0],), "whole": (whole,), "rate": (share.rate,)}
    return outcome_of(_RATE, slots) in _FITS


def _one_figure(wholes: Sequence[Quantity]) -> bool:
    """Whether all are writings of one figure: 182万人 and 1822725人."""
    return all(w.unit == wholes[0].unit and w.interval.meets(wholes[0].interval) for w in wholes)


def _surely(share: _Share, candidates: Sequence[Quantity], *, named: bool) -> bool:
    """Whether a share that fits no candidate is wrong: the whole is 整体 or has a long name, and the text has one such figure only."""
    part, rate = share.parts[0], share.rate
    if part.approximation != "exact" and not (part.approximation == "rounded" and not named):
        return False
    if rate.approximation not in ("rounded", "near") or not _one_figure(candidates) or (len(share.parts) > 1 and named):
        return False
    return all(q.unit == part.unit and q.approximation in ("exact", "rounded") for q in candidates) and (
        share.explicit if named else len(share.name) >= _LONG_NAME and len(candidates) == 1
    )


def _is_whole(reading: Reading, whole: Quantity, name: str) -> bool:
    """Whether a figure bears a name as it is, not that of one part of it: 服务业实际使用外资 is not 实际使用外资."""
    text, place = reading.skeleton.text, reading.skeleton.place_of[whole.id]
    at = text.rfind(name, 0, place)
    clause = reading.skeleton.sentence(place)[0]
    words = re.split("[，；：、\n]", text[clause : max(at, clause)])[-1]
    return not _OPENING.sub("", words)[-1:].isalpha()


def _none_fits(
    reading: Reading, share: _Share, part: Quantity, known: dict[object, list[Quantity]], lang: str
) -> Iterator[Check]:
    """A share of a body of people or villages whose size the text states: one of the sizes must fit, or the share is wrong."""
    group = _synonyms().get(_unopened(share.name))
    if group is None or part.approximation != "exact" or share.rate.approximation != "rounded":
        return
    if group not in known:
        sizes = {q.id: q for name in group for q in islice(_bearing(reading, name, pairs=True), _MANY)}
        known[group] = list(sizes.values())
    wholes = [
        q for q in known[group] if q.unit is not None and comparable(q, part) and q.id != part.id and _greater(q, part)
    ]
    slots = {"part": (part,), "rate": (share.rate,)}
    sizes_stated = {(q.interval, q.unit): q for q in wholes}.values()  # a size is often stated again
    if wholes and all(outcome_of(_RATE, {**slots, "whole": (q,)}) == "fails" for q in sizes_stated):
        others = "、".join(as_read(reading.document.text[q.start : q.end]) for q in wholes)
        checks = [_share_check(reading, share, q, lang, link=4) for q in wholes[-_SHOWN:]]
        operands = {o for c in checks for o in c.operands}
        yield checks[-1]._replace(
            operands=tuple(sorted(operands, key=lambda o: o.quantity or 0)),
            message=_MESSAGES["none"][lang].format(as_read(reading.document.text[part.start : part.end]), share.name, others),
        )  # fmt: skip


def _greater(whole: Quantity, part: Quantity) -> bool:
    return whole.value is not None and part.value is not None and whole.value > part.value


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    groups = [tuple(line.split()) for line in read_lines("synonyms.txt")]
    return {word: group for group in groups for word in group}


def _in_sentence(reading: Reading, whole: Quantity, share: _Share) -> bool:
    start, _ = reading.skeleton.sentence(share.place)
    return start <= reading.skeleton.place_of[whole.id] < share.place


def _in_row(reading: Reading, share: _Share) -> bool:
    """Whether a share stands in a row of a table, where 总数 is that of the table: | 性侵犯 | 237宗，占总数33.7% |"""
    text = reading.document.text
    return "|" in text[text.rfind("\n", 0, share.rate.start) + 1 : share.rate.start]


def _whole(reading: Reading, check: Check) -> Quantity:
    return next(reading.quantities[o.quantity] for o in check.operands if o.role == "whole" and o.quantity is not None)


def _everything_before(reading: Reading, share: _Share, part: Quantity) -> list[Quantity]:
    """整体, 总数: the greater figures of the part's unit that stand shortly before it."""
    text = reading.skeleton.text
    start = max(0, share.place - _FAR)
    heading = text.rfind("\n#", start, share.place)
    start = max(start, heading)
    return [
        q
        for _, q in figures_between(reading, start, share.place)
        if q.id != part.id
        and q.unit == part.unit
        and q.value is not None
        and part.value is not None
        and q.value > part.value
    ]


def _named(reading: Reading, share: _Share, part: Quantity, known: dict[object, list[Quantity]]) -> list[Quantity]:
    """The figures of the part's unit whose own words are the name of the whole: 粮食种植面积1038万亩, 30名运动员."""
    name = _unopened(share.name).removesuffix("总数").removesuffix("总量").removesuffix("总额")
    if len(name) < 2:
        return []
    if name not in known:
        known[name] = list(islice(_bearing(reading, name), _MANY))
    return [
        q
        for q in known[name]
        if q.kind == "quantity" and q.id != part.id and q.value is not None and part.value is not None
        and comparable(q, part) and q.value > part.value
    ]  # fmt: skip


def _unopened(name: str) -> str:
    """The name of a whole without what says whose it is: 全县总人口, 总人口."""
    return _OPENING.sub("", name) if name[:1] in _OPENS else name


def _bearing(reading: Reading, name: str, *, pairs: bool = False) -> Iterator[Quantity]:
    """The figures directly behind a name, or directly before it, in text order; with `pairs` both of 7329户13660人."""
    text = reading.skeleton.text
    at = text.find(name)
    while at >= 0:
        behind = _COPULA.match(text, at + len(name))
        if behind is not None:
            yield _quantity(reading, behind.end() - 1)
            if pairs and behind.end() in reading.skeleton.figures:
                yield _quantity(reading, behind.end())
        elif at and at - 1 in reading.skeleton.figures and text[at + len(name) : at + len(name) + 1] != "的":
            yield _quantity(reading, at - 1)
        at = text.find(name, at + len(name))


_MESSAGES = {
    "one": {
        "zh": "{part}分别占{rate}，推出的总体不是同一个",
        "en": "{part} at {rate} do not give one and the same whole",
    },
    "none": {
        "zh": "{}占{}的比例与文中的总数（{}）都不相符",
        "en": "the share of {} in {} fits none of the stated wholes ({})",
    },
    "share": {
        "zh": "{part}占{whole}的{computed}，文中为{rate}",
        "en": "{part} of {whole} is {computed}, the text says {rate}",
    },
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK411",
        slug="shares-of-one-whole",
        relation="implied_denominator",
        severity="warning",
        function=check_shares,
        title={"zh": "同一总体的两个占比", "en": "Two shares of one whole"},
        messages={"zh": "两个占比推出的总体不是同一个", "en": "two shares do not give one whole"},
        fails=(
            "教育支出786亿元，占经常开支21%；卫生支出733亿元，占经常开支26%。",
            "粮食种植面积1000万亩，高标准农田面积512万亩，占粮食种植面积的35%。",
            "年初有贫困对象7329户13660人。全年纳入低保6312人，占贫困人口的64.2%。",
        ),
        holds=(
            "教育支出786亿元，占经常开支21%；卫生支出733亿元，占经常开支20%。",
            "粮食种植面积1000万亩，高标准农田面积512万亩，占粮食种植面积的51.2%。",
        ),
        silent=(
            "茶业前10家企业的产量占总产量的72%，竹业前10家企业的产量占总产量的54%。",
            "甲会登记的会员达8620人，参加投票会员占登记会员的93.14%。乙会登记的会员达6470人，参加投票会员占登记会员的92.37%。",
            "税收完成786亿元，占预算数的91%；非税完成733亿元，占预算数的80%。",
            "1.《晨光》（资助额：约420万元，占总成本三成）\n2.《晚风》（资助额：约180万元，占总成本四成）",
            "存款786亿元，占本行存款21%；贷款733亿元，占本行贷款26%。",
            "粮食种植面积1000万亩，蔬菜面积512万亩，占经济作物面积的35%。",
            "甲业新增投资623亿元，乙业新增投资1518亿元。高新产业新增投资906亿元，占全市新增投资的38.4%。",
            "全国智能手机用户达5.61亿户。其中，智能手机用户5.61亿户，占手机用户的33.3%。",
            "甲基金持有478万股，占流通股6.23%；乙基金持有7942万股，占流通股2.60%。",
            "向甲公司采购399.27万元，占采购总额的7.52%；向乙公司采购334.74万元，占采购总额的6.31%。",
            "187.7万个企业已建立组织，覆盖率为73.1%；30.3万个社会团体已建立组织，覆盖率为61.7%。",
            "有319名新聘助理有学位（占总取录者71%）、60名新聘消防员有学位（占总取录者26%）。",
            "总支出82.1亿元，盈余5.5亿元，员工成本占支出62.5%。",
            "地方的经济建设费为284亿元。农业支出为218亿元，占经济建设费总数的13.61%。",
            "甲市提出建设住房40万套，约占住房供应总量的40%；乙市提出建设住房60万套，约占住房供应总量的45%。",
            "| 种类 | 数目 |\n| --- | --- |\n| 甲 | 277宗，占总数39.3% |\n| 乙 | 237宗，占总数33.7% |\n| 丙 | 18宗，占总数2.6% |",
        ),
    ),
)
