"""Where the built-in rules lie."""

from __future__ import annotations

from pathlib import Path

from checker.errors import RuleError

__all__ = ["builtin_rules_path"]

_HERE = Path(__file__).resolve().parent


def builtin_rules_path(here: Path = _HERE) -> Path:
    """The built-in `rules.toml`: inside the package where a wheel put it, else beside the package.

    A wheel holds the file as `checker/rules/rules.toml`. A bare checkout and an editable install have only the one at
    the top level, two folders above `here` (the folder of this module). The one inside goes first, since what lies
    beside an installed package belongs to somebody else.

    Raises RuleError when there is neither.

    >>> builtin_rules_path().name
    'rules.toml'
    """
    inside, beside = here / "rules.toml", here.parent.parent / "rules.toml"
    if inside.is_file():
        return inside
    if beside.is_file() and (beside.parent / "pyproject.toml").is_file():
        return beside
    raise RuleError(
        f"找不到内置规则文件 rules.toml（应在 {inside} 或 {beside}），请重新安装 cn-metric-checker", code="no-rules"
    )
