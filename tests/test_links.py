"""Links: which figures may belong together, how probably, and what is said of them."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from itertools import groupby

import pytest
from conftest import ROOT
from growing import assert_linear

from checker.links import links_of
from checker.links.candidates import candidates_of
from checker.links.nodes import Node, nodes_of
from checker.links.weights import VERSION, evidence, probabilities
from checker.reading import Reading, read
from checker.sources import make_document


def reading_of(text: str) -> Reading:
    return read(make_document(text), tolerance=Fraction(1, 10))


# A text, the kind of link, and the figures that are the likeliest to belong together, by their roles.
LIKELIEST = [
    ("去年办结案件1284件，今年办结案件1541件，增长20.0%。", "change", "base=1284件 current=1541件 rate=20.0%"),
    ("今日股指收于3284点，较昨日的3157点，涨127点。", "change", "base=3157点 current=3284点 change=127点"),
    ("今年合格率达88.2%，较去年的83.7%提高4.5个百分点。", "change", "base=83.7% current=88.2% change=4.5个百分点"),
    ("产能由1284吨增加到1541吨，增幅20.0%。", "change", "base=1284吨 current=1541吨 rate=20.0%"),
    ("月末库存煤炭326.4万吨，比上月增加26.3万吨，增长8.8%。", "implied", "change=26.3万吨 current=326.4万吨 rate=8.8%"),
    ("全区居民18.46万人，其中老年人4.93万人，占26.7%。", "share", "part=4.93万人 whole=18.46万人 rate=26.7%"),
    ("本地员工412人，占员工总数1030人的40.0%。", "share", "part=412人 whole=1030人 rate=40.0%"),
    ("船队总运力74.86万吨，由散货船41.25万吨、油轮20.34万吨和集装箱船13.27万吨构成。", "sum", "part=41.25万吨、20.34万吨、13.27万吨 total=74.86万吨"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "figures"), LIKELIEST)
def test_the_figures_that_belong_together_are_the_likeliest(text: str, kind: str, figures: str) -> None:
    reading = reading_of(text)
    best = (0.0, "")
    for (_, found), group in groupby(candidates_of(nodes_of(reading)), key=lambda c: (c.anchor, c.kind)):
        if found == kind:
            candidates = list(group)
            for probability, candidate in zip(probabilities(candidates), candidates, strict=True):
                roles = (f"{role}={'、'.join(map(written(reading), nodes))}" for role, nodes in candidate.slots.items())
                best = max(best, (probability, " ".join(roles)))
    assert best[1] == figures


def written(reading: Reading):  # type: ignore[no-untyped-def]
    text = reading.document.text
    return lambda node: text[node.quantity.start : node.quantity.end]


@pytest.mark.parametrize(
    "text",
    [
        "同比增长8.4%，产值达到120亿元。",  # the base is not in the text
        "全市接待游客426万人次。县里今年办展览51场，增长20.8%。",
        "全区居民18.46万人，老年人4.93万人，占全市老年人的16.7%。",  # the share of another whole
        "全年出口864.3亿元，其中机电产品512.7亿元，服装131.6亿元。",  # parts that are not all
        "甲校学生1284人，乙校学生1057人。",
        "各项存款增加62.7亿元，利润增长15.4%。",  # the rate of something else
    ],
)
def test_nothing_is_said_of_figures_that_need_not_belong_together(text: str) -> None:
    assert [link.outcome for link in links_of(reading_of(text)) if link.outcome == "fails"] == []


def shape(nodes: list[Node]) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(c.kind, c.anchor, c.features) for c in candidates_of(nodes)]


@pytest.mark.parametrize("text", [text for text, _, _ in LIKELIEST])
def test_values_are_not_looked_at(text: str) -> None:
    """Other digits, as many, make the same candidates with the same features."""
    other = re.sub(r"\d", lambda digit: str(int(digit.group()) % 9 + 1), text)
    assert shape(nodes_of(reading_of(other))) == shape(nodes_of(reading_of(text)))


def test_the_weights_are_those_of_this_version() -> None:
    data = json.loads((ROOT / "checker/links/weights.json").read_text("utf-8"))
    assert data["version"] == VERSION


def test_the_evidence_is_that_of_the_candidate() -> None:
    candidate = next(c for c in candidates_of(nodes_of(reading_of(LIKELIEST[0][0]))) if c.kind == "change")
    found = evidence(candidate)
    assert 0 < len(found) <= 5
    assert {name for name, _ in found} <= set(candidate.features)


def test_a_rival_that_fits_keeps_a_failure_quiet() -> None:
    text = "去年产值1284万元，前年产值1190万元，今年产值1541万元，比前年增长29.5%。"
    assert [link.outcome for link in links_of(reading_of(text)) if link.outcome == "fails"] == []


def test_candidates_grow_with_the_text() -> None:
    passage = "去年办结案件1284件，今年办结案件1541件，增长20.0%，其中民事案件830件，占53.9%。\n"
    list(links_of(reading_of(passage)))  # the weights are read once
    assert_linear(lambda text: list(links_of(reading_of(text))), lambda many: passage * (many + 20), 160)
