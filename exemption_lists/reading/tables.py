"""Finding the tables of a sheet: titles, header, body rows, remarks; repeated page headers are skipped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from enforcement.spreadsheets.grid import GridCell, MergedArea, SheetGrid

from .choices import table_key, with_meanings
from .findings import Findings, shown
from .headers import Column, Header, HeaderColumn, header_at
from .remarks import begins_remark, continues_remark
from .wording import is_blank_mark, kinds_named, looks_like_serial, normal_serial, one_line

_PAGE_MARK = re.compile(
    r"^[\s—\-－–]*(?:第\s*)?[\d０-９]+\s*(?:页)?(?:\s*[/，,、共]\s*共?\s*\d+\s*页?)?[\s—\-－–]*$"
)
_CONTINUED = re.compile(r"续表|（续）|\(续\)|接上(?:页|表)")
_CHINESE_NUMERAL = re.compile(r"^\s*[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?\s*$")
_TITLE_ROWS_AHEAD = 4
_LONGEST_HEADING = 30
_FEWEST_COUNTED = 3


@dataclass(slots=True)
class TableLayout:
    """One table as laid out: rows to be read as entries, which of them follow a page break, remark cells.

    `sections` and `category_headings` give the heading standing alone above a body row. `header` is what a person
    decided the columns mean, `recognised` what was read; `key` names the table.
    """

    header: Header
    titles: list[GridCell]
    findings: Findings
    body: list[int] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    sections: dict[int, GridCell] = field(default_factory=dict)
    remarks: list[GridCell] = field(default_factory=list)
    category_headings: dict[int, GridCell] = field(default_factory=dict)
    recognised: Header | None = None
    key: str = ""


class LayoutReader:
    """Walks one sheet (or one column block of it) from top to bottom."""

    def __init__(self, grid: SheetGrid, meanings: Mapping[str, Mapping[int, Column]] | None = None) -> None:
        self._grid = grid
        self._meanings = meanings or {}
        self._rows = grid.rows()
        self._order = sorted(self._rows)
        self.tables: list[TableLayout] = []
        self._pending: list[GridCell] = []
        self._headings: list[GridCell] = []
        self._broken = False
        self._in_remark = False
        self._skip_to = 0

    def read(self) -> list[TableLayout]:
        for index, row in enumerate(self._order):
            if row <= self._skip_to:
                continue
            cells = self._rows[row]
            header = header_at(self._grid, row, cells)
            if header is not None:
                self._take_header(header, index)
            elif not self.tables:
                self._pending.extend(cells)
            else:
                self._take_row(row, cells, index)
        self._close()
        return self.tables

    @property
    def leading_cells(self) -> list[GridCell]:
        """Every cell, when the sheet holds no table at all."""
        return self._pending

    def _take_header(self, header: Header, index: int) -> None:
        self._skip_to = header.last_row
        table = self.tables[-1] if self.tables else None
        if table is not None and self._repeats(table, header, index):
            table.findings.use_all((*header.cells, *self._pending), "header")
            self._pending = []
            self._broken = True
            table.findings.note(header.cells[0].name, f"第 {header.first_row} 行是换页后重复的表头，已跳过。")
            return
        self._close()
        findings = Findings()
        findings.use_all(header.cells, "header")
        findings.use_all(self._pending, "title")
        key = table_key(self._grid.name, header)
        decided = with_meanings(header, self._meanings.get(key) or {})
        self.tables.append(TableLayout(decided, self._pending, findings, recognised=header, key=key))
        self._pending, self._broken, self._in_remark = [], False, False

    def _repeats(self, table: TableLayout, header: Header, index: int) -> bool:
        """Same columns, no new title in between, and the numbering does not start again."""
        if table.recognised is None or table.recognised.shape != header.shape or self._in_remark:
            return False
        titles = {one_line(cell.text) for cell in table.titles}
        fresh = [cell for cell in self._pending if one_line(cell.text) not in titles]
        if any(not _CONTINUED.search(cell.text) and not _PAGE_MARK.match(cell.text) for cell in fresh):
            return False
        following = next((row for row in self._order[index + 1 : index + 3] if row > header.last_row), None)
        serials = header.columns_of(Column.SERIAL)
        if following is None or not serials or not table.body:
            return True
        restart = self._grid.seen(following, serials[0])
        return restart is None or normal_serial(restart.text) != "1"

    def _take_row(self, row: int, cells: list[GridCell], index: int) -> None:
        table = self.tables[-1]
        if self._leads_to_header(index):
            self._pending.extend(cells)
        elif all(_PAGE_MARK.match(cell.text) for cell in cells) and self._is_page_mark(cells):
            table.findings.use_all(cells, "page_mark")
            table.findings.note(cells[0].name, f"{cells[0].name} 是页码，已跳过。")
            self._broken = True
        elif begins_remark(cells[0].text) or (
            self._in_remark and len(cells) == 1 and continues_remark(cells[0].text)
        ):
            self._in_remark = True
            table.remarks.extend(cells)
            table.findings.use_all(cells, "remark")
        elif all(is_blank_mark(cell.text) for cell in cells):
            table.findings.use_all(cells, "empty_mark")
            table.findings.note(cells[0].name, f"{cells[0].name} 写明“{cells[0].text}”，本行没有条目。")
        elif _counts_columns(cells):
            table.findings.use_all(cells, "header")
            table.findings.note(cells[0].name, f"第 {row} 行是各栏的编号，已跳过。")
        elif len(cells) == 1 and self._is_heading(table, cells[0]):
            self._headings.append(cells[0])
        elif len(cells) == 2 and self._is_numbered_heading(table, cells):
            table.findings.use(cells[0], "section")
            self._headings.append(cells[1])
        else:
            self._take_body_row(table, row)

    def _take_body_row(self, table: TableLayout, row: int) -> None:
        self._in_remark = False
        for heading in self._headings:
            self._file_heading(table, heading, row)
        self._headings = []
        table.body.append(row)
        if self._broken:
            table.breaks.add(row)
            self._broken = False

    def _file_heading(self, table: TableLayout, heading: GridCell, row: int) -> None:
        column = table.header.at(heading.column)
        if column is not None and column.meaning in (Column.CATEGORY, Column.DOMAIN):
            table.category_headings[row] = heading
            return
        table.sections[row] = heading
        table.findings.use(heading, "section")
        table.findings.note(heading.name, f"{heading.name} 是小标题“{shown(heading.text)}”，用于其下各条。")

    def _is_page_mark(self, cells: list[GridCell]) -> bool:
        """A lone number is a page mark only outside the serial column or when written as a page."""
        if len(cells) > 1:
            return False
        text = cells[0].text
        if "页" in text or re.match(r"^[—\-－–]", text):
            return True
        column = self.tables[-1].header.at(cells[0].column)
        return column is None

    def _is_heading(self, table: TableLayout, cell: GridCell) -> bool:
        """A row with one cell only: merged across the table, or in a column that cannot stand alone."""
        area = self._grid.area(cell.row, cell.column)
        if area is not None and area.last_column > area.first_column:
            return cell.column == table.header.columns[0].column
        column = table.header.at(cell.column)
        if column is None:
            return False
        if column.meaning in (Column.CATEGORY, Column.DOMAIN):
            # A merged category can begin beside a continued item; then the row is part of the body.
            return area is None
        return column.meaning is Column.SERIAL and not looks_like_serial(cell.text)

    def _is_numbered_heading(self, table: TableLayout, cells: list[GridCell]) -> bool:
        """一 | 建设项目类: a Chinese numeral in the serial column beside one short text and nothing else."""
        column = table.header.at(cells[0].column)
        return (
            column is not None
            and column.meaning is Column.SERIAL
            and bool(_CHINESE_NUMERAL.match(cells[0].text))
            and len(cells[1].text) <= _LONGEST_HEADING
            and table.header.has(Column.CONDITION)
        )

    def _leads_to_header(self, index: int) -> bool:
        """Whether this row and at most three lone cells below stand above a header as its title."""
        for ahead in range(index, min(index + _TITLE_ROWS_AHEAD, len(self._order))):
            row = self._order[ahead]
            cells = self._rows[row]
            if ahead > index and header_at(self._grid, row, cells) is not None:
                return True
            if not self._could_be_title(cells):
                return False
        return False

    def _could_be_title(self, cells: list[GridCell]) -> bool:
        if len(cells) != 1 or begins_remark(cells[0].text) or _PAGE_MARK.match(cells[0].text):
            return False
        text = cells[0].text
        if is_blank_mark(text):
            return False
        area = self._grid.area(cells[0].row, cells[0].column)
        wide = area is not None and area.last_column > area.first_column
        if self._in_remark and continues_remark(text) and not kinds_named(text):
            return False
        column = self.tables[-1].header.at(cells[0].column)
        in_first = column is None or column.column == self.tables[-1].header.columns[0].column
        return len(text) <= 80 and (wide or (in_first and not looks_like_serial(text)))

    def _close(self) -> None:
        """Headings without rows below (本清单自某日起施行) are remarks of the table above."""
        if self.tables:
            table = self.tables[-1]
            table.remarks.extend(self._headings)
            table.findings.use_all(self._headings, "remark")
        self._headings = []


def _counts_columns(cells: list[GridCell]) -> bool:
    """A row that only numbers the columns from 1."""
    return len(cells) >= _FEWEST_COUNTED and all(
        normal_serial(cell.text) == str(number) for number, cell in enumerate(cells, start=1)
    )


def column_blocks(grid: SheetGrid) -> list[SheetGrid]:
    """The sheet cut where a header repeats its own columns: two tables side by side become two grids."""
    for row, cells in grid.rows().items():
        header = header_at(grid, row, cells)
        if header is None:
            continue
        cuts = _cuts(header.columns)
        if cuts:
            bounds = [0, *cuts, max(grid.last_column + 1, cuts[-1] + 1)]
            return [_cut(grid, low, high) for low, high in pairwise(bounds)]
    return [grid]


def _cuts(columns: tuple[HeaderColumn, ...]) -> list[int]:
    leading = columns[0]
    if leading.meaning not in (Column.SERIAL, Column.VIOLATION):
        return []
    # A label merged over two columns repeats its meaning without beginning a second table.
    return [
        one.column
        for before, one in pairwise(columns)
        if one.meaning is leading.meaning and before.meaning is not leading.meaning
    ]


def _cut(grid: SheetGrid, low: int, high: int) -> SheetGrid:
    """The columns from `low` up to but not including `high`; areas stay with their anchor."""
    merged = tuple(
        MergedArea(area.first_row, area.first_column, area.last_row, min(area.last_column, high - 1))
        for area in grid.merged
        if low <= area.first_column < high
    )
    return SheetGrid(
        name=grid.name,
        hidden=grid.hidden,
        cells={place: cell for place, cell in grid.cells.items() if low <= place[1] < high},
        merged=merged,
        stale=tuple(cell for cell in grid.stale if low <= cell.column < high),
        hidden_rows=grid.hidden_rows,
        hidden_columns=frozenset(column for column in grid.hidden_columns if low <= column < high),
    )
