"""The way in for a spreadsheet: every visible sheet, every table on it, to draft entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from enforcement.errors import InvalidInput
from enforcement.spreadsheets.grid import GridCell, SheetGrid, column_letters
from enforcement.spreadsheets.guard import open_guarded

from .drafts import CellWarning, DraftEntry, DraftKind, ReadColumn, Severity, SheetReading
from .entries import TableDefaults, build_entry
from .findings import listed_rows, shown
from .headers import EXPECTED_LABELS, Column
from .remarks import Remarks, read_remarks
from .rows import RawEntry, RowReader
from .tables import LayoutReader, TableLayout, column_blocks
from .wording import kind_named, mandate_named, one_line

_ALWAYS_TITLES = ("清单", "目录", "事项表", "一览表", "规定", "基准")


@dataclass(frozen=True, slots=True)
class _Before:
    """The remarks of the table above or on the sheet before, for “同前表”."""

    notes: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()


def read_list_workbook(
    source: str | Path | bytes, *, default_kind: DraftKind | None = None
) -> list[SheetReading]:
    """Open a workbook safely and read its leniency lists; InvalidInput when it holds none."""
    return read_grids(open_guarded(source), default_kind=default_kind)


def read_grids(
    grids: list[SheetGrid],
    *,
    default_kind: DraftKind | None = None,
    columns: Mapping[str, Mapping[int, Column]] | None = None,
) -> list[SheetReading]:
    """One reading per table, in printed order; a sheet that holds none gives one reading that says so.

    `columns` are meanings decided by a person, by table key. Raises InvalidInput when no visible sheet holds a table.
    """
    readings: list[SheetReading] = []
    before = _Before()
    for grid in grids:
        if not grid.cells:
            continue
        if grid.hidden:
            readings.append(_unread(grid, f"工作表“{grid.name}”是隐藏的，没有读取。需要导入的，先取消隐藏。"))
            continue
        found, before = _read_sheet(grid, before, default_kind, columns or {})
        readings.extend(found)
    if not any(reading.is_table for reading in readings):
        problems = [warning.message for reading in readings for warning in reading.warnings]
        raise InvalidInput.from_problems(
            "list_not_recognised", problems or ["这个表格里没有内容，没有写入任何内容。核对选择的文件。"]
        )
    return readings


def unaccounted_cells(grids: list[SheetGrid], readings: list[SheetReading]) -> list[str]:
    """Filled cells of the read sheets that no reading accounts for, as “表名!E5”; empty unless we lost one."""
    used: dict[str, set[str]] = {}
    for reading in readings:
        used.setdefault(reading.sheet, set()).update(reading.accounted)
    return [
        f"{grid.name}!{cell.name}"
        for grid in grids
        for cell in (*grid.cells.values(), *grid.stale)
        if cell.name not in used.get(grid.name, set())
    ]


def _unread(grid: SheetGrid, message: str) -> SheetReading:
    cells = {cell.name: "unread_sheet" for cell in (*grid.cells.values(), *grid.stale)}
    warning = CellWarning(grid.name, message)
    return SheetReading(
        sheet=grid.name, title=grid.name, kind=None, warnings=(warning,), accounted=cells, is_table=False
    )


def _read_sheet(
    grid: SheetGrid,
    before: _Before,
    default_kind: DraftKind | None,
    columns: Mapping[str, Mapping[int, Column]],
) -> tuple[list[SheetReading], _Before]:
    readings: list[SheetReading] = []
    blocks = column_blocks(grid)
    for block in blocks:
        reader = LayoutReader(block, columns)
        tables = reader.read()
        for number, table in enumerate(tables):
            reach = _reach(tables, number, block)
            _report_layout(block, table, reach)
            reading, before = _read_table(block, table, before, default_kind)
            readings.append(reading)
        if tables and reader.leading_cells:
            readings[-1] = _with_trailing(readings[-1], reader.leading_cells)
        elif not tables and block.cells:
            expected = "、".join(EXPECTED_LABELS)
            readings.append(
                _unread(block, f"工作表“{grid.name}”没有找到表头，没有读取。表头应含有：{expected}。")
            )
    return readings, before


def _reach(tables: list[TableLayout], number: int, grid: SheetGrid) -> tuple[int, int]:
    """The rows a table answers for: from behind the table above to before the next one."""
    first = 1 if number == 0 else _first_row(tables[number])
    last = _first_row(tables[number + 1]) - 1 if number + 1 < len(tables) else max(grid.last_row, 1)
    return first, max(last, first)


def _first_row(table: TableLayout) -> int:
    return min([table.header.first_row, *(cell.row for cell in table.titles)])


def _with_trailing(reading: SheetReading, cells: list[GridCell]) -> SheetReading:
    """Title-like cells below the last table, which no header followed: kept as notes of that table."""
    accounted = {**reading.accounted, **{cell.name: "note" for cell in cells}}
    notes = (*reading.notes, *(cell.text for cell in cells))
    return replace(reading, accounted=accounted, notes=notes)


def _report_layout(grid: SheetGrid, table: TableLayout, reach: tuple[int, int]) -> None:
    """Hidden rows and columns are read and named; values under merged areas are not read and named."""
    first, last = reach
    findings = table.findings
    for cell in grid.stale:
        if first <= cell.row <= last or (cell.row > last and table.header.last_row == last):
            findings.use(cell, "stale")
            findings.note(
                cell.name, f"{cell.name} 被合并单元格盖住，其中残留的“{shown(cell.text)}”没有读取。"
            )
    hidden = sorted(grid.hidden_rows.intersection(table.body))
    if hidden:
        findings.warn(f"A{hidden[0]}", f"第 {listed_rows(hidden)} 行是隐藏的，已一并读取，核对是否需要。")
    for column in sorted(grid.hidden_columns):
        if table.header.at(column) is not None:
            findings.warn(
                f"{column_letters(column)}{table.header.first_row}",
                f"{column_letters(column)} 列是隐藏的，已一并读取，核对是否需要。",
            )
    for header_column in table.header.columns:
        if header_column.meaning is Column.OTHER:
            findings.warn(
                f"{column_letters(header_column.column)}{table.header.last_row}",
                f"“{header_column.label}”没有对应的栏目，各行内容已记入备注。",
            )


def _read_table(
    grid: SheetGrid, table: TableLayout, before: _Before, default_kind: DraftKind | None
) -> tuple[SheetReading, _Before]:
    findings = table.findings
    title, subtitles = _title(table, grid.name)
    remarks = read_remarks([findings.text_of(cell) for cell in table.remarks])
    exclusions = _exclusions(table, remarks, before)
    defaults = TableDefaults(
        kind=_table_kind(table, title, subtitles, grid.name) or default_kind,
        mandate=mandate_named(title),
        exclusions=exclusions,
    )
    raw = RowReader(grid, table).read()
    entries = [build_entry(one, header=table.header, defaults=defaults, findings=findings) for one in raw]
    entries = _with_serials(entries, raw, table)
    notes = (*subtitles, *remarks.notes)
    reading = SheetReading(
        sheet=grid.name,
        title=title,
        kind=defaults.kind,
        entries=tuple(entries),
        warnings=tuple(sorted(findings.warnings, key=_by_severity)),
        notes=notes,
        accounted=dict(findings.accounted),
        key=table.key,
        columns=_columns(table),
    )
    return reading, _Before(remarks.notes, exclusions)


def _columns(table: TableLayout) -> tuple[ReadColumn, ...]:
    recognised = table.recognised or table.header
    return tuple(
        ReadColumn(one.column, one.label, one.meaning.value, found.meaning.value)
        for one, found in zip(table.header.columns, recognised.columns, strict=True)
    )


def _by_severity(warning: CellWarning) -> int:
    return (Severity.ERROR, Severity.WARNING, Severity.NOTE).index(warning.severity)


def _title(table: TableLayout, sheet_name: str) -> tuple[str, tuple[str, ...]]:
    """The line that names the list, and the other lines above the header."""
    lines = list(dict.fromkeys(one_line(table.findings.text_of(cell)) for cell in table.titles))
    lines = [line for line in lines if line]
    if not lines:
        return sheet_name, ()
    named = [line for line in lines if kind_named(line) or any(word in line for word in _ALWAYS_TITLES)]
    title = named[-1] if named else max(lines, key=len)
    return title, tuple(line for line in lines if line != title)


def _table_kind(
    table: TableLayout, title: str, subtitles: tuple[str, ...], sheet_name: str
) -> DraftKind | None:
    """From the title, the other lines above, the header's labels (不予处罚的情节), or the sheet's name."""
    labels = [column.label for column in table.header.columns]
    candidates = [title, *reversed(subtitles), *labels, sheet_name]
    return next((kind for text in candidates if (kind := kind_named(text))), None)


def _exclusions(table: TableLayout, remarks: Remarks, before: _Before) -> tuple[str, ...]:
    findings = table.findings
    if not table.remarks:
        return ()
    cell = table.remarks[-1].name
    exclusions = remarks.exclusions
    if remarks.as_before:
        exclusions = tuple(dict.fromkeys((*before.exclusions, *exclusions)))
        findings.warn(cell, f"{cell} 写明同前表，已沿用前一张表备注中的排除情形，核对。")
    for exclusion in remarks.exclusions:
        findings.note(cell, f"{cell} 备注中的“{shown(exclusion)}”已列为本表各条的排除情形。")
    for exclusion in remarks.partial:
        findings.warn(cell, f"{cell} 备注中的“{shown(exclusion)}”只涉及个别条目，没有自动列入，逐条补充。")
    return exclusions


def _with_serials(entries: list[DraftEntry], raw: list[RawEntry], table: TableLayout) -> list[DraftEntry]:
    """Entries without a printed serial get one that is free; doubled serials are named and kept."""
    taken = {entry.serial for entry in entries if entry.serial}
    numbered: list[DraftEntry] = []
    seen: set[str] = set()
    free = _FreeSerials(taken)
    for entry, source in zip(entries, raw, strict=True):
        cell = entry.source_cells.get(Column.SERIAL.value) or entry.cells.partition(":")[0]
        if not entry.serial:
            entry = replace(entry, serial=free.next_one())
            table.findings.warn(cell, f"第 {source.first_row} 行没有序号，暂编为“{entry.serial}”，核对。")
        elif entry.serial in seen:
            table.findings.warn(cell, f"第 {source.first_row} 行的序号“{entry.serial}”与前面重复，核对。")
        else:
            free.continue_after(entry.serial)
        seen.add(entry.serial)
        numbered.append(entry)
    return numbered


class _FreeSerials:
    """Serials for entries printed without one: 3 behind 2 while 3 is free, else 2-1, 2-2."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._base = "0"
        self._behind = 0

    def continue_after(self, serial: str) -> None:
        self._base, self._behind = serial, 0

    def next_one(self) -> str:
        following = str(int(self._base) + 1) if self._base.isdecimal() else ""
        if following and self._behind == 0 and following not in self._taken:
            serial = self._base = following
        else:
            serial = ""
            while not serial or serial in self._taken:
                self._behind += 1
                serial = f"{self._base}-{self._behind}"
        self._taken.add(serial)
        return serial
