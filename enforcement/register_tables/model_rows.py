"""Export, plan and write for a table whose rows are the rows of one model: most tables need nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import prefetch_related_objects

from enforcement.actors import Actor
from enforcement.register_kinds import RegisterKind
from enforcement.register_tables.columns import ColumnKind, RegisterTable, TableColumn
from enforcement.register_tables.planning import (
    CellProblem,
    ImportPlan,
    PlannedRow,
    ReadRow,
    RowState,
    ValueChange,
    problem_at,
    shown_value,
)
from enforcement.services.bulk_register_rows import create_rows, update_rows

# A rule over a whole row: (values, existing row or None, today) → {column key: sentence}.
RowRule = Callable[[Mapping[str, Any], Any, dt.date], Mapping[str, str]]


def _no_rule(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class ModelRows:
    """How the rows of a model become rows of a table. Column keys are the names of model attributes.

    A reference column's key is the attribute of the id (`agency_id`), its lookup gives ids.
    - `rows(actor)`: the visible rows in export order, with whatever `value_of` needs already joined;
    - `value_of(row, key)`: the value of a column, when it is not simply the attribute;
    - `unique`: keys of columns no two rows of the register may share, besides the table's key;
    - `related`: relations that `kind.prepare` and `kind.reach_of` follow, fetched for all rows at once;
    - `rule`: what must hold in a row as a whole; sentences by column key.
    """

    kind: RegisterKind
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    rows: Callable[[Actor], Any]
    value_of: Callable[[Any, str], Any] = getattr
    unique: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    rule: RowRule = _no_rule

    def read_rows(self, actor: Actor) -> Iterator[Mapping[str, Any]]:
        """Every visible row for the export. One query."""
        for row in self.rows(actor).iterator(chunk_size=2000):
            yield {column.key: self.value_of(row, column.key) for column in self.columns}

    def plan_rows(self, actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
        """Compare with what is there; one query for the rows, one for each unique column.

        Rows outside the actor's sight count as absent; adding one of them is refused by the table's unique key, which
        is looked up without scope: its existence is told, its content is not.
        """
        existing = self._existing(actor, rows)
        taken = {key: self._taken(key, rows) for key in self._looked_up_everywhere()}
        problems: list[CellProblem] = []
        planned: list[PlannedRow] = []
        beyond: set[int] = set()
        for row in rows:
            own = existing.get(tuple(row.values.get(name) for name in self.key))
            wrong = self._problems(row, own, taken, today)
            problems += wrong
            if wrong or not row.sound:
                continue
            if own is not None and not self.kind.may_write(actor, own):
                beyond.add(row.number)
            planned.append(self._planned(row, own))
        self._prepare([one.target for one in planned if one.state is not RowState.UNCHANGED])
        problems += self._out_of_reach(actor, planned, beyond, rows)
        return ImportPlan(tuple(planned), tuple(problems))

    def write_rows(self, actor: Actor, plan: ImportPlan, reason: str) -> None:
        """Insert what is new, save what changed, each with its line of history."""
        new = [row.target for row in plan.rows if row.state is RowState.ADDED]
        changed = [row for row in plan.rows if row.state is RowState.CHANGED]
        if new:
            create_rows(actor=actor, model=self.kind.model, rows=new, reason=reason)
        if changed:
            fields = {name for row in changed for name in row.changed_fields}
            update_rows(
                actor=actor,
                model=self.kind.model,
                rows=[row.target for row in changed],
                fields=self._columns_saved(fields),
                reason=reason,
            )

    def _existing(self, actor: Actor, rows: Sequence[ReadRow]) -> dict[tuple[Any, ...], Any]:
        first = self.key[0]
        wanted = {row.values.get(first) for row in rows} - {None}
        found = self.rows(actor).filter(**{f"{first}__in": wanted}).select_for_update(of=("self",))
        return {tuple(getattr(row, name) for name in self.key): row for row in found}

    def _looked_up_everywhere(self) -> tuple[str, ...]:
        own = self.key if len(self.key) == 1 else ()
        return (*own, *self.unique)

    def _taken(self, key: str, rows: Sequence[ReadRow]) -> dict[Any, Any]:
        wanted = {row.values.get(key) for row in rows} - {None}
        found = self.kind.model._default_manager.filter(**{f"{key}__in": wanted})
        return dict(found.values_list(key, "pk"))

    def _problems(
        self,
        row: ReadRow,
        own: Any,
        taken: Mapping[str, Mapping[Any, Any]],
        today: dt.date,
    ) -> list[CellProblem]:
        columns = {column.key: column for column in self.columns}
        found: list[tuple[str, str]] = []
        for key, holders in taken.items():
            value = row.values.get(key)
            holder = holders.get(value) if value is not None else None
            if holder is not None and (own is None or holder != own.pk):
                found.append((key, f"这个{columns[key].label}已被使用。换一个，或者核对是否在您的职责范围内"))
        if row.sound:
            found += list(self.rule(row.values, own, today).items())
        return [problem_at("", row, columns[key], sentence) for key, sentence in found]

    def _planned(self, row: ReadRow, own: Any) -> PlannedRow:
        title = " ".join(row.texts.get(name, "") for name in self.key)
        if own is None:
            values = {name: value for name, value in row.values.items() if value is not None}
            target = self.kind.model(**values)
            return PlannedRow(row.number, title, RowState.ADDED, target=target)
        changes, fields = [], []
        for column in self.columns:
            if column.key not in row.values:
                continue
            before, after = (
                getattr(own, column.key),
                self._blank_as_stored(column.key, row.values[column.key]),
            )
            if before != after:
                changes.append(self._change(column, before, after))
                fields.append(column.key)
                setattr(own, column.key, after)
        state = RowState.CHANGED if fields else RowState.UNCHANGED
        return PlannedRow(row.number, title, state, tuple(changes), own, tuple(fields))

    def _change(self, column: TableColumn, before: Any, after: Any) -> ValueChange:
        return ValueChange(
            column.label,
            shown_value(column, column.text_of(before)),
            shown_value(column, column.text_of(after)),
        )

    def _blank_as_stored(self, key: str, value: Any) -> Any:
        """A blank cell of a text column is stored as empty text, of any other as nothing."""
        field_ = self.kind.model._meta.get_field(key.removesuffix("_id") if key.endswith("_id") else key)
        if value is None and not getattr(field_, "null", False) and getattr(field_, "blank", False):
            return field_.get_default()  # type: ignore[union-attr]
        return value

    def _prepare(self, targets: list[Any]) -> None:
        """Fill in what follows from other columns; `related` rows are fetched for all at once."""
        if targets and self.related:
            prefetch_related_objects(targets, *self.related)
        for target in targets:
            self.kind.prepare(target)

    def _out_of_reach(
        self, actor: Actor, planned: Sequence[PlannedRow], beyond: set[int], rows: Sequence[ReadRow]
    ) -> list[CellProblem]:
        """Rows that would be written without a duty that reaches them, before or after."""
        column = next(one for one in self.columns if one.key == self.key[0])
        by_number = {row.number: row for row in rows}
        sentence = f"这个{self.kind.noun}不在您的职责范围内。删去这一行，或联系管理员授权"
        return [
            problem_at("", by_number[one.number], column, sentence)
            for one in planned
            if one.state is not RowState.UNCHANGED
            and (one.number in beyond or not self.kind.may_write(actor, one.target))
        ]

    def _columns_saved(self, fields: set[str]) -> list[str]:
        """Model fields to save: what changed, and scope columns that `prepare` may have set."""
        names = {name.removesuffix("_id") if name.endswith("_id") else name for name in fields}
        scoped = {one.name for one in self.kind.model._meta.fields} & {"region_code", "line_code"}
        return sorted(names | scoped)


def model_table(
    *,
    slug: str,
    title: str,
    unit: str,
    rows: ModelRows,
    may_export: Callable[[Actor], bool],
    chain_of: Callable[[Actor], str],
    notes: tuple[str, ...] = (),
    may_import: Callable[[Actor], bool] | None = None,
) -> RegisterTable:
    """The table of a model; importing needs the duty to write rows of the kind unless told otherwise.

    Texts may be as long as the model's columns hold.
    """
    rows = replace(rows, columns=tuple(_limited(rows.kind, column) for column in rows.columns))
    return RegisterTable(
        slug=slug,
        title=title,
        unit=unit,
        columns=rows.columns,
        key=rows.key,
        read_rows=rows.read_rows,
        plan_rows=rows.plan_rows,
        write_rows=rows.write_rows,
        may_import=may_import or rows.kind.may_begin,
        may_export=may_export,
        chain_of=chain_of,
        notes=notes,
    )


def _limited(kind: RegisterKind, column: TableColumn) -> TableColumn:
    if column.kind not in (ColumnKind.TEXT, ColumnKind.CODE) or column.max_length is not None:
        return column
    return replace(column, max_length=getattr(kind.model._meta.get_field(column.key), "max_length", None))
