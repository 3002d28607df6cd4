"""What is true of every input, over inputs made at random: texts, rule files, configurations, files of every format.

The examples are the same each time. ``CHECKER_EXAMPLES=50`` makes fifty times as many, and other ones each time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz import targets
from growing import assert_linear
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import NAMES, SAMPLES, lawful_configuration, lawful_document, lawful_file, lawful_rules, lawful_text
from vocabulary import WORDS

from checker import Checker
from checker.quantities.skeleton import placeholder_set
from checker.rules.loading import parse_rules
from checker.settings.globs import glob_of

CHECKER = Checker()
TIMES = int(os.environ.get("CHECKER_EXAMPLES", "1"))
REGRESSIONS = Path(__file__).parent / "regressions"


def examples(number: int) -> settings:
    """So many examples, the same in every run unless more are asked for."""
    return settings(
        max_examples=number * TIMES, derandomize=TIMES == 1, database=None, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )  # fmt: skip


# --- texts

# Characters that are hard to place: of both directions, of no width, of no meaning, and half ones.
ODD = (
    "\0\x07\t\x0b\x0c\x1b\x7f\x85\xa0\xad\u0300\u0301\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202d\u202e\u2060\u2066\u2069"
    "\ue000\ue001\ue005\ue013\ue018\ue0ff\uf8ff\ufdd0\ufe0f\ufeff\ufff9\ufffc\ufffd\ufffe\uffff\U000e0001\U000e0041\U000f0000\U000ffffd\U00100000\U0010fffd\U0010ffff"
    "\ud800\udbff\udc00\udfff👍👨🇨🏳🀄𠮷𝟑①²⁴½⅓Ⅷ٣३〇○◯零壹\uf97e\uf9d1\u2f00\u3007\u3021㎡％‰℃㈠０９．，－～"
)
characters = st.one_of(
    st.sampled_from(ODD), st.characters(), st.characters(categories=["Co", "Cs", "Cf", "Mn"]), st.sampled_from(WORDS)
)
odd_texts = st.lists(characters, max_size=60).map("".join)

# Figures and the words between them, as a grammar.
arabic = st.one_of(
    st.integers(0, 10**6).map(str),
    st.integers(0, 10**9).map(lambda n: f"{n:,}"),
    st.decimals(0, 10**5, places=2).map(str),
    st.from_regex(r"[0-9０-９]{1,6}([.．][0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"[1-9](\.[0-9])?×10([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\^[0-9]{1,3})", fullmatch=True),
)
chinese = st.from_regex(r"[一二两三四五六七八九十百千万亿零〇几半廿壹佰]{1,8}(点[零一二三四五]{1,3})?", fullmatch=True)
magnitude = st.sampled_from(["", "", "", "万", "亿", "万亿", "千", "百万", "余", "多", "万多", "余万"])
number = st.one_of(
    st.builds("".join, st.tuples(arabic, magnitude)),
    chinese,
    st.builds(
        lambda a, dash, b: f"{a}{dash}{b}",
        arabic,
        st.sampled_from(["-", "—", "～", "至", "到", ":", "比", "/", "·", "."]),
        arabic,
    ),
    st.builds(lambda a, b: f"{a}分之{b}", chinese, st.one_of(chinese, arabic)),
)
before = st.sampled_from(
    ["", "", "", "约", "近", "超过", "不足", "-", "−", "+", "¥", "US$", "第", "翻", "“", "（", "第"]
)
unit = st.sampled_from(
    [
        "户",
        "人",
        "个",
        "个村",
        "元",
        "亿元",
        "亩",
        "%",
        "‰",
        "个百分点",
        "倍",
        "番",
        "年",
        "月",
        "日",
        "岁",
        "吨",
        "元/吨",
        "℃",
        "次",
        "级",
        "点",
        "时",
        "成",
        "",
    ]
)
after = st.sampled_from(["", "", "", "以上", "左右", "不等", "半", "+", "余", "”", "）"])
figure = st.builds("".join, st.tuples(before, number, unit, after))
cue = st.sampled_from([word for word in WORDS if len(word) > 1 and "\u4e00" <= word[0] <= "\u9fff"])
noun = st.sampled_from(["甲", "贫困村", "全县", "粮食产量", "参保率", "贫困发生率", "男", "女", "装机", "其中"])
mark = st.sampled_from(["，", "，", "、", "。", "；", "：", "和", "\n", "\n\n", "", " | ", "\n- "])
clause = st.builds("".join, st.tuples(noun, cue, figure, st.sampled_from(["", "的"]), mark))
figured_texts = st.lists(st.one_of(clause, clause, figure, cue), max_size=14).map("".join)


# Numerals that stand together as they will, in the places where numerals are read.
NUMERALS = "一二两三四五六七八九十百千万亿零〇点几数半多余"
PLACES = (
    "{}，", "{}元", "第{}名", "“{}大行动”", "{}成", "{}比{}", "{}至{}元", "百分之{}", "{}分之{}", "{}月{}日", "{}点{}", "{}余人", "翻{}番", "{}级联动",
    "几{}户", "{}年", "近{}", "{}多万", "前{}名", "{}·{}", "位列第{}至{}位", "{}个半月", "上{}户", "{}来个", "半{}", "{}倍", "第{}至{}期", "{}位一体",
    "约{}、{}人", "3{}元", "{}5万", "5{}亿{}", "第{}季度", "享年{}岁", "“{}化{}”", "{}里{}村", "好几{}",
)  # fmt: skip


@examples(60)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.lists(st.text(NUMERALS, min_size=1, max_size=6), min_size=2, max_size=2)),
        min_size=20,
        max_size=20,
    )
)
def test_numerals_in_any_order(cases: list[tuple[str, list[str]]]) -> None:
    result = CHECKER.check("\n".join(place.format(*numerals) for place, numerals in cases))
    assert result.errors == ()


@examples(150)
@given(odd_texts)
def test_odd_texts(text: str) -> None:
    lawful_text(text)


@examples(400)
@given(figured_texts)
def test_texts_full_of_figures(text: str) -> None:
    lawful_text(text, reports=False)


@examples(60)
@given(figured_texts, st.lists(st.tuples(st.floats(0, 1), st.sampled_from(ODD)), max_size=12))
def test_odd_characters_among_figures(text: str, put: list[tuple[float, str]]) -> None:
    for where, char in put:
        at = int(where * len(text))
        text = text[:at] + char + text[at:]
    lawful_text(text)


@examples(200)
@given(
    st.lists(
        st.one_of(
            characters,
            st.sampled_from(["\n", "\n\n", "| 3 |", "\n# ", "\n- ", "```\n", "---\n", "<!-- checker: ignore -->"]),
        ),
        max_size=40,
    ).map("".join)
)
def test_blocks_lie_inside_their_text(text: str) -> None:
    lawful_document(text)


# A text, and what is read in it: kind, writing.
HARD = [
    pytest.param("共1e400元", [("code", "1e400")], id="exponent"),
    pytest.param(f"占0.{'0' * 60}1%", [("quantity", f"0.{'0' * 60}1%")], id="small"),
    pytest.param(f"占0.{'0' * 5000}1%", [("code", f"0.{'0' * 5000}1")], id="smaller"),
    pytest.param(f"共{'1' * 10**6}户", [("code", "1" * 10**6)], id="a million digits"),
    pytest.param(f"共{'九' * 10**5}户", [], id="many numerals"),
    pytest.param(f"共_{'1' * 10**5}户", [], id="many digits behind a letter"),
    pytest.param(f"共1{',000' * 2000}元", [("code", f"1{',000' * 2000}")], id="many thousands"),
    pytest.param("共百亿亿亿元", [], id="no such magnitude in words"),
    pytest.param(f"共1{'亿' * 5000}元", [("code", f"1{'亿' * 5000}")], id="no such magnitude"),
    pytest.param("共3万万人", [("code", "3万万")], id="万万"),
    pytest.param("共2×10^99999999999吨", [("code", "2×10^99999999999")], id="no such power"),
    pytest.param("共2×10⁹⁹吨", [("quantity", "2×10⁹⁹吨")], id="power"),
    pytest.param("2019年99月99日", [("date", "2019年"), ("quantity", "99月"), ("quantity", "99日")], id="no such day"),
    pytest.param("2019-02-30", [("date", "2019-02-30")], id="no such date"),
    pytest.param("共２0０0户", [("quantity", "２0０0户")], id="both widths"),
    pytest.param("共１,２34．5万元", [("quantity", "１,２34．5万元")], id="both widths and marks"),
    pytest.param("共1\u200d6\u200b3户", [("quantity", "1\u200d6\u200b3户")], id="characters without width"),
    pytest.param("共1\u03013户", [("quantity", "1"), ("quantity", "3户")], id="combining mark"),
    pytest.param("共\uf9d1户", [], id="compatibility ideograph"),
    pytest.param("共𝟑户、٣户、३户、①户", [], id="digits of other scripts"),
    pytest.param("近0户，近-30%", [("quantity", "近0户"), ("quantity", "近-30%")], id="near nothing"),
    pytest.param("1/0、0/0", [("code", "1/0"), ("code", "0/0")], id="over nothing"),
    pytest.param("搬迁\ue000户41人", [("quantity", "41人")], id="placeholder in the text"),
    pytest.param("163户\ue00141人\U000f0001", [("quantity", "163户"), ("quantity", "41人")], id="private use"),
    pytest.param("借了两亿五，", [("quantity", "两亿五")], id="a lower place left out"),
    pytest.param("共万余万元", [], id="no number with 余"),
    pytest.param("甲、乙十十级联动", [], id="no number of a label"),
    pytest.param("位列第十四三至十四三位", [("ordinal", "第十四三至十四三位")], id="no ordinals"),
    pytest.param("\ud800163户\udfff", [("quantity", "163户")], id="surrogates"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HARD)
def test_hard_cases(text: str, expected: list[tuple[str, str]]) -> None:
    wholes = [text] if len(text) > 10**5 else [text, f"{text}，其中{text}，占{text}，比上年增长{text}。"]
    for whole in wholes:
        result = lawful_text(whole, reports=len(text) < 1000)
        found = [(q.kind, whole[q.start : q.end]) for q in result.quantities]
        assert found[: len(expected)] == expected
    assert len(lawful_text(text, reports=False).quantities) == len(expected)


@pytest.mark.parametrize("name", ["household", "person", "rate", "date"])
def test_a_placeholder_in_the_text_is_no_figure(name: str) -> None:
    forged = placeholder_set(name)[1]
    result = lawful_text(f"搬迁{forged}{placeholder_set('person')[1]}，其中占{forged}。")
    assert result.quantities == () and result.checks == ()


# --- rule files

VALID = {
    "id": "XX101", "slug": "own", "relation": "pair", "severity": "error", "pattern": "{households:household}{gap}{persons:person}",
    "formula": "persons >= households", "message": {"zh": "{persons}少", "en": "{persons}"}, "where": "same_unit(households)",
    "fails": ["3户1人"], "holds": [], "silent": ["甲"], "link": 1, "accuses": True, "overlapped": False, "default": True,
}  # fmt: skip
fragments = st.sampled_from([
    "{households:household}", "{persons:person}", "{a:any}", "{_b:count}", "{gap}", "{gap:3}", "{span:99999}", "{@rise}", "{@nonsuch}", "{c:home}", "(?P<w>甲)", "(", ")", "[", "]", "{3}",
    "{1,99999}", "*", "+", "?", "|", "\\p{Han}", "\\", "(?<=甲)", "(?i)", "(?e)", "(?P=w)", "(?R)", "甲", "，", "sum(", "a", "w", "count(a)", " / ", " * ", " + ", " - ", " == ", " >= ", " < ", "0", "1", "10", "1e9", "**", "and", "not ", "or",
    "exact(", "households", "persons", "mentions(rise)", ",", "'甲'", "lambda: 0", "__import__('os')", "\"", "\n", "\0", "\ue000", "computed", "stated", "{persons", "}}", "{persons!r}", "{0}", ".real", "[0]",
])  # fmt: skip
snippets = st.lists(fragments, max_size=6).map("".join)
values = st.one_of(
    snippets, snippets, st.text(max_size=5), st.integers(-5, 5), st.booleans(), st.lists(snippets, max_size=3), st.just({}),
    st.dictionaries(st.sampled_from(["zh", "en", "fr"]), snippets, max_size=2), st.just([{"when": "exact(persons)", "reason": "甲"}]),
)  # fmt: skip


def toml(value: object) -> str:
    """A value as TOML, whose strings JSON's are but for lone surrogates."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value).replace("\\ud", "\\\\ud") if isinstance(value, str) else json.dumps(value)


