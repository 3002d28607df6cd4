"""One page per rule, written from the rules themselves: ``python -m checker.rulebook.pages docs/rules``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.relations import AnyRule

__all__ = ["index_page", "main", "rule_page", "write_pages"]

_SEVERITY = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}
_EXAMPLES = (
    ("fails", "报告", "reported"),
    ("holds", "成立，不报告", "holds, not reported"),
    ("silent", "不判断", "not judged"),
)


def rule_page(rule: AnyRule) -> str:
    """The page of one rule in Markdown: titles, relation, severity, what must hold, what is said, examples."""
    from checker.rules.model import LinkRule, Rule

    lines = [
        f"# {rule.id} {rule.title['zh']}",
        "",
        rule.title["en"],
        "",
        "| | |",
        "|---|---|",
        f"| 名称 name | `{rule.slug}` |",
        f"| 关系 relation | `{rule.relation}` |",
        f"| 级别 severity | {_severity(rule)} |",
    ]
    if isinstance(rule, LinkRule):
        lines.append(f"| 联系 link | `{rule.source}` |")
    if isinstance(rule, (LinkRule, Rule)) and rule.formula is not None:
        lines.append(f"| 应当成立 must hold | `{rule.formula.source}` |")
    lines += [f"| 说法 message | {rule.messages['zh']} |", f"| | {rule.messages['en']} |"]
    if isinstance(rule, (LinkRule, Rule)) and rule.undecided:
        lines += ["", "## 不下结论 undecided", "", *(f"- {case.reason}" for case in rule.undecided)]
    for key, zh, en in _EXAMPLES:
        texts: tuple[str, ...] = getattr(rule, key)
        if texts:
            lines += ["", f"## {zh} {en}", "", *(f"- {text}".replace("\n", "\n  ") for text in texts)]
    return "\n".join(lines) + "\n"


def _severity(rule: AnyRule) -> str:
    if rule.accuses != "never":
        return _SEVERITY[rule.severity] + ("" if rule.default else "（选中时才运行 only when selected）")
    return "只印证，不报告 only confirms"


def index_page(rules: Iterable[AnyRule]) -> str:
    """The list of all rules by id, each with a link to its page."""
    lines = [
        "# 规则 Rules",
        "",
        "| 规则 | 名称 | 关系 | 级别 | 检查什么 | What is checked |",
        "|---|---|---|---|---|---|",
    ]
    for rule in sorted(rules, key=lambda rule: rule.id):
        cells = (f"[{rule.id}]({rule.id}.md)", f"`{rule.slug}`", f"`{rule.relation}`", _severity(rule))
        lines.append(f"| {' | '.join((*cells, rule.title['zh'], rule.title['en']))} |")
    lines += ["", "这些页由 `python -m checker.rulebook.pages docs/rules` 从规则写成。", ""]
    lines += ["These pages are written from the rules by `python -m checker.rulebook.pages docs/rules`.", ""]
    return "\n".join(lines)


def write_pages(rules: Sequence[AnyRule], folder: Path) -> None:
    """Write all pages into `folder`; pages of rules that are no more are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{rule.id}.md": rule_page(rule) for rule in rules} | {"README.md": index_page(rules)}
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, page in pages.items():
        (folder / name).write_text(page, "utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """Write the pages of the built-in rules into the folder that is named."""
    from checker.relations import RELATION_RULES
    from checker.rules.loading import builtin_rules

    if len(arguments) != 1:
        sys.stderr.write("python -m checker.rulebook.pages FOLDER\n")
        return 2
    builtin = builtin_rules()
    write_pages((*builtin.rules, *RELATION_RULES, *builtin.links), Path(arguments[0]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
