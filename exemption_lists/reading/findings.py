"""Where a reader writes down what it did with each cell and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enforcement.spreadsheets.grid import CellKind, GridCell

from .drafts import CellWarning, Severity

_SHOWN = 24
_MOST_RUNS = 30
# Longer runs of blanks carry nothing, and patterns that skip blanks would try each of them.
_LONG_BLANK = re.compile(r"\s{20,}")
_UNREADABLE = {
    CellKind.FORMULA: "{name} 是公式，没有读取。复制后用“粘贴为数值”替换，再导入。",
    CellKind.ERROR: "{name} 显示的是错误值 {text}。填写正确内容后再导入。",
}


class Findings:
    """Warnings in the order they arose, and the use of every cell. One per table."""

    def __init__(self) -> None:
        self.warnings: list[CellWarning] = []
        self.accounted: dict[str, str] = {}
        self._unread: set[str] = set()

    def use(self, cell: GridCell, role: str) -> None:
        """The cell was read as `role`; the first use stays on record."""
        self.accounted.setdefault(cell.name, role)

    def use_all(self, cells: Iterable[GridCell], role: str) -> None:
        for cell in cells:
            self.use(cell, role)

    def note(self, cell: str, message: str) -> None:
        self.warnings.append(CellWarning(cell, message, Severity.NOTE))

    def warn(self, cell: str, message: str) -> None:
        self.warnings.append(CellWarning(cell, message))

    def error(self, cell: str, message: str) -> None:
        self.warnings.append(CellWarning(cell, message, Severity.ERROR))

    def text_of(self, cell: GridCell) -> str:
        """The cell's text; "" with an error for a formula or an error value, whose result is not known."""
        if cell.kind not in (CellKind.FORMULA, CellKind.ERROR):
            return _LONG_BLANK.sub(lambda blank: "\n" if "\n" in blank.group() else " ", cell.text)
        if cell.name not in self._unread:
            self._unread.add(cell.name)
            self.error(cell.name, _UNREADABLE[cell.kind].format(name=cell.name, text=cell.text))
        return ""


def shown(text: str) -> str:
    """The beginning of a text, for a message."""
    line = text.replace("\n", " ")
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "……"


def listed_rows(rows: Iterable[int]) -> str:
    """Row numbers for a message, runs shortened: 3、5 至 8、12."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown_runs = [str(first) if first == last else f"{first} 至 {last}" for first, last in runs[:_MOST_RUNS]]
    return "、".join(shown_runs) + ("等" if len(runs) > _MOST_RUNS else "")
