"""From a rule file to rules: everything that can be wrong with one is found here, with file, rule id and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from checker.checks import RELATIONS
from checker.errors import RuleError
from checker.rules.conditions import Condition, ConditionError, parse_condition
from checker.rules.formula import FormulaError, parse_formula
from checker.rules.location import builtin_rules_path
from checker.rules.model import Rule, Undecided
from checker.rules.patterns import PatternError, expand
from checker.skeleton import SLOT_CLASSES

__all__ = ["FORMAT", "RuleFile", "builtin_rules", "load_rules", "parse_rules"]

FORMAT = 1
_ID = regex.compile(r"[A-Z]{2,8}[0-9]{3,4}")
_SLUG = regex.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GROUP = regex.compile(r"\(\?P<(\w+)>")
_SEVERITIES = ("error", "warning", "info")
_KEYS = {
    "id", "slug", "relation", "severity", "cue", "pattern", "where", "undecided", "formula", "message", "title", "link", "accuses",
    "overlapped", "default", "fails", "holds", "silent",
}  # fmt: skip
_NEEDED = ("id", "slug", "relation", "severity", "cue", "pattern", "formula", "message")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The rules of one file and the word lists they may use."""

    rules: tuple[Rule, ...]
    lists: Mapping[str, tuple[str, ...]]


def builtin_rules() -> RuleFile:
    """The rules that come with the package."""
    path = builtin_rules_path()
    return parse_rules(path.read_text("utf-8"), "rules.toml", builtin=True)


def load_rules(path: Path, lists: Mapping[str, Sequence[str]]) -> RuleFile:
    """The rules of a user's file, which may use and extend the built-in word lists.

    Raises RuleError.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: 规则文件无法读取：{error}") from error
    return parse_rules(text, str(path), lists=lists)


def parse_rules(
    text: str, name: str, *, lists: Mapping[str, Sequence[str]] | None = None, builtin: bool = False
) -> RuleFile:
    """The rules that a TOML text holds; `name` stands in errors.

    Raises RuleError.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: 不是有效的TOML：{error}") from error
    unknown = set(data) - {"format", "words", "rule"}
    if unknown:
        raise RuleError(
            f"{name}: 未知的键 {sorted(unknown)[0]!r}{_nearest(sorted(unknown)[0], ('format', 'words', 'rule'))}"
        )
    if data.get("format") != FORMAT:
        raise RuleError(f"{name}: format 应为 {FORMAT}，文件中为 {data.get('format')!r}")
    words: dict[str, tuple[str, ...]] = {n: tuple(w) for n, w in (lists or {}).items()}
    for list_name, entries in data.get("words", {}).items():
        if not isinstance(entries, list) or not all(isinstance(e, str) and e for e in entries):
            raise RuleError(f"{name}: words.{list_name} 应为非空字符串的列表")
        words[list_name] = (*words.get(list_name, ()), *entries)
    rules = tuple(_rule(row, name, words, builtin) for row in data.get("rule", []))
    seen: set[str] = set()
    for rule in rules:
        for key in (rule.id, rule.slug):
            if key in seen:
                raise RuleError(f"{name}: 规则 {key} 定义了两次")
            seen.add(key)
    return RuleFile(rules, words)


