"""From body rows to raw entries: merged cells carried down, items split by a page break joined again."""

from __future__ import annotations

from dataclasses import dataclass, field

from enforcement.spreadsheets.grid import CellKind, GridCell, SheetGrid

from .condition_wording import first_marker_number, starts_with_lead_in
from .findings import Findings, listed_rows, shown
from .headers import Column, Header
from .tables import TableLayout
from .wording import normal_serial, one_line

_CARRIED = (Column.CATEGORY, Column.DOMAIN, Column.KIND)
_SENTENCE_END = ("。", "；", ";", "：", ":")
_CONTINUING_MARKS = ("，", ",", "、", "；", ";", "。", "）", ")", "”", "》")


@dataclass(slots=True)
class Piece:
    """Text of one cell as part of a field; without `on_new_line` it goes on where the last was cut."""

    cell: GridCell
    text: str
    on_new_line: bool = False


@dataclass(slots=True)
class RawEntry:
    """The cells of one entry by column, in reading order."""

    first_row: int
    last_row: int
    columns: dict[int, list[Piece]] = field(default_factory=dict)
    carried: dict[Column, GridCell] = field(default_factory=dict)
    section: GridCell | None = None
    serial_shared: bool = False

    def text(self, column: int) -> str:
        joined = ""
        for piece in self.columns.get(column, []):
            joined += ("\n" if joined and piece.on_new_line else "") + piece.text
        return joined.strip()


