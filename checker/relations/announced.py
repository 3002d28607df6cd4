"""A count and the list that it announces: 抓好三件事：…、…、…; “四项责任”，即…; 前三名分别为….

After 即, 分别是, a colon or a dash the list is all there is; after 包括 it may name only some. A label may also head a sentence whose list
ends in the label's own noun: “五个领域”改善民生。…聚焦甲、乙、丙、丁、戊领域.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.checks import Check, Outcome, Severity
from checker.language.lexicon import words_of
from checker.patterns import pattern
from checker.reading import Reading
from checker.relations.counting import Count, list_check
from checker.relations.listing import LONGEST, Listing, list_after, list_before

__all__ = ["announced", "announces"]

# The counted noun, then what announces the list
_INTRODUCED = pattern(
    r"(?P<noun>\w{0,12})(?:，?(?P<closed>(?:也)?即|就是|分别是|分别为|分别指|依次是|依次为|具体是|具体为|指的是|是指)：?"
    r"|，?(?P<some>(?:主要)?(?:包括|包含|涵盖)(?:了)?)：?|(?P<colon>：|——)|(?P<bracket>（)|(?P<quote>“(?=[^“”\n]{1,12}、[^“”\n]{1,60}”)))"
)
# “五个领域”改善民生。
_HEADING = pattern(r"[\w“”]{0,14}。")
_NOUN = pattern(r"[个项大种类篇条级支件方]+")
_ETC = pattern(r"等(?!级|候|待|于)")
_TAIL = pattern(r"等(?!级|候|待|于)|的|这|共")
# 31个省（自治区、直辖市）: what a measure word may also mean, no list
_GLOSS = pattern(r"(?:省|自治区|直辖市|市|县|区|州|盟|旗|乡|镇|街道|村|社区|兵团|地区|含|以及|下同)+")
_ANNOUNCING = pattern("[：（即包是“]|——|分别|涵盖|依次|具体为")
_NAMING = pattern("包括|包含|含|如|例如|其中|主要")  # names some of what is counted
_NEAR_NOUN = 3  # characters of a noun directly behind which a bracket lists what is counted
_ENUMERATED = pattern(r"[（(]?[一二三四五六七八九十\d][、.）)]")
_MOST = 40  # names that a sentence can hold
_STARTS = ("", "\n", "。")
_MARKS = "，。；：！？\n"
_UNDER = 160  # characters in which the list of a heading must come


def announces(text: str, start: int, end: int) -> bool:
    """Whether what is behind a count may announce a list, or the count heads a sentence; a cheap first look."""
    if _ANNOUNCING.search(text, end, end + 20) is not None:
        return True
    return text[start : start + 1] == "“" and text[start - 1 : start] in _STARTS


def announced(reading: Reading, count: Count, lang: str) -> Iterator[Check]:
    """The check of a count against the list that it announces, if it does."""
    if count.value > _MOST or count.surface[:1] in _OCCASIONS or _is_rest_of_rate(reading, count):
        return
    text = reading.skeleton.text
    introduced = _INTRODUCED.match(text, count.end)
    if introduced is not None:
        yield from _introduced(reading, count, introduced, lang)
    elif count.quoted and not count.figure and text[count.start - 1 : count.start] in _STARTS:
        heading = _HEADING.match(text, count.end)
        if heading is not None:
            yield from _under_heading(reading, count, heading.end(), lang)


def _introduced(reading: Reading, count: Count, introduced: re.Match[str], lang: str) -> Iterator[Check]:
    text = reading.skeleton.text
    start = introduced.end()
    _, end = reading.skeleton.sentence(start)
    end = min(end, start + LONGEST)
    if "、" not in text[start:end] and "”“" not in text[start:end] and "》《" not in text[start:end]:
        return
    if _ENUMERATED.match(text, start):
        return  # 四个条件：一、…；二、…
    listing = list_after(text, start, end)
    if listing is not None and listing.pieces[-1][1] == start + LONGEST:
        return  # cut
    if listing is None or listing.most < 2:
        return
    a, b = listing.pieces[-1]
    stopped = text[b : b + 1]
    if introduced["bracket"] and (stopped != "）" or all(_GLOSS.fullmatch(text, *piece) for piece in listing.pieces)):
        return
    etc = _ETC.search(text, a, b) is not None
    naming = introduced["some"] is not None or _NAMING.match(text, start) is not None
    if introduced["bracket"] and len(introduced["noun"]) > _NEAR_NOUN:
        return  # 四位先贤离世（负面性、时间性、特殊性）
    if introduced["quote"] and (stopped != "”" or len(introduced["noun"]) > _NEAR_NOUN):
        return
    some = etc or naming
    plausible = {n for n in listing.plausible() if n > 1}
    fits = count.exact and count.value in plausible
    number = count.value if fits else min(plausible, key=lambda n: (abs(n - count.value), n))
    outcome: Outcome = "undecided"
    severity: Severity = "warning"
    clean = (listing.sure > 2 or (listing.most > 2 < count.value)) and listing.is_clean(
        text, bounded=introduced["closed"] is not None
    )
    if fits:
        outcome = "holds"
    elif some:
        number = listing.sure
        if number <= count.value:
            outcome = "holds"
        elif (
            clean
            and listing.sure > 2
            and number - count.value <= 2
            and (not naming or _of_noun(text, introduced, listing))
        ):
            outcome = "fails"
    elif (
        clean
        and (abs(number - count.value) == 1 or _is_all_names(text, introduced, listing))
        and count.exact
        and _is_over(text, count, listing, stopped)
        and (listing.is_uniform(text) or introduced["closed"] is not None)
    ):
        outcome = "fails"
        severity = "error" if listing.is_uniform(text) else "warning"
    if outcome == "undecided" and not (clean and abs(number - count.value) <= 2):
        return
    yield list_check(
        reading, count, _trimmed(text, listing), number, outcome, severity, lang, etc=some and not fits, confirms=fits
    )


def _is_all_names(text: str, introduced: re.Match[str], listing: Listing) -> bool:
    """Whether a bracket right behind a count holds nothing but names of one make: 5人（甲某某、乙某某、丙某某、丁某）."""
    return introduced["bracket"] is not None and listing.sure > 2 and listing.is_uniform(text)


def _is_rest_of_rate(reading: Reading, count: Count) -> bool:
    """Whether a count is the second half of a rate: 九成四個案."""
    before = reading.skeleton.figures.get(count.start - 1)
    unit = reading.quantities[before].unit if before is not None else None
    return unit is not None and unit.dimension == "[rate]"


_OCCASIONS = ("次", "回", "遍", "宗", "起", "例")
_PERSON = 8  # characters of a name with a title before it
_OVER = ("。", "）", "\n", "”")
_DANGLING = pattern("[及和与或、]$|其[他它余]|他们|她们|它们|^[一二三四五六七八九十\\d][、.]")


def _is_over(text: str, count: Count, listing: Listing, stopped: str) -> bool:
    """Whether the list comes to its end: no link is left hanging at a line's end, nothing stands for others that are not named.

    A comma ends it only behind 甲区、乙区和丙区.
    """
    if any(_DANGLING.search(text[a:b]) for a, b in listing.pieces):
        return False
    if count.surface in words_of("links", "persons", "units") and any(b - a > _PERSON for a, b in listing.pieces):
        return False  # 2人当选，分别是委员、前会长张三提名的李四，及: the offices of one
    of = words_of("links", "of", "words")[0]
    if of in text[slice(*listing.pieces[-1])] and not any(of in text[a:b] for a, b in listing.pieces[:-1]):
        return False  # 分别是选举会长、副会长、干事长的选举票: the names of one of them
    ended = bool(listing.soft) and listing.soft[-1][2] == listing.sure - 1
    return stopped in _OVER or (ended and listing.sure > 2 and (listing.is_uniform(text) or listing.is_short(text)))


def _of_noun(text: str, introduced: re.Match[str], listing: Listing) -> bool:
    """Whether every name ends in the counted noun, so that it is one of those counted: 2个镇，包括甲镇、乙镇、丙镇."""
    noun = introduced["noun"][-1:]
    return bool(noun) and all(text[b - 1] == noun for _, b in listing.pieces)


def _trimmed(text: str, listing: Listing) -> Listing:
    """The list with its last name cut where the sentence goes on: …、丁等问题开展恳谈."""
    a, b = listing.pieces[-1]
    tail = _TAIL.search(text, a + 1, b)
    if tail is None or listing.named[-1]:
        return listing
    soft = tuple(s for s in listing.soft if s[1] <= tail.start() or s[2] != listing.sure - 1)
    return Listing((*listing.pieces[:-1], (a, tail.start())), soft, listing.named, listing.open_end)


def _under_heading(reading: Reading, count: Count, start: int, lang: str) -> Iterator[Check]:
    """The lists of the sentence under a label: the one that ends in the label's noun, else the only one."""
    text = reading.skeleton.text
    _, end = reading.skeleton.sentence(start)
    end = min(end, start + _UNDER)
    noun = _NOUN.sub("", count.surface)[-2:]
    for stop in range(start, end + 1):
        named = len(noun) == 2 and text.startswith(noun, stop)
        if not named and not (text[stop : stop + 1] in _MARKS and stop > start):
            continue
        listing = list_before(text, start, stop)
        if listing is None or listing.sure < 3:
            continue
        plausible = listing.plausible()
        near = min(plausible, key=lambda n: (abs(n - count.value), n))
        if near == count.value:
            yield list_check(reading, count, listing, near, "holds", "warning", lang, etc=False, confirms=True)
            return
        if named:
            if abs(near - count.value) == 1 and listing.is_clean(text):
                yield list_check(reading, count, listing, near, "fails", "warning", lang, etc=False, confirms=False)
            return
