"""What to say of a document whose result is not whole: a rule crashed, a plugin cannot be used, the deadline passed."""

from __future__ import annotations

from checker.findings.result import InternalError, Result

__all__ = ["said_of", "said_of_deadline"]


def said_of(error: InternalError, lang: str) -> str:
    """What to say of a rule that crashed, or of a plugin that cannot be used."""
    if error.code == "plugin-broken":
        return (
            f"插件 {error.rule} 无法使用：{error.message}"
            if lang == "zh"
            else f"plugin {error.rule} cannot be used: {error.message}"
        )
    return (
        f"规则 {error.rule} 内部错误：{error.message}"
        if lang == "zh"
        else f"internal error in rule {error.rule}: {error.message}"
    )


def said_of_deadline(result: Result, seconds: float | None, lang: str) -> str:
    """What to say of a document that was left when its deadline passed."""
    rules = len(result.unfinished)
    return (
        f"到了 {seconds:g} 秒的期限，结果不全：{rules} 条规则没有查完"
        if lang == "zh"
        else f"the deadline of {seconds:g} s passed; the results are partial: {rules} rules did not come to their end"
    )
