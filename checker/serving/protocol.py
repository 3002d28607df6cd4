"""The lines of `checker serve`: what may be asked, and how a line that asks something else is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias, cast

from checker.errors import CheckerError
from checker.patterns import pattern
from checker.sources.messages import Lang

__all__ = ["PROTOCOL", "BadRequest", "Id", "Request", "id_of", "load_schema", "parse"]

PROTOCOL = 1
Id: TypeAlias = str | int | None
_NAME = "<text>"
_SEEN = 65536  # bytes at either end of a line that are looked through for the id of a request that cannot be read
# "id": "a-7" or "id": 7, as it stands outside of strings: inside one its quotes would be escaped.
_ID = pattern(rb'"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d{1,18}|null)\s*(?:[,}]|$)')


class BadRequest(CheckerError, ValueError):
    """A line that is no request; `id` is that of the request where it could be read."""

    code = "bad-request"
    id: Id = None


class Request(NamedTuple):
    """One request; `text` is None where the file at `path` is to be read, `lang` where the request does not choose."""

    id: Id = None
    method: Literal["check", "version", "shutdown"] = "check"
    text: str | None = None
    path: str = _NAME
    kind: str | None = None
    published: str | None = None
    lang: Lang | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    include_text: bool = False


def load_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of requests and answers, in ``$defs/request`` and ``$defs/answer``."""
    with open(os.path.join(os.path.dirname(__file__), "schema.json"), encoding="utf-8") as file:
        schema: dict[str, Any] = json.load(file)
    return schema


def id_of(line: bytes) -> Id:
    """The id of a line that may be no JSON, or only the beginning or end of it; None where it cannot be told.

    >>> id_of(b'{"id": 7, "text": "...')
    7
    """
    for part in (line[:_SEEN], line[-_SEEN:]):
        if (match := _ID.search(part)) is not None:
            try:
                return cast("Id", json.loads(match[1]))
            except ValueError:  # bytes that are no UTF-8
                return None
    return None


def parse(line: bytes, lang: Lang) -> Request:
    """The request in a line. Raises BadRequest, in the language that the request asks for where it can be read.

    >>> parse('{"id": "a", "text": "共3户"}'.encode(), "zh").text
    '共3户'
    """
    try:
        value = _object(line, lang)
    except BadRequest as error:
        error.id = id_of(line)
        raise
    try:
        return _request(value, lang)
    except BadRequest as error:
        id, is_id = value.get("id"), _FIELDS["id"][0]
        error.id = id if is_id(id) else None
        raise


def _object(line: bytes, lang: Lang) -> dict[str, Any]:
    try:
        # json.loads of bytes would guess an encoding.
        value = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _bad(lang, "这一行不是 UTF-8：{0}", "the line is not UTF-8: {0}", error.reason) from None
    except RecursionError:
        raise _bad(lang, "这一行的 JSON 嵌套过深", "the JSON of the line is nested too deep") from None
    except ValueError as error:
        raise _bad(lang, "这一行不是 JSON：{0}", "the line is not JSON: {0}", str(error)) from None
    if not isinstance(value, dict):
        raise _bad(lang, "请求应是一个 JSON 对象", "a request is a JSON object")
    return value


def _request(value: dict[str, Any], lang: Lang) -> Request:
    if value.get("lang") in ("zh", "en"):
        lang = value["lang"]
    for name, (fits, zh, en) in _FIELDS.items():
        if name in value and not fits(value[name]):
            raise _bad(lang, "“{0}”应是{1}", "“{0}” must be {2}", name, zh, en)
    unknown = next((name for name in value if name not in _FIELDS), None)
    if unknown is not None:
        raise _unknown(unknown, lang)
    method = value.get("method", "check")
    if method == "check" and value.get("text") is None and value.get("path") is None:
        raise _bad(lang, "请求里应有 text（要检查的文字）", "a request holds text, which is to be checked")
    given: dict[str, Any] = {name: content for name, content in value.items() if content is not None}
    given |= {name: tuple(given[name]) for name in ("select", "ignore") if name in given}
    return Request(**given)


def _bad(lang: Lang, zh: str, en: str, *values: str) -> BadRequest:
    return BadRequest((en if lang == "en" else zh).format(*values))


def _unknown(name: str, lang: Lang) -> BadRequest:
    from difflib import get_close_matches  # only for a name that does not exist

    near = get_close_matches(name, _FIELDS, 1)
    zh = "不认识的字段“{0}”" + ("，是不是“{1}”？" if near else "")
    en = "unknown field “{0}”" + ("; did you mean “{1}”?" if near else "")
    return _bad(lang, zh, en, name, *near)


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity, which JSON does not have


def _text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _names(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(name, str) for name in value))


def _one_of(*values: object) -> Callable[[object], bool]:
    return lambda value: value in values and not isinstance(value, bool)


# What each field may hold, and how that is said.
_FIELDS: Mapping[str, tuple[Callable[[object], bool], str, str]] = {
    "id": (
        lambda value: value is None or (isinstance(value, str | int) and not isinstance(value, bool)),
        "字符串、整数或 null",
        "a string, an integer or null",
    ),
    "method": (_one_of("check", "version", "shutdown"), " check、version 或 shutdown", "check, version or shutdown"),
    "text": (_text, "字符串", "a string"),
    "path": (_text, "字符串", "a string"),
    "kind": (_one_of(None, "text", "html", "csv", "tsv"), " text、html、csv 或 tsv", "text, html, csv or tsv"),
    "published": (_text, "日期，如“2017-06-09”", "a date such as “2017-06-09”"),
    "lang": (_one_of(None, "zh", "en"), " zh 或 en", "zh or en"),
    "select": (_names, "字符串的数组", "an array of strings"),
    "ignore": (_names, "字符串的数组", "an array of strings"),
    "include_text": (lambda value: value is None or isinstance(value, bool), " true 或 false", "true or false"),
}
