"""Writing many rows of the register at once, each with its line of history: imports and first loads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from enforcement.actors import Actor
from enforcement.models import Account

BATCH = 500


def create_rows(
    *, actor: Actor, model: Any, rows: Iterable[Any], reason: str, at: dt.datetime | None = None
) -> list[Any]:
    """Insert `rows` and one line of history each. `at` is the moment history names; now unless given.

    Nothing is checked here but what the table itself refuses; the caller is inside a transaction.
    """
    created = model._default_manager.bulk_create(list(rows), batch_size=BATCH)
    _write_history(actor, model, created, reason, at, update=False)
    return list(created)


def update_rows(
    *,
    actor: Actor,
    model: Any,
    rows: Sequence[Any],
    fields: Sequence[str],
    reason: str,
    at: dt.datetime | None = None,
) -> None:
    """Save `fields` of rows already changed in memory, each with a higher `lock_version` and a line of history.

    An upsert by primary key: one statement a batch, where `bulk_update` builds a CASE per cell.
    """
    for row in rows:
        row.lock_version += 1
    model._default_manager.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=sorted({*fields, "lock_version"}),
    )
    _write_history(actor, model, rows, reason, at, update=True)


def _write_history(
    actor: Actor, model: Any, rows: Sequence[Any], reason: str, at: dt.datetime | None, *, update: bool
) -> None:
    get_history_manager_for_model(model).bulk_history_create(
        rows,
        batch_size=BATCH,
        update=update,
        default_user=Account(pk=actor.account_id) if actor.account_id is not None else None,
        default_change_reason=reason[:300],
        default_date=at or timezone.now(),
    )
