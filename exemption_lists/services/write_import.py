"""The last step of an import: every planned document is written, or none is."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput, Refusal
from enforcement.models import Agency, DocumentKind, RuleDocument, RuleVersion, VersionStatus
from enforcement.services.draft_version import start_next_version
from exemption_lists.content import BODY
from exemption_lists.import_plan import ImportPlan, PlannedDocument, plan_import, target_of
from exemption_lists.intake import ListFile
from exemption_lists.models import UploadedTable
from exemption_lists.services.import_entries import import_as_new_document, import_entries
from exemption_lists.services.plan_import import open_upload
from exemption_lists.services.upload_table import read_upload


def planned(upload: UploadedTable, file: ListFile) -> ImportPlan:
    """What would be written now, with everything that stands against it."""
    stored = upload.choices.get("targets") or {}
    return plan_import(file.readings, {key: target_of(target) for key, target in stored.items()})


@transaction.atomic
def write_import(*, actor: Actor, upload_id: int, seen: Mapping[str, int] | None = None) -> list[RuleVersion]:
    """Write the kept file as planned and forget its bytes. `seen` are lock versions of drafts by slug, as shown.

    Raises InvalidInput when the plan or a cell stands against it, `StaleVersion` when a draft was changed since.
    """
    upload = open_upload(actor, upload_id)
    file = read_upload(upload)
    plan = planned(upload, file)
    if plan.problems:
        raise InvalidInput.from_problems("import_plan", list(plan.problems))
    versions = [
        _write(actor, document, file.only(document.tables), seen or {}) for document in plan.documents
    ]
    upload.content, upload.choices = None, {}
    upload.imported_at = timezone.now()
    upload.save()
    upload.versions.set(versions)
    return versions


def _write(actor: Actor, planned: PlannedDocument, file: ListFile, seen: Mapping[str, int]) -> RuleVersion:
    empty = file.entry_count == 0
    if planned.kind == "new":
        return import_as_new_document(
            actor=actor,
            file=file,
            slug=planned.slug,
            title=planned.title,
            agency=_agency(actor, planned.agency),
            declared_empty=empty,
        )
    document = _document(actor, planned.slug)
    is_next = planned.kind == "next"
    draft = (
        start_next_version(actor=actor, body=BODY, document_id=document.pk) if is_next else _draft(document)
    )
    return import_entries(
        actor=actor,
        version_id=draft.pk,
        file=file,
        replace=not planned.append,
        declared_empty=empty,
        expected_lock=seen.get(planned.slug) if planned.kind == "draft" else None,
    )


def _agency(actor: Actor, code: str) -> Agency:
    agency = Agency.objects.visible_to(actor, roles=frozenset({Role.COMPILER})).filter(code=code).first()
    if agency is None:
        raise Refusal("agency_missing", "您没有为所选机关编制清单的职责。回到第 2 步重新选择编制机关。")
    return agency


def _document(actor: Actor, slug: str) -> RuleDocument:
    documents = RuleDocument.objects.filter(kind=DocumentKind.EXEMPTION_LIST, slug=slug)
    document = documents.visible_to(actor, roles=frozenset({Role.COMPILER})).first()
    if document is None:
        raise Refusal("document_missing", "没有找到要写入的清单。回到第 2 步重新选择写入哪里。")
    return document


def _draft(document: RuleDocument) -> RuleVersion:
    draft = document.versions.filter(status=VersionStatus.DRAFT).first()
    if draft is None:
        raise Refusal("draft_missing", f"《{document.title}》已没有草稿。回到第 2 步重新选择写入哪里。")
    return draft
