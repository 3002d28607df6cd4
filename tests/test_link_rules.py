"""Rules over links: what a broken one says, what one of one's own does, and what it may be called."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import Checker
from checker.cli import main
from checker.config import Config
from checker.errors import RuleError
from checker.links.kinds import KINDS
from checker.rulebook.examples import run_examples
from checker.rules.loading import parse_rules

GOOD = {
    "id": '"XX201"',
    "slug": '"large-share"',
    "relation": '"custom"',
    "severity": '"warning"',
    "link": '"share(part, whole, rate)"',
    "message.zh": '"{part}占{whole}的{rate}"',
    "message.en": '"{part} is {rate} of {whole}"',
}


def rule_file(changes: dict[str, str | None] | None = None, *, head: str = "format = 2\n", rules: int = 1) -> str:
    """A file with one rule like GOOD but for `changes`; None leaves a key out."""
    row = "".join(f"{key} = {value}\n" for key, value in {**GOOD, **(changes or {})}.items() if value is not None)
    return head + ("[[rule]]\n" + row) * rules


# What is written otherwise, the key that the error names, and words of it.
BROKEN = [
    ({"link": '"shares(part, whole, rate)"'}, "link", ["未知的联系 'shares'", "'share'"]),
    ({"link": '"whole_of(part, whole, rate)"'}, "link", ["未知的联系 'whole_of'"]),
    ({"link": '"share(part, hole, rate)"'}, "link", ["share(part, whole, rate)", "share(part, hole, rate)", "'whole'"]),
    ({"link": '"share(part, rate)"'}, "link", ["share(part, whole, rate)"]),
    ({"link": '"share(part, part, whole, rate)"'}, "link", ["share(part, whole, rate)"]),
    ({"link": '"share()"'}, "link", ["share(part, whole, rate)"]),
    ({"link": '"share"'}, "link", ["'share'", "share(part, whole, rate)"]),
    ({"link": '""'}, "link", ["share(part, whole, rate)"]),
    ({"link": '"share(part, whole, rate) or growth"'}, "link", ["'growth'"]),
    ({"link": '"share(part, whole, rate) and sum(part, total)"'}, "link", ["sum(part, total)"]),
    ({"link": "2"}, "pattern", ["缺少", "link"]),
    ({"link": None}, "pattern", ["缺少", "link"]),
    ({"link": '["share(part, whole, rate)"]', "pattern": '"{part:count}"'}, "formula", ["缺少"]),
    ({"pattern": '"{part:count}{whole:count}"'}, "pattern", ["link"]),
    ({"overlapped": "true"}, "overlapped", ["link"]),
    ({"formula": '"part / total == rate"'}, "formula", ["联系中没有 'total'"]),
    ({"formula": '"part / wole == rate"'}, "formula", ["联系中没有 'wole'", "'whole'"]),
    ({"formula": '"part / whole"'}, "formula", ["part / whole"]),
    ({"formula": '"1 == 1"'}, "formula", ["槽位"]),
    ({"where": '"exact(total)"'}, "where", ["'total'", "slot"]),
    ({"where": '"matched(part)"'}, "where", ["'part'", "group"]),
    ({"where": '"mentions(nowhere)"'}, "where", ["'nowhere'", "list"]),
    ({"undecided": '[{ when = "exact(total)", reason = "x" }]'}, "undecided.when", ["'total'"]),
    ({"message.zh": '"{total}"'}, "message.zh", ["'total'"]),
    ({"message.en": None}, "message", ["en"]),
    ({"slug": None}, "slug", ["缺少"]),
    ({"relation": '"shares"'}, "relation", ["'share'"]),
    ({"former_names": '"CK999"'}, "former_names", ["列表"]),
    ({"former_names": '["Old Name"]'}, "former_names", ["Old Name"]),
    ({"former_name": '["CK999"]'}, "former_name", ["'former_names'"]),
    # What one of two links has is not there for both.
    ({"link": '"share(part, whole, rate) or denominator(part, rate)"'}, "message.zh", ["'whole'"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "key", "words"), BROKEN, ids=[f"{k}-{c}" for c, k, _ in BROKEN])
def test_a_broken_rule_says_what_is_wrong_in_one_line(
    changes: dict[str, str | None], key: str, words: list[str]
) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rules(rule_file(changes), "own.toml")
    assert caught.value.message.startswith(f"own.toml: 规则 XX201: {key}: ")
    assert "\n" not in caught.value.message
    for word in words:
        assert word in caught.value.message


def test_a_link_is_not_of_format_1() -> None:
    with pytest.raises(RuleError, match=r"own\.toml: 规则 XX201: link: .*format = 2"):
        parse_rules(rule_file(head="format = 1\n"), "own.toml")


def test_a_name_is_given_once_in_a_file() -> None:
    with pytest.raises(RuleError, match=r"own\.toml: .*XX201"):
        parse_rules(rule_file(rules=2), "own.toml")
    with pytest.raises(RuleError, match=r"own\.toml: .*large-share"):
        other = rule_file({"id": '"XX202"', "slug": '"other"', "former_names": '["large-share"]'}, head="")
        parse_rules(rule_file() + other, "own.toml")


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_link_can_be_named(name: str) -> None:
    roles = KINDS[name].roles
    for written in (", ".join(roles), ",".join(reversed(roles))):
        changes: dict[str, str | None] = {f"message.{lang}": f'"{{{roles[0]}}}"' for lang in ("zh", "en")}
        (rule,) = parse_rules(rule_file({**changes, "link": f'"{name}({written})"'}), "own.toml").links
        assert (rule.kinds, rule.slots) == ((name,), roles)


def test_a_pattern_may_stand_in_a_file_of_format_2() -> None:
    changes: dict[str, str | None] = {
        "link": "3",
        "pattern": '"{part:count}{whole:count}{rate:rate}"',
        "formula": '"part <= whole"',
    }
    read = parse_rules(rule_file(changes), "own.toml")
    assert ([rule.link for rule in read.rules], read.links) == ([3], ())


# ----------------------------------------------------------------------------------------------- rules of one's own

PARTNERS = """
format = 2

