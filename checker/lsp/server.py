"""The language server: texts that are open, checked after each change, in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Event

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from checker.errors import CheckerError, ConfigError
from checker.lsp.actions import actions_of
from checker.lsp.analysis import Analysis, analyse
from checker.lsp.diagnostics import SOURCE, Shown, diagnostics_of
from checker.lsp.hovering import hover_of
from checker.lsp.settings import Settings, merged
from checker.lsp.text import Encoding, Text
from checker.settings.live import LiveSettings
from checker.sources.messages import Lang
from checker.version import __version__

__all__ = ["Server", "make_server"]

_WATCHED = ("**/*.toml", "**/*.json")  # configurations and what they extend, rule files, baselines


@dataclass
class _Open:
    """A text that is open in the editor. `analysis` is of this very text, or None while it is being checked."""

    uri: str
    language: str
    version: int
    text: Text
    analysis: Analysis | None = None
    task: asyncio.Task[None] | None = None
    stale: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Let what is being checked, or waits to be, come to nothing."""
        self.analysis = None
        self.stale.set()
        self.stale = Event()
        if self.task is not None:
            self.task.cancel()
            self.task = None


class _Protocol(LanguageServerProtocol):
    """The texts are kept here and not by pygls, which splits lines at characters that the protocol takes for text."""

    _server: Server

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.closed(params.text_document.uri)


class Server(LanguageServer):
    """Checks the texts that are open; one at a time, the newest version only."""

    def __init__(self, defaults: Settings) -> None:
        super().__init__(
            SOURCE, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental, protocol_cls=_Protocol
        )
        self._defaults = defaults  # of the command line
        self._initial: object = None  # of initializationOptions
        self.settings = defaults
        self._open: dict[str, _Open] = {}
        self._live = LiveSettings(defaults.options)
        self._tried: Settings | None = None  # the settings that `_live` has been tried with
        self.stopped = False
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="checker")

    # What the client says of itself

    def started(self, params: types.InitializeParams) -> None:
        """Take the options that the client starts with."""
        self._initial = params.initialization_options
        self.configure(None)

    @property
    def encoding(self) -> Encoding:
        """How the client counts columns."""
        kinds: dict[str, Encoding] = {"utf-8": "utf-8", "utf-32": "utf-32"}
        agreed = self.server_capabilities.position_encoding
        return kinds.get(str(getattr(agreed, "value", agreed)), "utf-16")

    @property
    def shown(self) -> Shown:
        """What the client shows of a diagnostic."""
        documents = self.client_capabilities.text_document
        publishing = None if documents is None else documents.publish_diagnostics
        if publishing is None:
            return Shown(related=False, pages=False)
        return Shown(bool(publishing.related_information), bool(publishing.code_description_support))

    @property
    def _takes_versions(self) -> bool:
        workspace = self.client_capabilities.workspace
        edits = None if workspace is None else workspace.workspace_edit
        return edits is not None and bool(edits.document_changes)

    @property
    def _shows_markdown(self) -> bool:
        documents = self.client_capabilities.text_document
        hover = None if documents is None else documents.hover
        return hover is not None and types.MarkupKind.Markdown in (hover.content_format or ())

    def configure(self, given: object) -> None:
        """Take other settings, the client's over those it started with, and check all texts again.

        What is wrong is shown, and then the settings stay as they were.
        """
        try:
            settings = merged(merged(self._defaults, self._initial), given)
            if settings != self._tried:
                self._live = _tried(settings)
            self.settings = self._tried = settings
        except CheckerError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"checker: {error.message}"))
        self.check_all()

    def reread(self) -> None:
        """Where a file has changed that the settings come from, read all of them again and check all texts again."""
        if self._live.changed():
            self._live = LiveSettings(self.settings.options)  # a check that runs keeps the one that it began with
            self.check_all()

    async def pull(self, pushed: object) -> None:
        """Ask the client for its settings, or take those that it sent where it cannot be asked."""
        workspace = self.client_capabilities.workspace
        if workspace is not None and workspace.configuration:
            items = [types.ConfigurationItem(section=SOURCE)]
            pushed = (await self.workspace_configuration_async(types.ConfigurationParams(items)))[0]
        self.configure(pushed or None)

    async def watch(self) -> None:
        """Ask the client to tell of changed files, and of changed settings."""
        workspace = self.client_capabilities.workspace
        files = None if workspace is None else workspace.did_change_watched_files
        settings = None if workspace is None else workspace.did_change_configuration
        wanted = []
        if files is not None and files.dynamic_registration:
            globs = [types.FileSystemWatcher(glob) for glob in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(globs)
            wanted.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
        if settings is not None and settings.dynamic_registration:
            section = types.DidChangeConfigurationRegistrationOptions(section=SOURCE)
            wanted.append(types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
        if wanted:
            await self.client_register_capability_async(types.RegistrationParams(wanted))

    # Texts

    def opened(self, item: types.TextDocumentItem) -> None:
        """A text is open: check it at once."""
        self.reread()
        if (before := self._open.get(item.uri)) is not None:
            before.cancel()
        text = Text(item.text, self.encoding)
        self._open[item.uri] = _Open(item.uri, item.language_id, item.version, text)
        self._check_soon(self._open[item.uri], 0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """A text is another: check it when it has stayed so for a moment."""
        document = self._open.get(params.text_document.uri)
        if document is None:
            return
        for change in params.content_changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = change.range.start, change.range.end
                document.text = document.text.edited(
                    (start.line, start.character), (end.line, end.character), change.text
                )
            else:
                document.text = Text(change.text, self.encoding)
        document.version = params.text_document.version
        self._check_soon(document, self.settings.debounce)

    def closed(self, uri: str) -> None:
        """A text is no longer open: nothing is said of it."""
        document = self._open.pop(uri, None)
        if document is not None:
            document.cancel()
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def check_all(self) -> None:
        """Check all open texts again."""
        for document in self._open.values():
            self._check_soon(document, 0)

    def _check_soon(self, document: _Open, delay: float) -> None:
        document.cancel()
        document.task = asyncio.get_running_loop().create_task(self._check(document, delay))

    async def _check(self, document: _Open, delay: float) -> None:
        """Check a text and publish what is found. Whoever changes the text cancels this first."""
        await asyncio.sleep(delay)
        stale, source, uri, lang = document.stale, document.text, document.uri, self.settings.lang
        work = partial(_work, source, uri, document.language, self._live, lang, self.shown, stale.is_set)
        try:
            done = await asyncio.get_running_loop().run_in_executor(self._worker, work)
        except Exception as error:  # what cannot be shown must not look as if nothing were wrong
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"checker: {error!r}"))
            return
        if done is None or stale.is_set():
            return
        document.analysis, diagnostics = done
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, document.version))
        result = document.analysis.result
        for crash in () if result is None else result.errors:
            said = f"checker: {crash.rule}: {crash.message}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, said))

    async def _analysed(self, uri: str) -> tuple[_Open, Analysis] | None:
        """A text that is open and the analysis of it as it is now, waited for; None where there is none."""
        while (document := self._open.get(uri)) is not None:
            if document.analysis is not None:
                return document, document.analysis
            if (task := document.task) is None or task.done():
                return None
            await asyncio.wait({task})  # where a change cancels it, the next one is waited for
        return None

    # What the client asks

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is told of the figure at a position."""
        if (found := await self._analysed(params.text_document.uri)) is None:
            return None
        document, analysis = found
        offset = document.text.offset(params.position.line, params.position.character)
        return hover_of(analysis, offset, markdown=self._shows_markdown)

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings in a range."""
        uri = params.text_document.uri
        if (found := await self._analysed(uri)) is None:
            return []
        document, analysis = found
        version = document.version if self._takes_versions else None
        return actions_of(analysis, uri, version, params.range, params.context.only, self.shown)

    def stop(self) -> None:
        """Let go of all texts; a check that runs ends at its next rule."""
        for document in self._open.values():
            document.cancel()
        self._open.clear()
        self.stopped = True
        self._worker.shutdown(wait=False, cancel_futures=True)


