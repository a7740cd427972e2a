"""Reads for the self-check: which matters can be checked on a day, and the entries that apply to one of them."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from enforcement.models import DocumentKind, Line, Region, RuleVersion
from enforcement.selectors.documents import versions_in_force
from exemption_lists.matching import MatchableEntry
from exemption_lists.models import EntryScope, ListEntry
from exemption_lists.selectors import entries_of_versions

PAGE_SIZE = 50
LONGEST_QUERY = 60


@dataclass(frozen=True, slots=True)
class CheckableMatter:
    """One matter with an entry in force; `document_slug` and `entry_slug` are its address."""

    name: str
    line_name: str
    agency_name: str
    document_slug: str
    entry_slug: str


@dataclass(frozen=True, slots=True)
class MatterPage:
    """One page of matters; `has_more`: another follows."""

    query: str
    matters: tuple[CheckableMatter, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A region with lists of its own."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CheckedMatter:
    """The matter an entry is about, the entries that apply to it, and the places whose lists say more about it.

    `place` is the region below that was asked for, None for that of the entry's own list.
    """

    entry: ListEntry
    entries: tuple[MatchableEntry, ...]
    place: Place | None
    places: tuple[Place, ...]


def _lists_in_force(on: dt.date) -> QuerySet[RuleVersion]:
    return RuleVersion.objects.in_force_on(on).filter(document__kind=DocumentKind.EXEMPTION_LIST)


def checkable_matters(
    *, on: dt.date, query: str = "", line_code: str = "", region_code: str = "", page: int = 1
) -> MatterPage:
    """Matters whose name or domain holds every word, each once per line, of the lists that hold in the region."""
    typed = unicodedata.normalize("NFKC", query).replace("\x00", "").strip()[:LONGEST_QUERY]
    versions = _lists_in_force(on)
    if line_code:
        versions = versions.filter(document__line_code=line_code)
    if region_code:
        prefixes = [region_code[:length] for length in (2, 4, 6, 9) if length <= len(region_code)]
        versions = versions.filter(document__region_code__in=prefixes)
    rows = ListEntry.objects.filter(version__in=versions, scope=EntryScope.MATTER)
    for word in typed.split():
        rows = rows.filter(
            Q(violation_name__icontains=word) | Q(domain__icontains=word) | Q(category__icontains=word)
        )
    once = ("version__document__line_code", "violation_name")
    rows = rows.order_by(*once, "version__document__region_code", "position").distinct(*once)
    start = (page - 1) * PAGE_SIZE
    found = list(
        rows.values(
            "slug",
            "violation_name",
            "version__document__slug",
            "version__document__line_code",
            "version__document__agency__name",
        )[start : start + PAGE_SIZE + 1]
    )
    names = dict(Line.objects.values_list("code", "name"))
    return MatterPage(typed, tuple(_matter(row, names) for row in found[:PAGE_SIZE]), len(found) > PAGE_SIZE)


def _matter(row: Mapping[str, object], line_names: Mapping[str, str]) -> CheckableMatter:
    line_code = str(row["version__document__line_code"])
    return CheckableMatter(
        name=str(row["violation_name"]),
        line_name=line_names.get(line_code, line_code),
        agency_name=str(row["version__document__agency__name"]),
        document_slug=str(row["version__document__slug"]),
        entry_slug=str(row["slug"]),
    )


def lines_with_lists(*, on: dt.date) -> list[tuple[str, str]]:
    """Lines with a list in force, as (code, name)."""
    codes = _lists_in_force(on).values("document__line_code")
    return list(Line.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


def places_with_lists(*, on: dt.date) -> list[tuple[str, str]]:
    """Regions that have lists of their own, as (code, name), superiors first."""
    codes = _lists_in_force(on).values("document__region_code")
    return list(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


def find_checked_matter(*, slug: str, entry_slug: str, region_code: str, on: dt.date) -> CheckedMatter | None:
    """The matter of an entry in force on `on`, with the entries of its region's lists and of the superiors'.

    A `region_code` that is no region below that of the entry's list is ignored. None when the entry is not in force.
    """
    entry = (
        ListEntry.objects.filter(
            version__in=_lists_in_force(on), version__document__slug=slug, slug=entry_slug
        )
        .select_related("version__document__agency")
        .first()
    )
    if entry is None:
        return None
    document = entry.version.document
    place = _place_below(document.region_code, region_code)
    versions = versions_in_force(
        kinds=(DocumentKind.EXEMPTION_LIST,),
        region_code=place.code if place else document.region_code,
        line_code=document.line_code,
        on=on,
    )
    entries = entries_of_versions(
        version_ids=list(versions.values_list("pk", flat=True)),
        violation_id=entry.violation_id,
        violation_name=entry.violation_name,
    )
    return CheckedMatter(entry, entries, place, tuple(_places_below(entry, on)))


def _place_below(own: str, asked: str) -> Place | None:
    if asked == own or not asked.startswith(own):
        return None
    name = Region.objects.filter(pk=asked).values_list("name", flat=True).first()
    return Place(asked, name) if name is not None else None


def _places_below(entry: ListEntry, on: dt.date) -> Sequence[Place]:
    """Regions below whose own list in force has an entry about the same matter."""
    document = entry.version.document
    about = Q(violation_name=entry.violation_name)
    if entry.violation_id is not None:
        about |= Q(violation_id=entry.violation_id)
    codes = (
        ListEntry.objects.filter(about, version__in=_lists_in_force(on), scope=EntryScope.MATTER)
        .filter(
            version__document__line_code=document.line_code,
            version__document__region_code__startswith=document.region_code,
        )
        .exclude(version__document__region_code=document.region_code)
        .values("version__document__region_code")
    )
    rows = Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name")
    return [Place(code, name) for code, name in rows]


def newest_entry(*, slug: str, entry_slug: str) -> ListEntry | None:
    """The newest published entry at this address, in force or not: where a link to a check that ended leads."""
    published = RuleVersion.objects.published().filter(
        document__slug=slug, document__kind=DocumentKind.EXEMPTION_LIST
    )
    rows = ListEntry.objects.filter(version__in=published, slug=entry_slug)
    return rows.select_related("version__document__agency").order_by("-version__effective_from").first()
