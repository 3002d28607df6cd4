"""Many files: the same bytes whatever the number of processes, from the cache or not; the cache is never wrong; nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from checker import Checker
from checker.cli import cache, cachefolder, main
from checker.cli.check import _jobs
from checker.cli.pool import usable_cores
from checker.cli.reporting import _ELSEWHERE
from checker.settings.resolver import _BY_DEFAULT

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html")
BAD = "全县易地搬迁163户41人。"
RULES = """
format = 1
[[rule]]
id = "OWN101"
slug = "own-pair"
relation = "pair"
severity = "warning"
pattern = "{a:count}，?{b:count}"
formula = "b >= a"
message.zh = "{b}少于{a}"
message.en = "{b} is fewer than {a}"
fails = ["大棚30座，20座"]
silent = ["大棚"]
"""


def environment(**more: str) -> dict[str, str]:
    """Read when it is wanted: conftest.py gives the tests a cache of their own."""
    return os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)} | more


def fill(folder: Path, count: int = 24) -> None:
    """Texts of several formats in folders with their own settings, some with findings, some that cannot be read."""
    parts = (
        "其中东片",
        "今年新建大棚30座，20座已投产。",
        BAD,
        "比上年增长25%，由80万元增加到120万元。",
        "共有贫困村21个，其中出列15个。",
    )
    for number in range(count):
        text = "\n\n".join(f"{parts[(number * 7 + at * 3) % len(parts)]}第{at}段" for at in range(number % 6 + 1))
        (folder / f"{number:02}.md").write_text(f"# 稿{number}\n\n{text}\n", "utf-8")
    inner = folder / "内页"
    inner.mkdir()
    (inner / "checker.toml").write_text(
        'severity = { CK301 = "warning" }\n[[per-file]]\nfiles = ["b*"]\nignore = ["CK301"]\n', "utf-8"
    )
    for name in ("a.txt", "b.txt", "c.html"):
        (inner / name).write_text(f"<!DOCTYPE html><p>{BAD}</p>" if name == "c.html" else BAD, "utf-8")
    (folder / "表.csv").write_text("镇,户数,人口\n东镇,30,91\n西镇,20,60\n合计,51,151\n", "utf-8")
    (folder / "40.txt").write_bytes(b"\xff\xff\xff" * 20)
    (folder / "41.docx").write_bytes(b"PK\x03\x04 damaged")
    (folder / "42.txt").write_text(
        f"{BAD}<!-- checker: ignore CK301 已向局里核对 -->\n<!-- checker: ignore CK999 无 -->", "utf-8"
    )


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    fill(folder)
    return folder


def run(
    folder: Path,
    *arguments: str | Path,
    expect: int | None = None,
    program: Sequence[str] = ("-m", "checker"),
    **variables: str,
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *program, "check", *map(str, arguments)], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        encoding="utf-8", timeout=60, env=environment(**variables),
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert expect is None or done.returncode == expect, done.stderr
    return done


def everything(folder: Path, out: Path, *arguments: str | Path, **variables: str) -> dict[str, bytes | str | int]:
    """All that a run gives: every format as a file, standard output and error, and the exit code."""
    out.mkdir()
    written = [f"--output={name}:{out / name}" for name in FORMATS]
    done = run(folder, ".", *written, *arguments, **variables)
    reports: dict[str, bytes | str | int] = {name: (out / name).read_bytes() for name in FORMATS}
    return reports | {"stdout": done.stdout, "stderr": done.stderr, "code": done.returncode}


def test_the_same_bytes_by_any_road(texts: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    plain = everything(texts, tmp_path / "plain", "--jobs=1", "--no-cache", PYTHONHASHSEED="1")
    assert plain["code"] == 2 and b"OWN101" not in plain["json"] and len(json.loads(plain["json"])["errors"]) == 2  # type: ignore[arg-type,operator]
    roads: dict[str, tuple[list[str | Path], dict[str, str]]] = {
        "again": (["--jobs=1", "--no-cache"], {"PYTHONHASHSEED": "2"}),
        "three": (["--jobs=3", "--no-cache"], {"PYTHONHASHSEED": "3"}),
        "many": (["-j", "40"], {}),
        "cold": (["--jobs=3", "--cache-dir", store], {}),
        "warm": (["--jobs=1", "--cache-dir", store], {"PYTHONHASHSEED": "4"}),
        "warm-three": (["--jobs=3", "--cache-dir", store], {}),
    }  # fmt: skip
    for name, (arguments, variables) in roads.items():
        found = everything(texts, tmp_path / name, *arguments, **variables)
        for part, value in plain.items():
            assert found[part] == value, (name, part)


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_processes_that_start_afresh(texts: Path, tmp_path: Path, method: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import multiprocessing, sys\nfrom checker.cli import main\n"
        f"if __name__ == '__main__':\n    multiprocessing.set_start_method({method!r})\n    sys.exit(main())\n"
    )
    rules = tmp_path / "own.toml"
    rules.write_text(RULES, "utf-8")
    arguments = (".", "--format=json", "--rules", rules, "--no-cache")
    here = run(texts, *arguments, "--jobs=1")
    there = run(texts, *arguments, "--jobs=2", program=[str(program)])
    assert "OWN101" in here.stdout
    assert (there.stdout, there.stderr, there.returncode) == (here.stdout, here.stderr, here.returncode)


def test_a_baseline_in_several_processes(tmp_path: Path) -> None:
    made = {}
    for jobs in ("1", "3"):
        folder = tmp_path / jobs
        folder.mkdir()
        fill(folder, 8)
        known = folder / "known.json"
        store = ("--cache-dir", tmp_path / f"store{jobs}", f"--jobs={jobs}")
        run(folder, ".", "--write-baseline", known, *store)
        first = known.read_text("utf-8")
        told = run(folder, ".", "--write-baseline", known, *store)  # from the cache
        assert known.read_text("utf-8") == first != ""
        quiet = [run(folder, ".", "--baseline", known, "--format=json", *store).stdout for _ in range(2)]
        assert quiet[0] == quiet[1] and '"by":"baseline"' in quiet[0]
        assert not any(document["findings"] for document in json.loads(quiet[0])["documents"])
        (folder / "02.md").write_text("全县共有贫困村21个。", "utf-8")
        (folder / "04.md").unlink()
        stale = run(folder, ".", "--baseline", known, "--prune-baseline", "--format=json", *store)
        assert "02.md" in stale.stderr and "04.md" in stale.stderr
        assert stale.stderr == "" or "已从基线删去" in stale.stderr
        made[jobs] = (
            first,
            told.stderr.replace(str(folder), ""),
            quiet,
            stale.stderr.replace(str(folder), ""),
            known.read_text("utf-8"),
        )
    assert made["1"] == made["3"]


class Counted:
    """Runs the command line in this process, and counts the texts that were checked and not taken from the cache."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        self.folder, self._capture = folder, capsysbinary
        self.checked = 0
        check_document = Checker.check_document

        def counting(checker: Checker, *arguments: Any, **options: Any) -> Any:
            self.checked += 1
            return check_document(checker, *arguments, **options)

        monkeypatch.setattr(Checker, "check_document", counting)
        # Files that a test has just written would not be trusted.
        monkeypatch.setattr(cache, "_BLURRED", -3600.0)

    def __call__(self, *arguments: str, store: str = "store") -> tuple[int, bytes, bytes, int]:
        """How many texts were checked, standard output and error, and the exit code."""
        self.checked = 0
        code = main(["check", *arguments, *(["--cache-dir", store] if store else ["--no-cache"])])
        out, err = self._capture.readouterr()
        return self.checked, out, err, code


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Counted:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "a.txt": "目前全县易地搬迁163户41人。",
        "b.txt": "全县大棚30座，20座已投产，约占3成。",
        "c.txt": "2018年6月1日，其中1户。",
        "d.csv": "镇,户\n东,3\n合计,4\n",
    }.items():
        Path(name).write_text(text, "utf-8")
    Path("own.toml").write_text(RULES, "utf-8")
    Path("known.json").write_text('{"version": 1, "findings": []}', "utf-8")
    return Counted(tmp_path, monkeypatch, capsysbinary)


