"""From a rule file to rules: everything that can be wrong with one is found here, with file, rule id and key."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Container, Mapping, Sequence
from string import Formatter
from typing import Any, NamedTuple, Protocol, TypeVar
from zlib import crc32

import regex

from checker.arithmetic.formula import Comparison, FormulaError, parse_formula
from checker.checks import RELATIONS, Accuses
from checker.errors import RuleError
from checker.links.derived import RESULT
from checker.links.kinds import KINDS
from checker.patterns import Need, need_of, pattern
from checker.rules.conditions import Condition, ConditionError, Names, parse_condition
from checker.rules.location import builtin_rules_path
from checker.rules.model import LinkRule, Rule, Undecided
from checker.rules.patterns import expand, lists_in, require_size

__all__ = ["FORMATS", "RuleFile", "builtin_rules", "load_rules", "parse_rules"]

FORMATS = (1, 2)  # 2: a rule may name a link
_ID = pattern(r"[A-Z]{2,8}[0-9]{3,4}")
_SLUG = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GROUP = pattern(r"\(\?P?<(\w+)>")
_NAMED_LINK = pattern(r"(?P<name>\w+)\s*\(\s*(?P<roles>[\w\s,]*?)\s*\)")  # share(part, whole, rate)
_OR = pattern(r"\s+or\s+")  # growth(base, current, rate) or implied(change, current, rate)
_SEVERITIES = ("error", "warning", "info")
_LANGUAGES = ("zh", "en")
_LINKS = (1, 2, 3, 4)
_COMPUTED = ("computed", "stated", "gap")  # what a message may name besides slots and word groups
# The keys of a rule by what they hold.
_STRINGS = ("id", "slug", "relation", "severity", "pattern", "formula", "where")
_TEXTS = ("fails", "holds", "silent", "former_names")
_FLAGS = ("overlapped", "default")
# When a failure is reported, as a file says it; accuses = "slip" asks for a failure that looks like a slip of the pen.
_ACCUSES: Mapping[object, Accuses] = {True: "always", False: "never", "slip": "slip"}
_IGNORED = "cue"  # had to be written before needs were derived from patterns; nothing reads it
_KEYS = {*_STRINGS, *_TEXTS, *_FLAGS, "accuses", "message", "title", "link", "derived", "terms", "undecided", _IGNORED}
_NEEDED = ("id", "slug", "relation", "severity", "pattern", "formula", "message")
_NEEDED_OF_DERIVED = ("id", "slug", "relation", "severity", "derived", "terms", "formula", "message")
_NEEDED_OF_LINK = ("id", "slug", "relation", "severity", "link", "message")
_OF_PATTERN = ("pattern", "overlapped", _IGNORED)  # what a rule over a link cannot have

Lists = Mapping[str, tuple[str, ...]]


class _Wrong(Protocol):
    """Makes the error that a key of one rule is wrong, and why."""

    def __call__(self, key: str, why: str) -> RuleError: ...


class RuleFile(NamedTuple):
    """The rules of one file, or of several, and the word lists they may use; `links` are those over links."""

    rules: tuple[Rule, ...]
    lists: Lists
    links: tuple[LinkRule, ...] = ()

    @property
    def ids(self) -> set[str]:
        """The ids of all rules."""
        return {rule.id for rule in self.rules} | {rule.id for rule in self.links}


class _Source(NamedTuple):
    """A file whose rules are still to be made: its name in errors, its word lists, a table for each rule, and the format."""

    name: str
    words: Lists
    rows: Sequence[Mapping[str, Any]]
    form: int


def builtin_rules() -> RuleFile:
    """The rules that come with the package."""
    return load_rules(())


def load_rules(paths: Sequence[str | os.PathLike[str]]) -> RuleFile:
    """The built-in rules with those of a user's files, which replace earlier ones of the same id.

    The word lists of all files are one: a word of a user's file serves the built-in rules too. Raises RuleError.
    """
    sources = [_read(path) for path in paths]  # each once: it may be a pipe
    added: Lists = {}
    for source in sources:
        added = _merged(added, source.words)
    builtin = _builtin_source()
    words = _merged(added, builtin.words)
    rules, links = _rules(builtin, words, builtin=True, added=added)
    for source in sources:
        own, own_links = _rules(source, words)
        overridden = RuleFile(own, words, own_links).ids
        rules, links = _without(rules, overridden) + own, _without(links, overridden) + own_links
    return RuleFile(rules, words, links)


_AnyRule = TypeVar("_AnyRule", Rule, LinkRule)


def _without(rules: tuple[_AnyRule, ...], ids: Container[str]) -> tuple[_AnyRule, ...]:
    return tuple(rule for rule in rules if rule.id not in ids)


def parse_rules(text: str, name: str, *, lists: Lists | None = None) -> RuleFile:
    """The rules that a TOML text holds; `name` stands in errors, `lists` are word lists that there are besides. Raises RuleError."""
    source = _parse(text, name)
    words = _merged(lists or {}, source.words)
    rules, links = _rules(source, words)
    return RuleFile(rules, words, links)


def _builtin_source() -> _Source:
    """The built-in rule file: from its copy in JSON, which is much quicker to read, unless the file has been edited since."""
    with open(builtin_rules_path(), "rb") as file:
        written = file.read()
    with open(os.path.join(os.path.dirname(__file__), "rules.json"), encoding="utf-8") as file:
        copy = json.load(file)
    if copy["crc32"] != crc32(written):
        return _parse(written.decode("utf-8"), "rules.toml")
    return _Source(
        "rules.toml", {key: tuple(entries) for key, entries in copy["words"].items()}, copy["rule"], FORMATS[-1]
    )


def _read(path: str | os.PathLike[str]) -> _Source:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{os.fspath(path)}: 规则文件无法读取：{error}") from error
    return _parse(text, os.fspath(path))


def _parse(text: str, name: str) -> _Source:
    import tomllib  # the built-in rules are seldom read from TOML

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RuleError(f"{name}: 不是有效的TOML：{error}") from error
    for key in data:
        if key not in ("format", "words", "rule"):
            raise RuleError(f"{name}: 未知的键 {key!r}{_nearest(key, ('format', 'words', 'rule'))}")
    form = data.get("format")
    if type(form) is not int or form not in FORMATS:
        raise RuleError(f"{name}: format 应为 {' 或 '.join(map(str, FORMATS))}，文件中为 {form!r}")
    words, rows = data.get("words", {}), data.get("rule", [])
    if not isinstance(words, dict):
        raise RuleError(f"{name}: words 应为一张表，写在 [words] 之下")
    for key, entries in words.items():
        if not (isinstance(entries, list) and entries and all(isinstance(e, str) and e for e in entries)):
            raise RuleError(f"{name}: words.{key} 应为非空字符串的列表，至少有一个词")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RuleError(f"{name}: 每条规则应写在 [[rule]] 之下")
    return _Source(name, {key: tuple(entries) for key, entries in words.items()}, rows, form)


def _merged(lists: Lists, more: Lists) -> Lists:
    return {**lists, **{name: (*lists.get(name, ()), *words) for name, words in more.items()}}


def _rules(
    source: _Source, words: Lists, *, builtin: bool = False, added: Lists | None = None
) -> tuple[tuple[Rule, ...], tuple[LinkRule, ...]]:
    """The rules of a file, over patterns and over links; `added` are words that a user gave to the lists of the built-in ones.

    With `builtin` no pattern is compiled, which waits for a text that has what it needs, and keys and messages are
    taken as they are: the tests read those rules as they would a user's.
    """
    rules: list[Rule] = []
    links: list[LinkRule] = []
    seen: set[str] = set()
    for row in source.rows:
        where = f"{source.name}: 规则 {row.get('id', '（无id）')}"

        def wrong(key: str, why: str, where: str = where) -> RuleError:
            return RuleError(f"{where}: {key}: {why}")

        if not builtin:
            _check_keys(row, source.form, wrong)
        rule: Rule | LinkRule
        if "derived" in row:
            links.append(rule := _derived_rule(row, words, wrong, builtin))
        elif isinstance(row.get("link"), str):
            links.append(rule := _link_rule(row, words, builtin, wrong))
        else:
            rules.append(rule := _rule(row, words, builtin, added or {}, wrong))
        for key in rule.names:
            if key in seen:
                raise RuleError(f"{source.name}: 规则 {key} 定义了两次")
            seen.add(key)
    return tuple(rules), tuple(links)


def _rule(row: Mapping[str, Any], words: Lists, builtin: bool, added: Lists, wrong: _Wrong) -> Rule:
    expanded, slots, groups = _pattern(row["pattern"], words, builtin, wrong)
    formula = _formula(row["formula"], slots, groups, wrong)
    for lang, message in () if builtin else row["message"].items():
        _check_message(message, {*slots, *groups, *_COMPUTED}, f"message.{lang}", wrong)
    names: Names = {"slot": slots, "group": groups, "list": words}
    # The need that is written with a built-in rule was derived with the words it knows.
    written = row.get("need") if builtin and added.keys().isdisjoint(lists_in(row["pattern"])) else None
    need = need_of(expanded) if written is None else Need(tuple(written[1:]), written[0])
    return Rule(
        source=row["pattern"], pattern=expanded, need=need, slots=slots, formula=formula, link=row.get("link", 1),
        overlapped=row.get("overlapped", False), builtin=builtin, **_common(row, names, wrong),
    )  # fmt: skip


def _link_rule(row: Mapping[str, Any], words: Lists, builtin: bool, wrong: _Wrong) -> LinkRule:
    kinds, slots = _kinds(row["link"], wrong)
    formula = _formula(row["formula"], slots, None, wrong) if "formula" in row else None
    for lang, message in () if builtin else row["message"].items():
        _check_message(message, {*slots, *_COMPUTED}, f"message.{lang}", wrong)
    names: Names = {"slot": slots, "group": (), "list": words}
    return LinkRule(
        source=row["link"], kinds=kinds, slots=slots, formula=formula, builtin=builtin, **_common(row, names, wrong)
    )


def _derived_rule(row: Mapping[str, Any], words: Lists, wrong: _Wrong, builtin: bool) -> LinkRule:
    terms = {role: tuple(names) for role, names in row["terms"].items()}
    slots = (*terms, RESULT)
    formula = _formula(row["formula"], slots, None, wrong)
    for lang, message in () if builtin else row["message"].items():
        _check_message(message, {*slots, *_COMPUTED}, f"message.{lang}", wrong)
    names: Names = {"slot": slots, "group": (), "list": words}
    return LinkRule(
        source="、".join(row["derived"]), kinds=(), slots=slots, formula=formula, results=tuple(row["derived"]), terms=terms, builtin=builtin,
        **_common(row, names, wrong),
    )  # fmt: skip


def _common(row: Mapping[str, Any], names: Names, wrong: _Wrong) -> dict[str, Any]:
    """What all rules have."""
    return {
        "id": row["id"], "slug": row["slug"], "relation": row["relation"], "severity": row["severity"], "messages": row["message"],
        "where": _condition(row["where"], names, "where", wrong) if "where" in row else None,
        "undecided": tuple(
            Undecided(_condition(u["when"], names, "undecided.when", wrong), u["reason"]) for u in row.get("undecided", ())
        ),
        "accuses": _ACCUSES[row.get("accuses", True)], "default": row.get("default", True), "title": row.get("title", {}),
        "fails": tuple(row.get("fails", ())), "holds": tuple(row.get("holds", ())), "silent": tuple(row.get("silent", ())),
        "former_names": tuple(row.get("former_names", ())),
    }  # fmt: skip


def _formula(source: str, slots: Sequence[str], groups: Collection[str] | None, wrong: _Wrong) -> Comparison:
    """A formula over slots and the word groups of a pattern; None for these where there is a link instead."""
    try:
        formula = parse_formula(source)
    except FormulaError as error:
        raise wrong("formula", str(error)) from error
    known = (*slots, *(groups or ()))
    if missing := formula.names.difference(known):
        name = min(missing)
        raise wrong("formula", f"{'联系' if groups is None else '模式'}中没有 {name!r}{_nearest(name, known)}")
    if formula.names.isdisjoint(slots):
        raise wrong("formula", "至少要用到一个槽位")
    return formula


def _kinds(source: str, wrong: _Wrong) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds of links that a rule names, and the roles that all of them have."""
    kinds: list[str] = []
    common: tuple[str, ...] | None = None
    for written in _OR.split(source.strip()):
        match = _NAMED_LINK.fullmatch(written)
        if match is None:
            raise wrong("link", f"{written!r} 应写成 share(part, whole, rate) 的样子")
        name, given = match["name"], [role.strip() for role in match["roles"].split(",")]
        if name not in KINDS:
            raise wrong("link", f"未知的联系 {name!r}{_nearest(name, tuple(KINDS))}")
        roles = KINDS[name].roles
        if sorted(given) != sorted(roles):
            odd = next((role for role in given if role not in roles), "")
            raise wrong("link", f"应写成 {name}({', '.join(roles)})，文件中为 {written!r}{_nearest(odd, roles)}")
        kinds.append(name)
        common = roles if common is None else tuple(role for role in common if role in roles)
    return tuple(kinds), common or ()


