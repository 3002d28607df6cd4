"""What an editor offers to do about a finding: mend the one slip that explains it, or leave it with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from checker.findings import Finding
from checker.findings.fixes import STATED, is_certain
from checker.lsp.analysis import Analysis
from checker.lsp.diagnostics import Shown, diagnostic_of
from checker.lsp.text import Text

__all__ = ["actions_of"]


def actions_of(
    analysis: Analysis, uri: str, version: int | None, wanted: types.Range, only: Sequence[str] | None, shown: Shown
) -> list[types.CodeAction]:
    """The actions for the findings that touch a range; `only` are the kinds that the client asks for.

    With a `version` the edits are for that version of the text.
    """
    kind = types.CodeActionKind.QuickFix
    if analysis.result is None or (only is not None and not any(_covers(one, kind) for one in only)):
        return []
    source = analysis.source
    first = source.offset(wanted.start.line, wanted.start.character)
    last = source.offset(wanted.end.line, wanted.end.character)
    actions = []
    for finding in analysis.result.findings:
        if any(a <= last and first <= b for a, b in _places(analysis, finding)):
            for title, edit, preferred in _edits(analysis, finding):
                diagnostic = diagnostic_of(analysis, finding, uri, shown)
                change = _workspace_edit(uri, version, edit)
                actions.append(
                    types.CodeAction(title, kind, diagnostics=[diagnostic], is_preferred=preferred, edit=change)
                )
    return actions


def _covers(asked: str, kind: types.CodeActionKind) -> bool:
    """Whether a kind is asked for, itself or by a kind above it: the empty one is above all."""
    return asked in ("", kind.value) or kind.value.startswith(f"{asked}.")


def _places(analysis: Analysis, finding: Finding) -> Iterator[tuple[int, int]]:
    """Where a finding is offered to be mended: where it stands, and where the slip is."""
    yield analysis.span(finding.start, finding.end)
    if finding.replacement is not None:
        yield analysis.span(finding.replacement.start, finding.replacement.end)


def _edits(analysis: Analysis, finding: Finding) -> Iterator[tuple[str, types.TextEdit, bool]]:
    """Title, edit, and whether it is the one to be done by a single key: only what `checker check --fix` would do too."""
    assert analysis.result is not None
    source, chinese = analysis.source, analysis.lang == "zh"
    slip = finding.replacement
    if slip is not None and analysis.result.checks[finding.check].link <= STATED:
        place = analysis.verbatim(slip.start, slip.end)
        if place is not None:
            title = (
                f"改为 {slip.text}（{finding.suggestion}）" if chinese else f"Write {slip.text} ({finding.suggestion})"
            )
            yield title, types.TextEdit(_range(source, *place), slip.text), is_certain(analysis.result, finding)
    reason = "理由" if chinese else "reason"
    comment = f"<!-- checker: ignore {finding.rule} {reason} -->"
    title = f"忽略这里的 {finding.rule}，写明理由" if chinese else f"Ignore {finding.rule} here, with a reason"
    yield title, _remark(source, source.line_of(analysis.span(finding.start, finding.end)[0]), comment), False


def _remark(source: Text, line: int, comment: str) -> types.TextEdit:
    """A comment on the line above; in the last cell of a row of a Markdown table, which a line between would tear apart."""
    written = source.line(line)
    row = written.rstrip()
    if row.startswith("|") and row.endswith("|") and len(row) > 1:
        end = source.line_starts[line] + len(row) - 1
        return types.TextEdit(_range(source, end, end), f"{comment} ")
    indent = written[: len(written) - len(written.lstrip(" \t"))]
    above = types.Position(line, 0)
    return types.TextEdit(types.Range(above, above), f"{indent}{comment}{_line_end(source)}")


def _range(source: Text, start: int, end: int) -> types.Range:
    return types.Range(types.Position(*source.position(start)), types.Position(*source.position(end)))


def _line_end(source: Text) -> str:
    """How the text ends its lines: as its first line does."""
    if len(source.line_starts) == 1:
        return "\n"
    return source.text[len(source.line(0)) : source.line_starts[1]]


def _workspace_edit(uri: str, version: int | None, edit: types.TextEdit) -> types.WorkspaceEdit:
    if version is None:
        return types.WorkspaceEdit(changes={uri: [edit]})
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [edit])])