@examples(200)
@given(st.dictionaries(st.sampled_from([*VALID, "undecided", "title", "cue", "cues"]), values, max_size=3))
def test_rule_files(changes: dict[str, object]) -> None:
    rows = "\n".join(f"{key} = {toml(value)}" for key, value in (VALID | changes).items())
    lawful_rules(f'format = 1\n[words]\nrise = ["增长"]\n[[rule]]\n{rows}\n'.encode("utf-8", "replace"))


def test_the_valid_rule_is_valid() -> None:
    rows = "\n".join(f"{key} = {toml(value)}" for key, value in VALID.items())
    assert [rule.id for rule in parse_rules(f"format = 1\n[[rule]]\n{rows}", "r.toml").rules] == ["XX101"]


# --- configurations

SETTINGS = {
    "lang": "zh", "published-from": "%Y-%m-%d", "about": 0.1, "select": ["CK301"], "ignore": ["CK411"], "severity": {"CK301": "warning"}, "fail-on": "error",
    "exclude": ["drafts", "*.md"], "baseline": "b.json", "per-file": [{"files": ["news/**"], "ignore": ["CK552"]}], "max-chars": 1000, "deadline": 1.5, "encoding": "gb18030",
    "plain-text-comments": True, "extend-select": ["CK811"], "published": "2017-06-09",
}  # fmt: skip
odd_values = st.one_of(
    st.text(max_size=6), st.integers(), st.floats(), st.booleans(), st.lists(st.text(max_size=4), max_size=3), st.just({}), st.just([]),
    st.sampled_from(["[", "**/*", "a[!", "(?P<date>", "(?P<date>.*)", "%Y%Y", "%", "\0", "/", "..", "checker.toml", "CK301", "idna", "rot13", "hex", "undefined", "9999-99-99"]),
    st.sampled_from([["["], ["CK3O1"], {"CK301": 1}, {"front-matter": "("}, [{"path": "%Y"}], [{"files": ["["]}], [{}], [3], 1e400, -1, 10**30]),
)  # fmt: skip


