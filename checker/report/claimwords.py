"""What a figure says, in words for people."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks.number_format import as_read
from checker.claims import Claim
from checker.claims.further import Comparison
from checker.report.words import word
from checker.sources.messages import Lang

__all__ = ["claim_words", "known_words"]


def claim_words(claim: Claim, lang: Lang) -> Iterator[tuple[str, str]]:
    """The names of the fields of a claim (keys of `word`) with what they say, those left out that are empty, and ``actual``.

    >>> from checker import check
    >>> dict(claim_words(check("预计全县产量增长5%以上。").claims[0], "en"))
    {'metric': '产量', 'holder': '全县', 'direction': 'up', 'modality': 'forecast, at least', 'scope': '预计, 以上'}
    """
    between = "、" if lang == "zh" else ", "
    compared, group = claim.compared_to, claim.group
    modality = [word(f"modality.{each}", lang) for each in claim.modality if each != "actual"]
    others = [" ".join(filter(None, (other.holder, other.metric))) for other in claim.others]
    fields = (
        ("metric", claim.metric),
        ("holder", claim.holder),
        ("period", claim.period),
        ("direction", None if claim.direction is None else word(f"direction.{claim.direction}", lang)),
        ("compared_to", None if compared is None else _against(compared)),
        ("modality", between.join(modality)),
        ("scope", between.join(claim.scope)),
        ("basis", between.join(claim.basis)),
        ("source", claim.source),
        ("group", None if group is None else f"{word(f'group.{group.kind}', lang)} {group.place + 1}/{group.of}"),
        ("others", between.join(others)),
    )
    return ((name, said) for name, said in fields if said)


def _against(compared: Comparison) -> str:
    """The words of a comparison as the text writes them, then the period of the base: 同比 2018."""
    return f"{as_read(compared.text)} {compared.period or ''}".rstrip()


def known_words(claim: Claim, lang: Lang) -> str:
    """What of a claim its own words do not say, and where it comes from.

    >>> from checker import check
    >>> known_words(check("全县产量3万吨，增长5%。").claims[1], "zh")
    '指标沿用前文、主体沿用前文'
    """
    space, between = ("", "、") if lang == "zh" else (" ", ", ")
    known = claim.known._asdict().items()
    return between.join(
        f"{word(name, lang)}{space}{word(f'way.{origin.way}', lang)}"
        for name, origin in known
        if origin.way in ("carried", "document")
    )
