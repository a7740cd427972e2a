"""Moving sealed rows to the sealing key, batch by batch, while the system stays in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast

from enforcement.crypto.device import sealing_device
from enforcement.crypto.fields import BlindIndexField, EncryptedTextField

BATCH = 500


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A model with its sealed columns and their indexes."""

    model: type[models.Model]
    sealed: tuple[EncryptedTextField, ...]
    indexes: tuple[BlindIndexField, ...]

    def not_current(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Rows that hold at least one value or token of another key."""
        own, token = sealing_device().prefixes()
        stale = models.Q(pk__in=[])
        for field in self.sealed:
            stored = Cast(field.attname, models.TextField())
            rows = rows.annotate(**{f"{field.attname}_stored": stored})
            is_filled = ~models.Q(**{f"{field.attname}_stored": ""}) & models.Q(
                **{f"{field.attname}__isnull": False}
            )
            stale |= is_filled & ~models.Q(**{f"{field.attname}_stored__startswith": own})
        for index in self.indexes:
            stale |= models.Q(**{f"{index.attname}__isnull": False}) & ~models.Q(
                **{f"{index.attname}__startswith": token}
            )
        return rows.filter(stale)


def sealed_tables() -> Iterator[SealedTable]:
    """Every model with a sealed column, found by its fields: a new one needs no entry here."""
    for model in apps.get_models():
        sealed = tuple(field for field in model._meta.local_fields if isinstance(field, EncryptedTextField))
        if sealed:
            indexes = tuple(field for field in model._meta.local_fields if isinstance(field, BlindIndexField))
            yield SealedTable(model, sealed, indexes)


def rows_under_other_keys() -> dict[str, int]:
    """How many rows of each table a key other than the sealing one still serves; empty when it may be taken away."""
    counted = {table.model._meta.label: table.not_current(_rows(table)).count() for table in sealed_tables()}
    return {label: count for label, count in counted.items() if count}


def rotate_rows(*, report: Callable[[str, int], None] = lambda label, count: None) -> int:
    """Seal every row under another key with the sealing key; the number of rows moved.

    Each batch is its own transaction, so that an interrupted run has lost nothing and the next one goes on where it
    stopped. All tables are passed again until a whole round finds nothing, which catches rows that a program still
    using the older ring wrote meanwhile. `report` hears the running count per table and round.
    """
    moved = 0
    while in_this_round := sum(_rotate_table(table, report) for table in sealed_tables()):
        moved += in_this_round
    return moved


def _rotate_table(table: SealedTable, report: Callable[[str, int], None]) -> int:
    moved = last = 0
    while keys := _next_keys(table, after=last):
        moved += _rotate_batch(table, keys)
        last = keys[-1]
        report(str(table.model._meta.verbose_name), moved)
    return moved


def _next_keys(table: SealedTable, *, after: int) -> list[int]:
    rows = table.not_current(_rows(table)).filter(pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _rotate_batch(table: SealedTable, keys: list[int]) -> int:
    rows = list(_rows(table).filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        # The fields seal anew what is not of the sealing key. Not a save: the content stays, so no history row is due.
        fresh = {field.attname: field.pre_save(row, False) for field in (*table.sealed, *table.indexes)}
        _rows(table).filter(pk=row.pk).update(**fresh)
    return len(rows)


def _rows(table: SealedTable) -> models.QuerySet[Any]:
    return table.model._base_manager.all()
