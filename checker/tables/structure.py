"""What the rows and columns of a table are: heads, labels, units, totals, parts, and which of them may be added up.

Everything is read from words; no number decides what a row is. A table that does not say what it is stays silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from checker.document.table import Cell, Table
from checker.tables.cells import BROKEN, NOTHING, CellNumber, CellUnit, Said, parse_cell, parse_unit

__all__ = ["Layout", "Line", "LineKind", "read_layout"]

# item: an amount among others · total: 合计 alone · named: 流动资产合计 · part: 其中：女性 · section: words without numbers ·
# rate: never summed · share: 占比 · growth: 同比增减(%) · key: a year, a code, a serial number · text: no numbers in it
LineKind = Literal["item", "total", "named", "part", "section", "rate", "share", "growth", "key", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: what it is, its own words, the words of the heads above it, and its unit.

    `level` is how far it is moved in among its like, `sign` −1 where its words take it off (减：库存股).
    """

    index: int
    kind: LineKind
    label: str
    group: str = ""
    unit: CellUnit | None = None
    level: int = 0
    sign: int = 1
    counts: bool = False


@dataclass(frozen=True)
class Layout:
    """A table read: its lines, and the numbers of its body by (row, column) with the offsets where their cells start.

    `body` is the first row below the heads and `stub` the first column behind the labels. `blank` are the cells of the body
    that say nothing or are not there; what is neither number nor blank is words. `broken` says that numbers of the table
    are cut or stand in rows without a label, so that nothing can be held against it; `pieces` are the spans of such cells,
    and `serials` those of the serial numbers among the labels.
    """

    table: Table
    body: int
    stub: int
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    numbers: Mapping[tuple[int, int], CellNumber]
    starts: Mapping[tuple[int, int], int]
    words: frozenset[tuple[int, int]] = field(default=frozenset())
    pieces: tuple[tuple[int, int], ...] = ()
    serials: tuple[tuple[int, int], ...] = ()
    unit: CellUnit | None = None
    broken: bool = False
    caption: str = ""

    @property
    def titles(self) -> str:
        """The lines of the caption that are titles and units, and no sentences; a question is what a survey asked."""
        return "\n".join(line for line in self.caption.splitlines() if not line.rstrip().endswith(tuple("。！；：")))

    def unit_of(self, row: int, column: int) -> CellUnit | None:
        """The unit of a number: its own, that of its column, of its row, or of the whole table, in this order."""
        number = self.numbers[row, column]
        if number.unit is not None:
            return number.unit
        down, across = self.columns[column], self.rows[row]
        if down.unit is not None:
            return down.unit
        if across.unit is not None:
            return across.unit
        if down.kind in ("rate", "share", "growth", "key") or across.kind in ("rate", "share", "growth"):
            return None
        return None if down.counts or across.counts else self.unit


