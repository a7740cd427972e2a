"""Reads of list entries, for pages, exports and the matching of cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from enforcement.actors import Actor
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.tree import AllOf, Condition
from enforcement.conditions.vocabulary import STANDARD, Vocabulary, merge_declared
from enforcement.models import DocumentKind, RuleDocument, RuleVersion, VersionStatus, Violation
from enforcement.selectors.documents import versions_in_force
from enforcement.selectors.published_versions import EntryMark
from exemption_lists.checks.checked_entry import CheckedEntry
from exemption_lists.matching import MatchableEntry, MatchableExclusion, exclusion_of
from exemption_lists.models import EntryScope, LeniencyKind, ListEntry, Mandate, UploadedTable


def vocabulary_of(declared_facts: Iterable[dict[str, Any]]) -> Vocabulary:
    """The standard vocabulary with what an entry declares."""
    return STANDARD.with_declared(declared_facts)


def entries_of(version: RuleVersion) -> QuerySet[ListEntry]:
    """The entries of a version in their printed order."""
    return ListEntry.objects.filter(version=version).order_by("position")


def entries_in_force(*, region_code: str, line_code: str, on: dt.date) -> QuerySet[ListEntry]:
    """Entries an agency of this region and line applies on `on`: its own lists' and its superiors' (51号 二(一))."""
    versions = versions_in_force(
        kinds=(DocumentKind.EXEMPTION_LIST,), region_code=region_code, line_code=line_code, on=on
    )
    return readable(ListEntry.objects.filter(version__in=versions))


def entries_of_versions(
    *, version_ids: Sequence[int], violation_id: int | None, violation_name: str
) -> tuple[MatchableEntry, ...]:
    """Entries for one violation, and the general clauses beside them, from versions in force; superiors' lists first."""
    rows = readable(ListEntry.objects.filter(version__in=version_ids))
    return tuple(matchable(entry) for entry in _about(rows, violation_id, violation_name))


def _about(rows: QuerySet[ListEntry], violation_id: int | None, violation_name: str) -> QuerySet[ListEntry]:
    """An entry belongs to the violation when it is linked to it, or names it in the same words."""
    about = Q(scope=EntryScope.GENERAL)
    if violation_id is not None:
        about |= Q(violation_id=violation_id)
    if violation_name.strip():
        about |= Q(violation_name=violation_name.strip())
    return rows.filter(about)


def readable(rows: QuerySet[ListEntry]) -> QuerySet[ListEntry]:
    """With version, document and agency, superiors' lists first."""
    return rows.select_related("version__document__agency").order_by(
        "version__document__region_code", "version__document__title", "position"
    )


def parsed_conditions(
    entry: ListEntry,
) -> tuple[Condition, tuple[MatchableExclusion, ...], tuple[dict[str, Any], ...]]:
    """The condition, the exclusions, and the facts they declare. Raises ConditionError for a broken tree."""
    vocabulary = vocabulary_of(entry.declared_facts)
    exclusions: list[MatchableExclusion] = []
    declared: list[dict[str, Any]] = list(entry.declared_facts)
    for exclusion in entry.exclusions:
        tree = exclusion.get("condition")
        parsed = parse_condition(tree, vocabulary) if tree is not None else None
        built, needed = exclusion_of(exclusion["text"], parsed)
        exclusions.append(built)
        declared.extend(needed)
    return parse_condition(entry.condition, vocabulary), tuple(exclusions), tuple(merge_declared(declared))


def matchable(entry: ListEntry) -> MatchableEntry:
    """An entry as values. Needs version, document and agency loaded. Raises ConditionError for a broken tree."""
    condition, exclusions, declared = parsed_conditions(entry)
    document = entry.version.document
    return MatchableEntry(
        entry_id=entry.pk,
        version_id=entry.version_id,
        document_slug=document.slug,
        document_title=document.title,
        version_number=entry.version.number,
        agency_name=document.agency.name,
        region_code=document.region_code,
        serial=entry.serial,
        slug=entry.slug,
        kind=entry.kind,
        mandate=entry.mandate,
        is_general=entry.scope == EntryScope.GENERAL,
        violation_name=entry.violation_name,
        condition_text=tuple(entry.condition_text),
        condition=condition,
        exclusions=exclusions,
        declared_facts=declared,
        follow_up=tuple(entry.follow_up),
        coercive_measure=entry.coercive_measure,
    )


def checkable(entry: ListEntry) -> CheckedEntry:
    """An entry as the checks compare it, stored or only read from a file. Raises ConditionError for a broken tree."""
    condition, exclusions, declared = parsed_conditions(entry)
    return CheckedEntry(
        serial=entry.serial,
        slug=entry.slug,
        kind=LeniencyKind(entry.kind),
        mandate=Mandate(entry.mandate),
        is_general=entry.scope == EntryScope.GENERAL,
        violation_id=entry.violation_id,
        violation_name=entry.violation_name,
        own_condition=condition,
        condition=AllOf((condition, *(one.absence for one in exclusions))),
        declared_facts=declared,
        coercive_measure=entry.coercive_measure.strip(),
    )


def find_entry(*, version: RuleVersion, slug: str) -> ListEntry | None:
    """One entry of a version by its slug."""
    return entries_of(version).filter(slug=slug).first()


def own_upload(*, actor: Actor, upload_id: int) -> UploadedTable | None:
    """The actor's own upload, also when it is written or too old to go on with."""
    return UploadedTable.objects.filter(pk=upload_id, uploaded_by_id=actor.account_id).first()


def earlier_imports(*, digest: str, before: int) -> list[UploadedTable]:
    """Imports of the same bytes that were written, newest first, with the versions they went into."""
    written = UploadedTable.objects.filter(digest=digest, imported_at__isnull=False).exclude(pk=before)
    return list(written.prefetch_related("versions__document").order_by("-imported_at")[:5])


def versions_of_upload(upload: UploadedTable) -> list[RuleVersion]:
    """What an upload was written into."""
    return list(upload.versions.select_related("document").order_by("pk"))


def versions_holding(*, document: RuleDocument, slug: str) -> frozenset[int]:
    """Ids of the document's versions that hold an entry of this slug."""
    held = ListEntry.objects.filter(version__document=document, slug=slug)
    return frozenset(held.values_list("version_id", flat=True))


def marks_of_violation(violation: Violation) -> list[EntryMark]:
    """Where published lists speak of a violation: entries linked to it or naming it in the same words. One query."""
    rows = ListEntry.objects.filter(version__status=VersionStatus.PUBLISHED, scope=EntryScope.MATTER)
    about = rows.filter(Q(violation=violation) | Q(violation_name=violation.name))
    values = about.order_by("version_id", "position").values_list("version_id", "slug", "serial")
    return [EntryMark(*row) for row in values]


def list_versions_about(
    *, version_ids: Collection[int], violation_id: int, violation_name: str
) -> frozenset[int]:
    """Those of the versions with an entry for the violation. General clauses are about none. One query."""
    rows = ListEntry.objects.filter(version__in=version_ids, scope=EntryScope.MATTER)
    about = rows.filter(Q(violation_id=violation_id) | Q(violation_name=violation_name))
    return frozenset(about.values_list("version_id", flat=True))


def violations_of_versions(version_ids: Collection[int]) -> list[tuple[int | None, str]]:
    """Id (where linked) and name of each violation these versions have entries for. One query."""
    rows = ListEntry.objects.filter(version__in=version_ids, scope=EntryScope.MATTER)
    return list(rows.order_by().values_list("violation_id", "violation_name").distinct())
