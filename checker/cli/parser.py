"""Commands and options. Imports nothing that costs time."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from checker.errors import UsageError, nearest
from checker.report.writers import FORMATS
from checker.version import __version__

if TYPE_CHECKING:
    from checker.sources.messages import Lang

__all__ = ["build_parser", "chosen_language", "parsed"]

LANGUAGES = ("zh", "en")
_DIGITS = 18  # of a number in an option
_CODES_ZH = (
    "退出码：0 没有达到 --fail-on 级别的发现；1 有发现；2 用法有误，或有文件、规则未能完成检查。2 先于 1，1 先于 0。"
)
_CODES_EN = (
    "Exit codes: 0 no finding at or above --fail-on; 1 findings; 2 wrong usage, or a file or a rule that could not be "
    "checked to the end. 2 goes before 1 before 0."
)


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The language of messages: `--lang`, else CHECKER_LANG, else Chinese; never guessed from the system.

    Needed before the options are parsed, for the help is in that language too. What is wrong with `--lang` is left to
    argparse. Raises UsageError for another value of CHECKER_LANG.

    >>> chosen_language(["check", "a.txt", "--lang=en"], {})
    'en'
    """
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        value = arguments[at + 1] if argument == "--lang" and at + 1 < len(arguments) else argument
        if argument.startswith("--lang") and value.removeprefix("--lang=") in LANGUAGES:
            return cast("Lang", value.removeprefix("--lang="))
    value = environment.get("CHECKER_LANG", "") or "zh"
    if value not in LANGUAGES:
        raise UsageError(f"环境变量 CHECKER_LANG 应为 zh 或 en，而不是“{value}” (CHECKER_LANG must be zh or en)")
    return cast("Lang", value)


def _whole(say: _Say) -> Callable[[str], int]:
    """Reads a whole number that is not negative."""

    def read(written: str) -> int:
        if written.isascii() and written.isdecimal() and len(written) <= _DIGITS:
            return int(written)
        raise argparse.ArgumentTypeError(
            say(f"应为不小于 0 的整数，而不是“{written}”", f"wants a whole number, 0 or more, not “{written}”")
        )

    return read


def _seconds(say: _Say) -> Callable[[str], float]:
    """Reads a number of seconds that is not negative."""

    def read(written: str) -> float:
        try:
            seconds = float(written)
        except ValueError:
            seconds = -1.0
        if 0 <= seconds < float("inf"):  # a NaN is neither
            return seconds
        raise argparse.ArgumentTypeError(
            say(f"应为不小于 0 的秒数，而不是“{written}”", f"wants a number of seconds, 0 or more, not “{written}”")
        )

    return read


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal.

    argparse makes a formatter for every option that is added, and asks `shutil` for the width, which takes longer to import than
    all options to make.
    """

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, **{"width": _terminal_columns() - 2, **options})


class _Parser(argparse.ArgumentParser):
    """A parser, and its commands', with help of that kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **options})
        self.commands: Mapping[str, _Parser] = {}

    def unknown(self, options: argparse.Namespace, extra: Sequence[str], lang: Lang) -> UsageError:
        """What to say of arguments that mean nothing: the first of them, and the option that was probably meant."""
        name = extra[0].partition("=")[0]
        command = self.commands[options.command]
        if not name.startswith("-"):
            return UsageError(f"one argument too many: {name}" if lang == "en" else f"多了一个参数：{name}")
        near = nearest(name, command._option_string_actions)
        if lang == "en":
            hint = f"; did you mean {near}?" if near else f"; `checker {options.command} --help` lists them"
            return UsageError(f"there is no option {name}{hint}")
        hint = f"，是不是 {near}？" if near else f"；`checker {options.command} --help` 列出全部选项"
        return UsageError(f"没有选项 {name}{hint}")


