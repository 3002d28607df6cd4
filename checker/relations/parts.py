"""Parts of a whole: 其中 and its kin, and the bracket that lists what a figure is made of.

What is between a whole and its parts is stated by 其中, so a part above its whole is a contradiction. Whether the parts are all there
are, 其中 does not say: sums are confirmed where they fit, and a shortfall is accused only where the wording closes the list (其余, 分为).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.checks import Check
from checker.judging import outcome_of
from checker.lazily import pattern
from checker.making import comparable, figures_between, formula, make_check
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_parts"]

# …，其中 …: up to where the list must have ended. （其中…） ends with its bracket.
_AMONG = pattern(r"(?P<open>（)?(?:其中|当中|这其中|在这其中)(?:包括|有|含)?[，：]?")
# （湖北39人、河北1人、黑龙江1人）: a bracket of names with figures directly behind a figure
_BRACKET = pattern(r"[\ue000-\ue0ff](?P<noun>\w{0,6})（(?P<inside>[^（）\n]{3,160})）")
_BRACKET_ITEM = pattern(r"(?:\w{1,10})[\ue000-\ue0ff]\w{0,4}")
_LIST_END = pattern(r"[。！？；\n]")
_FIGURE = pattern("[\ue000-\ue0ff]")

# An item that opens with one of these does not belong to the list any more.
_LEAVES = pattern(
    r"(?:并|也|还|另|另外|另有|此外|还有|同时|累计|新增|继续|当日|比|较|同比|环比|与|超过|无|尚|全|总|合计|共|同期|截至|目前|带动|吸纳|惠及|覆盖|使|为)"
)
# A figure of another unit with a verb of its own begins something else.
_OWN_VERB = pattern("新建|改建|扩建|改扩建|加固|建成|完成|实施|新增|开通|修建")
# Words in an item that make its figure something else than a part of the whole.
_OTHER = pattern(
    r"[比较][^，]{0,10}(?:增|减|降|升|多|少)|同比|环比|流出|净增|平均|人均|户均|亩均|均价|[尺呎]价|最高|最低|最大|最小|每|单价|占(?![^，]{0,2}$)|率|带动|拉动|撬动|达标|利润|增速|目标|计划|不足|提高|价格"
)
_CLOSING = pattern("其他|其它|其余|剩余")
# A figure that only says how much the whole grew is no whole itself.
_INCREMENT = pattern(
    r"(?:比[^，]{0,8}|同比|环比|较[^，]{0,8})(?:净?增|减|多|少|下降|上升|提高|增长)[^，]{0,3}$|每[^，]{0,4}$|均[^，]{0,4}$|率[^，]{0,4}$|距离?[^，]{0,4}$"
)

_ADJECTIVE = 3  # characters before a figure that say which, not of what
_LONGEST = 16  # figures of one list, and as many wholes, that are looked at
# Between a whole and its 其中 stand at most a noun, a verb and a comma (414人（其中 · 项目2758个，其中 · 投资65个。其中); with `more`, other
# figures too (工程36处，惠及10个乡镇37个村组，其中).
_NEAR_GAP = pattern(r"[^\ue000-\ue0ff。；！？\n]{0,14}(?P<more>[\ue000-\ue0ff][^。；！？\n]{0,40})?[。，]?")
_COORDINATE = pattern("[、和及与]")
_CLAUSE_END = pattern("[。；！？\n]")
# What is left of a flow can be less than the part of the flow that 其中 names: 结余1200万元，其中利息收入1690万元
_FLOW = pattern("收入|支出|收益|利息|使用|回收|支付")
_LEFT_OVER = pattern(r"(?:余额|结余|结存|存量)[\w ]{0,4}$")
# Kinds of things that one person can be counted under twice.
_OVERLAPPING = pattern("客户|用户|账户|注册|活跃|会员|粉丝|渠道|网银")
_NEVER = frozenset(
    ["[rate]", "[point]", "[multiple]", "[doubling]", "[time]", "[temperature]", "[age]", "[score]", "[index_point]"]
)

_SUM = formula("sum(part) == total")
_WITHIN = formula("max(part) <= total")
_SUM_WITHIN = formula("sum(part) <= total")


class _Item(NamedTuple):
    """A figure of the list, the words before it in the list, and the words behind it."""

    quantity: Quantity
    before: str
    after: str


def check_parts(reading: Reading, lang: str) -> Iterator[Check]:
    """The checks between wholes and their parts."""
    text = reading.skeleton.text
    for among in _AMONG.finditer(text):
        yield from _after_among(reading, among, lang)
    for bracket in _BRACKET.finditer(text):
        yield from _in_bracket(reading, bracket, lang)


def _after_among(reading: Reading, among: re.Match[str], lang: str) -> Iterator[Check]:
    text = reading.skeleton.text
    start, end = reading.skeleton.sentence(among.start())
    stop = _LIST_END.search(text, among.end(), end)
    while stop is not None and stop[0] == "；" and text[among.end()] == "《" == text[stop.end() : stop.end() + 1]:
        stop = _LIST_END.search(
            text, stop.end(), end
        )  # 其中，《甲》26亿元；《乙》21亿元: titles go on behind a semicolon
    list_end = stop.start() if stop is not None else end
    in_bracket = False
    if among["open"]:
        closing = text.find("）", among.end(), list_end)
        list_end = closing if closing >= 0 else list_end
    else:
        # A bracket that opened before 其中 ends the list where it closes: （729宗，其中甲572宗）
        opened = text.rfind("（", start, among.start())
        if opened >= 0 and text.find("）", opened, among.start()) < 0:
            closing = text.find("）", among.end(), list_end)
            list_end = closing if closing >= 0 else list_end
            start = max(start, opened - 2 if opened > start else opened)
            in_bracket = True
    items = _items(reading, among.end(), list_end)
    if not items:
        return
    wholes = [q for _, q in figures_between(reading, start, among.start())]
    places = {q.id: p for p, q in figures_between(reading, start, among.start())}
    before = start
    for _ in range(2):
        # 其中 that opens a sentence, or whose sentence has no whole, looks back: one sentence, or two of one paragraph.
        if _has_whole(wholes, items) or before <= 1 or text[before - 1] not in "。！？":
            break
        before, _end = reading.skeleton.sentence(before - 2)
        wholes = [q for _, q in figures_between(reading, before, among.start())]
        places = {q.id: p for p, q in figures_between(reading, before, among.start())}
    wholes = [q for q in wholes[-_LONGEST:] if not (q.words and q.value == 1)]  # 一名男子: an article, no total
    wholes = [q for q in wholes if _INCREMENT.search(text, max(0, places[q.id] - 14), places[q.id]) is None]
    link = 1 if start < among.start() and text[among.start() - 1] not in "。！？" else 2
    # Only with little between the whole and 其中 is it certain what 其中 refers to: a noun, or another measure of the same thing.
    wholes = _outermost(text, wholes, places, before)
    near = {
        q.id for q in wholes if (gap := _NEAR_GAP.fullmatch(text, places[q.id] + 1, among.start())) and not gap["more"]
    }
    wider = {q.id for q in wholes if _NEAR_GAP.fullmatch(text, places[q.id] + 1, among.start())}
    yield from _judge(reading, wholes, items, lang, link, near=near, wider=wider, in_bracket=in_bracket)


def _outermost(text: str, wholes: list[Quantity], places: dict[int, int], start: int) -> list[Quantity]:
    """The wholes that 其中 can be sure to mean: no part of an earlier 其中, and none of two that stand side by side.

    共有员工174406人，其中子公司877人。其中本科129248人 · 8男5女，其中10人 · 物业27个及车位8个，其中12个
    """
    sure = []
    for number, whole in enumerate(wholes):
        if "其中" in text[start : places[whole.id]]:
            continue
        twins = [w for w in wholes[:number] + wholes[number + 1 :] if w.unit == whole.unit]
        if any(_side_by_side(text, *sorted((places[w.id], places[whole.id]))) for w in twins):
            continue
        sure.append(whole)
    return sure


def _side_by_side(text: str, first: int, second: int) -> bool:
    between = text[first + 1 : second]
    return len(between) <= 2 or (_COORDINATE.search(between) is not None and "，" not in between and len(between) < 16)


def _has_whole(wholes: Sequence[Quantity], items: Sequence[_Item]) -> bool:
    return any(comparable(w, i.quantity) for w in wholes for i in items)


def _items(reading: Reading, start: int, end: int) -> list[_Item]:
    """The figures of a list with the words around them, up to the first that leaves the list."""
    text = reading.skeleton.text
    found = figures_between(reading, start, end)[:_LONGEST]
    items: list[_Item] = []
    for number, (place, quantity) in enumerate(found):
        before = text[(found[number - 1][0] + 1 if number else start) : place]
        before = _FIGURE.sub("", before)  # dates
        following = found[number + 1][0] if number + 1 < len(found) else end
        after = re.split("[，、；（）]", text[place + 1 : following])[0]
        own = re.split("[，、；]", before)[-1]
        if (items and _LEAVES.match(own)) or (number and "其中" in before):
            break  # another subject, or a part that is parted again
        items.append(_Item(quantity, own if items else before, after))
    return items


def _judge(
    reading: Reading,
    wholes: Sequence[Quantity],
    items: Sequence[_Item],
    lang: str,
    link: int,
    *,
    near: set[int],
    wider: set[int],
    in_bracket: bool,
) -> Iterator[Check]:
    """One whole for each unit of the list: the nearest figure of that very unit, else one that converts.

    A whole is sure if it is `near`, or `wider` off and of the words of the parts, or the only one of its unit in the bracket.
    """
    done: set[str] = set()
    for item in items:
        unit = item.quantity.unit
        name = unit.name if unit is not None else ""
        if name in done or unit is None or unit.dimension in _NEVER or "/" in unit.dimension:
            continue
        done.add(name)
        candidates = [w for w in reversed(wholes) if w.unit is not None and w.unit.name == name] or [
            w for w in reversed(wholes) if comparable(w, item.quantity)
        ]
        if not candidates:
            continue
        parts = _run(items, item, name)
        if parts:
            whole = candidates[0]
            certain = (
                whole.id in near
                or _pair_before(wholes, whole)
                or (whole.id in wider and in_bracket and _alone(whole, wholes))
                or (whole.id in wider and len(_shared(reading, whole, parts)) > (0 if _alone(whole, wholes) else 1))
            )
            yield from _judge_unit(reading, candidates, parts, lang, link, closed=False, sure=certain)


def _run(items: Sequence[_Item], first: _Item, name: str) -> list[_Item]:
    """The items of one unit from the first on; a figure that is no part of the whole ends the run."""
    run: list[_Item] = []
    for item in items[list(items).index(first) :]:
        unit = item.quantity.unit
        if unit is None or unit.name != name:
            if unit is not None and comparable(item.quantity, first.quantity):
                continue
            if (
                run
                and unit is not None
                and unit.dimension not in ("[rate]", "[point]")
                and _OWN_VERB.match(item.before)
            ):
                break  # 公路64万公里，其中高速公路3万公里，新建机场33个，加固堤防2万公里
            continue
        if _OTHER.search(item.before):
            break
        run.append(item)
    return run


def _judge_unit(
    reading: Reading,
    candidates: Sequence[Quantity],
    parts: Sequence[_Item],
    lang: str,
    link: int,
    *,
    closed: bool,
    sure: bool,
) -> Iterator[Check]:
    figures = tuple(item.quantity for item in parts)
    # Any run of the list from its start may be the parts: what follows may speak of something else again.
    for length in range(len(figures), 1, -1):
        for whole in candidates[:4]:
            slots = {"total": (whole,), "part": figures[:length]}
            if whole.value in {figure.value for figure in figures[:length]}:
                continue  # 尺价6.98万元，售价3.582亿元: the whole said again is no part of itself
            if _precise((whole, *figures[:length])) and outcome_of(_SUM, slots) in ("holds", "holds-rounded"):
                yield make_check(reading, "sum_of_parts", _SUM, slots, _MESSAGES["sum"][lang], link=link)
                return
    whole = candidates[0]
    place = reading.skeleton.place_of[whole.id]
    left_over = _LEFT_OVER.search(reading.skeleton.text[max(0, place - 8) : place]) is not None
    flows = left_over and any(_FLOW.search(item.before) for item in parts)
    certain = sure and not flows and whole.approximation in ("exact", "rounded") and _same_noun(reading, whole, parts)
    slots = {"total": (whole,), "part": figures}
    precise = _precise((whole, *figures))
    if len(figures) > 1 and certain and precise:
        if closed or _CLOSING.search(parts[-1].before):
            yield make_check(reading, "sum_of_parts", _SUM, slots, _MESSAGES["sum"][lang], link=link)
            return
        if _disjoint(parts):
            check = make_check(reading, "sum_of_parts", _SUM_WITHIN, slots, _MESSAGES["sum"][lang], link=link)
            if check.outcome == "fails":
                yield check
                return
    check = make_check(reading, "part_le_whole", _WITHIN, slots, _MESSAGES["part"][lang], link=link, accuses=False)
    if check.outcome == "undecided" and certain and _precise(figures[:1]):
        # The first figure behind 其中 is surely a part; the later ones may speak of something else.
        check = make_check(
            reading,
            "part_le_whole",
            _WITHIN,
            {"total": (whole,), "part": figures[:1]},
            _MESSAGES["part"][lang],
            link=link,
        )
    yield check


def _alone(whole: Quantity, wholes: Sequence[Quantity]) -> bool:
    """Whether no other figure before 其中 has the unit of the whole, and that unit measures one kind of thing."""
    return whole.unit is not None and not whole.unit.generic and sum(w.unit == whole.unit for w in wholes) == 1


def _pair_before(wholes: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether the whole is the first of the last two figures, which stand together: 163户414人，其中…"""
    return len(wholes) > 1 and whole is wholes[-2] and wholes[-2].end == wholes[-1].start