def _tried(settings: Settings) -> LiveSettings:
    """What these settings give, used once: a rule that does not exist is told now. Raises CheckerError."""
    live = LiveSettings(settings.options)
    with suppress(ConfigError):  # which is no fault of these settings, and is shown at the texts that it is about
        live.checker(live.of("-"))
    return live


def _work(
    source: Text,
    uri: str,
    language: str,
    live: LiveSettings,
    lang: Lang,
    shown: Shown,
    cancelled: Callable[[], bool],
) -> tuple[Analysis, list[types.Diagnostic]] | None:
    """What is done in the thread: the analysis and its diagnostics; None where it was cancelled."""
    analysis = analyse(source, to_fs_path(uri) or uri, language, live, lang, cancelled)
    if analysis is None or cancelled():
        return None
    return analysis, diagnostics_of(analysis, uri, shown)


def make_server(defaults: Settings) -> Server:
    """A server that has not started; `defaults` are the options of the command line."""
    server = Server(defaults)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.started(params)

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        await server.watch()
        await server.pull(None)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def changed_settings(params: types.DidChangeConfigurationParams) -> None:
        await server.pull(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_files(params: types.DidChangeWatchedFilesParams) -> None:
        server.reread()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.reread()

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return await server.hover(params)

    actions_offered = types.CodeActionOptions([types.CodeActionKind.QuickFix])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, actions_offered)
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await server.actions(params)

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.stop()

    return server