def config(text: str) -> Callable[[], object]:
    return lambda: Path("checker.toml").write_text(text, "utf-8")


def write(name: str, text: str) -> Callable[[], object]:
    return lambda: Path(name).write_text(text, "utf-8")


def nothing() -> None:
    pass


BASELINE = '{"version": 1, "findings": [{"path": "%s", "rule": "CK301", "fingerprint": "0"}]}'


@pytest.mark.parametrize(
    ("before", "change", "after", "fresh"),
    [
        # what changes nothing
        ("", nothing, "", 0),
        ("", nothing, "--fail-on never", 0),
        ("", nothing, "--exit-zero --quiet", 0),
        ("", config('fail-on = "info"'), "", 0),
        ("", config('exclude = ["c.txt"]'), "", 0),
        ("", nothing, "--jobs 2", 0),
        ("--rules own.toml", lambda: os.utime("own.toml"), "--rules own.toml", 0),
        ("--rules own.toml", lambda: Path("new.toml").write_bytes(Path("own.toml").read_bytes()), "--rules new.toml", 0),
        ("--baseline known.json", write("known.json", BASELINE % "x.txt"), "--baseline known.json", 0),
        # a text
        ("", write("a.txt", BAD + "！"), "", 1),
        ("", lambda: shutil.copy("a.txt", "e.txt"), "", 1),
        ("", lambda: Path("d.csv").rename("d.tsv"), "", 1),
        ("--baseline known.json", write("known.json", BASELINE % "a.txt"), "--baseline known.json", 1),
        ("--baseline known.json", nothing, "", 0),
        ("", nothing, "--write-baseline new.json", 4),
        # the rules
        ("", nothing, "--rules own.toml", 4),
        ("--rules own.toml", nothing, "", 4),
        ("--rules own.toml", write("own.toml", RULES.replace('"{b}少于{a}"', '"{b}比{a}少"')), "--rules own.toml", 4),
        ("--rules own.toml", write("own.toml", RULES.replace('"warning"', '"error"')), "--rules own.toml", 4),
        ("", nothing, "--no-plugins", 4),
        ("", nothing, "--select CK301", 4),
        ("", nothing, "--ignore CK301", 4),
        ("", nothing, "--extend-select CK901", 4),
        ("", nothing, "--severity CK301=info", 4),
        ("--severity CK301=info", nothing, "--severity CK301=warning", 4),
        # what is said of a text
        ("", nothing, "--lang en", 4),
        ("", nothing, "--published 2018-03-01", 4),
        ("--published 2018-03-01", nothing, "--published 2018-03-02", 4),
        ("", nothing, "--encoding utf-8", 4),
        ("", nothing, "--unsupported", 4),
        ("", nothing, "--max-chars 100000", 4),
        ("", nothing, "--deadline 600", 4),
        ("--format json", nothing, "--format json --include-text", 4),
        ("--format json", nothing, "--format sarif", 4),
        ("", nothing, "--output concise:x.out", 4),
        # the configuration
        ("", config("about = 0.2"), "", 4),
        ("", config("plain-text-comments = true"), "", 4),
        ("", config('lang = "en"'), "", 4),
        ("", config("published-from = '(?P<date>2018-03-01)'"), "", 4),
        ("", config("published-from = { front-matter = 'day: %Y-%m-%d' }"), "", 4),
        ("", config('[[per-file]]\nfiles = ["a.txt"]\nignore = ["CK301"]'), "", 1),
        ("", config('[[per-file]]\nfiles = ["a.*", "b.*"]\npublished = "2018-03-01"'), "", 2),
    ],
)  # fmt: skip
def test_what_makes_a_text_be_checked_again(
    counted: Counted, before: str, change: Callable[[], object], after: str, fresh: int
) -> None:
    first = counted(".", *before.split())
    assert first[0] == 4, first[2]
    change()
    if "--jobs" not in after:
        checked, *said = counted(".", *after.split())
        assert checked == fresh
    else:
        said = list(counted(".", *after.split())[1:])
    assert said == list(counted(".", *after.split(), store="")[1:])
    if "new.json" not in after:  # which the last run has changed
        assert counted(".", *after.split()) == (0, *said)


