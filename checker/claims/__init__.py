"""What each figure says: metric, holder, period, what it is compared with, whether it is planned, on what basis."""

from checker.claims.model import Claim
from checker.claims.reading import Claims

__all__ = ["Claim", "Claims"]
