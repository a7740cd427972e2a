"""Sending a version back to the drafter, and giving up a draft: both with a written reason."""

from __future__ import annotations

from django.db import transaction

from enforcement.actors import Actor, Role
from enforcement.documents import DocumentBody
from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.models import RuleVersion, VersionStatus
from enforcement.services.draft_version import locked_version, require_duty


def send_back_version(*, actor: Actor, body: DocumentBody, version_id: int, reason: str) -> RuleVersion:
    """In review: the compiler takes it back. Reviewed: the publisher returns it. Either way it is a draft again."""
    with transaction.atomic():
        version = locked_version(version_id, body.kind)
        if version.status == VersionStatus.IN_REVIEW:
            require_duty(actor, Role.COMPILER, version.document, message="只有编制人员可以撤回送审。")
        elif version.status == VersionStatus.REVIEWED:
            require_duty(actor, Role.PUBLISHER, version.document, message="只有发布人员可以退回。")
        else:
            raise Refusal("wrong_status", f"它现在是“{version.get_status_display()}”，不能退回草稿。")
        text = _required(reason)
        version.status = VersionStatus.DRAFT
        version.reviewed_by = None
        version.reviewed_at = None
        version.save()
        _record(version, LedgerAction.VERSION_RETURNED, actor, text)
        return version


def discard_draft(*, actor: Actor, body: DocumentBody, version_id: int, reason: str) -> None:
    """Delete a draft and its entries; a document that never had another version goes with it.

    A draft that legal review has given an opinion on is kept: the opinion is part of the record.
    """
    with transaction.atomic():
        version = locked_version(version_id, body.kind)
        document = version.document
        require_duty(actor, Role.COMPILER, document, message="您没有编制这份文件的职责。请联系管理员授权。")
        if version.status != VersionStatus.DRAFT:
            raise Refusal("not_a_draft", f"这个版本现在是“{version.get_status_display()}”，不能放弃。")
        if version.opinions.exists() or version.entry_opinions.exists():
            raise Refusal(
                "has_opinions", "这份草稿已有法制审核意见，须留存备查，不能放弃。请修改后重新提交。"
            )
        text = _required(reason)
        kept_id = version.pk
        version.delete()
        version.pk = kept_id  # the ledger names the row that is gone
        if not document.versions.exists():
            document.delete()
        _record(version, LedgerAction.VERSION_DISCARDED, actor, text)


def _required(reason: str) -> str:
    if not reason.strip():
        raise InvalidInput.from_problems("reason_missing", ["填写原因。"])
    return reason.strip()


def _record(version: RuleVersion, action: LedgerAction, actor: Actor, reason: str) -> None:
    append_entry(
        chain=version.document.agency.code,
        action=action,
        subject=version,
        subject_label=str(version),
        actor=actor,
        reason=reason,
        payload={"number": version.number},
    )
