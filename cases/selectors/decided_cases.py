"""Decided cases with the facts their decisions rest on, for the fact store and for a replay case by case.

A decision is frozen, so that what is read here never changes: only more rows come. These reads are for the system;
what a person sees of them is counted or goes through `readable_by`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, Func, JSONField, QuerySet, Sum, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from cases.fact_store.decided import DecidedCase
from cases.models import Decision
from discretion.models import Benchmark
from enforcement.conditions.vocabulary import STANDARD, FactType
from exemption_lists.models import ListEntry

CHUNK = 5000


class AnswersOnly(Func):
    """The answers of a snapshot's facts by code, without their labels, sources and authors."""

    template = (
        "(SELECT jsonb_object_agg(one.key, one.value->'value') FROM jsonb_each(%(expressions)s) AS one)"
    )
    output_field = JSONField()


def _as_it_was(name: str, column: str) -> Coalesce:
    """The place of the case on the day of its decision; a case may have been handed over since."""
    kept = KeyTextTransform(name, KeyTransform("case", "snapshot"))
    return Coalesce(kept, Cast(column, TextField()), output_field=TextField())


def decided_cases(decisions: QuerySet[Decision]) -> Iterator[DecidedCase]:
    """The cases of these decisions, one after another, without loading model rows."""
    rows = (
        decisions.order_by()
        .annotate(
            line_then=_as_it_was("line", "case__line_code"),
            region_then=_as_it_was("region", "case__region_code"),
            answers=AnswersOnly(KeyTransform("facts", KeyTransform("analysis", "snapshot"))),
        )
        .values_list(
            "case_id",
            "case__violation_id",
            "line_then",
            "region_then",
            "issued_on",
            "outcome",
            "answers",
        )
    )
    for case_id, violation_id, line, region, issued_on, outcome, answers in rows.iterator(chunk_size=CHUNK):
        yield DecidedCase(case_id, violation_id, line, region, issued_on, outcome, answers or {})


def recorded_before(moment: dt.datetime) -> QuerySet[Decision]:
    """Decisions recorded before the moment."""
    return Decision.objects.filter(recorded_at__lt=moment)


def recorded_since(moment: dt.datetime) -> QuerySet[Decision]:
    """Decisions recorded at the moment or later."""
    return Decision.objects.filter(recorded_at__gte=moment)


def decisions_and_sum(decisions: QuerySet[Decision]) -> tuple[int, int]:
    """How many there are and the sum of their ids: together they tell whether a copy lacks one."""
    found = decisions.order_by().aggregate(count=Count("pk"), total=Sum("pk"))
    return found["count"], int(found["total"] or 0)


def database_time() -> dt.datetime:
    """The clock of the database, which all programs share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
    return moment


def declared_types() -> dict[str, FactType]:
    """The type of every fact that the standard vocabulary, a list or a standard knows. The code says the type."""
    types = {code: definition.type for code, definition in STANDARD.items()}
    for model in (ListEntry, Benchmark):
        for declared in model.objects.exclude(declared_facts=[]).values_list("declared_facts", flat=True):
            types |= {fact["code"]: FactType(fact["type"]) for fact in declared}
    return types
