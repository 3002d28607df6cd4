"""From digits and Chinese numerals to exact numbers.

Every function takes folded text (`checker.document.folding`) and gives an ``int`` or ``Fraction``; none rounds.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from checker.arithmetic.interval import Rational
from checker.patterns import pattern

__all__ = ["MAGNITUDES", "arabic_number", "chinese_number", "decimal_number", "number_or_none", "scale_of"]

_DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"〇": 0, "两": 2}
    | dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
)
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "廿": 20, "卅": 30}
_BIG = {"万": 10**4, "亿": 10**8}
MAGNITUDES: dict[str, int] = {
    "百": 100, "千": 1000, "万": 10**4, "万万": 10**8, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "兆": 10**12, "十亿": 10**9,
    "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "亿亿": 10**16, "十亿亿": 10**17, "百亿亿": 10**18, "千亿亿": 10**19,
    "万亿亿": 10**20, "": 1,
}  # fmt: skip

# 亿 1692 万 …: a number and the magnitude behind it, as often as they follow each other (5亿1692万, 12万2800, 4万3).
_SEGMENT = pattern(r"(\d+(?:\.\d+)?)(兆|[十百千万]?亿亿|万亿|[十百千]?[万亿]|[百千])?")
_CHINESE = pattern("[零〇一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+")
_ELLIPTIC = pattern("(?P<head>.+[万亿])(?P<last>[一二两三四五六七八九])")  # 两亿五, 三万二: a lower place is left out
_LEADING = pattern("[百千万][一二三四五六七八九]")
_TENTHS = [Fraction(1, 10**places) for places in range(8)]
_DIGIT_STRING = pattern("[零〇一二三四五六七八九]{2,}")


def decimal_number(digits: str) -> Rational:
    """The number that ASCII digits write, with thousands separators or a decimal point.

    >>> decimal_number("1,234.5")
    Fraction(2469, 2)
    """
    digits = digits.replace(",", "")
    whole, _, decimals = digits.partition(".")
    if not decimals:
        return int(whole)
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return value.numerator if value.denominator == 1 else value


@lru_cache(maxsize=4096)
def arabic_number(written: str) -> tuple[Rational, Rational, bool]:
    """Value, the value of the last written digit, and whether 万 or 亿 stand in it.

    A single digit behind 万 or 亿 counts the next lower thousand (4万3 is 43000), as it does in speech.

    >>> arabic_number("5亿1692万")
    (516920000, 10000, True)
    >>> arabic_number("16.3")
    (Fraction(163, 10), Fraction(1, 10), False)
    """
    if written.isdigit():
        return int(written), 1, False
    whole, _, fraction = written.partition(".")
    if fraction.isdigit() and whole.isdigit() and len(fraction) < len(_TENTHS):
        return decimal_number(written), _TENTHS[len(fraction)], False
    total: Rational = 0
    step: Rational = 1
    above = 0
    scaled = False
    for digits, magnitude in _SEGMENT.findall(written.replace(",", "")):
        times = MAGNITUDES[magnitude]
        if not magnitude and above and len(digits) == 1:
            times = above // 10
        decimals = len(digits.partition(".")[2])
        big = _BIG.get(magnitude[-1:], 1)
        if above and times > above and big > 1:  # 2千5百亿, 14万零350亿: the last magnitude is that of all
            total = (total + decimal_number(digits) * (times // big)) * big
        else:
            total += decimal_number(digits) * times
        step = _reduced(Fraction(times, 10**decimals))
        scaled = scaled or times >= 10**4
        above = times
    return _reduced(total), step, scaled


@lru_cache(maxsize=4096)
def chinese_number(written: str) -> Rational:
    """The number that Chinese numerals write; ValueError where they write none.

    >>> chinese_number("两万五"), chinese_number("一千零五"), chinese_number("廿三"), chinese_number("三点五")
    (25000, 1005, 23, Fraction(7, 2))
    """
    written = written.replace("○", "〇")
    whole, point, decimals = written.partition("点")
    if point:
        times = 1
        while decimals and decimals[-1] in _BIG:
            times *= _BIG[decimals[-1]]
            decimals = decimals[:-1]
        if not decimals or any(c not in _DIGITS for c in decimals):
            raise ValueError(written)
        tail = Fraction(int("".join(str(_DIGITS[c]) for c in decimals)), 10 ** len(decimals))
        return _reduced((chinese_number(whole) + tail) * times)
    if not _CHINESE.fullmatch(whole):
        raise ValueError(written)
    if _DIGIT_STRING.fullmatch(whole):
        return int("".join(str(_DIGITS[c]) for c in whole))
    if len(whole) <= 3:
        # Most numerals of a text are this short; the library behind the longer ones costs 0.1 s to import.
        small = _small_number(whole)
        if small is not None:
            return small
    if whole in MAGNITUDES:
        return MAGNITUDES[whole]
    if _LEADING.fullmatch(whole):  # 千一, 百五: one thousand one (hundred)
        return _TENS.get(whole[0], 10**4) * (10 + _DIGITS[whole[1]]) // 10
    elliptic = _ELLIPTIC.fullmatch(whole)
    if elliptic is not None:
        return chinese_number(elliptic["head"]) + _DIGITS[elliptic["last"]] * _BIG[elliptic["head"][-1]] // 10
    return _long_number(whole)


@lru_cache(maxsize=4096)
def number_or_none(written: str) -> Rational | None:
    """`chinese_number`, or None where numerals stand together that write none.

    >>> number_or_none("两亿五"), number_or_none("十十")
    (250000000, None)
    """
    try:
        return chinese_number(written)
    except ValueError:
        return None


def _small_number(written: str) -> int | None:
    """One to 99 and plain hundreds: 七, 十二, 四十, 五十六, 廿三, 三百, 两千."""
    if len(written) == 1:
        return _DIGITS.get(written) or _TENS.get(written) or _BIG.get(written) or (0 if written in "零〇" else None)
    head, last = written[:-1], written[-1]
    if last in _DIGITS and head[-1] in "十拾廿卅":
        tens = _small_number(head)
        return None if tens is None else tens + _DIGITS[last]
    if len(written) == 2 and head in _DIGITS and (last in _TENS or last in _BIG):
        return _DIGITS[head] * (_TENS.get(last) or _BIG[last])
    return None


def _long_number(written: str) -> int:
    """Longer numerals, read by cn2an; its strict mode refuses what is no number."""
    import cn2an

    plain = written.replace("廿", "二十").replace("卅", "三十").replace("〇", "零")
    plain = plain.replace("百十", "百一十") if "百十" in plain else plain
    for mode in ("strict", "smart"):
        try:
            value = cn2an.cn2an(plain, mode)
        except (ValueError, KeyError):  # KeyError: its own slip, at 一亿零
            continue
        if int(value) == value and value > 0:
            return int(value)
    raise ValueError(written)


def scale_of(value: Rational) -> Rational:
    """The value of the last digit that is not zero: 1500 → 100, 50000 → 10000, 1.5 → 0.1.

    A value that no finite decimal writes (a third) was said in words; its scale is a tenth of it.
    """
    if value == 0:
        return 1
    if not _is_decimal(Fraction(value)):
        return Fraction(value) / 10
    scale: Rational = 1
    fraction = Fraction(value)
    while fraction.denominator != 1:
        scale = Fraction(scale) / 10
        fraction *= 10
    number = abs(fraction.numerator)
    while number % 10 == 0:
        number //= 10
        scale = scale * 10
    return _reduced(scale)


def _is_decimal(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _reduced(value: Rational) -> Rational:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value
