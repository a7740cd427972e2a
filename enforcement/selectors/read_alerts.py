"""Alarms on bulk reading of personal data, for supervisors."""

from __future__ import annotations

from django.db.models import QuerySet

from enforcement.actors import Actor, Role
from enforcement.models import SensitiveReadAlert


def visible_read_alerts(*, actor: Actor) -> QuerySet[SensitiveReadAlert]:
    """Alerts about accounts inside the actor's supervising grants, unsettled first, then newest first."""
    alerts: QuerySet[SensitiveReadAlert] = (
        SensitiveReadAlert.objects.visible_to(actor, roles=frozenset({Role.SUPERVISOR}))
        .select_related("account__agency", "settled_by")
        .order_by("settled_at", "-day", "-id")
    )
    return alerts
