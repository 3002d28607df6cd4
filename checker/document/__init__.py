"""A text with its blocks and tables, as every format is read into one, and its folded form."""

from __future__ import annotations

from checker.document.model import Block, BlockKind, Comment, Document, LinePlace, Place, Places, Replacement

__all__ = ["Block", "BlockKind", "Comment", "Document", "LinePlace", "Place", "Places", "Replacement"]