def _check_keys(row: Mapping[str, Any], form: int, wrong: _Wrong) -> None:
    """That each key is known, none is missing, and each holds what it should."""
    for key in row:
        if key not in _KEYS:
            raise wrong(key, f"未知的键{_nearest(key, tuple(_KEYS))}")
    over_link, derived = isinstance(row.get("link"), str), "derived" in row
    if over_link and form == 1:
        raise wrong("link", f"应为 {_LINKS[0]} 到 {_LINKS[-1]} 的整数；写联系的名称，文件开头要写 format = 2")
    if derived:
        _check_derived(row, form, wrong)
    for key in _OF_PATTERN if over_link else ():
        if key in row:
            raise wrong(key, "写了联系的名称 link，就不能再有这个键")
    for key in _NEEDED_OF_DERIVED if derived else _NEEDED_OF_LINK if over_link else _NEEDED:
        if key not in row:
            raise wrong(key, "缺少这个键，或者用 link 写联系的名称" if key == "pattern" and form > 1 else "缺少这个键")
    for key in _STRINGS:
        if not isinstance(row.get(key, ""), str):
            raise wrong(key, "应为字符串")
    for key in _TEXTS:
        if not _is_list(row.get(key, []), str):
            raise wrong(key, "应为字符串的列表")
    for key in _FLAGS:
        if not isinstance(row.get(key, True), bool):
            raise wrong(key, "应为 true 或 false")
    accuses = row.get("accuses", True)
    if not isinstance(accuses, (bool, str)) or accuses not in _ACCUSES:
        raise wrong("accuses", '应为 true、false 或 "slip"')
    if not _ID.fullmatch(row["id"]):
        raise wrong("id", "应为大写字母加数字，例如 CK301")
    if not _SLUG.fullmatch(row["slug"]):
        raise wrong("slug", "应为小写字母、数字和连字符")
    if row["relation"] not in RELATIONS:
        raise wrong("relation", f"未知的关系 {row['relation']!r}{_nearest(row['relation'], RELATIONS)}")
    if row["severity"] not in _SEVERITIES:
        raise wrong("severity", f"应为 {'、'.join(_SEVERITIES)} 之一")
    for name in row.get("former_names", ()):
        if not _ID.fullmatch(name) and not _SLUG.fullmatch(name):
            raise wrong("former_names", f"{name!r} 不是规则的编号或名称")
    link = row.get("link", 1)
    if not over_link and (type(link) is not int or link not in _LINKS):
        raise wrong("link", f"应为 {_LINKS[0]} 到 {_LINKS[-1]} 的整数")
    for key in ("message", "title"):
        _check_languages(key, row.get(key, {}), wrong)
    if not all(lang in row["message"] for lang in _LANGUAGES):
        raise wrong("message", f"应有 {' 和 '.join(_LANGUAGES)} 两种文字")
    cases = row.get("undecided", [])
    if not _is_list(cases, dict) or not all(
        set(c) == {"when", "reason"} and _is_list([*c.values()], str) for c in cases
    ):
        raise wrong("undecided", "应为 {when, reason} 的列表，两者都是字符串")


