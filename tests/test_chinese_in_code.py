"""Chinese words are data: code holds them only where it speaks to people. What is left elsewhere may only become less."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

CEILING = ROOT / "tests/data/chinese-in-code.txt"
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# Rooms and modules that speak to people, and hold nothing else in Chinese.
SPEAKING = ("cli/", "lsp/", "report/", "rulebook/", "serving/", "settings/", "sources/messages.py")
# Arguments and names whose values are for people, or examples of rules.
MESSAGES = frozenset(["message", "messages", "reason", "title", "said", "fails", "holds", "silent"])


def counted(code: str) -> int:
    """The Han characters in the strings of a module, without docstrings and messages."""
    return sum(len(HAN.findall(string)) for string in _strings(ast.parse(code)))


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
        return
    if isinstance(node, ast.Raise):
        return
    if isinstance(node, ast.keyword) and node.arg in MESSAGES:
        return
    if isinstance(node, ast.IfExp) and _asks_for_language(node.test):
        return
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and key.value in ("zh", "en")):
                yield from (string for each in (key, value) if each is not None for string in _strings(each))
        return
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node):
        node.body = node.body[1:]
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(each, ast.Name) and each.id.strip("_").lower() in MESSAGES for each in targets):
            return
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):  # a docstring of a name
            yield from _strings(child)


def _asks_for_language(test: ast.expr) -> bool:
    """lang == "zh"; options.lang == "en" …"""
    return isinstance(test, ast.Compare) and any(
        isinstance(each, ast.Constant) and each.value in ("zh", "en") for each in test.comparators
    )


def found() -> dict[str, int]:
    """The modules that hold Chinese words, each with the number of their characters."""
    modules = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "checker").rglob("*.py"))}
    counts = {
        name: counted(path.read_text("utf-8"))
        for name, path in modules.items()
        if not name.removeprefix("checker/").startswith(SPEAKING)
    }
    return {name: count for name, count in counts.items() if count}


def ceiling() -> dict[str, int]:
    lines = (line.split() for line in CEILING.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {name: int(count) for name, count in lines}


def test_no_module_holds_more_chinese_than_before() -> None:
    """New words belong into a file of data: checker/language/zh/*.toml, or [words] of rules.toml."""
    allowed = ceiling()
    assert {name: count for name, count in found().items() if count > allowed.get(name, 0)} == {}


def test_what_has_become_less_stays_less() -> None:
    """Where this fails: python tests/test_chinese_in_code.py"""
    now = found()
    assert {name: count for name, count in ceiling().items() if count > now.get(name, 0)} == {}


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('pattern("[约近]")', 2),
        ('x = f"{n}个"', 1),
        ('"""约"""\nx = 1\n"""近"""', 0),
        ('def f():\n    """约"""\n    return "近"', 1),
        ('raise ValueError("约")', 0),
        ('X = {"zh": "约", "en": "about"}', 0),
        ('X = {"约": "about"}', 1),
        ('x = "约" if lang == "zh" else "about"', 0),
        ('x = "约" if count == 1 else "近"', 2),
        ('check(message="约")', 0),
        ('_MESSAGES = ("约",)', 0),
        ("x = 1  # 约", 0),
    ],
)
def test_what_counts(code: str, count: int) -> None:
    assert counted(code) == count


def lower(path: Path) -> None:
    """Write the ceiling again where less is left than it allows; it is never raised here."""
    now, allowed = found(), ceiling() if path.exists() else found()
    kept = {name: min(count, now[name]) for name, count in allowed.items() if name in now}
    head = "# Chinese characters in the strings of each module, without docstrings and messages: no more than these.\n"
    path.write_text(head + "".join(f"{name} {count}\n" for name, count in sorted(kept.items())), "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(lower(CEILING))
