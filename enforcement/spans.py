"""Spans of days that must not overlap, as constraints the database keeps.

No contrib extension is needed: an owner's id becomes the range [id, id], which every PostgreSQL can compare.
"""

from __future__ import annotations

from typing import Literal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db.models import F, Func, Value


def no_overlap(
    *,
    name: str,
    owner: str,
    first: str,
    last: str,
    bounds: Literal["[]", "[)"],
    within: str = "",
    message: str | None = None,
) -> ExclusionConstraint:
    """No two spans of one `owner` (a column holding an id) share a day; an empty `last` runs on for ever.

    `within` names a second such column: then only spans of the same pair are compared. `message` is what a person
    reads when a form would break it.
    `[]` counts the last day in, `[)` does not, so that the next span may begin on the day the earlier one ends.
    """
    days = Func(F(first), F(last), Value(bounds), function="daterange", output_field=DateRangeField())
    owners = [owner, within] if within else [owner]
    return ExclusionConstraint(
        name=name,
        violation_error_message=message,
        expressions=[
            *((_only(one), RangeOperators.OVERLAPS) for one in owners),
            (days, RangeOperators.OVERLAPS),
        ],
    )


def _only(column: str) -> Func:
    """The id in `column` as a range that holds nothing else."""
    return Func(F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
