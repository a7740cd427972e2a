"""Writing a read list into a draft: all of it or nothing, with the remarks about its cells kept beside it."""

from __future__ import annotations

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import Agency, DocumentKind, RuleDocument, RuleVersion, VersionStatus, Violation
from enforcement.services.draft_version import create_document, edit_draft
from exemption_lists.intake import ListFile
from exemption_lists.models import ListEntry
from exemption_lists.selectors import entries_of
from exemption_lists.services.import_rows import Surroundings, names_of, rows_of

LONGEST_SERIAL = 60


@transaction.atomic
def import_as_new_document(
    *, actor: Actor, file: ListFile, slug: str, title: str, agency: Agency, declared_empty: bool = False
) -> RuleVersion:
    """A new document whose first draft holds the entries of the file."""
    _document, version = create_document(
        actor=actor, kind=DocumentKind.EXEMPTION_LIST, slug=slug, title=title, agency=agency
    )
    return import_entries(actor=actor, version_id=version.pk, file=file, declared_empty=declared_empty)


def import_entries(
    *,
    actor: Actor,
    version_id: int,
    file: ListFile,
    replace: bool = False,
    declared_empty: bool = False,
    expected_lock: int | None = None,
) -> RuleVersion:
    """Write every entry of the file into a draft: behind its entries, or in their place.

    An entry that the draft or the version published before already held keeps its address and its typed condition.
    Refused as a whole when the reading names an error, or holds no entry and nobody stated that there is none.
    """
    require_importable(file, declared_empty=declared_empty)

    def change(version: RuleVersion) -> RuleVersion:
        surroundings = surroundings_of(version.document, version, replace=replace)
        rows = rows_of(file, surroundings=surroundings, violations=registered(version.document, file))
        if replace:
            version.list_entries.all().delete()
        for row in rows:
            row.version = version
        ListEntry.objects.bulk_create(rows)
        source = f"导入自“{file.name}”，文件摘要 {file.digest}"
        version.source_note = "\n".join(filter(None, (version.source_note, source, *empty_tables(file))))
        version.source_warnings = [*version.source_warnings, *file.warnings] if not replace else file.warnings
        version.declares_no_entries = declared_empty and not version.list_entries.exists()
        return version

    what = f"从“{file.name}”导入 {file.entry_count} 条，文件摘要 {file.digest[:12]}"
    return edit_draft(
        actor=actor, version_id=version_id, change=change, what=what, expected_lock=expected_lock
    )


def require_importable(file: ListFile, *, declared_empty: bool = False) -> None:
    """Raise `InvalidInput` when the file has errors, or no entries without a statement that there are none."""
    drafts = [draft for reading in file.readings for draft in reading.entries]
    too_long = [draft.serial for draft in drafts if len(draft.serial) > LONGEST_SERIAL]
    problems = file.problems + [
        f"序号“{serial[:20]}…”超过 {LONGEST_SERIAL} 个字，请改短。" for serial in too_long
    ]
    if not problems and file.entry_count == 0 and not declared_empty:
        problems = ["这份文件里没有可以导入的条目，没有写入任何内容。确实没有条目的，声明后再导入。"]
    if problems:
        raise InvalidInput.from_problems("import_refused", problems)


def surroundings_of(
    document: RuleDocument | None, draft: RuleVersion | None, *, replace: bool
) -> Surroundings:
    """What new rows of the document stand beside: in a draft whose entries stay they are taken, else they may be the
    new ones' former selves; so may those of the version published last.
    """
    present = list(entries_of(draft)) if draft is not None else []
    latest = (
        document.versions.filter(status=VersionStatus.PUBLISHED).order_by("-number").first()
        if document is not None
        else None
    )
    held = {entry.slug for entry in present}
    published = [entry for entry in entries_of(latest) if entry.slug not in held] if latest else []
    if replace or draft is None:
        return Surroundings(former=(*present, *published))
    last = max((entry.position for entry in present), default=0)
    return Surroundings(former=published, taken=frozenset(held), position=last)


def registered(document: RuleDocument, file: ListFile) -> dict[str, int]:
    """Ids of the line's registered violations that are named in the same words."""
    found = Violation.objects.filter(line_id=document.line_code, name__in=names_of(file))
    return dict(found.values_list("name", "pk"))


def empty_tables(file: ListFile) -> list[str]:
    """One line for each table that the file publishes without an entry."""
    return [
        f"“{reading.title}”没有条目" for reading in file.readings if reading.is_table and not reading.entries
    ]