def _precise(figures: Sequence[Quantity]) -> bool:
    return all(q.approximation in ("exact", "rounded") for q in figures)


def _same_noun(reading: Reading, whole: Quantity, parts: Sequence[_Item]) -> bool:
    """Whether the parts count what the whole counts: always for households, money and the like, by the words for 个 and 家."""
    if whole.unit is None or not whole.unit.generic:
        return True
    heads = [reading.claims[q.id].head or "" for q in (whole, parts[0].quantity)]
    if all(heads) and not set(heads[0]) & set(heads[1]):
        return False
    ends = {item.before[-1:] for item in parts}
    if bool(heads[0]) and ends == {heads[0][-1]}:
        return True
    elliptic = all(not i.after and len(i.before) <= _ADJECTIVE and i.quantity.unit == whole.unit for i in parts)
    return elliptic or bool(_shared(reading, whole, parts))  # 水库8座，其中大型9座: the noun is left out


def _shared(reading: Reading, whole: Quantity, parts: Sequence[_Item]) -> set[str]:
    """The pairs of characters that the words around the whole and those of the first part have in common."""
    text, place = reading.skeleton.text, reading.skeleton.place_of[whole.id]
    around = (
        _CLAUSE_END.split(text[max(0, place - 24) : place])[-1]
        + "，"
        + re.split("[，（]|其中", text[place + 1 : place + 13])[0]
    )
    return _pairs(around) & _pairs(parts[0].before + "，" + parts[0].after)


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1) if words[i].isalpha() and words[i + 1].isalpha()}