def test_every_setting_counts_or_is_known_not_to() -> None:
    """A new key of the configuration has to be thought of: its value stands in the name of an answer as ``repr`` gives it."""
    by_repr = {
        "about",
        "deadline",
        "encoding",
        "extend-select",
        "ignore",
        "lang",
        "max-chars",
        "plain-text-comments",
        "published",
        "select",
        "severity",
    }
    assert by_repr | _ELSEWHERE == set(_BY_DEFAULT)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
        lambda data: b"\0" * len(data),
        lambda data: data + b"more",
        lambda data: None,  # a folder in the place of the file
    ],
)  # fmt: skip
def test_a_damaged_answer_is_made_again_without_a_word(
    counted: Counted, damage: Callable[[bytes], bytes | None]
) -> None:
    first = counted(".")
    (*_, one) = [path for path in Path("store").glob("*/??/*") if path.is_file()]
    data = damage(one.read_bytes())
    one.unlink()
    if data is None:
        one.mkdir()
    else:
        one.write_bytes(data)
    assert counted(".") == (1, *first[1:])
    assert counted(".") == (int(data is None), *first[1:])


def test_an_answer_under_the_name_of_another_is_none(counted: Counted) -> None:
    first = counted(".")
    one, other, *_ = [path for path in Path("store").glob("*/??/*") if path.is_file()]
    shutil.copy(one, other)
    assert counted(".") == (1, *first[1:])