[words]
boards = ["董事", "监事"]

[[rule]]
id = "MY205"
slug = "at-most-half"
former_names = ["MY105", "half-at-most"]
relation = "custom"
severity = "error"
link = "share(part, whole, rate)"
where = "unit_is(part, '人') and sentence_mentions(boards)"
formula = "2 * part <= whole"
undecided = [{ when = "not exact(part, whole)", reason = "人数是约数" }]
message.zh = "{whole}中有{part}，超过一半"
message.en = "{part} of {whole} is more than half"
title.zh = "不得过半"
title.en = "At most half"
fails = ["董事会有董事15名，其中内部董事9名，占60%。"]
holds = ["董事会有董事15名，其中内部董事6名，占40%。"]
silent = ["全镇有党员150名，其中农民90名，占60%。", "董事会有董事15名，内部董事9名。"]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "own.toml"
    path.write_text(PARTNERS, "utf-8")
    return path


FAILING, HOLDING = "董事会有董事15名，其中内部董事9名，占60%。", "董事会有董事15名，其中内部董事6名，占40%。"

# A text, and what the rule makes of it: the outcome, the severity, the level of the link, why it is undecided.
MADE = [
    (FAILING, [("fails", "error", 2, None)]),
    (HOLDING, [("holds", "error", 2, None)]),
    ("董事会有董事15名，其中内部董事9名，占61%。", [("fails", "error", 2, None)]),  # the link accuses: CK205 does, too
    ("董事会有董事约15名，其中内部董事6名，占40%。", [("undecided", "error", 2, "人数是约数")]),
    ("全镇有党员150名，其中农民90名，占60%。", []),
    ("董事会有董事15名，内部董事9名。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "made"), MADE, ids=[text for text, _ in MADE])
def test_what_a_rule_of_ones_own_makes_of_a_text(
    text: str, made: list[tuple[str, str, int, str | None]], own: Path
) -> None:
    checks = [check for check in Checker(Config(rules=(own,))).check(text).checks if check.rule == "MY205"]
    assert [(check.outcome, check.severity, check.link, check.reason) for check in checks] == made


def test_its_examples_run_and_its_findings_are_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checker = Checker(Config(rules=(own,)))
    assert run_examples([rule for rule in checker.rules if rule.id == "MY205"], checker) == []
    assert [(f.rule, f.slug, f.message, f.expression) for f in checker.check(FAILING).findings] == [
        ("MY205", "at-most-half", "15名中有9名，超过一半", "2 × 9名 > 15名")
    ]
    english = Checker(Config(rules=(own,), lang="en"))
    assert [f.message for f in english.check(FAILING).findings] == ["9名 of 15名 is more than half"]
    assert main(["rules", "half-at-most", "--rules", "own.toml"]) == 0
    assert "share(part, whole, rate)" in capsys.readouterr().out


# The settings, and the rules that report.
CALLED = [
    ({}, ["MY205"]),
    ({"select": ("MY105",)}, ["MY205"]),
    ({"select": ("half-at-most",)}, ["MY205"]),
    ({"select": ("CK205",), "extend_select": ("half-at-most",)}, ["MY205"]),
    ({"ignore": ("MY105",)}, []),
    ({"ignore": ("half-at-most",)}, []),
    ({"severity": {"MY105": "info"}}, ["MY205"]),
]


@pytest.mark.parametrize(("settings", "reported"), CALLED, ids=[str(settings) for settings, _ in CALLED])
def test_a_former_name_works_in_settings(settings: dict[str, object], reported: list[str], own: Path) -> None:
    result = Checker(Config(rules=(own,), **settings)).check(FAILING)  # type: ignore[arg-type]
    assert [finding.rule for finding in result.findings] == reported
    if "severity" in settings:
        assert [finding.severity for finding in result.findings] == ["info"]


@pytest.mark.parametrize("name", ["MY205", "at-most-half", "MY105", "half-at-most"])
def test_a_former_name_works_in_a_remark(name: str, own: Path) -> None:
    text = f"<!-- checker: ignore {name} 章程另有约定 -->\n{FAILING}\n"
    result = Checker(Config(rules=(own,))).check(text, path="a.md")
    assert (result.findings, result.document.warnings) == ((), ())
    assert [(s.finding.rule, s.reason) for s in result.suppressed] == [("MY205", "章程另有约定")]


def test_a_name_that_a_rule_has_goes_before_a_former_one(own: Path) -> None:
    own.write_text(PARTNERS.replace('"MY105"', '"CK205"'), "utf-8")
    names = Checker(Config(rules=(own,))).names
    assert (names["CK205"], names["half-at-most"]) == ("CK205", "MY205")


@pytest.mark.parametrize(
    ("number", "others"),
    [
        ("CK205", []),  # a rule over links
        ("CK301", ["CK205"]),  # one over a pattern
        ("CK101", ["CK205"]),  # one in Python
    ],
)
def test_it_replaces_a_built_in_rule_by_its_id(number: str, others: list[str], own: Path) -> None:
    own.write_text(PARTNERS.replace("MY205", number), "utf-8")
    checker = Checker(Config(rules=(own,)))
    assert [rule.slug for rule in checker.rules if rule.id == number] == ["at-most-half"]
    found = checker.check("董事会有董事15名，其中内部董事9名，占61%。").findings
    assert sorted(finding.rule for finding in found) == sorted([number, *others])


def test_a_rule_may_stand_on_one_of_several_links(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    changes: dict[str, str | None] = {
        "link": '"growth(base, current, rate) or implied(change, current, rate)"',
        "formula": '"rate <= 0.25"',
        "message.zh": '"{current}，{rate}"',
        "message.en": '"{current}, {rate}"',
    }
    path.write_text(rule_file(changes), "utf-8")
    checker = Checker(Config(rules=(path,)))
    for text in ("合作社由200家增加到260家，增长30%。", "全年发放贷款1300万元，比上年增加300万元，增长30%。"):
        assert [finding.rule for finding in checker.check(text).findings] == ["XX201"]


# A text, the level of the link, and what a failure of the rule weighs, which is an error by itself.
LEVELS = [
    ("职工1030人，其中本地职工412人，占40.0%。", 2, "error"),
    ("全校学生4160人。研究生1040人，占25.0%。", 3, "warning"),  # nothing states that they are of all students
]


@pytest.mark.parametrize(("text", "level", "severity"), LEVELS)
def test_a_link_that_nothing_states_weighs_no_more_than_a_warning(
    text: str, level: int, severity: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(rule_file({"severity": '"error"', "formula": '"rate <= 0.1"'}), "utf-8")
    checks = [check for check in Checker(Config(rules=(path,))).check(text).checks if check.rule == "XX201"]
    assert [(check.outcome, check.link, check.severity) for check in checks] == [("fails", level, severity)]
