"""What a figure measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    from checker.claims.further import Comparison, Group, Known, Modality
    from checker.claims.measures import ClaimType, Direction

    class Fields(Protocol):
        """Reads the fields of claims that are worked out only when they are asked for."""

        def compared_to(self, claim: Claim) -> Comparison | None: ...
        def modality(self, claim: Claim) -> tuple[Modality, ...]: ...
        def scope(self, claim: Claim) -> tuple[str, ...]: ...
        def basis(self, claim: Claim) -> tuple[str, ...]: ...
        def source(self, claim: Claim) -> str | None: ...
        def group(self, claim: Claim) -> Group | None: ...
        def known(self, claim: Claim) -> Known: ...
        def others(self, claim: Claim) -> tuple[Claim, ...]: ...


__all__ = ["Claim"]


class _Read(NamedTuple):
    """The fields that rules read."""

    quantity: int
    metric: str | None = None
    holder: str | None = None
    period: str | None = None
    narrowed: frozenset[str] = frozenset()
    head: str | None = None
    type: ClaimType | None = None
    direction: Direction | None = None


class Claim(_Read):
    """A quantity with what it measures; every field may be unknown.

    `type` is the kind of statement (level, change, share …; ``docs/claims.md``), `metric` the noun phrase measured
    (学校更换电脑), `holder` the place or body it is said of (全县), `period` ISO 8601 (2016, 2016-04, 2016/2020)
    or a label (报告期末), `direction` that of a change. `head` is the noun that a classifier counts (家 in 129家合作社 counts 合作社).
    `narrowed` are the words right before the figure that narrow it (共, 累计), as rules see them; `scope` are all of them.

    The properties below are worked out when they are first asked for, and take no part in comparing two claims.
    """

    _fields_of: Fields | None = None
    _group: Group | None = None  # of a claim that is one of several of its figure

    def read_by(self, fields: Fields, group: Group | None = None) -> Claim:
        """The same claim, whose further fields are read by `fields`."""
        self._fields_of = fields
        if group is not None:
            self._group = group
        return self

    @property
    def compared_to(self) -> Comparison | None:
        """What a change is measured against."""
        return None if self._fields_of is None else self._fields_of.compared_to(self)

    @property
    def modality(self) -> tuple[Modality, ...]:
        """Whether it is so (``actual``), ``planned`` or ``forecast``; then ``at_least`` or ``at_most`` for a limit, and ``negated``.

        Empty for what states nothing, such as a date.
        """
        return () if self._fields_of is None else self._fields_of.modality(self)

    @property
    def scope(self) -> tuple[str, ...]:
        """The words that narrow it, in the order of the text: 其中, 累计, 人均, 以上."""
        return () if self._fields_of is None else self._fields_of.scope(self)

    @property
    def basis(self) -> tuple[str, ...]:
        """How it was worked out, in the words of the text: 可比价格, 规模以上, 初步核算."""
        return () if self._fields_of is None else self._fields_of.basis(self)

    @property
    def source(self) -> str | None:
        """Who says it: 海关 in 据海关统计."""
        return None if self._fields_of is None else self._fields_of.source(self)

    @property
    def group(self) -> Group | None:
        """The coordination in which it stands."""
        return self._group or (None if self._fields_of is None else self._fields_of.group(self))

    @property
    def known(self) -> Known:
        """How metric, holder and period are known."""
        from checker.claims.further import NOTHING_KNOWN

        return NOTHING_KNOWN if self._fields_of is None else self._fields_of.known(self)

    @property
    def others(self) -> tuple[Claim, ...]:
        """The other claims of the same figure: A和B均增长5% says it of A, and of B."""
        return () if self._fields_of is None else self._fields_of.others(self)
