"""Units: conversions, homographs, duplicates, and the run-time table held to pint."""

from __future__ import annotations

import json
import subprocess
import sys
from difflib import ndiff
from fractions import Fraction

import pytest

from checker.errors import CheckerError
from checker.units import Unit, Units, convertible, definitions, load_units
from checker.units.definitions import build_table, read_registry, read_source
from checker.units.generate import render


@pytest.fixture(scope="module")
def units() -> Units:
    return load_units()


def convert(amount: str, source: Unit, target: Unit) -> Fraction:
    assert convertible(source, target)
    return Fraction(amount) * source.factor / target.factor


@pytest.mark.parametrize(
    ("amount", "source", "target", "result"),
    [
        ("15", "亩", "公顷", "1"),
        ("1", "平方公里", "公顷", "100"),
        ("1", "平方千米", "亩", "1500"),
        ("1", "㎡", "平方厘米", "10000"),
        ("1.5", "公里", "米", "1500"),
        ("3", "里", "公里", "1.5"),
        ("1", "海里", "千米", "1.852"),
        ("2000", "斤", "吨", "1"),
        ("8", "两", "公斤", "0.4"),
        ("1", "公担", "公斤", "100"),
        ("1", "盎司", "克", "28.349523125"),
        ("10", "兆瓦", "千瓦", "10000"),
        ("1", "吉瓦", "MW", "1000"),
        ("1", "千瓦时", "度电", "1"),
        ("1", "兆瓦时", "kWh", "1000"),
        ("3600", "千焦", "千瓦时", "1"),
        ("1", "立方米", "升", "1000"),
        ("500", "毫升", "L", "0.5"),
        ("3", "元", "角", "30"),
        ("1", "元人民币", "分钱", "100"),
        ("2", "小时", "刻钟", "8"),
        ("2", "周", "天", "14"),
        ("2", "年", "个月", "24"),
        ("1", "世纪", "年", "100"),
        ("1", "%", "‰", "10"),
        ("3", "成", "%", "30"),
        ("1", "‱", "ppm", "100"),
        ("1", "个百分点", "BP", "100"),
        ("1", "打", "个", "12"),
        ("5", "家", "个", "5"),
        ("36", "公里/小时", "米/秒", "10"),
        ("1", "TEU", "标准箱", "1"),
    ],
)
def test_conversion(units: Units, amount: str, source: str, target: str, result: str) -> None:
    assert convert(amount, units.by_surface[source], units.by_surface[target]) == Fraction(result)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("人", "人次"), ("人", "户"), ("%", "百分点"), ("%", "倍"), ("元", "美元"), ("千瓦", "千瓦时"), ("千瓦", "千伏安"),
        ("米", "平方米"), ("米", "延长米"), ("辆", "辆次"), ("种", "类"), ("类", "个"), ("倍", "番"), ("床", "床日"), ("批", "批次"),
        ("行政村", "自然村"), ("岁", "年"),
    ],
)  # fmt: skip
def test_different_dimensions(units: Units, a: str, b: str) -> None:
    assert not convertible(units.by_surface[a], units.by_surface[b])


@pytest.mark.parametrize(
    ("surface", "unit"),
    [
        ("名", "人"), ("位", "人"), ("口人", "人"), ("人民币元", "元"), ("块钱", "元"), ("公斤", "千克"), ("千米", "公里"), ("m2", "平方米"),
        ("℃", "摄氏度"), ("县(市)", "县"), ("县（市）", "县"), ("县(市、区)", "县"), ("省份", "省"), ("个月", "月"), ("张床", "床"), ("％", "%"),
        ("个基点", "基点"), ("港币", "港元"), ("mmHg", "毫米汞柱"),
    ],
)  # fmt: skip
def test_surface(units: Units, surface: str, unit: str) -> None:
    assert units.by_surface[surface].name == unit


@pytest.mark.parametrize(
    ("surface", "before", "after", "unit"),
    [
        ("度", "全村上月用电", "。", "千瓦时"),
        ("度", "午后气温升到", "，", "摄氏度"),
        ("度", "镜头向左转", "，", "度"),
        ("分", "比赛用时", "12秒", "分钟"),
        ("分", "找零3元5角", "。", "分(货币)"),
        ("分", "主队得到", "，", "分"),
        ("分", "", "之一", None),
        ("两", "", "个", None),
        ("两", "称得茶叶", "，", "两"),
        ("里", "", "面", None),
        ("里", "步行", "山路", "里"),
        ("点", "沪指收报", "，", "点"),
        ("点", "他提了", "建议", "个"),
        ("点", "上午", "半", None),
        ("块", "他花了", "，", "元"),
        ("块", "新立", "展板", "块"),
        ("桶", "原油库存增加", "，", "桶(原油)"),
        ("桶", "送来", "清水", "桶"),
        ("口", "打了", "机井", "口(井)"),
        ("口", "一家", "，", "人"),
        ("成", "", "员", None),
        ("成", "产量减了", "，", "成"),
        ("级", "", "别", None),
        ("级", "阵风", "，", "级"),
        ("班", "", "长", None),
        ("班", "全校共", "，", "班"),
        ("节", "挂", "车厢", "节(车厢)"),
        ("m", "", "g", None),
        ("起", "", "来", None),
        ("起", "发生", "诉讼", "起"),
        ("位", "排名第", "数", None),
        ("位", "来了", "老师", "人"),
        ("项", "", "目标", "项"),
        ("项", "", "目", None),
        ("没有这个写法", "", "", None),
    ],
)
def test_homograph(units: Units, surface: str, before: str, after: str, unit: str | None) -> None:
    found = units.resolve(surface, before, after)
    assert (found and found.name) == unit