def _terminal_columns() -> int:
    """As `shutil.get_terminal_size` tells it: COLUMNS, else the terminal's width, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]  # None raises, too
    except (AttributeError, ValueError, OSError):  # no standard output, or no terminal
        return 80


def build_parser(lang: Lang, arguments: Sequence[str] | None = None) -> _Parser:
    """The parser, its help in `lang`. A parsed command carries its function as `run`.

    With the `arguments` that are to be parsed, commands that are not among them get no options: these take time.
    """

    def say(chinese: str, english: str) -> str:
        return english if lang == "en" else chinese

    parser = _Parser(
        prog="checker",
        description=say(
            "检查中文文本里的数字是否自相矛盾。",
            "Find figures in Chinese text that contradict each other.",
        ),
        epilog=say(_CODES_ZH, _CODES_EN),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"checker {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=say("命令", "COMMAND"))
    for name, command in _COMMANDS.items():
        if arguments is None or name in arguments:
            parents = [_common(say), _inputs(say)] if command.reads_files else [_common(say)]
            own = commands.add_parser(name, parents=parents, help=say(*command.help), allow_abbrev=False)
            command.fill(own, say)
        else:
            commands.add_parser(name, help=say(*command.help))
    parser.commands = commands.choices
    return parser


def parsed(arguments: Sequence[str], lang: Lang) -> argparse.Namespace:
    """The options that the arguments say, their command's function as `run`; the help is in `lang`.

    Raises UsageError for an option that does not exist. What else is wrong argparse tells itself, and exits.
    """
    parser = build_parser(lang, arguments)
    options, extra = parser.parse_known_args(arguments)
    if extra:
        raise parser.unknown(options, extra, lang)
    return options


_Say = Callable[[str, str], str]


def _common(say: _Say) -> _Parser:
    parent = _Parser(add_help=False, allow_abbrev=False)
    parent.add_argument(
        "--lang",
        choices=LANGUAGES,
        help=say(
            "消息的语言（默认 zh，也可用环境变量 CHECKER_LANG）",
            "language of messages (zh, or the variable CHECKER_LANG)",
        ),
    )
    parent.add_argument(
        "--rules",
        metavar=say("文件", "FILE"),
        action="append",
        default=[],
        help=say("增加或覆盖规则的 TOML 文件，可重复", "a TOML file that adds or overrides rules; may be repeated"),
    )
    parent.add_argument(
        "--no-plugins",
        dest="plugins",
        action="store_false",
        help=say("不用其他已安装的包所带的规则", "leave out the rules of other installed packages"),
    )
    return parent


def _inputs(say: _Say) -> _Parser:
    parent = _Parser(add_help=False, allow_abbrev=False)
    add = parent.add_argument
    add(
        "paths",
        nargs="+",
        metavar=say("路径", "PATH"),
        help=say("文件或文件夹；- 为标准输入", "files or folders; - is standard input"),
    )
    add(
        "--published",
        metavar=say("日期", "DATE"),
        help=say(
            "发表日期，如 2017-06-09，用来确定“今年”“去年”",
            "day of publication, such as 2017-06-09, which settles 今年 and 去年",
        ),
    )
    add(
        "--encoding",
        metavar=say("编码", "NAME"),
        help=say("输入的编码（默认 UTF-8，其次 GB18030）", "encoding of the input (UTF-8, else GB18030)"),
    )
    add(
        "--stdin-filename",
        metavar=say("名称", "NAME"),
        default="<stdin>",
        help=say("标准输入在报告里的名称", "what to call standard input in the report"),
    )
    _add_limits(parent, say)
    add("--no-progress", action="store_true", help=say("不显示进度条", "no progress bar"))
    _add_configuration(parent, say)
    return parent


def _add_limits(parser: argparse.ArgumentParser, say: _Say) -> None:
    """How long a text may be, and how long checking it may take."""
    add = parser.add_argument
    add(
        "--max-chars",
        metavar=say("字数", "N"),
        type=_whole(say),
        help=say(
            "正文超过这么多字的不检查（默认 500 万；0 为不限）",
            "refuse texts of more characters (5,000,000; 0 is any)",
        ),
    )
    add(
        "--deadline",
        metavar=say("秒", "SECONDS"),
        type=_seconds(say),
        help=say(
            "一篇最多检查多少秒，到时报告已有的结果，以 2 退出（默认不限）",
            "leave a text after so many seconds, with what was found until then and exit code 2 (no deadline)",
        ),
    )


def _add_configuration(parent: argparse.ArgumentParser, say: _Say) -> None:
    """Which configuration applies, for every command that reads files."""
    which = parent.add_mutually_exclusive_group()
    which.add_argument(
        "--config",
        metavar=say("文件", "FILE"),
        help=say("用这个配置文件，而不是离文件最近的那个", "this configuration instead of the one nearest to the file"),
    )
    which.add_argument(
        "--no-config",
        action="store_true",
        help=say("不读任何配置文件", "read no configuration"),
    )


def _add_selection(parser: argparse.ArgumentParser, say: _Say) -> None:
    """Which rules run, what they weigh, and what of it is reported."""
    _add_rule_choice(parser, say)
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        help=say("从哪一级起以 1 退出（默认 error）", "lowest severity that makes the exit code 1 (error)"),
    )
    parser.add_argument(
        "--baseline",
        metavar=say("文件", "FILE"),
        help=say("不再报告记在这个基线文件里的发现", "do not report the findings that stand in this baseline"),
    )


def _add_rule_choice(parser: argparse.ArgumentParser, say: _Say) -> None:
    for name, chinese, english in (
        ("--select", "只用这些规则：编号或名称，用逗号分隔", "use these rules only: ids or slugs, separated by commas"),
        ("--extend-select", "默认的规则之外，再用这些规则", "use these rules beside those that run by default"),
        ("--ignore", "不用这些规则", "leave these rules out"),
    ):
        parser.add_argument(name, metavar=say("规则", "RULES"), action="append", default=[], help=say(chinese, english))
    parser.add_argument(
        "--severity",
        metavar=say("规则=级别", "RULE=LEVEL"),
        action="append",
        default=[],
        help=say("改变规则的级别，如 CK301=warning", "what a rule weighs, as in CK301=warning"),
    )


def _add_baseline(check: argparse.ArgumentParser, say: _Say) -> None:
    check.add_argument(
        "--write-baseline",
        metavar=say("文件", "FILE"),
        help=say("把现有的发现都记进基线文件", "put all findings of this run into a baseline"),
    )
    check.add_argument(
        "--prune-baseline",
        action="store_true",
        help=say("从基线里删去已不再出现的条目", "drop the entries of the baseline that no longer occur"),
    )


def _add_config(config: argparse.ArgumentParser, say: _Say) -> None:
    config.description = say(
        "显示对每个文件生效的设置，以及每一项来自哪里。",
        "Show the settings that apply to each file, and where each comes from.",
    )
    _add_selection(config, say)
    config.add_argument("--format", choices=("text", "json"), default="text", help=say("输出格式", "output format"))
    config.set_defaults(run=partial(_run, "checker.cli.configcommand"), quiet=True)


def _add_dismiss(dismiss: argparse.ArgumentParser, say: _Say) -> None:
    dismiss.description = say(
        "在给出的文件（默认当前文件夹）里找到这个指纹的发现，连同理由记进基线文件。",
        "Find the finding with this fingerprint in the files (the current folder) and put it into the baseline.",
    )
    dismiss.add_argument("fingerprint", metavar=say("指纹", "FINGERPRINT"), help=say("报告里的指纹", "as reported"))
    dismiss.add_argument(
        "--in",  # behind the fingerprint and an option argparse would not take more arguments
        dest="paths",
        nargs="+",
        action="extend",
        default=[],
        metavar=say("路径", "PATH"),
        help=say("在这些文件或文件夹里找（默认当前文件夹）", "look in these files or folders (the current one)"),
    )
    dismiss.add_argument(
        "--reason", metavar=say("理由", "TEXT"), required=True, help=say("为什么不必改", "why it may stand")
    )
    dismiss.add_argument("--published", help=argparse.SUPPRESS)
    dismiss.add_argument("--encoding", help=argparse.SUPPRESS)
    dismiss.add_argument(
        "--baseline",
        metavar=say("文件", "FILE"),
        help=say(
            "记进这个基线文件，没有就新建（默认用配置里的 baseline）",
            "the baseline to put it into, made where there is none (the key baseline of the configuration)",
        ),
    )
    _add_configuration(dismiss, say)
    _add_rule_choice(dismiss, say)
    dismiss.set_defaults(
        run=partial(_run, "checker.cli.dismiss"),
        quiet=True,
        format="json",
        no_progress=True,
        stdin_filename="<stdin>",
        fail_on=None,
    )


def _add_check(check: argparse.ArgumentParser, say: _Say) -> None:
    check.description = say(
        "检查文件或文件夹，报告互相矛盾的数字。",
        "Check files or folders and report figures that contradict each other.",
    )
    check.epilog = say(_CODES_ZH, _CODES_EN)
    add = check.add_argument
    add(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        metavar=say("格式", "FORMAT"),
        help=say(
            f"标准输出的格式（默认 text）：{'、'.join(FORMATS)}",
            f"format of standard output (text): {', '.join(FORMATS)}",
        ),
    )
    add(
        "--output",
        metavar=say("[格式:]文件", "[FORMAT:]FILE"),
        action="append",
        default=[],
        help=say(
            "另把报告写到文件，可重复；格式按后缀，或写成如 sarif:out.json",
            "write a report to a file as well; may be repeated; the format by the suffix, or as in sarif:out.json",
        ),
    )
    _add_selection(check, say)
    _add_baseline(check, say)
    add(
        "--exit-zero",
        action="store_true",
        help=say("有发现也以 0 退出（不改变 2）", "exit with 0 in spite of findings (2 stays 2)"),
    )
    add(
        "--unsupported",
        action="store_true",
        help=say(
            "在发现之后列出没有旁证的数字（JSON 里总有）",
            "list the figures that nothing supports after the findings (the JSON always tells)",
        ),
    )
    add(
        "--stats",
        action="store_true",
        help=say(
            "每个阶段、每条规则用了多少时间，得出多少结果（JSON 里为 stats）",
            "time per stage and per rule, and what the rules came to (`stats` in the JSON)",
        ),
    )
    add("--include-text", action="store_true", help=say("JSON 里附上全文", "put the text into the JSON"))
    add(
        "-q",
        "--quiet",
        action="store_true",
        help=say(
            "只输出发现，不输出汇总和提醒",
            "findings only: no summary, no warnings",
        ),
    )
    add(
        "-j",
        "--jobs",
        metavar="N",
        type=_count,
        help=say(
            "用几个进程检查（默认按文件多少决定，最多为可用的处理器数；1 为不另开进程）",
            "check in so many processes (as many as the files are worth and processors may be used; 1 starts none)",
        ),
    )
    add(
        "--no-cache",
        dest="cache",
        action="store_false",
        help=say("不用、也不写缓存，每个文件都重新检查", "check every file again; neither read nor write the cache"),
    )
    add(
        "--cache-dir",
        metavar=say("文件夹", "FOLDER"),
        help=say(
            "缓存放在这里（也可用环境变量 CHECKER_CACHE_DIR；默认在用户的缓存文件夹）",
            "keep the cache here (or the variable CHECKER_CACHE_DIR; by default in the user's cache folder)",
        ),
    )
    add(
        "--watch",
        action="store_true",
        help=say("文件改动后重新检查，直到按 Ctrl-C", "check again after each change, until Ctrl-C"),
    )
    fixes = check.add_mutually_exclusive_group()
    fixes.add_argument(
        "--diff",
        action="store_true",
        help=say(
            "显示有把握的改动，不写文件；有可改之处以 1 退出",
            "show the changes that are certain; write nothing; exit code 1 if any",
        ),
    )
    fixes.add_argument(
        "--fix",
        action="store_true",
        help=say(
            "把有把握的改动写进纯文本和 Markdown 文件",
            "write the changes that are certain into plain text and Markdown",
        ),
    )
    check.set_defaults(run=_run_check)


def _count(text: str) -> int:
    """A number from 1; argparse makes its own words of a ValueError."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _add_figures(figures: argparse.ArgumentParser, say: _Say) -> None:
    figures.description = say(
        "逐句列出读到的每个数字：说的是什么、谁、何时、和什么比，数值和区间。",
        "List every figure below its sentence: what it says, of whom, when, against what; value and interval.",
    )
    figures.add_argument(
        "--format",
        choices=("table", "json", "csv"),
        default="table",
        help=say("输出格式（默认 table）", "output format (table)"),
    )
    figures.set_defaults(
        run=partial(_run, "checker.cli.figures"),
        select=[],
        extend_select=[],
        ignore=[],
        severity=[],
        fail_on=None,
        baseline=None,
        quiet=False,
    )


