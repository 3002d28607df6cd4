"""Write ``checker/language/zh/places.txt`` from a table of the administrative divisions of China.

    python -m tools.places ADCODES.csv

The table has the columns adcode (six digits, or twelve with noughts behind) and name, as in the package cpca 0.5.5 (MIT licence),
whose codes are those of GB/T 2260. Names are facts; nothing else of the table is used.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

__all__ = ["main", "short_names"]

OUT = Path(__file__).resolve().parent.parent / "checker" / "language" / "zh" / "places.txt"
_HEADER = """\
# Administrative divisions of mainland China from provinces to counties, Hong Kong, Macao and Taiwan: code (GB/T 2260), name, short
# names. Made by tools/places.py from the table of the package cpca 0.5.5 (MIT licence).
"""
_PEOPLES = (
    "壮族|回族|维吾尔|蒙古族?|朝鲜族|土家族|苗族|藏族|羌族|彝族|侗族|布依族|布朗族|白族|傣族|景颇族|傈僳族|哈尼族|瑶族|黎族|满族|畲族|水族|仡佬族|仫佬族|毛南族|"
    "纳西族|普米族|怒族|独龙族|佤族|拉祜族|哈萨克族?|柯尔克孜|塔吉克|锡伯|土族|撒拉族|东乡族|保安族|裕固族|达斡尔族|鄂温克族|鄂伦春|各族|蒙古"
)
_TAIL = re.compile(rf"(?:(?:{_PEOPLES})+)?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|县|区|旗|盟|林区|特区)$")


def short_names(name: str, level: int) -> list[str]:
    """The short writings of a division: 吉林 of 吉林省, 延边 and 延边州 of 延边朝鲜族自治州; counties have none.

    >>> short_names("延边朝鲜族自治州", 2), short_names("东丰县", 3)
    (['延边', '延边州'], [])
    """
    if level > 2:
        return []
    short = _TAIL.sub("", name)
    if len(short) < 2 or short == name:
        return []
    return [short, f"{short}州"] if name.endswith("自治州") else [short]


def _level(code: str) -> int:
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def main() -> None:
    """Write the file of places."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", type=Path)
    options = parser.parse_args()
    rows = {}
    with options.table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code, name = row["adcode"][:6], row["name"].strip()
            if (
                name not in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
                and row["adcode"][6:].strip("0") == ""
            ):
                rows[code] = name
    lines = []
    for code, name in sorted(rows.items()):
        lines.append("\t".join([code, name, *short_names(name, _level(code))]))
    OUT.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(lines)} places")


if __name__ == "__main__":
    main()
