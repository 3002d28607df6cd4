"""Parts of a whole: 其中 and its kin, and the bracket that lists what a figure is made of.

What is between a whole and its parts is stated by 其中, so a part above its whole is a contradiction. Whether the parts are all there
are, 其中 does not say: sums are confirmed where they fit, and a shortfall is accused only where the wording closes the list (其余, 分为).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from checker.checks import Accuses, Check
from checker.checks.builder import comparable, figures_between, formula, make_check
from checker.checks.slips import slip_of_formula
from checker.checks.verdict import may_hold
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule
from checker.relations.partlist import (
    LONGEST,
    UNSUMMED,
    Part,
    are_complements,
    are_disjoint,
    are_precise,
    is_other,
    parts_between,
    run_of_unit,
    same_noun,
    shared_words,
)

__all__ = ["RULES", "check_parts"]

# …，其中 …: up to where the list must have ended. （其中…） ends with its bracket.
_AMONG = pattern(r"[其当]中(?:包括|有|含)?[，：]?")
# （湖北39人、河北1人、黑龙江1人）: a bracket of names with figures directly behind a figure
_BRACKET = pattern(r"[\ue000-\ue0ff](?P<noun>\w{0,6})（(?P<inside>[^（）\n]{3,160})）")
_BRACKET_ITEM = pattern(r"(?:\w{1,10})[\ue000-\ue0ff]\w{0,4}")
_LIST_END = pattern(r"[。！？；\n]")

_CLOSING = pattern("(?:^|[及和与])(?:其他|其它|其余|剩余|余下)")
# A figure is no whole if it says how much something grew (共增加 · 超去年同期), or what something is compared with (较2019年的),
# or what falls to each (每人交纳培训费 · 人均拥有信用卡), or a rate or distance. 新增43宗 is a whole.
_NO_WHOLE = pattern(
    r"(?:(?<!新)增加?|减少?|多|少|下降|上升|上涨|提高|增长|升|降|跌|涨|高出?|低)了?[约近逾超共达]{0,2}$"
    r"|超过?(?:[去上]年)?(?:同期)?$|(?:[比较]|[与同]去?上?年?同?期?相?比)[^，]{0,14}$|每|[人户亩平年月周日]均|均[^，]{0,4}$|率[^，]{0,4}$|距离?[^，]{0,4}$"
)
# A balance is less than what flows in: 顺差94亿美元。其中，货物贸易顺差180亿美元，服务贸易逆差86亿美元
_BALANCE = pattern("净|[顺逆順]差|盈余|盈餘|差额|利润|盈利|亏损")
# What is left of a flow can be less than the part of the flow that 其中 names: 结余1200万元，其中利息收入1690万元
_FLOW = pattern("收入|支出|收益|利息|使用|回收|支付")
_LEFT_OVER = pattern(r"(?:余额|结余|结存|存量)[\w ]{0,4}$")
_CLAUSE = pattern("[，。；：、！？\n（）]")
# 414人（其中 · 项目2758个，其中 · 投资65个。其中; not 将其中12名, 分派其中7人
_OPENS_LIST = pattern("[，。；：（、！？\n ]$|[\ue000-\ue0ff][^，。；：！？\n将把对从由在的为使]{0,4}$")
_REMARK = pattern("（[^（）]*）")
_NESTED = pattern("含|包括|包含|其中|分别")

# Between a whole and its 其中 stand at most a noun, a verb and a comma (414人（其中 · 项目2758个，其中 · 投资65个。其中); with `more`, other
# figures too (工程36处，惠及10个乡镇37个村组，其中).
_NEAR_GAP = pattern(r"[^\ue000-\ue0ff。；！？\n]{0,14}(?P<more>[\ue000-\ue0ff][^。；！？\n]{0,40})?[。，]?")
_COORDINATE = pattern("[、和及与]")
_SUM = formula("sum(part) == total")
_WITHIN = formula("max(part) <= total")
_SUM_WITHIN = formula("sum(part) <= total")


def check_parts(reading: Reading, lang: str) -> Iterator[Check]:
    """The checks between wholes and their parts."""
    text = reading.skeleton.text
    for among in _AMONG.finditer(text):
        yield from _after_among(reading, among, lang)
    for bracket in _BRACKET.finditer(text):
        yield from _in_bracket(reading, bracket, lang)


class _Wholes(NamedTuple):
    """The figures that 其中 may refer back to, the nearest last, and how surely it does.

    `near` stand right before 其中, but for a noun or another measure of the same thing; `wider` with other figures between.
    `in_bracket`: 其中 stands in a bracket with them. `link` is 2 where 其中 opens a sentence. `around` are all figures of those
    sentences, wholes or not.
    """

    figures: list[Quantity]
    around: list[Quantity]
    near: set[int]
    wider: set[int]
    link: int
    in_bracket: bool

    def is_sure(self, reading: Reading, whole: Quantity, parts: Sequence[Part]) -> bool:
        """Whether the parts are surely parts of this whole: it is near, or farther off and of the words of the parts, or the only one."""
        if whole.id in self.near or self._opens_pair(whole):
            return True
        alone = self._is_alone(whole)
        return whole.id in self.wider and (
            (self.in_bracket and alone) or len(shared_words(reading, whole, parts)) > (0 if alone else 1)
        )

    def has_rival(self, whole: Quantity, part: Quantity) -> bool:
        """Whether another figure before 其中, or the one before the whole together with it, could hold the part as well.

        58人遇难，5人失踪，其中56人来自甲市 · 沪市63.9亿股，深市63.28亿股，其中大非为106.52亿股
        """
        others = [q for q in self.around if q.id != whole.id and comparable(q, part)]
        twins = [q for q in others if 0 < whole.start - q.end <= _TWINS]
        return any(_reach([q], part) for q in others) or (bool(twins) and _reach([whole, *twins], part))

    def _is_alone(self, whole: Quantity) -> bool:
        """Whether no other of the figures has the unit of the whole, and that unit measures one kind of thing."""
        same = sum(figure.unit == whole.unit for figure in self.figures)
        return whole.unit is not None and not whole.unit.generic and same == 1

    def _opens_pair(self, whole: Quantity) -> bool:
        """Whether the whole is the first of the last two figures, which stand together: 163户414人，其中…"""
        figures = self.figures
        return len(figures) > 1 and whole is figures[-2] and figures[-2].end == figures[-1].start


_TWINS = 8  # characters between two figures that 其中 may mean together


def _reach(wholes: Sequence[Quantity], part: Quantity) -> bool:
    """Whether figures together are as large as a part."""
    total = Fraction(0)
    for whole in wholes:
        if whole.interval.high is None or whole.unit is None:
            return True
        total += whole.interval.high * whole.unit.factor
    return part.unit is None or part.interval.low is None or total >= part.interval.low * part.unit.factor


def _after_among(reading: Reading, among: re.Match[str], lang: str) -> Iterator[Check]:
    text = reading.skeleton.text
    start, end = reading.skeleton.sentence(among.start())
    list_end = _list_end(text, among, end)
    begin = among.start() - (
        2 if text.endswith("在这", start, among.start()) else text.endswith("这", start, among.start())
    )
    in_bracket = text.endswith("（", start, begin)
    begin -= in_bracket
    opened = -1 if in_bracket else _open_bracket(text, start, begin)
    if in_bracket or opened >= 0:
        closing = text.find("）", among.end(), list_end)
        list_end = closing if closing >= 0 else list_end
    if opened >= 0:
        start = max(start, opened - 2 if opened > start else opened)
    parts = parts_between(reading, among.end(), list_end)
    if parts:
        wholes = _wholes_before(reading, begin, start, parts, in_bracket=opened >= 0)
        listed = _opens_list(text, start, begin) and _is_first(parts[0])
        yield from _judge(reading, wholes, parts, lang, listed=listed)


def _opens_list(text: str, start: int, begin: int) -> bool:
    """Whether 其中 begins a clause, or stands right behind the whole and its noun."""
    return begin <= start or _OPENS_LIST.search(text, max(start, begin - 6), begin) is not None


def _is_first(part: Part) -> bool:
    """Whether a figure opens the list behind 其中: no clause stands between, and its words do not make it something else."""
    return _BORDER.search(part.before.lstrip("，：")) is None and not is_other(part)


_BORDER = pattern("[，。；：！？\n（）]")


def _names_noun(reading: Reading, whole: Quantity, part: Part) -> bool:
    """Whether a figure farther on in the list counts what the whole counts, in so many words.

    21个贫困村…，贫困村出列4个 · 工业企业486家，其中大中型企业58家，盈利企业397家
    """
    if is_other(part):
        return False
    noun = reading.claims.head(whole.id) or ""
    before = _clause_before(reading.skeleton.text, reading.skeleton.place_of[whole.id])[-2:]
    if len(noun) > 1 and noun in part.before:
        return True
    counted = whole.unit is not None and whole.unit.counted  # 面积, 金额 end the names of very different things
    return counted and before.isalpha() and len(before) > 1 and part.before.endswith(before)


def _list_end(text: str, among: re.Match[str], end: int) -> int:
    """Where the sentence's list behind 其中 ends: at a semicolon, unless titles go on behind it (《甲》26亿元；《乙》21亿元)."""
    stop = _LIST_END.search(text, among.end(), end)
    while stop is not None and stop[0] == "；" and text[among.end()] == "《" == text[stop.end() : stop.end() + 1]:
        stop = _LIST_END.search(text, stop.end(), end)
    return stop.start() if stop is not None else end


