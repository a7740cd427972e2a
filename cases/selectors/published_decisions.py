"""Decisions as the public may read them: only the redacted copy leaves this module."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from cases.models import CaseEvent, Decision
from cases.statuses import OPEN_LEVELS, Outcome
from cases.workflow import Act
from enforcement.actors import Actor
from enforcement.models import Line

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class PublishedDecision:
    """One published decision."""

    slug: str
    number: str
    issued_on: dt.date
    line_name: str
    outcome: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One page of the index; `next_cursor` is empty on the last one."""

    decisions: Sequence[PublishedDecision]
    next_cursor: str


def _published() -> QuerySet[Decision]:
    """Published means served: the party learns of a decision before everyone else does.

    Of a sensitive case only the copy that an approver confirmed is public, and only after that. `shown` is the content.
    """
    delivered = CaseEvent.objects.filter(case_id=OuterRef("case_id"), name=Act.DELIVER)
    open_or_released = Q(case__confidentiality__in=OPEN_LEVELS) | Q(release__isnull=False)
    return Decision.objects.filter(Exists(delivered), open_or_released).annotate(shown=_shown())


def _shown() -> Coalesce:
    return Coalesce("release__public_snapshot", "public_snapshot")


def published_decisions(*, actor: Actor, line: str, outcome: str, query: str, cursor: str) -> PublishedPage:
    """Newest first, 20 a page, filtered by line, outcome and words of number, agency or violation."""
    rows = _published()
    if line:
        rows = rows.filter(case__line_code=line)
    if outcome in Outcome.values:
        rows = rows.filter(outcome=outcome)
    if query.strip():
        words = query.strip()
        rows = rows.filter(
            Q(number__icontains=words)
            | Q(shown__violation__icontains=words)
            | Q(shown__agency__icontains=words)
        )
    position = _read_cursor(cursor)
    if position is not None:
        day, key = position
        rows = rows.filter(Q(issued_on__lt=day) | Q(issued_on=day, pk__lt=key))
    names = dict(Line.objects.values_list("code", "name"))
    found = list(_columns(rows).order_by("-issued_on", "-id")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    cursor = f"{page[-1]['issued_on'].isoformat()}_{page[-1]['id']}" if more else ""
    return PublishedPage([_as_value(row, names) for row in page], cursor)


def published_decision(*, actor: Actor, slug: str) -> PublishedDecision | None:
    """One published decision by its permanent address."""
    row = _columns(_published().filter(slug=slug)).first()
    return _as_value(row, dict(Line.objects.values_list("code", "name"))) if row else None


def _columns(rows: QuerySet[Decision]) -> QuerySet[Decision, Any]:
    return rows.values("id", "slug", "number", "issued_on", "outcome", "case__line_code", content=_shown())


def _as_value(row: dict[str, Any], lines: dict[str, str]) -> PublishedDecision:
    return PublishedDecision(
        slug=row["slug"],
        number=row["number"],
        issued_on=row["issued_on"],
        line_name=lines.get(row["case__line_code"], ""),
        outcome=row["outcome"],
        content=row["content"],
    )


def _read_cursor(cursor: str) -> tuple[dt.date, int] | None:
    day, _, key = cursor.partition("_")
    try:
        return dt.date.fromisoformat(day), int(key)
    except ValueError:
        return None


def lines_with_decisions(*, actor: Actor) -> list[tuple[str, str]]:
    """Lines for the filter."""
    return list(Line.objects.order_by("code").values_list("code", "name"))
