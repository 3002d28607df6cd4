"""Requests to answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from checker.checking import Checker
from checker.cli.running import said_of
from checker.cli.settings import unknown_rule
from checker.config import Config
from checker.document import Document
from checker.errors import CheckerError, UsageError
from checker.report.jsonout import SCHEMA_VERSION, Problem, document_json
from checker.serving.protocol import PROTOCOL, BadRequest, Id, Request, parse
from checker.sources import read_bytes, read_document, read_text
from checker.sources.messages import Lang
from checker.version import __version__

__all__ = ["Answerer", "checker_cache", "failure"]

Answer = dict[str, Any]
_KEPT = 16  # checkers of distinct options that are kept; one holds about a megabyte


def checker_cache() -> Callable[[Config], Checker]:
    """A function that gives the checker of a configuration, the last ones used kept.

    What it gives raises CheckerError, for a rule that does not exist with the nearest spelling.
    """
    return lru_cache(maxsize=_KEPT)(_made)


def _made(config: Config) -> Checker:
    try:
        return Checker(config)
    except UsageError as error:
        if error.code != "unknown-rule":
            raise
        every = Checker(Config(rules=config.rules, lang=config.lang, plugins=config.plugins))
        known = [name for rule in every.all_rules for name in (rule.id, rule.slug)]
        unknown = next(name for name in (*config.select, *config.ignore) if name not in known)
        raise UsageError(unknown_rule(unknown, known, config.lang), code=error.code) from None


@dataclass(frozen=True)
class Answerer:
    """Answers requests; `files` is the only folder whose files may be read, None where none may."""

    base: Config = field(default_factory=Config)
    files: str | None = None
    _checker_of: Callable[[Config], Checker] = field(default_factory=checker_cache, repr=False, compare=False)

    def request(self, line: bytes) -> Request:
        """The request in a line. Raises BadRequest."""
        return parse(line, self.base.lang)

    def answer(self, request: Request) -> Answer:
        """The answer to a request, whatever goes wrong with it."""
        if request.method == "version":
            return {"id": request.id, "version": __version__, "schema_version": SCHEMA_VERSION, "protocol": PROTOCOL}
        if request.method == "shutdown":
            return {"id": request.id, "shutdown": True}
        try:
            return self._checked(request)
        except CheckerError as error:
            return failure(request.id, error.code, error.message, request.path)
        except Exception as error:  # a text that breaks the engine must not end the process
            said = f"内部错误：{error!r}" if request.lang == "zh" else f"internal error: {error!r}"
            return failure(request.id, "internal", said, request.path)

    def _checked(self, request: Request) -> Answer:
        base = self.base
        checker = self._checker_of(
            Config(
                rules=base.rules, lang=request.lang, select=request.select, ignore=request.ignore, about=base.about,
                plugins=base.plugins,
            )
        )  # fmt: skip
        result = checker.check_document(self._document(request))
        problems = [Problem(request.path, e.code, said_of(e, request.lang), e.rule) for e in result.errors]
        document = document_json(result, include_text=request.include_text)
        return {"id": request.id, "document": document, "errors": [problem._asdict() for problem in problems]}

    def _document(self, request: Request) -> Document:
        lang = request.lang
        if request.text is not None:
            return read_text(request.text, request.path, request.published, kind=request.kind, lang=lang)
        data = read_bytes(self._allowed(request.path, lang), lang)
        return read_document(request.path, None, request.published, data=data, lang=lang)

    def _allowed(self, path: str, lang: Lang) -> str:
        """The real path of a file that may be read. Raises BadRequest."""
        if self.files is None:
            said = (
                "请求里没有 text；要检查磁盘上的文件，请以 --files 文件夹 启动"
                if lang == "zh"
                else "the request holds no text; to check files on disk, start with --files FOLDER"
            )
            raise BadRequest(said, code="files-not-allowed")
        try:
            folder = os.path.realpath(self.files)
            real = os.path.realpath(os.path.join(folder, path))
            inside = os.path.commonpath((folder, real)) == folder
        except ValueError:  # another drive, a NUL in the name
            inside = False
        if not inside:
            said = f"“{path}”不在 {self.files} 之内" if lang == "zh" else f"“{path}” is not inside {self.files}"
            raise BadRequest(said, code="files-not-allowed")
        return real


def failure(id: Id, code: str, message: str, path: str = "<text>") -> Answer:
    """The answer that nothing was checked, and why."""
    return {"id": id, "document": None, "errors": [Problem(path, code, message)._asdict()]}