_MARKS = re.compile(r"[*_`]{1,3}|<br\s*/?>|\s+")
_NOTE = re.compile(r"(?:[（(](?:注\s*)?\d{1,2}[）)]|\[\d{1,2}\]|[①-⑳])+$")  # 其他(1): a footnote
# 金额（万元） · 占比(%) · 产量/万吨 · 收入，万元 · 单位：万元
_UNIT = re.compile(
    r"[（(\[](?:单位[:：])?(?P<a>[^（）()\[\]]{1,9})[）)\]]|(?:[/／，,]|单位[:：])(?P<b>[^（）()/／，,：:]{1,8})$"
)
_ABOVE = re.compile(
    r"(?:金额|货币|数量)?(?:计量)?单位(?:名称)?\s*[:：]\s*(?P<unit>(?:人民币)?\s*[^\s，,、；;。：:（）()|]{1,9})(?P<more>\s*[、，,/]\s*[^\s，,、；;。：:（）()|]{1,6})?"
)
# 人民币百万元，百分比除外 · （万元）: a line that is a unit and nothing else
_BARE_ABOVE = re.compile(
    r"^[（(]?(?P<unit>(?:人民币)?(?:十|百|千)?[万亿千]?元)(?:[，,；;](?:百分比|比例|特别注明|另有)[^\n]{0,8}除外)?[）)]?$",
    re.MULTILINE,
)
_PURE_TOTAL = re.compile(
    r"(?:上述|以上|全[国省市县区乡镇村校州盟旗]|本[页年级期])?(?:合计|总计|共计|小计|总和|合计数|总计数)|(?:sub)?\s?total|sum",
    re.IGNORECASE,
)
_NAMED_TOTAL = re.compile(r"(?:合计|小计|总计|共计|总额|总数|总量|总和)$")
_PART = re.compile(r"^(?:#|其中[:：]?|其:|其：|内：|#\s)")
_RATE = re.compile(
    r"率(?:$|[（(\[%])|均(?!衡|安|匀|线|胜|田|州|和|余额)|单价|价格|[市售定房地股油电水均批]价|(?<![占对相])比(?:例|率|值)?(?:$|[（(%])|倍|指数|系数|温度|气温|得分|分数|评分|成绩"
    r"|名次|排名|位次|密度|强度|浓度|每[\u4e00-\u9fff]|年龄|工龄|周期|天数|速度|深度|高度|长度|折旧年限|年限|百分点|最[高低大小多少]|[元吨]/[\u4e00-\u9fff]"
)
_RATE_ROW = re.compile(
    r"(?:率|比例|比率|均价|单价|指数|系数|百分比|收益率|每股[\u4e00-\u9fff]{2,4})(?:$|[（(\[])|[%％][）)]?$|^(?:平均|人均|户均|每股|每人|每户)|平均(?:值|数|$)|最[高低大小][值数]"
)
_SHARE = re.compile(r"占.{0,12}(?:比|[%％]|百分|重)|比重|占比|构成比?(?:$|[（(%])|份额")
_GROWTH = re.compile(
    r"同比|环比|增长率|增幅|增速|降幅|涨幅|跌幅|(?:增减|变动|变化|增长|升降|增加|涨跌)(?:比例|比率|幅度|率|百分比|百分率)|(?:增减|变动|变化|增长|升降|涨跌|[减降]|（减）|\(减\))[（(]?[%％±]|±[%％]|[比较][^（(]{0,6}(?:增减|增长|升降|增幅|变动)"
)
_AMOUNT_CHANGE = re.compile(r"(?:增减|变动|增长|增加|减少|变化|[）)])(?:额|量|数|金额|值)")
_KEY = re.compile(
    r"^(?:序号?|编号|代码|年份|年度|月份|日期|时间|电话|联系方式|手机|邮编|证号|排序|No\.?|代号|行次|股票代码|证券代码|身份证号?|.*(?:编号|代码|日期|时间|年份|号码|文号|账号|排名|名次|位次|电话))$",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"(?:人|户|村|乡|镇|县|家|个|件|台|辆|套|次|笔|宗|股|所|床位|企业|机构|项目|学校|员工|职工|学生|单位|网点|数)数$|数量|人员|人数|户数|个数|次数|套数|股份|股数|数目|张数|面积|产量|重量"
)
_LESS = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.．、])?(?:减|扣除|扣减)[:：]")
_MORE = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.．、])?加[:：]")
# 一、 then （一） then 1. then （1）: how deep a numbered label lies
_NUMBERING = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")


