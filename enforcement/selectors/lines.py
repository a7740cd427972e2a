"""Reads of 条线."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from enforcement.actors import Actor
from enforcement.models import Agency, Line


def list_lines(*, actor: Actor) -> QuerySet[Line]:
    """Every line."""
    return Line.objects.visible_to(actor)


def search_lines(rows: QuerySet[Line], words: str) -> QuerySet[Line]:
    """Lines whose code or name contains the words."""
    return rows.filter(Q(code__icontains=words) | Q(name__icontains=words) | Q(remit__icontains=words))


def agencies_of_line(*, actor: Actor, line_code: str) -> QuerySet[Agency]:
    """Agencies of the line inside the actor's scope, with their regions."""
    return Agency.objects.visible_to(actor).filter(line_id=line_code).select_related("region")


def line_names() -> dict[str, str]:
    """Names of all lines by code; public."""
    return dict(Line.objects.values_list("code", "name"))