def _add_explain(explain: argparse.ArgumentParser, say: _Say) -> None:
    explain.description = say(
        "说明一行里的数字：读成了什么，说的是什么，可能与哪些数有联系，为什么报告或不报告。",
        "Explain the figures of a line: how they were read, what they say, which links they may stand in, and why something "
        "was reported or not.",
    )
    explain.add_argument(
        "target",
        metavar=say("文件:行[:列]", "FILE:LINE[:COLUMN]"),
        help=say("哪个文件的哪一行，或那一列的数字", "the line of a file, or the figure at a column"),
    )
    explain.add_argument("--published", metavar=say("日期", "DATE"), help=say("发表日期", "day of publication"))
    explain.add_argument("--encoding", metavar=say("编码", "NAME"), help=say("输入的编码", "encoding of the input"))
    _add_configuration(explain, say)
    _add_rule_choice(explain, say)
    explain.set_defaults(
        run=partial(_run, "checker.cli.explain"),
        quiet=False,
        format="text",
        stdin_filename="<stdin>",
        fail_on=None,
        baseline=None,
    )


def _add_rules(rules: argparse.ArgumentParser, say: _Say) -> None:
    rules.description = say(
        "不带参数时列出全部规则；给出编号或名称时说明那一条；test 运行规则自带的例子。",
        "Without an argument list all rules; with an id or a slug explain that rule; with test run the examples.",
    )
    rules.add_argument(
        "rule",
        nargs="?",
        metavar=say("规则|test", "RULE|test"),
        help=say(
            "编号、名称或 test",
            "an id, a slug, or test",
        ),
    )
    _add_configuration(rules, say)
    rules.set_defaults(run=partial(_run, "checker.cli.rules"))


