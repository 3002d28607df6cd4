"""A check that failed, as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, cast

from checker.checks import Check, Severity
from checker.checks.severity import severity_of
from checker.document import Document, Replacement
from checker.quantities import Quantity

__all__ = ["Finding", "Related", "findings_of", "spans_of"]


class Related(NamedTuple):
    """Another figure of the text that a finding stands against; half-open code-point offsets."""

    start: int
    end: int
    text: str


class Finding(NamedTuple):
    """What an editor should look at: where, what, the arithmetic, and what would make it right.

    `replacement` is the `suggestion` as an edit of the text; `identity` is what survives edits elsewhere in the text: the
    rule, the figures, and the words around the finding. `slip` is how much the failure looks like a slip of the pen (`checker.checks.slips`).
    """

    rule: str
    slug: str
    relation: str
    severity: Severity
    start: int
    end: int
    message: str
    expression: str
    check: int
    related: tuple[Related, ...] = ()
    suggestion: str | None = None
    identity: str = ""
    replacement: Replacement | None = None
    slip: float | None = None

    @property
    def fingerprint(self) -> str:
        """The identity in 16 hexadecimal digits."""
        digest: str = _sha256()(self.identity.encode("utf-8", "surrogatepass")).hexdigest()
        return digest[:16]


@cache
def _sha256() -> Callable[[bytes], Any]:
    """What computes SHA-256: the module that `hashlib` uses where there is no OpenSSL, whose library takes 3 ms to load."""
    for name in ("_sha2", "_sha256"):  # from Python 3.12 on, and before
        try:
            return cast("Callable[[bytes], Any]", import_module(name).sha256)
        except ImportError:
            continue
    from hashlib import sha256

    return sha256


def findings_of(document: Document, quantities: Sequence[Quantity], checks: Iterable[Check]) -> tuple[Finding, ...]:
    """The findings that failing checks give, in text order.

    A check that holds only if a figure was cut instead of rounded is an info.
    """
    found = [_finding(document, quantities, check) for check in checks if check.outcome in ("fails", "holds-truncated")]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


def _finding(document: Document, quantities: Sequence[Quantity], check: Check) -> Finding:
    text = document.text
    spans = spans_of(check, quantities)
    start, end = spans[-1] if spans else (check.start, check.end)
    if check.accused is not None:
        start, end = _span(check.accused, None, None, quantities)
    return Finding(
        rule=check.rule, slug=check.slug, relation=check.relation, severity=severity_of(check.severity, outcome=check.outcome), start=start, end=end,
        message=check.message, expression=check.expression, check=check.id,
        related=tuple(Related(a, b, text[a:b]) for a, b in spans if (a, b) != (start, end)), suggestion=check.suggestion,
        identity="\0".join((check.rule, *(text[a:b] for a, b in spans), _around(text, start, end))),
        replacement=check.replacement, slip=check.slip,
    )  # fmt: skip


def spans_of(check: Check, quantities: Sequence[Quantity]) -> tuple[tuple[int, int], ...]:
    """Where the figures of a check stand, each once, in text order; half-open code-point offsets."""
    return tuple(sorted({_span(o.quantity, o.start, o.end, quantities) for o in check.operands}))


def _span(quantity: int | None, start: int | None, end: int | None, quantities: Sequence[Quantity]) -> tuple[int, int]:
    if quantity is not None:
        return quantities[quantity].start, quantities[quantity].end
    assert start is not None and end is not None  # an operand names a quantity or a stretch of the text
    return start, end


def _around(text: str, start: int, end: int) -> str:
    return "".join(text[max(0, start - 12) : end + 12].split())
