"""Adding, changing and ending one row of the register: duty, version, checks, history, ledger, in this order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import ManyToManyField

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal, StaleVersion
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import Account
from enforcement.models.register_rows import RegisterRow
from enforcement.register_kinds import RegisterKind


@transaction.atomic
def add_row(*, actor: Actor, kind: RegisterKind, values: Mapping[str, Any], reason: str = "") -> Any:
    """A new row. Raises `NotPermitted`, or `InvalidInput` with the problems by field."""
    plain, many = _split(kind, values)
    row = kind.model(**plain)
    kind.prepare(row)
    kind.require_write(actor, row)
    check_row(row)
    save_with_history(actor=actor, row=row, reason=reason or f"登记{kind.noun}", many=many)
    _record(actor, kind, row, LedgerAction.REGISTER_ROW_ADDED, sorted(values), reason)
    return row


@transaction.atomic
def change_row(
    *,
    actor: Actor,
    kind: RegisterKind,
    key: Any,
    values: Mapping[str, Any],
    expected_version: int,
    reason: str,
    action: LedgerAction = LedgerAction.REGISTER_ROW_CHANGED,
) -> tuple[Any, tuple[str, ...]]:
    """The row with `values` set, and the names of what changed; nothing is written when nothing did.

    `expected_version` is the `lock_version` that the editor saw: `StaleVersion` when somebody saved in between.
    """
    row = locked_row(actor=actor, kind=kind, key=key)
    kind.require_write(actor, row)
    plain, many = _split(kind, values)
    changed = [name for name, value in plain.items() if getattr(row, name) != value]
    changed += [name for name, wanted in many.items() if _ids(getattr(row, name).all()) != _ids(wanted)]
    if not changed:
        # The same form sent twice: what it asks for is already there, whoever saved it.
        return row, ()
    if row.lock_version != expected_version:
        raise StaleVersion("stale", f"{kind.noun}“{kind.label_of(row)}”刚被其他人修改过，没有保存。")
    for name, value in plain.items():
        setattr(row, name, value)
    kind.prepare(row)
    kind.require_write(actor, row)
    check_row(row)
    row.lock_version += 1
    save_with_history(actor=actor, row=row, reason=reason, many=many)
    _record(actor, kind, row, action, sorted(changed), reason)
    return row, tuple(changed)


def end_row(
    *, actor: Actor, kind: RegisterKind, key: Any, on: dt.date, expected_version: int, reason: str
) -> Any:
    """Give the row its last day; it stays readable, and stays in everything that refers to it."""
    if not kind.end_field:
        raise Refusal("does_not_end", f"{kind.noun}不能停用。")
    row, _changed = change_row(
        actor=actor,
        kind=kind,
        key=key,
        values={kind.end_field: on},
        expected_version=expected_version,
        reason=reason,
        action=LedgerAction.REGISTER_ROW_ENDED,
    )
    return row


def locked_row(*, actor: Actor, kind: RegisterKind, key: Any) -> Any:
    """The row, locked to the end of the transaction. Raises `Refusal` when it is not there for this actor."""
    rows = kind.model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
    row = rows.select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        raise Refusal("row_unknown", f"没有找到这个{kind.noun}，没有保存。请返回列表重新选择。")
    return row


def save_with_history(
    *, actor: Actor, row: RegisterRow, reason: str, many: Mapping[str, Any] | None = None
) -> None:
    """Save `row` and write one line of history in the name of the actor. For services that write rows themselves.

    The caller is inside a transaction, has checked duty and version, and has counted `lock_version` up.
    """
    stamped: Any = row
    stamped._history_user = Account(pk=actor.account_id) if actor.account_id is not None else None
    stamped._change_reason = reason[:300]
    if many:
        # History is written by the last save, when the sets are in place.
        stamped.skip_history_when_saving = True
        row.save()
        for name, wanted in many.items():
            getattr(row, name).set(wanted)
        del stamped.skip_history_when_saving
    row.save()


def check_row(row: RegisterRow) -> None:
    """Every rule of the columns and constraints. Raises `InvalidInput`; `data["fields"]` names problems by field."""
    try:
        row.full_clean()
    except ValidationError as error:
        fields = {
            name: [_sentence(row, name, one) for one in problems]
            for name, problems in error.error_dict.items()
        }
        problems = [sentence for sentences in fields.values() for sentence in sentences]
        refusal = InvalidInput.from_problems("row_invalid", problems)
        refusal.data["fields"] = fields
        raise refusal from None


def _sentence(row: RegisterRow, name: str, error: ValidationError) -> str:
    """What is wrong and what to do, in the words of the column."""
    if name == NON_FIELD_ERRORS:
        return error.messages[0]
    field = row._meta.get_field(name)
    label = getattr(field, "verbose_name", name)
    match error.code:
        case "unique":
            return f"{label}“{getattr(row, name)}”已被使用。换一个{label}"
        case "blank" | "null":
            return f"填写{label}"
        case "max_length":
            return f"{label}最多 {getattr(field, 'max_length', '')} 个字。写短一些"
        case _:
            return f"{label}：{error.messages[0]}"


def _split(kind: RegisterKind, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    many = {name for name in values if isinstance(kind.model._meta.get_field(name), ManyToManyField)}
    return (
        {name: value for name, value in values.items() if name not in many},
        {name: value for name, value in values.items() if name in many},
    )


def _ids(rows: Any) -> set[Any]:
    return {row.pk for row in rows}


def _record(
    actor: Actor, kind: RegisterKind, row: RegisterRow, action: LedgerAction, fields: list[str], reason: str
) -> None:
    append_entry(
        chain=kind.chain_of(row),
        action=action,
        subject=row,
        subject_label=f"{kind.noun}“{kind.label_of(row)}”",
        actor=actor,
        payload={"fields": fields, "lock_version": row.lock_version},
        reason=reason,
    )
