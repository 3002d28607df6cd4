"""From the words around a figure to what it measures.

Chinese puts the measured noun before the figure and its verb (产业扶贫项目分红450万元) or, with a measure word, behind it
(21个贫困村). Both are taken from the figure's own clause; a period and a holder hold until another replaces them.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from checker.claims.model import Claim
from checker.claims.periods import Period
from checker.document import Document
from checker.quantities import Quantity
from checker.skeleton import Skeleton

__all__ = ["claims_of"]

# The stretch of the clause before a figure: no other figure, nothing that ends a clause.
_LEFT = regex.compile(r"(?r)[^\ue000-\ue0ff，。；：！？\n（）]{0,24}")  # read backwards from the figure
# The noun behind a measure word, up to the first word that cannot be in it: 21个[贫困村]全部出列
_RIGHT = regex.compile(
    r"[\p{Han}A-Za-z“”《》]{1,14}?(?=$|[^\p{Han}A-Za-z“”《》]|[的了在被已均都也将是为有由从到以可能会并和及与或等中内外上下后前时不把对向给让使于获占达共]"
    r"|全部|实现|脱贫|出列|受益|增收|参加|进行|纳入|通过|完成|建立|建成|发展|组织|分别|实施)"
)
# What stands between the noun and its figure: 分红[达到], 项目[共有], 收入[约为]
_VERBS = regex.compile(
    r"(?:已|已经|共|总共|一共|共计|合计|总计|累计|分别|均|各|约|仅|只|就|还|又|再|也|则|都|高|多|可|将|平均|人均|户均|其中)*"
    r"(?:达到了?|达成?|为|是|有|实现|完成|突破|超过?|增长到|增加到|增至|升至|降至|降到|下降到|减少到|提高到|提升到|上升到|扩大到|回升至|回落至|至|到|占|得|了|，)*$"
)
_OPENING = regex.compile(
    r"^(?:其中|当中|截至|目前|全年|现|现在|另有|另外|此外|同时|去年|今年|当年|同年|上年|本年|年末|年底|年初|末|底|初|，|、)+"
)
_NO_SCOPE: frozenset[str] = frozenset()
_SCOPE = regex.compile("其中|当中|累计|新增|共计|总计|合计|共|人均|户均|亩均|平均|同比|环比|计划|预计|力争|目标")
_HOLDER = regex.compile(  # read backwards, so that the last name before a figure is the first found
    r"(?r)全[国省市县区州乡镇村校行厂院队盟旗球年]|(?:[我本该各]|两)[国省市县区州乡镇村校行厂院司]|[\p{Han}--[的和与及在对为是有各等其中了个省市县区乡镇村]]{1,6}(?:省|自治区|市|县|区|州|乡|镇|村|屯)(?![级政委民])",
    regex.V1,
)


def claims_of(document: Document, quantities: Sequence[Quantity], skeleton: Skeleton) -> tuple[Claim, ...]:
    """One claim for each quantity, in the same order; fields that the text does not give stay None."""
    claims: list[Claim] = []
    period = Period(document)
    holder: str | None = None
    clause_from = 0
    for quantity in quantities:
        place = skeleton.place_of.get(quantity.id)
        if place is None or quantity.kind != "quantity":
            if place is not None and quantity.kind in ("date", "period"):
                period.words(skeleton.text[clause_from:place])
                period.figure(quantity)
            claims.append(Claim(quantity.id))
            continue
        left = _LEFT.match(skeleton.text, max(0, place - 24), place)
        words = left.group() if left is not None else ""
        named = _HOLDER.search(skeleton.text, clause_from, place)
        if named is not None:
            holder = named.group()
        period.words(skeleton.text[clause_from:place])
        clause_from = place
        right = _RIGHT.match(skeleton.text, place + 1)
        claims.append(
            Claim(
                quantity.id,
                metric=_metric(words) if words else None,
                holder=holder,
                period=period.now,
                scope=frozenset(_SCOPE.findall(words)) if words else _NO_SCOPE,
                head=right.group() if right is not None else None,
            )
        )
    return tuple(claims)


def _metric(words: str) -> str | None:
    noun = _VERBS.sub("", _OPENING.sub("", words.strip()))
    return noun or None
