"""Reading figures: from a document's text to its quantities, in one pass."""

from checker.quantities.model import Approximation, Kind, Quantity
from checker.quantities.scanner import read_quantities

__all__ = ["Approximation", "Kind", "Quantity", "read_quantities"]
