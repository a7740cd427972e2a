"""What a replay compares, read from the database: two versions of a list, and where their past cases are."""

from __future__ import annotations

import datetime as dt

from cases.fact_store.keeping import store_root
from cases.fact_store.manifest import Manifest
from cases.replay.engine import PastCases, ReplayPlan
from cases.replay.sides import Matter, ReplayEntry, needed_definitions, old_key
from cases.selectors.decided_cases import decided_cases, recorded_before, recorded_since
from enforcement.conditions.vocabulary import STANDARD, VocabularyError
from enforcement.errors import InvalidInput
from enforcement.ledger.canonical import digest_of
from enforcement.models import DocumentKind, RuleVersion, Violation
from exemption_lists.models import ListEntry
from exemption_lists.selectors import matchable


def find_list_version(version_id: int) -> RuleVersion | None:
    """A version of a leniency list, whatever its status, with its document."""
    versions = RuleVersion.objects.filter(document__kind=DocumentKind.EXEMPTION_LIST)
    return versions.select_related("document__agency").filter(pk=version_id).first()


def compared_version(version: RuleVersion, *, on: dt.date) -> RuleVersion | None:
    """The version in force on `on`; for a published version the one in force on the day before it took effect."""
    if version.is_published and version.effective_from is not None:
        on = version.effective_from - dt.timedelta(days=1)
    others = RuleVersion.objects.filter(document=version.document_id).exclude(pk=version.pk)
    return others.in_force_on(on).select_related("document__agency").first()


# What decides cases, the links to the register included; words and amounts may change without a new replay.
DECIDING_FIELDS = (
    "version_id",
    "position",
    "slug",
    "kind",
    "scope",
    "mandate",
    "violation_id",
    "violation_name",
    "condition",
    "declared_facts",
    "exclusions",
)


def deciding_digest(version: RuleVersion, compared: RuleVersion | None) -> str:
    """Digest of what a replay of these versions rests on; another digest means that its result is out of date."""
    versions = [version.pk, *([compared.pk] if compared is not None else [])]
    rows = ListEntry.objects.filter(version__in=versions).order_by("version_id", "position")
    return digest_of({"versions": versions, "entries": list(rows.values(*DECIDING_FIELDS))})


def replay_plan(version: RuleVersion, compared: RuleVersion | None) -> ReplayPlan:
    """Raises InvalidInput naming every entry whose condition cannot be read."""
    document = version.document
    rows = Violation.objects.values_list("pk", "code", "name")
    new = _entries(version)
    return ReplayPlan(
        old=_entries(compared, beside=new) if compared is not None else (),
        new=new,
        line_code=document.line_code,
        region_code=document.region_code,
        matters={pk: Matter(pk, code, name) for pk, code, name in rows},
    )


def _entries(version: RuleVersion, *, beside: tuple[ReplayEntry, ...] = ()) -> tuple[ReplayEntry, ...]:
    rows = ListEntry.objects.filter(version=version).select_related("version__document__agency")
    found: list[ReplayEntry] = []
    problems: list[str] = []
    for row in rows.order_by("position"):
        try:
            found.append(_replay_entry(row, beside))
        except (InvalidInput, VocabularyError) as error:
            problems.append(f"第 {row.serial} 条的适用条件不能读出：{'；'.join(error.problems)}")
    if problems:
        raise InvalidInput.from_problems("entries_unreadable", problems)
    return tuple(found)


def _replay_entry(row: ListEntry, beside: tuple[ReplayEntry, ...]) -> ReplayEntry:
    entry = matchable(row)
    condition = entry.whole_condition
    title = entry.violation_name or "通用条款"
    key = entry.slug
    if beside:
        named = {"kind": entry.kind, "serial": entry.serial, "title": title}
        key = old_key(entry.slug, **named, number=entry.version_number, new=beside)
    return ReplayEntry(
        key=key,
        serial=entry.serial,
        title=title,
        kind=entry.kind,
        mandate=entry.mandate,
        is_general=entry.is_general,
        violation_id=row.violation_id,
        violation_name=entry.violation_name,
        position=row.position,
        condition=condition,
        definitions=needed_definitions(condition, STANDARD.with_declared(entry.declared_facts)),
    )


def past_cases(manifest: Manifest) -> PastCases:
    """The store's files and every decision recorded since its watermark, read at this moment."""
    earlier = recorded_before(manifest.watermark)
    return PastCases(
        root=store_root(),
        partitions=manifest.partitions,
        rows_of=lambda one: decided_cases(
            earlier.filter(case__violation_id=one.violation_id, issued_on__year=one.year)
        ),
        newer=tuple(decided_cases(recorded_since(manifest.watermark))),
    )
