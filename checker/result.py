"""What checking one document gives."""

from __future__ import annotations

from dataclasses import dataclass

from checker.checks import Check
from checker.claims import Claim
from checker.document import Document
from checker.findings import Finding
from checker.quantities import Quantity

__all__ = ["InternalError", "Result"]


@dataclass(frozen=True, slots=True)
class InternalError:
    """A rule that crashed on this document; the others went on."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that was read and checked in one document.

    `quantities` are in text order and their ids are their places in the tuple; `claims` run beside them, one for
    each quantity; check ids are places in `checks`. `confirmed_by[i]` are the checks that confirm quantity i.
    """

    document: Document
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    errors: tuple[InternalError, ...] = ()
    incomplete: bool = False

    @property
    def confirmed_by(self) -> tuple[tuple[int, ...], ...]:
        """For each quantity the ids of the checks that confirm it, in order."""
        confirming: list[list[int]] = [[] for _ in self.quantities]
        for check in self.checks:
            if check.confirms and check.outcome in ("holds", "holds-rounded"):
                for operand in check.operands:
                    if operand.quantity is not None:
                        confirming[operand.quantity].append(check.id)
        return tuple(tuple(ids) for ids in confirming)
