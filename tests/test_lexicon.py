"""Lists of words: the longest at an end or a beginning, and no word twice."""

from __future__ import annotations

import tomllib

from checker.language import read_words
from checker.language.lexicon import Beginnings, Endings, words_of


def test_the_longest_word_is_found() -> None:
    assert Endings(["达", "达到"]).at_end("总额达到") == "达到"
    assert Beginnings(["全县", "全县城"]).at("在全县城", 1) == "全县城"
    assert Endings(["达"]).at_end("") == ""


def test_a_list_says_no_word_twice() -> None:
    for section in ("before", "openings", "verbs", "nothing", "cuts"):
        words = words_of("claims", section)
        assert len(words) == len(set(words)), [word for word in words if words.count(word) > 1]
    for section, lists in tomllib.loads(read_words("fields.toml")).items():
        for key, words in lists.items():
            assert len(words) == len(set(words)), (section, key, [word for word in words if words.count(word) > 1])
