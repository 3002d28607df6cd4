"""What each figure measures: metric, holder, period, scope."""

from checker.claims.model import Claim
from checker.claims.reading import Claims

__all__ = ["Claim", "Claims"]