class RowReader:
    """Reads the body of one table into raw entries."""

    def __init__(self, grid: SheetGrid, layout: TableLayout) -> None:
        self._grid = grid
        self._layout = layout
        self._header: Header = layout.header
        self._findings: Findings = layout.findings
        self._rows = grid.rows()
        self._entries: list[RawEntry] = []
        self._last: dict[Column, GridCell] = {}
        self._section: GridCell | None = None
        self._carried_blank: dict[Column, list[int]] = {}
        self._serial_column = next(iter(self._header.columns_of(Column.SERIAL)), None)
        self._number_below = self._numbers_below()

    def read(self) -> list[RawEntry]:
        for row in self._layout.body:
            self._begin_sections(row)
            own = self._rows[row]
            self._findings.use_all(own, "entry")
            if self._entries and self._continues(row):
                self._extend(self._entries[-1], row)
            else:
                self._entries.append(self._start(row))
        self._report_carried()
        return self._entries

    def _begin_sections(self, row: int) -> None:
        if row in self._layout.sections:
            self._section = self._layout.sections[row]
            self._last.clear()
        if row in self._layout.category_headings:
            heading = self._layout.category_headings[row]
            column = self._header.at(heading.column)
            if column is not None:
                self._last[column.meaning] = heading
            self._findings.use(heading, "entry")
            self._findings.note(
                heading.name, f"{heading.name}“{shown(heading.text)}”单独成行，用于其下各条。"
            )

    def _start(self, row: int) -> RawEntry:
        entry = RawEntry(first_row=row, last_row=row, section=self._section)
        for column in self._header.columns:
            cell = self._grid.seen(row, column.column)
            if cell is not None and cell.column != column.column and self._header.at(cell.column):
                continue  # merged sideways: the text belongs to the first of the columns
            if column.meaning is Column.SERIAL and cell is not None and cell.row < row:
                entry.serial_shared = True
            if column.meaning in _CARRIED:
                self._carry(entry, column.meaning, cell, row)
            elif cell is not None:
                entry.columns[column.column] = [Piece(cell, self._findings.text_of(cell))]
        self._take_unlabelled(entry, row)
        return entry

    def _carry(self, entry: RawEntry, meaning: Column, cell: GridCell | None, row: int) -> None:
        if cell is None:
            cell = self._last.get(meaning)
            if cell is None:
                return
            self._carried_blank.setdefault(meaning, []).append(row)
        self._last[meaning] = cell
        entry.carried[meaning] = cell

    def _take_unlabelled(self, entry: RawEntry, row: int) -> None:
        for cell in self._rows[row]:
            if self._header.at(cell.column) is None:
                entry.columns.setdefault(cell.column, []).append(
                    Piece(cell, self._findings.text_of(cell), True)
                )
                self._findings.warn(cell.name, f"{cell.name} 不在任何一栏的表头下，内容已记入备注。")

    def _continues(self, row: int) -> bool:
        """Whether the row goes on with the entry above. Blank serial alone does not decide it."""
        serial = self._seen(row, self._serial_column)
        if serial is not None:
            if serial.row < row:
                return not self._own(row, Column.VIOLATION)
            return self._repeats_serial(row, serial)
        violation = self._own(row, Column.VIOLATION)
        if self._header.has(Column.VIOLATION) and not violation:
            return True
        if self._serial_column is None:
            return False
        if self._looks_complete(row):
            return False
        return self._gap(row) == 1 or row in self._layout.breaks or self._begins_mid_sentence(row)

    def _repeats_serial(self, row: int, serial: GridCell) -> bool:
        """The serial of the entry above printed again where a page break cut it in two."""
        above = self._seen(self._entries[-1].first_row, self._serial_column)
        if above is None or normal_serial(above.text) != normal_serial(serial.text):
            return False
        cut = row in self._layout.breaks and not self._own(row, Column.VIOLATION)
        return cut or self._begins_mid_sentence(row)

    def _looks_complete(self, row: int) -> bool:
        """An entry of its own that merely lacks its serial number."""
        condition = self._own(row, Column.CONDITION)
        if condition and starts_with_lead_in(condition[0].text):
            number = first_marker_number(condition[0].text)
            return number is None or number == 1
        if self._gap(row) == 1 or self._begins_mid_sentence(row):
            return False
        wanted = [meaning for meaning in (Column.VIOLATION, Column.CONDITION) if self._header.has(meaning)]
        return all(self._own(row, meaning) for meaning in wanted)

    def _begins_mid_sentence(self, row: int) -> bool:
        return any(cell.text.startswith(_CONTINUING_MARKS) for cell in self._rows[row])

    def _gap(self, row: int) -> int | None:
        """How far the serial printed below is from the one above; 1 leaves no room for an entry."""
        above, below = self._number_at(self._entries[-1].first_row), self._number_below.get(row)
        return below - above if above is not None and below is not None else None

    def _numbers_below(self) -> dict[int, int]:
        """For each body row, the next serial number printed below it."""
        below: dict[int, int] = {}
        number: int | None = None
        for row in reversed(self._layout.body):
            if number is not None:
                below[row] = number
            number = self._number_at(row) or number
        return below

    def _number_at(self, row: int) -> int | None:
        cell = self._seen(row, self._serial_column)
        serial = normal_serial(cell.text) if cell else ""
        return int(serial) if serial.isdecimal() else None

    def _seen(self, row: int, column: int | None) -> GridCell | None:
        return self._grid.seen(row, column) if column is not None else None

    def _own(self, row: int, meaning: Column) -> list[GridCell]:
        cells = (self._grid.cell(row, column) for column in self._header.columns_of(meaning))
        return [cell for cell in cells if cell is not None]

    def _extend(self, entry: RawEntry, row: int) -> None:
        serial = self._seen(row, self._serial_column)
        spread = serial is not None and serial.row < row
        added: list[str] = []
        for cell in self._rows[row]:
            column = self._header.at(cell.column)
            if column is not None and column.meaning in _CARRIED:
                self._repeat_carried(column.meaning, cell)
                continue
            if cell.column == self._serial_column:
                continue
            text = self._findings.text_of(cell)
            before = entry.columns.setdefault(cell.column, [])
            last = before[-1].text if before else ""
            before.append(Piece(cell, text, spread or _begins_line(last, text)))
            added.append(cell.name)
        first, entry.last_row = entry.first_row, row
        if not added:
            return
        what = "合并单元格分成多行" if spread else "被换页或分行拆开"
        # Without a page break in between, a lone line might be something else, such as a signature.
        expected = spread or row in self._layout.breaks or self._begins_mid_sentence(row)
        report = self._findings.note if expected else self._findings.warn
        message = f"第 {first} 行与第 {row} 行是同一条（{what}），已把 {'、'.join(added)} 接到第 {first} 行"
        report("、".join(added), message + ("。" if expected else "，核对。"))

    def _repeat_carried(self, meaning: Column, cell: GridCell) -> None:
        """A category printed again on a new page; a different one begins with the entries below."""
        before = self._last.get(meaning)
        if before is not None and one_line(before.text) != one_line(cell.text):
            self._findings.warn(
                cell.name, f"{cell.name}“{shown(cell.text)}”在续行上，已用于其后各条，核对类别。"
            )
        self._last[meaning] = cell

    def _report_carried(self) -> None:
        body = set(self._layout.body)
        for area in self._grid.merged:
            anchor = self._grid.cells.get(area.anchor)
            column = self._header.at(area.first_column)
            tall = area.last_row > area.first_row and area.first_row in body
            if anchor is not None and column is not None and tall:
                reach = f"第 {area.first_row} 至 {area.last_row} 行"
                self._findings.note(
                    area.name, f"{area.name} 是合并单元格，“{shown(anchor.text)}”用于{reach}。"
                )
        for meaning, rows in self._carried_blank.items():
            column_number = self._header.columns_of(meaning)[0]
            label = next(one.label for one in self._header.columns if one.column == column_number)
            listed = listed_rows(rows)
            first = GridCell(rows[0], column_number, "-", CellKind.TEXT).name
            self._findings.note(first, f"第 {listed} 行的“{label}”是空的，沿用上面一行的内容。")


def _begins_line(before: str, text: str) -> bool:
    """Whether continued text starts a line of its own: numbered, a citation, or after a full stop."""
    if not before or text.startswith(_CONTINUING_MARKS):
        return False
    return first_marker_number(text) is not None or text.startswith("《") or before.endswith(_SENTENCE_END)
