"""Where the built-in rules lie."""

from __future__ import annotations

import os

from checker.errors import RuleError

__all__ = ["builtin_rules_path", "rule_page_path"]

_HERE = os.path.dirname(os.path.realpath(__file__))


def builtin_rules_path(here: str | os.PathLike[str] = _HERE) -> str:
    """The built-in `rules.toml`: inside the package where a wheel put it, else beside the package.

    A wheel holds the file as `checker/rules/rules.toml`. A bare checkout and an editable install have only the one at
    the top level, two folders above `here` (the folder of this module). The one inside goes first, since what lies
    beside an installed package belongs to somebody else.

    Raises RuleError when there is neither.

    >>> os.path.basename(builtin_rules_path())
    'rules.toml'
    """
    top = os.path.dirname(os.path.dirname(here))
    inside, beside = os.path.join(here, "rules.toml"), os.path.join(top, "rules.toml")
    if os.path.isfile(inside):
        return inside
    if os.path.isfile(beside) and os.path.isfile(os.path.join(top, "pyproject.toml")):
        return beside
    raise RuleError(
        f"找不到内置规则文件 rules.toml（应在 {inside} 或 {beside}），请重新安装 cn-metric-checker", code="no-rules"
    )


def rule_page_path(rule: str, here: str | os.PathLike[str] = _HERE) -> str | None:
    """The page of a built-in rule, in Markdown, by its id; None for a rule that has none.

    A wheel holds the pages as `checker/rules/docs`, a checkout as `docs/rules`.

    >>> os.path.basename(rule_page_path("CK301") or "")
    'CK301.md'
    """
    if not rule.isalnum():  # a user's rule may be called anything
        return None
    top = os.path.dirname(os.path.dirname(here))
    inside, beside = os.path.join(here, "docs", f"{rule}.md"), os.path.join(top, "docs", "rules", f"{rule}.md")
    if os.path.isfile(inside):
        return inside
    return beside if os.path.isfile(beside) and os.path.isfile(os.path.join(top, "pyproject.toml")) else None