@examples(200)
@given(st.dictionaries(st.sampled_from([*SETTINGS, "extend", "rules", "nonsuch"]), odd_values, max_size=3))
def test_configurations(changes: dict[str, object]) -> None:
    rows = [f"{json.dumps(key)} = {toml(value)}" for key, value in (SETTINGS | changes).items()]
    text = "\n".join(rows).replace("= Infinity", "= inf").replace("= -Infinity", "= -inf").replace("= NaN", "= nan")
    lawful_configuration(text.encode("utf-8", "replace"))


globs = st.lists(st.sampled_from(["*", "*", "**", "**/", "?", "/", "a", "b", "[ab]", "[!a]", "甲"]), max_size=9).map(
    "".join
)


@examples(400)
@given(globs, st.text("ab/甲\n", max_size=9))
def test_both_ways_to_match_a_glob_agree(pattern: str, name: str) -> None:
    glob = glob_of(pattern)
    assert glob.fits(name) == (glob.pattern.fullmatch(name) is not None)


@pytest.mark.parametrize("pattern", ["*a*a*a*a*a*b", "***************b", "**/a/**/a/**/a/**/a/**/b", "?*?*?*?*?*b"])
def test_no_glob_runs_away(pattern: str) -> None:
    fits = glob_of(pattern).fits
    assert not fits("a/" * 120 + "a" * 250)
    assert_linear(fits, lambda times: "a/" * times + "a" * (2 * times), 4000)


