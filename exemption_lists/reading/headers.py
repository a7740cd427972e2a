"""Header rows: what a column label means, and whether a row is a header at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from enforcement.spreadsheets.grid import GridCell, MergedArea, SheetGrid
from enforcement.spreadsheets.limits import MAX_COLUMNS

_LONGEST_LABEL = 25
_FEWEST_COLUMNS = 2


class Column(StrEnum):
    """What a column of a leniency table is about. OTHER goes into the note; only a person can say IGNORED."""

    SERIAL = "serial"
    KIND = "kind"
    DOMAIN = "domain"
    CATEGORY = "category"
    VIOLATION = "violation_name"
    VIOLATED = "violated_provisions"
    PENALTY = "penalty_provisions"
    CONDITION = "condition_text"
    MEASURE = "measure"
    COERCIVE = "coercive_measure"
    EXCLUSION = "exclusions"
    FOLLOW_UP = "follow_up"
    STATUTORY = "statutory_ranges"
    FINE = "fine_ranges"
    FINE_RULE = "fine_rule"
    PLAIN = "plain_words"
    EXAMPLE = "example"
    NOTE = "note"
    OTHER = "other"
    IGNORED = "ignored"


# What each column is called where a person chooses it, in the order of a printed list.
COLUMN_LABELS: dict[Column, str] = {
    Column.SERIAL: "序号",
    Column.KIND: "类型",
    Column.DOMAIN: "执法领域",
    Column.CATEGORY: "类别",
    Column.VIOLATION: "违法行为",
    Column.VIOLATED: "违反依据（法律依据）",
    Column.PENALTY: "处罚依据",
    Column.CONDITION: "适用条件",
    Column.MEASURE: "处理方式",
    Column.COERCIVE: "免予的强制措施",
    Column.EXCLUSION: "排除情形",
    Column.FOLLOW_UP: "配套措施",
    Column.STATUTORY: "法定幅度",
    Column.FINE: "罚款幅度",
    Column.FINE_RULE: "罚款确定方法",
    Column.PLAIN: "通俗解释",
    Column.EXAMPLE: "举例",
    Column.NOTE: "备注",
    Column.OTHER: "没有对应的栏目，记入备注",
    Column.IGNORED: "不导入这一栏",
}
# A second column of these would not add to the first but contradict it.
ONLY_ONCE = frozenset({Column.SERIAL, Column.KIND})
EXPECTED_LABELS = ("序号", "类别", "违法行为", "违反依据", "适用条件")

# The first pattern found decides, so the narrow ones stand before the wide ones (事项类别 is a category).
_MEANINGS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.SERIAL, r"^(?:序号?|编号|项次|条目号|序列号?|No\.?|NO\.?|no\.?)$"),
        (Column.KIND, r"^(?:减免责?|清单|减免责清单)?(?:类型|种类)$|^清单类别$|^减免方式$"),
        (Column.PLAIN, r"通俗(?:解释|说明|表述)"),
        (Column.EXAMPLE, r"^(?:举例|示例|例子|举例说明|示例说明)$"),
        (Column.STATUTORY, r"法定(?:的)?(?:罚款|处罚)?(?:幅度|数额|金额)"),
        (Column.FINE_RULE, r"罚款(?:数额|金额)?(?:的)?(?:确定|计算)(?:方法|办法|方式)"),
        (Column.FINE, r"(?:罚款|减轻后?|从轻后?)(?:的)?(?:罚款|处罚)?(?:幅度|数额|金额)"),
        (Column.EXCLUSION, r"排除|不适用|不得适用|除外|例外"),
        (Column.COERCIVE, r"强制措施|强制种类"),
        (Column.FOLLOW_UP, r"配套|后续监管|监管措施|柔性措施|跟进措施"),
        (Column.OTHER, r"实施机关|实施主体|权力层级|执法层级|责任单位|执法主体|事项编码"),
        (Column.PENALTY, r"处罚的?(?:法律)?依据|罚则|处罚条款|处罚规定|设定依据|实施依据"),
        (
            Column.VIOLATED,
            r"违反.{0,6}(?:条款|依据|规定|法律|法规|条文)|法律依据|法定依据|执法依据|法律条款|禁止性|^依据$",
        ),
        (
            Column.MEASURE,
            r"处理(?:方式|意见|结果|措施|决定|建议)|处罚方式|裁量标准|处罚标准|裁量幅度|减免方式",
        ),
        (Column.CONDITION, r"(?:不予|免|从轻|减轻|适用|具备|符合|裁量).*(?:情节|情形|条件|标准|情况)"),
        (Column.CATEGORY, r"类别|分类|类目"),
        (Column.DOMAIN, r"领域|行业|条线"),
        (Column.VIOLATION, r"违法(?:行为|事项|情形|事由)?|事项|案由"),
        (Column.CONDITION, r"情节|情形|条件"),
        (Column.NOTE, r"^(?:备\s*注|说明|备注说明|注)$|备注"),
    )
)


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    column: int
    meaning: Column
    label: str


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header over one or two rows, with the cells it is made of."""

    first_row: int
    last_row: int
    columns: tuple[HeaderColumn, ...]
    cells: tuple[GridCell, ...]

    @property
    def shape(self) -> tuple[tuple[int, Column], ...]:
        """What makes two headers the same, whatever their rows."""
        return tuple((column.column, column.meaning) for column in self.columns)

    def has(self, meaning: Column) -> bool:
        return any(column.meaning is meaning for column in self.columns)

    def columns_of(self, meaning: Column) -> list[int]:
        return [column.column for column in self.columns if column.meaning is meaning]

    def at(self, column: int) -> HeaderColumn | None:
        return next((one for one in self.columns if one.column == column), None)


