"""Rules over links: those between the figures of a document that confirm or accuse, a condition over them, and a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.checks import Check, Standing
from checker.checks.builder import formula, make_check
from checker.links import Link, links_of
from checker.links.derived import derived_links
from checker.links.kinds import construction_of, kind_of
from checker.quantities import Quantity
from checker.reading import Reading
from checker.rules.conditions import Proposal
from checker.rules.model import LinkRule

__all__ = ["run_link_rule"]

_STATED, _INFERRED = 2, 3  # levels of a link that a construction states, and of one that none does

_DIGITS = 3  # of a probability

_Slots = Mapping[str, tuple[Quantity, ...]]


def _links(reading: Reading) -> list[Link]:
    return list(links_of(reading))


def _links_for(rule: LinkRule, reading: Reading) -> Iterator[Link]:
    """The links that a rule stands on: those of its kinds, or those that its own names make."""
    if rule.results and rule.formula is not None:
        yield from derived_links(reading, rule.results, rule.terms, rule.formula.source)
        return
    for link in reading.once(_links):
        if kind_of(link.candidate) in rule.kinds:
            yield link


def run_link_rule(rule: LinkRule, reading: Reading, lists: Mapping[str, tuple[str, ...]], lang: str) -> Iterator[Check]:
    """The checks that `rule` makes.

    Without a formula of the rule's own there is none for a link whose own formula, judged exactly, says another thing than the link did.
    """
    for link in _links_for(rule, reading):
        candidate = link.candidate
        slots = {role: tuple(node.quantity for node in nodes) for role, nodes in candidate.slots.items()}
        reason = None
        if rule.where is not None or rule.undecided:  # few have conditions
            proposal = _proposal(link, slots, reading, lists)
            if rule.where is not None and not rule.where(proposal):
                continue
            reason = next((case.reason for case in rule.undecided if case.when(proposal)), None)
        check = make_check(
            reading, rule.relation, rule.formula or formula(candidate.formula), slots, rule.messages[lang], severity=rule.severity,
            link=_STATED if link.stated else _INFERRED, accuses=rule.accuses, reason=reason,
        )  # fmt: skip
        own = (rule.formula is not None and not rule.results) or reason is not None or rule.accuses == "never"
        if own or (check.outcome == "fails") == (link.outcome == "fails"):
            if not rule.results:  # else the names that the rule has tell it
                standing = Standing(kind_of(candidate), construction_of(candidate), round(link.probability, _DIGITS))
                check = check._replace(standing=standing)
            yield check


def _proposal(link: Link, slots: _Slots, reading: Reading, lists: Mapping[str, tuple[str, ...]]) -> Proposal:
    """What conditions are asked of: the figures, the words from the first to the last of them, and their sentences."""
    places = sorted(node.place for nodes in link.candidate.slots.values() for node in nodes)
    skeleton = reading.skeleton
    start, _ = skeleton.sentence(places[0])
    _, end = skeleton.sentence(places[-1])
    return Proposal(
        slots, reading.claims, skeleton.text[places[0] : places[-1] + 1], skeleton.text[start:end], {}, lists
    )
