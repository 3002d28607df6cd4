"""The HTML report: one file with the articles as they read, their figures marked, and the findings beside them.

The page needs no network, and its policy allows none: its one script and its one style sheet are named by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from string import Template
from typing import Any, NamedTuple

from checker.checks import Severity
from checker.findings import Finding
from checker.findings.result import Result
from checker.findings.support import SUPPORTS, Summary
from checker.report.htmlarticle import Article
from checker.report.htmlmarks import Marks, cards_json, marks_of
from checker.report.htmltext import data_json, escape
from checker.report.jsonout import dump
from checker.report.passage import passage
from checker.report.writers import FEW_DOCUMENTS, Ending, Problem, Setting
from checker.sources.messages import Lang
from checker.version import __version__

__all__ = ["FEW_DOCUMENTS", "MOST_CHARACTERS", "HtmlWriter", "writer"]

MOST_CHARACTERS = 3_000_000  # of text in one page; a browser lays out about a million in a second

# Stands for the number of a document in ids, before it is known how many come before it; no other text of a page holds it.
_NUMBER = "\0"
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_SIGNS = {"error": "✕", "warning": "▲", "info": "●"}


class _Row(NamedTuple):
    """What the index tells of one document."""

    path: str
    summary: Summary
    severities: Counter[str]


def writer(setting: Setting) -> HtmlWriter:
    """The writer of ``--format html``."""
    return HtmlWriter(setting.lang, _words(setting.lang), setting.few)


@dataclass
class HtmlWriter:
    """The page in the making; once there are many documents, of one without findings only its counts and what is settled are kept.

    `few` is whether they may turn out to be few. All is written at the end, for the index and the filters at the top want to
    know every document.
    """

    lang: Lang
    words: Mapping[str, Any]
    few: bool = True
    rows: list[_Row] = field(default_factory=list)
    sections: list[str | None] = field(default_factory=list)
    silenced: dict[int, str] = field(default_factory=dict)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    characters: int = 0

    def begin(self) -> Iterable[bytes]:
        return ()

    def piece(self, result: Result) -> bytes:
        characters = len(result.document.text)
        shown = bool(result.findings) or self.few
        return dump(
            {
                "path": result.document.path,
                "summary": result.summary,
                "findings": [(finding.severity, finding.rule, finding.slug) for finding in result.findings],
                "characters": characters,
                "full": self._section(result, True) if shown and characters <= MOST_CHARACTERS else None,
                "brief": self._section(result, False) if shown else None,
                "silenced": _silenced(result, self.lang, self.words) if result.suppressed else None,
            }
        )

    def _section(self, result: Result, in_full: bool) -> str:
        return "".join(_section(result, _NUMBER, in_full, self.lang, self.words))

    def add(self, piece: bytes) -> Iterable[bytes]:
        said = json.loads(piece)
        number = len(self.rows)
        severities = Counter(severity for severity, _, _ in said["findings"])
        self.rows.append(_Row(said["path"], Summary(*said["summary"]), severities))
        self.rules.update((rule, slug) for _, rule, slug in said["findings"])
        if said["silenced"] is not None:
            self.silenced[number] = said["silenced"]
        if number == FEW_DOCUMENTS:
            self._forget_clean_ones()
        if said["brief"] is None or (not severities and number >= FEW_DOCUMENTS):
            self.sections.append(None)
            return ()
        self.characters += said["characters"]
        section: str = said["full" if self.characters <= MOST_CHARACTERS else "brief"]
        self.sections.append(section.replace(_NUMBER, str(number)))
        return ()

    def end(self, ending: Ending) -> Iterable[bytes]:
        # UTF-8 cannot hold a lone surrogate, so it is spelt out.
        return (piece.encode("utf-8", "backslashreplace") for piece in _pieces(self, ending.problems))

    def _forget_clean_ones(self) -> None:
        for number, row in enumerate(self.rows[:FEW_DOCUMENTS]):
            if not row.severities:
                self.sections[number] = None


def _pieces(page: HtmlWriter, problems: Sequence[Problem]) -> Iterator[str]:
    words, style, script = page.words, _static("report.css"), _static("report.js")
    paths = [row.path for row in page.rows]
    title = words["title"] if len(paths) != 1 else f"{paths[0]} · {words['title']}"
    yield Template(_static("page.html")).substitute(
        lang="zh-CN" if page.lang == "zh" else page.lang,
        script_hash=_hash(script),
        style_hash=_hash(style),
        title=escape(title),
        style=style,
        skip=words["skip"],
        heading=words["title"],
        summary=_totals(page),
        filters=_filters(page),
        noscript=words["noscript"],
        problems=_problems(problems, words),
        index=_index(page),
    )
    yield from (section for section in page.sections if section is not None)
    if not page.rows:
        yield f'<p class="note">{words["nothing"]}</p>\n'
    yield Template(_static("end.html")).substitute(
        keys=words["keys"],
        made_by=words["made_by"].format(version=__version__),
        words=data_json(words["script"]),
        script=script,
    )


def _totals(page: HtmlWriter) -> str:
    """The line under the title: how many files and figures, and how the figures stand; one document tells that itself."""
    if len(page.rows) < 2:
        return ""
    counts = [sum(numbers) for numbers in zip(*(row.summary for row in page.rows), strict=True)] or [0] * 4
    summary = Summary(*counts)
    files = page.words["files"].format(count=f"{len(page.rows):,}") + " · "
    figures = page.words["figures"].format(count=f"{summary.figures:,}")
    return f'<p class="totals">{files}{figures}</p>\n{_bar(summary, page.words)}'


def _bar(summary: Summary, words: Mapping[str, Any]) -> str:
    """A bar parted as the figures stand, and the same in words."""
    if not summary.figures:
        return ""
    at = 0
    parts = []
    for support, count in zip(SUPPORTS, summary[1:], strict=True):
        if count:
            parts.append(f'<rect class="{support}" x="{at}" width="{count}" height="1"/>')
        at += count
    said = "".join(
        f'<li class="{support}"><b>{count:,}</b> {words[support]}</li>'
        for support, count in zip(SUPPORTS, summary[1:], strict=True)
    )
    return (
        f'<svg class="bar" viewBox="0 0 {summary.figures} 1" preserveAspectRatio="none" aria-hidden="true">'
        f'{"".join(parts)}</svg>\n<ul class="counts">{said}</ul>\n'
    )  # fmt: skip


def _filters(page: HtmlWriter) -> str:
    """What narrows the lists of findings, and what each mark means; works only where scripts run."""
    words = page.words
    counts = sum((row.severities for row in page.rows), Counter[str]())
    boxes = "".join(
        f'<label class="{severity}"><input type="checkbox" name="severity" value="{severity}" checked>'
        f'<span aria-hidden="true">{_SIGNS[severity]}</span> {words[severity]} {counts[severity]:,}</label>'
        for severity in _SEVERITIES
        if counts[severity]
    )
    options = "".join(
        f'<option value="{escape(rule)}">{escape(rule)} {escape(slug)} ({count:,})</option>'
        for (rule, slug), count in sorted(page.rules.items())
    )
    marks = "".join(
        f'<label><input type="checkbox" name="support" value="{support[0] if support != "contradicted" else "x"}" checked>'
        f'<span class="{support}">{words[support]}</span></label>'
        for support in SUPPORTS
    )
    narrowing = (
        f"<fieldset><legend>{words['severity']}</legend>{boxes}</fieldset>"
        f'<label class="rule">{words["rule"]} <select name="rule"><option value="">{words["all_rules"]}</option>{options}</select></label>'
        if page.rules
        else ""
    )
    return (
        f'<form class="filters" aria-label="{words["filters"]}" hidden>{narrowing}'
        f'<fieldset class="legend"><legend>{words["legend"]}</legend>{marks}</fieldset>'
        f'<output aria-live="polite"></output></form>'
    )


def _problems(problems: Iterable[Problem], words: Mapping[str, Any]) -> str:
    lines = "".join(f"<li><code>{escape(problem.path)}</code> {escape(problem.message)}</li>\n" for problem in problems)
    return f'<section class="problems"><h2>{words["problems"]}</h2><ul>{lines}</ul></section>' if lines else ""


def _index(page: HtmlWriter) -> str:
    """The table of the documents, where there is more than one."""
    if len(page.rows) < 2:
        return ""
    words = page.words
    shown = [number for number, section in enumerate(page.sections) if section is not None]
    hidden = [number for number, section in enumerate(page.sections) if section is None]
    head = "".join(f'<th scope="col">{words[key]}</th>' for key in ("documents", *_SEVERITIES, *SUPPORTS))
    out = [f'<nav class="index" aria-label="{words["documents"]}"><h2>{words["documents"]}</h2>']
    if shown:
        rows = "".join(_index_row(page.rows[number], f"#d{number}") for number in shown)
        out.append(
            f'<div class="scroll" tabindex="0" role="group"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )
    if hidden:
        rows = "".join(_index_row(page.rows[number], None) for number in hidden)
        out.append(
            f'<p class="note">{words["clean_left_out"].format(few=FEW_DOCUMENTS)}</p>'
            f"<details><summary>{words['clean'].format(count=f'{len(hidden):,}')}</summary>"
            f'<div class="scroll" tabindex="0" role="group"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>'
        )
        out += (
            f"<h3>{escape(page.rows[number].path)}</h3>{page.silenced[number]}"
            for number in hidden
            if number in page.silenced
        )
    out.append("</nav>")
    return "".join(out)


def _index_row(row: _Row, link: str | None) -> str:
    name = escape(row.path)
    head = f'<a href="{link}">{name}</a>' if link else name
    counts = [row.severities[severity] for severity in _SEVERITIES] + list(row.summary[1:])
    return f'<tr><th scope="row">{head}</th>{"".join(f"<td>{count:,}</td>" for count in counts)}</tr>\n'


def _section(result: Result, number: str, in_full: bool, lang: Lang, words: Mapping[str, Any]) -> Iterator[str]:
    """One document: its head, its article, its findings, and the data of the cards."""
    document = result.document
    about = [
        words["figures"].format(count=f"{result.summary.figures:,}"),
        words["characters"].format(count=f"{len(document.text):,}"),
    ]
    if document.published is not None:
        about.insert(0, words["published"].format(date=document.published.isoformat()))
    warnings = [escape(warning) for warning in document.warnings]
    if result.incomplete or result.errors:
        warnings.append(words["incomplete"])
    if not in_full:
        warnings.append(words["text_left_out"].format(limit=f"{MOST_CHARACTERS:,}"))
    yield (
        f'<section class="doc" id="d{number}" aria-labelledby="t{number}">\n'
        f'<header><h2 id="t{number}">{escape(document.path)}</h2><p class="about">{" · ".join(about)}</p>\n'
        f'{_bar(result.summary, words)}{"".join(f"<p class=note>{warning}</p>" for warning in warnings)}</header>\n'
        f'<div class="columns">\n'
    )  # fmt: skip
    marks = marks_of(result) if in_full else Marks((), {}, {})
    article = Article(document, marks, number, words["rows_left_out"])
    if in_full:
        yield f'<article class="text" lang="zh-CN" id="a{number}">\n'
        yield from article.html()
        yield "</article>\n"
    links = {span: f"#f{number}-{article.numbers[at]}" for span, at in marks.by_span.items() if at in article.numbers}
    yield f'<aside class="notes" aria-labelledby="h{number}"><h3 id="h{number}">{words["findings"]} {len(result.findings):,}</h3>\n'
    if result.findings:
        yield '<ol class="findings">\n'
        for place, finding in enumerate(result.findings, 1):
            yield _finding(result, finding, f"{number}-{place}", links if in_full else None, lang, words)
        yield f'</ol>\n<p class="none" hidden>{words["none_shown"]}</p>\n'
    else:
        yield f'<p class="none">{words["no_findings"]}</p>\n'
    if result.suppressed:
        yield _silenced(result, lang, words)
    yield "</aside>\n</div>\n"
    if in_full:
        yield f'<script type="application/json" id="j{number}">{cards_json(result, marks, article.numbers, lang)}</script>\n'
    yield "</section>\n"


def _finding(
    result: Result,
    finding: Finding,
    name: str,
    links: Mapping[tuple[int, int], str] | None,
    lang: Lang,
    words: Mapping[str, Any],
) -> str:
    """One finding: number, severity, rule, place; the message; the arithmetic, what it stands against, a way out."""
    document = result.document
    text = document.text[finding.start : finding.end]

    def linked(start: int, end: int, words: str, style: str = "") -> str:
        link = None if links is None else links.get((start, end))
        return f"<span{style}>{words}</span>" if link is None else f'<a{style} href="{link}">{words}</a>'

    head = linked(
        finding.start,
        finding.end,
        f'<span class="number">{name.partition("-")[2]}</span> <span class="severity">{words[finding.severity]}</span> '
        f'<span class="what">{escape(_short(text))}</span>',
        ' class="go"',
    )
    lines = [f'<p class="message">{escape(finding.message)}</p>']
    if links is None:
        shown = "".join(
            f"<b>{escape(stretch.text)}</b>" if stretch.figure else escape(stretch.text)
            for stretch in passage(result, finding).stretches
        )
        lines.append(f'<p class="passage" lang="zh-CN">{shown}</p>')
    facts = []
    if finding.expression:
        facts.append((words["arithmetic"], escape(finding.expression)))
    if finding.related:
        others = (
            linked(
                related.start,
                related.end,
                f"{escape(_short(related.text))} <small>{_said(result, related.start, related.end, lang)}</small>",
            )
            for related in finding.related
        )
        facts.append((words["against"], "<br>".join(others)))
    if finding.suggestion:
        facts.append((words["suggestion"], escape(finding.suggestion)))
    terms = "".join(f"<div><dt>{term}</dt><dd>{said}</dd></div>" for term, said in facts)
    return (
        f'<li class="finding {finding.severity}" id="n{name}" data-r="{escape(finding.rule)}">{head}\n'
        f'{"".join(lines)}{f"<dl>{terms}</dl>" if terms else ""}'
        f'<p class="source"><code>{escape(finding.rule)}</code> {escape(finding.slug)} · {_said(result, finding.start, finding.end, lang)}'
        f' · {words["fingerprint"]} <code>{finding.fingerprint}</code></p></li>\n'
    )  # fmt: skip


def _silenced(result: Result, lang: Lang, words: Mapping[str, Any]) -> str:
    """The findings that are settled, folded away: the message, who has settled it and why, rule and place."""
    items = (
        f'<li><p class="message">{escape(finding.message)}</p>'
        f'<p class="why">{words[f"by_{by}"]}{words["colon"]}{escape(reason) if reason else words["no_reason"]}</p>'
        f'<p class="source"><code>{escape(finding.rule)}</code> {escape(finding.slug)} · {_said(result, finding.start, finding.end, lang)}</p></li>\n'
        for finding, by, reason in result.suppressed
    )  # fmt: skip
    head = words["silenced"].format(count=f"{len(result.suppressed):,}")
    return f'<details class="silenced"><summary>{head}</summary>\n<ul>\n{"".join(items)}</ul></details>\n'


def _said(result: Result, start: int, end: int, lang: Lang) -> str:
    return escape(result.document.place(start, end).said(lang))


def _short(text: str) -> str:
    """The words of a figure on one line, cut where they are many."""
    joined = "".join(text.split())
    return joined if len(joined) <= 40 else f"{joined[:36]}…"


@cache
def _static(name: str) -> str:
    """A piece of the page that is the same in every report."""
    with open(os.path.join(os.path.dirname(__file__), "html", name), encoding="utf-8") as file:
        return file.read()


def _words(lang: Lang) -> Mapping[str, Any]:
    words: Mapping[str, Mapping[str, Any]] = json.loads(_static("words.json"))
    return words[lang]


def _hash(source: str) -> str:
    """The name of a script or a style sheet in a Content-Security-Policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
