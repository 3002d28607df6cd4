"""What mkdocs is told beside mkdocs.yml: the rules in the navigation, and the files outside docs/ that pages link to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
RULES = "rules/README.md"
# Links of the pages that lead out of docs/, and where that file stands in the site.
OUTSIDE = {
    "../README.md": "index.md",
    "../CHANGELOG.md": "changelog.md",
    "../checker/report/schema.json": "schema.json",
    "../rules.toml": "rules.toml",
    "../samples/README.md": "samples.md",
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the rules, grouped by relation, in place of their index."""
    assert config.nav is not None
    config.nav = _with_rules(config.nav)
    return config


def _with_rules(entry: Any) -> Any:
    """A part of the navigation: a list of parts, a part under its title, or the path of a page."""
    if isinstance(entry, list):
        return [_with_rules(part) for part in entry]
    if isinstance(entry, dict):
        return {title: _with_rules(part) for title, part in entry.items()}
    return [RULES, *_relations()] if entry == RULES else entry


def _relations() -> list[dict[str, list[str]]]:
    """One section for each relation that has rules, in the order of relations.md and under the heading it has there."""
    # | [CK301](CK301.md) | `household-person-pair` | `pair` | 错误 error | …
    rows = re.findall(r"^\| \[\w+\]\((\w+\.md)\) \| `[\w-]+` \| `(\w+)` \|", _read("rules/README.md"), re.MULTILINE)
    # ## pair 户与人、笔与户
    headings = dict(re.findall(r"^## (\w+) (.+)$", _read("relations.md"), re.MULTILINE))
    pages: dict[str, list[str]] = {relation: [] for relation in headings}
    for page, relation in rows:
        pages[relation].append(f"rules/{page}")
    return [{headings[relation]: found} for relation, found in pages.items() if found]


def _read(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take up the files outside docs/."""
    for link, name in OUTSIDE.items():
        if name != "index.md":
            files.append(File.generated(config, name, abs_src_path=str(ROOT / link.removeprefix("../"))))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links that leave docs/ to where their file stands in the site."""
    for link, name in OUTSIDE.items():
        markdown = re.sub(rf"\]\({re.escape(link)}(?=[)#])", f"]({name}", markdown)
    return markdown