def read_layout(table: Table, text: str, above: Sequence[str] = ()) -> Layout | None:
    """Read a table of a folded text; None where it has no two rows and columns, or no numbers.

    `above` are the lines that stand over the table, the nearest last: units and captions may be in them.
    """
    if table.columns < 2 or table.rows < 2 or len(table.cells) < 3:
        return None
    said: dict[tuple[int, int], CellNumber | Said] = {
        (cell.row, cell.column): parse_cell(text[cell.start : cell.end]) for cell in table.cells
    }
    by_row: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        by_row[cell.row].append(cell)
    first, titles = _titles(table, by_row, text)
    body = _heads(table, by_row, said, text, first)
    caption = "\n".join((*above, *titles))
    stub = _stub(table, by_row, said, text, body)
    numbers: dict[tuple[int, int], CellNumber] = {}
    starts: dict[tuple[int, int], int] = {}
    words: set[tuple[int, int]] = set()
    pieces: list[tuple[int, int]] = []
    broken = False
    for row in range(body, table.rows):
        for cell in by_row[row]:
            what = said[cell.row, cell.column]
            if cell.column < stub or what == NOTHING:
                continue
            if isinstance(what, CellNumber) and cell.row_span == 1 and cell.column_span == 1:
                numbers[row, cell.column] = what
                starts[row, cell.column] = cell.start
                continue
            if what == BROKEN:
                broken = True
                pieces.append((cell.start, cell.end))
            words.update(
                (r, c)
                for r in range(row, row + cell.row_span)
                for c in range(cell.column, cell.column + cell.column_span)
            )
    if not numbers:
        return None
    columns = _columns(table, by_row, text, first, body, stub, numbers)
    rows, unlabelled = _rows(table, by_row, said, text, body, stub, numbers, columns)
    columns = tuple(_by_its_numbers(column, rows, numbers, body) for column in columns)
    return Layout(
        table,
        body,
        stub,
        rows,
        columns,
        numbers,
        starts,
        frozenset(words),
        tuple(pieces),
        _serials(by_row, said, body, stub, columns),
        _unit_above(caption),
        broken or unlabelled,
        caption,
    )


def _serials(
    by_row: Sequence[Sequence[Cell]],
    said: Mapping[tuple[int, int], CellNumber | Said],
    body: int,
    stub: int,
    columns: Sequence[Line],
) -> tuple[tuple[int, int], ...]:
    """The whole numbers in columns of labels that are named as numbers, or count the rows."""
    found = []
    for row, cells in enumerate(by_row[body:], start=1):
        for cell in cells[: stub or 0]:
            what = said[cell.row, cell.column]
            if cell.column >= stub or not isinstance(what, CellNumber) or what.unit is not None or what.decimals:
                continue
            if what.mantissa == row or _KEY.match(columns[cell.column].label):
                found.append((cell.start, cell.end))
    return tuple(found)


def _said(cell: Cell, text: str) -> CellNumber | Said:
    return parse_cell(text[cell.start : cell.end])


def _label(cells: Iterable[Cell], text: str) -> str:
    return "".join(_MARKS.sub("", text[cell.start : cell.end]) for cell in cells)


def _titles(table: Table, by_row: Sequence[Sequence[Cell]], text: str) -> tuple[int, list[str]]:
    """The first row that is no title: a row of one cell above the others names the table or its unit."""
    titles: list[str] = []
    row = 0
    while row < table.rows - 2 and row < _MOST_TITLES and len(by_row[row]) <= 1:
        if by_row[row] and table.columns > 1:
            cell = by_row[row][0]
            if not isinstance(_said(cell, text), str):
                break
            words = text[cell.start : cell.end]
            if (
                cell.header is False
                and any(c.header for c in by_row[row + 1]) is False
                and row == 0
                and not titles
                and cell.column_span == 1
                and table.sheet is None
            ):
                break  # | 流动资产： |  |  |: a section, not a title
            titles.append(words)
        row += 1
    return (row, titles) if titles else (0, [])


_MOST_TITLES = 5


