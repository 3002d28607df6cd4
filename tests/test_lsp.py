"""The language server, driven over standard input and output as an editor does."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, default_converter, register_lsp_features

from checker import Checker
from checker.errors import UsageError
from checker.findings.baseline import Entry, write_entries
from checker.lsp.actions import actions_of
from checker.lsp.analysis import analyse
from checker.lsp.diagnostics import Shown
from checker.lsp.settings import Settings, merged
from checker.lsp.text import Encoding, Text
from checker.settings.live import LiveSettings
from checker.settings.resolver import asking

ROOT = Path(__file__).resolve().parent.parent
BAD = "全县易地搬迁163户41人。"
GOOD = "全县易地搬迁163户414人。"
SLIP = "受益农户2140户，户均年增收3000元，合计856万元。"
FIGURES = "2020年全县共有贫困村21个，其中已出列15个。"
URI = "untitled:a"
PLAIN = LiveSettings(asking(no_config=True))


class Editor:
    """One text in one editor, and everything that the server has published of it."""

    def __init__(self, client: LanguageClient, uri: str) -> None:
        self.client, self.uri = client, uri
        self.published: list[tuple[int | None, Sequence[types.Diagnostic]]] = []
        self.shown: list[str] = []
        self.registered: list[str] = []
        self.news = asyncio.Event()
        self.encoding: Encoding = "utf-16"
        self.version, self.text = 0, Text("")

    def open(self, text: str, language: str = "plaintext") -> None:
        self.version, self.text = 1, Text(text, self.encoding)
        item = types.TextDocumentItem(self.uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, old: str, new: str) -> None:
        """Replace the first `old` in the text by an incremental change."""
        start = self.text.text.index(old)
        places = self.text.position(start), self.text.position(start + len(old))
        self.edit(types.TextEdit(types.Range(*(types.Position(*place) for place in places)), new))

    def edit(self, edit: types.TextEdit) -> None:
        """Apply an edit as the editor would, and tell the server."""
        start, end = edit.range.start, edit.range.end
        self.text = self.text.edited((start.line, start.character), (end.line, end.character), edit.new_text)
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangePartial(edit.range, edit.new_text)],
            )
        )

    async def seen(self, count: int = 0) -> Sequence[types.Diagnostic]:
        """The diagnostics of the present version; with `count`, once as many have been published in all."""
        async with asyncio.timeout(20):
            while not self.published or self.published[-1][0] != self.version or len(self.published) < count:
                self.news.clear()
                await self.news.wait()
        return list(self.published[-1][1])

    async def until(self, fits: Callable[[Sequence[types.Diagnostic]], bool]) -> None:
        """Wait for diagnostics of the present version that fit; others may come before the settings are known."""
        async with asyncio.timeout(20):
            while not fits(await self.seen()):
                self.news.clear()
                await self.news.wait()

    async def hover(self, at: str, after: int = 0) -> str | None:
        line, column = self.text.position(self.text.text.index(at) + after)
        answer = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(self.uri), types.Position(line, column))
        )
        return None if answer is None else answer.contents.value

    async def actions(self, at: str, only: list[Any] | None = None) -> list[types.CodeAction]:
        line, column = self.text.position(self.text.text.index(at))
        place = types.Position(line, column)
        answer = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri), types.Range(place, place), types.CodeActionContext([], only)
            )
        )
        return [action for action in answer or [] if isinstance(action, types.CodeAction)]


@asynccontextmanager
async def editor(
    options: Any = None, capabilities: types.ClientCapabilities | None = None, uri: str = URI, settings: Any = None,
    arguments: Sequence[str] = (),
) -> AsyncIterator[Editor]:  # fmt: skip
    """A server that runs, and an editor that has greeted it; at the end both take leave, and the server must end with 0."""
    client = LanguageClient(converter_factory=default_converter, configuration={"": {"checker": settings or {}}})
    publish, register, show = (
        types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, types.CLIENT_REGISTER_CAPABILITY, types.WINDOW_SHOW_MESSAGE,
    )  # fmt: skip
    register_lsp_features(
        client, {k: v for k, v in DEFAULT_CLIENT_FEATURES.items() if k not in (publish, register, show)}
    )
    one = Editor(client, uri)

    @client.feature(publish)
    def published(params: types.PublishDiagnosticsParams) -> None:
        if params.uri == one.uri:
            one.published.append((params.version, params.diagnostics))
            one.news.set()

    @client.feature(register)
    def registered(params: types.RegistrationParams) -> None:
        one.registered += [registration.method for registration in params.registrations]

    @client.feature(show)
    def shown(params: types.ShowMessageParams) -> None:
        one.shown.append(params.message)
        one.news.set()

    await client.start_io(sys.executable, "-m", "checker", "lsp", "--stdio", *arguments, cwd=ROOT)
    answer = await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities or client_capabilities("visual-studio-code"),
            initialization_options=options,
        )
    )
    sync = answer.capabilities.text_document_sync
    assert isinstance(sync, types.TextDocumentSyncOptions) and sync.save  # else nobody would tell of it
    agreed = answer.capabilities.position_encoding
    one.encoding = getattr(agreed, "value", agreed) or "utf-16"
    try:
        yield one
    finally:
        async with asyncio.timeout(20):
            await client.shutdown_session()
            await client.stop()
    server = client._server
    assert server is not None and server.returncode == 0


def said(diagnostics: Sequence[types.Diagnostic]) -> list[tuple[object, str, object, object]]:
    """Code, place, severity and first line of each diagnostic."""
    return [(d.code, str(d.range), d.severity, d.message.splitlines()[0]) for d in diagnostics]


@pytest.mark.asyncio
async def test_diagnostics_come_change_and_go() -> None:
    async with editor({"debounce": 20}) as one:
        one.open(f"标题\r\n𠮷😀{BAD}\r\n")
        (found,) = await one.seen()
        # 𠮷 and 😀 are two UTF-16 units each: 41人 begins at 4 + 10.
        assert said([found]) == [("CK301", "1:14-1:17", types.DiagnosticSeverity.Error, "41人少于163户，每户不足一人")]
        assert found.source == "checker"
        assert "算式：41人 < 163户" in found.message
        (other,) = found.related_information or []
        assert (str(other.location.range), other.message, other.location.uri) == ("1:10-1:14", "163户", URI)
        page = (found.code_description or types.CodeDescription("")).href
        assert page == (ROOT / "docs/rules/CK301.md").as_uri()
        one.change("41人", "414人")
        assert await one.seen() == []
        one.change("标题\r\n", "标题\u2028仍是第一行\x0c\r\n另一行\r\n")
        one.change("414人", "41人")
        assert [str(d.range) for d in await one.seen()] == ["2:14-2:17"]
        one.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(URI)))
        one.version = None  # type: ignore[assignment]
        assert await one.seen() == []


@pytest.mark.asyncio
async def test_nothing_is_published_of_a_version_that_is_no_more() -> None:
    text = "\n\n".join([*(path.read_text("utf-8") for path in sorted((ROOT / "samples/planted").iterdir()))] * 8)
    async with editor({"debounce": 40}) as one:
        one.open(f"{text}\n\n{BAD}")
        for n in range(30):  # a fast typist, over a text that takes longer to check than a key takes
            one.change(BAD[-1], BAD[-1] + "续" if n % 2 else BAD[-1])
            await asyncio.sleep(0.01)
        one.change(BAD, GOOD)
        await one.seen()
        await asyncio.sleep(0.3)
        assert [version for version, _ in one.published] == [one.version]
        # While a check runs the server answers: a hover waits for that text only.
        one.change(GOOD, BAD)
        one.change(BAD, GOOD)
        assert "414" in (await one.hover("414人") or "")
        assert [version for version, _ in one.published][1:] == [one.version]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("encoding", "place"), [("utf-8", "0:32-0:37"), ("utf-16", "0:14-0:17"), ("utf-32", "0:12-0:15")]
)
async def test_columns_are_counted_as_agreed(encoding: Encoding, place: str) -> None:
    capabilities = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(encoding)])
    )
    async with editor({"debounce": 0}, capabilities) as one:
        assert one.encoding == encoding
        one.open(f"𠮷😀{BAD}")
        (found,) = await one.seen()
        assert str(found.range) == place
        assert found.related_information is None and found.code_description is None
        assert (await one.hover("41人", 1) or "").startswith("41人 数量")
        one.change("41人", "414人")
        assert await one.seen() == []


@pytest.mark.asyncio
async def test_hover_tells_how_a_figure_was_read() -> None:
    async with editor({"debounce": 0}) as one:
        one.open(f"{FIGURES}\n\n{SLIP.replace('3000', '4000')}\n\n{BAD}\n\n规模超过1.5亿元。")
        told = await one.hover("15个") or ""
        assert told.startswith("**`15个` 数量**")
        for part in ("- 数值：`15 个`", "- 区间：`[15, 15]`", "- 指标：`出列`", "- 时期：`2020`"):
            assert part in told, told
        assert "- 得到印证 CK601：`" in (await one.hover("4000元") or "")
        assert "- 互相矛盾 CK301：`41人 < 163户`" in (await one.hover("163户") or "")
        assert "∞)" in (await one.hover("1.5亿") or "")
        assert "- 限定：`超过`" in (await one.hover("1.5亿") or "")
        assert await one.hover("规模") is None
        one.change(FIGURES, "")
        assert "163户" in (await one.hover("163户") or "")


@pytest.mark.asyncio
async def test_the_suggested_slip_makes_the_finding_go_away() -> None:
    async with editor({"debounce": 0}) as one:
        one.open(f"𠮷县😀：{SLIP}\n")
        await one.seen()
        mend, ignore = await one.actions("3000元")
        assert (mend.title, mend.kind, mend.is_preferred) == ("改为 4000（3000 → 4000）", "quickfix", True)
        assert [d.code for d in mend.diagnostics or []] == ["CK601"]
        assert mend.edit is not None
        (change,) = mend.edit.document_changes or []
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (URI, one.version)
        (edit,) = change.edits
        assert isinstance(edit, types.TextEdit)
        one.edit(edit)
        assert "4000元" in one.text.text
        assert await one.seen() == []
        assert await one.actions("4000元") == []
        assert "忽略这里的 CK601" in ignore.title


@pytest.mark.asyncio
async def test_a_change_that_is_not_certain_is_not_preferred() -> None:
    async with editor({"debounce": 0}) as one:
        # 45 → 54, but 15 → 24 would do as well
        one.open("收回问卷140份，其中45%来自城区，30%来自乡镇，其余15%来自外地。")
        await one.seen()
        mend, ignore = await one.actions("15%")
        assert (mend.title, mend.is_preferred) == ("改为 54（45 → 54）", False)
        assert "忽略" in ignore.title


@pytest.mark.asyncio
async def test_ignoring_with_a_reason_writes_a_comment_above_the_line() -> None:
    async with editor({"debounce": 0, "lang": "en"}, client_capabilities("neovim")) as one:
        one.open(f"标题\r\n  - {BAD}\r\n", "markdown")
        await one.seen()
        (ignore,) = await one.actions("41人")
        assert await one.actions("标题") == []
        assert await one.actions("41人", [types.CodeActionKind.Refactor]) == []
        assert len(await one.actions("41人", [types.CodeActionKind.QuickFix])) == 1
        assert ignore.edit is not None
        changes = ignore.edit.changes or {
            change.text_document.uri: change.edits for change in ignore.edit.document_changes or []
        }
        (edit,) = changes[URI]
        one.edit(edit)
        assert one.text.text == f"标题\r\n  <!-- checker: ignore CK301 reason -->\r\n  - {BAD}\r\n"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"甲\n{BAD}", f"甲\n# {BAD}"),
        (f"甲\r\n\t{BAD}", f"甲\r\n\t# \t{BAD}"),
        (f"| 甲 |\n|---|\n| {BAD} |\n", f"| 甲 |\n|---|\n| {BAD} # |\n"),
    ],
)
def test_where_the_comment_goes(text: str, after: str) -> None:
    analysis = analyse(Text(text), "a.md", "markdown", PLAIN, "zh", lambda: False)
    assert analysis is not None
    everything = types.Range(types.Position(0, 0), types.Position(99, 0))
    (action,) = actions_of(analysis, URI, None, everything, None, Shown())
    assert action.edit is not None and action.edit.changes is not None
    ((edit,),) = action.edit.changes.values()
    start = edit.range.start
    written = Text(text).edited((start.line, start.character), (start.line, start.character), edit.new_text).text
    comment = "<!-- checker: ignore CK301 理由 -->"
    assert written == after.replace(
        "# ", f"{comment} " if "|" in after else comment + ("\r\n" if "\r" in text else "\n")
    )


def test_a_cancelled_check_gives_nothing() -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 5

    assert analyse(Text(BAD), "a", "plaintext", PLAIN, "zh", cancelled) is None
    assert len(asked) == 6


@pytest.mark.asyncio
async def test_pages_are_read_as_pages() -> None:
    async with editor({"debounce": 0}) as one:
        one.open(
            f"<html>\n<body><p>𠮷搬迁<b>163</b>&#25143;41人。</p>\n<p>{SLIP.replace('3000', '30&#48;0')}</p></body>\n",
            "html",
        )
        first, second = await one.seen()
        assert (first.code, str(first.range)) == ("CK301", "1:31-1:34")
        assert second.code == "CK601"
        assert "`163户`" in (await one.hover("163</b>") or "")
        # The slip is written otherwise in the source, so nobody mends it blindly.
        assert [a.title[:2] for a in await one.actions("856万元")] == ["忽略"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"ignore": ["CK301"]}, []),
        ({"select": ["household-person-pair"]}, ["CK301"]),
        ({"checker": {"select": ["CK101"]}}, []),
    ],
)
async def test_initial_options(options: Any, codes: list[str]) -> None:
    async with editor(options) as one:
        one.open(BAD)
        assert [d.code for d in await one.seen()] == codes


@pytest.mark.asyncio
async def test_settings_change_while_it_runs() -> None:
    async with editor({"debounce": 0}, settings={"lang": "en"}) as one:
        one.open(f"{BAD}\n\n去年全县新增学校3所。")
        await one.until(lambda found: [d.message[:2] for d in found] == ["41"] and "fewer than" in found[0].message)
        one.client.set_configuration({"checker": {"lang": "zh"}})
        one.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await one.until(lambda found: "少于" in found[0].message)
        for wrong in (
            {"ignor": []},
            {"select": ["CK9999"]},
            {"published": "gestern"},
            {"debounce": -1},
            {"select": "CK301"},
        ):
            one.shown.clear()
            count = len(one.published)
            one.client.set_configuration({"checker": wrong})
            one.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
            async with asyncio.timeout(20):
                while not one.shown:
                    one.news.clear()
                    await one.news.wait()
            assert one.shown[0].startswith("checker: ")
            assert [d.code for d in await one.seen(count + 1)] == ["CK301"]  # the settings are as they were
            assert not one.client.error
        one.client.set_configuration({"checker": {"ignore": ["CK301"]}})
        one.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await one.until(lambda found: not found)


@pytest.mark.asyncio
async def test_what_is_read_from_files_is_read_again(tmp_path: Path) -> None:
    page = (ROOT / "docs/rules-format.md").read_text("utf-8")
    example = page.split('<!-- worked-example -->\n```toml title="own.toml"\n')[1].split("```")[0]
    rules = tmp_path / "rules.toml"
    rules.write_text("format = 1\n", "utf-8")
    async with editor({"debounce": 0, "rules": [str(rules)]}, uri=(tmp_path / "a.txt").as_uri()) as one:
        one.open("全区30家门店全部核发许可证21张。")
        assert await one.seen() == []
        rules.write_text(example, "utf-8")
        event = types.FileEvent((tmp_path / "checker.toml").as_uri(), types.FileChangeType.Changed)
        one.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await one.until(lambda found: [d.code for d in found] == ["MY101"])
        assert one.published[-1][1][0].code_description is None
        assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in one.registered


ONE = "all.toml"  # what `--config` names
# The files of configuration, the initial options, whether the text is Markdown, then rule and severity of each finding.
CONFIGURED: list[tuple[dict[str, str], dict[str, Any], str, list[tuple[str, int]]]] = [
    ({}, {}, BAD, [("CK301", 1)]),
    ({"checker.toml": 'ignore = ["CK301"]'}, {}, BAD, []),
    ({"checker.toml": 'ignore = ["CK301"]'}, {"select": ["CK301"]}, BAD, [("CK301", 1)]),
    ({"checker.toml": 'ignore = ["CK301"]'}, {"ignore": ["CK101"]}, BAD, [("CK301", 1)]),
    ({"pyproject.toml": '[tool.checker]\nseverity = { CK301 = "info" }'}, {}, BAD, [("CK301", 3)]),
    ({"checker.toml": 'extend = "up/base.toml"', "up/base.toml": 'ignore = ["CK301"]'}, {}, BAD, []),
    ({"checker.toml": '[[per-file]]\nfiles = ["in/*.txt"]\nignore = ["CK301"]'}, {}, BAD, []),
    ({"checker.toml": '[[per-file]]\nfiles = ["out/*"]\nignore = ["CK301"]'}, {}, BAD, [("CK301", 1)]),
    ({"checker.toml": 'ignore = ["CK301"]', "in/checker.toml": ""}, {}, BAD, [("CK301", 1)]),
    ({"checker.toml": "plain-text-comments = true"}, {}, f"# checker: ignore CK301 已核对\n{BAD}", []),
    ({"checker.toml": ""}, {}, f"# checker: ignore CK301 已核对\n{BAD}", [("CK301", 1)]),
    ({"checker.toml": 'baseline = "known.json"'}, {}, BAD, []),
    ({"checker.toml": 'baseline = "known.json"'}, {}, f"{BAD}\n\n{BAD}", [("CK301", 1)]),
    ({"checker.toml": 'baseline = "none.json"'}, {}, BAD, [("CK301", 1)]),
    ({"checker.toml": 'published-from = "%Y%m%d"'}, {}, "今年1月，截至2019年5月已完成。", []),
    ({"checker.toml": 'exclude = ["in"]'}, {}, BAD, [("CK301", 1)]),  # who opens a text wants to know
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("files", "options", "text", "expected"), CONFIGURED)
async def test_the_configuration_of_the_text_applies(
    files: dict[str, str], options: dict[str, Any], text: str, expected: list[tuple[str, int]], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    lay(tmp_path, files)
    (finding,) = Checker().check(BAD).findings
    write_entries(str(tmp_path / "known.json"), [Entry("in/a.txt", "CK301", finding.fingerprint, "")])
    async with editor({"debounce": 0, **options}, uri=(tmp_path / "in/a.txt").as_uri()) as one:
        one.open(text)
        assert [(d.code, d.severity) for d in await one.seen()] == expected
        one.change("，" if "，" in text else "。", "。")  # a keystroke on, all is as it was
        assert [(d.code, d.severity) for d in await one.seen()] == expected


@pytest.mark.asyncio
async def test_the_language_and_the_day_of_a_configuration(tmp_path: Path) -> None:
    lay(tmp_path, {"checker.toml": 'lang = "en"\npublished-from = "%Y-%m-%d"'})
    async with editor({"debounce": 0}, uri=(tmp_path / "2018-03-01.txt").as_uri()) as one:
        one.open(f"{BAD}去年建成学校3所。")
        assert "fewer than" in (await one.seen())[0].message
        assert "period: `2017`" in (await one.hover("3所") or "")
    async with editor({"debounce": 0, "lang": "zh"}, uri=(tmp_path / "2018-03-01.txt").as_uri()) as one:
        one.open(BAD)
        assert "少于" in (await one.seen())[0].message


def lay(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def test_a_configuration_is_read_once_for_all_keystrokes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import checker.settings.configfile
    import checker.settings.live
    import checker.settings.resolver

    lay(tmp_path, {"checker.toml": 'baseline = "known.json"\nseverity = { CK301 = "warning" }'})
    write_entries(str(tmp_path / "known.json"), [Entry("b.txt", "CK301", "0" * 16, "")])
    made: list[str] = []

    def counted(module: Any, name: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, **named: made.append(name) or real(*given, **named))

    counted(checker.settings.configfile, "load_config")
    counted(checker.settings.resolver, "nearest_config")
    counted(checker.settings.resolver, "Checker")
    counted(checker.settings.live, "read_entries")
    live = LiveSettings(asking())
    for _ in range(5):
        for name in ("a.txt", "b.txt"):
            analysis = analyse(Text(BAD), str(tmp_path / name), "plaintext", live, "zh", lambda: False)
            assert analysis is not None and analysis.result is not None
            assert [finding.severity for finding in analysis.result.findings] == ["warning"]
    assert sorted(made) == ["Checker", "load_config", "nearest_config", "read_entries"]
    assert not live.changed()


@pytest.mark.asyncio
@pytest.mark.parametrize("told", ["watched", "saved", "opened"])
async def test_a_configuration_that_changes_is_read_again(told: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    async with editor({"debounce": 0}, uri=(tmp_path / "in/a.txt").as_uri()) as one:

        async def after(files: dict[str, str | None], *said: str) -> None:
            """Change the files and let the server know; wait for diagnostics of which each says one of these."""
            for name, content in files.items():
                if content is None:
                    (tmp_path / name).unlink()
                else:
                    lay(tmp_path, {name: content})
            if told == "watched":
                events = [types.FileEvent((tmp_path / name).as_uri(), types.FileChangeType.Changed) for name in files]
                one.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))
            elif told == "saved":
                this = types.TextDocumentIdentifier(one.uri)
                one.client.text_document_did_save(types.DidSaveTextDocumentParams(this))
            else:
                other = types.TextDocumentItem((tmp_path / "in/b.txt").as_uri(), "plaintext", 1, "无")
                one.client.text_document_did_open(types.DidOpenTextDocumentParams(other))
            await one.until(
                lambda found: (
                    len(found) == len(said) and all(part in d.message for d, part in zip(found, said, strict=True))
                )
            )

        one.open(BAD)
        assert [d.code for d in await one.seen()] == ["CK301"]
        await after({"checker.toml": 'extend = "base.toml"', "base.toml": "ignore = ['CK301']"})
        await after({"base.toml": "about = 0.2"}, "少于")
        await after({"in/checker.toml": 'ignore = ["CK301"]'})
        await after({"in/checker.toml": 'extend = "../base.toml"', "base.toml": "\nignor = []"}, "base.toml:2")
        assert [d.code for d in one.published[-1][1]] == ["bad-config"]
        await after({"base.toml": "ignore = ['CK3011']"}, "base.toml:1: 没有规则“CK3011”，是不是“CK301”？")
        await after({"base.toml": ""}, "少于")
        await after({"checker.toml": "ignore = ['CK301']", "in/checker.toml": None})
        assert await one.hover("163户")
        assert not one.shown


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("arguments", "found"), [(["--no-config"], [("CK301", 1)]), (["--config", ONE], [("CK301", 2)])]
)
async def test_which_configuration_is_an_option(
    arguments: list[str], found: list[tuple[str, int]], tmp_path: Path
) -> None:
    lay(tmp_path, {"checker.toml": 'ignore = ["CK301"]', ONE: 'severity = { CK301 = "warning" }'})
    (tmp_path / "a.txt").write_text("", "utf-8")
    arguments = [str(tmp_path / ONE) if argument == ONE else argument for argument in arguments]
    async with editor({"debounce": 0}, uri=(tmp_path / "a.txt").as_uri(), arguments=arguments) as one:
        one.open(BAD)
        assert [(d.code, d.severity) for d in await one.seen()] == found


@pytest.mark.parametrize(
    "given", [[], "en", {"lang": "fr"}, {"select": [1]}, {"checker": 5, "lang": "en"}, {"debounce": True, "x": 1}]
)
def test_wrong_settings(given: object) -> None:
    with pytest.raises(UsageError):
        merged(Settings(), given)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", ["", "a", "一\n二", "𠮷\r\n😀x\r\r\n", "\ud800三\n", "a\u2028b\x0c\n\n"])
def test_offsets_and_positions_are_one_thing(text: str, encoding: Encoding) -> None:
    lines = Text(text, encoding)
    for offset in range(len(text) + 1):
        line, column = lines.position(offset)
        if offset and text[offset - 1 : offset + 1] == "\r\n":
            continue  # no place of a line lies inside its end
        assert lines.offset(line, column) == offset
    assert lines.offset(99, 0) == len(text)
    assert lines.offset(0, 9999) == len(lines.line(0))
    assert "".join(lines.line(n) for n in range(len(lines.line_starts))) == text.replace("\r", "").replace("\n", "")


def test_a_missing_extra_is_said(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pygls'] = None; from checker.cli import main; sys.exit(main(['lsp']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr == "checker: 语言服务器需要另装组件: pip install 'cn-metric-checker[lsp]'\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals to open")
def test_at_a_terminal_it_says_what_it_waits_for_and_ctrl_c_ends_it() -> None:
    keyboard, terminal = os.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "checker", "lsp", "--lang", "en"], stdin=terminal, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        with process:
            assert process.stderr is not None
            assert b"waiting for an editor" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == -signal.SIGINT
            assert process.stderr.read() == b""
    finally:
        os.close(keyboard)
        os.close(terminal)