def _open_bracket(text: str, start: int, end: int) -> int:
    """The bracket that is open at `end`, as in （729宗，其中甲572宗）; -1 where there is none."""
    opened = text.rfind("（", start, end)
    return opened if opened >= 0 and text.find("）", opened, end) < 0 else -1


def _wholes_before(reading: Reading, place: int, start: int, parts: Sequence[Part], *, in_bracket: bool) -> _Wholes:
    """What 其中 at a place may refer to: figures of its sentence; where that has none, of the two before in the paragraph."""
    text = reading.skeleton.text
    link = 1 if start < place and text[place - 1] not in "。！？" else 2
    before = start
    found = figures_between(reading, before, place)
    for _ in range(2):
        if _has_whole(found, parts) or before <= 1 or text[before - 1] not in "。！？":
            break
        before, _end = reading.skeleton.sentence(before - 2)
        found = figures_between(reading, before, place)
    places = {quantity.id: at for at, quantity in found}
    figures = [q for _, q in found[-LONGEST:] if not (q.words and q.value == 1)]  # 一名男子: an article, no total
    figures = [q for q in figures if _may_be_whole(text, places[q.id], place) and not reading.claims.is_earlier(q.id)]
    figures = _outermost(text, figures, places, before)
    gaps = {q.id: _NEAR_GAP.fullmatch(text, places[q.id] + 1, place) for q in figures}
    near = {number for number, gap in gaps.items() if gap is not None and not gap["more"]}
    wider = {number for number, gap in gaps.items() if gap is not None}
    return _Wholes(figures, [q for _, q in found], near, wider, link, in_bracket)


