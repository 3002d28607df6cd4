"""What each figure measures: metric, holder, period, scope."""

from checker.claims.model import Claim, Comparison, Group, Known, Modality, Origin
from checker.claims.reading import Claims

__all__ = ["Claim", "Claims", "Comparison", "Group", "Known", "Modality", "Origin"]
