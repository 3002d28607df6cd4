"""The one slip of the pen that explains a contradiction, as an edit of the text."""

from __future__ import annotations

import pytest

from checker import check

SLIP = "受益农户2140户，户均年增收3000元，合计856万元。"


@pytest.mark.parametrize(
    ("text", "suggestion", "repaired"),
    [
        (f"𠮷县：{SLIP}", "3000 → 4000", f"𠮷县：{SLIP.replace('3000', '4000')}"),
        ("😀流转林地1.2万亩（1200公顷）。", "1.2万 → 1.8万", "😀流转林地1.8万亩（1200公顷）。"),
        # 20 without its 万 would be exact, not rounded to 10,000
        ("全县出栏生猪21万只，比上年的20万只增长15%。", None, None),
        ("收回问卷140份，其中45%来自城区，30%来自乡镇，其余15%来自外地。", "45 → 54", None),
        ("全县易地搬迁163户41人。", None, None),
    ],
)
def test_the_replacement_makes_the_finding_go_away(text: str, suggestion: str | None, repaired: str | None) -> None:
    (finding, *_) = check(text).findings
    assert finding.suggestion == suggestion
    assert (finding.replacement is None) == (suggestion is None)
    if finding.replacement is not None:
        start, end, new = finding.replacement
        assert f"{text[start:end]} → {new}" == suggestion
        after = text[:start] + new + text[end:]
        assert repaired in (None, after)
        assert check(after).findings == ()


def test_the_same_slip_elsewhere_points_to_its_own_place() -> None:
    text = f"甲镇：{SLIP}\n\n乙镇：{SLIP}"
    places = [finding.replacement.start for finding in check(text).findings if finding.replacement is not None]
    assert [text[at : at + 4] for at in places] == ["3000", "3000"]
    assert places[0] < text.index("乙镇") < places[1]