def _may_be_whole(text: str, at: int, end: int) -> bool:
    """Whether a figure before 其中 is no change, base or mean, and in no bracket that is closed before 其中."""
    if _NO_WHOLE.search(_clause_before(text, at)) is not None:
        return False
    opened = text.rfind("（", max(0, at - _FAR), at)
    return opened < 0 or text.find("）", opened, at) >= 0 or text.find("）", at, end) < 0


_FAR = 120  # characters that a bracket may have before a figure in it


def _clause_before(text: str, at: int) -> str:
    """The words of its clause before a figure, without what brackets add to them: 月均收入（扣除成本后）为."""
    return _CLAUSE.split(_REMARK.sub("", text[max(0, at - 40) : at]))[-1]


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


def _has_whole(found: Sequence[tuple[int, Quantity]], parts: Sequence[Part]) -> bool:
    return any(comparable(whole, part.quantity) for _, whole in found for part in parts)


def _judge(reading: Reading, wholes: _Wholes, items: Sequence[Part], lang: str, *, listed: bool) -> Iterator[Check]:
    """One whole for each unit of the list: the nearest figure of that very unit, else one that converts.

    Only the figure that opens the list is surely a part, and that only where it is `listed`.
    """
    done: set[str] = set()
    for item in items:
        unit = item.quantity.unit
        name = unit.name if unit is not None else ""
        if name in done or unit is None or unit.dimension in UNSUMMED or "/" in unit.dimension:
            continue
        done.add(name)
        candidates = [w for w in reversed(wholes.figures) if w.unit is not None and w.unit.name == name] or [
            w for w in reversed(wholes.figures) if comparable(w, item.quantity)
        ]
        parts = run_of_unit(items, item, name) if candidates else []
        if parts:
            sure = (
                listed and (_opens(items, item) or _names_noun(reading, candidates[0], item)) and wholes.is_sure(reading, candidates[0], parts)
                and not wholes.has_rival(candidates[0], max((p.quantity for p in parts), key=_value))
            )  # fmt: skip
            yield from _judge_unit(reading, candidates, parts, lang, wholes.link, closed=False, sure=sure)


