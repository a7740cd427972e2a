"""What an agency applies on a day: its own lists over its superiors', as one list with the origin of every entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from enforcement.conditions.parse import ConditionError
from enforcement.conditions.vocabulary import STANDARD, VocabularyError, merge_declared
from enforcement.models import Agency, DocumentKind
from enforcement.selectors.documents import versions_in_force
from exemption_lists.models import LeniencyKind, ListEntry
from exemption_lists.precedence import PlacedEntry, standings
from exemption_lists.selectors import checkable, readable

KIND_ORDER = tuple(LeniencyKind)


@dataclass(frozen=True, slots=True)
class EffectiveEntry:
    """One entry with its version, document and agency loaded. `covered_by` is the entry that speaks instead of it."""

    row: ListEntry
    is_own: bool
    covered_by: ListEntry | None = None

    @property
    def origin(self) -> str:
        """Whose list it is."""
        return self.row.version.document.agency.name

    @property
    def why_covered(self) -> str:
        """Why the entry has no work left, as one sentence; "" when it applies."""
        if self.covered_by is None:
            return ""
        document = self.covered_by.version.document
        return (
            f"符合本条的，也符合{document.agency.name}《{document.title}》第 {self.covered_by.serial} 条，"
            "后者对当事人同样或者更有利，适用后者。"
        )


@dataclass(frozen=True, slots=True)
class EffectiveList:
    """The list of one agency on one day; `applying` in order of kind, nearest agency first, then as printed."""

    agency: Agency
    day: dt.date
    applying: tuple[EffectiveEntry, ...]
    covered: tuple[EffectiveEntry, ...]

    @property
    def own_count(self) -> int:
        return sum(one.is_own for one in self.applying)


def effective_list(
    *, agency: Agency, on: dt.date, known_at: dt.datetime | None = None, kind: str = ""
) -> EffectiveList:
    """What applies in the agency's region and line on the day, as far as was published by `known_at`. Two queries.

    `kind` narrows what is listed, not what is compared.
    """
    versions = versions_in_force(
        kinds=(DocumentKind.EXEMPTION_LIST,),
        region_code=agency.region_code,
        line_code=agency.line_code,
        on=on,
        known_at=known_at,
    )
    rows = list(readable(ListEntry.objects.filter(version__in=versions)))
    covering = _covering(rows)
    entries = [
        EffectiveEntry(row, row.version.document.agency_id == agency.pk, covering.get(row.pk)) for row in rows
    ]
    entries.sort(key=_order)
    listed = [one for one in entries if kind in ("", one.row.kind)]
    return EffectiveList(
        agency=agency,
        day=on,
        applying=tuple(one for one in listed if one.covered_by is None),
        covered=tuple(one for one in listed if one.covered_by is not None),
    )


def _order(one: EffectiveEntry) -> tuple[int, int, int, int]:
    document = one.row.version.document
    kind = KIND_ORDER.index(LeniencyKind(one.row.kind))
    return (kind, -len(document.region_code), document.pk, one.row.position)


def _covering(rows: Iterable[ListEntry]) -> dict[int, ListEntry]:
    """By the id of an entry, the entry that speaks instead of it."""
    comparable: list[tuple[ListEntry, PlacedEntry]] = []
    for row in rows:
        document = row.version.document
        try:
            entry = checkable(row)
        except (ConditionError, VocabularyError):
            continue
        place = PlacedEntry(entry, document.pk, len(document.region_code), row.position)
        comparable.append((row, place))
    declared = [one.entry.declared_facts for _, one in comparable]
    try:
        vocabulary = STANDARD.with_declared(merge_declared(*declared))
    except VocabularyError:
        return {}  # two lists order one grade differently: nothing can be compared, everything stays listed
    found = standings([one for _, one in comparable], vocabulary)
    by_number = [row for row, _ in comparable]
    return {
        row.pk: by_number[standing.covered_by]
        for row, standing in zip(by_number, found, strict=True)
        if standing.covered_by is not None
    }


def origins(found: EffectiveList) -> list[tuple[str, int]]:
    """Agencies whose lists apply, with how many entries each, nearest first."""
    counts: dict[str, int] = {}
    nearest = sorted(found.applying, key=lambda one: -len(one.row.version.document.region_code))
    for name in map(attrgetter("origin"), nearest):
        counts[name] = counts.get(name, 0) + 1
    return list(counts.items())
