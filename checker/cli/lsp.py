"""`checker lsp`."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import redirect_stdout

from checker.errors import CheckerError
from checker.lsp.settings import Settings

__all__ = ["run"]

_SWITCH = 0.0005  # seconds: how long a text that is being checked may keep a keystroke waiting; 0.005 unless told


def run(options: argparse.Namespace) -> int:
    """Speak the Language Server Protocol on standard input and output until the client says exit; 1 where it did not ask to shut down.

    Raises CheckerError where the extra is not installed.
    """
    try:
        from checker.lsp.server import make_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        said = "语言服务器需要另装组件" if options.lang == "zh" else "the language server needs an extra"
        raise CheckerError(f"{said}: pip install 'cn-metric-checker[lsp]'", code="missing-extra") from None
    sys.setswitchinterval(_SWITCH)
    rules = tuple(str(path) for path in options.rules)
    server = make_server(
        Settings(
            lang=options.lang, lang_from=options.lang_from, rules=rules, plugins=options.plugins, config=options.config,
            no_config=options.no_config,
        )
    )  # fmt: skip
    if sys.stdin.isatty():
        _expect_a_person(options.lang)
    # The server closes what it writes to, and what a plugin prints must not come between the messages.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        server.start_io(sys.stdin.buffer, out)
    return 0 if server.stopped else 1  # as the protocol has it


def _expect_a_person(lang: str) -> None:
    """Say at a terminal what is waited for, and let Ctrl-C end it: asyncio would first wait for the thread that reads."""
    import signal

    from checker.cli.streams import complain

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    complain(
        "the language server is waiting for an editor (docs/editors.md); Ctrl-C ends it"
        if lang == "en"
        else "语言服务器在等编辑器来连接（见 docs/editors.md），按 Ctrl-C 结束"
    )
