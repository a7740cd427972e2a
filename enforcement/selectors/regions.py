"""Reads of 行政区划."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from enforcement.actors import Actor
from enforcement.models import Region
from enforcement.models.agencies import RegionLevel


def list_regions(*, actor: Actor) -> QuerySet[Region]:
    """Every region, with its parent."""
    return Region.objects.visible_to(actor).select_related("parent")


def search_regions(rows: QuerySet[Region], words: str) -> QuerySet[Region]:
    """Regions whose name contains the words, or whose code begins with them."""
    return rows.filter(Q(name__icontains=words) | Q(code__startswith=words))


def prefecture_choices(*, actor: Actor) -> list[tuple[str, str]]:
    """Prefectures as (code, name), for a filter."""
    rows = Region.objects.visible_to(actor).filter(level=RegionLevel.PREFECTURE)
    return list(rows.order_by("code").values_list("code", "name"))


def regions_below(*, actor: Actor, code: str) -> QuerySet[Region]:
    """The regions one level down."""
    return Region.objects.visible_to(actor).filter(parent_id=code).order_by("code")
