"""What is told of a figure on which the pointer rests."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from checker.lsp.analysis import Analysis
from checker.lsp.diagnostics import range_of
from checker.quantities import Quantity
from checker.report.claimwords import claim_words
from checker.report.numbers import decimal_string, high_string, low_string
from checker.report.words import word
from checker.sources.messages import Lang

__all__ = ["hover_of"]

_MOST = 8  # checks that are listed of one figure


def hover_of(analysis: Analysis, offset: int, *, markdown: bool = True) -> types.Hover | None:
    """The reading of the figure at an offset of the editor's text, and what confirms or contradicts it; else None."""
    result, at = analysis.result, analysis.figure_at(offset)
    if result is None or at is None:
        return None
    lang, figure, claim = analysis.lang, result.quantities[at], result.claims[at]

    def code(text: str) -> str:
        return _code(text) if markdown else text

    rows = [
        ("value", None if figure.value is None else f"{decimal_string(figure.value)} {_unit(figure)}".rstrip()),
        ("interval", _interval(figure)),
        ("unit", _unit(figure)),
        *claim_words(claim, lang),
    ]
    written = result.document.text[figure.start : figure.end]
    head = f"{code(written)} {word(f'kind.{figure.kind}', lang)}"
    lines = [f"**{head}**" if markdown else head, ""]
    colon = word("colon", lang)
    lines += [f"- {word(key, lang)}{colon}{code(value)}" for key, value in rows if value]
    lines += _checks(analysis, at, code, lang)
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(
        types.MarkupContent(kind, "\n".join(lines)), range_of(analysis, figure.start, figure.end)
    )  # fmt: skip


def _checks(analysis: Analysis, at: int, code: Callable[[str], str], lang: Lang) -> list[str]:
    """What confirms the figure, and what is said against it, with the arithmetic of each."""
    result = analysis.result
    assert result is not None
    colon = word("colon", lang)
    confirming = [result.checks[number] for number in result.confirmed_by[at]]
    lines = [f"- {word('confirmed', lang)} {c.rule}{colon}{code(c.expression)}" for c in confirming[:_MOST]]
    if len(confirming) > _MOST:
        lines.append(f"- … +{len(confirming) - _MOST}")
    for finding in result.findings:
        if any(operand.quantity == at for operand in result.checks[finding.check].operands):
            lines.append(f"- {word('contradicted', lang)} {finding.rule}{colon}{code(finding.expression)}")
    if result.supports[at] == "unsupported":
        lines.append(f"- {word('unsupported', lang)}")
    return lines


def _unit(figure: Quantity) -> str:
    return figure.surface or ("" if figure.unit is None else figure.unit.name)


def _interval(figure: Quantity) -> str:
    """[1578.5, 1579.5], (1500, 1600), [3万, ∞) as decimals; nothing for what is no quantity."""
    interval = figure.interval
    low, high = low_string(interval.low), high_string(interval.high)
    if low is None and high is None:
        return ""
    opening, closing = "[" if interval.low_closed else "(", "]" if interval.high_closed else ")"
    return f"{'(−∞' if low is None else opening + low}, {'∞)' if high is None else high + closing}"


def _code(text: str) -> str:
    """Text of an article as code, so that nothing in it is markup."""
    text = " ".join(text.split())
    ticks = "`"
    while ticks in text:
        ticks += "`"
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"
