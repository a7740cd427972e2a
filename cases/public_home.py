"""What the public home page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet

from discretion.models import Benchmark
from enforcement.models import Line, Matter, RuleVersion
from enforcement.selectors.documents import VersionRow, place_in_time
from exemption_lists.models import EntryScope, ListEntry
from joint_inspection.models import InspectionScene

_MODELS: tuple[type[Model], ...] = (ListEntry, Benchmark, InspectionScene, Matter)
EXAMPLE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many entries of each kind are in force on a day."""

    list_entries: int
    benchmarks: int
    scenes: int
    matters: int


@dataclass(frozen=True, slots=True)
class LineHoldings:
    """How many entries of all kinds one line has in force."""

    code: str
    name: str
    entries: int


def holdings(*, on: dt.date) -> Holdings:
    """Counts for the doors of the home page; four queries."""
    return Holdings(*(_in_force(model, on).count() for model in _MODELS))


def holdings_by_line(*, on: dt.date) -> tuple[LineHoldings, ...]:
    """Lines with something in force, the fullest first."""
    counts: dict[str, int] = {}
    for model in _MODELS:
        grouped = _in_force(model, on).order_by().values_list("version__document__line_code")
        for code, entries in grouped.annotate(entries=Count("pk")):
            counts[code] = counts.get(code, 0) + entries
    names = dict(Line.objects.filter(pk__in=counts).values_list("code", "name"))
    rows = [LineHoldings(code, names.get(code, code), entries) for code, entries in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.entries, row.code)))


def latest_changes(*, on: dt.date, most: int = 6) -> tuple[VersionRow, ...]:
    """The versions published last, newest first, each with its place in time on the day."""
    latest = (
        RuleVersion.objects.published().select_related("document__agency").order_by("-published_at", "-pk")
    )
    versions = list(latest[:most])
    siblings: dict[int, list[RuleVersion]] = {}
    published = RuleVersion.objects.published().select_related("repeal")
    for version in published.filter(document__in={one.document_id for one in versions}):
        siblings.setdefault(version.document_id, []).append(version)
    places = {row.version.pk: row for found in siblings.values() for row in place_in_time(found, on=on)}
    return tuple(
        VersionRow(one, places[one.pk].validity, places[one.pk].until) for one in versions if one.pk in places
    )


def example_queries(*, on: dt.date, most: int = 5) -> tuple[str, ...]:
    """Short names that are in force, as things to try."""
    names = _in_force(ListEntry, on).filter(scope=EntryScope.MATTER).order_by("version_id", "position")
    short = (
        name
        for name in names.values_list("violation_name", flat=True)[:400]
        if 2 < len(name) <= EXAMPLE_LENGTH
    )
    return tuple(dict.fromkeys(short))[:most]


def _in_force(model: type[Model], on: dt.date) -> QuerySet[Any]:
    return model._default_manager.filter(version__in=RuleVersion.objects.in_force_on(on))