def _check_derived(row: Mapping[str, Any], form: int, wrong: _Wrong) -> None:
    """That a rule over names says which figure follows from which others."""
    if form == 1:
        raise wrong("derived", "按名称推算的规则要在文件开头写 format = 2")
    for key in (*_OF_PATTERN, "link"):
        if key in row:
            raise wrong(key, "写了 derived，就不能再有这个键")
    if not _is_names(row["derived"]):
        raise wrong("derived", '应为名称的列表，至少有一个，例如 ["毛利率"]')
    terms = row.get("terms")
    if not isinstance(terms, dict) or not terms or not all(map(_is_names, terms.values())):
        raise wrong("terms", '应为一张表，每个角色有它的名称，例如 { revenue = ["营业收入"], cost = ["营业成本"] }')
    for role in terms:
        if role == RESULT or role in _COMPUTED or not role.isidentifier() or not role.isascii():
            raise wrong("terms", f"角色 {role!r} 应为小写英文，不能叫 {RESULT}、{'、'.join(_COMPUTED)}")


def _is_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) and name for name in value)


def _check_languages(key: str, texts: object, wrong: _Wrong) -> None:
    if not isinstance(texts, dict):
        raise wrong(key, f"应写成 {' 和 '.join(f'{key}.{lang}' for lang in _LANGUAGES)}")
    for lang, text in texts.items():
        if lang not in _LANGUAGES:
            raise wrong(f"{key}.{lang}", f"未知的语言，应为 {' 或 '.join(_LANGUAGES)}")
        if not isinstance(text, str):
            raise wrong(f"{key}.{lang}", "应为字符串")


