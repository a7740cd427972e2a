"""The audit trail for people: entries of the ledger as sentences, filtered and paged by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from enforcement.actors import Actor, Role
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Agency

PAGE_SIZE = 50
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
AUDIT = frozenset({Role.AUDIT_ADMIN})
# A grant of this reach covers what belongs to no single agency.
PROVINCE_DIGITS = 2


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the trail is narrowed to; empty means everything. Days are Beijing days, `until` included."""

    since: dt.date | None = None
    until: dt.date | None = None
    action: str = ""
    actor_id: int | None = None
    actor_name: str = ""
    subject_type: str = ""
    subject_id: str = ""
    chain: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry as people read it."""

    entry: LedgerEntry
    sentence: str


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Newest first; `next_cursor` is empty on the last page."""

    lines: Sequence[TrailLine]
    next_cursor: str


def trail(*, actor: Actor, narrowed: TrailFilter, cursor: str = "") -> TrailPage:
    """Fifty entries that the audit administrator may read. Two queries; a cursor that makes no sense is ignored.

    审计管理员 reads the chains of the agencies within the grant; whoever is responsible for the whole province reads
    also what belongs to no agency. Nobody else reads the trail.
    """
    rows = _filtered(_readable_by(actor), narrowed)
    position = _read_cursor(cursor)
    if position is not None:
        when, key = position
        rows = rows.filter(Q(occurred_at__lt=when) | Q(occurred_at=when, pk__lt=key))
    found = list(rows.order_by("-occurred_at", "-pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    return TrailPage([_line(row) for row in page], _cursor_after(page[-1]) if more else "")


def find_trail_line(*, actor: Actor, entry_id: int) -> TrailLine | None:
    """One entry that the audit administrator may read, else None."""
    row = _readable_by(actor).filter(pk=entry_id).first()
    return _line(row) if row is not None else None


def trail_for_export(*, actor: Actor, narrowed: TrailFilter, limit: int) -> list[TrailLine]:
    """The newest `limit` entries of a filtered trail, for a file. One query beside the scope's."""
    rows = _filtered(_readable_by(actor), narrowed)
    return [_line(row) for row in rows.order_by("-occurred_at", "-pk")[:limit]]


def entries_about(*, actor: Actor, subject: Model) -> list[TrailLine]:
    """Every act on one row, newest first, for a page that already showed the row to this actor.

    Scope is kept all the same: only chains of agencies the actor's duties reach, or that they may audit.
    """
    mine = Agency.objects.visible_to(actor).values("code")
    rows = LedgerEntry.objects.filter(
        Q(chain__in=mine) | Q(pk__in=_readable_by(actor).values("pk")) if not actor.is_system else Q(),
        subject_type=type(subject).__name__,
        subject_id=str(subject.pk),
    )
    return [_line(row) for row in rows.order_by("-occurred_at", "-pk")]


def chains_for(*, actor: Actor) -> list[tuple[str, str]]:
    """(chain, name) of what the actor may audit, for a filter."""
    agencies = Agency.objects.visible_to(actor, roles=AUDIT).order_by("region_code", "line_code", "code")
    chains = [(code, name) for code, name in agencies.values_list("code", "name")]
    return [(PROVINCE_CHAIN, "全省"), *chains] if _audits_whole_province(actor) else chains


def _readable_by(actor: Actor) -> QuerySet[LedgerEntry]:
    if actor.is_system:
        return LedgerEntry.objects.all()
    allowed = Q(chain__in=Agency.objects.visible_to(actor, roles=AUDIT).values("code"))
    if _audits_whole_province(actor):
        # Chains of agencies that were merged away, and the province's own.
        allowed |= Q(chain=PROVINCE_CHAIN) | ~Q(chain__in=Agency.objects.values("code"))
    return LedgerEntry.objects.filter(allowed)


def _audits_whole_province(actor: Actor) -> bool:
    return any(
        grant.role in AUDIT and len(grant.region_code) == PROVINCE_DIGITS and grant.line_code is None
        for grant in actor.grants
    )


def _filtered(rows: QuerySet[LedgerEntry], narrowed: TrailFilter) -> QuerySet[LedgerEntry]:
    exact: dict[str, Any] = {
        "action": narrowed.action,
        "actor_id": narrowed.actor_id,
        "subject_type": narrowed.subject_type,
        "subject_id": narrowed.subject_id,
        "chain": narrowed.chain,
        "request_id": narrowed.request_id.strip().upper(),
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in ("", None)})
    if narrowed.actor_name.strip():
        rows = rows.filter(actor_name__contains=narrowed.actor_name.strip())
    if narrowed.since is not None:
        rows = rows.filter(occurred_at__gte=_start_of(narrowed.since))
    if narrowed.until is not None:
        rows = rows.filter(occurred_at__lt=_start_of(narrowed.until + dt.timedelta(days=1)))
    return rows


def _start_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _line(row: LedgerEntry) -> TrailLine:
    return TrailLine(row, row.sentence())


def _cursor_after(row: LedgerEntry) -> str:
    return f"{(row.occurred_at - EPOCH) // dt.timedelta(microseconds=1)}_{row.pk}"


def _read_cursor(cursor: str) -> tuple[dt.datetime, int] | None:
    moment, _, key = cursor.partition("_")
    try:
        return EPOCH + dt.timedelta(microseconds=int(moment)), int(key)
    except (ValueError, OverflowError):
        return None
