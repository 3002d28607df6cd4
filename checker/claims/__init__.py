"""What each figure measures: metric, holder, period, scope."""

from checker.claims.model import Claim
from checker.claims.reading import claims_of

__all__ = ["Claim", "claims_of"]
