"""checker: a consistency checker for the figures in a Chinese text.

>>> import checker
>>> result = checker.check("全县共有贫困村21个，其中已出列15个。")
>>> [(q.value, q.unit.name) for q in result.quantities]
[(21, '个'), (15, '个')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checker.version import __version__

if TYPE_CHECKING:
    from datetime import date

    from checker.config import Config
    from checker.findings.result import Result
    from checker.pipeline.checker import Checker
    from checker.quantities import Quantity

__all__ = ["Checker", "Config", "Result", "__version__", "check", "figures"]

# Public modules that moved are found under their old names too.
__path__ += [f"{folder}/formerly" for folder in __path__]

_LAZY = {"Checker": "checker.pipeline.checker", "Config": "checker.config", "Result": "checker.findings.result"}


def check(text: str, *, published: date | str | None = None, config: Config | None = None) -> Result:
    """Check one text; reads no file and no configuration.

    `published` is the day of publication (a date, or 2017-06-09). For many texts make one `Checker` and keep it.
    """
    from checker.config import Config
    from checker.pipeline.checker import Checker

    return Checker(config or Config()).check(text, published=published)


def figures(text: str, *, config: Config | None = None) -> tuple[Quantity, ...]:
    """The figures of one text, in order, with nothing checked: value, unit and interval of each; reads no file.

    Offsets are code points of `text`. Dates, ordinals, codes and the like are there as their own kinds. Only
    `config.about`, what 约 stands for, is looked at.

    >>> [(q.value, q.unit.name) for q in figures("每件50元6角，共十几万件。") if q.value is not None]
    [(Fraction(253, 5), '元')]
    """
    from checker.config import Config
    from checker.quantities import read_quantities
    from checker.sources import make_document

    return read_quantities(make_document(text), tolerance=(config or Config()).about)


def __getattr__(name: str) -> Any:
    """Import the public classes when they are asked for, so that `checker --help` need not wait for them."""
    if name in _LAZY:
        import importlib

        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(name)
