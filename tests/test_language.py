"""What the lists of Chinese words hold, and what is found with them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest
from growing import assert_linear

from checker.document.folding import fold
from checker.language import read_words
from checker.language.indicators import indicators, read_indicators
from checker.language.places import Place, Places, contains, parents, places, same
from checker.units.table import load_units
from tools import places as tool
from tools import words

LEVELS = {"世": "world", "域": "region", "国": "country", "省": "province", "地": "prefecture", "县": "county"}

# a text with each place in brackets, and the first character of its level behind the bar
PLACES = """
    [吉林省|省]和[吉林市|地]
    [吉林|省]增长3%，吉林大学、吉林银行、吉林日报不算
    [内蒙古自治区|省]、[内蒙古|省]、[内蒙|省]
    [新疆维吾尔自治区|省]和新疆生产建设兵团
    [延边朝鲜族自治州|地][延吉市|县]、[延边州|地]、[延边|地]
    [北京市|省][海淀区|县]、[海淀|县]
    [上海|省][浦东新区|县]和[浦东|县]，不含浦东机场
    [香港特别行政区|省]、[香港|省]、[澳门|省]、[台湾|省]、[台北|县]
    [长春|地]市场规模，[长春市|地]民营经济、[长春市|地]政府
    [杭州|地]市民、[杭州|地]市区、[北京|省]市值
    [河南省|省]会[郑州|地]
    [北京|省]人均收入、[北京|省]人口，北京人，[广东|省]人民
    南京路、[南京|地]路网、上海站、[北京|省]站点、四川队、[湖北|省]队伍
    中国人民银行、中国银行、[中国|国]人民
    北京东方雨虹防水技术股份有限公司
    [北京|省]的有限公司
    四平方米、重大庆祝、大理石、完成都市、黄河南岸、沿海地区、长治久安
    以[西安|地]为中心，[西藏|省]、[青海|省]地区
    10月5日本公司公告，[日本|国]企业，北京公司
    发展中国家、中国共产党、[中国|国]与[美国|国]、[全球|世]、[世界|世]
    [欧盟|域]、[欧元区|域]、[东盟|域]、[长三角|域]、[京津冀|域]、欧洲议会、[欧洲|域]
    [阿联酋|国]、[印尼|国]、[沙特|国]、[蒙古国|国]、[内蒙古|省]、蒙古族
    [大同市|地][城区|县]，中心城区、示范县、港口区，[石家庄|地]城区、[泗阳|县]城区
    [莫力达瓦达斡尔族自治旗|县]、[长白县|县]、[前郭尔罗斯蒙古族自治县|县]
    [襄樊市|地]、[崇文区|县]、[海门市|县]
    [义乌|县]、[昆山市|县]，白银价格、日照时数、来宾、朝阳产业、富裕、和平
    高新区、街区、小区、我县、全市、某市
"""

# a text, a shared name, and its code; `-` where the text does not say which
SHARED = [
    ("南京市鼓楼区增长", "鼓楼区", "320106"),
    ("福州市鼓楼区增长", "鼓楼区", "350102"),
    ("江苏省增长，南京下降，鼓楼区持平", "鼓楼区", "320106"),
    ("在鼓楼区", "鼓楼区", "-"),
    ("四川省简阳市", "简阳市", "510185"),
    ("资阳市简阳市", "简阳市", "512081"),
    ("北京市朝阳区", "朝阳区", "110105"),
    ("长春市朝阳区", "朝阳区", "220104"),
]

INDICATORS = """
    [地区生产总值]增长5%，[GDP]、[人均GDP>人均地区生产总值]
    [规模以上工业增加值]、[工业增加值]、轻[工业增加值]
    限额以上·[商品零售额]、[社会消费品零售总额]、农村·[网上零售额]和[实物商品网上零售额]
    全省[城镇居民人均可支配收入]、[居民人均可支配收入]
    [一般公共预算收入]、[税收收入]、[一般公共预算支出]
    [归母净利润>归属于上市公司股东的净利润]、[净利润]、[营业收入]
    PM2.5、[PM2.5浓度>PM2.5平均浓度]、[M2>广义货币]、GDPX
    [全社会用电量>用电量]、水电·[装机容量]
    单位·[GDP>地区生产总值]二氧化碳排放、[单位GDP能耗]
