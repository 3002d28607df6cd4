"""A unit: its name, what it measures, and how many base units it holds."""

from __future__ import annotations

from typing import NamedTuple

from checker.arithmetic.interval import Rational

__all__ = ["Unit"]


class Unit(NamedTuple):
    """One unit of measure or measure word.

    `name` is the canonical writing (人 for 名, 位 and 人); `dimension` names what is measured (``[household]``);
    one of this unit is `factor` of `base` (亩 → 平方米). `counted` units take whole numbers only (户, 人, 个);
    `generic` classifiers (个, 家, 座, 项) measure their head noun rather than a dimension of their own.
    """

    name: str
    dimension: str
    base: str
    factor: Rational
    counted: bool = False
    generic: bool = False