def _heads(
    table: Table,
    by_row: Sequence[Sequence[Cell]],
    said: Mapping[tuple[int, int], CellNumber | Said],
    text: str,
    first: int,
) -> int:
    """The first row of the body: behind what the source marks as heads, and behind rows that hold words alone."""
    row = first
    while row < table.rows - 1:
        cells = by_row[row]
        real = [
            c
            for c in cells
            if isinstance(said[c.row, c.column], CellNumber) and not _YEAR.fullmatch(text[c.start : c.end])
        ]
        if real or any(said[c.row, c.column] == BROKEN for c in cells):
            break
        marked = any(c.header and c.column > 0 for c in cells)
        several = len(cells) > 1 or any(c.column > 0 or c.column_span > 1 for c in cells)
        years = [c for c in cells if isinstance(said[c.row, c.column], CellNumber)]
        wordy = sum(said[c.row, c.column] == "words" for c in cells)
        goes_on = row > first and several and wordy and _goes_on(cells, by_row[row - 1])
        too_little = not several or not (years or wordy) or (row > first and wordy < 2 and not years)
        if not marked and too_little and not goes_on:
            break
        if years and not marked and row > first and (len(years) < 2 or cells[0].column == 0):
            break  # | 产量 | 2019 | 2018 | below heads: amounts that look like years
        if not marked and any(_PURE_TOTAL.fullmatch(_label([c], text)) for c in cells if c.column == 0):
            break
        row += 1
    return row


