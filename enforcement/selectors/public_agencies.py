"""执法主体公示 (行政处罚法 第三十九条): who enforces what where, on what basis. Readable by everyone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from enforcement.actors import PUBLIC
from enforcement.models import Agency, AgencyName, AgencySuccession, Delegation
from enforcement.models.agencies import RegionLevel
from enforcement.region_codes import AdministrativeLevel
from enforcement.selectors.agency_register import at_level, line_choices
from enforcement.selectors.delegations import delegations_of, state_on
from enforcement.selectors.regions import prefecture_choices

AGENCY_ORDER = ("region_code", "line_code", "pk")


@dataclass(frozen=True, slots=True)
class AgencySearch:
    """What a visitor asks for; empty means all. `level` is a `RegionLevel`."""

    query: str = ""
    region: str = ""
    line: str = ""
    level: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.query or self.region or self.line or self.level)


def published_agencies(search: AgencySearch, *, on: dt.date) -> QuerySet[Agency]:
    """Agencies that work on that day, with region and line, earlier names searched too."""
    rows: QuerySet[Agency] = (
        Agency.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        .filter(Q(established_on__isnull=True) | Q(established_on__lte=on))
        .select_related("region", "line")
    )
    words = search.query.strip()
    if words:
        named_before = AgencyName.objects.filter(name__icontains=words).values("agency_id")
        rows = rows.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Q(pk__in=named_before))
    if search.region:
        rows = rows.filter(region_code__startswith=search.region)
    if search.line:
        rows = rows.filter(line_code=search.line)
    if search.level in set(AdministrativeLevel):
        rows = at_level(rows, search.level)
    return rows.order_by(*AGENCY_ORDER)


def search_choices() -> dict[str, list[tuple[str, str]]]:
    """Prefectures, lines and levels for the search form. Two queries."""
    return {
        "regions": prefecture_choices(actor=PUBLIC),
        "lines": line_choices(actor=PUBLIC),
        "levels": [(str(value), str(label)) for value, label in RegionLevel.choices],
    }


@dataclass(frozen=True, slots=True)
class PublishedAgency:
    """One agency as everyone may read it."""

    agency: Agency
    is_working: bool
    earlier_names: tuple[AgencyName, ...]
    successions: tuple[AgencySuccession, ...]
    takeovers: tuple[AgencySuccession, ...]
    gives: tuple[tuple[Delegation, str], ...]
    receives: tuple[tuple[Delegation, str], ...]


def published_agency(*, code: str, on: dt.date) -> PublishedAgency | None:
    """The agency of a code, also after its end: who asks for it should learn who took over."""
    agency = (
        Agency.objects.filter(code=code)
        .select_related("region", "line", "superior")
        .prefetch_related(
            Prefetch("earlier_names", queryset=AgencyName.objects.order_by("-valid_until")),
            Prefetch("successions", queryset=AgencySuccession.objects.select_related("successor")),
            Prefetch("takeovers", queryset=AgencySuccession.objects.select_related("predecessor")),
        )
        .first()
    )
    if agency is None:
        return None
    delegations = [(one, state_on(one, on)) for one in delegations_of(agency_id=agency.pk)]
    return PublishedAgency(
        agency=agency,
        is_working=agency.works_on(on),
        earlier_names=tuple(agency.earlier_names.all()),
        successions=tuple(agency.successions.all()),
        takeovers=tuple(agency.takeovers.all()),
        gives=tuple(pair for pair in delegations if pair[0].agency_id == agency.pk),
        receives=tuple(pair for pair in delegations if pair[0].agency_id != agency.pk),
    )
