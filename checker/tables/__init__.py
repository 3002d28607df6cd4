"""Tables in a document: their cells, and what rows and columns say of them."""

from checker.tables.model import Cell, Table

__all__ = ["Cell", "Table"]
