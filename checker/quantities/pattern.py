"""The patterns that find every figure.

Folded text only (`checker.document.folding`): ASCII digits, Simplified characters. Each alternative of a pattern is a group
whose name says what was found; `checker.quantities.scanner` turns the match into a quantity. Order matters: what is
not a quantity (an address, a date, a code, a word that holds a numeral) comes before what is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from string import ascii_letters
from typing import TypeAlias

from checker.data import read_lines
from checker.language.lexicon import table_of, words_of
from checker.patterns import pattern
from checker.units import load_units

__all__ = ["LONGEST", "NO_LONGER", "FigurePatterns", "Found", "PlainNumber", "Words", "figure_patterns"]

# Characters of a figure. What is longer is no number that anybody reads, and would be slow to look at and to reckon with.
LONGEST = 100
# Writings of units that are only their first character before some others: 一座位于, 两支队伍, 10只次新基金
NO_LONGER = {unit: tuple(ends) for unit, ends in table_of("figures", "units_cut_short", "before").items()}

# 1,234.5 · 16.3 · 2019 · 3·5万 (a dot in the middle of the line stands for a decimal point before 万, 亿 and %)
_ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?:\.\d++)?(?![\d,])|\d++(?:\.\d++)?)"
# 万, 千万, 万亿, 百亿亿 (but no third 亿); 千 and 百 only where they do not begin a unit (3千瓦 is 3 kW) or 百分点
_MAGNITUDE = r"(?:兆(?=[元美港日韩欧台])|[十百千万]?亿亿(?![万亿])|万亿|[十百千]?[万亿]|千(?![瓦米克伏卡赫帕字升焦周安牛])|百(?!分))"
# 300万70岁以上的老人: two figures
_AGE = f"(?:{'|'.join(words_of('figures', 'ages', 'units'))})"
# 5亿1692万 · 12万2800 · 1万1千 · 4万3
_MIXED = rf"{_ARABIC}(?:{_MAGNITUDE}(?:(?!\d+{_AGE})零?\d+(?:\.\d+)?{_MAGNITUDE}?)*)?"
_DIGIT = "[一二两三四五六七八九]"
# 三千二百 · 二十 · 一亿六千 · 三点五
_CHINESE = r"(?:零(?=点)|[一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟][零〇一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]*)(?:点[零〇一二三四五六七八九]+[万亿]*)?"
# 十几 · 几十 · 数百 · 上千 · 成百上千 · 两三千 · 好几
_VAGUE = (
    r"(?:[二三四五六七八九]?十几[百千万亿]{0,2}|好?几(?!多)[十百千万亿]{0,2}|数[十百千万亿]{1,2}|上[百千万亿]{1,2}(?!下)|近[百千万亿]{1,2}(?![年家来代期日几])"
    r"|十(?:一二|二三|三四|四五|五六|六七|七八|八九)|(?:一两|一二|两三|二三|三五|三四|四五|五六|六七|七八|八九)[十百千万亿]{0,2}(?![一二三四五六七八九]))"
)
_SOME_OF = "".join(words_of("figures", "some_of"))
_MORE = rf"(?:余|多(?![于个]?(?:个层|层次|样|元化|边|方|数(?![字据])|少))|有余|来(?=[{_SOME_OF}岁里])|(?<=[百千万亿])几(?=[{_SOME_OF}例宗]))"
# 下午三点, 今晚8时: what makes a clock of 点 and 时; each look-behind has one width, as the pattern language wants it
_PART_OF_DAY = "(?:(?<=[上下中]午)|(?<=晚上)|(?<=晚)|(?<=凌晨)|(?<=[早清]晨)|(?<=早上)|(?<=傍晚)|(?<=半夜)|(?<=当天)|(?<=今[天早]))"
# 11月17晚: a day without 日 before a part of it
_PART_BEHIND = f"(?:{'|'.join(words_of('figures', 'parts_of_day'))})"
# 小于0时: no hour
_NOT_COMPARED = "".join(f"(?<!{word})" for word in words_of("figures", "compared_with"))
_YEAR = r"(?:1[0-9]|20|21)\d\d"
_CHINESE_YEAR = r"[一二][〇零○一二三四五六七八九]{3}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DASHES = "-~～—–－−至到"
_DASH = f"[{_DASHES}]{{1,2}}"

# A name, the characters of which one opens the choice (None: always open), and what the figure looks like; where that is seldom found
# with these, also the characters of which one stands in it near its beginning.
_Alternative: TypeAlias = tuple[str, str | None, str] | tuple[str, str | None, str, str]
_NEAR = 8  # characters that are near

_BELOW_NOUGHT = "|".join(f"(?<={word})" for word in words_of("figures", "below_nought"))
# 预期-13，前值-18: the value of an index
_LEVEL_BEFORE = "|".join(f"(?<={word})" for word in words_of("figures", "below_nought", "levels"))
# 为-0.5, 0.5至-0.5, +1或-1
_BEFORE_DECIMAL = "".join(words_of("figures", "below_nought", "decimals"))
_AND = "".join(words_of("figures", "below_nought", "between"))
# 下一季晚稻: no quarter of a year
_RUNNING_SEASON = "".join(words_of("figures", "seasons", "running"))
# The number itself: 1579户, 3448.89万元, 5万余份, 100多万元, 12万2800元, $5000, -3.2%
_NUMBER = rf"""(?P<number>(?P<currency>(?:US|HK|NT|RMB)?\$|[¥￥€£])?[ ]?(?P<sign>(?=[-−])(?:(?<![\w.\)）%‰℃])[-−]|(?<=[^\W\da-zA-Z_])[-−](?=[\d.]+(?:%|℃|[～~至到]\d+(?:%|℃)))|(?:{_BELOW_NOUGHT})[-−](?=[\d.,]+[万亿元度℃])|(?:{_LEVEL_BEFORE}|(?<=[+＋]\d[、{_AND}]))[-−](?=\d)|(?:(?<=[{_BEFORE_DECIMAL}])|(?<=\d[{_AND}]))[-−](?=\d+\.\d)))?
        (?P<digits>(?<![\d.A-Za-z_])(?:\d+(?:\.\d+)?[×x]10(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^\d+)|{_MIXED}))(?P<more>[ ]?{_MORE})?(?P<magnitude>(?<=[余多来]){_MAGNITUDE}|[ ](?:万亿?|亿)(?=[ ]?[\w，。、；,;）)]))?)"""

# The alternatives of a figure's pattern, in the order in which they are tried: a name, the characters of which one opens the choice,
# and what the figure looks like (white space and comments in it do not count).

# What begins with a digit, by the character behind its first digits; A is any Latin letter, 0 a number that opens with a zero or
# is as long as a telephone number.
_DIGITS: tuple[_Alternative, ...] = (
    # 2019-09-18, 2016.5.13, 2024/07/08, 2024-07-08T06:21:27.000Z
    (
        "iso",
        "-./",
        rf"(?<![\d.])(?:19|20)\d\d(?P<isosep>[-./])(?:{_MONTH})(?P=isosep)(?:{_DAY})(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?(?![\d.])",
    ),
    # 25-12-2018, 5/3/2019: the day first
    (
        "dayfirst",
        "-/",
        rf"(?<![\d./-]){_DAY}(?P<daysep>[-/]){_MONTH}(?P=daysep)(?:19|20)\d\d(?![\d./-])",
    ),
    # 59,65956,29059,410: numbers of a row that have lost the spaces between them
    (
        "glued",
        ",",
        r"(?<![\d.,])(?!\d{1,3}(?:,\d{3})+(?![\d,]))(?:\d+(?:,\d{3,12})*,\d{3}(?:\.\d{1,2})?|\d{1,3}(?:,\d{3})*,\d{4,12}(?:,\d{3,12})*,\d{4,6}|\d{1,3}(?:,\d{3,12})*?,\d{3}(?=(?:19|20)\d\d年))(?![,]|(?!(?:19|20)\d\d年)\d|\.\d)",
    ),
    # 5G, 4K, 002594.SZ (not a unit: 5km, 3kg)
    ("code", "A", r"(?<![A-Za-z\d])\d++(?=[A-Za-z])(?!LATIN_UNIT(?![A-Za-z]))[A-Za-z]+[A-Za-z\d\-]*(?![%])"),
    # 08-05 06:31, the day of a message
    ("stamp", "-", r"(?<![\d.-])(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=[ ]\d\d:\d\d)"),
    # telephone numbers, announcement numbers: 0431-88600735, 2016-050; but 500-1000元, 110-1100kV
    (
        "code",
        "-",
        rf"(?<![\d.])(?:0\d{{2,3}}-\d{{7,8}}|(?!{_YEAR}-{_MONTH}[月-])\d{{3,4}}-0\d{{2,}}|(?:(?<=/)|(?!(?:19|20)\d\d-20\d\d(?!\d)))\d{{3,4}}-\d{{4,8}}(?![\d年月日万亿学赛财]|[ ]?(?:(?:[kM]?[VWA]|[kcmμn]?m|[kmμ]?g|t|h|Hz|rpm)(?![A-Za-z])|[%℃元吨人米亩户名台套件股千公平立])))",
    ),
    # service numbers: 400-810-8888, 400 810 8888; telephone numbers of Hong Kong: 2345 6789
    (
        "code",
        "- ",
        r"(?<![\d.])[48]00[- ]\d{3}[- ]\d{4}(?!\d)|(?:(?<=[线话真电方或：:（(])|(?<=[：:话][ ]))[2-9]\d{3}[ ]\d{4}(?!\d)|(?<=[线话码为：（(])1\d{3}[ ]\d{3}(?!\d)",
    ),
    # 1+14, 7+28+N, “1461”
    ("code", "+＋", r"(?<![\d.])\d++(?:[+＋]\d+)+(?:[+＋]N)?(?!\d)(?![万亿个户人元])"),
    # chapter and version numbers: 4.1.4
    ("code", ".", r"(?<![\d.])\d++(?:\.\d++){2,}(?![\d年%])"),
    # 600519.SH, 00700.HK
    ("code", ".", r"(?<![\d.])\d{4,6}\.(?:SH|SZ|BJ|HK|SS|OF|NQ)(?![A-Za-z])"),
    # 6-BA
    ("code", "-", r"(?<![\d.A-Za-z])\d{1,2}-(?=[A-Z]{2})[A-Z]+\d*(?![a-z])"),
    # 1-3-1, 10-2-1: three numbers in a chain name something
    ("code", "-", r"(?<![\d.A-Za-z-])\d{1,3}(?:-\d{1,3}){2,}(?![\d.-]|[ ]?%)"),
    # 20170501, a day as a stamp
    ("code", "0", rf"(?<![\d.])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d{_SOME_OF}例件吨.,])"),
    # 13800138000
    ("code", "0", r"(?<![\d.])1[3-9]\d{9}(?![\d万亿元])"),
    # a number that opens with zeros: 007, 000333
    ("code", "0", r"(?<![\d.,])0\d+(?![\d.,年月日时秒%:]|：\d)"),
    # 2016-2020年, 2017~2019年, 1991到2000年, 2016至19年
    (
        "years",
        "年" + _DASHES,
        rf"(?<![\d.])(?P<y1>{_YEAR})年?(?:{_DASH})(?P<y2>{_YEAR}|\d\d(?!年度))(?=年)年(?!代)(?:度|底|末|初)?",
        _DASHES,
    ),
    # 2018/19学年, 2017/2018, 2018-19年度, 2015至16年度, 2022学年, 108 学年度
    (
        "fiscal",
        "/ 学" + _DASHES,
        r"(?<![\d./])(?:19|20)\d\d[-–—至](?:(?:19|20)\d\d|\d\d)(?=[ ]?(?:学年|年度|财年|赛季|财政年度))(?:[ ]?(?:学年度?|年度|财年|赛季|财政年度))|(?<![\d./])(?:19|20)\d\d[ ]?/[ ]?(?:(?:19|20)\d\d|\d\d)(?![\d/])(?:[ ]?(?:学年度?|年度|财年|年|赛季|季))?|(?<![\d./])(?:(?:19|20)\d\d|1[01]\d|[5-9]\d)[ ]?学年度?",
    ),
    # 2016年4月26日, 2020年3月, 2019年
    (
        "date",
        "年 ",
        rf"""(?<![\d.])(?:{_YEAR})[ ]?年(?!代|[限龄均])(?:度(?!假)|[ ]?{_MONTH}[ ]?月(?:份)?(?:[ ]?{_DAY}(?:[ ]?[日号]|(?={_DASH}{_DAY}[日号])))?)?
        (?P<date_to>(?:{_DASH})(?:(?:{_YEAR}年)?{_MONTH}月(?:{_DAY}[日号])?|{_DAY}[日号](?!线))|(?<=年)[ ]?{_MONTH}(?:{_DASH}){_MONTH}[ ]?月份?)?""",
    ),
    # 4542019年1月: a number and a day that have lost the space between them
    (
        "dated",
        "年",
        rf"(?<![\d.,])(?P<undated>\d+?)(?={_YEAR}年{_MONTH}月)",
    ),
    # 民国31年3月, 107年度, 109年底, 112年5月: the years of the republic count from 1912; three digits need no 民国 before a month, 度 or 底
    (
        "roc",
        "年 ",
        rf"(?:(?<=民国)|(?<=民国[ ])|(?<![\d.])(?=1[01]\d[ ]?年(?:[度底]|[ ]?{_MONTH}[ ]?月)))(?P<roc_year>\d{{1,3}})[ ]?年(?:[度底]|[ ]?(?P<roc_month>{_MONTH})[ ]?月(?:[ ]?(?P<roc_day>{_DAY})[ ]?[日号])?)?",
    ),
    # 6月30日, 3月, 1—7月, 10及11月, 10月12日至15日
    (
        "monthday",
        "月、和及与 " + _DASHES,
        rf"(?<![\d.点])(?:{_MONTH}(?:月份?)?(?:{_DASH}|、)){{0,3}}(?:{_MONTH}[和及与])?{_MONTH}[ ]?月(?![亮球])(?:份|[ ]?{_DAY}(?:[ ]?[日号]|(?={_DASH}{_DAY}[日号]|{_PART_BEHIND})))?(?:(?:{_DASH})(?:{_MONTH}月)?{_DAY}[日号])?",
    ),
    # 19日, 29或30日, 17及20日 (a day without its month)
    (
        "day",
        "日、或和及与" + _DASHES,
        rf"(?<![\d.第每])(?:{_DAY}(?:{_DASH}|[、或和及与]))?{_DAY}[日](?!元|均(?!表|已|有|在|为|出|重|跌|遭|未)|产(?!生)|供|游(?!览|客)|常|间|内|线|益|行(?=程|情)|活(?=跃|用)|处(?=理能)|新(?=月)|发(?=电|送|货))",
    ),
    # 90年代, 70后, 80后, 21世纪
    ("decade", "年后世", r"\d?\d?\d0年代(?:末|初|中期)?|(?<!\d)[5-9][05]后|(?<!\d)[01]0后|\d{1,2}世纪"),
    # 10至19世纪
    ("decade", "至到-—－~～", r"(?<![\d.])\d{1,2}[至到\-—~～]\d{1,2}世纪", "世"),
    # 12 时19分
    ("time", " ", r"(?<![\d.])(?:[01]?\d|2[0-4])[ ][时時][0-5]?\d分", "时時"),
    # 4季度, 1、2季度
    ("period", "、季", r"(?<!\d)[1-4](?:、[1-4])?季度"),
    # 6、7、8三个月
    ("period", "、", r"(?<![\d.、])\d{1,2}(?:、\d{1,2}){1,3}(?=[两二三四]个月)", "个"),
    # 16:35, 9时48分, 7至9时, 8点30分, 6点半, 0—24时
    (
        "time",
        ":：时時点—-–~～至到一",
        rf"""(?:(?<![\d.:：比例为])|(?<=时间为)|(?<=为)(?=\d{{1,2}}:\d\d[-–—~至]\d{{1,2}}:\d\d(?!\d)))(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?!\d|[:：]\d)
        | (?<![\d.]){_NOT_COMPARED}(?:(?:[01]?\d|2[0-4])[至到])?(?:[01]?\d|2[0-4])[时時](?:[0-5]?\d分?(?:[0-5]?\d秒)?|半|许)?(?!间|代|尚|速|段)
        | (?<![\d.])(?:[01]?\d|2[0-4])点(?:[0-5]?\d分|半|整|钟|许|多(?!万|亿)|左右|(?=(?:{_DASH}|、)(?:[01]?\d|2[0-4])点))
        | (?<=点[、至到~～—-])(?:[01]?\d|2[0-4])点(?:[0-5]?\d分|半|整|钟|许)?
        | {_PART_OF_DAY}(?:[01]?\d|2[0-4])[点时](?:[0-5]?\d分|半|许)?
        | 0[—\-–~～至一]24[时点]""",
    ),
    # 三次产业比3.9:59.5:36.6, 7∶3, 2.6：1, 1∶250万
    (
        "ratio",
        ":：∶.",
        r"(?<![\d.:：])1[:：∶]\d+(?:\.\d+)?万|(?<![\d.:：])\d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?)+(?![\d:：年])",
    ),
    # 3比0, 107比98
    ("score", "比", r"(?<![\d.])\d{1,3}比\d{1,3}(?![\d.%个])"),
    # 14中5: fourteen shots, five of which went in
    ("score", "中", r"(?<![\d.])\d{1,2}中\d{1,2}(?![\d.])"),
    # “7·21”, “3·15”
    ("event", "·‧", r"(?<![\d.])\d{1,2}[·‧]\d{1,2}(?![\d万亿%])"),
    # 10几万元, 20 几个, 140几处
    ("vague", "几 ", r"(?<![\d.])(?P<vague_word>[1-9]\d{0,2}0[ ]?几[百千万亿]{0,2})", "几"),
    # 16分之2225, 3份之1, 3分之二
    (
        "fraction",
        "分份",
        rf"(?<![\d.])(?P<denominator>\d+)[分份]之(?P<numerator>{_ARABIC}|[一二两三四五六七八九十]+)(?P<fraction_more>多|强|弱)?",
    ),
    # 1/3, 1/8000秒
    (
        "slash",
        "/／∕",
        r"(?<![\d./])(?P<over>\d{1,2})[/／∕](?P<under>\d{1,2}(?![\d/]|决赛)|\d{3,5}(?=秒)|(?<=∕)\d{3,5}(?![\d.])|(?<=(?<!\d)1/)\d{3}(?![\d/.]))",
    ),
    # 7成半, 近6成, 4成2
    (
        "tenth",
        "成.",
        r"(?<![\d.])\d(?:\.\d)?成(?:半|[一二三四五六七八九](?![个年月名])|[1-9](?![\dA-Za-z.,:%个年月日名人家只万亿成至-]))?(?P<tenth_more>多)?(?!功|立|为|员|本|果|熟|长|绩|效|品|就|人|交|套|分|了|后|年|型|语|因|色|群|堆|片|像|形|败|对|名|灾)",
        "成",
    ),
    # 约6、70人: the second number gives the tens of both
    ("tens", "、", r"(?<![\d.])(?P<ten1>[1-8])、(?P<ten2>[2-9])0(?!\d|年代)"),
)

# What begins with a Chinese numeral, by the character behind its first numerals; Y is 年 behind four of them, “ a numeral behind an
# opening quotation mark, None stands for any.
_NUMERAL_ALTERNATIVES: tuple[_Alternative, ...] = (
    # 二〇一六年四月二十六日
    (
        "date",
        "Y",
        rf"(?:{_CHINESE_YEAR})年(?!代|[限龄均])(?:度(?!假)|(?:十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?)?(?P<date_to>(?!))?",
    ),
    # 民国三十一年
    (
        "roc",
        "年",
        r"(?<=民国)(?P<roc_year>[一二三四五六七八九十百]{1,4})年(?:(?P<roc_month>十[一二]?|[一二三四五六七八九])月(?P<roc_day>(?!))?)?",
    ),
    # 十月一日, 三月份
    (
        "monthday",
        "月",
        r"(?<![个两几半上下本当每])(?<!(?<![去今明前后同次翌])年)(?:十[一二]?|[一二三四五六七八九])月(?:份|(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?",
    ),
    # 七八十年代, 二十世纪
    (
        "decade",
        "年世",
        r"[一二三四五六七八九]{1,2}十年代(?:末|初|中期)?|(?<![个几多数半])(?:[一二]?十[一二三四五六七八九]?|[三四五六七八九])世纪",
    ),
    # 一季度, 一、二季度
    ("period", "季、", rf"(?:[一二三四]、)?(?<![{_RUNNING_SEASON}])[一二三四]季度?(?!节)|[一二三四]季度"),
    # 下午三点, 晚上八时许, 凌晨一时四十五分
    (
        "time",
        "点时",
        rf"{_PART_OF_DAY}[一二两三四五六七八九十]{{1,3}}[点时](?:半|许|[一二三四五六七八九十零]{{1,3}}分)?"
        r"|(?:二十[一二三四]?|十?[一二三四五六七八九十])时[一二三四五]?十?[一二三四五六七八九十]分",
    ),
    # 三分之一, 百分之三点五, 十万分之18.3
    (
        "fraction",
        "分",
        rf"(?P<denominator>[一二两三四五六七八九十百千万亿]+)分之(?P<numerator>(?:{_CHINESE})|(?:{_ARABIC})|几)(?P<fraction_more>多|强|弱)?",
    ),
    # 三分一, 四分三: so Hong Kong writes 三分之一
    (
        "fraction",
        "分",
        r"(?<![一二两三四五六七八九十百千万])(?P<denominator>[三四五])分(?P<numerator>[一二三])(?P<fraction_more>(?!))?(?![一二三四五六七八九十百千万个名号点时钟秒分场球人位家天年月日次])",
    ),
    # 三成, 七成五, 七八成, 三成多
    (
        "tenth",
        "成",
        r"(?<![一二两三四五六七八九十百千万])(?:[一二两三四五六七八九]|[五六七八]十|七八|六七|五六|三四|两三|八九)成(?:半|[一二三四五六七八九](?![个年月名]))?(?P<tenth_more>多)?(?!功|立|为|员|本|果|熟|长|绩|效|都|品|就|人|交|套|分|了|后|年|型|语|因|色|群|堆|片|像|形|败|对|名|灾)",
    ),
    # 一半
    ("half", "半", r"一半"),
    # 二十道沟村, 三家子村, 八里庄: numeral, an old measure word, and the ending of a village's name
    (
        "place",
        "点道里棵台家间眼门盘甲顶面",
        rf"(?!一家(?!子))(?:{_CHINESE})(?:道|里|棵|台|家|间|眼|门|盘|甲|顶|面)(?!农村)(?:(?![个的])\w){{0,2}}(?:村(?!民|级|集|庄民)|屯|沟|庄|铺|堡|寨|营子|岗子|镇(?!银)|乡(?!镇|村))",
    ),
    # 十四分小段, 五分里与甲乙里: a place
    ("place", "分", rf"(?:{_CHINESE})分(?:小段|里(?=[与及和、]\w{{1,4}}里))"),
    # “五一”, “七一”: the day
    ("named", "“", r"""(?<=[“「"])(?:三八|五[一四]|六[一四]|七[一七]|八一|九三|十一)(?=[”」"])"""),
    # “十五五”: the plan
    ("label", "“", r"""(?<=[“「"])(?:十[一二三四五]?|[八九])五(?=[”」"])"""),
    # a slogan that counts something: “四化模式”, “六个一批”
    ("label", "“", r"""(?<=[“「"])[一二两三四五六七八九十]{1,3}(?=\w{1,8}[”」"])"""),
    # 三大工程, 四级联动
    (
        "label",
        "大化级年",
        r"(?<![第一二两三四五六七八九十百千万亿统同单])[一二两三四五六七八九十]{1,3}(?=大(?!型|家|约|多|概|量|力|幅|学|部分|于|米|楼|爷|妈|批|早)\w|化(?!肥|工|学|验)|级(?!别)|年级)",
    ),
    # 三比一
    (
        "zscore",
        "比",
        r"(?<![一二三四五六七八九十])[零一二两三四五六七八九十]比[零一二两三四五六七八九十](?![一二三四五六七八九十多较])",
    ),
    # 十几个, 数百人, 上千户, 两三千元
    ("vague", None, rf"(?P<vague_word>{_VAGUE})(?!分之)(?P<vague_more>余|多)?"),
    # 三、四倍, 二、三十年
    (
        "vague",
        "、",
        r"(?<=[\w，])(?<!第)(?P<vague_word>(?:一、[二两]|[二两]、三|三、四|四、五|五、六|六、七|七、八|八、九)[十百千万亿]{0,2}+)(?![一二三四五六七八九、]|年[代级]|月)(?P<vague_more>余|多)?",
    ),
    # 百余人, 十余家, 千余户
    (
        "tenplus",
        "余多",
        r"(?P<tenplus_word>[十百千万]|[一二两三四五六七八九][十百千万])(?:余|多)(?P<tenplus_magnitude>[万亿])?",
    ),
    # 三十至四十五人, 三万至五万元
    (
        "zrange",
        "点至到",
        rf"(?<![第一二两三四五六七八九十百千万亿零〇])(?P<zlow>{_CHINESE})[至到](?P<zhigh>{_CHINESE})",
    ),
    # 两万五, 一千五: no unit needed where a lower place is left out
    (
        "elliptic",
        "，,。；;、的大$",
        r"""(?<![第一二两三四五六七八九十百千万亿零〇])[一二两三四五六七八九十]+[千万亿][一二三四五六七八九](?=$|[，,。；;、的])
        | (?<![第一二两三四五六七八九十百千万亿零〇])[一二两三四五六七八九十百千]+万?(?=大关)""",
        "千万亿关",
    ),
    # 三千二百户, 一亿六千多万元, 七个: only in front of a unit
    (
        "chinese",
        None,
        rf"(?:(?<=[年月天时钟元角斤米里]零)|(?<![第一二两三四五六七八九十百千万亿零〇统唯同单逐独]))(?<![进下](?=一步))(?P<numeral>{_CHINESE})(?P<numeral_more>余|多(?=[万亿个名人元户年亩吨公家位次天岁件])|来(?=[个年岁里]))?(?P<numeral_magnitude>(?<=[余多])[万亿]{{1,2}})?",
    ),
)

# What begins with another character, by that character; A is any Latin letter.
_OTHERS: tuple[_Alternative, ...] = (
    # an address: https://example.org/2019-1/a.html, in an attribute up to its end: src="https://example.org/2019/图1.png"
    ("address", "A", r"(?<=[\"'])https?://[^\"'\s<>]+|https?://[!-~]+|www\.[!-~]+"),
    # CPI2.3%, X100%: a figure right behind letters
    (
        "lettered",
        "A",
        rf"(?<![A-Za-z\d])(?:[A-Z]{{3,6}}|[Xx](?=100%))(?P<lettered_digits>\d{{1,5}}(?:\.\d+)?)(?={'|'.join(words_of('figures', 'lettered'))})",
    ),
    # codes: C919, PM2.5, G20, COVID-19, T+1, WKCC4217/20
    (
        "code",
        "A",
        r"""(?<![A-Za-z\d])(?:[A-Z](?!\$)[A-Za-z]*[-.+]?\d[A-Za-z\d.\-]*(?<![.\-])(?:(?<=\d)/(?:20)?[0-2]\d(?![\d/\-]))?
        | [a-z]+[-.+]?\d[A-Za-z\d.\-]*(?<![.\-]))""",
    ),
    # document numbers: 〔2018〕59号, [2017]996号, （2018）3号; a year in round brackets alone is a year
    ("code", "〔[【（(", r"[〔\[【（(](?:19|20)\d\d[〕\]】）)](?:第?\d+号|(?<![）)]))"),
    # 第三季度, 前三季度, 前5个月, 上半年
    (
        "period",
        "第前上下",
        r"第[一二三四1-4]季度|前(?:第?[一二三四1-4]、)?第?[一二三四1-4]季度?(?!节)|前(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:月(?!(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])|季度)|[上下]半年",
        "季月半",
    ),
    # 第3次, 第一, 第33、34颗, 第二十五条
    (
        "ordinal",
        "第",
        rf"第[ ]?(?:\d+(?:[A-Z]{{1,2}}(?=[{''.join(words_of('figures', 'lettered_ordinals'))}])|(?:[、—\-~至到和]\d+)*)|[一二两三四五六七八九十百千零]+(?:[、至到]第?[一二三四五六七八九十百]+)*)",
    ),
    # 过半, 超半数, 近半数, 半数
    (
        "half",
        "过超近半",
        r"(?:过半(?!百|生|辈)|超半|近半)(?!个?(?:小时|世纪|年|月|天|程|路|公里|里|斤|吨|米))数?|半数",
        "半",
    ),
    # 翻一番, 翻了两番, 翻番
    ("doubling", "翻", r"翻(?:了)?(?:近|约)?(?P<doublings>[一两二三四五]|\d(?:\.\d)?)?番"),
    # 周三, 星期五, 星期一至五, 星期五六两日
    (
        "weekday",
        "周星礼",
        r"(?:周[一二三四五六日]|(?:星期|礼拜)[一二三四五六日天](?:[至到、]?[二三四五六日天](?![个名人项条位家间件宗]))?)(?![年月岁])",
    ),
    # 半年, 半个月, 半斤
    (
        "halfunit",
        "半",
        r"(?<![一大小上下前后多夜])(?<!(?<!超)过)半个?(?P<halfunit_unit>年(?!级|龄|报)|月|天|小时|世纪|斤|公斤|吨|亩|公顷|公里|里|公升|升|米|尺|打(?!折|开)|百分点)(?!来)",
    ),
    # 身高米九
    (
        "metre",
        "米",
        r"(?:(?<![^\W\d_])|(?<=[高达约近有足仅]))米(?P<tenths>[一二三四五六七八九])(?=$|[，,。；;、的左以])",
    ),
    # 近倍, 翻倍: once the size
    ("once", "近超倍", r"(?:近|超)?(?<=[升增长翻涨近超])倍(?![数率增受加])", "倍"),
    # 十几个, 数百人, 上千户, 两三千元
    ("vague", "几好数上近", rf"(?P<vague_word>{_VAGUE})(?!分之)(?P<vague_more>余|多)?"),
)

# What stands behind these where they open one of those: most 上 and 过 of a text open none. 上半年, 上千, 近半, 近倍, 好几, 星期
_SECOND: Mapping[str, str] = {
    "前": f"第十{_DIGIT[1:-1]}0123456789", "上": "半百千万亿", "下": "半", "过": "半", "超": "半倍", "近": "半倍百千万亿", "好": "几", "数": "十百千万亿",
    "周": "一二三四五六日", "星": "期", "礼": "拜",
}  # fmt: skip

_TABLES = {"digits": _DIGITS, "numerals": _NUMERAL_ALTERNATIVES, "others": _OTHERS}

_WITH_CLASSIFIER = frozenset(words_of("figures", "units_with_classifier"))

_MINUSES = "-−"
_CURRENCY_FIRST = "$¥￥€£−-"
_NUMERAL_FIRST = "零〇○一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_START = re.compile(
    rf"[0-9{re.escape(_CURRENCY_FIRST)}{_NUMERAL_FIRST}A-Za-z〔\[【（(第前上下翻过超近半几好数周星礼倍米]"
)
_LATIN_WORD = re.compile(r"[A-Za-z]++(?![$:.])|.", re.DOTALL)
_RUN_OF_DIGITS = re.compile(r"\d+")
# Behind 12.5 only these make it something else than a number: 12.5.1, 3.9:59.5, 7.5成
_DECIMALS, _GOES_ON = re.compile(r"\.\d+"), frozenset(".成:：∶")
# What may stand behind digits and still be of the number (12.5, 1,200, 3万, 5余, 2×10⁴), and in front of them so that they are none (v2, 1.2)
_OF_A_NUMBER = frozenset(".,·×x万亿兆千百十余多有来 ")
_NO_NUMBER_BEHIND = frozenset(f"._{ascii_letters}")
_PERSONS = frozenset(["张三", "李四", "王五", "赵六", "晋三"])  # the persons of every example, 安倍晋三
_BRACKETS = "〔[【（("
_LONG_CODES = frozenset([8, 11])  # digits of a day as a stamp, and of a mobile number


class PlainNumber:
    """Digits, with decimals perhaps, which nothing around them makes part of anything else: most numbers are that, and need no pattern.

    It has the methods of a match that are used of every figure.
    """

    __slots__ = ("_end", "_start")
    lastgroup = "plain"

    def __init__(self, start: int, end: int) -> None:
        self._start, self._end = start, end

    def start(self) -> int:
        return self._start

    def end(self) -> int:
        return self._end


Found = re.Match[str] | PlainNumber


class FigurePatterns:
    """The patterns of figures, of which only those that are possible at a place are tried.

    What a figure begins with, and what stands behind its first digits or numerals, leaves a few alternatives out of many; each
    is compiled when a text first asks for it.
    """

    def __init__(self) -> None:
        # 个 measures the noun behind it (97个行政村), so of the writings that begin with it only units in their own right count.
        self.units = Words(s for s in load_units().surfaces if s[0] != "个" or s in _WITH_CLASSIFIER)
        # of these it matters what follows: 两支队伍, 10万likes
        self.wary = frozenset(s for s in self.units.words if s in NO_LONGER or (s[-1].isascii() and s[-1].isalpha()))
        self.idioms = Words(read_lines("idioms.txt"))
        self.followers = frozenset(self.units.lengths) | frozenset(
            " 分成半点时月年余多来几世季比至到大化级、，,。；;的"
        )
        self._number = re.compile(_NUMBER, re.VERBOSE)
        self._possible: dict[
            tuple[str, str], list[tuple[Callable[[str, int], re.Match[str] | None], frozenset[str]]]
        ] = {}

    def search(self, text: str, at: int) -> tuple[Found | None, int]:
        """The next thing that looks like a figure, from `at` on, and where to go on if it is none."""
        start = _START.search(text, at)
        while start is not None:
            place = start.start()
            first = text[place]
            found: Found | None = None
            after = place + 1
            if first in _NUMERAL_FIRST:
                found, after = self._numeral_at(text, place)
            elif "0" <= first <= "9":
                found, after = self._digits_at(text, place)
            elif first in _CURRENCY_FIRST:
                # 之一--27岁: of two dashes behind a word none is a sign; 1.50--2.30 are the numbers of two cells
                if place < 2 or first not in _MINUSES or text[place - 1] not in _MINUSES or text[place - 2].isdecimal():
                    found = self._number.match(text, place)
            elif first not in _SECOND or text[place + 1 : place + 2] in _SECOND[first]:
                found = self._other_at(text, place, first)
                if (
                    found is None and first <= "z"
                ):  # nothing begins inside a word of Latin letters, but for US$5 and addresses
                    after = _LATIN_WORD.match(text, place).end()  # type: ignore[union-attr]  # the letter at `place` matches
            if found is not None:
                end = found.end()
                return found, end if end > place else place + 1
            start = _START.search(text, after)
        return None, len(text)

    def _digits_at(self, text: str, place: int) -> tuple[Found | None, int]:
        """A date, time, code or ratio where what stands behind the first digits can make one of them, else a number.

        Where there is none (behind a letter, as in _2019), also where to go on.
        """
        end = _RUN_OF_DIGITS.match(text, place).end()  # type: ignore[union-attr]  # the digit at `place` matches
        following = text[end : end + 1]
        behind = following if following > "\x7f" else _kind(following)
        if (text[place] == "0" and end > place + 1) or end - place in _LONG_CODES:
            behind += "0"
        decimals = _DECIMALS.match(text, end) if behind == "." else None
        found: Found | None = None
        if decimals is None or text[decimals.end() : decimals.end() + 1] in _GOES_ON:
            found = self._first("digits", behind, text, place)
        if found is None:
            stop = end if decimals is None else decimals.end()
            before = text[place - 1 : place]
            plain = (
                text[stop : stop + 1] not in _OF_A_NUMBER and before not in _NO_NUMBER_BEHIND and not before.isdecimal()
            )
            found = PlainNumber(place, stop) if plain else self._number.match(text, place)
        return found, place + 1 if end - place <= LONGEST else end

    def _numeral_at(self, text: str, place: int) -> tuple[re.Match[str] | None, int]:
        """A figure that begins with a Chinese numeral, and where to go on if there is none."""
        end = _NUMERALS.match(text, place).end()  # type: ignore[union-attr]  # the numeral at `place` matches
        if end - place > LONGEST:
            return None, end
        after = self._no_number(text, place, end)
        if after:
            return None, after
        behind = text[end : end + 1]
        if behind <= "\x7f":
            behind = _kind(behind)
        elif behind == "年" and end - place == len("二〇一六"):
            behind = "年Y"
        if place and text[place - 1] in '“「"':
            behind += "“"
        return self._first("numerals", behind, text, place), place + 1

    def _other_at(self, text: str, place: int, first: str) -> re.Match[str] | None:
        """What begins with another character: codes, ordinals, 半, 近, 几 and the like; US$5000."""
        if first in _BRACKETS and text[place + 1 : place + 3] not in ("19", "20"):
            return None  # the first two digits of a year are what every figure in brackets begins with
        found = self._first("others", first if first > "\x7f" else _kind(first), text, place)
        return found or (self._number.match(text, place) if first in "UHNR" else None)

    def _first(self, table: str, behind: str, text: str, place: int) -> re.Match[str] | None:
        """The first alternative of a table that matches at a place, of those that one of the characters of `behind` opens."""
        key = table, behind
        possible = self._possible.get(key)
        if possible is None:
            possible = self._possible[key] = [
                (_compiled(name, source).match, frozenset("".join(near)))
                for name, opening, source, *near in _TABLES[table]
                if opening is None or any(char in opening for char in behind)
            ]
        for matched, near in possible:
            if near and near.isdisjoint(text[place : place + _NEAR]):
                continue
            found = matched(text, place)
            if found is not None:
                return found
        return None

    def _no_number(self, text: str, place: int, end: int) -> int:
        """Where to go on behind numerals, up to `end`, that write no number; 0 where they may.

        They do not in words such as 一些, and not where neither a unit nor one of a few words follows them: most 一 and 千 of a
        text stop here.
        """
        if place and text[place - 1 : place + 1] in _PERSONS:
            return place + 1  # 王五万分感谢
        idiom = self.idioms.at(text, place)
        if idiom is not None and _NUMBER_AFTER.match(text, place + len(idiom)) is None:
            return place + len(idiom)
        following = text[end : end + 1]
        if following in self.followers or not following or _IN_QUOTES.match(text, max(0, place - 1)):
            return 0
        return end


def _kind(char: str) -> str:
    """How the tables name what stands at a place: A for a Latin letter, $ for the end of the text."""
    return "A" if char.isascii() and char.isalpha() else char or "$"


@cache
def _compiled(name: str, source: str) -> re.Pattern[str]:
    if "LATIN_UNIT" in source:
        latin = "|".join(re.escape(s) for s in load_units().surfaces if s[0].isascii())
        source = source.replace("LATIN_UNIT", f"(?:{latin})")
    return pattern(f"(?P<{name}>{source})", re.VERBOSE)


class Words:
    """Some words, found in a text by the longest that begins at a place."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.lengths: dict[str, tuple[int, ...]] = {}  # of the words that begin with a character, the longest first
        for first, length in sorted({(word[0], len(word)) for word in self.words}, reverse=True):
            self.lengths[first] = (*self.lengths.get(first, ()), length)

    def at(self, text: str, place: int) -> str | None:
        """The longest of the words at a place, or None.

        >>> Words(["人", "人次", "户"]).at("3人次", 1)
        '人次'
        """
        for length in self.lengths.get(text[place : place + 1], ()):
            word = text[place : place + length]
            if word in self.words:
                return word
        return None


_NUMERALS = re.compile(f"[{_NUMERAL_FIRST}]+")
_IN_QUOTES = re.compile(f'[“「"][{_NUMERAL_FIRST}]+[\\w”」]')  # “两不愁: a slogan counts what follows
# 十一万户, 百分之三, 一点二亿: what begins like a word and goes on like a number is a number
_NUMBER_AFTER = re.compile("[万亿余几之]|分之|(?<=时)[一二三四五六七八九十]+分|(?<=点)[零〇一二三四五六七八九]")


@cache
def figure_patterns() -> FigurePatterns:
    """The patterns, one set for all texts, as they hold every unit."""
    return FigurePatterns()
