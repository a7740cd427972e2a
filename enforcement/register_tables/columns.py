"""The declaration of a register table: its columns, and the functions that read, compare and write its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from enforcement.actors import Actor

if TYPE_CHECKING:
    from enforcement.register_tables.planning import ImportPlan, ReadRow


class ColumnKind(StrEnum):
    """What a cell of the column means. A code is text whose digits are never taken for a number."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    LIST = "list"
    REFERENCE = "reference"


KIND_WORDS = {
    ColumnKind.TEXT: "文字",
    ColumnKind.CODE: "代码（按文字填写，保留开头的 0）",
    ColumnKind.DATE: "日期，例如 2026-03-05 或 2026年3月5日",
    ColumnKind.INTEGER: "整数",
    ColumnKind.DECIMAL: "数字",
    ColumnKind.BOOLEAN: "是 或 否",
    ColumnKind.CHOICE: "从列表中选择",
    ColumnKind.LIST: "多项，用顿号“、”隔开",
    ColumnKind.REFERENCE: "系统中已有的代码或名称",
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column. `key` names the value in a row, `label` heads the column; both belong to the interface.

    - `choices`: (stored value, word) pairs of a choice; a list with choices accepts only their words;
    - `lookup(actor)`: for a reference, what people may write → the stored value (an id); called once per import;
    - `shown(value)`: how an export writes a stored value; needed where `lookup` is;
    - `synonyms`: other headings under which the column is recognised;
    - `personal`: a wrong value is masked wherever the problem is shown;
    - `check(value)`: a rule for one value, giving the sentence that says what is wrong and what to do, or "".
    """

    key: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    hint: str = ""
    example: str = ""
    width: float = 16.0
    max_length: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    lookup: Callable[[Actor], Mapping[str, Any]] | None = None
    shown: Callable[[Any], str] | None = None
    synonyms: tuple[str, ...] = ()
    personal: bool = False
    check: Callable[[Any], str] | None = None

    def text_of(self, value: Any) -> str:
        """The value as an export writes it and a comparison shows it; reading it back gives the same value."""
        if value is None or value == "":
            return ""
        if self.shown is not None:
            return self.shown(value)
        if self.choices:
            words = dict(self.choices)
            one_by_one = value if isinstance(value, list | tuple) else [value]
            return "、".join(words.get(str(one), str(one)) for one in one_by_one)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return format(value.normalize(), "f") if value else "0"
        if isinstance(value, list | tuple):
            return "、".join(str(one) for one in value)
        return str(value)


Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """One kind of register row as an Excel table.

    - `key`: keys of the columns that tell rows apart, within the file and in the system;
    - `read_rows(actor)`: every row the actor may see, values by column key, for the export;
    - `plan_rows(actor, rows, today)`: compares rows of a file with what is there; see `planning.ImportPlan`. Called
      inside the writing transaction too, where it must lock the rows it compares with (`select_for_update`);
    - `write_rows(actor, plan, reason)`: writes a plan without problems. The caller holds the transaction and writes the
      ledger;
    - `may_import(actor)`, `may_export(actor)`: the duty as such; rows beyond it are problems of the plan;
    - `chain_of(actor)`: the ledger chain of the import and export entries.
    """

    slug: str
    title: str
    unit: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    read_rows: Callable[[Actor], Rows]
    plan_rows: Callable[[Actor, Sequence[ReadRow], dt.date], ImportPlan]
    write_rows: Callable[[Actor, ImportPlan, str], None]
    may_import: Callable[[Actor], bool]
    may_export: Callable[[Actor], bool]
    chain_of: Callable[[Actor], str]
    notes: tuple[str, ...] = field(default=())

    @property
    def pk(self) -> str:
        """What the ledger names as the subject of an import or export."""
        return self.slug

    @property
    def holds_personal_values(self) -> bool:
        return any(column.personal for column in self.columns)

    def column(self, key: str) -> TableColumn:
        """The column of a key. Raises KeyError."""
        return next((one for one in self.columns if one.key == key), None) or _no_column(key)

    def labels_of(self, keys: Sequence[str]) -> str:
        """“代码”和“名称”, for sentences."""
        return "和".join(f"“{self.column(key).label}”" for key in keys)


def _no_column(key: str) -> TableColumn:
    raise KeyError(key)
