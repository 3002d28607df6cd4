"""What is asked of a table that has been read: the claims of its numbers."""

from __future__ import annotations

from collections.abc import Container
from typing import Protocol

from checker.claims.model import Claim

__all__ = ["ClaimsOfCells"]


class ClaimsOfCells(Protocol):
    """A table whose heads tell what its numbers measure; `places` holds the ids of these."""

    @property
    def places(self) -> Container[int]: ...

    def claim(self, number: int) -> Claim:
        """What the number of a cell measures."""
        ...
