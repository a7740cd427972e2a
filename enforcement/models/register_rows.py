"""What every row of the register has: a version that counts its saves, and a history of what it held on each day."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords


class RegisterRow(models.Model):
    """A row that people maintain by hand or by import. It ends by a date and is never deleted.

    A subclass declares `history = row_history("条线")` and gets a table `<Model>History`, which a trigger keeps
    append-only (its migration creates the trigger, see docs/register.md).
    """

    lock_version = models.PositiveIntegerField("编辑版本", default=1)

    # Read by the shared services only; the concrete model sets it.
    history: ClassVar[Any]

    class Meta:
        abstract = True


class RowRecords(HistoricalRecords):
    """Histories whose rows read as instances without going back to the row of today.

    The library fetches excluded columns from the present row for every line it reads; here they stay unread until
    somebody asks for them.
    """

    def get_extra_fields(self, model: Any, fields: Any) -> dict[str, Any]:
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        if self.excluded_fields:
            extra["instance"] = property(_instance_of_kept_columns)
        return extra


def _instance_of_kept_columns(line: Any) -> Any:
    names = [field.attname for field in type(line).tracked_fields]
    return line.instance_type.from_db(None, names, [getattr(line, name) for name in names])


def row_history(noun: str, **options: Any) -> HistoricalRecords:
    """The history of a model: who saved what and when, with the reason given.

    `options` go to django-simple-history (`excluded_fields`, `m2m_fields`).
    """
    return RowRecords(
        verbose_name=f"{noun}的修改历史",
        verbose_name_plural=f"{noun}的修改历史",
        custom_model_name=lambda name: f"{name}History",
        history_id_field=models.BigAutoField(),
        history_change_reason_field=models.CharField("修改原因", max_length=300, null=True, blank=True),
        **options,
    )
