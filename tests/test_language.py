"""The words of Chinese: places found in a text, and lists of words."""

from __future__ import annotations

import pytest

from checker.language.lexicon import Beginnings, Endings, words_of
from checker.language.places import places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("吉林省长春市增长3%", ["吉林省", "长春市"]),
        ("吉林增长3%，延边增长5%", ["吉林省", "延边朝鲜族自治州"]),
        ("吉林大学有学生3万人", []),
        ("南京市鼓楼区有3所学校", ["南京市", "鼓楼区"]),
        ("大理石产量3万吨", []),
        ("发展中国家占3%", []),
        ("美国累计确诊3万例", ["美国"]),
        ("长春市场成交3亿元", ["长春市"]),
        ("城区供热面积3万平方米", []),
    ],
)
def test_places(text: str, found: list[str]) -> None:
    assert [place.name for _, _, place in places().find(text)] == found


def test_the_span_is_what_the_text_writes() -> None:
    text = "全年延边州接待游客3万人次"
    assert [text[start:end] for start, end, _ in places().find(text)] == ["延边州"]


def test_the_longest_word_is_found() -> None:
    assert Endings(["达", "达到"]).at_end("总额达到") == "达到"
    assert Beginnings(["全县", "全县城"]).at("在全县城", 1) == "全县城"
    assert Endings(["达"]).at_end("") == ""


def test_a_list_says_no_word_twice() -> None:
    for section in ("before", "openings", "verbs", "nothing", "cuts"):
        words = words_of("claims", section)
        assert len(words) == len(set(words)), [word for word in words if words.count(word) > 1]
