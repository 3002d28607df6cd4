"""The list of parts behind 其中 or in a bracket: its figures with the words around each, and what these say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.checks.builder import comparable, figures_between
from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading

__all__ = [
    "LONGEST",
    "UNSUMMED",
    "Part",
    "are_complements",
    "are_disjoint",
    "are_precise",
    "is_other",
    "parts_between",
    "run_of_unit",
    "same_noun",
    "shared_words",
]

LONGEST = 16  # figures of one list, and as many wholes, that are looked at
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
# What can be counted under two heads: a customer, a firm (高新技术企业, 民营企业).
_OVERLAPPING = pattern("客户|用户|账户|注册|活跃|会员|粉丝|渠道|网银|企业|公司|单位|机构")
_FIGURE = pattern("[\ue000-\ue0ff]")
_CLAUSE_END = pattern("[。；！？\n]")
_ADJECTIVE = 3  # characters before a figure that say which, not of what
# Units whose figures are no parts of a sum.
UNSUMMED = frozenset(
    ["[rate]", "[point]", "[multiple]", "[doubling]", "[time]", "[temperature]", "[age]", "[score]", "[index_point]"]
)


class Part(NamedTuple):
    """A figure of the list, the words before it in the list, and the words behind it."""

    quantity: Quantity
    before: str
    after: str


def is_other(part: Part) -> bool:
    """Whether the words around a figure make it something else than a part of the whole: 占比{figure}, 四十七人案."""
    persons, named = (words_of("links", "persons", key) for key in ("units", "named"))
    return (part.quantity.surface in persons and part.after.startswith(named)) or _OTHER.search(part.before) is not None


def parts_between(reading: Reading, start: int, end: int) -> list[Part]:
    """The figures of a list with the words around them, up to the first that leaves the list."""
    text = reading.skeleton.text
    found = figures_between(reading, start, end)[:LONGEST]
    items: list[Part] = []
    for number, (place, quantity) in enumerate(found):
        before = text[(found[number - 1][0] + 1 if number else start) : place]
        before = _FIGURE.sub("", before)  # dates
        following = found[number + 1][0] if number + 1 < len(found) else end
        after = re.split("[，、；（）]", text[place + 1 : following])[0]
        own = re.split("[，、；]", before)[-1]
        if (items and _LEAVES.match(own)) or (number and "其中" in before):
            break  # another subject, or a part that is parted again
        items.append(Part(quantity, own if items else before, after))
    return items


def run_of_unit(items: Sequence[Part], first: Part, name: str) -> list[Part]:
    """The items of one unit from the first on; a figure that is no part of the whole ends the run."""
    run: list[Part] = []
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
        if is_other(item):
            break
        run.append(item)
    return run


def are_precise(figures: Sequence[Quantity]) -> bool:
    """Whether every figure is written out, none with 约, 余 or 近."""
    return all(q.approximation in ("exact", "rounded") for q in figures)


def same_noun(reading: Reading, whole: Quantity, parts: Sequence[Part]) -> bool:
    """Whether the parts count what the whole counts: always for households, money and the like, by the words for 个 and 家."""
    if whole.unit is None or not whole.unit.generic:
        return True
    heads = [reading.claims.head(q.id) or "" for q in (whole, parts[0].quantity)]
    if all(heads) and not set(heads[0]) & set(heads[1]):
        return False
    ends = {item.before[-1:] for item in parts}
    if bool(heads[0]) and ends == {heads[0][-1]}:
        return True
    elliptic = all(not i.after and len(i.before) <= _ADJECTIVE and i.quantity.unit == whole.unit for i in parts)
    return elliptic or bool(shared_words(reading, whole, parts))  # 水库8座，其中大型9座: the noun is left out


def shared_words(reading: Reading, whole: Quantity, parts: Sequence[Part]) -> set[str]:
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


# Words that leave nothing between them.
_COMPLEMENTS = (
    ("出口", "进口"), ("城镇", "农村"), ("城镇", "乡村"), ("城市", "农村"), ("男", "女"),
    ("第一产业", "第二产业", "第三产业"), ("境内", "境外"), ("税收", "非税"),
)  # fmt: skip


def are_complements(parts: Sequence[Part]) -> bool:
    """Whether the names of the items leave nothing out: 出口4.2亿元，进口3.9亿元.

    The items say the same but for these words.
    """
    for words in _COMPLEMENTS:
        if len(words) == len(parts) and all(w in p.before for w, p in zip(words, parts, strict=True)):
            rests = {p.before.replace(w, "", 1).strip("，：") for w, p in zip(words, parts, strict=True)}
            return len(rests) == 1 and len({p.after for p in parts}) == 1
    return False


def are_disjoint(parts: Sequence[Part]) -> bool:
    """Whether the items are of one make, so that nothing can be in two of them: 东片120个、西片80个."""
    ends = {item.before.rstrip("为有是达约")[-1:] for item in parts} if all(item.before for item in parts) else set()
    heads = {item.after for item in parts}
    return (
        len(heads) == 1 and (len(ends) == 1 or heads != {""}) and not any(_OVERLAPPING.search(i.before) for i in parts)
    )
