"""The pages: what they tell the reader to type works and prints what they show, links lead somewhere, the site builds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
DESIGN = [ROOT / "CONTRIBUTING.md", *sorted((DOCS / "design").rglob("*.md"))]
# The files that commands of the pages name, beside the samples; one finding in each.
FILES = {
    "稿件.txt": "全县易地搬迁163户41人。\n",
    "稿件/一.txt": "全乡易地搬迁152户43人。\n",
    "article.txt": "全镇易地搬迁141户45人。\n",
    "drafts/one.txt": "全村易地搬迁130户47人。\n",
}

# ```toml title="own.toml", its lines, ```
BLOCK = re.compile(r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)
# Commands that do not end, or need what a test has not.
NOT_HERE = {
    "--watch": "runs until Ctrl-C",
    "checker lsp": "waits for an editor, see test_lsp.py",
    "EDU101": "needs the plugin installed, see test_plugins.py",
}


class Step(NamedTuple):
    """A file that the page shows, or a command with what the page says it prints."""

    title: str | None
    text: str
    printed: str = ""


def steps(page: str) -> Iterator[Step]:
    """What a reader of the page would do, in order: save the files that have a name, run the commands of `checker`."""
    for block in BLOCK.finditer(page):
        body = block["body"]
        if block["title"]:
            yield Step(block["title"], body)
        elif block["language"] in ("sh", "bash"):
            yield from (Step(None, line) for line in body.splitlines() if line.startswith("checker "))
        elif block["language"] == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                if re.match(r"(echo .*\| )?checker ", command):
                    yield Step(None, command, printed)


def run(command: str, folder: Path) -> tuple[int, str]:
    """The exit code of a line of shell, and all it prints."""
    environment = {k: v for k, v in os.environ.items() if k not in ("CHECKER_LANG", "FORCE_COLOR", "GITHUB_ACTIONS")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "80", "PYTHON": sys.executable}
    done = subprocess.run(
        ["bash", "-c", f'checker() {{ "$PYTHON" -m checker "$@"; }}\n{command}'],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout


def same(shown: str, printed: str) -> bool:
    """Whether a page shows what is printed, but for blanks at line ends; … stands for anything within its line."""
    lines = [[line.rstrip() for line in text.rstrip().splitlines()] for text in (shown, printed)]
    return len(lines[0]) == len(lines[1]) and all(
        re.fullmatch(re.escape(a).replace("…", ".*"), b) for a, b in zip(*lines, strict=True)
    )


def follow(page: Path, folder: Path) -> Iterator[tuple[Step, int, str]]:
    """Do in an empty folder what the page says: each command with its exit code and what it printed."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for step in steps(page.read_text("utf-8")):
        if step.title:
            (folder / step.title).write_text(step.text, "utf-8")
        elif not any(part in step.text for part in NOT_HERE):
            yield step, *run(step.text, folder)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_work(page: Path, tmp_path: Path) -> None:
    """Where a command prints something new: python tests/test_docs.py"""
    if os.name == "nt" or shutil.which("bash") is None:
        pytest.skip("no bash")
    for step, code, printed in follow(page, tmp_path):
        assert code in ((2,) if "退出码 2" in step.text else (0, 1)), f"{step.text}\n{printed}"
        assert not step.printed or same(step.printed, printed), f"{step.text}\n{printed}"


def test_the_pages_are_read_for_commands() -> None:
    found = {page.name: list(steps(page.read_text("utf-8"))) for page in PAGES}
    assert len(found["writing-a-rule.md"]) >= 8
    assert sum(bool(step.printed) for step in found["findings.md"]) == 5
    assert found["README.md"][0].printed


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("```sh\nls\nchecker check a.txt  # one\n```\n", [(None, "checker check a.txt  # one", "")]),
        (
            "```console\n$ checker rules\nCK1\n\nCK2\n$ pip install x\n$ echo 1 | checker check -\n```\n",
            [(None, "checker rules", "CK1\n\nCK2\n"), (None, "echo 1 | checker check -", "")],
        ),
        ('```toml title="own.toml"\nformat = 1\n```\n', [("own.toml", "format = 1\n", "")]),
        ("```toml\nformat = 1\n```\n", []),
    ],
)
def test_blocks(page: str, expected: list[tuple[str | None, str, str]]) -> None:
    assert list(steps(page)) == expected


