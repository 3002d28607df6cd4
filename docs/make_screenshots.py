"""Makes the pictures in docs/images: the HTML report in a browser, and the report in a terminal.

Run in the checkout with the environment of the tests (``pip install -e '.[dev]'``) and a Chromium on the PATH:
``python docs/make_screenshots.py``. The pictures are of a sample with planted errors.
"""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.cells import cell_len
from rich.console import Console

from checker import Checker
from checker.cli import main
from checker.report.console import print_findings, print_tally
from checker.report.tally import Tally
from checker.sources import read_document

IMAGES = Path(__file__).resolve().parent / "images"
SAMPLE = "samples/planted/county-story.txt"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def picture_of_the_page(path: Path) -> None:
    """The page with the card of a figure open."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_path = Path(folder) / "report.html"
        main(["check", SAMPLE, "--quiet", "--exit-zero", "--output", str(page_path)])
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1000, "height": 600}, color_scheme="light", reduced_motion="reduce")
        page.goto(page_path.as_uri())
        page.locator(".text b", has_text="97人").hover()
        page.screenshot(path=path)
        browser.close()


def picture_of_the_terminal(path: Path) -> None:
    """What ``checker check`` prints, as rich draws it."""
    result = Checker().check_document(read_document(SAMPLE))
    tally = Tally()
    tally.add(result)
    console = Console(record=True, width=84, file=io.StringIO(), force_terminal=True, highlight=False, markup=False)
    print_findings(console, result, "zh")
    print_tally(console, tally, "zh")
    drawn = console.export_svg(title=f"checker check {SAMPLE}", unique_id="checker")
    # Fonts of the reader's own machine: a picture fetches nothing.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    # rich takes a Chinese character for one cell wide here.
    drawn = re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]*)<', _measured, drawn)
    path.write_text("\n".join(line.rstrip() for line in drawn.splitlines()) + "\n", encoding="utf-8")


def _measured(text: re.Match[str]) -> str:
    words = html.unescape(text[3])
    width = float(text[1]) / len(words) * cell_len(words)
    return f'textLength="{width:.1f}"{text[2]}>{text[3]}<'


if __name__ == "__main__":
    os.chdir(IMAGES.parent.parent)
    IMAGES.mkdir(exist_ok=True)
    picture_of_the_page(IMAGES / "report.png")
    picture_of_the_terminal(IMAGES / "terminal.svg")
