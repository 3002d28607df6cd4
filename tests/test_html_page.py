"""The HTML report as a file: its structure, what it holds, and that no text in it is ever markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checker import Checker, Config, Result, check
from checker.cli import main
from checker.document import Document
from checker.findings.suppression import Suppressed
from checker.report import htmlmarks
from checker.report.htmlout import FEW_DOCUMENTS, writer
from checker.report.htmltext import interval_words
from checker.report.tally import Tally
from checker.report.writers import Ending, Problem, Setting
from checker.sources import read_document
from checker.sources.messages import Lang

VOID = {"meta", "link", "br", "input", "rect"}
PLANTED = "全县易地搬迁163户41人。"
CLEAN = "全县易地搬迁163户414人。"

# Whatever the reader of the text could be made to run, as text of an article, a file name or a message.
HOSTILE = (
    "</script><script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<a href='javascript:alert(1)'>甲</a>",
    "&lt;b&gt;甲&amp;乙",
    '"><svg onload=alert(1)>',
    "</style></title></textarea><!-- ",
    "$style ${script} {0} %s",
)


class Node:
    """An element: tag, attributes, children that are elements or text."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []

    def walk(self) -> Iterable[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def every(self, tag: str = "", style: str = "") -> list[Node]:
        return [
            node
            for node in self.walk()
            if node.tag == (tag or node.tag) and (not style or style in node.attributes.get("class", "").split())
        ]

    def one(self, tag: str = "", style: str = "") -> Node:
        found = self.every(tag, style)
        assert len(found) == 1, f"{tag}.{style}: {len(found)}"
        return found[0]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Tree(HTMLParser):
    """The page as a tree; whatever is closed that is not open is an error."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("", {}, None)
        self.feed(source)
        self.close()
        assert self.open is self.root, f"<{self.open.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.children.append(Node(tag, {name: value or "" for name, value in attrs}, self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.tag == tag, f"</{tag}> inside <{self.open.tag}>"
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def page_of(results: Sequence[Result], lang: Lang = "zh", problems: Sequence[Problem] = ()) -> bytes:
    made = writer(Setting(lang))
    pieces = [*made.begin()]
    for result in results:
        pieces += made.add(made.piece(result))
    return b"".join([*pieces, *made.end(Ending(problems, Tally()))])


def checked(*texts: str) -> list[Result]:
    checker = Checker()
    return [checker.check(text, path=f"{number}.txt") for number, text in enumerate(texts)]


def tree_of(*texts: str, lang: Lang = "zh") -> Node:
    return Tree(page_of(checked(*texts), lang).decode()).root


def root_of(*results: Result, lang: Lang = "zh") -> Node:
    return Tree(page_of(results, lang).decode()).root


def data_of(root: Node, number: int = 0) -> dict[str, list[list[object]]]:
    (script,) = [node for node in root.every("script") if node.attributes.get("id") == f"j{number}"]
    data: dict[str, list[list[object]]] = json.loads(script.text)
    return data


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sample_is_well_formed(root: Path, lang: Lang) -> None:
    checker = Checker(Config(lang=lang))
    documents = [read_document(str(path)) for path in sorted((root / "samples" / "planted").iterdir())]
    results = [checker.check_document(document) for document in documents]
    page = page_of(results, lang)
    tree = Tree(page.decode()).root
    assert tree.one("html").attributes["lang"] == ("zh-CN" if lang == "zh" else "en")
    ids = [node.attributes["id"] for node in tree.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    links = [node.attributes["href"] for node in tree.every("a")]
    assert {link[1:] for link in links} <= set(ids)
    for result, article in zip(results, tree.every("article"), strict=True):
        for block in result.document.blocks:
            for start, end in block.spans:
                assert "".join(result.document.text[start:end].split()) in "".join(article.text.split())
    assert len(tree.every("li", "finding")) == sum(len(result.findings) for result in results)
    assert page == page_of(results, lang), "the same results must give the same bytes"


def test_figures_are_marked_as_they_stand() -> None:
    text = "全县搬迁163户41人。占地20亩。全县共有村21个，其中甲类15个、乙类6个。2018年如此。"
    (result,) = checked(text)
    tree = tree_of(text)
    marked = {(mark.text, mark.attributes["class"]) for mark in tree.one("article").every("b")}
    names = {"confirmed": "c", "contradicted": "x", "unsupported": "u"}
    assert marked == {
        (text[quantity.start : quantity.end], names[support])
        for quantity, support in zip(result.quantities, result.supports, strict=True)
        if support is not None
    }
    assert marked > {("163户", "x"), ("20亩", "u"), ("15个", "c")}
    counts = [node.text for node in tree.one("ul", "counts").every("li")]
    assert counts == ["3 得到印证", "2 互相矛盾", "1 没有旁证"]


def test_finding_leads_to_its_figure() -> None:
    tree = tree_of(PLANTED)
    finding = tree.one("li", "finding")
    target = tree.one("a", "go").attributes["href"][1:]
    (mark,) = [node for node in tree.walk() if node.attributes.get("id") == target]
    assert (mark.text, mark.attributes["data-n"]) == ("41人", "1")
    for said in ("错误", "CK301", "household-person-pair", "41人少于163户，每户不足一人", "41人 < 163户", "1:11"):
        assert said in finding.text
    (found,) = check(PLANTED).findings
    assert f"1:11 · 指纹 {found.fingerprint}" in finding.text
    others = [node for node in finding.every("a") if node.attributes["href"][1:] != target]
    assert [node.text for node in others] == ["163户 1:7"]


def test_cards_tell_the_reading() -> None:
    data = data_of(tree_of("2017年粮食产量21.5万吨。" + PLANTED))
    strings = data["s"]
    figures = [[entry if at < 2 else strings[int(str(entry))] for at, entry in enumerate(f)] for f in data["f"]]
    assert figures[0][:3] == ["215,000", "21.45万 至 21.55万", "吨"]
    assert figures[0][3] == "粮食产量"
    assert [figure[:3] for figure in figures[1:]] == [["163", "", "户"], ["41", "", "人"]]
    ((rule, slug, outcome, expression, marks, note),) = data["c"]
    assert [strings[int(str(at))] for at in (rule, slug, expression)] == [
        "CK301",
        "household-person-pair",
        "41人 < 163户",
    ]
    assert (outcome, marks, note) == (3, [1, 2], 1)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["类型 变化率 · 上升", "对比 同比 2018", "性质 预计、至少", "限定 预计、以上", "来源 海关", "依据 指标沿用前文、时期沿用前文"]),
        ("en", ["type rate of change · up", "against 同比 2018", "modality forecast, at least", "scope 预计, 以上", "source 海关",
                "known metric carried over, period carried over"]),
    ],
)  # fmt: skip
def test_cards_tell_what_the_figure_says(lang: Lang, said: list[str]) -> None:
    data = data_of(tree_of("据海关统计，2019年，出口3亿元，预计同比增长5%以上。", lang=lang))
    *_, figure = data["f"]
    further = [int(str(entry)) for entry in figure[8:]]
    words = json.loads(Path(htmlmarks.__file__).with_name("html").joinpath("words.json").read_text(encoding="utf-8"))
    names = words[lang]["script"]["further"]
    pairs = zip(further[::2], further[1::2], strict=True)
    assert [f"{names[name]} {data['s'][place]}" for name, place in pairs] == said
    assert len(names) == len(htmlmarks.FURTHER)


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        ("# 通报\n\n全县如此。\n\n## 一\n\n甲。", ["h3 通报", "p 全县如此。", "h4 一", "p 甲。"]),
        ("情况如下：\n\n- 甲镇5户\n- 乙镇6户", ["p 情况如下：", "ul 甲镇5户 乙镇6户"]),
        ("情况如下：\n\n（1）甲镇5户\n（2）乙镇6户", ["p 情况如下：", "ul （1） 甲镇5户 （2） 乙镇6户"]),
        ("村集体收入74.05\n\n万元。", ["p 村集体收入74.05万元。"]),
        ("前文。\n\n| 镇 | 户 |\n|---|---|\n| 甲 | 5 |", ["p 前文。", "table 镇户 甲5"]),
    ],
)
def test_article_reads_as_it_did(text: str, structure: list[str]) -> None:
    article = tree_of(text).one("article")
    tags = {"h3", "h4", "p", "ul", "table"}
    found = [f"{node.tag} {' '.join(node.text.split())}" for node in article.walk() if node.tag in tags]
    assert found == structure


def test_figure_across_a_page_break_is_one_mark() -> None:
    marks = tree_of("村集体收入74.05\n\n万元，另有5户。").one("article").every("b")
    assert [(mark.text, mark.attributes.get("data-of")) for mark in marks] == [
        ("74.05", None),
        ("万元", "f0-0"),
        ("5户", None),
    ]


def html_document(body: str) -> Document:
    data = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()
    return read_document("a.html", data=data)


def test_table_keeps_its_grid() -> None:
    body = """<table><caption>表2 各镇户数</caption><tr><th rowspan=2>镇<th colspan=2>人口<tr><th>户<th>人
    <tr><td>甲镇<td>163户<td>41人<tr><td>搬迁163户41人<td><td>41人</table>"""
    result = Checker().check_document(html_document(body))
    table = Tree(page_of([result]).decode()).root.one("article").one("table")
    assert table.one("caption").text == "表2 各镇户数"
    rows = [
        [(cell.tag, cell.text, *(cell.attributes.get(span, "1") for span in ("colspan", "rowspan"))) for cell in row.children if isinstance(cell, Node)]
        for row in table.every("tr")
    ]  # fmt: skip
    assert rows == [
        [("th", "镇", "1", "2"), ("th", "人口", "2", "1")],
        [("th", "户", "1", "1"), ("th", "人", "1", "1")],
        [("td", "甲镇", "1", "1"), ("td", "163户", "1", "1"), ("td", "41人", "1", "1")],
        [("td", "搬迁163户41人", "1", "1"), ("td", "", "1", "1"), ("td", "41人", "1", "1")],
    ]


def test_long_table_shows_what_findings_need() -> None:
    lines = [f"第{number}村,{number}户,{number * 4}人\n" for number in range(1, 2000)]
    data = ("镇,户,人\n" + "".join(lines[:1000]) + "末镇搬迁163户41人,,\n" + "".join(lines[1000:])).encode()
    result = Checker().check_document(read_document("a.csv", data=data))
    tree = Tree(page_of([result]).decode()).root
    rows = [row.text for row in tree.one("article").every("tr")]
    assert "末镇搬迁163户41人" in rows
    assert len(rows) < 100
    gaps = [int(re.sub(r"\D", "", row.text)) for row in tree.every("tr", "gap")]
    assert sum(gaps) + len(rows) - len(gaps) == 2001
    figures = [mark for mark in tree.one("article").every("b") if "data-of" not in mark.attributes]
    assert len(data_of(tree)["f"]) == len(figures)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("where", ["text", "path", "warning", "problem", "table"])
def test_text_stays_text(hostile: str, where: str) -> None:
    text, path, problems = PLANTED, "a.txt", []
    if where == "text":
        text = f"搬迁163户41人，{hostile}占地5亩。\n\n{hostile}\n"
    elif where == "path":
        path = f"{hostile}.txt"
    elif where == "table":
        text = f"前文。\n\n| {hostile.replace('|', '')}5户 | 6人 |\n|---|---|\n| 163户41人 | 7 |\n"
    result = Checker().check(text, path=path)
    if where == "warning":
        result = Checker().check_document(Document(PLANTED, result.document.blocks, path, None, (hostile,)))
    problems = [Problem(hostile, "missing", hostile)] if where == "problem" else []
    tree = Tree(page_of([result], problems=problems).decode()).root
    plain = Tree(page_of(checked(PLANTED), problems=[Problem("b", "missing", "b")] if problems else ()).decode()).root
    kinds = {node.tag for node in plain.walk()} | {"table", "tr", "td", "th", "ul", "p"}
    assert {node.tag for node in tree.walk()} <= kinds
    assert len(tree.every("script")) == len(plain.every("script"))
    attributes = {name for node in tree.walk() for name in node.attributes}
    assert not {name for name in attributes if name.startswith("on")}
    assert all(node.attributes["href"].startswith("#") for node in tree.every("a"))
    assert hostile.strip() in tree.one("body").text if where != "table" else True


def test_control_characters_are_spelt_out() -> None:
    page = page_of(checked("搬迁163户\x1b[2J41人。\u202e占地5亩\ud800。")).decode()
    assert "\\x1b[2J" in page
    assert "\\u202e" in page
    assert "\\ud800" in page
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)


def test_policy_names_the_only_script_and_style() -> None:
    tree = tree_of(PLANTED)
    (policy,) = [
        node.attributes["content"]
        for node in tree.every("meta")
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    scripts = [node for node in tree.every("script") if "type" not in node.attributes]
    for name, (element,) in {"script-src": scripts, "style-src": tree.every("style")}.items():
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    assert not [node for node in tree.walk() if "style" in node.attributes]
    fetched = [node.attributes.get("src") or node.attributes.get("href", "#") for node in tree.walk()]
    assert {link for link in fetched if not link.startswith("#")} == {"data:,"}
    assert all(
        node.attributes.get("type") == "application/json" for node in tree.every("script") if node not in scripts
    )


@pytest.mark.parametrize(
    ("clean", "planted", "shown"),
    [(1, 1, 2), (FEW_DOCUMENTS, 0, FEW_DOCUMENTS), (FEW_DOCUMENTS, 1, 1), (FEW_DOCUMENTS + 5, 2, 2), (FEW_DOCUMENTS + 1, 0, 0)],
)  # fmt: skip
def test_only_documents_with_findings_of_a_large_run(clean: int, planted: int, shown: int) -> None:
    tree = tree_of(*[CLEAN] * (clean // 2), *[PLANTED] * planted, *[CLEAN] * (clean - clean // 2))
    assert len(tree.every("article")) == shown
    named = [row.one("th").text for row in tree.one("nav").every("tr") if row.every("td")]
    assert sorted(named) == sorted(f"{number}.txt" for number in range(clean + planted))
    assert ("只列出名称" in tree.one("nav").text) is (clean + planted > FEW_DOCUMENTS)


SETTLED = f"<!-- checker: ignore CK301 <i>户主</i> -->\n{PLANTED}"


@pytest.mark.parametrize(("lang", "head"), [("zh", "已压下的发现 1"), ("en", "Suppressed findings: 1")])
def test_what_is_settled_is_folded_away_with_its_reason(lang: Lang, head: str) -> None:
    result = Checker(Config(lang=lang)).check(f"{SETTLED}\n\n{PLANTED}")
    root = root_of(result, lang=lang)
    assert len(root.every("li", "finding")) == 1
    fold = root.one("aside", "notes").one("details", "silenced")
    assert "open" not in fold.attributes and fold.one("summary").text == head
    (item,) = fold.every("li")
    assert [line.text.rpartition("：")[2].rpartition(": ")[2] for line in item.every("p", "why")] == ["<i>户主</i>"]
    assert item.one("p", "source").text == "CK301 household-person-pair · 2:11"
    known = result._replace(suppressed=(Suppressed(result.findings[0], "baseline", ""),), findings=())
    said = root_of(known, lang=lang).one("details", "silenced").one("p", "why").text
    assert said == ("基线：没有写理由" if lang == "zh" else "baseline: no reason given")
    assert not root_of(Checker().check(PLANTED)).every("details", "silenced")


def test_what_is_settled_in_a_document_that_is_left_out_is_listed() -> None:
    clean = [Checker().check(CLEAN, path=f"{n}.txt") for n in range(FEW_DOCUMENTS)]
    root = root_of(Checker().check(SETTLED, path="早.txt"), *clean, Checker().check(SETTLED, path="晚.txt"))
    assert not root.every("section", "doc")
    assert [node.text for node in root.one("nav", "index").every("h3")] == ["早.txt", "晚.txt"]
    assert len(root.one("nav", "index").every("details", "silenced")) == 2


def test_beyond_the_limit_findings_without_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.report.htmlout.MOST_CHARACTERS", 100)
    tree = tree_of(PLANTED, "另有一段。" * 50 + PLANTED)
    assert len(tree.every("article")) == 1
    second = tree.every("section", "doc")[1]
    assert second.one("p", "passage").text == PLANTED
    assert "100" in second.one("header").text
    assert not [node for node in second.every("a") if node.attributes["href"].startswith("#f")]


def test_nothing_and_problems() -> None:
    tree = Tree(page_of([], problems=[Problem("缺.txt", "missing", "没有这个文件")]).decode()).root
    assert "没有这个文件" in tree.one("section", "problems").text
    assert "没有读到任何文件" in tree.one("main").text


def test_published_and_empty() -> None:
    result = Checker().check("", published=date(2018, 3, 1))
    tree = Tree(page_of([result]).decode()).root
    assert "2018-03-01" in tree.one("section", "doc").text
    assert tree.one("p", "none").text == "没有发现。"


def test_size_is_the_text_and_a_constant(root: Path) -> None:
    text = (root / "samples" / "clean" / "county-poverty.txt").read_text(encoding="utf-8")
    empty = len(page_of(checked("")))
    assert empty < 40_000
    (result,) = checked(text)
    grown = len(page_of([result])) - empty - len(text.encode())
    assert grown < 120 * len(result.quantities)


def test_words_in_both_languages(root: Path) -> None:
    words = json.loads((root / "checker" / "report" / "html" / "words.json").read_text(encoding="utf-8"))

    def shape(value: object) -> object:
        return {key: shape(inner) for key, inner in value.items()} if isinstance(value, dict) else type(value)

    assert shape(words["zh"]) == shape(words["en"])
    assert not re.search(r"[<&]", json.dumps(words, ensure_ascii=False)), "these words stand in the page as they are"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("占地约3000亩。", "2,700 至 3,300", "2,700 to 3,300"),
        ("收入超过5亿元。", "多于 5亿", "more than 500,000,000"),
        ("有3.2万人。", "3.15万 至 3.25万", "31,500 to 32,500"),
    ],
)
def test_intervals_in_words(text: str, zh: str, en: str) -> None:
    ((quantity,),) = [result.quantities for result in checked(text)]
    assert (interval_words(quantity.interval, "zh"), interval_words(quantity.interval, "en")) == (zh, en)


def test_command_writes_the_page(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.txt").write_text(PLANTED, encoding="utf-8")
    out = tmp_path / "报告.html"
    assert main(["check", str(tmp_path / "a.txt"), "--format", "html", "--output", f"html:{out}"]) == 1
    printed = capfdbinary.readouterr().out
    assert printed == out.read_bytes()
    assert Tree(printed.decode()).root.one("li", "finding").text
