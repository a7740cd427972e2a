"""Writing a read list into a draft: all of it or nothing, with the remarks about its cells kept beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import Agency, DocumentKind, RuleVersion, Violation
from enforcement.services.draft_version import create_document, edit_draft
from exemption_lists.intake import ListFile
from exemption_lists.models import ListEntry
from exemption_lists.reading.drafts import DraftEntry
from exemption_lists.serials import unique_slug

LONGEST_SERIAL = 60


@transaction.atomic
def import_as_new_document(
    *, actor: Actor, file: ListFile, slug: str, title: str, agency: Agency
) -> RuleVersion:
    """A new document whose first draft holds the entries of the file."""
    _document, version = create_document(
        actor=actor, kind=DocumentKind.EXEMPTION_LIST, slug=slug, title=title, agency=agency
    )
    return import_entries(actor=actor, version_id=version.pk, file=file)


def import_entries(
    *, actor: Actor, version_id: int, file: ListFile, replace: bool = False, expected_lock: int | None = None
) -> RuleVersion:
    """Write every entry of the file into a draft: behind its entries, or in their place.

    Refused as a whole when the reading names an error or holds no entry.
    """
    require_importable(file)

    def change(version: RuleVersion) -> RuleVersion:
        if replace:
            version.list_entries.all().delete()
        ListEntry.objects.bulk_create(_rows(version, file))
        source = f"导入自“{file.name}”，文件摘要 {file.digest}"
        version.source_note = "\n".join(filter(None, (version.source_note, source)))
        version.source_warnings = [*version.source_warnings, *file.warnings] if not replace else file.warnings
        return version

    what = f"从“{file.name}”导入 {file.entry_count} 条，文件摘要 {file.digest[:12]}"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def require_importable(file: ListFile) -> None:
    """Raise `InvalidInput` when the file has errors or no entries."""
    drafts = [draft for reading in file.readings for draft in reading.entries]
    too_long = [draft.serial for draft in drafts if len(draft.serial) > LONGEST_SERIAL]
    problems = file.problems + [
        f"序号“{serial[:20]}…”超过 {LONGEST_SERIAL} 个字，请改短。" for serial in too_long
    ]
    if not problems and file.entry_count == 0:
        problems = ["这份文件里没有可以导入的条目，没有写入任何内容。"]
    if problems:
        raise InvalidInput.from_problems("import_refused", problems)


def _rows(version: RuleVersion, file: ListFile) -> Iterable[ListEntry]:
    drafts = [draft for reading in file.readings for draft in reading.entries]
    taken = set(version.list_entries.values_list("slug", flat=True))
    position = version.list_entries.aggregate(last=Max("position"))["last"] or 0
    violations = _violations(version, drafts)
    for draft in drafts:
        position += 1
        kind = draft.kind.value if draft.kind else ""
        slug = unique_slug(serial=draft.serial, kind=kind, taken=taken)
        taken.add(slug)
        yield _row(
            version, draft, position=position, slug=slug, violation_id=violations.get(draft.violation_name)
        )


def _violations(version: RuleVersion, drafts: Iterable[DraftEntry]) -> dict[str, int]:
    """Ids of the line's registered violations that are named in the same words."""
    names = {draft.violation_name for draft in drafts if draft.violation_name}
    found = Violation.objects.filter(line_id=version.document.line_code, name__in=names)
    return dict(found.values_list("name", "pk"))


def _row(version: RuleVersion, draft: DraftEntry, **place: Any) -> ListEntry:
    return ListEntry(
        version=version,
        serial=draft.serial,
        kind=draft.kind.value if draft.kind else "",
        scope=draft.scope.value,
        mandate=draft.mandate.value,
        domain=draft.domain,
        category=draft.category,
        violation_name=draft.violation_name,
        violated_provisions=[dict(reference) for reference in draft.violated_provisions],
        penalty_provisions=[dict(reference) for reference in draft.penalty_provisions],
        condition_text=list(draft.condition_text),
        condition=draft.condition,
        suggestion=draft.suggestion,
        declared_facts=list(draft.declared_facts),
        exclusions=[{"text": text, "condition": None} for text in draft.exclusions],
        follow_up=list(draft.follow_up),
        coercive_measure=draft.coercive_measure,
        statutory_ranges=[dict(one) for one in draft.statutory_ranges],
        fine_ranges=[dict(one) for one in draft.fine_ranges],
        fine_rule=draft.fine_rule,
        plain_words=draft.plain_words,
        example=draft.example,
        note=draft.note,
        source_cells={**draft.source_cells, **({"all": draft.cells} if draft.cells else {})},
        **place,
    )
