"""When this process loaded the command line; `checker.cli` takes care that it is before a command is loaded."""

from __future__ import annotations

import time

__all__ = ["STARTED"]

STARTED = time.time()  # seconds since 1970; code that was changed later may not be the code that runs
