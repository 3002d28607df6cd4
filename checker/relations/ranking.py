"""Rankings: what is 最多 is not below what comes 其次, and so down the list; who rises from the ninth place is not the twelfth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from checker.checks import Check, Operand
from checker.checks.builder import comparable, figures_between, formula, make_check
from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.quantities import Quantity
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_moves", "check_rankings"]

# 越南最多，为46万人，占25.4%。其次为中国的38万人（21.2%）以及菲律宾的20万人（11.3%） · 以26亿元领跑；以21亿元位列次席
_FIRST = pattern("最多|最高|最大|居首|第一|领跑|榜首|首位|领先|领衔|夺冠")
_SECOND_WORDS = ("其次", "次席", "次之", "位列第二", "排名第二", "位居第二", "居第二")
_SECOND = pattern("|".join(_SECOND_WORDS))
_FALLING = pattern("最少|最低|最小|倒数|最慢")
_STOP = pattern("[。！？\n]")
_OTHER = pattern("同比|环比|比上年|增长|下降|增加|减少")
_BACK, _AHEAD = 60, 90  # characters of the skeleton before and behind 其次 that belong to the ranking

_ORDER = formula("higher >= lower")
_ROSE, _FELL = formula("base >= current"), formula("base <= current")
_BEFORE_RANK = 20  # characters before a rank in which 由 and 从 may stand


def check_rankings(reading: Reading, lang: str) -> Iterator[Check]:
    """Each figure of a ranking against the next of its unit."""
    text = reading.skeleton.text
    for second in _SECOND.finditer(reading.skeleton.text):
        start = max(0, second.start() - _BACK)
        start = max(start, text.rfind("\n", start, second.start()) + 1)
        first = next(reversed(list(_FIRST.finditer(text, start, second.start()))), None)
        if first is None or _FALLING.search(text, start, second.start()) or _OTHER.search(text, start, second.start()):
            continue
        stop = _STOP.search(text, second.end())
        end = min(stop.start() if stop else len(text), second.end() + _AHEAD)
        # The leader's figure may stand before its word (以26亿元领跑) or behind it (最多，为46万人).
        clause = max(text.rfind(mark, start, first.start()) for mark in "。；，：") + 1
        leading = [q for _, q in figures_between(reading, max(start, clause), second.start())]
        before = max(text.rfind(mark, second.start() - 20, second.start()) for mark in "。；") + 1
        following = [q for _, q in figures_between(reading, max(before, first.end()), end)]
        yield from _chains(reading, leading, following, lang)


def _chains(reading: Reading, leading: Sequence[Quantity], following: Sequence[Quantity], lang: str) -> Iterator[Check]:
    """One chain for each unit: the leader and those that follow it."""
    done: set[str] = set()
    for leader in leading:
        if leader.unit is None or leader.value is None or leader.unit.dimension in done | {"[time]"}:
            continue
        done.add(leader.unit.dimension)
        chain = [leader, *(q for q in following if q.id > leader.id and comparable(q, leader) and q.value is not None)]
        if len(chain) > 1:
            yield _in_order(reading, chain, lang)


_LEADS = pattern("(?:最多|最高|最大|居首|第一|榜首|首位)[，的]?(?:为|是|有|达|达到|共|，)*$")
_LED = pattern("[\\w]{0,4}?(?:领跑|居首|位居第一|夺冠|领先)")


def _is_ranked(reading: Reading, chain: Sequence[Quantity]) -> bool:
    """Whether the first figure is that of the leader: 最多，为46万人 · 以26亿元领跑; not 5歲以下幼童入院率最高."""
    text, place = reading.skeleton.text, reading.skeleton.place_of[chain[0].id]
    return (
        _LEADS.search(text, max(0, place - 12), place) is not None or _LED.match(text, place + 1) is not None
    ) and not any(q.words and q.value is not None and q.value < 10 for q in chain)


def _in_order(reading: Reading, chain: Sequence[Quantity], lang: str) -> Check:
    """The whole chain as one check; a chain of two is judged, a longer one may mix two rankings and only confirms."""
    checks = [
        make_check(
            reading, "range_order", _ORDER, {"higher": (higher,), "lower": (lower,)}, _MESSAGE[lang], severity="warning",
            accuses=len(chain) == 2 and _is_ranked(reading, chain), confirms=False,
        )
        for higher, lower in pairwise(chain)
    ]  # fmt: skip
    worst = next((c for c in checks if c.outcome in ("fails", "undecided")), checks[-1])
    operands = (Operand("higher", chain[0].id), *(Operand("lower", q.id) for q in chain[1:]))
    written = " ≥ ".join(c.expression.split(" ≥ ")[0] for c in checks)
    expression = (
        worst.expression
        if worst.outcome != checks[-1].outcome
        else f"{written} ≥ {checks[-1].expression.split(' ')[-1]}"
    )
    return worst._replace(operands=operands, expression=expression, start=chain[0].start, end=chain[-1].end)


def check_moves(reading: Reading, lang: str) -> Iterator[Check]:
    """A rank that rose or fell against the one before: 由第9位升至第2位; a better rank is a smaller number."""
    text = reading.document.folded
    from_, up, down = _moves()
    ranks = [q for q in reading.quantities if q.id not in reading.cells and _is_rank(q, text)]
    for base, current in pairwise(ranks):
        if base.kind == current.kind == "quantity":
            continue  # 由24名增至30名 counts persons
        between = text[base.end : current.start]
        before = text[max(0, base.start - _BEFORE_RANK) : base.start]
        if from_.search(before) is None or any(word in before for word in words_of("links", "moved", "from_the_end")):
            continue
        for moved, order in ((up, _ROSE), (down, _FELL)):
            if moved.fullmatch(between):
                slots = {"base": (base,), "current": (current,)}
                yield make_check(reading, "direction", order, slots, _MOVED[lang][order is _ROSE], severity="warning")


def _is_rank(quantity: Quantity, text: str) -> bool:
    """Whether a figure is a place in an order: 第9位, 24位, and no 第2级."""
    ranked = words_of("links", "moved", "ranked")
    if quantity.value is None or quantity.kind not in ("ordinal", "quantity"):
        return False
    return text[quantity.end - 1] in ranked or (
        quantity.kind == "ordinal" and text[quantity.end : quantity.end + 1] in ranked
    )


@cache
def _moves() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """由 and 从 before a rank, and what stands between two of which the second is better, or worse."""
    from_, arrival = ("|".join(words_of("links", name, "words")) for name in ("from", "to"))
    up, down = (
        "|".join(words_of("links", "moved", name) + words_of("links", "moved", f"rank_{name}"))
        for name in ("up", "down")
    )
    between = "[^，。；：\\n]{{0,8}}?(?:{verb})(?:{done})(?:{arrival})[^，。；：\\n]{{0,10}}?"
    done = words_of("links", "against", "done")[0]
    return (
        re.compile(f"(?:{from_})[^，。；：\\n]*$"),
        re.compile(between.format(verb=up, arrival=arrival, done=done)),
        re.compile(between.format(verb=down, arrival=arrival, done=done)),
    )


_MOVED = {
    "zh": ("排名由{base}下降，此处却是{current}", "排名由{base}上升，此处却是{current}"),
    "en": ("the rank fell from {base}, but is {current}", "the rank rose from {base}, but is {current}"),
}
_MESSAGE = {
    "zh": "排在前面的{higher}小于其次的{lower}",
    "en": "{higher}, ranked before, is below {lower}",
}

RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK713",
        slug="ranking-order",
        relation="range_order",
        severity="warning",
        function=check_rankings,
        title={"zh": "最多、其次：排序与数值相符", "en": "Rankings in words agree with the figures"},
        messages={"zh": "排序与数值不符", "en": "a ranking does not agree with its figures"},
        fails=("外来务工者中，甲省最多，为4623人；其次为乙省，为5858人。",),
        holds=("外来务工者中，甲省最多，为4623人；其次为乙省，为3858人。",),
        silent=(
            "外来务工者中，甲省最少，为1623人；其次为乙省，为3858人。",
            "甲省增幅最高，增长46%；其次为乙省，共3858人。",
            "5岁以下儿童入院率最高，其次为65岁以上长者。",
            "最大的捐款来自一位商人，其次为甲和乙，二人各捐1万元。",
        ),
    ),
    RelationRule(
        id="CK714",
        slug="rank-moved",
        relation="direction",
        severity="warning",
        function=check_moves,
        title={"zh": "排名升降与名次相符", "en": "Ranks that rose or fell"},
        messages={"zh": "排名升降与名次不符", "en": "a rank did not move as the text says"},
        fails=("全市营商环境排名由上年的第9位上升到第12位。",),
        holds=("全市营商环境排名由上年的第12位上升到第9位。", "该队排名从第三名跌至第八名。"),
        silent=(
            "该基金从去年的倒数第二名升至同类第5名。",
            "编制由24名增加到30名。",
            "预警由第2级提升到第3级。",
            "第9届选手名单公布，第12位选手补录。",
        ),
    ),
)
