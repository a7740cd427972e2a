"""The form of step 2: for every table what its columns mean, and which list it is written into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from enforcement.spreadsheets.grid import column_letters
from enforcement.web.documents.forms import RESERVED_SLUGS
from exemption_lists.import_plan import NEW, SAME, SKIP
from exemption_lists.reading.drafts import SheetReading
from exemption_lists.reading.headers import COLUMN_LABELS, ONLY_ONCE, Column

Choices = Sequence[tuple[str, str]]
_MEANINGS: Choices = [(column.value, label) for column, label in COLUMN_LABELS.items()]
_TARGET, _FRESH = ("to", "empty", "mode"), ("title", "slug", "agency")
_NEEDED = {"title": "填写新清单的名称", "slug": "填写新清单的网址代号", "agency": "选择编制机关"}


@dataclass(frozen=True, slots=True)
class OfferedTable:
    """One table of the file with what is preselected for it; `samples` are first contents by column number."""

    reading: SheetReading
    initial: Mapping[str, Any]
    samples: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    letter: str
    label: str
    sample: str
    field: forms.BoundField
    is_unmapped: bool


@dataclass(frozen=True, slots=True)
class TableRows:
    """One table as the page shows it: `fresh` are the fields of a new list, open when `is_new`."""

    number: int
    reading: SheetReading
    columns: tuple[ColumnRow, ...]
    target: tuple[forms.BoundField, ...]
    fresh: tuple[forms.BoundField, ...]

    @property
    def is_new(self) -> bool:
        chosen = bool(self.target) and self.target[0].value() == NEW
        return chosen or any(field.errors for field in self.fresh)


class ColumnsForm(forms.Form):
    """Fields are named by the number of the table: `t1-to`, `t1-c3`."""

    def __init__(
        self,
        *args: Any,
        tables: Sequence[OfferedTable],
        destinations: Choices,
        agencies: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.offered = list(tables)
        for number, table in enumerate(self.offered, start=1):
            if table.reading.is_table:
                self._add_target(number, table, destinations, agencies)
                self._add_columns(number, table.reading)

    def _add_target(self, number: int, table: OfferedTable, destinations: Choices, agencies: Choices) -> None:
        same: Choices = [(SAME, "与上一张表写入同一份清单")] if number > 1 else []
        initial = table.initial
        add = self._add
        add(
            number,
            "to",
            forms.ChoiceField(
                label="写入哪里",
                choices=[*same, (NEW, "建立新清单"), *destinations, (SKIP, "不导入这张表")],
                error_messages={"invalid_choice": "这份清单已不能写入。重新选择"},
            ),
            initial,
        )
        if not table.reading.entries:
            add(
                number, "empty", forms.BooleanField(label="这张表没有条目，照样写入", required=False), initial
            )
        add(number, "mode", _mode_field(), initial)
        add(number, "title", _optional(forms.CharField, label="新清单的名称", max_length=160), initial)
        add(
            number,
            "slug",
            _optional(
                forms.SlugField,
                label="新清单的网址代号",
                max_length=60,
                help_text="小写字母、数字和连字符，发布后写进永久链接",
                error_messages={"invalid": "网址代号只能用字母、数字和连字符"},
            ),
            initial,
        )
        add(
            number,
            "agency",
            _optional(forms.ChoiceField, label="新清单的编制机关", choices=agencies),
            initial,
        )

    def _add_columns(self, number: int, reading: SheetReading) -> None:
        for column in reading.columns:
            field = forms.ChoiceField(
                label=f"{column_letters(column.column)} 列“{column.label}”对应的栏目",
                choices=_MEANINGS,
                initial=column.meaning,
            )
            self.fields[f"t{number}-c{column.column}"] = field

    def _add(self, number: int, name: str, field: forms.Field, initial: Mapping[str, Any]) -> None:
        field.initial = initial.get(name, field.initial)
        self.fields[f"t{number}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number, table in enumerate(self.offered, start=1):
            if not table.reading.is_table or cleaned.get(f"t{number}-to") == SKIP:
                continue
            self._check_columns(number, table.reading, cleaned)
            if cleaned.get(f"t{number}-to") == NEW:
                self._check_new(number, cleaned)
        return cleaned

    def _check_new(self, number: int, cleaned: dict[str, Any]) -> None:
        for name, problem in _NEEDED.items():
            if not cleaned.get(f"t{number}-{name}") and f"t{number}-{name}" not in self.errors:
                self.add_error(f"t{number}-{name}", problem)
        slug = str(cleaned.get(f"t{number}-slug") or "").lower()
        cleaned[f"t{number}-slug"] = slug
        if slug in RESERVED_SLUGS:
            self.add_error(f"t{number}-slug", "这个网址代号是系统页面的地址。请换一个")

    def _check_columns(self, number: int, reading: SheetReading, cleaned: dict[str, Any]) -> None:
        if not reading.columns:
            return
        chosen: dict[str, list[int]] = {}
        for column in reading.columns:
            meaning = str(cleaned.get(f"t{number}-c{column.column}", ""))
            chosen.setdefault(meaning, []).append(column.column)
        for once in ONLY_ONCE:
            twice = chosen.get(once.value, [])[1:]
            if twice:
                self.add_error(f"t{number}-c{twice[0]}", f"“{COLUMN_LABELS[once]}”只能对应一列。改选其他栏目")
        if not {Column.VIOLATION.value, Column.CONDITION.value} & set(chosen):
            first = reading.columns[0].column
            self.add_error(f"t{number}-c{first}", "至少有一列对应“违法行为”或者“适用条件”")

    def tables(self) -> Iterator[TableRows]:
        """The tables with their fields, for the page."""
        for number, table in enumerate(self.offered, start=1):
            columns = tuple(
                ColumnRow(
                    column_letters(column.column),
                    column.label,
                    table.samples.get(column.column, ""),
                    self[f"t{number}-c{column.column}"],
                    column.recognised == Column.OTHER,
                )
                for column in table.reading.columns
            )
            target, fresh = (self._bound(number, names) for names in (_TARGET, _FRESH))
            yield TableRows(number, table.reading, columns, target, fresh)

    def _bound(self, number: int, names: Sequence[str]) -> tuple[forms.BoundField, ...]:
        keys = (f"t{number}-{name}" for name in names)
        return tuple(self[key] for key in keys if key in self.fields)

    def chosen_columns(self) -> dict[str, dict[int, Column]]:
        """Meanings that differ from the recognised ones, by table key and column number."""
        return {
            table.reading.key: {
                column.column: meaning
                for column in table.reading.columns
                if (meaning := Column(self.cleaned_data[f"t{number}-c{column.column}"])) != column.recognised
            }
            for number, table in enumerate(self.offered, start=1)
            if table.reading.is_table
        }

    def chosen_targets(self) -> dict[str, dict[str, Any]]:
        """Targets by table key, in the shape of `import_plan`."""
        return {
            table.reading.key: {
                name: self.cleaned_data.get(f"t{number}-{name}", "") for name in (*_TARGET, *_FRESH)
            }
            for number, table in enumerate(self.offered, start=1)
            if table.reading.is_table
        }


def _mode_field() -> forms.ChoiceField:
    return _optional(
        forms.ChoiceField,
        label="清单里已有条目时",
        choices=[("replace", "以这份表格为全部内容"), ("append", "加在已有条目后面")],
    )


def _optional(kind: type[forms.Field], **options: Any) -> Any:
    """A field needed for some targets only; its label says for which."""
    field: Any = kind(required=False, **options)
    field.is_conditional = True
    return field
