"""Writings of figures that GB/T 15835 and the manuals of editors do not allow, each by a pattern: off unless selected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.checks import Check, Operand
from checker.checks.builder import build_check
from checker.patterns import LatePattern
from checker.reading import Reading
from checker.relations.model import RelationRule

__all__ = ["RULES"]


class _Writing(NamedTuple):
    """A pattern, and what is wrong with what it finds; some see the text `as_written`, the others with folded characters."""

    source: str
    zh: str
    en: str
    as_written: bool = False


_WRITINGS = (
    # 65±2%
    _Writing(r"(?<![(（\d.])\d[\d.]*±\d[\d.]*[%％]", "百分号应管到两个数，写作(65±2)%", "the per cent sign belongs to both numbers: (65±2)%"),
    # 4×3×5cm
    _Writing(r"\d[\d.]*[×xX]\d[\d.]*(?:[×xX]\d[\d.]*)?(?:[cmd]?m|厘米|毫米|米)(?![²³23])", "每个数都应带单位", "each number carries its unit"),
    # 三、四天
    _Writing(r"(?<![第一二三四五六七八九十、])(?:一、二|二、三|两、三|三、四|四、五|五、六|六、七|七、八|八、九)(?=[十百千万亿天个人年次岁家月名户])", "相邻两个数字表示概数，中间不用顿号", "two neighbouring numerals that approximate take no 、"),
    # 10几万
    _Writing(r"\d+几[十百千万亿]*", "“几”前的数字用汉字", "numerals before 几 are written in Chinese"),
    # .46
    _Writing(r"(?<![\d.．\w)）])[.．]\d+|(?<=[\u4e00-\u9fff])[.．]\d+", "小数点前应有0", "a zero stands before the decimal point"),
    # 2亿3千4百万
    _Writing(r"\d+[万亿]\d+[千百]|\d+[千百](?=[万亿])|\d+千\d+百", "阿拉伯数字不与“千”“百”连用", "digits do not go with 千 and 百"),
    # 90年代 without its century
    _Writing(r"(?<![世纪\d])(?<!世纪)[1-9]0年代", "年代前应写明世纪", "a decade needs its century"),
    # 90年前
    _Writing(r"(?<![\d近约.近])[4-9]\d年(?=前|后|初|底|末)", "年份应写全", "a year has four digits"),
    # 腊月23
    _Writing(r"(?:腊月|正月|冬月|农历[\u4e00-\u9fff]{1,3}月)\d{1,2}|\d{1,2}月\d{1,2}(?=中秋|元宵|端午|重阳|七夕)", "农历月日用汉字", "days of the lunar calendar are written in Chinese"),
    # 光绪26年
    _Writing(r"(?:光绪|宣统|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|崇祯|万历|嘉靖|永乐|洪武|贞观|开元)\d+年", "干支、年号纪年用汉字", "years of a reign are written in Chinese"),
    # 约有200余年, 约有300人左右
    _Writing(r"(?:约|大约|大概)有\d[\d.,]*[万亿]?(?:余|多|[\u4e00-\u9fff]{1,2}(?:左右|上下))", "约数不重复", "a figure is approximated once"),
    # 日均每天
    _Writing(r"日均每[天日]|年均每年|月均每月|人均每人|户均每户", "“均”与“每”重复", "均 and 每 say the same"),
    # 中旬前后
    _Writing(r"[上中下]旬(?:前后|左右)", "“旬”已是约数", "a third of a month is approximate already"),
    # 2007-4-05
    _Writing(r"(?<!\d)(?:19|20)\d\d-(?:\d-\d\d|\d\d-\d)(?!\d)", "月、日应写两位", "months and days have two digits"),
    # 08:00:06~14:07
    _Writing(r"\d\d:\d\d:\d\d[~～—–-]\d\d:\d\d(?![:\d])|(?<![:\d])\d\d:\d\d[~～—–-]\d\d:\d\d:\d\d", "两端的时刻写到同一位", "both times are written to the same place"),
    # 099天
    _Writing(r"(?<![\d.,，:\-/])0\d+(?=[天人个元年户名次])", "整数前不写0", "a whole number begins with no zero"),
    # 1387ug
    _Writing(r"\d\s?u[gmLl](?![A-Za-z])", "“微”的符号是μ", "the sign for micro is μ"),
    # 1，258，000: a full-width comma between digits is folded away
    _Writing(r"(?<![\d，])[\d０-９]{1,3}(?:，[\d０-９]{3})+(?![\d０-９])", "千分撇不用全角逗号", "thousands are not parted by a full-width comma", as_written=True),
    # 二零一二年
    _Writing(r"[一二](?=[一二三四五六七八九零]{0,2}零)[零一二三四五六七八九]{3}年", "年份中的零写作“〇”", "the zero of a year is 〇"),
)  # fmt: skip
_PATTERNS = tuple(LatePattern(writing.source) for writing in _WRITINGS)


def check_writings(reading: Reading, lang: str) -> Iterator[Check]:
    """An info for each writing, at the stretch of the text that holds it."""
    for writing, late in zip(_WRITINGS, _PATTERNS, strict=True):
        text = reading.document.text if writing.as_written else reading.document.folded
        if not late.need.is_met(text):  # asked each time: on long rows of digits some of them are slow
            continue
        for found in late.finditer(text):
            start, end = found.span()
            written = reading.document.text[start:end]
            message = f"“{written}”：{writing.zh}" if lang == "zh" else f"{written}: {writing.en}"
            yield build_check(
                relation="style", outcome="fails", operands=(Operand("figure", None, start, end),), operator="=",
                expression=written, left=None, right=None, start=start, end=end, severity="info", message=message, confirms=False,
            )  # fmt: skip


RULES: tuple[RelationRule, ...] = (
    RelationRule(
        id="CK966",
        slug="writing-of-figures",
        relation="style",
        severity="info",
        function=check_writings,
        title={"zh": "数字的写法合乎 GB/T 15835", "en": "Figures are written as GB/T 15835 has it"},
        messages={"zh": "数字的写法不合规范", "en": "a figure is not written as the standard has it"},
        fails=(
            "合格率为65±2%。",
            "箱子尺寸为4×3×5cm。",
            "休整了三、四天。",
            "来了10几万人。",
            "比例为.46。",
            "拨款2亿3千4百万元。",
            "20世纪80年代兴起，90年代衰落。",
            "90年前他就来了。",
            "从腊月23忙起。",
            "8月15中秋节放假。",
            "光绪26年出发。",
            "房子约有200余年历史。",
            "约有300人左右参加。",
            "日均每天将近1500人。",
            "本月中旬前后开会。",
            "2007-4-05开工。",
            "开放时间08:00:06~14:07。",
            "倒计时099天。",
            "含汞1387ug/kg。",
            "收入1，258，000元。",
            "二零一二年开工。",
        ),
        silent=(
            "合格率为(65±2)%。",
            "箱子尺寸为4cm×3cm×5cm。",
            "休整了三四天，第三、四天下雨。",
            "来了十几万人，占0.46。",
            "拨款2.34亿元。",
            "20世纪80年代兴起，20世纪90年代衰落。",
            "1990年前他就来了，近90年前有过。",
            "从腊月二十三忙起，8月15日放假。",
            "光绪二十六年出发。",
            "房子约有200年历史，约有300人参加。",
            "日均将近1500人，本月中旬开会。",
            "2007-04-05开工。",
            "开放时间08:00:06~14:07:00。",
            "倒计时99天，含汞1387μg/kg。",
            "收入1,258,000元。",
            "二〇一二年开工。",
        ),
        default=False,
    ),
)