def _add_serve(serve: argparse.ArgumentParser, say: _Say) -> None:
    serve.description = say(
        "从标准输入逐行读取 JSON 请求，每个请求向标准输出写一行 JSON（见 docs/serve.md）。",
        "Read a JSON request from each line of standard input and write a line of JSON for it (docs/serve.md).",
    )
    add = serve.add_argument
    add(
        "--stdio",
        action="store_true",
        required=True,
        help=say("使用标准输入和标准输出（必写）", "use standard input and output (required)"),
    )
    add(
        "--files",
        metavar=say("文件夹", "FOLDER"),
        help=say(
            "请求可以用 path 指定这个文件夹里的文件（默认不读磁盘）",
            "requests may name files below this folder (by default no file is read)",
        ),
    )
    add(
        "--max-line",
        metavar="MB",
        type=int,
        default=16,
        help=say("一行最多多少 MB（默认 16）", "the most MB of a line (16)"),
    )
    _add_configuration(serve, say)
    _add_limits(serve, say)
    serve.set_defaults(run=partial(_run, "checker.cli.serve"))


def _add_lsp(lsp: argparse.ArgumentParser, say: _Say) -> None:
    lsp.description = say(
        "在标准输入和标准输出上运行语言服务器，需要组件 lsp；各编辑器的配置见 docs/editors.md。",
        "Run the language server on standard input and output; needs the extra lsp. For editors see docs/editors.md.",
    )
    lsp.add_argument("--stdio", action="store_true", help=say("使用标准输入和标准输出（默认）", "the default"))
    _add_configuration(lsp, say)
    lsp.set_defaults(run=partial(_run, "checker.cli.lsp"))


