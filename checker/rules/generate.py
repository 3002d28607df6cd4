"""Write rules.json from the built-in rules.toml: ``python -m checker.rules.generate``.

JSON is read in a tenth of the time that TOML takes, which every start of the program would spend. What the text must hold for a
pattern is written with it as `need`, first the marks between which it stands.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from checker.patterns import need_of
from checker.rules.location import builtin_rules_path
from checker.rules.patterns import expand

__all__ = ["render", "write"]


def render(rules: bytes) -> str:
    """A rule file as JSON, one rule or word list a line, with the checksum of what it was written from."""
    tables = tomllib.loads(rules.decode("utf-8"))

    def dumps(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    words = ",\n".join(f"{dumps(name)}:{dumps(entries)}" for name, entries in tables["words"].items())
    rows = ",\n".join(dumps(_row(row, tables["words"])) for row in tables["rule"])
    return f'{{"crc32":{crc32(rules)},\n"words":{{\n{words}\n}},\n"rule":[\n{rows}\n]}}\n'


def _row(row: dict[str, Any], words: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The table of a rule, with what its pattern needs where it has one."""
    return {**row, "need": _need(row["pattern"], words)} if "pattern" in row else row


def _need(pattern: str, words: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    need = need_of(expand(pattern, words)[0])
    return need.ends, *need.sets


def write() -> Path:
    """Write the copy beside this module; the path written."""
    path = Path(__file__).with_name("rules.json")
    path.write_text(render(Path(builtin_rules_path()).read_bytes()), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    write()