def _disjoint(parts: Sequence[_Item]) -> bool:
    """Whether the items are of one make, so that nothing can be in two of them: 东片120个、西片80个."""
    ends = {item.before.rstrip("为有是达约")[-1:] for item in parts} if all(item.before for item in parts) else set()
    heads = {item.after for item in parts}
    return (
        len(heads) == 1 and (len(ends) == 1 or heads != {""}) and not any(_OVERLAPPING.search(i.before) for i in parts)
    )


def _in_bracket(reading: Reading, bracket: re.Match[str], lang: str) -> Iterator[Check]:
    inside = bracket["inside"]
    pieces = re.split("[、，；]", inside)
    if len(pieces) < 2 or not all(_BRACKET_ITEM.fullmatch(piece) for piece in pieces):
        return
    whole = reading.quantities[reading.skeleton.figures[bracket.start()]]
    start = bracket.start("inside")
    items = _items(reading, start, start + len(inside))
    if len(items) != len(pieces) or whole.unit is None or whole.unit.dimension in _NEVER:
        return
    if not all(comparable(whole, item.quantity) and not _OTHER.search(item.before) for item in items):
        return
    if re.match("此前|原|含|约|包括|不含|上年|去年", inside):
        return
    yield from _judge_unit(reading, [whole], items, lang, 1, closed=True, sure=True)


