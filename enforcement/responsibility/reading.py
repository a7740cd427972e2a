"""A spreadsheet of matters → fields, with every problem named by its cell.

Columns stand in any order and are known by several names; nothing is guessed. A column nobody knows is named and left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from enforcement.citations import read_citations
from enforcement.errors import InvalidInput
from enforcement.models.matters import MatterKind
from enforcement.responsibility.fields import MatterFields
from enforcement.spreadsheets.grid import GridCell, SheetGrid, coordinate

COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "serial": ("序号", "编号"),
    "name": ("事项名称", "职权名称", "权力名称", "项目名称"),
    "kind": ("权力类型", "职权类型", "事项类型", "权力类别", "职权类别"),
    "code": ("事项编码", "职权编码", "权力编码", "基本编码"),
    "legal_basis": ("设定和实施依据", "设定依据", "实施依据", "法律依据", "职权依据"),
    "violation_code": ("对应案由", "案由编码", "案由"),
    "object_classes": ("监管对象类别", "监管对象"),
    "level": ("行使层级", "实施层级"),
    "exercised_by": ("实施主体", "责任主体", "行使主体"),
    "note": ("备注", "说明"),
}
LONGEST = {"serial": 30, "name": 300, "code": 60, "violation_code": 40, "level": 60, "exercised_by": 120}
REQUIRED = ("name", "kind")
HEADER_SEARCH_ROWS = 10
_FIELD_OF = {label: key for key, labels in COLUMN_NAMES.items() for label in labels}
_KIND_OF = {str(kind.label): kind.value for kind in MatterKind} | {
    str(kind.label).removeprefix("行政"): kind.value for kind in MatterKind
}
_SEPARATORS = re.compile(r"[\n、，,；;]+")


@dataclass(frozen=True, slots=True)
class MatterReading:
    """The matters of one file in its order, and what a person should look at."""

    rows: tuple[MatterFields, ...]
    warnings: tuple[str, ...] = ()


def read_matters(sheets: Sequence[SheetGrid]) -> MatterReading:
    """The first visible sheet with a header row. Raises `InvalidInput` with every problem found."""
    for sheet in sheets:
        header = None if sheet.hidden else _header_row(sheet)
        if header is not None:
            return _SheetReader(sheet, header).read()
    raise InvalidInput.from_problems(
        "no_header",
        ["没有找到表头，没有写入任何内容。表头至少要有“事项名称”和“权力类型”两列，可以先下载模板。"],
    )


def _header_row(sheet: SheetGrid) -> int | None:
    for row in range(1, min(sheet.last_row, HEADER_SEARCH_ROWS) + 1):
        found = {_FIELD_OF.get(_label(cell)) for cell in _written(sheet, row)}
        if set(REQUIRED) <= found:
            return row
    return None


def _written(sheet: SheetGrid, row: int) -> Iterator[GridCell]:
    for column in range(1, sheet.last_column + 1):
        cell = sheet.cell(row, column)
        if cell is not None:
            yield cell


def _label(cell: GridCell) -> str:
    plain = unicodedata.normalize("NFKC", cell.text)
    return re.sub(r"[\s*]+|[(（].*[)）]$", "", plain)


class _SheetReader:
    """One sheet; problems and warnings are collected over all its cells."""

    def __init__(self, sheet: SheetGrid, header: int) -> None:
        self._sheet, self._header = sheet, header
        self._columns: dict[str, int] = {}
        self._seen: dict[tuple[str, str], int] = {}
        self._problems: list[str] = []
        self._warnings: list[str] = []
        self._read_header()

    def read(self) -> MatterReading:
        rows = [self._matter(row, number) for number, row in enumerate(self._filled_rows(), start=1)]
        if not rows and not self._problems:
            self._problems.append("表头下面没有内容，没有写入任何内容。每项一行，从表头的下一行开始填写。")
        if self._problems:
            raise InvalidInput.from_problems("matter_table", self._problems)
        return MatterReading(tuple(rows), tuple(self._warnings))

    def _read_header(self) -> None:
        for cell in _written(self._sheet, self._header):
            key = _FIELD_OF.get(_label(cell))
            if key is None:
                self._warnings.append(
                    f"{self._at(cell.row, cell.column)}：没有这一列“{cell.text}”，没有读取。"
                )
            elif key in self._columns:
                self._problem(
                    cell.row,
                    key,
                    f"与 {coordinate(cell.row, self._columns[key])} 是同一列。删去一列",
                    cell.column,
                )
            else:
                self._columns[key] = cell.column

    def _filled_rows(self) -> Iterator[int]:
        for row in range(self._header + 1, self._sheet.last_row + 1):
            if any(self._sheet.seen(row, column) for column in self._columns.values()):
                yield row

    def _matter(self, row: int, number: int) -> MatterFields:
        text = {key: self._text(row, key) for key in COLUMN_NAMES}
        serial = text["serial"] or str(number)
        if not text["name"]:
            self._problem(row, "name", "没有填写事项名称。填写名称，或者删去这一行")
        kind = _KIND_OF.get(text["kind"])
        if kind is None:
            choices = "、".join(str(one.label) for one in MatterKind)
            shown = f"“{text['kind']}”不是权力类型" if text["kind"] else "没有填写权力类型"
            self._problem(row, "kind", f"{shown}。填写{choices}之一")
        if text["violation_code"] and kind not in (None, MatterKind.PENALTY):
            self._problem(row, "violation_code", "只有行政处罚事项填写对应案由。清空这一格")
        fields = MatterFields(
            serial=serial,
            name=text["name"],
            kind=kind or "",
            code=text["code"],
            violation_code=text["violation_code"],
            object_classes=tuple(
                part.strip() for part in _SEPARATORS.split(text["object_classes"]) if part.strip()
            ),
            level=text["level"],
            exercised_by=text["exercised_by"],
            note=text["note"],
        )
        self._once(row, "code", text["code"])
        self._once(row, "serial", text["serial"])
        return replace(fields, legal_basis=self._basis(row, text["legal_basis"]))

    def _basis(self, row: int, text: str) -> tuple[dict[str, object], ...]:
        if not text:
            self._warnings.append(
                f"{self._at(row, self._columns.get('legal_basis'))}：没有写依据，提交法制审核前要补上。"
            )
            return ()
        reading = read_citations(text)
        self._warnings.extend(
            f"{self._at(row, self._columns.get('legal_basis'))}：“{part[:40]}”没有认出是哪一条，按原文保留。"
            for part in reading.unparsed
        )
        return reading.references

    def _once(self, row: int, key: str, value: str) -> None:
        if not value or key not in self._columns:
            return
        earlier = self._seen.setdefault((key, value), row)
        if earlier != row:
            place = coordinate(earlier, self._columns[key])
            self._problem(row, key, f"“{value}”与 {place} 相同。改成不同的值")

    def _text(self, row: int, key: str) -> str:
        column = self._columns.get(key)
        cell = self._sheet.seen(row, column) if column else None
        if cell is None:
            return ""
        if cell.is_formula:
            self._problem(row, key, "是公式。把公式换成计算好的值")
            return ""
        text = (
            unicodedata.normalize("NFKC", cell.text).strip()
            if key in ("serial", "code", "kind", "violation_code")
            else cell.text.strip()
        )
        longest = LONGEST.get(key)
        if longest and len(text) > longest:
            self._problem(row, key, f"超过 {longest} 字。缩短后再导入")
        return text

    def _problem(self, row: int, key: str, sentence: str, column: int | None = None) -> None:
        self._problems.append(f"{self._at(row, column or self._columns.get(key))}：{sentence}。")

    def _at(self, row: int, column: int | None) -> str:
        place = coordinate(row, column) if column else f"第 {row} 行"
        return f"工作表“{self._sheet.name}”{place}"
