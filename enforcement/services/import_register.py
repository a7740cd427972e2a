"""Importing a register table: read, compare, and write everything or nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import IntegrityError, connection, transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.register_tables.columns import RegisterTable
from enforcement.register_tables.planning import CellProblem, ImportPlan
from enforcement.register_tables.reading import TableReading, read_table
from enforcement.services.kept_files import KeptFile

NOTHING_TO_WRITE = "与现有内容相同，没有可写入的变化。"


@dataclass(frozen=True, slots=True)
class CheckedImport:
    """A file as read and compared. `problems` are those of reading and of comparing, in the order of the sheet."""

    reading: TableReading
    plan: ImportPlan

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        return self.plan.problems


def check_import(*, actor: Actor, table: RegisterTable, file: KeptFile, today: dt.date) -> CheckedImport:
    """What the file would do; nothing is written. Raises `NotPermitted` and `InvalidInput` (not this table at all)."""
    _require_duty(actor, table)
    reading = read_table(table=table, actor=actor, content=file.content)
    # Rows are compared under a lock, also when nothing follows: a transaction that ends at once.
    with transaction.atomic():
        return _compared(actor, table, reading, today)


def write_import(
    *,
    actor: Actor,
    table: RegisterTable,
    file: KeptFile,
    today: dt.date,
    expected_digest: str = "",
    reason: str = "",
) -> CheckedImport:
    """Write the whole file in one transaction, with one ledger entry.

    `expected_digest` is the digest of the plan a person looked at. Raises `InvalidInput` when a cell is wrong,
    `Refusal` when nothing would change or when the plan has become another since it was looked at.
    """
    _require_duty(actor, table)
    reading = read_table(table=table, actor=actor, content=file.content)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # Two imports of one table wait for each other; edits of single rows wait for the row locks.
                cursor.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"register:{table.slug}"]
                )
            checked = _compared(actor, table, reading, today)
            _refuse_unless_writable(checked, expected_digest)
            table.write_rows(actor, checked.plan, reason or f"导入“{file.name}”")
            _record(actor, table, file, checked.plan)
            return checked
    except IntegrityError as error:
        raise InvalidInput.from_problems(
            "register_conflict", ["有内容与刚刚写入的其他内容冲突，没有写入任何内容。请重新核对后再写入。"]
        ) from error


def _require_duty(actor: Actor, table: RegisterTable) -> None:
    if not table.may_import(actor):
        raise NotPermitted("not_permitted", f"您没有导入{table.title}的职责。请联系管理员授权。")


def _compared(actor: Actor, table: RegisterTable, reading: TableReading, today: dt.date) -> CheckedImport:
    plan = table.plan_rows(actor, reading.rows, today)
    found = [*reading.problems, *(replace(one, sheet=reading.sheet) for one in plan.problems)]
    problems = tuple(sorted(found, key=lambda one: one.number))
    return CheckedImport(reading, replace(plan, problems=problems))


def _refuse_unless_writable(checked: CheckedImport, expected_digest: str) -> None:
    if checked.problems:
        raise InvalidInput.from_problems(
            "register_problems",
            [f"{one.cell} {one.label}：{one.sentence}".strip() for one in checked.problems],
        )
    if checked.plan.writes == 0:
        raise Refusal("nothing_to_write", NOTHING_TO_WRITE)
    if expected_digest and expected_digest != checked.plan.digest:
        raise Refusal(
            "plan_changed", "核对之后，系统里的内容又有变化，没有写入。请再核对一次下面的变化，然后写入。"
        )


def _record(actor: Actor, table: RegisterTable, file: KeptFile, plan: ImportPlan) -> None:
    append_entry(
        chain=table.chain_of(actor),
        action=LedgerAction.REGISTER_IMPORTED,
        subject=table,
        subject_label=table.title,
        actor=actor,
        payload={
            "file": file.digest,
            "added": plan.added,
            "changed": plan.changed,
            "unchanged": plan.unchanged,
        },
    )