def _add_completion(completion: argparse.ArgumentParser, say: _Say) -> None:
    completion.description = say(
        '输出补全脚本。bash：eval "$(checker completion bash)"；zsh：source <(checker completion zsh)；'
        "fish：checker completion fish | source。",
        'Print a completion script. bash: eval "$(checker completion bash)"; zsh: source <(checker completion zsh); '
        "fish: checker completion fish | source.",
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help=say("命令行程序", "the shell"))
    completion.set_defaults(run=partial(_run, "checker.cli.completion"))


class _Command(NamedTuple):
    """A command: what adds its options, its line in the list of commands in Chinese and English, and whether it takes paths."""

    fill: Callable[[argparse.ArgumentParser, _Say], None]
    help: tuple[str, str]
    reads_files: bool = False


_COMMANDS: Mapping[str, _Command] = MappingProxyType(
    {
        "check": _Command(
            _add_check, ("报告互相矛盾的数字", "report figures that contradict each other"), reads_files=True
        ),
        "figures": _Command(_add_figures, ("列出读到的每个数字", "list every figure as it was read"), reads_files=True),
        "explain": _Command(
            _add_explain,
            ("说明一行里的数字和它们的联系", "explain the figures of a line and their links"),
        ),
        "rules": _Command(
            _add_rules,
            ("列出、说明规则，或运行规则自带的例子", "list or explain the rules, or run the examples in them"),
        ),
        "serve": _Command(
            _add_serve,
            ("逐行接收 JSON 请求，供其他程序调用", "answer requests, a line of JSON each, from other programs"),
        ),
        "lsp": _Command(_add_lsp, ("编辑器用的语言服务器", "the language server for editors")),
        "completion": _Command(
            _add_completion, ("输出命令行补全脚本", "print a script that completes the command line")
        ),
        "config": _Command(
            _add_config, ("显示对一个文件生效的设置", "show the settings that apply to a file"), reads_files=True
        ),
        "dismiss": _Command(_add_dismiss, ("把一个发现记进基线，不再报告", "put one finding into the baseline")),
    }
)


def _run_check(options: argparse.Namespace) -> int:
    from checker.cli.check import run

    if options.watch and not (options.fix or options.diff):  # which check refuses together
        from checker.cli.watch import run as watch

        return watch(options, run)
    return run(options)


def _run(module: str, options: argparse.Namespace) -> int:
    """Run the command that a module holds; a partial of this, and no closure, for options go to other processes."""
    code: int = import_module(module).run(options)
    return code