def _is_list(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(entry, kind) for entry in value)


def _pattern(source: str, words: Lists, builtin: bool, wrong: _Wrong) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """The pattern as a regular expression, its slots, and its word groups."""
    try:
        expanded, slots = expand(source, words)
        if not builtin:
            require_size(expanded)
        named = frozenset(_GROUP.findall(expanded) if builtin else regex.compile(expanded).groupindex)
    except (regex.error, ValueError, RecursionError) as error:  # ValueError: also flags that do not go together
        raise wrong("pattern", str(error)) from error
    written = _GROUP.findall(source)
    for slot in slots:
        if slot in written or slot in _COMPUTED:
            raise wrong("pattern", f"槽位 {slot!r} 与词组或 {'、'.join(_COMPUTED)} 同名")
    return expanded, slots, named - frozenset(slots)


def _condition(source: str, names: Names, key: str, wrong: _Wrong) -> Condition:
    try:
        return parse_condition(source, names)
    except ConditionError as error:
        raise wrong(key, str(error)) from error


def _check_message(message: str, fields: Container[str], key: str, wrong: _Wrong) -> None:
    """That a message can be filled: no stray brace, no field that will not be there."""
    try:
        parts = list(Formatter().parse(message))
    except ValueError as error:
        raise wrong(key, f"花括号不成对；要写花括号本身，写两个：{error}") from error
    for _, field, form, conversion in parts:
        if field is not None and (field not in fields or form or conversion):
            raise wrong(key, f"没有名为 {field!r} 的槽位" if field not in fields else f"{field!r} 之后不能再有格式")


def _nearest(word: str, choices: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, choices, 1) if word else ()
    return f"；是不是 {near[0]!r}？" if near else ""
