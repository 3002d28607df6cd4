"""Which figures of a text belong together: candidates from types and windows, how probably each is a link, and what to say of it."""

from __future__ import annotations

from checker.links.index import Candidate
from checker.links.verdicts import Judgement, Link, Reason, judgements_of, links_of

__all__ = ["Candidate", "Judgement", "Link", "Reason", "judgements_of", "links_of"]