def _rule(row: Mapping[str, Any], name: str, words: Mapping[str, tuple[str, ...]], builtin: bool) -> Rule:
    where = f"{name}: 规则 {row.get('id', '（无id）')}"

    def wrong(key: str, why: str) -> RuleError:
        return RuleError(f"{where}: {key}: {why}")

    for key in row:
        if key not in _KEYS:
            raise wrong(key, f"未知的键{_nearest(key, tuple(_KEYS))}")
    for key in _NEEDED:
        if key not in row:
            raise wrong(key, "缺少这个键")
    for key in ("id", "slug", "relation", "severity", "pattern", "formula", *(k for k in ("where",) if k in row)):
        if not isinstance(row[key], str):
            raise wrong(key, "应为字符串")
    if not _ID.fullmatch(row["id"]):
        raise wrong("id", "应为大写字母加数字，例如 CK301")
    if not _SLUG.fullmatch(row["slug"]):
        raise wrong("slug", "应为小写字母、数字和连字符")
    if row["relation"] not in RELATIONS:
        raise wrong("relation", f"未知的关系 {row['relation']!r}{_nearest(row['relation'], RELATIONS)}")
    if row["severity"] not in _SEVERITIES:
        raise wrong("severity", f"应为 {'、'.join(_SEVERITIES)} 之一")
    texts: dict[str, tuple[str, ...]] = {}
    for key in ("cue", "fails", "holds", "silent"):
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise wrong(key, "应为字符串的列表")
        texts[key] = tuple(value)
    if not texts["cue"]:
        raise wrong("cue", "至少要有一个提示词")
    for cue in texts["cue"]:
        if not cue or (cue[0] == "{" and cue[1:-1] not in SLOT_CLASSES):
            raise wrong("cue", f"{cue!r} 既不是词，也不是一类数字")
    messages = row["message"]
    if not isinstance(messages, dict) or not all(isinstance(messages.get(lang), str) for lang in ("zh", "en")):
        raise wrong("message", "应有 zh 和 en 两种文字")
    try:
        pattern, slots = expand(row["pattern"], words)
        # A built-in pattern is compiled when its cue first occurs in a text; the tests compile them all.
        groups = frozenset(_GROUP.findall(pattern) if builtin else regex.compile(pattern).groupindex)
    except (PatternError, regex.error) as error:
        raise wrong("pattern", str(error)) from error
    try:
        formula = parse_formula(row["formula"])
    except FormulaError as error:
        raise wrong("formula", str(error)) from error
    if missing := formula.names - groups:
        raise wrong("formula", f"模式中没有 {sorted(missing)[0]!r}")
    _check_message(messages, groups, wrong)
    known = groups | frozenset(words)
    return Rule(
        id=row["id"], slug=row["slug"], relation=row["relation"], severity=row["severity"], cue=texts["cue"],
        source=row["pattern"], pattern=pattern, slots=slots, formula=formula, messages=dict(messages),
        where=_condition(row["where"], known, "where", wrong) if "where" in row else None,
        undecided=_undecided(row.get("undecided", []), known, wrong),
        link=int(row.get("link", 1)), accuses=bool(row.get("accuses", True)), overlapped=bool(row.get("overlapped", False)),
        default=bool(row.get("default", True)),
        title=dict(row.get("title", {})), fails=texts["fails"], holds=texts["holds"], silent=texts["silent"], builtin=builtin,
    )  # fmt: skip


def _condition(source: str, known: frozenset[str], key: str, wrong: Any) -> Condition:
    try:
        condition, names = parse_condition(source)
    except ConditionError as error:
        raise wrong(key, str(error)) from error
    if missing := names - known:
        raise wrong(key, f"没有名为 {sorted(missing)[0]!r} 的槽位、词组或词表")
    return condition


def _undecided(rows: Any, known: frozenset[str], wrong: Any) -> tuple[Undecided, ...]:
    if not isinstance(rows, list) or not all(isinstance(r, dict) and set(r) == {"when", "reason"} for r in rows):
        raise wrong("undecided", "应为 {when, reason} 的列表")
    return tuple(Undecided(_condition(r["when"], known, "undecided.when", wrong), r["reason"]) for r in rows)


_FIELDS = regex.compile(r"\{(\w*)\}")


def _check_message(messages: Mapping[str, str], groups: frozenset[str], wrong: Any) -> None:
    for lang, message in messages.items():
        for field in _FIELDS.findall(message):
            if field not in groups and field not in ("computed", "stated", "gap"):
                raise wrong(f"message.{lang}", f"没有名为 {field!r} 的槽位")


def _nearest(word: str, choices: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, choices, 1)
    return f"；是不是 {near[0]!r}？" if near else ""