def test_what_could_not_be_checked_is_not_kept(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("e.txt").write_bytes(b"\xff\xff\xff" * 20)
    Path("f.docx").write_bytes(b"PK\x03\x04 damaged")
    first = counted(".")
    assert first[3] == 2 and first[2].count(b"\n") == 2
    assert counted(".") == (0, *first[1:])
    with monkeypatch.context() as patch:
        patch.setattr(Checker, "_checks", lambda *parts: 1 / 0)
        crashed = counted(".", "--select", "CK301")
    assert (crashed[0], crashed[3]) == (4, 2)
    assert counted(".", "--select", "CK301")[0] == 4


def test_a_file_that_breaks_a_format_costs_itself_only(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.report.textout import _Text

    piece = _Text.piece
    monkeypatch.setattr(
        _Text, "piece", lambda self, result: piece(self, result) + b" " * (1 // (result.document.path != "b.txt"))
    )
    for _ in range(2):
        _, out, err, code = counted("a.txt", "b.txt")
        assert code == 2 and b"a.txt" in out and b"b.txt" not in out
        assert err.decode().startswith("checker: b.txt: 内部错误：ZeroDivisionError")


def test_the_folder_keeps_out_of_git_and_of_backups(counted: Counted) -> None:
    counted(".")
    assert Path("store/.gitignore").read_text() == "*\n"
    assert Path("store/CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    if os.name == "posix":
        assert Path("store").stat().st_mode & 0o077 == 0
        assert not list(Path("store").rglob("*.tmp"))


def test_a_folder_of_somebody_else_is_no_cache(counted: Counted) -> None:
    Path("texts").mkdir()
    Path("texts/x.txt").write_text(BAD, "utf-8")
    for store in ("texts", "a.txt"):
        checked, out, err, code = counted("a.txt", store=store)
        assert (checked, out, code) == (0, b"", 2)
        assert err.decode().count("\n") == 1 and store in err.decode()
    assert sorted(os.listdir("texts")) == ["x.txt"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_costs_nothing_but_time(counted: Counted) -> None:
    Path("locked").mkdir(mode=0o500)
    first = counted(".", store="")
    assert counted(".", store="locked/store") == first


def test_a_full_disk_costs_nothing_but_time(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    first = counted(".", store="")

    def full(*names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert counted(".") == first
    assert not [path for path in Path("store").rglob("*") if path.suffix == ".tmp"]


@pytest.mark.parametrize("name", ["__version__", "_installed", "version_info", "_PACKAGE"])
def test_other_code_has_other_answers(counted: Counted, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    first = counted(".")
    package = Path("package/checker")
    package.mkdir(parents=True)
    (package / "a.py").write_text("A = 1\n")
    changed = {"__version__": "9.9.9", "_installed": lambda: ("regex-9.dist-info",), "_PACKAGE": str(package)}
    if name == "version_info":
        monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    else:
        monkeypatch.setattr(cache, name, changed[name])
    cache._code.cache_clear()
    assert counted(".") == (4, *first[1:])
    assert counted(".") == (0, *first[1:])
    (package / "a.py").write_text("A = 2\n")  # the same size, perhaps the same time
    cache._code.cache_clear()
    assert counted(".")[0] == (4 if name == "_PACKAGE" else 0)
    monkeypatch.undo()
    cache._code.cache_clear()


def test_code_or_rules_that_change_while_they_run_leave_nothing(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def editing(*parts: object) -> object:
        Path("own.toml").write_text(RULES + "\n", "utf-8")
        return True

    monkeypatch.setattr("checker.cli.running.Run._tell", editing)
    assert counted(".", "--rules", "own.toml")[0] == 4
    assert not [path for path in Path("store").glob("*/??/*") if path.is_file()]


def test_rules_that_were_changed_just_now_are_not_trusted(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_BLURRED", 2.0)
    monkeypatch.setattr(cache, "STARTED", time.time() + 10**6)
    for _ in range(2):
        assert counted(".", "--rules", "own.toml")[0] == 4
    os.utime("own.toml", (time.time() - 60,) * 2)
    assert [counted(".", "--rules", "own.toml")[0] for _ in range(2)] == [4, 0]
    monkeypatch.setattr(cache, "STARTED", 0.0)  # as if all code had been changed since this process began
    assert counted(".", "--rules", "own.toml")[0] == 4


def test_what_nobody_asks_for_is_swept(counted: Counted) -> None:
    store = Path("store")
    counted(".")
    (generation,) = [path for path in store.iterdir() if path.is_dir()]
    kept = list(generation.glob("??/*"))
    day, now = 24 * 60 * 60, time.time()
    for age, name in (
        (1, "0.0.9-00000000000000aa"),
        (2, "0.0.8-00000000000000bb"),
        (3, "0.0.7-00000000000000cc"),
        (40, "0.0.1-00000000000000dd"),
        (99, "mine"),
    ):
        (store / name / "ab").mkdir(parents=True)
        os.utime(store / name, (now - age * day,) * 2)
    os.utime(kept[0], (now - 31 * day,) * 2)
    os.utime(kept[1], (now - 5 * day,) * 2)
    os.utime(generation, (now - 2 * day,) * 2)
    assert counted("d.csv")[0] <= 1
    assert sorted(path.name for path in store.iterdir() if path.is_dir()) == sorted(
        ["0.0.8-00000000000000bb", "0.0.9-00000000000000aa", generation.name, "mine"]
    )
    assert not kept[0].exists() or kept[0].stat().st_mtime > now - day  # it may have been that of d.csv
    assert all(path.exists() for path in kept[1:])


@pytest.mark.parametrize(
    ("given", "environment", "platform", "place"),
    [
        ("x", {"CHECKER_CACHE_DIR": "/y"}, "linux", os.path.abspath("x")),
        (None, {"CHECKER_CACHE_DIR": "/y"}, "linux", os.path.abspath("/y")),
        (None, {"XDG_CACHE_HOME": "/z"}, "linux", "/z/cn-metric-checker"),
        (None, {"XDG_CACHE_HOME": "relative"}, "linux", os.path.expanduser("~/.cache/cn-metric-checker")),
        (None, {}, "linux", os.path.expanduser("~/.cache/cn-metric-checker")),
        (None, {}, "darwin", os.path.expanduser("~/Library/Caches/cn-metric-checker")),
        (None, {"LOCALAPPDATA": "/local"}, "win32", "/local/cn-metric-checker"),
        (None, {}, "win32", None),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="the paths are those of POSIX")
def test_where_the_cache_lies(
    monkeypatch: pytest.MonkeyPatch, given: str | None, environment: dict[str, str], platform: str, place: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert cachefolder.cache_folder(given, environment) == place


@pytest.mark.skipif(os.name != "posix", reason="the home is that of POSIX")
def test_no_home_is_made_for_a_user_without_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nonexistent"))
    for platform in ("linux", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert cachefolder.cache_folder(None, {}) is None


def test_small_calls_keep_no_answers(texts: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(texts, "00.md", "01.md", CHECKER_CACHE_DIR=str(store))
    assert not store.exists()
    run(texts, "00.md", "01.md", "--no-cache", CHECKER_CACHE_DIR=str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()
    large, other = tmp_path / "large.txt", tmp_path / "other"
    large.write_text("天气晴好，游人如织。\n" * 3000, "utf-8")
    run(tmp_path, large, "--no-cache", CHECKER_CACHE_DIR=str(other))
    run(tmp_path, large, "--stats", "--quiet", CHECKER_CACHE_DIR=str(other))
    assert not other.exists()
    run(tmp_path, large, CHECKER_CACHE_DIR=str(other))
    assert other.exists()


PLUGIN = """
from checker.checks import Check, Operand
from checker.relations import RelationRule
from own_helper import SAID

def own(reading, lang):
    return [Check(0, "", "", "custom", "fails", (Operand("value", 0),), "", "", None, None, 0, 1, message=SAID)]

RULES = RelationRule("XX101", "own-rule", "custom", "warning", own, {"zh": "甲"}, {"zh": "乙"}, (), ())
"""


def test_a_plugin_that_changes_answers_anew(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "own-1.0.dist-info").mkdir(parents=True)
    (site / "own-1.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: own\nVersion: 1.0\n")
    (site / "own-1.0.dist-info/entry_points.txt").write_text("[checker.rules]\nown = own_plugin:RULES\n")
    (site / "own_plugin.py").write_text(PLUGIN.replace("SAID)", "'甲乙')"), "utf-8")
    (site / "own_helper.py").write_text("SAID = ''\n", "utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(BAD, "utf-8")

    ages = count(600, -10)  # another one each time: bytecode is told from its source by the second and the size

    def said() -> str:
        age = next(ages)
        for path in site.rglob("*.py"):
            os.utime(path, (time.time() - age,) * 2)
        path = os.pathsep.join([str(ROOT), str(site)])
        return run(
            texts, ".", "--format=concise", "--cache-dir", tmp_path / "store", "--jobs=1", PYTHONPATH=path
        ).stdout

    def kept() -> int:
        return len([path for path in (tmp_path / "store").glob("*/??/*") if path.is_file()])

    assert "甲乙" in said() == said()
    assert kept() == 1
    (site / "own_plugin.py").write_text(PLUGIN.replace("SAID)", "'丙丁')"), "utf-8")
    assert "丙丁" in said()
    (site / "own-1.0.dist-info").rename(site / "own-1.1.dist-info")
    assert "丙丁" in said()
    assert kept() == 3


def test_processes_that_share_a_cache(texts: Path, tmp_path: Path) -> None:
    plain = run(texts, ".", "--format=json", "--no-cache", "--jobs=1")
    command = [
        sys.executable,
        "-m",
        "checker",
        "check",
        ".",
        "--format=json",
        "--jobs=2",
        "--cache-dir",
        str(tmp_path / "store"),
    ]
    started = [
        subprocess.Popen(
            command,
            cwd=texts,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.communicate(timeout=60) == (plain.stdout, plain.stderr)


@pytest.mark.parametrize(
    ("sizes", "wanted", "jobs"),
    [
        ([], None, 1),  # what cannot be shared
        ([], 8, 1),
        ([9_000], 8, 1),  # one file
        ([9_000] * 5, None, 1),
        ([9_000] * 5, 3, 3),
        ([9_000] * 10_000, None, usable_cores()),
        ([9_000] * 10_000, 1, 1),
        ([300_000] * 2, None, min(4, usable_cores())),
    ],
)
def test_how_many_processes(sizes: list[int], wanted: int | None, jobs: int) -> None:
    assert _jobs(sizes, wanted) == jobs


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", ""])
def test_a_number_of_processes_that_is_none(texts: Path, number: str) -> None:
    assert "--jobs" in run(texts, ".", f"--jobs={number}", expect=2).stderr


# A program whose processes die at certain texts.
DYING = """
import os, sys, time, multiprocessing
from checker import Checker
from checker.cli import main

check_document = Checker.check_document

def dying(checker, document, **options):
    if multiprocessing.parent_process() is not None and {condition}:
        {action}
    return check_document(checker, document, **options)

Checker.check_document = dying
if __name__ == "__main__":
    sys.exit(main())
"""


def dying(folder: Path, condition: str, action: str = "os._exit(9)") -> str:
    program = folder / "program.py"
    program.write_text(DYING.format(condition=condition, action=action), "utf-8")
    return str(program)


def test_a_process_that_dies_costs_its_file_only(texts: Path, tmp_path: Path) -> None:
    program = dying(tmp_path, "document.path.endswith(('07.md', '19.md'))")
    plain = json.loads(run(texts, ".", "--format=json", "--no-cache", "--jobs=1").stdout)
    store = ("--cache-dir", tmp_path / "store")
    for _ in range(2):  # also when all others come from the cache
        done = run(texts, ".", "--format=json", "--jobs=2", *store, expect=2, program=[program])
        report = json.loads(done.stdout)
        lost = [error["path"] for error in report["errors"] if error["code"] == "internal"]
        assert [os.path.basename(path) for path in lost] == ["07.md", "19.md"]
        assert report["documents"] == [one for one in plain["documents"] if one["path"] not in lost]
        assert done.stderr.count("进程意外结束") == 2


# Dies when a part of its answer is in the pipe.
HALF = "from multiprocessing.connection import Connection as C; C._send = lambda c, b, *_: (os.write(c.fileno(), b[:9]), os._exit(9))"


def test_a_process_that_dies_in_the_middle_of_an_answer(texts: Path, tmp_path: Path) -> None:
    program = dying(tmp_path, "document.path.endswith('07.md')", HALF)
    done = run(texts, ".", "--format=json", "--no-cache", "--jobs=2", expect=2, program=[program])
    assert [error["path"] for error in json.loads(done.stdout)["errors"] if error["code"] == "internal"] == ["./07.md"]


def test_processes_that_all_die(texts: Path, tmp_path: Path) -> None:
    program = dying(tmp_path, "True")
    done = run(
        texts, ".", "--output", f"json:{tmp_path / 'out.json'}", "--jobs=2", "--no-cache", expect=2, program=[program]
    )
    assert "--jobs 1" in done.stderr.splitlines()[-1]
    assert not (tmp_path / "out.json").exists()
    assert "文件" not in done.stdout  # no summary, which would be that of a clean run


def children_of(process: subprocess.Popen[str]) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def gone_soon(pids: Sequence[int]) -> bool:
    return any(not any(map(alive, pids)) or time.sleep(0.05) for _ in range(200))


@pytest.mark.skipif(
    not Path("/proc").is_dir() or shutil.which("ps") is None, reason="looks at the processes as Linux shows them"
)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGKILL, -9)])
def test_an_end_from_outside_ends_all_processes(texts: Path, tmp_path: Path, number: signal.Signals, code: int) -> None:
    program = dying(tmp_path, "'15.md' in document.path", "time.sleep(60)")
    command = [sys.executable, program, "check", ".", "--jobs=3", "--no-cache", "--format=json"]
    process = subprocess.Popen(
        command, cwd=texts, env=environment(), text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    while len(children := children_of(process)) < 3:
        time.sleep(0.02)
    time.sleep(0.3)
    assert process.poll() is None
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does
    else:
        process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert gone_soon(children)
    if number == signal.SIGINT:
        assert [line for line in err.splitlines() if "已中断" in line] == err.splitlines()[-1:]
        assert "Traceback" not in err
    with pytest.raises(ValueError):
        json.loads(out)  # half a report is none


def test_standard_input_is_checked_here(texts: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--jobs=2", "--format=concise", "-", "00.md", "01.md", "02.md"], cwd=texts, input=BAD,
        capture_output=True, text=True, encoding="utf-8", env=environment(),
    )  # fmt: skip
    assert done.returncode == 1 and done.stdout.startswith("<stdin>:1:")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_standard_output_that_is_full(texts: Path, jobs: str) -> None:
    command = [sys.executable, "-m", "checker", "check", ".", f"--jobs={jobs}", "--no-cache", "--format=json"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command, cwd=texts, stdout=full, stderr=subprocess.PIPE, env=environment(), encoding="utf-8"
        )
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert done.stderr.count("磁盘已满") == 1


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_reader_that_goes_away(texts: Path, jobs: str) -> None:
    command = [sys.executable, "-m", "checker", "check", ".", f"--jobs={jobs}", "--no-cache", "--format=json"]
    process = subprocess.Popen(command, cwd=texts, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    said = process.stderr.read().decode("utf-8")
    assert process.wait(timeout=20) == 141 and "Traceback" not in said
    process.stderr.close()
