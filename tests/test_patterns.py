"""Late patterns: what they need is derived from them, and whatever they find has it."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from checker.patterns import NOTHING, LatePattern, need_of, pattern


@pytest.mark.parametrize(
    ("source", "sets"),
    [
        ("增长", ["增", "长"]),
        ("[增升]+长", ["增升", "长"]),
        ("增长?到", ["增", "到"]),
        ("增{0,3}长{2}", ["长"]),
        ("增{,3}长{3,}", ["长"]),
        ("(?:增|升)长|降低", ["增升降"]),
        ("(?:增加|增长|提升)到", ["增提", "到"]),
        ("(?:增|升|)到", ["到"]),
        ("[^增]到", ["到"]),
        (r"\d+[\w增]年", ["年"]),
        (r"[\u4e00-\u9fff]年", ["年"]),
        (r"\ue000[a-c]\.", ["\ue000", "abc", "."]),
        ("[]增-]到", ["]增-", "到"]),
        ("(?P<what>增)(?P=what)到", ["增", "到"]),
        ("(?!增)(?<!升)长(?=到)", ["长"]),
        ("到(?<=增长到)了", ["增", "长", "到", "了"]),  # what stands before may be looked for behind
        ("由(?:到(?<=增长到))了", ["由", "到", "了"]),  # but not where 由 might stand in it
        ("^增$", ["增"]),
        # not understood, and so always tried
        ("(?i)gdp", []),
        ("(?>增)长", []),
        ("(?:增长){e<=1}", []),
        ("[[:alpha:]]增", []),
        (r"\Xgdp", []),
        (r"(增)\1", []),
        ("增)长", []),
        ("(增长", []),
    ],
)
def test_what_a_pattern_needs(source: str, sets: list[str]) -> None:
    assert list(need_of(source).sets) == sets


@pytest.mark.parametrize(
    ("source", "ends"),
    [("增长", "。\n"), ("增[^。\n]长", "。\n"), ("增[^。]长", "。"), ("增.长", "\n"), (r"增\s?长", "。"), (r"增\W长", ""), ("增[，。]", "\n"), (r"增[\d-。]", "\n"), ("增(?=。)", "。\n")],
)  # fmt: skip
def test_what_a_match_does_not_leave(source: str, ends: str) -> None:
    assert need_of(source).ends == ends


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("由3增加到5", True),
        ("到5由3增加", False),
        ("由3增加。到5", False),
        ("由3增加\n到5", False),
        ("由。由增到", True),
        ("", False),
        ("甲" * 20_000 + "到。由增", True),  # of a long text it is not asked where
        ("甲" * 20_000 + "到。由", False),
    ],
)
def test_where_a_need_is_met(text: str, met: bool) -> None:
    assert need_of("由.*增(?:加|长)?到".replace(".", "[^。\n]")).is_met(text) is met


_ATOMS = st.sampled_from(["甲", "乙", "丙", "。", "[甲乙]", "[^乙]", "[^。\n]", r"\w", ".", r"\n"])
_SOURCES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}?", "{,1}"])),
        st.builds("(?{}{})".format, st.sampled_from(["=", "!"]), inner),
        st.builds("{}(?<=[甲乙]{})".format, inner, _ATOMS),
    ),
    max_leaves=8,
)


@given(_SOURCES, st.text("甲乙丙。\n", max_size=12))
def test_whatever_a_pattern_finds_has_its_need(source: str, text: str) -> None:
    for module in (re, regex):
        if module.compile(source).search(text):
            assert need_of(source).is_met(text)


def test_a_pattern_is_compiled_when_a_text_has_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile
    late = pattern("由[^。]+到")
    monkeypatch.setattr(re, "compile", lambda source, flags=0: compiled.append(source) or compile_(source, flags))
    assert list(late.finditer("到由")) == []
    assert compiled == []
    assert [match.group() for match in late.finditer("由3到5")] == ["由3到"]
    assert [match.group() for match in late.finditer("由3到5由6到7", 4)] == ["由6到"]
    assert compiled == ["由[^。]+到"]


def test_flags_and_bytes_need_nothing() -> None:
    for late in (LatePattern("gdp", re.IGNORECASE), LatePattern(b"gdp")):
        assert late.need == NOTHING
    assert [match.group() for match in pattern("gdp", re.IGNORECASE).finditer("GDP")] == ["GDP"]
    assert [match.group() for match in pattern(b"gdp").finditer(b"gdp")] == [b"gdp"]
