"""`checker completion SHELL`: a script for the shell, written from the parser itself and from the rules."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.cli.parser import build_parser
from checker.cli.running import chosen_checker
from checker.cli.streams import write_bytes

__all__ = ["SHELLS", "Command", "Option", "commands_of", "run"]

SHELLS = ("bash", "zsh", "fish")
_RULE_OPTIONS = ("--select", "--ignore", "rule")
_FOLDER_OPTIONS = ("--files", "--cache-dir")
_PLAIN = re.compile(r"[\w.-]+")  # an id that no shell takes for anything else


class Option(NamedTuple):
    """One option, or a positional argument (no flags).

    `values` are what it takes: ``none``, ``words`` (those in `words`), ``rules`` (ids, separated by commas), ``folders``, or
    ``files``, which also stands for anything else.
    """

    flags: tuple[str, ...]
    values: str
    words: tuple[str, ...]
    help: str


class Command(NamedTuple):
    """A command with its options."""

    name: str
    help: str
    options: tuple[Option, ...]


def run(options: argparse.Namespace) -> int:
    """Print the script for a shell."""
    ids = {rule.id for rule in chosen_checker(options).all_rules}
    rules = sorted(filter(_PLAIN.fullmatch, ids))
    commands = commands_of(build_parser(options.lang))
    script = {"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell](commands, rules)
    sys.stdout.flush()
    write_bytes(iter([("\n".join(script) + "\n").encode("utf-8")]))
    return 0


def commands_of(parser: argparse.ArgumentParser) -> tuple[Command, ...]:
    """The commands of a parser in their order, the first with an empty name: what stands before any command."""
    found = [Command("", "", tuple(_options(parser)))]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            help_of = {choice.dest: choice.help or "" for choice in action._choices_actions}
            found += [
                Command(name, help_of.get(name, ""), tuple(_options(sub))) for name, sub in action.choices.items()
            ]
    return tuple(found)


def _options(parser: argparse.ArgumentParser) -> Iterator[Option]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        flags, names = tuple(action.option_strings), {*action.option_strings, action.dest}
        words: tuple[str, ...] = ()
        if action.nargs == 0:
            values = "none"
        elif action.choices is not None:
            values, words = "words", tuple(map(str, action.choices))
        elif not names.isdisjoint(_RULE_OPTIONS):
            values, words = "rules", ("test",) if not flags else ()
        else:
            values = "files" if names.isdisjoint(_FOLDER_OPTIONS) else "folders"
        yield Option(flags, values, words, (action.help or "").replace("%%", "%"))


def _bash(commands: Sequence[Command], rules: Sequence[str]) -> Iterator[str]:
    """Falls back on the names of files where it offers nothing, by `-o default`; works in bash 3.2 as well."""
    names = [command.name for command in commands if command.name]
    yield '# checker: eval "$(checker completion bash)"'
    yield "_checker() {"
    yield '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" command="" words="" list="" i'
    yield '    if [[ $cur == "=" ]]; then cur=""; elif [[ $prev == "=" ]]; then prev="${COMP_WORDS[COMP_CWORD-2]}"; fi'
    yield f'    local rules="{" ".join(rules)}"'
    yield "    COMPREPLY=()"
    yield "    for ((i = 1; i < COMP_CWORD; i++)); do"
    yield f'        case "${{COMP_WORDS[i]}}" in {"|".join(names)}) command="${{COMP_WORDS[i]}}"; break ;; esac'
    yield "    done"
    yield '    case "$command $prev" in'
    for command in commands:
        for option in command.options:
            for flag in option.flags:
                if option.values == "none":
                    continue
                said = {
                    "words": f'words="{" ".join(option.words)}"', "rules": 'list="$rules"',
                    "folders": 'COMPREPLY=($(compgen -d -- "$cur")); return', "files": "return",
                }[option.values]  # fmt: skip
                yield f'        "{command.name} {flag}") {said} ;;'
    yield "        *)"
    yield '            case "$command" in'
    for command in commands:
        flags = " ".join(flag for option in command.options for flag in option.flags)
        yield f'                "{command.name}") [[ $cur == -* ]] && words="{flags}" ;;'
    yield "            esac"
    yield "            if [[ -z $words && $cur != -* ]]; then"
    yield '                case "$command" in'
    yield f'                    "") words="{" ".join(names)}" ;;'
    for command in commands:
        for option in command.options:
            if not option.flags and option.values in ("words", "rules"):
                more = "$rules " if option.values == "rules" else ""
                yield f'                    {command.name}) words="{more}{" ".join(option.words)}" ;;'
    yield "                esac"
    yield "            fi ;;"
    yield "    esac"
    yield "    if [[ -n $list ]]; then"
    yield '        COMPREPLY=($(compgen -P "${cur%"${cur##*,}"}" -W "$list" -- "${cur##*,}"))'
    yield "    elif [[ -n $words ]]; then"
    yield '        COMPREPLY=($(compgen -W "$words" -- "$cur"))'
    yield "    fi"
    yield "}"
    yield "complete -o default -F _checker checker"


def _zsh(commands: Sequence[Command], rules: Sequence[str]) -> Iterator[str]:
    named = [command for command in commands if command.name]
    yield "#compdef checker"
    yield "# checker: source <(checker completion zsh), or as _checker in a folder of $fpath"
    yield "_checker_rules() {"
    yield f"    local -a rules=({' '.join(rules)})"
    yield "    _values -s , rule $rules"
    yield "}"
    yield "_checker() {"
    yield "    local state line"
    yield "    local -a commands=("
    for command in named:
        yield f"        {_quoted(f'{command.name}:{command.help}')}"
    yield "    )"
    yield f"    _arguments -C {' '.join(_zsh_option(option) for option in commands[0].options)} \\"
    yield "        '1: :->command' '*:: :->rest'"
    yield "    case $state in"
    yield "        command) _describe command commands ;;"
    yield "        rest)"
    yield "            case $line[1] in"
    for command in named:
        yield f"                {command.name})"
        yield "                    _arguments \\"
        yield " \\\n".join(f"                        {_zsh_option(option)}" for option in command.options)
        yield "                    ;;"
    yield "            esac ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $funcstack[1] == _checker ]]; then _checker "$@"; else compdef _checker checker; fi'


def _zsh_option(option: Option) -> str:
    does = {
        "none": "", "words": f":value:({' '.join(option.words)})", "rules": ":rule:_checker_rules",
        "folders": ":folder:_files -/", "files": ":file:_files",
    }[option.values]  # fmt: skip
    if not option.flags:
        return _quoted(f"*{does}")
    help_ = re.sub(r"([\[\]:\\])", r"\\\1", option.help)
    specs = [_quoted(f"*{flag}[{help_}]{does}") for flag in option.flags]
    return " ".join(specs)


def _fish(commands: Sequence[Command], rules: Sequence[str]) -> Iterator[str]:
    yield "# checker: checker completion fish | source"
    yield f"set -g __checker_rules {' '.join(rules)}"
    yield "function __checker_rule_list"
    yield "    set -l before (commandline -ct | string match -r '^.*,')"
    yield "    printf '%s\\n' $before$__checker_rules"
    yield "end"
    for command in commands:
        if command.name:
            yield f"complete -c checker -n __fish_use_subcommand -f -a {command.name} -d {_quoted(command.help)}"
        where = f"'__fish_seen_subcommand_from {command.name}'" if command.name else "__fish_use_subcommand"
        for option in command.options:
            yield _fish_option(option, where)


def _fish_option(option: Option, where: str) -> str:
    does = {
        "none": "", "words": f" -x -a {_quoted(' '.join(option.words))}", "rules": " -x -a '(__checker_rule_list)'",
        "folders": " -x -a '(__fish_complete_directories)'", "files": " -r -F",
    }[option.values]  # fmt: skip
    if not option.flags:
        more = {
            "words": f" -f -a {_quoted(' '.join(option.words))}",
            "rules": f" -f -a {_quoted(' '.join(('$__checker_rules', *option.words)))}",
        }
        return f"complete -c checker -n {where}{more.get(option.values, ' -F')}"
    flags = [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags]
    return f"complete -c checker -n {where} {' '.join(flags)}{does} -d {_quoted(option.help)}"


def _quoted(text: str) -> str:
    """Between single quotes, which all three shells take literally."""
    return "'" + text.replace("'", "’") + "'"