_MESSAGES = {
    "sum": {
        "zh": "各部分相加为{computed}，总数为{total}，相差{gap}",
        "en": "the parts add up to {computed}, the whole is {total}: off by {gap}",
    },
    "part": {"zh": "部分{part}大于总数{total}", "en": "a part of {part} is greater than its whole {total}"},
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK101",
        slug="parts-of-whole",
        relation="sum_of_parts",
        severity="error",
        function=check_parts,
        title={"zh": "其中：部分与总数", "en": "其中: parts and their whole"},
        messages={
            "zh": "各部分相加与总数不符，或部分大于总数",
            "en": "parts do not add up, or a part exceeds its whole",
        },
        fails=(
            "全州实施项目2785个，其中，基础设施项目1676个，产业项目979个，其他项目103个。",
            "全村有贫困户82户，其中因病致贫91户。",
            "累计死亡41人（甲省39人、乙省1人、丙省2人）。",
        ),
        holds=(
            "全州实施项目2758个，其中，基础设施项目1676个，产业项目979个，其他项目103个。",
            "全村有贫困户82户，其中因病致贫21户。",
        ),
        silent=(
            "召开会议60次，其中研究扶贫议题98个。",
            "建成园区3个，其中入驻企业50家。",
            "建成园区3个，其中入驻企业50个。",
            "通车公路64万公里，其中高速公路3万公里，新建机场33个，加固堤防92万公里。",
            "公司期末结余为 1250万元，其中利息收入1700万元。",
            "工业增长3.4%，其中制造业增长9.6%。",
            "袭击造成3540人死亡，其中城区3478人死亡，12000人受伤。",
            "一名男子向8名同事借款，其中7名没有报警。",
            "开户3.18亿户，其中网银客户2.29亿户，手机客户2.60亿户。",
            "今日新增43宗，其中29宗源头不明，累计453宗。",
            "全行共有员工174406人，其中子公司员工877人。其中本科以上学历129248人。",
            "新增个案包括8男5女，其中10人有外游记录。",
            "他持有27个物业及8个车位，其中12个物业位于西区。",
            "推动服务中心和学伴两个子计划。其中服务中心在17个县市设点。",
        ),
    ),
)
