"""Write rules.json from the built-in rules.toml: ``python -m checker.rules.generate``.

JSON is read in a tenth of the time that TOML takes, which every start of the program would spend.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from zlib import crc32

from checker.rules.location import builtin_rules_path

__all__ = ["render", "write"]


def render(rules: bytes) -> str:
    """A rule file as JSON, one rule or word list a line, with the checksum of what it was written from."""
    tables = tomllib.loads(rules.decode("utf-8"))

    def dumps(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    words = ",\n".join(f"{dumps(name)}:{dumps(entries)}" for name, entries in tables["words"].items())
    rows = ",\n".join(map(dumps, tables["rule"]))
    return f'{{"crc32":{crc32(rules)},\n"words":{{\n{words}\n}},\n"rule":[\n{rows}\n]}}\n'


def write() -> Path:
    """Write the copy beside this module; the path written."""
    path = Path(__file__).with_name("rules.json")
    path.write_text(render(Path(builtin_rules_path()).read_bytes()), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    write()