@pytest.mark.parametrize(
    ("shown", "printed", "result"),
    [("a  \nb", "a\nb \n", True), ("… x", "76 x", True), ("a", "b", False), ("a", "a\nb", False), (".", "a", False)],
)
def test_what_is_shown_is_compared(shown: str, printed: str, result: bool) -> None:
    assert same(shown, printed) is result


def test_the_example_of_the_library_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = (block["body"] for block in BLOCK.finditer((DOCS / "api.md").read_text("utf-8")))
    exec(compile(code, "api.md", "exec"), {})
    assert capsys.readouterr().out == "41人 CK301 41人 is fewer than 163户: less than one person per household\n"


def anchors(page: Path) -> set[str]:
    """The anchors of a page, as forges and the site make them: lower case, punctuation out, a hyphen for each blank."""
    text = BLOCK.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, *DESIGN, DOCS / "rules/README.md", ROOT / "samples/README.md"], ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text("utf-8"))
    broken = []
    for name, anchor in targets:
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(f"{name}#{anchor}")
    assert broken == []


@pytest.mark.parametrize("page", DESIGN, ids=lambda page: page.name)
def test_the_files_that_the_design_names_are_there(page: Path) -> None:
    named = re.findall(r"`([\w.-]+(?:/[\w.-]*)+|[\w-]+\.(?:py|txt|toml|json))`", page.read_text("utf-8"))
    homes = (ROOT, ROOT / "checker", *(ROOT / "checker").iterdir())  # `tables/view.py` and `view.py` are short for it
    assert [name for name in named if not any((home / name).exists() for home in homes)] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as .ci/run builds it: a warning is an error."""
    missing = [name for name in ("mkdocs", "material", "mkdocstrings_handlers", "jieba") if find_spec(name) is None]
    if missing:
        pytest.skip(f"the extra docs is not installed: no {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_fetches_nothing(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    fetched = re.compile(r"<(?:script|img|iframe)\b[^>]*\bsrc=\"?(?:https?:)?//|<link\b[^>]*\bhref=\"?(?:https?:)?//")
    assert len(pages) > len(PAGES)
    assert [page.name for page in pages if fetched.search(page.read_text("utf-8"))] == []
    sheets = "".join(sheet.read_text("utf-8") for sheet in site.rglob("*.css"))
    assert sheets and not re.search(r"url\([\"']?(?:https?:)?//|@import", sheets)


def test_the_site_finds_chinese_words(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    assert index["config"]["lang"] == ["zh"]
    words = {word for entry in index["docs"] for word in re.split(index["config"]["separator"], entry["text"])}
    assert words >= {"区间", "规则", "百分点"}


def test_the_site_has_every_page(site: Path) -> None:
    rules = {path.stem for path in (DOCS / "rules").glob("CK*.md")}
    assert {path.stem for path in (site / "rules").glob("CK*.html")} == rules
    names = {page.stem for page in PAGES[1:]} | {"samples", "changelog"}
    assert {path.stem for path in site.glob("*.html")} - {"404"} == names
    assert (site / "schema.json").read_bytes() == (ROOT / "checker/report/schema.json").read_bytes()
    assert 'class="doc doc-heading"' in (site / "api.html").read_text("utf-8")


def write_what_is_printed(page: Path) -> None:
    """Put what the commands of a page print now in place of what it shows."""
    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for step, _, printed in follow(page, Path(folder)):
            if step.printed and not same(step.printed, printed):
                new = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())
                text = text.replace(f"$ {step.text}\n{step.printed}", f"$ {step.text}\n{new}")
    page.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    for each in PAGES:
        write_what_is_printed(each)
