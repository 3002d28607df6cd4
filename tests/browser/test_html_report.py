"""The HTML report in a browser: what a reader sees, clicks and types. Skipped where there is none to drive."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from checker.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

# Set where a browser is expected, so that a test that did not run is not taken for one that passed.
REQUIRED = "CHECKER_REQUIRE_BROWSER"
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
COLOURS = "el => { const s = getComputedStyle(el); return [s.color, s.backgroundColor] }"
IN_VIEW = """el => { const r = el.getBoundingClientRect();
    return r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth }"""
TEXT = (
    "# 云岭县情况\n\n全县易地搬迁163户41人，占地20亩。全县共有村21个，其中甲类15个、乙类6个。\n\n"
    + "这一段没有数字，只为把页面撑长。" * 30
    + "\n\n"
    + "这一段也没有数字，只为把页面撑长。\n\n" * 40
    + "贫困发生率由14.7%下降到21.3%，另有山羊500只。\n\n| 镇 | 情况 |\n|---|---|\n| 甲镇 | 搬迁90户20人 |\n"
    + "\n山里的路修好了，货车可以开到村口，冬天也不停。\n\n万元实施村内道路亮化和污水治理，过去的村子变了样。\n"
)

Open = Callable[..., "Page"]


def _missing(reason: str) -> NoReturn:
    if os.environ.get(REQUIRED):
        pytest.fail(f"{REQUIRED} is set, but {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        _missing("there is no Chromium on the PATH")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报告")
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    assert main(["check", str(folder / "a.md"), "--quiet", "--output", str(folder / "a.html")]) == 1
    return folder / "a.html"


@pytest.fixture
def open_page(browser: Browser, report: Path) -> Iterator[Open]:
    """A function that opens the report: open(**options of the browser's context) → the page.

    At the end nothing may have been asked for but the report itself, and nothing complained of.
    """
    contexts = []
    asked: list[str] = []
    complaints: list[str] = []

    def call(path: Path = report, **options: object) -> Page:
        options = {"viewport": {"width": 1200, "height": 800}, "reduced_motion": "reduce", **options}
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield call
    for context in contexts:
        context.close()
    assert {url for url in asked if not url.startswith("data:")} == {report.as_uri()}
    assert complaints == []


def finding(page: Page, message: str) -> Locator:
    return page.locator(".finding", has_text=message)


def mark(page: Page, text: str) -> Locator:
    return page.locator(".text b", has_text=re.compile(f"^{re.escape(text)}$")).first


def focused(page: Page) -> str:
    said: str = page.evaluate("document.activeElement.closest('.finding, b')?.innerText ?? ''")
    return said


def test_click_on_finding_leads_to_figure_and_back(open_page: Open) -> None:
    page = open_page()
    figure = mark(page, "21.3%")
    assert not figure.evaluate(IN_VIEW)
    finding(page, "由14.7%到21.3%是上升").locator("a.go").click()
    assert figure.evaluate(IN_VIEW)
    assert "on" in (figure.get_attribute("class") or "")
    assert focused(page) == "21.3%"
    assert page.locator("#card").inner_text().startswith("21.3%")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert "由14.7%到21.3%是上升" in focused(page)
    assert page.locator(".text .on").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".text .on").count() == 0


def test_pointer_that_left_a_figure_does_not_take_away_its_finding(open_page: Open) -> None:
    page = open_page()
    finding(page, "由14.7%到21.3%是上升").locator("a.go").click()
    page.locator("body").dispatch_event("pointerover", {"pointerType": "mouse", "bubbles": True})
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)  # longer than a card stays
    assert page.locator(".text .on").count() == 1


def test_click_on_figure_shows_its_finding(open_page: Open) -> None:
    page = open_page(viewport={"width": 1200, "height": 420})
    mark(page, "20人").click()
    own = finding(page, "20人少于90户")
    assert own.evaluate(IN_VIEW)
    assert "on" in (own.get_attribute("class") or "")


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_card_tells_the_reading(open_page: Open, how: str) -> None:
    page = open_page()
    figure = mark(page, "41人")
    if how == "hover":
        figure.hover()
    else:
        page.locator("main").focus()
        for _ in range(20):
            page.keyboard.press("Tab")
            if focused(page) == "163户":
                break
        page.keyboard.press("ArrowRight")
        assert focused(page) == "41人"
    card = page.locator("#card")
    assert card.is_visible()
    assert card.evaluate(IN_VIEW)
    said = card.inner_text()
    for wanted in ("41人", "互相矛盾", "41 人", "不成立", "CK301", "41人 < 163户", "163户"):
        assert wanted in said
    assert figure.get_attribute("aria-describedby") == "card"
    mark(page, "15个").hover()
    said = card.inner_text()
    assert "得到印证" in said
    assert "成立" in said
    page.mouse.move(600, 5)
    page.wait_for_timeout(400)  # the card stays a moment, so that the pointer can reach it
    assert card.is_hidden() is (how == "hover")
    if how == "focus":
        assert card.inner_text().startswith("41人")


@pytest.mark.parametrize("width", [1200, 380])
def test_card_tells_what_the_figure_says(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    figure = mark(page, "21.3%")
    figure.scroll_into_view_if_needed()
    figure.click()
    card = page.locator("#card")
    facts = {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in card.locator("dl div").all()}
    assert facts["指标"] == "贫困发生率"
    assert facts["类型"].endswith("· 下降")
    assert facts["依据"]
    assert card.evaluate("card => card.scrollWidth <= card.clientWidth")


def test_lines_lead_to_the_other_figures(open_page: Open) -> None:
    page = open_page()
    mark(page, "41人").hover()
    lines = page.locator("#lines g path")
    assert lines.count() == 1
    assert lines.get_attribute("class") == "against"
    end = lines.evaluate("path => { const p = path.getPointAtLength(path.getTotalLength()); return [p.x, p.y] }")
    box = mark(page, "163户").bounding_box()
    assert box is not None
    assert abs(end[0] - box["x"] - box["width"] / 2) < 12
    assert abs(end[1] - box["y"]) < 24
    page.evaluate("scrollTo(0, 40)")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moved = lines.evaluate("path => path.getPointAtLength(path.getTotalLength()).y")
    assert abs(end[1] - moved - 40) < 3
    mark(page, "15个").hover()
    assert {"along"} == {line.get_attribute("class") for line in lines.all()}
    assert lines.count() == 2


def test_filters_hide(open_page: Open) -> None:
    page = open_page()
    shown = page.locator(".finding:visible")
    total = shown.count()
    assert total == 4
    page.get_by_label("提示").uncheck()
    assert shown.count() == 3
    assert page.locator("output").inner_text() == "显示 3 / 4 条发现"
    page.get_by_label("规则").select_option("CK301")
    assert shown.count() == 2
    assert mark(page, "21.3%").get_attribute("data-n") == ""
    page.get_by_label("错误").uncheck()
    assert shown.count() == 0
    assert page.locator("p.none").is_visible()
    underline = "el => getComputedStyle(el).textDecorationLine"
    assert mark(page, "20亩").evaluate(underline) == "underline"
    page.get_by_label("没有旁证").uncheck()
    assert mark(page, "20亩").evaluate(underline) == "none"


def test_keyboard(open_page: Open) -> None:
    page = open_page()
    seen = []
    for key in ("j", "j", "ArrowDown", "j", "k", "ArrowUp", "k", "k"):
        page.keyboard.press(key)
        seen.append(
            page.locator(".finding").evaluate_all("all => all.indexOf(document.activeElement.closest('.finding'))")
        )
    assert seen == [0, 1, 2, 3, 2, 1, 0, 0]
    page.keyboard.press("j")
    assert mark(page, "21.3%").evaluate(IN_VIEW)
    page.keyboard.press("Enter")
    assert focused(page) == "21.3%"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#card') !== null")
    page.keyboard.press("Escape")
    assert focused(page) == "21.3%"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "500只"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "14.7%"
    page.keyboard.press("Escape")
    assert "21.3%" in focused(page)
    assert page.evaluate("document.querySelectorAll('.text [tabindex=\"0\"]:not(.scroll)').length") == 1


def test_keys_lead_from_a_filter_to_the_findings(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("没有旁证").click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.finding') === document.querySelector('.finding')")
    rule = page.locator(".finding").last.get_attribute("data-r")
    page.locator("select").select_option(str(rule))
    page.locator("select").focus()
    page.keyboard.press("j")
    shown = "document.activeElement.closest('.finding') === document.querySelector('.finding:not([hidden])')"
    assert page.evaluate(shown)
    assert page.locator("select").input_value() == rule


@pytest.mark.parametrize("width", [320, 375, 600])
def test_phone(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    first = page.locator(".finding").first.bounding_box()
    article = page.locator("article").bounding_box()
    assert first is not None
    assert article is not None
    assert first["y"] < article["y"]
    finding(page, "由14.7%到21.3%是上升").locator("a.go").tap()
    assert mark(page, "21.3%").evaluate(IN_VIEW)
    card = page.locator("#card").bounding_box()
    assert card is not None
    assert (card["x"], card["width"], card["y"] + card["height"]) == (0, width, 700)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="关闭").tap()
    assert page.locator("#card").is_hidden()


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = ((p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4) for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(open_page: Open, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    paper = page.locator("body").evaluate("el => getComputedStyle(el).backgroundColor")
    assert (luminance(paper) < 0.5) is (scheme == "dark")
    mark(page, "41人").hover()
    for name in (
        "article p", ".about", ".counts .confirmed", ".counts .contradicted", ".counts .unsupported", ".finding.error .severity",
        ".finding.info .severity", ".number", ".finding .source", ".finding dt", ".legend .unsupported", ".text .x", ".text .on",
        "#card", "#card .contradicted", "#card dt", "#card .fails", "#card small", "footer",
    ):  # fmt: skip
        seen = page.locator(name).first.evaluate(
            """el => { const colour = getComputedStyle(el).color; let back = el;
                while (back && /, 0\\)$|transparent/.test(getComputedStyle(back).backgroundColor)) back = back.parentElement;
                return [colour, getComputedStyle(back ?? document.body).backgroundColor] }"""
        )
        lighter, darker = sorted(map(luminance, seen), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, f"{name}: {seen}"


def test_colour_is_not_the_only_sign(open_page: Open) -> None:
    page = open_page()
    style = "el => getComputedStyle(el).textDecorationStyle"
    assert [mark(page, text).evaluate(style) for text in ("15个", "41人", "20亩")] == ["solid", "wavy", "dotted"]


def test_print_has_the_findings_as_notes(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 700, "height": 900})
    assert page.locator(".filters").is_hidden()
    article, notes = page.locator("article").bounding_box(), page.locator("aside").bounding_box()
    assert article is not None
    assert notes is not None
    assert notes["y"] >= article["y"] + article["height"]
    last = page.locator(".finding").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= notes["y"] + notes["height"]
    number = mark(page, "41人").evaluate("el => getComputedStyle(el, '::after').content")
    assert number == '"1"'
    colour, _ = page.locator("body").evaluate(COLOURS)
    assert luminance(colour) < 0.05


def test_calm_where_motion_is_unwelcome(open_page: Open) -> None:
    page = open_page()
    mark(page, "41人").hover()
    assert page.locator("#lines g path").first.evaluate("el => getComputedStyle(el).animationName") == "none"


def test_hostile_text_runs_nothing(open_page: Open, report: Path, tmp_path: Path) -> None:
    text = "搬迁163户41人</script><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>，占地5亩。"
    (tmp_path / "b.md").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path / "b.md"), "--quiet", "--output", str(tmp_path / "b.html")]) == 1
    page = open_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.set_content((tmp_path / "b.html").read_text(encoding="utf-8"))
    assert page.locator("article p").inner_text().replace(" ", "").startswith("搬迁163户41人")
    assert "<imgsrc=xonerror=alert(1)>" in page.locator("article p").inner_text().replace(" ", "")
    assert page.locator("article img, article script, article svg").count() == 0
    page.wait_for_timeout(50)
    assert said == []