# --- files

SEEDS = tuple(
    path
    for path in sorted(SAMPLES.iterdir())
    if path.suffix in (".txt", ".md", ".html", ".csv", ".docx", ".xlsx", ".pdf")
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5hkscs")
# What is done to the bytes of a file: where, how many of them go, and what comes instead.
wounds = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 1, 2, 8, 100]), st.one_of(st.binary(max_size=4), st.sampled_from([b"\xff" * 8, b"\0", b"<", b'"', b"999999999"]))), min_size=1, max_size=6)  # fmt: skip


def wounded(data: bytes, where: list[tuple[float, int, bytes]]) -> bytes:
    for part, length, instead in where:
        at = int(part * len(data))
        data = data[:at] + instead + data[at + length :]
    return data


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_damaged_files(path: Path) -> None:
    data = path.read_bytes()

    @examples(12)
    @given(wounds)
    def check(where: list[tuple[float, int, bytes]]) -> None:
        lawful_file(wounded(data, where), path.name, reports=False)

    check()


@pytest.mark.parametrize("name", [name for name in NAMES if "+" in name])
def test_damaged_parts_of_files(name: str) -> None:
    import zipfile

    sample, _, part = name.partition("+")
    with zipfile.ZipFile(SAMPLES / sample) as archive:
        data = archive.read(part)

    @examples(15)
    @given(wounds)
    def check(where: list[tuple[float, int, bytes]]) -> None:
        lawful_file(wounded(data, where), name, reports=False)

    check()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv", ".html"])
def test_texts_in_many_encodings(encoding: str, suffix: str) -> None:
    @examples(6)
    @given(figured_texts, wounds)
    def check(text: str, where: list[tuple[float, int, bytes]]) -> None:
        data = text.encode(encoding, "replace")
        lawful_file(data, f"a{suffix}", reports=False)
        lawful_file(wounded(data, where), f"a{suffix}", reports=False)

    check()


# --- what a fuzzer found


def regressions() -> list[Path]:
    return sorted(path for path in REGRESSIONS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", regressions(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_a_fuzzer_left(path: Path) -> None:
    target: Callable[[bytes], None] = targets()[path.parent.name]
    target(path.read_bytes())
