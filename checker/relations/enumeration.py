"""A list of names and the count behind it: 甲、乙、丙3个村; 抓学习、抓落实“两抓”; 甲、乙等8家."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks import Check, Operand, Outcome, Severity
from checker.language.lexicon import section_of
from checker.links.cues import pattern_of
from checker.patterns import pattern
from checker.quantities.numerals import chinese_number
from checker.reading import Reading
from checker.relations.announced import announced, announces
from checker.relations.binding import CLAUSE_ENDS, are_levels, counts_more, counts_other, in_words, is_pair, is_tied
from checker.relations.counting import Count, counts_of, list_check
from checker.relations.listing import LONGEST, Listing, list_before
from checker.relations.model import RelationRule

__all__ = ["RULES", "check_enumerations"]

# What may stand between the last name and the count: 等, or a word that takes the list up again.
_ETC = pattern(
    r"(?<![一二三四五六特头上中下高初平同优])等(?P<noun>[^\ue000-\ue0ff，。；：！？\n（）“”、等的在了是为把将由向对从]{0,14})“?$"
)
_TAKES_UP = pattern(r"(?:这|共|的|为|共计|合计|总共)$")
_VERBS = "实施|开展|建设|新建|完成|建成|投资|投入|发放|设立|成立|组织|举办|落实|引进|培育|打造|创建|发展|获得|荣获|评为|达到|安排|选派|派出|招收"
_VERB_CHARS = "了有为是达获修派聘于在共各约近超过每至到低高"
_VERB_END = pattern(f"(?:{_VERBS}|[{_VERB_CHARS}])$")
_VERB_LAST = frozenset(_VERB_CHARS).union(verb[-1] for verb in _VERBS.split("|"))
# “四个自信”、做到“两个维护”: slogans in a row, each with its verb
_VERB_ONLY = pattern(
    r"(?:坚决|协调|全面|统筹|切实|组织|接续|加快|坚定|着力|以)?(?:推进|做到|坚定|增强|践行|坚持|落实|弘扬|缩小|打造|构建|实施|开展|降低|推动|建设|牢记|拥护|衷心拥护)"
)
_BEFORE = pattern(r"[第约近前后每各均逾超满]$|超过$|不足$|大约$|将近$")
_AFTER = pattern(r"以上|以下|以内|余|多|半|左右|之一|不等")
_LABEL_END = pattern("“[一二两三四五六七八九十]\\w{1,6}”\\w{0,4}$")
_LEVEL_RUN = pattern("[国省市州盟县旗区乡镇街村组户]{2,6}(?=“?$)")
_PROVINCE_RUN = pattern("[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇陕秦甘陇青蒙宁新藏港澳台]{2,6}$")
_SHORT_NAMES = frozenset(
    "国省市州盟县旗区乡镇街村组户京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇陕秦甘陇青蒙宁新藏港澳台"
)
_RANKED = pattern(
    r"[位分并排包](?:(?<=[位分并排])列|(?<=[位分])居|(?<=包)揽|(?<=排)[在名])(?!第一)\w{0,6}?(?P<places>前(?P<top>[二三四五六七八九十])(?![年月天个])"
    r"|第(?P<first>\d{1,2}|[一二三四五六七八九十])[位名]?[至到、—-]第?(?P<last>\d{1,2}|[二三四五六七八九十])[位名]?)",
)
_RANKS = 20
_PARTING = frozenset("、和及与+”》")
_TAIL = 48  # characters before a count that the last name and 等… may take
_LEAST_PLACES = 3  # names that leave no doubt that they are what is counted
_PLACE_NOUN = 4  # characters behind a count that show what places it counts
_OCCASIONS = ("次", "回", "遍")
_PIECES, _MANY_TIMES = frozenset("篇件份部册封本幅"), 10
_NEAR, _NEAR_UNIFORM = 1, 2  # how far a miscount may be off; farther off, the count speaks of something else


def check_enumerations(reading: Reading, lang: str) -> Iterator[Check]:
    """Every count that directly follows a list, or announces one, against the number of names in it."""
    text = reading.skeleton.text
    for count in reading.once(counts_of):
        if count.surface[0] in "级省市地" and text[count.start - 1 : count.start] in _SHORT_NAMES:
            yield from _compact(reading, count, lang)
        if _follows_a_list(text, count.start):
            yield from _before(reading, count, lang)
        if announces(text, count.start, count.end):
            yield from announced(reading, count, lang)
    yield from _ranked(reading, lang)


def _follows_a_list(text: str, end: int) -> bool:
    """Whether a list may end here: no mark that parts clauses is nearer than one that parts names."""
    tail = text[max(0, end - _TAIL) : end]
    comma = max(tail.rfind("，"), tail.rfind("。"), tail.rfind("\n"))
    return not _PARTING.isdisjoint(tail[comma + 1 :])


def _ranked(reading: Reading, lang: str) -> Iterator[Check]:
    """甲、乙、丙位列前三, 甲、乙、丙、丁分列第三至六位: as many names as places; only ever confirmed."""
    skeleton = reading.skeleton
    text = skeleton.text
    for verb in _RANKED.finditer(reading.skeleton.text):
        top = verb["top"] or verb["last"]
        places = [n if n.isdigit() else chinese_number(n) for n in (verb["first"], top) if n]
        span = int(places[-1]) - (int(places[0]) - 1 if verb["first"] else 0)
        listing = list_before(text, _clause_start(text, verb.start()), verb.start())
        if listing is None or not 1 < span < _RANKS or span not in listing.plausible() or listing.sure < 2:
            continue
        start, end = verb.span("places")
        at, to = skeleton.text_offset(start), skeleton.end_offset(end)
        count = Count(start, end, span, Operand("count", None, at, to), "位")
        yield list_check(reading, count, listing, span, "holds", "warning", lang, etc=False, confirms=True)


def _compact(reading: Reading, count: Count, lang: str) -> Iterator[Check]:
    """县乡村三级, 苏浙两省: names of one character each, with nothing between them."""
    text = reading.skeleton.text
    run = (_LEVEL_RUN if count.surface[0] == "级" else _PROVINCE_RUN).search(text, max(0, count.start - 8), count.start)
    if run is None or run.end() - run.start() != count.value or not count.exact:
        return
    pieces = tuple((place, place + 1) for place in range(run.start(), run.end()))
    listing = Listing(pieces, (), (True,) * len(pieces))
    yield list_check(reading, count, listing, count.value, "holds", "warning", lang, etc=False, confirms=True)


def _clause_start(text: str, end: int) -> int:
    """Where the clause begins, or its sentence where it holds quotation marks, which may hide a comma."""
    start = max(0, end - LONGEST, text.rfind("\n", max(0, end - LONGEST), end) + 1)
    start = max(start, text.rfind("。", start, end) + 1)
    comma = text.rfind("，", start, end)
    if comma < 0 or any(mark in text[comma:end] for mark in "”》）"):
        return start
    return comma + 1


def _most(text: str, start: int, end: int) -> int:
    """How many names the stretch can hold at the very most."""
    return 1 + sum(text.count(mark, start, end) for mark in "、和及与+或暨”》")


def _before(reading: Reading, count: Count, lang: str) -> Iterator[Check]:
    text = reading.skeleton.text
    start = _clause_start(text, count.start)
    near = max(start, count.start - 3)
    if _BEFORE.search(text, near, count.start) or _AFTER.match(text, count.end):
        return
    tail = max(start, count.start - 18)
    etc = _ETC.search(text, tail, count.start) if "等" in text[tail : count.start] else None
    end = etc.start() if etc is not None else count.start
    took = None
    if etc is None and (took := _TAKES_UP.search(text, near, end)) is not None:
        end = took.start()
    if end <= start or text[end - 1] in "，。；：、！？（\n":
        return
    if text[end - 1] in "和与及或同跟" or (count.quoted and text[count.start - 1] == "”"):
        return  # the count begins a name of its own
    if (
        etc is None
        and not count.quoted
        and text[end - 1] in _VERB_LAST
        and _VERB_END.search(text, max(start, end - 4), end)
    ):
        return
    far = etc is None and count.value > _most(text, start, end) + _NEAR_UNIFORM
    listing = list_before(text, start, end)
    if far and (listing is None or not _counts_places(text, count, listing)):
        return  # it counts something else
    if listing is None or listing.most < 2 or _counts_within(reading, count, listing):
        return
    if count.surface == "级" and (etc is not None or not are_levels(text, listing)):
        return
    if etc is not None and etc["noun"] and (count.surface == "大" or count.quoted):
        return
    if (
        etc is not None
        and etc["noun"]
        and listing.sure > count.value
        and text[count.end : count.end + 1] not in CLAUSE_ENDS
    ):
        return  # 甲、乙、丙等城市2个项目
    last = text[slice(*listing.pieces[-1])]
    firsts = [text[start:end] for start, end in listing.pieces[:-1]]
    if etc is None and len(last) > 1 < len(firsts) and all(len(name) == 1 and name.isalpha() for name in firsts):
        return  # 东、中、西部四大口岸: names that only say where, with their noun behind the last
    if (
        count.quoted
        and etc is None
        and (_VERB_ONLY.fullmatch(last) or _LABEL_END.search(text, *listing.pieces[-2 % listing.sure]))
    ):
        return
    yield from _listed(reading, count, listing, lang, etc=etc is not None, near=took is None or took.group() == "这")


# More than the list names is counted, or something else: 从国家到省、市、县四级 · 甲、乙和其他四个 · 甲、乙、丙陆续发现5宗
_STRETCHED = pattern("[从由從].{1,8}[到至]|等|其[他它余]|另外|陸續|陆续|[出发發][现現]")
_DIGIT = pattern(r"[\d\ue000-\ue0ff]")
_MANY_NAMES = 4  # so many plain names hardly stand before a count that is not theirs


def _is_tight(text: str, count: Count, listing: Listing) -> bool:
    """Whether nothing but names stands in the list, so that a count right behind it can only be theirs."""
    if any(_STRETCHED.search(text[a:b]) for a, b in listing.pieces):
        return False
    if any(_DIGIT.search(text[a:b]) for (a, b), named in zip(listing.pieces, listing.named, strict=True) if named):
        return False  # “比武——2017”“突击”“晴空”: the first is the title of all
    if listing.sure >= _MANY_NAMES or listing.is_uniform(text) or listing.is_short(text):
        return True
    if count.quoted and text[count.end : count.end + 1] in "，。；":
        return True  # 入户核实、公示公告、村书记签字确认“三个环节”，
    names = [text[a:b] for a, b in listing.items(listing.most)]
    inner = names[1:]
    return (
        all(count.surface[0] in name for name in names)
        or len({len(name) for name in inner}) == 1
        or len({name[-1] for name in names}) == 1
    )


def _counts_within(reading: Reading, count: Count, listing: Listing) -> bool:
    """Whether the count is one of several that are listed (甲支队10车、乙支队6车、丙队3车), or numbers a stretch of road (甲街与乙路三段)."""
    text, figures = reading.skeleton.text, reading.skeleton.figures
    if count.surface == "段" and text[count.start - 1] in "路街道":
        return True
    inside = (figures[p] for a, b in listing.pieces[:-1] for p in range(a, b) if p in figures)
    return count.figure is not None and any(reading.quantities[number].surface == count.surface for number in inside)


def _listed(reading: Reading, count: Count, listing: Listing, lang: str, *, etc: bool, near: bool) -> Iterator[Check]:
    """The check of a count against a list; with `etc` the list may name only some. Only a `near` count is ever called wrong."""
    text = reading.skeleton.text
    plausible = {n for n in listing.plausible() if n > 1}
    fits = count.exact and count.value in plausible
    number = count.value if fits else min(plausible, key=lambda n: (abs(n - count.value), n))
    if etc and not fits:
        joined = bool(listing.soft) and listing.soft[-1][2] == listing.sure - 1  # …、丙和丁等
        number = listing.sure + (joined and listing.sure < count.value)
    outcome: Outcome = "undecided"
    severity: Severity = "warning"
    right = near
    near = near and (etc or _is_tight(text, count, listing)) and count.surface not in _OCCASIONS
    if fits or (etc and number <= count.value):
        outcome = "holds"
    elif (
        right and not etc and _counts_places(text, count, listing) and not counts_more(reading, count, listing, number)
    ):
        outcome, severity = "fails", "error"
    elif not count.exact or counts_other(reading, count, listing, number):
        pass
    elif etc:
        number = listing.sure
        if near and listing.sure > 2 and listing.is_clean(text):
            outcome = "fails"
    else:
        off = abs(number - count.value)
        if is_tied(text, count, listing) and off <= _NEAR:
            outcome, severity = "fails", "error"
        elif near and off <= _NEAR_UNIFORM and min(listing.most, count.value) > 2 and _is_plain(text, count, listing):
            uniform = listing.is_uniform(text)
            certain = uniform and not (count.figure and count.value > number and not in_words(reading, count))
            outcome, severity = "fails", "error" if certain else "warning"
    vague = listing.sure < 3 or not near or abs(number - count.value) > _NEAR_UNIFORM
    if number < 2 or (outcome == "undecided" and vague):
        return
    if etc and not count.exact and count.surface in _PIECES and count.value >= _MANY_TIMES * number:
        return  # 讲话、报告、批示等60多篇文献: so many pieces of these kinds
    if fits and count.value < 3 and not is_pair(text, listing, near=near):
        return
    yield list_check(reading, count, listing, number, outcome, severity, lang, etc=etc, confirms=fits)


def _counts_places(text: str, count: Count, listing: Listing) -> bool:
    """Whether the names are those of the places that are counted: 江苏、山东、浙江3省, 法国、德国、荷兰3个国家"""
    level = listing.level_of_places(text)
    if (
        level is None
        or level not in section_of("links", "counted_places")
        or not count.exact
        or listing.sure < _LEAST_PLACES
    ):
        return False
    counted = pattern_of("counted_places", level)
    return counted.match(count.surface + text[count.end : count.end + _PLACE_NOUN]) is not None


def _is_plain(text: str, count: Count, listing: Listing) -> bool:
    """Whether nothing but names is listed, of one make or under a label in quotation marks: “五化”."""
    return listing.is_clean(text) and (listing.is_uniform(text) or count.quoted)


RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK621",
        slug="enumeration",
        relation="enumeration_count",
        severity="error",
        function=check_enumerations,
        title={"zh": "列举的项数与所说的数目", "en": "As many names as the count behind them"},
        messages={"zh": "列出的项数与文中的数目不符", "en": "the list holds more or fewer names than the count says"},
        fails=(
            "甲镇、乙镇、丙镇、丁镇5个镇通了公路。",
            "甲镇、乙镇、丙镇、丁镇等3个镇通了公路。",
            "落实定对象、定措施、定责任的“四定”办法。",
            "压实“四项责任”，即领导责任、主体责任、监管责任。",
            "美国、加拿大、墨西哥4国联合举办。",
            "观看青峰山五大奇观“云海、日出、佛光、圣灯”。",
            "其余3人（甲某某、乙某某、丙某某、丁某某）选择抗辩。",
            "江苏、山东、福建、浙江7省启动应急响应。",
            "“四个领域”补短板。各部门聚焦交通、水利、教育领域加大投入。",
        ),
        holds=(
            "甲镇、乙镇、丙镇、丁镇4个镇通了公路。",
            "实施“甲工程”“乙、丙联建”两项行动。",
            "建立县乡村三级网络。",
            "压实“三项责任”，即领导责任、主体责任、监管责任。",
            "前三名分别为甲队、乙队、丙队。",
            "《甲》《乙》《丙》位列票房榜第二至四位。",
        ),
        silent=(
            "选票分为两张，分别是选举会长、副会长、干事长的选票。",
            "申请人须提供姓氏、年龄、证件首4个字。",
            "甲镇、乙镇、丙镇实施4处工程。",
            "甲镇、乙镇、丙镇等8个镇通了公路。",
            "3、甲银行、乙银行、丙银行等3家银行降息。",
            "东、中、西部四大口岸扩能改造。",
            "针对甲省、乙省、丙省启动防汛四级应急响应。",
            "水文勘察、地质勘察、工程测量资质设甲、乙、丙三个级别。",
            "推进社保、医保、切实落实“两个毫不动摇”。",
            "走访8个镇，包括甲镇、乙镇、丙镇。",
            "全国31个省（自治区、直辖市）参加。",
            "建成国家、省、市信息系统和4个分析平台。",
            "甲省、乙省、丙省、丁市三省一市签约。",
            "购置拖拉机、收割机、播种机4台。",
            "书记、镇长、主任张某等2人到场。",
            "甲县、乙县、丙县等2个市受灾。",
            "甲省、乙省，丙市、丁市、戊市五地启动。",
            "甲城、乙城、丙城等城市2个项目开工。",
            "会审任免、项目、资金、决策“三重一大”事项。",
            "获一等奖、二等奖、三等奖2个。",
            "出动甲支队10车、乙支队6车、丙大队3车。",
            "巡查甲街、乙街与丙路三段。",
            "各单位党组织和党员干部要切实增强“四个意识”。",
            "增长的持续时间和速度都超过了当年的乙国和亚洲“四小龙”。",
            "整治营养餐、殡葬、农田建设、农村集体“三资”管理、医保基金管理等领域的问题。",
            "对拉美、非洲、中亚五国进出口分别增长9.3%、8.4%、43%。",
            "支持京津冀及黑龙江、吉林5省防汛救灾。",
            "甲城、乙城两地开工建设子至丑、寅至卯、辰至巳、午至未4条公路。",
            "演出由序曲“迎宾”和“根”“魂”“梦”三个篇章组成。",
            "甲大、乙大、丙大、丁大联同4间机构合办。",
            "具体如下：A、青松设计、白云规划、南湖建工、北辰股份四家公司确认收入。",
            "实现方式主要有3种：多进程、多线程、多进程+多线程。",
            "分为优先、重点和一般单元三类，涵盖了大气、水、生态、土壤、海洋等要素。",
            "对三个地区发出警示，包括甲城、乙城、丙城、丁城等旅游城市。",
            "评分为5个亚洲城市（包括甲城、乙城、丙城、丁城）中最低。",
            "悼念四位先贤离世（负面性、时间性、特殊性）。",
            "形成了从国家到省、市、县四级联动。",
            "成员来自卫生部门、世界组织和其他四个国家。",
            "甲市、乙市、丙市、丁市陆续发现5宗个案。",
            "归纳成四类：人咬狗、狗咬人、人狗情深及其他人狗故事。",
            "需要符合四个条件：一、失去联络、二、直系亲属。",
            "已有九成四个案结案，即寻回、证实安全、没有可疑。",
            "不只是甲市，乙市、丙市、丁市、戊市、己市六座城市试点。",
            "主办“比武——2017”“突击”“晴空”“军械”3项比赛。",
            "对教室、宿舍、食堂等重点场所至少消毒2次。",
            "舞水河穿越贵州和湖南11个县市。",
            "在湖北、湖南、江西72个县调研。",
            "走廊辐射杭州、嘉兴、金华、苏州共5个城市。",
            "不只是杭州，宁波、无锡、苏州四座城市试点。",
            "由经济和民生两大方面列出甲、乙、丙三个重点，以及最后一个丁。",
        ),
    ),
)
