"""Runs the command line once, and prints on standard error where its milliseconds went, as JSON.

    python benchmarks/phases.py check a.txt

Time is counted towards whatever is innermost: a pattern that a module compiles while it is imported is a pattern, a module
that a check imports is a module. Nothing but `sys` and `time` is imported before the clock runs, so that what the command
line needs is still to be imported.
"""

# What types would need may not be imported yet.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import sys
from time import perf_counter

TOTALS: dict[str, float] = {}
_stack = ["rest"]
_since = perf_counter()


def _switch() -> None:
    """The time since the last call went to what is innermost."""
    global _since
    now = perf_counter()
    TOTALS[_stack[-1]] = TOTALS.get(_stack[-1], 0.0) + now - _since
    _since = now


def counted(function, phase):
    """The function, its own time counted towards a phase; `phase` may be a function of the first argument."""

    def wrapped(*arguments, **options):
        _switch()
        _stack.append(phase(arguments[0]) if callable(phase) else phase)
        try:
            return function(*arguments, **options)
        finally:
            _switch()
            _stack.pop()

    return wrapped


# Functions that are a phase of their own, by the module that defines them; where one is not there, its time is the caller's.
FUNCTIONS = {
    "re._compiler": {"compile": "patterns"},
    "regex._main": {"_compile": "patterns"},
    "checker.rules.loading": {"load_rules": "rules"},
    "checker.units.table": {"load_units": "words"},
    "checker.data": {"read_lines": "words"},
}
METHODS = {
    "checker.pipeline.checker": ("Checker", "check_document", "check"),
}
_OWNERS = {
    "checker": "own",
    "regex": "regex",
    "rich": "rich",
    "pygments": "rich",
    "markdown_it": "rich",
    "mdurl": "rich",
}


def _owner(name: str) -> str:
    package = name.partition(".")[0]
    return _OWNERS.get(package) or ("stdlib" if package in sys.stdlib_module_names else "other")


def _prepared(name: str) -> None:
    """A module has been imported: count its functions."""
    module = sys.modules.get(name)
    for function, phase in FUNCTIONS.get(name, {}).items():
        if hasattr(module, function):
            setattr(module, function, counted(getattr(module, function), phase))
    if name in METHODS:
        kind, method, phase = METHODS[name]
        of = getattr(module, kind)
        setattr(of, method, counted(getattr(of, method), phase))


def install() -> None:
    """Count imports. The interpreter looks its own function for them up by name each time."""
    import _frozen_importlib as machinery

    find = counted(machinery._find_and_load, _owner)  # type: ignore[attr-defined]

    def find_and_load(name, *arguments):
        new = name not in sys.modules
        module = find(name, *arguments)
        if new:
            _prepared(name)
        return module

    machinery._find_and_load = find_and_load  # type: ignore[attr-defined]
    for name in FUNCTIONS:
        if name in sys.modules:
            _prepared(name)


def main() -> int:
    install()
    from checker.cli import main as command_line

    code = command_line(sys.argv[1:])
    _switch()
    import json

    print(json.dumps(TOTALS), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.path.pop(0)  # the folder of this file, which the command line has not
    sys.exit(main())
