"""Spans of days that must not overlap, as constraints the database keeps.

No contrib extension is needed: an owner's id becomes the range [id, id], which every PostgreSQL can compare.
"""

from __future__ import annotations

from typing import Literal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db.models import F, Func, Value


def no_overlap(
    *, name: str, owner: str, first: str, last: str, bounds: Literal["[]", "[)"], message: str | None = None
) -> ExclusionConstraint:
    """No two spans of one `owner` (a column holding an id) share a day; an empty `last` runs on for ever.

    `message` is what a person reads when a form would break it.
    `[]` counts the last day in, `[)` does not, so that the next span may begin on the day the earlier one ends.
    """
    own = Func(F(owner), F(owner), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    days = Func(F(first), F(last), Value(bounds), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        violation_error_message=message,
        expressions=[(own, RangeOperators.OVERLAPS), (days, RangeOperators.OVERLAPS)],
    )