def _goes_on(cells: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether the words of a row only go on what stands above them, and none stands in the first column."""
    return bool(above) and all(c.column > 0 for c in cells)


def _stub(
    table: Table,
    by_row: Sequence[Sequence[Cell]],
    said: Mapping[tuple[int, int], CellNumber | Said],
    text: str,
    body: int,
) -> int:
    """How many columns at the left hold labels: words, or the keys 1, 2, 3 and years."""
    counts = [[0, 0, 0] for _ in range(table.columns)]  # numbers, words, years or serial numbers
    for row in range(body, table.rows):
        for cell in by_row[row]:
            what = said[cell.row, cell.column]
            if isinstance(what, CellNumber):
                counts[cell.column][0] += 1
                plain = what.unit is None and not what.grouped
                if plain and (_YEAR.fullmatch(text, cell.start, cell.end) or what.mantissa == row - body + 1):
                    counts[cell.column][2] += 1
            elif what == "words":
                counts[cell.column][1] += 1
    stub = 0
    while stub < table.columns - 1:
        numbers, words, keys = counts[stub]
        if numbers and (stub or keys < numbers) and numbers * 4 > words:
            break
        if not numbers and not words and stub:
            break
        if words and stub and numbers:
            break
        stub += 1
    return stub


def _columns(
    table: Table,
    by_row: Sequence[Sequence[Cell]],
    text: str,
    first: int,
    body: int,
    stub: int,
    numbers: Mapping[tuple[int, int], CellNumber],
) -> tuple[Line, ...]:
    own: list[list[Cell]] = [[] for _ in range(table.columns)]
    over: list[list[str]] = [[] for _ in range(table.columns)]
    below = set()  # the columns in which a head stands below the row that is looked at
    for row in range(body - 1, first - 1, -1):
        cells = {cell.column: cell for cell in by_row[row]}
        held: str | None = None
        for column in range(table.columns):
            cell = cells.get(column)
            if cell is not None:
                last = column + cell.column_span
                # | 2019年 |  | above | 金额 | 占比 |: its span is lost, but it stands over both
                lost = column >= stub and column in below and last in below and last not in cells
                held = _label([cell], text) if lost or cell.column_span > 1 else None
                if held is None:
                    own[column].append(cell)
            if held is not None:
                if cell is None and column not in below:
                    held = None
                elif column in below:
                    over[column].append(held)
                elif cell is not None:
                    own[column].append(cell)
        below |= set(cells)
    for column in range(table.columns):
        own[column].reverse()
        over[column].reverse()
    lines = []
    filled = {column for _, column in numbers}
    for column in range(table.columns):
        label = _NOTE.sub("", _label(own[column], text))
        group = "".join(over[column])
        if column not in filled:
            lines.append(Line(column, "text", label, group))
            continue
        kind = _column_kind(label) if label else "item"
        if kind == "item" and group and not label:
            kind = _column_kind(group)
        unit = _unit_in(label) or _unit_in(group)
        if unit is not None and unit.unit.name == "%" and kind == "item":
            kind = "rate"
        if unit is not None and "/" in unit.unit.dimension and kind == "item":
            kind = "rate"
        lines.append(Line(column, kind, label, group, unit, counts=_COUNTS.search(_UNIT.sub("", label)) is not None))
    return tuple(lines)


def _column_kind(label: str) -> LineKind:
    bare = _UNIT.sub("", label)
    if _PURE_TOTAL.fullmatch(bare):
        return "total"
    if _SHARE.search(label):
        return "share" if not _GROWTH.search(label) else "growth"
    if _AMOUNT_CHANGE.search(label) and "%" not in label and "同比" not in label:
        return "item"
    if _GROWTH.search(label):
        return "growth"
    if _KEY.match(bare):
        return "key"
    if _RATE.search(bare) or _RATE.search(label):
        return "rate"
    if _NAMED_TOTAL.search(bare):
        return "named"
    return "part" if _PART.match(bare) else "item"


def _by_its_numbers(
    column: Line, rows: Sequence[Line], numbers: Mapping[tuple[int, int], CellNumber], body: int
) -> Line:
    """A column whose cells are written with % is a rate, whatever its head says, unless it is a share or a growth.

    A first column that counts its rows is a key, with or without a head that says so.
    """
    if column.kind not in ("item", "total", "named", "part"):
        return column
    if column.index == 0 and (_counts_up(rows, numbers, body) or (not column.label and _alone(rows, numbers, body))):
        return replace(column, kind="key")
    percents = whole = 0
    for row in range(body, min(len(rows), body + _SAMPLE)):
        number = numbers.get((row, column.index))
        if number is not None:
            whole += 1
            percents += number.unit is not None and number.unit.unit.dimension == "[rate]"
    return replace(column, kind="rate") if percents * 2 > whole else column


def _counts_up(rows: Sequence[Line], numbers: Mapping[tuple[int, int], CellNumber], body: int) -> bool:
    """Whether the first cells of the rows are serial numbers: 11, 12, 13 … in those that have one, a few gaps and new starts aside."""
    serials = [numbers[row, 0] for row in range(body, min(len(rows), body + _SAMPLE)) if (row, 0) in numbers]
    if len(serials) < _FEWEST_SERIALS or any(n.unit is not None or n.decimals for n in serials):
        return False
    steps = [later.mantissa - before.mantissa for before, later in pairwise(serials)]
    return steps.count(1) * 4 >= len(steps) * 3


def _alone(rows: Sequence[Line], numbers: Mapping[tuple[int, int], CellNumber], body: int) -> bool:
    """Whether a first column without a head numbers rows of words, as where a page has cut a list."""
    firsts = [(row, numbers[row, 0]) for row in range(body, len(rows)) if (row, 0) in numbers]
    whole = all(n.unit is None and not n.decimals and 0 < n.mantissa < _GREATEST_SERIAL for _, n in firsts)
    rising = all(before.mantissa < later.mantissa for (_, before), (_, later) in pairwise(firsts))
    return whole and rising and not any((row, 1) in numbers for row, _ in firsts)


_FEWEST_SERIALS, _GREATEST_SERIAL = 3, 1000
_SAMPLE = 40  # rows that tell what a column holds


def _rows(
    table: Table,
    by_row: Sequence[Sequence[Cell]],
    said: Mapping[tuple[int, int], CellNumber | Said],
    text: str,
    body: int,
    stub: int,
    numbers: Mapping[tuple[int, int], CellNumber],
    columns: Sequence[Line],
) -> tuple[tuple[Line, ...], bool]:
    """The rows, and whether one that holds numbers has no label."""
    filled = {row for row, _ in numbers}
    spanning: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.column < max(stub, 1) and cell.row_span > 1:
            for row in range(cell.row + 1, cell.row + cell.row_span):
                spanning.setdefault(row, []).append(cell)
    unit_column = next((c.index for c in columns if c.index < len(columns) and _UNIT_HEAD.match(c.label)), None)
    lines = []
    unlabelled = False
    above: CellUnit | None = None
    empty = [row for row in range(body, table.rows) if row not in filled and by_row[row]]
    few = len(empty) * 3 <= table.rows - body  # where many rows are empty, an empty one heads nothing
    for row in range(table.rows):
        cells = by_row[row]
        if row < body:
            lines.append(Line(row, "section", _label(cells, text)))
            continue
        stubs = [c for c in cells if c.column < stub and c.column != unit_column]
        named = [c for c in stubs if isinstance(what := said[c.row, c.column], str) and what != NOTHING] or stubs
        label = _NOTE.sub("", _label(named[-1:], text))
        group = _label(named[:-1], text) + _label(spanning.get(row, []), text)
        if row not in filled:
            if stub and cells and cells[0].column > 0:
                lines.append(Line(row, "text", ""))  # words of the row above or below, cut by a narrow column
                continue
            label = label or _label(cells[:1], text)
            heads = bool(cells) and (few or label.endswith(("：", ":")) or _numbered(label) in (1, 2))
            lines.append(Line(row, "part" if _PART.match(label) else "section" if heads else "text", label))
            continue
        if stub and not stubs and row not in spanning:
            unlabelled = True
        unit = None
        if unit_column is not None:
            there = next((c for c in cells if c.column == unit_column), None)
            unit = parse_unit(_label([there], text)) if there is not None else None
        kind = _row_kind([_label([c], text) for c in named] or [label])
        lead = named[-1] if named else None
        level = 0
        if lead is not None:
            level = lead.indent or _leading(text, lead)
        unit = unit or _unit_in(label)
        if kind == "part" and unit is None:
            unit = above  # 在校生（人） and below it 其中：女生
        elif kind != "part":
            above = unit
        if unit is not None and kind == "item" and (unit.unit.dimension == "[rate]" or "/" in unit.unit.dimension):
            kind = "rate"
        lines.append(
            Line(
                row, kind, label, group, unit, level or _numbered(label), -1 if _LESS.match(label) else 1,
                _COUNTS.search(_UNIT.sub("", label)) is not None,
            )
        )  # fmt: skip
    return tuple(lines), unlabelled


def _leading(text: str, cell: Cell) -> int:
    """Full-width blanks before the words of a cell."""
    at = cell.start
    while at and text[at - 1] in " \u3000\xa0":
        at -= 1
    gap = cell.start - at
    return gap // 2 if gap > 1 else 0


def _numbered(label: str) -> int:
    """How deep the numbering of a label lies, from 1; 0 without numbering."""
    return next((depth for depth, pattern in enumerate(_NUMBERING, 1) if pattern.match(label)), 0)


def _row_kind(labels: Sequence[str]) -> LineKind:
    for label in labels:
        bare = _NOTE.sub("", _UNIT.sub("", label)).rstrip("：:")
        if _PURE_TOTAL.fullmatch(bare):
            return "total"
    label = labels[-1]
    bare = _NOTE.sub("", _UNIT.sub("", label)).rstrip("：:")
    if _PART.match(label):
        return "part"
    if _RATE_ROW.search(label):
        return "share" if _SHARE.search(label) else "rate"
    if _SHARE.search(label):
        return "share"
    if _GROWTH.search(label) and not _AMOUNT_CHANGE.search(label):
        return "growth"
    return "named" if _NAMED_TOTAL.search(bare) else "item"


def _unit_in(label: str) -> CellUnit | None:
    """The unit that a head names in brackets or behind a stroke."""
    for match in _UNIT.finditer(label):
        unit = parse_unit(match["a"] or match["b"])
        if unit is not None:
            return unit
    return None


def _unit_above(caption: str) -> CellUnit | None:
    """The one unit that is named over a table; None where there are several."""
    bare = _BARE_ABOVE.search(caption)
    found = parse_unit(bare["unit"]) if bare is not None else None
    for match in _ABOVE.finditer(caption):
        if match["more"]:
            return None
        found = parse_unit(match["unit"])
    return found