def test_compound_units_compare_in_base_units(units: Units) -> None:
    by = units.by_surface
    per_mu = units.compound(by["公斤"], by["亩"])
    per_hectare = units.compound(by["吨"], by["公顷"])
    assert (per_mu.dimension, per_mu.name, per_mu.base) == ("[mass] / [area]", "千克/亩", "千克/平方米")
    assert convert("1000", per_mu, per_hectare) == 15
    assert convertible(units.compound(by["公里"], by["小时"]), by["km/h"])
    freight = units.compound(by["元"], by["吨公里"])
    assert (freight.dimension, freight.base) == ("[money] / ([length] * [mass])", "元/(米·千克)")


def test_flags(units: Units) -> None:
    by = units.by_surface
    assert all(by[s].counted for s in ("户", "人", "人次", "个", "家", "只", "辆", "村"))
    assert not any(by[s].counted for s in ("元", "美元", "亩", "千瓦", "%", "百分点", "倍", "吨公里", "岁"))
    assert all(by[s].generic for s in ("个", "家", "座", "条", "项", "种", "类", "件", "处", "所"))
    assert not any(by[s].generic for s in ("户", "人", "只", "次"))


def test_size_and_order(units: Units) -> None:
    rows = build_table()["units"].values()
    assert len(rows) >= 280
    assert len({row[0] for row in rows} - {"1"}) == len(rows) - 2, "two units share a name"
    lengths = [len(surface) for surface in units.surfaces]
    assert lengths == sorted(lengths, reverse=True)


def test_units_of_one_dimension_share_one_base() -> None:
    bases: dict[str, set[str]] = {}
    for _, dimension, base, *_ in build_table()["units"].values():
        bases.setdefault(dimension, set()).add(base)
    assert {d: b for d, b in bases.items() if len(b) > 1} == {}


def test_table_is_what_the_definitions_give() -> None:
    assert render(build_table()) == read_source("table.json"), "run python -m checker.units.generate"


@pytest.mark.parametrize("before", ["公里 =", "户 =", "元 ="])
def test_a_unit_more_changes_few_lines(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old = render(build_table()).splitlines()
    text = read_source("units.txt")
    assert text.count(f"\n{before}") == 1
    more = text.replace(f"\n{before}", f"\n箩 = 25 * 千克 = _ = 箩筐\n{before}")
    monkeypatch.setattr(definitions, "read_source", lambda name: more if name == "units.txt" else read_source(name))
    changed = [line for line in ndiff(old, render(build_table()).splitlines()) if line[0] in "+-"]
    assert sorted(line[2:4] for line in changed) == ['"箩', '"箩', '"箩']  # the unit and its two writings


def test_table_agrees_with_pint(units: Units) -> None:
    """Every unit against the next one of its dimension, both ways through pint."""
    definitions = read_source("units.txt")
    registry = read_registry(definitions)
    names = [line.split("=")[0].strip() for line in definitions.splitlines() if line[:1] not in ("#", "[", "")]
    rows = json.loads(read_source("table.json"))["units"].values()
    assert len(names) == len(rows)
    last: dict[str, tuple[str, Fraction]] = {}
    compared = 0
    for identifier, (_, dimension, _, factor, *_) in zip(names, rows, strict=True):
        if dimension in last:
            other, other_factor = last[dimension]
            expected = registry.Quantity(Fraction(7), identifier).to(other).magnitude
            assert expected == 7 * Fraction(factor) / other_factor, (identifier, other)
            compared += 1
        last[dimension] = identifier, Fraction(factor)
    assert compared > 100
    dimensionalities = {d: dict(registry.Quantity(1, name).dimensionality) for d, (name, _) in last.items()}
    assert len({tuple(sorted(d.items())) for d in dimensionalities.values()}) == len(dimensionalities)


def test_extended(units: Units) -> None:
    more = units.extended(
        "箩 = 25 * 千克 = _ = 箩筐\n垛 = [stack]\n摞 = 3 * 个\n单价 = 元 / 亩\n@alias 公顷 = 垧地",
        counted=frozenset({"垛"}),
    )
    by = more.by_surface
    assert convert("4", by["箩筐"], by["公斤"]) == 100
    assert by["垛"].counted and by["摞"].counted and not by["箩"].counted
    assert by["垧地"].name == "公顷"
    assert convertible(by["单价"], more.compound(by["元"], by["公顷"]))
    assert "箩" not in units.by_surface
    twice = more.extended("筒 = 2 * 千克").by_surface
    assert twice["箩"].factor == 25 and twice["筒"].factor == 2 and twice["垛"].counted


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("亩 = 600 * 平方米", "亩"),
        ("箩 = 25 * 千克\n箩 = 30 * 千克", "箩"),
        ("箩 = 25 * 千克 = _ = 公斤", "公斤"),
        ("箩 = 25 * 千克 = _ = 度", "度"),
        ("箩 = 25 * 不知道的单位", "不知道的单位"),
    ],
)
def test_bad_definitions_are_named(units: Units, text: str, named: str) -> None:
    with pytest.raises(CheckerError, match=named):
        units.extended(text)


def test_loading_imports_no_pint() -> None:
    code = "import sys; from checker.units import load_units; load_units(); print('pint' in sys.modules, 'tomllib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_traditional_map_is_one_to_one_and_final() -> None:
    from importlib.resources import files

    lines = files("checker.data").joinpath("traditional.txt").read_text("utf-8").splitlines()
    pairs = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    table = dict(pairs)
    assert len(table) == len(pairs) >= 2500
    assert all(len(key) == len(value) == 1 for key, value in pairs)
    assert not table.keys() & set(table.values())
    assert not table.keys() & set("只里后面干著乾了台余万亿个户岁占并于")
    assert "".join(table[c] for c in "佔個萬億裡臺餘歲戶隻") == "占个万亿里台余岁户只"
