"""What a row of the register held on a day, and who changed it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

HISTORY_LINES = 50

# The facts of a row as (label, text), in the order of the page.
FactsOf = Callable[[Any], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One fact before and after; `before` is empty when the row was new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One save: when, by whom, why, and what it changed. `number` is the `lock_version` it left."""

    at: dt.datetime
    who: str
    reason: str
    is_first: bool
    number: int
    changes: tuple[FieldChange, ...]


def end_of_day(day: dt.date) -> dt.datetime:
    """The first moment after `day` in local time."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def row_as_on(*, model: Any, key: Any, day: dt.date) -> Any | None:
    """The row as it stood at the end of `day`, None when it did not exist yet. One query.

    The instance is for reading: its foreign keys lead to the rows of today (`set_related_of_day` changes that).
    """
    lines = get_history_manager_for_model(model).filter(
        **{model._meta.pk.attname: key}, history_date__lt=end_of_day(day)
    )
    line = lines.order_by("-history_date", "-history_id").first()
    return line.instance if line is not None and line.history_type != "-" else None


def set_related_of_day(*, row: Any, related: Sequence[str], day: dt.date) -> None:
    """Give a row read by `row_as_on` the related rows as they stood on that day, where they have a history.

    `related` are relation names; of a path (`officer__agency`) every step is taken. One query for each step.
    """
    for path in related:
        holder = row
        for name in path.split("__"):
            relation = holder._meta.get_field(name)
            model = relation.related_model
            key = getattr(holder, relation.attname, None)
            if key is None or not hasattr(model._meta, "simple_history_manager_attribute"):
                break
            found = row_as_on(model=model, key=key, day=day)
            if found is None:
                break
            setattr(holder, name, found)
            holder = found


def rows_as_on(*, model: Any, day: dt.date, **narrowed: Any) -> list[Any]:
    """The rows that stood at the end of `day`; `narrowed` filters the column values of that day. One query."""
    lines = (
        get_history_manager_for_model(model)
        .filter(history_date__lt=end_of_day(day))
        .order_by(model._meta.pk.attname, "-history_date", "-history_id")
        .distinct(model._meta.pk.attname)
    )
    newest = get_history_manager_for_model(model).filter(pk__in=lines.values("pk"), **narrowed)
    return [line.instance for line in newest if line.history_type != "-"]


def row_of_version(*, model: Any, key: Any, version: int) -> Any | None:
    """The row as the save that left `lock_version` = `version` wrote it; the base of a merge. One query."""
    lines = get_history_manager_for_model(model).filter(**{model._meta.pk.attname: key}, lock_version=version)
    line = lines.order_by("-history_date", "-history_id").first()
    return line.instance if line is not None else None


def last_change(*, model: Any, key: Any) -> tuple[str, dt.datetime] | None:
    """Who saved the row last, and when. One query."""
    lines = get_history_manager_for_model(model).filter(**{model._meta.pk.attname: key})
    line = lines.select_related("history_user").order_by("-history_date", "-history_id").first()
    return (_who(line), line.history_date) if line is not None else None


def history_of(
    *, model: Any, key: Any, facts_of: FactsOf, related: Sequence[str] = ()
) -> tuple[HistoryLine, ...]:
    """The newest 50 saves of a row, newest first. One query, and one for each of the `related` rows facts need."""
    found = list(
        get_history_manager_for_model(model)
        .filter(**{model._meta.pk.attname: key})
        .select_related("history_user")
        .order_by("-history_date", "-history_id")[: HISTORY_LINES + 1]
    )
    instances = [line.instance for line in found]
    if related and instances:
        prefetch_related_objects(instances, *related)
    facts = [tuple(facts_of(instance)) for instance in instances]
    lines = []
    for position, line in enumerate(found[:HISTORY_LINES]):
        earlier = facts[position + 1] if position + 1 < len(facts) else None
        lines.append(
            HistoryLine(
                at=line.history_date,
                who=_who(line),
                reason=line.history_change_reason or "",
                is_first=earlier is None,
                number=line.lock_version,
                changes=_changes(earlier, facts[position]),
            )
        )
    return tuple(lines)


def _changes(
    earlier: Sequence[tuple[str, str]] | None, later: Sequence[tuple[str, str]]
) -> tuple[FieldChange, ...]:
    """Facts that differ; one that is said in one of the two only counts as empty in the other."""
    before, after = dict(earlier or ()), dict(later)
    labels = [*after, *(label for label in before if label not in after)]
    return tuple(
        FieldChange(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


def _who(line: Any) -> str:
    return line.history_user.display_name if line.history_user is not None else "系统"