"""


def _rows(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", _rows(PLACES))
def test_places_of_a_text(row: str) -> None:
    text = re.sub(r"\[([^|\]]+)\|.\]", r"\1", row)
    wanted = [(name, LEVELS[level]) for name, level in re.findall(r"\[([^|\]]+)\|(.)\]", row)]
    assert [(text[start:end], place.level) for start, end, place in places().find(text)] == wanted


@pytest.mark.parametrize(("text", "name", "code"), SHARED)
def test_a_shared_name_is_that_of_the_place_named_last(text: str, name: str, code: str) -> None:
    found = [place for start, end, place in places().find(text) if text[start:end] == name]
    assert [place.code or "-" for place in found] == [code]
    assert code == "-" or all(place.name == name for place in found)


def test_the_home_of_a_text_settles_a_shared_name() -> None:
    home = _place("南京")
    ((_, _, place),) = places().find("鼓楼区增长3%", home)
    assert place.code == "320106"


def _place(name: str) -> Place:
    place = places().named(name)
    assert place is not None
    return place


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("吉林省", "吉林", True),
        ("吉林市", "吉林", False),
        ("延边", "延边州", True),
        ("襄樊市", "襄阳市", True),
        ("海门市", "海门区", True),
        ("莱芜市", "莱芜区", False),
        ("鼓楼区", "鼓楼区", True),
        ("鼓楼区", "朝阳区", False),
        ("中国", "中华人民共和国", True),
        ("刚果(金)", "刚果（布）", False),
        ("简阳市", "简阳市", True),
    ],
)
def test_same(one: str, other: str, is_same: bool) -> None:
    assert same(_place(one), _place(other)) is same(_place(other), _place(one)) is is_same


@pytest.mark.parametrize(
    ("whole", "part", "inside"),
    [
        ("中国", "延吉市", True),
        ("世界", "延吉市", True),
        ("吉林省", "延吉市", True),
        ("吉林市", "延吉市", False),
        ("延吉市", "吉林省", False),
        ("江苏省", "海门市", True),
        ("长三角", "昆山", True),
        ("长三角", "北京", False),
        ("欧盟", "德国", True),
        ("欧盟", "英国", False),
        ("中国", "台北市", True),
        ("台湾", "台北市", True),
        ("中国", "鼓楼区", True),
        ("江苏省", "鼓楼区", False),
        ("世界", "美国", True),
    ],
)
def test_contains(whole: str, part: str, inside: bool) -> None:
    assert contains(_place(whole), _place(part)) is inside


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("延吉市", "延边朝鲜族自治州 吉林省 中国 世界"),
        ("海淀区", "北京市 中国 世界"),
        ("仙桃", "湖北省 中国 世界"),
        ("美国", "世界"),
        ("世界", ""),
        ("鼓楼区", ""),
    ],
)
def test_parents(name: str, above: str) -> None:
    assert [place.name for place in parents(_place(name))] == above.split()


def test_traditional_text_is_found_when_folded() -> None:
    text = fold("臺灣與廣東省、內蒙古")
    assert [place.name for _, _, place in places().find(text)] == ["台湾省", "广东省", "内蒙古自治区"]


def test_spans_are_those_of_the_text() -> None:
    text = "北京𠮷上海，广东省广州市"
    assert [text[start:end] for start, end, _ in places().find(text)] == ["北京", "上海", "广东省", "广州市"]


def test_the_gazetteer_is_whole() -> None:
    known = places()
    by_level = Counter(_level(known, code) for code in known.rows)
    assert by_level["province"] == 34
    assert 330 <= by_level["prefecture"] <= 345
    assert 2840 <= by_level["county"] <= 3150  # with zones of cities, and Taiwan
    assert by_level["country"] >= 200
    for code in known.rows:
        if code.isdigit() and len(code) == 6:
            assert code[:2] + "0000" in known.rows, code


def _level(known: Places, code: str) -> str:
    return next(place.level for _, _, place in [(0, 0, known.named(known.rows[code]))] if place is not None)


def test_a_short_name_has_one_bearer() -> None:
    known = places()
    shared = {name for name, codes in known.codes.items() if len([c for c in codes.split() if c in known.rows]) > 1}
    assert [name for name in shared if name[-1] not in "省市县区旗盟州"] == []


def test_the_lines_of_the_gazetteer_are_sorted_and_unique() -> None:
    present, _, past = read_words("places.txt").partition("# former\n")
    for part in (present, past):
        rows = [line.split(" ", 2)[:2] for line in part.splitlines() if line[0] != "#"]
        assert rows == sorted(rows)
        assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("神农架林区", "神农架"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("香港特别行政区", "香港"),
    ],
)
def test_stem(name: str, short: str) -> None:
    assert tool.stem(name) == short


def test_former_names_lead_to_what_is_there_now() -> None:
    now = [tool.Division("320600", "南通市"), tool.Division("320614", "海门区"), tool.Division("420600", "襄阳市")]
    past = {"320684": "海门市", "420600": "襄樊市", "320600": "南通市", "320601": "市辖区"}
    assert tool.former(now, [past]) == [
        tool.Division("320684", "海门市", "320614"),
        tool.Division("420600", "襄樊市", "420600"),
    ]


@pytest.mark.parametrize("row", _rows(INDICATORS))
def test_indicators_of_a_text(row: str) -> None:
    text = re.sub(r"[\[\]·]|>[^\]]*", "", row)
    wanted = [
        (writing, name or writing, bool(dot)) for dot, writing, name in re.findall(r"(·?)\[([^\]>]+)>?([^\]]*)\]", row)
    ]
    found = indicators().find(text)
    assert [text[match.start : match.end] for match in found] == [writing for writing, _, _ in wanted]
    assert [bool(match.narrowed) for match in found] == [narrowed for _, _, narrowed in wanted]
    for match, (writing, name, _) in zip(found, wanted, strict=True):
        assert match.indicator is indicators().by_writing[name], writing


@pytest.mark.parametrize(
    ("name", "dimension", "kind", "growth"),
    [
        ("GDP", "[money]", "flow", "real"),
        ("外汇储备", "[money]", "stock", None),
        ("常住人口", "[person]", "stock", None),
        ("固定资产投资", "[money]", "flow", "comparable"),
        ("进出口总额", "[money]", "flow", "nominal"),
        ("资产负债率", "[rate]", "rate", None),
        ("用电量", "[energy]", "flow", None),
    ],
)
def test_what_an_indicator_is(name: str, dimension: str, kind: str, growth: str | None) -> None:
    row = indicators().by_writing[name]
    assert (row.dimension, row.kind, row.growth) == (dimension, kind, growth)


def test_of_takes_the_longest_name() -> None:
    match = indicators().of("前三季度全省规模以上工业增加值")
    assert match is not None
    assert match.indicator.name == "规模以上工业增加值"
    assert indicators().of("其他") is None


def test_every_indicator_is_frequent_or_defined() -> None:
    rows = indicators().rows
    assert len(rows) >= 60
    text = read_words("indicators.toml")
    recorded = {word: number for row in rows for word, number in zip(row.writings, row.documents, strict=True)}
    assert words.rare(text, recorded) == []
    assert words.recorded(text, recorded) == text


def test_every_dimension_is_one_of_the_units() -> None:
    known = {part for unit in load_units().by_surface.values() for part in re.findall(r"\[\w+\]", unit.dimension)}
    for row in indicators().rows:
        assert set(re.findall(r"\[\w+\]", row.dimension)) <= known, row.name
        assert row.kind in ("flow", "stock", "rate")
        assert row.growth in (None, "real", "comparable", "nominal")


def test_the_file_of_indicators_has_no_other_keys() -> None:
    keys = {key for entry in tomllib.loads(read_words("indicators.toml"))["indicator"] for key in entry}
    assert keys <= {"writings", "dimension", "kind", "growth", "per", "narrower", "standard"}


def test_two_indicators_with_one_writing_are_refused() -> None:
    entry = '[[indicator]]\nwritings = {{ "CPI" = 9, "{}" = 9 }}\ndimension = "[rate]"\nkind = "rate"\n'
    with pytest.raises(ValueError, match="CPI: a writing of"):
        read_indicators(entry.format("甲") + entry.format("乙"))


def test_a_long_text_is_read_in_one_pass() -> None:
    assert_linear(places().find, lambda times: "北京市朝阳区股份有限公司一一一一一一" * times, 16000)
