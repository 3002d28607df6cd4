"""Coverage-guided fuzzing with atheris: ``python tests/fuzz.py TARGET FOLDER [libFuzzer's options]``.

TARGET is ``text``, ``rules``, ``configuration`` or ``files``; FOLDER keeps what the fuzzer finds new, and grows. The inputs of
tests/regressions are where it begins. See docs/limits.md.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from pathlib import Path

REGRESSIONS = Path(__file__).resolve().parent / "regressions"
SECONDS = 10  # no input of these sizes may take longer
SIZES = {"text": 400, "rules": 2000, "configuration": 1000, "files": 8000}


def targets() -> dict[str, Callable[[bytes], None]]:
    """The targets by name."""
    import laws
    from vocabulary import text_of

    def reported(data: bytes) -> bool:
        return zlib.crc32(data) % 8 == 0  # the reports take longer than everything else

    def text(data: bytes) -> None:
        laws.lawful_text(text_of(data), reports=reported(data))

    def files(data: bytes) -> None:
        if data:
            laws.lawful_file(data[1:], laws.NAMES[data[0] % len(laws.NAMES)], reports=reported(data))

    return {"text": text, "rules": laws.lawful_rules, "configuration": laws.lawful_configuration, "files": files}


def main() -> None:
    import atheris

    name, folder = sys.argv[1:3]
    with atheris.instrument_imports(include=["checker"]):
        target = targets()[name]
        import checker.relations
        import checker.sources.delimited
        import checker.sources.html
        import checker.sources.pdf
        import checker.sources.word
        import checker.sources.workbook  # noqa: F401
    Path(folder).mkdir(parents=True, exist_ok=True)
    options = [f"-max_len={SIZES[name]}", f"-timeout={SECONDS}", *sys.argv[3:]]
    atheris.Setup([sys.argv[0], folder, str(REGRESSIONS / name), *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
