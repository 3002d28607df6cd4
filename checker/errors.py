"""The errors that a person sees: what, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["CheckerError", "ConfigError", "OutputError", "RuleError", "SourceError", "UsageError", "nearest"]


_LOOK_ALIKE = str.maketrans("oil", "011")  # CK3O1 means CK301
_LONGEST = 80


class CheckerError(Exception):
    """The base of every error that this package raises on purpose.

    `code` is a stable word for machines, `message` a sentence for people.
    """

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.__dict__.copy()))


class SourceError(CheckerError):
    """A file that could not be read as a text: missing, binary, undecodable, an unsupported format."""

    code = "unreadable"


class OutputError(CheckerError):
    """A report that could not be written: a folder that is missing or closed, a full disk."""

    code = "unwritable"


class RuleError(CheckerError, ValueError):
    """A rule file that says something the rule format does not know.

    The message names the file, the rule id and the key.
    """

    code = "bad-rule"


class UsageError(CheckerError, ValueError):
    """A call with arguments that do not fit: an unknown rule id, a date that is none, a folder without texts."""

    code = "usage"


class ConfigError(CheckerError, ValueError):
    """A configuration or a baseline that says something unknown; the message names file and line."""

    code = "bad-config"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The name among `known` that is spelled most like `name` and was probably meant, None where none is like it.

    >>> nearest("CK3O1", ["CK301", "CK302"])
    'CK301'
    """
    from difflib import get_close_matches  # only for a name that does not exist

    spelled = {other.lower().translate(_LOOK_ALIKE): other for other in known}
    near = get_close_matches(name[:_LONGEST].lower().translate(_LOOK_ALIKE), spelled, n=1)
    return spelled[near[0]] if near else None


def _rebuild(cls: type[CheckerError], state: dict[str, object]) -> CheckerError:
    error = cls(str(state.get("message", "")))
    error.__dict__.update(state)
    return error
