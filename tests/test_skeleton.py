"""The skeleton: every figure one character, every character traced back."""

from __future__ import annotations

import re

import pytest

from checker.config import Config
from checker.document import folding
from checker.quantities.skeleton import SLOT_CLASSES, figure_lines, placeholder_range, placeholder_set
from checker.reading import Reading, read
from checker.sources import make_document

# One letter for each placeholder, so that a skeleton can be written in a table.
SHOWN = {
    "household": "户",
    "person": "人",
    "visit": "次",
    "money": "元",
    "currency": "币",
    "area": "亩",
    "length": "米",
    "mass": "吨",
    "power": "瓦",
    "energy": "度",
    "volume": "升",
    "duration": "年",
    "rate": "%",
    "point": "点",
    "multiple": "倍",
    "doubling": "番",
    "temperature": "℃",
    "count": "个",
    "measure": "量",
    "per": "/",
    "bare": "数",
    "date": "日",
    "ratio": "比",
    "score": "分",
    "clock": "时",
}


def _read(text: str) -> Reading:
    return read(make_document(text, "a.txt", None), tolerance=Config().about)


def _shown(text: str) -> str:
    return _lettered(_read(text).skeleton.text)


def _lettered(skeleton: str) -> str:
    for name, letter in SHOWN.items():
        placeholders = placeholder_set(name)[1:-1]
        assert len(placeholders) == 1
        skeleton = skeleton.replace(placeholders, f"⟨{letter}⟩")
    return skeleton


@pytest.mark.parametrize(
    ("text", "skeleton"),
    [
        ("搬迁163户414人。", "搬迁⟨户⟩⟨人⟩。"),
        ("接待游客3万人次，收入1.2亿元。", "接待游客⟨次⟩，收入⟨元⟩。"),
        ("出口30万美元，种植5公顷，修路12公里。", "出口⟨币⟩，种植⟨亩⟩，修路⟨米⟩。"),
        ("产粮60吨，装机16兆瓦，发电30万千瓦时。", "产粮⟨吨⟩，装机⟨瓦⟩，发电⟨度⟩。"),
        ("蓄水3万立方米，历时5年，占20%，提高3个百分点。", "蓄水⟨升⟩，历时⟨年⟩，占⟨%⟩，提高⟨点⟩。"),
        ("增长3倍，翻一番，气温25℃。", "增长⟨倍⟩，⟨番⟩，气温⟨℃⟩。"),
        ("办厂12家，单价30元/吨。", "办厂⟨个⟩，单价⟨/⟩。"),
        ("2019年3月2日16:35，以3比0获胜，比重为3:5:2。", "⟨日⟩⟨时⟩，以⟨分⟩获胜，比重为⟨比⟩。"),
        # approximation words belong to the figure
        ("近4万人，500多户，超过3亿元，三成。", "⟨人⟩，⟨户⟩，⟨元⟩，⟨%⟩。"),
        # codes, ordinals and names stay text
        ("C919在三农中位列第3。", "C919在三农中位列第3。"),
        # one form for each punctuation mark
        ("全乡８座，(其中3座)；共:5户!", "全乡⟨个⟩，（其中⟨个⟩）；共：⟨户⟩！"),
        ("甲,乙;丙?", "甲，乙；丙？"),
        # Traditional characters are read as simplified ones
        ("佔總數兩成，減至3億元", "占总数⟨%⟩，减至⟨元⟩"),
    ],
)
def test_skeletons(text: str, skeleton: str) -> None:
    assert _shown(text) == skeleton


def test_breaks_inside_a_block_are_left_out() -> None:
    assert _shown("全年村集体收入74.05\n\n万元，其中分红8户。") == "全年村集体收入⟨元⟩，其中分红⟨户⟩。"


def test_characters_without_width_are_left_out() -> None:
    text = "搬迁1\u200b63户\ufeff41人，其\u2060中\u00ad3户。"
    reading = _read(text)
    assert _shown(text) == "搬迁⟨户⟩⟨人⟩，其中⟨户⟩。"
    assert [text[q.start : q.end] for q in reading.quantities] == ["1\u200b63户", "41人", "3户"]
    places = [reading.skeleton.text_offset(place) for place in range(len(reading.skeleton.text))]
    assert "".join(text[place] for place in places) == "搬迁14，其中3。"


def test_paragraphs_stay_apart() -> None:
    assert _shown("第一段有8户。\n\n第二段有9户。") == "第一段有⟨户⟩。\n\n第二段有⟨户⟩。"


def test_a_text_cannot_forge_a_figure() -> None:
    forged = placeholder_range("household")[0]
    skeleton = _read(f"搬迁{forged}8人。").skeleton
    assert forged not in skeleton.text
    assert [skeleton.text[place] for place in skeleton.figures] == [placeholder_range("person")[0]]


