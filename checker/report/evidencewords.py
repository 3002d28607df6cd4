"""What links are seen from, in words for people: kinds, roles, constructions, reasons, and the features that the weights know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from checker.language.lexicon import words_of
from checker.links import Candidate, Reason
from checker.links.kinds import kind_of
from checker.patterns import pattern
from checker.report.words import TYPE_WORDS
from checker.sources.messages import Lang

__all__ = ["CONSTRUCTIONS", "KINDS", "REASONS", "ROLES", "TYPES", "feature_words", "reason_words"]

_Words = Mapping[str, tuple[str, str]]

TYPES: _Words = MappingProxyType(
    {
        **TYPE_WORDS,
        "growth": ("增长率", "growth"),
        "both": ("占比和率", "shares and rates"),
    }
)
KINDS: _Words = MappingProxyType(
    {
        "growth": ("增长率", "growth"),
        "implied": ("增减量与增长率", "change and its rate"),
        "difference": ("增减量", "difference"),
        "points": ("百分点", "points"),
        "multiple": ("倍数", "multiple"),
        "share": ("占比", "share"),
        "denominator": ("同一总体的两个占比", "two shares of one whole"),
        "sum": ("总数与各项", "whole and parts"),
        "partition": ("各项占比合为100%", "shares that make a whole"),
        "mean": ("平均数", "mean"),
        "repeat": ("同一个数说了两次", "one figure said twice"),
        "rise": ("上升", "rise"),
        "fall": ("下降", "fall"),
        "above": ("高于", "above"),
        "below": ("低于", "below"),
        "even": ("持平", "level"),
        "gap": ("两数之差", "gap"),
        "lead": ("比分之差", "lead"),
        "ratio": ("两数之比", "ratio"),
        "within": ("部分与总体", "part and whole"),
        "flow": ("期初、增减与期末", "stock at both ends and what flowed"),
    }
)
ROLES: _Words = MappingProxyType(
    {
        "base": ("基数", "base"),
        "current": ("现值", "current"),
        "rate": ("比率", "rate"),
        "change": ("增减量", "change"),
        "times": ("倍数", "times"),
        "part": ("部分", "part"),
        "whole": ("总体", "whole"),
        "count": ("个数", "count"),
        "mean": ("平均数", "mean"),
        "total": ("总数", "total"),
        "first": ("前一个数", "first"),
        "second": ("后一个数", "second"),
        "larger": ("大数", "larger"),
        "smaller": ("小数", "smaller"),
        "gap": ("差数", "gap"),
        "score": ("比分", "score"),
        "one": ("前项", "first term"),
        "other": ("后项", "second term"),
        "ratio": ("比", "ratio"),
        "opening": ("期初", "at first"),
        "inflow": ("增加", "came"),
        "outflow": ("减少", "went"),
        "closing": ("期末", "at last"),
    }
)
CONSTRUCTIONS: _Words = MappingProxyType(
    {
        "rate-of": ("甲中有乙做了某事，其率为丙", "of A, B did so, at a rate of C"),
        "taking": ("一句之中各项各占几成", "the shares of one sentence"),
        "of-them": ("甲个中的乙个", "B of those A"),
        "among-them": ("甲个中，有乙个", "among those A there are B"),
        "done": ("甲个，已做成乙个", "A, of which B are done"),
        "flow": ("期初甲，其间增减，期末乙", "A at first, what came and went, B at last"),
        "flow-one-way": ("期初甲，其间增或减，期末乙", "A at first, what came or went, B at last"),
        "from-to": ("由甲到乙，增减丙", "from A to B, a change of C"),
        "from-by-to": ("由甲增减丙，到乙", "from A by C to B"),
        "than": ("乙，比甲增减丙", "B, a change of C on A"),
        "than-name": ("甲、乙两项，一项比另一项多丙", "A and B, one more than the other by C"),
        "than-bracket": ("乙，比（甲）高低丙", "B, above or below (A) by C"),
        "apart": ("甲、乙，两者相差丙", "A and B, apart by C"),
        "label-behind": ("乙，比上期增减丙，上期为甲", "B, a change of C on the last period, which had A"),
        "earlier": ("从前的甲，现在的乙，增减丙", "an earlier A, then B, a change of C"),
        "year": ("上一年的甲，这一年的乙，增减丙", "A of one year, B of the next, a change of C"),
        "by-and-rate": ("乙，比上期增减甲，增减率丙", "B, a change of A on the last period, at a rate of C"),
        "of-whole": ("部分，占总体的几成", "a part, of the whole so much"),
        "among": ("总体，其中部分，占几成", "a whole, among it a part, a share"),
        "in": ("总体中，部分，占几成", "in the whole a part, a share"),
        "in-all": ("总体中，部分，占总数几成或某某率", "in the whole a part, its share or rate of all"),
        "named": ("部分，占“总体的名称”几成", "a part, a share of the whole by its name"),
        "list": ("总体，其中各部分各占几成", "a whole, among it parts with their shares"),
        "total-behind": ("各项，合计总数", "parts, together the total"),
        "rest": ("几项，其余若干", "parts, and the rest"),
        "composed": ("总数，由各项构成", "a total made up of parts"),
        "complements": ("名称互补的两项", "two parts whose names make a whole"),
        "this": ("上述若干", "the said number"),
        "headline": ("标题与其下正文的同一指标", "one metric in a heading and in the text below it"),
        "headline-only": ("标题的数与其下正文唯一的同类数", "a heading and the only such figure in the text below it"),
        "headline-best": (
            "标题与其下正文用语最近的数",
            "a heading and the figure of the likest words in the text below it",
        ),
        "moved": ("由甲升降到乙", "from A up or down to B"),
        "moved-by": ("由甲增减几成到乙", "from A by so much to B"),
        "moved-each": ("分别由甲、乙升降到丙、丁", "from A and B up or down to C and D"),
        "moved-later": ("甲，后来升降到乙", "A, later up or down to B"),
        "held": ("乙，高于或低于某时、某地的甲", "B, above or below the A of another time or place"),
        "held-named": ("乙，高于或低于某时同一名称的甲", "B, above or below A, of the same name and another time"),
        "than-moved": ("乙，较某时的甲有所升降", "B, up or down on the A of another time"),
        "even": ("乙，与某时的甲持平", "B, level with the A of another time"),
        "balance": ("一收甲，一支乙，差额丙", "A in, B out, a balance of C"),
        "left": ("共甲，已乙，尚余丙", "A in all, B done, C left"),
        "lead": ("以甲比乙领先或落后丙", "ahead or behind by C at A to B"),
        "lead-named": ("比分甲比乙，一方领先或落后丙", "A to B, one side ahead or behind by C"),
        "ratio": ("甲若干，乙若干，甲乙之比", "A and B, and the ratio named after both"),
        "shared-out": ("总数，个数，平均每个若干", "a total, a count, so much for each"),
    }
)
REASONS: Mapping[Reason, tuple[str, str]] = MappingProxyType(
    {
        "confirms": ("成立，不会是巧合：印证", "works out, hardly by chance: confirmed"),
        "accuses": ("不成立，像是笔误：报告", "fails, and looks like a slip of the pen: reported"),
        "improbable": ("不像有联系，没有看数值", "hardly a link: its values were not looked at"),
        "incomputable": ("算不出来", "cannot be worked out"),
        "chance": ("成立，但可能是巧合：不算印证", "works out, perhaps by chance: not confirmed"),
        "doubtful": ("不成立，但未必有联系：不报告", "fails, but may be no link: not reported"),
        "claims-differ": (
            "不成立，但这些数说的不是一回事：不报告",
            "fails, but the figures say different things: not reported",
        ),
        "turned": ("不成立，但换一种读法就成立：不报告", "fails, but works out read another way: not reported"),
        "no-slip": ("不成立，但不像笔误：不报告", "fails, but looks like no slip of the pen: not reported"),
        "another-accuses": (
            "不成立，但同一个数的另一组更像笔误：只报告那一组",
            "fails, but another pair looks more like a slip: only that is reported",
        ),
        "another-fits": (
            "不成立，但同一个数另有一组相合：不报告",
            "fails, but another pair fits the same figure: not reported",
        ),
        "another-confirms": (
            "不成立，但同一个数由另一组印证：不报告",
            "fails, but another pair confirms the same figure: not reported",
        ),
    }
)
_ANOTHER = ("成立，但同一个数的另一组更可能：以那一组为准", "works out, but another pair is likelier: that one counts")


def reason_words(reason: Reason, works: bool | None, lang: Lang) -> str:
    """What decided on a candidate.

    >>> reason_words("chance", True, "en")
    'works out, perhaps by chance: not confirmed'
    """
    return _said(_ANOTHER if reason == "another-confirms" and works else REASONS[reason], lang)


# The figures that features name by a letter, by the kind of their candidate.
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "change": {"L": "current", "B": "base", "C": "anchor"},
    "implied": {"L": "current", "D": "change", "C": "anchor"},
    "share": {"P": "part", "W": "whole", "S": "anchor"},
    "denominator": {"P": "part", "S": "anchor"},
    "mean": {"N": "count", "T": "total"},
    "sum": {"T": "total"},
    "repeat": {"a": "first", "b": "second"},
}
_ANCHORS = {
    "growth": "rate", "implied": "rate", "difference": "change", "points": "change", "multiple": "times", "share": "rate", "mean": "mean",
    "denominator": "rate",
}  # fmt: skip
_NAMES: _Words = {
    "cue": ("提示词", "cue"),
    "cues": ("提示词", "cues"),
    "gap": ("相隔", "distance"),
    "gaps": ("相隔", "distances"),
    "order": ("先后", "order"),
    "metric": ("指标", "metric"),
    "period": ("时期", "period"),
    "periods": ("时期相同", "one period"),
    "holder": ("主体", "holder"),
    "holders": ("主体", "holders"),
    "noun": ("所数的名词", "noun counted"),
    "type": ("类别", "kinds"),
    "types": ("同一类", "one kind"),
    "surface": ("单位写法相同", "units written alike"),
    "units": ("单位几种写法", "writings of units"),
    "approx": ("是准数", "exact"),
    "compared": ("比较的词", "compared with"),
    "near": ("离得", "near by"),
    "rivals": ("中间的同类数", "like figures between"),
    "arrives": ("写明到了", "said to be reached"),
    "label": ("基数的名称与所比的相合", "base bears the name compared with"),
    "role": ("类别", "kind"),
    "dir": ("方向", "direction"),
    "dirs": ("方向一致", "same direction"),
    "directions": ("有方向", "directions"),
    "level": ("数额", "level"),
    "change": ("增减量", "change"),
    "both": ("两处", "both"),
    "named": ("占的是哪个总体", "the whole is named"),
    "side": ("总体的位置", "place of the whole"),
    "said": ("比率前的词", "words at the rate"),
    "alike": ("名称", "names"),
    "shared": ("各项名称的结尾", "ends of the names"),
    "of": ("占…的", "of"),
    "behind": ("紧接部分写占", "share right behind its part"),
    "bracket": ("在括号里", "in brackets"),
    "even": ("各项间隔", "distance of parts"),
    "end": ("之后", "behind it"),
    "start": ("之前", "before it"),
    "last": ("末项的提示词", "cue at the last part"),
    "stop": ("下一个数的词", "words of the next"),
    "count": ("几项", "parts"),
    "announced": ("写明了几项", "their number is told"),
    "each": ("各项之间另有数", "figures between parts"),
    "others": ("各项之间另有数", "figures between parts"),
    "complement": ("名称互补", "names make a whole"),
    "skipped": ("跳过的数", "figures left out"),
    "steps": ("末位有几种", "kinds of last digits"),
    "where": ("前一个数在", "the first stands in the"),
    "place": ("相隔", "distance"),
    "nth": ("往前第几个", "how many back"),
    "same": ("写法相同", "worded alike"),
    "own": ("有自己的词", "words of its own"),
    "span": ("首末两项相隔", "first to last"),
    "parts": ("各项的名称", "names of the parts"),
    "whole": ("总数与各项的名称", "names of total and parts"),
    "counts": ("可作个数的", "possible counts"),
    "totals": ("可作总数的", "possible totals"),
    "nearest": ("最近", "nearest"),
    "per": ("每", "for each"),
    "head": ("所数的名词", "noun counted"),
    "T": ("总数", "total"),
    "Tholder": ("总数与各项的主体", "holders of total and parts"),
    "SP": ("比率与部分的名称", "names of rate and part"),
    "LC": ("现值是", "the current figure is"),
}
_VALUES: _Words = {
    "True": ("是", "yes"),
    "False": ("否", "no"),
    "None": ("无", "none"),
    "none": ("无", "none"),
    "no": ("无", "no"),
    "yes": ("是", "yes"),
    "met": ("是", "yes"),
    "to": ("是", "yes"),
    "equal": ("相同", "the same"),
    "end": ("一个是另一个的结尾", "one ends the other"),
    "contains": ("一个含另一个", "one in the other"),
    "ordered": ("大体相同", "nearly the same"),
    "head": ("结尾相同", "same ending"),
    "overlap": ("部分相同", "partly the same"),
    "near": ("相近", "alike"),
    "differ": ("不同", "different"),
    "one": ("只写了一个", "one is not told"),
    "unknown": ("都没有写", "neither is told"),
    "clause": ("同一小句", "same clause"),
    "clause2": ("同一小句，中间有数", "same clause, figures between"),
    "piece": ("隔逗号", "a comma apart"),
    "piece1": ("隔一个逗号", "a comma apart"),
    "piece2": ("隔两个逗号", "two commas apart"),
    "piece3": ("隔几个逗号", "commas apart"),
    "sentence": ("隔句", "sentences apart"),
    "sentence1": ("在邻句", "in the next sentence"),
    "sentence2": ("隔一句", "two sentences apart"),
    "sentence3": ("隔几句", "sentences apart"),
    "next": ("在邻段", "in the next paragraph"),
    "far": ("隔段", "paragraphs apart"),
    "mixed": ("不一", "uneven"),
    "ab": ("照这个次序", "in this order"),
    "ba": ("次序相反", "the other way round"),
    "up": ("增", "up"),
    "down": ("减", "down"),
    "years1": ("相差一年", "a year apart"),
    "years2": ("相差几年", "years apart"),
    "years-1": ("倒差一年", "a year the other way"),
    "years-2": ("倒差几年", "years the other way"),
    "within": ("同一年内", "within a year"),
    "earlier": ("较早", "earlier"),
    "later": ("较晚", "later"),
    "all": ("写明名称", "by its name"),
    "noun": ("写明所数的名词", "by its noun"),
    "each": ("各有", "each"),
    "some": ("部分相同", "some"),
    "few": ("有几个", "a few"),
    "many": ("很多", "many"),
    "other": ("其他", "other"),
    "title": ("标题", "title"),
    "lead": ("开头", "first paragraph"),
    "body": ("正文", "body"),
    "names": ("是", "yes"),
    "rest": ("有其余", "a rest"),
    "not": ("有否定", "negated"),
    "<": ("在前", "before"),
    ">": ("在后", "behind"),
    "<<": ("在两者之前", "before both"),
    ">>": ("在两者之后", "behind both"),
    "><": ("在中间", "between"),
    "<>": ("在中间", "between"),
    "ahead": ("各项在总数之后", "parts behind the total"),
    "behind": ("各项在总数之前", "parts before the total"),
    "bracket": ("是", "yes"),
    "more": ("更多", "more"),
}
_SIDES = {"own": ("之前", "before"), "clause": ("所在小句里", "in the clause of"), "behind": ("之后", "behind")}
# B>piece1 · W<P · L.own:earlier · S:share · LB.period:years1
_PLACE = pattern(r"(?P<one>[A-Z])(?P<side>[<>])(?P<rest>[A-Za-z]+\d?)")
_CUE = pattern(r"(?P<one>[A-Za-z]b?)(?:\.(?P<side>own|clause|behind))?:(?P<cue>[a-z_]+)")
_PAIR = pattern(r"(?P<one>[A-Z])(?P<two>[A-Z])\.(?P<name>[a-z]+):(?P<values>.+)")
_AT_PARTS = {
    "first": (("第一项", "the first part"), _SIDES["clause"]), "last": (("末项", "the last part"), _SIDES["own"]),
    "middle": (("中间各项", "the parts between"), _SIDES["own"]), "end": (("下一个数", "the next figure"), _SIDES["own"]),
    "T": (("总数", "the total"), _SIDES["own"]), "Tb": (("总数", "the total"), _SIDES["behind"]),
    "near": (("最近的数", "the nearest figure"), _SIDES["own"]), "nearclause": (("最近的数", "the nearest figure"), _SIDES["clause"]),
}  # fmt: skip
_CUES = ("cue", "cues", "said", "stop", "last", "compared", "both")  # what stands in these is a list of cue words
_SORTS = ("rate", "share", "both")
_COUNTED = pattern(r"k(?P<parts>\d)")  # k3: three parts
_ORDERED = pattern("[cmt]{3}")  # ctm: the count, the total, the mean
_MEANS = {"c": "count", "m": "mean", "t": "total"}


def feature_words(feature: str, candidate: Candidate, lang: Lang) -> str:
    """A feature of a candidate in words; one that is not known comes back as it is.

    >>> feature_words("B>piece1", Candidate("change", 0, "", {}, (), "growth"), "en")
    'base behind rate, a comma apart'
    """
    kind = kind_of(candidate)
    letters = {letter: ROLES[_ANCHORS[kind] if role == "anchor" else role] for letter, role in _LETTERS.get(candidate.kind, {}).items()}  # fmt: skip
    anchor = ROLES[_ANCHORS[kind]] if kind in _ANCHORS else ("", "")
    if (match := _PLACE.fullmatch(feature)) and match["one"] in letters:
        one, side = letters[match["one"]], _SIDES["own" if match["side"] == "<" else "behind"]
        if match["rest"] in letters:
            return _placed(one, letters[match["rest"]], side, lang)
        if match["rest"] in _VALUES:
            return f"{_placed(one, anchor, side, lang)}{_said(('，', ', '), lang)}{_said(_VALUES[match['rest']], lang)}"
    if (match := _CUE.fullmatch(feature)) and match["one"][0] in letters and _cue(match["cue"], lang):
        where = match["side"] or ("own" if len(match["one"]) == 1 else "behind")  # Sb: behind the share
        return _at(letters[match["one"][0]], _SIDES[where], match["cue"], lang)
    if (
        (match := _PAIR.fullmatch(feature))
        and {match["one"], match["two"]} <= letters.keys()
        and match["name"] in _NAMES
    ):
        pair = [_said(letters[match[letter]], lang) for letter in ("one", "two")]
        values, said = _listed(match["values"].split(":"), lang), _said(_NAMES[match["name"]], lang)
        return f"{'与'.join(pair)}的{said}：{values}" if lang == "zh" else f"{said} of {' and '.join(pair)}: {values}"
    return " · ".join(_crossed(feature, lang)) or feature


def _crossed(feature: str, lang: Lang) -> Iterator[str]:
    """Several things that speak together: ``cue-gap:earlier:piece``."""
    head, _, tail = feature.partition(":")
    values = tail.split(":") if tail else []
    if head in ("ahead", "behind"):
        yield _said(_VALUES[head], lang)
        head, values = (values[0], values[1:]) if values else ("", [])
    elif values and values[0] in ("ahead", "behind") and head not in _AT_PARTS:
        yield _said(_VALUES[values[0]], lang)
        values = values[1:]
    if head in _AT_PARTS and len(values) == 1 and _cue(values[0], lang):
        yield _at(*_AT_PARTS[head], values[0], lang)
        return
    parts = _COUNTED.fullmatch(head)
    if parts is not None:
        head, values = "count", [parts["parts"], *values]
    names = [name for name in head.split("-") if name]
    if len(values) > len(names):  # what the figures are stands first or last, and has no name
        values.sort(key=lambda value: value in _SORTS)
    space = " " if lang == "en" else ""
    for name in names:
        taken = [
            _value(value, lang, cue=name in _CUES)
            for value in values[: 2 if name == "cues" and len(values) > len(names) else 1]
        ]
        values = values[len(taken) :]
        yield f"{_said(_NAMES.get(name, (name, name)), lang)}{space or ' '}{'、'.join(taken)}".rstrip()
    for value in values:
        yield _value(value, lang)


def _value(value: str, lang: Lang, *, cue: bool = False) -> str:
    cues = [_cue(each, lang) for each in value.removeprefix("clause-").split("+")]
    if cue and all(cues):
        return "、".join(cues)
    for words in (_VALUES, TYPES):
        if value in words:
            return _said(words[value], lang)
    for side, distance in (
        (value[-1:], value[:-1]),
        (value[:1], value[1:]),
    ):  # piece< and <piece: a comma apart, before
        if side in ("<", ">") and distance in _VALUES:
            return f"{_said(_VALUES[distance], lang)}{_said(('，', ', '), lang)}{_said(_VALUES[side], lang)}"
    if value == "clause-none":
        return _said(_VALUES["none"], lang)
    if _ORDERED.fullmatch(value):
        return "、".join(_said(ROLES[_MEANS[letter]], lang) for letter in value)
    return "、".join(cues) if all(cues) else value


def _cue(name: str, lang: Lang) -> str:
    """A list of cue words by its first words: “上年、去年”."""
    try:
        words = words_of("links", name)[:2]
    except KeyError:
        return ""
    return f"“{'、'.join(words)}”" if lang == "zh" else f"“{', '.join(words)}”"


def _at(one: tuple[str, str], side: tuple[str, str], cue: str, lang: Lang) -> str:
    said = _cue(cue, lang)
    return f"{one[0]}{side[0]}有{said}一类的词" if lang == "zh" else f"words like {said} {side[1]} {one[1]}"


def _placed(one: tuple[str, str], other: tuple[str, str], side: tuple[str, str], lang: Lang) -> str:
    return f"{one[0]}在{other[0]}{side[0]}" if lang == "zh" else f"{one[1]} {side[1]} {other[1]}"


def _listed(values: list[str], lang: Lang) -> str:
    return _said(("、", ", "), lang).join(_value(value, lang) for value in values)


def _said(words: tuple[str, str], lang: Lang) -> str:
    return words[1] if lang == "en" else words[0]