def column_meaning(label: str) -> Column | None:
    """The column a label names, in any of the usual wordings; None for an unknown label."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
    bare = re.sub(r"\([^()]*\)", "", plain) or plain
    return next((column for column, pattern in _MEANINGS if pattern.search(bare)), None)


def header_at(grid: SheetGrid, row: int, cells: list[GridCell]) -> Header | None:
    """The header beginning in this row, given the row's own cells; None when the row is no header."""
    if len(cells) < _FEWEST_COLUMNS or any(len(cell.text) > _LONGEST_LABEL for cell in cells):
        return None
    meanings = [column_meaning(cell.text) for cell in cells]
    known = {meaning for meaning in meanings if meaning is not None}
    recognised = sum(1 for meaning in meanings if meaning is not None)
    if len(known) < _FEWEST_COLUMNS or recognised * 2 < len(cells):
        return None
    if not known & {Column.VIOLATION, Column.CONDITION}:
        return None
    lower = _lower_labels(grid, row, cells)
    columns: list[HeaderColumn] = []
    for cell, meaning in zip(cells, meanings, strict=True):
        for column in _spanned(grid.area(cell.row, cell.column), cell.column):
            label = lower[column].text if column in lower else cell.text
            own = column_meaning(label) if column in lower else None
            columns.append(HeaderColumn(column, own or meaning or Column.OTHER, re.sub(r"\s", "", label)))
    last_row = max([row, *(cell.row for cell in lower.values())])
    return Header(row, last_row, tuple(columns), (*cells, *lower.values()))


def _spanned(area: MergedArea | None, column: int) -> range:
    if area is None:
        return range(column, column + 1)
    return range(area.first_column, min(area.last_column, MAX_COLUMNS) + 1)


def _lower_labels(grid: SheetGrid, row: int, cells: list[GridCell]) -> dict[int, GridCell]:
    """Labels of a second header row under a label merged over several columns (违反条款 | 处罚依据)."""
    wide: set[int] = set()
    for cell in cells:
        area = grid.area(cell.row, cell.column)
        if area and area.last_column > area.first_column and area.last_row == row:
            wide.update(_spanned(area, cell.column))
    within = {column: below for column in sorted(wide) if (below := grid.cell(row + 1, column))}
    foreign = any(grid.cell(row + 1, cell.column) for cell in cells if cell.column not in wide)
    if foreign or not within or any(len(cell.text) > _LONGEST_LABEL for cell in within.values()):
        return {}
    if not any(column_meaning(cell.text) for cell in within.values()):
        return {}
    return within
