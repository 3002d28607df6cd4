"""Requests to answers."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checker.document import Document
from checker.errors import CheckerError
from checker.pipeline.checker import Checker
from checker.report.jsonout import SCHEMA_VERSION, document_json
from checker.report.problems import said_of, said_of_deadline
from checker.report.writers import Problem
from checker.serving.protocol import PROTOCOL, BadRequest, Id, Request, parse
from checker.settings.live import LiveSettings
from checker.settings.resolver import Settings, asking
from checker.sources import read_bytes, read_document, read_text
from checker.sources.messages import Lang
from checker.version import __version__

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Answerer", "failure"]

Answer = dict[str, Any]
_NAMELESS = "<text>"
_LONGEST = 1024  # characters of a path that is looked for: at each of its levels there may be a configuration
_KEPT = 16  # sets of options whose settings and checkers are kept; a checker holds about a megabyte


@dataclass(frozen=True)
class Answerer:
    """Answers requests.

    `options` are those of a command line: what a request chooses goes before them, and they before the configuration. `files` is
    the only folder whose files may be read, None where none may; configurations are looked for from there, else from the
    working folder.
    """

    options: argparse.Namespace = field(default_factory=lambda: asking(no_config=True))
    files: str | None = None
    _live: Callable[[Lang | None, tuple[str, ...], tuple[str, ...]], LiveSettings] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_live", lru_cache(maxsize=_KEPT)(self._made))

    @property
    def lang(self) -> Lang:
        """The language of messages where a request does not choose."""
        lang: Lang = self.options.lang
        return lang

    @property
    def checker(self) -> Checker:
        """The checker of a request that chooses nothing. Raises CheckerError for a configuration or rules that cannot be used."""
        live = self._live(None, (), ())
        return live.checker(live.of(self._named(Request())))

    def request(self, line: bytes) -> Request:
        """The request in a line. Raises BadRequest."""
        return parse(line, self.lang)

    def answer(self, request: Request) -> Answer:
        """The answer to a request, whatever goes wrong with it."""
        if request.method == "version":
            return {"id": request.id, "version": __version__, "schema_version": SCHEMA_VERSION, "protocol": PROTOCOL}
        if request.method == "shutdown":
            return {"id": request.id, "shutdown": True}
        lang = request.lang or self.lang
        try:
            return self._checked(request, lang)
        except CheckerError as error:
            return failure(request.id, error.code, error.message, request.path)
        except Exception as error:  # a text that breaks the engine must not end the process
            said = f"内部错误：{error!r}" if lang == "zh" else f"internal error: {error!r}"
            return failure(request.id, "internal", said, request.path)

    def _made(self, lang: Lang | None, select: tuple[str, ...], ignore: tuple[str, ...]) -> LiveSettings:
        said: dict[str, object] = {"select": list(select), "ignore": list(ignore)}
        if lang is not None:
            said |= {"lang": lang, "lang_from": "option:lang"}
        return LiveSettings(asking(**(vars(self.options) | said)))

    def _checked(self, request: Request, lang: Lang) -> Answer:
        data = None if request.text is not None else read_bytes(self._allowed(request.path, lang), lang)
        live = self._live(request.lang, request.select, request.ignore)
        if live.changed():
            live.forget()
        name = self._named(request)
        settings = live.of(name)
        checker = live.checker(settings)
        if request.published is not None:
            document = _document(request, data, settings, lang, request.published)
        else:
            document = settings.dated(name, lambda published: _document(request, data, settings, lang, published))
        result = live.settled(checker.check_document(document), settings, name)
        problems = [Problem(request.path, e.code, said_of(e, lang), e.rule) for e in result.errors]
        if result.incomplete:
            problems.append(Problem(request.path, "deadline", said_of_deadline(result, checker.config.deadline, lang)))
        answer = document_json(result, include_text=request.include_text)
        return {"id": request.id, "document": answer, "errors": [problem._asdict() for problem in problems]}

    def _named(self, request: Request) -> str:
        """The path by which settings are found: that of the request, as long as it does not lead out of the folder."""
        folder = os.path.abspath(self.files or os.curdir)
        nameless = os.path.join(folder, _NAMELESS)
        if len(request.path) > _LONGEST:
            return nameless
        path = os.path.abspath(os.path.join(folder, request.path))
        return path if path.startswith(folder if folder.endswith(os.sep) else folder + os.sep) else nameless

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


def _document(
    request: Request, data: bytes | None, settings: Settings, lang: Lang, published: date | str | None
) -> Document:
    """The text of the request, or the file that `data` is of."""
    remarks = settings["plain-text-comments"]
    if request.text is not None:
        return read_text(request.text, request.path, published, kind=request.kind, lang=lang, line_remarks=remarks)
    return read_document(
        request.path, settings["encoding"], published, data=data, lang=lang, line_remarks=remarks,
        max_chars=settings.config.max_chars,
    )  # fmt: skip


def failure(id: Id, code: str, message: str, path: str = "<text>") -> Answer:
    """The answer that nothing was checked, and why."""
    return {"id": id, "document": None, "errors": [Problem(path, code, message)._asdict()]}