def _opens(items: Sequence[Part], item: Part) -> bool:
    """Whether a figure is the first of the list, or stands right behind it: 甲村300户1500人."""
    first = items[0].quantity
    return item is items[0] or (item is items[1] and first.end == item.quantity.start)


def _value(quantity: Quantity) -> Fraction:
    return Fraction(quantity.interval.low or 0)


def _judge_unit(
    reading: Reading,
    candidates: Sequence[Quantity],
    parts: Sequence[Part],
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
            if are_precise((whole, *figures[:length])) and may_hold(_SUM, slots):
                check = make_check(reading, "sum_of_parts", _SUM, slots, _MESSAGES["sum"][lang], link=link)
                if check.outcome in ("holds", "holds-rounded"):
                    yield check
                    return
    whole = candidates[0]
    if whole.unit is not None and whole.unit.generic and whole.surface != figures[0].surface:
        sure = False  # 28个省区市，其中通报最多的是30件
    place = reading.skeleton.place_of[whole.id]
    clause = _clause_before(reading.skeleton.text, place)
    balance = _BALANCE.search(clause) is not None
    flows = _LEFT_OVER.search(clause) is not None and any(_FLOW.search(item.before) for item in parts)
    passing = any(q.words and q.value is not None and q.value < 10 for q in (whole, *figures))  # 两场比赛…其中…三场
    passing = passing or (whole.value is not None and whole.value <= 2)
    certain = (
        sure
        and not balance
        and not flows
        and not passing
        and whole.approximation in ("exact", "rounded")
        and (same_noun(reading, whole, parts) or (closed and {q.surface for q in figures} == {whole.surface}))
    )
    slots = {"total": (whole,), "part": figures}
    precise = are_precise((whole, *figures))
    # 新增143例（其中外地16例，甲区11例，乙区4例，丙区1例）: parts of the first part
    broken_down = len(figures) > 2 and precise and may_hold(_SUM, {"total": figures[:1], "part": figures[1:]})
    if len(figures) > 1 and certain and precise and not broken_down:
        if any(part.before.endswith("各") for part in parts):
            return  # 玉米和稻谷各1000亿斤: one figure for two
        if closed or (not _is_nested(parts) and (_CLOSING.search(parts[-1].before) or are_complements(parts))):
            yield make_check(reading, "sum_of_parts", _SUM, slots, _MESSAGES["sum"][lang], link=link)
            return
    check = make_check(reading, "part_le_whole", _WITHIN, slots, _MESSAGES["part"][lang], link=link, accuses=False)
    if check.outcome == "undecided" and certain:
        # The first figure behind 其中 is surely a part, and so are those that say what the whole counts.
        named = (p.quantity for p in parts if p is parts[0] or _names_noun(reading, whole, p))
        sure_parts = tuple(q for q in named if are_precise([q]))
        if sure_parts:
            only = {"total": (whole,), "part": sure_parts}
            check = make_check(reading, "part_le_whole", _WITHIN, only, _MESSAGES["part"][lang], link=link)
    elif len(figures) > 1 and certain and precise and not broken_down and are_disjoint(parts) and not _is_nested(parts):
        # One person may be a woman and a graduate; of two kinds of projects each is one.
        accuses: Accuses = "slip" if whole.unit is not None and whole.unit.dimension == "[person]" else "always"
        message = _MESSAGES["sum"][lang]
        total = make_check(reading, "sum_of_parts", _SUM_WITHIN, slots, message, link=link, accuses=accuses)
        if total.outcome == "fails" and total.left is not None and total.right is not None:
            slip = slip_of_formula(_SUM, slots, reading.document.folded, total.left, total.right)
            yield total._replace(slip=slip)  # of a sum that should come out, not of one that should stay below
            return
    yield check


def _is_nested(parts: Sequence[Part]) -> bool:
    """Whether some of the figures are parts of a part: 运动员439人，包括男运动员221人."""
    return any(_NESTED.match(part.before) for part in parts[1:])


def _in_bracket(reading: Reading, bracket: re.Match[str], lang: str) -> Iterator[Check]:
    inside = bracket["inside"]
    pieces = re.split("[、，；]", inside)
    if len(pieces) < 2 or not all(_BRACKET_ITEM.fullmatch(piece) for piece in pieces):
        return
    whole = reading.quantities[reading.skeleton.figures[bracket.start()]]
    start = bracket.start("inside")
    items = parts_between(reading, start, start + len(inside))
    if len(items) != len(pieces) or whole.unit is None or whole.unit.dimension in UNSUMMED:
        return
    if not all(comparable(whole, item.quantity) and not is_other(item) for item in items):
        return
    if re.match("此前|原|含|约|包括|不含|上年|去年", inside) or re.search("[核调]?[增减]|各", inside):
        return  # （浙江核减12例，江西核增1例）
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
            "当日新增184例（其中外地输入27例，甲区16例，乙区8例，丙区3例）。",
            "被去信的议员7人，其中2人为四十七人案被告，即初选47人案。",
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
            "全国人均持卡0.34张，其中活卡2.7亿张。",
            "投资完成3258亿元，超去年同期38亿元，其中基建投资完成2451亿元。",
            "贸易顺差94亿元，其中货物贸易顺差180亿元，服务贸易逆差86亿元。",
            "新增病例1777例，新增死亡25例，其中东城新增660例。",
            "合同额12280亿元，执行额8314亿元，其中离岸合同额6989亿元，执行额4793亿元。",
            "收入140.96亿元，支出44.7亿元，其中本级收入60.89亿元，支出23.4亿元。",
            "代表团共723人，其中运动员439人，包括男运动员221人、女运动员218人。",
            "已有58人遇难，5人失踪，其中56人来自甲市。",
            "年度收入2562万元，其中大部分来自捐款，较上一年度的5360万元为少。",
            "通报涉及28个省，其中最多的是甲省，共30件。",
            "用地面积80.5亩，其中净地面积78.2亩，允许建筑总面积160000平方米。",
            "造成损失62300元，其中交给某公司1张票面金额为150800元的发票。",
            "每人交费260元，后将其中12名学生的费用共计3120元占为己有。",
            "规划500万千瓦（包括风电400万千瓦，光伏100万千瓦），其中近期260万千瓦，远期240万千瓦。",
            "常住人口2150000人，共增加160000人。其中，男性1120000人，女性1030000人。",
            "产量4.50万吨，较2019年的3.42万吨增长31.6%，其中淡水产品3.85万吨。",
            "党员1246名，其中女党员318名，35岁以下党员265名，大专以上学历党员571名，60岁以上党员402名。",
            "企业320家，其中高新企业96家、民营企业287家、规上企业118家。",
            "受处分160718人，其中党纪处分134464人，政务处分38487人。",
            "沪市63.9亿股，深市63.28亿股，其中大户106.52亿股。",
            "收购2100亿斤，其中玉米和稻谷各1000亿斤，其他品种100亿斤。",
            "累计治愈61000例（甲市核增1例，乙市核增2例，丙市核减5例）。",
            "月均收入（扣除成本后）为6830元，其中专送骑手7120元，众包骑手6395元。",
            "昨日进行两场比赛。其中守门员凭扑救成为三场比赛的焦点。",
            "四名队员会合，并分派其中7人到各层视察。",
        ),
    ),
)
