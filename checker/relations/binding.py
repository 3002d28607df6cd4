"""Whether a count binds to the list before it, or may count something else."""

from __future__ import annotations

from itertools import pairwise

from checker.patterns import pattern
from checker.reading import Reading
from checker.relations.counting import Count
from checker.relations.listing import Listing

__all__ = ["CLAUSE_ENDS", "are_levels", "counts_more", "counts_other", "in_words", "is_pair", "is_tied"]

CLAUSE_ENDS = ("", "，", "。", "；", "、", "：", "（", "）", "”", "\n")
_BACK = 48  # characters before a list in which its clause may hold more of it
_NO_NAME = pattern("[的了在是有将被已均该所从由到把给仍或但第每]")
# 三级 of administration: 省、市、县三级; 响应 and titles have grades of their own.
_LEVELS = frozenset("国家央省区市州盟县旗乡镇街道社村组户屯院校班厂")
# 三省一市 · 3个县、2个区
_MORE = pattern("(?:[\ue000-\ue0ff]|[一二两三四五六七八九十]|\\w{1,4}[、和及][\ue000-\ue0ff一二两三四五六七八九十])")
_BESIDES = pattern("(?:不只|不仅|不單|不单|除了?|加上|连同|連同)[^，。；\n]{1,12}，$")
_STEP = 11  # 7类56个: so many are of another kind
_TITLE = pattern(
    "(?:长|书记|经理|主任|主席|委员|代表|总裁|董事|总监|秘书|教授|院士|先生|女士) |夫[妇妻]|[父母][子女]|兄[弟妹]|姐[妹弟]|一家|一行"
)
_PERSONS = frozenset("人名位户")
_THINGS = frozenset("台辆只头套件张支把块棵株口眼盏架匹羽尾盆瓶箱袋桶艘部")
_PLACES = frozenset("国省市州盟县旗区乡镇村")


def are_levels(text: str, listing: Listing) -> bool:
    """Whether every name but the first, whose left edge is open, is a level of administration: 省, 市, 乡镇."""
    return all(end - start <= 4 and text[end - 1] in _LEVELS for start, end in listing.pieces[1:])


def counts_more(reading: Reading, count: Count, listing: Listing, number: int) -> bool:
    """Whether a name before the list or a count behind it belongs to what is counted: 不只是甲市，乙市、丙市和丁市四座城市; 三省一市."""
    text = reading.skeleton.text
    if count.value == number + 1 and _BESIDES.search(text, max(0, listing.pieces[0][0] - _BACK), listing.pieces[0][0]):
        return True
    more = _MORE.match(text, count.end)
    if more is None:
        return False
    known = reading.skeleton.figures.get(more.end() - 1)
    further = reading.quantities[known].value if known is not None else 1
    return further is not None and further < _STEP


def counts_other(reading: Reading, count: Count, listing: Listing, number: int) -> bool:
    """Whether a count that disagrees may well count something else, or only some of what is listed.

    三省一市 counts in two steps; 拖拉机、播种机4台 counts things of the kinds listed; 书记、镇长甲等2人 lists
    titles; 甲县、乙县等2个市 counts what holds the names; and names
    before a comma may belong to the list.
    """
    text = reading.skeleton.text
    if _is_name(text, count, listing) and not is_tied(text, count, listing):
        return True
    if count.value > number and count.surface[0] in _PLACES and text[count.end : count.end + 1] not in _PLACES:
        return True  # 对拉美、非洲、中亚五国 · 京津冀及黑龙江、吉林5省
    if number not in listing.plausible() or _begins_behind_link(text, listing, count.value):
        return True
    if counts_more(reading, count, listing, number):
        return True
    ends = [text[end - 1] for _, end in listing.pieces]
    if count.value > number and count.figure and not all(listing.named):
        bare = (
            text[count.end : count.end + 1] in CLAUSE_ENDS and len(count.surface) == 1 and count.surface not in _PLACES
        )
        if bare or count.surface in _THINGS or count.surface in _PERSONS:
            return True  # 拖拉机、播种机4台: so many of these kinds
    if count.surface in _PERSONS and _TITLE.search(" ".join(text[a:b] for a, b in listing.pieces) + "."):
        return True
    level = text[count.end : count.end + 1] if count.surface == "个" else count.surface[0]
    if level in _PLACES and ends[-1] in _PLACES and level != ends[-1]:
        return True
    begin, longest = listing.pieces[0][0], max((b - a for a, b in listing.pieces[1:]), default=0)
    if count.value > number and text[begin - 1 : begin] == "，" and listing.pieces[0][1] - begin <= longest:
        name = text.rfind("、", max(0, begin - _BACK), begin) + 1
        if name > 0 and begin - 1 - name <= longest:  # 甲省、乙省，丙市、丁市、戊市五地
            return True
    return text[count.end : count.end + 1] == "、"


_LISTED_ON = pattern("[^，。；：！？\n、]{0,10}、")


def _is_name(text: str, count: Count, listing: Listing) -> bool:
    """Whether the count is part of a name of its own, in the list or behind it.

    各级党组织和党员要增强“四个意识” · 农田建设、农村集体“三资”管理、医保基金管理 · "金砖"四国
    """
    if listing.enclosed or all(listing.named):
        return False
    if count.quoted:
        return listing.sure < 3 or _LISTED_ON.match(text, count.end) is not None
    return text[count.start - 1 : count.start] in ("”", '"', "’")


def _begins_behind_link(text: str, listing: Listing, value: int) -> bool:
    """Whether the list may begin behind a 和 between quoted names: 序曲“甲”和“乙”“丙”“丁”三个篇章."""
    for number, ((_, end), (start, _)) in enumerate(pairwise(listing.pieces), start=1):
        if (
            number < listing.sure - 1
            and text[end:start].strip() in ("和", "与", "及")
            and listing.sure - number == value
        ):
            return True
    return False


def in_words(reading: Reading, count: Count) -> bool:
    """Whether the count is written in Chinese numerals, as one that sums up a list mostly is."""
    return count.operand.quantity is not None and reading.quantities[count.operand.quantity].words


def is_tied(text: str, count: Count, listing: Listing) -> bool:
    """Whether the count names what makes the list: 定对象、定措施的“两定”; 甲合作社和乙合作社2个合作社."""
    names = [text[start:end] for start, end in listing.items(listing.most)]
    if count.quoted and listing.sure > 2 and len(count.surface) == 1:
        return all(count.surface in name for name in names)
    if count.figure and listing.most == 2 and len(names) == 2:
        noun, head = names[1][-2:], text[count.end : count.end + 10]
        return len(names[1]) > 3 and names[0].endswith(noun) and noun in head and _NO_NAME.search(names[1]) is None
    return False


def is_pair(text: str, listing: Listing, *, near: bool) -> bool:
    """Whether two names are plainly two: 甲和乙两家, where the second is nothing but a name."""
    last = listing.items(2)[-1]
    clean = _NO_NAME.search(text, *last) is None
    return (
        clean
        and (listing.sure == 2 or near)
        and (last[1] - last[0] > 1 or text[last[0]] >= "\ue000" or listing.pieces[0][1] - listing.pieces[0][0] < 3)
    )
