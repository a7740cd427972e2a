"""Reads of 执法主体 for the register: lists, look-ups, and everything the page of one agency shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from enforcement.actors import Actor
from enforcement.agency_history import name_on
from enforcement.models import Agency, AgencyName, AgencySuccession, Delegation, Line, Officer, Region
from enforcement.region_codes import LENGTH_OF_LEVEL, AdministrativeLevel
from enforcement.region_history import CodeFate
from enforcement.selectors.delegations import delegations_of
from enforcement.selectors.region_changes import successor_of


def list_agencies(*, actor: Actor) -> QuerySet[Agency]:
    """Visible agencies with region, line and superior, from the province down."""
    return (
        Agency.objects.visible_to(actor)
        .select_related("region", "line", "superior")
        .order_by("region_code", "line_code", "pk")
    )


def search_agencies(rows: QuerySet[Agency], words: str) -> QuerySet[Agency]:
    """By name, earlier name, short name or the beginning of the code."""
    before = AgencyName.objects.filter(agency=OuterRef("pk"), name__icontains=words)
    return rows.filter(
        Q(name__icontains=words)
        | Q(short_name__icontains=words)
        | Q(code__istartswith=words)
        | Exists(before)
    )


def at_level(rows: QuerySet[Agency], level: str) -> QuerySet[Agency]:
    length = LENGTH_OF_LEVEL[AdministrativeLevel(level)]
    return rows.filter(region_code__regex=rf"^\d{{{length}}}$")


def line_choices(*, actor: Actor) -> list[tuple[str, str]]:
    """Lines as (code, name)."""
    return list(Line.objects.visible_to(actor).order_by("code").values_list("code", "name"))


def region_codes(actor: Actor) -> Mapping[str, Any]:
    """Codes of regions that exist, for a reference column."""
    rows = Region.objects.visible_to(actor).filter(abolished_on__isnull=True)
    return {code: code for code in rows.values_list("code", flat=True)}


def line_codes(actor: Actor) -> Mapping[str, Any]:
    """Codes and names of lines → code."""
    known: dict[str, Any] = {}
    for code, name in Line.objects.visible_to(actor).values_list("code", "name"):
        known[name] = code
        known[code] = code
    return known


def agency_ids(actor: Actor) -> Mapping[str, Any]:
    """Codes of all agencies → id: a superior may stand above the actor's own reach, and agencies are public."""
    return dict(Agency.objects.values_list("code", "pk"))


def agency_code(value: Any) -> str:
    """The code of an agency by its id; a code already known stays."""
    if isinstance(value, str):
        return value
    return Agency.objects.filter(pk=value).values_list("code", flat=True).first() or ""


def agency_named(code: str) -> Agency | None:
    """The agency of a code, whoever asks: agencies are public."""
    return Agency.objects.filter(code=code.strip()).first()


def superior_problem(*, superior_id: Any, region_code: str, line_code: str) -> str:
    """What is wrong with a superior, or nothing; the same truth as the trigger of the table."""
    if superior_id is None:
        return ""
    above = Agency.objects.filter(pk=superior_id).only("region_code", "line_code").first()
    if above is None:
        return "没有这个机构编码。先登记上级机构"
    if above.line_code != line_code:
        return "上级机构应在同一条线。换一个上级，或者留空"
    if len(above.region_code) >= len(region_code) or not region_code.startswith(above.region_code):
        return "上级机构的行政区划应包含本机构。换一个上级，或者留空"
    return ""


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """What belongs to one agency."""

    officers: int
    subordinates: tuple[Agency, ...]
    earlier_names: tuple[AgencyName, ...]
    successions: tuple[AgencySuccession, ...]
    takeovers: tuple[AgencySuccession, ...]
    delegations: tuple[Delegation, ...]
    region_fate: CodeFate

    def name_on(self, day: dt.date, current: str) -> str:
        return name_on(day, current=current, earlier=self.earlier_names)


def agency_file(*, actor: Actor, agency: Agency, on: dt.date) -> AgencyFile:
    """Everything the page of a visible agency lists; a fixed number of queries."""
    officers = (
        Officer.objects.visible_to(actor)
        .filter(agency=agency)
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=on))
        .aggregate(count=Count("pk"))
    )
    return AgencyFile(
        officers=officers["count"],
        subordinates=tuple(list_agencies(actor=actor).filter(superior=agency)),
        earlier_names=tuple(agency.earlier_names.order_by("-valid_until")),
        successions=tuple(agency.successions.select_related("successor")),
        takeovers=tuple(agency.takeovers.select_related("predecessor")),
        delegations=tuple(delegations_of(agency_id=agency.pk)),
        region_fate=successor_of(agency.region_code, on),
    )


def asking_for_attention(*, actor: Actor, on: dt.date) -> int:
    """Working agencies in scope on an abolished region, or below a superior that ended."""
    return (
        Agency.objects.visible_to(actor)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        .filter(Q(region__abolished_on__lte=on) | Q(superior__ended_on__lt=on))
        .count()
    )


def possible_successors(*, actor: Actor, agency: Agency, on: dt.date) -> list[Agency]:
    """Working agencies in the registrar's reach other than this one: the same line first."""
    rows = (
        Agency.objects.visible_to(actor)
        .exclude(pk=agency.pk)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        .order_by("region_code", "line_code")
    )
    return sorted(rows, key=lambda one: one.line_code != agency.line_code)