@pytest.mark.parametrize(
    "text",
    [
        "搬迁163户414人，占20%。",
        "𠮷县有8户👨‍👩‍👧9人，全年村集体收入74.05\n\n万元，其中分红8户。",
        "\ufeff（2019年）３３．５万亿元，“7·21”后35+。",
    ],
)
def test_every_place_leads_back(text: str) -> None:
    reading = _read(text)
    skeleton = reading.skeleton
    for place, quantity in skeleton.figures.items():
        assert skeleton.text_offset(place) == reading.quantities[quantity].start
        assert skeleton.place_of[quantity] == place
    assert list(skeleton.figures) == sorted(skeleton.figures)
    source = reading.document.text
    for place, character in enumerate(skeleton.text):
        if "一" <= character <= "鿿" and place not in skeleton.figures:
            assert source[skeleton.text_offset(place)] == character


def test_between_and_sentences() -> None:
    reading = _read("甲村有8户，其中5户养蜂。乙村有3户！\n丙村")
    skeleton = reading.skeleton
    assert skeleton.between(0, 1) == "，其中"
    for place in (0, skeleton.place_of[1], skeleton.text.index("。")):
        start, end = skeleton.sentence(place)
        assert (start, end) == (0, skeleton.text.index("。"))
    start, end = skeleton.sentence(skeleton.place_of[2])
    assert skeleton.text[start:end].startswith("乙村有")
    assert skeleton.text[slice(*skeleton.sentence(len(skeleton.text) - 1))] == "丙村"


def test_a_sentence_without_end_is_cut() -> None:
    skeleton = _read("甲" * 5000).skeleton
    start, end = skeleton.sentence(2500)
    assert 0 < start < 2500 < end < 5000
    assert end - start <= 1000


def _classes(group: str) -> set[str]:
    """The single classes in a group."""
    return {name for name in SHOWN if re.fullmatch(placeholder_set(group), placeholder_set(name)[1:-1])}


AMOUNTS = {
    "household", "person", "visit", "money", "currency", "area", "length", "mass", "power", "energy", "volume", "count", "measure",
}  # fmt: skip


@pytest.mark.parametrize(
    ("group", "classes"),
    [
        ("amount", AMOUNTS),
        ("number", AMOUNTS | {"bare"}),
        ("cash", {"money", "currency"}),
        ("any", AMOUNTS | {"bare", "per", "duration", "rate", "point", "multiple", "doubling", "temperature"}),
        ("level", AMOUNTS | {"bare", "per", "rate", "duration", "temperature"}),
        ("mean", AMOUNTS | {"per"}),
    ],
)
def test_groups_of_classes(group: str, classes: set[str]) -> None:
    assert _classes(group) == classes


def test_classes() -> None:
    single = {name for name in SLOT_CLASSES if _classes(name) == {name}}
    assert single == set(SHOWN)
    assert SLOT_CLASSES - single == {"amount", "number", "cash", "any", "level", "mean"}
    with pytest.raises(KeyError):
        placeholder_set("home")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲。\n乙3户。\n\n丙。\n丁4人、5家\n戊", "乙⟨户⟩。\n丁⟨人⟩、⟨个⟩\n\n"),
        ("甲乙丙。\n3户\n", "⟨户⟩\n"),
        ("3户\n甲", "⟨户⟩\n\n"),
        ("3户。\n甲乙丙。\n4人。", "⟨户⟩。\n⟨人⟩。"),
        ("3户。\n4人。", "⟨户⟩。\n⟨人⟩。"),
        ("全乡共有贫困人口3户。\n甲", "全乡共有贫困人口⟨户⟩。\n甲"),  # hardly anything is without figures
        ("甲\n\n乙", "\n"),
        ("", ""),
    ],
)
def test_the_lines_that_hold_a_figure(text: str, lines: str) -> None:
    reading = _read(text)
    found = figure_lines(reading.skeleton)
    assert _lettered(found.text) == lines
    assert sorted(found.figures.values()) == list(range(len(reading.quantities)))
    for place, number in found.figures.items():
        assert found.text[place] == reading.skeleton.text[reading.skeleton.place_of[number]]
        start, end = found.sentence(place)
        first, last = reading.skeleton.sentence(reading.skeleton.place_of[number])
        assert found.text[start:end] == reading.skeleton.text[first:last]


@pytest.mark.parametrize("char", folding._TRADITIONAL)
def test_what_tells_a_traditional_text_is_traditional(char: str) -> None:
    """校 and 算 are not, and every other Simplified text holds one."""
    assert folding.fold(char) != char
