"""Starting, editing and discarding the draft of a rule document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from enforcement.actors import Actor, Role
from enforcement.documents import DocumentBody
from enforcement.errors import NotPermitted, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.ledger.last_act import overtaken
from enforcement.models import Agency, DocumentKind, RuleDocument, RuleVersion, VersionStatus

Edited = TypeVar("Edited")


def require_duty(actor: Actor, role: Role, document: RuleDocument, *, message: str) -> None:
    """Raise `NotPermitted` unless a grant of `role` covers the document's region and line."""
    if not actor.may(role, region_code=document.region_code, line_code=document.line_code):
        raise NotPermitted("not_permitted", message)


@transaction.atomic
def create_document(
    *, actor: Actor, kind: DocumentKind, slug: str, title: str, agency: Agency
) -> tuple[RuleDocument, RuleVersion]:
    """A new document of `agency` with an empty first draft. Whoever enforces compiles (51号 二(一))."""
    if not actor.may(Role.COMPILER, region_code=agency.region_code, line_code=agency.line_code):
        raise NotPermitted(
            "not_permitted", f"您没有为{agency.name}编制{kind.label}的职责。请联系管理员授权。"
        )
    if RuleDocument.objects.filter(slug=slug).exists():
        raise Refusal("slug_taken", f"网址代号“{slug}”已被使用。请换一个。")
    document = RuleDocument.objects.create(
        slug=slug,
        kind=kind,
        title=title,
        agency=agency,
        region_code=agency.region_code,
        line_code=agency.line_code,
    )
    return document, _new_draft(actor=actor, document=document, number=1)


@transaction.atomic
def start_next_version(*, actor: Actor, body: DocumentBody, document_id: int) -> RuleVersion:
    """A draft that begins as a copy of the latest published version."""
    document = RuleDocument.objects.select_for_update().get(pk=document_id, kind=body.kind)
    require_duty(actor, Role.COMPILER, document, message="您没有编制这份文件的职责。请联系管理员授权。")
    if document.versions.exclude(status=VersionStatus.PUBLISHED).exists():
        raise Refusal("draft_exists", "这份文件已有一个未发布的版本。请先完成或放弃它。")
    latest = document.versions.order_by("-number").first()
    draft = _new_draft(actor=actor, document=document, number=(latest.number + 1) if latest else 1)
    if latest is not None:
        body.copy_entries(latest, draft)
    return draft


def edit_draft(
    *,
    actor: Actor,
    version_id: int,
    change: Callable[[RuleVersion], Edited],
    what: str,
    expected_lock: int | None = None,
) -> Edited:
    """Run `change(version)` on a locked draft, count the edit, and record it.

    The one door for every write to the entries of a draft. `expected_lock` is the `lock_version` the editor saw;
    `StaleVersion` is raised when somebody else saved in between. `what` is the Chinese description for the ledger.
    """
    with transaction.atomic():
        version = (
            RuleVersion.objects.select_for_update(of=("self",))
            .select_related("document__agency")
            .get(pk=version_id)
        )
        require_duty(
            actor, Role.COMPILER, version.document, message="您没有编制这份文件的职责。请联系管理员授权。"
        )
        if version.status != VersionStatus.DRAFT:
            raise Refusal("not_a_draft", f"这个版本现在是“{version.get_status_display()}”，内容不能再改。")
        if expected_lock is not None and expected_lock != version.lock_version:
            raise overtaken(version, noun="份草稿")
        result = change(version)
        version.lock_version += 1
        version.save()
        version.contributors.add(require_account(actor))
        append_entry(
            chain=version.document.agency.code,
            action=LedgerAction.VERSION_EDITED,
            subject=version,
            subject_label=str(version),
            actor=actor,
            payload={"what": what, "lock_version": version.lock_version},
        )
        return result


def locked_version(version_id: int, kind: DocumentKind) -> RuleVersion:
    """A version of this kind with its document and agency, locked until the act is done. Raises `DoesNotExist`."""
    versions = RuleVersion.objects.select_for_update(of=("self",)).select_related("document__agency")
    return versions.get(pk=version_id, document__kind=kind)


def _new_draft(*, actor: Actor, document: RuleDocument, number: int) -> RuleVersion:
    version = RuleVersion.objects.create(
        document=document, number=number, drafted_by_id=require_account(actor)
    )
    version.contributors.add(require_account(actor))
    append_entry(
        chain=document.agency.code,
        action=LedgerAction.VERSION_DRAFTED,
        subject=version,
        subject_label=str(version),
        actor=actor,
        payload={"slug": document.slug, "number": number},
    )
    return version


def require_account(actor: Actor) -> int:
    """The id of a signed-in actor; `NotPermitted` for anyone else."""
    if actor.account_id is None:
        raise NotPermitted("not_permitted", "请先登录。")
    return actor.account_id
