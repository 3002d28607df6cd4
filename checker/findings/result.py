"""What checking one document gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from checker.checks import Check
from checker.claims import Claim
from checker.document import Document
from checker.findings.model import Finding
from checker.findings.support import Summary, Support, summary_of, supports_of
from checker.quantities import Quantity

if TYPE_CHECKING:
    from checker.findings.suppression import Suppressed

__all__ = ["InternalError", "Result"]


class InternalError(NamedTuple):
    """A rule that crashed on this document, or a plugin that could not be loaded; the others went on.

    `rule` is the id of the rule, or the name of the plugin (package:entry point) where `code` is ``plugin-broken``.
    """

    rule: str
    message: str
    code: Literal["rule-crashed", "plugin-broken"] = "rule-crashed"


class Result(NamedTuple):
    """Everything that was read and checked in one document.

    `quantities` are in text order and their ids are their places in the tuple. `claims` run beside them, one for each
    quantity: the first of what it says, `claims_of` gives all. Check ids are places in `checks`. `confirmed_by[i]` are
    the checks that confirm quantity i. `findings` are what is left to look at, `suppressed` what a remark in the text or
    a baseline has settled. A result is `incomplete` where the deadline passed first; `unfinished` are the ids of the
    rules that did not come to their end.
    """

    document: Document
    quantities: tuple[Quantity, ...]
    claims: Sequence[Claim]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    errors: tuple[InternalError, ...] = ()
    incomplete: bool = False
    suppressed: tuple[Suppressed, ...] = ()
    unfinished: tuple[str, ...] = ()

    def claims_of(self, quantity: int) -> tuple[Claim, ...]:
        """All that the quantity with this id says, first what `claims` has of it: A和B均增长5% says it of both, of A, and of B.

        >>> from checker import check
        >>> [claim.metric for claim in check("稻谷和玉米产量均增长5%。").claims_of(0)]
        ['稻谷和玉米产量', '稻谷产量', '玉米产量']
        """
        claim = self.claims[quantity]
        return (claim, *claim.others)

    @property
    def confirmed_by(self) -> tuple[tuple[int, ...], ...]:
        """For each quantity the ids of the checks that confirm it, in order."""
        confirming: list[list[int]] = [[] for _ in self.quantities]
        for check in self.checks:
            for number in check.confirmed or ():
                confirming[number].append(check.id)
        return tuple(tuple(ids) for ids in confirming)

    @property
    def supports(self) -> tuple[Support | None, ...]:
        """For each quantity whether the text confirms it; None for what does not count as a figure here."""
        return supports_of(self.document, self.quantities, self.confirmed_by, self.checks, self.findings)

    @property
    def summary(self) -> Summary:
        """How many figures there are, and how many of them are confirmed, contradicted, unsupported."""
        return summary_of(self.supports)
